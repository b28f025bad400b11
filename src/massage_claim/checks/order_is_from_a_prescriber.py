"""Statement: who ordered may order.

It looks at the orders in use, their prescribers and the patient's name. A massage therapist does not prescribe, and
nobody orders their own treatment. Other letters after a name are only questioned: state and plan decide who may order.
Missing letters are asked for by `prescription_is_complete`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.roles import MASSAGE_THERAPIST, provider_kind
from massage_claim.calc.visits import order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 184: who ordered may not order it"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    in_use = {order.record_id for session in unclaimed_sessions(case) if (order := order_of(case, session))}
    orders = [order for order in case.prescriptions if order.record_id in in_use or not case.sessions]
    for name in dict.fromkeys(order.referring for order in orders):
        by = case.find(Provider, name)
        if by is not None:
            yield from _prescribes(case, facts, by)


def _prescribes(case: Case, facts: Facts, by: Provider) -> Iterator[Finding]:
    if case.patient.name and _plain(case.patient.name) == _plain(by.name):
        yield Finding(
            says="Who ordered the massage has the same name as the patient. Nobody orders their own treatment.",
            fix="Correct the name as it stands on the order, or ask another prescriber for an order.",
            where=case.where(by, "name"),
            ask="provider",
            wants=("order",),
        )
    letters = _letters(by.credential or "")
    prescribers = {credential for fact in facts.prescribers for credential in fact.credentials}
    if letters & prescribers:
        return
    if provider_kind(by, facts) == MASSAGE_THERAPIST and (by.taxonomy or letters & _of_massage(facts)):
        yield Finding(
            says="The order is said to come from a massage therapist. A massage therapist does not prescribe or diagnose.",
            fix="Ask a doctor or another prescriber for the order, and name the prescriber in it.",
            where=case.where(by, "credential"),
            ask="provider",
            wants=("order",),
        )
    elif letters:
        yield Finding(
            says="The letters after the prescriber's name are not among those known here. States and plans limit who may order.",
            fix="Compare them with the order, and check with your plan whether this profession may order massage.",
            where=case.where(by, "credential"),
            because="; ".join(dict.fromkeys(str(fact.source) for fact in facts.prescribers)),
            severity=Severity.RISKY,
        )


def _letters(credential: str) -> set[str]:
    """ "M.D., PhD" → MD and PHD; "MSN-FNP" also counts as its parts."""
    whole = {part for part in re.split(r"[^A-Z0-9-]+", credential.upper().replace(".", "")) if part}
    return whole | {part for letters in whole for part in letters.split("-") if part}


def _of_massage(facts: Facts) -> set[str]:
    return {letters for kind in facts.provider_kinds if kind.kind == MASSAGE_THERAPIST for letters in kind.credentials}


def _plain(name: str) -> str:
    """The name without accents, capitals, stops and double blanks."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", bare.casefold()))
