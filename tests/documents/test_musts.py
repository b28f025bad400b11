"""Every element that a paper must have, and that applies, stands on it: as a field with its label, and in the PDF's text."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from builders import (
    a_case,
    a_condition,
    a_doctor,
    a_patient,
    a_payment,
    a_plan,
    a_practice,
    a_prescription,
    a_provider,
    a_session,
    write_case,
)
from massage_claim.models.case import Case
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case
from papers import Read, read_packet, read_paper, squeezed

SUPERBILL = [
    ("Number", "S-2026-03-10"),
    ("Issued", "03/20/2026"),
    ("Version", "1"),
    ("Patient/Patient", "Zoë Nuñez-Okafor"),
    ("Patient/Birth date", "05/21/1984"),
    ("Patient/Sex", "F"),
    ("Patient/Address", "418 Alder Street, Apt 3, Tacoma, WA 98402"),
    ("Patient/Phone", "(253) 555-0142"),
    ("Patient/Relation to subscriber", "spouse"),
    ("Patient/Subscriber", "Tomasz Nuñez"),
    ("Patient/Subscriber's birth date", "01/30/1983"),
    ("Patient/Subscriber's address", "12 Cedar Lane, Olympia, WA 98501"),
    ("Plan/Payer", "Cascade Harbor Health Plan"),
    ("Plan/Plan", "Harbor Open Access 1500"),
    ("Plan/Member ID", "CHX00412207"),
    ("Plan/Group", "007731"),
    ("Plan/Authorization number", "AUTH-5521"),
    ("Plan/Other insurance", "yes: Fern Mutual, member ID FM-77"),
    ("Plan/Accident", "work: no · auto: yes (OR) · other: no"),
    ("Plan/Onset", "11/03/2025"),
    ("Plan/Date of the accident", "11/02/2025"),
    ("Who is paid (practice)/Name", "Calm Hands LLC"),
    ("Who is paid (practice)/Address", "77 Market Street, Tacoma, WA 98402"),
    ("Who is paid (practice)/Phone", "(253) 555-0117"),
    ("Who is paid (practice)/NPI", "2000000002"),
    ("Who is paid (practice)/EIN", "91-0000123"),
    ("Who is paid (practice)/State establishment license", "WA-EST-4410"),
    ("Who treated (therapist)/Name", "Ana Petrova, LMT"),
    ("Who treated (therapist)/Individual NPI", "2123456784"),
    ("Who treated (therapist)/License", "MA60012345, WA"),
    ("Who treated (therapist)/Taxonomy", "225700000X"),
    ("Who ordered (prescriber)/Name", "Ngozi Okoye, MD"),
    ("Who ordered (prescriber)/NPI", "2345678900"),
    ("Who ordered (prescriber)/Order dated", "03/02/2026"),
]
RECEIPT = [
    ("Receipt number", "R-2026-03-10"),
    ("Received from", "Zoë Nuñez-Okafor"),
    ("Received by", "Calm Hands LLC"),
    ("Therapist", "Ana Petrova, LMT"),
    ("License", "MA60012345, WA"),
]
LETTER = [
    ("To", "Cascade Harbor Health Plan"),
    ("Patient", "Zoë Nuñez-Okafor"),
    ("Birth date", "05/21/1984"),
    ("Member ID", "CHX00412207"),
    ("Service", "massage therapy"),
    ("Body regions", "low back"),
    ("Frequency", "1 visit a week for 12 weeks"),
    ("Minutes a visit", "60"),
    ("Visits in all", "12"),
    ("Order dated", "03/02/2026"),
    ("Valid until", "05/31/2026"),
    ("NPI", "2345678900"),
    ("License number", "[Dr.: license number]"),
]
BY_PAPER = {"superbill": SUPERBILL, "receipt": RECEIPT, "letter_of_medical_necessity": LETTER}
TABLE = [(paper, label, value) for paper, rows in BY_PAPER.items() for label, value in rows]
EMPTY_WORDS = re.compile(r"\bNone\b|\bN/A\b|\bUndefined\b|[{}]|%}|\$\s|: ,|, ,")


@pytest.fixture(scope="module")
def full_papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    from full_case import full_case

    folder = write_case(tmp_path_factory.mktemp("full") / "case", full_case())
    return {name: read_paper(folder, name) for name in BY_PAPER}


@pytest.mark.parametrize(("name", "label", "value"), TABLE)
def test_the_element_stands_on_the_paper(full_papers: dict[str, Read], name: str, label: str, value: str) -> None:
    drawn = full_papers[name]
    assert drawn.fields().get(label) == value
    assert squeezed(label.rpartition("/")[2]) in drawn.squeezed
    assert squeezed(value) in drawn.squeezed


def test_the_superbill_has_no_other_fields(full_papers: dict[str, Read]) -> None:
    assert sorted(full_papers["superbill"].fields()) == sorted(label for label, _ in SUPERBILL)


@pytest.mark.parametrize(
    "words",
    [
        "Statement for your insurer (superbill)",
        "The patient has paid in full. Please reimburse the member.",
        "The provider is not in the plan's network.",
        "A M54.59 other low back pain",
        "B M62.830 muscle spasm of back",
        "Therapist's signature",
        "Patient's signature",
        "Therapist: I gave these services as stated. Patient: I authorize release of information for this claim.",
        "home is 418 Alder Street, Apt 3, Tacoma, WA 98402",
        "97124 Therapeutic massage by hand",
        "Where no units were billed they are counted from the minutes.",
    ],
)
def test_the_superbill_says(full_papers: dict[str, Read], words: str) -> None:
    assert squeezed(words) in full_papers["superbill"].squeezed


def test_the_superbills_lines_and_one_grand_total(full_papers: dict[str, Read]) -> None:
    (table,) = full_papers["superbill"].tables()
    head, *rows = table
    assert head == [
        "Date of service",
        "Place",
        "Code",
        "Mod.",
        "Diag.",
        "Min.",
        "Units",
        "Charge",
        "Paid",
        "Paid on",
        "Body region",
    ]
    assert rows == [
        ["03/10/2026", "11", "97124", "59", "A", "38", "2", "$80.00", "$80.00", "03/10/2026", "low back"],
        ["03/10/2026", "11", "97140", "", "AB", "15", "1", "$30.00", "$30.00", "03/10/2026", "left hip"],
        ["03/17/2026", "12", "97124", "", "AB", "52", "3", "$96.00", "$96.00", "03/18/2026", "low back"],
        ["Total", "", "", "", "", "", "", "$206.00", "$206.00", "", "2 visits, balance $0.00"],
    ]
    how = "Paid by: card ending 4242 (visit of 03/17/2026: check 1021)."
    assert squeezed(how) in full_papers["superbill"].squeezed


@pytest.mark.parametrize("ways", [["cash", "card", "check 1"], ["card", None, "card"]])
def test_ways_of_payment_that_no_sentence_can_say_stand_in_each_line(tmp_path: Path, ways: list[str | None]) -> None:
    days = [f"2026-03-{day:02d}" for day in (10, 11, 12)]
    sessions = tuple(a_session(day) for day in days)
    payments = tuple(
        a_payment(day, method=way, **{"from": way and "card"}) for day, way in zip(days, ways, strict=True)
    )
    drawn = read_paper(tmp_path, "superbill", case=a_case(sessions=sessions, payments=payments))
    ((head, *rows),) = drawn.tables()
    how = head.index("Paid on, how")
    assert [row[how] for row in rows[:-1]] == [
        " ".join(filter(None, (f"03/{day}/2026", way))) for day, way in zip((10, 11, 12), ways, strict=True)
    ]
    assert "Paid by:" not in drawn.text


def test_billed_units_stay_the_therapists(tmp_path: Path) -> None:
    billed = a_session(services=[{"code": "97124", "minutes": 52, "units": 2, "charge": "96.00"}])
    drawn = read_paper(tmp_path, "superbill", case=a_case(sessions=(billed,)))
    head, row, *_ = drawn.tables()[0]
    assert row[head.index("Units")] == "2"
    assert "Mod." not in head  # no line has one: the room is for the body region
    assert "counted from the minutes" not in drawn.text


@pytest.mark.parametrize("name", ["superbill", "receipt"])
@pytest.mark.parametrize("amount", ["$15.00", "$24.00", "$125.00", "$120.00", "arnica", "gift"])
def test_no_tip_or_product_on_it(full_papers: dict[str, Read], name: str, amount: str) -> None:
    assert amount not in full_papers[name].text


def test_the_receipt_holds_each_payment_and_no_diagnosis(full_papers: dict[str, Read]) -> None:
    drawn = full_papers["receipt"]
    (table,) = drawn.tables()
    assert [row[0] for row in table] == ["Visit", "03/10/2026", "03/17/2026", "Total"]
    assert table[1][2:] == ["03/10/2026", "card ending 4242", "$110.00"]
    assert table[2][2:] == ["03/18/2026", "check 1021", "$96.00"]
    assert table[3][4] == "$206.00"
    assert "97124" not in drawn.text
    for words in ("M54", "M62", "back pain", "spasm", "iagnos"):
        assert words not in drawn.text


@pytest.mark.parametrize(
    "words",
    [
        "DRAFT – for the doctor to check, complete and sign",
        "print it on your letterhead",
        "M54.59 other low back pain",
        "Onset: November 3, 2025",
        "Began after moving house. (reported by the patient)",
        "Examination: [Dr.: findings, severity, imaging if any]",
        "physical therapy 2025-12 to 2026-01 helped for a day reported by the patient",
        "sitting at work 20 minutes 2 hours reported by the patient",
        "[Dr.: why massage therapy is needed, and why it takes this provider's skill]",
        "sitting minutes 60 05/31/2026",
        "Expected outcome: [Dr.: expected outcome]",
        "Reassessment and when to stop: [Dr.: date of reassessment and what would end the treatment]",
        "none known; [Dr.: contra-indications considered]",
        "It is not for general health or relaxation.",
        "Enclosed: order of March 2, 2026.",
        "Signature of the prescriber",
        "Ngozi Okoye, MD",
        "[Dr.: date of signing]",
    ],
)
def test_the_letter_holds_the_content_matrix(full_papers: dict[str, Read], words: str) -> None:
    assert squeezed(words) in full_papers["letter_of_medical_necessity"].squeezed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("letter_of_medical_necessity", "Onset: March 2021"),
        ("letter_of_medical_necessity", "Frequency 1–2 visits a week for 6 weeks"),
        ("letter_of_medical_necessity", "Visits in all 6–12"),
        ("letter_of_medical_necessity_hsa", "Frequency 1–2 visits a week"),
        ("prescription_request", "since March 2021"),
        ("for_my_appointment", "since March 2021"),
        ("superbill", "March 2021"),
    ],
)
def test_a_rough_onset_and_a_range_are_printed_as_they_were_written(tmp_path: Path, name: str, words: str) -> None:
    order = a_prescription(per_week="1-2", weeks=6, visits=None)
    case = a_case(prescriptions=(order,), conditions=(a_condition(onset="2021-03"),))
    assert squeezed(words) in read_paper(tmp_path, name, case=case).squeezed


def test_the_letters_blanks_are_listed_on_top(full_papers: dict[str, Read]) -> None:
    text = full_papers["letter_of_medical_necessity"].text
    top, _, body = text.partition("Letter of medical necessity Date [Dr.:")
    blanks = set(re.findall(r"\[Dr\.: ([^\]]+)\]", f"[Dr.:{body}"))
    assert len(blanks) == 7
    for blank in blanks:
        assert blank in top.partition("These places are open:")[2], blank


def test_what_the_order_does_not_say_is_a_blank_for_the_doctor(tmp_path: Path) -> None:
    order = a_prescription(per_week=None, weeks=None, visits=None, minutes_per_visit=None, valid_until=None)
    case = a_case(prescriptions=(order,), conditions=(a_condition(goals=None, limits=None, treatments_tried=None),))
    text = read_paper(tmp_path, "letter-of-medical-necessity", case=case).text
    for blank in ("visits a week", "for how many weeks", "minutes a visit", "visits in all", "measurable goals"):
        assert f"[Dr.: {blank}" in text


# --- the cover sheet

COVER = [
    ("To/Payer", "Cascade Harbor Health Plan"),
    ("To/Department", "Member Claims"),
    ("To/Address", "PO Box 5550, Spokane, WA 99210"),
    ("To/Fax", "(800) 555-0187"),
    ("From/Name", "Calm Hands LLC"),
    ("From/On behalf of", "Zoë Nuñez-Okafor"),
    ("From/Address", "77 Market Street, Tacoma, WA 98402"),
    ("From/Phone", "(253) 555-0117"),
    ("From/Date", "March 20, 2026"),
    ("About/Patient", "Zoë Nuñez-Okafor"),
    ("About/Birth date", "05/21/1984"),
    ("About/Member ID", "CHX00412207"),
    ("About/Group", "007731"),
    ("About/Dates of service", "03/10/2026, 03/17/2026"),
    ("About/Charged", "$206.00"),
    ("About/Paid by the patient", "$206.00"),
    ("About/Requested", "reimbursement under the plan, of $206.00 paid"),
    ("", "New claim"),
    ("", "Pages including this one: 6"),
    ("", "2–3 Statement for your insurer (superbill)"),
    ("", "6 prescription"),
    ("", "Reply to: please send the answer to Calm Hands LLC at the address above"),
    ("", "Signature"),
    ("", "Confidential: these pages hold health information"),
    ("", "If they reached you by mistake, please call the sender at (253) 555-0117"),
]


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Read:
    from full_case import full_case

    return read_packet(write_case(tmp_path_factory.mktemp("full") / "case", full_case()))


@pytest.mark.parametrize(("label", "value"), COVER)
def test_the_element_stands_on_the_cover(packet: Read, label: str, value: str) -> None:
    assert squeezed(f"{label.rpartition('/')[2]}{value}") in squeezed(packet.pages[0])


def test_name_member_id_and_page_stand_on_every_page(packet: Read) -> None:
    assert len(packet.pages) == 6
    for number, page in enumerate(packet.pages, start=1):
        foot = page.strip().splitlines()[-1]
        assert foot == f"Zoë Nuñez-Okafor · member ID CHX00412207 Page {number} of 6"


@pytest.mark.parametrize("name", list(BY_PAPER))
def test_name_member_id_and_page_stand_on_a_paper_that_goes_alone(full_papers: dict[str, Read], name: str) -> None:
    pages = full_papers[name].pages
    for number, page in enumerate(pages, start=1):
        assert (
            page.strip().splitlines()[-1] == f"Zoë Nuñez-Okafor · member ID CHX00412207 Page {number} of {len(pages)}"
        )


def test_our_reference_is_never_called_a_claim_number(packet: Read, full_papers: dict[str, Read]) -> None:
    for drawn in (packet, *full_papers.values()):
        assert "claim number" not in drawn.text.lower()


# --- what is absent leaves nothing


def bare_case() -> Case:
    """What must be there, and nothing else."""
    return a_case(
        patient=a_patient(phone=None),
        plan=a_plan(plan_name=None, group_number=None, card_phone=None, rules=None),
        providers=(
            a_provider(taxonomy=None, address=None, phone=None, network=None),
            a_practice(npi=None, fax=None),
            a_doctor(address=None, phone=None, fax=None),
        ),
        conditions=(a_condition(onset=None, cause=None, treatments_tried=None, limits=None, goals=None),),
        prescriptions=(
            a_prescription(regions=None, goals=None, precautions=None, valid_until=None, minutes_per_visit=None),
        ),
        sessions=(a_session(regions=None, note=None, pain=None, start=None, end=None),),
        payments=(),
        attachments=(),
    )


GONE = {
    "superbill": ["Phone", "Plan", "Group", "Taxonomy", "Onset", "Authorization number", "Subscriber"],
    "letter_of_medical_necessity": ["Group", "Body regions", "Valid until", "Address", "Phone", "Claim number"],
}


@pytest.mark.parametrize("name", list(GONE))
def test_an_absent_value_leaves_no_label(tmp_path: Path, name: str) -> None:
    drawn = read_paper(tmp_path, name, case=bare_case())
    labels = {label.rpartition("/")[2] for label in drawn.fields() if "practice" not in label}
    assert not labels & set(GONE[name])
    assert not EMPTY_WORDS.search(drawn.text), EMPTY_WORDS.search(drawn.text)
    assert all(value.strip() for value in drawn.fields().values())


def test_an_unpaid_visit_asks_for_no_reimbursement(tmp_path: Path) -> None:
    drawn = read_paper(tmp_path, "superbill", case=bare_case())
    assert "reimburse" not in drawn.text
    assert "Total $96.00 $0.00 1 visit, balance $96.00" in drawn.text
    assert "Paid by" not in drawn.text


def test_absent_values_leave_no_label_on_the_cover(tmp_path: Path) -> None:
    page = read_packet(write_case(tmp_path, bare_case()), draft=True).pages[0]
    for label in ("Department", "Fax", "Portal", "Group", "Claim number", "Replaces", "Subscriber", "Notice"):
        assert label not in page
    assert not EMPTY_WORDS.search(page)


EXAMPLES = [
    ("low_back_paid", "superbill"),
    ("low_back_paid", "receipt"),
    ("low_back_paid", "letter_of_medical_necessity"),
    ("low_back_paid", "therapist_note"),
    ("neck_denied_appealed", "superbill"),
    ("neck_denied_appealed", "letter_of_medical_necessity"),
    ("neck_denied_appealed", "session_log"),
    ("ohio_not_covered_hsa", "superbill"),
    ("ohio_not_covered_hsa", "receipt"),
    ("ohio_not_covered_hsa", "letter_of_medical_necessity"),
]


@cache
def example(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(shipped("examples") / name, folder / name))


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.mark.parametrize(("case", "name"), EXAMPLES)
def test_the_examples_papers_name_their_people(copies: Path, case: str, name: str) -> None:
    folder = example(case, copies)
    known = read_case(folder)
    assert known.settings.as_of
    drawn = read_paper(folder, name, day=known.settings.as_of)
    assert known.patient.name
    for page in drawn.pages:
        assert f"{known.patient.name} · member ID {known.plan.member_id} Page " in page
    if name != "session_log":
        therapist = next(p for p in known.providers if "rendering" in p.roles)
        prescriber = next(p for p in known.providers if "referring" in p.roles)
        signer = prescriber if name.startswith("letter") else therapist
        assert signer.signs_as in drawn.text
    assert not EMPTY_WORDS.search(drawn.text), name


def test_the_patients_log_shows_a_visit_with_pain_scores_and_no_words(tmp_path: Path) -> None:
    own = {"author": "patient", "text": "Slept better."}
    sessions = (
        a_session("2026-03-10", pain={"before": 7, "after": 4}, note=own),
        a_session("2026-03-12", pain={"before": 6}, note=None),
        a_session("2026-03-14", pain={"before": 0, "after": 0}),
        a_session("2026-03-16", note=None, pain=None),
    )
    drawn = read_paper(tmp_path, "session_log", case=a_case(prepared_by="patient", sessions=sessions))
    assert drawn.tables()[0][1:] == [
        ["03/10/2026", "7", "4", "Slept better."],
        ["03/12/2026", "6", "", ""],
        ["03/14/2026", "0", "0", ""],
    ]


def test_the_therapists_scores_are_no_log_of_the_patient(tmp_path: Path) -> None:
    own = {"author": "patient", "text": "Slept better."}
    sessions = (a_session("2026-03-10", note=own), a_session("2026-03-12", pain={"before": 6}, note=None))
    drawn = read_paper(tmp_path, "session_log", case=a_case(prepared_by="practice", sessions=sessions))
    assert [row[0] for row in drawn.tables()[0][1:]] == ["03/10/2026"]
