"""Which profession a provider has: by the taxonomy code, else by the letters after the name.

Takes a provider and the known professions, gives the name of one. A provider without either is taken for a massage
therapist: most don't write theirs down.
"""

from __future__ import annotations

import re

from massage_claim.facts.library import Facts
from massage_claim.models.providers import Provider

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
