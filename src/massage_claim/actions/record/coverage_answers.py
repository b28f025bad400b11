"""Writes down what the plan answered, and prints the questions to ask.

A knock-out answer is said at once: it may save every further step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.project import iso_day, open_case, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.answer_forms import AnswerError, impossible, means_stop, normal_answer
from massage_claim.actions.record.leads import lead
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.documents.scene import Scene
from massage_claim.documents.slots.coverage_questions import explain_questions
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts, facts_on
from massage_claim.facts.plans import CoverageQuestion
from massage_claim.models.coverage import Coverage
from massage_claim.yamltext import Node

PAPER = "coverage_call_sheet"


def verify_coverage(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds coverage/DATE.yaml, and says where the answers lead. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    asked = facts_on(place.today).coverage_questions
    answers = tree.get("answers")
    _refuse_future(tree, options, place.today)
    normal = _normal(answers if isinstance(answers, dict) else {}, asked)
    drafted, result = drafts.record(
        place, Coverage, {**tree, "answers": normal or None}, options=options, dry_run=dry_run
    )
    stops = [question for question in asked if _stops(question, drafted.record.answers)]
    says = [*result.says, f"{len(normal)} of {len(asked)} questions are answered."]
    says += [f"{question.question} The answer means: {question.stop_means}" for question in stops]
    open_knock_outs = [question for question in asked if question.knock_out and question.id not in normal]
    notes = result.notes
    if open_knock_outs and not stops:
        notes += tuple(f"Still to ask the plan: {question.question}" for question in open_knock_outs)
    notes += ("What is said on the phone is no promise. Ask for it in writing, and keep the reference number.",)
    led = lead(place, drafted.record if dry_run else None)
    data = {**result.data, "stops": [question.id for question in stops], **led.data}
    return replace(
        result,
        says=(*says, *led.says),
        findings=led.findings,
        notes=notes + led.notes,
        data=data,
        next=spell("status"),
    )


def call_sheet(project: Path | None, *, dry_run: bool = False) -> Result:
    """The questions for the insurer's phone line, in the order to ask; writes them as a paper too. Raises Unreadable."""
    opened = open_case(project)
    printed = paper(project, PAPER, dry_run=dry_run)
    numbered = enumerate(opened.facts.coverage_questions, start=1)
    data = {
        "questions": [
            {"number": number, "id": q.id, "question": q.question, "answer": q.answer, "where": q.where}
            for number, q in numbered
        ]
    }
    return Result(
        blocks=explain_questions(Scene(opened.case, opened.facts, opened.today)),
        written=printed.written if not dry_run else (),
        notes=opened.notes,
        data=data,
        next=spell("verify-coverage"),
    )


def questions(project: Path | None) -> tuple[CoverageQuestion, ...]:
    """The questions, for prompts. Raises Unreadable."""
    place = open_place(project)
    facts: Facts = facts_on(place.today)
    return facts.coverage_questions


def refuse_day(source: Node, day: str, today: date) -> tuple[str, str] | None:
    """Why a verification can't be of that day: nobody has called tomorrow. A booklet may be of the year to come."""
    try:
        future = iso_day(day) > today
    except ValueError:
        return None  # the model says what is wrong with it
    if future and source != "booklet":
        return "the day is in the future.", "Write the day on which it was said or printed."
    return None


def _refuse_future(tree: Mapping[str, Node], options: drafts.Options, today: date) -> None:
    refused = refuse_day(tree.get("source"), str(tree.get("date") or "").strip(), today)
    if refused:
        raise UsageProblem(Problem(f"{options.get('date', 'date')}: {refused[0]}", refused[1]))


def _normal(answers: Mapping[str, Node], asked: tuple[CoverageQuestion, ...]) -> dict[str, Node]:
    """The answers by their questions' ids, in the order of the sheet. A question's number on the sheet stands for its id."""
    by_id = {question.id: question for question in asked}
    answers = _by_id(answers, asked)
    normal: dict[str, Node] = {}
    wrong: list[Problem] = []
    for name, answer in answers.items():
        question = by_id.get(name)
        if question is None:
            wrong.append(Problem(f"--answer: there is no question `{_short(name)}`.", _near(name, by_id)))
            continue
        try:
            normal[name] = normal_answer(question.answer, str(answer or ""))
        except AnswerError as error:
            wrong.append(Problem(f"--answer {name}: {error.says}", error.fix))
    wrong += [Problem(f"--answer {name}: {error.says}", error.fix) for name, error in impossible(normal)]
    if wrong:
        raise UsageProblem(wrong)
    order = list(by_id)
    return dict(sorted(normal.items(), key=lambda item: order.index(item[0])))


def _by_id(answers: Mapping[str, Node], asked: tuple[CoverageQuestion, ...]) -> dict[str, Node]:
    named: dict[str, Node] = {}
    for name, answer in answers.items():
        number = int(name) if name.isascii() and name.isdigit() and len(name) <= 3 else 0
        question = asked[number - 1].id if 0 < number <= len(asked) else name
        if question in named:
            says = f"--answer: the question `{_short(question)}` is answered twice."
            raise UsageProblem(Problem(says, "Keep one of the two."))
        named[question] = answer
    return named


def _near(name: str, known: Mapping[str, object]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return (
        f"Did you mean {' or '.join(near)}?" if near else f"See the names: {spell('verify-coverage', call_sheet=True)}."
    )


def _short(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:40]


def _stops(question: CoverageQuestion, answers: Mapping[str, str]) -> bool:
    return question.knock_out and means_stop(question.stop_answer, answers.get(question.id))
