"""`massage-claim status`: the seven steps, the claims, what is due, and the one next command."""

from __future__ import annotations

from massage_claim.cli.options import Json, NoInput, Project, Quiet


def status(
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Show where the case stands: seven steps, visits, what is due, the next command.

    \b
    --json: {"format": 1, "steps": [7], "next": …, "deadlines": […], "data": …}
    steps      number, slug, title, state (not-started, started, done,
               not-needed), says, must_fix
    deadlines  what, kind, about, date, recommended, days_left, rule, source,
               because, legal, assumed, command, start, event, evidence,
               verified, by_payer; nearest first
    data       also claims, visits, closed, today
    Keys are only ever added.
    """
    from massage_claim.actions.look.overview import status as action
    from massage_claim.cli import show

    return show.result(action(project), as_json=as_json, quiet=quiet, lift=("steps", "deadlines"))
