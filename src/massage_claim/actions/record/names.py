"""The file name of a record that is called by a person's words."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.actions.record import drafts
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.record import Record
from massage_claim.yamltext import Node


def stem_of(tree: Mapping[str, Node], kind: type[Record], options: drafts.Options) -> str:
    """`Zoë Nuñez, LMT` → `zoe-nunez-lmt`. Raises UsageProblem when the name is missing, wrong, or leaves no letter."""
    name = tree.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UsageProblem(drafts.problems(kind, tree, options))
    stem = drafts.slug(name)
    if not stem:
        says = f"{options.get('name', '--name')}: no file name can be made of it: it has no Latin letter or digit."
        raise UsageProblem(Problem(says, "Add the name in Latin letters, as on the insurer's papers."))
    return stem
