"""Step 3 and closing in a terminal: the state's rules are said before the questions; what can't be is asked again."""

from __future__ import annotations

from pathlib import Path

import pexpect
import pytest

from builders import a_case, write_case
from commands import answer, files, process, question, run, terminal
from massage_claim.store.read import read_case

TODAY = {"MASSAGE_CLAIM_TODAY": "2026-03-20"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY["MASSAGE_CLAIM_TODAY"])


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Path, Path]:
    whole = a_case(licence_checks=())
    return write_case(tmp_path / "flags", whole), write_case(tmp_path / "prompts", whole)


def test_prompts_and_flags_write_the_same_licence_check(twins: tuple[Path, Path]) -> None:
    options = ["--provider", "ana-petrova", "--date", "2026-03-20", "--where", "State search", "--result", "active"]
    ran = process("check-licence", "-C", twins[0], *options, "--valid-until", "2027-03-31", "--no-input", env=TODAY)
    assert (ran.code, ran.err) == (0, "")
    with terminal("check-licence", "-C", twins[1], env=TODAY) as child:
        answer(
            child,
            {
                "Where you looked": "State search",
                "What the register said": "active",
                "License valid until": "2027-03-31",
            },
        )
        assert child.exitstatus == 0
    assert files(twins[0]) == files(twins[1])
    assert (twins[0] / "licence-checks/2026-03-20.yaml").is_file()


def test_the_rules_of_the_state_come_before_the_questions(twins: tuple[Path, Path]) -> None:
    with terminal("check-licence", "-C", twins[0], env=TODAY) as child:
        child.expect("Washington licenses massage therapists.*license lookup.*Written down: license MA60012345, WA")
        child.expect(question("The day you looked", "2026-03-20"))
        child.sendline("2026-03-21")
        child.expect("Not taken: That day is still to come.")
        child.sendline("2026-03-19")
        child.expect(question("What you looked up"))
        child.sendline("")
        child.expect(question("Where you looked"))
        child.sendline("?")
        child.expect(question("What the register said"))
        child.sendline("active")
        child.expect(question("License valid until"))
        child.sendline("2026-03-18")
        child.expect("Not taken: An active license can't have run out before the day you looked.")
        child.sendline("2027-03-31")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
    written = (twins[0] / "licence-checks/2026-03-19.yaml").read_text(encoding="utf-8")
    assert written == (
        "provider: providers/ana-petrova\ndate: 2026-03-19\nwhat: license MA60012345, WA\nresult: active\n"
        "valid_until: 2027-03-31\n"
    )


def test_ctrl_c_between_the_questions_writes_nothing(twins: tuple[Path, Path]) -> None:
    before = files(twins[0])
    with terminal("check-licence", "-C", twins[0], env=TODAY) as child:
        child.expect(question("The day you looked"))
        child.sendintr()
        child.expect("Stopped. What was saved before stays; nothing else was written.")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 130
    assert files(twins[0]) == before


def test_a_phone_number_is_not_taken_as_an_npi(twins: tuple[Path, Path]) -> None:
    with terminal("add-provider", "-C", twins[0], "--role", "rendering", env=TODAY) as child:
        child.expect(question("Name"))
        child.sendline("Bo Lee")
        child.expect(question("Letters after the name"))
        child.sendline("LMT")
        child.expect(question("NPI"))
        child.sendline("6145550142")
        child.expect(r"Not taken: An NPI begins with 1 or 2. Is this a phone number\?")
        child.sendline("2123456785")
        child.expect("Not taken: The last digit of an NPI checks the others")
        child.expect("> $")
        child.sendline("2535550117")  # a phone number that passes
        answer(child, {"Office phone": "253-555-0117", "Office phone#2": "253-555-0188"})
        assert child.exitstatus == 0
    assert "phone: 253-555-0188\n" in (twins[0] / "providers/bo-lee.yaml").read_text(encoding="utf-8")


def test_prompts_and_flags_write_the_same_provider_into_the_practice(tmp_path: Path) -> None:
    for name in ("flags", "prompts"):
        assert run("init", tmp_path / name / "case", "--practice", tmp_path / name / "practice").code == 0
    options = ["--name", "Bo Lee", "--role", "rendering", "--npi", "2123456784", "--no-input"]
    assert run("add-provider", "-C", tmp_path / "flags/case", "--to-practice", *options).code == 0
    with terminal("add-provider", "-C", tmp_path / "prompts/case", "--to-practice", env=TODAY) as child:
        answer(child, {"Name": "Bo Lee", "Roles": "rendering", "NPI": "2123456784"})
        assert child.exitstatus == 0
    assert files(tmp_path / "flags") == files(tmp_path / "prompts")
    assert (tmp_path / "flags/practice/providers/bo-lee.yaml").is_file()


def test_closing_asks_for_the_reason_and_writes_the_same(twins: tuple[Path, Path]) -> None:
    assert run("close", "-C", twins[0], "--reason", "paid", "--no-input").code == 0
    with terminal("close", "-C", twins[1], env=TODAY) as child:
        child.expect(question("Reason"))
        child.sendline("tired")
        child.expect("Not taken: This is none of the choices")
        child.sendline("paid")
        child.expect(pexpect.EOF)
        child.wait()
        assert child.exitstatus == 0
    assert files(twins[0]) == files(twins[1])
    assert read_case(twins[1]).settings.closed is not None
    assert process("close", "--reopen", "-C", twins[1], env=TODAY).code == 0
    assert read_case(twins[1]).settings.closed is None
