"""Writes pictures that are stored in every way that cameras and programs store them, for `reference`.

One smooth picture, which all decoders and all kernels show alike, with other colours in each corner: as JPEG, PNG, WebP,
TIFF, BMP, GIF and AVIF, turned, in wide colours, in inks, with 16 bits, with alpha, and moving. Needs numpy and Pillow
11.3 or later, which writes AVIF.
"""

import io
import pathlib
import subprocess

import numpy as np
from PIL import Image, ImageCms

import formats

SIZE = (320, 240)
ORIENTATION = 0x112
# How a picture is stored so that its orientation turns it upright.
STORED = {1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
          5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270}
FINE = {"quality": 95, "subsampling": "4:4:4"}
GIF_COLORS = [(200, 30, 40), (30, 160, 60), (40, 60, 200), (240, 220, 60), (250, 250, 250), (10, 10, 10)]


def levels(size=SIZE):
    """Returns the picture, 0 to 1: strong colours, no edges, no two corners alike."""
    y, x = np.mgrid[0:size[1], 0:size[0]].astype(np.float64)
    x, y = x / size[0], y / size[1]
    red = 0.5 + 0.45 * np.sin(5 * x + 1.5 * y)
    green = 0.5 + 0.45 * np.sin(4 * y - 3 * x + 0.5)
    blue = 0.5 + 0.45 * np.cos(6 * x * y + 2 * x)
    return np.stack([red, green, blue], axis=-1)


def muted():
    """Returns the picture with half of its strength: in wide colours all of it is inside of sRGB."""
    return 0.25 + 0.5 * (0.5 * levels() + 0.5 * levels().mean(axis=-1, keepdims=True))


def alpha(size=SIZE):
    y, x = np.mgrid[0:size[1], 0:size[0]].astype(np.float64)
    return 0.5 + 0.5 * np.sin(4 * x / size[0] + 6 * y / size[1])


def array(kind, *planes):
    """Returns planes as an array of `kind`, at its full range."""
    return (np.concatenate([plane.reshape(*plane.shape[:2], -1) for plane in planes], axis=-1) * np.iinfo(kind).max + 0.5).astype(kind)


def photo(mode="RGB", size=SIZE):
    picture = Image.fromarray(array(np.uint8, levels(size)))
    if mode == "RGBA":
        picture.putalpha(Image.fromarray((alpha(size) * 255 + 0.5).astype(np.uint8)))
    return picture.convert(mode)


class Folder:
    """Where pictures are written; `paths` are those written so far, by name."""

    def __init__(self, folder, cmyk_profile):
        self.folder, self.cmyk_profile, self.paths = pathlib.Path(folder), pathlib.Path(cmyk_profile).read_bytes(), {}
        self.folder.mkdir(parents=True)
        for write in (turned, jpegs, wide, inks, deep, with_alpha, others, moving):
            write(self)

    def save(self, name, picture, **how):
        self.paths[pathlib.Path(name).stem] = self.folder / name
        picture.save(self.folder / name, **how)

    def write(self, name, data):
        self.paths[pathlib.Path(name).stem] = self.folder / name
        (self.folder / name).write_bytes(data)

    def convert(self, name, source, *words):
        """Writes what Pillow does not, with ImageMagick."""
        self.paths[pathlib.Path(name).stem] = self.folder / name
        subprocess.run(["convert", str(self.paths[source]), *words, str(self.folder / name)], check=True, capture_output=True)


def turned(folder):
    for orientation, turn in STORED.items():
        picture = photo() if turn is None else photo().transpose(turn)
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        folder.save(f"orientation-{orientation}.jpg", picture, exif=exif, **FINE)
        if orientation == 6:
            folder.save("turned-png.png", picture, exif=exif)
            folder.save("turned-webp.webp", picture, exif=exif, lossless=True)
            folder.save("turned-tiff.tif", picture, exif=exif)


