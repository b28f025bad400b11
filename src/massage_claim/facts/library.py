"""The shipped facts that hold on a day: `facts_on(day)`. Each line of `Facts` says which facts there are under which name; a file is read when its
first fact is asked for, and once. A file with a mistake raises `errors.Unreadable` with every mistake at file:line.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin

from massage_claim.facts.appeal_rules import (
    AdverseAnswer,
    AfterDenial,
    AppealLevel,
    AppealRight,
    Dose,
    NoticeElement,
    Overdue,
    Phase,
)
from massage_claim.facts.attention import Certification, Choice, Prescriber, WarningSign
from massage_claim.facts.codes import (
    ClaimRule,
    CodePair,
    DayRemark,
    Diagnoses,
    DiagnosisRelease,
    EarlierCodes,
    Identifiers,
    Modifier,
    PlaceOfService,
    ProcedureCode,
    UnitRule,
    ZipCodes,
)
from massage_claim.facts.deadline_rules import Deadlines
from massage_claim.facts.denial_reasons import DenialCodes, DenialFamily, OtherMeaning
from massage_claim.facts.evidence import BodyPart, Evidence, Measure, Remeasure
from massage_claim.facts.fact import Fact
from massage_claim.facts.fact_file import FOLDER, read_file
from massage_claim.facts.icd10cm import Icd10cm, code_list, release_for
from massage_claim.facts.paper_contents import BesideLetter, LetterContent, PacketOrder, TellFirst
from massage_claim.facts.plain_words import TaxRule, Term
from massage_claim.facts.plans import (
    Alternative,
    CoverageQuestion,
    DeadEnd,
    Licence,
    PlanKind,
    PlanRoute,
    ProviderKind,
    RouteWords,
)
from massage_claim.frozen import fields_of

F = TypeVar("F", bound=Fact)


class Facts:
    """The facts that hold on `day`.

    An annotation says what a name gives: a tuple has all facts of that kind in the file's order, a Mapping has them by
    their key, a kind alone is the only one of its kind, and a record of such annotations is all of these.
    """

    procedure_codes: Mapping[str, ProcedureCode]
    unit_rules: Mapping[str, UnitRule]
    """ "cms" and "midpoint"."""
    code_pairs: tuple[CodePair, ...]
    day_remarks: Mapping[str, DayRemark]
    """By "units" and "minutes"."""
    claim_rules: Mapping[str, ClaimRule]
    """Numbers of the claim form and the code sets, by name."""
    modifiers: Mapping[str, Modifier]
    places_of_service: Mapping[str, PlaceOfService]
    zip_codes: Mapping[str, ZipCodes]
    """By the two letters of the state."""
    identifiers: Identifiers
    diagnoses: Diagnoses
    diagnosis_releases: tuple[DiagnosisRelease, ...]
    earlier_diagnosis_codes: EarlierCodes

    plan_kinds: Mapping[str, PlanKind]
    dead_ends: tuple[DeadEnd, ...]
    licences: Mapping[str, Licence]
    """By the two letters of the state."""
    coverage_questions: tuple[CoverageQuestion, ...]
    """In the order to ask; the six knock-outs first."""
    provider_kinds: tuple[ProviderKind, ...]
    routes: Mapping[str, RouteWords]
    """The verdicts of step 1, by name."""
    plan_routes: tuple[PlanRoute, ...]
    alternatives: tuple[Alternative, ...]
    """What is still possible after a verdict, in the order to show."""

    deadlines: Deadlines

    denial_codes: DenialCodes
    denial_families: Mapping[str, DenialFamily]
    other_meanings: Mapping[str, OtherMeaning]
    """What a notice may mean beside the families of reasons, by name."""

    appeal_levels: tuple[AppealLevel, ...]
    """The rounds of appeal, those of a kind of plan in their order."""
    overdue: tuple[Overdue, ...]
    """What a decision that comes too late allows."""
    appeal_rights: Mapping[str, AppealRight]
    """What an appeal may ask for, by name, in the letter's order; each for the kinds of plan it names."""
    notice_elements: Mapping[str, NoticeElement]
    """What a denial notice must hold, by id, in the order of the checklist."""
    adverse_answers: Mapping[str, AdverseAnswer]
    """By the id of the study."""
    phases: Mapping[str, Phase]
    doses: Mapping[str, Dose]
    """By the id of the study."""
    after_denial: AfterDenial

    measures: Mapping[str, Measure]
    remeasure: Remeasure
    body_parts: tuple[BodyPart, ...]
    """The parts of the body that have measures of their own."""
    evidence: Mapping[str, Evidence]

    letter_contents: tuple[LetterContent, ...]
    """What an order and a letter should say, in the order of the page."""
    beside_letters: tuple[BesideLetter, ...]
    tell_first: tuple[TellFirst, ...]
    """What a doctor must hear of before massage is ordered."""
    packet_order: PacketOrder

    warning_signs: tuple[WarningSign, ...]
    prescribers: tuple[Prescriber, ...]
    """Who may order care, as state and plan allow."""
    certifications: tuple[Certification, ...]
    choices: Mapping[str, Choice]
    """Numbers that no authority sets, by name."""

    tax_rules: Mapping[str, TaxRule]
    """What to know about taxes and accounts at the end of the year, by name."""
    terms: tuple[Term, ...]

    def __init__(self, day: date) -> None:
        self.day = day

    def on(self, day: date) -> "Facts":
        """The facts of another day, such as the date of service or of a notice."""
        return self if day == self.day else facts_on(day)

    if not TYPE_CHECKING:  # a checker must see a name that is not there

        def __getattr__(self, name: str) -> Any:
            if name not in Facts.__annotations__:
                raise AttributeError(f"there are no facts called {name}")
            found = self.__dict__[name] = _gather(Facts.__annotations__[name], self.day)
            return found

    @cached_property
    def massage_code(self) -> ProcedureCode:
        """The usual code of a massage treatment: the first massage code of the list."""
        return next(fact for fact in self.procedure_codes.values() if fact.massage)

    @cached_property
    def icd10cm(self) -> Icd10cm:
        """The diagnosis code list for visits on this day; the nearest one when none covers it."""
        return code_list(release_for(self.day, shipped(DiagnosisRelease)), shipped(EarlierCodes)[-1])

    @cached_property
    def glossary(self) -> Mapping[str, Term]:
        """The terms by word and by each of their other names, in small letters."""
        named = {name.lower(): term for term in self.terms for name in term.also}
        return MappingProxyType(named | {term.word.lower(): term for term in self.terms})


