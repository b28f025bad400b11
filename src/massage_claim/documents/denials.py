"""What the papers around an appeal say of a decision besides the round itself: `denial` in templates.

Works out what a template uses, for the scene of one decision; public names of templates, so they only ever grow. Law comes
only from verified facts of the plan's own kind. What is for the patient's eyes alone (`ways`, `offices`) says what to check
where nobody read it in its source. Reads no disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from massage_claim.calc.decisions import appeals_against
from massage_claim.calc.last_days import EXTERNAL, next_level
from massage_claim.calc.law import OF_EMPLOYERS, grandfathered, law_kind, not_private
from massage_claim.calc.letter_contents import Urgent, urgent_statement
from massage_claim.calc.notice_moves import words_of
from massage_claim.calc.reasons import reasons_of
from massage_claim.calc.rounds import find_answered
from massage_claim.documents.clinicians import Planned
from massage_claim.documents.criteria import CRITERIA_PAGES
from massage_claim.documents.views import Event, Right
from massage_claim.facts.appeal_rules import FileRequest, LawSentence
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene

_ABOUT_THE_CLAIM = (
    "Claim sent",
    "Corrected claim",
    "Date of the notice",
    "Date of the decision",
    "Notice of denial",
    "Decision about",
    "Appeal (level",
    "Request for external review",
)
"""How the events of a timeline begin that tell nothing of health."""


@dataclass(frozen=True, slots=True)
class OfficeView:
    """Who takes a complaint. `check`: what to check first; for the patient's eyes, like `looks_at`."""

    name: str
    title: str
    asks: str
    looks_at: str
    check: str


@dataclass(frozen=True, slots=True)
class WayView:
    """One way on after the final no, for the patient's eyes; `check` where it was not read in its source."""

    title: str
    says: str
    check: str


@dataclass(frozen=True, slots=True)
class PayersCriterion:
    """One of the payer's own criteria, and the page that it stands on."""

    words: str
    page: str


