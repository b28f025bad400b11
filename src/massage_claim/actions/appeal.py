"""`appeal`: the packet of one round of appeal against a recorded denial. Takes plain arguments, gives a result.

Adds appeals/DATE.yaml once (what the round is about, for the person to edit) and writes out/; nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from massage_claim import yamltext
from massage_claim.actions.appeal_round import BuiltAppeal, build_appeal, folder_name
from massage_claim.actions.claim_packet import manifest_text
from massage_claim.actions.copies import Copy, originals
from massage_claim.actions.opening import Opened, open_case
from massage_claim.actions.packet_result import with_copies
from massage_claim.actions.page_warnings import before_it_goes_out
from massage_claim.actions.result import Result
from massage_claim.calc.claim_split import free_id
from massage_claim.calc.deadlines import when_unknown
from massage_claim.calc.decided import current_decisions, open_denials
from massage_claim.calc.law import law_kind
from massage_claim.calc.reasons import reasons_of, refusal_of_appeal
from massage_claim.calc.sending_rules import usual_method
from massage_claim.checks import Finding, find
from massage_claim.documents.criteria import unusable_criteria
from massage_claim.errors import ExitCode, NotReady, Problem, UsageProblem, Where
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.write import add_new, make_folder, remove_others, replace_file
from massage_claim.writing.blocks import Block
from massage_claim.yamltext import Node


def appeal(
    project: Path | None,
    *,
    decision: str | None = None,
    level: str = "1",
    reasons: Sequence[str] = (),
    preview: bool = False,
    draft: bool = False,
    dry_run: bool = False,
) -> Result:
    """Builds the appeal. Raises NotReady when there is no denial to appeal, or an appeal is the wrong way to answer it."""
    opened = open_case(project)
    case, facts, today = opened.case, opened.facts, opened.today
    denial = _denial(opened, decision)
    _level_in_order(opened, denial, level)
    refusal = refusal_of_appeal(denial, case, facts, today)
    if refusal is not None:
        raise NotReady(refusal)
    known = [family for family in reasons if family]
    found = reasons_of(denial, facts, known)
    if not found:
        names = ", ".join(sorted(facts.denial_families))
        says = (
            "The decision has no reason code that this program knows, so it cannot tell what the letter should answer."
        )
        raise NotReady(
            Problem(says, f"Choose what fits the reason as printed with --reason: {names}.", case.where(denial))
        )
    record = next((one for one in case.appeals if one.decision == denial.record_id and one.level == level), None)
    blocking = tuple(one for one in find(case, facts, today) if one.blocks and one.step == "appeal")
    if blocking and not draft:
        return _refused(opened, blocking)
    made = record or _unwritten(opened, denial, level, known)
    built = build_appeal(opened, denial, made, issued=today, draft=draft)
    written: list[str] = []
    signed = originals(built.packet.originals)
    if not (preview or dry_run):
        # the record is added last: what cannot be built leaves nothing behind
        written = [] if record else [_add(opened, made)]
        written += _write(opened.folder, made, built, signed)
    result = _result(opened, denial, made, built, written, preview)
    return with_copies(result, {folder_name(made): signed} if written else {})


def _denial(opened: Opened, named: str | None) -> Decision:
    case = opened.case
    if named is not None:
        found = case.find(Decision, named)
        if found is None:
            known = ", ".join(one.record_id for one in case.decisions) or "none yet"
            raise UsageProblem(Problem("--decision names no decision of this case.", f"Name one of: {known}."))
        if found not in current_decisions(case):
            says = "This decision was replaced by a later one."
            raise NotReady(Problem(says, "Appeal the later one.", case.where(found)))
        return found
    denials = open_denials(case, opened.facts)
    drafted = [
        one
        for one in current_decisions(case)
        if any(a.decision == one.record_id and not a.submission for a in case.appeals)
    ]
    candidates = list(denials) or drafted
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        says = (
            "There is no open denial in this case." if case.decisions else "No decision of the payer is recorded yet."
        )
        fix = "Record the denial letter or EOB first: `massage-claim record-decision`."
        raise NotReady(Problem(says, fix, Where("decisions/")))
    names = ", ".join(one.record_id for one in candidates)
    raise UsageProblem(Problem("Several denials are open.", f"Name one with --decision: {names}."))


def _level_in_order(opened: Opened, denial: Decision, level: str) -> None:
    """Level 1 answers a claim's denial; a later level answers the decision about the level before."""
    case = opened.case
    before = case.find(Appeal, denial.about) if denial.about.startswith("appeals/") else None
    if level == "1" and before is None:
        return
    if before is not None and level not in ("1", before.level):
        return
    if before is None:
        says = f"Level {level} comes after a decision about the level before it, and there is none."
        fix = "Appeal at level 1 first, or record that decision with `massage-claim record-decision --about appeals/DATE`."
    else:
        says = f"This decision is about appeal level {before.level}, so the next round is a later level."
        fix = f"Read the letter for the next level, then add --level {int(before.level) + 1 if before.level.isdigit() else 'external'}."
    raise NotReady(Problem(says, fix, case.where(denial, "about")))


