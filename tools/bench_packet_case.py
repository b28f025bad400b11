"""Makes the case that the packet benchmark builds: records as a person would have written them, and files of every kind.

Takes an empty folder, gives a project. Run as a process of its own: FOLDER VISITS FILES. All people are invented, all pictures are noise.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from massage_claim import yamltext
from massage_claim.packet.look.examination import examine, to_record
from massage_claim.yamltext import Node

LETTER = (612, 792)
SCAN = (1700, 2200)  # letter at 200 dots per inch
ADDRESS = {"street": "418 Alder Street", "city": "Tacoma", "state": "WA", "zip": "98402"}


@dataclass(frozen=True)
class Size:
    """How large a case is, and how much memory its packet may take."""

    visits: int
    files: int
    megabytes: int


def make_case(folder: Path, size: Size) -> None:
    """The project: `visits` sessions from January to September, and `files` attachments of mixed kinds."""
    days = [date(2026, 1, 3) + timedelta(days=number * 265 // size.visits) for number in range(size.visits)]
    for name, tree in _records(days):
        _write(folder / f"{name}.yaml", tree)
    files = dict(_files(size.files))
    (folder / "attachments").mkdir()
    for name, data in files.items():
        (folder / "attachments" / name).write_bytes(data)
    with ThreadPoolExecutor(2) as both:
        found = dict(zip(files, both.map(lambda name: examine(folder / "attachments" / name), files), strict=True))
    for number, (name, examined) in enumerate(found.items()):
        described: dict[str, Node] = {
            "file": name,
            "sha256": examined.sha256,
            "kind": "payment-proof",
            "for": [f"sessions/{days[number % len(days)].isoformat()}"],
            "title": f"Proof {number + 1}",
            "examined": _texts(to_record(examined)),
        }
        _write(folder / "attachments" / f"{Path(name).stem}.yaml", described)


def _write(path: Path, tree: dict[str, Node]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yamltext.write(tree), encoding="utf-8")


def _texts(value: object) -> Node:
    if isinstance(value, dict):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(item) for item in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _records(days: list[date]) -> Iterator[tuple[str, dict[str, Node]]]:
    yield "case", {"format": "1", "prepared_by": "practice"}
    yield (
        "patient",
        {
            "name": "Zoë Nuñez-Okafor",
            "birth_date": "1984-05-21",
            "sex": "F",
            "address": dict(ADDRESS),
            "phone": "253-555-0142",
            "relation_to_subscriber": "self",
        },
    )
    yield (
        "plan",
        {
            "payer": "Cascade Harbor Health Plan",
            "kind": "employer-insured",
            "state": "WA",
            "member_id": "CHX00412207",
            "plan_year_start": "01-01",
            "other_coverage": {"has": "no"},
            "accident": {"work": "no", "auto": "no", "other": "no"},
        },
    )
    yield (
        "conditions/low-back",
        {"name": "low back pain", "diagnoses": [{"code": "M54.59", "by": "providers/okonkwo"}], "onset": "2025-11-01"},
    )
    yield "providers/okonkwo", {"name": "Ada Okonkwo", "roles": ["referring"], "credential": "MD", "npi": "2000000002"}
    yield (
        "providers/petrova",
        {
            "name": "Ana Petrova",
            "roles": ["rendering", "billing"],
            "credential": "LMT",
            "npi": "2123456784",
            "licence": {"number": "MA60012345", "state": "WA", "kind": "license"},
            "address": dict(ADDRESS),
            "phone": "253-555-0117",
        },
    )
    yield (
        "prescriptions/2026-01-02",
        {
            "date": "2026-01-02",
            "referring": "providers/okonkwo",
            "condition": "conditions/low-back",
        },
    )
    for day in days:
        yield (
            f"sessions/{day.isoformat()}",
            {
                "date": day.isoformat(),
                "start": "10:00",
                "end": "11:00",
                "place": "11",
                "rendering": "providers/petrova",
                "prescription": "prescriptions/2026-01-02",
                "regions": ["low back"],
                "services": [{"code": "97124", "minutes": "52", "units": "3", "charge": "95.00"}],
                "pain": {"before": "7", "after": "4"},
            },
        )
        yield (
            f"payments/{day.isoformat()}",
            {
                "date": day.isoformat(),
                "amount": "95.00",
                "from": "card",
                "for": [{"session": f"sessions/{day.isoformat()}", "amount": "95.00"}],
            },
        )


def _files(count: int) -> Iterator[tuple[str, bytes]]:
    """`count` files with three pages each on average: half are letters, a tenth scans, a third photos, the rest rare kinds."""
    letters, scans, faxes = count // 2, count // 10, max(count * 6 // 100, 1)
    rare = {"png": max(count * 5 // 100, 1), "webp": max(count * 2 // 100, 1), "heic": max(count * 2 // 100, 1)}
    photos = count - letters - scans - faxes - sum(rare.values())
    for number in range(letters):
        yield f"letter-{number}.pdf", _letter(number, 4)
    for number in range(scans):
        yield f"scan-{number}.pdf", _scanned(number, 5)
    for number in range(faxes):
        yield f"fax-{number}.tif", _faxed(number, 3 if number else 1)
    for number in range(photos):
        yield f"photo-{number}.jpg", _photo(number, (7300, 5470) if number == 0 else (4032, 3024), "JPEG")
    for kind, many in rare.items():
        for number in range(many):
            size = (1170, 2532) if kind == "png" or (kind == "webp" and number == 0) else (4032, 3024)
            yield f"{kind}-{number}.{kind}", _photo(number + 50, size, kind)


def _letter(number: int, pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=LETTER, invariant=1)
    for page in range(pages):
        for line in range(44):
            canvas.drawString(
                72, 720 - 15 * line, f"Letter {number}, page {page + 1}, line {line}: paid in full, thank you."
            )
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _scanned(number: int, pages: int) -> bytes:
    images = [_paper(number * 10 + page).convert("L") for page in range(pages)]
    file = io.BytesIO()
    images[0].save(file, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return file.getvalue()


def _faxed(number: int, pages: int) -> bytes:
    images = [_paper(number * 20 + page).convert("1") for page in range(pages)]
    file = io.BytesIO()
    images[0].save(file, "TIFF", save_all=True, append_images=images[1:], compression="group4", dpi=(200, 200))
    return file.getvalue()


def _paper(seed: int) -> Image.Image:
    image = Image.new("L", SCAN, 250)
    pen = ImageDraw.Draw(image)
    for line in range(60):
        pen.text(
            (150, 120 + 32 * line), f"Receipt {seed}, line {line}: therapeutic massage, 95.00, paid by card", fill=20
        )
    return image


def _photo(seed: int, size: tuple[int, int], kind: str) -> bytes:
    noise = random.Random(seed)
    small = Image.frombytes("RGB", (64, 48), bytes(noise.randrange(60, 255) for _ in range(64 * 48 * 3)))
    image = small.resize(size, Image.Resampling.BICUBIC)
    file = io.BytesIO()
    if kind == "heic":
        import pillow_heif

        pillow_heif.from_pillow(image).save(file, quality=60)
    else:
        image.save(file, kind.upper(), **({"quality": 80} if kind != "png" else {}))
    return file.getvalue()


if __name__ == "__main__":
    make_case(Path(sys.argv[1]), Size(int(sys.argv[2]), int(sys.argv[3]), 0))
