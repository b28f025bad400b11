"""Which letters are printed, which are refused by name, and which silently vanish because nobody can see them."""

from __future__ import annotations

import unicodedata

import pytest

from massage_claim import errors
from massage_claim.pdf import fonts
from massage_claim.pdf.alphabet import UnprintableText, clean, named_letter, refuse_unprintable, unprintable

FACES: tuple[fonts.Face, ...] = ("regular", "bold", "italic", "bold-italic")


@pytest.mark.parametrize(
    ("first", "last"),
    [(0x20, 0x7E), (0xA0, 0x24F), (0x1E00, 0x1EF9), (0x370, 0x3FF), (0x400, 0x4FF), (0x2010, 0x2027), (0x2190, 0x21FF)],
)
def test_latin_vietnamese_greek_and_cyrillic_are_complete(first: int, last: int) -> None:
    letters = [chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code)) != "Cn"]
    # After a plain letter, so that Cyrillic's combining marks stand on something; enclosing signs can't be set.
    missing = [letter for letter in letters if unprintable("x" + letter) and unicodedata.category(letter)[0] != "M"]
    assert [named_letter(letter) for letter in missing] == []


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Ánh", "Łukasz Żółć", "İbrahim Çağlayan", "Жанна Ґалаґан", "Ελένη", "O’Brien–Núñez"]
)
def test_names_print_in_every_face_with_nothing_lost(name: str) -> None:
    assert unprintable(name) == ""
    for face in FACES:
        assert "".join(piece for _, piece in fonts.split_by_font(name, face)) == name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("שלום", "Hebrew is written from right to left"),
        ("محمد", "Arabic is written from right to left"),
        ("नमस्ते", "Devanagari letters must be joined or stacked"),
        ("สวัสดี", "Thai letters must be joined or stacked"),
        ("李", "Chinese, Japanese or Korean script"),
        ("한", "Hangul: no font for it"),
        ("😀", "a picture letter"),
        ("\ue000", "a private letter of one font"),
        ("\ud800", "half of a surrogate pair"),
        ("\ufffd", "a letter was lost when this was copied"),
        ("𝐓", "no font for it"),
        ("\U000e01f0", "not a letter in Unicode"),
        ("a\u0301\u0302\u0303", "a mark that can't be set here"),
        ("\u0301", "a mark that can't be set here"),
    ],
)
def test_what_would_come_out_wrong_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(UnprintableText) as refusal:
        refuse_unprintable(["fine", text])
    problem = refusal.value.problems[0]
    assert why in problem.says
    assert f"U+{ord(refusal.value.letters[0]):04X}" in problem.says
    assert text not in problem.says  # letters are named, a name is not repeated
    assert isinstance(refusal.value, errors.Unreadable)


def test_all_letters_of_all_texts_are_named_at_once_and_many_are_counted() -> None:
    with pytest.raises(UnprintableText) as refusal:
        refuse_unprintable(["李", "אבגדהוזחט"])
    assert refusal.value.letters == "李אבגדהוזחט"
    assert refusal.value.problems[0].says.count("U+") == 8
    assert refusal.value.problems[0].says.endswith("and 2 more")


def test_controls_vanish_and_line_ends_become_one_kind() -> None:
    assert clean("a\x00b\x07c\u200bd\u202ee\u00adf\ufeffg\x9fh") == "abcdefgh"
    assert clean("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"
    assert clean("a\tb\x0cc") == "a b c"


def test_letters_and_marks_are_composed_even_across_invisible_ones() -> None:
    assert clean("e\u200d\u0301") == "é"
    assert clean(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"


def test_a_letter_the_face_lacks_comes_from_the_fallback_of_the_same_weight() -> None:
    assert fonts.split_by_font("ok ☑", "regular") == [("OpenSans-Regular", "ok "), ("DejaVuSans", "☑")]
    assert fonts.split_by_font("☑", "bold-italic") == [("DejaVuSans-Bold", "☑")]
    assert fonts.split_by_font("", "bold") == []


def test_a_mark_stays_in_the_font_of_its_letter() -> None:
    assert fonts.split_by_font("ax\u030cb", "regular") == [("OpenSans-Regular", "ax\u030cb")]
    assert fonts.split_by_font("x\u0346", "regular") == [("DejaVuSans", "x\u0346")]


def test_the_fonts_come_with_their_licences() -> None:
    folder = fonts._FOLDER
    assert "SIL OPEN FONT LICENSE" in (folder / "OpenSans-LICENSE.txt").read_text(encoding="utf-8")
    assert "Bitstream Vera" in (folder / "DejaVu-LICENSE.txt").read_text(encoding="utf-8")
    assert len(list(folder.glob("*.ttf"))) == 6
