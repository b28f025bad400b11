"""Therapists side by side: whether each meets what the plan and a claim require, yes, no or unknown, with the words that say why.

A candidate is a provider with the role rendering whom no visit names yet. Ranks nobody and prints no odds.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from massage_claim.calc.identifiers import ein_is_plausible, npi_is_possible
from massage_claim.calc.licence import licence_on
from massage_claim.calc.roles import in_role, who_would_be_paid
from massage_claim.calc.route import OUT_OF_NETWORK, THERAPIST_ACCEPTED, is_massage_therapist, settle
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider

Met = Literal["yes", "no", "unknown"]
REQUIREMENTS = ("license", "npi", "ein", "network", "accepted", "certification")
"""In the order they are shown."""
_ASKED = "therapist_requirements"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, whether it is met, and why."""

    name: str
    met: Met
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A therapist with every requirement in the order of REQUIREMENTS. `treats`: a visit names them already."""

    provider: Provider
    treats: bool
    requirements: tuple[Requirement, ...]

    @property
    def open(self) -> tuple[Requirement, ...]:
        """What is not met, or not known."""
        return tuple(one for one in self.requirements if one.met != "yes")


def list_candidates(case: Case, facts: Facts, today: date) -> tuple[Candidate, ...]:
    """Everybody with the role rendering, by record name."""
    named = {session.rendering for session in case.sessions}
    found = sorted(in_role(case, "rendering"), key=lambda provider: provider.record_id)
    return tuple(Candidate(p, p.record_id in named, _requirements(case, facts, p, today)) for p in found)


def wanted_of_therapist(case: Case) -> str | None:
    """What the plan said a therapist must have, by its newest answer; None when nobody asked."""
    answers = [coverage for coverage in case.coverage if _ASKED in coverage.answers]
    newest = max(answers, key=lambda coverage: (coverage.date, coverage.record_id), default=None)
    return newest.answers[_ASKED] if newest else None


def _requirements(case: Case, facts: Facts, provider: Provider, today: date) -> tuple[Requirement, ...]:
    return (
        Requirement("license", *_licence(case, facts, provider, today)),
        Requirement("npi", *_npi(facts, provider)),
        Requirement("ein", *_ein(case, facts, provider)),
        Requirement("network", *_network(provider)),
        Requirement("accepted", *_accepted(case, facts, provider)),
        Requirement("certification", *_certification(case, facts, provider)),
    )


def _licence(case: Case, facts: Facts, provider: Provider, today: date) -> tuple[Met, str]:
    found = licence_on(case, facts, provider, today)
    last = found.check.valid_until if found.check else None
    match found.state:
        case "held":
            return "yes", f"looked up, valid until {last.isoformat()}" if last else "looked up today, active"
        case "no-regime":
            return "yes", "the state has no license; ask the plan what it accepts instead"
        case "run-out":
            return "no", "it has run out, by the last look-up" + (f": {last.isoformat()}" if last else "")
        case "not-active":
            return "no", f"the last look-up said: {found.check.result if found.check else 'not active'}"
        case "not-since":
            return "unknown", "the look-up is older than today and names no last day: look again"
        case _:
            return "unknown", "not looked up yet"


def _npi(facts: Facts, provider: Provider) -> tuple[Met, str]:
    if provider.npi is None:
        return "unknown", "ask the therapist; it is free to get"
    if not npi_is_possible(provider.npi, facts.identifiers.npi):
        return "no", "the number has a mistake: its check digit is wrong"
    return "yes", "written down"


def _ein(case: Case, facts: Facts, provider: Provider) -> tuple[Met, str]:
    """The tax number of who would be paid: the therapist's own, or the practice's where only one of each is known."""
    paid = who_would_be_paid(case, provider)
    ein = provider.ein or (paid.ein if paid else None)
    if ein is None:
        return "unknown", "ask for the EIN of who is paid; it is free to get, never an SSN"
    if not ein_is_plausible(ein, facts.identifiers.ein):
        return "no", "it begins with two digits that the IRS has not listed: a mistake, or an SSN"
    return "yes", "written down"


def _network(provider: Provider) -> tuple[Met, str]:
    network = provider.network
    if network is None or network.status == "unknown":
        return "unknown", "look in the plan's directory"
    by = f", by {network.source}" if network.source else ""
    return ("yes", f"in the plan's network{by}") if network.status == "in" else ("no", f"outside the network{by}")


def _accepted(case: Case, facts: Facts, provider: Provider) -> tuple[Met, str]:
    """Whether the plan pays this kind of provider, by the answers that count. A phone answer is no promise."""
    if settle(case, "massage_excluded"):
        return "no", "the plan excludes massage"
    if settle(case, "only_within_other_therapy") and is_massage_therapist(provider, facts):
        return "no", "the plan pays massage only within another therapy"
    outside = provider.network is None or provider.network.status != "in"
    if outside and settle(case, OUT_OF_NETWORK) is False:
        if provider.network is None or provider.network.status == "unknown":
            return "unknown", "only if in the network: the plan pays nobody outside it"
        return "no", "the plan pays nobody outside its network"
    if not is_massage_therapist(provider, facts):
        return "unknown", "ask the plan about massage by this profession"
    said = settle(case, THERAPIST_ACCEPTED)
    if said is None:
        return "unknown", "ask the plan whether it pays a massage therapist"
    return ("yes", "the plan pays a massage therapist") if said else ("no", "the plan pays no massage therapist")


def _certification(case: Case, facts: Facts, provider: Provider) -> tuple[Met, str]:
    said = wanted_of_therapist(case)
    if said is None:
        return "unknown", "ask the plan what a therapist must have"
    if said.lower().startswith("no"):
        return "yes", "the plan wants none"
    wanted = [one for one in facts.certifications if any(term in said.lower() for term in one.terms)]
    if not wanted:
        return "yes", "the plan named none; read its answer again"
    held = (provider.credential or "").lower()
    lacking = [one.words for one in wanted if not any(letters.lower() in held for letters in one.shown_by)]
    return ("unknown", f"the plan spoke of {lacking[0]}: ask the therapist") if lacking else ("yes", "held")
