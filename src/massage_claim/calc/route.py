"""What the plan said about massage: the answers of every verification and of the plan's rules, and where they lead.

Takes the case and the coverage questions, gives a verdict: open, closed, unknown or contradicted. A phone answer is
no promise; of answers that differ, the newest counts only if it is written or said twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from massage_claim.calc.answered_number import count_in
from massage_claim.calc.provider_kind import MASSAGE_THERAPIST, OF_OTHER_THERAPY, provider_kind
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.facts.plan_kinds import CoverageQuestion, DeadEnd
from massage_claim.models.case import Case
from massage_claim.models.plan import YesNoRule
from massage_claim.models.providers import Provider

Verdict = Literal["open", "closed", "unknown", "contradicted"]

ORDER_OR_APPROVAL = "approval_or_order_first"
OUT_OF_NETWORK = "out_of_network_benefit"
EXCLUDED = "massage_excluded"
THERAPIST_ACCEPTED = "massage_therapist_accepted"
AUTHORIZATION = "authorization_required"
AUTHORIZATION_FROM = "authorization_from_visit"
WITHIN_OTHER_THERAPY = "only_within_other_therapy"

_RULES: dict[str, tuple[str, bool]] = {
    EXCLUDED: ("massage_covered", False),
    THERAPIST_ACCEPTED: ("massage_therapist_accepted", True),
    WITHIN_OTHER_THERAPY: ("only_within_therapy", True),
    OUT_OF_NETWORK: ("out_of_network", True),
    "order_required": ("requires_order", True),
    "letter_required": ("requires_letter", True),
    AUTHORIZATION: ("requires_authorization", True),
}
"""Question → the field of the plan's rules that answers it, and whether yes there is yes here."""

