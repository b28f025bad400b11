"""`submit --appeal`: adds to an appeal's record how and when it was sent, and keeps its PDF in sent/.

Unlike a claim, whose record is made when it is sent, an appeal has its record from the day it was built.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from massage_claim import yamltext
from massage_claim.actions.appeals.one_round import BuiltAppeal, build_appeal, folder_name
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.actions.send.checklist import Checklist, make_checklist
from massage_claim.actions.send.packet_in_out import InOut, find_change, find_early_day, read_packet
from massage_claim.calc.last_days import EXTERNAL, appeal_day, appeal_ends
from massage_claim.calc.rounds import find_place
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.models.record import from_tree
from massage_claim.store.read import file_bytes
from massage_claim.store.rollback import Added
from massage_claim.store.swap import replace_text
from massage_claim.store.write import make_folder
from massage_claim.yamltext import Node

BUILD = spell("appeal")


def submit_appeal(
    opened: Opened, name: str, sent: Mapping[str, Node], *, past_limit: bool, dry_run: bool, changed: bool = False
) -> Result:
    """Records that an appeal was sent: adds its submission to appeals/DATE.yaml and keeps the PDF in sent/."""
    case = opened.case
    record, denial, packet, built = _rebuild_round(opened, name, changed=changed)
    differs = find_change(packet, built.packet.merged.pdf, BUILD, allowed=changed)
    day = _read_day(sent, denial)
    early = find_early_day(packet, day, allowed=changed)
    tree: dict[str, Node] = {key: value for key, value in sent.items() if value is not None}
    if differs or early:
        tree["changed_confirmed"] = "yes"
    last = appeal_ends(case, opened.facts, denial, record.level)
    if last is not None and day > last.date:
        if not past_limit:
            says = f"The appeal was due by {last.date.isoformat()}."
            fix = "Say so on purpose with --past-limit, and ask for good cause in the letter."
            raise NotReady(Problem(says, fix, case.where(denial, "notice_date")))
        tree["past_limit_confirmed"] = "yes"
    tree["manifest_sha256"] = packet.manifest_sha256
    tree["built_on"] = packet.built_on.isoformat()
    before = file_bytes(opened.folder, f"{record.record_id}.yaml")
    _validate(_add_submission(before, tree), record.record_id)
    written: list[str] = []
    if not dry_run:
        make_folder(opened.folder / "sent")
        with Added(opened.folder) as added:
            kept = added.numbered("sent", folder_name(record), ".pdf", packet.pdf)
            replace_text(opened.folder, record.record_id, before, _add_submission(before, {**tree, "sent_file": kept}))
        written = [f"{record.record_id}.yaml", kept]
    return Result(
        says=(f"{_say_recorded(dry_run)}: {_name_round(record)} sent on {day.isoformat()}.",),
        written=tuple(written),
        notes=opened.notes,
        next=f"When the answer comes: {spell('record-decision', about=record.record_id)}",
        data={"appeal": record.record_id, "sent": day.isoformat()},
    )


def record_sent_appeal(opened: Opened, name: str, sent: Mapping[str, Node], *, dry_run: bool) -> Result:
    """Records that a letter of the person's own was sent: no packet of it is kept. Raises UsageProblem, NotReady."""
    record, denial = _find_unsent(opened, name)
    day = _read_day(sent, denial)
    tree: dict[str, Node] = {
        **{key: value for key, value in sent.items() if value is not None},
        "without_packet": "yes",
    }
    last = appeal_ends(opened.case, opened.facts, denial, record.level)
    late = last is not None and day > last.date
    if late:
        tree["past_limit_confirmed"] = "yes"
    before = file_bytes(opened.folder, f"{record.record_id}.yaml")
    after = _add_submission(before, tree)
    _validate(after, record.record_id)
    if not dry_run:
        replace_text(opened.folder, record.record_id, before, after)
    return Result(
        says=(
            f"{_say_recorded(dry_run)}: {_name_round(record)} sent on {day.isoformat()}, with a letter of your own.",
        ),
        written=() if dry_run else (f"{record.record_id}.yaml",),
        notes=(*(("Its last day had passed. Ask the plan for good cause.",) if late else ()), *opened.notes),
        next=f"When the answer comes: {spell('record-decision', about=record.record_id)}",
        data={"appeal": record.record_id, "sent": day.isoformat(), "without_packet": True},
    )


