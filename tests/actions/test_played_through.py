"""low_back_paid played from the first session to the last payment: what `status` and `deadlines` say on twelve days.

The records are those of the day; every date here is counted by hand: the order ends on 2026-07-17, the license on
2027-03-14, the plan takes claims for 365 days, measuring again is due after 30 days or 6 visits, asking 14, 30 and 45
days after sending, and the plan has 30 days from the day a claim reached it (29 CFR 2560.503-1(f)(2)(iii)(B)).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from massage_claim.actions.look.deadline_table import deadlines
from massage_claim.actions.look.overview import status
from papers import today_is
from played import as_of

ORDER = ("order", "2026-07-17")
LICENCE = ("licence", "2027-03-14")
BUILD = "massage-claim build-packet"
FIRST, SECOND, THIRD = "claims/2026-03-03", "claims/2026-05-06", "claims/2026-05-06-2"

Day = tuple[str, set[tuple[str, str]], dict[str, str], str]
DAYS: list[Day] = [
    # the first visit: 365 days to claim it; the baseline of 2026-02-24 is 30 days old on 2026-03-26
    ("2026-03-03", {ORDER, LICENCE, ("filing", "2027-03-03"), ("reassessment", "2026-03-26")}, {}, BUILD),
    # measured again on 2026-03-31, and nothing claimed yet: the oldest visit counts
    ("2026-04-07", {ORDER, LICENCE, ("filing", "2027-03-03"), ("reassessment", "2026-04-30")}, {}, BUILD),
    # eight visits sent by certified mail: 14, 30, 45 days; 5 days of mail and 30 days for the plan
    (
        "2026-05-04",
        {
            ORDER,
            LICENCE,
            ("reassessment", "2026-05-28"),
            ("follow-up", "2026-05-18"),
            ("follow-up", "2026-06-03"),
            ("decision", "2026-06-08"),
            ("follow-up", "2026-06-18"),
        },
        {FIRST: "sent 2026-05-04; not decided yet"},
        "massage-claim record-decision",
    ),
    # the first day to ask
    (
        "2026-05-18",
        {
            ORDER,
            LICENCE,
            ("filing", "2027-05-06"),
            ("reassessment", "2026-06-11"),
            ("follow-up", "2026-05-18"),
            ("follow-up", "2026-06-03"),
            ("decision", "2026-06-08"),
            ("follow-up", "2026-06-18"),
        },
        {FIRST: "sent 2026-05-04; not decided yet"},
        f"massage-claim log-contact --script --about {FIRST}",
    ),
    # the call: it arrived on May 8, so June 7 is the plan's last day; June 8 was agreed
    (
        "2026-05-19",
        {
            ORDER,
            LICENCE,
            ("filing", "2027-05-06"),
            ("reassessment", "2026-06-11"),
            ("decision", "2026-06-07"),
            ("follow-up", "2026-06-08"),
            ("follow-up", "2026-06-18"),
        },
        {FIRST: "sent 2026-05-04; not decided yet"},
        BUILD,
    ),
    # the first notice came
    (
        "2026-05-30",
        {ORDER, LICENCE, ("filing", "2027-05-06"), ("reassessment", "2026-06-11")},
        {FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid"},
        BUILD,
    ),
    # the second claim by fax: it arrived on the day
    (
        "2026-06-02",
        {
            ORDER,
            LICENCE,
            ("reassessment", "2026-06-11"),
            ("follow-up", "2026-06-16"),
            ("decision", "2026-07-02"),
            ("follow-up", "2026-07-02"),
            ("follow-up", "2026-07-17"),
        },
        {
            SECOND: "sent 2026-06-02; not decided yet",
            FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid",
        },
        "massage-claim record-decision",
    ),
    # it came back: mend it. 45 days to send what they asked for, 180 days from the notice's date to appeal
    (
        "2026-06-16",
        {
            ORDER,
            LICENCE,
            ("filing", "2027-06-04"),
            ("reassessment", "2026-07-16"),
            ("information", "2026-07-31"),
            ("appeal", "2026-12-09"),
        },
        {
            SECOND: "sent 2026-06-02; denied 2026-06-12, $0.00 paid; not corrected and sent again yet",
            FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid",
        },
        "massage-claim paper information-request-answer --for contacts/2026-06-16",
    ),
    # the corrected claim answers the request and the denial
    (
        "2026-06-18",
        {
            ORDER,
            LICENCE,
            ("filing", "2027-06-04"),
            ("reassessment", "2026-07-16"),
            ("follow-up", "2026-07-02"),
            ("decision", "2026-07-18"),
            ("follow-up", "2026-07-18"),
            ("follow-up", "2026-08-02"),
        },
        {
            SECOND: "replaced by a corrected claim",
            THIRD: "sent 2026-06-18; not decided yet",
            FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid",
        },
        BUILD,
    ),
    # nobody asked on July 2: it stays, and is the next thing to do
    (
        "2026-07-05",
        {
            ORDER,
            LICENCE,
            ("filing", "2027-06-04"),
            ("reassessment", "2026-07-30"),
            ("follow-up", "2026-07-02"),
            ("decision", "2026-07-18"),
            ("follow-up", "2026-07-18"),
            ("follow-up", "2026-08-02"),
        },
        {
            SECOND: "replaced by a corrected claim",
            THIRD: "sent 2026-06-18; not decided yet",
            FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid",
        },
        f"massage-claim log-contact --script --about {THIRD}",
    ),
    # paid
    (
        "2026-07-11",
        {ORDER, LICENCE, ("filing", "2027-06-04"), ("reassessment", "2026-07-30")},
        {
            SECOND: "replaced by a corrected claim",
            THIRD: "sent 2026-06-18; paid as expected 2026-07-08, $237.60 paid",
            FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid",
        },
        BUILD,
    ),
    # the order has ended; the last four visits wait to be claimed
    (
        "2026-07-20",
        {LICENCE, ("filing", "2027-06-04"), ("reassessment", "2026-07-30")},
        {
            SECOND: "replaced by a corrected claim",
            THIRD: "sent 2026-06-18; paid as expected 2026-07-08, $237.60 paid",
            FIRST: "sent 2026-05-04; paid as expected 2026-05-26, $349.20 paid",
        },
        BUILD,
    ),
]


def test_there_are_twelve() -> None:
    assert len(DAYS) == len({day for day, *_ in DAYS}) == 12


@pytest.mark.parametrize(("day", "due", "claims", "then"), DAYS, ids=[day for day, *_ in DAYS])
def test_on_that_day(day: str, due: set[tuple[str, str]], claims: dict[str, str], then: str, tmp_path: Path) -> None:
    folder = as_of("low_back_paid", date.fromisoformat(day), tmp_path / "case")
    with today_is(date.fromisoformat(day)):
        told, stands = deadlines(folder), status(folder)
    found = told.data["deadlines"]
    assert isinstance(found, list)
    assert {(one["kind"], one["date"].isoformat()) for one in found} == due
    assert [one["date"] for one in found] == sorted(one["date"] for one in found)
    assert all((folder / f"{one['evidence']}.yaml").is_file() for one in found), "every start has its record"
    assert found == stands.data["deadlines"]
    listed = stands.data["claims"]
    assert isinstance(listed, list)
    assert {one["id"]: one["state"] for one in listed} == claims
    assert stands.next == then
