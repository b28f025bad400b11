"""An appeal goes round after round: the triage first, the next round by itself, what is new, and what is left at the end."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from builders import a_case, a_claim, a_decision, a_plan, an_appeal, write_case
from massage_claim.actions.appeals.appeal_packet import appeal
from massage_claim.actions.look.overview import status
from massage_claim.actions.record.new_case import init
from massage_claim.actions.record.payer_notice import record_decision
from massage_claim.actions.result import Result
from massage_claim.actions.send.submission import submit
from massage_claim.errors import AttachmentUnusable, ExitCode, NotReady, Unreadable, UsageProblem
from massage_claim.models.case import Case
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case
from papers import today_is

NEW = "The letter of December 10 does not speak of the neck disability scores."
SENT = {"date": "2026-04-20", "method": "fax"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rounds") / "case"
    init(folder, example="neck_denied_appealed")
    return folder


@pytest.fixture
def denied(example: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "case"))


def decided(folder: Path, about: str, notice: str, received: str, reason: str) -> Result:
    tree = {
        "about": about,
        "notice_date": notice,
        "received_date": received,
        "total_paid": "0.00",
        "outcome": "upheld",
        "reason_as_written": reason,
    }
    return record_decision(folder, tree, options={})


def sent(folder: Path, made: Result, day: date) -> str:
    name = str(made.data["appeal"])
    submit(folder, appeal=name, on=day, method="certified-mail", tracking="7000", signed_on_paper=True)
    return name


def text_of(folder: Path, made: Result) -> str:
    (pdf,) = (one for one in made.written if one.endswith(".pdf"))
    return " ".join(" ".join(read_texts((folder / pdf).read_bytes())).split())


def refused(folder: Path, **arguments: object) -> str:
    with pytest.raises(NotReady) as raised:
        appeal(folder, **arguments)  # type: ignore[arg-type]
    (problem,) = raised.value.problems
    return f"{problem.says} {problem.fix}"


def test_played_through_two_appeals_and_the_outside_review(denied: Path) -> None:
    with today_is(date(2026, 10, 12)):
        one = appeal(denied)
        assert (one.data["level"], one.data["path"], one.data["send_by"]) == ("1", "appeal", "2027-03-17")
        record = denied / f"{one.data['appeal']}.yaml"
        criteria = "criteria:\n  - criterion: Measurable improvement.\n    source: attachments/policy-mp-114\n"
        record.write_text(f"# mine\n{record.read_text('utf-8')}{criteria}", encoding="utf-8")
        one = appeal(denied, whats_new="A letter of the doctor.")
    assert record.read_text("utf-8").startswith("# mine\n"), "words added later leave the rest of the file"
    assert yaml.safe_load(record.read_text("utf-8"))["whats_new"] == "A letter of the doctor."
    with today_is(date(2026, 10, 14)):
        first = sent(denied, one, date(2026, 10, 14))
        waits = refused(denied)
    assert f"record-decision --about {first}" in waits

    # internal 1 is upheld: the next round is the second, its day only in the letter, and it says what is new
    with today_is(date(2026, 12, 16)):
        done = decided(denied, first, "2026-12-10", "2026-12-14", "We uphold our decision: not medically necessary.")
        upheld = "decisions/2026-12-10"
        assert done.next == f"massage-claim appeal --decision {upheld} --level 2 --whats-new TEXT"
        assert status(denied).next == done.next
        assert "says what is new" in refused(denied)
        assert "still has its own round" in refused(denied, level="external", whats_new=NEW)
        assert "next round is a later level" in refused(denied, level="1", whats_new=NEW)
        two = appeal(denied, whats_new=NEW)
    assert (two.data["level"], two.data["send_by"], two.data["reasons"]) == ("2", None, ["not_medically_necessary"])
    assert "Read your letter today" in " ".join(two.says)
    letter = text_of(denied, two)
    assert NEW in letter
    assert "Second appeal of a denied claim (level 2)" in letter
    assert "10/14/2026 Appeal (level 1) sent by certified mail" in letter
    assert "09/14/2026 Call with the plan" in letter, "calls about the claim stay in the story"
    assert "12/10/2026 Date of the decision about the appeal (level 1)" in letter
    assert "We uphold our decision: not medically necessary. What is new" in letter, "no earlier letter is its exhibit"
    assert "Medical policy MP-114" in letter, "the papers of the first denial stay exhibits"
    assert "$1,050.00 for 12 visits" in letter
    assert any("No proof page shows this decision" in line for line in two.says)
    with today_is(date(2026, 12, 28)):
        second = sent(denied, two, date(2026, 12, 28))

    # internal 2 is upheld: outside review, four months, and not to the plan's appeals desk by law of another kind
    with today_is(date(2027, 2, 1)):
        decided(denied, second, "2027-01-25", "2027-01-28", "This is our final decision.")
        three = appeal(denied, whats_new="The last letter names no reviewer.")
    assert (three.data["level"], three.data["send_by"]) == ("external", "2027-05-25")
    request = text_of(denied, three)
    assert "Request for external review" in request
    assert "29 CFR" not in request, "that law is about the plan's own appeals"
    with today_is(date(2027, 2, 10)):
        third = sent(denied, three, date(2027, 2, 10))
    assert "external review sent 2027-02-10" in " ".join(map(str, status_says(denied, date(2027, 2, 11))))

    # the final no: nothing more to appeal, and what is left
    with today_is(date(2027, 3, 22)):
        last = decided(denied, third, "2027-03-20", "2027-03-22", "The reviewer agrees with the plan.")
        assert last.next == "massage-claim paper what-is-left"
        assert refused(denied).startswith("An external review is the last round.")
        assert status(denied).next == "massage-claim paper what-is-left"
    rounds = read_case(denied).appeals
    assert [one.level for one in rounds] == ["1", "2", "external"]
    matched = [[item.criterion for item in one.criteria] for one in rounds]
    assert matched == [["Measurable improvement."]] * 3, "what was matched for one round goes on in the next"


def status_says(folder: Path, day: date) -> list[object]:
    with today_is(day):
        found = status(folder)
    return [*found.says, *found.blocks, found.data]


def test_a_plan_that_decides_too_late_opens_the_outside_review(denied: Path) -> None:
    with today_is(date(2026, 10, 14)):
        first = sent(denied, appeal(denied), date(2026, 10, 14))
    with today_is(date(2026, 12, 10)):
        assert "comes after a decision" in refused(denied, level="external", decision="2026-09-18", whats_new=NEW)
    with today_is(date(2026, 12, 21)):
        late = refused(denied)
        assert "was due by December 18, 2026" in late
        assert "appeal --level external" in late
        made = appeal(denied, level="external", whats_new="The plan has not answered.")
    assert made.data["level"] == "external"
    record = read_case(denied).appeals[-1]
    assert (record.decision, record.level) == ("decisions/2026-09-18", "external")
    assert first != record.record_id


def written(folder: Path, **decision: object) -> Path:
    case = a_case(claims=(a_claim(),), decisions=(a_decision(**decision),))  # type: ignore[arg-type]
    return write_case(folder, case)


NO_CODE = {"adjustments": None, "reason_as_written": "Denied per policy."}


@pytest.mark.parametrize(
    ("decision", "path", "following"),
    [
        ({"adjustments": [{"group": "CO", "carc": "16", "amount": "96.00"}]}, "correct", "build-packet --corrects"),
        ({"adjustments": [{"group": "PR", "carc": "252", "amount": "96.00"}]}, "send", "log-contact --about claims/"),
        ({"adjustments": [{"group": "PR", "carc": "19", "amount": "96.00"}]}, "route", "log-contact --script"),
        ({"adjustments": [{"group": "OA", "carc": "133", "amount": "96.00"}]}, "wait", "deadlines"),
        (NO_CODE, "ask", "paper claim-file-request"),
    ],
)
def test_the_triage_comes_before_any_letter(
    tmp_path: Path, decision: dict[str, object], path: str, following: str
) -> None:
    folder = written(tmp_path / "case", **decision)
    with today_is(date(2026, 5, 4)):
        found = appeal(folder)
    assert (found.code, found.data["path"], found.written) == (ExitCode.NOT_READY, path, ())
    assert following in str(found.next)
    assert found.says[0].startswith("First move:")
    assert path == "wait" or "stops no clock: an appeal must be sent by 2026-10-07" in " ".join(found.says)
    assert not read_case(folder).appeals


def test_a_reason_from_the_list_is_weighed_and_a_named_one_is_written(tmp_path: Path) -> None:
    folder = written(tmp_path / "case", **NO_CODE)
    with today_is(date(2026, 5, 4)):
        weighed = appeal(folder, reasons=("documentation_missing",), weigh=True)
        assert (weighed.data["path"], weighed.code) == ("send", ExitCode.NOT_READY)
        assert appeal(folder, reasons=("could_not_be_processed",), weigh=True).data["path"] == "correct"
        meant = appeal(folder, reasons=("not_medically_necessary",), weigh=True, dry_run=True)
        assert (meant.code, meant.data["path"]) == (ExitCode.OK, "appeal")
        named = appeal(folder, reasons=("documentation_missing",), dry_run=True)
    assert named.data["reasons"] == ["documentation_missing"]


def test_guards_stop_every_wish(tmp_path: Path) -> None:
    undecided = written(tmp_path / "a", adjustments=[{"group": "CO", "carc": "16", "rarcs": ["MA130"]}])
    excluded = [{"group": "PR", "carc": "204", "amount": "96.00"}]
    no_way = write_case(
        tmp_path / "b",
        a_case(
            plan=a_plan(kind="marketplace"),
            claims=(a_claim(),),
            decisions=(
                a_decision(adjustments=excluded),
                a_decision("appeals/2026-04-20", "2026-06-01", received_date=None, outcome="upheld", adjustments=None),
            ),
            appeals=(an_appeal(reasons=["exclusion_wording"], submission=SENT),),
        ),
    )
    with today_is(date(2026, 6, 4)):
        assert "could not be processed" in refused(undecided, reasons=("not_medically_necessary",))
        for level in (None, "external"):
            said = refused(no_way, level=level, whats_new=NEW)
            assert "not what the contract covers" in said
            assert "what-is-left" in said
    for kind, state, words in (("medicare", "WA", "Original Medicare"), ("auto", "FL", "In Florida")):
        plan = a_plan(kind=kind, state=state)
        folder = write_case(tmp_path / kind, a_case(plan=plan, claims=(a_claim(),), decisions=(a_decision(),)))
        with today_is(date(2026, 5, 4)):
            assert words in refused(folder, reasons=("not_medically_necessary",))


def test_a_late_appeal_says_why_in_the_letter(denied: Path) -> None:
    with today_is(date(2027, 5, 3)):
        bare = appeal(denied, dry_run=True)
        assert any("last day was" in line for line in bare.says)
        assert any("--good-cause" in line for line in bare.says)
        made = appeal(denied, good_cause="I was in hospital from March 1 to April 20, 2027.")
    letter = text_of(denied, made)
    assert "Why this comes after the last day I was in hospital from March 1 to April 20, 2027." in letter
    assert read_case(denied).appeals[0].good_cause == "I was in hospital from March 1 to April 20, 2027."


# --- bad input: one clear sentence, and the next command


def test_no_decision_yet(tmp_path: Path) -> None:
    said = refused(write_case(tmp_path / "case", a_case(claims=(a_claim(),))))
    assert said == (
        "No decision of the payer is recorded yet. "
        "Record the denial letter or EOB first: `massage-claim record-decision --about claims/2026-03-10`."
    )


def two_decisions() -> Case:
    return a_case(claims=(a_claim(),), decisions=(a_decision(), a_decision(notice_date="2026-04-13")))


def test_two_current_decisions_about_one_claim(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="neither replaces the other"):
        appeal(write_case(tmp_path / "case", two_decisions()))


def test_received_before_it_was_written(denied: Path) -> None:
    with pytest.raises(UsageProblem, match="received before it was written"):
        decided(denied, "claims/2026-05-12", "2026-09-18", "2026-09-17", "No.")


def test_a_level_left_out_names_the_command(denied: Path) -> None:
    with today_is(date(2026, 10, 12)):
        for level, name in (("2", "Level 2"), ("external", "External review")):
            said = refused(denied, level=level)
            assert said.startswith(f"{name} comes after a decision about the level before it")
            assert "record-decision --about" in said


def test_evidence_that_is_not_the_same_any_more(denied: Path) -> None:
    file = denied / "attachments" / "policy-mp-114.pdf"
    file.write_bytes(file.read_bytes() + b"\n% changed\n")
    with today_is(date(2026, 10, 12)), pytest.raises(AttachmentUnusable) as raised:
        appeal(denied)
    (problem,) = raised.value.problems
    assert re.search(r"changed|not the (one|file)", problem.says)
    assert "attach" in problem.fix
    assert not (denied / "appeals").exists()