@lru_cache(maxsize=512)
def facts_on(day: date) -> Facts:
    """The facts that hold on `day`. Cheap: nothing is read until it is asked for."""
    return Facts(day)


def shipped(kind: type[F]) -> tuple[F, ...]:
    """Every fact of a kind, whatever its days. Raises Unreadable with every mistake of its file."""
    return cast(tuple[F, ...], shipped_file(kind.place.file)[kind])


def everything() -> Iterator[tuple[str, str, Fact]]:
    """Every shipped fact, whatever its dates, as (file, section, fact): for tests and for an overview."""
    for file in KINDS:
        for kind, facts in shipped_file(file).items():
            for fact in facts:
                yield file, kind.place.section, fact


@cache
def shipped_file(name: str) -> dict[type[Fact], tuple[Fact, ...]]:
    """Every fact of a shipped file by its kind, whatever the days. Raises Unreadable with every mistake in it."""
    return read_file(FOLDER / f"{name}.yaml", KINDS[name])


def _gather(annotation: Any, day: date) -> Any:
    """What the annotation promises, of the facts that hold on `day`."""
    form, parts = get_origin(annotation), get_args(annotation)
    if form is tuple:
        return _held(parts[0], day)
    if form is Mapping:
        return MappingProxyType({fact.known_as: fact for fact in _held(parts[1], day)})
    if issubclass(annotation, Fact):
        return _held(annotation, day)[0]
    return annotation(**{name: _gather(field.type, day) for name, field in fields_of(annotation).items()})


def _held(kind: type[F], day: date) -> tuple[F, ...]:
    return tuple(fact for fact in shipped(kind) if fact.holds_on(day))


def _named_in(annotation: Any) -> Iterator[type[Fact]]:
    """The kinds of fact of an annotation."""
    if get_origin(annotation) is not None:
        yield next(part for part in get_args(annotation) if part not in (str, Ellipsis))
    elif issubclass(annotation, Fact):
        yield annotation
    else:
        for field in fields_of(annotation).values():
            yield from _named_in(field.type)


def _by_file() -> dict[str, list[type[Fact]]]:
    kinds: dict[str, list[type[Fact]]] = {}
    for annotation in Facts.__annotations__.values():
        for kind in _named_in(annotation):
            kinds.setdefault(kind.place.file, []).append(kind)
    return kinds


KINDS = _by_file()
"""File → the kinds of fact in it: each that `Facts` names, and no other."""
