"""A corrected claim: its number, its version, what it replaces, and that the old scan does not go out again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_claim, a_session, a_statement, an_attachment, write_case, write_record
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.send.submission import submit
from massage_claim.errors import NotReady
from massage_claim.models.claim import Claim, Statement
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case
from papers import today_is

SENT = date(2026, 3, 19)


def sent_case(tmp_path: Path, **more: object) -> Path:
    """A claim of two visits that was built and sent; then the minutes of the second were mended."""
    sessions = (a_session(), a_session("2026-03-17"))
    folder = write_case(tmp_path / "case", a_case(sessions=sessions, **more))  # type: ignore[arg-type]
    with today_is(SENT):
        build_packet(folder)
        submit(folder, on=SENT, method="fax", signed_on_paper=True)
    write_record(folder, a_session("2026-03-17", minutes=38))
    return folder


def text_of(folder: Path, name: str) -> str:
    return " ".join(" ".join(read_texts((folder / name).read_bytes())).split())


def test_a_correction_is_version_two_and_says_what_changed(tmp_path: Path) -> None:
    folder = sent_case(tmp_path)
    with today_is(TODAY):
        result = build_packet(folder, corrects="2026-03-10")
    assert result.written[0] == "out/2026-03-10-2/claim-2026-03-10-2.pdf"
    assert result.says[0].startswith("Packet of claim 2026-03-10-2, which corrects claim 2026-03-10: ")
    text = text_of(folder, result.written[0])
    assert "Corrected claim" in text
    assert "S-2026-03-10 " in text
    assert "Version 2 replaces version 1: minutes of 03/17/2026" in text
    assert "What was corrected minutes of 03/17/2026" in text
    assert "97124 A 38 3" in text
    assert text.count("97124") == 3  # two lines and the legend
    assert "claim number" not in text.lower()


def test_the_payers_number_of_the_old_claim_is_on_the_cover(tmp_path: Path) -> None:
    folder = sent_case(tmp_path)
    path = folder / "claims/2026-03-10.yaml"
    path.write_text(path.read_text("utf-8") + "claim_numbers:\n  - number: CL-99812\n", encoding="utf-8")
    with today_is(TODAY):
        result = build_packet(folder, corrects="2026-03-10")
    assert "Replaces claim number CL-99812" in text_of(folder, result.written[0])


def test_submitting_it_freezes_what_it_replaces(tmp_path: Path) -> None:
    folder = sent_case(tmp_path)
    with today_is(TODAY):
        built = build_packet(folder, corrects="2026-03-10")
        sent = (folder / built.written[0]).read_bytes()
        result = submit(folder, on=TODAY, method="fax", signed_on_paper=True)
    assert result.written == (
        "claims/2026-03-10-2.yaml",
        "sent/claim-2026-03-10-2.pdf",
        "statements/S-2026-03-10-v2.yaml",
    )
    case = read_case(folder)
    claim = case.find(Claim, "2026-03-10-2")
    assert claim
    assert claim.replaces == "claims/2026-03-10"
    assert claim.reason == "minutes of 03/17/2026"
    statement = case.find(Statement, "S-2026-03-10-v2")
    assert statement
    assert (statement.number, statement.version, statement.replaces) == ("S-2026-03-10", 2, "1")
    assert statement.reason == claim.reason
    with today_is(date(2026, 6, 1)):
        again = build_packet(folder, claim="2026-03-10-2")
    assert (folder / again.written[0]).read_bytes() == sent
    with today_is(TODAY), pytest.raises(NotReady, match="corrected already"):
        build_packet(folder, corrects="2026-03-10")


def test_a_third_version_counts_on(tmp_path: Path) -> None:
    folder = sent_case(tmp_path)
    with today_is(TODAY):
        build_packet(folder, corrects="2026-03-10")
        submit(folder, on=TODAY, method="fax", signed_on_paper=True)
        write_record(folder, a_session("2026-03-17", minutes=53))
        result = build_packet(folder, corrects="2026-03-10-2")
    text = text_of(folder, result.written[0])
    assert "Version 3 replaces version 2: minutes and units of 03/17/2026" in text
    assert "S-2026-03-10 " in text


@pytest.mark.parametrize(
    ("dated", "goes_out"), [("2026-03-18", False), ("2026-03-19", False), (None, False), ("2026-03-20", True)]
)
def test_the_old_signed_scan_does_not_go_out_again(tmp_path: Path, dated: str | None, goes_out: bool) -> None:
    folder = sent_case(tmp_path)
    both = ["sessions/2026-03-10", "sessions/2026-03-17"]
    write_record(folder, an_attachment("signed.pdf", kind="superbill", for_=both, signed_by="therapist", date=dated))
    with today_is(TODAY):
        result = build_packet(folder, corrects="2026-03-10")
    assert ("superbill signed.pdf" in text_of(folder, result.written[0])) == goes_out
    assert any("being corrected" in line for line in result.says) != goes_out


def test_findings_on_the_case_stop_a_correction_too(tmp_path: Path) -> None:
    folder = sent_case(tmp_path)
    (folder / "providers/calm-hands.yaml").write_text(
        (folder / "providers/calm-hands.yaml").read_text("utf-8").replace("ein:", "# ein:"), encoding="utf-8"
    )
    with today_is(TODAY):
        result = build_packet(folder, corrects="2026-03-10")
    assert result.code == 1
    assert not (folder / "out/2026-03-10-2").exists()


def test_a_claim_written_by_hand_has_versions_too(tmp_path: Path) -> None:
    sessions = (a_session(minutes=53),)
    case = a_case(sessions=sessions, claims=(a_claim(),), statements=(a_statement(),))
    folder = write_case(tmp_path, case)
    with today_is(TODAY):
        result = build_packet(folder, corrects="claims/2026-03-10")
    assert "Version 2 replaces version 1: minutes and units of 03/10/2026" in text_of(folder, result.written[0])
