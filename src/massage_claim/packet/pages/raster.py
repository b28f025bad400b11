"""A page of a PDF drawn as a Pillow picture from a pypdfium2 document, and how bright it is; no disk."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

from massage_claim.packet.pdf_file import READING_ERRORS
from massage_claim.packet.refusals import UnfitError

DPI = 200
_LARGEST = 3400  # pixels on the long side: letter at 300 dpi
_GLANCE = 400
_DARK_MEAN = 85
_DARK_PAPER = 140


def picture(reader: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """Page `index` (0-based) as displayed, with fields and notes, at 200 dpi; huge pages smaller. Raises UnfitError."""
    return _render(reader, index, DPI / 72, _LARGEST)


def glance(reader: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """The same, small and grey, to see that it can be drawn and how bright it is. Raises UnfitError."""
    return _render(reader, index, 0.5, _GLANCE).convert("L")


def is_dark(image: Image.Image) -> bool:
    """Whether a fax would blacken it: mostly dark, or even its brightest tenth is no lighter than mid-grey."""
    grey = image.convert("L")
    grey.thumbnail((_GLANCE, _GLANCE))
    counts = grey.histogram()
    total = sum(counts)
    mean = sum(level * count for level, count in enumerate(counts)) / total
    left = total / 10
    for level in range(255, -1, -1):
        left -= counts[level]
        if left <= 0:
            return mean < _DARK_MEAN or level < _DARK_PAPER
    return False


def as_jpeg(image: Image.Image) -> bytes:
    """JPEG bytes good enough to read small print, without any metadata."""
    data = io.BytesIO()
    image.convert("RGB").save(data, "JPEG", quality=85)
    return data.getvalue()


def _render(reader: pypdfium2.PdfDocument, index: int, scale: float, largest: int) -> Image.Image:
    try:
        page = reader[index]
        try:
            width, height = page.get_size()
            if not (0 < width < 1e6 and 0 < height < 1e6):
                raise UnfitError("page-broken", page=index + 1)
            scale = min(scale, largest / max(width, height))
            if min(width, height) * scale < 1:
                raise UnfitError("page-broken", page=index + 1)
            bitmap = page.render(scale=scale)
            try:
                image: Image.Image = bitmap.to_pil().convert("RGB")
                return image
            finally:
                bitmap.close()
        finally:
            page.close()
    except READING_ERRORS:
        raise UnfitError("page-broken", page=index + 1) from None
