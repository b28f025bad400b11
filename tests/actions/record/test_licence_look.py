"""A look at the state's register: what is written, what is said about the state, what is refused; therapists compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, a_provider, write_case, write_record
from commands import files, run
from massage_claim.actions.record.licence_look import compare
from massage_claim.store.read import read_case
from massage_claim.writing.outline import as_text


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(licence_checks=()))


def look(folder: Path, *more: object, provider: str = "ana-petrova", result: str = "active"):  # type: ignore[no-untyped-def]
    options = {"--provider": provider, "--date": "2026-03-19", "--result": result}
    words = [str(word) for word in more if word != "--dry-run"]
    options.update(zip(words[::2], words[1::2], strict=True))
    flags = ["--dry-run"] if "--dry-run" in more else []
    return run("check-licence", "-C", folder, *(word for pair in options.items() for word in pair), *flags)


def test_what_was_found_is_written_with_what_was_looked_up(folder: Path) -> None:
    ran = look(folder, "--where", "State provider search", "--valid-until", "2027-03-31")
    assert ran.code == 0
    assert (folder / "licence-checks/2026-03-19.yaml").read_text(encoding="utf-8") == (
        "provider: providers/ana-petrova\ndate: 2026-03-19\nwhat: license MA60012345, WA\n"
        "where: State provider search\nresult: active\nvalid_until: 2027-03-31\n"
    )
    assert "It speaks for every visit until 2027-03-31." in ran.flat
    assert "Washington licenses massage therapists." in ran.flat
    assert "license lookup or verify a license" in ran.flat
    assert "Next: massage-claim status" in ran.flat
    told = look(folder, "--what", "registration 5")
    assert told.code == 0
    assert "what: registration 5\n" in (folder / "licence-checks/2026-03-19-2.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("state", "says", "where"),
    [
        ("WA", "licenses massage therapists", "license lookup"),
        ("CA", "voluntary certification", "the body that certifies"),
        ("VT", "registers massage therapists; it does not license them", "public register of professions"),
        ("KS", "no state license", "no state register to look in"),
        ("AS", "was not verified: check with the state and with your plan", "Ask the state or territory"),
    ],
)
def test_the_regime_of_the_state_is_said(folder: Path, state: str, says: str, where: str) -> None:
    write_record(folder, a_provider(licence={"number": "77", "state": state}))
    ran = look(folder)
    assert says in ran.flat
    assert where in ran.flat
    assert ("not verified" in ran.flat) is (state == "AS")


def test_without_a_state_the_way_to_add_it_is_said(folder: Path) -> None:
    write_record(folder, a_provider(licence=None, address=None))
    assert "massage-claim edit providers/ana-petrova --set licence.state=XX" in look(folder).flat


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--date", "2026-03-21"], "--date: that day is still to come."),
        (
            ["--valid-until", "2026-03-18"],
            "--valid-until: an active license can't have run out before the day you looked.",
        ),
        (["--date", "2026-02-30"], "--date: this is a day that does not exist"),
        (["--result", "fine"], "--result: this is not one of its words"),
        (["--provider", "nobody"], "--provider: there is no record providers/nobody"),
        (["--provider", "../victim"], "--provider: this does not name a record"),
    ],
)
def test_what_cannot_be_is_refused_naming_the_option(folder: Path, options: list[str], says: str) -> None:
    before = files(folder)
    ran = look(folder, *options)
    assert ran.code == 2
    assert says in ran.flat
    assert files(folder) == before


def test_an_expired_licence_may_have_a_day_that_has_passed(folder: Path) -> None:
    ran = look(folder, "--valid-until", "2026-01-31", result="expired")
    assert ran.code == 0
    assert "Ask the therapist before you book or claim." in ran.flat
    assert "Next: massage-claim check-licence --compare" in ran.flat


def test_each_missing_option_is_named_when_nobody_can_be_asked(folder: Path) -> None:
    ran = run("check-licence", "-C", folder, "--no-input")
    assert ran.code == 2
    for option in ("--date", "--result"):
        assert f"{option} is missing" in ran.flat
    assert "--provider" not in ran.flat  # there is only one therapist


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = files(folder)
    ran = look(folder, "--dry-run")
    assert ran.code == 0
    assert "would write licence-checks/2026-03-19.yaml" in ran.flat
    assert files(folder) == before


def test_therapists_are_compared_without_a_rank(folder: Path) -> None:
    write_record(folder, a_provider("bo-lee", name="Bo Lee", npi=None, network=None, licence=None))
    look(folder, "--valid-until", "2027-03-31")
    ran = run("check-licence", "-C", folder, "--compare", "--json")
    assert ran.code == 0
    found = {one["provider"]: one for one in ran.json["data"]["candidates"]}
    assert list(found) == ["providers/ana-petrova", "providers/bo-lee"]
    assert [found[name]["treats"] for name in found] == [True, False]
    met = {name: {r["name"]: r["met"] for r in one["requirements"]} for name, one in found.items()}
    assert met["providers/ana-petrova"]["license"] == "yes"
    assert met["providers/bo-lee"] == {
        "license": "unknown",
        "npi": "unknown",
        "ein": "unknown",
        "network": "unknown",
        "accepted": "yes",
        "certification": "unknown",
    }
    shown = as_text(compare(folder).blocks)
    assert "Ana Petrova, LMT (treats" in " ".join(shown.split())
    assert "In no order of merit" in shown
    assert "%" not in shown
    assert all(len(line) <= 80 for line in run("check-licence", "-C", folder, "--compare").out.splitlines())


def test_with_nobody_to_compare_the_next_command_says_so(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path / "case",
        a_case(
            providers=(),
            licence_checks=(),
            sessions=(),
            payments=(),
            conditions=(),
            prescriptions=(),
            attachments=(),
            measures=(),
        ),
    )
    ran = run("check-licence", "-C", folder, "--compare")
    assert "No therapist is written down yet." in ran.flat
    assert "Next: massage-claim add-provider --role rendering" in ran.flat


def test_a_looked_up_licence_satisfies_the_step(folder: Path) -> None:
    assert run("status", "-C", folder, "--json").json["steps"][2]["state"] == "started"
    look(folder, "--valid-until", "2027-03-31")
    assert run("status", "-C", folder, "--json").json["steps"][2]["state"] == "done"
    assert read_case(folder).licence_checks[0].valid_until is not None


@pytest.mark.parametrize(
    ("npi", "says"),
    [
        ("6145550142", "--npi: An NPI begins with 1 or 2. Is this a phone number?"),
        ("2535550117", "--npi: This is the phone number, not an NPI."),
        ("2123456785", "--npi: The last digit of an NPI checks the others"),
        ("12345", "--npi: this is not an NPI"),
    ],
)
def test_a_phone_number_is_no_npi(folder: Path, npi: str, says: str) -> None:
    before = files(folder)
    ran = run("add-provider", "-C", folder, "--name", "Bo Lee", "--npi", npi, "--phone", "(253) 555-0117")
    assert ran.code == 2
    assert says in ran.flat
    assert files(folder) == before


def test_a_file_may_hold_it_and_the_check_says_so(folder: Path) -> None:
    write_record(folder, a_provider(npi="6145550142"))
    ran = run("check", "-C", folder, "--step", "3")
    assert ran.code == 1
    assert "check digit is wrong" in ran.flat


def test_what_is_not_known_leads_to_the_sheet_with_the_words(folder: Path) -> None:
    ran = run("add-provider", "-C", folder, "--name", "Bo Lee", "--role", "rendering", "--role", "billing")
    assert "Not known yet: NPI and EIN." in ran.flat
    assert "no Social Security number is wanted" in ran.flat
    assert "massage-claim paper therapist_questions" in ran.flat
    assert "Next: massage-claim check-licence --provider bo-lee" in ran.flat
    doctor = run("add-provider", "-C", folder, "--name", "Dr Who", "--role", "referring")
    assert "Not known yet" not in doctor.flat
