"""What the payer decided, about which claim and lines, and what is still open: denials, and the appeals against them.

A code that nobody knows is never taken for a denial by itself: the decision's own outcome and amount are. A decision about
an appeal is followed back to its claim.
"""

from __future__ import annotations

from massage_claim.calc.eob_arithmetic import share_only
from massage_claim.facts.library import Facts
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.decision import Decision, DecisionLine

_DENIED = frozenset({"denied", "partly-paid", "unprocessable", "upheld", "partly-overturned"})
_TO_ANSWER = frozenset({"fix", "appeal"})


def sent_claims(case: Case) -> tuple[Claim, ...]:
    """The claims that were sent and not replaced by another one that was sent."""
    replaced = replaced_claims(case)
    return tuple(claim for claim in case.claims if claim.submission is not None and claim.record_id not in replaced)


def replaced_claims(case: Case) -> frozenset[str]:
    """The ids of the claims that another one, which was sent, replaces; a correction that lies here replaces nothing."""
    return frozenset(claim.replaces for claim in case.claims if claim.submission is not None and claim.replaces)


def current_decisions(case: Case) -> tuple[Decision, ...]:
    """The decisions that no later one replaces, about claims that still stand and about appeals."""
    replaced = {decision.replaces for decision in case.decisions}
    superseded = {claim.record_id for claim in case.claims} - {claim.record_id for claim in sent_claims(case)}
    return tuple(d for d in case.decisions if d.record_id not in replaced and d.about not in superseded)


def decisions_about(case: Case, record_id: str) -> tuple[Decision, ...]:
    """The current decisions about that claim or appeal."""
    return tuple(decision for decision in current_decisions(case) if decision.about == record_id)


def is_denial(decision: Decision, facts: Facts) -> bool:
    """True when the whole or a line was refused for a reason that can be mended or appealed.

    A decision called "paid" may still refuse one of its lines. Without reason codes that say so: when the outcome
    says so, or nothing was paid and no outcome says otherwise.
    """
    if decision.outcome == "overturned":
        return False
    codes = [facts.denial_codes.carc(item.carc) for item in decision.all_adjustments() if item.carc]
    if any(code is not None and _TO_ANSWER & {code.action, code.then} for code in codes):
        return True
    if decision.outcome is not None:
        return decision.outcome in _DENIED
    meant = [_meant(word, facts) for word in decision.all_meanings()]
    if meant and not codes:
        return any(_TO_ANSWER & actions for actions in meant)
    only_shares = (bool(codes) and all(code is not None for code in codes)) or (
        bool(decision.lines) and all(share_only(line) for line in decision.lines)
    )
    return decision.paid_nothing and not only_shares


def to_correct(decision: Decision, facts: Facts) -> bool:
    """True when a corrected claim is the answer: the claim could not be processed, or each refusing code says to mend it."""
    if not decision.about.startswith("claims/"):
        return False
    if decision.outcome == "unprocessable":
        return True
    codes = [facts.denial_codes.carc(item.carc) for item in decision.all_adjustments() if item.carc]
    answers: list[str] = [code.action for code in codes if code is not None and _TO_ANSWER & {code.action, code.then}]
    if not codes:
        found = [facts.denial_families.get(word) or facts.other_meanings.get(word) for word in decision.all_meanings()]
        answers = [one.action if one else "" for one in found]
    return bool(answers) and all(action == "fix" for action in answers)


def appeals_against(case: Case, decision: Decision) -> tuple[Appeal, ...]:
    """The appeals against that decision."""
    return tuple(appeal for appeal in case.appeals if appeal.decision == decision.record_id)


def open_denials(case: Case, facts: Facts) -> tuple[Decision, ...]:
    """The denials that no sent appeal answers yet; one that was decided was sent, whether or not that is written down."""
    current = current_decisions(case)
    decided = {decision.about for decision in current}
    denials = [decision for decision in current if is_denial(decision, facts)]
    return tuple(
        d for d in denials if not any(a.submission or a.record_id in decided for a in appeals_against(case, d))
    )


def waiting_appeals(case: Case) -> tuple[Appeal, ...]:
    """The appeals that were sent and not decided yet."""
    return tuple(a for a in case.appeals if a.submission and not decisions_about(case, a.record_id))


def adds_up(decision: Decision) -> bool:
    """True when the sum paid is written down and, where there are lines with payments, equals theirs."""
    if decision.total_paid is None:
        return False
    paid = [line.paid for line in decision.lines]
    return not paid or None in paid or sum(p for p in paid if p is not None) == decision.total_paid


def refused_sessions(case: Case, claim: Claim, facts: Facts) -> frozenset[str]:
    """The sessions of a claim that a correction is about: those the decision refused, or all when it names no lines."""
    ids = frozenset(line.session for line in claim.lines)
    days = {
        line.service_date
        for decision in decisions_about(case, claim.record_id)
        for line in decision.lines
        if any(_to_answer(item.carc, facts) for item in line.adjustments)
    }
    refused = frozenset(line.session for line in claim.lines if line.date in days)
    return refused or ids


def _meant(word: str, facts: Facts) -> frozenset[str | None]:
    family, other = facts.denial_families.get(word), facts.other_meanings.get(word)
    return frozenset({family.action, family.then} if family else {other.action} if other else ())


def _to_answer(carc: str | None, facts: Facts) -> bool:
    code = facts.denial_codes.carc(carc) if carc else None
    return code is not None and bool(_TO_ANSWER & {code.action, code.then})


def find_claim(case: Case, about: str) -> Claim | None:
    """The claim behind `about`, which names a claim or an appeal; None when it leads to none."""
    for _ in range(len(case.decisions) + 1):
        claim = case.find(Claim, about) if about.startswith(f"{Claim.FOLDER}/") else None
        if claim is not None:
            return claim
        appeal = case.find(Appeal, about) if about.startswith(f"{Appeal.FOLDER}/") else None
        earlier = case.find(Decision, appeal.decision) if appeal else None
        if earlier is None:
            return None
        about = earlier.about
    return None


def lines_meant(claim: Claim | None, line: DecisionLine) -> tuple[ServiceLine, ...]:
    """The claim's lines of that date and code; without a code all of that date. Empty when none fits."""
    if claim is None:
        return ()
    return tuple(
        one for one in claim.lines if one.date == line.service_date and (line.code is None or one.code == line.code)
    )
