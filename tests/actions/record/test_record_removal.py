"""`undo` and `list`: what nothing else needs goes to `removed/` and comes back as it was; what is needed or went out stays."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from builders import a_case, write_case
from commands import files, run
from massage_claim.shipped import shipped
from massage_claim.store.folder import RECORD_FOLDERS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case())


def undo(folder: Path, *words: str) -> object:
    return run("undo", "-C", folder, *words, "--no-input")


def test_the_newest_goes_and_comes_back_byte_for_byte(folder: Path) -> None:
    before = files(folder)
    run(
        "log-contact",
        "-C",
        folder,
        "--date",
        "2026-03-18",
        "--way",
        "call",
        "--with",
        "plan",
        "--said",
        "Soon.",
        "--no-input",
    )
    after = files(folder)
    (added,) = set(after) - set(before)
    ran = run("undo", "-C", folder, "--no-input", "--json")
    assert ran.code == 0
    assert ran.json["data"]["record"] == added.removesuffix(".yaml")
    assert {name: data for name, data in files(folder).items() if not name.startswith("removed/")} == before
    assert (folder / "removed").stat().st_mode & 0o777 == 0o700
    assert run("undo", "--back", "-C", folder, added.removesuffix(".yaml"), "--no-input").code == 0
    assert files(folder) == after
    assert run("check", "-C", folder, "--json").code in (0, 1)


def test_what_another_record_needs_stays_and_the_other_is_named(folder: Path) -> None:
    before = files(folder)
    ran = run("undo", "-C", folder, "sessions/2026-03-10", "--no-input")
    assert ran.code == 1
    assert "payments/2026-03-10 needs this record" in ran.flat
    assert files(folder) == before
    assert run("undo", "-C", folder, "patient", "--no-input").code == 2
    assert run("undo", "-C", folder, "sessions/2020-01-01", "--no-input").code == 2


def test_from_the_last_record_to_the_first_each_can_be_taken_out_and_put_back(folder: Path) -> None:
    """Whatever is taken out in turn, the case is read without a problem, and all of it comes back."""
    before = files(folder)
    taken: list[str] = []
    for _ in range(60):
        ran = run("undo", "-C", folder, "--no-input", "--json")
        if ran.code != 0:
            break
        taken.append(ran.json["data"]["record"])
        assert run("check", "-C", folder, "--json").code in (0, 1), taken
    assert len(taken) == sum(name.endswith(".yaml") for name in before) - 3
    for name in reversed(taken):
        assert run("undo", "--back", "-C", folder, name, "--no-input").code == 0, name
    assert files(folder) == before


def test_an_attachment_goes_with_its_scan_and_a_claim_with_what_was_made_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(shipped("examples") / "low_back_paid", folder)
    claims = sorted(path.stem for path in (folder / "claims").glob("*.yaml"))
    assert claims
    ran = run("undo", "-C", folder, f"claims/{claims[-1]}", "--no-input")
    assert ran.code == 1  # a decision is about it
    scan = next((folder / "attachments").glob("*.yaml"))
    record = f"attachments/{scan.stem}"
    before = files(folder)
    planned = run("undo", "-C", folder, record, "--dry-run", "--no-input", "--json")
    assert files(folder) == before
    if planned.code == 0:
        assert run("undo", "-C", folder, record, "--no-input").code == 0
        moved = set(before) - set(files(folder))
        assert len(moved) == 2
        assert run("undo", "--back", "-C", folder, record, "--no-input").code == 0
        assert files(folder) == before


def test_a_statement_and_an_amendment_stay(folder: Path) -> None:
    for name in ("statements", "amendments"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "amendments/2026-03-11.yaml").write_text(
        "record: sessions/2026-03-10\ndate: 2026-03-11\nreason: a slip\n", encoding="utf-8"
    )
    ran = run("undo", "-C", folder, "amendments/2026-03-11", "--no-input")
    assert ran.code == 1
    assert "stays" in ran.flat


def test_two_of_one_name_are_both_kept(folder: Path) -> None:
    words = ("log-contact", "-C", folder, "--date", "2026-03-18", "--way", "call", "--with", "plan", "--no-input")
    for said in ("First.", "Second."):
        assert run(*words, "--said", said).code == 0
        assert run("undo", "-C", folder, "contacts/2026-03-18", "--no-input").code == 0
    kept = sorted((folder / "removed").rglob("2026-03-18*.yaml"))
    assert len(kept) == 2


def test_a_record_whose_partner_is_gone_stops_neither_status_nor_list_nor_undo(folder: Path) -> None:
    (folder / "sessions/2026-03-10.yaml").unlink()
    assert run("check", "-C", folder).code == 3
    for words in (("status",), ("list",)):
        ran = run(*words, "-C", folder, "--no-input")
        assert ran.code == 0, ran.flat
        assert "payments/2026-03-10" in ran.flat
    assert "sessions/2026-03-10, and there is no such record" in run("status", "-C", folder).flat
    (folder / "contacts").mkdir(exist_ok=True)
    (folder / "contacts/2026-03-19.yaml").write_text("date: [broken\n", encoding="utf-8")
    assert "can't be read" in run("list", "-C", folder, "contacts").flat
    assert run("undo", "-C", folder, "contacts/2026-03-19", "--no-input").code == 0
    assert run("undo", "-C", folder, "payments/2026-03-10", "--no-input").code in (0, 1)


def test_list_shows_every_record_once_the_newest_last(folder: Path) -> None:
    shown = [one["record"] for one in run("list", "-C", folder, "--json").json["data"]["records"]]
    there = [f"{name}/{path.stem}" for name in RECORD_FOLDERS for path in sorted((folder / name).glob("*.yaml"))]
    assert sorted(shown) == sorted(there)
    assert run("list", "-C", folder, "session").flat.startswith("1 record.")
    assert run("list", "-C", folder, "visits").code == 0
    wrong = run("list", "-C", folder, "sesions")
    assert wrong.code == 2
    assert "Did you mean sessions" in wrong.flat
    for line in run("list", "-C", folder).out.splitlines():
        assert len(line) <= 80


def test_the_files_of_the_case_can_be_made_anew(folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    assert "The file plan.yaml is missing." in run("check", "-C", folder).flat
    assert run("edit", "-C", folder, "plan", "--set", "payer=Cascade Mutual", "--no-input").code == 0
    assert "missing" not in run("check", "-C", folder).flat.split("plan.yaml")[0]
    assert os.stat(folder / "plan.yaml").st_mode & 0o777 == 0o600
