"""`massage-claim progress`: each measure against its start, as a table and small charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NotRequired, TypedDict

import typer

from massage_claim.cli.options import Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Day, RecordName


class Reading(TypedDict):
    """One value of a measure."""

    date: Annotated[Day, "The day it was measured."]
    value: Annotated[str, "The value."]


class Course(TypedDict):
    """One measure over time. Without two values there is nothing to compare."""

    name: Annotated[str, "The measure's name."]
    title: Annotated[str, "Its name for people."]
    unit: Annotated[str, "What it is counted in."]
    better: Annotated[str | None, "Which way is good."]
    readings: Annotated[list[Reading], "Every value, the oldest first."]
    not_scorable: Annotated[int, "How many entries give no value."]
    baseline: Annotated[Reading | None, "The first value."]
    latest: Annotated[Reading | None, "The last value."]
    change: Annotated[str | None, "The difference of the two."]
    percent: Annotated[int | None, "The same in percent of the first."]
    direction: Annotated[str | None, "better, worse or same."]
    meaningful: Annotated[bool | None, "Whether the change is large enough to count."]
    plateau: Annotated[bool | None, "Whether it stopped getting better."]
    target: Annotated[str | None, "The value that a goal names."]


class ConditionCourse(TypedDict):
    """One condition and its measures."""

    condition: Annotated[RecordName | None, "The condition; null for what names none."]
    visits: Annotated[int, "How many visits there were."]
    measures: Annotated[list[Course], "Its measures."]


class Measurement(TypedDict):
    """When to measure again."""

    due: Annotated[Day, "The day."]
    last: Annotated[Day, "The last measurement."]
    visits_since: Annotated[int, "Visits since then."]


class Data(TypedDict):
    """How it goes, in numbers."""

    conditions: Annotated[list[ConditionCourse], "Each condition."]
    next_measurement: NotRequired[Annotated[Measurement | None, "When to measure again."]]
    tell_doctor: NotRequired[Annotated[bool, "Whether there are signs of danger: tell the doctor."]]


def progress(
    measure: Annotated[str | None, typer.Option(metavar="NAME", help="Only this measure: pain, odi, …")] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Show whether you are doing better: start, now, change, and whether that is meaningful.

    Pain counts as it was before each visit. It also says when to measure again. The paper for others is
    `massage-claim paper progress_report`.
    """
    from massage_claim.actions.look.progress_screen import progress as action
    from massage_claim.cli import show

    return show.result(action(project, measure=measure), as_json=as_json, quiet=quiet)
