"""What lies where in a packet, as a plain tree for the file beside it; the caller writes it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from massage_claim.packet.file_bytes import sha256
from massage_claim.packet.parts import Merged

FORMAT = 1


def manifest(merged: Merged, *, version: str, extra: Mapping[str, object] | None = None) -> dict[str, object]:
    """Parts with page ranges and SHA-256 of their sources, SHA-256 and page count of the PDF, the program's version.

    `extra` is added at the top level (facts used, templates overridden); a key of ours in it raises ValueError.
    """
    parts: list[dict[str, object]] = []
    for place in merged.ranges:
        row: dict[str, object] = {"key": place.key, "title": place.title, "first": place.first, "last": place.last}
        if place.letter is not None:
            row["letter"] = place.letter
        row["sha256"] = place.sha256
        parts.append(row)
    tree: dict[str, object] = {
        "format": FORMAT,
        "version": version,
        "pdf_sha256": sha256(merged.pdf),
        "pages": merged.pages,
        "parts": parts,
        "notes": list(merged.notes),
    }
    doubled = sorted(tree.keys() & (extra or {}).keys())
    if doubled:
        raise ValueError(f"these keys are the manifest's own: {', '.join(doubled)}")
    return tree | dict(extra or {})


def verify(pdf: bytes, manifest: Mapping[str, object]) -> bool:
    """Whether these are the very bytes that the manifest was written for."""
    written = str(manifest.get("pdf_sha256", "")).strip().lower()
    return hmac.compare_digest(written.encode(), sha256(pdf).encode())
