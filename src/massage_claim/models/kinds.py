"""The kinds of value: each matches its text pattern first, then converts.

Lax parsing would turn `0` into 1970-01-01 and accept `1e5` or `95.005` as money. A refusal is `what is wrong | the
next move`, without the value itself.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Annotated, TypeVar

from massage_claim.models import rule, span
from massage_claim.models.field import InForm, Names, Never, NotLater, Numbered, Shown
from massage_claim.private_numbers import mask

ValueT = TypeVar("ValueT")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a value of the kind is first read: most cases hold few of the kinds."""
    return re.compile(pattern, re.ASCII)


def _match(pattern: str, convert: Callable[[str], ValueT], says: str) -> rule.Formed:
    def check(value: object) -> object:
        if isinstance(value, str):
            value = value.strip()
            if not _compiled(pattern).fullmatch(value):
                raise ValueError(says)
            return convert(value)
        return value

    return rule.Formed(check, pattern)


def _date(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("is a day that does not exist | Look at the calendar and write it as 2026-01-31") from None
    if not 1900 <= day.year <= 2199:
        raise ValueError("is in a year that cannot be | Write the year with four digits, as in 2026-01-31")
    return day


def _span(text: str) -> span.Span:
    least, _, most = text.partition("-")
    if most and int(most) < int(least):
        raise ValueError("is a range from more to less | Write the smaller number first, as in 1-2")
    return span.Span(int(least), int(most or least))


def _time(text: str) -> dt.time:
    hour, minute = text.split(":")
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError("is a time that does not exist | Write it as 09:30 or 14:05")
    return dt.time(int(hour), int(minute))


def _money(text: str) -> Decimal:
    return Decimal(text)


def _two_places(value: Decimal) -> Decimal:
    if not value.is_finite() or value < 0 or value.as_tuple().exponent != -2:
        raise ValueError("is not an amount of dollars and cents | Write it as 95.00")
    return value


def _minutes(text: str) -> int:
    minutes = int(text)
    if not 0 < minutes <= 1440:
        raise ValueError("is not a number of minutes in a day | Write whole minutes, from 1 to 1440")
    return minutes


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _no_controls(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("holds an invisible control character | Type the text again without it")
    return value


def _one_line(value: str) -> str:
    if any(letter in value for letter in "\n\u2028\u2029"):
        raise ValueError("is longer than one line | Write it on one line")
    return value


def _not_empty(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty | Write a value, or delete the line")
    return value.strip()


def _yes_no(value: object) -> object:
    words = {"yes": True, "true": True, "no": False, "false": False}
    if isinstance(value, str):
        if value.strip().lower() not in words:
            raise ValueError("is neither yes nor no | Write yes or no")
        return words[value.strip().lower()]
    return value


def _upper(text: str) -> str:
    return text.upper()


def _in_folder(folder: str) -> Callable[[str], str]:
    def full(text: str) -> str:
        return text if "/" in text else f"{folder}/{text}"

    return full


def _words(value: str) -> str:
    return mask(_not_empty(_no_controls(value)))


def _line(value: str) -> str:
    return _one_line(_words(value))


def _identifier(value: str) -> str:
    return mask(_one_line(_not_empty(_no_controls(value))), identifier=True)


def _copied(value: str) -> str:
    return mask(_not_empty(_no_controls(value)), identifier=True)


_A_DATE = re.compile(r"(\d{1,2}|\d{4})[/.-]\d{1,2}[/.-](\d{1,2}|\d{4})", re.ASCII)
_A_STREET = re.compile(r"\d+[A-Za-z]?\s+[A-Za-z.]+(\s+[A-Za-z.]+)+,?.*", re.ASCII)


def _no_name(text: str) -> tuple[str, str] | None:
    if _A_DATE.fullmatch(text) or not any(letter.isalpha() for letter in text):
        return "This is a date or a number, no name.", "Write the name as it stands on the card or the paper."
    if any(unicodedata.category(letter) == "So" or letter == "\ufe0f" for letter in text):
        return "It holds a picture sign, which no paper can print.", "Write the name in letters."
    return None


def _no_member_id(text: str) -> tuple[str, str] | None:
    fix = "Copy it from the card, with all zeros and letters."
    if _A_DATE.fullmatch(text) or _A_STREET.fullmatch(text):
        return "This is a date or an address, no member ID.", fix
    if sum(letter.isalnum() for letter in text) < 2:
        return "A member ID has more than one letter or digit.", fix
    return None


# one validator each: nearly every field is one of these, and each validator costs at every start
Words = Annotated[str, rule.After(_words)]
"""Free text, may run over several lines."""
Line = Annotated[str, rule.After(_line)]
"""Free text on one line."""
Identifier = Annotated[str, rule.After(_identifier), Numbered()]
"""A number or name of its own, such as a claim's; it may look like a card's number."""
Name = Annotated[Line, Never(_no_name)]
"""What somebody or something is called; a new one is no date, no number and no picture."""
MemberId = Annotated[Identifier, Never(_no_member_id)]
"""The ID on an insurance card."""
CopiedText = Annotated[str, rule.After(_copied), Numbered()]
"""Values of another record as they stood there, each on its line."""
YesNo = Annotated[bool, rule.Before(_yes_no), Shown("yes|no")]

DATE = r"\d{4}-\d{2}-\d{2}"
Day = Annotated[dt.date, _match(DATE, _date, "is not a date | Write it as year-month-day: 2026-01-31"), Shown("DATE")]


class RoughDay(dt.date):
    """A day that is known to the year, the month or the day; compared by its first day, written as it was given."""

    written: str

    def __new__(cls, text: str) -> RoughDay:
        year, month, day = (int(part) for part in [*text.split("-"), "1", "1"][:3])
        made = super().__new__(cls, year, month, day)
        made.written = text
        return made

    @property
    def last(self) -> dt.date:
        """The last day that it can be."""
        if len(self.written) == len("2021"):
            return dt.date(self.year, 12, 31)
        if len(self.written) == len("2021-03"):
            return dt.date(self.year + self.month // 12, self.month % 12 + 1, 1) - dt.timedelta(days=1)
        return dt.date(self.year, self.month, self.day)

    def isoformat(self) -> str:
        return self.written

    def __reduce__(self) -> tuple[type[RoughDay], tuple[str]]:
        return type(self), (self.written,)


ROUGH_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?"


def _rough_day(text: str) -> RoughDay:
    _date(f"{text}-01-01"[:10] if len(text) < 10 else text)
    return RoughDay(text)


PastRoughDay = Annotated[
    RoughDay,
    rule.Made(
        _match(
            ROUGH_DAY, _rough_day, "is not a day | Write it as 2026-01-31, or 2026-01 or 2026 if you know no more"
        ).func,
        ROUGH_DAY,
    ),
    Shown("DATE"),
    NotLater(),
]
"""A day that can't be still to come, known as well as may be."""
RoughDayWords = Annotated[
    Line,
    InForm(
        ROUGH_DAY,
        "It is neither a day, nor a month, nor a year.",
        "Write it as 2026-01-14, 2026-01 or 2026; words about it belong elsewhere.",
    ),
    Shown("DATE"),
]
"""A day, a month or a year; a file of the first edition may say it in words."""
MonthDay = Annotated[
    Line,
    InForm(
        r"(\d{4}-)?(?!0?2-3|0?[469]-31|11-31)(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])",
        "It is not a month and day.",
        "Write it as 01-01 for January 1, 07-01 for July 1.",
    ),
    Shown("MM-DD"),
]
"""A day that comes every year; a file of the first edition may say it in words."""
PastDay = Annotated[Day, NotLater()]
"""A day that can't be still to come."""
Clock = Annotated[
    dt.time, _match(r"\d{1,2}:\d{2}", _time, "is not a time of day | Write it as 09:30 or 14:05"), Shown("HH:MM")
]
Money = Annotated[
    Decimal,
    _match(r"\d{1,7}\.\d{2}", _money, "is not an amount of dollars and cents | Write it as 95.00, without $ or sign"),
    rule.After(_two_places),
    Shown("AMOUNT"),
]
Minutes = Annotated[
    int, _match(r"\d{1,4}", _minutes, "is not a number of minutes | Write whole minutes, such as 52"), Shown("MINUTES")
]
Count = Annotated[int, _match(r"\d{1,5}", int, "is not a whole number | Write digits only, such as 12"), Shown("N")]
_RANGE = r"\d{1,5}(-\d{1,5})?"
CountOrRange = Annotated[
    span.Span,
    rule.Made(
        _match(_RANGE, _span, "is not a number or a range | Write digits only, such as 6 or 1-2").func,
        _RANGE,
    ),
    Shown("N"),
]
"""A number on a doctor's order; a range such as 1-2 counts by its lower end."""
PainScore = Annotated[
    int,
    _match(r"10|\d", int, "is not a pain score | Write a whole number from 0 (none) to 10 (worst)"),
    Shown("N"),
]
Number = Annotated[
    Decimal,
    _match(r"-?\d{1,6}(\.\d{1,4})?", Decimal, "is not a number | Write digits, such as 12 or 7.5"),
    Shown("N"),
]

Npi = Annotated[
    str,
    _match(
        r"\d{10}",
        str,
        "is not an NPI | Ask the office for the ten digits, or look them up at npiregistry.cms.hhs.gov",
    ),
    Shown("NPI"),
]
Ein = Annotated[
    str,
    _match(r"\d{2}-?\d{7}", str, "is not an EIN | Write its nine digits, as in 12-3456789, and never an SSN"),
    Shown("EIN"),
]
Taxonomy = Annotated[
    str,
    _match(r"[0-9A-Za-z]{9}[Xx]", _upper, "is not a taxonomy code | It has ten characters and ends in X: 225700000X"),
    Shown("CODE"),
]
Icd10 = Annotated[
    str,
    _match(
        r"[A-Za-z][0-9A-Za-z]{2}(\.[0-9A-Za-z]{1,4})?",
        _upper,
        "is not an ICD-10-CM code | Copy it from the order: a letter, two digits or letters, a dot and the rest",
    ),
    Shown("CODE"),
]
ProcedureCode = Annotated[
    str,
    _match(r"\d{5}|\d{4}[Tt]|[A-Va-v]\d{4}", _upper, "is not a procedure code | It has five characters, such as 97124"),
    Shown("CODE"),
]
UNKNOWN_CODE = "unknown"
"""What stands for a procedure code that the therapist has not told yet."""


def _service_code(text: str) -> str:
    return text if text == UNKNOWN_CODE else text.upper()


ServiceCode = Annotated[
    str,
    _match(
        r"\d{5}|\d{4}[Tt]|[A-Va-v]\d{4}|unknown",
        _service_code,
        "is not a procedure code | It has five characters, such as 97124; write unknown until the therapist tells it",
    ),
    Shown("CODE"),
]
"""A procedure code of a visit, or `unknown` while the therapist has not told it."""
Modifier = Annotated[
    str,
    _match(r"[0-9A-Za-z]{2}", _upper, "is not a modifier | A modifier has two characters, such as 59 or GP"),
    Shown("MODIFIER"),
]
PlaceOfService = Annotated[
    str,
    _match(r"\d{2}", str, "is not a place of service | It has two digits: 11 is an office, 12 a home"),
    Shown("NN"),
]
Zip = Annotated[
    str, _match(r"\d{5}(-?\d{4})?", str, "is not a ZIP code | Write five or nine digits, such as 02139"), Shown("ZIP")
]
Phone = Annotated[
    str,
    _match(
        r"\+?1?[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}( ?(x|ext\.?) ?\d{1,6})?",
        str,
        "is not a US phone number | Write ten digits, such as 614-555-0142",
    ),
    Shown("NUMBER"),
]
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU VI AS MP AE AP AA".split()
)


def _state(text: str) -> str:
    if text.upper() not in STATES:
        raise ValueError("is not a US state or territory | Write its two letters, such as OH or WA")
    return text.upper()


UsState = Annotated[
    str, _match(r"[A-Za-z]{2}", _state, "is not a US state | Write its two letters, such as OH"), Shown("XX")
]

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}"


def _reference(folder: str) -> rule.Formed:
    return _match(
        rf"({folder}/)?{_NAME}",
        _in_folder(folder),
        f"does not name a record in {folder}/ | Write its file name: {folder}/NAME",
    )


RecordId = Annotated[
    str,
    _match(rf"([a-z-]+/)?{_NAME}", str, "is not the name of a record | Write folder/name, such as sessions/2026-01-14"),
    Shown("RECORD"),
]
ProviderId = Annotated[str, _reference("providers"), Names("providers"), Shown("PROVIDER")]
ConditionId = Annotated[str, _reference("conditions"), Names("conditions"), Shown("CONDITION")]
PrescriptionId = Annotated[str, _reference("prescriptions"), Names("prescriptions"), Shown("ORDER")]
SessionId = Annotated[str, _reference("sessions"), Names("sessions"), Shown("SESSION")]
DecisionId = Annotated[str, _reference("decisions"), Names("decisions"), Shown("DECISION")]
AttachmentId = Annotated[str, _reference("attachments"), Names("attachments"), Shown("ATTACHMENT")]
ClaimId = Annotated[str, _reference("claims"), Names("claims"), Shown("CLAIM")]
ContactId = Annotated[str, _reference("contacts"), Names("contacts"), Shown("CONTACT")]
FileName = Annotated[
    str,
    rule.After(_no_controls),
    rule.After(_one_line),
    _match(r"[^/\\.][^/\\]{0,200}", str, "is not a file's name | Write the name alone, as in the attachments folder"),
]
Sha256 = Annotated[str, _match(r"[0-9a-f]{64}", str, "is not a SHA-256 digest | Attach the file again")]
