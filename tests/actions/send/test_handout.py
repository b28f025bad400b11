"""Superbills and receipts that a practice hands out: numbered, reprinted to the byte, corrected as the next version."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_payment, a_plan, a_provider, a_session, write_case, write_record
from commands import files, run
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.record import record_change
from massage_claim.actions.result import Result
from massage_claim.actions.send.submission import submit
from massage_claim.errors import NotReady, Unreadable, UsageProblem
from massage_claim.models.claim import Statement
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case
from papers import today_is

LATER = date(2026, 4, 2)


def print_of(folder: Path, name: str = "superbill", day: date = TODAY, **arguments: object) -> Result:
    with today_is(day):
        return paper(folder, name, **arguments)  # type: ignore[arg-type]


def text_of(folder: Path, name: str) -> str:
    return " ".join(" ".join(read_texts((folder / name).read_bytes())).split())


def statement(folder: Path, name: str) -> Statement:
    found = read_case(folder).find(Statement, name)
    assert found is not None
    return found


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(sessions=(a_session(), a_session("2026-03-17"))))


def test_the_first_print_is_numbered_and_kept(case: Path) -> None:
    result = print_of(case)
    assert result.written == (
        "out/papers/superbill.pdf",
        "statements/S-2026-03-10.yaml",
        "sent/superbill-S-2026-03-10.pdf",
    )
    found = statement(case, "S-2026-03-10")
    assert (found.number, found.version, found.paper, found.issued) == ("S-2026-03-10", 1, "superbill", TODAY)
    assert [line.session for line in found.lines] == ["sessions/2026-03-10", "sessions/2026-03-17"]
    assert (case / str(found.file)).read_bytes() == (case / result.written[0]).read_bytes()
    assert (case / str(found.file)).stat().st_mode & 0o777 == 0o600


def test_a_reprint_is_equal_to_the_byte_even_when_the_records_say_something_else_now(case: Path) -> None:
    first = (case / print_of(case).written[0]).read_bytes()
    again = print_of(case, day=LATER)
    assert again.written == ("out/papers/superbill.pdf",)
    assert (case / again.written[0]).read_bytes() == first
    write_record(case, a_session("2026-03-17", minutes=38))
    write_record(case, a_provider(name="Ana Petrova-Ruiz"))
    (old,) = print_of(case, day=LATER, reprint_of="S-2026-03-10").written
    assert (case / old).read_bytes() == first
    (case / "sent/superbill-S-2026-03-10.pdf").write_bytes(first + b"\n")
    with pytest.raises(Unreadable, match="not the one that was handed out"):
        print_of(case, day=LATER, reprint_of="S-2026-03-10-v1")
    with pytest.raises(UsageProblem, match="no superbill of this number"):
        print_of(case, reprint_of="S-2026-01-01")


def test_a_correction_is_version_two_and_says_what_changed(case: Path) -> None:
    print_of(case)
    write_record(case, a_session("2026-03-17", minutes=38))
    result = print_of(case, day=LATER)
    assert result.written[1:] == ("statements/S-2026-03-10-v2.yaml", "sent/superbill-S-2026-03-10-v2.pdf")
    text = text_of(case, result.written[0])
    assert "Version 2 replaces version 1: minutes of 03/17/2026" in text
    found = statement(case, "S-2026-03-10-v2")
    assert (found.number, found.version, found.replaces, found.issued) == ("S-2026-03-10", 2, "1", LATER)
    assert print_of(case, day=LATER).data["papers"][0]["reprint"] is True  # type: ignore[index]
    third = print_of(case, day=LATER, for_="S-2026-03-10", reason="member ID")
    assert "Version 3 replaces version 2: member ID" in text_of(case, third.written[0])


def test_a_provider_whose_details_changed_is_a_correction_too(case: Path) -> None:
    print_of(case)
    write_record(case, a_provider(taxonomy=None))
    assert "details of who treated, is paid or ordered" in " ".join(print_of(case).says)


def test_only_what_was_not_handed_out_yet(case: Path) -> None:
    print_of(case, for_="sessions/2026-03-10")
    assert [line.date.day for line in statement(case, "S-2026-03-10").lines] == [10]
    second = print_of(case)
    assert second.written[1] == "statements/S-2026-03-17.yaml"
    both = print_of(case, from_=date(2026, 3, 1), to=date(2026, 3, 31))
    assert both.written[1] == "statements/S-2026-03-10-2.yaml"
    assert "03/10/2026: on S-2026-03-10, too." in " ".join(both.notes)


def test_a_receipt_has_its_own_numbers(case: Path) -> None:
    print_of(case)
    result = print_of(case, "receipt")
    assert result.written[1] == "statements/R-2026-03-10.yaml"
    assert "Receipt number R-2026-03-10" in text_of(case, result.written[0])
    assert statement(case, "R-2026-03-10").paper == "receipt"


def test_a_preview_a_dry_run_and_a_patient_number_nothing(tmp_path: Path, case: Path) -> None:
    before = files(case)
    assert print_of(case, preview=True).blocks
    print_of(case, dry_run=True)
    assert files(case) == before
    own = write_case(tmp_path / "own", a_case(prepared_by="patient"))
    assert print_of(own).written == ("out/papers/superbill.pdf",)
    for wrong in ({"reprint_of": "S-2026-03-10"}, {"reason": "a mistake"}):
        with pytest.raises(UsageProblem, match="--reprint and --reason"):
            print_of(own, **wrong)


def test_a_practice_needs_no_coverage_and_no_order(tmp_path: Path) -> None:
    sessions = (a_session(prescription=None),)
    whole = a_case(sessions=sessions, prescriptions=(), coverage=(), licence_checks=(), plan=a_plan(rules=None))
    folder = write_case(tmp_path, whole)
    text = text_of(folder, print_of(folder).written[0])
    assert "A M54.59" in text
    assert "Ngozi Okoye, MD" in text
    assert "Order dated" not in text
    assert text_of(folder, print_of(folder, "receipt").written[0])


def test_what_went_out_in_a_packet_keeps_the_number_it_was_handed_out_with(case: Path) -> None:
    print_of(case)
    with today_is(LATER):
        built = build_packet(case)
        assert "S-2026-03-10 Issued 03/20/2026" in text_of(case, built.written[0])
        submit(case, on=LATER, method="fax", signed_on_paper=True)
    assert [one.stem for one in read_case(case).statements] == ["S-2026-03-10"]
    with today_is(date(2026, 6, 1)):
        again = build_packet(case, claim="2026-03-10")
    assert (case / again.written[0]).read_bytes() == (case / "sent/claim-2026-03-10.pdf").read_bytes()


def test_one_that_went_out_in_a_packet_only_is_drawn_again(case: Path) -> None:
    with today_is(TODAY):
        build_packet(case)
        submit(case, on=TODAY, method="fax", signed_on_paper=True)
    write_record(case, a_session("2026-03-17", minutes=38))
    result = print_of(case, day=LATER, reprint_of="S-2026-03-10")
    assert "drawn again from what was sent" in result.says[0]
    text = text_of(case, result.written[0])
    assert "Issued 03/20/2026" in text
    assert text.count(" 52 ") == 2


def test_a_change_after_handing_out_needs_a_reason_and_leaves_an_amendment(case: Path) -> None:
    print_of(case)
    before = files(case)
    edit = ("edit", "sessions/2026-03-17", "-C", case, "--set", "services.1.minutes=38")
    with today_is(LATER):
        refused = run(*edit)
        assert (refused.code, "superbill S-2026-03-10" in refused.flat) == (2, True)
        assert files(case) == before
        done = run(*edit, "--set", "note.p=", "--reason", "The clock was read wrong.", "--json")
    assert done.code == 0
    assert done.json["written"] == ["sessions/2026-03-17.yaml", "amendments/2026-04-02.yaml"]
    assert done.json["next"] == "massage-claim paper superbill --for S-2026-03-10"
    (amendment,) = read_case(case).amendments
    assert (amendment.record, amendment.reason) == ("sessions/2026-03-17", "The clock was read wrong.")
    assert (amendment.before, amendment.after) == (
        "services.1.minutes: 52\nnote.p: Again in a week.",
        "services.1.minutes: 38",
    )
    note = print_of(case, "therapist_note", day=LATER, for_="2026-03-17")
    assert "Late entry: this record was changed on 04/02/2026: The clock was read wrong." in text_of(
        case, note.written[0]
    )
    corrected = print_of(case, day=LATER, for_="S-2026-03-10")
    assert "statements/S-2026-03-10-v2.yaml" in corrected.written


def test_a_sent_claim_offers_its_correction_and_other_records_need_no_reason(case: Path) -> None:
    with today_is(TODAY):
        build_packet(case)
        submit(case, on=TODAY, method="fax", signed_on_paper=True)
        done = run("edit", "payments/2026-03-17", "-C", case, "--set", "method=cash", "--reason", "x", "--json")
        assert done.json["next"] == "massage-claim build-packet --corrects 2026-03-10"
        assert run("edit", "patient", "-C", case, "--set", "phone=253-555-0143").code == 0
        assert run("edit", "conditions/low-back", "-C", case, "--set", "history.text=None.").code == 0
    with today_is(TODAY):
        changed = run("edit", "conditions/low-back", "-C", case, "--set", "onset=2025-11-04")
    assert (changed.code, "--reason" in changed.flat) == (2, True)


def test_without_payments_and_diagnosis_there_is_nothing_to_hand_out(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(conditions=(), measures=(), prescriptions=(), payments=(), sessions=(a_session(prescription=None),)))  # fmt: skip
    with pytest.raises(NotReady, match="there is no superbill"):
        print_of(folder)


def test_no_paper_that_another_one_contradicts_goes_out(case: Path) -> None:
    print_of(case)
    opening = record_change.open_record(case, "sessions/2026-03-17")
    changes = [("services.1.charge", "80.00"), ("price_agreed", "80.00")]
    with today_is(LATER):
        changed = record_change.set_fields(opening, changes, reason="a mistake")
    assert any("$96.00 paid, and its price is $80.00" in note for note in changed.notes), "the edit itself warns"
    before = files(case)
    for name in ("superbill", "receipt", "statement"):
        with pytest.raises(NotReady, match="more was paid for the visit of March 17, 2026") as refused:
            print_of(case, name, day=LATER)
        assert refused.value.problems[0].fix.startswith("Correct the payment or the visit's price.")
    assert files(case) == before
    with today_is(LATER):
        told = record_change.set_fields(
            record_change.open_record(case, "payments/2026-03-17"),
            [("amount", "80.00"), ("for.1.amount", "80.00")],
            reason="a mistake",
        )
    assert not any("paid, and its price is" in note for note in told.notes)
    for name in ("superbill", "receipt", "statement"):
        result = print_of(case, name, day=LATER)
        assert "$80.00" in text_of(case, result.written[0])


def test_a_payment_that_is_made_too_large_warns_too(case: Path) -> None:
    changes = [("amount", "99.00"), ("for.1.amount", "99.00")]
    with today_is(TODAY):
        changed = record_change.set_fields(
            record_change.open_record(case, "payments/2026-03-17"), changes, dry_run=True
        )
    assert any("$99.00 paid, and its price is $96.00" in note for note in changed.notes)


def test_visits_of_a_package_say_so_and_one_therapist_stands_below_the_rows(tmp_path: Path) -> None:
    shares = [{"session": f"sessions/{day}", "amount": "96.00"} for day in ("2026-03-10", "2026-03-17")]
    payment = a_payment("2026-03-09", "970.00", tip="10.00", package={"visits": 10}, for_=shares)
    alone = a_payment("2026-03-24")
    visits = tuple(a_session(day) for day in ("2026-03-10", "2026-03-17", "2026-03-24"))
    case = write_case(tmp_path, a_case(sessions=visits, payments=(payment, alone)))
    words = "Paid as part of a package of 10 visits (03/10/2026 and 03/17/2026)."
    superbill = text_of(case, print_of(case).written[0])
    assert words in superbill
    assert "Where a receipt shows more, the rest was a tip or a product." in superbill
    assert words in text_of(case, print_of(case, "receipt").written[0])
    statement_text = text_of(case, print_of(case, "statement").written[0])
    assert statement_text.count("Ana Petrova") == 1


def test_what_changed_on_all_visits_is_said_once(tmp_path: Path) -> None:
    days = ("2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24")
    case = write_case(tmp_path, a_case(sessions=tuple(a_session(day) for day in days)))
    print_of(case)
    for day in days:
        write_record(case, a_session(day, minutes=38, place="12"))
    said = " ".join(print_of(case, day=LATER).says)
    assert "place of service and minutes of all 4 visits." in said
