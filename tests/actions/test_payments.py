"""Payments for several visits and packages: shared out to the cent, gaps and surpluses named, nothing unused on a paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from builders import a_case, a_payment, a_session, write_case
from commands import files, run
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.record.new_payment import add_payment
from massage_claim.actions.record.package_use import use_package
from massage_claim.calc.money import find_unassigned, sum_up
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.models.payment import Payment
from massage_claim.store.read import read_case
from massage_claim.yamltext import Node
from papers import read_paper, today_is

OPTIONS = {"amount": "--amount", "tip": "--tip", "for": "--for", "package.visits": "--package"}
DAYS = [f"2026-03-{day:02}" for day in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16)]


def visits(folder: Path, count: int = 3, charge: str = "95.00", **case: object) -> Path:
    sessions = tuple(a_session(day, charge=charge) for day in DAYS[:count])
    return write_case(folder, a_case(sessions=sessions, payments=(), **case))  # type: ignore[arg-type]


def named(*days: str) -> list[Node]:
    return [{"session": day} for day in days]


def shares(folder: Path, name: str) -> list[tuple[str, str]]:
    payment = read_case(folder).find(Payment, name)
    assert payment is not None
    return [(share.session.partition("/")[2], str(share.amount)) for share in payment.for_]


def test_visits_named_without_an_amount_are_paid_oldest_first(tmp_path: Path) -> None:
    folder = visits(tmp_path)
    add_payment(folder, {"date": DAYS[0], "amount": "30.00", "for": named(DAYS[0])}, options=OPTIONS)
    tree: dict[str, Node] = {
        "date": DAYS[2],
        "amount": "190.00",
        "tip": "15.00",
        "for": named(DAYS[2], DAYS[0], DAYS[1]),
    }
    result = add_payment(folder, tree, options=OPTIONS)
    assert shares(folder, DAYS[2]) == [(DAYS[2], "15.00"), (DAYS[0], "65.00"), (DAYS[1], "95.00")]
    told = " ".join(result.says)
    assert "Visit of March 3, 2026: $95.00 paid, nothing open." in told
    assert "Visit of March 5, 2026: $15.00 of $95.00 paid, $80.00 still open." in told


def test_a_surplus_is_named(tmp_path: Path) -> None:
    folder = visits(tmp_path)
    tree: dict[str, Node] = {"date": DAYS[0], "amount": "110.00", "for": named(DAYS[0])}
    result = add_payment(folder, tree, options=OPTIONS)
    assert "$15.00 more than it cost" in " ".join(result.says)
    rest = add_payment(folder, {"date": DAYS[1], "amount": "200.00", "for": named(DAYS[1], DAYS[2])}, options=OPTIONS)
    assert "$10.00 of it is for nothing named yet" in " ".join(rest.notes)


def test_a_price_that_nobody_wrote_down_is_not_guessed(tmp_path: Path) -> None:
    sessions = (a_session(DAYS[0], charge=None), a_session(DAYS[1]))
    folder = write_case(tmp_path, a_case(sessions=sessions, payments=()))
    before = files(folder)
    with pytest.raises(UsageProblem, match="not written down"):
        add_payment(folder, {"date": DAYS[1], "amount": "90.00", "for": named(*DAYS[:2])}, options=OPTIONS)
    with pytest.raises(UsageProblem, match="there is no visit"):
        add_payment(folder, {"date": DAYS[1], "amount": "90.00", "for": named("2026-01-01")}, options=OPTIONS)
    assert files(folder) == before


def test_a_package_of_ten_visits_with_tips_to_the_cent(tmp_path: Path) -> None:
    """855.05 for ten visits with a tip of 50.00 on top, and 12.00 cash tip at each visit: the sums are equal to the cent."""
    prices = ["85.51"] * 5 + ["85.50"] * 5
    sessions = tuple(a_session(day, charge=price) for day, price in zip(DAYS, prices, strict=True))
    folder = write_case(tmp_path, a_case(sessions=sessions, payments=()))
    tree: dict[str, Node] = {"date": "2026-03-02", "amount": "905.05", "tip": "50.00", "method": "card ending 4242"}
    bought = add_payment(folder, {**tree, "package": {"visits": "10"}, "for": named(DAYS[0])}, options=OPTIONS)
    assert "9 visits of the package not used yet" in " ".join(bought.says)
    for day in DAYS:
        add_payment(folder, {"date": day, "amount": "12.00", "tip": "12.00", "method": "cash"}, options=OPTIONS)
    use_package(folder, "2026-03-02", DAYS[1:4])
    last = use_package(folder, "payments/2026-03-02", DAYS[4:])
    case = read_case(folder)
    package = case.find(Payment, "2026-03-02")
    assert package is not None
    assert [str(share.amount) for share in package.for_] == prices
    assert sum((share.amount for share in package.for_), Decimal(0)) == Decimal("855.05")
    assert sum((payment.amount for payment in case.payments), Decimal(0)) == Decimal("1025.05")
    both = sum_up(case, case.sessions)
    assert (both.charged, both.paid, both.balance) == (Decimal("855.05"), Decimal("855.05"), Decimal("0.00"))
    assert [find_unassigned(payment) for payment in case.payments] == [Decimal("0.00")] * 11
    assert "not used yet" not in " ".join(last.says)
    with pytest.raises(NotReady, match="paid from this package already"):
        use_package(folder, "2026-03-02", DAYS[:1])
    with pytest.raises(UsageProblem, match="named twice"):
        use_package(folder, "2026-03-02", [DAYS[1], DAYS[1]])
    shown = read_paper(folder, "receipt")
    assert "$855.05" in shown.text
    assert "$905.05" not in shown.text
    assert "12.00" not in shown.text


def test_using_a_package_keeps_the_rest_of_its_file(tmp_path: Path) -> None:
    folder = visits(tmp_path, 4)
    file = folder / "payments/2026-03-02.yaml"
    file.parent.mkdir(exist_ok=True)
    text = "# bought at the desk\ndate: 2026-03-02\namount: 255.00\npackage: {visits: 3}  # spring offer\n"
    file.write_text(text, encoding="utf-8")
    use_package(folder, "2026-03-02", DAYS[:2])
    after = file.read_text("utf-8")
    assert after.startswith(text)
    assert shares(folder, "2026-03-02") == [(DAYS[0], "85.00"), (DAYS[1], "85.00")]
    with pytest.raises(NotReady, match="1 visit left"):
        use_package(folder, "2026-03-02", DAYS[2:4])
    with pytest.raises(UsageProblem, match="no visit is named"):
        use_package(folder, "2026-03-02", [])
    assert file.read_text("utf-8") == after


def test_what_is_no_package(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case())
    with pytest.raises(UsageProblem, match="for no package"):
        use_package(folder, "2026-03-10", ["2026-03-10"])


def test_a_package_dearer_or_cheaper_than_the_written_price_is_said(tmp_path: Path) -> None:
    folder = visits(tmp_path)
    tree: dict[str, Node] = {"date": DAYS[0], "amount": "170.00", "package": {"visits": "2"}, "for": named(DAYS[0])}
    told = " ".join(add_payment(folder, tree, options=OPTIONS).says)
    assert "it cost $85.00 in the package, and $95.00 is written down as its price" in told


def test_more_visits_than_the_package_has(tmp_path: Path) -> None:
    folder = visits(tmp_path)
    tree: dict[str, Node] = {"date": DAYS[0], "amount": "170.00", "package": {"visits": "2"}, "for": named(*DAYS[:3])}
    with pytest.raises(UsageProblem, match="2 visits, and more are named"):
        add_payment(folder, tree, options=OPTIONS)
    with pytest.raises(UsageProblem):
        add_payment(folder, {**tree, "package": {"visits": "0"}, "for": []}, options=OPTIONS)


def test_hsa_money_is_named(tmp_path: Path) -> None:
    folder = visits(tmp_path)
    tree: dict[str, Node] = {"date": DAYS[0], "amount": "95.00", "method": "HSA card", "for": named(DAYS[0])}
    result = add_payment(folder, tree, options=OPTIONS)
    assert "Paid from the HSA" in " ".join(result.notes)


def test_the_command_line(tmp_path: Path) -> None:
    folder = visits(tmp_path)
    with today_is(date(2026, 3, 20)):
        line = ["--date", DAYS[0], "--amount", "255.00", "--package", "3", "--session", DAYS[0], "--no-input"]
        assert run("add-payment", "-C", folder, *line).code == 0
        assert run("add-payment", "-C", folder, "--use", DAYS[0], "--session", DAYS[1], "--session", DAYS[2]).code == 0
        assert run("add-payment", "-C", folder, "--use", DAYS[0], "--amount", "5.00").code == 2
    assert [amount for _, amount in shares(folder, DAYS[0])] == ["85.00"] * 3


def test_the_years_statement_of_payments(tmp_path: Path) -> None:
    sessions = (a_session("2025-12-30"), a_session("2026-03-10"), a_session("2026-03-12", purpose="relaxation"))
    payments = (
        a_payment(
            "2026-01-05",
            "111.00",
            session="2025-12-30",
            tip="15.00",
            for_=[{"session": "2025-12-30", "amount": "96.00"}],
        ),
        a_payment("2026-03-10"),
        a_payment("2026-03-12", session="2026-03-12"),
    )
    folder = write_case(tmp_path, a_case(sessions=sessions, payments=payments))
    shown = read_paper(folder, "statement")
    (table,) = [rows for rows in shown.tables() if rows[0][0] == "Visit"]
    assert [row[:2] + row[3:] for row in table[1:3]] == [
        ["12/30/2025", "01/05/2026", "card ending 4242", "$96.00"],
        ["03/10/2026", "03/10/2026", "card ending 4242", "$96.00"],
    ]
    assert table[3][-1] == "$192.00"
    assert "Ana Petrova, LMT, MA60012345 (WA)" in shown.text  # the only therapist stands once, below the table
    assert len(table) == 4
    assert "tax" not in shown.text.lower()
    with today_is(date(2026, 3, 20)):
        assert run("paper", "statement", "-C", folder, "--year", "2025").code == 1
        assert run("paper", "statement", "-C", folder, "--year", "2026", "--from", "2026-01-01").code == 2
        assert run("paper", "statement", "-C", folder, "--year", "2026").code == 0
        own = write_case(tmp_path / "own", a_case(prepared_by="patient"))
        with pytest.raises(NotReady):
            paper(own, "statement")
