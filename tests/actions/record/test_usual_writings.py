"""Days, amounts, times and states as people write them: one reading for prompts and options, and none for files."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, write_case
from commands import run
from massage_claim.actions.record.usual_writings import as_kept, day_first, day_written, usual_writings, why_no_day
from massage_claim.models.payment import Payment
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session
from massage_claim.store.read import read_case


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())
    return write_case(tmp_path / "case", a_case())


def test_dates_amounts_and_times() -> None:
    for written in ("1/14/2026", "01-14-2026", "Jan 14, 2026", "January 14th 2026", "14 Jan 2026", "2026/1/14"):
        assert usual_writings(written) == ("2026-01-14",)
    assert (usual_writings("$1,095"), usual_writings("90"), usual_writings("90$")) == (
        ("1095.00",),
        ("90.00",),
        ("90.00",),
    )
    assert [usual_writings(text)[0] for text in ("9 am", "12:30 pm", "12 am", "9.15pm")] == [
        "09:00",
        "12:30",
        "00:00",
        "21:15",
    ]
    for refused in ("13 pm", "14.1.2026", "soon", "95.555", "1/14/26", "Marchy 3, 2026"):
        assert usual_writings(refused) == ()


def test_states_by_their_names() -> None:
    assert usual_writings("west virginia") == ("WV",)
    assert usual_writings("Ohioo") == ()


def test_a_day_that_can_mean_two_is_refused_with_the_reason() -> None:
    assert day_first("31/12/2026") == "2026-12-31"
    assert (day_first("12/31/2026"), day_first("31/11/2026")) == (None, None)
    assert why_no_day("1/14/26") == ("Its year has two digits.", "Write all four: 1/31/2026 or 2026-01-31.")
    assert why_no_day("1/14/2026") is None
    assert day_written(" 3/4/2026 ").isoformat() == "2026-03-04"
    for refused in ("31/12/2026", "20260304", "2/30/2026"):
        with pytest.raises(ValueError):  # noqa: PT011 - the option's own message is said by its command
            day_written(refused)


def test_only_what_a_record_refuses_is_written_anew() -> None:
    given = {"date": "3/4/2026", "amount": "90", "method": "3/4/2026"}
    kept, said = as_kept(Payment, given)
    assert kept == {"date": "2026-03-04", "amount": "90.00", "method": "3/4/2026"}
    assert said == ("2026-03-04",)
    assert given["amount"] == "90"
    visit = {"date": "2026-03-04", "services": [{"code": "97124", "charge": "90"}, {"code": "97140", "charge": "x"}]}
    services = as_kept(Session, visit)[0]["services"]
    assert services == [{"code": "97124", "charge": "90.00"}, {"code": "97140", "charge": "x"}]


def test_options_take_them_and_the_day_is_shown_back(folder: Path) -> None:
    ran = run("add-payment", "-C", folder, "--date", "3/18/2026", "--amount", "90", "--tip", "$5", "--no-input")
    assert (ran.code, ran.err) == (0, "Taken as 2026-03-18.\n")
    (payment,) = [one for one in read_case(folder).payments if one.stem == "2026-03-18"]
    assert (str(payment.amount), str(payment.tip)) == ("90.00", "5.00")
    changed = run("edit", "payments/2026-03-18", "-C", folder, "--set", "date=March 19, 2026", "--set", "amount=91")
    assert changed.code == 0
    text = (folder / "payments/2026-03-18.yaml").read_text(encoding="utf-8")
    assert text.startswith("date: 2026-03-19\namount: 91.00\n")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--date", "31/12/2025"], "--date: this is not a date that can be read in one way."),
        (["--date", "1/14/26"], "--date: this is not a date that can be read in one way."),
        (["--date", "2/30/2026"], "--date: this is not a date."),
        (["--service", "97140=x:32.00"], "--service 2, minutes: this is not a number of minutes."),
        (["--service", "97140=15:95.555"], "--service 2, charge: this is not an amount of dollars and cents."),
    ],
)
def test_a_refusal_names_the_option_that_was_typed(folder: Path, options: list[str], says: str) -> None:
    whole = ["--service", "97124=38:64"] + (["--date", "2026-03-18"] if "--date" not in options else [])
    ran = run("add-session", "-C", folder, *whole, *options, "--no-input")
    assert ran.code == 2
    assert says in ran.flat
    assert "services[" not in ran.flat


def test_a_file_is_not_read_this_way(folder: Path) -> None:
    file = folder / "payments/2026-03-10.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("96.00", "96"), encoding="utf-8")
    ran = run("check", "-C", folder)
    assert ran.code == 3
    assert "is not an amount of dollars and cents" in ran.flat


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1–2 times a week", "1-2"),
        ("1 to 2", "1-2"),
        ("1-2x/week", "1-2"),
        ("twice a week", "2"),
        ("3 times per week", "3"),
        ("6 to 8 weeks", "6-8"),
        ("6 weeks", "6"),
        ("12 visits", "12"),
    ],
)
def test_how_often_is_read_as_an_order_says_it(text: str, meant: str) -> None:
    assert meant in usual_writings(text)
    folder_field = "weeks" if "weeks" in text else "visits" if "visits" in text else "per_week"
    kept, _ = as_kept(Prescription, {"date": "2026-03-02", "referring": "dr-okoye", folder_field: text})
    assert kept[folder_field] == meant


@pytest.mark.parametrize("text", ["2-1", "often", "1-2-3", "as needed", "-1"])
def test_what_is_no_number_on_an_order_stays_for_its_refusal(text: str) -> None:
    kept, _ = as_kept(Prescription, {"date": "2026-03-02", "referring": "dr-okoye", "per_week": text})
    assert kept["per_week"] == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("(614) 555 0142", "(614) 555 0142"),
        ("614/555-0142", "614-555-0142"),
        ("614 - 555 - 0142", "614-555-0142"),
        ("+1.614.555.0142", "+1.614.555.0142"),
        ("1 (614) 555-0142 extension 7", "614-555-0142 ext. 7"),
        ("Tel. 614-555-0142", "614-555-0142"),
    ],
)
def test_a_phone_number_in_any_shape(text: str, kept: str) -> None:
    taken, _ = as_kept(Provider, {"name": "Dr. Ada Okoye", "roles": ["referring"], "phone": text})
    assert taken["phone"] == kept
