"""Papers of more than one page: heads repeat, there is one grand total, nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from builders import a_case, a_condition, a_prescription, a_session
from papers import read_paper


def test_the_head_is_repeated_and_there_is_one_total(tmp_path: Path) -> None:
    days = [date(2026, 1, 5) + timedelta(days=number) for number in range(60)]
    sessions = tuple(a_session(day, charge="96.50", prescription="2026-01-02") for day in days)
    case = a_case(sessions=sessions, prescriptions=(a_prescription("2026-01-02"),), conditions=(a_condition(),))
    drawn = read_paper(tmp_path, "superbill", case=case)
    assert len(drawn.pages) >= 3
    with_lines = [page for page in drawn.pages if "97124" in page.partition("Codes in plain words")[0]]
    assert len(with_lines) >= 3
    assert all("Body region" in page for page in with_lines)
    assert drawn.text.count("Total ") == 1
    assert "Total $5,790.00 $5,790.00" in drawn.text
    for day in days:
        assert f"{day:%m/%d/%Y} 11 97124" in drawn.text
    assert "Therapist's signature" in drawn.pages[-1]


def test_thirteen_diagnoses_are_two_claims_and_no_pointer_is_lost(tmp_path: Path) -> None:
    codes = [f"M54.{number}" for number in (10, 11, 12, 13, 14, 15, 16, 17, 2, 30, 31, 40, 41)]
    condition = a_condition(diagnoses=[{"code": code, "words": f"pain {code}", "by": "dr-okoye"} for code in codes])
    sessions = tuple(
        a_session(
            date(2026, 3, 2) + timedelta(days=number),
            services=[{"code": "97124", "minutes": 52, "charge": "96.00", "pointers": [code]}],
        )
        for number, code in enumerate(codes)
    )
    case = a_case(conditions=(condition,), sessions=sessions)
    first = read_paper(tmp_path, "superbill", case=case, file="superbill-2026-03-02")
    second = read_paper(tmp_path, "superbill", file="superbill-2026-03-14")
    assert "L M54.40" in first.text
    assert "M54.41" not in first.text
    assert "A M54.41" in second.text
    assert "M54.40" not in second.text
