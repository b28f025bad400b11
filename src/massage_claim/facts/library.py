"""The shipped facts that hold on a day: `facts_on(day)`. A file is read when its first fact is asked for, and once. A file with a mistake raises `errors.Unreadable` with every mistake at
file:line, when its first fact is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from massage_claim.facts.files import shipped_facts
from massage_claim.facts.icd10cm import Icd10cm, code_list, release_for
from massage_claim.facts.later import Kinds
from massage_claim.facts.lookup import LookedUp
from massage_claim.facts.plain_kinds import Fact
from massage_claim.facts.selections import Deadlines, DenialCodes, Diagnoses, Identifiers, PacketOrder

if TYPE_CHECKING:
    from massage_claim.facts import after_denial_kinds as after
    from massage_claim.facts import appeal_kinds as appeal
    from massage_claim.facts import attention_kinds as attention
    from massage_claim.facts import coding_kinds as coding
    from massage_claim.facts import letter_kinds as letter
    from massage_claim.facts import plan_kinds as plan
    from massage_claim.facts import reason_kinds as reason
    from massage_claim.facts import route_kinds as route
    from massage_claim.facts import tax_kinds as tax
else:
    after = Kinds("after_denial_kinds")
    appeal = Kinds("appeal_kinds")
    attention = Kinds("attention_kinds")
    coding = Kinds("coding_kinds")
    letter = Kinds("letter_kinds")
    plan = Kinds("plan_kinds")
    reason = Kinds("reason_kinds")
    route = Kinds("route_kinds")
    tax = Kinds("tax_kinds")

F = TypeVar("F", bound=Fact)


class Facts:
    """The facts that hold on `day`; each attribute reads its file when first asked."""

    def __init__(self, day: date) -> None:
        self.day = day

    def on(self, day: date) -> Facts:
        """The facts of another day, such as the date of service or of a notice."""
        return self if day == self.day else facts_on(day)

    @cached_property
    def procedure_codes(self) -> Mapping[str, coding.ProcedureCode]:
        return self._keyed("procedure_codes", "procedure_codes", coding.ProcedureCode, lambda fact: fact.code)

    @cached_property
    def unit_rules(self) -> Mapping[str, coding.UnitRule]:
        """ "cms" and "midpoint"."""
        return self._keyed("procedure_codes", "unit_rules", coding.UnitRule, lambda fact: fact.name)

    @cached_property
    def code_pairs(self) -> tuple[coding.CodePair, ...]:
        return self._listed("procedure_codes", "pairs", coding.CodePair)

    @cached_property
    def day_remarks(self) -> Mapping[str, coding.DayRemark]:
        """By "units" and "minutes"."""
        return self._keyed("procedure_codes", "day_remarks", coding.DayRemark, lambda fact: fact.measure)

    @cached_property
    def claim_rules(self) -> Mapping[str, coding.ClaimRule]:
        """Numbers of the claim form and the code sets, by name."""
        return self._keyed("procedure_codes", "claim_rules", coding.ClaimRule, lambda fact: fact.name)

    @cached_property
    def massage_code(self) -> coding.ProcedureCode:
        """The usual code of a massage treatment: the first massage code of the list."""
        return next(fact for fact in self.procedure_codes.values() if fact.massage)

    @cached_property
    def diagnoses(self) -> Diagnoses:
        name = "diagnosis_codes"
        return Diagnoses(
            # a retired header stays known after its last day: that is its purpose
            retired_headers=self._keyed(name, "retired_headers", coding.RetiredHeader, lambda fact: fact.code),
            exclusive_pairs=self._listed(name, "exclusive_pairs", coding.ExclusivePair),
            never_first=self._listed(name, "never_first", coding.NeverFirst),
            titles=self._keyed(name, "titles", coding.DiagnosisTitle, lambda fact: fact.code),
        )

    @cached_property
    def icd10cm(self) -> Icd10cm:
        """The diagnosis code list for visits on this day; the nearest one when none covers it."""
        found = shipped_facts("icd10cm")
        releases = [fact for fact in found["releases"] if isinstance(fact, coding.DiagnosisRelease)]
        earlier = [fact for fact in found["earlier"] if isinstance(fact, coding.EarlierCodes)]
        return code_list(release_for(self.day, releases), earlier[-1])

    @cached_property
    def modifiers(self) -> Mapping[str, coding.Modifier]:
        return self._keyed("modifiers", "modifiers", coding.Modifier, lambda fact: fact.code)

    @cached_property
    def places_of_service(self) -> Mapping[str, coding.PlaceOfService]:
        return self._keyed("places_of_service", "places_of_service", coding.PlaceOfService, lambda fact: fact.code)

    @cached_property
    def identifiers(self) -> Identifiers:
        name = "identifiers"
        return Identifiers(
            patterns=self._keyed(name, "patterns", coding.Pattern, lambda fact: fact.name),
            npi=self._listed(name, "npi", coding.NpiRule)[0],
            ein=self._listed(name, "ein_prefixes", coding.EinPrefixes)[0],
            taxonomy=self._keyed(name, "taxonomy", coding.Taxonomy, lambda fact: fact.code),
        )

    @cached_property
    def plan_kinds(self) -> Mapping[str, plan.PlanKind]:
        return self._keyed("plan_kinds", "plan_kinds", plan.PlanKind, lambda fact: fact.kind)

    @cached_property
    def dead_ends(self) -> tuple[plan.DeadEnd, ...]:
        return self._listed("plan_kinds", "dead_ends", plan.DeadEnd)

    @cached_property
    def deadlines(self) -> Deadlines:
        return Deadlines(
            rules=self._listed("deadlines", "deadlines", plan.DeadlineRule),
            amounts=self._keyed("deadlines", "amounts", plan.Amount, lambda fact: fact.name),
        )

    @cached_property
    def denial_codes(self) -> DenialCodes:
        name = "denial_codes"
        return DenialCodes(
            groups=LookedUp(name, "groups", "code", self.day),
            carcs=LookedUp(name, "carcs", "code", self.day),
            rarcs=LookedUp(name, "rarcs", "code", self.day),
        )

    @cached_property
    def denial_families(self) -> Mapping[str, reason.DenialFamily]:
        return self._keyed("denial_families", "denial_families", reason.DenialFamily, lambda fact: fact.name)

    @cached_property
    def other_meanings(self) -> Mapping[str, reason.OtherMeaning]:
        """What a notice may mean beside the families of reasons, by name."""
        return self._keyed("denial_families", "other_meanings", reason.OtherMeaning, lambda fact: fact.name)

    @cached_property
    def measures(self) -> Mapping[str, reason.Measure]:
        return self._keyed("measures", "measures", reason.Measure, lambda fact: fact.name)

    @cached_property
    def body_parts(self) -> tuple[reason.BodyPart, ...]:
        """The parts of the body that have measures of their own."""
        return self._listed("body_parts", "body_parts", reason.BodyPart)

    @cached_property
    def remeasure(self) -> reason.Remeasure:
        return self._listed("measures", "remeasure", reason.Remeasure)[0]

    @cached_property
    def evidence(self) -> Mapping[str, reason.Evidence]:
        return self._keyed("evidence", "evidence", reason.Evidence, lambda fact: fact.name)

    @cached_property
    def appeal_rights(self) -> Mapping[str, appeal.AppealRight]:
        """What an appeal may ask for, by name, in the letter's order; each for the kinds of plan it names."""
        return self._keyed("appeal_rights", "rights", appeal.AppealRight, lambda fact: fact.name)

    @cached_property
    def notice_elements(self) -> Mapping[str, appeal.NoticeElement]:
        """What a denial notice must hold, by id, in the order of the checklist."""
        return self._keyed("appeal_rights", "notice_elements", appeal.NoticeElement, lambda fact: fact.id)

    @cached_property
    def adverse_answers(self) -> Mapping[str, appeal.AdverseAnswer]:
        """By the id of the study."""
        return self._keyed("appeal_rights", "adverse_answers", appeal.AdverseAnswer, lambda fact: fact.evidence)

    @cached_property
    def appeal_levels(self) -> tuple[appeal.AppealLevel, ...]:
        """The rounds of appeal, those of a kind of plan in their order."""
        return self._listed("appeal_levels", "levels", appeal.AppealLevel)

    @cached_property
    def overdue(self) -> tuple[appeal.Overdue, ...]:
        """What a decision that comes too late allows."""
        return self._listed("appeal_levels", "overdue", appeal.Overdue)

    @cached_property
    def phases(self) -> Mapping[str, appeal.Phase]:
        return self._keyed("appeal_rights", "phases", appeal.Phase, lambda fact: fact.name)

    @cached_property
    def doses(self) -> Mapping[str, appeal.Dose]:
        """By the id of the study."""
        return self._keyed("appeal_rights", "doses", appeal.Dose, lambda fact: fact.evidence)

    @cached_property
    def warning_signs(self) -> tuple[attention.WarningSign, ...]:
        return self._listed("attention", "warning_signs", attention.WarningSign)

    @cached_property
    def prescribers(self) -> tuple[attention.Prescriber, ...]:
        """Who may order care, as state and plan allow."""
        return self._listed("attention", "prescribers", attention.Prescriber)

    @cached_property
    def certifications(self) -> tuple[attention.Certification, ...]:
        return self._listed("attention", "certifications", attention.Certification)

    @cached_property
    def choices(self) -> Mapping[str, attention.Choice]:
        """Numbers that no authority sets, by name."""
        return self._keyed("attention", "choices", attention.Choice, lambda fact: fact.name)

    @cached_property
    def letter_contents(self) -> tuple[letter.LetterContent, ...]:
        """What an order and a letter should say, in the order of the page."""
        return self._listed("letter_contents", "contents", letter.LetterContent)

    @cached_property
    def beside_letters(self) -> tuple[letter.BesideLetter, ...]:
        return self._listed("letter_contents", "beside", letter.BesideLetter)

    @cached_property
    def tell_first(self) -> tuple[letter.TellFirst, ...]:
        """What a doctor must hear of before massage is ordered."""
        return self._listed("letter_contents", "tell_first", letter.TellFirst)

    @cached_property
    def licences(self) -> Mapping[str, plan.Licence]:
        """By the two letters of the state."""
        return LookedUp("licences", "licences", "state", self.day)

    @cached_property
    def coverage_questions(self) -> tuple[plan.CoverageQuestion, ...]:
        """In the order to ask; the six knock-outs first."""
        return self._listed("coverage_questions", "coverage_questions", plan.CoverageQuestion)

    @cached_property
    def provider_kinds(self) -> tuple[route.ProviderKind, ...]:
        return self._listed("routes", "provider_kinds", route.ProviderKind)

    @cached_property
    def routes(self) -> Mapping[str, route.RouteWords]:
        """The verdicts of step 1, by name."""
        return self._keyed("routes", "routes", route.RouteWords, lambda fact: fact.name)

    @cached_property
    def plan_routes(self) -> tuple[route.PlanRoute, ...]:
        return self._listed("routes", "plan_routes", route.PlanRoute)

    @cached_property
    def alternatives(self) -> tuple[route.Alternative, ...]:
        """What is still possible after a verdict, in the order to show."""
        return self._listed("routes", "alternatives", route.Alternative)

    @cached_property
    def tax_rules(self) -> Mapping[str, tax.TaxRule]:
        """What to know about taxes and accounts at the end of the year, by name."""
        return self._keyed("tax", "tax_rules", tax.TaxRule, lambda fact: fact.name)

    @cached_property
    def after_denial(self) -> after.AfterDenial:
        """What the papers around an appeal ask for and name."""
        name = "after_denial"
        return after.AfterDenial(
            file_requests=self._listed(name, "file_requests", after.FileRequest),
            sentences=self._listed(name, "sentences", after.LawSentence),
            offices=self._listed(name, "offices", after.Office),
            last_ways=self._listed(name, "last_ways", after.LastWay),
        )

    @cached_property
    def packet_order(self) -> PacketOrder:
        return PacketOrder(self._listed("packet_order", "packet_order", plan.PacketPart))

    @cached_property
    def glossary(self) -> Mapping[str, plan.Term]:
        """By word and by each of its other names, in small letters."""
        terms = self._listed("glossary", "glossary", plan.Term)
        named = {name.lower(): term for term in terms for name in term.also}
        return MappingProxyType(named | {term.word.lower(): term for term in terms})

    def _listed(self, file: str, section: str, kind: type[F]) -> tuple[F, ...]:
        return tuple(
            fact for fact in shipped_facts(file)[section] if isinstance(fact, kind) and fact.holds_on(self.day)
        )

    def _keyed(self, file: str, section: str, kind: type[F], key: Callable[[F], str]) -> Mapping[str, F]:
        return MappingProxyType({key(fact): fact for fact in self._listed(file, section, kind)})


@lru_cache(maxsize=512)
def facts_on(day: date) -> Facts:
    """The facts that hold on `day`. Cheap: nothing is read until it is asked for."""
    return Facts(day)
