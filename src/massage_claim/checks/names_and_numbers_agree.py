"""Statement: names, dates of birth, member IDs and licenses are the same wherever the records say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.people import Address

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 31 and 140: the member cannot be identified"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    yield from _policy_holder(case)
    yield from _other_plan(case)
    yield from _licences(case)
    yield from _offices(case)


def _policy_holder(case: Case) -> Iterator[Finding]:
    """Who holds their own policy is one person, with one name, birth date and address."""
    patient, holder = case.patient, case.patient.subscriber
    if holder is None or patient.relation_to_subscriber != "self":
        return
    differs = {
        "name": _both(patient.name, holder.name) and _plain(patient.name) != _plain(holder.name),
        "birth_date": _both(patient.birth_date, holder.birth_date) and patient.birth_date != holder.birth_date,
        "address": _both(patient.address, holder.address) and _spelled(patient.address) != _spelled(holder.address),
    }
    words = {"name": "names", "birth_date": "dates of birth", "address": "addresses"}
    for field, different in differs.items():
        if different:
            yield Finding(
                says=f"The patient holds the policy, yet patient.yaml has two {words[field]} for this one person.",
                fix="Correct the wrong one, or correct `relation_to_subscriber` if another person holds the policy.",
                where=case.where("patient", "subscriber", field),
                severity=Severity.RISKY if field == "address" else Severity.MUST_FIX,
            )


def _other_plan(case: Case) -> Iterator[Finding]:
    other = case.plan.other_coverage
    if other is None or not other.has or not _both(other.member_id, case.plan.member_id):
        return
    if _plain(other.member_id) == _plain(case.plan.member_id):
        yield Finding(
            says="Both insurers have the same member ID here. Each insurer gives its own.",
            fix="Compare both insurance cards, and correct the wrong number.",
            where=case.where("plan", "other_coverage", "member_id"),
        )


def _licences(case: Case) -> Iterator[Finding]:
    numbers = {p.record_id: p.licence.number for p in case.providers if p.licence and p.licence.number}
    for looked in case.licence_checks:
        number = numbers.get(looked.provider)
        said = looked.what or ""
        if number and any(letter.isdigit() for letter in said) and _plain(number) not in _plain(said):
            yield Finding(
                says="The look-up names another license number than the therapist's record.",
                fix="Compare both with the state's public register, and correct the wrong one.",
                where=case.where(looked, "what"),
                because="Claim Adjustment Reason Codes (X12), B7: not licensed on the date of service",
                ask="therapist",
                wants=("license",),
                step="find-therapist",
            )


def _offices(case: Case) -> Iterator[Finding]:
    """One name stands for one person or practice: two records of it must not differ in number."""
    by_name: dict[str, list[int]] = {}
    for number, provider in enumerate(case.providers):
        by_name.setdefault(_plain(provider.name), []).append(number)
    for numbers in by_name.values():
        same = [case.providers[number] for number in numbers]
        npis = {provider.npi for provider in same if provider.npi}
        if len(npis) > 1:
            yield Finding(
                says="Two records have the same name and different NPIs (provider numbers).",
                fix="Compare them with npiregistry.cms.hhs.gov, and correct or delete the wrong record.",
                where=case.where(same[-1], "npi"),
                because="Claim Adjustment Reason Codes (X12), 208: the provider number does not match",
                step="find-therapist",
            )


def _both(one: object, other: object) -> bool:
    return one is not None and other is not None


def _plain(text: str | None) -> str:
    return "".join(letter for letter in (text or "").casefold() if letter.isalnum())


def _spelled(address: Address | None) -> str:
    return _plain(address.one_line if address else None)
