"""One visit and its payment: defaults from the last visits, both units rules, two files or none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import a_case, a_doctor, a_prescription, a_provider, a_session, write_case, write_record
from commands import files, run
from massage_claim.actions.record.last_visits import usual
from massage_claim.actions.record.new_session import add_session
from massage_claim.errors import CannotWrite, UsageProblem, WouldOverwrite
from massage_claim.models.payment import Payment
from massage_claim.models.session import Session
from massage_claim.store.read import read_case
from massage_claim.yamltext import Node
from papers import today_is

VISIT: dict[str, Node] = {"date": "2026-03-17", "services": [{"code": "97124", "minutes": "52", "charge": "99.00"}]}
OPTIONS = {"date": "--date", "services": "--service", "amount": "--paid", "tip": "--tip", "place": "--place"}


def one(date: str = "2026-03-17", **service: str) -> dict[str, Node]:
    return {"date": date, "services": [{"code": "97124", **service}]}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case")


def session(folder: Path, name: str) -> Session:
    found = read_case(folder).find(Session, name)
    assert found is not None
    return found


def test_what_is_not_said_comes_from_the_last_visit_and_is_named(case: Path) -> None:
    result = add_session(case, one(minutes="50"), options=OPTIONS)
    added = session(case, "2026-03-17")
    assert (added.rendering, added.prescription, added.place) == (
        "providers/ana-petrova",
        "prescriptions/2026-03-02",
        "11",
    )
    assert str(added.charge) == str(added.price_agreed) == "96.00"
    assert (added.note, added.regions, added.pain) == (None, (), None)
    assert (added.start, added.end) == (None, None), "nobody said when"
    taken = "Filled in from what is written down already: who treated, the order, the place, the price."
    assert taken in result.notes


def test_times_are_those_of_the_last_visit_only_when_the_person_says_so(case: Path) -> None:
    result = add_session(case, one(minutes="50"), options=OPTIONS, same_times=True)
    added = session(case, "2026-03-17")
    assert [str(added.start), str(added.end)] == ["10:00:00", "11:00:00"]
    assert "Times as at the last visit: 10:00 to 11:00." in result.notes


@pytest.mark.parametrize("said", [{"start": "14:00"}, {"end": "14:00"}, {}])
def test_the_same_times_are_refused_beside_others_and_where_they_do_not_fit(case: Path, said: dict[str, str]) -> None:
    minutes = "50" if said else "70"  # the last visit was an hour long
    with pytest.raises(UsageProblem, match="--same-times"):
        add_session(case, {**one(minutes=minutes), **said}, options=OPTIONS, same_times=True)
    assert not (case / "sessions/2026-03-17.yaml").exists()


def test_a_visit_that_is_there_already_is_refused_before_anything_is_written(case: Path) -> None:
    before = files(case)
    for same in (
        one("2026-03-10", minutes="52"),
        {**one("2026-03-10", minutes="30"), "start": "10:30", "end": "11:30"},
    ):
        with pytest.raises(WouldOverwrite) as refused:
            add_session(case, same, paid={"amount": "96.00"}, options=OPTIONS)
        assert "--second-visit" in refused.value.problems[0].fix
    assert files(case) == before
    at_another_time = {**one("2026-03-10", minutes="52"), "start": "15:00", "end": "16:00"}
    assert add_session(case, at_another_time, options=OPTIONS).written == ("sessions/2026-03-10-2.yaml",)
    other_code: dict[str, Node] = {"date": "2026-03-10", "services": [{"code": "97140", "minutes": "15"}]}
    assert add_session(case, other_code, options=OPTIONS).written == ("sessions/2026-03-10-3.yaml",)
    again = add_session(case, one("2026-03-10", minutes="52"), options=OPTIONS, second_visit=True)
    assert again.written == ("sessions/2026-03-10-4.yaml",)


def test_hints_an_auditor_would_give(case: Path) -> None:
    note = {
        "s": "Pain 6 of 10 after a day at the desk.",
        "o": "Tight lumbar muscles on both sides; slow stroking and kneading.",
        "a": "Less guarding, bends further forward.",
        "p": "Again in a week.",
    }
    result = add_session(case, {**one(minutes="60"), "note": dict(note)}, options=OPTIONS, same_times=True)
    told = " ".join(result.says)
    assert "word for word that of March 10, 2026" in told
    assert "the hands-on minutes are the whole time from start to end" in told
    nearly = add_session(
        case, {**one("2026-03-18", minutes="52"), "note": {**note, "p": "Again in two weeks."}}, options=OPTIONS
    )
    assert "nearly the same as that of" in " ".join(nearly.says)
    own: dict[str, Node] = {"text": "Slept badly, the neck turns better."}
    quiet = add_session(case, {**one("2026-03-19", minutes="52"), "note": own}, options=OPTIONS)
    assert "Hint" not in " ".join(quiet.says)


def test_a_code_nobody_knows_yet_is_a_question_for_the_therapist(case: Path) -> None:
    tree: dict[str, Node] = {
        "date": "2026-03-17",
        "services": [{"code": "unknown", "minutes": "52", "charge": "95.00"}],
    }
    result = add_session(case, tree, options=OPTIONS)
    assert "code not known yet 52 min" in " ".join(result.says)
    assert not any("Units" in line for line in result.says)
    with today_is(date(2026, 3, 20)):
        asked = run("check", "-C", case, "--ask", "therapist")
        assert "The procedure code as it stands on your bill, for the visit of March 17, 2026" in asked.flat
        shown = run("paper", "superbill", "-C", case, "--for", "2026-03-17", "--no-input")
    assert shown.code == 1
    assert "procedure code, units of the visit on 2026-03-17 is missing" in shown.flat


def test_the_command_asks_whether_there_were_two_visits(case: Path) -> None:
    line = ["add-session", "-C", case, "--date", "2026-03-10", "--service", "97124=52:96.00", "--no-input"]
    with today_is(date(2026, 3, 20)):
        assert run(*line).code == 4
        assert (
            run(*line, "--second-visit", "--region", "97124:neck", "--region", "hips", "--diagnosis", "M54.2").code == 0
        )
    added = session(case, "2026-03-10-2")
    assert (added.regions, added.services[0].regions, added.services[0].pointers) == (("hips",), ("neck",), ("M54.2",))


def test_what_is_said_stands(case: Path) -> None:
    add_session(case, {**VISIT, "place": "12", "price_agreed": "90.00"}, options=OPTIONS)
    added = session(case, "2026-03-17")
    assert (added.place, str(added.charge), str(added.price_agreed)) == ("12", "99.00", "90.00")


def test_without_defaults_nothing_is_taken_over(case: Path) -> None:
    add_session(case, one(minutes="52"), options=OPTIONS, defaults=False)
    added = session(case, "2026-03-17")
    assert (added.rendering, added.prescription, added.place, added.charge) == (None, None, None, None)


def test_the_first_visit_takes_the_only_therapist_and_order(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=()))
    add_session(folder, VISIT, options=OPTIONS)
    assert session(folder, "2026-03-17").rendering == "providers/ana-petrova"
    assert session(folder, "2026-03-17").prescription == "prescriptions/2026-03-02"


def test_the_first_visit_does_not_choose_between_two(tmp_path: Path) -> None:
    two = (a_provider(), a_provider("second-therapist"), a_doctor())
    orders = (a_prescription(), a_prescription("2026-03-05"))
    folder = write_case(tmp_path / "case", a_case(sessions=(), prescriptions=orders, providers=two))
    add_session(folder, VISIT, options=OPTIONS)
    assert session(folder, "2026-03-17").rendering is None
    assert session(folder, "2026-03-17").prescription is None


@pytest.mark.parametrize("date", ["2026-06-01", "2026-03-01"])
def test_an_order_that_does_not_cover_the_day_is_not_taken_over(case: Path, date: str) -> None:
    result = add_session(case, one(date, minutes="52"), options=OPTIONS)
    assert session(case, date).prescription is None
    assert any("does not cover this date" in note and "--prescription" in note for note in result.notes)


def test_a_relaxation_visit_takes_and_gives_no_default(case: Path) -> None:
    add_session(case, {**one("2026-03-17", minutes="30", charge="40.00"), "purpose": "relaxation"}, options=OPTIONS)
    assert session(case, "2026-03-17").prescription is None
    add_session(case, one("2026-03-18", minutes="52"), options=OPTIONS)
    assert str(session(case, "2026-03-18").charge) == "96.00"


def test_the_price_of_another_code_is_not_taken_over(case: Path) -> None:
    add_session(case, {"date": "2026-03-17", "services": [{"code": "97140", "minutes": "15"}]}, options=OPTIONS)
    assert session(case, "2026-03-17").charge is None


def test_it_reads_the_last_five_visits_only(tmp_path: Path) -> None:
    visits = [a_session(date=f"2026-03-{day:02}") for day in range(3, 12)]
    folder = write_case(tmp_path / "case", a_case(sessions=visits))
    for name in ("sessions/2026-03-03", "sessions/2026-03-06", "measures/2026-03-02", "coverage/2026-02-20"):
        (folder / f"{name}.yaml").write_text("damaged: [", encoding="utf-8")
    assert [visit.stem for visit in usual(folder).sessions] == [f"2026-03-{day:02}" for day in (11, 10, 9, 8, 7)]
    assert add_session(folder, VISIT, options=OPTIONS).written == ("sessions/2026-03-17.yaml",)


def test_a_damaged_last_visit_gives_no_default_and_no_failure(case: Path) -> None:
    (case / "sessions/2026-03-10.yaml").write_text("damaged: [", encoding="utf-8")
    result = add_session(case, VISIT, options=OPTIONS)
    assert result.written == ("sessions/2026-03-17.yaml",)


def test_a_payment_at_the_visit_is_a_second_file_for_that_very_visit(case: Path) -> None:
    paid: dict[str, Node] = {"amount": "110.00", "tip": "11.00", "method": "card ending 4242"}
    result = add_session(case, {**VISIT, "date": "2026-03-10"}, paid=paid, options=OPTIONS, second_visit=True)
    assert result.written == ("sessions/2026-03-10-2.yaml", "payments/2026-03-10-2.yaml")
    payment = read_case(case).find(Payment, "2026-03-10-2")
    assert payment is not None
    assert [(share.session, str(share.amount)) for share in payment.for_] == [("sessions/2026-03-10-2", "99.00")]
    assert (str(payment.amount), str(payment.tip), payment.from_, payment.method) == (
        "110.00",
        "11.00",
        "card",
        "card ending 4242",
    )


@pytest.mark.parametrize(
    "paid",
    [
        {"amount": "-5.00"},
        {"amount": "95"},
        {"amount": "95.00", "tip": "96.00"},
        {"amount": "95.00", "tip": "x"},
        {"tip": "5.00"},
    ],
)
def test_a_wrong_payment_writes_neither_file(case: Path, paid: dict[str, Node]) -> None:
    before = files(case)
    with pytest.raises(UsageProblem):
        add_session(case, VISIT, paid=paid, options=OPTIONS)
    assert files(case) == before


def test_when_the_payment_cannot_be_written_it_says_that_the_visit_was(case: Path) -> None:
    for file in (case / "payments").iterdir():
        file.unlink()
    (case / "payments").rmdir()
    (case / "payments").write_text("in the way", encoding="utf-8")
    with pytest.raises(CannotWrite) as failed:
        add_session(case, VISIT, paid={"amount": "99.00"}, options=OPTIONS)
    assert "sessions/2026-03-17.yaml was written; its payment was not." in [p.says for p in failed.value.problems]
    assert (case / "sessions/2026-03-17.yaml").is_file()


def test_some_prices_and_not_others_are_refused(case: Path) -> None:
    services: list[Node] = [{"code": "97124", "minutes": "38", "charge": "64.00"}, {"code": "97140", "minutes": "15"}]
    before = files(case)
    with pytest.raises(UsageProblem) as refused:
        add_session(case, {"date": "2026-03-17", "services": services}, options=OPTIONS)
    assert refused.value.problems[0].says.startswith("--service")
    assert files(case) == before


def test_the_price_agreed_is_the_sum(case: Path) -> None:
    services: list[Node] = [
        {"code": "97124", "minutes": "38", "charge": "64.00"},
        {"code": "97140", "minutes": "15", "charge": "32.50"},
    ]
    add_session(case, {"date": "2026-03-17", "services": services}, options=OPTIONS)
    assert str(session(case, "2026-03-17").price_agreed) == "96.50"


def test_a_note_without_a_named_author_is_by_who_prepares_the_papers(tmp_path: Path) -> None:
    for who, author in (("practice", "therapist"), ("patient", "patient")):
        folder = write_case(tmp_path / who, a_case(prepared_by=who))
        add_session(folder, {**VISIT, "note": {"text": "Better."}}, options=OPTIONS)
        note = session(folder, "2026-03-17").note
        assert note is not None
        assert note.author == author


@pytest.mark.parametrize(
    ("services", "says"),
    [
        ([("97124", "52", None)], "Units from the minutes: 3, by Medicare's rule and by the midpoint rule."),
        ([("97124", "52", "3")], "Billed: 3. That fits."),
        ([("97124", "52", "5")], "Billed: 5. That is more than either rule gives: ask the therapist."),
        (
            [("97124", "10", None), ("97140", "10", None)],
            "Units from the minutes: 1 by Medicare's rule, 2 by the midpoint rule. Plans differ.",
        ),
    ],
)
def test_both_unit_rules_are_said_beside_what_was_billed(
    case: Path, services: list[tuple[str, str, str | None]], says: str
) -> None:
    rows: list[Node] = [
        {"code": code, "minutes": minutes, "charge": "50.00", "units": units} for code, minutes, units in services
    ]
    assert says in add_session(case, {"date": "2026-03-17", "services": rows}, options=OPTIONS).says


def test_without_minutes_no_units_are_said(case: Path) -> None:
    assert not any("Units" in line for line in add_session(case, one(), options=OPTIONS).says)


def test_the_next_move_names_the_file_that_was_written(case: Path) -> None:
    result = add_session(case, {**VISIT, "date": "2026-03-10"}, options=OPTIONS, second_visit=True)
    assert result.next is not None
    assert result.next.startswith("massage-claim edit sessions/2026-03-10-2 ")


def test_a_dry_run_shows_both_files(case: Path) -> None:
    before = files(case)
    result = add_session(case, VISIT, paid={"amount": "99.00"}, options=OPTIONS, dry_run=True)
    assert "sessions/2026-03-17.yaml" in result.says[0]
    assert any("payments/2026-03-17.yaml" in line for line in result.says)
    assert files(case) == before


def test_another_order_by_name(case: Path) -> None:
    write_record(case, a_prescription("2026-03-15"))
    add_session(case, {**VISIT, "prescription": "2026-03-15"}, options=OPTIONS)
    assert session(case, "2026-03-17").prescription == "prescriptions/2026-03-15"
