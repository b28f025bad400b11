"""A route verdict as sentences for the screen and as data for scripts. Takes a verdict, gives texts; reads nothing."""

from __future__ import annotations

from collections.abc import Iterator

from massage_claim.calc.route_verdict import Verdict


def verdict_says(found: Verdict) -> Iterator[str]:
    """The verdict, why, the next step, and what is still possible."""
    yield f"{found.title}. {found.says}"
    for reason in found.because:
        place = f" [{reason.where}]" if reason.where else ""
        yield f"  Why: {reason.says}{place}"
    yield f"  Source: {found.source}."
    if found.check:
        yield f"  {found.check}"
    yield f"  What to do: {found.next_step}"
    for question in found.asks:
        yield f"  Ask the plan: {question.question}"
    for way in found.alternatives:
        check = f" {way.check}" if way.check else ""
        yield f"  Still possible: {way.says}{check} [{way.source}]"


def verdict_data(found: Verdict) -> dict[str, object]:
    """The same for `--json`."""
    return {
        "name": found.name,
        "title": found.title,
        "pays": found.pays,
        "says": found.says,
        "because": [
            {"says": r.says, "source": r.source, "where": str(r.where) if r.where else None} for r in found.because
        ],
        "next_step": found.next_step,
        "source": found.source,
        "check": found.check,
        "provider": found.provider,
        "asks": [question.id for question in found.asks],
        "alternatives": [
            {"name": way.name, "says": way.says, "source": way.source, "check": way.check} for way in found.alternatives
        ],
    }
