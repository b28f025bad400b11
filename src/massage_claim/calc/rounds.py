"""The rounds of appeal of a case's kind of plan: which may follow a decision, why none does, what a late decision allows, and
where a round goes.

Rounds are facts of `facts/appeal_levels.yaml`. Whether an employer's plan has a second appeal is only known from its answer;
an outside review of medical questions is no way for a matter of the contract.

The plan's own appeals address holds only for the rounds that the plan decides or takes in; a judge's, a state's or an
outside reviewer's stands in the last letter, and is known here only when the person wrote it into the round's record.
"""

from __future__ import annotations

from massage_claim.calc.answer_number import count_in
from massage_claim.calc.law import grandfathered, law_kind
from massage_claim.calc.reasons import reasons_of
from massage_claim.command_text import spell
from massage_claim.facts.appeal_rules import AppealLevel, Overdue
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

EXTERNAL = "external"
LEVELS_ASKED = "appeal_levels"
CONTRACT = "An outside reviewer decides medical questions, not what the contract covers."
LAST = "That was the last round."
LAST_EXTERNAL = "An external review is the last round."


def list_rounds(case: Case, facts: Facts) -> tuple[AppealLevel, ...]:
    """Every round of this kind of plan in order, with those it may have (`optional`) unless it said that it has not."""
    said = levels_said(case)
    return tuple(
        one for one in _of_kind(case, facts) if not (one.optional and said is not None and int(one.level) > said)
    )


def round_of(case: Case, facts: Facts, level: str) -> AppealLevel | None:
    """The round of that level; None where this kind of plan has none."""
    return next((one for one in list_rounds(case, facts) if one.level == level), None)


def levels_said(case: Case) -> int | None:
    """How many appeals the plan said it has inside itself, by the newest answer with a number."""
    for check in sorted(case.coverage, key=lambda one: (one.date, one.record_id), reverse=True):
        found = count_in(check.answers.get(LEVELS_ASKED))
        if found:
            return found
    return None


def find_answered(case: Case, decision: Decision) -> Appeal | None:
    """The appeal that a decision is about; None for a claim's decision."""
    return case.find(Appeal, decision.about) if decision.about.startswith(f"{Appeal.FOLDER}/") else None


def ways_on(case: Case, facts: Facts, decision: Decision) -> tuple[AppealLevel, ...]:
    """The rounds that may follow this decision; several only where it is not known whether the plan has the first of them."""
    facts = facts.on(decision.notice_date)
    known, before = list_rounds(case, facts), find_answered(case, decision)
    if before is None:
        return known[:1]
    order = [one.level for one in _of_kind(case, facts)]
    gone = set(order[: order.index(before.level) + 1]) if before.level in order else {*order} - {EXTERNAL}
    found: list[AppealLevel] = []
    for one in known:
        if one.level in gone:
            continue
        if one.scope == "any" or may_be_reviewed(case, facts, decision):
            found.append(one)
        if not one.optional or levels_said(case) is not None:
            break
    return tuple(found)


def may_be_reviewed(case: Case, facts: Facts, decision: Decision) -> bool:
    """Whether an outside reviewer of medical questions may take it: not when every known reason is one of pure contract."""
    families = reasons_behind(case, facts, decision)
    return not families or any(facts.denial_families[name].external != "no" for name in families)


def reasons_behind(case: Case, facts: Facts, decision: Decision) -> tuple[str, ...]:
    """The families of reasons of a decision; of one about an appeal that names none, those of what it appealed."""
    for current in reversed([one for one in tell_story(case, decision) if isinstance(one, Decision)]):
        before = find_answered(case, current)
        chosen = [word for word in (before.reasons if before else ()) if word in facts.denial_families]
        found = reasons_of(current, facts.on(current.notice_date)) or reasons_of(current, facts, chosen)
        if found:
            return tuple(one.family for one in found)
    return ()


def tell_story(case: Case, decision: Decision) -> tuple[Decision | Appeal, ...]:
    """What led to a decision, oldest first: the first refusal, the appeal against it, its decision, … and this one."""
    found: list[Decision | Appeal] = [decision]
    current: Decision | None = decision
    while current is not None and len(found) <= 2 * len(case.decisions):
        before = find_answered(case, current)
        current = case.find(Decision, before.decision) if before else None
        found += [one for one in (before, current) if one is not None]
    return tuple(reversed(found))


