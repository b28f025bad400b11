"""What is looked for in a paper's text comes back as labels; the text itself never does."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from massage_claim.packet.look.examination import examine, from_record, to_record
from massage_claim.packet.look.pdf_findings import list_unmentioned, squeeze

LOOK_FOR = {
    "name": ("Zoë Nuñez-Okafor", "Nuñez-Okafor Zoë"),
    "member ID": ("CHX-0041 2207",),
    "birth date": ("05/21/1984",),
}


@pytest.mark.parametrize(
    "text",
    [
        "Patient: ZOE NUNEZ-OKAFOR  ID CHX00412207  DOB 05/21/1984",
        "zoë nuñez okafor\nchx 0041-2207\n05-21-1984",
        "Nunez-Okafor, Zoe; CHX.0041.2207; 05 21 1984",
    ],
)
def test_any_spelling_counts(text: str) -> None:
    assert list_unmentioned(text, LOOK_FOR) == {}


def test_what_is_not_there_comes_back() -> None:
    assert list(list_unmentioned("Patient Zoë Nuñez-Okafor", LOOK_FOR)) == ["member ID", "birth date"]
    assert list(list_unmentioned("", LOOK_FOR)) == list(LOOK_FOR)
    assert list(list_unmentioned("anything", {"nothing": ("--",)})) == ["nothing"]
    assert squeeze("Ångström-Ñ 1/2") == "angstromn12"


def test_a_pdf_says_what_it_mentions(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "bill.pdf"
    path.write_bytes(make.saved(make.document(["Statement for Zoe Nunez-Okafor", "Member CHX00412207"])))
    found = examine(path, look_for=LOOK_FOR)
    assert (found.mentions, found.lacks) == (("name", "member ID"), ("birth date",))
    record = to_record(found)
    assert record["lacks"] == ["birth date"]
    assert from_record(record) == found
    told = json.dumps(record)
    for private in ("Nunez", "Okafor", "00412207", "1984"):
        assert private not in told


def test_without_text_or_without_a_wish_nothing_is_said(tmp_path: Path, make: SimpleNamespace) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(make.photo(make.scene()))
    found = examine(photo, look_for=LOOK_FOR)
    assert (found.mentions, found.lacks) == ((), ())
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(make.saved(make.document(["one"])))
    found = examine(paper)
    assert (found.mentions, found.lacks) == ((), ())
    assert "lacks" not in to_record(found)


def test_what_is_looked_for_never_stands_in_a_process_list(
    tmp_path: Path, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from massage_claim.packet.look import examination as examining

    seen: list[object] = []
    real = examining.subprocess.Popen

    def watched(command: list[str], **options: object) -> object:
        seen.append((command, options["env"]))
        return real(command, **options)

    monkeypatch.setattr(examining.subprocess, "Popen", watched)
    path = tmp_path / "paper.pdf"
    path.write_bytes(make.saved(make.document(["one"])))
    examine(path, look_for=LOOK_FOR)
    assert len(seen) == 1
    assert "Okafor" not in str(seen)
    assert "0041" not in str(seen)
