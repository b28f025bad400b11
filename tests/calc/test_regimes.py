"""The clocks: the examples of each regime by its section, what a typed limit may do, and what is never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim.calc.calendar_days import is_working_day
from massage_claim.calc.clocks import by_rule
from massage_claim.calc.regimes import (
    external_review,
    internal_appeal,
    medicaid_fair_hearing,
    medicare_level,
    send_by,
    timely_filing,
    when_unknown,
)
from massage_claim.facts.fact import PLAN_KINDS, Duration
from massage_claim.facts.library import facts_on

FACTS = facts_on(date(2026, 11, 23))
ERISA = ("employer-insured", "employer-self-funded")


def days(amount: int) -> Duration:
    return Duration(amount, "days")


# --- 6.2: employer and marketplace plans


@pytest.mark.parametrize("kind", [*ERISA, "marketplace"])
def test_6_2_180_days_from_receipt_are_not_moved_over_a_weekend(kind: str) -> None:
    found = internal_appeal(kind, date(2026, 2, 26), date(2026, 3, 2), FACTS)
    assert found is not None
    assert (found.date, found.recommended) == (date(2026, 8, 29), date(2026, 8, 28))
    assert (found.start_event, found.start_date, found.assumed) == ("received", date(2026, 3, 2), False)
    assert "not extended" in found.because


def test_6_2_180_days_into_the_next_year() -> None:
    found = internal_appeal("employer-insured", date(2026, 7, 15), date(2026, 7, 15), FACTS)
    assert found is not None
    assert (found.date, found.source) == (date(2027, 1, 11), "29 CFR 2560.503-1(h)(3)(i)")


def test_6_2_receipt_unknown_counts_from_the_notice() -> None:
    found = internal_appeal("employer-self-funded", date(2026, 2, 26), None, FACTS)
    assert found is not None
    assert (found.date, found.assumed, found.start_event) == (date(2026, 8, 25), True, "notice_date")


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 5, 31), date(2026, 10, 1)),  # September has no 31st
        (date(2026, 3, 4), date(2026, 7, 6)),  # July 4, a Saturday and a holiday
        (date(2026, 5, 4), date(2026, 9, 4)),
        (date(2026, 10, 30), date(2027, 3, 1)),
        (date(2026, 8, 25), date(2026, 12, 28)),  # December 25, a Friday
    ],
)
@pytest.mark.parametrize("kind", [*ERISA, "marketplace"])
def test_6_2_external_review(kind: str, received: date, last: date) -> None:
    found = external_review(kind, received, received, FACTS)
    assert found is not None
    assert found.date == last
    assert found.recommended <= last
    assert is_working_day(found.recommended)


def test_6_2_the_observed_friday_is_no_holiday_for_external_review() -> None:
    found = external_review("marketplace", date(2026, 3, 3), date(2026, 3, 3), FACTS)
    assert found is not None
    assert found.date == date(2026, 7, 3)


def test_6_2_later_levels_are_never_counted_from_180() -> None:
    assert internal_appeal("employer-insured", date(2026, 3, 2), None, FACTS, level=2) is None
    assert "some plans allow 30 days" in when_unknown("employer-insured", FACTS, level=2)
    typed = internal_appeal("employer-insured", date(2026, 3, 2), date(2026, 3, 5), FACTS, days(60), level=2)
    assert typed is not None
    assert (typed.date, typed.basis, typed.source) == (date(2026, 5, 4), "plan", "your plan")
    named = send_by("employer-insured", date(2026, 3, 2), None, FACTS, None, date(2026, 4, 15), level=3)
    assert named is not None
    assert (named.date, named.source) == (date(2026, 4, 15), "the letter")


# --- 6.4 and 6.5: Medicare


@pytest.mark.parametrize(("level", "length"), [(1, 120), (2, 180), (3, 60), (4, 60), (5, 60)])
def test_6_4_medicare_levels_run_from_the_presumed_receipt(level: int, length: int) -> None:
    notice = date(2026, 9, 1)
    found = medicare_level(level, notice, None, FACTS)
    assert found.date == notice + timedelta(days=5 + length)
    assert (found.start_event, found.assumed, found.received_by) == ("presumed", False, True)


def test_6_4_receipt_counts_earlier_but_later_only_with_proof() -> None:
    notice = date(2026, 9, 1)
    assert medicare_level(1, notice, date(2026, 9, 3), FACTS).date == date(2027, 1, 1)
    late = medicare_level(1, notice, date(2026, 9, 20), FACTS)
    assert late.date == date(2027, 1, 4)
    assert "January 18, 2027" in late.because


def test_6_4_no_level_six() -> None:
    for level in (0, 6):
        with pytest.raises(ValueError, match="levels 1 to 5"):
            medicare_level(level, date(2026, 9, 1), None, FACTS)


def test_6_4_the_appeal_of_original_medicare_is_its_level() -> None:
    notice = date(2026, 9, 1)
    assert internal_appeal("medicare", notice, None, FACTS) == medicare_level(1, notice, None, FACTS)
    assert internal_appeal("medicare", notice, None, FACTS, level=2) == medicare_level(2, notice, None, FACTS)


def test_6_4_amounts_in_dispute_belong_to_their_year() -> None:
    def least(year: int) -> str:
        return str(facts_on(date(year, 6, 1)).deadlines.amounts["medicare-hearing-amount"].dollars)

    assert (least(2024), least(2025), least(2026)) == ("180.00", "190.00", "200.00")
    assert "medicare-hearing-amount" not in facts_on(date(2027, 1, 1)).deadlines.amounts


def test_6_5_medicare_advantage_65_days_and_60_recommended() -> None:
    found = internal_appeal("medicare-advantage", date(2026, 9, 1), None, FACTS)
    assert found is not None
    assert found.date == date(2026, 11, 5)
    assert found.recommended == date(2026, 10, 30)  # day 60 is a Saturday
    assert found.source == "42 CFR 422.582(b)"


def test_6_5_before_2025_it_was_60_days_from_the_notice_whatever_day_the_facts_are_of() -> None:
    found = internal_appeal("medicare-advantage", date(2024, 12, 2), None, FACTS)
    assert found is not None
    assert (found.date, found.verified) == (date(2025, 1, 31), False)


def test_6_5_medicare_advantage_level_three_is_the_hearing() -> None:
    found = internal_appeal("medicare-advantage", date(2026, 9, 1), None, FACTS, level=3)
    assert found is not None
    assert found.date == date(2026, 11, 5)
    assert internal_appeal("medicare-advantage", date(2026, 9, 1), None, FACTS, level=2) is None


# --- 6.6: Medicaid


def test_6_6_medicaid_from_the_date_on_the_notice() -> None:
    found = internal_appeal("medicaid", date(2026, 9, 1), date(2026, 9, 8), FACTS)
    assert found is not None
    assert (found.date, found.start_event) == (date(2026, 10, 31), "notice_date")


def test_6_6_fair_hearing_is_90_days_unless_the_notice_says_more_and_never_over_120() -> None:
    notice = date(2026, 9, 1)
    found = medicaid_fair_hearing(notice, FACTS)
    assert (found.date, found.assumed) == (date(2026, 11, 30), True)
    assert medicaid_fair_hearing(notice, FACTS, days(120)).date == date(2026, 12, 30)
    assert medicaid_fair_hearing(notice, FACTS, days(150)).date == date(2026, 12, 30)
    assert medicaid_fair_hearing(notice, FACTS, None, date(2026, 12, 15)).date == date(2026, 12, 15)
    assert not medicaid_fair_hearing(notice, FACTS, days(100)).assumed


def test_6_1_fehb_and_tricare_are_not_verified() -> None:
    fehb = internal_appeal("fehb", date(2026, 8, 31), None, FACTS)
    tricare = internal_appeal("tricare", date(2026, 9, 1), None, FACTS)
    assert fehb is not None
    assert tricare is not None
    assert (fehb.date, fehb.verified) == (date(2027, 2, 28), False)
    assert (tricare.date, tricare.verified) == (date(2026, 11, 30), False)


# --- typed limits


def test_a_typed_limit_shortens_but_never_lengthens_a_verified_legal_one() -> None:
    notice = received = date(2026, 3, 2)
    law = internal_appeal("employer-insured", notice, received, FACTS)
    long = internal_appeal("employer-insured", notice, received, FACTS, days(365))
    short = internal_appeal("employer-insured", notice, received, FACTS, days(60))
    assert law is not None
    assert long is not None
    assert short is not None
    assert long.date == law.date
    assert (short.date, short.basis) == (date(2026, 5, 1), "plan")
    assert "August 29, 2026 (29 CFR 2560.503-1(h)(3)(i))" in short.because


def test_a_typed_limit_takes_the_place_of_an_unverified_one() -> None:
    found = internal_appeal("tricare", date(2026, 9, 1), None, FACTS, days(120))
    assert found is not None
    assert (found.date, found.basis) == (date(2026, 12, 30), "plan")


def test_send_by_is_the_earliest_and_says_why() -> None:
    notice, received = date(2026, 2, 26), date(2026, 3, 2)
    found = send_by("employer-insured", notice, received, FACTS)
    assert found is not None
    assert (found.date, found.start_event) == (date(2026, 8, 25), "notice_date")
    assert "August 29, 2026" in found.because
    assert "Some payers count from the notice's date" in found.because
    assert "is not recorded" not in found.because
    unknown = send_by("employer-insured", notice, None, FACTS)
    assert unknown is not None
    assert "The day you received it is not recorded" in unknown.because
    printed = send_by("employer-insured", notice, received, FACTS, days(120), date(2026, 6, 1))
    assert printed is not None
    assert (printed.date, printed.source) == (date(2026, 6, 1), "the letter")
    assert "June 26, 2026 (your plan)" in printed.because
    external = send_by("employer-insured", notice, received, FACTS, external=True)
    assert external is not None
    assert external.date == date(2026, 6, 26)


@given(
    st.sampled_from(PLAN_KINDS),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.one_of(st.none(), st.integers(0, 40)),
    st.one_of(st.none(), st.integers(1, 400)),
    st.one_of(st.none(), st.integers(1, 400)),
)
def test_send_by_is_never_after_any_count(
    kind: str, notice: date, came: int | None, typed: int | None, named: int | None
) -> None:
    received = None if came is None else notice + timedelta(days=came)
    limit = None if typed is None else days(typed)
    printed = None if named is None else notice + timedelta(days=named)
    send = send_by(kind, notice, received, FACTS, limit, printed)
    appeal = internal_appeal(kind, notice, received, FACTS, limit, printed)
    if appeal is None:
        assert send is None
        assert limit is None
        assert printed is None
        return
    assert send is not None
    assert send.date <= appeal.date
    assert send.recommended <= send.date
    assert printed is None or send.date <= printed
    assert limit is None or send.date <= notice + timedelta(days=typed or 0)
    assert send.because
    assert send.source


@given(st.sampled_from(PLAN_KINDS), st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(0, 30))
def test_an_earlier_receipt_never_gives_more_time(kind: str, notice: date, came: int) -> None:
    known = internal_appeal(kind, notice, notice + timedelta(days=came), FACTS)
    unknown = internal_appeal(kind, notice, None, FACTS)
    next_day = internal_appeal(kind, notice, notice + timedelta(days=came + 1), FACTS)
    if known is None:
        assert unknown is None
        return
    assert next_day is not None
    assert known.date <= next_day.date


# --- what is not known


def test_an_unknown_plan_takes_the_earliest_of_all_and_says_that_it_is_assumed() -> None:
    found = internal_appeal("unknown", date(2026, 9, 1), None, FACTS)
    assert found is not None
    assert (found.date, found.assumed) == (date(2026, 10, 31), True)
    assert "February 28, 2027 (29 CFR 2560.503-1(h)(3)(i))" in found.because


@pytest.mark.parametrize("kind", ["va", "workers-comp", "auto", "none"])
def test_no_number_is_made_up(kind: str) -> None:
    assert internal_appeal(kind, date(2026, 9, 1), None, FACTS) is None
    assert external_review(kind, date(2026, 9, 1), None, FACTS) is None
    assert "Read your letter today" in when_unknown(kind, FACTS)
    assert "Read your letter today" in when_unknown(kind, FACTS, external=True)


def test_dates_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="before its date"):
        internal_appeal("medicaid", date(2026, 9, 2), date(2026, 9, 1), FACTS)
    with pytest.raises(ValueError, match="kind of plan"):
        internal_appeal("hmo", date(2026, 9, 2), None, FACTS)
    with pytest.raises(ValueError, match="kind of plan"):
        timely_filing("hmo", date(2026, 9, 2), FACTS)
    rule = FACTS.deadlines.of("later_level_appeal")[0]
    with pytest.raises(ValueError, match="no limit"):
        by_rule(rule, date(2026, 9, 2), None)


# --- 6.13: the first claim


@pytest.mark.parametrize(
    ("service", "last"),
    [(date(2026, 1, 14), date(2027, 1, 14)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_6_13_medicare_one_calendar_year_and_the_leap_day(service: date, last: date) -> None:
    found = timely_filing("medicare", service, FACTS)
    assert found is not None
    assert (found.date, found.received_by, found.assumed) == (last, True, False)
    longer = timely_filing("medicare", service, FACTS, days(800))
    assert longer is not None
    assert longer.date == last


def test_6_13_custom_is_assumed_and_the_plans_own_limit_takes_its_place() -> None:
    service = date(2026, 1, 14)
    usual = timely_filing("employer-insured", service, FACTS)
    own = timely_filing("employer-insured", service, FACTS, Duration(1, "years"))
    provider = timely_filing("employer-insured", service, FACTS, who="provider")
    assert usual is not None
    assert own is not None
    assert provider is not None
    assert (usual.date, usual.assumed, usual.basis, usual.verified) == (date(2026, 7, 13), True, "custom", False)
    assert (own.date, own.assumed, own.basis) == (date(2027, 1, 14), False, "plan")
    assert provider.date == date(2026, 4, 14)


def test_6_13_end_of_the_next_year_and_states() -> None:
    fehb = timely_filing("fehb", date(2026, 1, 14), FACTS)
    new_york = timely_filing("auto", date(2026, 1, 14), FACTS, state="NY")
    assert fehb is not None
    assert new_york is not None
    assert fehb.date == date(2027, 12, 31)
    assert new_york.date == date(2026, 2, 28)
    assert timely_filing("auto", date(2026, 1, 14), FACTS, state="OR") is None
    assert timely_filing("none", date(2026, 1, 14), FACTS) is None


def test_6_13_medicaid_twelve_months_is_only_the_outer_limit() -> None:
    found = timely_filing("medicaid", date(2026, 1, 14), FACTS)
    short = timely_filing("medicaid", date(2026, 1, 14), FACTS, days(95))
    long = timely_filing("medicaid", date(2026, 1, 14), FACTS, days(500))
    assert found is not None
    assert short is not None
    assert long is not None
    assert (found.date, found.assumed) == (date(2027, 1, 14), True)
    assert short.date == date(2026, 4, 19)
    assert long.date == found.date


def test_6_12_the_estimate_clocks() -> None:
    dispute = by_rule(FACTS.deadlines.of("estimate_dispute")[0], date(2026, 3, 2), None)
    estimates = {
        rule.name: by_rule(rule, date(2026, 7, 1), None).date for rule in FACTS.deadlines.of("good_faith_estimate")
    }
    assert dispute.date == date(2026, 6, 30)
    assert estimates["estimate-scheduled-early"] == date(2026, 7, 6)
    assert estimates["estimate-scheduled-soon"] == date(2026, 7, 2)
    assert str(FACTS.deadlines.amounts["estimate-dispute-threshold"].dollars) == "400.00"


def test_the_words_of_a_date_do_not_follow_the_machine() -> None:
    found = internal_appeal("medicaid", date(2026, 9, 1), None, FACTS)
    assert found is not None
    assert found.because.startswith("60 days from the notice's date, September 1, 2026: October 31, 2026.")
