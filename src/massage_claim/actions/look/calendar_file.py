"""The last days of a case as a calendar file, loaded only when one is asked for.

By default an entry names no patient, payer, date of service or reason: calendars are shared. Its UID is made of the
member ID by a slow one-way function, so that two cases never meet in one calendar and nobody can read the number back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from massage_claim.actions.project import Opened
from massage_claim.calc.due import Due, Kind
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.exchange.calendar import Entry, Known, read_calendar, to_calendar
from massage_claim.store.read import file_bytes
from massage_claim.store.write import replace_file
from massage_claim.writing.formats import plural

ENDING = ".ics"
_MOST_BYTES = 5_000_000
_ROUNDS = 100_000
_SALT = b"massage-claim calendar"
_TITLES: dict[Kind, str] = {
    "appeal": "Insurance papers: last day to appeal",
    "external": "Insurance papers: last day to ask for review",
    "hearing": "Insurance papers: last day to ask for a hearing",
    "keep-benefits": "Insurance papers: last day to keep approved visits",
    "filing": "Insurance papers: last day to send",
    "information": "Insurance papers: last day to answer",
    "decision": "Insurance papers: an answer is due",
    "follow-up": "Insurance papers: ask how it stands",
    "order": "Insurance papers: something runs out",
    "authorization": "Insurance papers: something runs out",
    "licence": "Insurance papers: something runs out",
    "reassessment": "Insurance papers: a form to fill in again",
}
_WHERE_MORE = f"What and why: {spell('deadlines')}"
_EARLY = (14, 3, 1)


def write_calendar_file(
    opened: Opened, found: Sequence[Due], path: Path, *, details: bool, dry_run: bool
) -> tuple[str, ...]:
    """Writes the file, readable for its owner alone, and returns what to tell. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    place = path.absolute()
    if place.suffix.lower() != ENDING:
        raise UsageProblem(Problem("--ics: a calendar file's name ends in .ics.", "Name it such as claims.ics."))
    if not place.parent.is_dir():
        raise UsageProblem(Problem("--ics: there is no such folder.", "Name a file in a folder that is there."))
    earlier = _read_earlier(place)
    entries = [_make_entry(opened, one, details=details) for one in found]
    data = to_calendar(entries, opened.today, earlier)
    if not dry_run:
        replace_file(place.parent, "", place.name, data)
    here = {entry.uid for entry in entries}
    gone = sum(1 for uid, one in earlier.items() if uid not in here and one.entry.day >= opened.today)
    told = f"{'Would be in the calendar file' if dry_run else 'In the calendar file'}: {plural(len(entries), 'day')}"
    told += f", {plural(gone, 'entry', 'entries')} cancelled." if gone else "."
    if details:
        return (told, "It says what each day is about. Keep it out of a calendar that others see.")
    return (told, "It names nobody and no reason. Import it again after a change: entries are updated.")


def _read_earlier(path: Path) -> dict[str, Known]:
    """What the file before held. Raises WouldOverwrite when a file is there that this program did not make."""
    if not path.exists() and not path.is_symlink():
        return {}
    plain = path.is_file() and not path.is_symlink()
    known = read_calendar(file_bytes(path.parent, path.name, _MOST_BYTES)) if plain else None
    if known is None:
        says = "This file is no calendar that this program made; nothing was changed."
        raise WouldOverwrite(Problem(says, "Choose another name for --ics.", Where(str(path))))
    return known


def _make_entry(opened: Opened, one: Due, *, details: bool) -> Entry:
    title, words = _TITLES[one.kind], _WHERE_MORE
    if details:
        payer = f", {opened.case.plan.payer}" if opened.case.plan.payer else ""
        title = f"{one.what}: {one.about}{payer}"
        words = "\n".join((one.because, f"{one.rule} ({one.source})", f"Do: {one.command}"))
    elif one.recommended < one.day:
        words = f"Aim for {one.recommended.isoformat()}. {words}"
    early = (one.day - one.recommended).days
    remind = tuple(days + early for days in _EARLY) if one.legal_matter else (0,)
    return Entry(_make_uid(opened, one), one.day, title, words, remind if one.day >= opened.today else ())


def _make_uid(opened: Opened, one: Due) -> str:
    what = "|".join((one.kind, one.about, one.part))
    return f"{hashlib.blake2b(what.encode(), digest_size=16, key=_make_key(opened)).hexdigest()}@massage-claim"


def _make_key(opened: Opened) -> bytes:
    """One for each patient and plan contract, whatever the folder is called and wherever it lies."""
    case = opened.case
    who = case.plan.member_id or f"{case.patient.name or ''} {case.patient.birth_date or ''}"
    return _hash_slowly(who)


@cache
def _hash_slowly(who: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", who.encode(), _SALT, _ROUNDS)
