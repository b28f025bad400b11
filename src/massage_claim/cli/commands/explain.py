"""`massage-claim explain`: a code, a word of the insurer's, a check's name, a kind of plan, a state → plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import typer

from massage_claim.cli.options import Json, NoInput, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Day


class Meaning(TypedDict):
    """One thing that the word can mean."""

    kind: Annotated[str, "What it is: reason code, measure, state …"]
    name: Annotated[str, "Its name."]
    says: Annotated[list[str], "What it means, in sentences."]
    source: Annotated[str | None, "Where that stands."]
    verified: Annotated[
        Day | Literal[False] | None, "The day it was read there; false if nobody did: check with your plan."
    ]


class Data(TypedDict):
    """What the word means."""

    meanings: Annotated[list[Meaning], "Everything it can mean."]


def explain(
    word: Annotated[list[str], typer.Argument(help="97124, CO-50, N362, M54.50, deductible, OH …")],
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Say in plain words what a code or a word means."""
    from massage_claim.actions.look.explanation import explain as action
    from massage_claim.cli import show

    return show.result(action(" ".join(word)), as_json=as_json, quiet=quiet)
