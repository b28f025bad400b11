"""The seven steps from a policy to a payment, as data. Nothing here behaves."""

from __future__ import annotations

from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, its name in templates and checks, its title, and the question it answers."""

    number: int
    slug: str
    title: str
    question: str


STEPS: tuple[Step, ...] = (
    Step(1, "verify-coverage", "Coverage", "Does the plan pay for massage by this kind of provider?"),
    Step(2, "get-prescription", "Prescription", "Is there a signed order, and a letter if the plan wants one?"),
    Step(3, "find-therapist", "Therapist", "Is the therapist licensed, and does the plan accept them?"),
    Step(4, "keep-records", "Records", "Is every session, payment and result written down?"),
    Step(5, "submit", "Claim", "Is the claim complete, in time, and sent the way the payer wants it?"),
    Step(6, "follow-up", "Follow-up", "Did the payer decide, and is the payment right?"),
    Step(7, "appeal", "Appeal", "Is every wrong denial answered before its date?"),
)


def step(slug: str) -> Step:
    """The step of that name. Raises KeyError: a name in our own code or templates is wrong."""
    for candidate in STEPS:
        if candidate.slug == slug:
            return candidate
    raise KeyError(slug)
