"""Writes what Pillow does not: PNG with 16 bits, GIF frame by frame, colour profiles. Does not read any of them."""

import struct
import zlib

import numpy as np

# Red, green and blue of colour spaces, adapted to D50 as profiles want them.
PRIMARIES = {
    "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    "sRGB": ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)),
}
SRGB_CURVE = (3, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))


def png(levels, profile=None):
    """Returns a PNG of an array, 8 or 16 bits as its type says: grey, grey with alpha, RGB or RGBA by its channels."""
    height, width, channels = levels.shape
    depth = levels.dtype.itemsize * 8
    rows = levels.astype(">u2").view(np.uint8) if depth == 16 else levels
    rows = rows.reshape(height, -1)
    scanlines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))]
    if profile:
        chunks.append((b"iCCP", b"profile\0\0" + zlib.compress(profile)))
    chunks += [(b"IDAT", zlib.compress(scanlines, 1)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)


def profile(space, gamma=None):
    """Returns a display profile (ICC version 4): its primaries, and a gamma or the curve of sRGB."""
    def numbers(*values):
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    kind, curve = (0, (gamma,)) if gamma else SRGB_CURVE
    red, green, blue = (b"XYZ " + bytes(4) + numbers(*of) for of in PRIMARIES[space])
    name = space.encode("utf-16-be")
    text = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(name), 28) + name
    tags = [(b"desc", text), (b"cprt", text), (b"wtpt", b"XYZ " + bytes(4) + numbers(0.9642, 1.0, 0.8249)),
            (b"rXYZ", red), (b"gXYZ", green), (b"bXYZ", blue)]
    tags += [(tag, b"para" + bytes(4) + struct.pack(">HH", kind, 0) + numbers(*curve)) for tag in (b"rTRC", b"gTRC", b"bTRC")]
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for tag, data in tags:
        data += bytes(-len(data) % 4)
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data
    size = 128 + 4 + len(table) + len(body)
    head = struct.pack(">I4xI4s4s4s", size, 0x04300000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + numbers(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def gif(size, frames, loop=None):
    """Returns a GIF. Frames are dicts: `indices` (uint8 array), `palette` (colours), `at`, `delay` (centiseconds),
    `disposal`, `transparent` (an index), `local` (a palette of its own; else the first frame's is meant)."""
    out = b"GIF89a" + struct.pack("<HHBBB", *size, 0xF0 | bits(frames[0]["palette"]), 0, 0) + table_of(frames[0]["palette"])
    if loop is not None:
        out += b"\x21\xff\x0bNETSCAPE2.0\x03\x01" + struct.pack("<H", loop) + b"\0"
    for frame in frames:
        see_through = frame.get("transparent")
        flags = frame.get("disposal", 0) << 2 | (see_through is not None)
        out += b"\x21\xf9\x04" + struct.pack("<BHB", flags, frame["delay"], see_through or 0) + b"\0"
        height, width = frame["indices"].shape
        local = 0x80 | bits(frame["palette"]) if frame.get("local") else 0
        out += b"\x2c" + struct.pack("<HHHHB", *frame.get("at", (0, 0)), width, height, local)
        out += table_of(frame["palette"]) if local else b""
        out += b"\x08" + blocks(codes(frame["indices"].ravel().tolist())) + b"\0"
    return out + b"\x3b"


def bits(palette):
    """Returns what GIF says instead of the size of a palette."""
    return max(1, (len(palette) - 1).bit_length()) - 1


def table_of(palette):
    return b"".join(bytes(color) for color in palette).ljust(3 << bits(palette) + 1, b"\0")


def codes(indices):
    """Returns GIF's code without compressing: a clear code comes before the codes would grow longer than 9 bits."""
    clear, end, held, count, out = 256, 257, 0, 0, bytearray()
    words = [word for at in range(0, len(indices), 200) for word in (clear, *indices[at:at + 200])] + [end]
    for word in words:
        held |= word << count
        count += 9
        while count >= 8:
            out.append(held & 255)
            held >>= 8
            count -= 8
    return bytes(out) + (bytes([held]) if count else b"")


def blocks(data):
    return b"".join(bytes([len(data[at:at + 255])]) + data[at:at + 255] for at in range(0, len(data), 255))
