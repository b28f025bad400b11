"""Which denial an appeal answers, which round it is, and what the person says for that round alone.

Where there is nothing to answer, a round was left out, or the plan has no further one, the next command is named. What is
said for a round, what is new since the last decision and why it comes late, stands in appeals/DATE.yaml: written once, or
filled into a record that is not sent yet, with everything else in it left as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim import yamltext
from massage_claim.actions.project import Opened, open_case
from massage_claim.calc.decisions import appeals_against, current_decisions, open_denials, sent_claims
from massage_claim.calc.payer_days import find_decision_day
from massage_claim.calc.rounds import find_answered, overdue_allows, round_of, ways_on, why_no_way_on
from massage_claim.calc.sendings import list_waiting
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.facts.appeal_rules import AppealLevel, Overdue
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.models.field import words_of
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.change import change_text
from massage_claim.store.read import file_bytes
from massage_claim.store.swap import replace_text
from massage_claim.store.write import add_new
from massage_claim.writing.formats import long_date, plural

LEVELS = words_of(Appeal, "level")
WHAT_IS_LEFT = f"Look at what is left: {spell('paper', 'what-is-left')}."

FIELDS = ("whats_new", "good_cause")


@dataclass(frozen=True, slots=True)
class Late:
    """An appeal whose decision comes too late, and what that allows."""

    appeal: Appeal
    due: str
    allows: Overdue | None


def choose_denial(opened: Opened, named: str | None, level: str | None = None) -> Decision:
    """The denial to answer: the one named, else the only one that is open."""
    case = opened.case
    if named is not None:
        found = case.find(Decision, named)
        if found is None:
            known = ", ".join(one.record_id for one in case.decisions) or "none yet"
            raise UsageProblem(Problem("--decision names no decision of this case.", f"Name one of: {known}."))
        if found not in current_decisions(case):
            says = "This decision was replaced by a later one."
            raise NotReady(Problem(says, "Appeal the later one.", case.where(found)))
        return found
    denials = open_denials(case, opened.facts)
    drafted = [
        one
        for one in current_decisions(case)
        if any(a.decision == one.record_id and not a.submission for a in case.appeals)
    ]
    candidates = list(denials) or drafted
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = ", ".join(one.record_id for one in candidates)
        raise UsageProblem(Problem("Several denials are open.", f"Name one with --decision: {names}."))
    late = find_late(opened)
    opened_by_it = [one for one in late if one.allows and level is not None and one.allows.opens == level]
    if opened_by_it:
        found = case.find(Decision, opened_by_it[0].appeal.decision)
        if found is not None:
            return found
    raise NotReady(_explain_nothing(opened, late))


def choose_level(opened: Opened, denial: Decision, asked: str | None) -> AppealLevel:
    """The round to build: the next one of this kind of plan, or the one asked for where it is not left out of turn."""
    case, facts = opened.case, opened.facts
    ways = ways_on(case, facts, denial)
    if asked is not None and asked not in LEVELS:
        raise UsageProblem(Problem("--level names no round of appeal.", f"Give one of: {', '.join(LEVELS)}."))
    if asked is None:
        drafted = [a.level for a in appeals_against(case, denial) if a.submission is None]
        fitting = [one for one in ways if one.level in drafted] or list(ways)
        if len(fitting) > 1:
            raise NotReady(_explain_choice(opened, denial, fitting))
        if fitting:
            return fitting[0]
        raise NotReady(_explain_end(opened, denial))
    found = next((one for one in ways if one.level == asked), None)
    if found is None and any(_is_opened_by(one, denial, asked) for one in find_late(opened)):
        found = round_of(case, facts, asked)
    if found is not None:
        return found
    raise NotReady(_explain_turn(opened, denial, asked, ways))


def find_late(opened: Opened) -> tuple[Late, ...]:
    """The appeals that wait for a decision whose time has passed."""
    found = []
    for one in list_waiting(opened.case):
        limit = find_decision_day(opened.case, opened.facts, one)
        if isinstance(one.record, Appeal) and limit is not None and limit.date < opened.today:
            allows = overdue_allows(opened.case, opened.facts, one.level)
            found.append(Late(one.record, long_date(limit.date), allows))
    return tuple(found)


def _is_opened_by(late: Late, denial: Decision, level: str) -> bool:
    return late.appeal.decision == denial.record_id and late.allows is not None and late.allows.opens == level


def _explain_nothing(opened: Opened, late: tuple[Late, ...]) -> Problem:
    case = opened.case
    waits = [one.record for one in list_waiting(case) if isinstance(one.record, Appeal)]
    if late:
        one = late[0]
        says = f"The decision about an appeal was due by {one.due}, and none is recorded."
        if one.allows is not None:
            says += f" {one.allows.words}"
        record = spell("record-decision", about=one.appeal.record_id)
        fix = f"Record the answer if it came: `{record}`."
        if one.allows is not None and one.allows.opens:
            fix += f" If none came: `{spell('appeal', level=one.allows.opens)}`."
        return Problem(says, fix, case.where(one.appeal), str(one.allows.source) if one.allows else None)
    if waits:
        says = "There is no open denial: an appeal was sent, and its answer is not recorded."
        fix = f"When it comes: `{spell('record-decision', about=waits[0].record_id)}`."
        return Problem(says, fix, case.where(waits[0]))
    says = "There is no open denial in this case." if case.decisions else "No decision of the payer is recorded yet."
    sent = [claim.record_id for claim in sent_claims(case)]
    about = sent[0] if len(sent) == 1 and not case.decisions else None
    fix = f"Record the denial letter or EOB first: `{spell('record-decision', about=about)}`."
    if not case.claims:
        fix = f"Write down first that the claim was sent: `{spell('submit')}`."
        fix += f" One that was sent without this program: `{spell('submit', without_packet=True)}`."
    return Problem(says, fix, Where("decisions/"))


def _explain_choice(opened: Opened, denial: Decision, ways: list[AppealLevel]) -> Problem:
    says = "It is not known whether this plan has a second appeal before the outside review."
    fix = "Read the last letter, then add " + " or ".join(f"--level {one.level} ({one.called})" for one in ways)
    fix += ", and --whats-new TEXT."
    return Problem(says, fix, opened.case.where(denial, "about"))


def _explain_end(opened: Opened, denial: Decision) -> Problem:
    says = why_no_way_on(opened.case, opened.facts, denial) or "No further round is known."
    return Problem(says, WHAT_IS_LEFT, opened.case.where(denial, "about"))


def _explain_turn(opened: Opened, denial: Decision, asked: str, ways: tuple[AppealLevel, ...]) -> Problem:
    case, before = opened.case, find_answered(opened.case, denial)
    where = case.where(denial, "about")
    if before is None and asked != "1":
        name = "External review" if asked == "external" else f"Level {asked}"
        says = f"{name} comes after a decision about the level before it, and there is none."
        sent = next((a for a in appeals_against(case, denial) if a.submission), None)
        about = sent.record_id if sent else "appeals/DATE"
        fix = f"Appeal at level 1 first, or record that decision with `{spell('record-decision', about=about)}`."
        return Problem(says, fix, where)
    if before is None:
        return Problem("This kind of plan has no appeal that is known here.", WHAT_IS_LEFT, where)
    if not ways:
        return _explain_end(opened, denial)
    says = f"This decision is about appeal level {before.level}, so the next round is a later level."
    if asked not in ("1", before.level):
        says = f"This is not the round that follows appeal level {before.level}."
    if asked == "external" and why_no_way_on(case, opened.facts, denial) is None:
        says = f"The plan still has its own round before the outside review: {ways[0].called}."
    named = " or ".join(f"--level {one.level}" for one in ways)
    return Problem(says, f"Read the letter for the next level, then add {named}.", where)


def add_statements(opened: Opened, record: Appeal, whats_new: str | None, good_cause: str | None) -> Appeal:
    """The record with what was said now. Raises UsageProblem for words it can't take, NotReady for a round already sent."""
    said = {name: words for name, words in zip(FIELDS, (whats_new, good_cause), strict=True) if words}
    if not said:
        return record
    if record.submission is not None:
        says = f"This appeal was submitted on {record.submission.date.isoformat()} already."
        raise NotReady(
            Problem(says, f"Record the answer with `{spell('record-decision')}`.", opened.case.where(record))
        )
    tree = {**to_tree(record), **said}
    made, problems = from_tree(
        Appeal, yamltext.read(yamltext.write(tree), f"{record.record_id}.yaml"), record.record_id
    )
    if made is None:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))
    return made


