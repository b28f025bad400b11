"""The same case typed at prompts and given by flags: the same bytes. Every question can be skipped; Ctrl-C writes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pexpect
import pytest

from builders import a_case, a_claim, a_pdf, write_case
from commands import answer, files, question, run, terminal
from guide_driver import drive
from papers import today_is

TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}

SAME: dict[str, tuple[list[str], dict[str, str]]] = {
    "add-session": (
        [
            "--date",
            "2026-03-17",
            "--service",
            "97124=38:64.00",
            "--service",
            "97140=15:32.00",
            "--units",
            "3",
            "--units",
            "1",
            "--start",
            "9:00",
            "--end",
            "10:00",
            "--region",
            "low back",
            "--region",
            "neck",
            "--pain-before",
            "7",
            "--pain-after",
            "4",
            "--s",
            'Ümlaut: "quoted" # no comment',
            "--p",
            "Again",
            "--signed-on",
            "2026-03-17",
            "--paid",
            "106.00",
            "--method",
            "card ending 4242",
            "--tip",
            "10.00",
        ],
        {
            "Date of the visit": "2026-03-17",
            "Procedure code": "97124",
            "Hands-on minutes": "38",
            "Price": "64.00",
            "Units billed": "3",
            "Another service? Procedure code": "97140",
            "Hands-on minutes#2": "15",
            "Price#2": "32.00",
            "Units billed#2": "1",
            "Started at": "9:00",
            "Ended at": "10:00",
            "Body regions": "low back, neck",
            "Pain before": "7",
            "Pain after": "4",
            "Note: patient said": 'Ümlaut: "quoted" # no comment',
            "Note: plan": "Again",
            "Note signed on": "2026-03-17",
            "Paid at the visit": "106.00",
            "How": "card ending 4242",
            "Tip": "10.00",
        },
    ),
    "add-payment": (
        [
            "--date",
            "2026-03-20",
            "--amount",
            "100.00",
            "--method",
            "cash",
            "--for",
            "2026-03-10=96.00",
            "--tip",
            "4.00",
        ],
        {"Amount": "100.00", "How": "cash", "Tip": "4.00", "For the visit": "2026-03-10", "Paid for it": "96.00"},
    ),
    "add-provider": (
        [
            "--name",
            "Łukasz Šoškić",
            "--role",
            "rendering",
            "--role",
            "billing",
            "--npi",
            "2000000002",
            "--licence-state",
            "wa",
            "--city",
            "Tacoma",
            "--zip",
            "02139",
            "--network",
            "out",
        ],
        {
            "Name": "Łukasz Šoškić",
            "Roles": "rendering, billing",
            "NPI": "2000000002",
            "State of the license": "wa",
            "City": "Tacoma",
            "ZIP code": "02139",
            "In the plan's network": "out",
        },
    ),
    "add-condition": (
        [
            "--name",
            "Neck pain",
            "--diagnosis",
            "m54.2; words=cervicalgia; by=dr-okoye",
            "--cause",
            "A fall.",
            "--onset",
            "2025-11-03",
            "--limit",
            "driving; now=10 min",
            "--goal",
            "driving; target=60 min; by=2026-06-30",
            "--said-by",
            "patient",
        ],
        {
            "What hurts": "Neck pain",
            "Diagnosis code": "m54.2",
            "The diagnosis in words": "cervicalgia",
            "Diagnosed by": "dr-okoye",
            "When it began": "2025-11-03",
            "How it began": "A fall.",
            "What it stops you from doing": "driving",
            "Possible now": "10 min",
            "What should get better": "driving",
            "The value to reach": "60 min",
            "By when": "2026-06-30",
        },
    ),
    "add-prescription": (
        [
            "--date",
            "2026-03-15",
            "--referring",
            "dr-okoye",
            "--condition",
            "low-back",
            "--visits",
            "12",
            "--signed",
            "YES",
            "--goal",
            "sit",
            "--goal",
            "walk",
        ],
        {
            "Date of the order": "2026-03-15",
            "Ordered by": "dr-okoye",
            "Condition": "low-back",
            "Visits in all": "12",
            "Goals on the order": "sit, walk",
            "Signed": "YES",
        },
    ),
    "verify-coverage": (
        [
            "--date",
            "2026-03-20",
            "--source",
            "call",
            "--representative",
            "Dana",
            "--reference",
            "R-1",
            "--answer",
            "coverage_active=y",
            "--answer",
            "massage_excluded=no",
            "--answer",
            "deductible=$1,500",
        ],
        {
            "Where the answers come from": "call",
            "Whom you spoke to": "Dana",
            "Reference number of the call": "R-1",
            "Is my coverage active today, and was it active on the dates of my visits?": "y",
            "Does the plan exclude massage therapy, or codes 97124 and 97140?": "no",
            "What is the deductible for a provider outside the network?": "$1,500",
        },
    ),
    "record-decision": (
        [
            "--about",
            "2026-03-10",
            "--notice-date",
            "2026-03-19",
            "--received",
            "2026-03-20",
            "--total-paid",
            "0.00",
            "--outcome",
            "denied",
            "--reason",
            "Not needed, we find.",
            "--reason-code",
            "CO-50",
            "--remark",
            "N115",
            "--line",
            "2026-03-10,97124,96.00",
        ],
        {
            "What it decides": "claims/2026-03-10",
            "Date on the notice": "2026-03-19",
            "Received on": "2026-03-20",
            "Paid in all": "0.00",
            "Outcome": "denied",
            "Reason as printed": "Not needed, we find.",
            "Reason code": "CO-50",
            "Remark codes with it": "N115",
            "Line: date of service": "2026-03-10",
            "Line: procedure code": "97124",
            "Line: billed": "96.00",
        },
    ),
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY["MASSAGE_CLAIM_TODAY"])


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Path, Path]:
    whole = a_case(claims=(a_claim(),))
    return write_case(tmp_path / "flags", whole), write_case(tmp_path / "prompts", whole)


@pytest.mark.parametrize("command", SAME)
def test_prompts_and_flags_give_the_same_bytes(twins: tuple[Path, Path], command: str) -> None:
    by_flags, by_prompts = twins
    options, answers = SAME[command]
    before = files(by_flags)
    ran = run(command, "-C", by_flags, *options, "--no-input")
    assert (ran.code, ran.err) == (0, "")
    with terminal(command, "-C", by_prompts, env=TODAY) as child:
        answer(child, answers)
        assert child.exitstatus == 0
    assert files(by_prompts) == files(by_flags)
    assert len(files(by_flags)) > len(before)


def test_attach_by_prompts_gives_the_same_bytes(twins: tuple[Path, Path], tmp_path: Path) -> None:
    scan = tmp_path / "receipt.pdf"
    scan.write_bytes(a_pdf("paid"))
    by_flags, by_prompts = twins
    options = ["--kind", "receipt", "--for", "payments/2026-03-10", "--amount", "96.00"]
    assert run("attach", scan, "-C", by_flags, *options).code == 0
    with terminal("attach", "-C", by_prompts, env=TODAY) as child:
        answer(
            child,
            {
                "File": str(scan),
                "Kind of paper": "receipt",
                "For which records": "payments/2026-03-10",
                "Amount on it": "96.00",
            },
        )
        assert child.exitstatus == 0
    assert files(by_prompts) == files(by_flags)


def test_init_asks_for_a_name_and_a_folder_and_nothing_more(tmp_path: Path) -> None:
    with terminal("init", env=TODAY) as child:
        answer(child, {"Name of the patient": "Zoë Nuñez-Okafor", "Folder": str(tmp_path / "asked")})
        assert child.exitstatus == 0
    assert run("init", tmp_path / "told", "--name", "Zoë Nuñez-Okafor").code == 0
    assert files(tmp_path / "asked") == files(tmp_path / "told")


def test_a_wrong_answer_is_refused_with_its_reason_and_asked_again(twins: tuple[Path, Path]) -> None:
    with terminal("add-payment", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Paid on"))
        child.sendline("2026-02-30")
        child.expect("Not taken: Paid on is a day that does not exist")
        child.expect("> $")
        child.sendline("")
        child.expect(question("Amount"))
        child.sendline("")
        child.expect("This one is needed")
        child.expect("> $")
        child.sendline("20.00")
        child.expect(question("How"))
        child.sendline("")
        child.expect(question("Tip"))
        child.sendline("21.00")
        child.expect("Not taken: .*more than was paid")
        answer(child, {"For the visit": "skip"})
        assert child.exitstatus == 0
    assert (twins[0] / "payments/2026-03-20.yaml").read_text(encoding="utf-8") == "date: 2026-03-20\namount: 20.00\n"


def test_i_dont_know_lands_on_the_list_of_questions(twins: tuple[Path, Path]) -> None:
    with terminal("add-prescription", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Date of the order"))
        child.sendline("2026-03-15")
        child.expect(question("Ordered by"))
        child.sendline("dr-nobody")
        child.expect("Not taken: There is no record of this name")
        child.sendline("dr-okoye")
        child.expect(question("Condition"))
        child.sendline("")
        child.expect(question("Service"))
        child.sendline("?")
        answer(child, {})
        assert "Ask the doctor: Service." in " ".join(str(child.before).split())
        assert child.exitstatus == 0


def test_ctrl_c_at_a_prompt_writes_no_record_and_the_next_run_goes_on_inside(twins: tuple[Path, Path]) -> None:
    before = files(twins[0])
    with terminal("add-session", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Date of the visit"))
        child.sendline("2026-03-17")
        child.expect(question("Procedure code"))
        child.sendintr()
        child.expect("Stopped. What was saved before stays; nothing else was written.")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 130
        assert "Traceback" not in str(child.before)
    kept = {name: data for name, data in files(twins[0]).items() if name not in before}
    assert list(kept) == [".started/add-session.yaml"]
    assert b"2026-03-17" in kept[".started/add-session.yaml"]
    with terminal("add-session", "-C", twins[0], env=TODAY) as child:
        child.expect("You began this before")
        child.expect("Date of the visit: 2026-03-17")
        child.expect(question("Procedure code"))
        child.sendline("97124")
        answer(child, {})
        assert child.exitstatus == 0
    assert (twins[0] / "sessions/2026-03-17.yaml").is_file()
    assert not (twins[0] / ".started").exists()


def test_stop_ends_a_command_with_1_and_keeps_what_was_answered(twins: tuple[Path, Path]) -> None:
    with terminal("add-payment", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Paid on"))
        child.sendline("")
        child.expect(question("Amount"))
        child.sendline("STOP")
        child.expect("what you answered is kept")
        child.expect("massage-claim add-payment")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 1
    assert not (twins[0] / "payments/2026-03-20.yaml").exists()


def test_a_needed_answer_that_nobody_knows_leaves_the_rest_asked_and_kept(twins: tuple[Path, Path]) -> None:
    with terminal("add-payment", "-C", twins[0], env=TODAY) as child:
        answer(child, {"Paid on": "2026-03-19", "Amount": "?", "How": "cash"})
        assert child.exitstatus == 1
    assert not (twins[0] / "payments/2026-03-19.yaml").exists()
    with terminal("add-payment", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Amount"))
        child.sendline("20.00")
        answer(child, {})
        assert child.exitstatus == 0
    assert (
        (twins[0] / "payments/2026-03-19.yaml")
        .read_text(encoding="utf-8")
        .startswith("date: 2026-03-19\namount: 20.00\n")
    )


def test_help_explains_and_asks_again(twins: tuple[Path, Path]) -> None:
    with terminal("add-payment", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Paid on"))
        child.sendline("help")
        child.expect("A day, such as 2026-01-31")
        child.expect("> $")
        child.sendline("2026-03-19")
        child.expect(question("Amount"))
        child.sendline("H")
        child.expect("Dollars and cents")


def test_the_end_of_the_answers_writes_nothing(twins: tuple[Path, Path]) -> None:
    before = files(twins[0])
    with terminal("add-session", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Date of the visit"))
        child.sendeof()
        child.expect("The answers ended before the last question")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 2
    assert files(twins[0]) == before


def test_a_record_that_must_come_first_is_said_before_any_question_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert run("init", folder).code == 0
    with terminal("record-decision", "-C", folder, env=TODAY) as child:
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 2
        assert "there is none yet" in " ".join(str(child.before).split())


def test_a_password_is_asked_once_and_not_shown(twins: tuple[Path, Path], tmp_path: Path) -> None:
    import io

    import pikepdf

    scan = tmp_path / "eob.pdf"
    with pikepdf.open(io.BytesIO(a_pdf("eob"))) as pdf:
        pdf.save(scan, encryption=pikepdf.Encryption(owner="sesame", user="sesame"))
    with terminal("attach", scan, "--kind", "eob", "-C", twins[0], env=TODAY) as child:
        child.expect("Password of eob.pdf > ")
        child.sendline("sesame")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
        assert "sesame" not in str(child.before)
    assert (twins[0] / "attachments/eob.pdf").is_file()
    before = files(twins[1])
    assert run("attach", scan, "--kind", "eob", "-C", twins[1]).code == 5
    assert run("attach", scan, "--kind", "eob", "-C", twins[1], "--password", "-", stdin=b"wrong\n").code == 5
    assert run("attach", scan, "--kind", "eob", "-C", twins[1], "--password", "-").code == 2
    assert files(twins[1]) == before
    assert run("attach", scan, "--kind", "eob", "-C", twins[1], "--password", "-", stdin=b"sesame\n").code == 0
    assert files(twins[0]) == files(twins[1])


def test_a_new_password_is_asked_twice_and_never_taken_from_the_command_line(twins: tuple[Path, Path]) -> None:
    import pikepdf

    refused = run("build-packet", "-C", twins[0], "--encrypt", "--password", "four words in a row")
    assert refused.code == 2
    assert "can be read by other programs" in refused.flat
    assert run("build-packet", "-C", twins[0], "--encrypt").code == 2
    assert run("build-packet", "-C", twins[0], "--password", "-").code == 2
    assert not (twins[0] / "out").exists()
    with terminal("build-packet", "--draft", "-C", twins[0], "--encrypt", env=TODAY) as child:
        for word in ("four words in a row", "four words in a raw", "four words in a row", "four words in a row"):
            child.expect("(Password for|The same once more)[^>]*> ")
            child.sendline(word)
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
        assert "four words" not in str(child.before)
    (file,) = (twins[0] / "out").glob("*/*-encrypted.pdf")
    assert len(pikepdf.open(file, password="four words in a row").pages) > 1


def test_edit_field_by_field_keeps_what_gets_enter(twins: tuple[Path, Path]) -> None:
    with terminal("edit", "payments/2026-03-10", "-C", twins[0], env=TODAY) as child:
        answer(child, {"method": "cash", "from": "cash", "Why is it changed": "Typed wrong."})
        assert child.exitstatus == 0
    sets = ("--set", "method=cash", "--set", "from=cash")
    with today_is(date(2026, 3, 20)):
        assert run("edit", "payments/2026-03-10", "-C", twins[1], *sets).code == 2
        assert run("edit", "payments/2026-03-10", "-C", twins[1], *sets, "--reason", "Typed wrong.").code == 0
    assert files(twins[0]) == files(twins[1])


def test_edit_in_an_editor_offers_to_open_it_again(twins: tuple[Path, Path], tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text(
        '#!/bin/sh\nif [ -e "$0.twice" ]; then sed -i s/soon/2026-03-11/ "$1"; else touch "$0.twice"; '
        'sed -i "s/^date: .*/date: soon/" "$1"; fi\n',
        encoding="utf-8",
    )
    script.chmod(0o700)
    with terminal(
        "edit", "payments/2026-03-10", "--editor", "-C", twins[0], env={**TODAY, "EDITOR": str(script)}
    ) as child:
        child.expect("payments/2026-03-10.yaml:1: `date` is not a date|payments/2026-03-10.yaml:1")
        child.expect("Open it again.*> ")
        child.sendline("yes")
        child.expect("Why is it changed.*> ")
        child.sendline("Paid a day later.")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
    assert "Paid a day later." in (twins[0] / "amendments/2026-03-20.yaml").read_text(encoding="utf-8")
    assert (twins[0] / "payments/2026-03-10.yaml").read_text(encoding="utf-8").startswith("date: 2026-03-11\n")


def test_what_is_usual_can_be_taken_or_left_out(twins: tuple[Path, Path]) -> None:
    with terminal("add-session", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Date of the visit", "2026-03-20"))
        child.sendline("")
        child.expect(question("Procedure code"))
        child.sendline("97124")
        child.expect(question("Hands-on minutes"))
        child.sendline("45")
        child.expect(question("Price", "96.00"))
        child.sendline("-")
        answer(
            child,
            {"Place of service": "-", "Who treated": "", "Doctor's order": "-", "Started at": "-", "Ended at": "-"},
        )
        assert child.exitstatus == 0
    expected = "date: 2026-03-20\nservices:\n- code: 97124\n  minutes: 45\npurpose: treatment\nrendering: providers/ana-petrova\n"
    assert (twins[0] / "sessions/2026-03-20.yaml").read_text(encoding="utf-8") == expected


def test_a_stop_answer_may_end_the_questions(twins: tuple[Path, Path]) -> None:
    with terminal("verify-coverage", "-C", twins[0], "--date", "2026-03-20", env=TODAY) as child:
        child.expect(question("Where the answers come from"))
        child.sendline("booklet")
        child.expect(question("Anything else that was said"))
        child.sendline("")
        child.expect("Is my coverage active today.*> ")
        child.sendline("?")
        child.expect("Does my plan pay anything for a provider outside its network.*> ")
        child.sendline("maybe")
        child.expect("Not taken: The answer is neither yes nor no")
        child.sendline("no")
        child.expect("This means: Only a provider in the network is paid")
        child.expect("Stop the questions here.*> ")
        child.sendline("yes")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
        assert "Ask the plan: Is my coverage active today" in " ".join(str(child.before).split())
    written = (twins[0] / "coverage/2026-03-20.yaml").read_text(encoding="utf-8")
    assert written == "source: booklet\ndate: 2026-03-20\nanswers:\n  out_of_network_benefit: no\n"


def test_a_code_that_is_not_known_is_written_down_as_unknown_and_asked_of_the_therapist(
    twins: tuple[Path, Path],
) -> None:
    with terminal("add-session", "-C", twins[0], env=TODAY) as child:
        child.expect(question("Date of the visit", "2026-03-20"))
        child.sendline("")
        child.expect(question("Procedure code"))
        child.sendline("?")
        child.expect(question("Hands-on minutes"))
        child.sendline("52")
        answer(child, {})
        assert child.exitstatus == 0
        assert "Ask the therapist: Procedure code" in " ".join(str(child.before).split())
    assert "- code: unknown\n  minutes: 52\n" in (twins[0] / "sessions/2026-03-20.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["skip", "?", "help"])
def test_edit_takes_the_words_of_every_prompt_and_keeps_what_is_skipped(twins: tuple[Path, Path], word: str) -> None:
    folder, before = twins[0], files(twins[0])
    replies = iter([word, ""] * 200)
    done = drive("patient", command="edit", answers={}, cwd=folder, replies=lambda *_: next(replies))
    assert done.code == 0
    assert "Nothing was changed in patient.yaml." in done.flat
    assert files(folder) == before
    stopped = drive("patient", command="edit", answers={"sex": "stop"}, cwd=folder)
    assert stopped.code == 1
    assert files(folder) == before


def test_a_member_id_of_one_sign_is_asked_again_at_once(twins: tuple[Path, Path]) -> None:
    done = drive("plan", command="edit", answers={"member_id": "7", "member_id#2": "X-1002"}, cwd=twins[0])
    assert "A member ID has more than one letter or digit." in done.flat
    assert "Taken as" not in done.flat
    assert "member_id: X-1002" in (twins[0] / "plan.yaml").read_text(encoding="utf-8")
