"""What the plan said about massage: the answers of every verification and of the plan's rules, question by question.

`verdict.py` says where they lead. A phone answer is no promise; of answers that differ, the newest counts only if it is
written or said twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from massage_claim.calc.answer_number import count_in
from massage_claim.calc.roles import MASSAGE_THERAPIST, OF_OTHER_THERAPY, provider_kind
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.facts.plans import CoverageQuestion, DeadEnd
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.plan import YesNoRule
from massage_claim.models.providers import Provider

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


def find_opposing(case: Case, question: str) -> tuple[Answer, Answer] | None:
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


def settle(case: Case, question: str) -> bool | None:
    """The answer that counts; None when there is none or the answers contradict each other."""
    answers = answers_to(case, question)
    return answers[0].yes if answers and find_opposing(case, question) is None else None


def order_required(case: Case) -> bool | None:
    """Whether the plan wants a doctor's order; None when nobody has said."""
    said = settle(case, "order_required")
    return False if said is None and settle(case, ORDER_OR_APPROVAL) is False else said


def authorization_required(case: Case) -> bool | None:
    """Whether the plan wants its approval before care; None when nobody has said."""
    said = settle(case, AUTHORIZATION)
    return False if said is None and settle(case, ORDER_OR_APPROVAL) is False else said


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


def list_decisive(facts: Facts, provider: Provider | None) -> tuple[CoverageQuestion, ...]:
    """The knock-out questions that matter for this provider. An order or approval wanted first stops nothing: it can be got."""
    kind = provider_kind(provider, facts)
    in_network = provider is not None and provider.network is not None and provider.network.status == "in"
    beside = {ORDER_OR_APPROVAL}
    beside |= {OUT_OF_NETWORK} if in_network else set()
    beside |= set() if kind == MASSAGE_THERAPIST else {THERAPIST_ACCEPTED}
    beside |= {WITHIN_OTHER_THERAPY} if kind in OF_OTHER_THERAPY else set()
    return tuple(question for question in facts.coverage_questions if question.knock_out and question.id not in beside)


def list_stopping(case: Case, questions: Iterable[CoverageQuestion]) -> tuple[CoverageQuestion, ...]:
    """Those of the questions whose answer means no payment."""
    found = ((question, settle(case, question.id)) for question in questions)
    return tuple(question for question, said in found if said is not None and said is yes_or_no(question.stop_answer))


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
