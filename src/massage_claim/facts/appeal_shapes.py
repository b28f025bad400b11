"""Makes appeal rights, notice elements, answers to adverse studies and phases from the entries of their YAML file.

Takes entries, gives frozen records; mistakes are kept by the entry's page.
"""

from __future__ import annotations

from massage_claim.facts import appeal_kinds as appeal
from massage_claim.facts.entry import Entry
from massage_claim.facts.kinds import Duration

RIGHT_WHEN = ("always", "medical-judgment", "representative")
ELEMENT_WHEN = ("always", "missing-information", "criterion", "medical-judgment", "urgent")


def appeal_right(entry: Entry) -> appeal.AppealRight:
    return appeal.AppealRight(
        name=entry.text("name"),
        words=entry.text("words"),
        when=entry.choice("when", RIGHT_WHEN, "always"),
        spares_grandfathered=entry.flag("spares_grandfathered"),
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
