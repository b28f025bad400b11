"""Steps 5 to 7 of one claim: sent, decided, appealed, in a few words each; and whether something is still open."""

from __future__ import annotations

from datetime import date

from massage_claim.calc.decisions import (
    adds_up,
    appeals_against,
    decisions_about,
    is_denial,
    open_denials,
    replaced_claims,
    waiting_appeals,
)
from massage_claim.calc.rounds import EXTERNAL, ways_on
from massage_claim.calc.triage import triage
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import money, plural


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


def list_claim_states(case: Case, facts: Facts) -> tuple[ClaimState, ...]:
    """Every claim that no sent one replaces: those with something open first, then the newest."""
    replaced = replaced_claims(case)
    found = [find_claim_state(case, facts, claim) for claim in case.claims if claim.record_id not in replaced]
    newest = sorted(found, key=lambda state: state.claim.record_id, reverse=True)
    return tuple(sorted(newest, key=lambda state: not state.open))


def find_claim_state(case: Case, facts: Facts, claim: Claim) -> ClaimState:
    """Where one claim stands. The payer may decide it in parts; what no part names is said to be open."""
    if claim.submission is None:
        return ClaimState(claim, "not sent", "", "", True)
    sent = f"sent {claim.submission.date.isoformat()}"
    decisions = decisions_about(case, claim.record_id)
    if not decisions:
        return ClaimState(claim, sent, "not decided yet", "", True)
    rounds = [_appeal(case, facts, one) for one in decisions]
    decided = "; ".join(_decided(one, facts, case) for one in decisions)
    left = undecided_days(case, claim)
    if left:
        decided += f"; {plural(len(left), 'date')} of service not decided yet"
    appealed = "; ".join(dict.fromkeys(words for words, _ in rounds if words))
    return ClaimState(claim, sent, decided, appealed, bool(left) or any(still for _, still in rounds))


def undecided_days(case: Case, claim: Claim) -> tuple[date, ...]:
    """The dates of service that no decision names. Empty where one decides the whole: it has no lines, or not all of them."""
    decisions = decisions_about(case, claim.record_id)
    if not decisions or not all(_by_lines(one) for one in decisions):
        return ()
    named = {line.service_date for one in decisions for line in one.lines}
    return tuple(sorted({line.date for line in claim.lines} - named))


def _by_lines(decision: Decision) -> bool:
    """Whether its lines are all that the notice has: what they were paid is the sum of the whole."""
    paid = [line.paid for line in decision.lines]
    return bool(paid) and None not in paid and decision.total_paid is not None and adds_up(decision)


def _decided(decision: Decision, facts: Facts, case: Case) -> str:
    paid = f", {money(decision.total_paid)} paid" if decision.total_paid is not None else ""
    words = outcome_words(decision, facts)
    if words == "paid" and decision.lines:
        verdicts = triage(decision, case, facts, facts.day)
        usual = all(one.path in ("as-expected", "share") for one in verdicts)
        words = "paid as expected" if usual else "paid, not as expected,"
    return f"{words} {decision.notice_date.isoformat()}{paid}"


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
            return f"{_called(latest)} not sent yet", True
        words = f"{_called(latest)} sent {latest.submission.date.isoformat()}"
        if latest in waiting_appeals(case):
            return words, True
        answers = decisions_about(case, latest.record_id)
        decision = answers[-1]
        words = f"{_called(latest)}: {_decided(decision, facts, case)}"
    if decision in open_denials(case, facts):
        paths = {one.path for one in triage(decision, case, facts, facts.day)}
        still = next((said for path, said in _STILL_OPEN if path in paths), _NO_APPEAL)
        still = _NO_FURTHER if words and still == _NO_APPEAL else still
        return f"{words}; {still}" if words else still, bool(ways_on(case, facts, decision))
    return words, False


def _called(appeal: Appeal) -> str:
    return "external review" if appeal.level == EXTERNAL else f"appeal {appeal.level}"


_NO_APPEAL = "no appeal yet"
_NO_FURTHER = "the next round is not sent yet"
_STILL_OPEN = (
    ("appeal", _NO_APPEAL),
    ("ask", _NO_APPEAL),
    ("correct", "not corrected and sent again yet"),
    ("send", "what is missing is not sent yet"),
    ("route", "another insurance is to pay first"),
    ("wait", "still under review"),
    ("dead-end", "nothing to appeal"),
)
