"""Writes down what the payer decided: an EOB or a letter.

The whole case is read: sums, days and lines are compared with what was sent. Where something does not fit, nothing is
written unless it is confirmed. A case of which another record can't be read is no reason to lose a notice: its sums are
checked alone, and the result says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.look.verdict_words import APPEAL, next_move, verdict_data, verdict_lines
from massage_claim.actions.project import Opened, Place, open_case, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.decision_lines import lines_split, same_for_all, split_codes, with_meanings
from massage_claim.actions.result import Result
from massage_claim.calc.decisions import find_claim, is_denial
from massage_claim.calc.eob_doubts import Printed, list_doubts, list_sum_doubts
from massage_claim.calc.notice_moves import words_of
from massage_claim.calc.rounds import command_for, if_offered, round_to_name
from massage_claim.calc.triage import triage
from massage_claim.command_text import spell
from massage_claim.errors import Failure, NotReady, Problem, Unreadable, UsageProblem
from massage_claim.facts.library import Facts, facts_on
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import money
from massage_claim.yamltext import Node

Confirm = Callable[[tuple[str, ...]], None]
"""Shows doubts and returns when they are confirmed; raises NotReady otherwise."""


def the_open_one(project: Path | None) -> str | None:
    """The only claim or appeal that was sent and has no decision; None for none, several, or a case that can't be read."""
    try:
        case = open_case(project).case
    except Failure:
        return None
    decided = {decision.about for decision in case.decisions}
    waiting = [one.record_id for one in (*case.claims, *case.appeals) if one.record_id not in decided]
    return waiting[0] if len(waiting) == 1 else None


def refuse(doubts: tuple[str, ...]) -> None:
    """Nobody can be asked: raises NotReady with every doubt."""
    fix = "Compare it with the notice. If it is printed so, add --yes."
    raise NotReady(tuple(Problem(words, fix) for words in doubts))


def _refuse_second(case: Case, decision: Decision) -> None:
    """Two current decisions about one thing could not be read back. Raises UsageProblem with the one that is there."""
    replaced = {one.replaces for one in case.decisions} | {decision.replaces}
    for one in case.decisions:
        if one.about == decision.about and one.record_id not in replaced and one.decides_the_same(decision):
            says = f"{one.record_id} decides the same already, and this notice does not say that it takes its place."
            raise UsageProblem(Problem(says, f"If it does, add --replaces {one.record_id}.", case.where(one)))


def record_decision(
    project: Path | None,
    tree: Mapping[str, Node],
    *,
    options: drafts.Options,
    means: Sequence[str] = (),
    all_lines: bool = False,
    printed: Printed | None = None,
    confirm: Confirm = refuse,
    dry_run: bool = False,
) -> Result:
    """Adds decisions/NOTICE-DATE.yaml.

    `means`: what the reason comes down to. `all_lines`: the codes hold for each line of the claim. `printed`: whom the
    notice names; never kept. `confirm` is called with every doubt before anything is written. Raises UsageProblem,
    NotReady when a doubt is not confirmed, Unreadable, CannotWrite.
    """
    place = open_place(project)
    opened = _whole(project)
    full: dict[str, Node] = {**tree, "about": _about(place, tree.get("about")), "scan": _attachment(tree.get("scan"))}
    full = with_meanings(full, means, facts_on(place.today))
    if all_lines:
        full = same_for_all(full, find_claim(opened.case, str(full.get("about") or "")) if opened else None)
    full["adjustments"], full["lines"] = split_codes(full.get("adjustments")), lines_split(full.get("lines"))
    notice = full.get("notice_date")
    drafted = drafts.draft(place, Decision, full, notice if isinstance(notice, str) else "", options=options)
    decision = drafted.record
    if opened is not None:
        _refuse_second(opened.case, decision)
    doubts = list_doubts(decision, opened.case, opened.today, printed) if opened else list_sum_doubts(decision, None)
    if doubts and not dry_run:
        confirm(doubts)
    result = drafts.write(place, drafted, dry_run=dry_run)
    facts = facts_on(decision.notice_date)
    paid = f"{money(decision.total_paid)} paid" if decision.total_paid is not None else "amount paid not written down"
    said = (*result.says, f"Decision of {decision.notice_date} about {decision.about}: {paid}.")
    notes = (*result.notes, *(f"Please look again: {words}" for words in doubts if dry_run))
    denied = is_denial(decision, facts)
    if denied and decision.received_date is None:
        notes += ("The days to appeal usually run from the day the letter reached you: add --received.",)
    if denied and not decision.reason_as_written:
        notes += ("Add the reason word for word with --reason: the appeal letter answers it.",)
    if opened is None:
        notes += ("Another record can't be read, so nothing was compared with what was sent.",)
        codes = _codes(decision, facts)
        return replace(result, says=(*said, *codes), notes=notes, next=spell("check"))
    case = replace(opened.case, decisions=(*opened.case.decisions, decision))
    verdicts = triage(decision, case, opened.facts, opened.today)
    lines = verdict_lines(decision, verdicts)
    moves = " ".join(lines)
    codes = tuple(words for words in _codes(decision, facts) if words.partition(": ")[2] not in moves)
    claim = find_claim(case, decision.about)
    following = next_move(decision, claim.record_id if claim else None, verdicts, denied=denied)
    level = round_to_name(case, opened.facts, decision) if following == APPEAL else None
    if level is not None and level != "1":
        named = decision.model_copy(update={"record_id": _name(result)})
        following, offered = command_for(case, named, level), if_offered(case, opened.facts, decision)
        notes += (offered,) if offered else ()
    return replace(
        result,
        says=(*said, *codes, *lines),
        notes=notes,
        next=following,
        data={**result.data, "lines": verdict_data(verdicts), "doubts": list(doubts)},
    )


def _name(result: Result) -> str:
    """The record that was written, or would be."""
    would = result.data.get("would_write")
    return str((would if isinstance(would, dict) else result.data).get("record", ""))


def _whole(project: Path | None) -> Opened | None:
    """The whole case; None when one of its records can't be read: perhaps it names the very decision that comes now."""
    try:
        return open_case(project)
    except Unreadable:
        return None


def _codes(decision: Decision, facts: Facts) -> tuple[str, ...]:
    """Each code of the notice with our own words for it, once; the payer's own ones with the words on the letter."""
    lines = {f"Code {words}": None for item in decision.all_adjustments() for words in words_of(item, facts)}
    for one in decision.payer_codes:
        known = facts.denial_codes.rarc(one.code) or facts.denial_codes.carc(one.code)
        meant = facts.denial_families.get(one.means or "") or facts.other_meanings.get(one.means or "")
        words = known.words if known else one.text or "no words were written down."
        lines[f"The plan's code {one.code}: {words}"] = None
        if meant:
            lines[f"  You chose for it: {meant.title}."] = None
    return tuple(lines)


def _about(place: Place, name: Node) -> Node:
    """A claim's or appeal's name without its folder: the claim, or else the appeal that exists."""
    if isinstance(name, str) and drafts.exists(place, f"appeals/{name}") and not drafts.exists(place, f"claims/{name}"):
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
