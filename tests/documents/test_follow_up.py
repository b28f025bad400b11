"""The papers of step 6: the letter about a late decision, the answer to a request, the script of a call, the chronology.

Their words are kept as text; MASSAGE_CLAIM_UPDATE_GOLDEN=1 writes them anew.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from builders import (
    a_case,
    a_claim,
    a_contact,
    a_coverage,
    a_decision,
    a_plan,
    an_appeal,
    an_attachment,
    write_case,
)
from massage_claim.actions.papers.single_paper import paper
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.writing.outline import as_text
from papers import Read, read_paper, today_is
from played import as_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "follow_up"
UPDATE = os.environ.get("MASSAGE_CLAIM_UPDATE_GOLDEN") == "1"
WIDTH = 100
LATE = date(2026, 4, 30)
CLAIM = "claims/2026-03-10"

SHOWN = {  # golden file → the example's day, today, the paper
    "follow_up_letter": ("2026-05-25", "2026-06-20", None),
    "status_call_script": ("2026-05-25", "2026-06-20", None),
    "information_request_answer": ("2026-06-18", "2026-06-18", "contacts/2026-06-16"),
    "chronology": ("2026-07-20", "2026-07-20", None),
    "portal_copy_sheet": ("2026-07-20", "2026-07-20", None),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_paper_says_what_it_said(name: str, tmp_path: Path) -> None:
    then, today, for_ = SHOWN[name]
    folder = as_of("low_back_paid", date.fromisoformat(then), tmp_path / "case")
    with today_is(date.fromisoformat(today)):
        text = as_text(paper(folder, name, for_=for_, preview=True).blocks, WIDTH)
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing: run with MASSAGE_CLAIM_UPDATE_GOLDEN=1"
    assert text == path.read_text("utf-8")


def test_no_golden_text_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(SHOWN)


def letter(folder: Path, case: Case, day: date = LATE) -> Read:
    write_case(folder, case)
    with today_is(day):
        blocks = paper(folder, "follow_up_letter", preview=True).blocks
    return Read(blocks, (as_text(blocks, 500),))


def sent(kind: str = "employer-insured", **fields: object) -> Case:
    return a_case(plan=a_plan(kind=kind, rules=None), claims=(a_claim(),), **fields)


def test_the_letter_comes_when_the_time_is_over_and_not_before(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", sent())
    with today_is(date(2026, 4, 22)), pytest.raises(NotReady) as early:  # March 18, five days of mail, 30 days
        paper(folder, "follow_up_letter")
    assert "still has time to decide" in early.value.problems[0].says
    assert "log-contact --script" in early.value.problems[0].fix
    with today_is(date(2026, 4, 23)):
        assert paper(folder, "follow_up_letter", preview=True).blocks


@pytest.mark.parametrize("kind", sorted(set(PLAN_KINDS) - {"none"}))
def test_the_letter_cites_the_time_of_this_kind_of_plan_only(kind: str, tmp_path: Path) -> None:
    """Nothing of another regime, and nothing at all where no time is known."""
    said = letter(tmp_path / "case", sent(kind))
    rules = facts_on(LATE).deadlines.of("initial_decision_post_service", kind) if kind != "unknown" else ()
    own = {str(rule.source) for rule in rules if rule.may_be_quoted}
    assert ("CFR" in said.text) == bool(own)
    for source in own:
        assert "".join(source.split()) in said.squeezed
    assert ("Thetimetodecidehaspassed" in said.squeezed) == bool(own)
    assert "Please decide on this claim now" in said.text


def test_the_letter_tells_when_how_and_with_which_proof(tmp_path: Path) -> None:
    proof = an_attachment("receipt.pdf", kind="proof-of-sending", title="Post office receipt", for_=[CLAIM])
    call = a_contact("2026-03-30", about=CLAIM, received_on="2026-03-21", promised="A decision in April.")
    case = sent(attachments=(*a_case().attachments, proof), contacts=(call,))
    said = letter(tmp_path / "case", case)
    fields = said.fields()
    assert fields["What was sent"] == "claim, on March 18, 2026, by certified mail"
    assert fields["Proof"] == "tracking number 7020 0000 1111 2222 3333; Post office receipt"
    assert fields["Received by you"] == "March 21, 2026, as you said (call with Dana, reference REF-20260319-042)"
    assert "ended on April 20, 2026" in said.text
    assert "It was sent 43 days ago" in said.text
    unproven = letter(tmp_path / "mail", sent())
    assert "Counted from the sending, with 5 days for the mail, that time ended on April 22, 2026" in unproven.text
    assert said.tables()[0][1] == [
        "03/30/2026",
        "Call, Dana",
        "REF-20260319-042",
        "The claim arrived and is being worked on. Promised: A decision in April.",
    ]


def test_the_plans_own_word_stands_in_the_letter_where_no_law_does(tmp_path: Path) -> None:
    own = a_coverage(answers={"processing_time": "21 days"})
    said = letter(tmp_path / "case", sent("medicare", coverage=(own,)))
    assert (
        "You said that a decision takes 21 days (call of February 20, 2026, reference REF-20260220-118)." in said.text
    )
    assert "CFR" not in said.text


def test_an_appeal_that_waits_too_long(tmp_path: Path) -> None:
    appeal = an_appeal(submission={"date": "2026-04-20", "method": "fax", "confirmation": "log 7"})
    case = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(appeal,))
    said = letter(tmp_path / "case", case, date(2026, 6, 20))
    assert said.fields()["What was sent"] == "appeal (level 1), on April 20, 2026, by fax"
    assert "(i)(2)(iii)" in said.text
    assert said.fields()["To/Department"] == "Appeals"


def test_a_record_id_never_stands_in_a_letter(tmp_path: Path) -> None:
    own = a_coverage(answers={"processing_time": "21 days"})
    call = a_contact("2026-03-30", about=CLAIM)
    case = sent("medicare", coverage=(own,), contacts=(call,))
    for name in ("follow_up_letter", "chronology"):
        said = read_paper(tmp_path / name, name, LATE, case=case)
        assert [word for word in ("claims/", "contacts/", "coverage/", "attachments/") if word in said.squeezed] == []


def test_an_answer_needs_papers_or_what_was_sent(tmp_path: Path) -> None:
    asked = a_contact("2026-04-01", about=CLAIM, asked_for="The order.", answer_by="2026-04-20")
    folder = write_case(tmp_path / "case", sent(contacts=(asked,)))
    with today_is(LATE), pytest.raises(NotReady, match="what answers the request is missing"):
        paper(folder, "information_request_answer")
    order = an_attachment("copy.pdf", title="Copy of the order", for_=["contacts/2026-04-01"])
    theirs = an_attachment("theirs.pdf", kind="payer-letter", title="Their letter", for_=["contacts/2026-04-01"])
    case = sent(contacts=(asked,), attachments=(*a_case().attachments, order, theirs))
    said = read_paper(tmp_path / "with", "information_request_answer", LATE, case=case)
    assert "1. Copy of the order" in said.text
    assert "Their letter" not in said.text
    assert (said.fields()["About/Wanted by"], said.fields()["About/Asked on"]) == ("04/20/2026", "04/01/2026")


def test_what_the_papers_are_about_is_named_when_it_is_not_there(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", a_case())
    with today_is(LATE):
        for name in ("follow_up_letter", "information_request_answer", "status_call_script"):
            with pytest.raises(NotReady, match="nothing this paper could be about"):
                paper(folder, name)
            with pytest.raises(UsageProblem, match="--for names no"):
                paper(folder, name, for_="claims/1999-01-01")
        with pytest.raises(NotReady):
            paper(folder, "chronology")


def test_the_chronology_holds_what_happened_with_the_payer_and_no_health(tmp_path: Path) -> None:
    contacts = (
        a_contact("2026-03-30", about=CLAIM, said="It is here."),
        a_contact("2026-03-31", reference=None, said="No number, so nothing to look up."),
        a_contact("2026-04-01", way="letter", reference=None, asked_for="The order.", said=None, person=None),
        a_contact("2026-04-02", **{"with": "the therapist"}, said="Not for the payer."),
        a_contact("2026-05-20", said="Later."),
    )
    theirs = an_attachment("theirs.pdf", kind="payer-letter", title="Letter of April 5", date="2026-04-05")
    case = sent(contacts=contacts, decisions=(a_decision(),), attachments=(*a_case().attachments, theirs))
    said = read_paper(tmp_path / "case", "chronology", LATE, case=case)
    (table,) = said.tables()
    assert [row[0] for row in table[1:]] == [
        "02/20/2026",
        "03/18/2026",
        "03/30/2026",
        "04/01/2026",
        "04/05/2026",
        "04/10/2026",
    ]
    assert table[2][1:] == [
        "Claim for 1 visit, 03/10/2026, sent by certified mail",
        "Tracking number 7020 0000 1111 2222 3333",
    ]
    assert "Asked for: The order." in table[4][1]
    assert "“We find that this care does not meet our criteria.”" in table[6][1]
    assert "M54" not in said.text
    assert "therapist" not in said.text
