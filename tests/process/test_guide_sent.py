"""The guide in a real terminal, for who comes with a denial letter in hand; and when it is time to measure or to ask."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builders import a_case, a_claim, a_measure, a_pdf, a_session, write_case
from guide_driver import Driven, drive
from massage_claim.store.read import read_case

SENT = "Have you already sent a claim for massage visits?"
ANSWER = "Do you have the plan's answer?"
CLAIM = {
    "Name of the patient": "Zoë Nuñez-Okafor",
    "Folder": "case",
    SENT: "yes",
    "Date of the visit": "2/3/2026",
    "Procedure code": "97124",
    "Price": "$95",
    "Hands-on minutes": "52",
    "Was there another visit in that claim?": "yes",
    "Date of the visit#2": "2/10/2026",
    "How it was sent": "fax",
    "Sent on": "2/9/2026",
    "Sent on#2": "2/12/2026",
    "Scan of what was sent": "bill.pdf",
}
CARD = {
    "Insurer": "Fern Mutual",
    "Member ID": "0012345",
    "Group number": "G-1",
    "Kind of plan": "1",
    "State of the plan": "Oregon",
}
LETTER = {
    "Date on the notice": "2026-03-20",
    "The day it reached you": "2026-03-25",
    "Paid by the plan in all": "0",
    "Outcome": "denied",
    "The reason as printed": "Not medically necessary.",
    "Reason code": "CO-50",
    "Scan of the notice": "denial.pdf",
}
APPEAL = {
    "Make the letter stronger first?": "no",
    "Where appeals go": "800-555-0177",
    "Have you signed and sent the appeal?": "yes",
    "How it was sent#2": "fax",
}
REPEATED = {"Date of the visit", "Procedure code", "Price", "Hands-on minutes", "Another service? Procedure code"} | {
    "Was there another visit in that claim?",
    "How it was sent",
    "Sent on",
}
"""Asked for each visit, for the claim and for the appeal; and again after a refusal."""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("bill", "denial"):
        (folder / f"{name}.pdf").write_bytes(a_pdf(name))
    return folder


def asked_twice(done: Driven) -> list[str]:
    return [label for label, times in Counter(done.asked).items() if times > 1 and label not in REPEATED]


def test_from_a_denial_letter_to_an_appeal_that_was_sent(desk: Path) -> None:
    done = drive(answers={**CLAIM, **CARD, **LETTER, **APPEAL}, cwd=desk, today="2026-04-20")
    assert (done.code, asked_twice(done)) == (0, [])
    assert len(done.asked) <= 53
    assert "Have you asked the plan whether it pays for massage?" not in done.asked
    assert "Has the plan answered?" not in done.asked
    assert "This day is before the last visit of the claim." in done.flat
    case = read_case(desk / "case")
    (claim,), (decision,), (appeal,) = case.claims, case.decisions, case.appeals
    assert claim.submission is not None
    assert (claim.submission.without_packet, str(claim.submission.date)) == ("yes", "2026-02-12")
    assert [(str(line.charge), line.minutes) for line in claim.lines] == [("95.00", 52), ("95.00", 52)]
    assert decision.about == "claims/2026-02-03"
    assert appeal.submission is not None
    assert appeal.submission.sent_file == "sent/appeal-2026-04-20-level-1.pdf"
    assert "Exhibit B: The claim as it was sent" in done.flat
    assert "[ ] Sign page 1 (Cover sheet)" in done.flat
    assert "payment under the plan of $190.00" not in done.flat
    assert max(len(line) for line in done.screen.replace("\r\n", "\n").split("\n")) <= 80


def test_interrupted_on_the_short_way_it_goes_on_there(desk: Path) -> None:
    whole = {**CLAIM, **CARD, **LETTER, **APPEAL}
    for number in (9, 18):
        there = ["case"] if (desk / "case").exists() else []
        done = drive(*there, answers=whole, cwd=desk, interrupt_at=number, today="2026-04-20")
        assert (done.code, "Traceback" in done.screen) == (130, False)
        read_case(desk / "case")
        whole = {**whole, "Have you already sent a claim for these visits?": "yes", ANSWER: "yes"}
        whole |= {"Has the plan answered?": "yes", "Sent on": "2/12/2026"}
    done = drive("case", answers={**whole, "How it was sent": "fax"}, cwd=desk, today="2026-04-20")
    assert done.code == 0
    case = read_case(desk / "case")
    assert ([one.id for one in case.claims], len(case.decisions)) == (["2026-02-03"], 1)
    assert "Have you asked the plan whether it pays for massage?" not in done.asked


def test_without_an_answer_it_waits_for_it_and_says_how_to_go_on(desk: Path) -> None:
    answers = {**CLAIM, **CARD, ANSWER: "no"}
    done = drive(answers=answers, cwd=desk, today="2026-02-13")
    assert done.code == 0
    assert "Date on the notice" not in done.asked
    assert "Next: When the plan's answer comes: massage-claim guide" in done.flat
    later = drive("case", answers={"Another visit to write down?": "stop"}, cwd=desk, today="2026-03-20")
    assert later.asked == [
        "Has the plan answered?",
        "Have you asked the plan about it?",
        "Another visit to write down?",
    ]
    assert "massage-claim log-contact -C case --script --about claims/2026-02-03" in later.flat


def test_it_offers_to_measure_when_it_is_due_and_to_write_down_a_call(tmp_path: Path) -> None:
    visits = tuple(a_session(day) for day in ("2026-03-10", "2026-03-17"))
    measures = (a_measure("2026-02-25", "pain", 7),)
    claims = (a_claim(visits[:1], submission={"date": "2026-03-12", "method": "mail"}),)
    folder = write_case(tmp_path / "case", a_case(sessions=visits, measures=measures, claims=claims))
    answers = {
        "Measure again now?": "yes",
        "Write down": "1",
        "Pain, from 0 (none) to 10 (the worst there is)": "4",
        "Another visit to write down?": "no",
        "Have you asked the plan about it?": "yes",
        "Name": "Dana",
        "Arrived on": "2026-03-16",
    }
    done = drive(folder, answers=answers, cwd=tmp_path, otherwise="", today="2026-04-01")
    assert "It was due on 2026-03-27" in done.flat
    case = read_case(folder)
    assert [(str(one.date), str(one.score)) for one in case.measures][-1] == ("2026-04-01", "4")
    (contact,) = case.contacts
    assert (contact.about, contact.person, str(contact.received_on)) == ("claims/2026-03-10", "Dana", "2026-03-16")
    assert "--" not in "".join(line for line in done.screen.splitlines() if "Not taken" in line)
