"""Makes small pictures without any library: PNG, striped. Does not read any."""

import struct
import zlib


def picture(dice, width=32, height=24):
    """Makes a small PNG of stripes in three colours."""
    colors = [dice.randbytes(3) for _ in range(3)]
    rows = b"".join(b"\0" + colors[row // 4 % 3] * width for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"".join(chunk(kind, data) for kind, data in [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")])
    return b"\x89PNG\r\n\x1a\n" + body


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
