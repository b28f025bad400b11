"""A downloaded notice beside the case: what is recorded, what is pointed out, what is refused. Nothing without a yes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from builders import a_case, a_claim, a_session, write_case
from commands import Ran, files, run, terminal
from fhir_eobs import CARIN, RARC, a_bundle, a_person, amount, an_eob, item, paid_item, reason, write_eob
from massage_claim.models.decision import Decision
from massage_claim.store.read import read_case
from papers import today_is

DAYS = ("2026-03-10", "2026-03-17")
TODAY = date(2026, 4, 15)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sessions = tuple(a_session(day) for day in DAYS)
    return write_case(tmp_path / "case", a_case(sessions=sessions, claims=[a_claim(sessions)]))


def take_in(folder: Path, resource: object, *options: str, flags: tuple[str, ...] = ("--yes", "--no-input")) -> Ran:
    file = write_eob(folder.parent, resource)
    with today_is(TODAY):
        return run("import-eob", file, "-C", folder, *flags, *options)


def mine(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return a_bundle(an_eob(*items, **fields), *a_person())


def recorded(folder: Path, name: str = "2026-04-10") -> Decision:
    found = read_case(folder).find(Decision, name)
    assert found is not None
    return found


def paid_both() -> dict[str, Any]:
    return mine(*(paid_item(day) for day in DAYS))


def test_a_paid_notice_becomes_the_decision_that_record_decision_would_write(folder: Path) -> None:
    before = files(folder)
    ran = take_in(folder, paid_both())
    assert ran.code == 0, ran.flat
    new = files(folder).keys() - before.keys()
    assert new == {"decisions/2026-04-10.yaml"}
    decision = recorded(folder)
    assert (decision.about, decision.total_paid, decision.claim_number) == (
        "claims/2026-03-10",
        Decimal("100.80"),
        "C-778812",
    )
    assert (decision.outcome, decision.reason_as_written, decision.received_date) == (None, None, None)
    line = decision.lines[1]
    assert (str(line.service_date), line.code) == (DAYS[1], "97124")
    amounts = (line.billed, line.allowed, line.deductible, line.coinsurance, line.copay, line.paid)
    assert [str(one) for one in amounts] == ["96.00", "84.00", "0.00", "33.60", "None", "50.40"]
    assert "Please look again" not in ran.flat
    assert "The JSON file is not kept" in ran.flat


def test_it_shows_what_it_understood_in_80_columns(folder: Path) -> None:
    denied = item(DAYS[1], "97124", amount("submitted", "96"), reason("50", words="Not a medical necessity " * 5))
    ran = take_in(folder, mine(paid_item(DAYS[0]), denied, paid_item("2026-01-02")), flags=("--yes",))
    rows = ran.err.splitlines()
    assert max(map(len, rows)) <= 80
    assert "2026-03-10 97124     96.00    84.00     0.00    33.60        –    50.40        –" in rows
    assert "2026-01-02 97124*    96.00    84.00     0.00    33.60        –    50.40        –" in rows
    assert "* No visit of this claim is on that day." in rows
    assert "reason code 50: “Not a medical necessity" in ran.flat


def test_a_denied_line_is_a_denial_with_its_words_and_the_next_move(folder: Path) -> None:
    denied = item(
        DAYS[1],
        "97124",
        amount("submitted", "96"),
        amount("noncovered", "96", CARIN),
        amount("benefit", "0"),
        reason("CO-50", words="These services are not necessary."),
        reason("N130", RARC),
        reason("Z9", "https://insurer.example/codes", "Ask for our massage policy."),
        noteNumber=[1],
    )
    note = [{"number": 1, "text": "Policy 4.2 applies."}, {"number": 2, "text": "Not about a line."}]
    ran = take_in(folder, mine(paid_item(DAYS[0]), denied, processNote=note), "--received", "4/12/2026")
    decision = recorded(folder)
    assert decision.outcome == "partly-paid"
    assert decision.received_date == date(2026, 4, 12)
    (adjustment,) = decision.lines[1].adjustments
    assert (adjustment.group, adjustment.carc, adjustment.rarcs) == ("CO", "50", ("N130",))
    assert decision.reason_as_written == (
        "These services are not necessary.\nAsk for our massage policy.\nPolicy 4.2 applies."
    )
    assert [(one.code, one.text) for one in decision.payer_codes] == [("Z9", "Ask for our massage policy.")]
    assert "2026-03-17 97124: appeal, send it by" in ran.flat


def test_a_share_and_a_placeholder_are_no_denial(folder: Path) -> None:
    amounts = (amount("submitted", "96"), amount("eligible", "96"), amount("deductible", "96"), amount("benefit", "0"))
    items = [item(day, "97124", *amounts, reason("0", "https://bluebutton.cms.gov/x", "N/A")) for day in DAYS]
    ran = take_in(folder, mine(*items))
    decision = recorded(folder)
    assert (decision.outcome, decision.reason_as_written, decision.all_adjustments()) == (None, None, ())
    assert "appeal" not in ran.flat.replace("the days to appeal count from the letter", "")
    assert "your own share, not a denial" in ran.flat


@pytest.mark.parametrize(
    ("person", "field", "value"),
    [
        ({"name": "Robin Stranger"}, "another patient than patient.yaml", "Stranger"),
        ({"born": "1990-01-01"}, "another birth date than patient.yaml", "1990"),
        ({"member": "XYZ-999"}, "another member ID than plan.yaml", "999"),
    ],
)
def test_another_person_is_told_by_the_field_and_never_by_the_value(
    folder: Path, person: dict[str, str], field: str, value: str
) -> None:
    before = files(folder)
    bundle = a_bundle(an_eob(*(paid_item(day) for day in DAYS)), *a_person(**person))
    ran = take_in(folder, bundle, flags=("--no-input",))
    assert ran.code == 1
    assert field in ran.flat
    assert value not in ran.flat
    assert files(folder) == before


def test_a_number_of_the_member_counts_when_one_of_several_is_on_the_card(folder: Path) -> None:
    patient, coverage = a_person(member="chx-00412207")
    kind = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MB"}]}
    patient["identifier"] = [{"type": kind, "value": "OTHER-1"}]
    ran = take_in(folder, a_bundle(an_eob(*(paid_item(day) for day in DAYS)), patient, coverage))
    assert "member ID" not in ran.flat


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"created": "2026-03-12"}, "before the visit of 2026-03-17"),
        ({"status": "cancelled"}, "calls this notice cancelled"),
        ({"outcome": "queued"}, "has not decided yet"),
        ({"total": [amount("benefit", "90")]}, "paid in all is 90.00, but its lines sum up to 100.80"),
        ({"payment": {"amount": {"value": 3.0}}}, "the payment is 3.00"),
        ({"patient": {}, "insurance": []}, "does not say whose notice it is"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written_without_a_yes(
    folder: Path, fields: dict[str, Any], says: str
) -> None:
    before = files(folder)
    bundle = mine(*(paid_item(day) for day in DAYS), **fields)
    ran = take_in(folder, bundle, flags=("--no-input",))
    assert (ran.code, says in ran.flat) == (1, True), ran.flat
    dry = take_in(folder, bundle, flags=("--dry-run", "--no-input"))
    assert (dry.code, says in dry.flat, "would write" in dry.flat) == (0, True, True), dry.flat
    assert files(folder) == before


def test_a_notice_of_a_day_to_come_is_refused_by_this_door_too(folder: Path) -> None:
    before = files(folder)
    bundle = mine(*(paid_item(day) for day in DAYS), created="2026-05-01")
    ran = take_in(folder, bundle, flags=("--yes", "--no-input"))
    assert (ran.code, "still to come" in ran.flat) == (2, True), ran.flat
    assert files(folder) == before


@pytest.mark.parametrize(
    ("fields", "items", "says"),
    [
        ({"use": "predetermination"}, (paid_item(DAYS[0]),), "a question before care"),
        ({}, (item(DAYS[0], "97124", amount("benefit", "5", currency="EUR")),), "another currency"),
        ({}, (item(DAYS[0], "97124", amount("benefit", "-50.40")),), "takes money back"),
        ({}, (paid_item("2026-01-02"),), "No line of the notice is a visit"),
    ],
)
def test_what_is_no_decision_about_a_claim_is_refused_even_with_a_yes(
    folder: Path, fields: dict[str, Any], items: tuple[dict[str, Any], ...], says: str
) -> None:
    before = files(folder)
    ran = take_in(folder, mine(*items, **fields))
    assert (ran.code, says in ran.flat) == (1, True), ran.flat
    assert files(folder) == before


def test_lines_that_take_each_other_back_become_one(folder: Path) -> None:
    def of(sign: str) -> dict[str, Any]:
        return item(DAYS[0], "97124", amount("submitted", f"{sign}96"), amount("benefit", f"{sign}50.40"))

    ran = take_in(folder, mine(of(""), of("-"), of(""), paid_item(DAYS[1])))
    decision = recorded(folder)
    assert [(str(one.service_date), one.billed, one.paid) for one in decision.lines] == [
        (DAYS[0], Decimal("96.00"), Decimal("50.40")),
        (DAYS[1], Decimal("96.00"), Decimal("50.40")),
    ]
    assert decision.total_paid == Decimal("100.80")
    assert "3 lines, of which one takes another back" in ran.flat


def test_a_line_without_a_day_counts_in_the_sum_and_is_said(folder: Path) -> None:
    dayless = item("", "97124", amount("benefit", "10"))
    ran = take_in(folder, mine(*(paid_item(day) for day in DAYS), dayless))
    assert (len(recorded(folder).lines), recorded(folder).total_paid) == (2, Decimal("110.80"))
    assert "1 line without a date of service" in ran.flat


def test_the_date_of_the_letter_goes_first_and_one_is_needed(folder: Path) -> None:
    bundle = mine(*(paid_item(day) for day in DAYS), created=None)
    refused = take_in(folder, bundle)
    assert (refused.code, "--notice-date" in refused.flat) == (2, True)
    assert take_in(folder, bundle, "--notice-date", "4/8/2026").code == 0
    assert recorded(folder, "2026-04-08").notice_date == date(2026, 4, 8)


def test_the_same_notice_twice_changes_nothing_and_another_must_say_what_it_replaces(folder: Path) -> None:
    take_in(folder, paid_both())
    before = files(folder)
    again = take_in(folder, paid_both())
    assert (again.code, "written down already, in decisions/2026-04-10" in again.flat) == (0, True)
    other = mine(*(paid_item(day, share="0.00") for day in DAYS), created="2026-04-14")
    refused = take_in(folder, other)
    assert (refused.code, "add --replaces decisions/2026-04-10" in refused.flat) == (1, True)
    assert files(folder) == before
    assert take_in(folder, other, "--replaces", "2026-04-10").code == 0
    assert recorded(folder, "2026-04-14").replaces == "decisions/2026-04-10"


def test_of_many_notices_the_one_about_the_visits_is_taken_and_several_are_listed(folder: Path) -> None:
    others = [an_eob(paid_item(f"2025-01-{day:02}"), id=f"old-{day}") for day in range(1, 8)]
    whole = an_eob(*(paid_item(day) for day in DAYS), id="mine")
    ran = take_in(folder, a_bundle(*others, whole, *a_person()), flags=("--dry-run",))
    assert "The file holds 8 notices; this is number 8." in ran.flat
    parts = [an_eob(paid_item(day), id=f"part-{day}", identifier=[{"value": f"C-{day}"}]) for day in DAYS]
    both = a_bundle(*others, *parts, *a_person())
    listed = take_in(folder, both)
    assert (listed.code, "9. 2026-03-17: 1 line, $50.40 paid" in listed.flat) == (2, True), listed.flat
    assert take_in(folder, both, "--number", "9").code == 0
    assert recorded(folder).claim_number == "C-2026-03-17"
    assert take_in(folder, both, "--number", "10").code == 2


def test_a_claim_is_found_by_its_lines_and_named_where_several_fit(tmp_path: Path) -> None:
    sessions = [a_session(day) for day in DAYS]
    claims = [a_claim([session]) for session in sessions]
    folder = write_case(tmp_path / "case", a_case(sessions=sessions, claims=claims))
    assert take_in(folder, mine(paid_item(DAYS[1]))).code == 0
    assert recorded(folder).about == "claims/2026-03-17"
    between = mine(*(paid_item(day) for day in DAYS), created="2026-04-11", identifier=[])
    refused = take_in(folder, between)
    assert (refused.code, "--claim claims/2026-03-10 or --claim claims/2026-03-17" in refused.flat) == (2, True)
    assert take_in(folder, between, "--claim", "2026-03-10").code == 0


def test_nothing_sent_nothing_decided(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case())
    ran = take_in(folder, mine(paid_item("2026-03-10")))
    assert (ran.code, "massage-claim submit" in ran.flat) == (1, True)


def test_json_says_what_was_understood(folder: Path) -> None:
    ran = take_in(folder, paid_both(), "--json")
    assert ran.err == ""
    data = ran.json["data"]
    assert data["notice"]["total_paid"] == "100.80"
    assert data["notice"]["lines"][0]["amounts"]["allowed"] == "84.00"
    assert ran.json["written"] == ["decisions/2026-04-10.yaml"]


def test_a_file_that_is_not_there_or_no_file(folder: Path, tmp_path: Path) -> None:
    for name in ("none.json", ""):
        ran = run("import-eob", tmp_path / name, "-C", folder, "--yes")
        assert ran.code == 2, ran.flat


def test_it_is_confirmed_on_a_terminal(folder: Path) -> None:
    """Of two notices one is chosen; a no writes nothing."""
    eobs = [an_eob(paid_item(day), id=day) for day in DAYS]
    file = write_eob(folder.parent, a_bundle(*eobs, *a_person()))
    env = {"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}
    question = "Is that what the notice says, and is it yours? Write it down?"
    before = files(folder)
    with terminal("import-eob", file, "-C", folder, env=env) as child:
        child.expect("Which one")
        child.sendline("2")
        child.expect("Is that what the notice says")
        child.sendline("no")
        child.expect("Nothing was written down")
    assert files(folder) == before
    with terminal("import-eob", file, "-C", folder, "--number", "2", env=env) as child:
        child.expect(question.partition("?")[0])
        child.sendline("yes")
        child.expect("Wrote decisions/2026-04-10.yaml")
    assert [str(line.service_date) for line in recorded(folder).lines] == [DAYS[1]]
