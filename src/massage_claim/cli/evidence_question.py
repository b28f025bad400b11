"""Which studies the letter of an appeal should cite: the list that fits this case, and the question."""

from __future__ import annotations

from pathlib import Path

from massage_claim.models.word_list import picked, several


def studies_asked(project: Path | None, decision: str | None, level: str | None) -> tuple[str, ...]:
    """The ids that the person chose by number; nothing where there is no choice to make."""
    from massage_claim.actions.appeals.evidence_choice import studies_to_ask
    from massage_claim.cli.fields import asker_for

    found = studies_to_ask(project, decision, level)
    if len(found) < 2:
        return ()
    asker = asker_for(project)
    choices = [(name, f"{name}: {words}") for name, words in found]
    sentence = "Studies that fit this case, each with its limits. Their numbers, with commas; Enter takes all that fit."
    answer = asker.one("Which should the letter cite", sentence, check=several(choices), choices=choices)
    return tuple(picked(choices, answer))
