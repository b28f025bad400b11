"""`submit --without-packet`: a claim that was sent without this program is frozen from its visits, answered and appealed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_claim, a_decision, a_plan, a_session, an_appeal, an_attachment, write_case
from commands import files, process
from massage_claim.actions.look.case_findings import check
from massage_claim.actions.look.overview import status
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.result import Result
from massage_claim.actions.send.submission import submit
from massage_claim.calc.sendings import only_to_answer
from massage_claim.errors import Failure, NotReady, UsageProblem
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.store.read import read_case
from papers import today_is

VISITS = (a_session("2026-01-06"), a_session("2026-01-13", units=None, services=None, charge="97.00"), a_session())
BARE = dict.fromkeys(
    ("coverage", "conditions", "providers", "licence_checks", "prescriptions", "payments", "measures"), ()
)
"""A case that holds next to nothing beside its visits."""


def a_folder(tmp_path: Path, **more: object) -> Path:
    given: dict[str, object] = {"sessions": VISITS, "attachments": (), **more}
    return write_case(tmp_path / "case", a_case(**given))  # type: ignore[arg-type]


def bare(tmp_path: Path) -> Path:
    visits = (a_session("2026-01-06", rendering=None, prescription=None, units=None),)
    return a_folder(tmp_path, **BARE, sessions=visits)


def send(folder: Path, day: date = date(2026, 2, 2), **arguments: object) -> Result:
    given: dict[str, object] = {"on": day, "method": "mail", "without_packet": True, **arguments}
    with today_is(TODAY):
        return submit(folder, **given)  # type: ignore[arg-type]


def sent_without(visits: tuple[object, ...] = VISITS, **more: object) -> Claim:
    return a_claim(visits, submission={"date": "2026-02-02", "method": "mail", "without_packet": "yes"}, **more)  # type: ignore[arg-type]


def test_all_visits_up_to_the_day_it_was_sent_are_in_it_and_nothing_else_is_written(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    before = files(folder)
    result = send(folder)
    assert files(folder).keys() - before.keys() == {"claims/2026-01-06.yaml"} == set(result.written)
    claim = read_case(folder).find(Claim, "2026-01-06")
    assert claim is not None
    assert claim.submission is not None
    assert [line.session for line in claim.lines] == ["sessions/2026-01-06", "sessions/2026-01-13"]
    assert (claim.submission.without_packet, claim.submission.manifest_sha256, claim.parties) == ("yes", None, None)
    assert "January 6, 2026 and January 13, 2026" in result.says[0]
    assert result.next is not None
    assert result.next.endswith("record-decision --about claims/2026-01-06")


def test_units_that_nobody_wrote_down_and_payments_that_nobody_named_are_not_frozen(tmp_path: Path) -> None:
    folder = bare(tmp_path)
    send(folder)
    (claim,) = read_case(folder).claims
    assert [(line.units, line.units_by, line.paid, line.minutes) for line in claim.lines] == [(None, None, None, 52)]


@pytest.mark.parametrize(
    ("chosen", "held"),
    [
        ({"first_visit": date(2026, 1, 7)}, ["2026-01-13"]),
        ({"last_visit": date(2026, 1, 12)}, ["2026-01-06"]),
        ({"claim": "2026-01-06"}, ["2026-01-06", "2026-01-13"]),
    ],
)
def test_the_visits_can_be_named(tmp_path: Path, chosen: dict[str, object], held: list[str]) -> None:
    folder = a_folder(tmp_path, sessions=VISITS[:2])
    assert send(folder, **chosen).data["sessions"] == [f"sessions/{day}" for day in held]


@pytest.mark.parametrize(
    ("arguments", "kind", "words"),
    [
        ({"day": date(2026, 1, 1)}, NotReady, "No visit is written down that such a claim could hold"),
        ({"first_visit": date(2026, 3, 1)}, UsageProblem, "before the last date of service"),
        ({"first_visit": date(2026, 3, 1), "last_visit": date(2026, 1, 1)}, UsageProblem, "is after --last-visit"),
        ({"claim": "2025-01-01"}, UsageProblem, "names no claim"),
        ({"without_packet": False, "first_visit": date(2026, 1, 1)}, UsageProblem, "go with --without-packet"),
        ({"method": "pigeon"}, UsageProblem, "method"),
        ({"appeal": "2026-04-20"}, UsageProblem, "names no appeal"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: dict[str, object], kind: type[Failure], words: str
) -> None:
    folder = a_folder(tmp_path)
    before = files(folder)
    with pytest.raises(kind) as caught:
        send(folder, **arguments)  # type: ignore[arg-type]
    assert words in f"{caught.value.problems[0].says} {caught.value.problems[0].fix}"
    assert files(folder) == before


def test_a_visit_is_claimed_once_and_a_claim_recorded_once(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, sessions=VISITS[:2])
    send(folder)
    with pytest.raises(NotReady, match="No visit is written down"):
        send(folder)
    with pytest.raises(NotReady, match="is recorded already"):
        send(folder, claim="2026-01-06")


def test_a_late_one_is_told_not_refused_and_a_trial_writes_nothing(tmp_path: Path) -> None:
    rules = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    short = a_plan(rules={**rules, "filing_limit": {**rules["filing_limit"], "days": 5}})
    folder = a_folder(tmp_path, plan=short)
    before = files(folder)
    trial = send(folder, dry_run=True)
    assert (trial.says[0].startswith("Would be recorded"), files(folder)) == (True, before)
    assert any("The filing limit was 2026-01-11" in note for note in send(folder).notes)
    (claim,) = read_case(folder).claims
    assert claim.submission is not None
    assert claim.submission.past_limit_confirmed == "yes"


def test_there_is_no_packet_of_it_to_build_again_but_a_correction_is_built(tmp_path: Path) -> None:
    visits = (a_session("2026-03-10"),)
    folder = write_case(tmp_path / "case", a_case(claims=(sent_without(visits, record_id="2026-03-10"),)))
    with today_is(TODAY):
        with pytest.raises(NotReady, match="sent without this program"):
            build_packet(folder, claim="2026-03-10")
        with pytest.raises(NotReady, match="Every treatment session is in a claim that was sent"):
            build_packet(folder)
        corrected = build_packet(folder, corrects="2026-03-10", draft=True)
    assert any(name.startswith("out/2026-03-10-2/") for name in corrected.written)


def test_what_a_claim_to_come_would_need_does_not_stand_before_the_answer(tmp_path: Path) -> None:
    folder = bare(tmp_path)
    with today_is(TODAY):
        assert check(folder).data["must_fix"] != 0
    send(folder)
    with today_is(TODAY):
        found, stands = check(folder), status(folder)
    assert found.data["must_fix"] == 0
    assert {str(one.severity) for one in found.findings if one.step != "appeal"} == {"advice"}
    assert stands.next == "massage-claim paper follow-up-letter --for claims/2026-01-06"


def test_only_to_answer_ends_with_a_claim_built_here_and_with_another_visit() -> None:
    one = sent_without((VISITS[0],), record_id="2026-01-06")
    case = a_case(sessions=VISITS[:1], claims=(one,))
    assert only_to_answer(case)
    assert not only_to_answer(a_case(sessions=VISITS[:2], claims=(one,)))
    assert not only_to_answer(a_case(sessions=VISITS[:2], claims=(one, a_claim(VISITS[1:2]))))
    assert not only_to_answer(Case(**{**vars(case), "claims": ()}))


def test_a_letter_of_ones_own_is_recorded_for_an_appeal(tmp_path: Path) -> None:
    visits = (a_session("2026-03-10"),)
    given = {
        "claims": (a_claim(visits),),
        "decisions": (a_decision(notice_date="2026-03-15", received_date="2026-03-18"),),
    }
    folder = a_folder(tmp_path, sessions=visits, **given, appeals=(an_appeal("2026-03-15", record_id="2026-03-18"),))
    with pytest.raises(UsageProblem, match="before the notice"):
        send(folder, date(2026, 3, 1), appeal="2026-03-18")
    with pytest.raises(UsageProblem, match="the day you received the decision"):
        send(folder, date(2026, 3, 17), appeal="2026-03-18")
    trial = send(folder, date(2026, 3, 19), appeal="2026-03-18", dry_run=True)
    assert (trial.says[0].startswith("Would be recorded: appeal level 1"), trial.written) == (True, ())
    result = send(folder, date(2026, 3, 19), appeal="2026-03-18")
    appeal = read_case(folder).find(Appeal, "2026-03-18")
    assert appeal is not None
    assert appeal.submission is not None
    assert (appeal.submission.without_packet, appeal.submission.sent_file) == ("yes", None)
    assert not (folder / "sent").exists()
    assert result.next == "When the answer comes: massage-claim record-decision --about appeals/2026-03-18"


def test_from_a_denial_letter_in_hand_to_a_built_appeal_as_processes(tmp_path: Path) -> None:
    folder = bare(tmp_path)
    (folder / "attachments").mkdir(exist_ok=True)
    here = ("-C", folder, "--no-input", "--json")
    env = {"MASSAGE_CLAIM_TODAY": "2026-04-20"}
    sent = process(
        "submit",
        "--without-packet",
        "--date",
        "2/2/2026",
        "--method",
        "other",
        "--last-visit",
        "1/31/2026",
        *here,
        env=env,
    )
    assert (sent.code, sent.json["data"]["without_packet"]) == (0, True)
    decided = process(
        *("record-decision", "--about", "claims/2026-01-06", "--notice-date", "2026-03-20", "--received", "2026-03-25"),
        *("--total-paid", "0.00", "--reason", "Not medically necessary.", "--reason-code", "CO-50", *here),
        env=env,
    )
    assert (decided.code, decided.json["next"].startswith("massage-claim appeal")) == (0, True)
    built = process("appeal", *here, env=env)
    assert (built.code, built.json["data"]["reasons"]) == (0, ["not_medically_necessary"])
    assert built.json["data"]["send_by"] == "2026-09-16"
    assert (folder / "out/appeal-2026-04-20-level-1/appeal-2026-04-20-level-1.pdf").read_bytes().startswith(b"%PDF")
    assert "is not recorded" not in json.dumps(built.json)


def test_the_copy_of_what_was_sent_and_its_proof_are_exhibits(tmp_path: Path) -> None:
    from massage_claim.actions.appeals.appeal_packet import appeal

    visits = (a_session("2026-03-10"),)
    copy = an_attachment("bill.pdf", kind="superbill", for_=["sessions/2026-03-10"], title="The claim as it was sent")
    slip = an_attachment("slip.pdf", kind="proof-of-sending", for_=["claims/2026-03-10"])
    case = a_case(
        sessions=visits,
        claims=(sent_without(visits, record_id="2026-03-10"),),
        decisions=(a_decision(notice_date="2026-03-15"),),
        attachments=(copy, slip),
    )
    with today_is(TODAY):
        built = appeal(write_case(tmp_path / "case", case))
    exhibits = built.data["exhibits"]
    assert isinstance(exhibits, list)
    titles = [one["title"] for one in exhibits]
    assert "The claim as it was sent" in titles
    assert any("sending" in title.lower() for title in titles)
