"""What a person says for one round beside the records: what is new since the last decision, why it comes late.

Takes the round's record and texts, gives the record with them; writes appeals/DATE.yaml once, or fills the two fields of
one that is not sent yet, with everything else in it left as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim import yamltext
from massage_claim.actions.appeals.round_choice import denial_meant, level_meant
from massage_claim.actions.project import Opened, open_case
from massage_claim.calc.decided import appeals_against
from massage_claim.calc.rounds import answered
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.edit import changed_text, replace_text
from massage_claim.store.read import file_bytes
from massage_claim.store.write import add_new
from massage_claim.writing.formats import long_date, plural

FIELDS = ("whats_new", "good_cause")


def said_for_the_round(opened: Opened, record: Appeal, whats_new: str | None, good_cause: str | None) -> Appeal:
    """The record with what was said now. Raises UsageProblem for words it can't take, NotReady for a round already sent."""
    said = {name: words for name, words in zip(FIELDS, (whats_new, good_cause), strict=True) if words}
    if not said:
        return record
    if record.submission is not None:
        says = f"This appeal was submitted on {record.submission.date.isoformat()} already."
        raise NotReady(
            Problem(says, "Record the answer with `massage-claim record-decision`.", opened.case.where(record))
        )
    tree = {**to_tree(record), **said}
    made, problems = from_tree(
        Appeal, yamltext.read(yamltext.write(tree), f"{record.record_id}.yaml"), record.record_id
    )
    if made is None:
        raise UsageProblem(tuple(Problem(item.says, item.fix) for item in problems))
    return made


def with_round(opened: Opened, made: Appeal) -> Opened:
    """The same case with that round among its appeals, so that everything reads it as it will be written."""
    others = tuple(one for one in opened.case.appeals if one.record_id != made.record_id)
    case = replace(opened.case, appeals=tuple(sorted((*others, made), key=lambda one: one.record_id)))
    return replace(opened, case=case)


def lacks_something_new(project: Path | None, decision: str | None, level: str | None) -> str | None:
    """What came since the last round, in words, where the next one is a later one that says nothing new yet; else None.

    Raises what `denial_meant` and `level_meant` raise.
    """
    opened = open_case(project)
    denial = denial_meant(opened, decision, level)
    number = level_meant(opened, denial, level).level
    record = next((a for a in appeals_against(opened.case, denial) if a.level == number), None)
    if not _is_later(opened, denial, number) or (record is not None and record.whats_new):
        return None
    return _since_words(opened, denial)


def must_say_something_new(opened: Opened, denial: Decision, made: Appeal) -> None:
    """Raises NotReady for a later round that does not say what is new since the last decision."""
    if made.whats_new or not _is_later(opened, denial, made.level):
        return
    says = "A later round says what is new since the last decision, and nothing is written down."
    fix = 'Add --whats-new "…": a new paper or measurement, or the point that the last letter passed over.'
    raise NotReady(Problem(f"{says} {_since_words(opened, denial)}".rstrip(), fix, opened.case.where(denial)))


def _is_later(opened: Opened, denial: Decision, level: str) -> bool:
    return level != "1" or answered(opened.case, denial) is not None


def _since_words(opened: Opened, denial: Decision) -> str:
    counted = list(_came_since(opened, denial, answered(opened.case, denial)))
    return f"Since the last round your folder has {' and '.join(counted)}." if counted else ""


def write_round(folder: Path, before: Appeal | None, made: Appeal) -> list[str]:
    """Adds the record, or fills what was said now into the one that is there; gives the files that were written."""
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
        text = changed_text(text, (name,), getattr(made, name), file)
    replace_text(folder, made.record_id, old, text)
    return [file]


def _came_since(opened: Opened, denial: Decision, before: Appeal | None) -> Iterator[str]:
    """How many papers and measurements are newer than the last round; never what they say."""
    since: date = before.submission.date if before and before.submission else denial.notice_date
    papers = [one for one in opened.case.attachments if one.date and one.date > since and one.kind != "denial"]
    measured = {one.date for one in opened.case.measures if one.date > since}
    if papers:
        yield f"{plural(len(papers), 'paper')} dated after {long_date(since)}"
    if measured:
        yield f"measurements of {plural(len(measured), 'day')}"
