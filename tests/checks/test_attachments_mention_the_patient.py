"""An attached paper with text shows the patient's name, birth date and member ID."""

from __future__ import annotations

import pytest

from builders import a_case, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import attachments_mention_the_patient as check


def examined(**found: object) -> dict[str, object]:
    return {"sha256": "0" * 64, "size_bytes": 10, "kind": "pdf", "pages": 1, **found}


def paper(kind: str, *lacks: str) -> object:
    return an_attachment("paper.pdf", kind=kind, examined=examined(lacks=list(lacks)))


def test_quiet_when_all_is_there_or_nothing_was_looked_for() -> None:
    assert_quiet(check, a_case())
    whole = an_attachment("s.pdf", kind="superbill", examined=examined(mentions=["name", "birth date", "member ID"]))
    assert_quiet(check, a_case(attachments=(whole,)))


def test_quiet_about_papers_that_need_not_name_the_patient() -> None:
    assert_quiet(check, a_case(attachments=(paper("receipt", "name"), paper("plan-page", "name"))))


@pytest.mark.parametrize("kind", ["prescription", "letter", "superbill", "authorization", "eob", "denial"])
def test_finds_a_paper_without_the_name(kind: str) -> None:
    case = a_case(attachments=(paper(kind, "name"),))
    found = assert_finds(check, case, "does not show the patient's name", severity=Severity.RISKY)
    assert found.where is not None
    assert found.where.file == "attachments/paper.yaml"


def test_what_should_be_there_is_advice() -> None:
    case = a_case(attachments=(paper("superbill", "member ID", "birth date"),))
    assert_finds(check, case, "the patient's birth date or member ID", severity=Severity.ADVICE)