def _unwritten(opened: Opened, denial: Decision, level: str, reasons: Sequence[str]) -> Appeal:
    """The round's record under the name it will have. Raises UsageProblem for an option that it can't take."""
    taken = {one.stem for one in opened.case.appeals}
    record_id = f"{Appeal.FOLDER}/{free_id(opened.today.isoformat(), taken)}"
    tree: dict[str, Node] = {"decision": denial.record_id, "level": level, "reasons": list(reasons)}
    made, problems = from_tree(Appeal, yamltext.read(yamltext.write(tree), f"{record_id}.yaml"), record_id)
    if made is None:
        raise UsageProblem(tuple(Problem(f"--level or --reason: {item.says}", item.fix) for item in problems))
    return made


def _add(opened: Opened, made: Appeal) -> str:
    """Adds the record; gives its file."""
    file = f"{made.record_id}.yaml"
    add_new(opened.folder, Appeal.FOLDER, f"{made.stem}.yaml", yamltext.write(to_tree(made)).encode())
    return file


def _write(folder: Path, record: Appeal, built: BuiltAppeal, signed: Sequence[Copy]) -> list[str]:
    out = f"out/{folder_name(record)}"
    tree = built.manifest | ({"copies": [one.listed() for one in signed]} if signed else {})
    names = {
        f"{folder_name(record)}.pdf": built.packet.merged.pdf,
        **{one.name: one.data for one in signed},
        "manifest.yaml": manifest_text(tree).encode(),
    }
    make_folder(folder / "out")
    for name, data in names.items():
        replace_file(folder, out, name, data)
    remove_others(folder, out, frozenset(names))
    return [f"{out}/{name}" for name in names]


def _refused(opened: Opened, blocking: tuple[Finding, ...]) -> Result:
    return Result(
        says=("No appeal was built: something must be fixed first.",),
        findings=blocking,
        notes=opened.notes,
        next="Mend what is listed, then run `massage-claim appeal` again.",
        code=ExitCode.NOT_READY,
    )


def _result(
    opened: Opened, denial: Decision, record: Appeal, built: BuiltAppeal, written: list[str], preview: bool
) -> Result:
    view, packet = built.view, built.packet
    says = [f"{view.level_words}: {packet.merged.pages} pages, {len(view.exhibits)} exhibits (proof pages)."]
    says += [
        f"  page {entry.pages}: {f'Exhibit {entry.letter}: ' if entry.letter else ''}{entry.title}"
        for entry in packet.contents
    ]
    says += [f"  Sign on page {spot.page} ({spot.paper}): {spot.who or spot.label}" for spot in packet.signatures]
    says += [f"  Not included: {item.what}, because {item.why}." for item in built.choice.left_out]
    says += [f"  Note: {note}" for note in packet.merged.notes]
    papers = {piece.paper.name for piece in built.choice.pieces if piece.paper}
    says += [f"  {words}" for words in before_it_goes_out(view.changes, papers)]
    says += [f"  Not used: {why}" for why in unusable_criteria(opened.case, record, built.claim)]
    if view.send_by:
        says.append(f"Send it by {view.send_by.isoformat()}. {view.send_by_words}")
    else:
        level = int(record.level) if record.level.isdigit() else 1
        external = record.level == "external"
        says.append(when_unknown(law_kind(opened.case), opened.facts, level=level, external=external))
    ways = [*(["by certified mail"] if view.to_address else []), *(["by fax"] if view.to_fax else [])]
    proof = {"by certified mail": "the receipt", "by fax": "the fax log with its page count"}
    if ways:
        says.append(f"Send it {' or '.join(ways)}, and keep {' or '.join(proof[way] for way in ways)}.")
    else:
        says.append(
            "The appeals address is on the decision letter: write it on the blank line of letter and cover sheet."
        )
        says.append("To print it, write it in plan.yaml under rules, appeals_address, and build the appeal again.")
    blocks: tuple[Block, ...] = built.letter.blocks if preview else ()
    return Result(
        says=tuple(says),
        written=tuple(written),
        notes=opened.notes,
        blocks=blocks,
        next=f"Sign it, send it, then: massage-claim submit --appeal {record.record_id} --date DATE --method {usual_method(opened.case.plan, appeal=True)}",
        data={
            "appeal": record.record_id,
            "decision": denial.record_id,
            "level": record.level,
            "pages": packet.merged.pages,
            "send_by": view.send_by.isoformat() if view.send_by else None,
            "reasons": [reason.family for reason in view.reasons],
            "exhibits": [
                {"letter": e.letter, "title": e.title, "first": e.first, "last": e.last} for e in view.exhibits
            ],
        },
    )
