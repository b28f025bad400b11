"""One value of a person's file changes; every other byte stays, and an editor's work is never lost."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edits import set_value
from massage_claim import yamltext
from massage_claim.errors import CannotWrite, ExitCode, NotReady, Unreadable
from massage_claim.store import exchange, rename
from massage_claim.store.edit import digest, replace_text
from massage_claim.store.write import temporary_file

RECORD = "sessions/2026-03-10"
FILE = """\
# My session, typed by hand.
date:   2026-03-10      # a Tuesday
services:
-   {code: 97124,  minutes: 52 , charge: "96.00"}   # flow, oddly spaced
- code:    '97140'
  minutes: 15
  # the price was agreed on the phone
  charge: 30.00
regions: [ low back,neck ]

place:   # where was it?
start: ~
note:
      author:  patient     # six spaces
      text: |
         one
           two: indented

         three
      p: a plain text
        over two lines
pain: {before: 7, after: 4}
rendering: "ana"   # the therapist


# the end
"""
LINES = FILE.splitlines(keepends=True)


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


def test_the_digest_is_the_sha256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# --- an editor that is open meanwhile


def test_a_file_that_moved_before_is_left_alone(project: Path) -> None:
    with pytest.raises(NotReady) as caught:
        replace_text(project, RECORD, b"what I read", FILE.encode())
    assert caught.value.code is ExitCode.NOT_READY
    assert _text(project) == FILE


def _edited(text: str) -> str:
    return text.replace("a Tuesday", f"edited by hand {text.count('edited')}")


@pytest.mark.parametrize("in_place", [True, False])
@pytest.mark.parametrize("swaps", [True, False])
def test_a_change_between_the_look_and_the_exchange_is_put_back(
    project: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool, in_place: bool
) -> None:
    real = exchange._exchange
    calls: list[str] = []

    def slow(folder: int, one: str, other: str) -> None:
        if not calls:
            _save(project, _edited(FILE), in_place)
        calls.append(one)
        real(folder, one, other)

    monkeypatch.setattr(exchange, "_exchange", slow)
    if not swaps:
        monkeypatch.setattr(rename, "_rename", lambda *_: False)
    with pytest.raises(NotReady):
        set_value(project, RECORD, ["place"], "12")
    assert _text(project) == _edited(FILE)
    assert len(calls) == 2
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_a_second_change_while_putting_back_is_the_one_that_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exchange._exchange
    texts = iter([_edited(FILE), _edited(_edited(FILE)) + "# newest\n"])

    def slow(folder: int, one: str, other: str) -> None:
        text = next(texts, None)
        if text is not None:
            _save(project, text, in_place=False)
        real(folder, one, other)

    monkeypatch.setattr(exchange, "_exchange", slow)
    with pytest.raises(NotReady):
        set_value(project, RECORD, ["place"], "12")
    assert _text(project).endswith("# newest\n")
    assert not [name for name in os.listdir(project / "sessions") if name.startswith(".tmp-")]


def _save(project: Path, text: str, in_place: bool) -> None:
    path = project / f"{RECORD}.yaml"
    if in_place:
        path.write_text(text)
    else:
        other = path.with_name("x.swp")
        other.write_text(text)
        other.rename(path)


def _no_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rename, "_rename", lambda *_: False)


def _no_swap_no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_swap(monkeypatch)

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)


@pytest.mark.parametrize("poorer", [_no_swap, _no_swap_no_links])
def test_it_works_on_poorer_file_systems(
    project: Path, monkeypatch: pytest.MonkeyPatch, poorer: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patch:
        poorer(patch)
        set_value(project, RECORD, ["pain", "after"], "3")
    assert _text(project) == FILE.replace("after: 4", "after: 3")
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_the_new_file_is_the_owners_only(project: Path) -> None:
    (project / f"{RECORD}.yaml").chmod(0o644)
    before = os.umask(0)
    try:
        set_value(project, RECORD, ["place"], "12")
    finally:
        os.umask(before)
    assert stat.S_IMODE((project / f"{RECORD}.yaml").stat().st_mode) == 0o600


@pytest.mark.parametrize(("call", "number"), [("write", 1), ("fsync", 1), ("fsync", 2)])
def test_a_failing_disk_leaves_the_old_file(
    project: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    real, count = getattr(os, call), [0]

    def failing(*args: Any, **more: Any) -> Any:
        count[0] += 1
        if count[0] == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing)
        with pytest.raises(CannotWrite, match="Nothing was changed"):
            set_value(project, RECORD, ["place"], "12")
    assert _text(project) == FILE
    assert os.listdir(project / "sessions") == ["2026-03-10.yaml"]


def test_a_link_is_neither_followed_nor_replaced(project: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim.yaml"
    (project / f"{RECORD}.yaml").rename(victim)
    (project / f"{RECORD}.yaml").symlink_to(victim)
    with pytest.raises(Unreadable, match="link"):
        set_value(project, RECORD, ["place"], "12")
    assert victim.read_text() == FILE
    (project / f"{RECORD}.yaml").unlink()
    (project / "sessions").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (project / "sessions").symlink_to(tmp_path / "elsewhere")
    victim.rename(tmp_path / "elsewhere/2026-03-10.yaml")
    with pytest.raises(Unreadable, match="link"):
        set_value(project, RECORD, ["place"], "12")
    assert (tmp_path / "elsewhere/2026-03-10.yaml").read_text() == FILE


def test_rename_if_free_keeps_the_other_file(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        name = temporary_file(folder, b"one")
        if not rename.rename_if_free(folder, name, "a"):
            pytest.skip("this file system has no such rename")
        other = temporary_file(folder, b"two")
        with pytest.raises(FileExistsError):
            rename.rename_if_free(folder, other, "a")
        assert (tmp_path / "a").read_bytes() == b"one"
        assert rename.swap(folder, other, "a")
        assert ((tmp_path / "a").read_bytes(), (tmp_path / other).read_bytes()) == (b"two", b"one")
    finally:
        os.close(folder)
