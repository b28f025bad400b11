"""A practice folder that cases share: made once, read by all, written where a provider lives; a sent paper keeps its names."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_licence_check, a_practice, a_provider, write_case, write_record
from commands import files, run
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.record.new_case import init
from massage_claim.actions.send.submission import submit
from massage_claim.errors import UsageProblem
from massage_claim.models.claim import Claim, Statement
from massage_claim.models.providers import Provider
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case
from papers import today_is

TRUST = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A complete case whose practice and therapist live in ../practice, and the therapist's licence check too."""
    folder = write_case(tmp_path / "case")
    practice = tmp_path / "practice"
    for name in ("providers/ana-petrova.yaml", "providers/calm-hands.yaml", "licence-checks/2026-03-02.yaml"):
        (practice / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).rename(practice / name)
    settings = folder / "case.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "practice: ../practice\n", encoding="utf-8")
    return folder


def test_init_makes_the_folder_once_and_then_only_links_it(tmp_path: Path) -> None:
    practice = tmp_path / "practice"
    result = init(tmp_path / "one", practice=practice)
    assert any("shares the practice folder" in line for line in result.says)
    assert sorted(path.name for path in practice.iterdir()) == ["README.txt", "licence-checks", "providers"]
    for path in (practice, practice / "providers", practice / "licence-checks"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((practice / "README.txt").stat().st_mode) == 0o600
    assert all(line.startswith("#") for line in (practice / "README.txt").read_text().splitlines())
    (practice / "README.txt").write_text("# mine\n")
    write_record(practice, a_practice())
    before = files(practice)
    init(tmp_path / "two", practice=practice)
    assert files(practice) == before
    for name in ("one", "two"):
        case = read_case(tmp_path / name)
        assert case.settings.practice == "../practice"
        assert [provider.name for provider in case.providers] == ["Calm Hands LLC"]


def test_what_can_be_no_practice_folder_is_refused(tmp_path: Path) -> None:
    init(tmp_path / "other")
    (tmp_path / "file").write_text("x")
    for practice, says in (("other", "a case's folder"), ("file", "it is a file"), ("new", "the case's own folder")):
        with pytest.raises(UsageProblem, match=says):
            init(tmp_path / "new", practice=tmp_path / practice)
    assert not (tmp_path / "new").exists()
    assert run("init", tmp_path / "new", "--practice", tmp_path / "other").code == 2


def test_licence_checks_of_the_practice_are_read_beside_the_cases_own(shared: Path) -> None:
    case = read_case(shared)
    assert [check.record_id for check in case.licence_checks] == ["licence-checks/2026-03-02"]
    assert str(case.where(case.licence_checks[0])).startswith("../practice/licence-checks/2026-03-02.yaml")
    write_record(shared, a_licence_check(result="restricted"))
    case = read_case(shared)
    found = {check.record_id: check.result for check in case.licence_checks}
    assert found == {"licence-checks/2026-03-02": "restricted", "licence-checks/practice-2026-03-02": "active"}
    assert str(case.where("licence-checks/practice-2026-03-02")).startswith("../practice/licence-checks/2026-03-02")


def test_a_damaged_licence_check_of_the_practice_is_named_with_its_place(shared: Path) -> None:
    (shared.parent / "practice/licence-checks/2026-03-02.yaml").write_text("provider: nobody\ndate: soon\n")
    ran = run("check", "-C", shared)
    assert ran.code == 3
    assert "../practice/licence-checks/2026-03-02.yaml:2" in ran.flat


def test_a_provider_goes_where_it_is_told(shared: Path) -> None:
    practice = shared.parent / "practice"
    ran = run("add-provider", "-C", shared, "--name", "Bo Lee", "--role", "rendering", "--to-practice", "--json")
    assert ran.code == 0
    assert ran.json["written"] == ["../practice/providers/bo-lee.yaml"]
    assert "Wrote ../practice/providers/bo-lee.yaml." in ran.json["says"]
    assert (practice / "providers/bo-lee.yaml").is_file()
    assert not (shared / "providers/bo-lee.yaml").exists()
    again = run("add-provider", "-C", shared, "--name", "Bo Lee", "--to-practice")
    assert again.code == 4
    own = run("add-provider", "-C", shared, "--name", "Bo Lee", "--role", "rendering")
    assert own.code == 0
    assert "../practice/providers/bo-lee.yaml has the same name" in own.flat
    assert read_case(shared).where("providers/bo-lee").file == "providers/bo-lee.yaml"


def test_without_a_practice_folder_the_option_is_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    ran = run("add-provider", "-C", folder, "--name", "Bo Lee", "--to-practice")
    assert ran.code == 2
    assert "--to-practice: this case has no practice folder" in ran.flat


def test_a_licence_check_is_written_beside_its_provider(shared: Path) -> None:
    practice = shared.parent / "practice"
    options = ["--date", "2026-03-19", "--result", "active", "--valid-until", "2027-03-31"]
    ran = run("check-licence", "-C", shared, "--provider", "ana-petrova", *options, "--json")
    assert ran.json["written"] == ["../practice/licence-checks/2026-03-19.yaml"]
    assert (practice / "licence-checks/2026-03-19.yaml").is_file()
    write_record(shared, a_provider("bo-lee", name="Bo Lee"))
    own = run("check-licence", "-C", shared, "--provider", "bo-lee", *options, "--json")
    assert own.json["written"] == ["licence-checks/2026-03-19.yaml"]
    assert len(read_case(shared).licence_checks) == 3


def test_edit_changes_the_practices_record(shared: Path) -> None:
    ran = run("edit", "providers/calm-hands", "-C", shared, "--set", "phone=253-555-0199")
    assert ran.code == 0
    assert "Changed ../practice/providers/calm-hands.yaml." in ran.flat
    assert "253-555-0199" in (shared.parent / "practice/providers/calm-hands.yaml").read_text()


def _sent(folder: Path) -> bytes:
    with today_is(TODAY):
        build_packet(folder)
        submit(folder, on=TODAY, method="fax", signed_on_paper=True)
    return (folder / "sent/claim-2026-03-10.pdf").read_bytes()


def _rebuilt(folder: Path) -> bytes:
    with today_is(date(2026, 9, 1)):
        (pdf, *_) = build_packet(folder, claim="2026-03-10").written
    return (folder / pdf).read_bytes()


def test_a_sent_claim_holds_who_stood_on_its_papers(shared: Path) -> None:
    _sent(shared)
    case = read_case(shared)
    claim, statement = case.find(Claim, "2026-03-10"), case.find(Statement, "S-2026-03-10")
    assert claim
    assert statement
    assert claim.parties == statement.parties
    assert claim.parties
    for printed in claim.parties.providers:
        assert printed == case.find(Provider, printed.record_id)
    assert [provider.record_id for provider in claim.parties.providers] == [
        "providers/ana-petrova",
        "providers/calm-hands",
        "providers/dr-okoye",
    ]


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ("providers/calm-hands", "address.street", "1 New Road"),
        ("providers/calm-hands", "name", "Calmer Hands Inc"),
        ("providers/calm-hands", "ein", "91-9999999"),
        ("providers/calm-hands", "roles.1", "rendering"),
        ("providers/ana-petrova", "licence.number", "MA99999999"),
        ("providers/ana-petrova", "credential", "LMT, BCTMB"),
        ("providers/ana-petrova", "network.status", "in"),
        ("providers/dr-okoye", "npi", "2123456784"),
        ("providers/dr-okoye", "name", "Ngozi Okoye-Lind"),
    ][:: 1 if TRUST else 4],  # one of the practice, the therapist and the doctor each
)
def test_a_reprint_is_equal_to_the_byte_after_a_change_of_the_practice(
    shared: Path, record: str, field: str, value: str
) -> None:
    pdf = _sent(shared)
    with today_is(TODAY):
        before = _superbill(shared)
    assert run("edit", record, "-C", shared, "--set", f"{field}={value}").code == 0
    assert _rebuilt(shared) == pdf
    with today_is(TODAY):
        assert _superbill(shared) == before


