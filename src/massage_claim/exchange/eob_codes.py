"""What the amounts and reasons of an ExplanationOfBenefit are called, profile by profile, in our own words.

Plain R4: the code system `adjudication` of HL7. CARIN: C4BBAdjudication and C4BBAdjudicationDiscriminator of the CARIN
guide for Blue Button, 1.1 to 2.1. CMS: the variables of its Blue Button files, in the older spelling too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from massage_claim.exchange.fhir import bare, codings, plain

BILLED, ALLOWED, DEDUCTIBLE, COINSURANCE, COPAY = "billed", "allowed", "deductible", "coinsurance", "copay"
PAID, TO_PROVIDER, TO_PATIENT = "paid", "paid to the provider", "paid to you"
OWES, NOT_COVERED, DISCOUNT, PRIOR = "yours to pay", "not covered", "discount", "paid by another insurer"
YOU_PAID, DISALLOWED = "paid by you", "disallowed"

_NAMES = {
    BILLED: "submitted submittedamount linesbmtdchrgamt submittedchargeamount clmtotchrgamt revcntrtotchrgamt",
    ALLOWED: "eligible allowed allowedamount linealowdchrgamt allowedchargeamount nchcarrclmalowdamt",
    DEDUCTIBLE: "deductible linebeneptbddctblamt beneficiarydeductibleamount revcntrcashddctblamt "
    "carrclmcashddctblapldamt nchbeneptbddctblamt nchbeneficiarypartbdeductibleamount",
    COINSURANCE: "coinsurance coins linecoinsrncamt coinsuranceamount revcntrcoinsrncwgeadjstdc nchbeneptbcoinsrncamt",
    COPAY: "copay copayment",
    PAID: "benefit payment linenchpmtamt revenuecenterpaymentamount clmpmtamt revcntrpmtamtamt",
    TO_PROVIDER: "paidtoprovider lineprvdrpmtamt providerpaymentamount nchclmprvdrpmtamt revcntrprvdrpmtamt clmopprvdrpmtamt",
    TO_PATIENT: "paidtopatient linebenepmtamt paymentamounttobeneficiary nchclmbenepmtamt revcntrbenepmtamt clmopbenepmtamt",
    OWES: "memberliability revcntrptntrspnsbltypmt",
    NOT_COVERED: "noncovered",
    DISALLOWED: "disallowed",
    DISCOUNT: "discount",
    PRIOR: "priorpayerpaid primarypayerpaidamount linebeneprmrypyrpdamt prpayamt revcntr1stmsppdamt",
    YOU_PAID: "paidbypatient paidbypatientcash paidbypatientother paidbypatienthealthaccount",
}
AMOUNTS: Mapping[str, str] = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
"""An amount's code without its address, in small letters and digits → what it is."""

TAKEN_OFF = frozenset({NOT_COVERED, DISALLOWED, DISCOUNT, DEDUCTIBLE, COINSURANCE, COPAY, None})
"""Kinds of an amount that a reason beside it explains: what was taken off. None: a kind that nobody knows."""

STATUS = frozenset(
    "benefitpaymentstatus billingnetworkstatus renderingnetworkstatus billingnetworkcontractingstatus inoutnetwork "
    "renderingnetworkcontractingstatus innetwork outofnetwork allowedunits other paid denied partiallypaid".split()
)
"""Slices of CARIN that say a status instead of an amount or a reason."""

_NO_CODE = frozenset({"", "0", "00", "na", "none"})
_NO_WORDS = frozenset({"na", "notapplicable", "none", "allowed"})
_NOTHING_REFUSED = frozenset({"a", "o", "r"})
_X12: Mapping[str, Literal["carc", "rarc"]] = {
    "claimadjustmentreason": "carc",
    "remittanceadviceremark": "rarc",
}
_CODE_OF_X12 = re.compile(r"(?:(?:CO|PR|OA|PI|CR)[ -]?)?[A-Z]{0,2}\d{1,4}", re.IGNORECASE | re.ASCII)


def amount_kind(category: Any) -> str | None:
    """What an amount of this category is; None when the category is not known."""
    words = plain(category.get("text")) if isinstance(category, dict) else ""
    names = [bare(one["code"]) for one in codings(category)] or [bare(words)]
    return next((AMOUNTS[name] for name in names if name in AMOUNTS), None)


def is_status(category: Any) -> bool:
    return any(bare(one["code"]) in STATUS for one in codings(category))


def reason_kind(coding: Mapping[str, str]) -> Literal["carc", "rarc", "own"] | None:
    """Whose code it is: X12's (`carc`, `rarc`) or the payer's `own`; None for what gives no reason.

    Every public file with a slice for denials says "0, N/A" in it. The CMS' processing indicator says A (allowed),
    O (other) and R (reprocessed) of lines that nothing was refused of.
    """
    if bare(coding["code"]) in _NO_CODE or bare(coding["display"]) in _NO_WORDS:
        return None
    system = re.sub(r"[^a-z]", "", coding["system"].casefold())
    if "lineprcsgindcd" in system and bare(coding["code"]) in _NOTHING_REFUSED:
        return None
    fits = _CODE_OF_X12.fullmatch(coding["code"])
    return next((kind for mark, kind in _X12.items() if mark in system and fits), "own")
