"""The doctor's signed papers: the order and the letters. Takes a case, gives scanned PDFs."""

from __future__ import annotations

import datetime as dt

from example_papers import wording
from example_papers.paper import scan_pdf
from example_papers.scan import Picture, scanned
from example_papers.surface import Surface
from massage_claim.models.case import Case
from massage_claim.models.measure import Measure
from massage_claim.models.providers import Provider


def letterhead(page: Surface, name: str, who: Provider, x: float = 306) -> float:
    """A centred letterhead with address and phone. Gives the base line below it."""
    page.text(x, 62, name, 15, "bold", "center")
    page.text(x, 78, " · ".join(wording.address(who.address)), 9.5, align="center")
    numbers = f"Phone {who.phone}" + (f" · Fax {who.fax}" if who.fax else "")
    page.text(x, 91, numbers, 9.5, align="center")
    page.line(60, 101, 552, 101, 1)
    return 128


def signed(page: Surface, y: float, who: Provider, day: dt.date) -> float:
    """A signature over its line, with the printed name, licence and NPI, and the date by hand."""
    page.signature(72, y, 170, who.name)
    page.line(64, y + 5, 290, y + 5)
    page.text(360, y, wording.short(day), 12, "italic")
    page.line(340, y + 5, 470, y + 5)
    page.text(64, y + 17, f"{who.signs_as}", 9.5)
    licence = f"License {who.licence.number} ({who.licence.state}) · " if who.licence else ""
    page.text(64, y + 29, f"{licence}NPI {who.npi}", 9.5)
    page.text(340, y + 17, "Date", 9.5)
    return y + 48


def _diagnoses(case: Case) -> list[str]:
    return [f"{item.code}  {item.words}" for item in wording.condition(case).diagnoses]


def order(case: Case) -> bytes:
    """The signed order, exactly as `prescriptions/` has it."""
    page, what = Picture(), wording.order(case)
    doctor = wording.provider(case, "referring")
    y = letterhead(page, doctor.signs_as, doctor) + 10
    page.text(306, y, "ORDER FOR MASSAGE THERAPY", 13, "bold", "center")
    y = page.fields(
        64,
        y + 30,
        [
            ("Patient", case.patient.name or ""),
            ("Date of birth", wording.short(case.patient.birth_date)),
            ("Date of order", wording.short(what.date)),
        ],
        110,
        11,
    )
    page.line(60, y - 4, 552, y - 4)
    y = page.fields(
        64, y + 16, [("Diagnosis" if not n else "", words) for n, words in enumerate(_diagnoses(case))], 110, 11
    )
    times = "once a week" if what.per_week == 1 else f"{what.per_week} times a week"
    y = page.fields(
        64,
        y + 6,
        [
            ("Service", (what.service or "").capitalize()),
            ("Regions", ", ".join(what.regions)),
            ("Each visit", f"up to {what.minutes_per_visit} minutes"),
            ("Frequency", f"{times} for {what.weeks} weeks"),
            ("Total visits", f"{what.visits}"),
            ("Valid until", wording.long(what.valid_until)),
        ],
        110,
        11,
    )
    page.text(64, y + 8, "Goals", 11, "bold")
    for goal in what.goals:
        y = page.paragraph(174, y + 8, 370, f"– {goal}", 11) - 8
    page.text(64, y + 16, "Precautions", 11, "bold")
    for care in what.precautions:
        y = page.paragraph(174, y + 16, 370, f"– {care}", 11) - 16
    y = page.paragraph(
        64,
        y + 44,
        480,
        "This service is ordered to treat the diagnosis above. Please send a short report after the last visit, or sooner "
        "if the patient does not improve.",
        10.5,
    )
    signed(page, max(y + 70, 590), doctor, what.date)
    return scan_pdf([scanned(page, what.record_id)])


def _value(case: Case, measure: str, which: int) -> Measure:
    return [item for item in case.measures if item.measure == measure][which]


def _addressed(page: Surface, case: Case, day: dt.date, to: list[str]) -> float:
    doctor = wording.provider(case, "referring")
    y = letterhead(page, doctor.signs_as, doctor)
    page.text(548, y, wording.long(day), 10, align="right")
    for line in to:
        page.text(64, y, line, 10)
        y += 13.5
    return y + 10


