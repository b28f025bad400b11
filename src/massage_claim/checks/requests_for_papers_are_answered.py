"""Statement: what the payer asked for was sent before its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.paper_requests import answer_day, list_open_requests
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import long_date

STEP = "follow-up"
SEVERITY = Severity.RISKY
WHY = "29 CFR 2560.503-1(f)(4)"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for request in list_open_requests(case):
        asked, last = request.asked, answer_day(case, facts, request)
        name = asked.record_id
        if last is None:
            yield Finding(
                says="The plan asked for papers, and it is not known until when it waits.",
                fix="Ask the plan until when it waits, and write that day in `answer_by`.",
                where=case.where(asked, "asked_for"),
                because="The plan's own word",
            )
        elif last.date < today:
            yield Finding(
                says=f"The plan asked for papers. The last day to send them was {long_date(last.date)}.",
                fix=f"Send them now and ask for more time. Then type `{spell('log-contact', answers=name)}`.",
                where=case.where(asked, "asked_for"),
                because=last.source,
            )
        else:
            yield Finding(
                says=f"The plan asked for papers. Send them by {long_date(last.recommended)}.",
                fix=f"Type `{spell('paper', 'information-request-answer', for_=name)}`, and send it with the papers.",
                where=case.where(asked, "asked_for"),
                because=last.source,
            )
