"""From a notice that refuses one of two visits to the corrected claim, typed once: the command from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, a_session, write_case
from commands import process, run
from massage_claim.models.claim import Claim
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case

ON = {"MASSAGE_CLAIM_TODAY": "2026-04-20"}
PAID = "2026-03-10,97124,96.00,84.00,0.00,33.60,0.00,50.40,33.60,CO-45=12.00,PR-2=33.60"
REFUSED = "2026-03-17,97124,96.00,0.00,,,,0.00,,"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A claim of two visits that was sent."""
    case = write_case(tmp_path / "case", a_case(sessions=(a_session(), a_session("2026-03-17"))))
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2026-03-19")
    assert run("build-packet", "-C", case).code == 0
    sent = ("submit", "-C", case, "--date", "2026-03-19", "--method", "fax", "--confirmation", "F-1")
    assert run(*sent, "--signed-on-paper", "--no-input").code == 0
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2026-04-20")
    return case


def decide(folder: Path, codes: str, total: str = "50.40") -> tuple[str, ...]:
    """The arguments that record the notice."""
    given = ("--about", "2026-03-10", "--notice-date", "2026-04-10", "--received", "2026-04-14", "--total-paid", total)
    return ("record-decision", "-C", str(folder), *given, "--line", PAID, "--line", REFUSED + codes, "--no-input")


def text_of(file: Path) -> str:
    return " ".join(" ".join(read_texts(file.read_bytes())).split())


def test_only_the_refused_visit_is_sent_again_as_a_replacement(folder: Path) -> None:
    wrong = process(*decide(folder, "CO-16=96.00,N443", "50.00"), env=ON)
    assert (wrong.code, wrong.out) == (1, "")
    assert "In all: the lines pay $50.40, the whole $50.00 (off by $0.40)." in wrong.flat
    assert "add --yes" in wrong.flat
    assert not (folder / "decisions").exists() or not list((folder / "decisions").iterdir())

    right = process(*decide(folder, "CO-16=96.00,N443"), "--claim-number", "CL-4411", env=ON)
    assert (right.code, right.err) == (0, "")
    assert "2026-03-17 97124: send a corrected claim." in right.flat
    assert "2026-03-10 97124: paid as expected." in right.flat
    assert "Next: massage-claim build-packet --corrects claims/2026-03-10" in right.flat

    assert (
        run("edit", "sessions/2026-03-17", "-C", folder, "--set", "end=11:05", "--reason", "the end was wrong").code
        == 0
    )
    built = process("build-packet", "-C", folder, "--corrects", "claims/2026-03-10", env=ON)
    assert built.code == 0
    assert "Packet of claim 2026-03-10-2, which corrects claim 2026-03-10: " in built.flat
    assert "1 other visit of that claim stays as decided." in built.flat
    cover = text_of(folder / "out/2026-03-10-2/claim-2026-03-10-2.pdf")
    assert "Corrected claim" in cover
    assert "Replaces claim number CL-4411" in cover
    assert "Resubmission code 7 (replacement)" in cover
    assert "Not included 1 other visit of that claim; it stands as decided" in cover
    assert "03/17/2026" in cover
    assert "97124 A 52 3" in cover

    sent = ("submit", "-C", folder, "--date", "2026-04-20", "--method", "fax", "--confirmation", "F-2")
    assert run(*sent, "--signed-on-paper", "--no-input").code == 0
    claim = read_case(folder).find(Claim, "2026-03-10-2")
    assert claim is not None
    assert (claim.replaces, claim.resent_as, [line.session for line in claim.lines]) == (
        "claims/2026-03-10",
        "replacement",
        ["sessions/2026-03-17"],
    )
    stands = process("status", "-C", folder, env=ON)
    assert "sent 2026-04-20; not decided yet" in stands.flat


def test_what_was_not_processed_goes_out_as_a_new_claim(folder: Path) -> None:
    assert run(*decide(folder, "CO-16=96.00,MA130"), "--claim-number", "CL-4411").code == 0
    built = run("build-packet", "-C", folder, "--corrects", "2026-03-10")
    assert built.code == 0
    assert "which replaces claim 2026-03-10: " in built.flat
    assert "It goes out as a new claim, not as a replacement" in built.flat
    assert "Nothing on these lines has changed since they were sent" in built.flat
    cover = text_of(folder / "out/2026-03-10-2/claim-2026-03-10-2.pdf")
    assert "New claim" in cover
    assert "Corrected claim" not in cover
    assert "CL-4411" not in cover
    assert "Resubmission code" not in cover
    sent = ("submit", "-C", folder, "--date", "2026-04-20", "--method", "fax", "--confirmation", "F-2")
    assert run(*sent, "--signed-on-paper", "--no-input").code == 0
    claim = read_case(folder).find(Claim, "2026-03-10-2")
    assert claim is not None
    assert claim.resent_as == "new"
    again = run("build-packet", "-C", folder, "--claim", "2026-03-10-2")
    assert again.code == 0
    assert (folder / "out/2026-03-10-2/claim-2026-03-10-2.pdf").read_bytes() == (
        folder / str(claim.submission and claim.submission.sent_file)
    ).read_bytes()
