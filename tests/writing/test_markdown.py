"""Markdown to blocks, and each thing a paper can't show as a problem at the template's line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from massage_claim.writing.blocks import (
    Block,
    Box,
    Bullets,
    Columns,
    Fields,
    Heading,
    Keep,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Run,
    Signature,
    Table,
    text,
)

HEAD_LINES = 6


def p(words: str) -> Paragraph:
    return Paragraph(text(words))


def test_headings_paragraphs_and_faces(papers: Any) -> None:
    assert papers.blocks("# One\n## Two\n### Three\nA **b *c*** `d`\ne\\\nf  \ng\n") == (
        Heading(1, text("One")),
        Heading(2, text("Two")),
        Heading(3, text("Three")),
        Paragraph(
            (
                Run("A "),
                Run("b ", bold=True),
                Run("c", bold=True, italic=True),
                Run(" d e"),
                Run("\n"),
                Run("f"),
                Run("\n"),
                Run("g"),
            )
        ),
    )


def test_links_lead_to_https_and_mail_only(papers: Any) -> None:
    (found,) = papers.blocks("[a](https://example.org/x) <mailto:a@example.org> [b](http://x.org) [c](javascript:x)\n")
    assert [(run.text, run.link) for run in found.text] == [
        ("a", "https://example.org/x"),
        (" ", None),
        ("mailto:a@example.org", "mailto:a@example.org"),
        (" b c", None),
    ]


def test_lists_nest_and_numbers_start_where_written(papers: Any) -> None:
    assert papers.blocks("- a\n- b\n\n  3. c\n  4. d\n") == (
        Bullets(((p("a"),), (p("b"), Bullets(((p("c"),), (p("d"),)), ordered=True, start=3)))),
    )


def test_table_quote_and_rule(papers: Any) -> None:
    assert papers.blocks("a | b | c\n--|--:|:-:\n1 | 2 |\n\n> said\n\n---\n") == (
        Table((text("a"), text("b"), text("c")), ((text("1"), text("2"), ()),), ("left", "right", "center")),
        Quote((p("said"),)),
        Rule(),
    )


def test_a_bar_in_a_cell_and_a_table_in_a_quote(papers: Any) -> None:
    (table,) = papers.blocks("| a |\n|---|\n| b \\| c |\n")
    assert table.rows == ((text("b | c"),),)
    (quote,) = papers.blocks("> | a | b |\n> |---|---|\n> | c | d |\n")
    assert quote.blocks[0].rows == ((text("c"), text("d")),)


def test_containers_nest_with_more_or_the_same_colons(papers: Any) -> None:
    want = (Columns(((p("a"), Box((p("b"),))), (Keep((p("c"), PageBreak())),))),)
    more = (
        "::::: columns\n:::: col\na\n::: box\nb\n:::\n::::\n:::: col\n::: keep\nc\n::: pagebreak\n:::\n::::\n:::::\nd\n"
    )
    assert papers.blocks(more) == (*want, p("d"))
    assert papers.blocks("\n".join(":::" + row.lstrip(":") if row[0] == ":" else row for row in more.splitlines())) == (
        *want,
        p("d"),
    )


def test_small_reaches_into_lists(papers: Any) -> None:
    note = Paragraph(text("a"), "small")
    assert papers.blocks("::: small\na\n\n- a\n:::\na\n") == (note, Bullets(((note,),)), p("a"))


def test_signature_is_told_by_its_body(papers: Any) -> None:
    body = "::: signature\nSignature of {{ name }}\n\n{{ under|lines }}\n:::\n::: signature undated\nInitials\n:::\n"
    assert papers.blocks(body, {"name": "Ann | Lee", "under": "LMT\n33.0123"}) == (
        Signature("Signature of Ann | Lee", "LMT\n33.0123"),
        Signature("Initials", date_line=False),
    )


def test_fields_drop_what_is_empty(papers: Any) -> None:
    body = (
        '::: fields columns=3 title="{{ name }}"\n- Name: **{{ name }}**\n- Phone: {{ phone|if_known }}\n'
        "- {{ name }}: {{ address|lines }}\n\n| | |\n|-|-|\n| Sex | F |\n| Group | |\n:::\n"
    )
    values = {"name": "A: B", "phone": None, "address": "1 Main St\nApt 2"}
    assert papers.blocks(body, values) == (
        Fields(
            (
                ("Name", (Run("A: B", bold=True),)),
                ("A: B", text("1 Main St\nApt 2")),
                ("Sex", text("F")),
            ),
            columns=3,
            title="A: B",
        ),
    )
    assert papers.blocks("::: fields\n- Phone: {{ phone|if_known }}\n:::\n", values) == ()


def test_slots_are_spliced_and_get_their_words(papers: Any) -> None:
    asked: list[Mapping[str, str]] = []

    def lines(words: Mapping[str, str]) -> Sequence[Block]:
        asked.append(words)
        return (p("x"), Rule()) if words else ()

    body = 'a\n::: service-lines {{ w }} by="{{ w }}" n=3\nb\n::: service-lines\n'
    assert papers.blocks(body, {"w": 'a" :::'}, {"service-lines": lines}) == (p("a"), p("x"), Rule(), p("b"))
    assert asked == [{"word": 'a" :::', "by": 'a" :::', "n": "3"}, {}]


def test_what_holds_no_text_is_left_out(papers: Any) -> None:
    body = "{{ e }}\n\n- {{ e }}\n\n# {{ e }}\n\n> {{ e }}\n\n::: box\n{{ e }}\n:::\n::: keep\n:::\n**{{ e }}**\n"
    assert papers.blocks(body, {"e": ""}) == ()


def test_brackets_indents_and_definitions_lose_no_text(papers: Any) -> None:
    assert papers.blocks("[Dr.: findings]\n\n[a]: b\n\n    indented\n\npain < 4 & up\n---\n") == (
        p("[Dr.: findings]"),
        p("[a]: b"),
        p("indented"),
        p("pain < 4 & up"),
        Rule(),
    )


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("a\n\n![x](y.png)\n", 3, "an image"),
        ("a\n<b>c</b>\n", 1, "HTML"),
        ("a\n\n<div>\nb\n</div>\n", 3, "HTML"),
        ("<!-- note -->\n", 1, "HTML"),
        ("```\na\n```\n", 1, "a block of code"),
        ("a[^1]\n", 1, "a footnote"),
        ("a\n\n[^1]: note\n", 3, "a footnote"),
        ("#### a\n", 1, "third level"),
        ("| a | b |\n|---|---|\n| c | d | e |\n", 3, "more cells"),
        ("| a |\n|---|\n\n| b |\n", 4, "outside its table"),
        ("- ::: box\n", 1, "inside a list"),
        (">" * 8 + " a\n", 1, "six deep"),
        ("a\n::: box\nb\n", 2, "never closed"),
        (":::: box\n::: keep\na\n::::\n", 2, "never closed"),
        ("a\n:::\n", 2, "closes nothing"),
        ("::: pagebreak\n:::\n", 2, "closes nothing"),
        ("a\n\n::: unknown-slot x\n", 3, "::: unknown-slot is not known"),
        ("::: Box\n:::\n", 1, "has no name"),
        ("::: box a b\n:::\n", 1, "words that can't be read"),
        ('::: box "a\n:::\n', 1, "words that can't be read"),
        ("::: box wide\n:::\n", 1, "does not take 'word'"),
        ("::: keep colour=red\n:::\n", 1, "does not take 'colour'"),
        ("::: col\na\n:::\n", 1, "outside ::: columns"),
        ("::: columns\na\n::: col\nb\n:::\n:::\n", 2, "more than ::: col"),
        ("::: columns\n::: col\nb\n:::\n:::\n", 1, "fewer than two"),
        ("::: signature\n:::\n", 1, "one paragraph"),
        ("::: signature\n- a\n:::\n", 1, "one paragraph"),
        ("::: signature\na\n\nb\n\nc\n:::\n", 1, "one paragraph"),
        ("::: signature blue\na\n:::\n", 1, "does not take that word"),
        ("::: fields\n- a\n:::\n", 2, "without a colon"),
        ("::: fields\nName: x\n:::\n", 2, "more than a list"),
        ("::: fields\n| a | b |\n|--|--|\n| c | d |\n:::\n", 2, "a head"),
        ("::: fields columns=9\n- a: b\n:::\n", 1, "number of columns"),
        ("::: fields\n::: box\n:::\n:::\n", 2, "another ::: piece"),
    ],
)
def test_what_a_paper_cannot_show_is_told_with_its_line(papers: Any, body: str, line: int, says: str) -> None:
    problems = papers.problems(body)
    assert says in problems[0].says
    assert str(problems[0].where) == f"templates/paper.md.j2:{HEAD_LINES + line}"
    assert problems[0].fix.endswith(".")


def test_all_mistakes_at_once(papers: Any) -> None:
    found = papers.problems("![x](y)\n\n::: nothing\n\n#### d\n\n::: box\n")
    assert [problem.where.line - HEAD_LINES for problem in found if problem.where] == [7, 1, 3, 5]


def test_a_mistake_in_a_loop_is_told_once_and_holds_no_value(papers: Any) -> None:
    body = "{% for x in xs %}\n#### {{ x }} is secret\n\n{% endfor %}\n"
    (problem,) = papers.problems(body, {"xs": ["Mary Smith", "Ann Lee"]})
    assert problem.where
    assert problem.where.line == HEAD_LINES + 2
    assert "Smith" not in repr(problem)
    assert "secret" not in repr(problem)


def test_a_slot_cannot_take_the_name_of_a_container(papers: Any) -> None:
    with pytest.raises(ValueError, match="box"):
        papers.blocks("a\n", slots={"box": lambda words: ()})
