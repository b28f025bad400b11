"""Numbers and versions of superbills and receipts, and what a new version changes, in words without values.

A correction keeps the number of the paper it corrects and counts its version on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from massage_claim.calc.claim_split import free_id
from massage_claim.documents.views import ClaimView, StatementView
from massage_claim.models.case import Case
from massage_claim.models.claim import ServiceLine, Statement
from massage_claim.models.providers import Parties
from massage_claim.writing.formats import listed, short_date

LETTER: Mapping[str, str] = {"superbill": "S", "receipt": "R"}
"""What a number begins with, for each paper that is numbered."""
OTHER_DETAILS = "details of who treated, is paid or ordered"


def list_latest(case: Case, paper: str = "superbill") -> dict[str, Statement]:
    """Number → its newest version, in order of their first visits."""
    found: dict[str, Statement] = {}
    for statement in case.statements:
        known = found.get(statement.number)
        if statement.paper == paper and (known is None or known.version < statement.version):
            found[statement.number] = statement
    return found


def sessions_in(lines: Iterable[ServiceLine]) -> frozenset[str]:
    """The visits behind lines."""
    return frozenset(line.session for line in lines)


def handed_out_for(case: Case, sessions: Collection[str], paper: str = "superbill") -> Statement | None:
    """The newest version of the statement about exactly these visits."""
    wanted = frozenset(sessions)
    fitting = [one for one in list_latest(case, paper).values() if sessions_in(one.lines) == wanted]
    return fitting[-1] if fitting else None


def same_as(statement: Statement, claim: ClaimView, parties: Parties | None) -> bool:
    """Whether a paper about the claim would say what the statement said. `parties`: who would stand on it."""
    if statement.lines != claim.lines:
        return False
    return statement.parties is None or parties is None or statement.parties == parties


def view_of(statement: Statement, issued: date) -> StatementView:
    """The statement as its paper shows it. `issued`: for one whose day nobody wrote down."""
    replaces = int(statement.replaces) if statement.replaces and statement.replaces.isdecimal() else None
    return StatementView(statement.number, statement.issued or issued, statement.version, replaces, statement.reason)


def assign_number(
    case: Case,
    claim: ClaimView,
    issued: date,
    *,
    paper: str = "superbill",
    parties: Parties | None = None,
    about: Statement | None = None,
    reason: str | None = None,
    taken: Collection[str] = (),
) -> StatementView:
    """The number of a paper about these lines: of the statement about the same visits, which may gain a version; else a new one.

    `about`: the statement that is corrected, whatever visits it holds now. `reason`: there is a correction, though no
    line differs. `taken`: numbers given out in the same run.
    """
    old = about or handed_out_for(case, sessions_in(claim.lines), paper)
    if old is None:
        used = {number.partition("-")[2] for number in (*list_latest(case, paper), *taken)}
        return StatementView(f"{LETTER[paper]}-{free_id(claim.reference, used)}", issued)
    if same_as(old, claim, parties) and reason is None:
        return view_of(old, issued)
    why = reason or tell_changes(old.lines, claim.lines) or OTHER_DETAILS
    return StatementView(old.number, issued, old.version + 1, old.version, why)


def of_claim(case: Case, claim: ClaimView, first: str, version: int, issued: date) -> StatementView:
    """The superbill of a claim. `first` and `version`: the claim that its corrections began with, and how many there are.

    A sent claim shows what was handed out with it. A superbill that was handed out before the claim keeps its number.
    """
    newest = list_latest(case)
    if claim.submission:
        with_it = [
            one for one in case.statements if one.claim == f"claims/{claim.reference}" and one.paper == "superbill"
        ]
        same = [one for one in newest.values() if one.lines == claim.lines]
        return view_of((with_it or same)[-1], issued) if with_it or same else _counted(claim, first, version, issued)
    if not claim.corrects:
        return assign_number(case, claim, issued)
    old = newest.get(f"S-{first}")
    if old is None or old.version < version:
        return _counted(claim, first, version, issued)
    if old.lines == claim.lines:
        return view_of(old, issued)
    return _counted(claim, first, old.version + 1, issued)


def _counted(claim: ClaimView, first: str, version: int, issued: date) -> StatementView:
    return StatementView(f"S-{first}", issued, version, version - 1 if version > 1 else None, claim.reason)


_COMPARED = (
    ("place", "place of service"),
    ("modifiers", "modifiers"),
    ("pointers", "diagnoses"),
    ("minutes", "minutes"),
    ("units", "units"),
    ("charge", "charge"),
    ("paid", "amount paid"),
    ("paid_on", "date of payment"),
    ("paid_by", "way of payment"),
    ("regions", "body regions"),
    ("rendering", "therapist"),
)

_FEW = 3
"""Up to so many visits are named by their days, though all of them changed."""


def tell_changes(old: tuple[ServiceLine, ...], new: tuple[ServiceLine, ...]) -> str | None:
    """What a correction changes in the lines that it holds, in words without values; None when the lines are equal."""
    before = {(line.session, line.code, at): line for at, line in _numbered(old)}
    changed: dict[str, dict[str, date]] = {}
    for at, line in _numbered(new):
        was = before.get((line.session, line.code, at))
        if was is None:
            words = ["procedure code"] if any(one.session == line.session for one in old) else ["visit added"]
        else:
            words = [words for field, words in _COMPARED if getattr(was, field) != getattr(line, field)]
            words += ["date of service"] if was.date != line.date else []
        for each in words:
            changed.setdefault(each, {})[line.session] = line.date
    alike: dict[tuple[str, ...], list[str]] = {}
    for words_of, visits in changed.items():
        alike.setdefault(tuple(visits), []).append(words_of)
    whole = len({line.session for line in new})
    parts = [
        f"{listed(named)} of {_which([changed[named[0]][visit] for visit in visits], whole)}"
        for visits, named in alike.items()
    ]
    return "; ".join(parts) or None


def _which(days: list[date], whole: int) -> str:
    """The days of the visits, each once; `all 20 visits` where a list of all would say no more."""
    if len(days) == whole > _FEW:
        return f"all {whole} visits"
    return listed([short_date(day) for day in dict.fromkeys(days)])


def _numbered(lines: tuple[ServiceLine, ...]) -> list[tuple[int, ServiceLine]]:
    """Each line with its number among those of the same session and code."""
    met: dict[tuple[str, str], int] = {}
    found = []
    for line in lines:
        key = (line.session, line.code)
        found.append((met.get(key, 0), line))
        met[key] = met.get(key, 0) + 1
    return found
