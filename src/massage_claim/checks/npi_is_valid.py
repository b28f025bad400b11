"""Statement: every NPI (provider number) can be right, and is its owner's own.

A number that stands in another field too is told here. A missing number is asked for by `therapist_is_identified` and
`prescription_is_complete`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.identifiers import npi_is_possible
from massage_claim.calc.roles import in_role, ordering, treating
from massage_claim.checks import Ask, Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import listed

STEP = "find-therapist"
SEVERITY = Severity.MUST_FIX
OWN_NUMBERS = "Remittance Advice Remark Codes (X12), N209 and N290: a number of who treated or is paid is wrong"
WHY = "45 CFR 162.406(a): an NPI has ten digits, the last of which checks the others"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for provider in case.providers:
        if provider.npi is not None and not npi_is_possible(provider.npi, facts.identifiers.npi):
            yield Finding(
                says=f"The NPI (provider number) of who {_does(provider)} has a typing mistake: its check digit is wrong.",
                fix="Compare it with the office's papers or npiregistry.cms.hhs.gov, and correct it.",
                where=case.where(provider, "npi"),
                ask=_asked(provider),
                wants=("npi",),
            )
    for doctor in ordering(case):
        yield from _shared(case, facts, doctor)
    yield from _other_numbers(case)


def _shared(case: Case, facts: Facts, doctor: Provider) -> Iterator[Finding]:
    """A doctor's number that stands in another's record too. A business of one person is one person."""
    if doctor.npi is None or not npi_is_possible(doctor.npi, facts.identifiers.npi):
        return
    others = [p for p in case.providers if p.npi == doctor.npi and p is not doctor and not _same(p, doctor)]
    for names, paid in (("the therapist", False), ("who is paid", True)):
        wanted = treating(case) if not paid else in_role(case, "billing")
        if any(other in wanted for other in others):
            yield Finding(
                says=f"The doctor and {names} have the same NPI (provider number). It belongs to one of them only.",
                fix="Ask each office for its own number, and correct the wrong one.",
                where=case.where(doctor, "npi"),
                ask="provider",
                wants=("npi",),
            )
            return


def _same(one: Provider, other: Provider) -> bool:
    return one.name.casefold().split() == other.name.casefold().split()


def _other_numbers(case: Case) -> Iterator[Finding]:
    """A license or tax number that is an NPI, or each other: copied into the wrong field."""
    npis = {provider.npi for provider in case.providers if provider.npi}
    for provider in case.providers:
        number = _digits(provider.licence.number) if provider.licence else ""
        tax = _digits(provider.ein)
        for field, words, same in (
            (("licence", "number"), "license number is an NPI (provider number)", number in npis),
            (("licence", "number"), "license number is the EIN (tax number)", bool(tax) and number == tax),
            (("ein",), "EIN (tax number) is the beginning of an NPI (provider number)", _begins(tax, npis)),
            (
                ("establishment_licence",),
                "practice's license number is an NPI (provider number)",
                _digits(provider.establishment_licence) in npis,
            ),
        ):
            if same:
                yield Finding(
                    says=f"The {words}. Each is a number of its own.",
                    fix="Compare it with the office's papers, and correct the wrong one.",
                    where=case.where(provider, *field),
                    because=OWN_NUMBERS,
                    ask=_asked(provider),
                    wants=("license",) if field != ("ein",) else ("ein",),
                    severity=Severity.RISKY,
                )


def _digits(number: str | None) -> str:
    """The number without what separates it; empty when letters belong to it."""
    bare = "".join(letter for letter in number or "" if letter.isalnum())
    return bare if bare.isdigit() else ""


def _begins(tax: str, npis: set[str]) -> bool:
    return bool(tax) and any(npi.startswith(tax) for npi in npis)


def _does(provider: Provider) -> str:
    words = {"referring": "ordered", "rendering": "treated", "billing": "is paid"}
    return listed([words[role] for role in provider.roles]) if provider.roles else "is named here"


def _asked(provider: Provider) -> Ask:
    return "provider" if provider.roles == ("referring",) else "therapist"
