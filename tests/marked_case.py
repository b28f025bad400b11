"""Cases that hold every kind of record, and the same with chosen words in every free-text field of every record.

A field of a new record is found by itself: the fields come from the models. What names another record keeps its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from appeal_scenes import full
from builders import (
    a_case,
    a_claim,
    a_contact,
    a_coverage,
    a_doctor,
    a_licence_check,
    a_measure,
    a_payment,
    a_plan,
    a_practice,
    a_provider,
    a_record,
    a_session,
    a_statement,
    an_amendment,
    an_appeal,
    an_attachment,
    an_authorization,
    an_import,
)
from field_texts import free_texts
from massage_claim import yamltext
from massage_claim.models.case import Case, CaseSettings
from massage_claim.models.record import Record, from_tree, to_tree
from massage_claim.yamltext import Node

KEPT = frozenset(
    {"about", "as_of", "file", "format", "id", "include", "leave_out", "means", "measure"}
    | {"notice_elements", "number", "numbers", "order", "practice", "proof", "reasons", "record", "replaces", "scan"}
    | {"said_by", "sent_file", "source_id", "by", "onset_said_by", "evidence", "contains", "pages", "signed_by"}
    | {"examined", "field", "plan_year_start", "level", "signed", "has", "primary", "roles", "past_limit_confirmed"}
    | {"changed_confirmed", "signed_on_paper", "criterion_source"}
)
"""Fields whose words lead to a record, a file or a list of the program: others would make another case."""


def practice_case() -> Case:
    """A practice's own: visits with notes and results, payments, a superbill handed out, a correction, an import."""
    settings = a_record(
        CaseSettings, "case", {"format": "1", "prepared_by": "practice", "packet": {"include": ["therapist-note"]}}, {}
    )
    days = ("2026-03-10", "2026-03-17", "2026-03-18")
    return a_case(
        settings=settings,
        sessions=tuple(a_session(day, units=None, pain={"before": 7, "after": 4}) for day in days),
        payments=(
            a_payment(amount="120.00", tip="24.00", for_=[{"session": days[0], "amount": "96.00"}]),
            a_payment(
                days[1],
                "110.00",
                other_items=[{"what": "oil", "amount": "14.00"}],
                for_=[{"session": days[1], "amount": "96.00"}],
            ),
            a_payment(days[2]),
        ),
        providers=(a_provider(), a_practice(establishment_licence="WA-EST-4410"), a_doctor()),
        authorizations=(an_authorization(),),
        licence_checks=(a_licence_check(),),
        measures=(
            a_measure(note="slept badly"),
            a_measure("2026-03-17", score=30),
            a_measure("2026-03-02", "psfs", None, items=[3, 4], activities=["sitting", "lifting"], record_id="psfs"),
            a_measure("2026-03-17", "sitting minutes", 40, unit="minutes", record_id="own"),
        ),
        statements=(a_statement("S-2026-03-10", lines=to_tree(a_statement())["lines"]),),
        amendments=(an_amendment(),),
        imports=(an_import(),),
        contacts=(a_contact(asked_for="the order", promised="a call back", next_date="2026-03-25"),),
    )


def denied_case(prepared_by: str = "patient") -> Case:
    """A claim that was sent, asked about, denied and appealed, with every kind of record around it."""
    asked = a_contact(
        "2026-04-03",
        about="claims/2026-03-10",
        with_="the plan",
        way="letter",
        asked_for="The order.",
        answer_by="2026-05-20",
        promised="They look again.",
        next_date="2026-05-10",
    )
    case = full(
        prepared_by,
        appeals=(an_appeal(reasons=[], submission=None),),
        contacts=(a_contact("2026-04-02", about="claims/2026-03-10"), asked),
        amendments=(an_amendment(),),
        imports=(an_import(),),
    )
    urgent = an_attachment(
        "urgent.pdf",
        kind="doctor-note",
        for_=["decisions/2026-04-10"],
        date="2026-04-20",
        signed_by="prescriber",
        contains=["urgent"],
    )
    return replace(case, attachments=(*case.attachments, urgent))


def waiting_case() -> Case:
    """Sent and not answered; before that, nobody in the network was found."""
    answers = {
        "coverage_active": "yes",
        "out_of_network_benefit": "no",
        "massage_excluded": "no",
        "massage_therapist_accepted": "yes",
        "only_within_other_therapy": "no",
        "approval_or_order_first": "no",
        "network_exception": "no, none within 40 miles",
    }
    searches = tuple(
        a_contact(day, with_=f"Provider {number}", about="network: directory", said="No massage.")
        for number, day in enumerate(("2026-02-21", "2026-02-22"))
    )
    return a_case(
        plan=a_plan(rules=None),
        claims=(a_claim(),),
        coverage=(a_coverage(answers=answers),),
        contacts=searches,
    )


def marked(case: Case, words: Callable[[bool], str]) -> tuple[Case, int]:
    """The case with `words(one_line)` in every free-text field that takes them, and how many fields there are."""
    count = 0
    records: dict[str, list[Record]] = {}
    for record in case.everything():
        tree = to_tree(record)
        for path, _ in list(free_texts(type(record), tree)):
            if KEPT & {*path, ".".join(path)}:
                continue
            changed = next((new for new in _with(record, tree, path, words)), None)
            if changed is not None:
                tree = changed
                count += 1
        records.setdefault(record.FOLDER, []).append(_read(record, tree) or record)
    patient, plan, settings = (
        next(one for one in records[""] if type(one) is type(old)) for old in (case.patient, case.plan, case.settings)
    )
    lists: dict[str, Any] = {name.replace("-", "_"): tuple(found) for name, found in records.items() if name}
    return a_case(patient=patient, plan=plan, settings=settings, **{**_NOTHING, **lists}), count  # type: ignore[arg-type]


_FILLED = ("conditions", "providers", "licence_checks", "coverage", "prescriptions", "sessions", "payments", "measures")
_NOTHING: dict[str, tuple[()]] = dict.fromkeys((*_FILLED, "attachments"), ())
"""What `a_case` would fill in where the case has none."""


def _with(
    record: Record, tree: dict[str, Node], path: tuple[str, ...], words: Callable[[bool], str]
) -> Iterator[dict[str, Node]]:
    """The tree with the words at the path, when the model takes them: in one line where a field has no room for more."""
    for one_line in (False, True):
        new = yamltext.read(yamltext.write(tree), "x.yaml").value
        assert isinstance(new, dict)
        _put(new, path, words(one_line))
        if _read(record, new) is not None:
            yield new


def _put(tree: dict[str, Node], path: tuple[str, ...], words: str) -> None:
    node: Any = tree
    for at, step in enumerate(path[:-1]):
        missing: Any = [] if path[at + 1].isdecimal() else {}
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, missing)
    if isinstance(node, list):
        place = int(path[-1])
        node[place : place + 1] = [words]
    elif "answers" not in path:
        node[path[-1]] = words
    elif "," in node[path[-1]]:  # what the plan answered goes on; a bare yes or no stays one
        node[path[-1]] += f"; {words}"


def _read(record: Record, tree: dict[str, Node]) -> Record | None:
    made, _ = from_tree(type(record), yamltext.read(yamltext.write(tree), "x.yaml"), record.record_id)
    return made