def list_before_appeal(opened: Opened, name: str) -> Checklist:
    """What to see to before the appeal goes out. Raises UsageProblem, NotReady."""
    record, denial, packet, built = _rebuild_round(opened, name, changed=False)
    find_change(packet, built.packet.merged.pdf, BUILD)
    due = appeal_day(opened.case, opened.facts, denial, record.level)
    place = find_place(opened.case, opened.facts, record.level, record)
    return make_checklist(opened, packet, built.packet.signatures, due, opened.today, place=place)


def _rebuild_round(opened: Opened, name: str, *, changed: bool) -> tuple[Appeal, Decision, InOut, BuiltAppeal]:
    """The round that is meant, its denial, its packet in out/, and the same packet made again from the records."""
    record, denial = _find_unsent(opened, name)
    packet = read_packet(opened.folder, folder_name(record), BUILD, changed=changed)
    if packet.draft:
        raise NotReady(
            Problem("A draft is never submitted.", "Build the appeal without --draft.", Where(packet.folder))
        )
    return record, denial, packet, build_appeal(opened, denial, record, issued=packet.built_on, draft=False)


def _find_unsent(opened: Opened, name: str) -> tuple[Appeal, Decision]:
    """The round that is meant, and its denial. Raises UsageProblem, NotReady."""
    case = opened.case
    record = case.find(Appeal, name)
    if record is None:
        known = ", ".join(one.record_id for one in case.appeals) or "none yet"
        raise UsageProblem(Problem("--appeal names no appeal of this case.", f"Name one of: {known}."))
    if record.submission is not None:
        says = f"This appeal was submitted on {record.submission.date.isoformat()} already."
        raise NotReady(Problem(says, f"Record the answer with `{spell('record-decision')}`.", case.where(record)))
    denial = case.find(Decision, record.decision)
    if denial is None:  # the reader refuses a case with such a link
        raise RuntimeError("an appeal without its decision")
    return record, denial


def _read_day(sent: Mapping[str, Node], denial: Decision) -> dt.date:
    """The day it was sent. Raises UsageProblem when the decision that it answers was not there yet."""
    day = dt.date.fromisoformat(str(sent["date"]))
    if day < denial.notice_date:
        raise UsageProblem(Problem("--date is before the notice of denial.", "Give the day you sent the appeal."))
    if denial.received_date is not None and day < denial.received_date:
        says = f"--date is before {denial.received_date.isoformat()}, the day you received the decision it answers."
        fix = f"Give the day you sent it, or correct the other: {spell('edit', denial.record_id)}"
        raise UsageProblem(Problem(says, fix))
    return day


def _say_recorded(dry_run: bool) -> str:
    return "Would be recorded" if dry_run else "Recorded"


def _name_round(record: Appeal) -> str:
    return "request for external review" if record.level == EXTERNAL else f"appeal level {record.level}"


def _add_submission(before: bytes, tree: Mapping[str, Node]) -> bytes:
    """The record's file with the submission at its end; nothing else in it changes."""
    ending = b"" if before.endswith(b"\n") else b"\n"
    return before + ending + yamltext.write({"submission": dict(tree)}).encode()


def _validate(after: bytes, record_id: str) -> None:
    """Raises UsageProblem for an option that the record can't take, before anything is written."""
    made, problems = from_tree(Appeal, yamltext.read(yamltext.decode(after, record_id), record_id), record_id)
    if made is None:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))
