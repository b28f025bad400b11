"""The shelf of templates: finds them in its folders and fills them with values and slots, which gives neutral blocks.

Texts are UTF-8, of bounded size, inside the folder they are named in. Every mistake in a template is an Unreadable with its
file and line. Reads only the folders it was given, each file once, never the current directory; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.exceptions import SecurityError

from massage_claim import yamltext
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.writing import front_matter, letter_text, literal, markdown, mistakes, template_code
from massage_claim.writing.blocks import Block
from massage_claim.writing.front_matter import FrontMatter, Vocabulary
from massage_claim.writing.markdown import Slot
from massage_claim.writing.mistakes import ENDING
from massage_claim.writing.sandbox import MAX_LETTERS, Sandbox

MAX_RENDERED = 4 * MAX_LETTERS


class Library:
    """The templates of the given folders, the project's first, the shipped one last. A file found first is used.

    Files directly in a folder are papers, with front matter; files in a folder below (`parts/`, `arguments/`) are
    pieces that papers include. Everything is read when first asked for.
    """

    def __init__(self, folders: Sequence[Path], vocabulary: Vocabulary) -> None:
        self._shelf = Shelf(folders)
        self._vocabulary = vocabulary
        self._environment = Sandbox(_Bodies(self))

    def names(self) -> tuple[str, ...]:
        """The papers, without the file's ending, in alphabetical order."""
        return tuple(name.removesuffix(ENDING) for name in self._shelf.files(""))

    def pieces(self, folder: str) -> tuple[str, ...]:
        """The pieces in `parts` or `arguments`, without folder and ending, in alphabetical order."""
        return tuple(Path(name).name.removesuffix(ENDING) for name in self._shelf.files(folder))

    def overridden(self) -> tuple[str, ...]:
        """What is taken from the person's own folders: papers by name, pieces as `parts/signature`."""
        return tuple(name.removesuffix(ENDING) for name in self._shelf.own_files())

    def source(self, name: str) -> str:
        """The text of the file, front matter included. `name` as in `names`, or `parts/signature` for a piece."""
        return self._shelf.read(f"{name}{ENDING}")[0]

    def front(self, name: str) -> FrontMatter:
        """What the paper says about itself. Raises Unreadable with every problem in its front matter."""
        return self._split(f"{name}{ENDING}")[0]

    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong in any template that can be told without values: front matter, names of files, Jinja2."""
        found = list(self._shelf.misnamed())
        for file in self._shelf.all_files():
            try:
                if "/" not in file:
                    self._split(file)
                with self._mistakes(file):
                    self._environment.get_template(file)
            except Unreadable as unreadable:
                found += unreadable.problems
        return tuple(dict.fromkeys(found))

    def render(self, name: str, values: Mapping[str, object], slots: Mapping[str, Slot]) -> tuple[Block, ...]:
        """The paper as blocks. `slots` answer lines like `::: service-lines`; an empty answer leaves nothing.

        Raises Unreadable for every mistake in the template; what a slot raises passes on.
        """
        rows, origins = self._filled(name, values)
        return markdown.to_blocks(rows, origins, slots)

    def filled(self, name: str, values: Mapping[str, object]) -> str:
        """The paper as Markdown that a person may edit; lines of slots stand as they are. Raises as `render`."""
        return letter_text.as_markdown(self._filled(name, values)[0])

    def _filled(self, name: str, values: Mapping[str, object]) -> tuple[list[str], list[Where]]:
        """The rendered lines, values kept apart in them, and where each came from."""
        file = f"{name}{ENDING}"
        self._split(file)
        rendered: list[str] = []
        letters = 0
        self._environment.begin()
        with self._mistakes(file):
            for piece in self._environment.get_template(file).generate(dict(values)):
                rendered.append(piece)
                letters += len(piece)
                if letters > MAX_RENDERED:
                    raise SecurityError(f"more than {MAX_RENDERED:,} letters")
        return template_code.remove_marks("".join(rendered), self._environment.file_of)

    @contextmanager
    def _mistakes(self, file: str) -> Iterator[None]:
        try:
            yield
        except mistakes.CAUSED as error:
            if mistakes.is_ours(error):
                raise
            raise Unreadable(mistakes.problem_of(error, self._shelf.shown(file))) from None

    def _split(self, file: str) -> tuple[FrontMatter, str, int]:
        text, shown = self._shelf.read(file)
        return front_matter.split(text, shown, self._vocabulary)

    def has(self, file: str) -> bool:
        """Whether there is a file of that name, ending and folder included."""
        return self._shelf.has(file)

    def body(self, file: str) -> tuple[str, str]:
        """What Jinja2 reads of a file, its lines at their own numbers, and what messages call the file."""
        text, shown = self._shelf.read(file)
        if "/" not in file:
            _, text, first = self._split(file)
            text = "\n" * (first - 1) + text
        return text, shown


class _Bodies(BaseLoader):
    """Gives Jinja2 the bodies of a library's files, and only those."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if not self._library.has(template):
            raise TemplateNotFound(template)
        body, shown = self._library.body(template)
        return body, shown, lambda: True


