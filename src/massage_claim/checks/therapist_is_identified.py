"""Statement: who treated and who is paid are named with all that a superbill must hold.

The tax number is asked for by `ein_is_present_and_plausible`, the profession by `taxonomy_is_known`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from massage_claim.calc.licence import licence_state
from massage_claim.calc.roles import in_role, treating
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import listed, long_date

STEP = "find-therapist"
SEVERITY = Severity.MUST_FIX
WHY = "Remittance Advice Remark Codes (X12), N256 to N258, N289 and N290: who treated or is paid is not fully named"

NO_NUMBER = frozenset({"none"})
"""Regimes in which a state gives no license number."""


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    providers = treating(case)
    if not providers:
        yield Finding(
            says="No therapist is written down.",
            fix=f"Type `{spell('add-provider')}`, with the role `rendering`.",
            where=Where("providers"),
            ask="therapist",
            wants=("identity",),
        )
    else:
        for session in unclaimed_sessions(case):
            if session.rendering is None:
                yield Finding(
                    says=f"The visit of {long_date(session.date)} does not say who treated.",
                    fix="Add `rendering` with the therapist's record name.",
                    where=case.where(session, "rendering"),
                    session=session.record_id,
                )
    for provider in providers:
        yield from _treats(case, facts, provider)
    billing = in_role(case, "billing")
    if providers and not billing:
        yield Finding(
            says="Nobody is named who is paid: the practice, or the therapist's own business.",
            fix=f"Add the role `billing` to the therapist, or type `{spell('add-provider')}` for the practice.",
            where=case.where(providers[0], "roles"),
            ask="therapist",
            wants=("who-is-paid",),
        )
    for provider in billing:
        yield from _is_paid(case, provider)


def _treats(case: Case, facts: Facts, provider: Provider) -> Iterator[Finding]:
    state = licence_state(provider)
    known = facts.licences.get(state) if state else None
    licence = provider.licence
    unnumbered = known is not None and known.regime in NO_NUMBER
    gaps = {
        "credential": provider.credential is None and "the letters after the name (such as LMT)",
        "npi": provider.npi is None and "the NPI (provider number)",
        "licence": (licence is None or licence.number is None) and not unnumbered and "the license number",
    }
    yield from _lacking(case, provider, "The therapist's record lacks", gaps)


def _is_paid(case: Case, provider: Provider) -> Iterator[Finding]:
    gaps = {
        "npi": provider.npi is None and "rendering" not in provider.roles and "the NPI (provider number)",
        "address": (provider.address is None or not provider.address.complete) and "the full address",
        "phone": provider.phone is None and "the phone number",
    }
    yield from _lacking(case, provider, "The record of who is paid lacks", gaps)


def _lacking(case: Case, provider: Provider, begins: str, gaps: Mapping[str, str | bool]) -> Iterator[Finding]:
    missing = {field: words for field, words in gaps.items() if isinstance(words, str)}
    if missing:
        yield Finding(
            says=f"{begins} {listed(list(missing.values()))}.",
            fix="Ask the therapist for it, and write it in this record.",
            where=case.where(provider, next(iter(missing))),
            ask="therapist",
            wants=tuple(f"therapist-{field}" for field in missing),
        )
