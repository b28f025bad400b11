"""`log-contact`: every option reaches its field, impossible days are refused, and the script shows what to ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_claim, a_contact, a_decision, an_appeal, an_attachment, write_case
from commands import Ran, answer, files, run, terminal
from massage_claim import yamltext
from massage_claim.models.contact import Contact
from massage_claim.store.read import read_case
from papers import today_is

DAY = date(2026, 4, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = (an_attachment("order-copy.pdf"), an_attachment("fax-log.pdf", kind="proof-of-sending"))
    asked = a_contact("2026-03-19", about="claims/2026-03-10", asked_for="The order.")
    appeal = an_appeal(submission={"date": "2026-03-20", "method": "fax"})
    case = a_case(
        claims=(a_claim(),),
        contacts=(asked,),
        decisions=(a_decision(notice_date="2026-03-19", received_date="2026-03-19"),),
        appeals=(a_case(appeals=(appeal,)).appeals[0].model_copy(update={"decision": "decisions/2026-03-19"}),),
        attachments=(*a_case().attachments, *papers),
    )
    return write_case(tmp_path / "case", case)


def log(folder: Path, *more: str) -> Ran:
    with today_is(DAY):
        return run("log-contact", "-C", folder, "--no-input", *more)


def test_every_option_reaches_its_field(folder: Path) -> None:
    options = (
        "--date 2026-04-01 --way call --about 2026-03-10 --time 9:05 --person Dana --phone 800-555-0119 --reference R-1 "
        "--received-on 2026-03-20 --next-date 2026-04-20 --answer-by 2026-04-15 --answers 2026-03-19 --paper order-copy.pdf "
        "--confirmation F-9 --proof fax-log --claim-number CL-1=2026-03-10 --claim-number CL-2"
    ).split()
    texts = [
        "--with",
        "the plan",
        "--title",
        "claims, level 2",
        "--said",
        "It is in process.",
        "--promised",
        "An answer.",
    ]
    texts += ["--asked-for", "The notes.", "--sent", "The order, by fax."]
    ran = log(folder, *options, *texts)
    assert (ran.code, ran.err) == (0, "")
    written = yamltext.read((folder / "contacts/2026-04-01.yaml").read_text("utf-8"), "").value
    assert written == {
        "date": "2026-04-01",
        "way": "call",
        "with": "the plan",
        "about": "claims/2026-03-10",
        "time": "09:05",
        "person": "Dana",
        "title": "claims, level 2",
        "phone": "800-555-0119",
        "reference": "R-1",
        "said": "It is in process.",
        "received_on": "2026-03-20",
        "claim_numbers": [{"number": "CL-1", "dates": ["2026-03-10"]}, {"number": "CL-2"}],
        "promised": "An answer.",
        "next_date": "2026-04-20",
        "asked_for": "The notes.",
        "answer_by": "2026-04-15",
        "answers": "contacts/2026-03-19",
        "sent": "The order, by fax.",
        "papers": ["attachments/order-copy"],
        "confirmation": "F-9",
        "proof": "attachments/fax-log",
    }
    assert set(written) == {field.alias or name for name, field in Contact.model_fields.items()} - {"record_id"}
    assert read_case(folder).find(Contact, "2026-04-01")


def test_what_a_call_still_lacks_is_said_and_what_comes_next(folder: Path) -> None:
    bare = log(
        folder,
        "--date",
        "2026-04-01",
        "--way",
        "call",
        "--with",
        "the plan",
        "--asked-for",
        "Notes",
        "--promised",
        "soon",
    )
    assert "A call without a reference number is hard to prove" in bare.flat
    assert "--answer-by" in bare.flat
    assert "--next-date puts it among the deadlines" in bare.flat
    assert "massage-claim paper information-request-answer --for contacts/2026-04-01" in bare.flat
    sent = log(
        folder,
        "--date",
        "2026-04-02",
        "--way",
        "fax",
        "--with",
        "the plan",
        "--answers",
        "2026-03-19",
        "--sent",
        "Order",
    )
    assert "attach FILE --kind proof-of-sending" in sent.flat
    assert "reference number" not in sent.flat
    assert "Next: massage-claim deadlines" in sent.flat


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("--date 2026-04-03", "--date: that day is still to come"),
        ("--date 2026-04-01 --received-on 2026-04-02", "--received-on is after the contact"),
        (
            "--date 2026-04-01 --about 2026-03-10 --received-on 2026-03-17",
            "--received-on is before the day you sent it",
        ),
        ("--date 2026-04-01 --next-date 2026-03-31", "--next-date: that is before the contact"),
        ("--date 2026-04-01 --answer-by 2026-03-31", "--answer-by: that is before the contact"),
        ("--date 2026-04-01 --about claims/1999-01-01", "--about: there is no record claims/1999-01-01"),
        ("--date 2026-04-01 --answers 1999-01-01", "--answers: there is no record contacts/1999-01-01"),
        ("--date 2026-04-01 --paper nothing", "--paper: there is no record attachments/nothing"),
        ("--date 2026-04-01 --proof nothing.pdf", "--proof: there is no record attachments/nothing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(folder: Path, options: str, says: str) -> None:
    before = files(folder)
    ran = log(folder, "--way", "call", "--with", "the plan", *options.split())
    assert ran.code == 2
    assert says in ran.flat
    assert files(folder) == before


def test_a_way_that_is_none_and_what_is_missing(folder: Path) -> None:
    assert "--way" in log(folder, "--date", "2026-04-01", "--way", "pigeon", "--with", "the plan").err
    missing = log(folder)
    assert missing.code == 2
    assert all(option in missing.err for option in ("--date", "--way", "--with"))


def test_an_appeal_and_the_payers_number_are_kept_as_they_are_meant(folder: Path) -> None:
    base = ("--date", "2026-04-01", "--way", "letter", "--with", "the plan", "--about")
    log(folder, *base, "2026-04-20")
    log(folder, *base, "C-778812")
    assert [c.about for c in read_case(folder).contacts[1:]] == ["appeals/2026-04-20", "C-778812"]


def test_the_script_writes_nothing(folder: Path) -> None:
    before = files(folder)
    with today_is(DAY):
        ran = run("log-contact", "-C", folder, "--script", "--about", "claims/2026-03-10")
    assert ran.code == 0
    assert "On which day did you receive it?" in ran.out
    assert "7020 0000 1111 2222 3333" in ran.out
    assert files(folder) == before


def test_in_a_terminal_only_what_fits_is_asked(folder: Path) -> None:
    env = {"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}
    with terminal("log-contact", "-C", folder, env=env) as child:
        answer(
            child,
            {
                "About": "2026-03-10",
                "Name": "Dana",
                "Title": "claims",
                "Asked you to send": "Notes",
                "Wanted by": "2026-04-09",
            },
        )
    assert child.exitstatus == 0
    (_, new) = read_case(folder).contacts
    assert (new.way, new.with_, new.about, new.title) == ("call", "the plan", "claims/2026-03-10", "claims")
    assert (new.asked_for, new.answer_by, new.sent) == ("Notes", date(2026, 4, 9), None)
