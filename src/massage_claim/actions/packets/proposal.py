"""Which claims a build is about: what is not claimed yet, a claim that was sent, or the correction of one.

Sessions that findings keep out are named with the finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date

from massage_claim.actions.project import Opened
from massage_claim.calc.claim_split import choose_resending, free_id, propose, sessions_to_resend
from massage_claim.calc.sendings import without_packet
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding
from massage_claim.command_text import spell
from massage_claim.documents.claims import view_claim
from massage_claim.documents.views import ClaimView
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.frozen import dataclass
from massage_claim.journey import step
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine

LAST_STEP = 5
"""The step of journey.py that a packet is built for; findings of later steps don't stop it."""


@dataclass(frozen=True)
class Asked:
    """What the person asked for. `claim` and `corrects` are claim ids, with or without their folder."""

    claim: str | None = None
    corrects: str | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        spanned = self.since is not None or self.until is not None
        if self.corrects is not None and (self.claim is not None or spanned):
            says = "--corrects goes with no other choice of visits."
            raise UsageProblem(Problem(says, "Leave --claim, --from and --to out."))
        if self.since and self.until and self.since > self.until:
            raise UsageProblem(Problem("--from is after --to.", "Give the first day with --from, the last with --to."))


@dataclass(frozen=True)
class Proposed:
    """The claims to build. `aside`: session → the finding that keeps it out. `frozen`: they are rebuilt as they were sent.

    `apart`: claim → why it is not one with the claim before it.
    """

    claims: tuple[ClaimView, ...]
    aside: Mapping[str, Finding]
    frozen: bool = False
    apart: Mapping[str, str] = field(default_factory=dict)


def propose_claims(opened: Opened, asked: Asked, findings: tuple[Finding, ...], *, draft: bool) -> Proposed:
    """The claims that were asked for. With `draft` no session is kept out. Raises UsageProblem, NotReady."""
    case, facts = opened.case, opened.facts
    blocked = {} if draft else _find_blocked(findings)
    if asked.corrects is not None:
        return _propose_correction(opened, asked.corrects, blocked)
    frozen = find_sent_claim(case, asked)
    if frozen is not None:
        return Proposed((view_claim(case, frozen.id, frozen.lines, frozen),), {}, frozen=True)
    every = propose(case, facts, since=asked.since, until=asked.until)
    chosen = propose(case, facts, set_aside=blocked, since=asked.since, until=asked.until)
    if asked.claim is not None:
        bare = asked.claim.removeprefix("claims/")
        chosen = tuple(one for one in chosen if one.id == bare)
        every = tuple(one for one in every if one.id == bare) or every
        if not chosen and not any(one.id == bare for one in every):
            known = ", ".join(dict.fromkeys([c.id for c in case.claims] + [one.id for one in every]))
            fix = f"Name one of: {known}." if known else "Leave --claim out."
            raise UsageProblem(Problem("--claim names no claim of this case.", fix))
    asked_for = [session for one in every for session in one.sessions]
    aside = {session: blocked[session] for session in asked_for if session in blocked}
    apart = {one.id: one.apart for one in chosen if one.apart} if len(chosen) > 1 else {}
    return Proposed(tuple(view_claim(case, one.id, one.lines) for one in chosen), aside, apart=apart)


def find_sent_claim(case: Case, asked: Asked) -> Claim | None:
    """The sent claim that is asked for; or, with nothing unclaimed, the latest one, which is then rebuilt."""
    if asked.corrects is not None:
        return None
    if asked.claim is not None:
        named = case.find(Claim, asked.claim)
        if named and without_packet(named.submission):
            says = f"Claim {named.id} was sent without this program, so there is no packet of it to build again."
            fix = f"To send a corrected one, type `{spell('build-packet', corrects=named.id)}`."
            raise NotReady(Problem(says, fix, case.where(named, "submission")))
        return named if named and named.submission else None
    if asked.since or asked.until or unclaimed_sessions(case):
        return None
    built = (claim for claim in reversed(case.claims) if claim.submission and not without_packet(claim.submission))
    return next(built, None)


def blocks_all(finding: Finding) -> bool:
    """True for a finding that stops every claim of the case."""
    return finding.blocks and finding.session is None and step(finding.step).number <= LAST_STEP


def release_sessions(case: Case, old: Claim) -> Case:
    """The case as if the sessions of `old` were in no claim yet, so that they can be proposed anew."""
    ids = {line.session for line in old.lines}
    return replace(case, claims=tuple(one for one in case.claims if not {line.session for line in one.lines} & ids))


def _propose_correction(opened: Opened, corrects: str, blocked: Mapping[str, Finding]) -> Proposed:
    """The corrected claim: the sessions of the old one that were refused, as their records say now."""
    case = opened.case
    old = case.find(Claim, corrects)
    if old is None or old.submission is None:
        known = ", ".join(claim.id for claim in case.claims if claim.submission)
        raise UsageProblem(Problem("--corrects names no submitted claim.", f"Name one of: {known or 'none yet'}."))
    later = next((one for one in case.claims if one.replaces == old.record_id and one.submission), None)
    if later is not None:
        says = f"Claim {old.id} was corrected already, by claim {later.id}."
        raise NotReady(Problem(says, f"Correct that one: --corrects {later.id}.", case.where(later, "replaces")))
    wanted = sessions_to_resend(case, old, opened.facts, opened.today)
    others = frozenset(session.record_id for session in case.sessions) - wanted
    proposals = propose(release_sessions(case, old), opened.facts, set_aside=others | blocked.keys())
    aside = {session: blocked[session] for session in sorted(wanted) if session in blocked}
    if not proposals and not aside:
        says = "No session of that claim is left to correct."
        raise NotReady(Problem(says, "Look whether its session records are still there.", Where("sessions/")))
    if len(proposals) > 1:
        says = "The visits of that claim no longer fit in one claim: a therapist, a year or a diagnosis was changed."
        fix = "Undo that change, or ask the plan how to correct a claim that becomes two."
        raise NotReady(Problem(says, fix, case.where(old)))
    reference = free_id(old.id, {claim.stem for claim in case.claims})
    return Proposed(tuple(make_correction(opened, reference, one.lines, old) for one in proposals), aside)


def make_correction(opened: Opened, reference: str, lines: tuple[ServiceLine, ...], old: Claim) -> ClaimView:
    """The claim of these lines that corrects `old`, as a replacement or as a new one, by what its notice says."""
    way = choose_resending(opened.case, old, opened.facts, opened.today)
    return view_claim(opened.case, reference, lines, corrects=old.record_id, resent_as=way)


def _find_blocked(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """Session → the first finding that keeps it out of a claim."""
    blocked: dict[str, Finding] = {}
    for finding in findings:
        if finding.blocks and finding.session:
            blocked.setdefault(finding.session, finding)
    return blocked
