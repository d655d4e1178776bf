"""Draws the pictures that `hostile-pictures` builds sites of: small files that claim or become much, or contradict
themselves.

Each is a function of the files of an ordinary picture in every format, which the program itself has made. Nothing is
ever held that is large: what would be is compressed piece by piece.
"""

import io
import struct
import zlib

# What a case has to come to: an error that names the file; a site; or one of both.
REFUSED, BUILT, EITHER = "refused", "built", "either"
CASES = []


def case(name, outcome=REFUSED):
    """Enters a function that makes the bytes of a file from the ordinary pictures."""

    def enter(make):
        CASES.append((name, outcome, make))
        return make

    return enter


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, color, rows, interlace=0, before=b""):
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zeros(count):
    """Compresses so many zeros."""
    packer, piece, packed = zlib.compressobj(9), bytes(1 << 20), []
    for _ in range(count >> 20):
        packed.append(packer.compress(piece))
    packed.append(packer.compress(bytes(count & (1 << 20) - 1)))
    return b"".join([*packed, packer.flush()])


def tiny(before=b""):
    return png(4, 4, 8, 2, zlib.compress((b"\0" + b"\x80" * 12) * 4), before=before)


case("png-60000-zeros.png")(lambda of: png(60_000, 60_000, 1, 0, zeros(60_000 * 7_501)))
case("png-60000-interlaced.png")(lambda of: png(60_000, 60_000, 1, 0, zeros(60_000 * 7_501), 1))
case("png-14000-rgba.png")(lambda of: png(14_000, 14_000, 8, 6, zeros(1 << 24)))
case("png-10000-deep.png")(lambda of: png(10_000, 10_000, 16, 6, zeros(1 << 24)))
case("png-9000-rgb.png", EITHER)(lambda of: png(9_000, 9_000, 8, 2, zeros(9_000 * 27_001)))
case("png-interlaced-short.png")(lambda of: png(8_000, 8_000, 8, 2, zeros(1 << 20), 1))
case("png-few-rows.png")(lambda of: png(9_000, 9_000, 8, 2, zlib.compress(b"\0" * 100)))
case("png-side-zero.png")(lambda of: png(0, 9, 8, 2, zlib.compress(b"")))
case("png-side-most.png")(lambda of: png(0x7FFFFFFF, 1, 8, 2, zlib.compress(b"")))
case("png-side-negative.png")(lambda of: png(0xFFFFFFFF, 0xFFFFFFFF, 8, 2, zlib.compress(b"")))
case("png-text-bomb.png", EITHER)(lambda of: tiny(chunk(b"zTXt", b"Comment\0\0" + zeros(1 << 30))))
case("png-international-bomb.png", EITHER)(
    lambda of: tiny(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zeros(1 << 30))))
case("png-profile-bomb.png", EITHER)(lambda of: tiny(chunk(b"iCCP", b"x\0\0" + zeros(1 << 30))))
case("png-exif-of-a-gigabyte.png")(lambda of: tiny()[:33] + b"\x40\0\0\0eXIf" + b"MM\0\x2a" + bytes(99))
case("png-text-of-four-gigabytes.png")(lambda of: tiny()[:33] + b"\xff\xff\xff\xfftEXt" + bytes(99))
case("png-many-chunks.png", EITHER)(lambda of: tiny(chunk(b"tEXt", b"k\0v") * 200_000))
case("png-palette-missing.png")(lambda of: png(4, 4, 8, 3, zlib.compress((b"\0" + b"\x80" * 4) * 4)))
case("png-without-pixels.png")(lambda of: tiny()[:33] + chunk(b"IEND", b""))
case("png-animated.png", EITHER)(
    lambda of: tiny(chunk(b"acTL", struct.pack(">II", 0xFFFFFFFF, 0)) + chunk(b"fcTL", bytes(26))))


def gif(width, height, images, colors=b"\0\0\0\xff\xff\xff"):
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + colors + images + b";"