def add_round(opened: Opened, made: Appeal) -> Opened:
    """The same case with that round among its appeals, so that everything reads it as it will be written."""
    others = tuple(one for one in opened.case.appeals if one.record_id != made.record_id)
    case = replace(opened.case, appeals=tuple(sorted((*others, made), key=lambda one: one.record_id)))
    return replace(opened, case=case)


def lacks_something_new(project: Path | None, decision: str | None, level: str | None) -> str | None:
    """What came since the last round, in words, where the next one is a later one that says nothing new yet; else None.

    Raises what `choose_denial` and `choose_level` raise.
    """
    opened = open_case(project)
    denial = choose_denial(opened, decision, level)
    number = choose_level(opened, denial, level).level
    record = next((a for a in appeals_against(opened.case, denial) if a.level == number), None)
    if not _is_later(opened, denial, number) or (record is not None and record.whats_new):
        return None
    return _tell_since(opened, denial)


def refuse_nothing_new(opened: Opened, denial: Decision, made: Appeal) -> None:
    """Raises NotReady for a later round that does not say what is new since the last decision."""
    if made.whats_new or not _is_later(opened, denial, made.level):
        return
    says = "A later round says what is new since the last decision, and nothing is written down."
    fix = "Add --whats-new TEXT: a new paper or measurement, or the point that the last letter passed over."
    raise NotReady(Problem(f"{says} {_tell_since(opened, denial)}".rstrip(), fix, opened.case.where(denial)))


