"""Statement: the payer can tell who the patient is and which contract it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from massage_claim.calc.law import not_private
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import listed

STEP = "submit"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 31 and 140: the member cannot be identified"

NOT_PRIVATE = "29 USC 1003(b): plans of governments and churches are not covered"

Gap = tuple[bool, tuple[str, ...], str]


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    patient, plan = case.patient, case.plan
    subscriber = patient.subscriber
    depends = patient.relation_to_subscriber not in (None, "self")
    yield from _missing(
        case,
        "patient",
        "The patient's record lacks",
        "Copy it exactly as the insurer has it on file.",
        (
            (patient.name is None, ("name",), "the name"),
            (patient.birth_date is None, ("birth_date",), "the date of birth"),
            (patient.address is None or not patient.address.complete, ("address",), "the full address"),
            (patient.relation_to_subscriber is None, ("relation_to_subscriber",), "the relation to the policy holder"),
        ),
    )
    if depends:
        yield from _missing(
            case,
            "patient",
            "The policy is another person's, and the record lacks",
            "Copy it from the insurance card, below `subscriber`.",
            (
                (subscriber is None or subscriber.name is None, ("subscriber", "name"), "the policy holder's name"),
                (
                    subscriber is None or subscriber.birth_date is None,
                    ("subscriber", "birth_date"),
                    "the policy holder's date of birth",
                ),
            ),
        )
    yield from _missing(
        case,
        "plan",
        "The plan's record lacks",
        "Copy it from the insurance card, with all zeros and letters.",
        (
            (plan.payer is None, ("payer",), "the insurer's name"),
            (plan.member_id is None, ("member_id",), "the member ID"),
        ),
    )
    yield from _missing(
        case,
        "patient",
        "The patient's record lacks",
        "Write what the insurer has on file; claim forms ask for it.",
        (
            (patient.sex is None, ("sex",), "the sex"),
            (patient.phone is None, ("phone",), "a phone number"),
        ),
        Severity.RISKY,
    )
    if not_private(case) and plan.rules.appeal_limit is None:
        yield Finding(
            says="The plan of a government or a church is not under the federal law for private employers' plans (ERISA). "
            "Its own papers say how to appeal, and until when.",
            fix="Look in the plan booklet for the time to appeal, and write it below `rules` in `appeal_limit`.",
            where=case.where("plan", "rules", "appeal_limit"),
            because=NOT_PRIVATE,
            ask="plan",
            wants=("question:appeal_deadline",),
            severity=Severity.ADVICE,
        )
    if plan.kind == "unknown":
        yield Finding(
            says="The kind of plan is not known. The law and the time limits depend on it.",
            fix="Ask the personnel office or the insurer whether the employer pays the claims itself, and write `kind`.",
            where=case.where("plan", "kind"),
            ask="plan",
            wants=("question:plan_funding",),
            severity=Severity.RISKY,
        )


def _missing(
    case: Case, record: str, begins: str, fix: str, gaps: Sequence[Gap], severity: Severity | None = None
) -> Iterator[Finding]:
    lacking = [(path, words) for missing, path, words in gaps if missing]
    if lacking:
        yield Finding(
            says=f"{begins} {listed([words for _, words in lacking])}.",
            fix=fix,
            where=case.where(record, *lacking[0][0]),
            severity=severity,
        )
