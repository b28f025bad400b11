"""Every attached file is described, tied, readable and unchanged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import a_case, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import attachments_are_described_and_unchanged as check
from massage_claim.models.attachment import Attachment

FOR = ["prescriptions/2026-03-02"]


def scan(**fields: object) -> object:
    return a_case(attachments=(an_attachment("order.pdf", for_=FOR, **fields),))


def test_quiet_about_described_files() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(attachments=(an_attachment("study.pdf", kind="article", for_=None),)))


def test_finds_a_bare_file() -> None:
    case = a_case()
    bare = Attachment(file="IMG_0001.jpg", kind="other", record_id="attachments/IMG_0001")
    case = replace(case, attachments=(*case.attachments, bare))
    assert_finds(
        check, case, "Nothing says what this file is", severity=Severity.RISKY, where="attachments/IMG_0001.jpg"
    )


def test_finds_a_file_tied_to_nothing() -> None:
    case = a_case(attachments=(an_attachment("r.pdf", kind="receipt", for_=None),))
    assert_finds(check, case, "tied to no record", severity=Severity.RISKY)


@pytest.mark.parametrize("fields", [{"sha256": None}, {"examined": None}])
def test_finds_a_file_that_was_never_examined(fields: dict[str, object]) -> None:
    assert_finds(check, scan(**fields), "never examined", severity=Severity.RISKY)


@pytest.mark.parametrize(
    ("examined", "words", "severity"),
    [
        ({"sha256": "0" * 64, "pages": 1}, "not the one that was examined", Severity.MUST_FIX),
        ({"pages": 1, "needs_password": "true"}, "only with a password", Severity.MUST_FIX),
        ({"pages": 0}, "has no page", Severity.MUST_FIX),
        ({"pages": 1, "looks_dark": "yes"}, "too dark", Severity.ADVICE),
    ],
)
def test_finds_what_the_examination_found(examined: dict[str, object], words: str, severity: Severity) -> None:
    assert_finds(check, scan(examined=examined), words, severity=severity, where="attachments/order.yaml")


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ({}, "is not in the folder"),
        ({"order.pdf": 0}, "is empty now"),
        ({"order.pdf": 1}, "has changed since it was examined"),
    ],
)
def test_finds_a_file_that_is_gone_emptied_or_changed(sizes: dict[str, int], words: str) -> None:
    case = replace(scan(), attachment_sizes=sizes)
    assert_finds(check, case, words, severity=Severity.MUST_FIX, where="attachments/order.yaml")


def test_quiet_about_a_file_of_the_same_size() -> None:
    case = scan()
    size = int(str(case.attachments[0].examined["size_bytes"]))
    assert_quiet(check, replace(case, attachment_sizes={"order.pdf": size}))
