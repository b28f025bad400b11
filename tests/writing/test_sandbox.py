"""What a template may not do: reach out, change a record, run for ever, or turn a value into Markdown."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from massage_claim.errors import Unreadable
from massage_claim.writing.blocks import Paragraph, plain


@dataclass
class Person:
    name: str = "*Mary* Smith"
    visits: list[int] = field(default_factory=lambda: [1, 2])

    def forget(self) -> str:
        self.name = ""
        return "gone"


HOSTILE_NOTE = "x\n\n# Not a heading **bold** [l](https://e.org)"


@pytest.mark.parametrize(
    "body",
    [
        "{{ p.__class__ }}",
        "{{ p.name.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ p|attr('__class__') }}",
        "{{ p.forget() }}",
        "{{ p.visits.append(3) }}",
        "{{ p.visits.clear() }}",
        "{% do p.visits.pop() %}",
        "{% set p.name = 'x' %}",
        "{{ '{0.__class__}'.format(p) }}",
        "{{ '%s' % p.name }}",
        "{{ p.name|safe }}",
        "{{ p.name|e }}",
        "{{ p.name|escape }}",
        "{{ p.name|urlize }}",
        "{{ p.name|tojson }}",
        "{{ {'a': p.name}|xmlattr }}",
        "{{ p.name|replace('M', 'N') }}",
        "{{ p.name|striptags }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum() }}",
        "{{ joiner }}",
        "{{ range.__globals__ }}",
        "{{ dict.mro() }}",
        "{{ namespace.__init__ }}",
        "{{ make.__globals__ }}",
        "{{ p.name.encode() }}",
        "{{ 'x'.zfill(10**9) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ 'x' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ (1).to_bytes(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ range(1000000000)|list }}",
        "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(64) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x='ab') %}{% for a in range(64) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x=[1]) %}{% for a in range(64) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=9) %}{% for a in range(64) %}{% set n.x = n.x * n.x %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
        "{% include ['/etc/passwd', '../../x.md.j2'] %}",
        "{% import 'os' as os %}",
        "{% extends p.name %}",
        "{{ make }}",
        "{{ p }}",
        "{% set m %}**a**{% endset %}{{ [m, note]|sum(start=m) }}",
        "{% set m %}**a**{% endset %}{{ m.join([note]) }}",
        "{% set m %}**a**{% endset %}{{ m.replace('a', note) }}",
        "{% set m %}**%s**{% endset %}{{ m % note }}",
        "{% set m %}**{}**{% endset %}{{ m.format(note) }}",
        "{% call make() %}{% endcall %}",
        "{% filter default(note, true) %}{% endfilter %}",
        "{% set x | default(note, true) %}{% endset %}{{ x }}",
    ],
)
def test_it_is_refused_quickly_and_no_value_is_told(papers: Any, body: str) -> None:
    person = Person()
    started = time.monotonic()
    problems = papers.problems(body + "\n", {"p": person, "note": HOSTILE_NOTE, "make": lambda: HOSTILE_NOTE})
    assert time.monotonic() - started < 20
    assert "Smith" not in repr(problems)
    assert "heading" not in repr(problems)
    assert person == Person()


@pytest.mark.parametrize(
    "body",
    [
        "{{ note }}",
        "{{ make() }}",
        "{% set m %}**a** {% endset %}{{ m ~ note }}",
        "{% set m %}**a** {% endset %}{{ m + note }}",
        "{% set m %}**a** {% endset %}{{ note + m }}",
        "{% set m %}**a** {% endset %}{{ [m, note]|join }}",
        "{% set m %}**a** {% endset %}{{ [m, m]|join(note) }}",
        "{{ none|default(note, true) }}",
        "{{ [note]|first }}",
        "{{ [note]|map('upper')|first }}",
        "{{ [note, note]|listed }}",
        "{{ note|trim }}",
        "{{ note.strip() }}",
        "{{ note|lines }}",
        "{{ note|title }}",
        "{{ [note]|unique|list }}",
        "{% for a, b in {note: note}.items() %}{{ a }}{{ b }}{% endfor %}",
        "{% set x = note %}{{ x }}",
        "{% macro m(x=note) %}{{ x }}{{ varargs|join }}{% endmacro %}{{ m(note, note) }}",
    ],
)
def test_a_value_stays_words_on_every_way_through_a_template(papers: Any, body: str) -> None:
    found = papers.blocks(body + "\n", {"note": HOSTILE_NOTE, "make": lambda: HOSTILE_NOTE})
    assert len(found) == 1
    assert isinstance(found[0], Paragraph)
    assert "# not a heading **bold**" in plain(found[0].text).lower()
    assert not [run for run in found[0].text if run.link or (run.bold and run.text.strip() != "a")]


def test_hostile_strings_as_template_text_are_refused_or_harmless(
    papers: Any, corpus: Callable[[str], list[str]], tmp_path: Any
) -> None:
    outcomes = {"shown": 0, "refused": 0}
    before = sorted(path for path in tmp_path.rglob("*") if path.name != "paper.md.j2")
    for body in [*corpus("ssti/ssti.fuzz"), *corpus("blns.json")]:
        try:
            blocks = papers.blocks(body.encode("utf-8", "replace").decode("utf-8") + "\n", {"name": "x"})
        except Unreadable as unreadable:
            assert unreadable.problems
            assert all(problem.fix and problem.where for problem in unreadable.problems)
            outcomes["refused"] += 1
        else:
            shown = repr(blocks)
            assert "<class" not in shown
            assert "root:" not in shown
            assert "uid=" not in shown
            outcomes["shown"] += 1
    assert outcomes["refused"] > 50
    assert outcomes["shown"] > 300
    assert before == sorted(path for path in tmp_path.rglob("*") if path.name != "paper.md.j2")


def test_a_large_case_is_not_stopped(papers: Any) -> None:
    body = "| a | b |\n|---|---|\n{% for v in visits %}\n| {{ v }} | {{ v|plural('visit') }} |\n{% endfor %}\n"
    (table,) = papers.blocks(body, {"visits": list(range(5200))})
    assert len(table.rows) == 5200
