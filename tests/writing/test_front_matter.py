"""What a template says about itself, and every mistake in it with its line."""

from __future__ import annotations

import pytest

from massage_claim.errors import Unreadable
from massage_claim.writing.front_matter import FrontMatter, Vocabulary, split

WORDS = Vocabulary(
    steps=frozenset({"submit"}),
    per=frozenset({"case", "claim"}),
    when=frozenset({"has_prescription"}),
    signers=frozenset({"patient", "none"}),
    packets=frozenset({"claim", "appeal"}),
)


def refused(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(Unreadable) as caught:
        split(text, "templates/x.md.j2", WORDS)
    assert all(p.where and p.where.file == "templates/x.md.j2" and p.fix for p in caught.value.problems)
    return [(p.where.line if p.where else None, p.says) for p in caught.value.problems]


def test_everything_said() -> None:
    text = (
        "---\ntitle: Letter  of\n  necessity\nstep: submit\nper: claim\nwhen: has_prescription\n"
        "signer: patient\npackets: [claim, appeal]\n---\n# Body\n---\n"
    )
    front, body, line = split(text, "x", WORDS)
    assert front == FrontMatter(
        "Letter of necessity", "submit", "claim", "has_prescription", "patient", ("claim", "appeal")
    )
    assert (body, line) == ("# Body\n---\n", 10)
    assert text.split("\n")[line - 1] == "# Body"


def test_a_paper_that_stands_alone() -> None:
    front, body, line = split("---\ntitle: 007\nstep: submit\nper: case\nwhen:\nsigner: none\n---", "x", WORDS)
    assert (front.title, front.when, front.packets, body, line) == ("007", None, (), "", 8)


def test_every_mistake_at_once_each_with_its_line() -> None:
    found = refused(
        "---\nstep: submti\nper: session\nwhen: always\ncolour: red\nsigner: doctor\npackets:\n  - claim\n  - folder\n"
        "  - claim\n---\n"
    )
    assert [(line, says.split(" ", 2)[2][:34]) for line, says in sorted(found, key=lambda each: str(each))] == sorted(
        [
            (2, "has no title in its front matter"),
            (2, "says step: submti, which is not kn"),
            (3, "says per: session, which is not kn"),
            (4, "says when: always, which is not kn"),
            (5, "has an unknown key 'colour' in its"),
            (6, "says signer: doctor, which is not "),
            (9, "says packets: folder, which is not"),
            (10, "names the packet claim twice"),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "has no front matter"),
        ("# Only a body\n", 1, "has no front matter"),
        ("---\ntitle: x\n", 1, "never ends"),
        ("---\n---\n", 2, "not a list of keys"),
        ("---\n- a\n---\n", 2, "not a list of keys"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "title"),
        ("---\ntitle: a\nstep: [\n---\n", 4, "not valid YAML"),
        ("---\ntitle: !!python/object:os.system x\n---\n", 2, "tag"),
        ("---\ntitle: [a]\nstep: submit\nper: case\nsigner: none\n---\n", 2, "not a text"),
        ("---\ntitle: a\nstep: submit\nper: case\nsigner: none\npackets: claim\n---\n", 6, "not a list"),
    ],
)
def test_one_mistake(text: str, line: int, says: str) -> None:
    found = refused(text)
    assert any(at == line and says in words for at, words in found), found
