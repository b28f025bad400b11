"""A date option that is no field of a record. Takes the option's name and its text, gives the day."""

from __future__ import annotations

import datetime

from massage_claim.errors import Problem, UsageProblem


def day(option: str, text: str | None) -> datetime.date | None:
    """The day that `text` names as 2026-01-31, or None without a text. Raises UsageProblem naming the option."""
    from massage_claim.actions.opening import iso_day

    if text is None:
        return None
    try:
        return iso_day(text.strip())
    except ValueError:
        raise UsageProblem(Problem(f"{option}: {_wrong(text.strip())}", "Write it as 2026-01-31.")) from None


def _wrong(text: str) -> str:
    written = len(text) == 10 and text[4] + text[7] == "--" and text.replace("-", "").isdigit()
    return "this is not a day that exists." if written else "this is not a date written as year-month-day."
