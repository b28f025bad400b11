"""The single values that the guide asks for, in the order of the interview. Data, and which of them are still open.

A question names a place in a record that is there already; its answer is kept by a lossless edit, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from massage_claim.actions.guide import compound_answers as answers
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.record import Record, to_tree
from massage_claim.yamltext import Node

Who = Literal["plan", "therapist", "doctor"]
Fields = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One answer. `path`: dotted, or the group that the answer fills when `spread` takes it apart.

    `where`: one sentence on where a person finds it. `who` would know it. `shown`: a list of choices to show.
    """

    record: str
    path: str
    label: str
    where: str = ""
    who: Who | None = None
    spread: Callable[[str], Fields] | None = None
    shown: Literal["plan kinds"] | None = None
    when: Callable[[Case], bool] = lambda case: True
    yes_no: bool = False


def fields_of_answer(question: Question, answer: str) -> Fields:
    """The fields that an answer fills. Raises AnswerError."""
    return question.spread(answer) if question.spread else {question.path: answer}


def value(record: Record, path: str) -> Node:
    """What a record says at a dotted path, as text; list items count from 1."""
    node: Node = dict(to_tree(record))
    for step in path.split("."):
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and step.isdigit() and 0 < int(step) <= len(node):
            node = node[int(step) - 1]
        else:
            return None
    return node


def is_open(case: Case, question: Question) -> bool:
    """True when the question applies and its place is empty."""
    if not question.when(case):
        return False
    if question.path == _WHERE_CLAIMS_GO:
        rules = case.plan.rules
        return not (rules.fax or rules.portal or (rules.claims_address and rules.claims_address.address))
    found = value(record_of(case, question.record), question.path)
    if question.path == "kind":
        return found == "unknown"
    if question.path == "address":
        return not isinstance(found, dict) or not {"street", "city", "state", "zip"} <= set(found)
    if question.path == "accident":
        return not isinstance(found, dict) or not {"work", "auto", "other"} <= set(found)
    return found in (None, [], {})


def record_of(case: Case, record_id: str) -> Record:
    """The record of that id, which is there."""
    return next(record for record in case.everything() if record.record_id == record_id)


def still_ahead(case: Case, group: Sequence[Question]) -> tuple[Question, ...]:
    """The questions behind the last answered one: those before it were skipped, or not known.

    Some of them may come to apply only by the answers to others. None when none applies now.
    """
    answered = [place for place, question in enumerate(group) if question.when(case) and not is_open(case, question)]
    rest = tuple(group[answered[-1] + 1 :] if answered else group)
    return rest if any(question.when(case) for question in rest) else ()


def passed_by(case: Case, groups: Sequence[Sequence[Question]]) -> Iterator[Question]:
    """The open questions that `still_ahead` does not ask again."""
    for group in groups:
        ahead = still_ahead(case, group)
        yield from (question for question in group if is_open(case, question) and question not in ahead)


_WHERE_CLAIMS_GO = "rules.claims_address"


def _other_plan(case: Case) -> bool:
    return case.plan.other_coverage is not None and case.plan.other_coverage.has


def _by_car(case: Case) -> bool:
    return case.plan.accident is not None and bool(case.plan.accident.auto)


def _accident(case: Case) -> bool:
    accident = case.plan.accident
    return accident is not None and bool(accident.work or accident.auto or accident.other)


def _depends(case: Case) -> bool:
    return case.patient.relation_to_subscriber not in (None, "self")


_STATE = "The name or the two letters: Ohio or OH."

CARD: tuple[Question, ...] = (
    Question(record="plan", path="payer", label="Insurer", where="Front of the card, at the top."),
    Question(record="plan", path="member_id", label="Member ID", where="Front of the card."),
    Question(
        record="plan", path="group_number", label="Group number", where="Front of the card; not every card has one."
    ),
    Question(
        record="plan",
        path="kind",
        label="Kind of plan",
        where="The law and the time limits depend on it.",
        who="plan",
        shown="plan kinds",
    ),
    Question(record="plan", path="state", label="State of the plan", where=_STATE, who="plan"),
    Question(
        record="plan",
        path="plan_year_start",
        label="Plan year begins",
        where="Plan booklet, first pages; often 01-01.",
        who="plan",
        spread=answers.plan_year,
    ),
    Question(record="plan", path="other_coverage.has", label="Other health insurance", yes_no=True),
    Question(record="plan", path="other_coverage.payer", label="The other insurer", when=_other_plan),
    Question(record="plan", path="other_coverage.member_id", label="Member ID there", when=_other_plan),
    Question(
        record="plan",
        path="other_coverage.primary",
        label="Does the other plan pay first",
        who="plan",
        when=_other_plan,
        yes_no=True,
    ),
    Question(
        record="plan",
        path="accident",
        label="Accident",
        where="Does it come from work, a car accident or another accident? no, work, car or other.",
        spread=answers.accident,
    ),
    Question(record="plan", path="accident.state", label="State of the car accident", where=_STATE, when=_by_car),
    Question(record="plan", path="accident.date", label="Day of the accident", when=_accident),
)
"""What stands on the insurance card, and what decides who pays first."""

RULES: tuple[Question, ...] = (
    Question(
        record="plan",
        path="rules.filing_limit",
        label="Time to send a claim",
        where='Plan booklet: "time limit for filing claims". Such as 180 days or 1 year.',
        who="plan",
        spread=answers.filing_limit,
    ),
    Question(
        record="plan",
        path=_WHERE_CLAIMS_GO,
        label="Where claims go",
        where="Back of the card or the claim form: a postal address on one line, a fax number, a web address; several with ; between.",
        who="plan",
        spread=answers.where_claims_go,
    ),
    Question(
        record="plan",
        path="rules.claim_form.value",
        label="Claim form",
        where='Member portal, "forms". Write none if it wants no form of its own.',
        who="plan",
    ),
)
"""How this plan wants claims; each is kept with who said so and when."""

ABOUT_THE_PATIENT: tuple[Question, ...] = (
    Question(record="patient", path="birth_date", label="Date of birth"),
    Question(record="patient", path="sex", label="Sex"),
    Question(
        record="patient",
        path="address",
        label="Home address",
        where="On one line: 418 Alder Street, Apt 3, Tacoma, WA 98402.",
        spread=answers.home,
    ),
    Question(record="patient", path="phone", label="Phone"),
    Question(record="patient", path="relation_to_subscriber", label="Relation to the policy holder"),
    Question(record="patient", path="subscriber.name", label="Policy holder's name", when=_depends),
    Question(record="patient", path="subscriber.birth_date", label="Policy holder's date of birth", when=_depends),
)
"""What a claim must say about the patient; asked when the first claim is near."""