DOT = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
SHORT = b"\x21\xf9\4\0\1\0\0\0"
case("gif-million-frames.gif")(lambda of: gif(1, 1, (SHORT + DOT) * 1_000_000))
case("gif-frames-on-a-large-canvas.gif")(lambda of: gif(4_000, 4_000, (SHORT + DOT) * 4_900))
case("gif-canvas-65535.gif")(lambda of: gif(65_535, 65_535, DOT))
case("gif-canvas-8000.gif")(lambda of: gif(8_000, 8_000, DOT))
case("gif-frame-65535.gif", EITHER)(lambda of: gif(10, 10, b"\x2c\0\0\0\0\xff\xff\xff\xff\0\2\2\x44\1\0"))
case("gif-frame-outside.gif", EITHER)(lambda of: gif(10, 10, b"\x2c\xff\xff\xff\xff\1\0\1\0\0\2\2\x44\1\0"))
case("gif-no-frame.gif")(lambda of: gif(10, 10, b""))
case("gif-code-size.gif")(lambda of: gif(10, 10, b"\x2c\0\0\0\0\1\0\1\0\0\xff\2\x44\1\0"))
case("gif-comment-without-end.gif")(lambda of: gif(10, 10, b"\x21\xfe" + b"\xff" * 300_000))
case("gif-comments.gif", EITHER)(lambda of: gif(10, 10, (b"\x21\xfe" + b"\xff" + b"x" * 255 + b"\0") * 50_000 + DOT))


def riff(*chunks):
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def part(kind, data, length=None):
    return kind + struct.pack("<I", len(data) if length is None else length) + data + b"\0" * (len(data) & 1)


def canvas(width, height, flags):
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return part(b"VP8X", bytes([flags, 0, 0, 0]) + sides)


def lossless(width, height):
    bits = (width - 1) | (height - 1) << 14
    return part(b"VP8L", b"\x2f" + struct.pack("<I", bits) + bytes(40))


def lossy(width, height):
    return part(b"VP8 ", b"\x30\1\0\x9d\1\x2a" + struct.pack("<HH", width, height) + bytes(60))


def moving(width, height, frame, count):
    sides = b"".join(struct.pack("<I", number)[:3] for number in (0, 0, 0, 0, 40))
    return riff(canvas(width, height, 2), part(b"ANIM", bytes(6)), part(b"ANMF", sides + b"\0" + frame) * count)


case("webp-16383-lossless.webp")(lambda of: riff(lossless(16_383, 16_383)))
case("webp-14000-lossless.webp")(lambda of: riff(lossless(14_000, 14_000)))
case("webp-7000-lossless.webp", EITHER)(lambda of: riff(lossless(7_000, 7_000)))
case("webp-16383-lossy.webp")(lambda of: riff(lossy(16_383, 16_383)))
case("webp-7000-lossy.webp")(lambda of: riff(lossy(7_000, 7_000)))
case("webp-canvas.webp")(lambda of: riff(canvas(1 << 24, 1 << 24, 0), lossless(4, 4)))
case("webp-canvas-and-picture-differ.webp")(lambda of: riff(canvas(5, 5, 0), lossless(4, 4)))
case("webp-exif-of-a-gigabyte.webp", EITHER)(
    lambda of: riff(canvas(4, 4, 8), lossless(4, 4), part(b"EXIF", b"MM\0\x2a", 1 << 30)))
case("webp-million-frames.webp")(lambda of: moving(1, 1, lossless(1, 1), 1_000_000))
case("webp-frames-on-a-large-canvas.webp")(lambda of: moving(4_000, 4_000, lossless(1, 1), 4_900))
case("webp-no-frame.webp")(lambda of: riff(canvas(9, 9, 2), part(b"ANIM", bytes(6))))
case("webp-many-chunks.webp", EITHER)(
    lambda of: riff(canvas(4, 4, 8), part(b"JUNK", b"") * 200_000, lossless(4, 4)))
