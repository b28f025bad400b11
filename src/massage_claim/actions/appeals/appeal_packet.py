"""`appeal`: the packet of one round against a recorded denial, or the one next command when the answer is no appeal.

It adds appeals/DATE.yaml once (what the round is about, for the person to edit) and writes out/; nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from massage_claim import yamltext
from massage_claim.actions.appeals.evidence_choice import LIST, choose_studies, list_studies, tell_adverse_studies
from massage_claim.actions.appeals.one_round import BuiltAppeal, build_appeal, folder_name, write_editable_letter
from massage_claim.actions.appeals.own_letter import name_letter_file, refuse_twin, tell_letter, write_letter
from massage_claim.actions.appeals.round_choice import (
    WHAT_IS_LEFT,
    add_round,
    add_statements,
    choose_denial,
    choose_level,
    refuse_nothing_new,
    write_round,
)
from massage_claim.actions.look.progress_words import warn_of_packet
from massage_claim.actions.look.verdict_words import PATHS, verdict_data, verdict_lines
from massage_claim.actions.packets.copies import Copy, copy_originals, tell_copies
from massage_claim.actions.packets.one_claim import write_manifest
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.claim_split import free_id
from massage_claim.calc.decisions import find_claim
from massage_claim.calc.law import law_kind
from massage_claim.calc.reasons import reasons_of, refusal_of_appeal
from massage_claim.calc.regimes import when_unknown
from massage_claim.calc.rounds import find_answered, find_place, reasons_behind
from massage_claim.calc.triage import AppealPath, find_path
from massage_claim.checks import Finding, find
from massage_claim.command_text import spell
from massage_claim.documents.criteria import page_to_match, unusable_criteria
from massage_claim.errors import ExitCode, NotReady, Problem, UsageProblem, WouldOverwrite
from massage_claim.facts.appeal_rules import AppealLevel
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.write import make_folder, remove_others, replace_file
from massage_claim.writing.blocks import Block
from massage_claim.writing.formats import money
from massage_claim.yamltext import Node

INSTEAD = frozenset({"correct", "send", "route", "ask", "wait", "dead-end"})
_SAYS = {
    "correct": "First move: send a corrected claim, no appeal.",
    "send": "First move: send what is missing, no appeal.",
    "route": "First move: another insurance is to pay first.",
    "ask": "First move: ask the plan for its reason in writing.",
    "wait": "First move: wait; nothing is decided yet.",
    "dead-end": "Nothing more is to be had from this plan by an appeal.",
    "share": "This is your own share, not a denial.",
    "as-expected": "This was paid as expected.",
}
_NO_OUTSIDE = "A later outside review is not open for it: that reviewer decides medical questions, not the contract."


def appeal(
    project: Path | None,
    *,
    decision: str | None = None,
    level: str | None = None,
    reasons: Sequence[str] = (),
    weigh: bool = False,
    whats_new: str | None = None,
    good_cause: str | None = None,
    evidence: Sequence[str] = (),
    letter: bool = False,
    preview: bool = False,
    draft: bool = False,
    dry_run: bool = False,
) -> Result:
    """Builds the round that comes next, or says what to do instead of an appeal.

    `level`: None for the next one. `reasons`: what the letter answers; with `weigh` they were only picked from the list
    of what the notice may mean, and the triage still decides. `evidence`: studies to cite, by id; `?` lists those that
    fit. `letter`: also writes the letter to edit, once. Raises UsageProblem, WouldOverwrite, and NotReady when there is no denial to
    appeal, a guard stops it, or a later round says nothing new.
    """
    opened = open_case(project)
    case, facts, today = opened.case, opened.facts, opened.today
    denial = choose_denial(opened, decision, level)
    if LIST in evidence:
        return list_studies(opened, denial)
    number = choose_level(opened, denial, level)
    record = next((one for one in case.appeals if one.decision == denial.record_id and one.level == number.level), None)
    known = tuple(word for word in reasons if word and not (weigh and word in facts.other_meanings))
    if find_answered(case, denial) is not None and not (known or reasons_of(denial, facts)):
        known = reasons_behind(case, facts, denial)  # kept without a new reason: the earlier ones go on
    answers = (*known, *(record.reasons if record else ()))
    path = find_path(denial, case, facts, today, reasons or answers)
    stopped = path.path != "appeal" and (weigh or not answers)
    refusal = refusal_of_appeal(denial, case, facts, today, known)
    if refusal is not None and not (stopped and path.path in INSTEAD):
        raise NotReady(refusal)
    if stopped:
        return answer_without_appeal(opened, denial, path)
    if number.court:
        raise NotReady(explain_court_case(opened, denial))
    studies = choose_studies(opened, denial, evidence, record)
    made = record or _make_round(opened, denial, number.level, known, studies)
    made = add_statements(opened, made, whats_new, good_cause)
    opened = add_round(opened, made)
    if not (draft or preview):
        refuse_nothing_new(opened, denial, made)
    looked = case if preview and record is None else opened.case
    blocking = tuple(one for one in find(looked, facts, today) if one.blocks and one.step == "appeal")
    if blocking and not draft:
        return _refuse(opened, blocking)
    if letter and (opened.folder / name_letter_file(made)).exists():
        raise WouldOverwrite(refuse_twin(name_letter_file(made)))
    built = build_appeal(opened, denial, made, issued=today, draft=draft)
    written: list[str] = []
    signed = copy_originals(built.packet.originals)
    if not (preview or dry_run):
        # the record is added last: what cannot be built leaves nothing behind
        written = write_round(opened.folder, record, made)
        written += _write(opened.folder, made, built, signed)
        written += (
            write_letter(opened.folder, made, write_editable_letter(opened, denial, made, built)) if letter else ()
        )
    said = (*tell_triage(denial, path), *tell_round(opened, number, built.view.requested))
    result = _report(opened, denial, made, built, written, preview, said, path)
    return tell_copies(result, {folder_name(made): signed} if written else {})


def _make_round(opened: Opened, denial: Decision, level: str, reasons: Sequence[str], studies: Sequence[str]) -> Appeal:
    """The round's record under the name it will have. Raises UsageProblem for an option that it can't take."""
    taken = {one.stem for one in opened.case.appeals}
    record_id = f"{Appeal.FOLDER}/{free_id(opened.today.isoformat(), taken)}"
    tree: dict[str, Node] = {"decision": denial.record_id, "level": level, "reasons": list(reasons)}
    before = find_answered(opened.case, denial)  # what the person matched and chose for the round before goes on
    tree |= {name: to_tree(before)[name] for name in ("criteria", "evidence") if before and getattr(before, name)}
    tree |= {"evidence": list(studies)} if studies else {}
    made, problems = from_tree(Appeal, yamltext.read(yamltext.write(tree), f"{record_id}.yaml"), record_id)
    if made is None:
        raise UsageProblem(tuple(Problem(f"--level or --reason: {item.says}", item.fix) for item in problems))
    return made


def _write(folder: Path, record: Appeal, built: BuiltAppeal, signed: Sequence[Copy]) -> list[str]:
    out = f"out/{folder_name(record)}"
    tree = built.manifest | ({"copies": [one.listed() for one in signed]} if signed else {})
    names = {
        f"{folder_name(record)}.pdf": built.packet.merged.pdf,
        **{one.name: one.data for one in signed},
        "manifest.yaml": write_manifest(tree).encode(),
    }
    make_folder(folder / "out")
    for name, data in names.items():
        replace_file(folder, out, name, data)
    remove_others(folder, out, frozenset(names))
    return [f"{out}/{name}" for name in names]


def _refuse(opened: Opened, blocking: tuple[Finding, ...]) -> Result:
    return Result(
        says=("No appeal was built: something must be fixed first.",),
        findings=blocking,
        notes=opened.notes,
        next=f"Mend what is listed, then run `{spell('appeal')}` again.",
        code=ExitCode.NOT_READY,
    )


def _report(
    opened: Opened,
    denial: Decision,
    record: Appeal,
    built: BuiltAppeal,
    written: list[str],
    preview: bool,
    said: tuple[str, ...],
    path: AppealPath,
) -> Result:
    view, packet = built.view, built.packet
    says = [*said, f"{view.level_words}: {packet.merged.pages} pages, {len(view.exhibits)} exhibits (proof pages)."]
    says += [
        f"  page {entry.pages}: {f'Exhibit {entry.letter}: ' if entry.letter else ''}{entry.title}"
        for entry in packet.contents
    ]
    says += [f"  Sign on page {spot.page} ({spot.paper}): {spot.who or spot.label}" for spot in packet.signatures]
    says += [f"  Not included: {item.what}, because {item.why}." for item in built.choice.left_out]
    says += [f"  Note: {note}" for note in packet.merged.notes]
    if find_answered(opened.case, denial) is not None and "denial" not in view.see:
        says.append(
            f"No proof page shows this decision: {spell('attach', 'FILE', kind='denial', for_=denial.record_id)}"
        )
    papers = {piece.paper.name for piece in built.choice.pieces if piece.paper}
    says += [f"  {words}" for words in warn_of_packet(view.changes, papers)]
    says += tell_adverse_studies(opened.facts, view.citations) if built.own is None else ()
    if record.whats_new:
        says.append("What is new is printed as the patient's own words. Attach the paper that it speaks of:")
        says.append(f"  {spell('attach', 'FILE', kind='KIND', for_=denial.record_id)}")
    says += tell_letter(record, built.own, built.stale, written)
    says += [f"  Not used: {why}" for why in unusable_criteria(opened.case, record, built.claim)]
    page = page_to_match(opened.case, record, built.claim)
    if page is not None:
        says.append("The letter answers the plan's criteria point by point once you write each down, then build again:")
        point = {"criteria.1.criterion": "TEXT", "criteria.1.source": page, "criteria.1.evidence": "TEXT"}
        says.append(f"  {spell('edit', record.record_id, set=point)}")
    if view.send_by and view.send_by < opened.today:
        says.append(f"The last day was {view.send_by.isoformat()}. {view.send_by_words}")
        if not record.good_cause:
            says.append(f"Say the good cause in the letter: {spell('appeal', good_cause='TEXT')}")
    elif view.send_by:
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
        says += tell_where_to(opened, record)
    method = "certified-mail" if view.to_address else "fax" if view.to_fax else "METHOD"
    blocks: tuple[Block, ...] = built.letter.blocks if preview else ()
    return Result(
        says=tuple(says),
        written=tuple(written),
        notes=opened.notes,
        blocks=blocks,
        next=f"Sign it, send it, then: {spell('submit', appeal=record.record_id, date='DATE', method=method)}",
        data={
            "appeal": record.record_id,
            "decision": denial.record_id,
            "level": record.level,
            "pages": packet.merged.pages,
            "path": path.path,
            "because": list(path.because),
            "outside_review": path.outside,
            "lines": verdict_data(path.verdicts),
            "send_by": view.send_by.isoformat() if view.send_by else None,
            "reasons": [reason.family for reason in view.reasons],
            "exhibits": [
                {"letter": e.letter, "title": e.title, "first": e.first, "last": e.last} for e in view.exhibits
            ],
        },
    )


def tell_triage(denial: Decision, path: AppealPath) -> tuple[str, ...]:
    """What each part of the decision asks for."""
    if path.by_choice:
        found: tuple[str, ...] = (f"By the reason you chose: {PATHS[path.path]}. {' '.join(path.because)}",)
    else:
        found = verdict_lines(denial, path.verdicts)
    return (*found, _NO_OUTSIDE) if path.path == "appeal" and not path.outside else found


def answer_without_appeal(opened: Opened, denial: Decision, path: AppealPath) -> Result:
    """What to do, with its reason and source, and what stays possible beside it."""
    facts = opened.facts.on(denial.notice_date)
    says = [_SAYS[path.path], *tell_triage(denial, path)]
    told = set(" ".join(says).split(". "))
    says += [one for one in path.because if one.rstrip(".") not in told and one not in " ".join(says)]
    if path.source:
        says.append(f"Source: {path.source}.")
    families = list(dict.fromkeys(one.family for one in path.verdicts if one.family))
    if path.path == "ask" and not families:
        says.append("If you know what the printed reason comes down to, choose it with --reason:")
        says += [f"  {one.name}: {one.words}" for one in facts.denial_families.values()]
    elif path.path in ("correct", "send", "route", "ask") and path.rounds:
        says.append(f"To appeal all the same: {spell('appeal', decision=denial.record_id, reason=families or 'NAME')}")
    if path.send_by is not None and path.path in ("correct", "send", "route", "ask"):
        day = path.send_by.recommended if not path.late else path.send_by.date
        words = "The last day to appeal was" if path.late else "That stops no clock: an appeal must be sent by"
        says.append(f"{words} {day.isoformat()}.")
    return Result(
        says=tuple(dict.fromkeys(says)),
        notes=opened.notes,
        next=_choose_next(opened, denial, path),
        data={
            "decision": denial.record_id,
            "path": path.path,
            "because": list(path.because),
            "resend": path.resend,
            "send_by": path.send_by.date.isoformat() if path.send_by else None,
            "late": path.late,
            "outside_review": path.outside,
            "lines": verdict_data(path.verdicts),
        },
        code=ExitCode.NOT_READY,
    )


def tell_round(opened: Opened, level: AppealLevel, requested: Decimal) -> Iterator[str]:
    """Who decides this round, and what it needs: form, least amount, whether the plan sends it there itself."""
    yield f"This round is {level.called}. Who decides: {level.to}"
    yield f"Where to: {level.where}"
    if level.form:
        yield f"The official form is {level.form}; a letter that says the same is taken too."
    if level.words:
        yield level.words
    least = opened.facts.deadlines.amounts.get(level.amount) if level.amount else None
    if least is not None and requested < least.dollars:
        says = (
            f"{least.words.rstrip('.')} is {money(least.dollars)} in {opened.today.year}; this has {money(requested)}."
        )
        yield f"{says} Ask whether claims can be added together." + ("" if least.may_be_quoted else f" {least.note}")
    if not level.may_be_quoted and level.note:
        yield level.note


def tell_where_to(opened: Opened, record: Appeal) -> Iterator[str]:
    """What to do where no address is known for this round."""
    if find_place(opened.case, opened.facts, record.level, record).elsewhere:
        yield "It does not go to the plan's appeals desk. Copy the address of the last letter to letter and cover sheet."
        yield f"To print it: {spell('edit', record.record_id, set={'send_to.fax': 'NUMBER'})}, or send_to.address."
        return
    yield "The appeals address is on the decision letter: write it on the blank line of letter and cover sheet."
    yield "To print it, write it in plan.yaml under rules, appeals_address, and build the appeal again."


def explain_court_case(opened: Opened, denial: Decision) -> Problem:
    """The round is in court: no letter of this program belongs there."""
    says = "The next round is a case in court, for which this program builds no papers."
    return Problem(says, f"Ask a lawyer. {WHAT_IS_LEFT}", opened.case.where(denial))


def _choose_next(opened: Opened, denial: Decision, path: AppealPath) -> str:
    claim = find_claim(opened.case, denial.about)
    about = claim.record_id if claim else denial.about
    match path.path:
        case "correct":
            return spell("build-packet", corrects=about)
        case "send":
            return spell("log-contact", about=about)
        case "route":
            return spell("log-contact", script=True, about=about)
        case "ask":
            return spell("paper", "claim-file-request", for_=denial.record_id)
        case "wait":
            return spell("deadlines")
        case "dead-end":
            return spell("paper", "what-is-left")
    return spell("status")