class ForDenial:
    """`denial` in templates. Every name but `office` needs a decision; without one it is empty."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @property
    def numbers(self) -> tuple[str, ...]:
        """The payer's claim numbers: the notice's own first."""
        decision, claim = self._scene.decision, self._scene.claim
        named = [decision.claim_number] if decision and decision.claim_number else []
        return tuple(dict.fromkeys((*named, *(claim.numbers if claim else ()))))

    @property
    def final(self) -> bool:
        """Whether no round is left after this decision."""
        return self._scene.decision is not None and next_level(self._scene.case, self._scene.decision) is None

    @property
    def reviewed(self) -> bool:
        """Whether an external review has decided."""
        before = find_answered(self._scene.case, self._scene.decision) if self._scene.decision else None
        return before is not None and before.level == EXTERNAL

    @property
    def late(self) -> bool:
        """Whether the day to appeal has passed."""
        day = self._scene.appeal.send_by if self._scene.appeal else None
        return day is not None and day < self._scene.today

    @property
    def other_words(self) -> tuple[str, ...]:
        """What the notice says besides the reasons that a letter answers, in our own words."""
        decision = self._scene.decision
        if decision is None:
            return ()
        then = self._scene.facts.on(decision.notice_date)
        if reasons_of(decision, self._scene.facts):
            return ()
        words = [text for item in decision.all_adjustments() for text in words_of(item, then)]
        words += [then.other_meanings[one].words for one in decision.all_meanings() if one in then.other_meanings]
        return tuple(dict.fromkeys(words))

    @property
    def medical(self) -> str:
        """Whether a medical judgment was made: medical, contract or unclear, by the reasons that the round answers."""
        reasons = self._scene.appeal.reasons if self._scene.appeal else ()
        judged = {self._scene.facts.denial_families[one.family].external for one in reasons}
        if "yes" in judged:
            return "medical"
        return "contract" if judged == {"no"} else "unclear"

    @property
    def file_requests(self) -> tuple[Right, ...]:
        """What the law of this kind of plan lets a claimant have a copy of, each with its source."""
        holds = {"always": True, "medical-judgment": self.medical == "medical"}
        every = self._scene.facts.after_denial.file_requests
        return tuple(Right(one.words, str(one.source)) for one in every if holds[one.when] and self._holds(one))

    @property
    def urgent_law(self) -> tuple[Right, ...]:
        """How fast an urgent appeal is decided, by the law of this kind of plan."""
        return tuple(self._sentences("urgent-decision"))

    @property
    def review_law(self) -> tuple[Right, ...]:
        """What an external review is open to, by the law of this kind of plan."""
        return tuple(self._sentences("review-scope"))

    @property
    def representative_law(self) -> tuple[Right, ...]:
        """That somebody may act for a claimant, by the law of this kind of plan."""
        return tuple(self._sentences("representative"))

    @property
    def criteria(self) -> tuple[PayersCriterion, ...]:
        """The payer's own criteria, as the rounds against this decision quote them from pages that are attached."""
        case, decision = self._scene.case, self._scene.decision
        found: dict[str, PayersCriterion] = {}
        for record in appeals_against(case, decision) if decision else ():
            for one in record.criteria:
                page = case.find(Attachment, one.source)
                if page is not None and page.kind in CRITERIA_PAGES:
                    found.setdefault(one.criterion, PayersCriterion(one.criterion, page.title or page.file))
        return tuple(found.values())

    @property
    def urgent(self) -> Urgent | None:
        """The clinician's recorded statement that the care to come can't wait."""
        decision = self._scene.decision
        return urgent_statement(self._scene.case, decision) if decision else None

    @property
    def care_goes_on(self) -> bool:
        """Whether visits of the order are still to come."""
        return bool(Planned(self._scene).visits)

    @property
    def office(self) -> OfficeView | None:
        """The office that a complaint goes to."""
        return next((one for one in self.offices if one.name == self._scene.office), None)

    @property
    def offices(self) -> tuple[OfficeView, ...]:
        """Who takes a complaint about this kind of plan."""
        case = self._scene.case
        return tuple(
            OfficeView(one.name, one.title, one.asks, one.looks_at, one.note or "")
            for one in self._scene.facts.after_denial.offices
            if case.plan.kind in one.applies_to and not (one.private and not_private(case))
        )

    @property
    def ways(self) -> tuple[WayView, ...]:
        """What is left, in the order to think about it."""
        case = self._scene.case
        return tuple(
            WayView(one.title, one.says, "" if one.verified else one.note or "")
            for one in self._scene.facts.after_denial.last_ways
            if one.is_for(case.plan.kind)
            and one.when in ("always", self.medical)
            and not (one.spares_grandfathered and grandfathered(case))
            and not (one.external and self.reviewed)
        )

    @property
    def history(self) -> tuple[Event, ...]:
        """What was sent and answered, with the appeals that answer this decision: without anything about health."""
        round_ = self._scene.appeal
        told = [one for one in round_.timeline if one.words.startswith(_ABOUT_THE_CLAIM)] if round_ else []
        return tuple(sorted([*told, *self._appeals()], key=lambda event: event.day))

    def _appeals(self) -> Iterator[Event]:
        case, decision = self._scene.case, self._scene.decision
        for record in appeals_against(case, decision) if decision else ():
            if record.submission and record.submission.date <= self._scene.today:
                yield Event(record.submission.date, f"Appeal (level {record.level}) sent")

    def _sentences(self, name: str) -> Iterator[Right]:
        for one in self._scene.facts.after_denial.sentences:
            if one.name.removesuffix("-individual") == name and self._holds(one):
                yield Right(one.words, str(one.source))

    def _holds(self, fact: FileRequest | LawSentence) -> bool:
        case = self._scene.case
        if law_kind(case) not in fact.applies_to or not fact.may_be_quoted:
            return False
        return not (fact.spares_grandfathered and grandfathered(case))


def employer_has_the_plan(scene: Scene) -> bool:
    """Whether an employer chose the plan, so that it can be asked."""
    return scene.case.plan.kind in (*OF_EMPLOYERS, "unknown")


def clinician_says_urgent(scene: Scene) -> bool:
    """Whether a clinician's statement is recorded for the decision. The program never calls a case urgent by itself."""
    return scene.decision is not None and urgent_statement(scene.case, scene.decision) is not None
