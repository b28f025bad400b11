"""`paper NAME`: one paper alone, for the sessions, claim or order it is about.

A paper is called by its template's name, or by any whole words that only one name has. It asks only for that paper's own
must elements, and a paper that has no place in the case says why. Only out/papers/ is written, or nothing with `preview`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from massage_claim.actions.intake.signatures import LETTERS, find_enclosures
from massage_claim.actions.look.progress_words import PROGRESS_PAPER, warn_of_page
from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.packets.pieces import FRONT
from massage_claim.actions.papers.paper_scenes import find_scenes
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.actions.send.handout import NO_DIAGNOSIS, NUMBERED, hand_out_paper, refuse_overpaid
from massage_claim.actions.send.statement_numbers import print_again
from massage_claim.calc.visits import treatment_sessions
from massage_claim.command_text import spell
from massage_claim.documents.build import applies, make_paper
from massage_claim.documents.musts import find_missing
from massage_claim.documents.papers import Paper, paper_library
from massage_claim.documents.scene import Scene
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.journey import step
from massage_claim.models.claim import Claim
from massage_claim.models.session import Session
from massage_claim.store.write import make_folder, replace_file
from massage_claim.writing.blocks import Block
from massage_claim.writing.shelf import Library

IN_PACKETS_ONLY = frozenset({"appeal"})
"""Papers per appeal are made by `appeal`, which knows the decision."""

NOT_HERE = {
    "expedited_request": (
        "An urgent request stands on a doctor's own words, and none are attached for this decision.",
        f"Attach the signed note: `{spell('attach', 'FILE', kind='doctor-note', signed_by='prescriber', contains='urgent', for_='decisions/DATE')}`.",
    ),
    "plan_sponsor_request": (
        "No employer stands behind this kind of plan.",
        f"Look at what is left: `{spell('paper', 'what_is_left')}`.",
    ),
}
"""Why a paper around an appeal has nothing to say here, and what to do: by its template's name."""

SHORT_NAMES = {"statement": "statement_of_payments", "lmn": "letter_of_medical_necessity"}
"""What a paper may be called besides its template's name. Any whole words that only one name has will do as well."""


def paper(
    project: Path | None,
    name: str | None,
    *,
    for_: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    reason: str | None = None,
    reprint_of: str | None = None,
    preview: bool = False,
    dry_run: bool = False,
) -> Result:
    """One paper, or the list of papers without a name.

    Raises UsageProblem for an unknown name or record, NotReady when a must element is missing.
    """
    if from_ and to and to < from_:
        raise UsageProblem(Problem("--to is before --from.", "Write the earlier day after --from."))
    opened = open_case(project)
    library = paper_library(opened.folder)
    if name is None:
        return _list_papers(opened, library)
    name = find_name(name, library.names())
    front = library.front(name)
    handed_out = name in NUMBERED and opened.case.by_practice
    if (reprint_of or reason) and not handed_out:
        says = "--reprint and --reason go with a superbill or receipt that the practice hands out."
        raise UsageProblem(Problem(says, "Leave the option out."))
    if reprint_of:
        return print_again(opened, library, name, reprint_of, preview=preview, dry_run=dry_run)
    if handed_out and opened.case.find(Claim, for_) is None:
        numbered = hand_out_paper(
            opened, library, name, for_=for_, from_=from_, to=to, reason=reason, preview=preview, dry_run=dry_run
        )
        if numbered is not None:
            return numbered
    if front.per in IN_PACKETS_ONLY or name in FRONT:
        command = "appeal" if front.per in IN_PACKETS_ONLY else "build-packet"
        raise UsageProblem(Problem("This paper is made with its packet.", f"Run `{spell(command)}`."))
    scenes = list(find_scenes(opened, front.per, for_, from_, to))
    if not scenes:
        raise NotReady(Problem(f"There is nothing this paper could be about ({front.per}).", suggest_record(front.per)))
    if not any(applies(library, name, scene) for _, scene in scenes):
        if name == "superbill" and any(applies(library, "receipt", scene) for _, scene in scenes):
            instead = paper(project, "receipt", for_=for_, from_=from_, to=to, preview=preview, dry_run=dry_run)
            return replace(instead, says=(NO_DIAGNOSIS, *instead.says))
        refuse_paper(opened, name)
    if name == SHORT_NAMES["statement"]:
        refuse_overpaid(opened, _find_paid_visits(opened, scenes))
    papers: list[Paper] = []
    problems: list[Problem] = []
    for about, scene in scenes:
        if not applies(library, name, scene):
            continue
        lacking = find_missing(name, scene)
        problems += [Problem(f"{front.title}: {item.what} is missing.", item.ask, item.where) for item in lacking]
        if not lacking:
            papers.append(make_paper(library, name, scene, about))
    if problems:
        raise NotReady(tuple(dict.fromkeys(problems)))
    return _report(opened, papers, preview, dry_run)


def _find_paid_visits(opened: Opened, scenes: Sequence[tuple[str, Scene]]) -> Iterator[Session]:
    """The visits on a statement of payments."""
    days = {line.visit for _, scene in scenes if scene.payments for line in scene.payments.lines}
    return (session for session in treatment_sessions(opened.case) if session.date in days)


def _list_papers(opened: Opened, library: Library) -> Result:
    rows = [(name, library.front(name)) for name in library.names()]
    says = tuple(f"{write_name(name)}: {front.title} (step {step(front.step).number})" for name, front in rows)
    data = [{"name": name, "title": front.title, "step": front.step, "per": front.per} for name, front in rows]
    return Result(says=says, notes=opened.notes, next=spell("paper", "NAME", preview=True), data={"papers": data})


