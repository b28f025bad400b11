"""A PNG's packed rows as an image XObject, as a PDF reader understands them; decodes no pixel.

Only plain ones pass: not interlaced, at most eight bits a color, nothing transparent, and rows that unpack to exactly
the picture's size, so that no reader is made to unpack more.
"""

from __future__ import annotations

import struct
import zlib

import pikepdf

_COLOURS = {0: (1, "/DeviceGray"), 2: (3, "/DeviceRGB"), 3: (1, "")}
_PIECE = 1 << 18


def pass_through(out: pikepdf.Pdf, data: bytes) -> pikepdf.Stream | None:
    """The picture with its rows as they are packed in the file, or None when it must be decoded."""
    chunks = _chunks(data)
    header = chunks.get(b"IHDR", b"")
    if len(header) != 13 or b"tRNS" in chunks:
        return None
    width, height, bits, colour, packing, filters, interlaced = struct.unpack(">IIBBBBB", header)
    if colour not in _COLOURS or bits > 8 or packing or filters or interlaced:
        return None
    samples, name = _COLOURS[colour]
    rows = chunks.get(b"IDAT", b"")
    if not _unpacked_is(rows, (-(-width * bits * samples // 8) + 1) * height):
        return None
    space: pikepdf.Object = pikepdf.Name(name) if name else _palette(chunks.get(b"PLTE", b""))
    stream = image(out, rows, (width, height), space, bits)
    stream["/Filter"] = pikepdf.Name.FlateDecode
    stream["/DecodeParms"] = predict(samples, bits, width)
    return stream


def predict(colours: int, bits: int, columns: int) -> pikepdf.Dictionary:
    """How a PDF reader undoes PNG's row filters (ISO 32000-1, 7.4.4.4)."""
    return pikepdf.Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=columns)


def image(out: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: pikepdf.Object, bits: int) -> pikepdf.Stream:
    """An image XObject with these bytes, whose filter the caller adds."""
    stream = pikepdf.Stream(out, data)
    stream["/Type"] = pikepdf.Name.XObject
    stream["/Subtype"] = pikepdf.Name.Image
    stream["/Width"], stream["/Height"] = size
    stream["/ColorSpace"] = space
    stream["/BitsPerComponent"] = bits
    return stream


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """The chunks by name; those of the same name in one piece."""
    found: dict[bytes, bytearray] = {}
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name = data[at + 4 : at + 8]
        if name in (b"IHDR", b"PLTE", b"IDAT", b"tRNS"):
            found.setdefault(name, bytearray()).extend(data[at + 8 : at + 8 + length])
        at += 12 + length
    return {name: bytes(piece) for name, piece in found.items()}


def _unpacked_is(rows: bytes, size: int) -> bool:
    """Whether the rows unpack to exactly `size` bytes; they are not kept."""
    unpack = zlib.decompressobj()
    seen = 0
    try:
        for start in range(0, len(rows), _PIECE):
            packed = rows[start : start + _PIECE]
            while packed:
                seen += len(unpack.decompress(packed, _PIECE))
                packed = unpack.unconsumed_tail
                if seen > size:
                    return False
    except zlib.error:
        return False
    return seen == size and unpack.eof and not unpack.unused_data


def _palette(colours: bytes) -> pikepdf.Object:
    entries = len(colours) // 3
    return pikepdf.Array(
        [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, entries - 1, pikepdf.String(colours[: entries * 3])]
    )
