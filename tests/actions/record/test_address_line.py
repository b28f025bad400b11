"""An address on one line, as people write it on an envelope; one that could be read in two ways is refused."""

from __future__ import annotations

import pytest

from massage_claim.actions.record.address_line import read_address
from massage_claim.actions.record.answer_forms import AnswerError
from massage_claim.actions.record.states import state_named
from massage_claim.models.kinds import STATES


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("418 Alder Street, Apt 3, Tacoma, WA 98402", ("418 Alder Street", "Apt 3", "Tacoma", "WA", "98402")),
        ("PO Box 5550, Spokane wa 99210-1234", ("PO Box 5550", "", "Spokane", "WA", "99210-1234")),
        ("418 Alder St Apt 3 Tacoma WA 98402", ("418 Alder St", "Apt 3", "Tacoma", "WA", "98402")),
        ("418 Alder St. #3, Tacoma, Washington 98402", ("418 Alder St.", "#3", "Tacoma", "WA", "98402")),
        ("12 Main St St Louis MO 63101", ("12 Main St", "", "St Louis", "MO", "63101")),
        ("12 St James Place Utica NY 13501", ("12 St James Place", "", "Utica", "NY", "13501")),
        ("P.O. Box 12 Spokane WA 99210", ("P.O. Box 12", "", "Spokane", "WA", "99210")),
        ("PSC 808 Box 12, APO, AE 09618-0012", ("PSC 808 Box 12", "", "APO", "AE", "09618-0012")),
        ("PSC 808 Box 12 APO AE 09618", ("PSC 808 Box 12", "", "APO", "AE", "09618")),
        ("4700 Highway 9 North Charleston South Carolina 29406", ("4700 Highway 9", "", "North Charleston", "SC", "29406")),
        ("1600 Elm Ave NW Washington, D.C. 20500", ("1600 Elm Ave NW", "", "Washington", "DC", "20500")),
        ("12 Broadway, New York, New York 10004", ("12 Broadway", "", "New York", "NY", "10004")),
        ("12 Elm St\nTacoma, WA 98402\nUSA", ("12 Elm St", "", "Tacoma", "WA", "98402")),
        ("12 Elm St, Charleston, west virginia, 25301", ("12 Elm St", "", "Charleston", "WV", "25301")),
    ],
)  # fmt: skip
def test_it_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    names = ("street", "unit", "city", "state", "zip")
    assert read_address(text) == {name: part for name, part in zip(names, parts, strict=True) if part}


@pytest.mark.parametrize(
    "text",
    [
        "418 Alder Street",
        "Tacoma, WA 98402",
        "1 A St, Tacoma, QQ 98402",
        "1 A St, Tacoma, WA",
        "",
        "12 Broadway New York NY 10004",
        "Ohio 43004",
        "12 Elm St 98402",
        "12 Elm St Tacoma WA 9840",
    ],
)
def test_what_is_not_whole_or_not_clear_is_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        read_address(text)


def test_every_state_has_its_name() -> None:
    assert state_named("Armed Forces Europe") == "AE"
    assert state_named("  new   york ") == "NY"
    assert len(STATES) == 59
