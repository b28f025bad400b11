"""Last days as a calendar file (RFC 5545): `to_calendar`, and `read_calendar` for one made before. The door to icalendar.

Knows no records. The same entries on the same day give the same bytes. An entry keeps its UID for life; its SEQUENCE only
grows, so a calendar that imports the file again takes the newer word. What fell away is written once more as canceled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from icalendar import Alarm, Calendar, Event, vText

from massage_claim.frozen import dataclass

PRODID = "-//massage-claim//last days//EN"
_FIRST_DAY = dt.date(2020, 1, 1)
_NINE = dt.timedelta(hours=9)


class _Text(vText):
    """A TEXT value as it was typed: the library would write a typed backslash with an N as a new line."""

    def to_ical(self) -> bytes:
        """Escaped by RFC 5545, 3.3.11; the backslash first."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\r\n", "\\n").replace("\n", "\\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole day. `remind`: so many days before it, at nine in the morning; 0 is the day itself."""

    uid: str
    day: dt.date
    title: str
    words: str = ""
    remind: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of an earlier file."""

    entry: Entry
    sequence: int
    cancelled: bool


def to_calendar(entries: Sequence[Entry], today: dt.date, earlier: Mapping[str, Known] | None = None) -> bytes:
    """The file. `earlier`: what the file before held; of that, what is missing and still ahead is cancelled."""
    before = earlier or {}
    calendar = Calendar()
    for name, value in (("prodid", PRODID), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    for entry in entries:
        known = before.get(entry.uid)
        changed = known is not None and (known.cancelled or not _same(known.entry, entry))
        calendar.add_component(_event(entry, today, _sequence(today, known, changed)))
    here = {entry.uid for entry in entries}
    for uid, known in sorted(before.items()):
        if uid not in here and known.entry.day >= today:
            sequence = _sequence(today, known, not known.cancelled)
            calendar.add_component(_event(known.entry, today, sequence, cancelled=True))
    data: bytes = calendar.to_ical()
    return data


def read_calendar(data: bytes) -> dict[str, Known] | None:
    """The entries of a file that `to_calendar` made, by UID; None for any other file."""
    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None  # not readable as a calendar at all
    if calendar.name != "VCALENDAR" or str(calendar.get("PRODID")) != PRODID:
        return None
    found: dict[str, Known] = {}
    for event in calendar.walk("VEVENT"):
        start = event.get("DTSTART")
        day = getattr(start, "dt", None)
        if isinstance(day, dt.date):
            uid = str(event.get("UID"))
            entry = Entry(uid, day, str(event.get("SUMMARY", "")), str(event.get("DESCRIPTION", "")))
            found[uid] = Known(entry, int(event.get("SEQUENCE", 0)), str(event.get("STATUS")) == "CANCELLED")
    return found


def _same(one: Entry, other: Entry) -> bool:
    return (one.day, one.title, one.words) == (other.day, other.title, other.words)


def _sequence(today: dt.date, known: Known | None, changed: bool) -> int:
    """The number of the day, and never below what the earlier file had: it grows without a memory of its own."""
    day = max((today - _FIRST_DAY).days, 0)
    return day if known is None else max(day, known.sequence + changed)


def _event(entry: Entry, today: dt.date, sequence: int, *, cancelled: bool = False) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", dt.datetime.combine(today, dt.time(), dt.UTC))
    event.add("sequence", sequence)
    event.add("dtstart", entry.day)
    event.add("summary", _Text(entry.title))
    if entry.words:
        event.add("description", _Text(entry.words))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in () if cancelled else entry.remind:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _Text(entry.title))
        alarm.add("trigger", _NINE - dt.timedelta(days=days))
        event.add_component(alarm)
    return event
