"""The commented skeleton of a new case: YAML with every field of a model and its plain sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from massage_claim import yamltext
from massage_claim.models.record import Block, block_in, fields_of
from massage_claim.yamltext import Node

WIDTH = 100


def skeleton(kind: type[Block], heading: str, filled: Mapping[str, Node]) -> str:
    """YAML with a comment above each field; `filled` gives the values that are known. Reads back through the models."""
    lines = [f"# {line}" for line in textwrap.wrap(heading, WIDTH)]
    lines += ["# Write after the colon. An empty field counts as unknown; everything can be filled in later.", ""]
    _fields(kind, dict(filled), 0, lines)
    return "\n".join(lines) + "\n"


def _fields(kind: type[Block], filled: Mapping[str, Node], depth: int, lines: list[str]) -> None:
    pad = "  " * depth
    for name, sentence in fields_of(kind).items():
        lines += [f"{pad}# {line}" for line in textwrap.wrap(sentence, WIDTH - 2 * depth)]
        value = filled.get(name)
        inner = block_in(kind, name)
        if inner is not None and not isinstance(value, (str, list)):
            lines.append(f"{pad}{name}:")
            _fields(inner, value if isinstance(value, dict) else {}, depth + 1, lines)
        elif value is None:
            lines.append(f"{pad}{name}:")
        else:
            lines += [pad + line for line in yamltext.write({name: value}).rstrip("\n").split("\n")]
        if depth == 0:
            lines.append("")
