"""Makes the shipped list of diagnosis codes (`src/massage_claim/facts/icd10cm-<release>.z`) from a kept package.

    pip install simple-icd-10-cm==1.5.0
    python tools/make_icd10cm_list.py [--out FOLDER]

Reads that package: it carries the tabular list of ICD-10-CM, which the US government publishes. Writes one file
(default: beside the other facts) and says what `facts/icd10cm.yaml` must state of it. The package is no dependency of
the program. The content depends on the release alone, the bytes also on the zlib that packs them. At the end it
compares the shipped pairs of codes that exclude each other with the release (`check_excludes1.py`).

The file is two zlib streams, one after the other. The first has one line for each category of three characters, with
all its codes as a tree of single characters: `M54` with `2` and `3(012)` is M54.2, M54.3, M54.30, M54.31 and M54.32. What
has no bracket is billable. `~` follows a character from which on the side is not named though codes for both sides
exist. The second has the titles of the chapters named in `CHAPTERS` and of the codes in `BESIDES`, each front-coded
(what it shares with the one before is a single sign); its lines that begin with `=` say what the last character means.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from check_excludes1 import compared

PACKAGE, VERSION, RELEASE = "simple-icd-10-cm", "1.5.0", "2026-04-01"
CHAPTERS = "GMRS"
BESIDES = ("F41.9", "I89.0", "I97.2", "Q79.62", "Z51.89", "Z73.3")
TAB = "\t"
FOLDER = Path(__file__).resolve().parents[1] / "src" / "massage_claim" / "facts"

Tree: TypeAlias = "dict[str, Tree]"

_SIDE = re.compile(r"\b(right|left|bilateral)\b")
_NO_SIDE = re.compile(r"\bunspecified (side|limb)\b")
_SMALL_WORDS = frozenset("of the in and at with side affecting".split())


class Release:
    """The codes of the package: `titles` by code, without those that a 7th character makes; `ends` says its meaning."""

    def __init__(self, icd: ModuleType) -> None:
        # a block of one category has the category's name and is listed beside it: count each code once
        self.codes: tuple[str, ...] = tuple(
            sorted({code for code in icd.get_all_codes() if icd.is_category_or_subcategory(code)})
        )
        self.billable = frozenset(code for code in self.codes if icd.is_leaf(code))
        self.title: dict[str, str] = {code: _on_one_line(icd.get_description(code)) for code in self.codes}
        self.ended = frozenset(code for code in self.codes if icd.is_extended_subcategory(code))
        self.ends: dict[str, dict[str, str]] = {
            code: ends for code in self.codes if (ends := icd.get_seven_chr_def(code))
        }
        self._siblings: dict[str, list[str]] = {}
        for code in self.codes:
            if code not in self.ended and len(code) > 3:
                self._siblings.setdefault(code[:-1].rstrip("."), []).append(code)

    def lacks_side(self, code: str) -> bool:
        """Whether the title names no side, and the same title exists for the right and for the left."""
        title = self.title[code].lower()
        if code in self.ended or "unspecified" not in title or _SIDE.search(title):
            return False
        siblings = [self.title[other].lower() for other in self._siblings.get(code[:-1].rstrip("."), ())]
        return all(any(_same_but(side, title, other) for other in siblings) for side in ("right", "left"))


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _same_but(side: str, title: str, sided: str) -> bool:
    """`pain in unspecified hip` is the same as `pain in right hip`, but for the side."""
    if not re.search(rf"\b{side}\b", sided):
        return False
    return bool(_NO_SIDE.search(title)) or _words(title, "unspecified") == _words(sided, side)


def _words(title: str, without: str) -> list[str]:
    """Its words in order of the alphabet, small ones left out, `without` left out once."""
    words = sorted(word for word in re.findall(r"[\w'()-]+", title) if word not in _SMALL_WORDS)
    if without in words:
        words.remove(without)
    return words


# --- the first stream


def codes_text(release: Release) -> str:
    tree: Tree = {}
    sideless = {code.replace(".", "") for code in release.codes if release.lacks_side(code)}
    for code in release.codes:
        node = tree
        for letter in code.replace(".", ""):
            node = node.setdefault(letter, {})
    categories = {code[:3] for code in release.codes}
    lines = (f"{name}{_tree(tree[name[0]][name[1]][name[2]], name, sideless)}" for name in sorted(categories))
    return "\n" + "\n".join(lines) + "\n"


def _tree(node: Tree, path: str, sideless: Iterable[str]) -> str:
    text = ""
    for letter, below in sorted(node.items()):
        text += letter + ("~" if path + letter in sideless else "")
        text += f"({_tree(below, path + letter, sideless)})" if below else ""
    return text


# --- the second stream


def titles_text(release: Release) -> str:
    wanted = [code for code in release.codes if code not in release.ended and _is_titled(code)]
    by_category: dict[str, list[str]] = {}
    for code in wanted:
        by_category.setdefault(code[:3], []).append(code)
    lines = [f"{name}\t{TAB.join(_front_coded(codes, release.title))}" for name, codes in by_category.items()]
    for code, ends in release.ends.items():
        if code[0] in CHAPTERS:
            lines.append(f"={code}\t{TAB.join(letter + _on_one_line(words) for letter, words in ends.items())}")
    return "\n" + "\n".join(lines) + "\n"


def _is_titled(code: str) -> bool:
    return code[0] in CHAPTERS or any(besides.startswith(code) for besides in BESIDES)


def _front_coded(codes: list[str], titles: Mapping[str, str]) -> Iterator[str]:
    """`<shared><rest of the code>=<shared><rest of the title>`, where shared counts from the sign 0."""
    code_before = title_before = ""
    for code in codes:
        end, title = code[4:], titles[code]
        of_code, of_title = _shared(code_before, end), _shared(title_before, title)
        yield f"{chr(48 + of_code)}{end[of_code:]}={chr(48 + of_title)}{title[of_title:]}"
        code_before, title_before = end, title


def _shared(one: str, other: str) -> int:
    most = min(len(one), len(other), 70)
    return next((n for n in range(most) if one[n] != other[n]), most)


# --- the file


def packed(*streams: str) -> bytes:
    return b"".join(zlib.compress(stream.encode("utf-8"), 9) for stream in streams)


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the shipped list of diagnosis codes.")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER")
    out = parser.parse_args().out
    try:
        found = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        found = "none"
    if found != VERSION:
        print(
            f"This needs {PACKAGE} {VERSION} (found: {found}). Type: pip install {PACKAGE}=={VERSION}", file=sys.stderr
        )
        return 2
    import simple_icd_10_cm as icd  # takes two seconds: not before the version is known

    release = Release(icd)
    data = packed(codes_text(release), titles_text(release))
    file = out / f"icd10cm-{RELEASE}.z"
    file.write_bytes(data)
    headings = len(release.codes) - len(release.billable)
    print(f"{file.name}: codes: {len(release.billable)}, headings: {headings}, size: {len(data)}")
    lines = compared(icd.get_excludes1)
    print("\n".join(lines))
    return 1 if len(lines) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
