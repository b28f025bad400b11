"""`explain`: what a code or a word means, in our own words from the shipped facts. No case is needed.

A word can be a code, a term, a measure, a kind of plan, a state or a check. A fact that was not read in its source says
"check with your plan". A code nobody knows is said to be unknown, and no diagnosis code is ever offered for another: only a
prescriber names one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from massage_claim.actions.project import today_without_case
from massage_claim.actions.result import Result
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.fact import Fact
from massage_claim.facts.library import Facts, facts_on
from massage_claim.frozen import dataclass
from massage_claim.journey import step
from massage_claim.writing.formats import long_date

_LIKE_A_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
"""A diagnosis code, or a remark code: M545 could be both."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")

_ACTIONS = {
    "fix": "Correct what it names, and send the claim again (a corrected claim).",
    "route": "Send it to the right place.",
    "appeal": "Ask the plan in writing to look again (an appeal), before the last day on its letter.",
    "check": "Look first whether it is right: in the plan booklet, and in what was counted.",
    "wait": "Wait; the claim is not decided yet.",
    "none": "Nothing, if it is right.",
    "info": "Nothing; it is for your information.",
    "dead-end": "Seldom anything; it usually ends there.",
}
_LIKE_A_DIAGNOSIS = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")
_WITH_MODIFIERS = re.compile(r"([0-9A-Z][0-9]{3}[0-9A-Z])((?:[ -][0-9A-Z]{2}){1,4})")
_PRESCRIBER = "It must come from a prescriber."


def explain(word: str) -> Result:
    """Every meaning of the word. Raises UsageProblem with near matches when there is none."""
    facts = facts_on(today_without_case())
    asked = _DASHES.sub("-", " ".join(word.split()))
    found = [meaning for meanings in MEANINGS for meaning in meanings(asked, facts)]
    if not found:
        raise UsageProblem(_explain_unknown(asked, facts))
    says = tuple(line for meaning in found for line in _write_lines(meaning))
    data = {
        "meanings": [
            {
                "kind": meaning.kind,
                "name": meaning.name,
                "says": list(meaning.says),
                "source": str(meaning.fact.source) if meaning.fact else None,
                "verified": meaning.fact.verified if meaning.fact else None,
            }
            for meaning in found
        ]
    }
    return Result(says=says, data=data)


def _explain_unknown(word: str, facts: Facts) -> Problem:
    """Never names a diagnosis code, and nothing near one: a slip there would put another illness on a claim."""
    code = word.upper()
    if _LIKE_A_CODE.fullmatch(code) or _LIKE_A_CODE.fullmatch(join(code)):
        listed = f"the diagnosis codes of {facts.icd10cm.release.name}"
        if "." in code:
            return Problem(f"This code is not among {listed}.", "Ask the prescriber which code was meant.")
        says = f"This code is not known here, and not among {listed}."
        return Problem(says, "Ask the prescriber if it is a diagnosis code, and the plan if it stands on a decision.")
    near = _find_near(word, facts)
    fix = f"Did you mean {' or '.join(near)}?" if near else "Ask the plan what it means, or look in the plan booklet."
    return Problem("This word or code is not known here.", fix)


def _write_lines(meaning: Meaning) -> Iterator[str]:
    yield f"{meaning.name} ({meaning.kind})"
    for sentence in meaning.says:
        yield f"  {sentence}"
    fact = meaning.fact
    if fact is not None:
        if fact.note:
            yield f"  {fact.note}"
        read = f" (read {fact.verified.isoformat()})" if fact.verified else ""
        yield f"  Source: {fact.source}{read}"
        if not fact.may_be_quoted and "check with your plan" not in (fact.note or "").lower():
            yield "  This was not read in its source: check with your plan."


def _find_near(word: str, facts: Facts) -> list[str]:
    from massage_claim.checks import all_checks

    known: list[Mapping[str, object]] = [
        facts.procedure_codes,
        facts.modifiers,
        facts.denial_codes.carcs,
        facts.denial_codes.rarcs,
        facts.glossary,
        facts.measures,
        facts.plan_kinds,
        facts.denial_families,
        all_checks(),
    ]
    names = {name.lower(): name for names in known for name in names}
    near = difflib.get_close_matches(word.lower().replace("-", "_"), names, n=3, cutoff=0.7)
    near = near or difflib.get_close_matches(word.lower(), names, n=3, cutoff=0.7)
    return [names[name] for name in near]