def necessity_letter(case: Case, stem: str) -> bytes:
    """The doctor's letter after the denial: history, findings, what was tried, response in numbers, plan."""
    page, paper, problem = Picture(dpi=106), wording.attachment(case, stem), wording.condition(case)
    doctor, plan, what = wording.provider(case, "referring"), case.plan, wording.order(case)
    day = paper.date or what.date
    appeals = plan.rules.appeals_address
    y = _addressed(
        page,
        case,
        day,
        [plan.payer or "", (appeals.department or "") if appeals else ""]
        + (wording.address(appeals.address) if appeals else []),
    )
    page.text(64, y, "LETTER OF MEDICAL NECESSITY", 11.5, "bold")
    claim = case.decisions[0].claim_number
    y = page.fields(64, y + 19, [*wording.member(case), ("Claim", f"{claim}")], 90, 10) + 4
    ndi = [_value(case, "ndi", 0), _value(case, "ndi", -1)]
    psfs = [_value(case, "psfs", 0), _value(case, "psfs", -1)]
    tried = "; ".join(
        f"{item.what}, from {wording.month(item.from_)} to {wording.month(item.to) or 'now'} ({item.result})"
        for item in problem.treatments_tried
    )
    parts = [
        "I treat this patient for "
        + " and ".join(f"{(item.words or '').lower()} ({item.code})" for item in problem.diagnoses)
        + f". The complaint began in January 2026 without an accident. I examined the patient on {wording.long(what.date)} "
        f"and again today.",
        f"Tried before massage: {tried}.",
        "Findings in May: turning of the head 45 degrees to the left and 55 to the right, tender and shortened muscles at the "
        "base of the skull and along both shoulder blades, normal strength and reflexes. No sign of a condition that would "
        "forbid massage. Working at the microscope was limited to 30 minutes, and headaches came on four days a week.",
        f"I ordered {what.visits} visits of massage therapy, once a week for {what.weeks} weeks, up to {what.minutes_per_visit} "
        f"minutes each, because the muscles were the limiting part and had not "
        "answered to exercise and medicine. Treating the deep neck muscles safely takes a trained hand; the patient cannot do "
        "it for herself. It was ordered to treat these diagnoses, not for general well-being.",
        f"Response: Neck Disability Index {ndi[0].score} of 50 on {wording.long(ndi[0].date)} and {ndi[1].score} of 50 on "
        f"{wording.long(ndi[1].date)}. Patient-Specific Functional Scale {psfs[0].score} and {psfs[1].score} on the same days. Today "
        "she turns 65 degrees to the left and works two hours at the microscope with short breaks. Headaches come about "
        "once in ten days.",
        f"The goals were a Neck Disability Index of {problem.goals[0].target} or lower and {problem.goals[1].target} on the "
        f"Patient-Specific Functional Scale by {wording.long(problem.goals[0].by)}. The course ended with the last ordered visit. "
        "I expect the gain to last with her exercises, and do not ask for upkeep. If the complaint returns I will examine her "
        f"again before ordering anything. In my opinion the visits were necessary. Enclosed: order of {wording.long(what.date)}.",
    ]
    for part in parts:
        y = page.paragraph(64, y, 484, part, 10.2, lead=1.3) + 5
    signed(page, y + 38, doctor, day)
    return scan_pdf([scanned(page, paper.record_id, quality=35)])


def hsa_letter(case: Case, stem: str) -> bytes:
    """The letter that a health savings account wants to see."""
    page, paper, problem = Picture(), wording.attachment(case, stem), wording.condition(case)
    doctor, what = wording.provider(case, "referring"), wording.order(case)
    day = paper.date or what.date
    y = _addressed(page, case, day, ["To whom it may concern", "(for the patient's health savings account)"])
    page.text(64, y + 6, "LETTER OF MEDICAL NECESSITY", 12, "bold")
    y = page.fields(
        64,
        y + 30,
        [
            ("Patient", case.patient.name or ""),
            ("Date of birth", wording.short(case.patient.birth_date)),
            ("Diagnosis", _diagnoses(case)[0]),
        ],
        100,
        11,
    )
    medicine = problem.treatments_tried[0]
    parts = [
        f"I have treated {case.patient.name} for {problem.name} since 2024; it began in the autumn of 2023. Pain in the shoulders, back and thighs is present on "
        "most days. Sleep is about five hours, and standing at work is limited to 40 minutes.",
        f"Tried so far: {medicine.what} ({medicine.result}). A walking program and exercise in warm water go on.",
        f"I recommend massage therapy to treat this condition: {what.visits} visits of up to {what.minutes_per_visit} minutes, once "
        f"a week or less, to be completed by {wording.long(what.valid_until)}. The aim is less pain and {what.goals[0]} a night. Light "
        "to medium pressure only: with this condition it takes a trained therapist to find what helps and does no harm. I will "
        "look at the result before recommending more.",
        "The massage is for the medical condition named above. It is not for general health or relaxation.",
    ]
    y += 10
    for part in parts:
        y = page.paragraph(64, y, 484, part, 11) + 9
    signed(page, y + 70, doctor, day)
    return scan_pdf([scanned(page, paper.record_id)])
