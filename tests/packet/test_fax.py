"""The packet as a fax machine sends it: letter pages of 204 × 196 dots, black or white, letters readable out of a shadow."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw

from massage_claim.packet.fax import DOTS, to_dots, to_fax
from massage_claim.packet.merge import merge
from massage_claim.packet.parts import Part


def dark_share(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The share of black dots inside a box."""
    part = image.crop(box).convert("L")
    return part.histogram()[0] / (part.width * part.height)


def test_every_page_is_one_picture_of_dots(make: SimpleNamespace) -> None:
    parts = [
        Part("a", "Letter", make.saved(make.document(["one", "two"])), "drawn"),
        Part("b", "Lying", make.saved(make.document(["wide"], size=(792, 612))), "drawn"),
    ]
    merged = merge(parts, title="T")
    told: list[tuple[int, int]] = []
    fax = to_fax(merged.pdf, merged.ranges, title="Fax", progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert fax.pdf == to_fax(merged.pdf, merged.ranges, title="Fax").pdf
    with pikepdf.open(io.BytesIO(fax.pdf)) as document:
        for page, size in zip(document.pages, fax.sizes, strict=True):
            (picture,) = page.obj.Resources.XObject.values()
            assert (int(picture.Width), int(picture.Height), int(picture.BitsPerComponent)) == (*DOTS, 1)
            assert picture.Filter == pikepdf.Name.CCITTFaxDecode
            assert len(picture.read_raw_bytes()) == size
            assert [float(edge) for edge in page.mediabox] == [0, 0, 612, 792]
        with document.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Letter", "Lying"]
    upright = make.rendered(merged.pdf, 0, 1.0).convert("L").point(lambda level: 255 if level > 127 else 0)
    sent = make.rendered(fax.pdf, 0, 1.0).convert("L").point(lambda level: 255 if level > 127 else 0)
    assert sum(ImageChops.difference(upright, sent).histogram()[128:]) < 1500
    standing = make.rendered(fax.pdf, 2, 1.0).convert("L")
    assert standing.size == (612, 792)
    assert dark_share(standing, (5, 5, 50, 50)) > 0.9  # the square of the lower left corner, stood up


def test_letters_stay_readable_on_grey_paper_in_a_shadow() -> None:
    page = Image.linear_gradient("L").resize((1000, 1200)).point(lambda level: 90 + level // 2)
    pen = ImageDraw.Draw(page)
    for row in range(10):
        pen.rectangle((100, 100 + 100 * row, 700, 108 + 100 * row), fill=30)
    fax = to_dots(page)
    assert fax.mode == "1"
    for row in range(10):
        assert dark_share(fax, (110, 101 + 100 * row, 690, 107 + 100 * row)) > 0.95
        assert dark_share(fax, (110, 120 + 100 * row, 690, 180 + 100 * row)) < 0.01
    assert dark_share(fax, (750, 0, 1000, 1200)) < 0.01


def test_a_highlighter_is_dropped_and_pencil_is_kept() -> None:
    page = Image.new("L", (600, 600), 250)
    pen = ImageDraw.Draw(page)
    pen.rectangle((100, 100, 500, 160), fill=205)
    pen.rectangle((150, 120, 450, 126), fill=40)
    pen.rectangle((100, 400, 500, 406), fill=150)
    fax = to_dots(page)
    assert dark_share(fax, (105, 135, 495, 155)) == 0
    assert dark_share(fax, (155, 121, 445, 125)) == 1
    assert dark_share(fax, (105, 401, 495, 405)) == 1


def test_a_picture_keeps_its_greys_as_dots() -> None:
    page = Image.new("L", (1000, 1000), 255)
    noise = Image.effect_noise((300, 300), 60).resize((600, 600), Image.Resampling.BICUBIC)
    page.paste(noise.point(lambda level: 60 + level // 2), (200, 200))
    share = dark_share(to_dots(page), (250, 250, 750, 750))
    assert 0.2 < share < 0.8
    assert dark_share(to_dots(page), (0, 0, 1000, 100)) == 0


@pytest.mark.parametrize("scale", [0.5, 3])
def test_pages_of_any_size_fit_on_the_letter_page(make: SimpleNamespace, scale: float) -> None:
    pdf = make.saved(make.document(["odd"], size=(612 * scale, 792 * scale)))
    fax = to_fax(pdf, (), title="Fax")
    reader = pypdfium2.PdfDocument(fax.pdf)
    assert reader[0].get_size() == (612, 792)
    reader.close()
    box = ImageChops.invert(make.rendered(fax.pdf)).getbbox()
    assert box[2] - box[0] == pytest.approx(min(scale, 1) * 592, abs=14)  # never enlarged
