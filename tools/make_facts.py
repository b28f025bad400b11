"""Makes the built copy of the fact files (`src/massage_claim/facts/facts.json`) from their YAML: `make facts`.

A copy that is not made anew is not wrong, only unused: a file whose YAML has changed since is read from the YAML.
"""

from __future__ import annotations

from massage_claim.facts.fact_file import BUILT, build
from massage_claim.facts.library import everything


def main() -> None:
    """Reads every fact first, so that a file with a mistake is never built."""
    count = sum(1 for _ in everything())
    BUILT.write_text(build(), encoding="utf-8")
    print(f"{count} facts in {BUILT.name}, {BUILT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
