"""Who does what in a case, and of which profession: who treats, who ordered, who is paid. Judges nothing.

The profession goes by the taxonomy code, else by the letters after the name. A provider without either is taken for a
massage therapist: most don't write theirs down.
"""

from __future__ import annotations

import re

from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.choices import Role
from massage_claim.models.providers import Provider


def in_role(case: Case, role: Role) -> tuple[Provider, ...]:
    """The providers whose record has this role, in the order of the records."""
    return tuple(provider for provider in case.providers if role in provider.roles)


def treating(case: Case) -> tuple[Provider, ...]:
    """Who treats: those whom a treatment session names, else those with the role rendering."""
    named = {session.rendering for session in case.sessions if session.purpose == "treatment"}
    found = tuple(provider for provider in case.providers if provider.record_id in named)
    return found or in_role(case, "rendering")


def ordering(case: Case) -> tuple[Provider, ...]:
    """Who orders: those whom an order names, and those with the role referring."""
    named = {order.referring for order in case.prescriptions}
    return tuple(p for p in case.providers if p.record_id in named or "referring" in p.roles)


def who_is_paid(case: Case, therapist: Provider | None = None) -> Provider | None:
    """Who is paid for the visits of `therapist`: the therapist with that role too, else the only one who has it."""
    if therapist is not None and "billing" in therapist.roles:
        return therapist
    paid = in_role(case, "billing")
    return paid[0] if len(paid) == 1 else None


def who_would_be_paid(case: Case, therapist: Provider) -> Provider | None:
    """Who would be paid for visits with `therapist`: they themselves, or the only practice beside the only therapist."""
    if "billing" in therapist.roles:
        return therapist
    return who_is_paid(case) if in_role(case, "rendering") == (therapist,) else None


MASSAGE_THERAPIST = "massage-therapist"
OTHER = "other"
OF_OTHER_THERAPY = frozenset({"physical-therapist", "chiropractor"})
"""Those whose own therapy massage may be a part of."""


def provider_kind(provider: Provider | None, facts: Facts) -> str:
    """massage-therapist, physical-therapist, chiropractor, physician, or other for another profession's taxonomy code."""
    if provider is None:
        return MASSAGE_THERAPIST
    if provider.taxonomy is not None:
        fitting = [kind.kind for kind in facts.provider_kinds if provider.taxonomy.startswith(kind.taxonomies)]
        return fitting[0] if fitting else OTHER
    for letters in re.split(r"[,;/\s]+", (provider.credential or "").upper().replace(".", "")):
        for kind in facts.provider_kinds:
            if letters in kind.credentials:
                return kind.kind
    return MASSAGE_THERAPIST


def provider_words(kind: str, facts: Facts) -> str:
    """The profession with its article: "a chiropractor"."""
    return next((known.words for known in facts.provider_kinds if known.kind == kind), "this kind of provider")
