"""The guide's step 1: the insurance card and what the plan says. Takes a run, writes records and fields of plan.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from massage_claim.cli.ask import StopError, Unknown
from massage_claim.cli.form import Node, Tree
from massage_claim.cli.guide.plan_verdict import checker, pays, verdict_lines, verdict_name, worth_lines
from massage_claim.cli.guide.run import OPTIONS, Run
from massage_claim.cli.guide.values import ask_values, shown_labels
from massage_claim.command_text import spell

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview
    from massage_claim.facts.plans import CoverageQuestion


def still_open(run: Run, part: Interview) -> None:
    """What was skipped or not known before: asked again only if the person wants."""
    run.leave(part)
    many = len(part.questions)
    what = f"Open from before: {shown_labels(part.questions)}."
    ask = "Do you know it now?" if many == 1 else f"Do you know any of these {many} now?"
    if run.asker.part(lambda: run.asker.gate(ask, what)):
        ask_values(run, part.questions)


def card(run: Run, part: Interview) -> None:
    run.leave(part)
    run.say("Have your insurance card at hand.")
    ask_values(run, part.questions)
    if part.step == 1 and verdict_name(run.opened()) in _DECIDED_BY_THE_CARD:
        end_here(run)


_DECIDED_BY_THE_CARD = frozenset({"accident_or_work_insurer_first", "not_covered_stop", "hsa_fsa_only"})
"""Verdicts that no answer of the plan can turn."""


def rules(run: Run, part: Interview) -> None:
    run.leave(part)
    ask_values(run, part.questions)


def coverage(run: Run, part: Interview) -> None:
    """The six answers that can end the matter; without them, the list of questions for the call."""
    from massage_claim.actions.record.coverage_answers import verify_coverage

    tree = run.ask(part, lambda: _said_by_the_plan(run, part.coverage))
    if run.asker.open:
        return
    if tree is None:
        run.leave(part)
        run.done(part)
        _before_the_call(run)
        return
    done = verify_coverage(run.project, tree, options=OPTIONS)
    run.note(done.written)
    run.done(part)
    run.passed.add(f"undecided:{run.opened().case.coverage[-1].record_id}")  # asked for just now
    run.say("")
    run.say(done.says[0])
    if pays(run.opened()) == "no":
        end_here(run)


_WHO_SAID_IT = ("source", "date", "representative", "reference_number")


def _said_by_the_plan(run: Run, questions: tuple[CoverageQuestion, ...]) -> Tree | None:
    from massage_claim.cli.fields import form
    from massage_claim.models.coverage import Coverage

    ask = run.asker
    sentence = "By phone, in the member portal or in the plan booklet. Most plans do not pay a massage therapist."
    if not ask.gate("Have you asked the plan whether it pays for massage?", sentence):
        return None
    tree = ask.fill(Coverage, {}, form(Coverage, today=ask.today, only=_WHO_SAID_IT))
    answers = _answers(run, questions)
    return {**{name: value for name, value in tree.items() if value}, "answers": answers or None}


def _answers(run: Run, questions: tuple[CoverageQuestion, ...]) -> dict[str, Node]:
    """The knock-outs in order; after one that ends the matter the person may stop."""
    from massage_claim.actions.record.answer_forms import check_among, means_stop

    answers: dict[str, Node] = {}
    for question in questions:
        check = check_among(question, answers)
        given = run.asker.one(question.question, question.where, check=check, who="plan")
        if given is None:
            continue
        answers[question.id] = given
        last = question is questions[-1]  # an order or approval that must come first ends nothing
        if means_stop(question.stop_answer, given):
            run.say(f"This means: {question.stop_means}")
            if not last and run.asker.gate("Leave the other questions out?", usual=True):
                break
    return answers


def _before_the_call(run: Run) -> None:
    """The list of questions as a paper, and a place to stop."""
    from massage_claim.actions.papers.single_paper import paper
    from massage_claim.errors import UsageProblem

    def ask() -> bool:
        return run.asker.gate(
            "Make the list of questions for the call now?", "One PDF to print and fill in.", usual=True
        )

    if run.asker.part(ask):
        try:
            run.keep(paper(run.project, "coverage_call_sheet"))
        except UsageProblem:
            run.say(f"The list: {spell('verify-coverage', call_sheet=True)}")
    stop = f"Come back with the answers: {spell('guide')}. Going on without them may be work for nothing."
    if run.asker.part(lambda: run.asker.gate("Stop here until the plan has answered?", stop, usual=True)):
        run.nothing_more = f"Ask the plan, then: {spell('guide')}"
        raise StopError


def undecided(run: Run, part: Interview) -> None:
    """What can end the matter and was not answered: asked again only if the person wants."""
    run.leave(part)
    many, shown = len(part.coverage), "\n".join(f"- {question.question}" for question in part.coverage)
    ask = "Has the plan answered this by now?" if many == 1 else f"Has the plan answered any of these {many} by now?"
    if run.asker.part(lambda: run.asker.gate(ask, f"It can end the matter, and is still open:\n{shown}")):
        run.asker.part(lambda: _more(run, part))


def not_covered(run: Run, part: Interview) -> None:
    run.leave(part)
    end_here(run)


def end_here(run: Run, why: str = "The answer decides it for this plan.") -> None:
    """The plan or the doctor said no: says what else there may be, and stops unless the person wants to go on."""
    for line in verdict_lines(run.opened()):
        run.say(line)
    sentence = f"{why} What is written stays; the guide can go on at any time."
    if run.asker.part(lambda: run.asker.gate("Stop here?", sentence, usual=True)):
        run.nothing_more = f"{spell('check', step='1')}   (what is still possible)"
        raise StopError
    run.passed.add("not-covered:")


def more_coverage(run: Run, part: Interview) -> None:
    """What the arithmetic and the papers need besides; each answer goes at once into the verification's record."""
    run.leave(part)
    many = len(part.coverage)
    for line in list(verdict_lines(run.opened()))[:2]:
        run.say(line)
    usual = verdict_name(run.opened()) != "unknown_ask"  # what decides comes first
    sentence = "About your share, limits and what must come first. What you leave out is put on the list for the call."
    ask = (
        f"Go through {many} more answers of the plan now?" if many > 1 else "Answer one more question of the plan now?"
    )
    if run.asker.part(lambda: run.asker.gate(ask, sentence, usual=usual)):
        run.asker.part(lambda: _more(run, part))
    else:
        run.asker.not_known += [Unknown("plan", question.question) for question in part.coverage]
    for line in verdict_lines(run.opened()):
        run.say(line)


