"""`templates export`: copies of the shipped words, never in place of the person's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import write_case
from commands import files, run
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.papers.template_copies import templates
from massage_claim.errors import ExitCode, UsageProblem, WouldOverwrite
from massage_claim.shipped import shipped
from papers import read_paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


def test_one_copy_is_the_shipped_file_and_is_used_from_then_on(folder: Path) -> None:
    made = templates(folder, export=True, name="receipt")
    assert made.written == ("templates/receipt.md.j2",)
    own = folder / "templates" / "receipt.md.j2"
    assert own.read_bytes() == (shipped("templates") / "receipt.md.j2").read_bytes()
    assert own.stat().st_mode & 0o777 == 0o600
    own.write_text(own.read_text("utf-8").replace("# Receipt", "# My own receipt"), encoding="utf-8")
    assert "My own receipt" in read_paper(folder, "receipt").text
    listed = {row["name"]: row["own"] for row in templates(folder).data["templates"]}  # type: ignore[attr-defined]
    assert [name for name, mine in listed.items() if mine] == ["receipt"]


def test_nothing_of_the_persons_is_replaced(folder: Path) -> None:
    (folder / "templates").mkdir()
    own = folder / "templates" / "receipt.md.j2"
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(WouldOverwrite) as caught:
        templates(folder, export=True, name="receipt")
    assert caught.value.code is ExitCode.WOULD_OVERWRITE
    assert own.read_text("utf-8") == "mine"


def test_all_are_copied_but_those_that_are_there(folder: Path) -> None:
    templates(folder, export=True, name="appeal-letter")
    dry = templates(folder, export=True, dry_run=True)
    made = templates(folder, export=True)
    assert made.written == dry.written
    assert any("stay as they are: appeal_letter" in line for line in made.says)
    copies = {
        name.removeprefix("templates/"): data for name, data in files(folder).items() if name.startswith("templates/")
    }
    assert copies == files(shipped("templates"))
    assert templates(folder, export=True).written == ()
    assert paper(folder, "receipt", preview=True).blocks


def test_a_piece_is_named_with_or_without_its_folder(folder: Path) -> None:
    assert templates(folder, export=True, name="arguments/experimental").written
    assert templates(folder, export=True, name="order_facts").written == ("templates/parts/order_facts.md.j2",)


def test_what_is_no_template_is_refused(folder: Path) -> None:
    with pytest.raises(UsageProblem, match="no template"):
        templates(folder, export=True, name="../case")
    ran = run("templates", "expor", "-C", folder)
    assert (ran.code, "export" in ran.err) == (2, True)
