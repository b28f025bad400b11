"""What a therapist hands out: superbill, receipts, card slips. Takes a case, gives scans and a photo."""

from __future__ import annotations

from example_papers import wording
from example_papers.from_the_doctor import letterhead, signed
from example_papers.paper import scan_pdf
from example_papers.scan import Picture, scanned, sideways_photo
from example_papers.surface import Face, Surface
from massage_claim.models.case import Case
from massage_claim.models.payment import Payment


def superbill(case: Case, stem: str) -> bytes:
    """The therapist's signed superbill, its lines equal to the sessions."""
    page, paper = Picture(), wording.attachment(case, stem)
    practice, therapist = wording.provider(case, "billing"), wording.provider(case, "rendering")
    doctor, plan = wording.provider(case, "referring"), case.plan
    assert paper.date is not None
    y = letterhead(page, practice.name, practice) - 8
    page.text(306, y, "STATEMENT FOR YOUR INSURER (SUPERBILL)", 12, "bold", "center")
    page.text(552, y + 16, f"No. 2026-031 · issued {wording.short(paper.date)}", 9.5, align="right")
    y += 34
    left = [
        *wording.member(case),
        ("Insurer", plan.payer or ""),
        ("Address", ", ".join(wording.address(case.patient.address))),
        ("Phone", case.patient.phone or ""),
        ("Accident", "work no · auto no · other no"),
        ("Other insurance", "no"),
        ("Onset", wording.short(wording.condition(case).onset)),
    ]
    below = page.fields(60, y, left, 78, 9)
    right = [
        ("EIN", practice.ein or ""),
        ("Practice NPI", practice.npi or ""),
        ("Therapist", therapist.signs_as),
        ("NPI", therapist.npi or ""),
        ("License", f"{therapist.licence.state} {therapist.licence.number}" if therapist.licence else ""),
        ("Taxonomy", therapist.taxonomy or ""),
        ("Ordered by", doctor.signs_as),
        ("NPI", doctor.npi or ""),
        ("Order date", wording.short(wording.order(case).date)),
    ]
    page.fields(368, y, right, 72, 9)
    y = below + 4
    for letter, item in zip("ABCD", wording.condition(case).diagnoses, strict=False):
        page.text(60, y, f"Diagnosis {letter}", 9, "bold")
        page.text(138, y, f"{item.code}  {item.words} (from the order)", 9)
        y += 12.8
    pointers = "".join("ABCD"[: len(wording.condition(case).diagnoses)])
    rows = []
    for number, visit in enumerate(case.sessions, 1):
        service = visit.services[0]
        rows.append(
            [
                str(number),
                wording.short(visit.date),
                visit.place or "",
                service.code,
                pointers,
                f"{wording.clock(visit.start)}–{wording.clock(visit.end)}",
                str(service.minutes),
                str(service.units),
                wording.money(service.charge),
                wording.money(visit.price_agreed),
            ]
        )
    charged = wording.total(visit.charge for visit in case.sessions)
    y = page.table(
        60,
        y + 14,
        [20, 64, 34, 44, 32, 104, 34, 34, 60, 60],
        ["", "Date", "Place", "Code", "Dx", "Hands-on from–to", "Min", "Units", "Charge", "Paid"],
        rows,
        9,
        frozenset({6, 7, 8, 9}),
        ["", "Total", "", "", "", "", "", "", wording.money(charged), wording.money(charged)],
        1.42,
    )
    y = page.paragraph(
        60,
        y + 6,
        490,
        f"97124: massage by hand to {', '.join(case.sessions[0].regions)}. Paid by card on the day of each visit. Balance due: "
        "0.00. The provider is not in the plan's network; the patient has paid in full. Please reimburse the member.",
        9,
    )
    signed(page, y + 42, therapist, paper.date)
    return scan_pdf([scanned(page, paper.record_id, quality=46)])


