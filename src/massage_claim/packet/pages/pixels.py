"""The pixels of a decoded picture, packed for a PDF, with what a reader must know of them.

Dots are packed as a fax packs them, what was lossy before as JPEG, anything else without loss. Knows no PDF library, so
that a child process can do it quickly.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Any, Literal

from PIL import Image

from massage_claim.packet.pages.picture import Picture, flatten_picture

Coding = Literal["jpeg", "rows", "fax", "fax-inverted"]
FINEST = 4200
"""Pixels on the long side of a picture that is packed again: more than 300 on an inch of a letter page."""
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_BYTES, _PHOTOMETRIC = 278, 273, 279, 262


@dataclass(frozen=True, slots=True)
class Packed:
    """One page of pixels. `seen` is its size before it was made smaller, which with `dpi` gives its natural size.

    "rows" are PNG's: each with its filter, all of them deflated. "fax" is ITU-T T.6 (Group 4).
    """

    data: bytes
    coding: Coding
    size: tuple[int, int]
    colours: int
    seen: tuple[int, int]
    turn: int = 1
    dpi: tuple[float, float] | None = None


def pack(picture: Picture) -> Packed:
    """The picture as packed bytes. Raises UnfitError when it can't be decoded."""
    image = flatten_picture(picture, FINEST)
    seen = (picture.width, picture.height)
    colours = 3 if image.mode == "RGB" else 1
    coding: Coding
    if image.mode == "1":
        data, coding = encode_fax(image)
    elif picture.lossy:
        data, coding = encode_jpeg(image, 90), "jpeg"
    else:
        data, coding = _rows(image), "rows"
    return Packed(data, coding, image.size, colours, seen, picture.turn, picture.dpi)


def encode_jpeg(image: Image.Image, quality: int) -> bytes:
    """JPEG bytes without any metadata."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def encode_fax(dots: Image.Image) -> tuple[bytes, Coding]:
    """An image of mode "1" in Group 4, out of a TIFF of one strip; "fax-inverted" when a set bit means white."""
    file = io.BytesIO()
    dots.save(file, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: dots.height})
    with Image.open(io.BytesIO(file.getvalue()), formats=["TIFF"]) as written:
        tags: Any = getattr(written, "tag_v2", {})
        (start,), (length,) = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES]
        white_is_zero = tags[_PHOTOMETRIC] == 0
    return file.getvalue()[start : start + length], "fax" if white_is_zero else "fax-inverted"


def _rows(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    png, rows, at = file.getvalue(), bytearray(), 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            rows += png[at + 8 : at + 8 + length]
        at += 12 + length
    return bytes(rows)
