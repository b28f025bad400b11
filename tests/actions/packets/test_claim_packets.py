"""`build-packet`: which claims, which pages in which order, what is left out; the same bytes each time."""

from __future__ import annotations

import io
import shutil
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_payment,
    a_plan,
    a_prescription,
    a_provider,
    a_session,
    an_attachment,
    write_case,
    write_record,
)
from massage_claim import yamltext
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.result import Result
from massage_claim.errors import AttachmentUnusable, ExitCode, NotReady, UsageProblem
from massage_claim.packet.pdf_file import read_texts
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case
from papers import today_is

Build = Callable[..., Result]


def build(folder: Path, day: date = TODAY, **arguments: object) -> Result:
    with today_is(day):
        return build_packet(folder, **arguments)  # type: ignore[arg-type]


def pdf_of(folder: Path, result: Result, number: int = 0) -> bytes:
    return (folder / [name for name in result.written if name.endswith(".pdf")][number]).read_bytes()


def titles(result: Result, number: int = 0) -> list[str]:
    claims = result.data["claims"]
    assert isinstance(claims, list)
    return [entry["title"] for entry in claims[number]["contents"]]


def claims_of(result: Result) -> list[str]:
    claims = result.data["claims"]
    assert isinstance(claims, list)
    return [claim["claim"] for claim in claims]


def example(name: str, tmp_path: Path) -> tuple[Path, date]:
    folder = Path(shutil.copytree(shipped("examples") / name, tmp_path / name))
    day = read_case(folder).settings.as_of
    assert day
    return folder, day


EXAMPLES = {
    "low_back_paid": [
        ("Cover sheet", 1, 1),
        ("Statement for your insurer (superbill)", 2, 2),
        ("Photo of the card slips of June", 3, 3),
        ("Order of Dr. Halvorsen", 4, 4),
    ],
    "neck_denied_appealed": [
        ("Cover sheet", 1, 1),
        ("Signed superbill of Renata Kowalczyk, LMT", 2, 2),
        ("Receipts, May 12 to June 18", 3, 3),
        ("Receipts, June 23 to August 13", 4, 4),
        ("Order of Dr. Okonkwo", 5, 5),
    ],
}


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_an_examples_packet(tmp_path: Path, name: str) -> None:
    folder, day = example(name, tmp_path)
    result = build(folder, day)
    contents = result.data["claims"][0]["contents"]  # type: ignore[index]
    assert [(entry["title"], entry["first"], entry["last"]) for entry in contents] == EXAMPLES[name]
    pdf = pdf_of(folder, result)
    pages = read_texts(pdf)
    assert len(pages) == EXAMPLES[name][-1][2]
    assert f"Pages including this one: {len(pages)}" in pages[0]
    case = read_case(folder)
    for number, page in enumerate(pages, start=1):
        foot = f"{case.patient.name} · member ID {case.plan.member_id} Page {number} of {len(pages)}"
        assert page.strip().splitlines()[-1] == foot
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        marks = [(item.title, opened.pages.index(pikepdf.Page(item.destination[0])) + 1) for item in outline.root]  # type: ignore[index]
        assert marks == [(title, first) for title, first, _ in EXAMPLES[name]]
        assert str(opened.docinfo["/Title"]) == "Claim"
        assert set(opened.docinfo.keys()) == {"/Title"}
        assert str(opened.Root["/Lang"]) == "en-US"
    for entry in contents[1:]:
        pages_said = f"{entry['first']}" if entry["first"] == entry["last"] else f"{entry['first']}–{entry['last']}"
        assert f"{pages_said} {entry['title']}" in pages[0]


def test_the_example_that_the_plan_excludes_is_refused(tmp_path: Path) -> None:
    folder, day = example("ohio_not_covered_hsa", tmp_path)
    result = build(folder, day)
    assert result.code is ExitCode.NOT_READY
    assert any("excludes massage" in finding.says for finding in result.findings)
    assert not (folder / "out").exists()


