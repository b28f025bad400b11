"""Where the case stands, what blocks, what is due, and the one next command."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import (
    a_case,
    a_claim,
    a_coverage,
    a_decision,
    a_doctor,
    a_plan,
    a_prescription,
    a_record,
    a_session,
    an_appeal,
    an_authorization,
    write_case,
)
from commands import run
from massage_claim.actions.look.case_findings import check
from massage_claim.actions.look.overview import status
from massage_claim.actions.record.new_case import examples, init
from massage_claim.checks import Severity
from massage_claim.errors import ExitCode, UsageProblem
from massage_claim.models.case import Case, CaseSettings
from massage_claim.writing.outline import as_text


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2026-04-20")


def nothing() -> dict[str, tuple[()]]:
    names = (
        "conditions",
        "providers",
        "licence_checks",
        "coverage",
        "prescriptions",
        "sessions",
        "payments",
        "measures",
    )
    return {**dict.fromkeys(names, ()), "attachments": ()}


def next_of(folder: Path) -> str:
    found = status(folder).next
    assert found is not None
    return found


def test_a_new_case_begins_with_the_plan(tmp_path: Path) -> None:
    init(tmp_path / "case")
    result = status(tmp_path / "case")
    assert result.next == "massage-claim verify-coverage"
    assert [step["number"] for step in result.data["steps"]] == [1, 2, 3, 4, 5, 6, 7]  # type: ignore[attr-defined]
    assert result.data["deadlines"] == []
    assert (result.data["claims"], result.data["visits"], result.data["closed"]) == ([], [], None)
    assert result.code is ExitCode.OK


def test_the_next_command_follows_the_journey(tmp_path: Path) -> None:
    whole = a_case()
    empty = nothing()
    told = {"coverage": whole.coverage}
    doctor = {**told, "providers": (a_doctor(),)}
    ill = {**doctor, "conditions": whole.conditions}
    ordered = {**ill, "prescriptions": whole.prescriptions}
    treats = {**ordered, "providers": whole.providers, "licence_checks": whole.licence_checks}
    expected = [
        ({}, "massage-claim verify-coverage"),
        (told, "massage-claim add-provider --role referring"),
        (doctor, "massage-claim add-condition"),
        (ill, "massage-claim add-prescription"),
        (ordered, "massage-claim add-provider --role rendering"),
        ({**ordered, "providers": whole.providers}, "massage-claim check-licence --provider ana-petrova"),
        (treats, "massage-claim add-session"),
    ]
    for number, (records, command) in enumerate(expected):
        folder = write_case(tmp_path / str(number), a_case(**{**empty, **records}))  # type: ignore[arg-type]
        assert next_of(folder) == command
    assert next_of(write_case(tmp_path / "whole", whole)) == "massage-claim build-packet"


def test_a_packet_that_was_built_is_submitted_next(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    (folder / "out" / "2026-03-10").mkdir(parents=True)
    (folder / "out" / "2026-03-10" / "manifest.yaml").write_text("", encoding="utf-8")
    assert next_of(folder) == "massage-claim submit"


def test_a_sent_claim_waits_for_a_decision_and_a_denial_for_an_appeal(tmp_path: Path) -> None:
    sent = write_case(tmp_path / "sent", a_case(claims=(a_claim(),)))
    assert next_of(sent) == "massage-claim log-contact --script --about claims/2026-03-10", "30 days, and nobody asked"
    denial = a_case(claims=(a_claim(),), decisions=(a_decision(),), plan=a_plan(rules=None))
    denied = write_case(tmp_path / "denied", denial)
    result = status(denied)
    assert result.next == "massage-claim appeal --decision decisions/2026-04-10"
    found = {due["kind"]: due for due in result.data["deadlines"]}  # type: ignore[attr-defined]
    due, licence = found["appeal"], found["licence"]
    assert (licence["what"], licence["legal"], licence["about"]) == ("License ends", False, "licence-checks/2026-03-02")
    assert (due["what"], due["about"], due["legal"]) == ("Appeal", "decisions/2026-04-10", True)
    assert str(due["date"]) == "2026-10-07"  # 180 days from the notice's own date, the earlier of the two counts
    shown = " ".join(as_text(result.blocks).split())
    assert "2026-10-07: in 170 days: Appeal, decisions/2026-04-10. 180 days from the notice's date" in shown
    answered = an_appeal(submission={"date": "2026-04-19", "method": "fax"})
    waiting = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(answered,))
    left = status(write_case(tmp_path / "waiting", waiting)).data["deadlines"]
    kinds = {due["kind"] for due in left}  # type: ignore[attr-defined]
    assert kinds == {"order", "licence", "decision", "follow-up"}, "the appeal waits at the plan now"


def test_a_closed_route_is_not_walked_on(tmp_path: Path) -> None:
    closed = a_coverage(answers={"massage_excluded": "yes"}, source="booklet")
    plan = a_plan(rules=None)
    folder = write_case(tmp_path / "case", a_case(coverage=(closed,), plan=plan))
    assert next_of(folder) == "massage-claim check --step 1"


def test_a_closed_case_has_nothing_next(tmp_path: Path) -> None:
    closed = {"format": "1", "closed": {"date": "2026-04-19", "reason": "paid"}}
    folder = write_case(tmp_path / "case", a_case(settings=a_record(CaseSettings, "case", closed, {})))
    assert next_of(folder) == "Nothing: the case is closed."


def test_a_filing_limit_that_is_near_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_case(tmp_path / "case", a_case(coverage=()))
    assert next_of(folder) == "massage-claim verify-coverage"
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2027-02-25")
    assert next_of(folder) in ("massage-claim build-packet", "massage-claim check")
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2027-03-30")
    passed = status(folder)
    assert passed.next == "massage-claim verify-coverage"
    assert "20 days ago: Claim, sessions/2026-03-10" in as_text(passed.blocks)


def test_the_screen_and_the_data_say_the_same(tmp_path: Path) -> None:
    plain = status(write_case(tmp_path / "plain"))
    shown = " ".join(as_text(plain.blocks).split())
    for step in plain.data["steps"]:  # type: ignore[attr-defined]
        assert f"{step['number']} {step['title']}" in shown
        assert step["says"].split(".")[0] in shown
    assert "Ordered: 12 visits, 1 used, 11 left (prescriptions/2026-03-02)" in shown
    assert "Plan limit: 24 visits, 1 used, 23 left (plan year from 2026-01-01)" in shown
    assert plain.data["visits"] == [
        {"by": "order", "record": "prescriptions/2026-03-02", "allowed": 12, "used": 1, "left": 11},
        {"by": "plan", "record": "plan", "allowed": 24, "used": 1, "left": 23},
    ]
    for due in plain.data["deadlines"]:  # type: ignore[attr-defined]
        assert f"{due['date']}: in {due['days_left']} days: {due['what']}, {due['about']}." in shown
    result = status(write_case(tmp_path / "sent", a_case(claims=(a_claim(),))))
    shown = " ".join(as_text(result.blocks).split())
    assert "5–7 2026-03-10: sent 2026-03-18; not decided yet" in shown
    assert [step["number"] for step in result.data["steps"] if f"{step['number']} {step['title']}" in shown] == [
        1,
        2,
        3,
        4,
    ]  # type: ignore[attr-defined]
    assert result.data["claims"] == [
        {
            "id": "claims/2026-03-10",
            "state": "sent 2026-03-18; not decided yet",
            "submit": "sent 2026-03-18",
            "follow_up": "not decided yet",
            "appeal": "",
            "open": True,
        }
    ]


def crowded() -> Case:
    """Forty visits in twenty claims, half of them denied; an order, an approval; much that must be fixed."""
    days = [date(2026, 1, 2) + timedelta(days=2 * number) for number in range(40)]
    sessions = tuple(
        a_session(day, rendering=None if number > 36 else "ana-petrova") for number, day in enumerate(days)
    )
    claims = tuple(a_claim(sessions[at : at + 2]) for at in range(0, 36, 2))
    decisions = tuple(
        a_decision(claim.record_id, "2026-04-10", record_id=f"2026-04-10-{number + 2}", received_date=None)
        for number, claim in enumerate(claims[::2])
    )
    return a_case(
        sessions=sessions,
        claims=claims,
        decisions=decisions,
        authorizations=(an_authorization(),),
        prescriptions=(
            a_prescription(valid_until="2026-06-30"),
            a_prescription("2026-03-05", signed=None, referring="dr-okoye", valid_until="2026-07-31"),
        ),
        coverage=(
            a_coverage(answers={"massage_excluded": "yes"}),
            a_coverage("2026-03-01", answers={"massage_excluded": "no"}),
        ),
        plan=a_plan(rules=None),
    )


@pytest.mark.parametrize("name", ["crowded", "new", *examples()])
def test_it_fits_on_one_screen(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "case"
    if name == "crowded":
        write_case(folder, crowded())
    elif name == "new":
        init(folder)
    else:
        init(folder, example=name)
    lines = run("status", "-C", folder).out.splitlines()
    assert len(lines) <= 23, "\n".join(lines)  # and one for the next prompt
    assert all(len(line) <= 80 for line in lines)
    assert lines[-1].startswith("Next: ")


def test_what_does_not_fit_is_counted(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", crowded())
    result = status(folder)
    shown = " ".join(as_text(result.blocks).split())
    assert "More claims: 15, 15 of them open" in shown
    assert "5 Claim: 4 visits not in a sent claim yet" in shown
    assert len(result.data["claims"]) == 18  # type: ignore[arg-type]
    assert len(result.data["deadlines"]) > 3  # type: ignore[arg-type]


def test_a_denial_whose_last_day_nobody_knows_is_said(tmp_path: Path) -> None:
    first = an_appeal(submission={"date": "2026-04-15", "method": "fax"}, record_id="2026-04-15")
    upheld = a_decision("appeals/2026-04-15", "2026-04-18", outcome="upheld", received_date=None)
    case = a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(first,))
    said = status(write_case(tmp_path / "case", case))
    (note,) = (note for note in said.notes if note.startswith("decisions/2026-04-18: "))
    assert "If your letter offers the plan's second appeal, that one comes first, with --level 2." in note
    assert "Its last day is not known." in note
    assert said.next == "massage-claim appeal --decision decisions/2026-04-18 --level external --whats-new TEXT"


def test_check_is_quiet_about_a_complete_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", "2026-03-20")
    result = check(write_case(tmp_path / "case"))
    assert (result.findings, result.code) == ((), ExitCode.OK)
    assert result.says == ("Nothing found: what is written down fits together.",)
    assert result.next == status(tmp_path / "case").next == "massage-claim build-packet"


def test_check_lists_the_worst_first_and_says_not_ready(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case(sessions=(a_session(rendering=None, note=None),)))
    result = check(folder)
    assert result.code is ExitCode.NOT_READY
    steps = [finding.step for finding in result.findings]
    assert steps == sorted(
        steps,
        key=[
            "verify-coverage",
            "get-prescription",
            "find-therapist",
            "keep-records",
            "submit",
            "follow-up",
            "appeal",
        ].index,
    )
    assert result.data["must_fix"] == sum(1 for f in result.findings if f.severity is Severity.MUST_FIX) > 0
    one = check(folder, step="4")
    assert one.findings == check(folder, step="keep-records").findings
    assert {finding.step for finding in one.findings} == {"keep-records"}


def test_risky_findings_alone_are_ready(tmp_path: Path) -> None:
    result = check(write_case(tmp_path / "case", a_case(coverage=(), plan=a_plan(rules=None))), step="1")
    assert [finding.severity for finding in result.findings] == [Severity.RISKY] * len(result.findings) != []
    assert result.code is ExitCode.OK


def test_a_step_that_there_is_not_is_refused(tmp_path: Path) -> None:
    for step in ("0", "8", "claims", ""):
        with pytest.raises(UsageProblem):
            check(write_case(tmp_path / f"case{step}"), step=step)
