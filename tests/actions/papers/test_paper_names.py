"""What a paper may be called: hyphens, underscores, short names."""

from __future__ import annotations

import pytest

from massage_claim.actions.papers.paper_names import meant
from massage_claim.errors import UsageProblem

NAMES = [
    "for_my_appointment",
    "letter_of_medical_necessity",
    "letter_of_medical_necessity_hsa",
    "statement_of_payments",
    "superbill",
]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("for-my-appointment", "for_my_appointment"),
        ("for_my_appointment", "for_my_appointment"),
        ("For my appointment", "for_my_appointment"),
        ("appointment", "for_my_appointment"),
        ("statement", "statement_of_payments"),
        ("statement-of-payments", "statement_of_payments"),
        ("lmn", "letter_of_medical_necessity"),
        ("letter-of-medical-necessity", "letter_of_medical_necessity"),
        ("hsa", "letter_of_medical_necessity_hsa"),
        ("superbill.md.j2", "superbill"),
    ],
)
def test_a_paper_is_found_by(typed: str, name: str) -> None:
    assert meant(typed, NAMES) == name


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("letter", "Name one of: letter-of-medical-necessity, letter-of-medical-necessity-hsa."),
        ("for-my-apointment", "Did you mean for-my-appointment?"),
        ("zzz", "Name one of: for-my-appointment,"),
        ("", "Name one of: for-my-appointment,"),
    ],
)
def test_a_name_that_is_none_or_several(typed: str, fix: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        meant(typed, NAMES)
    assert caught.value.problems[0].fix.startswith(fix)
