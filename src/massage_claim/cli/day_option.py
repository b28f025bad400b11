"""A date option that is no field of a record."""

from __future__ import annotations

import datetime

from massage_claim.errors import Problem, UsageProblem


def day(option: str, text: str | None) -> datetime.date | None:
    """The day that `text` names, 2026-01-31 or 1/31/2026, or None without a text. Raises UsageProblem naming the option."""
    from massage_claim.actions.record.usual_writings import day_written, why_no_day

    if text is None:
        return None
    try:
        return day_written(text)
    except ValueError:
        says, fix = why_no_day(text) or (_wrong(text.strip()), "Write it as 2026-01-31.")
        raise UsageProblem(Problem(f"{option}: {says[:1].lower()}{says[1:]}", fix)) from None


def _wrong(text: str) -> str:
    written = len(text) == 10 and text[4] + text[7] == "--" and text.replace("-", "").isdigit()
    return "this is not a day that exists." if written else "this is not a date written as year-month-day."
