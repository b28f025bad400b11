"""A picture as letter pages of an open PDF; decodes only what it must.

JPEG pixels and plain PNG rows are passed through untouched; anything else is decoded, put on white and packed again,
without metadata. Turned upright by a matrix. Natural size is the scanner's own, else 150 pixels an inch; a picture is
shrunk to the page, never enlarged.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from PIL import Image

from massage_claim.packet.pages import png
from massage_claim.packet.pages.geometry import LETTER, Six, cm, fit, then
from massage_claim.packet.pages.jpeg import UnusualJpegError, from_adobe, strip_metadata
from massage_claim.packet.pages.packer import pack_apart
from massage_claim.packet.pages.picture import count_frames, decode, open_picture, read_turn
from massage_claim.packet.pages.pixels import Packed, pack
from massage_claim.packet.pdf_file import choose_pages

_DPI = 150.0
_HEAVY = 12_000_000
"""Pixels that are decoded in a process of their own, counted by what their reader needs for them."""
_WEIGHT = {"1": 0.25, "L": 0.25, "P": 0.25}
# EXIF orientation → matrix of the unit square onto itself (EXIF 2.32, tag 274).
_TURNS: dict[int, Six] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_COLOUR_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def add_photo(
    out: pikepdf.Pdf,
    data: bytes,
    kind: str,
    *,
    band: bool,
    examined: bool,
    pages: tuple[int, ...] | None = None,
) -> None:
    """Appends the picture's pages; `band` leaves the footer band free. Raises UnfitError as `decode` does, and no-such-page.

    `examined` says that these very bytes were decoded once, so that what can pass through need not be decoded again.
    """
    image = open_picture(data, kind)
    wanted = choose_pages(pages, count_frames(image, kind))
    if kind in ("jpeg", "png"):
        if not examined:
            decode(data, kind)
        stream = _jpeg(out, data, image) if kind == "jpeg" else png.pass_through(out, data)
        if stream is not None:
            for _ in wanted:
                _placed(out, stream, image.size, read_turn(image), (_DPI, _DPI), band)
            return
    weight = 8 if kind in ("webp", "heic") else _WEIGHT.get(image.mode, 1.0)
    heavy = image.size[0] * image.size[1] * weight > _HEAVY
    pieces = pack_apart(data, kind, wanted) if heavy else [pack(decode(data, kind, index)) for index in wanted]
    for piece in pieces:
        _placed(out, image_stream(out, piece), piece.seen, piece.turn, piece.dpi or (_DPI, _DPI), band)


def _placed(
    out: pikepdf.Pdf, stream: pikepdf.Stream, size: tuple[int, int], turn: int, dpi: Sequence[float], band: bool
) -> None:
    """Appends the page, upright or lying, on which the picture is larger."""
    wide, high = size[0] * 72 / dpi[0], size[1] * 72 / dpi[1]
    natural = (high, wide) if turn > 4 else (wide, high)
    page, lying = LETTER, (LETTER[1], LETTER[0])
    if fit(*natural, lying, band=band)[0] > fit(*natural, page, band=band)[0]:
        page = lying
    add_picture(out, stream, natural, page, turn, band)


def add_picture(
    out: pikepdf.Pdf,
    stream: pikepdf.Stream,
    natural: tuple[float, float],
    page: tuple[float, float],
    turn: int,
    band: bool,
) -> None:
    """Appends a page showing an image XObject, shrunk if need be; `natural` is its size in points once upright."""
    width, height = natural
    place = then(then(_TURNS[turn], (width, 0, 0, height, 0, 0)), fit(width, height, page, band=band))
    added = out.add_blank_page(page_size=page)
    added.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Picture": stream}))
    added.obj["/Contents"] = out.make_stream(b"q " + cm(place) + b" /Picture Do Q")


def jpeg_stream(out: pikepdf.Pdf, data: bytes, size: tuple[int, int], mode: str, adobe: bool = False) -> pikepdf.Stream:
    """JPEG bytes as an image XObject; mode is Pillow's: L, RGB or CMYK."""
    stream = png.image(out, data, size, pikepdf.Name(_COLOUR_SPACES[mode]), 8)
    stream["/Filter"] = pikepdf.Name.DCTDecode
    if mode == "CMYK" and adobe:
        stream["/Decode"] = pikepdf.Array([1, 0] * 4)
    return stream


def _jpeg(out: pikepdf.Pdf, data: bytes, image: Image.Image) -> pikepdf.Stream | None:
    if image.mode not in _COLOUR_SPACES:
        return None
    try:
        plain_jpeg = strip_metadata(data)
    except UnusualJpegError:
        return None
    return jpeg_stream(out, plain_jpeg, image.size, image.mode, from_adobe(plain_jpeg))


def image_stream(out: pikepdf.Pdf, piece: Packed) -> pikepdf.Stream:
    """The packed pixels as an image XObject."""
    space = pikepdf.Name.DeviceRGB if piece.colours == 3 else pikepdf.Name.DeviceGray
    dots = piece.coding in ("fax", "fax-inverted")
    stream = png.image(out, piece.data, piece.size, space, 1 if dots else 8)
    if piece.coding == "jpeg":
        stream["/Filter"] = pikepdf.Name.DCTDecode
    elif dots:
        stream["/Filter"] = pikepdf.Name.CCITTFaxDecode
        parms = pikepdf.Dictionary(K=-1, Columns=piece.size[0], Rows=piece.size[1])
        parms["/BlackIs1"] = piece.coding == "fax-inverted"
        stream["/DecodeParms"] = parms
    else:
        stream["/Filter"] = pikepdf.Name.FlateDecode
        stream["/DecodeParms"] = png.predict(piece.colours, 8, piece.size[0])
    return stream