def _more(run: Run, part: Interview) -> None:
    from massage_claim.actions.record import record_change
    from massage_claim.actions.record.answer_forms import normal_answer

    for question in part.coverage:
        if not _applies(run, part.about, question):
            continue
        replayed = run.asker.again
        check = checker(run, part.about, question)
        given = run.asker.one(question.question, question.where, check=check, who="plan")
        if given is not None and not replayed:
            made = (f"answers.{question.id}", normal_answer(question.answer, given))
            run.note(record_change.set_fields(record_change.open_record(run.project, part.about), [made]).written)


_PART_OF = {"deductible_met": "deductible", "visits_used": "visit_limit"}
"""A question that means nothing without an answer to another one."""


def _applies(run: Run, record: str, question: CoverageQuestion) -> bool:
    """False for the part of a whole that there isn't, or that nobody knows; a share in per cent leaves no copay to ask for."""
    whole = _PART_OF.get(question.id)
    if question.id == "copay":
        return not _said(run, record, "coinsurance")
    return whole is None or _said(run, record, whole)


def _said(run: Run, record: str, name: str) -> bool:
    """Whether the verification names an amount or number there that is not nothing."""
    found = next((one for one in run.opened().case.coverage if one.record_id == record), None)
    said = found.answers.get(name) if found is not None else None
    return said is not None and said not in ("none", "0", "0.00")


def worth(run: Run, part: Interview) -> None:
    """Is it worth the trouble? What the plan may pay for the visits that are planned."""
    from massage_claim.actions.look.worth import refuse_price, refuse_visits
    from massage_claim.actions.record.usual_writings import usual_writings

    run.leave(part)
    run.say("")
    run.say("Is it worth the trouble? With two numbers the guide works out what the plan may pay. Enter leaves it out.")

    def ask() -> tuple[str, str] | None:
        visits = run.asker.one("Planned visits", "How many visits do you plan?", check=refuse_visits)
        price = run.asker.one("What one visit costs", "Without tip: 96.00.", check=refuse_price) if visits else None
        return (visits, price) if visits and price else None

    numbers = run.asker.part(ask)
    run.price = next(iter(usual_writings(numbers[1])), numbers[1]) if numbers else None
    for line in worth_lines(run, *numbers) if numbers else ():
        run.say(line)
