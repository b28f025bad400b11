"""Whether a visit is written down already. Reads those few files by name, never the whole case."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Mapping

from massage_claim.actions.project import Place
from massage_claim.errors import Failure
from massage_claim.models.record import to_tree
from massage_claim.models.session import Session
from massage_claim.store.read import read_record
from massage_claim.yamltext import Node


def sessions_on(place: Place, day: str, stems: tuple[str, ...] | None = None) -> Iterator[Session]:
    """The visits of that day. `stems`: the names in sessions/, if they are at hand. A damaged one is passed over."""
    if stems is None:  # the names of that day alone: a folder may hold thousands
        stems = tuple(sorted(path.stem for path in (place.folder / "sessions").glob(f"{glob.escape(day)}*.yaml")))
    for stem in stems:
        if stem != day and not stem.startswith(f"{day}-"):
            continue
        try:
            record, _ = read_record(place.folder, f"sessions/{stem}")
        except Failure:
            continue  # `check` names it
        if isinstance(record, Session):
            yield record


def twins(place: Place, tree: Mapping[str, Node], stems: tuple[str, ...] | None = None) -> tuple[Session, ...]:
    """The visits of the same day with the same service that do not lie at another time."""
    same_day = sessions_on(place, str(tree.get("date") or ""), stems)
    found = ((session, to_tree(session)) for session in same_day)
    return tuple(session for session, other in found if alike(tree, other) and not apart(tree, other))


def alike(one: Mapping[str, Node], other: Mapping[str, Node]) -> bool:
    """The same service by the same therapist, as far as that is known."""
    who = {str(tree["rendering"]).removeprefix("providers/") for tree in (one, other) if tree.get("rendering")}
    return len(who) < 2 and bool({*codes_of(one)} & {*codes_of(other)})


def apart(one: Mapping[str, Node], other: Mapping[str, Node]) -> bool:
    """Two visits of one day that do not overlap."""
    times = [str(tree.get(name) or "").zfill(5) for tree in (one, other) for name in ("start", "end")]
    return "00000" not in times and (times[1] <= times[2] or times[3] <= times[0])


def codes_of(tree: Mapping[str, Node]) -> tuple[str, ...]:
    """The procedure codes of a session."""
    services = tree.get("services")
    listed = services if isinstance(services, list) else []
    return tuple(str(one.get("code") or "").strip().upper() for one in listed if isinstance(one, dict))
