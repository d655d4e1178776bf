"""Makes the fonts of the social cards from their sources; README.md says where those come from.

    python3 make.py INTER_DISPLAY_VARIABLE.ttf FOLDER_OF_BIZ_UDPGOTHIC_SLICES

Needs fonttools and brotli. What is written is the same on every run.
"""

import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.varLib.instancer import instantiateVariableFont

# Latin with all its extensions and Vietnamese, Greek, Cyrillic, punctuation, currencies, arrows and some symbols.
LETTERS = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x300, 0x304), (0x306, 0x30C), (0x323, 0x328),
    (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C),
    (0x20A0, 0x20C0), (0x2100, 0x214F), (0x2150, 0x218F), (0x2190, 0x2199), (0x2200, 0x22FF), (0x25A0, 0x25FF),
    (0x2605, 0x2606), (0x2713, 0x2717),
]
# Pairs of these are kerned: the table of the simplest kind has room for 10,920 pairs, and small moves are not seen.
KERNED = [(0x21, 0x7E), (0xC0, 0xFF), (0x391, 0x3C9), (0x410, 0x44F), (0x2018, 0x201E)]
KERN_MIN = 0.025


def spread(ranges):
    return {code for first, last in ranges for code in range(first, last + 1)}


def japanese():
    """Everything in JIS X 0208 (punctuation, kana, kanji of levels 1 and 2, full-width forms), and half-width kana."""
    codes = set(range(0xFF01, 0xFF5F)) | set(range(0xFF61, 0xFFA0)) | set(range(0x3000, 0x3004)) | {0x301C, 0x30FB}
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                codes.add(ord(bytes([row, cell]).decode("euc_jp")))
            except UnicodeDecodeError:
                pass
    return codes - spread(LETTERS) | {0x2460 + number for number in range(20)}


def rename(font, name):
    """Gives a subset a name of its own: it is not the font that its authors published."""
    table = newTable("name")
    table.names = []
    for number, text in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", ""))):
        table.setName(text, number, 3, 1, 0x409)
    font["name"] = table
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False


def kern(font):
    """Returns the pairs of the `kern` feature that simple readers can use."""
    glyph_of = font.getBestCmap()
    wanted = {glyph_of[code] for code in spread(KERNED) if code in glyph_of}
    least = font["head"].unitsPerEm * KERN_MIN
    pairs = {}
    gpos = font["GPOS"].table
    numbers = {n for record in gpos.FeatureList.FeatureRecord if record.FeatureTag == "kern" for n in record.Feature.LookupListIndex}
    for number in sorted(numbers):
        for subtable in gpos.LookupList.Lookup[number].SubTable:
            if subtable.LookupType == 9:
                subtable = subtable.ExtSubTable
            if subtable.LookupType != 2:
                continue
            for left, right, value in subtable_pairs(subtable, wanted):
                pairs.setdefault((left, right), value)
    return {pair: value for pair, value in sorted(pairs.items()) if abs(value) >= least}


def subtable_pairs(subtable, wanted):
    for index, left in enumerate(subtable.Coverage.glyphs):
        if left not in wanted:
            continue
        if subtable.Format == 1:
            for record in subtable.PairSet[index].PairValueRecord:
                if record.SecondGlyph in wanted:
                    yield left, record.SecondGlyph, getattr(record.Value1, "XAdvance", 0)
        else:
            row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
            for right in sorted(wanted):
                value = row[subtable.ClassDef2.classDefs.get(right, 0)].Value1
                yield left, right, getattr(value, "XAdvance", 0) if value else 0


def latin(path, weight, name, file):
    font = instantiateVariableFont(TTFont(path), {"wght": weight})
    pairs = kern(font)
    options = Options(hinting=False, layout_features=[], name_IDs=[], notdef_outline=False, glyph_names=False, drop_tables=["GSUB", "GPOS", "GDEF", "STAT", "DSIG", "meta"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=spread(LETTERS))
    subsetter.subset(font)
    known = set(font.getGlyphOrder())
    pairs = {pair: value for pair, value in pairs.items() if set(pair) <= known}
    print(file, len(known), "glyphs", len(pairs), "pairs")
    assert len(pairs) < 10_900
    subtable = KernTable_format_0()
    subtable.kernTable, subtable.coverage, subtable.apple = pairs, 1, False
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [subtable]
    rename(font, name)
    font.save(file)


def slices(folder, weight):
    return sorted(Path(folder).glob(f"biz-udpgothic-*-{weight}-normal.woff2"))


def kanji(folder, weight, name, file):
    wanted, outlines, widths, cmap = japanese(), {".notdef": TTGlyphPen(None).glyph()}, {".notdef": (1000, 0)}, {}
    metrics = None
    for path in slices(folder, weight):
        font = TTFont(path)
        metrics = metrics or (font["head"].unitsPerEm, font["hhea"].ascent, font["hhea"].descent)
        glyphs = font.getGlyphSet()
        for code, glyph in sorted(font.getBestCmap().items()):
            if code in wanted and code not in cmap:
                pen = TTGlyphPen(None)
                glyphs[glyph].draw(pen)
                key = f"u{code:04X}"
                outlines[key], widths[key], cmap[code] = pen.glyph(), (glyphs[glyph].width, 0), key
    missing = sorted(wanted - set(cmap))
    print(file, len(cmap), "glyphs;", len(missing), "missing:", "".join(map(chr, missing))[:200])
    unit, ascent, descent = metrics
    builder = FontBuilder(unit, isTTF=True)
    builder.setupGlyphOrder([".notdef", *(cmap[code] for code in sorted(cmap))])
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(outlines)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({key: (width, getattr(table[key], "xMin", 0) or 0) for key, (width, _) in widths.items()})
    builder.setupHorizontalHeader(ascent=ascent, descent=descent)
    builder.setupPost(keepGlyphNames=False)
    builder.setupMaxp()
    rename(builder.font, name)
    builder.font.save(file)


if __name__ == "__main__":
    inter, gothic = sys.argv[1:]
    latin(inter, 700, "Hallway Sign Bold", "sign-bold.ttf")
    latin(inter, 500, "Hallway Sign Medium", "sign-medium.ttf")
    kanji(gothic, 700, "Hallway Sign Japanese", "sign-japanese.ttf")