def in_dispute(case: Case, decision: Decision) -> Decision:
    """The decision, with the lines of the refusal that it kept where it names none itself: what the rounds are about."""
    earlier = [one for one in tell_story(case, decision) if isinstance(one, Decision) and one.lines]
    return decision if decision.lines or not earlier else decision.model_copy(update={"lines": earlier[-1].lines})


def next_level(case: Case, facts: Facts, decision: Decision) -> str | None:
    """The level of the next round against a decision; None when there is none."""
    found = ways_on(case, facts, decision)
    return found[0].level if found else None


def round_to_name(case: Case, facts: Facts, decision: Decision) -> str | None:
    """The level that a command names for the next round; of several, the outside review: its day is known. None without any."""
    found = [one.level for one in ways_on(case, facts, decision)]
    return EXTERNAL if len(found) > 1 and EXTERNAL in found else found[0] if found else None


def if_offered(case: Case, facts: Facts, decision: Decision) -> str | None:
    """What to read in the last letter where it is not known whether the plan has a second appeal; None where it is."""
    found = ways_on(case, facts, decision)
    if len(found) < 2:
        return None
    first = found[0]
    return f"If your letter offers {first.called}, that one comes first, with --level {first.level}."


def command_for(case: Case, decision: Decision, level: str) -> str:
    """The command that builds that round against the decision, with every option that it can't do without."""
    drafted = (one for one in case.appeals if one.decision == decision.record_id and one.level == level)
    told = any(one.whats_new for one in drafted)
    later = level != "1" or find_answered(case, decision) is not None
    new = "TEXT" if later and not told else None
    return spell("appeal", decision=decision.record_id, level=level if level != "1" else None, whats_new=new)


def why_no_way_on(case: Case, facts: Facts, decision: Decision) -> str | None:
    """Why no round follows a decision; None when one does."""
    if ways_on(case, facts, decision):
        return None
    before = find_answered(case, decision)
    if before is not None and before.level == EXTERNAL:
        return LAST_EXTERNAL
    outside = any(one.level == EXTERNAL and one.scope != "any" for one in list_rounds(case, facts))
    return CONTRACT if outside and not may_be_reviewed(case, facts, decision) else LAST


def overdue_allows(case: Case, facts: Facts, level: str | None) -> Overdue | None:
    """What a decision that comes too late about an appeal of that level allows; None where nothing is known, or for a claim."""
    if level is None:
        return None
    kind, spared = law_kind(case), grandfathered(case)
    fitting = (one for one in facts.overdue if one.level == level and one.is_for(kind))
    return next((one for one in fitting if not (one.spares_grandfathered if spared else one.grandfathered_only)), None)


def _of_kind(case: Case, facts: Facts) -> tuple[AppealLevel, ...]:
    kind, spared = law_kind(case), grandfathered(case)
    found = (one for one in facts.appeal_levels if one.is_for(kind) and not (one.spares_grandfathered and spared))
    return tuple(sorted(found, key=lambda one: one.level))  # 1 to 5, then external


@dataclass(frozen=True, slots=True)
class Place:
    """`elsewhere`: somebody other than the plan takes this round in."""

    department: str | None = None
    address: tuple[str, ...] = ()
    fax: str | None = None
    elsewhere: bool = False


def find_place(case: Case, facts: Facts, level: str, record: Appeal | None) -> Place:
    """Where the round goes; empty where that is not known."""
    found = round_of(case, facts, level)
    elsewhere = found is not None and found.elsewhere
    own = record.send_to if record else None
    if own is not None:
        return Place(own.department, own.address.lines if own.address else (), own.fax, elsewhere)
    if elsewhere:
        return Place(elsewhere=True)
    rules = case.plan.rules
    place = rules.appeals_address
    return Place(
        place.department if place else None,
        place.address.lines if place and place.address else (),
        rules.appeals_fax.value if rules.appeals_fax else None,
    )
