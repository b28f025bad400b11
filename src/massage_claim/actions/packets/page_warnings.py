"""What to know before a progress page leaves the house: that it shows a plateau or no gain. Takes changes, gives sentences.

The page may be left out; it is never reworded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from massage_claim.calc.shown_progress import courses
from massage_claim.documents.views import Change
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import listed

PAPER = "progress_report"


def before_it_goes_out(changes: Sequence[Change], names: Iterable[str]) -> tuple[str, ...]:
    """The warning about a packet whose papers have these names; nothing when the page is not in it or all goes well."""
    return _warning([one.measure for one in changes if one.stopped]) if PAPER in names else ()


def about_the_case(case: Case, facts: Facts, today: date) -> tuple[str, ...]:
    """The warning about the page that stands alone."""
    found = (change for course in courses(case, facts, today) for _, change in course.changes(facts))
    titles = [one.series.title for one in found if one is not None and one.series.fact is not None and one.stopped]
    return _warning(list(dict.fromkeys(titles)))


def _warning(titles: Sequence[str]) -> tuple[str, ...]:
    if not titles:
        return ()
    return (
        f"Before the progress page goes out: it shows a plateau or no gain in {listed(list(titles))}.",
        "Plans may call that maintenance. You may leave the page out; it is not reworded. To leave it out of packets, "
        "write progress-report in case.yaml under packet, leave_out.",
    )
