"""Makes `src/massage_claim/facts/trees.zlib`: every fact file read beforehand, so that commands need not parse YAML.

    python tools/make_fact_trees.py

Reads `facts/*.yaml`, writes that one file and says how large it is. Run it after a change of facts; until then the
changed file is parsed at every start, and a test says so. The content depends on the facts alone, the bytes also on the
zlib that packs them.
"""

from __future__ import annotations

from pathlib import Path

from massage_claim import yamltext
from massage_claim.facts.trees import FILE, packed


def texts(folder: Path) -> dict[str, tuple[bytes, yamltext.Node]]:
    """Name → the bytes and the content of every fact file in `folder`."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        data = path.read_bytes()
        name = f"facts/{path.name}"
        found[path.name] = (data, yamltext.read(yamltext.decode(data, name), name).value)
    return found


def main() -> None:
    trees = packed(texts(FILE.parent))
    FILE.write_bytes(trees)
    print(f"{FILE.name}: {len(trees):,} bytes")


if __name__ == "__main__":
    main()
