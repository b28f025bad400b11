"""`expenses`: the year on the screen, on paper and as CSV, all with the same cents."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_claim, a_decision, a_payment, a_session, write_case
from commands import Ran, files, run
from massage_claim.packet.pdf_file import read_texts
from massage_claim.writing.blocks import Table, plain
from papers import every, read_paper, squeezed, today_is

DAYS = ("2026-03-10", "2026-03-17", "2026-03-19")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One visit from an HSA that the plan paid for later, one of one's own money with a tip, one for relaxation."""
    sessions = (a_session(DAYS[0]), a_session(DAYS[1]), a_session(DAYS[2], purpose="relaxation"))
    payments = (
        a_payment(DAYS[0], from_="hsa", method="=HYPERLINK(1)"),
        a_payment(DAYS[1], "110.00", tip="14.00", for_=[{"session": DAYS[1], "amount": "96.00"}]),
        a_payment(DAYS[2]),
    )
    line = {"service_date": DAYS[0], "code": "97124", "paid": "50.40"}
    decision = a_decision(lines=[line], total_paid="50.40", outcome="paid", adjustments=None)
    case = a_case(
        prepared_by="patient",
        sessions=sessions,
        payments=payments,
        claims=[a_claim(sessions[:2])],
        decisions=[decision],
        attachments=(),
    )
    return write_case(tmp_path / "case", case)


def year(folder: Path, *options: object) -> Ran:
    with today_is(TODAY):
        return run("expenses", "--year", "2026", "-C", folder, *options)


def test_the_screen_the_paper_and_the_csv_agree(folder: Path, tmp_path: Path) -> None:
    ran = year(folder, "--csv", tmp_path / "care.csv")
    assert ran.code == 0, ran.flat
    assert "Paid for treatment in 2026: $192.00, for 2 visits." in ran.flat
    assert "Paid back by the plan: $50.40. Left to you: $141.60." in ran.flat
    assert "Of that $45.60 from HSA, $96.00 from your own pocket." in ran.flat
    assert "Not counted: $14.00, tips." in ran.flat
    assert "Not counted: $96.00, visits for relaxation." in ran.flat
    assert "The plan paid back $50.40 that an account had paid." in ran.flat
    (text,) = read_texts((folder / "out/papers/tax_and_hsa_summary-2026.pdf").read_bytes())
    for words in ("$192.00", "$141.60", "$45.60", "Look at this.", "7.5 percent", "$14.00: tips", "no tax advice"):
        assert squeezed(words) in squeezed(text), words
    rows = list(csv.DictReader(io.StringIO((tmp_path / "care.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["paid_on"], row["account"], row["left_to_you"]) for row in rows] == [
        (DAYS[0], "hsa", "45.60"),
        (DAYS[1], "", "96.00"),
    ]
    assert rows[0]["how"] == "'=HYPERLINK(1)"
    assert sum(Decimal(row["paid"]) for row in rows) == Decimal("192.00")


def test_the_table_adds_up_on_paper(folder: Path) -> None:
    shown = read_paper(folder, "tax-and-hsa-summary")
    (table,) = [block for block in every(shown.blocks) if isinstance(block, Table)]
    assert [plain(cell) for cell in table.rows[-1]] == ["Total", "2 visits", "", "$192.00", "$50.40", "$141.60", ""]
    assert "for 2026" in shown.text
    assert "check with a tax adviser" in shown.text


def test_it_writes_the_paper_alone_and_the_same_bytes_again(folder: Path) -> None:
    before = files(folder)
    assert year(folder, "--dry-run").code == 0
    assert files(folder) == before
    year(folder)
    first = files(folder)
    assert first.keys() - before.keys() == {"out/papers/tax_and_hsa_summary-2026.pdf"}
    year(folder)
    assert files(folder) == first


def test_a_csv_file_of_its_own_is_written_anew_and_another_never(folder: Path, tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.csv", tmp_path / "other.csv"
    other.write_text("date,amount\n")
    assert [year(folder, "--csv", mine).code for _ in range(2)] == [0, 0]
    refused = year(folder, "--csv", other)
    assert (refused.code, other.read_text()) == (4, "date,amount\n")
    assert year(folder, "--csv", tmp_path / "care.txt").code == 2
    assert year(folder, "--csv", tmp_path / "none" / "care.csv").code == 2
    assert (mine.stat().st_mode & 0o077) == 0


def test_a_year_without_payments_names_those_with_some(folder: Path) -> None:
    with today_is(TODAY):
        ran = run("expenses", "--year", "2024", "-C", folder)
        assert (ran.code, "Choose a year with payments: 2026." in ran.flat) == (1, True)
        assert run("expenses", "-C", folder).code == 2
        assert run("expenses", "--year", "26", "-C", folder).code == 2


def test_a_practice_prints_its_statement_instead(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case())
    ran = year(folder)
    assert (ran.code, "paper statement --from 2026-01-01 --to 2026-12-31" in ran.flat) == (1, True)


def test_the_paper_alone_asks_for_a_payment_of_its_year_and_for_the_patients_case(folder: Path, tmp_path: Path) -> None:
    with today_is(TODAY):
        ran = run("paper", "tax-and-hsa-summary", "--from", "2024-01-01", "-C", folder)
        assert (ran.code, "a payment for treatment in 2024 is missing" in ran.flat) == (1, True)
        other = run("paper", "tax-and-hsa-summary", "-C", write_case(tmp_path / "practice", a_case()))
        assert (other.code, "paper statement" in other.flat) == (1, True)