case("webp-chunk-of-four-gigabytes.webp")(
    lambda of: riff(canvas(4, 4, 0), part(b"JUNK", b"x", 0xFFFFFFFF), lossless(4, 4)))


def tiff(entries, rest=b"", following=0):
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + table + struct.pack("<I", following) + rest


def gray(width, height, offset, length, compression=1, rows=None, following=0, rest=bytes(64)):
    return tiff([
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, compression), (262, 3, 1, 1),
        (273, 4, 1, offset), (277, 3, 1, 1), (278, 4, 1, rows or height), (279, 4, 1, length),
    ], rest, following)


case("tiff-strip-behind-the-end.tif")(lambda of: gray(100, 100, 0xFFFFFF00, 10_000))
case("tiff-strip-of-four-gigabytes.tif")(lambda of: gray(100, 100, 122, 0xFFFFFFFF))
case("tiff-sides.tif")(lambda of: gray(0xFFFFFFFF, 0xFFFFFFFF, 122, 64))
case("tiff-13000.tif")(lambda of: gray(13_000, 13_000, 122, 64))
case("tiff-6000-of-64-bytes.tif")(lambda of: gray(6_000, 6_000, 122, 64))
case("tiff-deflate-bomb.tif", EITHER)(
    lambda of: (lambda packed: gray(100, 100, 122, len(packed), 8, rest=packed))(zeros(1 << 30)))
case("tiff-rows-zero.tif", EITHER)(lambda of: gray(100, 100, 122, 64, rows=0xFFFFFFFF))
case("tiff-four-billion-values.tif")(
    lambda of: tiff([(256, 4, 1, 9), (257, 4, 1, 9), (258, 3, 0xFFFFFFFF, 8), (273, 4, 0xFFFFFFFF, 8)]))
case("tiff-cyclic.tif")(lambda of: gray(100, 100, 122, 64, following=8))
case("tiff-cyclic-inside.tif")(lambda of: tiff([(256, 4, 1, 9), (257, 4, 1, 9), (330, 4, 1, 8), (34665, 4, 1, 8)]))
case("tiff-65535-entries.tif")(lambda of: b"II*\0\x08\0\0\0\xff\xff" + bytes(40))
case("tiff-directory-behind-the-end.tif")(lambda of: b"MM\0*\xff\xff\xff\xff")


def bmp(width, height, bits, compression, data, offset=54, colors=0):
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, colors, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(data), 0, 0, offset) + head + data


case("bmp-sides.bmp")(lambda of: bmp(0x7FFFFFFF, 0x7FFFFFFF, 24, 0, bytes(64)))
case("bmp-lowest-height.bmp")(lambda of: bmp(1, -0x80000000, 24, 0, bytes(64)))
case("bmp-13000.bmp")(lambda of: bmp(13_000, 13_000, 24, 0, bytes(64)))
case("bmp-7000-of-64-bytes.bmp")(lambda of: bmp(7_000, 7_000, 24, 0, bytes(64)))
case("bmp-rle-leaps.bmp", EITHER)(lambda of: bmp(7_000, 7_000, 8, 1, bytes(1024) + b"\0\2\xff\xff" * 9_000, 1078))
case("bmp-four-billion-colors.bmp")(lambda of: bmp(9, 9, 8, 0, bytes(64), colors=0xFFFFFFFF))
case("bmp-pixels-behind-the-end.bmp")(lambda of: bmp(9, 9, 24, 0, bytes(64), offset=0xFFFFFF00))


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def sized(file, width, height):
    """Gives a JPEG another size."""
    at = next(at for at in range(len(file)) if file[at:at + 2] in (b"\xff\xc0", b"\xff\xc2"))
    return file[:at + 5] + struct.pack(">HH", height, width) + file[at + 9:]


def progressive(width, height, scans):
    quantisation = segment(0xDB, b"\0" + b"\1" * 64)
    frame = segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    codes = segment(0xC4, b"\0\1" + bytes(15) + b"\0") + segment(0xC4, b"\x10\1" + bytes(15) + b"\0")
    scan = segment(0xDA, b"\1\1\0\0\0\0") + bytes(32)
    return b"\xff\xd8" + quantisation + frame + codes + scan * scans + b"\xff\xd9"


