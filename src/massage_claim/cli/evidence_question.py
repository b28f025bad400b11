"""Which studies the letter of an appeal should cite: the list that fits this case, and the question. Takes a case, gives ids;
nothing chosen means those that fit.
"""

from __future__ import annotations

import textwrap
from pathlib import Path


def studies_asked(project: Path | None, decision: str | None, level: str | None) -> tuple[str, ...]:
    """The ids that the person chose by number; nothing where there is no choice to make."""
    from massage_claim.actions.appeals.evidence_choice import studies_to_ask
    from massage_claim.cli.recording import asker_for

    found = studies_to_ask(project, decision, level)
    if len(found) < 2:
        return ()
    asker = asker_for(project)
    asker.say("Studies that fit this case, each with its limits:")
    for number, (name, words) in enumerate(found, start=1):
        first, *rest = textwrap.wrap(f"{name}: {words}", 74)
        asker.say(f"{number:>3}  {first}")
        for line in rest:
            asker.say(f"     {line}")

    def check(answer: str) -> tuple[str, str] | None:
        numbers = [part.strip() for part in answer.split(",")]
        if all(part.isascii() and part.isdigit() and 1 <= int(part) <= len(found) for part in numbers):
            return None
        return "It is no number of the list.", f"Write one from 1 to {len(found)}, or several with commas."

    sentence = "Their numbers, with commas; Enter takes all that fit."
    answer = asker.one("Which should the letter cite", sentence, check=check)
    return tuple(found[int(part) - 1][0] for part in answer.split(",")) if answer else ()
