"""Makes provider kinds, verdicts, plan routes and alternatives from the entries of their YAML file."""

from __future__ import annotations

from massage_claim.facts import route_kinds as route
from massage_claim.facts.entry import Entry
from massage_claim.facts.plain_kinds import PLAN_KINDS

ROUTES = (
    "covered_through_this_therapist",
    "in_network_only",
    "within_therapy_only",
    "out_of_network_superbill",
    "exception_worth_asking",
    "predetermination_first",
    "hsa_fsa_only",
    "accident_or_work_insurer_first",
    "doctor_declined",
    "not_covered_stop",
    "unknown_ask",
)
PROVIDER_KINDS = ("massage-therapist", "physical-therapist", "chiropractor", "physician", "other")
"""`other`: a taxonomy code of some other profession is written down."""


def provider_kind(entry: Entry) -> route.ProviderKind:
    return route.ProviderKind(
        kind=entry.choice("kind", PROVIDER_KINDS),
        words=entry.text("words"),
        taxonomies=entry.words("taxonomies"),
        credentials=entry.words("credentials"),
        **entry.common(),
    )


def route_words(entry: Entry) -> route.RouteWords:
    return route.RouteWords(
        name=entry.choice("name", ROUTES),
        title=entry.text("title"),
        pays=entry.choice("pays", ("yes", "maybe", "no")),
        says=entry.text("says"),
        next_step=entry.text("next_step"),
        **entry.common(),
    )


def plan_route(entry: Entry) -> route.PlanRoute:
    return route.PlanRoute(
        kind=entry.choice("kind", PLAN_KINDS),
        providers=_known(entry, "providers", PROVIDER_KINDS),
        when=entry.choice("when", ("always", "approved", "not-approved", "unasked", "outside"), "always"),
        route=entry.choice("route", ROUTES),
        says=entry.text("says"),
        next_step=entry.maybe("next_step"),
        **entry.common(),
    )


def alternative(entry: Entry) -> route.Alternative:
    return route.Alternative(
        name=entry.text("name"),
        routes=_known(entry, "routes", ROUTES),
        state=entry.maybe("state"),
        says=entry.text("says"),
        payer_words=entry.maybe("payer_words"),
        **entry.common(),
    )


def _known(entry: Entry, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    words = entry.words(key)
    if not words or any(word not in allowed for word in words):
        entry.wrong(key, f"`{key}` must be some of: {', '.join(allowed)}")
    return words
