"""Superbills and receipts that the practice hands out, each numbered, written down in statements/ as it was printed, and kept in sent/.

The same visits with the same lines are a reprint, equal to the byte; changed ones are the next version of their number.
Without a choice they are about the visits not handed out yet, else about those handed out last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.packets.one_claim import make_claim_scene
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.actions.send.statement_numbers import give_out_printed, read_kept_pdf
from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.claim_split import free_id, split
from massage_claim.calc.money import money_of, payments_by_session
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.checks.charges_match_payments import overpaid
from massage_claim.documents.build import applies, make_paper
from massage_claim.documents.claims import parties_of, view_claim
from massage_claim.documents.musts import find_missing
from massage_claim.documents.papers import Paper
from massage_claim.documents.scene import Scene
from massage_claim.documents.statements import assign_number, list_latest, sessions_in
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Statement
from massage_claim.models.providers import Parties
from massage_claim.models.record import to_tree
from massage_claim.models.session import Session
from massage_claim.pdf.flow import Drawn
from massage_claim.store.rollback import Added
from massage_claim.store.write import make_folder, replace_file
from massage_claim.writing.formats import listed, money, plural, short_date
from massage_claim.writing.shelf import Library
from massage_claim.yamltext import Node

NUMBERED = ("superbill", "receipt")
NO_DIAGNOSIS = (
    "Without a prescriber's diagnosis there is no superbill, only a receipt: a massage therapist does not diagnose."
)


@dataclass(frozen=True)
class _Sheet:
    """One paper that is ready. `old`: the statement of which it is a reprint."""

    paper: Paper
    scene: Scene
    drawn: Drawn
    old: Statement | None


def hand_out_paper(
    opened: Opened,
    library: Library,
    name: str,
    *,
    for_: str | None,
    from_: date | None,
    to: date | None,
    reason: str | None,
    preview: bool,
    dry_run: bool,
) -> Result | None:
    """The superbill or receipt that the practice hands out; a receipt where there is no diagnosis for a superbill.

    None when there is nothing it could be about. Raises UsageProblem, NotReady.
    """
    for one in (name, "receipt"):
        chosen = choose_visits(opened, one, for_, from_, to)
        result = hand_out(opened, library, one, chosen, reason=reason, preview=preview, dry_run=dry_run)
        if result is not None:
            return result if one == name else replace(result, says=(NO_DIAGNOSIS, *result.says))
    return None


def hand_out(
    opened: Opened,
    library: Library,
    name: str,
    chosen: Sequence[Chosen],
    *,
    reason: str | None = None,
    preview: bool = False,
    dry_run: bool = False,
) -> Result | None:
    """The paper for these visits, one for each therapist; None when there is nothing that it could say.

    Raises NotReady when a must element is missing.
    """
    scenes = [scene for scene in _make_scenes(opened, name, chosen, reason) if applies(library, name, scene)]
    if not scenes:
        return None
    title = library.front(name).title
    lacking = [
        Problem(f"{title}: {item.what} is missing.", item.ask, item.where)
        for scene in scenes
        for item in find_missing(name, scene)
    ]
    if lacking:
        raise NotReady(tuple(dict.fromkeys(lacking)))
    refuse_overpaid(opened, (session for scene in scenes for session in scene.sessions))
    sheets = [_make_sheet(opened, library, name, scene) for scene in scenes]  # all are drawn before one is written
    if preview:
        blocks = tuple(block for sheet in sheets for block in sheet.paper.blocks)
        return Result(says=tuple(_tell_sheets(sheets)), notes=opened.notes, blocks=blocks, data=_make_data(sheets))
    written: list[str] = []
    for number, sheet in enumerate(sheets):
        file = f"{name}.pdf" if len(sheets) == 1 else f"{name}-{sheet.paper.about.rpartition('/')[2]}.pdf"
        if any(other.paper.about == sheet.paper.about for other in sheets[:number]):
            file = f"{name}-{number + 1}.pdf"
        written += [f"out/papers/{file}", *(_write(opened, name, sheet, file) if not dry_run else ())]
    left = ("Dry run: nothing was written.",) if dry_run else ()
    notes = (*opened.notes, *_tell_overlaps(opened, name, sheets), *_tell_unpaid(sheets))
    return Result(
        says=(*left, *_tell_sheets(sheets)),
        written=() if dry_run else tuple(written),
        notes=notes,
        data=_make_data(sheets),
    )


def refuse_overpaid(opened: Opened, sessions: Iterable[Session]) -> None:
    """No paper of the practice says what another one contradicts. Raises NotReady for a visit that was paid too much for."""
    found = tuple(
        Problem(f"Not handed out: {finding.says[0].lower()}{finding.says[1:]}", finding.fix, finding.where)
        for finding in overpaid(opened.case, sessions)
    )
    if found:
        raise NotReady(found)


def _make_scenes(opened: Opened, name: str, chosen: Sequence[Chosen], reason: str | None) -> Iterator[Scene]:
    case, facts = opened.case, opened.facts
    ids = {claim.stem for claim in case.claims}
    given: list[str] = []
    paid = payments_by_session(case)
    split_up = [
        (part, parts, one.about) for one in chosen for parts in [split(case, facts, one.sessions)] for part in parts
    ]
    for part, parts, about in split_up:
        reference = free_id(part[0].date.isoformat(), ids)
        ids.add(reference)
        view = view_claim(case, reference, tuple(line for one in part for line in lines_of(case, facts, one, paid)))
        scene = make_claim_scene(opened, view)
        shown = assign_number(
            case,
            view,
            opened.today,
            paper=name,
            parties=_make_parties(scene),
            about=about if len(parts) == 1 else None,
            reason=reason,
            taken=given,
        )
        given.append(shown.number)
        yield replace(scene, statement=shown, today=shown.issued)


def _make_parties(scene: Scene) -> Parties:
    """Who stands on the paper, for its snapshot."""
    who = {"therapist": scene.therapist, "practice": scene.practice, "prescriber": scene.prescriber}
    return parties_of(scene.case, scene.orders, **who)


def _make_sheet(opened: Opened, library: Library, name: str, scene: Scene) -> _Sheet:
    shown, claim = scene.statement, scene.claim
    assert shown is not None  # noqa: S101 - `_make_scenes` gives each scene both
    assert claim is not None  # noqa: S101
    old = list_latest(opened.case, name).get(shown.number)
    reprint = old if old is not None and old.version == shown.version else None
    paper = make_paper(library, name, scene, f"claims/{claim.reference}")
    drawn = draw_paper(paper, alone=True)
    kept = read_kept_pdf(opened.folder, reprint) if reprint else None
    return _Sheet(paper, scene, replace(drawn, pdf=kept) if kept is not None else drawn, reprint)


def _write(opened: Opened, name: str, sheet: _Sheet, file: str) -> tuple[str, ...]:
    """The PDF in out/papers/; of a new statement first the PDF in sent/ and its record. All of them, or none.

    Raises NotReady when another program gave the number out meanwhile, CannotWrite.
    """
    for folder in ("out", "sent"):
        make_folder(opened.folder / folder)
    shown, claim = sheet.scene.statement, sheet.scene.claim
    if sheet.old is not None or shown is None or claim is None:
        replace_file(opened.folder, "out/papers", file, sheet.drawn.pdf)
        return ()
    stem = shown.number if shown.version == 1 else f"{shown.number}-v{shown.version}"
    tree: dict[str, Node] = {
        "number": shown.number,
        "version": str(shown.version),
        "issued": shown.issued.isoformat(),
        "paper": name,
        "lines": [to_tree(line) for line in claim.lines],
        "parties": dict(to_tree(_make_parties(sheet.scene))),
        "replaces": str(shown.replaces) if shown.replaces else None,
        "reason": shown.reason if shown.replaces else None,
    }
    with Added(opened.folder) as added:
        names = give_out_printed(added, f"{name}-{stem}", stem, tree, sheet.drawn.pdf)
        replace_file(opened.folder, "out/papers", file, sheet.drawn.pdf)  # last: nobody prints a number not given out
    return names


def _tell_sheets(sheets: Sequence[_Sheet]) -> Iterator[str]:
    for sheet in sheets:
        shown = sheet.scene.statement
        if shown is None:
            continue
        pages = plural(sheet.drawn.pages, "page")
        yield f"{sheet.paper.title} {shown.number}, version {shown.version}: {pages}."
        if sheet.old is not None:
            yield "  A reprint of what was handed out: nothing on it has changed since."
        elif shown.replaces:
            yield f"  It replaces version {shown.replaces}: {shown.reason}. Tell whoever has that one."
        yield from (f"  Sign on page {page}: {under or label}" for label, under, page in sheet.drawn.signatures)


def _tell_overlaps(opened: Opened, name: str, sheets: Sequence[_Sheet]) -> Iterator[str]:
    """A visit that stands on two numbers would be claimed twice."""
    for sheet in sheets:
        shown, claim = sheet.scene.statement, sheet.scene.claim
        for other in list_latest(opened.case, name).values() if shown and claim and sheet.old is None else ():
            both = sessions_in(other.lines) & sessions_in(claim.lines) if claim else frozenset[str]()
            if shown and other.number != shown.number and both:
                days = listed(sorted({short_date(line.date) for line in other.lines if line.session in both}))
                yield f"{days}: on {other.number}, too. Whoever claims from both papers would claim twice."


def _tell_unpaid(sheets: Iterable[_Sheet]) -> Iterator[str]:
    """What is open on a superbill or receipt is said here, too."""
    for claim in (sheet.scene.claim for sheet in sheets):
        if claim is not None and claim.balance > 0:
            yield f"{money(claim.balance)} of it is not paid yet, by the payments written down."


def _make_data(sheets: Sequence[_Sheet]) -> dict[str, object]:
    return {
        "papers": [
            {
                "name": sheet.paper.name,
                "about": sheet.paper.about,
                "draft": sheet.paper.draft is not None,
                "number": sheet.scene.statement.number if sheet.scene.statement else None,
                "version": sheet.scene.statement.version if sheet.scene.statement else None,
                "reprint": sheet.old is not None,
            }
            for sheet in sheets
        ]
    }


@dataclass(frozen=True)
class Chosen:
    """The visits that were asked for. `about`: the statement that is printed again or corrected."""

    sessions: tuple[Session, ...]
    about: Statement | None = None


def choose_visits(
    opened: Opened, name: str, for_: str | None, from_: date | None, to: date | None
) -> tuple[Chosen, ...]:
    """One visit, a span of dates, the visits of a statement; else those not handed out yet, else what was handed out last.

    Raises UsageProblem for a name or span that holds no visit.
    """
    case = opened.case
    handed = list_latest(case, name)
    if for_ is not None:
        about = handed.get(for_.removeprefix("statements/"))
        if about is not None:
            return (Chosen(_find_sessions(opened, about), about),)
        one = case.find(Session, for_)
        if one is None:
            says = "--for names nothing in this case that the paper could be about."
            fix = "Name a session such as sessions/2026-01-14, a claim such as claims/2026-01-14, or a number such as "
            raise UsageProblem(Problem(says, f"{fix}{next(iter(handed), 'S-2026-01-14')}."))
        return (Chosen((one,)),)
    if from_ or to:
        spanned = [s for s in treatment_sessions(case) if (not from_ or s.date >= from_) and (not to or s.date <= to)]
        if not spanned:
            raise UsageProblem(Problem("There is no treatment session in that span.", "Choose other dates."))
        return (Chosen(tuple(spanned)),)
    out = {session for statement in handed.values() for session in sessions_in(statement.lines)}
    open_still = tuple(
        one for one in unclaimed_sessions(case) if one.record_id not in out and _is_payable(opened, name, one)
    )
    if open_still or not handed:
        return (Chosen(open_still or treatment_sessions(case)),)
    last_day = max(one.issued or date.min for one in handed.values())
    newest = [one for one in handed.values() if (one.issued or date.min) == last_day]
    return tuple(Chosen(_find_sessions(opened, one), one) for one in newest)


def _is_payable(opened: Opened, name: str, session: Session) -> bool:
    """A receipt is about visits that were paid for."""
    return name != "receipt" or bool(money_of(opened.case, session).paid)


def _find_sessions(opened: Opened, statement: Statement) -> tuple[Session, ...]:
    wanted = sessions_in(statement.lines)
    return tuple(session for session in treatment_sessions(opened.case) if session.record_id in wanted)
