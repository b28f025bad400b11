"""Writes down what the payer decided: an EOB or a letter. Takes a tree of texts, gives what was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions import recording
from massage_claim.actions.opening import Place, open_place
from massage_claim.actions.result import Result
from massage_claim.calc.decided import is_denial
from massage_claim.facts.library import Facts, facts_on
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import money
from massage_claim.yamltext import Node


def record_decision(
    project: Path | None, tree: Mapping[str, Node], *, options: recording.Options, dry_run: bool = False
) -> Result:
    """Adds decisions/NOTICE-DATE.yaml. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    full = {**tree, "about": _about(place, tree.get("about")), "scan": _attachment(tree.get("scan"))}
    full["adjustments"] = _adjustments(tree.get("adjustments"))
    notice = full.get("notice_date")
    drafted, result = recording.record(
        place, Decision, full, notice if isinstance(notice, str) else "", options=options, dry_run=dry_run
    )
    decision = drafted.record
    facts = facts_on(decision.notice_date)
    denied = is_denial(decision, facts)
    paid = f"{money(decision.total_paid)} paid" if decision.total_paid is not None else "amount paid not written down"
    says = (
        *result.says,
        f"Decision of {decision.notice_date} about {decision.about}: {paid}.",
        *_codes(decision, facts),
    )
    notes = result.notes
    if denied and decision.received_date is None:
        notes += ("The days to appeal usually run from the day the letter reached you: add --received.",)
    if denied and not decision.reason_as_written:
        notes += ("Add the reason word for word with --reason: the appeal letter answers it.",)
    return replace(result, says=says, notes=notes, next=_next(decision) if denied else "massage-claim status")


def _next(denial: Decision) -> str:
    """A claim that could not be processed is corrected; there is nothing to appeal yet."""
    if denial.outcome == "unprocessable" and denial.about.startswith("claims/"):
        return f"massage-claim build-packet --corrects {denial.about}"
    return "massage-claim appeal"


def _codes(decision: Decision, facts: Facts) -> tuple[str, ...]:
    """Each code of the notice with our own words for it, once."""
    lines: dict[str, None] = {}
    for item in decision.all_adjustments():
        if item.carc:
            known = facts.denial_codes.carc(item.carc)
            shown = f"{item.group}-{item.carc}" if item.group else item.carc
            lines[f"Reason code {shown}: {known.words if known else _UNKNOWN}"] = None
        for rarc in item.rarcs:
            remark = facts.denial_codes.rarc(rarc)
            lines[f"Remark code {rarc}: {remark.words if remark else _UNKNOWN}"] = None
    return tuple(lines)


_UNKNOWN = "not in this program's list. Ask the plan what it means."


def _adjustments(given: Node) -> Node:
    """`CO-50` or `CO50` in the place of a reason code is its group and its number."""
    if not isinstance(given, list):
        return given
    return [_split(item) if isinstance(item, dict) else item for item in given]


def _split(item: dict[str, Node]) -> dict[str, Node]:
    match = re.fullmatch(r"\s*(CO|PR|OA|PI|CR)[ -]?([A-Za-z]?\d{1,3})\s*", str(item.get("carc") or ""), re.IGNORECASE)
    return {**item, "group": match[1].upper(), "carc": match[2]} if match else item


def _about(place: Place, name: Node) -> Node:
    """A claim's or appeal's name without its folder: the claim, or else the appeal that exists."""
    if (
        isinstance(name, str)
        and recording.exists(place, f"appeals/{name}")
        and not recording.exists(place, f"claims/{name}")
    ):
        return f"appeals/{name}"
    return _in("claims", name)


def _in(folder: str, name: Node) -> Node:
    return f"{folder}/{name}" if isinstance(name, str) and name.strip() and "/" not in name else name


def _attachment(name: Node) -> Node:
    """The record of a scan, also when its file was named: attachments/denial.pdf → attachments/denial."""
    full = _in("attachments", name)
    if isinstance(full, str):
        stem, dot, ending = full.rpartition(".")
        return stem if dot and ending.lower() in ("pdf", "jpg", "jpeg", "png", "yaml") else full
    return full
