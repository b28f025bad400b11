"""A value stays that value on paper, or is refused by name: any text, real names of 36 locales, hostile strings."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from massage_claim.pdf.alphabet import UnprintableText, unprintable
from massage_claim.pdf.flow import draw
from massage_claim.writing.blocks import Block, Bullets, Fields, Heading, Paragraph, Quote, Run, Table, text

# Marks that can't be composed are tried by name below: a reader may part one from a tall letter.
LETTERS = (
    st.characters(codec=None, exclude_categories=("Mn", "Me"))
    | st.characters(max_codepoint=0x24F)
    | st.characters(min_codepoint=0x370, max_codepoint=0x5FF, exclude_categories=("Mn", "Me"))
    | st.sampled_from("<>&;#/\\%()[]{}|*_`~\"' -")
)
ANY_TEXT = st.text(alphabet=LETTERS, max_size=60)


def everywhere(value: str) -> tuple[Block, ...]:
    """The value in each kind of place a value can stand in."""
    words = text(value)
    return (
        Paragraph(words),
        Heading(2, words),
        Bullets(((Paragraph(words),),)),
        Table((text("head"),), ((words,),), ("left",)),
        Fields((("label", words),), 1),
        Quote((Paragraph((Run(value, italic=True),), role="small"),)),
    )


@settings(max_examples=250)
@given(ANY_TEXT)
@example("pain < 4 <before>")
@example("A<b>c &amp; <para> <font color=red>")
@example("x\u030cm ọ\u0300yọ\u0301 M\u030ca ą\u0301 g\u0303ua a\u0301\u0302")
@example("ﬁ ½ ☑ ≥ \u00ad-\u2011-")
def test_any_text_is_printed_as_it_is_or_refused_by_name(texts, squeezed, value: str) -> None:
    refused = unprintable(value)
    try:
        pages = texts(draw(everywhere(value), title="t").pdf)
    except UnprintableText as refusal:
        assert refused
        assert set(refusal.letters) == set(refused)
        return
    assert refused == ""
    own = squeezed(value)
    wanted = own + own + ("•" + own if own else "•") + "head" + own + "label" + own + own
    assert squeezed("".join(pages)) == wanted


def printed_or_refused(values: list[str], texts, squeezed) -> tuple[int, int]:
    """All printable values, one table row each, come out of one PDF; the others are refused. Counts both."""
    good = [value for value in values if not unprintable(value)]
    bad = [value for value in values if unprintable(value)]
    pages = texts(draw([Table((), tuple((text(value),) for value in good), ("left",))], title="t").pdf)
    assert squeezed("".join(pages)) == "".join(map(squeezed, good))
    for value in bad:
        with pytest.raises(UnprintableText, match=r"U\+"):
            draw([Paragraph(text(value))], title=value)
    return len(good), len(bad)


def test_names_and_addresses_of_36_locales(corpus_strings: Path, texts, squeezed) -> None:
    with (corpus_strings / "names" / "faker_36_locales.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    refused = {row["locale"] for row in rows if unprintable(row["name"] + row["address"])}
    # Scripts without a font or written from right to left; all others print every name.
    assert refused <= {
        "ar_AA",
        "ar_EG",
        "ar_SA",
        "bn_BD",
        "fa_IR",
        "he_IL",
        "hi_IN",
        "ja_JP",
        "ko_KR",
        "ne_NP",
        "ta_IN",
        "th_TH",
        "zh_CN",
        "zh_TW",
    }
    assert {"vi_VN", "pl_PL", "ru_RU", "el_GR", "tr_TR", "cs_CZ"} & {row["locale"] for row in rows}
    good, bad = printed_or_refused([row["name"] for row in rows] + [row["address"] for row in rows], texts, squeezed)
    assert good + bad == 2 * len(rows)
    assert good > bad > 0


def test_forenames_of_the_world(corpus_strings: Path) -> None:
    with (corpus_strings / "names" / "common-forenames-by-country.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    latin = [row["Romanized Name"] for row in rows if row["Romanized Name"]]
    assert [name for name in latin if unprintable(name)] == []
    assert len(latin) > 1_000


def test_naughty_strings(corpus_strings: Path, texts, squeezed) -> None:
    values = json.loads((corpus_strings / "blns.json").read_text(encoding="utf-8"))
    good, bad = printed_or_refused(values, texts, squeezed)
    assert good + bad == len(values)
    assert good > 400


def test_a_printed_letter_is_its_own_picture_never_a_question_mark_or_a_box(pixels) -> None:
    def picture(value: str) -> bytes:
        return pixels(draw([Heading(1, text(value))], title="t").pdf, 0)

    stand_ins = {picture("?"), picture("☐"), picture("□"), picture("")}
    letters = "ễĄŁžßÞǅЖҐѣΩώ½≥☑…"
    pictures = [picture(letter) for letter in letters]
    assert stand_ins.isdisjoint(pictures)
    assert len(set(pictures)) == len(letters)
