"""Why a claim was refused, as families of reasons that a letter can answer; and when no appeal may be written at all.

Reasons in the order of the notice, or the one sentence that stops the appeal (a claim to correct, a share of cost, a dead
end). A code that is not known is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from massage_claim.calc.decisions import appeals_against, is_denial
from massage_claim.calc.notice_moves import spell_code
from massage_claim.calc.route import dead_ends
from massage_claim.command_text import spell
from massage_claim.errors import Problem, Where
from massage_claim.facts.denial_reasons import DenialCode
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.decision import Adjustment, Decision

_NO_ANSWER = frozenset({"none", "info", "wait", "dead-end"})


@dataclass(frozen=True, slots=True)
class Reason:
    """One family of reasons, and the codes that say so as printed: "CO-50", "N362"; no codes when it was chosen."""

    family: str
    codes: tuple[str, ...] = ()


def reasons_of(decision: Decision, facts: Facts, chosen: Sequence[str] = ()) -> tuple[Reason, ...]:
    """The reasons of a decision: those of its codes in their order, then what the person made of its words, then the chosen ones.

    `chosen` holds names of families or codes such as CO-50. Raises ValueError for a word that is neither.
    """
    then = facts.on(decision.notice_date)
    found: dict[str, list[str]] = {}
    for adjustment in decision.all_adjustments():
        for family, code in _families(adjustment, then):
            codes = found.setdefault(family, [])
            if code not in codes:
                codes.append(code)
    for word in decision.all_meanings():
        if word in then.denial_families:
            found.setdefault(word, [])
    for word in chosen:
        found.setdefault(_family_of(word, then), [])
    return tuple(Reason(family, tuple(codes)) for family, codes in found.items())


def unknown_reasons(chosen: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """Those chosen words that name neither a family nor a code with an answer."""
    return tuple(word for word in chosen if _found_family(word, facts) is None)


def refused_adjustments(decision: Decision, facts: Facts) -> tuple[Adjustment, ...]:
    """The adjustments that refuse payment; shares of cost and write-offs are none. An unknown code counts as refusal."""
    then = facts.on(decision.notice_date)
    return tuple(item for item in decision.all_adjustments() if refuses(item, then))


def refuses(adjustment: Adjustment, facts: Facts) -> bool:
    """True unless the code only shares or informs (deductible, coinsurance, write-off)."""
    if adjustment.carc is None:
        return bool(adjustment.rarcs)
    code = facts.denial_codes.carc(adjustment.carc)
    return code is None or _answerable(code) or code.action == "dead-end"


def refusal_of_appeal(
    decision: Decision, case: Case, facts: Facts, today: date, chosen: Sequence[str] = ()
) -> Problem | None:
    """Why no appeal letter may be written against this decision, and what to do instead; None when it may.

    In this order: the decision was replaced; nothing was refused; the notice itself gives no appeal (MA130, N211,
    MA44) or wants a new claim (N142); the law or plan never pays; no reason is known that a letter could answer.
    `chosen` are the reasons that the person named, and those in the recorded appeals count too.
    """
    where = case.where(decision)
    newer = next((item for item in case.decisions if item.replaces == decision.record_id), None)
    if newer is not None:
        says = "A later decision replaces this one, so there is nothing left to appeal here."
        return Problem(says, f"Appeal {newer.record_id} instead, if it is a denial.", where)
    guard = _guard(decision, facts)
    if guard is not None:
        return _guarded(guard, decision, where)
    stop = _dead_end(decision, case, facts, today)
    if stop is not None:
        return stop
    words = (*chosen, *(word for appeal in appeals_against(case, decision) for word in appeal.reasons))
    unknown = unknown_reasons(words, facts)
    if unknown:
        return Problem("A chosen reason is not known.", f"Name one of: {', '.join(facts.denial_families)}.", where)
    if not is_denial(decision, facts) and not words:
        says = "This decision is not a denial: it paid, or what is left is your own share (deductible, coinsurance, copay)."
        fix = "Check the arithmetic; if the share itself is wrong, name --reason wrong_benefit_or_share."
        return Problem(says, fix, where)
    if not reasons_of(decision, facts, words):
        says = "No reason of this decision is known that a letter could answer."
        fix = "Read the notice and name the reason with --reason, or ask the plan for its reason in writing first."
        return Problem(says, fix, case.where(decision, "reason_as_written"))
    return None


def _families(adjustment: Adjustment, facts: Facts) -> Iterator[tuple[str, str]]:
    """Family and printed code of an adjustment: of its reason code, then of each remark code that names its own."""
    carc = facts.denial_codes.carc(adjustment.carc) if adjustment.carc else None
    named = spell_code(adjustment)
    family = carc.argument if carc and _answerable(carc) else None
    if family and named:
        yield family, named
    for rarc in adjustment.rarcs:
        remark = facts.denial_codes.rarc(rarc)
        own = remark.argument if remark and _answerable(remark) else None
        if own:
            if named and not family:
                yield own, named
            yield own, rarc
        elif family:
            yield family, rarc


def _answerable(code: DenialCode) -> bool:
    return code.then == "appeal" or code.action not in _NO_ANSWER


def _family_of(word: str, facts: Facts) -> str:
    family = _found_family(word, facts)
    if family is None:
        raise ValueError("not a reason that a letter can answer")
    return family


def _found_family(word: str, facts: Facts) -> str | None:
    name = word.strip().lower().replace("-", "_").replace(" ", "_")
    if name in facts.denial_families:
        return name
    code = facts.denial_codes.carc(word) or facts.denial_codes.rarc(word)
    return code.argument if code else None


def _guard(decision: Decision, facts: Facts) -> str | None:
    """`no-appeal` when the notice anywhere says so or could not be processed; `new-claim` when every refusal wants one."""
    then = facts.on(decision.notice_date)
    codes = [rarc for item in decision.all_adjustments() for rarc in item.rarcs]
    codes += [item.code for item in decision.payer_codes]
    found = [code for word in codes if (code := then.denial_codes.rarc(word))]
    if decision.outcome == "unprocessable" or any(code.guard == "no-appeal" for code in found):
        return "no-appeal"
    refused = refused_adjustments(decision, facts)
    wants_new = [any(code.guard == "new-claim" for code in _codes(item, then)) for item in refused]
    return "new-claim" if wants_new and all(wants_new) else None


def _guarded(guard: str, decision: Decision, place: Where) -> Problem:
    if guard == "new-claim":
        says = "The notice asks for a new claim, not for an appeal and not for a replacement."
        return Problem(says, f"Send the visits again: run `{spell('build-packet')}`.", place)
    says = "The notice gives no appeal: the claim could not be processed as it was sent."
    fix = f"Send a corrected claim: run `{spell('build-packet', corrects=decision.about)}`. Keep the appeal date in mind all the same."
    return Problem(says, fix, place)


def _dead_end(decision: Decision, case: Case, facts: Facts, today: date) -> Problem | None:
    for end in dead_ends(case, facts.on(today)):
        return Problem(
            end.says,
            f"Look at what is still possible: {end.still_possible}",
            case.where("plan", "kind"),
            str(end.source),
        )
    refused = refused_adjustments(decision, facts)
    stops = [_stop(item, facts.on(decision.notice_date)) for item in refused]
    first = next((code for code in stops if code), None)
    if first is None or None in stops:
        return None
    fix = "Read the plan's page on it; ask who could make an exception, and keep the papers for an HSA or FSA."
    return Problem(first.words, fix, case.where(decision), str(first.source))


def _stop(adjustment: Adjustment, facts: Facts) -> DenialCode | None:
    """The code of an adjustment that nothing can be said against."""
    return next((code for code in _codes(adjustment, facts) if code.action == "dead-end"), None)


def _codes(adjustment: Adjustment, facts: Facts) -> list[DenialCode]:
    found = [facts.denial_codes.carc(adjustment.carc)] if adjustment.carc else []
    found += [facts.denial_codes.rarc(code) for code in adjustment.rarcs]
    return [code for code in found if code is not None]