def _superbill(folder: Path) -> bytes:
    paper(folder, "superbill", for_="claims/2026-03-10")
    return (folder / "out/papers/superbill.pdf").read_bytes()


def test_another_practice_that_is_added_later_is_not_on_the_reprint(shared: Path) -> None:
    pdf = _sent(shared)
    write_record(shared.parent / "practice", a_practice("second-room", name="Second Room LLC"))
    write_record(shared, a_provider("bo-lee", name="Bo Lee"))
    assert _rebuilt(shared) == pdf


def test_a_new_claim_shows_the_practice_as_it_is_now(shared: Path) -> None:
    assert run("edit", "providers/calm-hands", "-C", shared, "--set", "address.street=1 New Road").code == 0
    _sent(shared)
    assert "1 New Road" in " ".join(read_texts((shared / "sent/claim-2026-03-10.pdf").read_bytes()))


def test_a_correction_shows_the_practice_as_it_is_now(shared: Path) -> None:
    _sent(shared)
    assert run("edit", "providers/calm-hands", "-C", shared, "--set", "address.street=1 New Road").code == 0
    with today_is(date(2026, 4, 1)):
        (pdf, *_) = build_packet(shared, corrects="2026-03-10").written
    assert "1 New Road" in " ".join(read_texts((shared / pdf).read_bytes()))


def test_a_claim_sent_before_snapshots_shows_todays_records(shared: Path) -> None:
    _sent(shared)
    text = (shared / "claims/2026-03-10.yaml").read_text(encoding="utf-8")
    start, end = text.index("parties:"), text.index("submission:")
    (shared / "claims/2026-03-10.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert run("edit", "providers/calm-hands", "-C", shared, "--set", "address.street=1 New Road").code == 0
    assert "1 New Road" in " ".join(read_texts(_rebuilt(shared)))


def test_a_therapist_who_bills_is_kept_once(tmp_path: Path) -> None:
    solo = a_provider(roles=["rendering", "billing"], ein="91-0000123")
    whole = a_case()
    doctor = next(p for p in whole.providers if "referring" in p.roles)
    folder = write_case(tmp_path / "case", a_case(providers=(solo, doctor)))
    pdf = _sent(folder)
    claim = read_case(folder).find(Claim, "2026-03-10")
    assert claim
    assert claim.parties
    assert claim.parties.practice is None
    assert run("edit", "providers/ana-petrova", "-C", folder, "--set", "ein=91-9999999").code == 0
    assert _rebuilt(folder) == pdf
