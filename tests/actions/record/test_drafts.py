"""The core of all recording commands: validation named by option, names that must lead somewhere, nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_case, a_provider, a_record, write_case, write_record
from commands import files
from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.errors import UsageProblem, WouldOverwrite
from massage_claim.models.case import CaseSettings
from massage_claim.models.condition import Condition
from massage_claim.models.measure import Measure
from massage_claim.models.payment import Payment
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.store.read import read_case
from massage_claim.yamltext import Node

ORDER: dict[str, Node] = {"date": "2026-04-01", "referring": "dr-okoye", "visits": "6"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return open_place(write_case(tmp_path / "case"))


def test_a_record_is_written_as_the_models_say_it(place: Place) -> None:
    _, result = drafts.record(place, Prescription, ORDER, options={})
    assert result.written == ("prescriptions/2026-04-01.yaml",)
    text = (place.folder / "prescriptions/2026-04-01.yaml").read_text(encoding="utf-8")
    assert text == "date: 2026-04-01\nreferring: providers/dr-okoye\nvisits: 6\n"
    assert read_case(place.folder).find(Prescription, "2026-04-01") is not None


def test_a_second_one_of_a_day_gets_a_number(place: Place) -> None:
    names = [drafts.record(place, Prescription, ORDER, options={})[1].written[0] for _ in range(3)]
    assert [name.rpartition("/")[2] for name in names] == ["2026-04-01.yaml", "2026-04-01-2.yaml", "2026-04-01-3.yaml"]


def test_every_wrong_value_is_named_by_its_option_and_nothing_is_written(place: Place) -> None:
    before = files(place.folder)
    wrong: dict[str, Node] = {"date": "2026-13-01", "referring": "dr okoye", "visits": "many"}
    with pytest.raises(UsageProblem) as refused:
        drafts.record(place, Prescription, wrong, options={"date": "--date", "referring": "--referring"})
    says = [problem.says for problem in refused.value.problems]
    assert [line.split(":")[0] for line in says] == ["--date", "--referring", "`visits` is not a number or a range."]
    assert all("2026-13-01" not in line and "many" not in line for line in says)
    assert files(place.folder) == before


def test_a_wrong_value_in_a_list_is_named_by_the_option_of_the_list(place: Place) -> None:
    tree: dict[str, Node] = {"date": "2026-04-01", "amount": "5.00", "for": [{"session": "2026-03-10", "amount": "x"}]}
    with pytest.raises(UsageProblem) as refused:
        drafts.record(place, Payment, tree, options={"for": "--for"})
    assert refused.value.problems[0].says.startswith("--for, amount: this is not an amount")


def test_a_verdict_about_the_whole_has_no_empty_name(place: Place) -> None:
    tree: dict[str, Node] = {"date": "2026-04-01", "amount": "5.00", "tip": "6.00"}
    with pytest.raises(UsageProblem) as refused:
        drafts.record(place, Payment, tree, options={})
    assert refused.value.problems[0].says == "The payment gives out more than was paid."


def test_a_name_that_leads_nowhere_is_refused_with_the_known_ones(place: Place) -> None:
    with pytest.raises(UsageProblem) as refused:
        drafts.record(place, Prescription, {**ORDER, "referring": "dr-nobody"}, options={"referring": "--referring"})
    problem = refused.value.problems[0]
    assert problem.says == "--referring: there is no record providers/dr-nobody."
    assert "providers/ana-petrova" in problem.fix
    assert "providers/dr-okoye" in problem.fix


def test_without_any_known_one_the_fix_is_to_add_it(tmp_path: Path) -> None:
    place = open_place(write_case(tmp_path / "bare", a_case(conditions=(), prescriptions=(), sessions=(), measures=())))
    with pytest.raises(UsageProblem) as refused:
        drafts.record(place, Prescription, {**ORDER, "condition": "neck"}, options={})
    assert "massage-claim add-condition" in refused.value.problems[0].fix


def test_a_provider_of_the_shared_practice_is_known(tmp_path: Path) -> None:
    settings = a_record(CaseSettings, "case", {"format": "1", "practice": "../practice"}, {})
    place = open_place(write_case(tmp_path / "case", a_case(settings=settings)))
    write_record(tmp_path / "practice", a_provider("shared-doctor", roles=["referring"]))
    assert "providers/shared-doctor" in drafts.known(place, "providers")
    drafts.record(place, Prescription, {**ORDER, "referring": "shared-doctor"}, options={})
    assert read_case(place.folder).find(Prescription, "2026-04-01") is not None


def test_a_unique_name_is_refused_the_second_time(place: Place) -> None:
    tree: dict[str, Node] = {"name": "neck pain"}
    drafts.record(place, Condition, tree, "neck-pain", options={}, unique=True)
    before = files(place.folder)
    with pytest.raises(WouldOverwrite) as refused:
        drafts.record(place, Condition, tree, "neck-pain", options={}, unique=True)
    assert "massage-claim edit conditions/neck-pain" in refused.value.problems[0].fix
    assert files(place.folder) == before


def test_a_dry_run_shows_the_file_and_writes_nothing(place: Place) -> None:
    drafts.record(place, Prescription, ORDER, options={})
    before = files(place.folder)
    _, result = drafts.record(place, Prescription, ORDER, options={}, dry_run=True)
    assert "prescriptions/2026-04-01-2.yaml" in result.says[0]
    assert "visits: 6" in result.says[1]
    assert result.written == ()
    assert files(place.folder) == before


def test_empty_answers_count_as_none(place: Place) -> None:
    tree: dict[str, Node] = {"date": "2026-04-01", "measure": "odi", "score": None, "items": [], "note": None}
    drafts.record(place, Measure, tree, options={})
    assert (place.folder / "measures/2026-04-01.yaml").read_text(encoding="utf-8") == "date: 2026-04-01\nmeasure: odi\n"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Zoë Nuñez-Okafor, LMT", "zoe-nunez-okafor-lmt"),
        ("Dr. Łukasz Šoškić", "dr-lukasz-soskic"),
        ("Trần Thị Bích Ngọc", "tran-thi-bich-ngoc"),
        ("O'Brien & Sons", "obrien-sons"),
        ("Straße 9 / Æsir", "strasse-9-aesir"),
        ("../../etc/passwd", "etc-passwd"),
        ("Наталья", ""),
        ("…", ""),
    ],
)
def test_a_file_is_named_by_plain_letters(name: str, stem: str) -> None:
    assert drafts.slug(name) == stem


@given(st.text(max_size=200))
def test_no_name_makes_a_file_name_that_leads_elsewhere(name: str) -> None:
    stem = drafts.slug(name)
    assert len(stem) <= 60
    assert all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in stem)
    assert not stem.startswith("-")


def test_a_name_without_latin_letters_is_refused(place: Place) -> None:
    from massage_claim.actions.record.names import stem_of

    with pytest.raises(UsageProblem) as refused:
        stem_of({"name": "Наталья"}, Provider, {"name": "--name"})
    assert "--name" in refused.value.problems[0].says
    assert "Наталья" not in refused.value.problems[0].says
    with pytest.raises(UsageProblem) as missing:
        stem_of({}, Provider, {"name": "--name"})
    assert missing.value.problems[0].says.startswith("--name: this is missing")
