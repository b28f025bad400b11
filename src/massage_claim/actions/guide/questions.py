"""The single values that the guide asks for, in the order of the interview, and which of them are still open.

A question names a place in a record that is there already; its answer is kept by a lossless edit, one at a time. What is asked is declared with the
records' fields; here stands only which answers are taken apart into several fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from massage_claim.actions.guide import compound_answers as answers
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.field import Declared, Who, at, declared
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record, to_tree
from massage_claim.models.rule import Words
from massage_claim.yamltext import Node

Fields = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One answer. `path`: dotted, or the group that the answer fills when `spread` takes it apart.

    `where`: one sentence on where a person finds it. `who` would know it. `choices`: the words of a closed answer.
    """

    record: str
    path: str
    label: str
    meaning: str = ""
    where: str = ""
    who: Who | None = None
    spread: Callable[[str], Fields] | None = None
    when: Callable[[Case], bool] = lambda case: True
    yes_no: bool = False
    choices: Words = ()


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
_SPREAD: Mapping[tuple[str, str], Callable[[str], Fields]] = {
    ("plan", "plan_year_start"): answers.plan_year,
    ("plan", "accident"): answers.accident,
    ("plan", "rules.filing_limit"): answers.filing_limit,
    ("plan", _WHERE_CLAIMS_GO): answers.where_claims_go,
    ("patient", "address"): answers.home,
}
"""Answers that stand for several fields, or are read in a way of their own."""
_BESIDE = frozenset({"accident.state", "accident.date"})
"""Fields of such a group that its answer does not fill."""


def question(kind: type[Record], record: str, path: str, **other: object) -> Question:
    """The question for a field, as its model declares it; `other` says what differs for this record."""
    field = at(kind, path.split("."))
    if field is None or field.asked is None:
        raise LookupError(f"{kind.__name__} declares no question for {path}")
    outer = at(kind, path.removesuffix(".value").split(".")) if path.endswith(".value") else None
    shown = outer if outer is not None and outer.asked is not None else field
    rule = shown.asked or field.asked
    given: dict[str, object] = {
        "label": rule.label,
        "meaning": "" if (record, path) in _SPREAD and field.group is not None else field.meaning,
        "where": rule.where,
        "who": rule.who,
        "spread": _SPREAD.get((record, path)),
        "when": _when(record, shown),
        "yes_no": field.metavar == "yes|no",
        "choices": field.words,
    }
    return Question(record=record, path=path, **{**given, **other})  # type: ignore[arg-type]


def _when(record: str, field: Declared) -> Callable[[Case], bool]:
    """Whether the question applies, by what the record says."""
    rule = field.asked.when if field.asked is not None else None
    if rule is None:
        return lambda case: True
    return lambda case: rule(to_tree(record_of(case, record)))


def _asked(kind: type[Record], record: str, below: str = "", without: Sequence[str] = ()) -> Iterator[Question]:
    """The questions that the guide asks about a record that is there, in the order of its model."""
    left_out: list[str] = list(without)
    for field in declared(kind):
        path = ".".join(field.path)
        if not path.startswith(below) or any(path == name or path.startswith(f"{name}.") for name in left_out):
            continue
        if field.asked is None or not field.asked.guide:
            left_out += [path] if field.group is not None else []
            continue
        if (record, path) in _SPREAD:
            yield question(kind, record, path)
            left_out += (
                [f"{path}.{one.name}" for one in declared(field.group) if f"{path}.{one.name}" not in _BESIDE]
                if field.group
                else []
            )
        elif field.group is not None and at(field.group, ("value",)) is not None:
            yield question(kind, record, f"{path}.value")
            left_out.append(path)
        elif field.group is None and field.rows is None:
            yield question(kind, record, path)


CARD: tuple[Question, ...] = tuple(_asked(Plan, "plan", without=("rules",)))
"""What stands on the insurance card, and what decides who pays first."""

RULES: tuple[Question, ...] = tuple(_asked(Plan, "plan", below="rules."))
"""How this plan wants claims; each is kept with who said so and when."""

ABOUT_THE_PATIENT: tuple[Question, ...] = tuple(_asked(Patient, "patient", without=("name",)))
"""What a claim must say about the patient; asked when the first claim is near."""
