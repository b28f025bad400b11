"""The studies of an appeal's letter: those of the closed list that fit the case, and what a person chose of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from massage_claim.actions.appeals.round_choice import choose_denial, choose_level
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.evidence_fit import explain_refusal, list_fitting, subject_of
from massage_claim.calc.reasons import reasons_of
from massage_claim.calc.triage import find_path
from massage_claim.command_text import spell
from massage_claim.documents.appeals import CLINICAL
from massage_claim.documents.citations import MOST
from massage_claim.documents.views import Citation
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.facts.library import Facts
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import plural

LIST = "?"
"""The answer that asks for the list."""


def choose_studies(
    opened: Opened, denial: Decision, named: Sequence[str], record: Appeal | None = None
) -> tuple[str, ...]:
    """The ids as they are kept. Raises UsageProblem for a study that is not in the list or not about this case."""
    ids = tuple(dict.fromkeys(word.strip().upper() for text in named for word in text.split(",") if word.strip()))
    if not ids:
        return ()
    if record is not None and record.evidence != ids:
        says = "--evidence: this round's record is there already, and it keeps the choice of studies."
        fix = f"Change it there: `{spell('edit', record.record_id, set={'evidence.1': ids[0]})}`."
        raise UsageProblem(Problem(says, fix, opened.case.where(record, "evidence")))
    subject = subject_of(opened.case, opened.facts, denial)
    why = [(name, explain_refusal(name, subject, opened.facts) if subject else None) for name in ids]
    fix = f"Choose from `{spell('appeal', evidence='?')}`, or leave the option out: then those that fit are taken."
    problems = [Problem(f"--evidence: {words}", fix) for _, words in why if words]
    if problems:
        raise UsageProblem(tuple(problems))
    if len(ids) > MOST:
        raise UsageProblem(Problem(f"--evidence: a letter cites at most {MOST} studies.", "Name fewer."))
    return ids


def studies_to_ask(project: Path | None, decision: str | None, level: str | None) -> tuple[tuple[str, str], ...]:
    """What may be chosen for a round that has no record yet and answers a medical judgment; nothing otherwise."""
    try:
        opened = open_case(project)
        denial = choose_denial(opened, decision, level)
        number = choose_level(opened, denial, level)
    except Failure:
        return ()  # the command itself says what is wrong
    case, facts = opened.case, opened.facts
    if any(one.decision == denial.record_id and one.level == number.level for one in case.appeals):
        return ()
    medical = any(
        facts.denial_families[one.family].external == "yes" or one.family == CLINICAL
        for one in reasons_of(denial, facts)
    )
    path = find_path(denial, case, facts, opened.today, ())
    return describe_studies(opened, denial) if medical and path.path == "appeal" else ()


def describe_studies(opened: Opened, denial: Decision) -> tuple[tuple[str, str], ...]:
    """Id and description of each study that may be chosen, the description with its limits and whether it speaks against it."""
    subject = subject_of(opened.case, opened.facts, denial)
    found = []
    for item in list_fitting(subject, opened.facts) if subject else ():
        against = " It speaks against the claim and is always told." if item.adverse else ""
        words = f"{item.authors} {item.title} ({item.journal} {item.year}). {item.finding} Limits: {item.limitation}"
        found.append((item.name, words if not item.adverse else f"{words.split(' This review speaks')[0]}{against}"))
    return tuple(found)


def list_studies(opened: Opened, denial: Decision) -> Result:
    """The list for the screen: what may be chosen in this case, and that the rest is about something else."""
    found = describe_studies(opened, denial)
    says = tuple(f"{name}: {words}" for name, words in found) or ("No study of the list is about this case.",)
    rest = "Studies of other conditions, phases or doses, and those that nobody read in their source, can't be chosen."
    own = f"Your own article goes in as a proof page: `{spell('attach', 'FILE', kind='article', title='TITLE', for_='DECISION')}`."
    return Result(
        says=(*says, rest, own.replace("DECISION", denial.record_id)),
        notes=opened.notes,
        next=_tell_choice(opened, denial, bool(found)),
        data={"studies": dict(found)},
    )


def _tell_choice(opened: Opened, denial: Decision, any_fits: bool) -> str:
    """The command that takes studies of the list: a round whose record is there keeps its choice in it."""
    lies_here = [one for one in opened.case.appeals if one.decision == denial.record_id and one.submission is None]
    if not any_fits:
        return spell("appeal", decision=denial.record_id)
    if lies_here:
        return spell("edit", lies_here[-1].record_id, set={"evidence.1": "ID", "evidence.2": "ID"})
    return spell("appeal", decision=denial.record_id, evidence=["ID", "ID"])


def tell_adverse_studies(facts: Facts, citations: Sequence[Citation]) -> Iterator[str]:
    """That the letter names studies which speak against the claim, and why; nothing when it names none."""
    adverse = [item.reference for item in facts.evidence.values() if item.adverse]
    number = sum(1 for one in citations if any(reference in one.cite for reference in adverse))
    if number:
        speaks = "speaks" if number == 1 else "speak"
        yield f"The letter also names {plural(number, 'study', 'studies')} that {speaks} against the claim, with the answer."
        yield "A reviewer will find such a study anyway, and a letter that tells it is believed. It is never left out."
