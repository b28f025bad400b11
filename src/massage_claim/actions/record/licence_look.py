"""Writes down a look at the state's license register, or compares therapists.

The program looks nothing up itself: it says where to look, and keeps what was found with its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.project import Place, iso_day, open_case, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.practice_folder import home_of, provider_of, write_at
from massage_claim.actions.result import Result
from massage_claim.calc.candidates import Candidate, list_candidates
from massage_claim.calc.licence import licence_state
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.facts.library import facts_on
from massage_claim.models.coverage import LicenceCheck
from massage_claim.models.providers import Provider
from massage_claim.models.record import from_tree
from massage_claim.writing.blocks import Block, Bullets, Heading, Paragraph, Table, text
from massage_claim.yamltext import Node, Tree

_WHERE_TO_LOOK = {
    "license": "Look in the state's public license register, kept by its massage board or health department: on its web "
    "page it is called license lookup or verify a license. Search by number or by name.",
    "certification": "Look in the public register of the body that certifies, by number or by name; ask about a local permit.",
    "registration": "Look in the state's public register of professions, by number or by name.",
    "none": "There is no state register to look in. Ask the therapist for board certification and the city's permit, look "
    "the certification up with the board that gives it, and ask the plan what it accepts.",
    "unknown": "Ask the state or territory whether it licenses massage therapists, and where its register is.",
}
_LABELS = {
    "license": "License",
    "npi": "NPI",
    "ein": "EIN",
    "network": "In network",
    "accepted": "Plan pays",
    "certification": "Certified",
}
_SHORT = {"yes": "yes", "no": "NO", "unknown": "ask"}


def the_only_therapist(project: Path | None) -> str | None:
    """The record name of the one provider who treats; None for none, several, or a case that can't be read."""
    try:
        case = open_case(project).case
    except Failure:
        return None
    found = [one.record_id for one in case.providers if "rendering" in one.roles]
    return found[0] if len(found) == 1 else None


