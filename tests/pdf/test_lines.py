"""Lines are never wider than asked, lose no letter, and break where a reader would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from massage_claim.pdf.lines import Line, measure, safe_link, set_lines, shorten
from massage_claim.pdf.styles import BODY, RUNNING
from massage_claim.writing.blocks import Run, text


def said(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


@given(st.text(alphabet="abc WMil .,-/\u00a0Ωж☑", max_size=120), st.floats(min_value=15, max_value=400))
def test_lines_fit_and_hold_every_letter(value: str, width: float) -> None:
    lines = set_lines(text(value), BODY, width)
    assert all(line.width <= width + 0.02 for line in lines)
    assert "".join("".join(map(said, lines)).split(" ")) == value.replace(" ", "")


def test_words_break_at_spaces_not_inside() -> None:
    lines = set_lines(text("the quick brown fox jumps over the lazy dog"), BODY, 80)
    assert [said(line) for line in lines] == ["the quick brown", "fox jumps over", "the lazy dog"]


def test_a_no_break_space_holds_words_together() -> None:
    measured = measure(text("Dr.\u00a0Lee"), BODY)
    assert len(measured.rows[0]) == 1


def test_a_word_too_long_is_split_after_punctuation_when_it_can_be() -> None:
    lines = set_lines(text("https://www.example.org/a-rather-long-address/that-goes-on"), BODY, 150)
    assert len(lines) > 2
    assert {said(line)[-1] for line in lines[:-1]} <= {"/", "-", "."}


def test_one_letter_stands_even_where_it_does_not_fit() -> None:
    assert [said(line) for line in set_lines(text("WW"), BODY, 1.0)] == ["W", "W"]


def test_a_word_in_two_faces_is_one_word() -> None:
    row = measure((Run("bold", bold=True), Run(", then")), BODY).rows[0]
    assert [[piece.text for piece in word.pieces] for word in row] == [["bold", ","], ["then"]]


def test_hard_breaks_start_lines_and_keep_empty_ones() -> None:
    assert [said(line) for line in set_lines(text("a\n\nb"), BODY, 100)] == ["a", "", "b"]
    assert [said(line) for line in set_lines((Run("a\r\nb"),), BODY, 100)] == ["a", "b"]


def test_natural_width_needs_no_wrapping() -> None:
    measured = measure(text("Therapeutic massage, low back"), BODY)
    assert len(measured.wrap(measured.natural)) == 1
    assert len(measured.wrap(measured.natural - 1)) == 2


def test_only_https_and_mailto_are_links() -> None:
    assert safe_link("https://www.cms.gov/a b") == "https://www.cms.gov/a%20b"
    assert safe_link("mailto:claims@example.org") == "mailto:claims@example.org"
    assert [safe_link(link) for link in (None, "http://x", "javascript:alert(1)", "file:///etc/passwd", "#a")] == [
        None
    ] * 5
    assert safe_link("https://x/\ud800") is not None


def test_a_text_is_shortened_only_when_it_must_be() -> None:
    whole = shorten("Zoë Ångström", RUNNING, 200)
    assert said(whole) == "Zoë Ångström"
    cut = shorten("Zoë Ångström", RUNNING, 40)
    assert said(cut).endswith("…")
    assert cut.width <= 40
    assert said(shorten("Zoë", RUNNING, 2)) == ""