def jpegs(folder):
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        folder.save(f"sampled-{sampling.replace(':', '')}.jpg", photo(), quality=92, subsampling=sampling)
    folder.save("progressive.jpg", photo(), progressive=True, quality=92)
    folder.save("odd-size.jpg", photo(size=(317, 239)), quality=92)
    folder.save("grey.jpg", photo("L"), quality=92)


def wide(folder):
    p3, adobe = formats.profile("Display P3"), formats.profile("Adobe RGB", 2.19921875)
    plain = Image.fromarray(array(np.uint8, muted()))
    folder.save("p3-jpeg.jpg", plain, icc_profile=p3, **FINE)
    folder.save("p3-jpeg-420.jpg", plain, icc_profile=p3, quality=92)
    folder.save("p3-png.png", plain, icc_profile=p3)
    folder.save("p3-webp.webp", plain, icc_profile=p3, lossless=True)
    folder.write("p3-png-16.png", formats.png(array(np.uint16, muted()), p3))
    folder.write("p3-png-alpha.png", formats.png(array(np.uint8, muted(), alpha()), p3))
    folder.save("p3-tiff.tif", plain, icc_profile=p3)
    folder.save("adobe-jpeg.jpg", plain, icc_profile=adobe, **FINE)
    folder.save("srgb-jpeg.jpg", photo(), icc_profile=formats.profile("sRGB"), **FINE)
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    folder.save("p3-turned.jpg", plain.transpose(STORED[6]), icc_profile=p3, exif=exif, **FINE)
    # The same numbers as sRGB's own picture, so that almost half of it is outside of sRGB.
    folder.save("p3-vivid-jpeg.jpg", photo(), icc_profile=p3, **FINE)
    folder.save("p3-vivid-png.png", photo(), icc_profile=p3)
    folder.write("p3-vivid-png-16.png", formats.png(array(np.uint16, levels()), p3))
    folder.save("adobe-vivid-jpeg.jpg", photo(), icc_profile=adobe, **FINE)


def inks(folder):
    press = ImageCms.ImageCmsProfile(io.BytesIO(folder.cmyk_profile))
    printed = ImageCms.profileToProfile(photo(), ImageCms.createProfile("sRGB"), press, outputMode="CMYK")
    folder.save("cmyk-profile.jpg", printed, icc_profile=folder.cmyk_profile, **FINE)
    plain = photo().convert("CMYK")
    # Pillow knows no black ink, so some is put in.
    cyan, magenta, yellow, _ = plain.split()
    black = Image.fromarray((alpha() * 120).astype(np.uint8))
    plain = Image.merge("CMYK", (cyan, magenta, yellow, black))
    folder.save("cmyk-plain.jpg", plain, **FINE)
    folder.write("ycck-plain.jpg", ycck(plain))
    folder.write("ycck-profile.jpg", ycck(printed, icc_profile=folder.cmyk_profile))


def ycck(picture, **how):
    """Returns a JPEG as image editors print it: three inks as brightness and colour, and black."""
    *colored, black = picture.split()
    planes = Image.merge("RGB", colored).convert("YCbCr").split()
    # Pillow stores inks inverted, as editors do; brightness and colour are not, so that is undone before.
    stored = Image.merge("CMYK", [plane.point(lambda level: 255 - level) for plane in planes] + [black])
    out = io.BytesIO()
    stored.save(out, "JPEG", **how, **FINE)
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xee\x00\x0eAdobe")
    # The transformation: 0 is CMYK, 2 is YCCK.
    data[at + 15] = 2
    return bytes(data)


def deep(folder):
    grey = levels()[..., 1]
    folder.write("png-16-rgb.png", formats.png(array(np.uint16, levels())))
    folder.write("png-16-grey.png", formats.png(array(np.uint16, grey)))
    folder.write("png-16-rgba.png", formats.png(array(np.uint16, levels(), alpha())))
    folder.write("png-16-grey-alpha.png", formats.png(array(np.uint16, grey, alpha())))
    folder.convert("tiff-16.tif", "png-16-rgb", "-depth", "16", "-compress", "LZW")


