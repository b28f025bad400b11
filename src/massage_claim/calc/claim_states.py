"""Steps 5 to 7 of one claim: sent, decided, appealed. Takes a case, facts and a claim, gives words and what is still open."""

from __future__ import annotations

from massage_claim.calc.decided import (
    appeals_against,
    decisions_about,
    is_denial,
    open_denials,
    replaced_claims,
    waiting_appeals,
)
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import money


@dataclass(frozen=True, slots=True)
class ClaimState:
    """`sent`, `decided`, `appealed`: a few words for each step. `open`: money or a right is still in it."""

    claim: Claim
    sent: str
    decided: str
    appealed: str
    open: bool

    @property
    def words(self) -> str:
        """All three in one line."""
        return "; ".join(part for part in (self.sent, self.decided, self.appealed) if part)


def claim_states(case: Case, facts: Facts) -> tuple[ClaimState, ...]:
    """Every claim that no sent one replaces: those with something open first, then the newest."""
    replaced = replaced_claims(case)
    found = [claim_state(case, facts, claim) for claim in case.claims if claim.record_id not in replaced]
    newest = sorted(found, key=lambda state: state.claim.record_id, reverse=True)
    return tuple(sorted(newest, key=lambda state: not state.open))


def claim_state(case: Case, facts: Facts, claim: Claim) -> ClaimState:
    """Where one claim stands."""
    if claim.submission is None:
        return ClaimState(claim, "not sent", "", "", True)
    sent = f"sent {claim.submission.date.isoformat()}"
    decisions = decisions_about(case, claim.record_id)
    if not decisions:
        return ClaimState(claim, sent, "not decided yet", "", True)
    last = decisions[-1]
    appealed, still = _appeal(case, facts, last)
    return ClaimState(claim, sent, _decided(last, facts), appealed, still)


def _decided(decision: Decision, facts: Facts) -> str:
    paid = f", {money(decision.total_paid)} paid" if decision.total_paid is not None else ""
    return f"{outcome_words(decision, facts)} {decision.notice_date.isoformat()}{paid}"


def outcome_words(decision: Decision, facts: Facts) -> str:
    """The outcome as written, else as the amount and the reason codes say it."""
    if decision.outcome is not None:
        return decision.outcome
    if is_denial(decision, facts):
        return "partly denied" if decision.total_paid else "denied"
    return "paid" if decision.total_paid else "decided"


def _appeal(case: Case, facts: Facts, decision: Decision) -> tuple[str, bool]:
    """The newest round against a decision, followed through the decisions about its appeals."""
    words = ""
    for _ in range(len(case.decisions) + 1):
        rounds = appeals_against(case, decision)
        if not rounds:
            break
        latest = rounds[-1]
        if latest.submission is None:
            return f"appeal {latest.level} not sent yet", True
        words = f"appeal {latest.level} sent {latest.submission.date.isoformat()}"
        if latest in waiting_appeals(case):
            return words, True
        answers = decisions_about(case, latest.record_id)
        decision = answers[-1]
        words = f"appeal {latest.level}: {_decided(decision, facts)}"
    if decision in open_denials(case, facts):
        return f"{words}; no appeal yet" if words else "no appeal yet", True
    return words, False
