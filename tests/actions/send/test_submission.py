"""`submit`: freezes what was sent, keeps the very PDF, and refuses whatever was not built, signed or sendable."""

from __future__ import annotations

import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_patient,
    a_plan,
    a_session,
    an_attachment,
    write_case,
    write_record,
)
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.result import Result
from massage_claim.actions.send.submission import submit
from massage_claim.errors import CannotWrite, Failure, NotReady, Problem, Unreadable, UsageProblem, WouldOverwrite
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, Statement
from massage_claim.shipped import shipped
from massage_claim.store import rollback
from massage_claim.store.read import read_case
from papers import today_is


def built(tmp_path: Path, case: Case | None = None, **arguments: object) -> Path:
    folder = write_case(tmp_path / "case", case or a_case())
    with today_is(TODAY):
        build_packet(folder, **arguments)  # type: ignore[arg-type]
    return folder


def send(folder: Path, day: date = TODAY, **arguments: object) -> Result:
    given: dict[str, object] = {"on": day, "method": "certified-mail", "signed_on_paper": True, **arguments}
    with today_is(TODAY):
        return submit(folder, **given)  # type: ignore[arg-type]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_sent_claim_is_frozen_and_rebuilt_to_the_byte(tmp_path: Path) -> None:
    folder = built(tmp_path)
    pdf = (folder / "out/2026-03-10/claim-2026-03-10.pdf").read_bytes()
    before = files(folder)
    result = send(folder, tracking="7020 0000", to="Member Claims")
    assert result.written == (
        "claims/2026-03-10.yaml",
        "sent/claim-2026-03-10.pdf",
        "statements/S-2026-03-10.yaml",
    )
    assert files(folder) - before == set(result.written)
    for name in result.written:
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert (folder / "sent/claim-2026-03-10.pdf").read_bytes() == pdf
    case = read_case(folder)
    claim = case.find(Claim, "2026-03-10")
    assert claim
    assert claim.submission
    assert (claim.submission.method, claim.submission.tracking) == ("certified-mail", "7020 0000")
    assert claim.submission.sent_file == "sent/claim-2026-03-10.pdf"
    assert claim.submission.built_on == TODAY
    assert claim.submission.manifest_sha256
    assert [(line.minutes, line.units, line.units_by) for line in claim.lines] == [(52, 3, "therapist")]
    statement = case.find(Statement, "S-2026-03-10")
    assert statement
    assert (statement.version, statement.claim, statement.lines) == (1, "claims/2026-03-10", claim.lines)
    with today_is(date(2026, 9, 1)):
        again = build_packet(folder, claim="2026-03-10")
        latest = build_packet(folder)
        superbill = paper(folder, "superbill", for_="claims/2026-03-10")
    assert again == latest
    assert (folder / again.written[0]).read_bytes() == pdf
    assert superbill.written == ("out/papers/superbill.pdf",)


def test_sent_on_a_later_day_than_built_is_rebuilt_to_the_byte(tmp_path: Path) -> None:
    folder = built(tmp_path)
    pdf = (folder / "out/2026-03-10/claim-2026-03-10.pdf").read_bytes()
    with today_is(date(2026, 3, 25)):
        submit(folder, on=date(2026, 3, 24), method="fax", signed_on_paper=True)
        again = build_packet(folder, claim="2026-03-10")
    assert (folder / again.written[0]).read_bytes() == pdf


def test_an_example_is_sent(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped("examples") / "low_back_paid", tmp_path / "case"))
    day = read_case(folder).settings.as_of
    assert day
    with today_is(day):
        build_packet(folder)
        result = submit(folder, on=day, method="fax", signed_on_paper=True)
        assert result.written[0] == "claims/2026-06-04.yaml"
        again = build_packet(folder)
    assert (folder / again.written[0]).read_bytes() == (folder / "sent/claim-2026-06-04.pdf").read_bytes()


