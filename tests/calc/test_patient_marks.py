"""The spellings under which a paper may name the patient."""

from __future__ import annotations

import pytest

from builders import a_patient, a_plan
from massage_claim.calc.patient_marks import ADDRESS, BIRTH_DATE, MEMBER_ID, NAME, list_spellings


def test_only_what_is_known_is_looked_for() -> None:
    assert set(list_spellings(a_patient(), a_plan())) == {NAME, BIRTH_DATE, MEMBER_ID, ADDRESS}
    bare = a_patient(name=None, birth_date=None, address=None)
    assert list_spellings(bare, a_plan(member_id=None)) == {}


@pytest.mark.parametrize(
    "spelled", ["Anna Maria van Dyk", "Anna Dyk", "Anna M v Dyk", "Dyk Anna Maria van", "Dyk Anna"]
)
def test_names_as_offices_write_them(spelled: str) -> None:
    assert spelled in list_spellings(a_patient(name="Anna Maria van Dyk"), a_plan())[NAME]


def test_one_name_alone() -> None:
    assert list_spellings(a_patient(name="Teller"), a_plan())[NAME][0] == "Teller"


@pytest.mark.parametrize("spelled", ["05/21/1984", "5/21/1984", "May 21 1984", "21 May 1984", "1984-05-21", "05/21/84"])
def test_dates_as_offices_write_them(spelled: str) -> None:
    assert spelled in list_spellings(a_patient(), a_plan())[BIRTH_DATE]


def test_an_address_is_known_by_its_beginning() -> None:
    assert list_spellings(a_patient(), a_plan())[ADDRESS] == ("418 Alder",)
