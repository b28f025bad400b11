"""Writes down a therapist, a doctor or a practice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.names import stem_of
from massage_claim.actions.record.practice_folder import practice_of, shown, write_at
from massage_claim.actions.result import Result
from massage_claim.calc.identifiers import npi_is_possible
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts, facts_on
from massage_claim.models.providers import Provider
from massage_claim.yamltext import Node

_ROLES = {"referring": "orders the care", "rendering": "treats", "billing": "is paid"}
SHEET = spell("paper", "therapist_questions")


def add_provider(
    project: Path | None,
    tree: Mapping[str, Node],
    *,
    options: drafts.Options,
    to_practice: bool = False,
    dry_run: bool = False,
) -> Result:
    """Adds providers/NAME.yaml, with `to_practice` in the shared practice folder. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    place = open_place(project)
    home = _practice(place) if to_practice else place
    stem = stem_of(tree, Provider, options)
    drafted = drafts.draft(place, Provider, tree, stem, options=options, unique=True)
    _refuse_npi(drafted.record, facts_on(place.today), options)
    result = write_at(place, home, drafted, dry_run=dry_run)
    roles = drafted.record.roles
    says = (*result.says, f"In this case it is who {' and '.join(_ROLES[role] for role in roles)}." if roles else "")
    notes = (*result.notes, *_hidden(place, home, f"{stem}.yaml"), *_to_ask(drafted.record))
    if not roles:
        notes += (
            f"It has no role yet; add one with `{spell('edit', f'providers/{stem}', set={'roles.1': 'rendering'})}`.",
        )
    following = spell("add-prescription") if "referring" in roles else spell("status")
    if "rendering" in roles:
        following = spell("check-licence", provider=stem)
    return replace(result, says=tuple(line for line in says if line), notes=notes, next=following)


def refused_npi(npi: str, facts: Facts, phones: tuple[str | None, ...] = ()) -> tuple[str, str] | None:
    """Why ten digits can't be an NPI (45 CFR 162.406), and what to do; None when they can. `phones`: known phone numbers."""
    digits = re.sub(r"\D", "", npi)
    fix = (
        "Copy the NPI from the office's papers, or look it up at npiregistry.cms.hhs.gov; skip it when it isn't known."
    )
    if digits in {re.sub(r"\D", "", phone)[-10:] for phone in phones if phone}:
        return "This is the phone number, not an NPI.", fix
    if npi_is_possible(digits, facts.identifiers.npi):
        return None
    if not digits.startswith(facts.identifiers.npi.first_digits):
        return "An NPI begins with 1 or 2. Is this a phone number?", fix
    return (
        "The last digit of an NPI checks the others, and here it does not fit: a typing mistake or a phone number.",
        fix,
    )


def _refuse_npi(provider: Provider, facts: Facts, options: drafts.Options) -> None:
    if provider.npi is None:
        return
    refused = refused_npi(provider.npi, facts, (provider.phone, provider.fax))
    if refused:
        because = str(facts.identifiers.npi.source)
        raise UsageProblem(Problem(f"{options.get('npi', '--npi')}: {refused[0]}", refused[1], because=because))


def _practice(place: Place) -> Place:
    folder = practice_of(place)
    if folder is None:
        says = "--to-practice: this case has no practice folder."
        fix = f"Leave the option out, or name the folder: {spell('edit', 'case', set={'practice': '../practice'})}"
        raise UsageProblem(Problem(says, fix))
    return replace(place, folder=folder)


def _hidden(place: Place, home: Place, file: str) -> Iterator[str]:
    """Two records of one name: the case's own counts in this case."""
    practice = practice_of(place)
    if practice is None:
        return
    there = shown(place, replace(place, folder=practice), f"providers/{file}")
    if home.folder == place.folder and (practice / "providers" / file).exists():
        yield f"{there} has the same name. In this case the new record counts, in the others that one."
    elif home.folder != place.folder and (place.folder / "providers" / file).exists():
        yield f"providers/{file} in this case has the same name. Here that one counts, not the new record."


def _to_ask(provider: Provider) -> Iterator[str]:
    """What the therapist is asked for, with the words to ask it in on the sheet."""
    if not {"rendering", "billing"} & set(provider.roles):
        return
    open_still = [words for words, value in (("NPI", provider.npi), ("EIN", provider.ein)) if value is None]
    if "billing" not in provider.roles:
        open_still = [words for words in open_still if words != "EIN"]
    if open_still:
        yield (
            f"Not known yet: {' and '.join(open_still)}. An NPI and an EIN are free to get, and no Social Security number "
            f"is wanted. The words to ask for them: {SHEET}"
        )