def _is_later(opened: Opened, denial: Decision, level: str) -> bool:
    return level != "1" or find_answered(opened.case, denial) is not None


def _tell_since(opened: Opened, denial: Decision) -> str:
    counted = list(_count_since(opened, denial, find_answered(opened.case, denial)))
    return f"Since the last round your folder has {' and '.join(counted)}." if counted else ""


def write_round(folder: Path, before: Appeal | None, made: Appeal) -> list[str]:
    """Adds the record, or fills what was said now into the one that is there. Returns the files that were written."""
    file = f"{made.record_id}.yaml"
    if before is None:
        add_new(folder, Appeal.FOLDER, f"{made.stem}.yaml", yamltext.write(to_tree(made)).encode())
        return [file]
    changed = [name for name in FIELDS if getattr(made, name) != getattr(before, name)]
    if not changed:
        return []
    old = file_bytes(folder, file)
    text = old
    for name in changed:
        text = change_text(text, (name,), getattr(made, name), file)
    replace_text(folder, made.record_id, old, text)
    return [file]


def _count_since(opened: Opened, denial: Decision, before: Appeal | None) -> Iterator[str]:
    """How many papers and measurements are newer than the last round; never what they say."""
    since: date = before.submission.date if before and before.submission else denial.notice_date
    papers = [one for one in opened.case.attachments if one.date and one.date > since and one.kind != "denial"]
    measured = {one.date for one in opened.case.measures if one.date > since}
    if papers:
        yield f"{plural(len(papers), 'paper')} dated after {long_date(since)}"
    if measured:
        yield f"measurements of {plural(len(measured), 'day')}"
