"""Step 2 written down: each statement with its speaker, dates that can't be are refused, gaps of an order are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TODAY, a_case, a_condition, a_doctor, an_attachment, write_case
from commands import files, run
from massage_claim.actions.record.new_condition import add_condition
from massage_claim.actions.record.new_prescription import add_prescription
from massage_claim.errors import UsageProblem
from massage_claim.models.condition import Condition
from massage_claim.models.prescription import Prescription
from massage_claim.store.read import read_case
from massage_claim.yamltext import Node

OPTIONS = {"onset": "--onset", "treatments_tried": "--tried", "said_by": "--said-by"}
ORDER_OPTIONS = {"date": "--date", "valid_until": "--valid-until", "signed_on": "--signed-on"}
COMPLETE: dict[str, Node] = {
    "date": "2026-03-09",
    "referring": "dr-okoye",
    "condition": "low-back",
    "service": "massage therapy",
    "regions": ["low back"],
    "minutes_per_visit": "60",
    "per_week": "2",
    "weeks": "4",
    "visits": "8",
    "valid_until": "2026-05-31",
    "goals": ["sit for an hour"],
    "signed": "yes",
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = a_case()
    return write_case(
        tmp_path / "case", a_case(attachments=(*case.attachments, an_attachment("pt.pdf", kind="pt-discharge")))
    )


def added(folder: Path, **tree: Node) -> Condition:
    add_condition(folder, {"name": "Neck pain", **tree}, options=OPTIONS)
    found = read_case(folder).find(Condition, "neck-pain")
    assert found is not None
    return found


# --- the condition


def test_each_statement_keeps_its_own_speaker_named_in_full(folder: Path) -> None:
    condition = added(
        folder,
        onset="2026-01-05",
        onset_said_by="dr-okoye",
        cause={"text": "A fall.", "said_by": "patient"},
        history={"text": "It stayed.", "said_by": "pt"},
        treatments_tried=[{"what": "PT", "said_by": "attachments/pt"}, {"what": "heat", "said_by": "patient"}],
        limits=[{"activity": "driving", "now": "10 minutes", "said_by": "providers/dr-okoye"}],
        goals=[{"measure": "driving", "target": "60", "by": "2026-06-30", "said_by": "dr-okoye"}],
    )
    assert condition.cause is not None
    assert condition.history is not None
    assert [
        condition.onset_said_by,
        condition.cause.said_by,
        condition.history.said_by,
        *(one.said_by for one in (*condition.treatments_tried, *condition.limits, *condition.goals)),
    ] == [
        "providers/dr-okoye",
        "patient",
        "attachments/pt",
        "attachments/pt",
        "patient",
        "providers/dr-okoye",
        "providers/dr-okoye",
    ]


def test_several_diagnoses_each_with_its_maker(folder: Path) -> None:
    codes: list[Node] = [{"code": "M54.2", "by": "dr-okoye"}, {"code": "G44.209", "words": "tension", "by": "dr-okoye"}]
    condition = added(folder, diagnoses=codes)
    assert [(one.code, one.by) for one in condition.diagnoses] == [
        ("M54.2", "providers/dr-okoye"),
        ("G44.209", "providers/dr-okoye"),
    ]


@pytest.mark.parametrize(
    ("tree", "option"),
    [
        ({"onset": "2026-03-21"}, "--onset"),
        ({"treatments_tried": [{"what": "PT", "from": "2026-02", "to": "2026-01"}]}, "--tried"),
        ({"treatments_tried": [{"what": "PT", "from": "2026-02-10", "to": "2025"}]}, "--tried"),
        ({"cause": {"text": "A fall.", "said_by": "dr-nobody"}}, "--said-by"),
        ({"onset": "2026-01-01", "onset_said_by": "my neighbour"}, "--said-by"),
    ],
)
def test_what_cannot_be_is_refused_and_names_the_option(folder: Path, tree: dict[str, Node], option: str) -> None:
    before = files(folder)
    with pytest.raises(UsageProblem) as refused:
        add_condition(folder, {"name": "Neck pain", **tree}, options=OPTIONS)
    assert refused.value.problems[0].says.startswith(f"{option}:")
    assert files(folder) == before


@pytest.mark.parametrize(
    ("begin", "end"), [("2026-01", "2026-01-20"), ("2025", "2025-03"), ("2019-12", "2020"), ("2026", None)]
)
def test_dates_that_may_be_are_taken(folder: Path, begin: str, end: str | None) -> None:
    tried: dict[str, Node] = {"what": "PT", "from": begin, "to": end}
    assert added(folder, treatments_tried=[tried]).treatments_tried[0].from_ == begin


@pytest.mark.parametrize("words", ["helped a little", "last winter", "2020-13", "3 months"])
def test_words_where_a_day_belongs_are_refused(folder: Path, words: str) -> None:
    before = files(folder)
    with pytest.raises(UsageProblem, match="neither a day, nor a month, nor a year"):
        added(folder, treatments_tried=[{"what": "PT", "from": words}])
    assert files(folder) == before


def test_a_limit_without_a_number_is_said_and_one_with_a_number_is_not(folder: Path) -> None:
    weak = add_condition(folder, {"name": "a", "limits": [{"activity": "sitting", "now": "hardly"}]}, options=OPTIONS)
    assert any("with a number" in note for note in weak.notes)
    good = add_condition(folder, {"name": "b", "limits": [{"activity": "sitting", "now": "9 min"}]}, options=OPTIONS)
    assert not any("number" in note for note in good.notes)
    none = add_condition(folder, {"name": "c"}, options=OPTIONS)
    assert any("Nothing is written yet" in note for note in none.notes)


def test_before_the_order_the_papers_for_the_doctor_are_named(tmp_path: Path) -> None:
    folder = write_case(tmp_path, a_case(prescriptions=(), sessions=(), attachments=(), payments=()))
    result = add_condition(folder, {"name": "Knee"}, options=OPTIONS)
    assert any("paper for-my-appointment" in note for note in result.notes)


# --- the order


def test_a_complete_order_leaves_nothing_to_say(folder: Path) -> None:
    assert add_prescription(folder, COMPLETE, options=ORDER_OPTIONS).notes == ()
    order = read_case(folder).find(Prescription, "2026-03-09")
    assert order is not None
    assert (order.visits, order.per_week, order.weeks, order.signed) == (8, 2, 4, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"visits": "9"}, "not the visits a week times the weeks"),
        ({"service": None}, "says what is ordered"),
        ({"visits": None, "weeks": None}, "says how many visits"),
        ({"per_week": None}, "says how often a week"),
        ({"valid_until": None}, "says the last day it covers"),
        ({"goals": None}, "says goals or precautions"),
        (
            {"date": "2026-03-15"},
            "Visits before 2026-03-15 are not covered by this order. Never ask for an earlier date.",
        ),
    ],
)
def test_each_gap_of_an_order_is_said(folder: Path, change: dict[str, Node], says: str) -> None:
    (note,) = add_prescription(folder, {**COMPLETE, **change}, options=ORDER_OPTIONS).notes
    assert says in note


def test_what_stands_on_the_order_but_in_another_record_is_asked_for_there(tmp_path: Path) -> None:
    case = a_case()
    doctor, others = a_doctor(npi=None), case.providers[:-1]
    folder = write_case(tmp_path, a_case(providers=(*others, doctor), conditions=(a_condition(diagnoses=None),)))
    notes = add_prescription(folder, COMPLETE, options=ORDER_OPTIONS).notes
    assert any("edit conditions/low-back --set diagnoses.1.code=CODE" in note for note in notes)
    assert any("edit providers/dr-okoye --set npi=NUMBER" in note for note in notes)


@pytest.mark.parametrize(
    ("change", "option"),
    [
        ({"date": "2026-03-21", "valid_until": None}, "--date"),
        ({"valid_until": "2026-03-08"}, "--valid-until"),
        ({"signed_on": "2026-03-21"}, "--signed-on"),
        ({"signed": "no", "signed_on": "2026-03-09"}, "--signed-on"),
    ],
)
def test_dates_that_cannot_be_are_refused(folder: Path, change: dict[str, Node], option: str) -> None:
    before = files(folder)
    with pytest.raises(UsageProblem) as refused:
        add_prescription(folder, {**COMPLETE, **change}, options=ORDER_OPTIONS)
    assert refused.value.problems[0].says.startswith(f"{option}:")
    assert files(folder) == before


def test_from_the_command_line_exit_2_names_the_option(folder: Path) -> None:
    ran = run("add-condition", "-C", folder, "--name", "Neck", "--onset", "2026-09-01", "--no-input")
    assert (ran.code, ran.err.startswith("--onset:")) == (2, True)
    ran = run("add-prescription", "-C", folder, "--date", "2026-09-01", "--referring", "dr-okoye", "--no-input")
    assert (ran.code, ran.err.startswith("--date:")) == (2, True)
    ran = run(
        "add-condition", "-C", folder, "--name", "Neck", "--cause", "A fall.", "--cause-by", "dr-who", "--no-input"
    )
    assert (ran.code, ran.err.startswith("--said-by:")) == (2, True)
