"""Makes appeal rights, notice elements, answers to adverse studies and phases from the entries of their YAML file."""

from __future__ import annotations

from massage_claim.facts import appeal_kinds as appeal
from massage_claim.facts.entry import Entry
from massage_claim.facts.plain_kinds import Duration
from massage_claim.facts.plan_shapes import CLOCKS

RIGHT_WHEN = ("always", "medical-judgment", "representative")
LEVELS = ("1", "2", "3", "4", "5", "external")
ELEMENT_WHEN = ("always", "missing-information", "criterion", "medical-judgment", "urgent")


def appeal_right(entry: Entry) -> appeal.AppealRight:
    return appeal.AppealRight(
        name=entry.text("name"),
        words=entry.text("words"),
        when=entry.choice("when", RIGHT_WHEN, "always"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        levels=entry.words("levels"),
        **entry.common(),
    )


def notice_element(entry: Entry) -> appeal.NoticeElement:
    return appeal.NoticeElement(
        id=entry.text("id"),
        words=entry.text("words"),
        when=entry.choice("when", ELEMENT_WHEN, "always"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        **entry.common(),
    )


def adverse_answer(entry: Entry) -> appeal.AdverseAnswer:
    return appeal.AdverseAnswer(
        evidence=entry.text("evidence"),
        limits=entry.text("limits"),
        with_progress=entry.text("with_progress"),
        without_progress=entry.text("without_progress"),
        **entry.common(),
    )


def phase(entry: Entry) -> appeal.Phase:
    after = entry.duration("after")
    if after is None or after.unit != "days":
        entry.wrong("after", "`after` must be a number of days")
    return appeal.Phase(name=entry.choice("name", ("chronic",)), after=after or Duration(1, "days"), **entry.common())


def dose(entry: Entry) -> appeal.Dose:
    return appeal.Dose(
        evidence=entry.text("evidence"),
        per_week=entry.whole("per_week"),
        minutes=entry.whole("minutes"),
        **entry.common(),
    )


def appeal_level(entry: Entry) -> appeal.AppealLevel:
    return appeal.AppealLevel(
        name=entry.text("name"),
        level=entry.choice("level", LEVELS),
        title=entry.text("title"),
        called=entry.text("called"),
        to=entry.text("to"),
        where=entry.text("where"),
        clock=entry.choice("clock", CLOCKS),
        decides=entry.maybe_choice("decides", CLOCKS),
        form=entry.maybe("form"),
        amount=entry.maybe("amount"),
        scope=entry.choice("scope", ("any", "medical-judgment"), "any"),
        optional=entry.flag("optional"),
        passes_on=entry.flag("passes_on"),
        court=entry.flag("court"),
        elsewhere=entry.flag("elsewhere"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        words=entry.maybe("words"),
        **entry.common(),
    )


def overdue(entry: Entry) -> appeal.Overdue:
    return appeal.Overdue(
        name=entry.text("name"),
        level=entry.choice("level", LEVELS),
        opens=entry.maybe_choice("opens", LEVELS),
        words=entry.text("words"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
        grandfathered_only=entry.flag("grandfathered_only"),
        **entry.common(),
    )
