"""`::: coverage-questions PART`: the questions for the insurer, numbered as on the whole list, each with what is known
already or room to write. PART: `knock-outs`, `plan`, `figures` (two in a row) or `rest` (everything else, by group).

The same list with where to look up each answer is for the screen: a printed sheet has no room for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby

from massage_claim.calc.route import answers_to, find_opposing
from massage_claim.documents.scene import Scene
from massage_claim.facts.plans import CoverageQuestion
from massage_claim.writing.blocks import Block, Bullets, Heading, Paragraph, Table, Text, text
from massage_claim.writing.formats import money, short_date

NAME = "coverage-questions"
_LONGEST = {"knock-outs": 20, "figures": 15, "listed": 28, "explained": 200}
"""Letters of an answer that stay on one line of the sheet; on the screen there is room."""
_ON_TOP = frozenset({"representative", "reference_number"})
"""Asked for in the head of the sheet, beside the day of the call."""
_TITLES = {
    "knock-outs": "First: six answers that can end the matter",
    "plan": "The plan",
    "money": "Your share and the limits",
    "limits": "Your share and the limits",
    "codes": "Codes",
    "before": "What must come first",
    "filing": "Sending the claim",
    "closing": "Before you hang up",
}

Numbered = Sequence[tuple[int, CoverageQuestion]]


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """The tables of one part; nothing for a part that has no questions."""
    part = attributes.get("word", "")
    chosen = [pair for pair in enumerate(scene.facts.coverage_questions, start=1) if _part(pair[1]) == part]
    return (_PARTS[part](scene, chosen),) if chosen and part in _PARTS else ()


def explain_questions(scene: Scene) -> tuple[Block, ...]:
    """Every question in the order and under the numbers of the sheet: where else to look, its name, what stops, what is known."""
    shown: list[Block] = [
        Heading(1, text("Questions for the insurer's phone line")),
        Paragraph(text("Write down each answer, the name of the person and the reference number of the call.")),
    ]
    numbered = enumerate(scene.facts.coverage_questions, start=1)
    for title, group in groupby(numbered, lambda pair: _TITLES.get(pair[1].group, "More")):
        chosen = list(group)
        items = tuple(tuple(_explained(scene, question)) for _, question in chosen)
        shown += [Heading(2, text(title)), Bullets(items, ordered=True, start=chosen[0][0])]
    return tuple(shown)


def _explained(scene: Scene, question: CoverageQuestion) -> Iterator[Block]:
    yield Paragraph(text(question.question, bold=True))
    yield Paragraph(text(f"Or look here: {question.where} (name: {question.id})"), role="small")
    if question.knock_out and question.stop_answer:
        yield Paragraph(text(f"If {question.stop_answer}: {question.stop_means}"))
    if known := _known(scene, question, _LONGEST["explained"]):
        yield Paragraph((*text("Answer so far: "), *known))


def _part(question: CoverageQuestion) -> str:
    if question.id in _ON_TOP:
        return ""
    if question.knock_out or question.group == "plan":
        return "knock-outs" if question.knock_out else "plan"
    return "figures" if question.short else "rest"


def _knock_outs(scene: Scene, chosen: Numbered) -> Table:
    rows = tuple(
        (
            text(f"{number}"),
            text(question.question),
            text(question.stop_answer or "", bold=True),
            _known(scene, question, _LONGEST["knock-outs"]),
        )
        for number, question in chosen
    )
    head = ("", _TITLES["knock-outs"], "Stop if", "Answer")
    return Table(tuple(map(text, head)), rows, ("right", "left", "left", "left"), (5, 64, 9, 22))


def _figures(scene: Scene, chosen: Numbered) -> Table:
    cells = [
        (text(f"{number}"), text(question.short or ""), _known(scene, question, _LONGEST["figures"]))
        for number, question in chosen
    ]
    cells += [((), (), ())] * (len(cells) % 2)
    rows = tuple((*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True))
    head = ("", _TITLES["money"], "Answer", "", "", "Answer")
    return Table(tuple(map(text, head)), rows, ("right", "left", "left") * 2, (5, 29, 16) * 2)


def _plan(scene: Scene, chosen: Numbered) -> Table:
    return _table(_TITLES["plan"], [_row(scene, number, question) for number, question in chosen])


def _rest(scene: Scene, chosen: Numbered) -> Table:
    rows: list[tuple[Text, ...]] = []
    for title, of_group in groupby(chosen, lambda pair: _TITLES.get(pair[1].group, "")):
        rows += [((), text(title, bold=True), ())] if title else []
        rows += [_row(scene, number, question) for number, question in of_group]
    return _table("More to ask", rows)


def _row(scene: Scene, number: int, question: CoverageQuestion) -> tuple[Text, ...]:
    return (text(f"{number}"), text(question.question), _known(scene, question, _LONGEST["listed"]))


def _table(title: str, rows: Sequence[tuple[Text, ...]]) -> Table:
    head = ("", title, "Answer")
    return Table(tuple(map(text, head)), tuple(rows), ("right", "left", "left"), (5, 66, 29))


_PARTS = {"knock-outs": _knock_outs, "plan": _plan, "figures": _figures, "rest": _rest}


def _known(scene: Scene, question: CoverageQuestion, longest: int) -> Text:
    """The newest answer, with its day unless it is the newest verification's; empty when nobody has said.

    The whole answer stands in its record; here is only as much as leaves the sheet at two pages.
    """
    if find_opposing(scene.case, question.id):
        return text("yes and no: ask again")
    newest = max((coverage.date for coverage in scene.case.coverage), default=None)
    answers = [(c.date, c.answers[question.id]) for c in scene.case.coverage if question.id in c.answers]
    if not answers and question.answer == "yes-no":
        answers = [(ruled.said_on, "yes" if ruled.yes else "no") for ruled in answers_to(scene.case, question.id)[:1]]
    if not answers:
        return ()
    day, words = max(answers, key=lambda answer: answer[0])
    same_year = newest is not None and day.year == newest.year
    dated = "" if day in (newest, date.min) else f" ({day:%m/%d})" if same_year else f" ({day:%m/%d/%y})"
    return text(f"{_short(_as_printed(question, words), longest - len(dated))}{dated}")


def _as_printed(question: CoverageQuestion, words: str) -> str:
    """An amount with its sign, a day as on the other papers; anything else as it was answered."""
    try:
        if question.answer == "money":
            return money(Decimal(words))
        if question.answer == "date":
            return short_date(date.fromisoformat(words))
    except (ValueError, InvalidOperation):
        pass
    return words


def _short(words: str, longest: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rstrip(' ,;')}…"
