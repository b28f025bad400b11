"""Forms: each label beside its value, in reading order, and lines to sign on."""

from __future__ import annotations

from massage_claim.pdf.fields import fields_strips, signature_strips
from massage_claim.pdf.flow import draw
from massage_claim.writing.blocks import Fields, Signature, text

PAIRS = tuple((label, text(value)) for label, value in zip("ABCDE", ("v1", "v2", "v3", "v4", "v5"), strict=True))


def test_pairs_read_from_left_to_right(texts) -> None:
    for columns in (1, 2, 3, 9):
        page = texts(draw((Fields(PAIRS, columns),), title="t").pdf)[0]
        assert page.split() == "A v1 B v2 C v3 D v4 E v5".split()


def test_more_columns_take_fewer_rows() -> None:
    heights = [sum(strip.height for strip in fields_strips(Fields(PAIRS, columns), 500)) for columns in (1, 2, 3)]
    assert heights[0] > heights[1] > heights[2]


def test_a_value_of_two_lines_stands_beside_its_label(texts) -> None:
    page = texts(draw((Fields((("Address", text("12 Elm Street\nColumbus")), ("NPI", text("1")))),), title="t").pdf)[0]
    assert page.split() == "Address 12 Elm Street Columbus NPI 1".split()


def test_labels_are_bold_and_values_larger(operators) -> None:
    fonts = [
        (str(op[0]), float(op[1]))
        for name, op in operators(draw((Fields((("A", text("v")),)),), title="t").pdf)
        if name == "Tf"
    ]
    assert [size for _, size in fonts] == [9, 10.5]
    assert fonts[0][0] != fonts[1][0]


def test_a_signature_is_a_blank_line_with_room_above_it(operators, texts) -> None:
    strips = signature_strips(Signature("Patient", "Zoë"), 500)
    assert strips[0].height >= 24
    assert strips[0].signatures == (("Patient", "Zoë"),)
    with_date = draw((Signature("Patient", "Zoë"),), title="t").pdf
    without = draw((Signature("Patient", "Zoë", date_line=False),), title="t").pdf
    assert [sum(name == "l" for name, _ in operators(pdf)) for pdf in (with_date, without)] == [2, 1]
    assert texts(with_date)[0].split() == ["Patient", "Date", "Zoë"]
    assert texts(without)[0].split() == ["Patient", "Zoë"]