def exif(directory):
    return segment(0xE1, b"Exif\0\0" + directory)


LOOP = b"MM\0\x2a\0\0\0\x08\0\2\x87\x69\0\4\0\0\0\1\0\0\0\x08\x88\x25\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08"
case("jpeg-65535.jpg")(lambda of: sized(of["jpg"], 65_535, 65_535))
case("jpeg-14000.jpg")(lambda of: sized(of["jpg"], 14_000, 14_000))
case("jpeg-9000-of-a-kilobyte.jpg")(lambda of: sized(of["jpg"], 9_000, 9_000))
case("jpeg-progressive-9000.jpg")(lambda of: progressive(9_000, 9_000, 3))
case("jpeg-5000-scans.jpg")(lambda of: progressive(3_000, 3_000, 5_000))
case("jpeg-16000-segments.jpg", BUILT)(lambda of: of["jpg"][:2] + segment(0xE5, b"x" * 64) * 16_000 + of["jpg"][2:])
case("jpeg-16000-exif.jpg", BUILT)(lambda of: of["jpg"][:2] + exif(LOOP) * 16_000 + of["jpg"][2:])
case("jpeg-1000-full-segments.jpg", BUILT)(
    lambda of: of["jpg"][:2] + segment(0xE1, b"\0" * 65_533) * 1_000 + of["jpg"][2:])
case("jpeg-exif-cyclic.jpg", BUILT)(lambda of: of["jpg"][:2] + exif(LOOP) + of["jpg"][2:])
case("jpeg-exif-65535-entries.jpg", BUILT)(
    lambda of: of["jpg"][:2] + exif(b"II*\0\x08\0\0\0\xff\xff" + b"\x12\1\3\0\xff\xff\xff\xff\0\0\0\0" * 500) + of["jpg"][2:])
case("jpeg-profile-in-255-parts.jpg", EITHER)(
    lambda of: of["jpg"][:2] + segment(0xE2, b"ICC_PROFILE\0\1\xff" + b"x" * 65_000) * 255 + of["jpg"][2:])
case("jpeg-no-end.jpg")(lambda of: of["jpg"][:-2])
case("jpeg-only-padding.jpg")(lambda of: b"\xff\xd8" + b"\xff" * 1_000_000)
case("jpeg-segment-of-length-zero.jpg")(lambda of: b"\xff\xd8\xff\xe0\0\0" + of["jpg"][2:])
case("jpeg-side-zero.jpg")(lambda of: sized(of["jpg"], 9, 0))
case("jpeg-arithmetic.jpg")(lambda of: of["jpg"].replace(b"\xff\xc0", b"\xff\xc9", 1))


def box(kind, data, length=None):
    return struct.pack(">I", len(data) + 8 if length is None else length) + kind + data


def full(kind, data, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags) + data)


