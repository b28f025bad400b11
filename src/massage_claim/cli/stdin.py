"""Standard input as a text, for an option whose value is `-`."""

from __future__ import annotations

import sys

from massage_claim.errors import Problem, UsageProblem

_MOST = 1_000_000


def text_or_standard_input(option: str, value: str | None) -> str | None:
    """The value itself, or what standard input holds when it is `-`. Raises UsageProblem when that is no readable text."""
    if value != "-":
        return value
    if sys.stdin is None:
        raise UsageProblem(Problem(f"{option} -: there is no standard input.", f"Give the text itself to {option}."))
    data = sys.stdin.buffer.read(_MOST + 1)
    if len(data) > _MOST:
        raise UsageProblem(Problem(f"{option} -: the text is too long.", "Attach long papers as PDF instead."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem(f"{option} -: standard input is not UTF-8 text.", "Save it as UTF-8, then try again.")
        raise UsageProblem(problem) from None
    return text.replace("\r\n", "\n").strip("\n")
