"""Bad input of every kind: one clear message with file:line and the next move, its exit code, nothing written, no traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import a_case, a_claim, write_case
from commands import Ran, files, process, run

CANARY = "CANARY-4711"
READERS = ("status", "check", "build-packet", "appeal", "paper")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(claims=(a_claim(),)))


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def changed(case: Path) -> None:
        path = case / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return changed


def put(name: str, data: bytes) -> Callable[[Path], None]:
    def made(case: Path) -> None:
        (case / name).parent.mkdir(exist_ok=True)
        (case / name).write_bytes(data)

    return made


SESSION, PAYMENT, DOCTOR = "sessions/2026-03-10.yaml", "payments/2026-03-10.yaml", "providers/dr-okoye.yaml"
BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing key": (change(SESSION, "date: 2026-03-10\n", ""), f"{SESSION}:1"),
    "unknown key": (change(SESSION, "start:", f"strat: {CANARY}\nstart:"), f"{SESSION}:10"),
    "duplicate key": (change(SESSION, "start:", f"place: '{CANARY}'\nstart:"), SESSION),
    "wrong type": (change(SESSION, "minutes: 52", f"minutes: [{CANARY}]"), f"{SESSION}:4"),
    "impossible date": (change(SESSION, "date: 2026-03-10", "date: 2026-02-30"), f"{SESSION}:1"),
    "negative money": (change(PAYMENT, "amount: 96.00", "amount: -96.00"), f"{PAYMENT}:2"),
    "letters in an NPI": (change(DOCTOR, "2345678900", "23456789OO"), DOCTOR),
    "broken YAML": (change(SESSION, "note:", f'note: "{CANARY}'), SESSION),
    "not UTF-8": (put("contacts/2026-03-11.yaml", b"date: 2026-03-11\nsaid: caf\xe9\n"), "contacts/2026-03-11.yaml:2"),
    "UTF-16": (put("contacts/2026-03-11.yaml", "date: 2026-03-11".encode("utf-16")), "contacts/2026-03-11.yaml:1"),
    "a list": (put("contacts/2026-03-11.yaml", b"- a\n- b\n"), "contacts/2026-03-11.yaml:1"),
    "alias": (put("contacts/2026-03-11.yaml", b"date: &a 2026-03-11\nsaid: *a\n"), "contacts/2026-03-11.yaml:1"),
    "a name that leads nowhere": (change(SESSION, "ana-petrova", "nobody"), SESSION),
    "a misspelt folder": (put("sesions/2026-03-11.yaml", b"date: 2026-03-11\n"), "sesions"),
    "a newer format": (change("case.yaml", "format: 1", "format: 99"), "case.yaml:1"),
}


def is_calm(ran: Ran, code: int) -> None:
    both = ran.out + ran.err
    assert ran.code == code, both
    assert "Traceback" not in both
    assert CANARY not in both
    assert ran.out == ""
    assert "Fix: " in ran.err


@pytest.mark.parametrize("what", BAD)
def test_a_bad_record_is_named_with_its_line_by_every_command_that_reads_the_case(case: Path, what: str) -> None:
    spoil, where = BAD[what]
    spoil(case)
    before = files(case)
    overview = run("status", "-C", case)  # goes on without the record, and names it all the same
    assert overview.code in (0, 3)
    assert "Traceback" not in overview.flat
    assert where in overview.flat
    for command in (one for one in READERS if one != "status"):
        ran = run(command, "-C", case)
        is_calm(ran, 3)
        assert where in ran.flat
        said = run(command, "-C", case, "--json")
        assert (said.code, said.json["exit"], said.err) == (3, 3, "")
        places = [f"{p['where']['file']}:{p['where']['line']}" for p in said.json["problems"] if p["where"]]
        assert any(place.startswith(where) for place in places)
    assert files(case) == before


def test_all_bad_records_are_named_at_once(case: Path) -> None:
    for what in (
        "unknown key",
        "impossible date",
        "negative money",
        "letters in an NPI",
        "not UTF-8",
        "a misspelt folder",
    ):
        BAD[what][0](case)
    ran = process("check", "-C", case)
    is_calm(ran, 3)
    assert ran.err.count("Fix: ") == 6


def test_a_folder_that_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in ("empty", "nowhere", "file"):
        for command in (*READERS, "add-session", "verify-coverage", "record-decision"):
            is_calm(run(command, "-C", tmp_path / folder), 3)
    assert sorted(files(tmp_path)) == ["file"]


def test_a_template_with_a_mistake(case: Path) -> None:
    put(
        "templates/superbill.md.j2",
        b"---\ntitle: Mine\nstep: submit\nper: claim\nsigner: none\n---\n\n{{ nonsense.x }}\n",
    )(case)
    before = files(case)
    ran = run("paper", "superbill", "-C", case, "--preview")
    is_calm(ran, 3)
    assert "superbill.md.j2:8" in ran.flat
    assert files(case) == before


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("missing.pdf", None, "does not exist"),
        ("empty.pdf", b"", "empty"),
        ("page.pdf", b"<!doctype html><title>Sign in</title>", "web page"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "damaged"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 32, "JPEG"),
        ("words.docx", b"PK\x03\x04" + b"\x00" * 32, "office document"),
    ],
)
def test_an_attachment_that_cannot_be_used(
    case: Path, tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    before = files(case)
    ran = run("attach", tmp_path / name, "--kind", "receipt", "-C", case)
    is_calm(ran, 5)
    assert f"{name}: " in ran.err
    assert says in ran.flat
    assert files(case) == before


def test_a_file_in_the_way_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "patient.yaml").write_text(CANARY, encoding="utf-8")
    is_calm(run("init", tmp_path / "case"), 4)
    assert files(tmp_path) == {"case/patient.yaml": CANARY.encode()}


def test_a_folder_that_cannot_be_written(case: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").mkdir()
    (case / "coverage").rename(case / "coverage-old")
    (case / "coverage").symlink_to(tmp_path / "victim")
    ran = run("verify-coverage", "-C", case, "--date", "2026-03-01", "--source", "call")
    is_calm(ran, 6)
    assert files(tmp_path / "victim") == {}


def test_a_read_only_folder(case: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (case / "payments").chmod(0o500)
    try:
        is_calm(run("add-payment", "-C", case, "--date", "2026-03-01", "--amount", "5.00"), 6)
    finally:
        (case / "payments").chmod(0o700)


def test_a_wrong_value_is_never_repeated(case: Path) -> None:
    for arguments in (
        ["add-session", "--date", CANARY, "--service", "97124=52:95.00"],
        ["add-session", "--date", "2026-03-11", "--service", CANARY],
        ["add-payment", "--date", "2026-03-11", "--amount", CANARY],
        ["add-provider", "--name", f"{CANARY}\nX"],
        ["verify-coverage", "--date", "2026-03-11", "--source", CANARY],
        ["record-decision", "--about", "claims/2026-03-10", "--notice-date", CANARY],
        ["edit", SESSION, "--set", f"date={CANARY}"],
        ["check", "--step", CANARY],
        ["paper", CANARY],
        ["build-packet", "--from", CANARY],
    ):
        is_calm(run(*arguments, "-C", case), 2)
    is_calm(run("explain", CANARY), 2)
    is_calm(run("init", case / "new", "--example", CANARY), 2)