@pytest.mark.parametrize("arguments", [{}, {"draft": True}, {"claim": "2026-03-03"}])
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, arguments: dict[str, object]) -> None:
    folder, day = example("low_back_paid", tmp_path)
    first = build(folder, day, **arguments)
    before = {name: (folder / name).read_bytes() for name in first.written}
    shutil.rmtree(folder / "out")
    assert build(folder, day, **arguments) == first
    assert {name: (folder / name).read_bytes() for name in first.written} == before


def test_only_out_is_written_and_only_for_the_owner(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    result = build(folder)
    assert result.written == ("out/2026-03-10/claim-2026-03-10.pdf", "out/2026-03-10/manifest.yaml")
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.relative_to(folder).as_posix() for path in after.keys() - before.keys()} == set(result.written)
    assert all(after[path] == data for path, data in before.items())
    for name in result.written:
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("how", ["dry_run", "preview"])
def test_looking_writes_nothing(tmp_path: Path, how: str) -> None:
    folder = write_case(tmp_path, a_case())
    result = build(folder, **{how: True})
    assert not (folder / "out").exists()
    assert bool(result.blocks) == (how == "preview")


def test_the_manifest_names_parts_and_facts(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    build(folder)
    tree = yamltext.read((folder / "out/2026-03-10/manifest.yaml").read_text("utf-8"), "manifest.yaml").value
    assert isinstance(tree, dict)
    assert tree["claim"] == "2026-03-10"
    assert tree["built_on"] == TODAY.isoformat()
    assert tree["draft"] == "no"
    assert tree["sessions"] == ["sessions/2026-03-10"]
    assert [part["key"] for part in tree["parts"]] == [  # type: ignore[union-attr, index, call-overload]
        "cover_sheet",
        "superbill",
        "attachments-receipt-2026-03-10",
        "attachments-order-2026-03-02",
    ]
    assert [fact["fact"] for fact in tree["facts"]] == ["procedure code 97124", "place of service 11"]  # type: ignore[union-attr, index, call-overload]
    assert all(fact["source"] and fact["verified"] for fact in tree["facts"])  # type: ignore[union-attr, index, call-overload]


def test_an_older_build_of_the_claim_is_replaced_whole(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    build(folder, draft=True)
    assert (folder / "out/2026-03-10/claim-2026-03-10-DRAFT.pdf").exists()
    build(folder)
    assert sorted(path.name for path in (folder / "out/2026-03-10").iterdir()) == [
        "claim-2026-03-10.pdf",
        "manifest.yaml",
    ]


def test_a_cover_of_several_pages_counts_itself(tmp_path: Path) -> None:
    days = [date(2026, 1, 5) + timedelta(days=number) for number in range(60)]
    sessions = tuple(a_session(day, prescription="2026-01-02", place="11") for day in days)
    order = a_prescription("2026-01-02", visits=60, weeks=12, per_week=5)
    department = "Member Claims, " + "Second Floor, Building of the Regional Office, " * 40
    rules = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    address = {**rules["claims_address"], "department": department}
    plan = a_plan(rules={**rules, "claims_address": address, "visit_limit": {**rules["visit_limit"], "value": 99}})
    folder = write_case(tmp_path, a_case(sessions=sessions, prescriptions=(order,), plan=plan))
    result = build(folder, draft=True)
    pages = read_texts(pdf_of(folder, result))
    contents = result.data["claims"][0]["contents"]  # type: ignore[index]
    assert contents[0]["first"] == 1
    assert contents[0]["last"] >= 2
    cover = " ".join(" ".join(pages[: contents[0]["last"]]).split())
    assert f"Pages including this one: {len(pages)}" in cover
    superbill = contents[1]
    assert f"{superbill['first']}–{superbill['last']} Statement for your insurer" in cover
    assert "Statement for your insurer (superbill)" in pages[superbill["first"] - 1]
    assert contents[-1]["last"] == len(pages)
    assert all(f"{day:%m/%d/%Y}" in cover for day in days)


# --- what is kept out


def test_a_finding_on_one_session_keeps_only_that_one_out(tmp_path: Path) -> None:
    early = a_session("2026-02-24")
    folder = write_case(tmp_path, a_case(sessions=(early, a_session(), a_session("2026-03-17", minutes=38))))
    result = build(folder)
    assert result.code is ExitCode.OK
    assert claims_of(result) == ["2026-03-10"]
    assert sum(line.startswith("Left out: 2026-02-24. ") for line in result.says) == 1
    assert any(finding.session == "sessions/2026-02-24" for finding in result.findings)
    text = " ".join(read_texts(pdf_of(folder, result)))
    assert "02/24/2026" not in text
    assert "03/17/2026" in text
    drafted = build(folder, draft=True)
    assert not any(line.startswith("Left out") for line in drafted.says)
    assert "02/24/2026" in " ".join(read_texts(pdf_of(folder, drafted)))


def test_every_session_left_out_is_no_packet(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(sessions=(a_session("2026-02-24"),)))
    result = build(folder)
    assert result.code is ExitCode.NOT_READY
    assert "Left out: 2026-02-24." in result.says[1]
    assert not (folder / "out").exists()


def test_a_finding_on_the_case_stops_every_claim_but_no_draft(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(plan=a_plan(member_id=None)))
    result = build(folder)
    assert result.code is ExitCode.NOT_READY
    assert any("member ID" in finding.says for finding in result.findings)
    assert not (folder / "out").exists()
    drafted = build(folder, draft=True)
    assert drafted.written[0] == "out/2026-03-10/claim-2026-03-10-DRAFT.pdf"
    assert any("member ID" in finding.says for finding in drafted.findings)
    assert "submit" not in (drafted.next or "")


MUSTS = {
    "patient's name": ("patient", {"name": None}),
    "birth date": ("patient", {"birth_date": None}),
    "sex": ("patient", {"sex": None}),
    "address": ("patient", {"address": None}),
    "relation": ("patient", {"relation_to_subscriber": None}),
    "subscriber": ("patient", {"relation_to_subscriber": "child"}),
    "payer": ("plan", {"payer": None}),
    "member ID": ("plan", {"member_id": None}),
    "other insurance": ("plan", {"other_coverage": None}),
    "accident": ("plan", {"accident": None}),
    "practice's address": ("practice", {"address": None}),
    "practice's phone": ("practice", {"phone": None}),
    "EIN": ("practice", {"ein": None}),
    "credential": ("therapist", {"credential": None}),
    "NPI": ("therapist", {"npi": None}),
    "licence": ("therapist", {"licence": None}),
    "licence number": ("therapist", {"licence": {"state": "WA"}}),
    "prescriber's credential": ("doctor", {"credential": None}),
    "prescriber's NPI": ("doctor", {"npi": None}),
    "diagnosis": ("condition", {"diagnoses": None}),
    "order": ("order", {}),
    "place": ("session", {"place": None}),
    "minutes": ("session", {"minutes": None}),
    "charge": ("session", {"charge": None}),
}


@pytest.mark.parametrize("missing", list(MUSTS))
def test_without_a_must_element_nothing_is_built(tmp_path: Path, missing: str) -> None:
    from builders import a_condition, a_doctor, a_patient, a_practice

    what, fields = MUSTS[missing]
    given: dict[str, object] = {"providers": (a_provider(), a_practice(), a_doctor())}
    match what:
        case "patient":
            given["patient"] = a_patient(**fields)
        case "plan":
            given["plan"] = a_plan(**fields)
        case "practice":
            given["providers"] = (a_provider(), a_practice(**fields), a_doctor())
        case "therapist":
            given["providers"] = (a_provider(**fields), a_practice(), a_doctor())
        case "doctor":
            given["providers"] = (a_provider(), a_practice(), a_doctor(**fields))
        case "condition":
            given["conditions"] = (a_condition(**fields),)
        case "order":
            given |= {"prescriptions": (), "sessions": (a_session(prescription=None),)}
        case "session":
            given["sessions"] = (a_session(**fields),)
    folder = write_case(tmp_path, a_case(**given))  # type: ignore[arg-type]
    try:
        result = build(folder)
    except NotReady as refused:
        assert all(problem.fix and problem.where for problem in refused.problems)
    else:
        assert result.code is ExitCode.NOT_READY
    assert not (folder / "out").exists()


# --- which claims


def test_several_therapists_are_several_claims(tmp_path: Path) -> None:
    other = a_provider("ben-ortiz", name="Ben Ortiz", npi="2345678900", licence={"number": "MA1", "state": "WA"})
    case = a_case()
    sessions = (a_session(), a_session("2026-03-12", rendering="ben-ortiz"), a_session("2026-03-17"))
    folder = write_case(tmp_path, a_case(sessions=sessions, providers=(*case.providers, other)))
    result = build(folder, draft=True)
    assert claims_of(result) == ["2026-03-10", "2026-03-12"]
    first = " ".join(read_texts(pdf_of(folder, result, 0)))
    second = " ".join(read_texts(pdf_of(folder, result, 1)))
    assert "Ben Ortiz" not in first
    assert "Ana Petrova" not in second
    assert "03/17/2026" in first
    assert "Total $96.00 $96.00" in second


def test_two_therapists_on_one_day_have_two_references(tmp_path: Path) -> None:
    other = a_provider("ben-ortiz", name="Ben Ortiz", npi="2345678900")
    case = a_case()
    sessions = (a_session(), a_session(record_id="2026-03-10-2", rendering="ben-ortiz", start="12:00", end="13:00"))
    folder = write_case(tmp_path, a_case(sessions=sessions, providers=(*case.providers, other)))
    assert claims_of(build(folder, draft=True)) == ["2026-03-10", "2026-03-10-2"]


@pytest.mark.parametrize(
    ("start", "days", "claims"),
    [
        ("01-01", ["2025-12-30", "2026-01-06"], ["2025-12-30", "2026-01-06"]),
        ("07-01", ["2026-06-29", "2026-07-02"], ["2026-06-29", "2026-07-02"]),
        ("01-01", ["2026-09-30", "2026-10-01"], ["2026-09-30", "2026-10-01"]),
        ("01-01", ["2026-09-23", "2026-09-30"], ["2026-09-23"]),
        ("07-01", ["2025-12-30", "2026-01-06"], ["2025-12-30", "2026-01-06"]),
    ],
)
def test_a_claim_ends_with_the_plan_year_the_year_and_september(
    tmp_path: Path, start: str, days: list[str], claims: list[str]
) -> None:
    order = a_prescription("2025-12-01", valid_until=None)
    sessions = tuple(a_session(day, prescription="2025-12-01") for day in days)
    case = a_case(sessions=sessions, prescriptions=(order,), plan=a_plan(plan_year_start=start))
    folder = write_case(tmp_path, case)
    result = build(folder, date(2026, 11, 20), draft=True)
    assert claims_of(result) == claims
    assert sum(len(read_texts(pdf_of(folder, result, n))) > 2 for n in range(len(claims))) == len(claims)


def test_a_span_of_dates(tmp_path: Path) -> None:
    sessions = tuple(a_session(f"2026-03-{day}") for day in ("05", "10", "17"))
    folder = write_case(tmp_path, a_case(sessions=sessions))
    result = build(folder, from_=date(2026, 3, 6), to=date(2026, 3, 10))
    assert claims_of(result) == ["2026-03-10"]
    assert result.data["claims"][0]["visits"] == 1  # type: ignore[index]
    assert claims_of(build(folder, to=date(2026, 3, 10))) == ["2026-03-05"]
    with pytest.raises(NotReady, match="in that span"):
        build(folder, from_=date(2026, 3, 18))
    with pytest.raises(UsageProblem, match="after"):
        build(folder, from_=date(2026, 3, 18), to=date(2026, 3, 1))
    with pytest.raises(UsageProblem, match="no other choice"):
        build(folder, from_=date(2026, 3, 1), corrects="2026-03-10")


def test_what_keeps_out_a_session_outside_the_span_is_not_said(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(sessions=(a_session("2026-02-24"), a_session())))
    result = build(folder, from_=date(2026, 3, 1))
    assert not any("2026-02-24" in line for line in result.says)


def test_relaxation_and_no_session_at_all(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(sessions=(a_session(), a_session("2026-03-17", purpose="relaxation"))))
    assert "03/17/2026" not in " ".join(read_texts(pdf_of(folder, build(folder))))
    none = write_case(tmp_path / "none", a_case(sessions=()))
    with pytest.raises(NotReady, match="no treatment session"):
        build(none)


def test_an_unknown_claim_is_named_with_the_known_ones(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    for wrong in ({"claim": "2026-01-01"}, {"corrects": "2026-03-10"}):
        with pytest.raises(UsageProblem) as caught:
            build(folder, **wrong)
        assert "2026-03-10" in caught.value.problems[0].fix or "none yet" in caught.value.problems[0].fix


def test_with_nothing_unclaimed_the_latest_claim_is_rebuilt(tmp_path: Path) -> None:
    sessions = (a_session(), a_session("2026-03-17"))
    claims = (a_claim(sessions[:1]), a_claim(sessions[1:], record_id="2026-03-17"))
    folder = write_case(tmp_path, a_case(sessions=sessions, claims=claims))
    result = build(folder)
    assert claims_of(result) == ["2026-03-17"]
    assert "sent already" in (result.next or "")
    assert not any("Left out" in line for line in result.says)
    assert "Issued 03/18/2026" in " ".join(read_texts(pdf_of(folder, result)))


def test_a_sent_claim_is_rebuilt_from_its_snapshot(tmp_path: Path) -> None:
    sent = a_session()
    case = a_case(sessions=(a_session(charge="120.00"),), claims=(a_claim((sent,)),))
    folder = write_case(tmp_path, case)
    text = " ".join(read_texts(pdf_of(folder, build(folder, claim="claims/2026-03-10"))))
    assert "$96.00" in text
    assert "$120.00" not in text


def test_payments_are_shared_to_the_cent(tmp_path: Path) -> None:
    two = [{"code": "97124", "minutes": 40, "charge": "70.00"}, {"code": "97140", "minutes": 15, "charge": "26.00"}]
    parts = (
        a_payment(amount="50.00", record_id="2026-03-10"),
        a_payment("2026-03-12", "20.00", session="2026-03-10", method="cash", record_id="2026-03-12"),
    )
    folder = write_case(tmp_path, a_case(sessions=(a_session(services=two),), payments=parts))
    text = " ".join(" ".join(read_texts(pdf_of(folder, build(folder, draft=True)))).split())
    assert "40 3 $70.00 $70.00 03/12/2026" in text
    assert "Paid by: card ending 4242, cash." in text
    assert "15 1 $26.00 $0.00" in text
    assert "Total $96.00 $70.00" in text
    assert "The patient has paid $70.00. Please reimburse the member." in text


# --- attachments in place of our own papers


@pytest.mark.parametrize("signed_by", ["therapist", None])
def test_a_signed_scan_takes_the_superbills_place(tmp_path: Path, signed_by: str | None) -> None:
    case = a_case()
    scan = an_attachment(
        "signed.pdf", kind="superbill", for_=["sessions/2026-03-10"], signed_by=signed_by, pages_in_file=2
    )
    folder = write_case(tmp_path, a_case(attachments=(*case.attachments, scan)))
    result = build(folder)
    pages = read_texts(pdf_of(folder, result))
    scanned = any("superbill signed.pdf - page 2" in page for page in pages)
    assert scanned == (signed_by is not None)
    assert ("Statement for your insurer (superbill)" in titles(result)) != scanned
    if signed_by is None:
        assert any("nothing says that the therapist signed it" in line for line in result.says)
    else:
        assert [spot["who"] for spot in result.data["claims"][0]["signatures"]] == ["Calm Hands LLC"]  # type: ignore[index]


def test_a_signed_scan_of_fewer_visits_does_not(tmp_path: Path) -> None:
    sessions = (a_session(), a_session("2026-03-17", minutes=38))
    case = a_case(sessions=sessions)
    scan = an_attachment("signed.pdf", kind="superbill", for_=["sessions/2026-03-10"], signed_by="therapist")
    folder = write_case(tmp_path, a_case(sessions=sessions, attachments=(*case.attachments, scan)))
    result = build(folder)
    assert "Statement for your insurer (superbill)" in titles(result)
    assert any("does not list every visit" in line for line in result.says)


def test_the_patients_superbill_must_list_every_visit(tmp_path: Path) -> None:
    sessions = (a_session(), a_session("2026-03-17", minutes=38))
    case = a_case(sessions=sessions)
    scan = an_attachment("signed.pdf", kind="superbill", for_=["sessions/2026-03-10"], signed_by="therapist")
    folder = write_case(
        tmp_path, a_case(prepared_by="patient", sessions=sessions, attachments=(*case.attachments, scan))
    )
    try:
        result = build(folder)
    except NotReady as refused:
        assert "2026-03-17" in refused.problems[0].says
    else:
        assert result.code is ExitCode.NOT_READY
    assert not (folder / "out").exists()


def test_a_receipt_is_printed_for_what_no_scan_proves(tmp_path: Path) -> None:
    case = a_case()
    folder = write_case(tmp_path, a_case(attachments=case.attachments[:1]))
    assert titles(build(folder)) == ["Cover sheet", "Statement for your insurer (superbill)", "Receipt", "prescription"]


def test_notes_go_out_only_when_the_plan_asks(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    assert not any("note" in title for title in titles(build(folder)))
    said = {"source": "booklet", "said_on": "2026-01-01"}
    rules = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    wanted = a_plan(rules={**rules, "requires_notes": {"value": True, **said}})
    asked = write_case(tmp_path / "asked", a_case(plan=wanted, sessions=(a_session(), a_session("2026-03-17"))))
    result = build(asked, draft=True)
    assert titles(result)[-2:] == ["Therapist's session note, 03/10/2026", "Therapist's session note, 03/17/2026"]


def test_in_a_packet_too_a_patients_note_is_not_the_therapists(tmp_path: Path) -> None:
    said = {"source": "booklet", "said_on": "2026-01-01"}
    rules = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    wanted = a_plan(rules={**rules, "requires_notes": {"value": True, **said}})
    own = a_session("2026-03-17", note={"author": "patient", "text": "Slept through."})
    folder = write_case(tmp_path, a_case(plan=wanted, sessions=(a_session(), own)))
    result = build(folder, draft=True)
    assert [title for title in titles(result) if "note" in title] == ["Therapist's session note, 03/10/2026"]
    assert "Slept through" not in " ".join(read_texts(pdf_of(folder, result)))


def test_a_payment_that_no_scan_proves_gets_a_receipt_beside_the_scans(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    write_record(folder, a_session("2026-03-17", minutes=38))
    write_record(folder, a_payment("2026-03-17"))
    assert "Receipt" in titles(build(folder))


def test_a_lost_file_is_named_with_its_folder_and_the_line_that_names_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped("examples") / "low_back_paid", tmp_path / "case"))
    (folder / "attachments/order-2026-02-24.pdf").unlink()
    record = (folder / "attachments/order-2026-02-24.yaml").read_text("utf-8").splitlines()
    line = next(number for number, row in enumerate(record, start=1) if row.startswith("file:"))
    with pytest.raises(AttachmentUnusable) as refused:
        build(folder, date(2026, 7, 20), draft=True)
    (problem,) = refused.value.problems
    assert problem.says == "attachments/order-2026-02-24.pdf: The file does not exist."
    assert str(problem.where) == f"attachments/order-2026-02-24.yaml:{line}"
