"""A notice is compared with what was sent: what adds up is written with a verdict for each line, a doubt only on confirmation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import a_case, a_claim, a_coverage, a_decision, a_session, write_case, write_record
from commands import files, run
from massage_claim.actions.record.payer_notice import record_decision
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.models.decision import Decision
from massage_claim.store.read import read_case
from massage_claim.yamltext import Node
from papers import today_is

TODAY = date(2026, 4, 20)
TREE: dict[str, Node] = {"about": "2026-03-10", "notice_date": "2026-04-10", "received_date": "2026-04-14"}
OPTIONS = {"notice_date": "--notice-date", "received_date": "--received"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sessions = (a_session(), a_session("2026-03-17"))
    coverage = (a_coverage(answers={"coinsurance": "40", "allowed_amount_97124": "28.00", "deductible": "0"}),)
    return write_case(tmp_path / "case", a_case(sessions=sessions, claims=(a_claim(sessions),), coverage=coverage))


def line(day: str, **fields: Node) -> dict[str, Node]:
    paid: dict[str, Node] = {"allowed": "84.00", "coinsurance": "33.60", "paid": "50.40", "patient_owes": "33.60"}
    return {"service_date": day, "code": "97124", "billed": "96.00", **paid, **fields}


def recorded(folder: Path, tree: dict[str, Node], **more: object) -> tuple[str, str | None, dict[str, object]]:
    with today_is(TODAY):
        result = record_decision(folder, {**TREE, **tree}, options=OPTIONS, **more)  # type: ignore[arg-type]
    return " ".join(result.says), result.next, dict(result.data)


def test_paid_as_the_plan_said(folder: Path) -> None:
    lines: list[Node] = [line("2026-03-10"), line("2026-03-17")]
    said, following, data = recorded(folder, {"total_paid": "100.80", "lines": lines})
    assert said.endswith("All 2 lines: paid as expected. Yours by the notice: $67.20.")
    assert following == "massage-claim status"
    assert data["doubts"] == []


def test_each_line_has_its_own_move(folder: Path) -> None:
    refused = {"allowed": None, "coinsurance": None, "paid": "0.00", "patient_owes": None}
    lines: list[Node] = [
        line("2026-03-10", units="2"),
        line("2026-03-17", **refused, adjustments=[{"carc": "CO-16", "rarcs": ["N443"], "amount": "96.00"}]),
    ]
    said, following, data = recorded(folder, {"total_paid": "50.40", "lines": lines})
    assert "2026-03-10 97124: ask the plan first. The plan counted 2 of the 3 units billed." in said
    assert "2026-03-17 97124: send a corrected claim. Start and stop times" in said
    assert "That stops no clock: the last day to appeal stays 2026-10-07." in said
    assert following == "massage-claim build-packet --corrects claims/2026-03-10"
    shown = data["lines"]
    assert isinstance(shown, list)
    assert [(one["path"], one["send_by"]) for one in shown] == [("ask", "2026-10-07"), ("correct", "2026-10-07")]


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({"total_paid": "100.81", "lines": [line("2026-03-10"), line("2026-03-17")]}, "In all: the lines pay $100.80"),
        (
            {"total_paid": "50.40", "lines": [line("2026-03-11")]},
            "No line of the notice is a visit of claims/2026-03-10",
        ),
        ({"notice_date": "2026-03-09", "received_date": None}, "The notice is dated 2026-03-09, before the visit"),
    ],
)
def test_a_doubt_is_written_down_only_when_it_is_confirmed(folder: Path, tree: dict[str, Node], says: str) -> None:
    before = files(folder)
    with pytest.raises(NotReady) as refused:
        recorded(folder, tree)
    assert says in refused.value.problems[0].says
    assert refused.value.problems[0].fix.endswith("add --yes.")
    assert files(folder) == before
    asked: list[tuple[str, ...]] = []
    said, _, data = recorded(folder, tree, confirm=asked.append)
    assert says in asked[0][0]
    assert said.startswith("Wrote decisions/")
    assert data["doubts"] == list(asked[0])


def test_received_before_it_was_written_is_never_taken(folder: Path) -> None:
    before = files(folder)
    with pytest.raises(UsageProblem):
        recorded(folder, {"received_date": "2026-04-09"}, confirm=lambda doubts: None)
    assert files(folder) == before


def test_a_dry_run_tells_its_doubts_and_writes_nothing(folder: Path) -> None:
    before = files(folder)
    with today_is(TODAY):
        tree: dict[str, Node] = {**TREE, "total_paid": "50.41", "lines": [line("2026-03-10")]}
        result = record_decision(folder, tree, options={}, dry_run=True)
    assert files(folder) == before
    assert any(note.startswith("Please look again: In all: the lines pay $50.40") for note in result.notes)


def test_one_answer_for_all_lines(folder: Path) -> None:
    tree: dict[str, Node] = {"total_paid": "0.00", "adjustments": [{"carc": "PR-50"}]}
    said, following, _ = recorded(folder, tree, all_lines=True)
    assert "All 2 lines: appeal, send it by 2026-10-07." in said
    assert following == "massage-claim appeal"
    added = read_case(folder).find(Decision, "2026-04-10")
    assert added is not None
    assert added.adjustments == ()
    assert [
        (str(one.service_date), one.adjustments[0].carc, str(one.adjustments[0].amount)) for one in added.lines
    ] == [
        ("2026-03-10", "50", "96.00"),
        ("2026-03-17", "50", "96.00"),
    ]


def test_where_something_was_paid_all_lines_says_nothing_of_each_amount(folder: Path) -> None:
    recorded(folder, {"total_paid": "60.00", "adjustments": [{"carc": "CO-45"}]}, all_lines=True)
    added = read_case(folder).find(Decision, "2026-04-10")
    assert added is not None
    assert {one.paid for one in added.lines} == {None}
    assert {one.adjustments[0].amount for one in added.lines} == {None}


def test_all_lines_beside_lines_is_refused(folder: Path) -> None:
    with pytest.raises(UsageProblem, match="don't go together"):
        recorded(folder, {"lines": [line("2026-03-10")]}, all_lines=True)
    with pytest.raises(UsageProblem, match="not about a claim"):
        recorded(folder, {"about": "claims/2020-01-01"}, all_lines=True)


def test_the_payers_own_words_and_codes_stay_and_get_a_meaning(folder: Path) -> None:
    codes: list[Node] = [{"code": "X7", "text": "Svc n/c per SPD §4."}]
    tree: dict[str, Node] = {"total_paid": "0.00", "payer_codes": codes, "reason_as_written": "See X7."}
    said, following, _ = recorded(folder, tree, means=["x7=Exclusion wording"])
    assert "The plan's code X7: Svc n/c per SPD §4." in said
    assert "You chose for it: Excluded by the contract." in said
    assert "Read the plan's own page on it first." in said
    assert following == "massage-claim appeal"
    added = read_case(folder).find(Decision, "2026-04-10")
    assert added is not None
    assert added.payer_codes[0].means == "exclusion_wording"
    assert added.payer_codes[0].text == "Svc n/c per SPD §4."


@pytest.mark.parametrize("words", ["nonsense", "X9=experimental"])
def test_a_meaning_that_is_not_in_the_list_is_refused(folder: Path, words: str) -> None:
    before = files(folder)
    with pytest.raises(UsageProblem, match="--means"):
        recorded(folder, {}, means=[words])
    assert files(folder) == before


def test_a_second_notice_replaces_or_decides_another_part(folder: Path) -> None:
    recorded(folder, {"total_paid": "50.40", "claim_number": "CL-1", "lines": [line("2026-03-10")]})
    later: dict[str, Node] = {"notice_date": "2026-04-18", "received_date": None, "total_paid": "50.40"}
    with pytest.raises(UsageProblem, match="decides the same already"):
        recorded(folder, {**later, "lines": [line("2026-03-10")]})
    recorded(folder, {**later, "claim_number": "CL-2", "lines": [line("2026-03-17")]})
    case = read_case(folder)
    assert len(case.decisions) == 2, "a packet that the payer splits has two current decisions"


def test_a_record_that_names_the_decision_to_come_stops_nothing(folder: Path) -> None:
    path = folder / "decisions/2026-04-09.yaml"
    write_record(folder, a_decision(notice_date="2026-04-09", received_date=None, replaces="2026-04-10"))
    assert path.exists()
    said, following, _ = recorded(folder, {"total_paid": "0.00", "adjustments": [{"carc": "CO-50"}]})
    assert "Code CO-50: The plan says" in said
    assert following == "massage-claim check"
    assert read_case(folder).find(Decision, "2026-04-10") is not None


def test_by_flags(folder: Path) -> None:
    given = [
        "--about",
        "2026-03-10",
        "--notice-date",
        "2026-04-10",
        "--received",
        "2026-04-14",
        "--total-paid",
        "50.40",
    ]
    eob = [
        *("--line", "2026-03-10,97124,96.00,84.00,0.00,33.60,,50.40,33.60,CO-45=12.00,PR-2=33.60,units=3"),
        *("--line", "2026-03-17,97124,96.00,,,,,0.00,,CO-16=96.00,N290,M53"),
    ]
    with today_is(TODAY):
        doubt = run("record-decision", "-C", folder, *given, *eob, "--patient", "Bob Miller", "--no-input")
        assert (doubt.code, doubt.out) == (1, "")
        assert "The notice names another patient than patient.yaml." in doubt.flat
        assert "Bob" not in doubt.flat
        ran = run("record-decision", "-C", folder, *given, *eob, "--patient", "Nuñez-Okafor, Zoë", "--no-input")
        assert (ran.code, ran.err) == (0, "")
        refused = run(
            "record-decision", "-C", folder, *given, "--line", "2026-03-10,97124,,,,,,,,because", "--no-input"
        )
    assert refused.code == 2
    assert "--line: after 9 parts a code must come." in refused.flat
    added = read_case(folder).find(Decision, "2026-04-10")
    assert added is not None
    first, second = added.lines
    assert first.units == 3
    assert [(one.group, one.carc, str(one.amount)) for one in first.adjustments] == [
        ("CO", "45", "12.00"),
        ("PR", "2", "33.60"),
    ]
    (one,) = second.adjustments
    assert (one.carc, one.rarcs) == ("16", ("N290", "M53"))


def test_yes_writes_it_down_all_the_same_and_the_list_needs_no_case(folder: Path) -> None:
    given = ["--about", "2026-03-10", "--notice-date", "2026-04-10", "--total-paid", "500.00", "--no-input"]
    with today_is(TODAY):
        assert run("record-decision", "-C", folder, *given).code == 1
        assert run("record-decision", "-C", folder, *given, "--all-lines", "some").code == 2
        assert run("record-decision", "-C", folder, *given, "--yes").code == 0
    listed = run("record-decision", "--means", "?")
    assert listed.code == 0
    assert "your_share: The plan counted it to your deductible, coinsurance or copay." in listed.flat
