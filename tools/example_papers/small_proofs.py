"""Small proofs: a certified letter, a fax report, the card activity of an HSA. Takes a case, gives PNGs and a PDF."""

from __future__ import annotations

import math

from example_papers import wording
from example_papers.paper import TextPages
from example_papers.scan import Picture, plain_png
from massage_claim.models.case import Case


def certified_mail(case: Case, stem: str) -> bytes:
    """The stamped receipt of a certified letter."""
    claim = next(item for item in case.claims if item.record_id in wording.attachment(case, stem).for_)
    sent = claim.submission
    assert sent is not None
    page = Picture(396, 252, 130)
    page.box(12, 12, 372, 228, 1.2)
    page.text(24, 36, "CERTIFIED MAIL RECEIPT", 14, "bold")
    page.text(24, 50, "Domestic mail only", 9)
    page.text(24, 74, sent.tracking or "", 12, "bold")
    y = page.fields(
        24,
        98,
        [("Postage", "$2.87"), ("Certified fee", "$5.30"), ("Return receipt", "$4.40"), ("Total", "$12.57")],
        84,
        9.5,
    )
    page.text(24, y + 8, "Sent to", 9.5, "bold")
    page.paragraph(24, y + 22, 210, f"{case.plan.payer}, {sent.to}", 9.5)
    page.strokes(_ring(310, 140, 46), 1.4)
    page.strokes(_ring(310, 140, 38), 0.8)
    page.text(310, 130, "BELLINGHAM", 9, "bold", "center")
    page.text(310, 144, f"{sent.date:%b %d %Y}".upper(), 10, "bold", "center")
    page.text(310, 157, "WA", 9, "bold", "center")
    return plain_png(page)


def _ring(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """A circle, as on a postmark."""
    angles = [part / 36 * math.tau for part in range(37)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def fax_log(case: Case, stem: str) -> bytes:
    """The fax machine's own report that everything arrived."""
    claim = next(item for item in case.claims if item.record_id in wording.attachment(case, stem).for_)
    sent = claim.submission
    assert sent is not None
    page = Picture(430, 210, 130)
    page.text(24, 36, "TRANSMISSION REPORT", 14, "bold")
    page.line(24, 44, 406, 44)
    when, _, rest = (sent.confirmation or "").removeprefix("fax log ").partition(", ")
    pages, _, result = rest.partition(", ")
    page.fields(
        24,
        66,
        [
            ("Sent", when),
            ("To", sent.to or ""),
            ("From", f"{case.patient.name}, {case.patient.phone}"),
            ("Pages", pages.partition(" ")[0]),
            ("Duration", "04 min 12 s"),
            ("Result", result),
        ],
        84,
        11,
    )
    page.text(24, 192, "No error. All pages were confirmed by the receiving machine.", 9.5)
    return plain_png(page)


def hsa_statement(case: Case, stem: str) -> bytes:
    """The account activity with the payments to the therapist."""
    page, paid = TextPages(wording.attachment(case, stem).title or ""), wording.payments(case, stem)
    page.text(60, 62, "Lakeview HSA Custodians", 15, "bold")
    page.text(60, 78, "Health savings account · Card activity", 10)
    page.line(60, 88, 552, 88, 1)
    y = page.fields(
        60,
        112,
        [
            ("Account holder", case.patient.name or ""),
            ("Card", (paid[0].method or "").removeprefix("HSA card ").capitalize()),
            ("Period", "April 1 to June 30, 2026"),
        ],
        100,
        10.5,
    )
    practice = wording.provider(case, "billing")
    y = page.table(
        60,
        y + 24,
        [90, 300, 100],
        ["Date", "Paid to", "Amount"],
        [
            [
                wording.short(item.date),
                f"{practice.signs_as}, {practice.address.city if practice.address else ''}",
                wording.money(item.amount),
            ]
            for item in paid
        ],
        10.5,
        frozenset({2}),
        ["Total", "", wording.money(wording.total(item.amount for item in paid))],
    )
    page.paragraph(
        60,
        y + 20,
        490,
        "Keep receipts, and a doctor's letter where one is needed, with your tax papers. We do not check what a payment was for.",
        10,
    )
    return page.done()
