"""Conditions, providers, orders, payments, coverage and decisions: what is written, and what is said about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders import a_case, a_claim, a_decision, an_appeal, an_attachment, write_case
from commands import files
from massage_claim.actions.record.new_condition import add_condition
from massage_claim.actions.record.new_payment import add_payment, payment_tree
from massage_claim.actions.record.new_prescription import add_prescription
from massage_claim.actions.record.new_provider import add_provider
from massage_claim.actions.record.payer_notice import record_decision
from massage_claim.errors import UsageProblem, WouldOverwrite
from massage_claim.models.condition import Condition
from massage_claim.models.decision import Decision
from massage_claim.models.payment import Payment
from massage_claim.models.providers import Provider
from massage_claim.store.read import read_case
from massage_claim.yamltext import Node
from papers import today_is

DENIAL: dict[str, Node] = {"about": "2026-03-10", "notice_date": "2026-04-10", "total_paid": "0.00"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(
        tmp_path / "case", a_case(claims=(a_claim(),), attachments=(an_attachment("denial.pdf", kind="denial"),))
    )


def test_a_condition_is_named_after_itself(case: Path) -> None:
    diagnoses: list[Node] = [{"code": "m54.2", "by": "dr-okoye"}]
    result = add_condition(case, {"name": "Neck pain", "diagnoses": diagnoses}, options={})
    added = read_case(case).find(Condition, "neck-pain")
    assert added is not None
    assert added.diagnoses[0].code == "M54.2"
    assert result.next == "massage-claim status"


def test_a_diagnosis_by_nobody_known_is_refused(case: Path) -> None:
    before = files(case)
    with pytest.raises(UsageProblem) as refused:
        add_condition(
            case,
            {"name": "Neck pain", "diagnoses": [{"code": "M54.2", "by": "dr-who"}]},
            options={"diagnoses": "--diagnosis"},
        )
    assert refused.value.problems[0].says.startswith("--diagnosis: there is no record providers/dr-who")
    assert files(case) == before


def test_a_provider_is_named_after_their_name_and_only_once(case: Path) -> None:
    tree: dict[str, Node] = {"name": "Dr. Łukasz Šoškić", "roles": ["referring"], "npi": "2345678900"}
    result = add_provider(case, tree, options={})
    assert read_case(case).find(Provider, "dr-lukasz-soskic") is not None
    assert result.next == "massage-claim add-prescription"
    with pytest.raises(WouldOverwrite):
        add_provider(case, tree, options={})


def test_a_provider_without_a_role_is_told_so(case: Path) -> None:
    result = add_provider(case, {"name": "Somebody"}, options={})
    assert any("roles.1=rendering" in note for note in result.notes)


def test_an_unsigned_order_is_said_to_count_as_none(case: Path) -> None:
    tree: dict[str, Node] = {"date": "2026-04-01", "referring": "dr-okoye", "signed": "no"}
    result = add_prescription(case, tree, options={})
    assert any("not signed counts as none" in line for line in result.says)
    assert result.next is not None
    assert "--kind prescription --for prescriptions/2026-04-01" in result.next


@pytest.mark.parametrize(
    ("method", "source"),
    [("card ending 4242", "card"), ("Cash", "cash"), ("HSA card", "hsa"), ("Venmo", None), (None, None)],
)
def test_what_it_was_paid_from_is_read_out_of_the_method(method: str | None, source: str | None) -> None:
    assert payment_tree({"method": method}).get("from") == source
    assert payment_tree({"method": method, "from": "other"})["from"] == "other"


def test_one_payment_for_several_visits_and_the_rest_is_named(case: Path) -> None:
    tree: dict[str, Node] = {
        "date": "2026-03-12",
        "amount": "120.00",
        "tip": "10.00",
        "for": [{"session": "2026-03-10", "amount": "96.00"}],
        "other_items": [{"what": "oil", "amount": "4.00"}],
    }
    result = add_payment(case, tree, options={})
    assert any(note.startswith("$10.00 of it is for nothing named yet") for note in result.notes)
    added = read_case(case).find(Payment, "2026-03-12")
    assert added is not None
    assert added.for_[0].session == "sessions/2026-03-10"


def test_a_decision_names_the_claim_and_explains_its_codes(case: Path) -> None:
    tree: dict[str, Node] = {
        **DENIAL,
        "adjustments": [{"carc": "co-50", "rarcs": ["n115"]}, {"carc": "PR2"}, {"carc": "9999"}],
        "scan": "attachments/denial.pdf",
    }
    with pytest.raises(UsageProblem):  # two folders deep is no record's name
        record_decision(case, {**tree, "scan": "attachments/x/denial"}, options={})
    with today_is(date(2026, 4, 15)):
        result = record_decision(case, tree, options={})
    added = read_case(case).find(Decision, "2026-04-10")
    assert added is not None
    assert (added.about, added.scan) == ("claims/2026-03-10", "attachments/denial")
    assert [(item.group, item.carc) for item in added.adjustments] == [("CO", "50"), ("PR", "2"), (None, "9999")]
    said = " ".join(result.says)
    assert "appeal, send it by 2026-10-07. The plan says that the treatment was not medically necessary." in said
    assert "Codes: CO-50, N115, PR-2, 9999." in said
    assert "Code PR-2: Coinsurance: your share in per cent." in said
    assert "Code 9999: not in this program's list; ask the plan what it means." in said
    assert result.next == "massage-claim appeal"
    assert any("--received" in note for note in result.notes)
    assert any("--reason" in note for note in result.notes)


def test_a_payment_leads_back_to_status(case: Path) -> None:
    result = record_decision(case, {**DENIAL, "total_paid": "60.00", "outcome": "paid"}, options={})
    assert result.next == "massage-claim status"
    assert result.notes == ()


def test_a_refused_line_leads_to_the_appeal_whatever_the_whole_is_called(case: Path) -> None:
    lines: list[Node] = [{"service_date": "2026-03-10", "adjustments": [{"group": "CO", "carc": "50"}]}]
    result = record_decision(case, {**DENIAL, "total_paid": "60.00", "outcome": "paid", "lines": lines}, options={})
    assert result.next == "massage-claim appeal"


def test_what_could_not_be_processed_is_corrected(case: Path) -> None:
    result = record_decision(case, {**DENIAL, "outcome": "unprocessable"}, options={})
    assert result.next == "massage-claim build-packet --corrects claims/2026-03-10"


def test_a_decision_about_an_appeal_is_found_by_its_name_alone(tmp_path: Path) -> None:
    whole = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(an_appeal(),))
    folder = write_case(tmp_path / "case", whole)
    record_decision(folder, {"about": "2026-04-20", "notice_date": "2026-06-01", "outcome": "upheld"}, options={})
    added = read_case(folder).find(Decision, "2026-06-01")
    assert added is not None
    assert added.about == "appeals/2026-04-20"


def test_a_decision_about_nothing_known_is_refused(case: Path) -> None:
    with pytest.raises(UsageProblem) as refused:
        record_decision(case, {**DENIAL, "about": "claims/2026-01-01"}, options={"about": "--about"})
    assert refused.value.problems[0].says == "--about: there is no record claims/2026-01-01."
    assert "claims/2026-03-10" in refused.value.problems[0].fix
