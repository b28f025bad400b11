"""`::: coverage-questions GROUP`: the questions for the insurer of one group, numbered as on the whole sheet, each with
what is known already or room to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from massage_claim.calc.route import answers_to, opposing
from massage_claim.documents.scene import Scene
from massage_claim.facts.plan_kinds import CoverageQuestion
from massage_claim.writing.blocks import Block, Table, Text, text
from massage_claim.writing.formats import short_date

NAME = "coverage-questions"
_LONGEST = 56
_GROUPS = {
    "knock-outs": "First: six answers that can end the matter",
    "plan": "The plan",
    "money": "Your share",
    "limits": "Limits",
    "codes": "Codes",
    "before": "What must come first",
    "filing": "Sending the claim",
    "closing": "Before you hang up",
}


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each question; the knock-outs name the answer that ends the matter."""
    group = attributes.get("word", "")
    asked = scene.facts.coverage_questions
    chosen = [(number, question) for number, question in enumerate(asked, start=1) if question.group == group]
    if not chosen:
        return ()
    stops = group == "knock-outs"
    head = ("", _GROUPS.get(group, "Questions"), "Stop if", "Answer") if stops else ("", _GROUPS[group], "Answer")
    rows = []
    for number, question in chosen:
        stop = (text(question.stop_answer or "", bold=True),) if stops else ()
        rows.append((text(f"{number}"), text(question.question), *stop, _known(scene, question)))
    return (
        Table(
            head=tuple(text(cell) for cell in head),
            rows=tuple(rows),
            align=("right", "left", "left", "left") if stops else ("right", "left", "left"),
            widths=(5, 62, 9, 24) if stops else (5, 66, 29),
        ),
    )


def _known(scene: Scene, question: CoverageQuestion) -> Text:
    """The newest answer with its day, both when they contradict; empty when nobody has said."""
    pair = opposing(scene.case, question.id)
    if pair:
        return text("yes and no were said: ask again")
    answers = [
        (coverage.date, coverage.answers[question.id])
        for coverage in scene.case.coverage
        if question.id in coverage.answers
    ]
    ruled = answers_to(scene.case, question.id) if question.answer == "yes-no" else ()
    if answers:
        day, words = max(answers, key=lambda answer: answer[0])
        return text(f"{_short(words)} ({short_date(day)})")
    if ruled:
        when = f" ({short_date(ruled[0].said_on)})" if ruled[0].said_on > date.min else ""
        return text(f"{'yes' if ruled[0].yes else 'no'}{when}")
    return ()


def _short(words: str) -> str:
    """The whole answer stands in its record; here only as much as leaves room to write."""
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1].rsplit(' ', 1)[0]} …"