MAX_BYTES = 256_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
FILE = re.compile(rf"(?:{NAME.pattern}/)?{NAME.pattern}{re.escape(ENDING)}")


class Shelf:
    """The folders on disk: which file a name means, and its text."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[str, tuple[str, str]] = {}

    def files(self, below: str) -> tuple[str, ...]:
        prefix = f"{below}/" if below else ""
        return tuple(sorted({prefix + file for folder in self._folders for file in _listed(folder / below)}))

    def all_files(self) -> tuple[str, ...]:
        return tuple(sorted({file for folder in self._folders for file in _all(folder)}))

    def own_files(self) -> tuple[str, ...]:
        return tuple(sorted({file for folder in self._folders[:-1] for file in _all(folder)}))

    def misnamed(self) -> tuple[Problem, ...]:
        fix = f"Rename it: small letters, digits and _ before {ENDING}, for example cover_letter{ENDING}."
        return tuple(
            Problem(says="This template has a name that can't be used", fix=fix, where=Where(f"templates/{path.name}"))
            for folder in self._folders
            for path in sorted(folder.glob(f"*{ENDING}"))
            if not FILE.fullmatch(path.name)
        )

    def shown(self, file: str) -> str:
        """`templates/x.md.j2` for the person's own file, `shipped templates/x.md.j2` for ours."""
        folder = self._folder(file)
        return f"templates/{file}" if folder in self._folders[:-1] or folder is None else f"shipped templates/{file}"

    def read(self, file: str) -> tuple[str, str]:
        """The text of a file, and what messages call it. Raises Unreadable, also when there is no such file."""
        if file not in self._read:
            folder = self._folder(file)
            if folder is None:
                named = f"templates/{file}" if FILE.fullmatch(file) else "templates"
                raise Unreadable(_problem(named, "does not exist", "Choose one that does, or correct its name."))
            self._read[file] = _text(folder, file, self.shown(file)), self.shown(file)
        return self._read[file]

    def has(self, file: str) -> bool:
        return self._folder(file) is not None

    def _folder(self, file: str) -> Path | None:
        if not FILE.fullmatch(file):
            return None
        return next((folder for folder in self._folders if (folder / file).is_file()), None)


def _listed(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(f"*{ENDING}") if FILE.fullmatch(path.name) and path.is_file()]


def _all(folder: Path) -> list[str]:
    below = [path.name for path in folder.glob("*") if NAME.fullmatch(path.name) and path.is_dir()]
    return _listed(folder) + [f"{name}/{file}" for name in below for file in _listed(folder / name)]


def _text(folder: Path, file: str, shown: str) -> str:
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unreadable(_problem(shown, "is a link that leads out of its folder", "Put the file itself there."))
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        raise Unreadable(_problem(shown, "can't be read from the disk", "Check the file's permissions.")) from None
    if len(data) > MAX_BYTES:
        raise Unreadable(_problem(shown, f"is larger than {MAX_BYTES // 1000} kB", "Shorten it."))
    text = yamltext.decode(data, shown).replace("\r\n", "\n").replace("\r", "\n")
    for number, row in enumerate(text.split("\n"), start=1):
        if literal.MARKS.search(row) or "\x00" in row:
            says = "holds an invisible character that the program keeps for itself"
            raise Unreadable(_problem(shown, says, "Delete that line and type it again.", number))
    return text


def _problem(name: str, says: str, fix: str, line: int | None = None) -> Problem:
    return Problem(says=f"The template {says}", fix=fix, where=Where(name, line))