def test_twice_is_refused(tmp_path: Path) -> None:
    folder = built(tmp_path)
    send(folder)
    before = files(folder)
    for claim in (None, "2026-03-10", "claims/2026-03-10"):
        with pytest.raises(NotReady):
            send(folder, claim=claim)
    with pytest.raises(NotReady, match="was submitted on 2026-03-20 already"):
        send(folder, claim="2026-03-10")
    assert files(folder) == before


def refused(folder: Path, kind: type[Failure], words: str, **arguments: object) -> Problem:
    """Submitting is refused in these words, with a next move, and nothing is written."""
    before = {name: (folder / name).read_bytes() for name in files(folder)}
    with pytest.raises(kind) as caught:
        send(folder, **arguments)  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    assert words in problem.says
    assert problem.fix.split()[0][0].isupper()
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before
    return problem


def test_without_a_packet(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    refused(folder, NotReady, "no packet to submit")
    refused(folder, NotReady, "no packet to submit", claim="2026-03-10")
    refused(folder, UsageProblem, "not the name of a claim", claim="../../elsewhere")


def test_a_tampered_pdf(tmp_path: Path) -> None:
    folder = built(tmp_path)
    path = folder / "out/2026-03-10/claim-2026-03-10.pdf"
    path.write_bytes(path.read_bytes() + b"\n% signed elsewhere\n")
    refused(folder, NotReady, "not the one that was built")


def test_a_damaged_manifest(tmp_path: Path) -> None:
    folder = built(tmp_path)
    path = folder / "out/2026-03-10/manifest.yaml"
    path.write_text(path.read_text("utf-8").replace("built_on: 2026-03-20", "built_on: lately"), encoding="utf-8")
    refused(folder, Unreadable, "manifest is not as it was written")
    (folder / "out/2026-03-10/another.pdf").write_bytes(b"%PDF-")
    refused(folder, Unreadable, "not as it was built")


@pytest.mark.parametrize("what", ["session", "patient", "attachment", "template"])
def test_what_was_changed_since(tmp_path: Path, what: str) -> None:
    folder = built(tmp_path)
    match what:
        case "session":
            write_record(folder, a_session(charge="97.00"))
        case "patient":
            write_record(folder, a_patient(phone="253-555-0199"))
        case "attachment":
            write_record(
                folder,
                an_attachment("order-2026-03-02.pdf", title="Another order", date="2026-03-02"),
            )
        case _:
            own = (shipped("templates") / "cover_sheet.md.j2").read_text("utf-8")
            (folder / "templates").mkdir()
            (folder / "templates/cover_sheet.md.j2").write_text(own.replace("Confidential", "Private"), "utf-8")
    refused(folder, NotReady, "were changed after this packet was built")


def test_a_draft(tmp_path: Path) -> None:
    refused(built(tmp_path, draft=True), NotReady, "draft is never submitted")


def test_unsigned(tmp_path: Path) -> None:
    folder = built(tmp_path)
    problem = refused(folder, NotReady, "lines to sign: page 2 (Ana Petrova, LMT)", signed_on_paper=False)
    assert "--signed-on-paper" in problem.fix


def test_a_signed_scan_needs_no_ink_on_the_print(tmp_path: Path) -> None:
    case = a_case()
    scan = an_attachment("signed.pdf", kind="superbill", for_=["sessions/2026-03-10"], signed_by="therapist")
    folder = built(tmp_path, a_case(attachments=(*case.attachments, scan)))
    result = send(folder, signed_on_paper=False)
    assert result.written == ("claims/2026-03-10.yaml", "sent/claim-2026-03-10.pdf")


def test_an_own_title_of_the_cover_does_not_ask_for_a_signature(tmp_path: Path) -> None:
    case = a_case()
    scan = an_attachment("signed.pdf", kind="superbill", for_=["sessions/2026-03-10"], signed_by="therapist")
    folder = write_case(tmp_path / "case", a_case(attachments=(*case.attachments, scan)))
    own = (shipped("templates") / "cover_sheet.md.j2").read_text("utf-8")
    (folder / "templates").mkdir()
    text = own.replace("title: Cover sheet", "title: Fax sheet")
    (folder / "templates/cover_sheet.md.j2").write_text(text, "utf-8")
    with today_is(TODAY):
        build_packet(folder)
    assert send(folder, signed_on_paper=False).written[0] == "claims/2026-03-10.yaml"


def test_impossible_days(tmp_path: Path) -> None:
    folder = built(tmp_path)
    refused(folder, UsageProblem, "in the future", day=date(2026, 3, 21))
    refused(folder, UsageProblem, "before the last date of service", day=date(2026, 3, 9))


def test_an_unknown_way_of_sending(tmp_path: Path) -> None:
    folder = built(tmp_path)
    before = files(folder)
    with pytest.raises(UsageProblem):
        send(folder, method="pigeon")
    assert files(folder) == before


def test_past_the_filing_limit(tmp_path: Path) -> None:
    rules = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    short = {**rules, "filing_limit": {**rules["filing_limit"], "days": 5}}
    folder = built(tmp_path, a_case(plan=a_plan(rules=short)), draft=True)
    shutil.rmtree(folder / "out")
    with today_is(date(2026, 3, 12)):
        build_packet(folder)
    problem = refused(folder, NotReady, "filing limit had passed")
    assert "--past-limit" in problem.fix
    assert problem.where is not None
    assert problem.where.file == "plan.yaml"
    send(folder, past_limit=True)
    claim = read_case(folder).find(Claim, "2026-03-10")
    assert claim
    assert claim.submission
    assert claim.submission.past_limit_confirmed == "yes"


def test_several_packets_wait(tmp_path: Path) -> None:
    folder = built(tmp_path, a_case(sessions=(a_session("2025-12-30", prescription=None), a_session())), draft=True)
    shutil.rmtree(folder / "out/2025-12-30")
    with today_is(TODAY):
        build_packet(folder, from_=date(2026, 3, 1))
    shutil.copytree(folder / "out/2026-03-10", folder / "out/2026-01-01")
    problem = refused(folder, UsageProblem, "Several packets wait")
    assert "2026-01-01, 2026-03-10" in problem.fix


def test_a_dry_run_writes_nothing_and_says_so(tmp_path: Path) -> None:
    folder = built(tmp_path)
    before = files(folder)
    result = send(folder, dry_run=True)
    assert result.says[0].startswith("Would be recorded")
    assert files(folder) == before


def test_a_claim_of_that_name_is_never_overwritten(tmp_path: Path) -> None:
    folder = built(tmp_path)
    write_record(folder, a_claim(submission=None))
    refused(folder, WouldOverwrite, "is there already", claim="2026-03-10")


def test_after_an_interrupted_run_nothing_is_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = built(tmp_path)
    real = rollback.add_file

    def full_disk(project: Path, inside: str, name: str, data: bytes) -> bool:
        if inside == "claims":
            raise CannotWrite(Problem("The disk is full.", "Make room."))
        return real(project, inside, name, data)

    monkeypatch.setattr(rollback, "add_file", full_disk)
    with pytest.raises(CannotWrite):
        send(folder)
    assert not (folder / "claims/2026-03-10.yaml").exists()
    assert [*(folder / "sent").iterdir(), *(folder / "statements").iterdir()] == [], "what was added is taken back"
    monkeypatch.undo()
    result = send(folder)
    assert result.written[1:] == ("sent/claim-2026-03-10.pdf", "statements/S-2026-03-10.yaml")
    assert sorted(path.name for path in (folder / "sent").iterdir()) == ["claim-2026-03-10.pdf"]
    assert sorted(path.name for path in (folder / "statements").iterdir()) == ["S-2026-03-10.yaml"]
