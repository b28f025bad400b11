"""The fact files read beforehand: `trees.zlib`, made by `tools/make_fact_trees.py`. Takes a file's bytes, gives its content.

It saves parsing YAML in every command. Each tree stands beside the checksum of the very text it was read from, so that a
file that was changed since is parsed as ever: nothing can be out of date.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from massage_claim.yamltext import Node

FILE = Path(__file__).parent / "trees.zlib"


def packed(texts: Mapping[str, tuple[bytes, Node]]) -> bytes:
    """What `trees.zlib` holds: name → checksum of the bytes and the content; the same input gives the same content."""
    trees = {name: [zlib.crc32(data), content] for name, (data, content) in sorted(texts.items())}
    return zlib.compress(json.dumps(trees, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 9)


def content_of(name: str, data: bytes) -> dict[str, Node] | None:
    """The content of the fact file of that name if it was read beforehand from these very bytes, else None."""
    checksum, content = _trees().get(name, (None, None))
    return content if checksum == zlib.crc32(data) and isinstance(content, dict) else None


@cache
def _trees() -> Mapping[str, tuple[int, Node]]:
    try:
        found = json.loads(zlib.decompress(FILE.read_bytes()))
    except (OSError, zlib.error, ValueError):
        return {}  # every file is parsed instead
    return found if isinstance(found, dict) else {}