@dataclass(frozen=True)
class Meaning:
    """One thing the word can mean. `kind` says what it is."""

    kind: str
    name: str
    says: tuple[str, ...]
    fact: Fact | None = None


def join(word: str) -> str:
    """The word without the spaces, hyphens and underscores that people write in it or leave out."""
    return re.sub(r"[\s_-]+", "", word)


def _find_procedure(word: str, facts: Facts) -> Iterator[Meaning]:
    fact = facts.procedure_codes.get(word.upper())
    if fact:
        timing = (
            f"Counted in units of {fact.unit_minutes} minutes." if fact.timed else "Counted once, whatever its length."
        )
        yield Meaning("procedure code", fact.code, (f"{fact.words}.", timing, fact.use), fact)
        for pair in facts.code_pairs:
            if fact.code in (pair.first, pair.second):
                yield Meaning("codes on one day", f"{pair.first} with {pair.second}", (pair.words,), pair)


def _find_modifier(word: str, facts: Facts) -> Iterator[Meaning]:
    fact = facts.modifiers.get(word.upper())
    if fact:
        yield Meaning("modifier", fact.code, (fact.words, fact.when), fact)


def _find_line_code(word: str, facts: Facts) -> Iterator[Meaning]:
    """A code as it stands on a line of a claim, with its modifiers: 97124-59."""
    parts = _WITH_MODIFIERS.fullmatch(word.upper())
    if parts is None or parts[1] not in facts.procedure_codes:
        return
    yield from _find_procedure(parts[1], facts)
    for modifier in re.split("[ -]", parts[2])[1:]:
        unknown = Meaning("modifier", modifier, ("This modifier is not known here. Ask the plan what it means.",))
        yield from list(_find_modifier(modifier, facts)) or [unknown]


def _find_place(word: str, facts: Facts) -> Iterator[Meaning]:
    fact = facts.places_of_service.get(word)
    if fact:
        hands = {"yes": "", "ask": "The insurer may ask why.", "no": "Hands-on care cannot happen there."}[
            fact.hands_on
        ]
        yield Meaning("place of service", fact.code, tuple(line for line in (fact.words, hands) if line), fact)


def _find_reason(word: str, facts: Facts) -> Iterator[Meaning]:
    codes = facts.denial_codes
    group = codes.group(word)
    if group:
        yield Meaning("group code", group.code, (group.words,), group)
    remark = codes.rarc(join(word))
    for kind, fact in (("reason code", codes.carc(word)), ("remark code", remark)):
        if fact is None:
            continue
        says = [fact.words, f"What to do: {_lower(_ACTIONS[fact.action])}" if fact.action in _ACTIONS else ""]
        if fact.then:
            says.append(f"If that fails: {_lower(_ACTIONS.get(fact.then, fact.then))}")
        if fact.guard == "no-appeal":
            says.append("An appeal is the wrong answer here: send a complete new or corrected claim.")
        if fact.evidence:
            says.append(f"What helps: {fact.evidence}")
        if fact.letter:
            says.append(_tell_letter(fact.letter, "appeal" in (fact.action, fact.then)))
        prefix = re.match(r"(CO|PR|OA|PI|CR)[ -]?(?=.)", word, re.IGNORECASE)
        if prefix and kind == "reason code":
            owner = codes.group(prefix[1])
            says += [f"{owner.code} before it: {owner.words}"] if owner else []
        yield Meaning(kind, fact.code, tuple(line for line in says if line), fact)
    family = facts.denial_families.get(word.lower().replace(" ", "_").replace("-", "_"))
    if family:
        yield Meaning("kind of denial", family.title, (family.words,), family)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _tell_letter(words: str, appealed: bool) -> str:
    """What an appeal says; of what is not appealed, when to object, or what to send instead."""
    if words.startswith("Only if"):
        return f"When to object: {_lower(words)}"
    return f"In the letter: {_lower(words)}" if appealed else words


