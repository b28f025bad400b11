"""ExplanationOfBenefits: what is understood of every public one we have, and the traps that they and others set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fhir_eobs import CARC, CARIN, RARC, a_bundle, a_person, amount, an_eob, as_json, item, paid_item, reason
from massage_claim.errors import Unreadable
from massage_claim.exchange import eob_codes as codes
from massage_claim.exchange.eob import read_notices
from massage_claim.exchange.json_file import read_json
from massage_claim.exchange.notice import Notice, disagreements

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "fhir"


def read(resource: object) -> tuple[Notice, ...]:
    return read_notices(read_json(as_json(resource), "eob.json"), "eob.json")


def one(*items: dict[str, Any], **fields: Any) -> Notice:
    (notice,) = read(an_eob(*items, **fields))
    return notice


def dollars(text: str) -> Decimal | None:
    return None if text == "-" else Decimal(text)


# --- the corpus

TABLE = """
carin-bb-1.1.0/ExplanationOfBenefit_OutpatientEOBExample1.json 1 2 2020-09-29 84.40 56.52 0.00 0.00 56.52
carin-bb-1.1.0/ExplanationOfBenefit_ProfessionalEOBExample1.json 1 6 2020-08-04 820.00 258.91 0.00 0.00 258.91
carin-bb-connectathon/Aetna_-_Connectathon_25_-_EOB_Example.json 1 1 2019-03-13 2432.00 - - - -
carin-bb-connectathon/Aetna_-_Connectathon_25_-_EOB_Example.json 2 1 2020-01-21 424.00 424.00 - 424.00 -
carin-bb-connectathon/ExplanationOfBenefit_88897664101-HNXXXTTTUUU645987.json 1 1 2020-10-07 96.40 43.46 0.00 14.00 29.46
carin-bb-connectathon/ExplanationOfBenefit_88897664101-YPPPXXX55587744.json 1 13 2017-05-23 7147.20 1542.01 0.00 120.00 1393.57
carin-bb-connectathon/connDmdEOBInpatient1.json 1 2 2017-11-18 1505.90 1505.90 0.00 0.00 1505.90
carin-bb-connectathon/connDmdEOBInpatient2.json 1 2 2015-05-06 6440.46 6440.46 600.00 60.00 6440.46
carin-bb-connectathon/connDmdEOBOutpatient1.json 1 1 2017-06-29 2167.81 2167.81 900.00 75.00 2167.81
carin-bb-connectathon/connDmdEOBPharmacy1.json 1 1 2016-10-31 40.28 40.28 0.00 0.00 40.28
carin-bb-connectathon/connDmdEOBPharmacy2.json 1 1 2020-01-25 14.43 14.43 0.00 0.00 14.43
carin-bb-connectathon/connDmdEOBProfessional1.json 1 1 2020-03-09 465.95 465.95 700.00 455.00 465.95
cms-bluebutton/sample-eob-entry.json 1 8 2015-04-01 300.00 150.00 150.00 - 0.00
hl7-r4/ExplanationOfBenefit-EB3500.json 1 2 2014-08-16 135.57 120.00 - - 96.00
synthea/Clemente_Kreiger.json 1 2 2010-11-09 265.52 140.52 0.00 - 112.42
synthea/Clemente_Kreiger.json 2 3 2013-11-12 406.04 281.04 0.00 - 224.84
synthea/Clemente_Kreiger.json 3 4 2016-11-15 930.67 805.67 0.00 - 644.54
"""
"""File, number in it, lines, first day, billed, allowed, deductible, copay, paid: as read in the files by eye."""

INCONSISTENT = {
    ("Aetna - Connectathon 25 - EOB Example.json", 2): {codes.BILLED},
    ("ExplanationOfBenefit_88897664101-YPPPXXX55587744.json", 1): {"paid out"},
    ("sample-eob-entry.json", 1): {codes.BILLED, codes.ALLOWED, codes.DEDUCTIBLE},
    ("ExplanationOfBenefit-EB3500.json", 1): {codes.BILLED, codes.PAID},
    ("Clemente_Kreiger.json", 1): {codes.BILLED},
    ("Clemente_Kreiger.json", 2): {codes.BILLED, "the payment"},
    ("Clemente_Kreiger.json", 3): {codes.BILLED},
}
"""The files that contradict themselves, and in what: read by eye too. The CMS sample leaves out lines that its sums count."""


def corpus() -> Iterator[tuple[str, Notice]]:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus of FHIR files is not beside this checkout")
    for file in sorted(CORPUS.rglob("*.json")):
        try:
            found = read_notices(read_json(file.read_bytes(), file.name), file.name)
        except Unreadable:
            assert '"ExplanationOfBenefit"' not in file.read_text(encoding="utf-8"), file.name
            continue
        yield from ((f"{file.parent.name}/{file.name}", notice) for notice in found)


def test_every_public_notice_is_understood() -> None:
    rows = [row.split() for row in TABLE.strip().splitlines()]
    kinds = (codes.BILLED, codes.ALLOWED, codes.DEDUCTIBLE, codes.COPAY, codes.PAID)
    found = {
        (name.replace(" ", "_"), str(notice.number)): (
            str(len(notice.lines)),
            str(notice.days[0]),
            *(notice.total(kind) for kind in kinds),
        )
        for name, notice in corpus()
    }
    assert found == {(name, n): (lines, day, *map(dollars, sums)) for name, n, lines, day, *sums in rows}


def test_the_sums_of_the_public_notices_are_the_files_own_and_contradictions_are_named() -> None:
    for name, notice in corpus():
        said = INCONSISTENT.get((name.rpartition("/")[2], notice.number), set())
        found = disagreements(notice)
        assert len(found) == len(said), (name, found)
        assert all(any(mark in words for words in found) for mark in said), (name, found)


def test_no_public_notice_has_a_reason_although_many_have_one_of_0_or_none() -> None:
    placeholders = 0
    for name, notice in corpus():
        assert notice.all_reasons() == (), name
        assert notice.payment_status == "", name
        placeholders += name.startswith("cms-bluebutton/")
    assert placeholders == 1
    text = (CORPUS / "cms-bluebutton" / "sample-eob-entry.json").read_text(encoding="utf-8")
    assert text.count('"N/A"') == 8


def test_other_resources_of_the_corpus_say_what_they_are() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus of FHIR files is not beside this checkout")
    for name, kind in (("Coverage-7546D", "Coverage"), ("ClaimResponse-R3500", "ClaimResponse")):
        data = (CORPUS / "hl7-r4" / f"{name}.json").read_bytes()
        with pytest.raises(Unreadable, match=f"It holds {kind}"):
            read_notices(read_json(data, name), name)


# --- profiles and traps


def test_three_profiles_say_the_same() -> None:
    carin = one(paid_item("2026-03-10"))
    variables = "https://bluebutton.cms.gov/resources/variables/"
    system = "https://bluebutton.cms.gov/resources/codesystem/adjudication"
    names = {"line_sbmtd_chrg_amt": "96.00", "line_alowd_chrg_amt": "84.00", "line_coinsrnc_amt": "33.60"}
    names |= {"line_bene_ptb_ddctbl_amt": "0.00", "line_bene_pmt_amt": "50.40", "line_prvdr_pmt_amt": "0.00"}
    cms = one(item("2026-03-10", "97124", *(amount(variables + name, value, system) for name, value in names.items())))
    plain = one(
        item("2026-03-10", "97124", amount("submitted", "96"), amount("eligible", "84"), amount("benefit", "50.4"))
    )
    assert carin.total_paid == cms.total_paid == plain.total_paid == Decimal("50.40")
    for kind in (codes.BILLED, codes.ALLOWED, codes.COINSURANCE, codes.DEDUCTIBLE):
        assert carin.lines[0].amounts[kind] == cms.lines[0].amounts[kind]
    assert plain.lines[0].amounts[codes.ALLOWED] == Decimal("84.00")
    assert codes.COINSURANCE not in plain.lines[0].amounts


@pytest.mark.parametrize(
    ("system", "code", "words"),
    [
        ("https://bluebutton.cms.gov/resources/variables/carr_line_rdcd_pmt_phys_astn_c", "0", "N/A"),
        (CARC, "0", ""),
        (CARC, "", ""),
        ("https://bluebutton.cms.gov/resources/variables/line_prcsg_ind_cd", "A", "Allowed"),
        ("https://bluebutton.cms.gov/resources/variables/line_prcsg_ind_cd", "O", "Other"),
        ("http://example.org", "5", "Not applicable"),
    ],
)
def test_a_reason_of_0_or_none_is_none(system: str, code: str, words: str) -> None:
    assert one(item("2026-03-10", "97124", reason(code, system, words))).all_reasons() == ()


@pytest.mark.parametrize(
    ("system", "code", "kind"),
    [
        (CARC, "50", "carc"),
        ("http://terminology.hl7.org/CodeSystem/X12ClaimAdjustmentReasonCodes", "CO-197", "carc"),
        (CARC, "B7", "carc"),
        (RARC, "N362", "rarc"),
        (RARC, "MA130", "rarc"),
        (CARC, "no such shape", "own"),
        ("https://insurer.example/codes", "A1", "own"),
        ("https://bluebutton.cms.gov/resources/variables/line_prcsg_ind_cd", "N", "own"),
        ("http://terminology.hl7.org/CodeSystem/adjudication-reason", "ar001", "own"),
    ],
)
def test_a_reason_is_x12s_or_the_payers_own(system: str, code: str, kind: str) -> None:
    (found,) = one(item("2026-03-10", "97124", reason(code, system, "As printed", "12.50"))).all_reasons()
    assert (found.kind, found.code, found.words, found.amount) == (kind, code.upper(), "As printed", Decimal("12.50"))


def test_a_network_status_is_no_reason_and_no_amount() -> None:
    status = {
        "category": {"coding": [{"system": f"{CARIN}Discriminator", "code": "benefitpaymentstatus"}]},
        "reason": {"coding": [{"system": "C4BBPayerAdjudicationStatus", "code": "outofnetwork"}]},
    }
    denied = json.loads(json.dumps(status).replace("outofnetwork", "denied"))
    zero = {"category": {"coding": [{"code": "outofnetwork"}]}, "amount": {"value": 0.0, "currency": "USD"}}
    notice = one(item("2026-03-10", "97124", status), total=[zero])
    assert (notice.all_reasons(), notice.payment_status, dict(notice.totals), notice.remarks) == ((), "", {}, ())
    assert one(item("2026-03-10", "97124", denied)).payment_status == "denied"


def test_totals_are_never_added_to_lines_or_to_the_header() -> None:
    total = [amount("submitted", "192"), amount("benefit", "100.80")]
    header = [amount("submitted", "192"), amount("benefit", "100.80")]
    notice = one(paid_item("2026-03-10"), paid_item("2026-03-18"), total=total, adjudication=header)
    assert notice.total(codes.BILLED) == Decimal("192.00")
    assert notice.total_paid == Decimal("100.80")
    assert disagreements(notice) == ()
    other = one(paid_item("2026-03-10"), total=[amount("benefit", "50.40")], adjudication=[amount("benefit", "1")])
    assert other.total_paid == Decimal("50.40")
    assert "two totals" in other.remarks[0]


def test_the_same_payment_under_two_names_counts_once() -> None:
    adjudication = (amount("benefit", "50.40"), amount("paidtoprovider", "50.40"), amount("paidtopatient", "0"))
    assert one(item("2026-03-10", "97124", *adjudication)).total_paid == Decimal("50.40")
    parts = (amount("paidtoprovider", "30.40"), amount("paidtopatient", "20"))
    assert one(item("2026-03-10", "97124", *parts)).total_paid == Decimal("50.40")
    twice = one(item("2026-03-10", "97124", amount("benefit", "50.40"), amount("payment", "9")))
    assert twice.total_paid == Decimal("50.40")
    assert "the first was taken" in twice.remarks[0]


def test_amounts_of_details_count_once() -> None:
    detail = {"productOrService": {"coding": [{"code": "97124"}]}, "adjudication": [amount("benefit", "50.40")]}
    with_both = one(item("2026-03-10", "group", amount("benefit", "50.40"), detail=[detail]))
    below = one(item("2026-03-10", "group", detail=[detail, detail]))
    assert (with_both.total_paid, len(with_both.lines)) == (Decimal("50.40"), 1)
    assert (below.total_paid, [line.code for line in below.lines]) == (Decimal("100.80"), ["97124", "97124"])
    assert below.lines[0].first == date(2026, 3, 10)


def test_a_payment_alone_and_one_that_contradicts() -> None:
    alone = one(
        item("2026-03-10", "97124", amount("submitted", "96")),
        payment={"amount": {"value": 50.4}, "date": "2026-04-12"},
    )
    assert (alone.total_paid, alone.paid_on) == (Decimal("50.40"), date(2026, 4, 12))
    (words,) = disagreements(one(paid_item("2026-03-10"), payment={"amount": {"value": 20.0, "currency": "USD"}}))
    assert words == "the payment is 20.00, but paid in all is 50.40"


def test_amounts_of_another_currency_are_not_counted() -> None:
    notice = one(item("2026-03-10", "97124", amount("benefit", "50.40", currency="CAD")))
    assert notice.foreign
    assert notice.total_paid is None
    assert not one(paid_item("2026-03-10")).foreign


def test_a_fraction_of_a_cent_is_rounded_and_said_but_not_that_of_a_float() -> None:
    rounded = one(item("2026-03-10", "97124", amount("benefit", "28.104000000000003")))
    assert rounded.total_paid == Decimal("28.10")
    assert rounded.remarks == ("An amount has a fraction of a cent; it was rounded.",)
    artefact = one(item("2026-03-10", "97124", amount("benefit", "28.100000000000001")))
    assert (artefact.total_paid, artefact.remarks) == (Decimal("28.10"), ())
    assert one(item("2026-03-10", "97124", amount("benefit", "1e12"))).remarks[0].startswith("An amount too large")


def test_days_come_from_the_line_and_only_else_from_a_notice_about_one_day() -> None:
    def served(**fields: Any) -> date | None:
        thing = item("2026-03-10", "97124", amount("benefit", "1"))
        del thing["servicedDate"]
        return one({**thing, **fields.pop("item", {})}, **fields).lines[0].first

    assert served(item={"servicedPeriod": {"start": "2026-03-10T23:30:00-05:00"}}) == date(2026, 3, 10)
    assert served(billablePeriod={"start": "2026-03-10", "end": "2026-03-10"}) == date(2026, 3, 10)
    assert served(billablePeriod={"start": "2026-03-01", "end": "2026-03-31"}) is None
    assert served(item={"servicedDate": "2026-03"}) is None
    assert served(item={"servicedDate": "2026-02-30"}) is None


def test_who_is_named_wherever_it_stands() -> None:
    (notice,) = read(a_bundle(an_eob(paid_item("2026-03-10")), *a_person()))
    assert notice.named.name == "Nuñez-Okafor Zoë"
    assert notice.named.birth_date == date(1984, 5, 21)
    assert notice.named.member_ids == ("CHX00412207",)
    patient, coverage = a_person()
    inside = an_eob(
        patient={"reference": "#p1"}, insurance=[{"coverage": {"reference": "#c1"}}], contained=[patient, coverage]
    )
    assert read(inside)[0].named == notice.named
    full = an_eob(patient={"reference": "https://example.org/fhir/Patient/p1"})
    assert read(a_bundle(full, *a_person()))[0].named.name == "Nuñez-Okafor Zoë"
    assert one().named.nobody
    assert one(patient={"display": "Zoë Nuñez-Okafor"}).named.name == "Zoë Nuñez-Okafor"


@pytest.mark.parametrize(
    "resource",
    [
        an_eob(paid_item("2026-03-10")),
        [an_eob(paid_item("2026-03-10"))],
        a_bundle(an_eob(paid_item("2026-03-10"))),
        a_bundle({**a_bundle(an_eob(paid_item("2026-03-10"))), "id": "inner"}),
        {"resource": an_eob(paid_item("2026-03-10"))},
    ],
)
def test_a_notice_is_found_alone_in_a_list_and_in_a_bundle(resource: object) -> None:
    assert [notice.total_paid for notice in read(resource)] == [Decimal("50.40")]


def test_a_page_of_several_says_so() -> None:
    link = [{"relation": "next", "url": "https://example.org"}]
    (notice,) = read(a_bundle(an_eob(paid_item("2026-03-10")), link=link))
    assert notice.remarks == ("The file is one page of several: further notices are not in it.",)


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({}, "not FHIR"),
        ([], "not FHIR"),
        ("text", "not FHIR"),
        ({"claims": [{"paid": 5}]}, "not FHIR"),
        ({"resourceType": "Bundle", "entry": []}, "an empty Bundle"),
        ({"resourceType": "OperationOutcome"}, "an error instead"),
        ({"resourceType": "Patient", "id": "secret"}, "It holds Patient."),
        ({"resourceType": "A secret\u001b[31m thing"}, "not FHIR"),
    ],
)
def test_a_file_without_a_notice_says_what_it_is(tree: object, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        read(tree)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "broken",
    [
        {"item": "none"},
        {"item": [5, None, {"adjudication": 7, "productOrService": "x", "servicedPeriod": [], "quantity": []}]},
        {"total": [{"category": None, "amount": "5"}, {"amount": {"value": "5"}}, {"amount": {"value": True}}]},
        {"identifier": {"value": 5}, "patient": [], "insurance": [{"coverage": 5}], "insurer": "x", "payment": "y"},
        {"created": 5, "processNote": [{"number": "1", "text": 5}], "status": {}, "benefitBalance": [{"financial": 1}]},
        {"adjudication": [{"category": {"coding": {"code": "submitted"}}, "reason": {"coding": ["x"]}}]},
    ],
)
def test_broken_parts_are_left_out_and_break_nothing(broken: dict[str, Any]) -> None:
    notice = one(**broken)
    assert notice.total_paid is None
    assert disagreements(notice) == ()


def test_texts_of_the_payer_can_not_steer_a_screen() -> None:
    notice = one(processNote=[{"number": 1, "text": "Call \x1b[31m us\nat\u202e once"}], disposition="a\u2028b")
    assert list(notice.notes.values()) == ["Call [31m us at once"]
    assert notice.disposition == "a b"
