"""The questions that a notice raises: what its reason comes down to, in plain words, and whether what does not fit is
printed so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from massage_claim.errors import NotReady, Problem
from massage_claim.models.word_list import picked, several

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.form import Tree


def the_list() -> Result:
    """The words that --means takes."""
    from massage_claim.actions.look.verdict_words import meanings_listed
    from massage_claim.actions.project import today_without_case
    from massage_claim.actions.result import Result
    from massage_claim.facts.library import facts_on

    listed = meanings_listed(facts_on(today_without_case()))
    return Result(says=tuple(f"{name}: {words}" for name, words in listed), data={"meanings": dict(listed)})


def choose(asker: Asker, tree: Tree) -> list[str]:
    """What the words of the notice come down to, by the numbers of a list in plain words; nothing for one that paid."""
    from massage_claim.actions.look.verdict_words import meanings_listed
    from massage_claim.actions.project import today_without_case
    from massage_claim.facts.library import facts_on

    if not tree.get("reason_as_written") or tree.get("outcome") in ("paid", "overturned"):
        return []
    listed = meanings_listed(facts_on(today_without_case()))
    sentence = "The words stay as printed. Put commas between several numbers."
    check = several(listed)
    answer = asker.one("What does the reason come down to", sentence, check=check, choices=listed)
    return picked(listed, answer)


def confirm_doubts(asker: Asker, doubts: tuple[str, ...]) -> None:
    """Shows what does not fit and asks whether to write it down all the same. Raises NotReady for a no."""
    asker.say("")
    asker.say("Please look at the notice again:")
    for doubt in doubts:
        asker.say(f"- {doubt}")
    if not asker.gate("Is it printed so? Write it down all the same?"):
        raise NotReady(Problem("Nothing was written down.", "Correct what was typed and give it again."))