def check_licence(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds licence-checks/DATE.yaml beside the provider's record. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    provider = _provider(place, tree)
    filled = dict(tree)
    if provider is not None and not filled.get("what"):
        filled["what"] = what_of(provider)
    drafted = drafts.draft(place, LicenceCheck, filled, options=options)
    found = drafted.record
    for field, value in (("date", found.date), ("valid_until", found.valid_until)):
        refused = refusal(field, value.isoformat(), filled, place.today) if value else None
        if refused:
            raise UsageProblem(Problem(f"{options.get(field, field)}: {refused[0]}", refused[1]))
    home = home_of(place, found.provider)
    result = write_at(place, home, drafted, dry_run=dry_run)
    says = (*result.says, *_what_it_means(found, place.today), *regime(place, provider))
    return replace(result, says=says, next=_next(found, place.today))


def compare(project: Path | None) -> Result:
    """Every therapist against what the plan and a claim require; nobody is ranked. Writes nothing. Raises Unreadable."""
    opened = open_case(project)
    found = list_candidates(opened.case, opened.facts, opened.today)
    data = {
        "candidates": [
            {
                "provider": one.provider.record_id,
                "treats": one.treats,
                "requirements": [{"name": r.name, "met": r.met, "says": r.words} for r in one.requirements],
            }
            for one in found
        ]
    }
    if not found:
        says = ("No therapist is written down yet.",)
        return Result(says=says, notes=opened.notes, data=data, next=spell("add-provider", role="rendering"))
    following = spell("paper", "therapist_questions") if any(one.open for one in found) else spell("status")
    return Result(blocks=tuple(_table(found)), notes=opened.notes, data=data, next=following)


def guide(project: Path | None, name: str) -> tuple[str, ...]:
    """How the provider's state regulates, and where to look: what to say before the answers are asked for."""
    place = open_place(project)
    provider = provider_of(place, name if "/" in name else f"providers/{name}")
    lines = regime(place, provider)
    number = what_of(provider) if provider else None
    return (*lines, f"Written down: {number}." if number else "No license number is written down yet.")


def refusal(field: str, answer: str, tree: Mapping[str, Node], today: date) -> tuple[str, str] | None:
    """Why a date can't be, and what to write; None when it can. Serves the prompts and the options."""
    try:
        day = iso_day(answer.strip())
    except ValueError:
        return None  # the model says what is wrong with it
    if field == "date" and day > today:
        return "This day is still to come.", "Write the day you looked."
    if field != "valid_until" or tree.get("result") != "active":
        return None
    looked = tree.get("date")
    if isinstance(looked, str) and day.isoformat() < looked.strip():
        fix = "Write the last day as the register has it; if it has passed, the result is expired."
        return "An active license can't have run out before the day you looked.", fix
    return None


def what_of(provider: Provider | None) -> str | None:
    """What there is to look up: `license MA60012345, WA`; None without a number."""
    licence = provider.licence if provider else None
    if licence is None or licence.number is None:
        return None
    number = f"{licence.kind or 'license'} {licence.number}"
    return f"{number}, {licence.state}" if licence.state else number


def regime(place: Place, provider: Provider | None) -> tuple[str, ...]:
    """The state's regime in words, with "check" where it was not verified, and where to look."""
    if provider is None:
        return ()
    state = licence_state(provider)
    if state is None:
        return (
            "The state of the license is not written down, so its rules are not shown. Add it: "
            f"{spell('edit', provider.record_id, set={'licence.state': 'XX'})}",
        )
    known = facts_on(place.today).licences.get(state)
    if known is None:
        return ("Nothing is known here about this state's rules. Check with the state and with your plan.",)
    check = "" if known.may_be_quoted else " This was not verified: check with the state and with your plan."
    changing = " Check with your plan what it accepts instead." if known.regime in ("certification", "none") else ""
    return (f"{known.words}{changing}{check} (Source: {known.source})", _WHERE_TO_LOOK[known.regime])


def _provider(place: Place, tree: Mapping[str, Node]) -> Provider | None:
    """Whom it is about, when the name leads to a record; the draft names a broken one with its option."""
    made, _ = from_tree(LicenceCheck, Tree("", {"provider": tree.get("provider"), "date": "2000-01-01"}, {}))
    return provider_of(place, made.provider) if made else None


def _what_it_means(found: LicenceCheck, today: date) -> Iterator[str]:
    until = found.valid_until
    match found.result:
        case "active" if until is None:
            yield "It speaks for visits up to the day you looked. Write the last day too, so that it speaks for later ones."
        case "active" if until is not None and until < today:
            yield f"It ran out on {until.isoformat()}: look again before the next visit is claimed."
        case "active":
            yield f"It speaks for every visit until {until}."
        case "expired" | "not-found":
            yield "Visits without a valid license are refused. Ask the therapist before you book or claim."
        case "restricted":
            yield "Ask the therapist and the plan what the restriction means for massage."


def _next(found: LicenceCheck, today: date) -> str:
    if found.result in ("expired", "not-found"):
        return spell("check-licence", compare=True)
    return spell("status")


def _table(found: tuple[Candidate, ...]) -> Iterator[Block]:
    yield Heading(1, text("Therapists and what is required"))
    rows = []
    for one in found:
        name = f"{one.provider.signs_as}{' (treats you)' if one.treats else ''}"
        rows.append((text(name), *(text(_SHORT[item.met]) for item in one.requirements)))
    head = (text("Therapist"), *(text(_LABELS[item.name]) for item in found[0].requirements))
    yield Table(head=head, rows=tuple(rows), align=("left", *["left"] * len(_LABELS)))  # type: ignore[arg-type]
    for one in found:
        if one.open:
            yield Heading(3, text(one.provider.signs_as))
            items = [f"{_LABELS[item.name]}: {item.words}." for item in one.open]
            yield Bullets(tuple((Paragraph(text(words)),) for words in items))
    yield Paragraph(text("In no order of merit. A phone answer of the plan is no promise."), role="small")
