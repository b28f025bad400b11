"""Every option of the recording commands reaches its field."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, a_claim, a_pdf, write_case
from commands import files, run
from massage_claim import yamltext

COMMANDS: dict[str, tuple[list[str], str, dict[str, object]]] = {
    "add-session": (
        "--date 2026-03-17 --service 97124=38:64.00 --service 97140=15:32.00 --units 3 --units 1 --modifier 97124:59 "
        "--rendering ana-petrova --prescription 2026-03-02 --start 9:00 --end 10:00 --place 12 --purpose treatment "
        "--region back --region neck --pain-before 7 --pain-after 0 --note-author therapist --s S --o O --a A --p P "
        "--signed-on 2026-03-18 --price-agreed 96.00".split(),
        "sessions/2026-03-17",
        {
            "date": "2026-03-17",
            "services": [
                {"code": "97124", "minutes": "38", "units": "3", "modifiers": ["59"], "charge": "64.00"},
                {"code": "97140", "minutes": "15", "units": "1", "charge": "32.00"},
            ],
            "rendering": "providers/ana-petrova",
            "prescription": "prescriptions/2026-03-02",
            "start": "09:00",
            "end": "10:00",
            "place": "12",
            "purpose": "treatment",
            "regions": ["back", "neck"],
            "note": {"author": "therapist", "s": "S", "o": "O", "a": "A", "p": "P", "signed_on": "2026-03-18"},
            "pain": {"before": "7", "after": "0"},
            "price_agreed": "96.00",
        },
    ),
    "add-payment": (
        "--date 2026-03-17 --amount 120.00 --tip 10.00 --method check --from fsa --other-item oil=14.00 "
        "--for sessions/2026-03-10=96.00".split(),
        "payments/2026-03-17",
        {
            "date": "2026-03-17",
            "amount": "120.00",
            "method": "check",
            "tip": "10.00",
            "other_items": [{"what": "oil", "amount": "14.00"}],
            "for": [{"session": "sessions/2026-03-10", "amount": "96.00"}],
            "from": "fsa",
        },
    ),
    "add-provider": (
        "--name Bo --role rendering --role billing --credential LMT --npi 2000000002 --ein 91-0000123 --licence-number M1 "
        "--licence-state wa --licence-kind license --establishment-licence E1 --taxonomy 225700000x --street S --unit U "
        "--city C --state WA --zip 98402 --phone 253-555-0117 --fax 253-555-0118 --network out --network-source plan "
        "--network-date 2026-03-01".split(),
        "providers/bo",
        {
            "name": "Bo",
            "roles": ["rendering", "billing"],
            "credential": "LMT",
            "npi": "2000000002",
            "ein": "91-0000123",
            "licence": {"number": "M1", "state": "WA", "kind": "license"},
            "establishment_licence": "E1",
            "taxonomy": "225700000X",
            "address": {"street": "S", "unit": "U", "city": "C", "state": "WA", "zip": "98402"},
            "phone": "253-555-0117",
            "fax": "253-555-0118",
            "network": {"status": "out", "source": "plan", "date": "2026-03-01"},
        },
    ),
    "add-condition": (
        [
            "--name",
            "Neck",
            "--diagnosis",
            "M54.2; words=cervicalgia; by=dr-okoye",
            "--onset",
            "2025-11-03",
            "--onset-by",
            "dr-okoye",
            "--cause",
            "A fall.",
            "--cause-by",
            "providers/dr-okoye",
            "--history",
            "It stayed.",
            "--history-by",
            "patient",
            "--tried",
            "PT; from=2025-12; to=2026-01; result=little",
            "--limit",
            "driving; now=10 min; before=2 h",
            "--goal",
            "driving; target=60 min; by=2026-06-30",
            "--declined",
            "2026-03-01",
            "--declined-by",
            "dr-okoye",
            "--declined-reason",
            "Exercise first.",
            "--said-by",
            "patient",
        ],
        "conditions/neck",
        {
            "declined": {"on": "2026-03-01", "by": "providers/dr-okoye", "reason": "Exercise first."},
            "name": "Neck",
            "diagnoses": [{"code": "M54.2", "words": "cervicalgia", "by": "providers/dr-okoye"}],
            "onset": "2025-11-03",
            "onset_said_by": "providers/dr-okoye",
            "cause": {"text": "A fall.", "said_by": "providers/dr-okoye"},
            "history": {"text": "It stayed.", "said_by": "patient"},
            "treatments_tried": [
                {"what": "PT", "from": "2025-12", "to": "2026-01", "result": "little", "said_by": "patient"}
            ],
            "limits": [{"activity": "driving", "now": "10 min", "before": "2 h", "said_by": "patient"}],
            "goals": [{"measure": "driving", "target": "60 min", "by": "2026-06-30", "said_by": "patient"}],
        },
    ),
    "add-prescription": (
        "--date 2026-03-15 --referring dr-okoye --condition low-back --service massage --region back --minutes-per-visit 60 "
        "--per-week 1 --weeks 12 --visits 12 --valid-until 2026-06-15 --goal sit --precaution none --signed yes "
        "--signed-on 2026-03-16 --note ok".split(),
        "prescriptions/2026-03-15",
        {
            "date": "2026-03-15",
            "referring": "providers/dr-okoye",
            "condition": "conditions/low-back",
            "service": "massage",
            "regions": ["back"],
            "minutes_per_visit": "60",
            "per_week": "1",
            "weeks": "12",
            "visits": "12",
            "valid_until": "2026-06-15",
            "goals": ["sit"],
            "precautions": ["none"],
            "signed": "yes",
            "signed_on": "2026-03-16",
            "note": "ok",
        },
    ),
    "verify-coverage": (
        "--date 2026-03-15 --source call --representative Dana --reference R1 --answer coverage_active=yes --note ok".split(),
        "coverage/2026-03-15",
        {
            "date": "2026-03-15",
            "source": "call",
            "representative": "Dana",
            "reference_number": "R1",
            "answers": {"coverage_active": "yes"},
            "note": "ok",
        },
    ),
    "record-decision": (
        "--about claims/2026-03-10 --notice-date 2026-04-10 --received 2026-04-12 --total-paid 0.00 --outcome denied "
        "--reason Because --reason-code CO-50 --remark N115 --payer-code Z9=own --provision P1 --notice-element appeal "
        "--appeal-by 2026-10-01 --claim-number C1 --line 2026-03-10,97124,96.00,0.00,0.00,0.00,0.00,0.00,96.00".split(),
        "decisions/2026-04-10",
        {
            "about": "claims/2026-03-10",
            "notice_date": "2026-04-10",
            "received_date": "2026-04-12",
            "total_paid": "0.00",
            "outcome": "denied",
            "reason_as_written": "Because",
            "adjustments": [{"group": "CO", "carc": "50", "rarcs": ["N115"]}],
            "payer_codes": [{"code": "Z9", "text": "own"}],
            "plan_provision": "P1",
            "notice_elements": ["appeal"],
            "appeal_by": "2026-10-01",
            "claim_number": "C1",
            "lines": [
                {
                    "service_date": "2026-03-10",
                    "code": "97124",
                    "billed": "96.00",
                    "allowed": "0.00",
                    "deductible": "0.00",
                    "coinsurance": "0.00",
                    "copay": "0.00",
                    "paid": "0.00",
                    "patient_owes": "96.00",
                }
            ],
        },
    ),
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(claims=(a_claim(),)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_reaches_its_field(case: Path, command: str) -> None:
    options, record, tree = COMMANDS[command]
    ran = run(command, "-C", case, *options, "--no-input", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, f"{record}.yaml\n", "")
    written = yamltext.read((case / f"{record}.yaml").read_text(encoding="utf-8"), record).value
    assert written == tree


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dry_run_writes_nothing(case: Path, command: str) -> None:
    before = files(case)
    ran = run(command, "-C", case, *COMMANDS[command][0], "--no-input", "--dry-run", "--json")
    assert (ran.code, ran.json["written"]) == (0, [])
    assert ran.json["data"]["would_write"]["record"] == COMMANDS[command][1]
    assert files(case) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_without_options_and_terminal_the_missing_ones_are_named(case: Path, command: str) -> None:
    before = files(case)
    for more in ([], ["--no-input"]):
        ran = run(command, "-C", case, *more)
        assert (ran.code, ran.out) == (2, "")
        first = COMMANDS[command][0][0]
        assert f"{first} is missing" in ran.err
    assert files(case) == before


def test_attach_takes_its_options(case: Path, tmp_path: Path) -> None:
    scan = tmp_path / "eob.pdf"
    scan.write_bytes(a_pdf("eob", 2))
    options = (
        "--kind eob --for claims/2026-03-10 --title EOB --date 2026-04-10 --amount 1.00 --signed-by plan --pages 1-2"
    )
    ran = run("attach", scan, "-C", case, *options.split(), "--quiet")
    assert ran.out.splitlines() == ["attachments/eob.pdf", "attachments/eob.yaml"]
    written = yamltext.read((case / "attachments/eob.yaml").read_text(encoding="utf-8"), "eob").value
    assert isinstance(written, dict)
    assert written.pop("examined")
    assert written.pop("sha256")
    assert written == {
        "file": "eob.pdf",
        "kind": "eob",
        "for": ["claims/2026-03-10"],
        "title": "EOB",
        "date": "2026-04-10",
        "amount": "1.00",
        "signed_by": "plan",
        "pages": "1-2",
    }


def test_attach_without_file_or_kind_is_told_what_is_missing(case: Path) -> None:
    ran = run("attach", "-C", case)
    assert (ran.code, "FILE is missing" in ran.err) == (2, True)
    ran = run("attach", case / "attachments" / "order-2026-03-02.pdf", "-C", case)
    assert (ran.code, "--kind is missing" in ran.err) == (2, True)


def test_a_note_from_standard_input_keeps_its_lines(case: Path) -> None:
    note = "First line.\r\nSecond: ünï — 'x'\n\n# not a comment\n"
    base = ["add-session", "-C", case, "--date", "2026-03-17", "--service", "97124=52:96.00", "--note", "-"]
    assert run(*base, stdin=note.encode("utf-8")).code == 0
    written = yamltext.read((case / "sessions/2026-03-17.yaml").read_text(encoding="utf-8"), "x").value
    assert isinstance(written, dict)
    assert written["note"] == {"author": "therapist", "text": "First line.\nSecond: ünï — 'x'\n\n# not a comment"}
    before = files(case)
    for broken in (b"caf\xe9", b"", b"x" * 1_000_001):
        assert run(*base, stdin=broken).code == 2
    assert files(case) == before


def test_a_service_that_is_told_wrong_names_its_option(case: Path) -> None:
    for option, value in (
        ("--service", "97124=x"),
        ("--service", "massage"),
        ("--units", "x"),
        ("--place", "office"),
        ("--rendering", "nobody"),
        ("--rendering", "sessions/2026-03-10"),
        ("--pain-before", "11"),
        ("--start", "25:00"),
        ("--note-author", "me"),
        ("--signed-on", "soon"),
        ("--purpose", "fun"),
    ):
        options = ["--date", "2026-03-17", "--service", "97124=52:96.00", "--s", "x", option, value]
        if option == "--service":
            options = ["--date", "2026-03-17", option, value]
        ran = run("add-session", "-C", case, *options, "--no-input")
        assert (ran.code, option in ran.err) == (2, True), (option, value, ran.err)
        assert not (case / "sessions/2026-03-17.yaml").exists()


def test_the_call_sheet_needs_no_answer(case: Path) -> None:
    ran = run("verify-coverage", "--call-sheet", "-C", case)
    assert ran.code == 0
    assert "massage_excluded" in ran.out
    assert len(run("verify-coverage", "--call-sheet", "-C", case, "--json").json["data"]["questions"]) > 40


def test_explain_takes_several_words() -> None:
    assert run("explain", "allowed", "amount").code == 0


def test_edit_by_set(case: Path) -> None:
    sets = ("--set", "start=10:30", "--set", "pain.after=", "--reason", "Looked at the calendar.")
    ran = run("edit", "sessions/2026-03-10", "-C", case, *sets)
    assert (ran.code, ran.err) == (0, "")
    text = (case / "sessions/2026-03-10.yaml").read_text(encoding="utf-8")
    assert "start: 10:30" in text
    before = files(case)
    for wrong in (["--set", "start"], ["--set", "=x"], ["--set", "a=b", "--editor"], [], ["--editor"]):
        assert run("edit", "sessions/2026-03-10", "-C", case, *wrong).code == 2
    assert files(case) == before


def test_dates_that_are_no_fields_are_checked_too(case: Path) -> None:
    for command in (["build-packet", "--from", "2026-02-30"], ["paper", "superbill", "--to", "soon"]):
        ran = run(*command, "-C", case)
        assert ran.code == 2
        assert command[-2] in ran.err
