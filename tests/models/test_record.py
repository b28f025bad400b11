"""The base of every record: all problems at once, in our own words, at their lines; blanks count as absent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from massage_claim import yamltext
from massage_claim.models.condition import Condition
from massage_claim.models.contact import Contact
from massage_claim.models.coverage import Authorization, Coverage
from massage_claim.models.decision import Decision
from massage_claim.models.payment import Payment
from massage_claim.models.people import Address, Patient, Subscriber
from massage_claim.models.plan import Plan, PlanRules
from massage_claim.models.record import Record, block_in, fields_of, from_tree, problems_of, to_tree
from massage_claim.models.session import Session

SESSION = "date: 2026-03-10\nservices:\n  - {code: 97124, minutes: 52, charge: 95.00}\n"


def _problems(kind: type[Record], text: str) -> list[str]:
    record, problems = from_tree(kind, yamltext.read(text, "s.yaml"), "s")
    assert (record is None) == bool(problems)
    return [f"{problem.where}: {problem.says} {problem.fix}" for problem in problems]


def test_all_problems_come_at_once_in_the_order_of_their_lines() -> None:
    text = (
        "date: 2026-02-30\nservices:\n  - code: 9712\n    minuts: 52\n    charge: 95\n"
        "place: {a: 1}\nregions: neck\nnote: hello\npurpose: fun\npain:\n  before: 11\n"
    )
    found = _problems(Session, text)
    assert [line.split(":")[1] for line in found] == ["1", "3", "4", "5", "6", "7", "8", "9", "11"]
    assert "`date` is a day that does not exist." in found[0]
    assert "`services[1].code` is not a procedure code." in found[1]
    assert "Unknown field `services[1].minuts`. Did you mean `minutes`?" in found[2]
    assert "`services[1].charge` is not an amount of dollars and cents. Write it as 95.00" in found[3]
    assert "`place` should be one value." in found[4]
    assert "`regions` should be a list." in found[5]
    assert "`note` should be a group of fields." in found[6]
    assert "`purpose` is not one of its words. Write one of: treatment, relaxation." in found[7]
    assert "`pain.before` is not a pain score." in found[8]


def test_a_missing_field_is_explained_in_its_own_sentence() -> None:
    (date, services) = _problems(Session, "rendering: ana\n")
    assert "The field `date` is missing. Add `date:` — The date of service." in date
    assert "The field `services` is missing." in services


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (Session, SESSION + "start: 12:00\nend: 11:00\n", "The session ends before it starts."),
        (Session, SESSION + "start: 12:00\nend: 12:00\n", "The session ends before it starts."),
        (Session, "date: 2026-03-10\nservices: []\n", "The session names no service."),
        (Payment, "date: 2026-03-10\namount: 95.00\ntip: 95.01\n", "The payment gives out more than was paid."),
        (
            Payment,
            "date: 2026-03-10\namount: 95.00\nfor: [{session: a, amount: 60.00}]\nother_items: [{what: oil, amount: 35.01}]\n",
            "The payment gives out more than was paid.",
        ),
        (
            Decision,
            "about: claims/a\nnotice_date: 2026-03-10\nreceived_date: 2026-03-09\n",
            "The decision was received before it was written.",
        ),
        (
            Coverage,
            "date: 2026-03-10\nsource: call\nanswers: {'a b!': x}\n",
            "`answers` has an answer without a question's name.",
        ),
        (
            Session,
            "date: 2026-03-10\nservices: [{code: 97124, modifiers: [A1, A2, A3, A4, A5]}]\n",
            "`services[1].modifiers` has more than four modifiers.",
        ),
    ],
)
def test_parts_that_contradict_each_other_are_refused(kind: type[Record], text: str, says: str) -> None:
    (found,) = _problems(kind, text)
    assert says in found


def test_parts_that_just_fit_are_taken() -> None:
    text = "date: 2026-03-10\namount: 95.00\ntip: 10.00\nfor: [{session: a, amount: 85.00}]\n"
    assert _problems(Payment, text) == []
    assert _problems(Decision, "about: a\nnotice_date: 2026-03-10\nreceived_date: 2026-03-10\n") == []


def test_a_sentence_that_lost_its_quotes_is_not_repeated() -> None:
    (found,) = _problems(Session, SESSION + "Her left hip hurts: since Monday\n")
    assert found.startswith("s.yaml:4: This line is no field.")
    assert "hip" not in found
    (other,) = _problems(Coverage, "date: 2026-03-10\nsource: call\nanswers: {Her hip hurts: ['x']}\n")
    assert "hip" not in other


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "'date: 2026-03-10'\n"])
def test_a_file_that_is_no_list_of_fields_is_refused(text: str) -> None:
    (found,) = _problems(Session, text)
    assert "not a list of `field: value` lines" in found


def test_the_file_cannot_name_itself() -> None:
    (found,) = _problems(Session, SESSION + "record_id: sessions/other\n")
    assert "s.yaml:4: Unknown field `record_id`." in found


def test_aliases_are_the_names_in_the_file() -> None:
    payment, _ = from_tree(
        Payment,
        yamltext.read("date: 2026-03-10\namount: 9.00\nfrom: card\nfor: [{session: a, amount: 9.00}]\n", "p"),
        "p",
    )
    assert payment is not None
    assert payment.from_ == "card"
    assert payment.for_[0].session == "sessions/a"
    assert list(to_tree(payment)) == ["date", "amount", "for", "from"]
    contact, _ = from_tree(Contact, yamltext.read("date: 2026-03-10\nway: call\nwith: the plan\n", "c"), "c")
    assert contact is not None
    assert contact.with_ == "the plan"
    approval, _ = from_tree(Authorization, yamltext.read("number: 1\nfrom: 2026-03-10\n", "a"), "a")
    assert approval is not None
    assert to_tree(approval) == {"number": "1", "from": "2026-03-10"}
    condition, _ = from_tree(
        Condition, yamltext.read("name: a\ntreatments_tried: [{what: b, from: '2025'}]\n", "c"), "c"
    )
    assert condition is not None
    assert condition.treatments_tried[0].from_ == "2025"
    assert "for_" not in fields_of(Payment)
    (wrong,) = _problems(Payment, "date: 2026-03-10\namount: 9.00\nfor_: []\n")
    assert "Unknown field `for_`" in wrong


def test_blank_lines_of_a_skeleton_count_as_absent() -> None:
    text = SESSION + "rendering:\nnote:\n  author:\n  text:\npain:\n  before:\n  after: ~\nprice_agreed: null\n"
    record, problems = from_tree(Session, yamltext.read(text, "s"), "s")
    assert problems == ()
    assert record is not None
    assert (record.rendering, record.note, record.pain, record.price_agreed) == (None, None, None, None)


def test_a_group_that_was_begun_must_be_finished() -> None:
    (found,) = _problems(Session, SESSION + "note:\n  author:\n  text: x\n")
    assert "s.yaml:5: The field `note.author` is missing." in found


def test_an_empty_text_in_quotes_is_not_a_blank() -> None:
    (found,) = _problems(Session, SESSION + "rendering: ''\n")
    assert "`rendering`" in found


def test_problems_of_answers_that_have_no_file() -> None:
    found = problems_of(Session, {"date": "2026-02-30", "services": [{"code": "97124", "minuts": "5"}]})
    assert [path for path, _, _ in found] == [("date",), ("services", 0, "minuts")]
    assert problems_of(Session, {"date": "2026-03-10", "services": [{"code": "97124"}]}) == ()


def test_to_tree_leaves_out_what_is_absent_and_keeps_what_is_set() -> None:
    record, _ = from_tree(Session, yamltext.read(SESSION + "start: 9:05\npain: {before: 0}\n", "s"), "sessions/s")
    assert record is not None
    tree = to_tree(record)
    assert tree["start"] == "09:05"
    assert tree["pain"] == {"before": "0"}
    assert "note" not in tree
    assert "record_id" not in tree
    assert tree["services"] == [{"code": "97124", "minutes": "52", "charge": "95.00"}]
    assert record.charge == Decimal("95.00")
    assert (record.stem, record.record_id) == ("s", "sessions/s")


def test_block_in_tells_groups_from_values_and_lists() -> None:
    assert block_in(Patient, "address") is Address
    assert block_in(Patient, "subscriber") is Subscriber
    assert block_in(Plan, "rules") is PlanRules
    assert block_in(Patient, "name") is None
    assert block_in(Session, "services") is None
