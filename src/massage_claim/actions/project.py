"""Opens a case for a command.

Reads the project folder and one environment variable; writes nothing.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts, facts_on
from massage_claim.frozen import dataclass
from massage_claim.store.folder import find_project

if TYPE_CHECKING:
    from massage_claim.models.case import Case, CaseSettings

TODAY = "MASSAGE_CLAIM_TODAY"
"""The environment variable that says which day is today, as 2026-03-01."""


@dataclass(frozen=True)
class Place:
    """The project folder with its case.yaml; no other record has been read. `as_of`: case.yaml says which day is today."""

    folder: Path
    settings: CaseSettings
    today: date
    as_of: bool

    @property
    def notes(self) -> tuple[str, ...]:
        """What every result must say: that an example's day is not the calendar's, and that the case was closed."""
        return (*(example_day(self.today) if self.as_of else ()), *_closed(self.settings))


@dataclass(frozen=True)
class Opened:
    """A whole case, ready for a command. `as_of`: case.yaml says which day is today."""

    folder: Path
    case: Case
    facts: Facts
    today: date
    as_of: bool
    left_out: tuple[Problem, ...] = ()
    """Why records were left out, where a command goes on without them."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What every result must say: that an example's day is not the calendar's, and that the case was closed."""
        return (*self.day_notes, *_closed(self.case.settings))

    @property
    def day_notes(self) -> tuple[str, ...]:
        """The first of the two alone."""
        return example_day(self.today) if self.as_of else ()


def open_case(project: Path | None) -> Opened:
    """The whole case in `project`, or in the nearest folder above it. Raises Unreadable with every Problem, UsageProblem."""
    from massage_claim.store.read import read_case

    named = _day_in_environment()
    folder = find_project(project or Path())
    case = read_case(folder)
    today, as_of = _today(named, case.settings)
    return Opened(folder, case, facts_on(today), today, as_of)


def open_readable(project: Path | None) -> Opened:
    """As `open_case`, without the records that can't be read; `left_out` says which and why. Raises Unreadable, UsageProblem."""
    from massage_claim.store.read import read_readable

    named = _day_in_environment()
    folder = find_project(project or Path())
    case, left_out = read_readable(folder)
    today, as_of = _today(named, case.settings)
    return Opened(folder, case, facts_on(today), today, as_of, left_out)


def open_place(project: Path | None) -> Place:
    """The folder and the day only, for commands that must not read every record. Raises Unreadable, UsageProblem."""
    from massage_claim.models.case import CaseSettings
    from massage_claim.store.read import read_record

    named = _day_in_environment()
    folder = find_project(project or Path())
    settings = cast(CaseSettings, read_record(folder, "case")[0])
    today, as_of = _today(named, settings)
    return Place(folder, settings, today, as_of)


def iso_day(text: str) -> date:
    """The day that a text names as 2026-01-31. Raises ValueError, also for 20260131 and 2026-W05-6."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError
    return date.fromisoformat(text)


def today_without_case() -> date:
    """Today for a command that needs no case. Raises UsageProblem for a day in the environment that is none."""
    return _day_in_environment() or _calendar_day()


def example_day(today: date) -> tuple[str, ...]:
    """The sentence about a day that case.yaml sets."""
    return (f"Example case: today counts as {today.isoformat()}.",)


def _closed(settings: CaseSettings) -> tuple[str, ...]:
    closed = settings.closed
    if closed is None:
        return ()
    return (
        f"This case was closed on {closed.date.isoformat()} ({closed.reason}). Open it: {spell('close', reopen=True)}",
    )


def _today(named: date | None, settings: CaseSettings) -> tuple[date, bool]:
    if named is not None:
        return named, False
    if settings.as_of is not None:
        return settings.as_of, True
    return _calendar_day(), False


def _calendar_day() -> date:
    return datetime.now().astimezone().date()


def _day_in_environment() -> date | None:
    text = os.environ.get(TODAY, "").strip()
    if not text:
        return None
    try:
        return iso_day(text)
    except ValueError:
        says = f"The environment variable {TODAY} is not a day that exists."
        raise UsageProblem(Problem(says, f"Set it as year-month-day, {TODAY}=2026-03-01, or unset it.")) from None
