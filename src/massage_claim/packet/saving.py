"""Writes a finished packet: takes an open PDF and its title, gives bytes; the same pages give the same bytes."""

from __future__ import annotations

import io

import pikepdf


def saved(out: pikepdf.Pdf, title: str) -> bytes:
    """The document data are title and language, and nothing else."""
    out.docinfo["/Title"] = pikepdf.String(title)
    out.Root["/Lang"] = pikepdf.String("en-US")
    out.Root["/ViewerPreferences"] = pikepdf.Dictionary(DisplayDocTitle=True)
    out.Root["/PageMode"] = pikepdf.Name.UseOutlines
    data = io.BytesIO()
    out.save(
        data,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return data.getvalue()
