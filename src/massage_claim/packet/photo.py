"""A picture as one packet page: takes JPEG or PNG bytes, adds a letter page to an open PDF; decodes only what it must.

JPEG pixels are passed through untouched and turned upright by a matrix; PNG is decoded and packed again, on white,
without metadata. Natural size is 150 pixels an inch; a picture is shrunk to the page, never enlarged.
"""

from __future__ import annotations

import io
import struct

import pikepdf
from PIL import Image

from massage_claim.packet.geometry import LETTER, Six, cm, fitted, then
from massage_claim.packet.jpeg import UnusualJpegError, from_adobe, stripped
from massage_claim.packet.look_image import decoded, opened, upright

_POINTS_PER_PIXEL = 72 / 150
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
_GREY = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "F"})
_COLOUR_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}


def add_photo(out: pikepdf.Pdf, data: bytes, kind: str, *, band: bool, examined: bool) -> None:
    """Appends the picture's page; `band` leaves the footer band free. Raises UnfitError as `decoded` does.

    `examined` says that these very bytes were decoded once, so that a JPEG need not be decoded again.
    """
    image = opened(data, kind) if examined else decoded(data, kind)
    turn = upright(image)
    stream = _passed_through(out, data, image) if kind == "jpeg" else None
    if stream is None:
        stream = _packed(out, decoded(data, kind))
    wide, high = (image.height, image.width) if turn > 4 else image.size
    natural = (wide * _POINTS_PER_PIXEL, high * _POINTS_PER_PIXEL)
    page, lying = LETTER, (LETTER[1], LETTER[0])
    if fitted(*natural, lying, band=band)[0] > fitted(*natural, page, band=band)[0]:
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
    place = then(then(_TURNS[turn], (width, 0, 0, height, 0, 0)), fitted(width, height, page, band=band))
    added = out.add_blank_page(page_size=page)
    added.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Picture": stream}))
    added.obj["/Contents"] = out.make_stream(b"q " + cm(place) + b" /Picture Do Q")


def jpeg_stream(out: pikepdf.Pdf, data: bytes, size: tuple[int, int], mode: str, adobe: bool = False) -> pikepdf.Stream:
    """JPEG bytes as an image XObject; mode is Pillow's: L, RGB or CMYK."""
    stream = _image(out, data, size, _COLOUR_SPACES[mode], 8)
    stream["/Filter"] = pikepdf.Name.DCTDecode
    if mode == "CMYK" and adobe:
        stream["/Decode"] = pikepdf.Array([1, 0] * 4)
    return stream


def _passed_through(out: pikepdf.Pdf, data: bytes, image: Image.Image) -> pikepdf.Stream | None:
    if image.mode not in _COLOUR_SPACES:
        return None
    try:
        plain = stripped(data)
    except UnusualJpegError:
        return None
    return jpeg_stream(out, plain, image.size, image.mode, from_adobe(plain))


def _packed(out: pikepdf.Pdf, image: Image.Image) -> pikepdf.Stream:
    """Decoded pixels as Flate data: written as PNG, whose packed rows a PDF reader understands as they are."""
    plain = _on_white(image)
    png = io.BytesIO()
    plain.save(png, "PNG", compress_level=6)
    bits = 1 if plain.mode == "1" else 8
    colours = 3 if plain.mode == "RGB" else 1
    stream = _image(out, _idat(png.getvalue()), plain.size, "/DeviceRGB" if colours == 3 else "/DeviceGray", bits)
    stream["/Filter"] = pikepdf.Name.FlateDecode
    stream["/DecodeParms"] = pikepdf.Dictionary(
        Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=plain.width
    )
    return stream


def _on_white(image: Image.Image) -> Image.Image:
    grey = image.mode in _GREY
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        # Sixteen bits a pixel; the upper eight are what paper can show.
        image = image.convert("F").point(lambda level: level / 257).convert("L")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        top = image.convert("RGBA")
        paper = Image.new("RGBA", top.size, (255, 255, 255, 255))
        paper.alpha_composite(top)
        image = paper
    if image.mode == "1":
        plain = Image.new("1", image.size)
    elif grey:
        image = image.convert("L")
        plain = Image.new("L", image.size)
    else:
        image = image.convert("RGB")
        plain = Image.new("RGB", image.size)
    plain.paste(image)  # a new picture carries none of the old one's metadata
    return plain


def _image(out: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: str, bits: int) -> pikepdf.Stream:
    stream = pikepdf.Stream(out, data)
    stream["/Type"] = pikepdf.Name.XObject
    stream["/Subtype"] = pikepdf.Name.Image
    stream["/Width"], stream["/Height"] = size
    stream["/ColorSpace"] = pikepdf.Name(space)
    stream["/BitsPerComponent"] = bits
    return stream


def _idat(png: bytes) -> bytes:
    rows, at = bytearray(), 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            rows += png[at + 8 : at + 8 + length]
        at += 12 + length
    return bytes(rows)
