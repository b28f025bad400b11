"""Every kind of value: what it takes, what it makes of it, what it refuses."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from massage_claim.models import kinds
from massage_claim.models.span import Span

ACCEPTED: list[tuple[str, str, object]] = [
    ("YesNo", "yes", True),
    ("YesNo", " NO ", False),
    ("YesNo", "true", True),
    ("Day", "2026-01-31", dt.date(2026, 1, 31)),
    ("Day", " 2024-02-29 ", dt.date(2024, 2, 29)),
    ("PastRoughDay", "2021", kinds.RoughDay("2021")),
    ("PastRoughDay", " 2021-03 ", kinds.RoughDay("2021-03")),
    ("PastRoughDay", "2021-03-14", kinds.RoughDay("2021-03-14")),
    ("Clock", "9:30", dt.time(9, 30)),
    ("Clock", "00:00", dt.time(0, 0)),
    ("Clock", "23:59", dt.time(23, 59)),
    ("Money", "95.00", Decimal("95.00")),
    ("Money", "0.00", Decimal("0.00")),
    ("Money", "9999999.99", Decimal("9999999.99")),
    ("Minutes", "1", 1),
    ("Minutes", "1440", 1440),
    ("Count", "0", 0),
    ("Count", "99999", 99999),
    ("CountOrRange", "6", Span(6)),
    ("CountOrRange", "1-2", Span(1, 2)),
    ("CountOrRange", "0-12", Span(0, 12)),
    ("PainScore", "0", 0),
    ("PainScore", "10", 10),
    ("Number", "-7.25", Decimal("-7.25")),
    ("Number", "42", Decimal(42)),
    ("Npi", "2123456784", "2123456784"),
    ("Npi", "0123456789", "0123456789"),
    ("Ein", "91-0000123", "91-0000123"),
    ("Ein", "010000123", "010000123"),
    ("Taxonomy", "225700000x", "225700000X"),
    ("Icd10", "m54.59", "M54.59"),
    ("Icd10", "R52", "R52"),
    ("Icd10", "S13.4XXA", "S13.4XXA"),
    ("ProcedureCode", "97124", "97124"),
    ("ProcedureCode", "g0283", "G0283"),
    ("ProcedureCode", "0552t", "0552T"),
    ("ServiceCode", "g0283", "G0283"),
    ("ServiceCode", "unknown", "unknown"),
    ("Modifier", "gp", "GP"),
    ("Modifier", "59", "59"),
    ("PlaceOfService", "02", "02"),
    ("Zip", "02139", "02139"),
    ("Zip", "02139-4301", "02139-4301"),
    ("Phone", "(614) 555-0142", "(614) 555-0142"),
    ("Phone", "+1 614 555 0142 x 12", "+1 614 555 0142 x 12"),
    ("UsState", "wa", "WA"),
    ("UsState", "PR", "PR"),
    ("ProviderId", "ana", "providers/ana"),
    ("ProviderId", "providers/ana", "providers/ana"),
    ("SessionId", "2026-01-14-2", "sessions/2026-01-14-2"),
    ("RecordId", "licence-checks/2026-01-14", "licence-checks/2026-01-14"),
    ("RecordId", "patient", "patient"),
    ("Sha256", "0f" * 32, "0f" * 32),
    ("FileName", "order of Dr. Ruiz.pdf", "order of Dr. Ruiz.pdf"),
    ("Line", "  Zoë Nuñez-Okafor\t", "Zoë Nuñez-Okafor"),
    ("Line", "0012345", "0012345"),
    ("Words", "one\ntwo", "one\ntwo"),
]

REFUSED: list[tuple[str, list[object]]] = [
    ("PastRoughDay", ["spring 2021", "21", "2021-13", "2021-02-30", "03/2021", ""]),
    ("YesNo", ["y", "1", "", "maybe", ["yes"]]),
    ("Day", ["0", "2026-1-14", "14.01.2026", "2026-02-30", "1899-12-31", "2200-01-01", "20260114", "2026-W03-3", ""]),
    ("Day", ["2026-01-14T00:00", "２０２６-01-14", "٢٠٢٦-٠١-١٤", ["2026-01-14"], {"a": "b"}]),
    ("Clock", ["24:00", "9:60", "930", "9:30 pm", "09:30:00", "1:3", "٩:٣٠"]),
    (
        "Money",
        ["95", "95.0", "95.005", "1e5", "-95.00", "$95.00", "95,00", "1,095.00", "NaN", "Infinity", "99999999.00"],
    ),
    ("Money", ["٩٥.٠٠", "９５.００", "", " ", "+95.00", "95.00 USD"]),
    ("Minutes", ["0", "1441", "52.5", "-52", "1e2", "5 2", "٥٢", ""]),
    ("Count", ["-1", "1.0", "100000", "0x1", "1_0", "１２", ""]),
    ("CountOrRange", ["2-1", "1–2", "1 - 2", "-1", "1-", "twice", "1.5", "1-2-3", "１-２", ""]),
    ("PainScore", ["11", "-1", "7.5", "7/10", "010", "٧"]),
    ("Number", ["1e3", "NaN", "1.23456", "1,5", "٧", "--1"]),
    ("Npi", ["212345678", "21234567844", "212345678A", "2123 456784", "２１２３４５６７８４"]),
    ("Ein", ["91-000012", "910-000123", "123-45-6789", "91–0000123"]),
    ("Taxonomy", ["225700000", "225700000Y", "22570000XX0"]),
    ("Icd10", ["M5459", "54.59", "M54.", "M54.59000", "M54,59", "low back"]),
    ("ProcedureCode", ["9712", "971244", "97124-59", "W0123", "９７１２４", "massage"]),
    ("ServiceCode", ["9712", "Unknown", "unknown code", "massage", "９７１２４"]),
    ("Modifier", ["5", "590", "G-", "５９"]),
    ("PlaceOfService", ["1", "011", "office", "１１"]),
    ("Zip", ["2139", "02139-43", "O2139", "０２１３９"]),
    ("Phone", ["555-0142", "614-555-014", "phone", "٦١٤-٥٥٥-٠١٤٢"]),
    ("UsState", ["Ohio", "XX", "O", "ON"]),
    ("ProviderId", ["sessions/ana", "../ana", "providers/../ana", "ana/b", "-ana", "a b", "", "providers/"]),
    ("RecordId", ["../x", "/x", "a/b/c", "Sessions/x", "x y", ".x"]),
    ("AttachmentId", ["attachments/../../etc/passwd", "order pdf"]),
    ("Sha256", ["0F" * 32, "0f" * 31, "zz" * 32]),
    ("FileName", ["../plan.yaml", "/etc/passwd", "a/b.pdf", "a\\b.pdf", ".hidden", "a\nb.pdf", ""]),
    ("Line", ["", "   ", "a\nb", "a\u2028b", "a\x00b", "a\x1b[31m", "a\x9bb", "a\rb", "\ud83d", ["a"], {"a": "b"}]),
    ("Words", ["", "\n\n", "a\x07b", "a\x85b", "\udcff"]),
]


def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(getattr(kinds, name))


@pytest.mark.parametrize(("name", "text", "value"), ACCEPTED)
def test_it_takes(name: str, text: str, value: object) -> None:
    made = _adapter(name).validate_python(text)
    assert made == value
    assert type(made) is type(value)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED for text in texts])
def test_it_refuses_with_what_is_wrong_and_what_to_do(name: str, text: object) -> None:
    with pytest.raises(ValidationError) as caught:
        _adapter(name).validate_python(text)
    (error,) = caught.value.errors(include_input=False, include_url=False)
    if error["type"] == "value_error":
        says, _, fix = str(error["ctx"]["error"]).partition(" | ")
        assert says.startswith(("is ", "does ", "holds ")), says
        assert fix[:1].isupper(), fix


def test_every_kind_of_value_has_a_row() -> None:
    public = {name for name in vars(kinds) if name[0].isupper() and name not in {"DATE", "STATES", "UNKNOWN_CODE"}}
    public -= {
        "Annotated",
        "Callable",
        "Decimal",
        "TypeVar",
        "ValueT",
        "Names",
        "NotLater",
        "Shown",
        "InForm",
        "Numbered",
        "Never",
        "Name",
        "MemberId",
        "Identifier",
        "CopiedText",
        "RoughDayWords",
        "MonthDay",
        "PastDay",
        "RoughDay",
        "ROUGH_DAY",
    }
    same = {
        "ConditionId",
        "PrescriptionId",
        "DecisionId",
        "AttachmentId",
        "ClaimId",
        "ContactId",
    }  # made by one function
    assert public - {name for name, _, _ in ACCEPTED} - same == set()
    assert public - {name for name, _ in REFUSED} - same - {"SessionId"} == set()


def test_money_has_two_places_even_when_it_was_computed() -> None:
    for wrong in (Decimal("95"), Decimal("95.005"), Decimal("-1.00"), Decimal("NaN")):
        with pytest.raises(ValidationError):
            _adapter("Money").validate_python(wrong)


@pytest.mark.parametrize(("kind", "verb"), [("Npi", "Ask"), ("Ein", "Write"), ("Icd10", "Copy")])
def test_the_next_move_begins_with_a_verb_and_proposes_no_diagnosis(kind: str, verb: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(getattr(kinds, kind)).validate_python("?")
    fix = refused.value.errors()[0]["msg"].partition(" | ")[2]
    assert fix.startswith(f"{verb} ")
    assert not re.search(r"[A-Z]\d[0-9A-Z]\.", fix)