def _slip(page: Surface, case: Case, payment: Payment, x: float, y: float, width: float, number: int) -> None:
    """One receipt: who, when, what, how much, how; the tip and anything else apart from the visit."""
    practice, therapist = wording.provider(case, "billing"), wording.provider(case, "rendering")
    page.box(x, y, width, 182)
    page.text(x + 10, y + 18, practice.name, 9.5, "bold")
    page.text(x + 10, y + 30, ", ".join(wording.address(practice.address)), 9)
    page.text(x + 10, y + 42, f"Phone {practice.phone}", 9)
    page.text(x + width - 10, y + 60, f"RECEIPT {number:03d}", 9.5, "bold", "right")
    page.text(x + 10, y + 60, wording.short(payment.date), 9.5)
    page.text(x + 10, y + 75, f"Received from {case.patient.name}", 9)
    down = y + 92
    for share in payment.for_:
        visit = wording.session(case, share.session)
        down = _amount(page, x, down, width, f"Massage therapy, visit of {wording.short(visit.date)}", share.amount)
    for item in payment.other_items:
        down = _amount(page, x, down, width, item.what.capitalize(), item.amount)
    if payment.tip:
        down = _amount(page, x, down, width, "Tip", payment.tip)
    page.line(x + 10, down - 8, x + width - 10, down - 8)
    down = _amount(page, x, down + 3, width, "Total", payment.amount, bold=True)
    page.text(x + 10, y + 152, f"Paid: {payment.method}", 9)
    page.text(x + 10, y + 165, f"{therapist.signs_as}", 9)
    licence = therapist.licence
    page.text(x + 10, y + 177, f"License {licence.state} {licence.number}" if licence else "", 9)
    page.signature(x + width - 86, y + 166, 66, therapist.name)


def _amount(
    page: Surface, x: float, y: float, width: float, words: str, amount: object, *, bold: bool = False
) -> float:
    face: Face = "bold" if bold else "regular"
    page.text(x + 10, y, words, 9, face)
    page.text(x + width - 10, y, f"{amount}", 9, face, "right")
    return y + 13


def receipts(case: Case, stem: str) -> bytes:
    """The payments' receipts, six on a scanned page."""
    paid, pages = wording.payments(case, stem), []
    first = [item.record_id for item in case.payments].index(paid[0].record_id)
    for start in range(0, len(paid), 6):
        page = Picture()
        for place, payment in enumerate(paid[start : start + 6]):
            x, y = 48 + (place % 2) * 264, 66 + (place // 2) * 226
            _slip(page, case, payment, x, y, 246, 101 + first + start + place)
        pages.append(scanned(page, f"{stem} {start}", quality=46))
    return scan_pdf(pages)


def _card_slip(case: Case, payment: Payment) -> Picture:
    """A narrow slip from a card terminal, or the practice's cash receipt."""
    practice = wording.provider(case, "billing")
    page = Picture(212, 262, 160)
    page.paragraph(14, 22, 184, practice.name, 10.5, "bold", 1.15)
    for n, line in enumerate([*wording.address(practice.address), practice.phone or ""]):
        page.text(14, 47 + n * 12, line, 9)
    last = wording.session(case, payment.for_[-1].session)
    page.text(14, 88, wording.short(payment.date), 9.5)
    page.text(198, 88, wording.clock(last.end), 9.5, align="right")
    page.line(14, 94, 198, 94)
    y = 110.0
    for share in payment.for_:
        page.text(14, y, f"Visit {wording.short(wording.session(case, share.session).date)}", 9.5)
        page.text(198, y, wording.money(share.amount), 9.5, align="right")
        y += 14
    if payment.tip:
        page.text(14, y, "Tip", 9.5)
        page.text(198, y, wording.money(payment.tip), 9.5, align="right")
        y += 14
    page.line(14, y - 8, 198, y - 8)
    page.text(14, y + 8, "TOTAL USD", 12, "bold")
    page.text(198, y + 8, wording.money(payment.amount), 12, "bold", "right")
    page.text(14, y + 34, (payment.method or "").upper(), 9.5)
    page.text(14, y + 48, "PAID IN CASH" if payment.from_ == "cash" else "APPROVED", 9.5)
    page.text(14, y + 66, f"Customer: {case.patient.name}", 9)
    if payment.from_ == "cash":
        page.signature(30, y + 98, 100, wording.provider(case, "rendering").name)
    page.text(106, 252, "Thank you – please keep this slip", 9, align="center")
    return page


def card_slips(case: Case, stem: str) -> bytes:
    """Card slips laid on the scanner, four on a page."""
    paid, pages = wording.payments(case, stem), []
    for start in range(0, len(paid), 4):
        page = Picture(dpi=89)
        for place, payment in enumerate(paid[start : start + 4]):
            slip = _card_slip(case, payment).image
            size = (round(244 * page.scale), round(302 * page.scale))
            corner = (round((42 + (place % 2) * 280) * page.scale), round((48 + (place // 2) * 360) * page.scale))
            page.image.paste(slip.resize(size), corner)
            page.box(corner[0] / page.scale, corner[1] / page.scale, 244, 302, 0.5)
        pages.append(scanned(page, f"{stem} {start}", quality=34))
    return scan_pdf(pages)


def card_slip_photo(case: Case, stem: str) -> bytes:
    """A phone photo of card slips, taken sideways."""
    paid = wording.payments(case, stem)
    taken = f"{paid[-1].date:%Y:%m:%d} 18:42:10"
    return sideways_photo([_card_slip(case, payment) for payment in paid], stem, taken)
