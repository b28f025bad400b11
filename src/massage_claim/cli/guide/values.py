"""Single values asked by the guide, each kept at once by a lossless edit of its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from massage_claim.cli.guide.run import Run

if TYPE_CHECKING:
    from massage_claim.actions.guide.questions import Question
    from massage_claim.models.case import Case

Changes = list[tuple[str, str | None]]
_YES_NO = {"y": "yes", "n": "no"}


def ask_values(run: Run, questions: Sequence[Question]) -> None:
    """Asks each question that applies by now, and keeps its answer before the next one."""
    run.asker.part(lambda: _in_turn(run, questions))


def _in_turn(run: Run, questions: Sequence[Question]) -> None:
    for question in questions:
        if not question.when(run.opened().case):
            continue
        replayed = run.asker.again
        now = _now(run, question)
        answer = _asked(run, question, now)
        if replayed:
            continue
        place = (question.record, question.path)
        if answer is None:
            run.skipped.add(place)
            before: Changes = [(question.path, None)] if now is not None else run.spread.pop(place, [])
            if before:
                _keep(run, question.record, before)
        else:
            made = changes(run, question, answer)
            _keep(run, question.record, [*run.spread.get(place, ()), *made])
            if question.spread is not None:
                run.spread[place] = [(path, None) for path, _ in made]


def changes(run: Run, question: Question, answer: str) -> Changes:
    """The fields that an answer sets; a rule of the plan is kept with who said so and when. Raises AnswerError."""
    from massage_claim.actions.guide.questions import fields_of_answer

    word = _YES_NO.get(answer.lower(), answer) if question.yes_no else answer
    made: Changes = list(fields_of_answer(question, word).items())
    coverage = run.opened().case.coverage
    if question.path.startswith("rules.") and coverage:
        newest = coverage[-1]
        reference = f", reference {newest.reference_number}" if newest.reference_number else ""
        for rule in dict.fromkeys(".".join(path.split(".")[:2]) for path, _ in made):
            made.append((f"{rule}.source", f"{newest.source} of {newest.date}{reference}"))
            made.append((f"{rule}.said_on", newest.date.isoformat()))
    return made


def _keep(run: Run, record: str, made: Changes) -> None:
    from massage_claim.actions.record import record_change

    answer = record_change.set_fields(record_change.open_record(run.project, record), made)
    run.note(answer.written)


def _now(run: Run, question: Question) -> str | None:
    """What the record says already, for a person who came back to it; None for an answer that fills several fields."""
    from massage_claim.actions.guide.questions import record_of, value

    if question.spread is not None or question.path == "kind":
        return None
    found = value(record_of(run.opened().case, question.record), question.path)
    return found if isinstance(found, str) else None


def _asked(run: Run, question: Question, now: str | None) -> str | None:
    sentence = " ".join(part for part in (question.meaning, question.where) if part)
    if question.path == "kind":
        return _kind_of_plan(run, question, sentence)
    return run.asker.one(
        question.label,
        sentence,
        check=_checker(run, question),
        usual=now,
        who=question.who,
        choices=question.choices,
        meant=None if question.spread is not None else _readings(run, question),
    )


def _readings(run: Run, question: Question) -> Callable[[str], Sequence[str]]:
    """What an answer may mean in the one field that it fills."""

    def meant(text: str) -> Sequence[str]:
        from massage_claim.actions.guide.questions import record_of
        from massage_claim.actions.record.usual_writings import readings

        kind = type(record_of(run.opened().case, question.record))
        return readings(kind, question.path.split("."), text, date.fromisoformat(run.asker.today))

    return meant


def _checker(run: Run, question: Question) -> Callable[[str], tuple[str, str] | None]:
    def check(answer: str) -> tuple[str, str] | None:
        from massage_claim.actions.record import record_change
        from massage_claim.actions.record.answer_forms import AnswerError

        try:
            made = changes(run, question, answer)
        except AnswerError as error:
            return f"{error.says[:1].upper()}{error.says[1:]}", error.fix
        if question.path == "npi":
            refused = run.refuse_npi({}, answer)
            if refused:
                return refused
        return record_change.refusal(record_change.open_record(run.project, question.record), made)

    return check


def _kind_of_plan(run: Run, question: Question, sentence: str) -> str | None:
    kinds = {name: kind for name, kind in run.opened().facts.plan_kinds.items() if name != "unknown"}
    clues = [
        f"Employer, {word}: {kinds[name].clues}"
        for name, word in (("employer-insured", "insured"), ("employer-self-funded", "paying itself"))
        if name in kinds and kinds[name].clues
    ]
    whole = "\n".join([question.where or sentence, *clues])
    return run.asker.choose(
        question.label, whole, [(name, kind.words) for name, kind in kinds.items()], who=question.who
    )


def shown_labels(questions: Sequence[Question]) -> str:
    """The first labels in one sentence."""
    more = f"; and {len(questions) - 6} more" if len(questions) > 6 else ""
    return "; ".join(question.label for question in questions[:6]) + more


def known_of(case: Case) -> Mapping[str, str]:
    """What is known so far, for the first lines of a run that goes on."""
    plan, found = case.plan, {}
    found["patient"] = case.patient.name or ""
    found["insurer"] = " ".join(part for part in (plan.payer, plan.member_id and f"(member {plan.member_id})") if part)
    found["asked the plan"] = ", ".join(coverage.date.isoformat() for coverage in case.coverage)
    found["condition"] = ", ".join(condition.name for condition in case.conditions)
    found["order"] = ", ".join(order.date.isoformat() for order in case.prescriptions)
    for role, word in (("referring", "ordered by"), ("rendering", "treated by"), ("billing", "paid to")):
        found[word] = ", ".join(provider.name for provider in case.providers if role in provider.roles)
    found["visits"] = str(len(case.sessions)) if case.sessions else ""
    found["claims sent"] = str(len(case.claims)) if case.claims else ""
    return {name: value for name, value in found.items() if value}