def _find_diagnosis(word: str, facts: Facts) -> Iterator[Meaning]:
    code = word.upper()
    if not _LIKE_A_DIAGNOSIS.fullmatch(code):
        return
    listed, retired, title = facts.icd10cm, facts.diagnoses.retired_headers.get(code), facts.diagnoses.titles.get(code)
    release = listed.release
    seen = f"Looked up in {release.name}: {release.codes:,} codes, {release.size // 1000} kB. "
    seen += f"It is for visits from {long_date(release.valid_from)} to {long_date(release.valid_until or date.max)}."
    if retired:
        ended = f"It was split into finer codes, and is refused for visits after {long_date(retired.last_day)}."
        says = (f"{retired.words}.", ended, "Ask the prescriber for the finer code.", seen)
        yield Meaning("diagnosis code that was split", retired.code, says, retired)
    elif listed.state(code) != "unknown":
        weak = ("Insurers seldom accept it alone for massage.",) if title is not None and title.weak else ()
        yield Meaning("diagnosis code", code, (*listed.explain_words(code), *weak, _PRESCRIBER, seen), release)
    for pair in facts.diagnoses.exclusive_pairs:
        if listed.state(code) != "unknown" and any(code.startswith(one) for one in (pair.first, *pair.others)):
            both = (f"{pair.words}.", "Ask the prescriber which of the two stands, if both are written down.")
            yield Meaning("codes that exclude each other", f"{pair.first} with {', '.join(pair.others)}", both, pair)


def _find_term(word: str, facts: Facts) -> Iterator[Meaning]:
    name = join(word).lower()
    fact = next((fact for known, fact in facts.glossary.items() if join(known).lower() == name), None)
    if fact:
        yield Meaning("word", fact.word, (fact.words,), fact)


def _find_measure(word: str, facts: Facts) -> Iterator[Meaning]:
    fact = facts.measures.get(word.lower()) or facts.measures.get(join(word).lower())
    if fact:
        better = f"From {fact.lowest:f} to {fact.highest:f} {fact.unit}; {fact.better} is good."
        yield Meaning("measure", fact.title, (better, f"A change that counts: {fact.threshold_words}."), fact)


def _find_plan(word: str, facts: Facts) -> Iterator[Meaning]:
    fact = facts.plan_kinds.get(word.lower().replace(" ", "-").replace("_", "-"))
    if fact:
        says = (
            f"{fact.words}.",
            f"Law: {fact.law}.",
            f"After a denial: {_lower(fact.internal_appeal)}" if fact.internal_appeal else "",
            f"After the plan's last no: {_lower(fact.external_appeal)}" if fact.external_appeal else "",
            f"How to tell: {_lower(fact.clues)}" if fact.clues else "",
        )
        yield Meaning("kind of plan", fact.kind, tuple(line for line in says if line), fact)


def _find_state(word: str, facts: Facts) -> Iterator[Meaning]:
    named = f"{word.lower()} "  # each begins with the state's name
    fact = facts.licences.get(word.upper()) or next(
        (found for found in facts.licences.values() if len(named) > 4 and found.words.lower().startswith(named)), None
    )
    if fact:
        titles = f"Letters after a massage therapist's name there: {', '.join(fact.titles)}." if fact.titles else ""
        says = tuple(line for line in (fact.words, titles) if line)
        yield Meaning("state", fact.state, says, fact)


def _find_check(word: str, facts: Facts) -> Iterator[Meaning]:
    from massage_claim.checks import all_checks

    name = word.lower().replace(" ", "_").replace("-", "_")
    module = all_checks().get(name)
    if module is not None:
        about = (module.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ").removeprefix("Statement: ")
        holds = about.rstrip(".")
        of_step = step(module.STEP)
        says = (
            f"What should hold: {holds}.",
            f"When it does not: {module.SEVERITY.value}, in step {of_step.number} ({of_step.title}).",
            f"Why: {module.WHY}.",
        )
        yield Meaning("check", name.replace("_", " "), says)


MEANINGS: tuple[Callable[[str, Facts], Iterator[Meaning]], ...] = (
    _find_procedure,
    _find_modifier,
    _find_line_code,
    _find_place,
    _find_reason,
    _find_diagnosis,
    _find_term,
    _find_measure,
    _find_plan,
    _find_state,
    _find_check,
)
