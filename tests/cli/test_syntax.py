"""The small grammars of options that carry several values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from massage_claim.cli import syntax
from massage_claim.errors import UsageProblem


def services(texts: list[str], units: list[str], modifiers: list[str]) -> list[syntax.Node]:
    return syntax.with_details(syntax.services("--service", texts), units, modifiers, [])


def test_services() -> None:
    assert services(["97124=52:95.00"], [], []) == [{"code": "97124", "minutes": "52", "charge": "95.00"}]
    assert services(["97124=52", "97140"], [], []) == [{"code": "97124", "minutes": "52"}, {"code": "97140"}]
    assert services(["97124=38:64.00", "97140=15:32.00"], ["3", "1"], ["97124:59", "97140:GP"]) == [
        {"code": "97124", "minutes": "38", "charge": "64.00", "units": "3", "modifiers": ["59"]},
        {"code": "97140", "minutes": "15", "charge": "32.00", "units": "1", "modifiers": ["GP"]},
    ]
    assert services(["97124=52"], [], ["59", "GP"]) == [{"code": "97124", "minutes": "52", "modifiers": ["59", "GP"]}]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: services(["=52"], [], []),
        lambda: services(["97124="], [], []),
        lambda: services(["97124=52:"], [], []),
        lambda: services(["97124=52"], ["3", "1"], []),
        lambda: services(["97124=38", "97140=15"], [], ["59"]),
        lambda: services(["97124=38"], [], ["97140:59"]),
        lambda: services([], [], ["59"]),
        lambda: syntax.pairs("--for", ["2026-01-14"], "session", "amount", "SESSION=AMOUNT"),
        lambda: syntax.pairs("--for", ["=5.00"], "session", "amount", "SESSION=AMOUNT"),
        lambda: syntax.named("--answer", ["a=1", "a=2"], "ID=TEXT"),
        lambda: syntax.groups("--limit", ["; now=20"], "activity", ("now",)),
        lambda: syntax.groups("--limit", ["sitting; now=20; now=30"], "activity", ("now",)),
        lambda: syntax.eob_lines(["1,2,3,4,5,6,7,8,9,10"]),
        lambda: syntax.claim_numbers("--claim-number", ["=2026-01-14"]),
    ],
)
def test_what_does_not_fit_is_refused_by_its_option(wrong: Callable[[], object]) -> None:
    with pytest.raises(UsageProblem) as refused:
        wrong()
    assert refused.value.problems[0].says.startswith("--")
    assert refused.value.problems[0].fix


def test_groups_keep_other_semicolons_and_equals() -> None:
    assert syntax.groups("--limit", ["sitting; standing = hard; now=20 min; a=b"], "activity", ("now", "before")) == [
        {"activity": "sitting; standing = hard", "now": "20 min; a=b"}
    ]
    assert syntax.groups("--tried", ["ice"], "what", ("from", "to")) == [{"what": "ice"}]


def test_pairs_keep_what_follows_the_first_equals() -> None:
    assert syntax.named("--answer", ["modifier=GP=always"], "ID=TEXT") == {"modifier": "GP=always"}


def test_eob_lines_leave_out_what_is_empty() -> None:
    assert syntax.eob_lines(["2026-01-14,97124,95.00,,0.00"]) == [
        {"service_date": "2026-01-14", "code": "97124", "billed": "95.00", "deductible": "0.00"}
    ]


def test_after_the_columns_of_an_eob_line_come_codes_and_units() -> None:
    assert syntax.eob_lines(["2026-01-14,97124,,,,,,,,CO-45=12.00, N362 ,units=3,PR 2"]) == [
        {
            "service_date": "2026-01-14",
            "code": "97124",
            "units": "3",
            "adjustments": [{"carc": "CO-45", "amount": "12.00", "rarcs": ["N362"]}, {"carc": "PR 2"}],
        }
    ]
    assert syntax.eob_lines(["2026-01-14,,,,,,,,,N290"])[0] == {
        "service_date": "2026-01-14",
        "adjustments": [{"rarcs": ["N290"]}],
    }


def test_a_claim_number_with_its_visits_or_without() -> None:
    assert syntax.claim_numbers("--claim-number", ["CL-1 = 2026-01-14, 2026-01-21", "CL-2"]) == [
        {"number": "CL-1", "dates": ["2026-01-14", "2026-01-21"]},
        {"number": "CL-2"},
    ]


def test_remarks_stay_with_the_first_reason() -> None:
    assert syntax.adjustments(["CO-50", "PR-2"], ["N115", "N362"]) == [
        {"carc": "CO-50", "rarcs": ["N115", "N362"]},
        {"carc": "PR-2"},
    ]
    assert syntax.adjustments([], ["N115"]) == [{"rarcs": ["N115"]}]
    assert syntax.adjustments([], []) == []
