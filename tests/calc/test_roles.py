"""Who treats, who ordered, who is paid."""

from __future__ import annotations

from builders import a_case, a_doctor, a_practice, a_provider
from massage_claim.calc.roles import in_role, ordering, treating, who_is_paid, who_would_be_paid

THERAPIST, PRACTICE, DOCTOR = a_provider(), a_practice(), a_doctor()


def test_who_treats() -> None:
    other = a_provider("kim-lee")
    assert [p.stem for p in treating(a_case(providers=(a_provider(), other)))] == ["ana-petrova"]
    assert [p.stem for p in treating(a_case(providers=(a_provider(), other), sessions=()))] == [
        "ana-petrova",
        "kim-lee",
    ]


def test_who_is_paid() -> None:
    case = a_case(providers=(THERAPIST, PRACTICE, DOCTOR))
    assert in_role(case, "billing") == (PRACTICE,)
    assert who_is_paid(case) == who_is_paid(case, THERAPIST) == who_would_be_paid(case, THERAPIST) == PRACTICE
    own = a_provider(roles=["rendering", "billing"])
    assert who_is_paid(a_case(providers=(own, PRACTICE)), own) == own
    assert who_is_paid(a_case(providers=(own, PRACTICE))) is None
    two = a_case(providers=(THERAPIST, a_provider("kim-lee"), PRACTICE))
    assert who_is_paid(two, THERAPIST) == PRACTICE
    assert who_would_be_paid(two, THERAPIST) is None


def test_who_orders_is_who_an_order_names_or_has_the_role() -> None:
    bare = a_doctor(roles=None)
    assert ordering(a_case(providers=(THERAPIST, bare))) == (bare,)
    assert ordering(a_case(providers=(THERAPIST, DOCTOR), prescriptions=())) == (DOCTOR,)
