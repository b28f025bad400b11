"""`deadlines`: every last day of the case, soonest first, with its rule, its start and the record that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from massage_claim.actions.project import open_case
from massage_claim.actions.result import Result
from massage_claim.calc.deadline_list import list_deadlines, unknown_days, unknown_words
from massage_claim.calc.due import Due
from massage_claim.command_text import spell
from massage_claim.writing.blocks import Block, Fields, Heading, Paragraph, text
from massage_claim.writing.formats import long_date, plural

_ASK = "Check with your plan."


def deadlines(project: Path | None, *, ics: Path | None = None, details: bool = False, dry_run: bool = False) -> Result:
    """All of them; with `ics` also as a calendar file, `details` saying there what each is about.

    Raises Unreadable, UsageProblem, WouldOverwrite for a file that is no calendar of this program, CannotWrite.
    """
    opened = open_case(project)
    case, facts, today = opened.case, opened.facts, opened.today
    found = list_deadlines(case, facts, today)
    unknown = unknown_days(case, facts)
    says: tuple[str, ...] = () if found else ("No last day lies ahead, as far as the records say.",)
    written: tuple[str, ...] = ()
    if ics is not None:
        from massage_claim.actions.look.calendar_file import write_calendar_file

        told = write_calendar_file(opened, found, ics, details=details, dry_run=dry_run)
        says, written = (*says, *told), (() if dry_run else (str(ics),))
    return Result(
        says=says,
        written=written,
        blocks=tuple(_make_blocks(found, today)),
        notes=(*unknown_words(case, facts), *opened.notes),
        next=_choose_next(found, today),
        data={
            "today": today,
            "deadlines": [make_due_data(one, today) for one in found],
            "unknown": [{"about": record, "what": what} for record, what in unknown],
        },
    )


def make_due_data(one: Due, today: date) -> dict[str, object]:
    """One day as `--json` gives it. Keys are only ever added."""
    return {
        "what": one.what,
        "kind": one.kind,
        "about": one.about,
        "date": one.day,
        "recommended": one.recommended,
        "days_left": (one.day - today).days,
        "rule": one.rule,
        "source": one.source,
        "because": one.because,
        "legal": one.legal,
        "assumed": one.assumed,
        "command": one.command,
        "start": one.start,
        "event": one.event,
        "evidence": one.evidence,
        "verified": one.verified,
        "by_payer": one.by_payer,
    }


def tell_days_left(day: date, today: date) -> str:
    """How far away a day is, in words."""
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"passed {plural(-days, 'day')} ago"


def tell_doubt(one: Due) -> str:
    """What is not certain about a day; empty when nothing is."""
    if not one.verified:
        return f"From general knowledge. {_ASK}"
    if one.assumed and one.by_payer:
        return "The plan did not say when it arrived."
    if one.assumed:
        return f"Assumed: the plan did not say. {_ASK}"
    return ""


def _make_blocks(found: Sequence[Due], today: date) -> Iterator[Block]:
    """One group of fields for each day; what has passed is said in its heading."""
    if not found:
        return
    yield Heading(3, text(f"Last days on {long_date(today)}"))
    for one in found:
        whose = " (theirs)" if one.by_payer else ""
        yield Paragraph(
            text(f"{one.day.isoformat()}  {one.what}{whose}, {tell_days_left(one.day, today)}: {one.about}", bold=True)
        )
        yield Fields(tuple((label, text(words)) for label, words in _make_rows(one, today)), columns=1)


def _make_rows(one: Due, today: date) -> Iterator[tuple[str, str]]:
    if today <= one.recommended < one.day:
        yield "Aim for", one.recommended.isoformat()
    yield "Why", " ".join(part for part in (one.because, tell_doubt(one)) if part)
    repeats = one.because.startswith(one.rule.rstrip("."))
    yield ("Source", one.source) if repeats else ("Rule", f"{one.rule} ({one.source})")
    if one.evidence:
        yield "Counted from", f"{one.event}, {one.start}, in {one.evidence}" if one.start else one.evidence
    yield "Do", one.command


def _choose_next(found: Sequence[Due], today: date) -> str:
    """What has passed first, for it stays only while something can be done; else the nearest day that the person must meet."""
    mine = (one for one in found if one.day < today or not one.by_payer)
    first = next(mine, None) or next(iter(found), None)
    return first.command if first else spell("status")