def avif(width, height, kinds=(b"av01",), places=None, references=b"", rest=b"", properties=b""):
    """Puts a file together; places are (item, [(offset, length)])."""
    entries = b"".join(full(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", 2)
                       for number, kind in enumerate(kinds, 1))
    places = places or [(number, [(0, 0)]) for number in range(1, len(kinds) + 1)]
    located = b"".join(struct.pack(">HHH", item, 0, len(extents)) + b"".join(struct.pack(">II", *extent) for extent in extents)
                       for item, extents in places)
    size = full(b"ispe", struct.pack(">II", width, height))
    used = b"".join(struct.pack(">HBB", number, 1, 1) for number in range(1, len(kinds) + 1))
    meta = full(b"meta", b"".join([
        full(b"hdlr", struct.pack(">I4s12s", 0, b"pict", b"") + b"\0"),
        full(b"pitm", struct.pack(">H", 1)),
        full(b"iloc", struct.pack(">HH", 0x4400, len(places)) + located),
        full(b"iinf", struct.pack(">H", len(kinds)) + entries),
        full(b"iref", references) if references else b"",
        box(b"iprp", box(b"ipco", size + properties) + full(b"ipma", struct.pack(">I", len(kinds)) + used)),
    ]))
    return box(b"ftyp", b"avif\0\0\0\0mif1avif") + meta + box(b"mdat", rest)


def resized(file, width, height):
    """Gives an AVIF another size in its container."""
    at = file.index(b"ispe") + 8
    return file[:at] + struct.pack(">II", width, height) + file[at + 8:]


def refers(kind, item, others):
    return box(kind, struct.pack(">HH", item, len(others)) + b"".join(struct.pack(">H", other) for other in others))


case("avif-60000.avif")(lambda of: resized(of["avif"], 60_000, 60_000))
case("avif-5000-in-the-header.avif")(lambda of: resized(of["avif"], 5_000, 5_000))
case("avif-smaller-in-the-header.avif")(lambda of: resized(of["avif"], 2, 2))
case("avif-side-zero.avif")(lambda of: resized(of["avif"], 0, 9))
case("avif-meta-of-a-gigabyte.avif")(
    lambda of: box(b"ftyp", b"avif\0\0\0\0mif1avif") + box(b"meta", bytes(99), 1 << 30))
case("avif-garbage.avif")(lambda of: avif(64, 64, rest=bytes(range(256)) * 40))
case("avif-nothing.avif")(lambda of: avif(64, 64, places=[(1, [])]))
case("avif-behind-the-end.avif")(lambda of: avif(64, 64, places=[(1, [(0xFFFFFF00, 0xFFFFFF00)])]))
case("avif-overlapping.avif")(lambda of: avif(64, 64, places=[(1, [(0, 9_000)] * 60_000)], rest=bytes(10_000)))
case("avif-grid-of-itself.avif")(
    lambda of: avif(64, 64, (b"grid",), references=refers(b"dimg", 1, [1] * 4)))
case("avif-grid-of-65536.avif")(
    lambda of: avif(64, 64, (b"grid", b"av01"), references=refers(b"dimg", 1, [2] * 65_535)))
case("avif-alpha-of-itself.avif")(lambda of: avif(64, 64, references=refers(b"auxl", 1, [1])))
case("avif-60000-items.avif")(lambda of: avif(64, 64, (b"av01",) * 60_000))
case("avif-empty-pieces.avif")(
    lambda of: avif(64, 64).replace(b"\x44\0\0\1\0\1\0\0\0\1", b"\0\0\xff\xff\0\1\0\0\xff\xff", 1))
case("avif-sequence-alone.avif")(lambda of: box(b"ftyp", b"avis\0\0\0\0avis") + box(b"moov", bytes(64)))

case("page.jpg")(lambda of: b"<!doctype html><title>Not found</title>" * 20)
case("text.png")(lambda of: b"hello\n")
case("nothing.jpg")(lambda of: b"")
case("one-byte.png")(lambda of: b"\x89")
case("noughts.webp")(lambda of: bytes(100_000))
case("drawing.png")(lambda of: b"<svg xmlns='http://www.w3.org/2000/svg'/>")
case("phone.jpg")(lambda of: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64))
case("slides.jpg")(lambda of: b"%PDF-1.7\n" + bytes(64))
case("photo-as.png", BUILT)(lambda of: of["jpg"])
case("screenshot-as.jpg", BUILT)(lambda of: of["png"])
case("new-as.jpg", BUILT)(lambda of: of["avif"])


def noise(width, height):
    """Draws a PNG with something to see, the same every time."""
    state, rows = 7, io.BytesIO()
    for y in range(height):
        rows.write(b"\0")
        for x in range(width):
            state = state * 1_103_515_245 + 12_345 & 0x7FFFFFFF
            rows.write(bytes([x * 255 // width, y * 255 // height, state >> 20 & 0xFF]))
    return png(width, height, 8, 2, zlib.compress(rows.getvalue()))
