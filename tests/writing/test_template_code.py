"""Template source on its way to code: line ends of prose are kept, lines stay where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.errors import Where
from massage_claim.writing.template_code import keep_line_ends, remove_marks, trim


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("a{% if x %}b{% endif %}\nc", "a{% if x %}b{% endif +%}\nc"),
        ("{% if x %}\nb\n{% endif %}\n", "{% if x %}\nb\n{% endif %}\n"),
        ("  {% if x %}{% if y %}\n", "  {% if x %}{% if y %}\n"),
        ("{{ a }}{% if x %}\n", "{{ a }}{% if x +%}\n"),
        ("a {# note #}\nb", "a {# note +#}\nb"),
        ("{# note #}\nb", "{# note #}\nb"),
        ("a{% if x -%}\nb", "a{% if x -%}\nb"),
        ("{% set a = [\n 1,\n] %}\nb", "{% set a = [\n 1,\n] %}\nb"),
        ("{% raw %}a{% b %}\nc{% endraw %}\nd", "{% raw %}a{% b %}\nc{% endraw +%}\nd"),
        ("a{% raw %}b", "a{% raw %}b"),
    ],
)
def test_a_line_end_is_kept_after_a_tag_that_shares_its_line_with_text(source: str, kept: str) -> None:
    assert keep_line_ends(source) == kept


@given(
    st.lists(
        st.sampled_from(["a", "\n", " ", "{% if x %}", "{{ y }}", "{# z #}", "{% raw %}", "{% endraw %}", "{%", "%}"])
    )
)
def test_only_plus_signs_are_added(pieces: list[str]) -> None:
    source = "".join(pieces)
    assert keep_line_ends(source).replace("+", "") == source


def test_a_line_came_from_the_mark_before_its_first_letter() -> None:
    rendered = "\ue0040:1\ue005a\n\ue0040:2\ue005\ue0041:7\ue005b\ue0040:3\ue005c\nd\n\ue0040:4\ue005"
    rows, origins = remove_marks(rendered, lambda number: f"t{number}")
    assert rows == ["a", "bc", "d", ""]
    assert origins == [Where("t0", 1), Where("t1", 7), Where("t0", 3), Where("t0", 4)]


def test_trimmed_takes_marks_and_white_space_from_the_ends_only() -> None:
    assert trim(" \ue0040:1\ue005\n a \ue0040:2\ue005 b\ue0040:3\ue005\n") == "a \ue0040:2\ue005 b"
