"""The calendar file, read back by icalendar and by a reader written here from RFC 5545 alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import example, given, settings
from hypothesis import strategies as st

from massage_claim.exchange.calendar import PRODID, Entry, read_calendar, to_calendar

TODAY = date(2026, 3, 18)
APPEAL = Entry("a@x", date(2026, 10, 7), "Last day, to appeal; truly", "Line one\nLine two \\ end", (14, 1))
ASK = Entry("b@x", date(2026, 4, 1), "Ask", "", (0,))


def plain_events(data: bytes) -> list[dict[str, str]]:
    """Unfolds (3.1), splits name, parameters and value, undoes TEXT escapes (3.3.11); nothing of icalendar's."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "no line is longer than 75 octets"
    lines = data.decode("utf-8").replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")
    events: list[dict[str, str]] = []
    inside: list[str] = []
    for line in lines[:-1]:
        name, value = line.partition(":")[::2]
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == "VEVENT":
            assert name not in events[-1], f"{name} stands twice"
            events[-1][name] = unescaped(value)
        elif inside[-1] == "VALARM" and name == "TRIGGER":
            events[-1]["TRIGGERS"] = f"{events[-1].get('TRIGGERS', '')} {value}".strip()
    assert inside == []
    return events


def unescaped(value: str) -> str:
    out, letters = "", iter(value)
    for letter in letters:
        if letter == "\\":
            letter = {"n": "\n", "N": "\n"}.get(following := next(letters), following)
        out += letter
    return out


def test_both_readers_find_what_was_written() -> None:
    data = to_calendar([APPEAL, ASK], TODAY)
    first, second = plain_events(data)
    assert first["UID"] == "a@x"
    assert first["DTSTART;VALUE=DATE"] == "20261007"
    assert first["DTSTAMP"] == "20260318T000000Z"
    assert (first["SUMMARY"], first["DESCRIPTION"]) == (APPEAL.title, APPEAL.words)
    assert (first["STATUS"], first["CLASS"], first["TRANSP"]) == ("CONFIRMED", "PRIVATE", "TRANSPARENT")
    assert first["TRIGGERS"] == "-P13DT15H -PT15H", "nine in the morning, 14 days and 1 day before"
    assert second["TRIGGERS"] == "PT9H"
    calendar = icalendar.Calendar.from_ical(data)
    assert (str(calendar["PRODID"]), str(calendar["VERSION"]), str(calendar["METHOD"])) == (PRODID, "2.0", "PUBLISH")
    events = calendar.walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [APPEAL.day, ASK.day]
    assert str(events[0]["SUMMARY"]) == APPEAL.title
    assert str(events[0]["DESCRIPTION"]) == APPEAL.words
    assert events[0]["DTSTAMP"].dt == datetime(2026, 3, 18, tzinfo=UTC)
    alarms = [alarm["TRIGGER"].dt for alarm in events[0].walk("VALARM")]
    assert alarms == [timedelta(hours=9) - timedelta(days=days) for days in (14, 1)]


def test_the_same_days_give_the_same_bytes() -> None:
    once = to_calendar([APPEAL, ASK], TODAY)
    assert once == to_calendar([APPEAL, ASK], TODAY)
    assert once == to_calendar([APPEAL, ASK], TODAY, read_calendar(once)), "an import again changes nothing"


def test_a_later_export_is_newer_and_a_change_on_one_day_too() -> None:
    def sequence(data: bytes, uid: str = "a@x") -> int:
        return next(int(event["SEQUENCE"]) for event in plain_events(data) if event["UID"] == uid)

    first = to_calendar([APPEAL], TODAY)
    later = to_calendar([APPEAL], TODAY + timedelta(days=1))
    assert sequence(later) == sequence(first) + 1
    moved = Entry("a@x", date(2026, 10, 6), APPEAL.title, APPEAL.words)
    again = to_calendar([moved], TODAY, read_calendar(first))
    assert sequence(again) == sequence(first) + 1
    back = to_calendar([moved], TODAY - timedelta(days=30), read_calendar(again))
    assert sequence(back) == sequence(again), "a clock that was set back never makes an older entry"


def test_what_fell_away_is_cancelled_and_what_passed_is_history() -> None:
    first = to_calendar([APPEAL, ASK], TODAY)
    gone = plain_events(to_calendar([APPEAL], TODAY, read_calendar(first)))
    assert [(event["UID"], event["STATUS"]) for event in gone] == [("a@x", "CONFIRMED"), ("b@x", "CANCELLED")]
    assert "TRIGGERS" not in gone[1]
    assert int(gone[1]["SEQUENCE"]) == int(plain_events(first)[1]["SEQUENCE"]) + 1
    twice = to_calendar([APPEAL], TODAY, read_calendar(to_calendar([APPEAL], TODAY, read_calendar(first))))
    assert plain_events(twice)[1]["SEQUENCE"] == gone[1]["SEQUENCE"], "it is cancelled once"
    back = plain_events(to_calendar([APPEAL, ASK], TODAY, read_calendar(twice)))[1]
    assert (back["STATUS"], int(back["SEQUENCE"])) == ("CONFIRMED", int(gone[1]["SEQUENCE"]) + 1)
    passed = to_calendar([APPEAL], date(2026, 4, 2), read_calendar(first))
    assert [event["UID"] for event in plain_events(passed)] == ["a@x"]


def test_a_file_of_somebody_else_is_not_read() -> None:
    foreign = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nEND:VCALENDAR\r\n"
    for data in (foreign, b"", b"notes: mine\n", b"%PDF-1.7", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"):
        assert read_calendar(data) is None
    ours = read_calendar(to_calendar([], TODAY))
    assert ours == {}


@settings(max_examples=40)
@example("\\N \\n \\\\N \\; \\,", "\\N")
@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200), st.text(max_size=20))
def test_no_text_becomes_structure(words: str, more: str) -> None:
    spoken = "".join(letter for letter in f"{words}\nBEGIN:VEVENT\nUID:x{more}" if letter == "\n" or letter >= " ")
    spoken = "".join(
        letter for letter in spoken if not "\x7f" <= letter <= "\x9f" and not "\ud800" <= letter <= "\udfff"
    )
    (event,) = plain_events(to_calendar([Entry("a@x", APPEAL.day, "T", spoken)], TODAY))
    assert event["UID"] == "a@x"
    assert event["DESCRIPTION"] == spoken
    (known,) = (read_calendar(to_calendar([Entry("a@x", APPEAL.day, "T", spoken)], TODAY)) or {}).values()
    assert known.entry.words == spoken
