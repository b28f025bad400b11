"""The closed answers of records: each list of words once, with what each word means to the person who chooses."""

from __future__ import annotations

from typing import Annotated

from massage_claim.models.rule import OneOf

Sex = Annotated[str, OneOf(("F", "female"), ("M", "male"), ("X", "neither, or not told"), ("U", "unknown"))]
Relation = Annotated[
    str,
    OneOf(
        ("self", "you hold the policy yourself"),
        ("spouse", "the policy holder's husband or wife"),
        ("child", "the policy holder's child"),
        ("other", "another relation"),
    ),
]
PreparedBy = Annotated[
    str, OneOf(("patient", "the patient, or someone for the patient"), ("practice", "the therapist or clinic"))
]
ClosedBecause = Annotated[
    str, OneOf(("paid", "it was paid"), ("not-covered", "the plan does not cover it"), ("given-up", "given up"))
]
Role = Annotated[
    str,
    OneOf(
        ("referring", "ordered the care"),
        ("rendering", "treated"),
        ("billing", "is paid"),
    ),
]
LicenceKind = Annotated[
    str,
    OneOf(
        ("license", "a license"),
        ("certification", "a certification, as in California"),
        ("registration", "a registration, as in Vermont"),
    ),
]
NetworkStatus = Annotated[
    str,
    OneOf(("in", "in the plan's network"), ("out", "outside of it"), ("unknown", "not known")),
]
LicenceResult = Annotated[
    str,
    OneOf(
        ("active", "active"),
        ("expired", "expired"),
        ("not-found", "not found"),
        ("restricted", "active with restrictions"),
    ),
]
CoverageSource = Annotated[
    str,
    OneOf(
        ("call", "a phone call"),
        ("portal", "the member portal"),
        ("booklet", "the plan booklet"),
        ("letter", "a letter of the plan"),
    ),
]
Purpose = Annotated[str, OneOf(("treatment", "treatment under the order"), ("relaxation", "relaxation; never claimed"))]
NoteAuthor = Annotated[str, OneOf(("therapist", "the therapist"), ("patient", "the patient"))]
PaidFrom = Annotated[
    str,
    OneOf(
        ("card", "a card"),
        ("cash", "cash"),
        ("check", "a check"),
        ("hsa", "a health savings account (HSA)"),
        ("fsa", "a flexible spending account (FSA)"),
        ("hra", "an employer's health reimbursement (HRA)"),
        ("package", "a package or membership paid before"),
        ("other", "something else"),
    ),
]
ContactWay = Annotated[
    str,
    OneOf(
        ("call", "a phone call"),
        ("letter", "a letter"),
        ("fax", "a fax"),
        ("portal", "the member portal"),
        ("email", "an e-mail"),
        ("in-person", "in person"),
    ),
]
SendMethod = Annotated[
    str,
    OneOf(
        ("mail", "by mail"),
        ("certified-mail", "by certified mail"),
        ("fax", "by fax"),
        ("portal", "by the member portal"),
        ("email", "by e-mail"),
        ("hand", "by hand"),
        ("other", "in another way"),
    ),
]
Outcome = Annotated[
    str,
    OneOf(
        ("paid", "paid as billed or allowed"),
        ("partly-paid", "partly paid: some lines or amounts were not"),
        ("denied", "denied: nothing was paid"),
        ("unprocessable", "sent back: could not be processed as it was"),
        ("upheld", "appeal lost: the denial stands (upheld)"),
        ("overturned", "appeal won: the denial is taken back (overturned)"),
        ("partly-overturned", "appeal won in part (partly overturned)"),
    ),
]
AdjustmentGroup = Annotated[
    str,
    OneOf(
        ("CO", "CO: between plan and provider"),
        ("PR", "PR: yours to pay"),
        ("OA", "OA: another adjustment"),
        ("PI", "PI: lowered by the payer"),
        ("CR", "CR: a correction of an earlier decision"),
    ),
]
AppealLevel = Annotated[
    str,
    OneOf(
        ("1", "first appeal"),
        ("2", "second appeal"),
        ("3", "third level of a program"),
        ("4", "fourth level of a program"),
        ("5", "fifth level of a program"),
        ("external", "external review"),
    ),
]
LetterReader = Annotated[str, OneOf(("insurer", "the insurer"), ("hsa", "an HSA or FSA"))]
AttachmentKind = Annotated[
    str,
    OneOf(
        ("prescription", "the doctor's signed order"),
        ("letter", "the doctor's letter of medical necessity"),
        ("superbill", "the therapist's itemized bill for the insurer"),
        ("claim-form", "the insurer's own claim form"),
        ("receipt", "a receipt"),
        ("payment-proof", "another proof of payment: card slip, bank statement"),
        ("therapist-note", "the therapist's notes"),
        ("doctor-note", "a doctor's notes"),
        ("imaging", "an X-ray, MRI or other report"),
        ("pt-discharge", "the end report of physical therapy"),
        ("recommendation", "a recommendation that is no order"),
        ("licence", "the therapist's license"),
        ("plan-page", "a page of the plan booklet or of a policy"),
        ("card", "the insurance card"),
        ("authorization", "an approval of the plan"),
        ("eob", "an explanation of benefits (EOB)"),
        ("denial", "a denial letter"),
        ("payer-letter", "another letter of the insurer"),
        ("proof-of-sending", "a proof that something was sent"),
        ("article", "an article or study"),
        ("diary", "a diary"),
        ("other", "something else"),
    ),
]
PlanKind = Annotated[
    str,
    OneOf(
        ("employer-insured", "through an employer, insured with an insurance company"),
        ("employer-self-funded", "through an employer that pays the claims itself"),
        ("marketplace", "bought by a person or family"),
        ("medicare", "Original Medicare"),
        ("medicare-advantage", "Medicare Advantage"),
        ("medicaid", "Medicaid"),
        ("va", "Veterans Affairs"),
        ("tricare", "TRICARE"),
        ("fehb", "federal employees' benefits"),
        ("workers-comp", "workers' compensation"),
        ("auto", "auto insurance"),
        ("none", "no health plan"),
        ("unknown", "not known yet"),
    ),
]
