"""Draws every attachment of the example folders from the records beside it, and notes each file's digest.

    python tools/draw_example_scans.py [--out FOLDER]

Reads `examples/*/` only. Writes `<out>/<example>/attachments/` (default: `examples/` itself): the drawn files, and their
YAML with `sha256` and `examined` as the program would write them. Everything drawn is invented. The same records, fonts
and libraries give the same bytes; `libraries()` says which ones draw.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import PIL
import reportlab
from PIL import features

from example_papers import from_the_doctor as doctor
from example_papers import from_the_payer as payer
from example_papers import from_the_therapist as therapist
from example_papers import plan_pages, small_proofs
from massage_claim import yamltext
from massage_claim.actions.intake.file_examination import look
from massage_claim.calc.patient_marks import list_spellings
from massage_claim.models.case import Case
from massage_claim.packet.look.findings import to_record
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case

Draw = Callable[[Case, str], bytes]

PAPERS: Mapping[str, Mapping[str, Draw]] = {
    "low_back_paid": {
        "order-2026-02-24.pdf": lambda case, _: doctor.order(case),
        "booklet-page-31.pdf": plan_pages.booklet,
        "eob-2026-05-26.pdf": payer.eob,
        "eob-2026-06-12.pdf": payer.eob,
        "eob-2026-07-08.pdf": lambda case, stem: payer.eob(case, stem, scan=True),
        "certified-mail-2026-05-04.png": small_proofs.certified_mail,
        "card-slips-march-april.pdf": therapist.card_slips,
        "card-slips-may.pdf": therapist.card_slips,
        "card-slips-june.jpg": therapist.card_slip_photo,
    },
    "neck_denied_appealed": {
        "superbill-kowalczyk.pdf": therapist.superbill,
        "order-2026-05-04.pdf": lambda case, _: doctor.order(case),
        "letter-dr-okonkwo.pdf": doctor.necessity_letter,
        "receipts-may-june.pdf": therapist.receipts,
        "receipts-june-august.pdf": therapist.receipts,
        "fax-log-2026-08-31.png": small_proofs.fax_log,
        "denial-2026-09-18.pdf": payer.denial,
        "policy-mp-114.pdf": plan_pages.policy,
    },
    "ohio_not_covered_hsa": {
        "booklet-page-52.pdf": plan_pages.booklet,
        "order-2026-04-06.pdf": lambda case, _: doctor.order(case),
        "hsa-letter-2026-04-06.pdf": doctor.hsa_letter,
        "receipts-april-june.pdf": therapist.receipts,
        "hsa-statement-june.pdf": small_proofs.hsa_statement,
    },
}
"""Example → file → what draws it."""

DRAWN_WITH = "pillow 13.0.0, reportlab 5.1.0, zlib 1.2.13, freetype2 2.14.3, libjpeg_turbo 3.2.0, pillow zlib 1.2.13"
"""`libraries()` when the shipped files were drawn."""


def libraries() -> str:
    """Everything outside this repository that the bytes depend on."""
    parts = [("pillow", PIL.__version__), ("reportlab", reportlab.Version), ("zlib", zlib.ZLIB_RUNTIME_VERSION)]
    parts += [(name, str(features.version(name))) for name in ("freetype2", "libjpeg_turbo")]
    parts.append(("pillow zlib", str(features.version("zlib"))))
    return ", ".join(f"{name} {version}" for name, version in parts)


def draw(example: str, source: Path, out: Path) -> list[Path]:
    """Draws all papers of one example into `out`. Gives the written files."""
    case = read_case(source)
    written = []
    out.mkdir(parents=True, exist_ok=True)
    for name, paper in PAPERS[example].items():
        path = out / name
        path.write_bytes(paper(case, path.stem))
        note = out / f"{path.stem}.yaml"
        note.write_text(_noted(case, source / "attachments" / note.name, path), encoding="utf-8")
        written += [path, note]
    return written


def _noted(case: Case, record: Path, drawn: Path) -> str:
    """The attachment's record, with the digest and the findings of the drawn file in place of the old ones."""
    kept, mark, _ = record.read_text(encoding="utf-8").partition("\nsha256: ")
    if not mark:
        raise SystemExit(f"{record} has no line `sha256:` to replace.")
    found = look(drawn, None, list_spellings(case.patient, case.plan)).examined
    return f"{kept}\n{yamltext.write({'sha256': found.sha256, 'examined': _as_text(to_record(found))})}"


def _as_text(value: object) -> yamltext.Node:
    """A tree of texts for YAML; what is empty, zero or false is left out, as nothing was found."""
    if isinstance(value, Mapping):
        return {str(key): _as_text(item) for key, item in value.items() if item}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return "yes" if value is True else str(value)


def main() -> None:
    """Draws all examples."""
    parser = argparse.ArgumentParser(description="Draw the attachments of the example folders.")
    parser.add_argument("--out", type=Path, default=None, help="another folder to write to, instead of examples/")
    parser.add_argument("examples", nargs="*", help=f"which of {', '.join(PAPERS)}; default: all")
    given = parser.parse_args()
    out = given.out
    for example in given.examples or PAPERS:
        source = shipped("examples") / example
        for path in draw(example, source, (out or shipped("examples")) / example / "attachments"):
            if path.suffix != ".yaml":
                sys.stdout.write(f"{path.stat().st_size:7d}  {example}/attachments/{path.name}\n")
    sys.stdout.write(f"drawn with: {libraries()}\n")


if __name__ == "__main__":
    main()
