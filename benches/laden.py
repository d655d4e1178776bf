"""Makes pictures that are full of what cameras and programs write into them, in every format, for `metadata`.

Pixels come from Pillow and are the same on every run; most metadata comes from exiftool, the rest (maker notes, second
pictures, films behind the picture, XMP in several segments) is put together here. Every text starts with MARK, so that
whatever is left can also be found without a reader of metadata.
"""

import io
import pathlib
import random
import struct
import subprocess
import zlib

from PIL import Image, ImageCms, PngImagePlugin

MARK = "zqx"
ARTIST = "Ada Example"
COPYRIGHT = "(c) 2024 Ada Example"
# In degrees; no message and no byte of a published file may say it.
LATITUDE, LONGITUDE = "47.3769221", "8.5417331"
SIZE = (96, 64)

WRITTEN = [
    f"-GPSLatitude={LATITUDE}", f"-GPSLongitude={LONGITUDE}", "-GPSLatitudeRef=N", "-GPSLongitudeRef=E",
    "-GPSAltitude=408", "-GPSDateStamp=2024:03:15", f"-SerialNumber={MARK}-body", f"-LensSerialNumber={MARK}-lens",
    f"-OwnerName={MARK}-owner", f"-UserComment={MARK}-comment", "-DateTimeOriginal=2024:03:15 09:30:00",
    "-CreateDate=2024:03:15 09:30:00", "-ModifyDate=2024:03:15 09:30:00", "-OffsetTime=+01:00",
    f"-Software={MARK}-software", f"-HostComputer={MARK}-computer", f"-ImageDescription={MARK}-description",
    f"-EXIF:Artist={ARTIST}", f"-EXIF:Copyright={COPYRIGHT}", f"-ImageUniqueID={MARK}-unique",
    f"-XMP-exif:GPSLatitude={LATITUDE}", f"-XMP-exif:GPSLongitude={LONGITUDE}", f"-XMP-aux:SerialNumber={MARK}-xmp",
    f"-XMP-dc:Creator={MARK}-creator", f"-XMP-xmp:CreatorTool={MARK}-tool", f"-XMP-photoshop:City={MARK}-city",
    "-XMP-xmp:CreateDate=2024:03:15 09:30:00", f"-XMP-dc:Description={MARK}-xmp-description",
]
IPTC = [f"-IPTC:City={MARK}-iptc", f"-IPTC:Keywords={MARK}-keyword", f"-IPTC:By-line={MARK}-byline",
        "-IPTC:DateCreated=2024:03:15", "-Photoshop:CopyrightFlag=1"]


def make(folder):
    """Writes all pictures into a folder; returns their paths."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for maker in (jpegs, pngs, webps, gifs, tiffs, avifs):
        maker(folder)
    return sorted(path for path in folder.iterdir() if path.suffix != ".md")


def photo(mode="RGB", seed=1):
    """Draws soft colours with noise, so that a wrong byte shows."""
    noise = random.Random(seed)
    picture = Image.new("RGB", SIZE)
    picture.putdata([((x * 2 + noise.randrange(24)) % 256, (y * 3 + noise.randrange(24)) % 256, (x + y + seed * 40) % 256)
                     for y in range(SIZE[1]) for x in range(SIZE[0])])
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(SIZE))
    return picture.convert(mode)


def profile():
    """Returns a colour profile; the time at which it was made is in it, so that is set to a fixed one."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + made[36:]


def exiftool(path, *words, must=True):
    """Writes metadata into a file, in place."""
    done = subprocess.run(["exiftool", "-q", "-q", "-m", "-overwrite_original", *words, str(path)],
                          capture_output=True, text=True)
    if must and done.returncode != 0:
        raise OSError(f"exiftool cannot write {path.name}: {done.stderr.strip()}")


def laden(path, *more, orientation=None):
    """Puts everything that exiftool can write into a file."""
    turn = [f"-Orientation#={orientation}"] if orientation else []
    exiftool(path, *WRITTEN, *turn, *more)