def with_alpha(folder):
    folder.save("png-rgba.png", photo("RGBA"))
    folder.write("png-grey-alpha.png", formats.png(array(np.uint8, levels()[..., 0], alpha())))
    folder.save("webp-alpha.webp", photo("RGBA"), lossless=True)
    folder.save("webp-lossy-alpha.webp", photo("RGBA"), quality=95)
    few = photo().quantize(200, dither=Image.Dither.NONE)
    # Every colour of the palette is as transparent as its number.
    folder.save("palette-alpha.png", few, transparency=bytes(55 + number for number in range(200)))


def others(folder):
    folder.save("png.png", photo())
    folder.convert("png-interlaced.png", "png", "-interlace", "PNG")
    folder.save("palette.png", photo().quantize(64, dither=Image.Dither.NONE))
    folder.save("webp.webp", photo(), quality=95)
    folder.save("bmp.bmp", photo())
    folder.save("tiff.tif", photo(), compression="tiff_deflate")
    folder.save("gif.gif", photo().quantize(64, dither=Image.Dither.NONE))
    folder.save("avif.avif", photo(), quality=95)


def moving(folder):
    for name, disposals in {"keep": (1,), "background": (2,), "previous": (3,), "mixed": (1, 3, 2, 0)}.items():
        folder.write(f"moving-{name}.gif", formats.gif((160, 120), list(gif_frames(disposals)), loop=0))
    folder.write("moving-thrice.gif", formats.gif((160, 120), list(gif_frames((1,))), loop=2))
    folder.write("moving-once.gif", formats.gif((160, 120), list(gif_frames((1,)))))
    pictures = [webp_frame(number) for number in range(6)]
    delays = [80, 120, 200, 40, 500, 100]
    how = {"save_all": True, "append_images": pictures[1:], "duration": delays}
    folder.save("moving-webp.webp", pictures[0], lossless=True, loop=0, **how)
    folder.save("moving-webp-thrice.webp", pictures[0], lossless=True, loop=3, **how)
    folder.save("moving-webp-lossy.webp", pictures[0], quality=95, loop=0, **how)
    # Frames that are smaller than the picture and have no alpha of their own, each on empty ground.
    stickers = [sticker(number) for number in range(6)]
    how["append_images"] = stickers[1:]
    folder.save("moving-webp-opaque.webp", stickers[0], quality=95, loop=0, **how)


def gif_frames(disposals):
    """Yields a full frame, then small ones at other places: palettes of their own, other delays, holes."""
    size, steps = (160, 120), 7
    for number in range(steps):
        palette = GIF_COLORS[number % 3:] + GIF_COLORS[:number % 3]
        if number == 0:
            indices = (np.mgrid[0:size[1], 0:size[0]].sum(0) // 40 % 4).astype(np.uint8)
            yield {"indices": indices, "palette": GIF_COLORS, "delay": 10, "disposal": 1}
            continue
        indices = np.full((40, 48), number % 4, np.uint8)
        indices[8:-8, 8:-8] = 5
        yield {"indices": indices, "palette": palette, "at": (number * 16, number * 8), "delay": 5 + 4 * number, "local": True,
               "disposal": disposals[number % len(disposals)], "transparent": 5}


def webp_frame(number):
    picture = Image.new("RGBA", (160, 120), (0, 0, 0, 0) if number % 2 else (240, 240, 220, 255))
    picture.paste(photo("RGBA", (80, 60)), (number * 14, number * 10))
    return picture


def sticker(number):
    picture = Image.new("RGBA", (160, 120), (0, 0, 0, 0))
    picture.paste(photo("RGB", (64, 48)), (number * 16, number * 12))
    return picture