def _report(opened: Opened, papers: list[Paper], preview: bool, dry_run: bool) -> Result:
    written: list[str] = []
    says: list[str] = ["Dry run: nothing was written."] if dry_run else []
    blocks: list[Block] = []
    for one, drawn in [(one, draw_paper(one, alone=True)) for one in papers]:  # all are drawn before one is written
        about = one.about.rpartition("/")[2]
        file = f"{one.name}.pdf" if len(papers) == 1 else f"{one.name}-{about}.pdf"
        if preview:
            blocks += one.blocks
        elif not dry_run:
            make_folder(opened.folder / "out")
            replace_file(opened.folder, "out/papers", file, drawn.pdf)
        if not preview and not dry_run:
            written.append(f"out/papers/{file}")
        pages = f"{drawn.pages} page{'s' if drawn.pages != 1 else ''}"
        says.append(f"{one.title}: {pages}.{f' {one.draft}.' if one.draft else ''}")
        if one.blanks:
            says.append(f"  {len(one.blanks)} places only the doctor can fill: {'; '.join(one.blanks)}.")
        says += [f"  Sign on page {page}: {under or label}" for label, under, page in drawn.signatures]
    data = {"papers": [{"name": one.name, "about": one.about, "draft": one.draft is not None} for one in papers]}
    made = {one.name for one in papers}
    told = [
        words for reader, name in LETTERS.items() if name in made for words in find_enclosures(opened.facts, reader)
    ]
    if PROGRESS_PAPER in made:
        told += warn_of_page(opened.case, opened.facts, opened.today)
    notes = (*opened.notes, *told)
    return Result(says=tuple(says), written=tuple(written), notes=notes, blocks=tuple(blocks), data=data)


def write_name(name: str) -> str:
    """The name as lists and messages show it."""
    return name.replace("_", "-")


def find_name(typed: str, names: Sequence[str]) -> str:
    """The template that `for-my-appointment`, `for_my_appointment` or `appointment` stands for. Raises UsageProblem."""
    word = "_".join(typed.strip().lower().removesuffix(".md.j2").replace("-", " ").replace("_", " ").split())
    word = SHORT_NAMES.get(word, word)
    if word in names:
        return word
    holding = [name for name in names if word and f"_{word}_" in f"_{name}_"]
    if len(holding) == 1:
        return holding[0]
    if holding:
        says = "Several papers have these words in their names."
        raise UsageProblem(Problem(says, f"Name one of: {', '.join(map(write_name, holding))}."))
    near = difflib.get_close_matches(word, names, n=1)
    fix = f"Did you mean {write_name(near[0])}?" if near else f"Name one of: {', '.join(map(write_name, names))}."
    raise UsageProblem(Problem("There is no paper of that name.", fix))


def suggest_record(per: str) -> str:
    """The next move when there is nothing that a paper of this kind could be about."""
    return {
        "claim": f"Add a session with `{spell('add-session')}`.",
        "session": f"Add a session with `{spell('add-session')}`.",
        "prescription": f"Add a condition with `{spell('add-condition')}`.",
        "sending": f"Nothing that was sent waits for an answer; `{spell('submit')}` records what you send.",
        "decision": f"Write down what the plan decided: `{spell('record-decision')}`.",
        "office": f"Write down what the plan decided: `{spell('record-decision')}`.",
        "request": f"Write down what they asked for: `{spell('log-contact', asked_for='TEXT')}`.",
    }.get(per, "Fill in patient.yaml first.")


def refuse_paper(opened: Opened, name: str) -> NoReturn:
    """Raises NotReady with why this paper has no place in the case."""
    if name == "superbill":
        says = NO_DIAGNOSIS
        fix = f"Ask the prescriber for the diagnosis and record it, or print `{spell('paper', 'receipt')}`."
    elif name == SHORT_NAMES["statement"]:
        says = "A statement of payments is the practice's own paper, and the patient prepares this case."
        fix = (
            f"Add up what you paid with `{spell('expenses', year='YEAR')}`, or print `{spell('paper', 'receipt')}` as a "
            "draft. Only the practice can sign a statement."
        )
    elif name == "tax_and_hsa_summary":
        says = "The summary for taxes is the patient's own paper, and the practice prepares this case."
        fix = f"Print `{spell('paper', 'statement')}`."
    elif name == PROGRESS_PAPER:
        says = "Progress needs two values: of one measure, or of the pain before two visits."
        fix = f"Write them down: `{spell('add-measure')}`, and the pain before each visit with `add-session`."
    elif name == "network_exception_request":
        says = "An exception is worth asking for only where the plan pays inside its network alone and nobody is in it."
        fix = f"Look where the answers lead: `{spell('verify-coverage', worth=True)}`."
    elif name in NOT_HERE:
        says, fix = NOT_HERE[name]
    elif name == "follow_up_letter":
        says = f"The plan still has time to decide; a letter comes when that is over (`{spell('deadlines')}`)."
        fix = f"Call first: `{spell('log-contact', script=True)}` shows what to ask."
    else:
        says = "This paper has nothing to say yet: what it is made from is not recorded."
        fix = f"Record a condition, a note or a payment first; `{spell('status')}` names the next step."
    raise NotReady(Problem(says, fix, opened.case.where("patient")))