def encoded(picture, form, **options):
    """Returns the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def with_maker_note(orientation=1):
    """Returns EXIF data of a camera that writes its serial number into a maker note of its own."""
    note = struct.pack("<HHHII", 1, 0x0C, 4, 1, 471_108) + struct.pack("<I", 0)
    make, model = b"Canon\0", b"Canon EOS R6\0\0"
    first = 8
    details = first + 2 + 4 * 12 + 4
    values = details + 2 + 12 + 4
    entries = [(0x10F, 2, len(make), values), (0x110, 2, len(model), values + len(make)),
               (0x112, 3, 1, orientation), (0x8769, 4, 1, details)]
    block = b"II*\0" + struct.pack("<IH", first, len(entries))
    block += b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", 0)
    block += struct.pack("<HHHII", 1, 0x927C, 7, len(note), values + len(make) + len(model)) + struct.pack("<I", 0)
    return b"Exif\0\0" + block + make + model + note


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def extended_xmp():
    """Returns the segments of XMP that is too long for one."""
    text = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARK}-extended exif:GPSLatitude {'x' * 90_000}</x:xmpmeta>".encode()
    key, size = b"0123456789ABCDEF0123456789ABCDEF", 60_000
    pieces = [(at, text[at:at + size]) for at in range(0, len(text), size)]
    head = b"http://ns.adobe.com/xmp/extension/\0" + key
    return b"".join(segment(0xE1, head + struct.pack(">II", len(text), at) + piece) for at, piece in pieces)


def jpegs(folder):
    """JPEG: as phones, cameras and programs write it."""
    thumbnail = folder.parent / "thumbnail.jpg"
    thumbnail.write_bytes(encoded(photo(seed=9).resize((32, 24)), "JPEG"))
    for turn in range(1, 9):
        path = folder / f"turned-{turn}.jpg"
        path.write_bytes(encoded(photo(), "JPEG", exif=with_maker_note(turn), icc_profile=profile(), comment=f"{MARK}-com"))
        laden(path, *IPTC, f"-ThumbnailImage<={thumbnail}", orientation=turn)
    kinds = {"progressive": (photo(), {"progressive": True}), "grey": (photo("L"), {}), "cmyk": (photo("CMYK"), {}),
             "restarts": (photo(), {"restart_marker_blocks": 2, "subsampling": 0})}
    for name, (picture, options) in kinds.items():
        path = folder / f"{name}.jpg"
        path.write_bytes(encoded(picture, "JPEG", exif=with_maker_note(), icc_profile=profile(), **options))
        laden(path, *IPTC)
    plain = (folder / "turned-6.jpg").read_bytes()
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + f"{MARK}-film +47.3769+008.5417/".encode() * 20
    (folder / "motion.jpg").write_bytes(plain + film)
    # A JFIF thumbnail, FlashPix, data of programs, a comment between scans' tables and pixels.
    odd = [segment(0xE0, b"JFXX\0\x10" + encoded(photo(seed=9).resize((16, 12)), "JPEG")), extended_xmp(),
           segment(0xE2, b"FPXR\0" + MARK.encode()), *(segment(0xE3 + n, f"{MARK}-app".encode()) for n in range(10)),
           segment(0xEF, MARK.encode()), segment(0xFE, f"{MARK}-com".encode())]
    (folder / "odd.jpg").write_bytes(plain[:2] + b"".join(odd) + plain[2:])
    path = folder / "pair.mpo"
    photo().save(path, "MPO", save_all=True, append_images=[photo(seed=2)], exif=with_maker_note())
    # What it is decides, not what it is called.
    (folder / "called.png").write_bytes(plain)
    for name in ("SHOUTED.JPG", "saved.jfif", "old.jpe"):
        (folder / name).write_bytes(plain)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pngs(folder):
    """PNG: texts, times and EXIF in every chunk that has them."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", f"{MARK}-text")
    texts.add_text("Comment", f"{MARK}-compressed", zip=True)
    texts.add_itxt("Title", f"{MARK}-title", zip=True)
    deep = Image.new("I;16", SIZE)
    deep.putdata([x * 600 % 65536 for x in range(SIZE[0] * SIZE[1])])
    see_through = photo().quantize(16)
    see_through.info["transparency"] = 3
    kinds = {"rgb": photo(), "rgba": photo("RGBA"), "grey": photo("L"), "palette": photo().quantize(32),
             "see-through": see_through, "deep": deep}
    for name, picture in kinds.items():
        path = folder / f"{name}.png"
        profiled = {} if name == "deep" else {"icc_profile": profile()}
        path.write_bytes(encoded(picture, "PNG", pnginfo=texts, dpi=(300, 300), exif=with_maker_note(6)[6:], **profiled))
        laden(path, orientation=6)
    plain = (folder / "rgb.png").read_bytes()
    old = f"\nexif\n{len(with_maker_note()):8}\n{with_maker_note().hex()}\n".encode()
    extra = [chunk(b"tIME", b"\x07\xE8\x03\x0F\x09\x1E\0"), chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(old)),
             chunk(b"prVt", MARK.encode()), chunk(b"caBX", f"{MARK}-c2pa".encode())]
    (folder / "chunks.png").write_bytes(plain[:33] + b"".join(extra) + plain[33:] + f"{MARK}-trailer".encode())
    path = folder / "moves.png"
    photo().save(path, "PNG", save_all=True, append_images=[photo(seed=2), photo(seed=3)], duration=[100, 200, 300], loop=2,
                 pnginfo=texts)
    laden(path)


def webps(folder):
    """WebP: lossy, lossless, transparent and moving."""
    kinds = {"lossy": (photo(), {}), "lossless": (photo(), {"lossless": True}), "alpha": (photo("RGBA"), {})}
    moving = {"save_all": True, "append_images": [photo(seed=2), photo(seed=3)], "duration": [100, 200, 300], "loop": 2}
    kinds["moving"] = (photo(), moving)
    for name, (picture, options) in kinds.items():
        path = folder / f"{name}.webp"
        path.write_bytes(encoded(picture, "WEBP", exif=with_maker_note(6), icc_profile=profile(), **options))
        laden(path, orientation=6)
    plain = (folder / "lossy.webp").read_bytes()
    extra = b"C2PA" + struct.pack("<I", 8) + MARK.encode().ljust(8)
    grown = plain[:4] + struct.pack("<I", len(plain) - 8 + len(extra)) + plain[8:] + extra
    (folder / "chunks.webp").write_bytes(grown + f"{MARK}-trailer".encode())


