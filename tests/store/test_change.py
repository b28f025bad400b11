"""One value of a person's file changes; every other byte stays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edits import FILE, LINES, RECORD, set_value
from massage_claim import yamltext
from massage_claim.errors import Unreadable
from massage_claim.store.change import replace_group


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sessions").mkdir()
    (tmp_path / f"{RECORD}.yaml").write_text(FILE)
    return tmp_path


def _text(project: Path) -> str:
    return (project / f"{RECORD}.yaml").read_bytes().decode()


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("date", "2026-03-11", "date:   2026-03-10      # a Tuesday\n", "date:   2026-03-11      # a Tuesday\n"),
        ("services.1.minutes", "38", "minutes: 52 ,", "minutes: 38 ,"),
        ("services.1.charge", "95.00", '"96.00"', '"95.00"'),
        ("services.1.units", "3", '"96.00"}', '"96.00", units: 3}'),
        ("services.2.code", "97124", "'97140'", "'97124'"),
        ("services.2.units", "1", "  charge: 30.00\n", "  charge: 30.00\n  units: 1\n"),
        ("services.3.code", "97110", "  charge: 30.00\n", "  charge: 30.00\n- code: 97110\n"),
        ("regions.2", "neck, left", "low back,neck ]", 'low back,"neck, left" ]'),
        ("regions.3", "jaw", "low back,neck ]", "low back,neck, jaw ]"),
        ("place", "11", "place:   # where was it?\n", "place: 11   # where was it?\n"),
        ("start", "10:00", "start: ~\n", "start: 10:00\n"),
        ("note.author", "therapist", "author:  patient     # six", "author:  therapist     # six"),
        ("note.p", "short: now", "p: a plain text\n        over two lines\n", "p: 'short: now'\n"),
        ("note.a", "better", "        over two lines\n", "        over two lines\n      a: better\n"),
        ("note.text", "one line", "|\n         one\n           two: indented\n\n         three\n", "one line\n"),
        ("pain.after", "3", "after: 4}", "after: 3}"),
        ("rendering", "bo", '"ana"   #', '"bo"   #'),
        ("rendering", None, 'rendering: "ana"   #', "rendering:   #"),
        ("pain", None, "pain: {before: 7, after: 4}\n", "pain:\n"),
        ("note", None, "".join(LINES[12:21]), "note:\n"),
        ("price_agreed", "126.00", "   # the therapist\n", "   # the therapist\nprice_agreed: 126.00\n"),
    ],
)
def test_only_the_value_changes(project: Path, path: str, value: str | None, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    set_value(project, RECORD, path.split("."), value)
    assert _text(project) == FILE.replace(old, new)
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_a_text_of_several_lines_becomes_a_block_at_its_depth(project: Path) -> None:
    set_value(project, RECORD, ["note", "s"], "first\nsecond: line\n\nlast")
    added = "      s: |-\n        first\n        second: line\n\n        last\n"
    assert _text(project) == FILE.replace("        over two lines\n", f"        over two lines\n{added}")


def test_missing_groups_are_made(project: Path) -> None:
    target = project / "plan.yaml"
    target.write_text("payer: X   # mine\n\n# the end\n")
    set_value(project, "plan", ["rules", "filing_limit", "days"], "180")
    assert target.read_text() == "payer: X   # mine\nrules:\n  filing_limit:\n    days: 180\n\n# the end\n"
    set_value(project, "plan", ["rules", "filing_limit", "source"], "booklet: p. 3")
    assert target.read_text().count("    days: 180\n    source: 'booklet: p. 3'\n") == 1


def test_a_skeletons_blank_group_is_filled_under_its_key(project: Path) -> None:
    target = project / "patient.yaml"
    target.write_text("# who\nname:\n\n# where\naddress:   # as on the card\n\n# then\nphone:\n")
    set_value(project, "patient", ["address", "zip"], "02139")
    assert (
        target.read_text() == "# who\nname:\n\n# where\naddress:   # as on the card\n  zip: 02139\n\n# then\nphone:\n"
    )
    set_value(project, "patient", ["name"], "Zoë: Nuñez")
    assert target.read_text().startswith("# who\nname: 'Zoë: Nuñez'\n\n# where\n")


@pytest.mark.parametrize(
    ("before", "after"), [("", "name: Zoë\n"), ("# only a comment", "# only a comment\nname: Zoë\n")]
)
def test_an_empty_file_gets_its_first_field(project: Path, before: str, after: str) -> None:
    (project / "patient.yaml").write_text(before)
    set_value(project, "patient", ["name"], "Zoë")
    assert (project / "patient.yaml").read_text() == after


def test_a_new_list_and_its_groups(project: Path) -> None:
    target = project / "sessions/a.yaml"
    target.write_text("date: 2026-03-10\nregions:\nservices: [{code: 97124}]\n")
    set_value(project, "sessions/a", ["regions", "1"], "neck")
    set_value(project, "sessions/a", ["services", "1", "modifiers", "1"], "GP")
    set_value(project, "sessions/a", ["services", "2", "code"], "97140")
    assert (
        target.read_text()
        == "date: 2026-03-10\nregions:\n  - neck\nservices: [{code: 97124, modifiers: [GP]}, {code: 97140}]\n"
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("frame", ["{}", "---\n{}...\n"])
def test_line_ends_and_byte_order_mark_stay(project: Path, newline: str, mark: bytes, frame: str) -> None:
    body = frame.format("date: 2026-03-10\nservices: [{code: 97124}]\nplace: 11 # x\n")
    (project / f"{RECORD}.yaml").write_bytes(mark + body.replace("\n", newline).encode())
    set_value(project, RECORD, ["place"], "12")
    set_value(project, RECORD, ["pain", "before"], "3")
    wanted = body.replace("11 # x\n", "12 # x\npain:\n  before: 3\n")
    assert (project / f"{RECORD}.yaml").read_bytes() == mark + wanted.replace("\n", newline).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("date", "2026-02-30"),
        ("zzqx", "1"),
        ("services.0.minutes", "5"),
        ("services.4.code", "97124"),
        ("services.x.code", "97124"),
        ("services.²", "97124"),
        ("date.year", "2026"),
        ("note", "just text"),
        ("date", None),
        ("note.text", "a\x00b"),
        ("", "x"),
    ],
)
def test_what_would_not_be_a_record_changes_nothing(project: Path, path: str, value: str | None) -> None:
    with pytest.raises(Unreadable):
        set_value(project, RECORD, path.split("."), value)
    assert _text(project) == FILE
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_emptying_what_is_not_there_changes_nothing(project: Path) -> None:
    before = (project / f"{RECORD}.yaml").stat().st_ino
    set_value(project, RECORD, ["price_agreed"], None)
    set_value(project, RECORD, ["note", "o"], None)
    assert (_text(project), (project / f"{RECORD}.yaml").stat().st_ino) == (FILE, before)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.one_of(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
        st.text("ab \n:#'\"-[]{},&*!|>%@`\t", min_size=1),
    ),
    path=st.sampled_from(
        ["note.s", "note.text", "note.p", "regions.1", "regions.3", "rendering_of", "services.2.regions.1"]
    ),
)
def test_any_text_is_written_as_typed_or_refused(project: Path, value: str, path: str) -> None:
    (project / f"{RECORD}.yaml").write_text(FILE)
    steps = path.split(".")
    try:
        set_value(project, RECORD, steps, value)
    except Unreadable:
        assert _text(project) == FILE
        return
    node: Any = yamltext.read(_text(project), "x").value
    for step in steps:
        node = node[int(step) - 1 if isinstance(node, list) else step]
    assert node == value
    kept = [line for line in LINES if line.startswith(("#", "date", "-   {", "- code", "place", "pain", "rendering"))]
    assert all(line in _text(project) for line in kept)


NEW = {"pages": "2", "lacks": ["name"]}
WRITTEN = "examined:\n  pages: '2'\n  lacks:\n  - name\n".replace("'2'", "2")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("file: a.pdf\n", f"file: a.pdf\n{WRITTEN}"),
        ("file: a.pdf", f"file: a.pdf\n{WRITTEN}"),
        ("# head\nfile: a.pdf # mine\nexamined:\n  pages: 1\n", f"# head\nfile: a.pdf # mine\n{WRITTEN}"),
        ("examined:\n  pages: 1\n\n# below\nfile: a.pdf\n", f"{WRITTEN}\n# below\nfile: a.pdf\n"),
        ("examined: {pages: 1}\nfile: a.pdf\n", f"{WRITTEN}file: a.pdf\n"),
        ("\ufeffexamined: {\n  pages: 1}\nfile: a.pdf\n", f"\ufeff{WRITTEN}file: a.pdf\n"),
        ("examined:\nfile: a.pdf\n", f"{WRITTEN}file: a.pdf\n"),
        ("", WRITTEN),
    ],
)
def test_the_group_is_replaced_and_nothing_else(before: str, after: str) -> None:
    made = replace_group(before.encode(), "examined", NEW, "attachments/a.yaml")
    assert made.decode() == after
    assert replace_group(made, "examined", NEW, "attachments/a.yaml") == made
    value = yamltext.read(made.decode("utf-8-sig"), "a").value
    assert isinstance(value, dict)
    assert value["examined"] == NEW


def test_what_would_not_read_back_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        replace_group(b"{file: a.pdf, examined: {pages: 1}}\n", "examined", NEW, "attachments/a.yaml")
    assert refused.value.problems[0].where is not None
