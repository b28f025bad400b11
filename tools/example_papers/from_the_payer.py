"""An insurer's decisions on paper: explanations of benefits and a denial letter. Takes a case, gives PDFs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from example_papers import wording
from example_papers.paper import TextPages, scan_pdf
from example_papers.scan import Picture, scanned
from example_papers.surface import Surface
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision, DecisionLine

_REASONS: Mapping[str, str] = {
    "CO 45": "More than the amount the plan allows for this service outside the network.",
    "PR 1": "Applied to your deductible.",
    "PR 2": "Your share (coinsurance) of the allowed amount.",
    "CO 16": "Something is missing on the claim. See the remark.",
    "N443": "The minutes, or the start and end times, are not shown.",
}


def _decision(case: Case, stem: str) -> Decision:
    about = wording.attachment(case, stem).for_
    return next(item for item in case.decisions if item.record_id in about)


def _claim(case: Case, decision: Decision) -> Claim:
    return next(item for item in case.claims if item.record_id == decision.about)


def _reasons(line: DecisionLine) -> list[str]:
    return [part for item in line.adjustments for part in (f"{item.group} {item.carc}", *item.rarcs)]


def eob(case: Case, stem: str, *, scan: bool = False) -> bytes:
    """An explanation of benefits with every line of the decision."""
    decision, plan = _decision(case, stem), case.plan
    page: Surface = Picture() if scan else TextPages(f"Explanation of benefits {decision.notice_date}")
    page.text(54, 62, plan.payer or "", 15, "bold")
    page.text(54, 77, f"{plan.plan_name} · Member services {plan.card_phone}", 9.5)
    page.line(54, 86, 558, 86, 1.2)
    page.text(54, 110, "EXPLANATION OF BENEFITS", 13, "bold")
    page.text(54, 124, "This is not a bill.", 10, "italic")
    y = page.fields(54, 146, [*wording.member(case), ("Plan", plan.plan_name or "")], 80, 9.5)
    page.fields(
        330,
        146,
        [
            ("Notice date", wording.long(decision.notice_date)),
            ("Claim number", decision.claim_number or ""),
            ("Provider", wording.provider(case, "rendering").signs_as),
            ("Network", "Outside the network"),
            ("Payment to", "Member"),
        ],
        84,
        9.5,
    )
    rows = [
        [
            wording.short(line.service_date),
            line.code or "",
            *(wording.money(amount or wording.ZERO) for amount in _figures(line)),
            ", ".join(_reasons(line)),
        ]
        for line in decision.lines
    ]
    sums = [wording.money(wording.total(column)) for column in zip(*map(_figures, decision.lines), strict=True)]
    y = page.table(
        54,
        y + 22,
        [58, 40, 52, 52, 58, 60, 50, 54, 84],
        ["Date", "Code", "Billed", "Allowed", "Deductible", "Your share", "Paid", "You owe", "Reasons"],
        rows,
        9,
        frozenset(range(2, 8)),
        ["Total", "", *sums, ""],
    )
    used = list(dict.fromkeys(reason for line in decision.lines for reason in _reasons(line)))
    y = page.fields(54, y + 16, [(code, _REASONS[code]) for code in used], 44, 9.5) + 6
    if decision.reason_as_written:
        y = page.paragraph(54, y, 500, decision.reason_as_written, 10, "bold") + 4
    if decision.total_paid:
        y = page.paragraph(
            54, y, 500, f"A check over {wording.dollars(decision.total_paid)} is mailed to the member.", 10
        )
    appeals = plan.rules.appeals_address
    if appeals:
        where = ", ".join([appeals.department or "", *wording.address(appeals.address)])
        page.paragraph(
            54,
            y + 8,
            500,
            f"If you disagree you may appeal in writing within 180 days after you received this notice: {where}. You may see and "
            "copy the papers we used, free of charge.",
            9.5,
        )
    return scan_pdf([scanned(page, stem)]) if isinstance(page, Picture) else _done(page)


def _figures(line: DecisionLine) -> list[Decimal | None]:
    return [line.billed, line.allowed, line.deductible, line.coinsurance, line.paid, line.patient_owes]


def _done(page: Surface) -> bytes:
    assert isinstance(page, TextPages)
    return page.done()


def denial(case: Case, stem: str) -> bytes:
    """The denial letter. What it leaves out is left out on purpose: see `notice_elements` in the decision's record."""
    decision, plan, page = _decision(case, stem), case.plan, Picture()
    claim = _claim(case, decision)
    page.text(64, 64, plan.payer or "", 15, "bold")
    page.text(64, 78, f"Claims for the {plan.plan_name}", 9.5)
    page.line(64, 88, 552, 88, 1)
    page.text(548, 112, wording.long(decision.notice_date), 10.5, align="right")
    holder = case.patient.subscriber
    y = 112.0
    for line in [(holder.name if holder else None) or case.patient.name or "", *wording.address(case.patient.address)]:
        page.text(64, y, line, 10.5)
        y += 14
    y = page.fields(
        64,
        y + 16,
        [
            *wording.member(case),
            ("Claim number", decision.claim_number or ""),
            ("Provider", wording.provider(case, "rendering").signs_as),
            (
                "Visits",
                f"{len(claim.lines)} dates of service, {wording.short(claim.lines[0].date)} to "
                f"{wording.short(claim.lines[-1].date)}, code 97124",
            ),
            (
                "Amount",
                f"{wording.dollars(wording.total(item.charge for item in claim.lines))}, paid "
                f"{wording.dollars(decision.total_paid)}",
            ),
        ],
        96,
        10.5,
    )
    page.text(64, y + 12, "NOTICE OF DENIAL OF PAYMENT", 12.5, "bold")
    y += 34
    own = decision.payer_codes[0]
    appeals = plan.rules.appeals_address
    limit = plan.rules.appeal_limit
    parts = [
        f"We have reviewed this claim and cannot pay it. {decision.reason_as_written}",
        f"Plan rule: {decision.plan_provision}",
        f"Reason code on your statement: PR 50, not medically necessary under the plan. Our code {own.code}: {own.text}",
        "The patient may be responsible for the full amount.",
        f"Your right to appeal. You, or someone you name in writing, may appeal within {limit.days if limit else ''} days after you "
        "receive this letter. Send a letter that says why you disagree, with anything that you want us to look at, to:",
    ]
    for part in parts:
        y = page.paragraph(64, y, 484, part, 10.8) + 8
    if appeals:
        for line in [plan.payer or "", appeals.department or "", *wording.address(appeals.address)]:
            page.text(100, y, line, 10.8)
            y += 15
    fax = plan.rules.appeals_fax
    y = page.paragraph(
        64,
        y + 10,
        484,
        f"or by fax to {fax.value if fax else ''}. We will answer in writing within 60 days. Questions: call {plan.card_phone}.",
        10.8,
    )
    page.signature(72, y + 50, 120, "Claims review")
    page.text(64, y + 72, "Claims Review Department", 10.8)
    return scan_pdf([scanned(page, stem)])