def gifs(folder):
    """GIF: comments and XMP."""
    for name, more in {"still": [], "moving": [photo(seed=2), photo(seed=3)]}.items():
        path = folder / f"{name}.gif"
        moving = {"save_all": True, "append_images": more, "duration": [100, 200, 300], "loop": 2} if more else {}
        path.write_bytes(encoded(photo(), "GIF", comment=f"{MARK}-comment".encode(), **moving))
        exiftool(path, *[word for word in WRITTEN if word.startswith("-XMP")], f"-Comment={MARK}-second")


def tiffs(folder):
    """TIFF: in several codings, in both byte orders, with pages and small copies."""
    for name, coding in {"raw": None, "lzw": "tiff_lzw", "deflate": "tiff_adobe_deflate", "jpeg": "jpeg"}.items():
        path = folder / f"{name}.tif"
        options = {"compression": coding} if coding else {}
        path.write_bytes(encoded(photo(), "TIFF", icc_profile=profile(), dpi=(300, 300), **options))
        laden(path, *IPTC, orientation=6)
    path = folder / "pages.tiff"
    photo().save(path, "TIFF", save_all=True, append_images=[photo(seed=2)], compression="tiff_lzw")
    laden(path, *IPTC)
    path = folder / "noted.tif"
    path.write_bytes(encoded(photo(), "TIFF"))
    exiftool(path, "-tagsFromFile", str(folder / "turned-6.jpg"), "-all:all", "-makernotes", "-icc_profile")
    (folder / "big-endian.tif").write_bytes(big_endian())
    (folder / "below.tif").write_bytes(with_copy_below())


def tiff_file(order, entries, pixels, after=b""):
    """Puts a TIFF of one directory together; a value that is bytes lies behind the pixels."""
    start = 8 + len(pixels)
    beyond = start + 2 + len(entries) * 12 + 4
    table, values = b"", b""
    for tag, kind, count, value in sorted(entries):
        if isinstance(value, bytes):
            table += struct.pack(order + "HHII", tag, kind, count, beyond + len(values))
            values += value + b"\0" * (len(value) % 2)
        elif kind == 3:
            table += struct.pack(order + "HHIHH", tag, kind, count, value, 0)
        else:
            table += struct.pack(order + "HHII", tag, kind, count, value)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    head = mark + struct.pack(order + "I", start) + pixels
    return head + struct.pack(order + "H", len(entries)) + table + struct.pack(order + "I", 0) + values + after


def grey_entries(width, height, offset, count_kind=4):
    return [(256, 3, 1, width), (257, 3, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, offset),
            (277, 3, 1, 1), (278, 3, 1, height), (279, count_kind, 1, width * height)]


def big_endian():
    pixels = photo("L").tobytes()
    make, when = f"{MARK}-make\0".encode(), b"2024:03:15 09:30:00\0"
    return tiff_file(">", grey_entries(*SIZE, 8) + [(271, 2, len(make), make), (306, 2, len(when), when)], pixels)


def with_copy_below():
    """A small copy in a directory of its own below the first (tag 330), with a camera and a date in it."""
    pixels = photo("L").tobytes()
    small = photo("L", seed=9).resize((16, 8)).tobytes()
    make, when = f"{MARK}-below\0\0".encode(), b"2024:03:15 09:30:00\0"
    # The second directory lies behind all else; its own values behind it.
    plain = tiff_file("<", grey_entries(*SIZE, 8) + [(330, 4, 1, 0)], pixels)
    at = len(plain)
    inner = grey_entries(16, 8, 0, count_kind=3)
    inner = [entry for entry in inner if entry[0] != 273] + [(254, 4, 1, 1)]
    count = len(inner) + 3
    values = at + 2 + count * 12 + 4
    inner += [(273, 4, 1, values), (271, 2, len(make), values + len(small)), (306, 2, len(when), values + len(small) + len(make))]
    table = struct.pack("<H", count)
    for tag, kind, number, value in sorted(inner):
        table += struct.pack("<HHIHH" if kind == 3 else "<HHII", *((tag, kind, number, value, 0) if kind == 3 else (tag, kind, number, value)))
    table += struct.pack("<I", 0)
    return tiff_file("<", grey_entries(*SIZE, 8) + [(330, 4, 1, at)], pixels) + table + small + make + when


def avifs(folder):
    """AVIF: EXIF and XMP as items."""
    for name, picture in {"photo": photo(), "alpha": photo("RGBA")}.items():
        path = folder / f"{name}.avif"
        path.write_bytes(encoded(picture, "AVIF", exif=with_maker_note(), icc_profile=profile(), speed=10))
        laden(path)
