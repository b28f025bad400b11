"""A part of the guide's interview, and the names of all parts. Data only; `guide.py` says when each comes."""

from __future__ import annotations

from massage_claim.actions.guide.questions import Question
from massage_claim.checks import Finding
from massage_claim.facts.plans import CoverageQuestion
from massage_claim.frozen import dataclass


@dataclass(frozen=True)
class Interview:
    """The next part: a task of `TITLES`. `about`: the record it concerns, or what tells one turn from the next.

    `step` 0: it is about several steps.
    """

    step: int
    task: str
    about: str = ""
    questions: tuple[Question, ...] = ()
    coverage: tuple[CoverageQuestion, ...] = ()
    finding: Finding | None = None

    @property
    def key(self) -> str:
        """The name of this turn, for `passed`."""
        return f"{self.task}:{self.about}"


STILL_OPEN = "still-open:"
"""The turn that offers what was skipped or not known in an earlier run."""

TITLES: dict[str, str] = {
    "still-open": "what was skipped or not known before",
    "sent-before": "a claim that was sent already",
    "card": "your insurance card",
    "coverage": "what the plan said about massage",
    "undecided": "what the plan did not say yet",
    "not-covered": "the plan does not pay",
    "more-coverage": "more of what the plan said",
    "rules": "how the plan wants claims",
    "worth": "whether it is worth the trouble",
    "condition": "what hurts",
    "doctor": "who ordered the massage",
    "diagnosis": "the doctor's diagnosis",
    "order": "the doctor's order",
    "therapist": "who treats",
    "practice": "who is paid",
    "licence": "the therapist's license",
    "measure": "how you are, as a number",
    "visit": "the visits",
    "payment": "what was paid",
    "attach-order": "a scan of the order",
    "attach-letter": "the doctor's letter",
    "attach-superbill": "the therapist's superbill",
    "attach-proof": "proof of payment",
    "patient": "what the claim must say about the patient",
    "mend": "what must be fixed",
    "claim": "the claim",
    "decision": "what the plan decided",
    "contact": "asking the plan",
    "stronger": "what makes the appeal stronger",
    "appeal": "the appeal",
}
