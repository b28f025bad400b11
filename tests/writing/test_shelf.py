"""Finding and filling templates: search order, pieces, line numbers, and every mistake as a problem."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from massage_claim import yamltext
from massage_claim.errors import Unreadable
from massage_claim.writing.blocks import Bullets, Heading, Paragraph, Run, Table, plain, text
from massage_claim.writing.shelf import MAX_BYTES

HEAD = "---\ntitle: A paper\nstep: submit\nper: case\nsigner: none\n---\n"
HEAD_LINES = 6


def p(words: str) -> Paragraph:
    return Paragraph(text(words))


def told(problems: Any) -> list[tuple[str, str]]:
    return [(str(problem.where), problem.says) for problem in problems]


def test_the_persons_own_template_comes_first(papers: Any) -> None:
    papers.write("superbill.md.j2", HEAD + "shipped\n", shipped=True)
    papers.write("cover.md.j2", HEAD + "shipped cover\n", shipped=True)
    papers.write("parts/signature.md.j2", "shipped part\n", shipped=True)
    papers.write("superbill.md.j2", HEAD.replace("A paper", "Mine") + 'mine {% include "parts/signature.md.j2" %}\n')
    papers.write("own.md.j2", HEAD + "own\n")
    papers.write("parts/signature.md.j2", "my part\n")
    library = papers.library()
    assert library.names() == ("cover", "own", "superbill")
    assert library.overridden() == ("own", "parts/signature", "superbill")
    assert library.pieces("parts") == ("signature",)
    assert library.front("superbill").title == "Mine"
    assert library.render("superbill", {}, {}) == (p("mine my part"),)
    assert library.render("cover", {}, {}) == (p("shipped cover"),)
    assert library.source("cover") == HEAD + "shipped cover\n"
    assert library.source("parts/signature") == "my part\n"
    assert library.problems() == ()


def test_a_shipped_paper_uses_the_persons_own_piece(papers: Any) -> None:
    papers.write("paper.md.j2", HEAD + 'a {% include "parts/x.md.j2" %}\n', shipped=True)
    papers.write("parts/x.md.j2", "shipped\n", shipped=True)
    papers.write("parts/x.md.j2", "mine\n")
    assert papers.library().render("paper", {}, {}) == (p("a mine"),)


def test_nothing_is_read_from_the_current_directory(
    papers: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "here.md.j2").write_text(HEAD + "x\n")
    monkeypatch.chdir(tmp_path)
    assert papers.library().names() == ()
    with pytest.raises(Unreadable):
        papers.library().render("here", {}, {})
    assert "no piece of that name" in papers.problems('{% include "../here.md.j2" %}\n')[0].says


@pytest.mark.parametrize(
    "name", ["nothing", "../paper", "/etc/passwd", "a/b/c", "Paper", "", "paper.md.j2", "x" * 5000]
)
def test_a_paper_that_does_not_exist(papers: Any, name: str) -> None:
    papers.write("paper.md.j2", HEAD + "x\n")
    for asked in (
        lambda: papers.library().render(name, {}, {}),
        lambda: papers.library().front(name),
        lambda: papers.library().source(name),
    ):
        with pytest.raises(Unreadable) as caught:
            asked()
        assert "does not exist" in caught.value.problems[0].says


def test_values_loops_macros_and_sets(papers: Any) -> None:
    body = (
        "{% set total = lines|map(attribute='charge')|sum %}\n"
        "{% macro named(who) %}**{{ who.name }}**, {{ who.credential }}{% endmacro %}\n"
        "# {{ title|upper }}\n"
        "{{ named(who) }} — {{ day }} ({{ day|short_date }}), {{ lines|plural('line') }}\n\n"
        "| Code | Charge |\n|---|--:|\n"
        "{% for line in lines %}\n| {{ line.code }} | {{ line.charge }} |\n{% endfor %}\n\n"
        "{% for line in lines if line.charge > 90 %}\n- {{ loop.index }} of {{ loop.length }}: {{ line.code }}\n"
        "{% else %}\nnone\n{% endfor %}\n\n"
        "Total: {{ total }}{% if paid %}, paid{% endif %}\n"
        "{{ codes|listed }}\n"
    )
    values = {
        "title": "superbill",
        "who": SimpleNamespace(name="Ann Lee", credential="LMT"),
        "day": date(2026, 1, 14),
        "lines": [
            SimpleNamespace(code="97124", charge=Decimal("95.00")),
            SimpleNamespace(code="97140", charge=Decimal("45.50")),
        ],
        "paid": True,
        "codes": ("M54.50", "M54.2"),
    }
    assert papers.blocks(body, values) == (
        Heading(1, text("SUPERBILL")),
        Paragraph((Run("Ann Lee", bold=True), Run(", LMT — January 14, 2026 (01/14/2026), 2 lines"))),
        Table(
            (text("Code"), text("Charge")),
            ((text("97124"), text("$95.00")), (text("97140"), text("$45.50"))),
            ("left", "right"),
        ),
        Bullets(((p("1 of 1: 97124"),),)),
        p("Total: $140.50, paid M54.50 and M54.2"),
    )


def test_a_sentence_that_ends_in_a_tag_is_not_joined_to_the_next_word(papers: Any) -> None:
    body = "One{% if yes %}, two{% endif %}\nthree {# note #}\nfour\n{% if yes %}\nfive\n{% endif %}\nsix\n"
    assert papers.blocks(body, {"yes": True}) == (p("One, two three four five six"),)


def test_pieces_see_the_values_and_may_be_chosen_by_a_value(papers: Any) -> None:
    papers.write("arguments/timely_filing.md.j2", "Sent on {{ sent }}.\n")
    body = '{% for r in reasons %}\n{% include "arguments/" ~ r ~ ".md.j2" %}\n\n{% endfor %}\n'
    found = papers.blocks(body, {"reasons": ["timely_filing"] * 2, "sent": date(2026, 1, 2)})
    assert found == (p("Sent on January 2, 2026."),) * 2
    (problem,) = papers.problems(body, {"reasons": ["../secret of Mary"], "sent": None})
    assert problem.says.endswith("there is no piece of that name")


def test_a_block_that_printed_nothing_is_empty_when_trimmed(papers: Any) -> None:
    body = "{% set a %}\n{{ x|if_known }}\n{% if x %}b{% endif %}\n{% endset %}{% if a|trim %}full{% else %}empty{% endif %}\n"
    assert papers.blocks(body, {"x": None}) == (p("empty"),)
    assert papers.blocks(body, {"x": "y"}) == (p("full"),)


def test_a_paper_may_build_on_another_and_import_macros(papers: Any) -> None:
    papers.write("parts/base.md.j2", "# {% block head %}x{% endblock %}\n\n{% block body %}{% endblock %}\n")
    papers.write("parts/words.md.j2", "{% macro hi(n) %}*Hi* {{ n }}{% endmacro %}\n")
    body = (
        '{% extends "parts/base.md.j2" %}\n{% import "parts/words.md.j2" as words %}\n'
        "{% block head %}{{ super() }} y{% endblock %}\n{% block body %}{{ words.hi(name) }}{% endblock %}\n"
    )
    assert papers.blocks(body, {"name": "*A*"}) == (
        Heading(1, text("x y")),
        Paragraph((Run("Hi", italic=True), Run(" *A*"))),
    )


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("patient.phone", "patient.phone"),
        ("patient.phone|phone", "patient.phone"),
        ("patient.fee|money", "patient.fee"),
        ("nothing", "nothing"),
        ("book['key']", "book['key']"),
        ("nothing|lines", "nothing"),
        ("nothing|date", "nothing"),
    ],
)
def test_what_is_not_known_is_named_with_its_line(papers: Any, expression: str, named: str) -> None:
    values = {"patient": SimpleNamespace(phone=None, fee=None), "nothing": None, "book": {"key": None}}
    (problem,) = papers.problems("a\n\n{{ patient and 'b' }} {{ " + expression + " }}\n", values)
    assert str(problem.where) == f"templates/paper.md.j2:{HEAD_LINES + 3}"
    assert f"`{named}` is not known" in problem.says
    assert problem.fix.startswith("Fill")


def test_what_is_not_known_may_be_left_out(papers: Any) -> None:
    assert papers.blocks("a{{ x|if_known }}{{ x|money|if_known }}{% if x %} b{% endif %}\n", {"x": None}) == (p("a"),)


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("a\n{{ x\n", 2, "not valid Jinja2"),
        ("a\n{% if a %}\nb\n", 3, "not valid Jinja2"),
        ("a\n\n{% fro x in y %}\n", 3, "unknown tag"),
        ("a\n{{ 'x'|shout }}\n", 2, "No filter named 'shout'"),
        ("{{ a }}\n{{ missing }}\n", 2, "'missing' does not exist"),
        ("{{ a.missing }}\n", 1, "'missing' does not exist"),
        ("{{ d.missing }}\n", 1, "'missing' does not exist"),
        ("{% if missing %}x{% endif %}\n", 1, "'missing' does not exist"),
        ("\n{% for x in missing %}x{% endfor %}\n", 2, "'missing' does not exist"),
        ("{% for x in none %}x{% endfor %}\n", 1, "is not known"),
        ("{% for x in n %}x{% endfor %}\n", 1, "`n` is not a list"),
        ("{{ a ~ none }}\n", 1, "is not known"),
        ("{{ yes }}\n", 1, "`yes` is a yes or no"),
        ("{{ obj }}\n", 1, "`obj` is a whole record"),
        ("{{ a|money }}\n", 1, "is not an amount of money"),
        ("{{ n + none }}\n", 1, "wrong kind of value (TypeError)"),
        ("{{ n // 0 }}\n", 1, "wrong kind of value (ZeroDivisionError)"),
        ("{{ [n, a]|sum }}\n", 1, "not numbers"),
        ('a\n{% include "parts/none.md.j2" %}\n', 2, "there is no piece parts/none.md.j2"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}\n", 1, "without end"),
        ("{% include 'paper.md.j2' %}\n", 1, "without end"),
        ("{% filter upper %}a{% endfilter %}\n", 1, "not supported"),
        ("{% set x | upper %}a{% endset %}\n", 1, "not supported"),
        ("{% macro m() %}{% endmacro %}\n{% call m() %}a{% endcall %}\n", 2, "not supported"),
        ("{% autoescape false %}{{ a }}{% endautoescape %}\n", 1, "not supported"),
    ],
)
def test_a_mistake_is_told_with_its_line(papers: Any, body: str, line: int, says: str) -> None:
    values = {"a": "secret", "d": {"k": "secret"}, "n": 3, "yes": True, "obj": SimpleNamespace(k="secret")}
    problems = papers.problems(body, values)
    assert says in problems[0].says
    assert str(problems[0].where) == f"templates/paper.md.j2:{HEAD_LINES + line}"
    assert problems[0].fix
    assert "secret" not in repr(problems)


def test_a_mistake_in_a_piece_is_told_at_the_piece(papers: Any) -> None:
    include = 'a\n{% include "parts/x.md.j2" %}\n'
    for piece, line in (
        ("b\n{{ missing }}\n", 2),
        ("b\n\n{{ x\n", 3),
        ("b\n{% filter upper %}c{% endfilter %}\n", 2),
        ("b\n\n![i](j)\n", 3),
        ("b\n::: box\n", 2),
    ):
        papers.write("parts/x.md.j2", piece)
        assert str(papers.problems(include)[0].where) == f"templates/parts/x.md.j2:{line}"


def test_lines_are_the_templates_own_after_loops_and_tags(papers: Any) -> None:
    body = (
        "{% set rows = [1, 2, 3] %}\n"  # 1
        "{% for r in rows %}\n"  # 2
        "- {{ r }}\n"  # 3
        "{% endfor %}\n"  # 4
        "\n"  # 5
        "{%- if rows %}\n\n"  # 6, 7
        "{{ rows|length }}\n"  # 8
        "\n"  # 9
        "#### too deep\n"  # 10
        "{% endif %}\n"  # 11
        "{{ rows[0] }} ![x](y)\n"  # 12
    )
    found = papers.problems(body)
    assert sorted(problem.where.line - HEAD_LINES for problem in found) == [10, 12]


def test_a_shipped_template_is_called_so(papers: Any) -> None:
    papers.write("paper.md.j2", HEAD + "{{ missing }}\n", shipped=True)
    with pytest.raises(Unreadable) as caught:
        papers.library().render("paper", {}, {})
    assert str(caught.value.problems[0].where) == f"shipped templates/paper.md.j2:{HEAD_LINES + 1}"


def test_problems_tells_all_that_can_be_told_without_values(papers: Any) -> None:
    papers.write("a.md.j2", "no front matter\n")
    papers.write("b.md.j2", HEAD.replace("submit", "nowhere").replace("none", "king") + "{{ x|shout }}\n")
    papers.write("parts/c.md.j2", "a\n{% if %}\n")
    papers.write("Cover Letter.md.j2", HEAD)
    papers.write("fine.md.j2", HEAD + "{{ unknown_until_filled }}\n", shipped=True)
    assert sorted(where for where, _ in told(papers.library().problems())) == [
        "templates/Cover Letter.md.j2",
        "templates/a.md.j2:1",
        "templates/b.md.j2:3",
        "templates/b.md.j2:5",
        "templates/parts/c.md.j2:2",
    ]


def test_files_that_are_no_templates_for_us(papers: Any, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md.j2"
    outside.write_text(HEAD + "secret\n")
    (papers.own / "linked.md.j2").symlink_to(outside)
    (papers.own / "large.md.j2").write_text(HEAD + "x" * MAX_BYTES)
    (papers.own / "latin.md.j2").write_bytes(HEAD.encode() + b"caf\xe9\n")
    (papers.own / "nul.md.j2").write_text(HEAD + "a\x00\n")
    (papers.own / "mark.md.j2").write_text(HEAD + "a\nb\ue002\n", encoding="utf-8")
    for name, where, says in (
        ("linked", "templates/linked.md.j2", "leads out of its folder"),
        ("large", "templates/large.md.j2", "larger than 256 kB"),
        ("latin", "templates/latin.md.j2:7", "not UTF-8"),
        ("nul", "templates/nul.md.j2:7", "invisible character"),
        ("mark", "templates/mark.md.j2:8", "invisible character"),
    ):
        with pytest.raises(Unreadable) as caught:
            papers.library().render(name, {}, {})
        ((at, words),) = told(caught.value.problems)
        assert at == where
        assert says in words


def test_windows_line_ends_and_a_byte_order_mark_are_read(papers: Any) -> None:
    (papers.own / "paper.md.j2").write_bytes(b"\xef\xbb\xbf" + (HEAD + "a\nb\n\nc\n").replace("\n", "\r\n").encode())
    assert papers.library().render("paper", {}, {}) == (p("a b"), p("c"))


def test_a_fault_of_the_program_is_not_blamed_on_the_template(papers: Any) -> None:
    def slot(words: Any) -> Any:
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        papers.blocks("::: lines\n", slots={"lines": slot})
    with pytest.raises(TypeError):
        papers.blocks("{{ decode(5, 'x') }}\n", {"decode": yamltext.decode})


def test_the_same_twice(papers: Any) -> None:
    papers.write("paper.md.j2", HEAD + "# {{ a }}\n\n{{ b|listed }}\n")
    library = papers.library()
    values = {"a": "x", "b": ["y", "z"]}
    first = library.render("paper", values, {})
    assert first == library.render("paper", values, {}) == papers.library().render("paper", values, {})
    assert plain(first[1].text) == "y and z"  # type: ignore[union-attr]
