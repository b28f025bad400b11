"""The packet as a fax machine sends it: a PDF of black and white pictures, and each page's size in bytes.

204 × 196 dots an inch (ITU-T T.4, "fine"), letter pages of 1734 × 2156 dots, packed by T.6. Lines and letters are cut at
a level that follows the paper's own brightness; what is truly a picture is dithered. A page that lies is stood up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps

from massage_claim.packet.pages.geometry import LETTER
from massage_claim.packet.pages.photo import image_stream
from massage_claim.packet.pages.pixels import Packed, encode_fax
from massage_claim.packet.parts import PageRange
from massage_claim.packet.pdf_file import count_pages, save

DOTS = (1734, 2156)
"""A letter page at 204 × 196 dots an inch."""
_TILE = 24  # dots; a letter's height, so that words are judged as words
_AROUND = 96  # dots around a place that tell how bright the paper is there
_DARKEST = 100  # of 255
_INK = 0.72  # of the paper's brightness; keeps pencil, drops a highlighter and light shades
_MIDDLE = (60, 190)  # of 255: neither ink nor paper
_GAP = 9  # tiles; smooth places inside a picture that belong to it
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Faxed:
    """The black and white packet; `sizes` are the packed bytes of each page."""

    pdf: bytes
    sizes: tuple[int, ...]


def to_fax(
    pdf: bytes,
    ranges: Sequence[PageRange],
    *,
    title: str,
    progress: Callable[[int, int], None] | None = None,
) -> Faxed:
    """The same pages in the same order, with the same bookmarks, in black and white. `progress` gets (pages done, in all)."""
    count = count_pages(pdf)
    out = pikepdf.new()
    sizes: list[int] = []
    reader = pypdfium2.PdfDocument(pdf)
    try:
        for index in range(count):
            sizes.append(_add(out, to_dots(_grey(reader, index))))
            if progress is not None:
                progress(index + 1, count)
    finally:
        reader.close()
    with out.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(place.title, place.first - 1, "Fit") for place in ranges)
    return Faxed(save(out, title), tuple(sizes))


def to_dots(grey: Image.Image) -> Image.Image:
    """A grey page in black and white: letters and lines by a level, pictures by dithering."""
    paper = _paper(grey)
    letters = ImageChops.subtract(paper.point(lambda level: round(level * _INK)), grey)
    letters = letters.point(lambda level: 0 if level else 255)
    picture = _pictures(ImageChops.add(grey, ImageChops.invert(paper)))
    if picture is None:
        return letters.convert("1", dither=Image.Dither.NONE)
    # Twice as coarse: a fax line takes minutes for single dots, and a machine loses them.
    soft = (
        ImageOps.autocontrast(grey.reduce(2), cutoff=1)
        .convert("1")
        .convert("L")
        .resize(grey.size, Image.Resampling.NEAREST)
    )
    return Image.composite(soft, letters, picture).convert("1", dither=Image.Dither.NONE)


def _paper(grey: Image.Image) -> Image.Image:
    """How bright the paper is at each place: the lightest around it, smoothed; no paper is as dark as ink."""
    small = grey.reduce(8)
    lightest = _lightest(small).point(lambda level: max(level, _DARKEST))
    return lightest.filter(ImageFilter.BoxBlur(_AROUND // 16)).resize(grey.size, Image.Resampling.BILINEAR)


def _lightest(small: Image.Image) -> Image.Image:
    for _ in range(_AROUND // 32):  # several small steps reach as far as a large one, and sooner
        small = small.filter(ImageFilter.MaxFilter(5))
    return small


def _pictures(even: Image.Image) -> Image.Image | None:
    """Where the page, its paper made white, is a picture (255) and not writing (0); None when it has none."""
    low, high = _MIDDLE
    middle = even.point(lambda level: 255 if low < level < high else 0)
    share = middle.reduce(_TILE)  # 255: every dot of the tile is some grey
    mask = share.point(lambda level: 255 if level > 110 else 0)
    mask = mask.filter(ImageFilter.MinFilter(3))  # a single tile is a blot
    if mask.getbbox() is None:
        return None
    for filter_ in (*[ImageFilter.MaxFilter(3)] * (_GAP + 1), *[ImageFilter.MinFilter(3)] * (_GAP - 1)):
        mask = mask.filter(filter_)
    box = mask.getbbox() or (0, 0, 1, 1)
    if mask.crop(box).histogram()[255] > _MOSTLY * (box[2] - box[0]) * (box[3] - box[1]):
        mask.paste(255, box)  # one photo, with a bright sky
    return mask.resize((mask.width * _TILE, mask.height * _TILE)).crop((0, 0, *even.size))


def _grey(reader: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """The page upright on a letter page of fax dots."""
    page = reader[index]
    try:
        width, height = page.get_size()
        lying = width > height
        wide, high = (height, width) if lying else (width, height)
        share = min(LETTER[0] / wide, LETTER[1] / high, 1.0)
        size = (max(round(wide * share * 204 / 72), 1), max(round(high * share * 196 / 72), 1))
        bitmap = pypdfium2.PdfBitmap.new_native(*size, pdfium.FPDFBitmap_Gray)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
            flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, *size, 1 if lying else 0, flags)
            drawn = bitmap.to_pil().convert("L")
        finally:
            bitmap.close()
    finally:
        page.close()
    sheet = Image.new("L", DOTS, 255)
    sheet.paste(drawn, ((DOTS[0] - size[0]) // 2, (DOTS[1] - size[1]) // 2))
    return sheet


def _add(out: pikepdf.Pdf, page: Image.Image) -> int:
    data, coding = encode_fax(page)
    stream = image_stream(out, Packed(data, coding, page.size, 1, page.size))
    added = out.add_blank_page(page_size=LETTER)
    added.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Page": stream}))
    added.obj["/Contents"] = out.make_stream(b"q %d 0 0 %d 0 0 cm /Page Do Q" % LETTER)
    return len(data)
