"""`packet:` in case.yaml: what is put in, left out, and which comes first; a wrong name is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, an_attachment, write_case
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.result import Result
from massage_claim.errors import NotReady, Unreadable
from papers import today_is

SESSION = ["sessions/2026-03-10"]


def folder_with(tmp_path: Path, packet: str) -> Path:
    attachments = (
        a_case().attachments[0],
        an_attachment("proof.pdf", kind="payment-proof", title="Proof", for_=SESSION),
        an_attachment("second.pdf", kind="payment-proof", title="Second", for_=SESSION),
        an_attachment("mri.pdf", kind="imaging", title="Imaging", for_=["conditions/low-back"]),
        an_attachment("stray.pdf", kind="other", title="Stray", for_=["plan"]),
    )
    folder = write_case(tmp_path / "case", a_case(attachments=attachments))
    with (folder / "case.yaml").open("a", encoding="utf-8") as file:
        file.write(packet)
    return folder


def built(folder: Path) -> Result:
    with today_is(TODAY):
        return build_packet(folder)


def titles(result: Result) -> list[str]:
    return [entry["title"] for entry in result.data["claims"][0]["contents"]]  # type: ignore[index]


USUAL = ["Cover sheet", "Statement for your insurer (superbill)", "Proof", "Second", "prescription"]


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        ("", USUAL),
        ("packet:\n  order: [prescription]\n", [USUAL[0], USUAL[4], *USUAL[1:4]]),
        ("packet:\n  order: [attachments/second, prescription]\n", [USUAL[0], "Second", USUAL[4], USUAL[1], "Proof"]),
        ("packet:\n  leave_out: [payment-proof]\n", [USUAL[0], USUAL[1], USUAL[4]]),
        ("packet:\n  leave_out: [payment_proof]\n  include: [attachments/second]\n", [*USUAL[:2], *USUAL[3:]]),
        ("packet:\n  leave_out: [attachments/proof]\n", [*USUAL[:2], *USUAL[3:]]),
        ("packet:\n  include: [imaging]\n", [*USUAL, "Imaging"]),
        ("packet:\n  include: [attachments/stray, attachments/mri]\n", [*USUAL, "Imaging", "Stray"]),
        ("packet:\n  include: [therapist_note]\n", [*USUAL, "Therapist's session note, 03/10/2026"]),
    ],
)
def test_what_is_in_the_packet_and_in_which_order(tmp_path: Path, packet: str, expected: list[str]) -> None:
    assert titles(built(folder_with(tmp_path, packet))) == expected


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    result = built(folder_with(tmp_path, "packet:\n  leave_out: [attachments/proof]\n"))
    assert "  Not included: Proof, because case.yaml leaves it out (`leave_out`)." in result.says


def test_what_is_asked_for_and_does_not_come_is_said_once(tmp_path: Path) -> None:
    names = "session-log, therapist-note, letter_of_medical_necessity, attachments/mri, diary"
    said = built(folder_with(tmp_path, f"packet:\n  include: [{names}]\n")).says
    vain = [line for line in said if "though case.yaml asks for it (`include`)" in line]
    assert [line.split(",")[0].strip() for line in vain] == ["Not included: Patient's own log", "Not included: diary"]
    assert sum("Letter of medical necessity" in line for line in said if "Not included" in line) == 1


@pytest.mark.parametrize(
    ("packet", "says"),
    [
        ("packet:\n  order: [prescription, nonsense]\n", "names no kind of paper"),
        ("packet:\n  include: [attachments/gone]\n", "names no kind of paper"),
        ("packet:\n  leave_out: [superbill]\n", "can't go without"),
        ("packet:\n  leave_out: [cover_sheet]\n", "can't go without"),
        ("packet:\n  first: [receipt]\n", "first"),
    ],
)
def test_a_wrong_name_is_refused_with_its_line(tmp_path: Path, packet: str, says: str) -> None:
    folder = folder_with(tmp_path, packet)
    with pytest.raises((Unreadable, NotReady)) as caught:
        built(folder)
    (problem,) = caught.value.problems
    assert says in problem.says
    assert problem.where is not None
    assert problem.where.file == "case.yaml"
    assert problem.where.line == len((folder / "case.yaml").read_text("utf-8").splitlines())
    assert not (folder / "out").exists()
