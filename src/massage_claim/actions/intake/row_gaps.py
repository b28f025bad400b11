"""What an import gives every row that does not say it, and what its visits then still lack for a superbill. Takes the
values a person named and the visits of the file, gives defaults and sentences. Reads the case's providers; writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from massage_claim.actions.intake.row_cells import Usual, same_name
from massage_claim.actions.project import Place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.last_visits import usual_at
from massage_claim.actions.record.practice_folder import provider_of
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.record import problems_of
from massage_claim.models.session import Session
from massage_claim.writing.formats import plural


def usual_of(place: Place, given: Mapping[str, str]) -> Usual:
    """What every row gets that does not say it: `given` (place, therapist), else as at the last visits.

    Raises UsageProblem for a place or therapist that there is not.
    """
    last = usual_at(place)
    therapists = _therapists(place)
    author = "therapist" if place.settings.prepared_by == "practice" else "patient"
    rendering, where = last.rendering(), last.place()
    if "place" in given:
        where = given["place"].strip()
        if any(path == ("place",) for path, _, _ in problems_of(Session, {"place": where})):
            fix = "Write two digits: 11 is an office, 12 a home."
            raise UsageProblem(Problem("--place: this is not a place of service.", fix))
    if "therapist" in given:
        found = therapists.get(same_name(given["therapist"]))
        if found is None:
            fix = (
                "Name one of them as in its record, or add the therapist: massage-claim add-provider --role rendering."
            )
            raise UsageProblem(Problem("--therapist: there is no therapist of this name in the case.", fix))
        rendering = found
    return Usual(therapists, rendering, where, author, place.today)


def still_lacking(sessions: Iterable[Session]) -> str | None:
    """What a superbill of these visits still needs from each, in one line; None when it needs nothing of them."""
    treated = [session for session in sessions if session.purpose == "treatment"]
    counts = {
        "place of service": sum(not one.place for one in treated),
        "who treated": sum(not one.rendering for one in treated),
        "procedure code": sum(any(item.code == UNKNOWN_CODE for item in one.services) for one in treated),
        "minutes": sum(any(item.minutes is None for item in one.services) for one in treated),
        "charge": sum(any(item.charge is None for item in one.services) for one in treated),
    }
    words = [
        f"{what} ({'all visits' if count == len(treated) else plural(count, 'visit')})"
        for what, count in counts.items()
        if count
    ]
    return f"For a superbill they still lack: {', '.join(words)}." if words else None


def for_every_row(sessions: Iterable[Session]) -> Iterator[str]:
    """The options that fill what no visit of the file has."""
    treated = [session for session in sessions if session.purpose == "treatment"]
    if treated and not any(session.place for session in treated):
        yield "No row says where: add --place 11 for an office or --place 12 for a home."
    if treated and not any(session.rendering for session in treated):
        yield "No row says who treated: add --therapist NAME, as in the therapist's record."


def _therapists(place: Place) -> dict[str, str]:
    found: dict[str, str] = {}
    for record_id in drafts.known(place, "providers"):
        provider = provider_of(place, record_id)
        if provider is not None and "rendering" in provider.roles:
            stem = record_id.partition("/")[2]
            for name in (provider.name, provider.signs_as, stem, record_id, stem.replace("-", " ")):
                found[same_name(name)] = record_id
    return found
