"""Makes plan kinds, clocks, coverage questions, licences, packet order and words from the entries of their YAML files."""

from __future__ import annotations

from massage_claim.facts import plan_kinds as plan
from massage_claim.facts.entry import Entry
from massage_claim.facts.plain_kinds import PLAN_KINDS

CLOCKS = (
    "internal_appeal",
    "later_level_appeal",
    "external_review",
    "medicare_appeal",
    "tricare_appeal",
    "fair_hearing",
    "fee_for_service_hearing",
    "timely_filing",
    "initial_decision_urgent",
    "initial_decision_pre_service",
    "initial_decision_post_service",
    "initial_decision_extension",
    "missing_information",
    "appeal_decision_urgent",
    "appeal_decision_pre_service",
    "appeal_decision_post_service",
    "external_decision",
    "external_decision_urgent",
    "keep_benefits",
    "second_carrier_review",
    "good_faith_estimate",
    "estimate_dispute",
    "late_information",
)
STARTS = ("received", "notice_date", "service_date", "request_date", "bill_date", "schedule_date", "effective_date")


def plan_kind(entry: Entry) -> plan.PlanKind:
    return plan.PlanKind(
        kind=entry.choice("kind", PLAN_KINDS),
        words=entry.text("words"),
        law=entry.text("law"),
        internal_appeal=entry.text("internal_appeal"),
        external_appeal=entry.text("external_appeal"),
        levels=entry.whole("levels"),
        therapist_paid=entry.choice("therapist_paid", ("no", "ask", "state-law")),
        clues=entry.maybe("clues"),
        **entry.common(),
    )


def dead_end(entry: Entry) -> plan.DeadEnd:
    return plan.DeadEnd(
        name=entry.text("name"),
        kind=entry.choice("kind", PLAN_KINDS),
        state=entry.maybe("state"),
        says=entry.text("says"),
        still_possible=entry.text("still_possible"),
        **entry.common(),
    )


def deadline_rule(entry: Entry) -> plan.DeadlineRule:
    return plan.DeadlineRule(
        name=entry.text("name"),
        clock=entry.choice("clock", CLOCKS),
        limit=entry.duration("limit"),
        bound=entry.choice("bound", ("exact", "minimum", "maximum"), "exact"),
        starts=entry.choice("starts", STARTS),
        presumed=entry.duration("presumed"),
        advise=entry.duration("advise"),
        no_such_day=entry.choice("no_such_day", ("last_of_month", "first_of_next_month"), "last_of_month"),
        rolls=entry.flag("rolls"),
        end_of_year=entry.flag("end_of_year"),
        legal=entry.flag("legal", default=True),
        filed_when=entry.choice("filed_when", ("sent", "received"), "sent"),
        level=entry.maybe_whole("level"),
        who=entry.maybe_choice("who", ("member", "provider")),
        states=entry.words("states"),
        words=entry.text("words"),
        **entry.common(),
    )


def amount(entry: Entry) -> plan.Amount:
    return plan.Amount(
        name=entry.text("name"), dollars=entry.number("dollars"), words=entry.text("words"), **entry.common()
    )


def coverage_question(entry: Entry) -> plan.CoverageQuestion:
    knock_out = entry.flag("knock_out")
    stop_answer, stop_means = entry.maybe("stop_answer"), entry.maybe("stop_means")
    if knock_out != (stop_answer is not None) or knock_out != (stop_means is not None):
        entry.wrong("knock_out", "a knock-out question, and no other, has `stop_answer` and `stop_means`")
    return plan.CoverageQuestion(
        id=entry.text("id"),
        question=entry.text("question"),
        answer=entry.choice("answer", ("yes-no", "text", "money", "number", "date")),
        where=entry.text("where"),
        group=entry.text("group"),
        knock_out=knock_out,
        stop_answer=stop_answer,
        stop_means=stop_means,
        short=entry.maybe("short"),
        **entry.common(),
    )


def packet_part(entry: Entry) -> plan.PacketPart:
    return plan.PacketPart(
        kind=entry.text("kind"),
        packet=entry.choice("packet", ("claim", "appeal")),
        rank=entry.whole("rank"),
        title=entry.text("title"),
        when=entry.choice("when", ("first", "on-request", "exhibit", "never"), "first"),
        **entry.common(),
    )


def licence(entry: Entry) -> plan.Licence:
    return plan.Licence(
        state=entry.text("state"),
        regime=entry.choice("regime", ("license", "certification", "registration", "none", "unknown")),
        titles=entry.words("titles"),
        words=entry.text("words"),
        **entry.common(),
    )


def term(entry: Entry) -> plan.Term:
    return plan.Term(word=entry.text("word"), also=entry.words("also"), words=entry.text("words"), **entry.common())
