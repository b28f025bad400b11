"""An attached paper with text shows the patient's name, birth date and member ID."""

from __future__ import annotations

import pytest

from builders import a_case, a_patient, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.calc.patient_marks import digest_of, list_spellings
from massage_claim.checks import Severity
from massage_claim.checks import attachments_mention_the_patient as check
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case


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


def compared_with(case: object, *lacks: str) -> object:
    """A letter that was compared with the patient and the plan of `case`."""
    letter = an_attachment("letter.pdf", kind="letter")
    digest = digest_of(list_spellings(case.patient, case.plan), letter.sha256)
    return letter.model_copy(update={"examined": examined(lacks=list(lacks), looked_for=digest)})


def test_what_was_compared_with_other_data_is_not_judged_but_said() -> None:
    before, after = a_case(), a_case(patient=a_patient(name="Another Name"))
    letter = compared_with(before, "name")
    assert_finds(check, a_case(attachments=(letter,)), "does not show the patient's name")
    stale = a_case(attachments=(letter,), patient=after.patient)
    found = assert_finds(check, stale, "has changed since 1 attached paper was compared", severity=Severity.RISKY)
    assert "`massage-claim attach --again`" in found.fix
    assert_quiet(check, a_case(attachments=(compared_with(after),), patient=after.patient))


def test_two_files_never_show_the_same_digest() -> None:
    case = a_case()
    look_for = list_spellings(case.patient, case.plan)
    assert digest_of(look_for, "0" * 64) != digest_of(look_for, "1" * 64)
    assert digest_of(look_for, "0" * 64) == digest_of(dict(reversed(look_for.items())), "0" * 64)


@pytest.mark.parametrize("example", ["low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa"])
def test_the_examples_were_compared_with_their_own_records(example: str) -> None:
    case = read_case(shipped("examples") / example)
    assert any((attachment.examined or {}).get("looked_for") for attachment in case.attachments)
    assert_quiet(check, case)