_NOT_KNOWN = re.compile(r"(no|not) (idea|answer|sure|one|known|info|clear)|unknown|unsure|(i )?don'?t know|\?+|n/?a$")
_FROM_VISIT = re.compile(
    r"\bfrom (?:visit|session) (\d{1,3})\b|\bfrom the (\d{1,3})(?:st|nd|rd|th) (?:visit|session)\b"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One yes or no to a question. `written`: from a booklet, a letter or the plan's rules, not from a call or portal."""

    question: str
    yes: bool
    written: bool
    said_on: date
    where: Where


@dataclass(frozen=True, slots=True)
class Route:
    """`stops`: questions whose answer means no payment; `unknown`: those not answered; `contradicted`: answered twice."""

    verdict: Verdict
    stops: tuple[CoverageQuestion, ...] = ()
    unknown: tuple[CoverageQuestion, ...] = ()
    contradicted: tuple[CoverageQuestion, ...] = ()


def yes_or_no(answer: str | None) -> bool | None:
    """Yes or no as a person writes it: "yes", "No, only …"; None for anything else, and for "no idea"."""
    text = (answer or "").strip().lower()
    if _NOT_KNOWN.match(text):
        return None
    word = re.match(r"[a-z]+", text)
    return {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(word[0] if word else "")


def not_known(answer: str | None) -> bool:
    """Whether an answer says that nobody knew: "I don't know", "unknown", "?"."""
    return bool(_NOT_KNOWN.match((answer or "").strip().lower()))


def answers_to(case: Case, question: str) -> tuple[Answer, ...]:
    """Every yes or no to the question, newest first; the plan's own rule counts as written."""
    found = []
    for coverage in case.coverage:
        yes = yes_or_no(coverage.answers.get(question))
        if yes is not None:
            written = coverage.source in ("booklet", "letter")
            found.append(Answer(question, yes, written, coverage.date, case.where(coverage, "answers", question)))
    name, same = _RULES.get(question, ("", True))
    rule = getattr(case.plan.rules, name, None) if name else None
    if isinstance(rule, YesNoRule):
        where = case.where("plan", "rules", name)
        found.append(Answer(question, rule.value is same, True, rule.said_on or date.min, where))
    return tuple(sorted(found, key=lambda answer: answer.said_on, reverse=True))


def opposing(case: Case, question: str) -> tuple[Answer, Answer] | None:
    """The newest answer and an older one that says the opposite, unless the newest settles it.

    It settles what came before when it is written and newer, or was said twice against nothing written.
    """
    answers = answers_to(case, question)
    others = [answer for answer in answers if answer.yes is not answers[0].yes]
    if not others:
        return None
    newest = answers[0]
    if newest.written and all(other.said_on < newest.said_on for other in others):
        return None
    said_twice = sum(1 for answer in answers if answer.yes is newest.yes) > 1
    if said_twice and not any(other.written for other in others):
        return None
    return newest, others[0]


def settled(case: Case, question: str) -> bool | None:
    """The answer that counts; None when there is none or the answers contradict each other."""
    answers = answers_to(case, question)
    return answers[0].yes if answers and opposing(case, question) is None else None


def order_required(case: Case) -> bool | None:
    """Whether the plan wants a doctor's order; None when nobody has said."""
    said = settled(case, "order_required")
    return False if said is None and settled(case, ORDER_OR_APPROVAL) is False else said


def authorization_required(case: Case) -> bool | None:
    """Whether the plan wants its approval before care; None when nobody has said."""
    said = settled(case, AUTHORIZATION)
    return False if said is None and settled(case, ORDER_OR_APPROVAL) is False else said


def authorization_from_visit(case: Case) -> int:
    """The visit from which on the plan wants its approval, counted from 1: by the newest verification that speaks of it.

    1 when no visit is named, or not plainly: an approval too many does no harm.
    """
    for coverage in sorted(case.coverage, key=lambda coverage: coverage.date, reverse=True):
        required, visit = (coverage.answers.get(name) for name in (AUTHORIZATION, AUTHORIZATION_FROM))
        if visit is not None or yes_or_no(required):
            named = _FROM_VISIT.search((required or "").lower())
            return max(count_in(visit) or (int(named[1] or named[2]) if named else 1), 1)
    return 1


def is_massage_therapist(provider: Provider, facts: Facts) -> bool:
    """True unless the taxonomy code, or the letters after the name, say another profession."""
    return provider_kind(provider, facts) == MASSAGE_THERAPIST


def treating(case: Case) -> tuple[Provider, ...]:
    """Who treats: those whom a treatment session names, else those with the role rendering."""
    named = {session.rendering for session in case.sessions if session.purpose == "treatment"}
    found = tuple(provider for provider in case.providers if provider.record_id in named)
    return found or tuple(provider for provider in case.providers if "rendering" in provider.roles)


def route(case: Case, facts: Facts) -> Route:
    """Where the knock-out answers lead. An order or approval wanted first is no stop: it can be got."""
    stops, unknown, contradicted = [], [], []
    for question in facts.coverage_questions:
        if not question.knock_out or question.id == ORDER_OR_APPROVAL or _does_not_apply(case, facts, question.id):
            continue
        said = settled(case, question.id)
        if opposing(case, question.id):
            contradicted.append(question)
        elif said is None:
            unknown.append(question)
        elif said is yes_or_no(question.stop_answer):
            stops.append(question)
    verdict: Verdict = "contradicted" if contradicted else "closed" if stops else "unknown" if unknown else "open"
    return Route(verdict, tuple(stops), tuple(unknown), tuple(contradicted))


def dead_ends(case: Case, facts: Facts) -> tuple[DeadEnd, ...]:
    """What the law or this kind of plan never pays, as far as it is this case."""
    return tuple(end for end in facts.dead_ends if _is_dead_end(case, end))


def _is_dead_end(case: Case, end: DeadEnd) -> bool:
    if case.plan.kind != end.kind:
        return False
    if end.kind == "va":  # the referral is written down as the approval that it is
        return not case.authorizations
    accident = case.plan.accident
    state = accident.state if accident and accident.state and end.kind == "auto" else case.plan.state
    return end.state is None or end.state == state


def _does_not_apply(case: Case, facts: Facts, question: str) -> bool:
    providers = treating(case)
    if question == OUT_OF_NETWORK:
        return bool(providers) and all(p.network is not None and p.network.status == "in" for p in providers)
    if question == THERAPIST_ACCEPTED:
        return bool(providers) and not any(is_massage_therapist(provider, facts) for provider in providers)
    if question == WITHIN_OTHER_THERAPY:
        return bool(providers) and all(provider_kind(p, facts) in OF_OTHER_THERAPY for p in providers)
    return False
