"""What an attachment is: an `Examined`, found by a child process with bounds in the file at a path.

The child gets the open file (not its name) and the password through descriptors, so neither appears in a process list;
its error stream goes nowhere, because readers quote the file there.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from massage_claim.errors import AttachmentUnusable
from massage_claim.packet import refusals
from massage_claim.packet.bounds import environment
from massage_claim.packet.file_bytes import USABLE, kind_of, open_file, read_descriptor, sha256
from massage_claim.packet.look.findings import Examined, from_record, to_record
from massage_claim.packet.refusals import refusal

__all__ = ["Examined", "examine", "from_record", "to_record"]

_LONGEST = 1024
"""Characters of a password or a spelling that the child is told; a pipe takes them all before anyone reads."""


def examine(
    path: Path,
    *,
    password: str | None = None,
    look_for: Mapping[str, Sequence[str]] | None = None,
    timeout_s: float = 20,
    memory_mb: int = 2048,
) -> Examined:
    """What the file at `path` holds, found within `timeout_s` seconds of wall clock and `memory_mb` megabytes.

    `look_for`: label → spellings, any of which counts. In a PDF with text the labels come back in `mentions` or `lacks`;
    of the text itself nothing is kept.

    Raises AttachmentUnusable with one Problem: missing, empty, folder, link, over 100 MB, no PDF or picture by its
    first bytes, damaged, password-protected, no pages, over 2000 pages or 40 megapixels, too slow, too much memory.
    """
    descriptor = open_file(path)
    try:
        data = _read(descriptor, path.name)
        kind = kind_of(data)
        if kind not in USABLE:
            raise refusal(kind, path.name)
        digest, size = sha256(data), len(data)
        del data
        os.lseek(descriptor, 0, os.SEEK_SET)
        lines, end = _run(descriptor, kind, _told(password, look_for), timeout_s, memory_mb)
    finally:
        os.close(descriptor)
    findings = _verdict(lines, end, path.name, timeout_s, memory_mb)
    return _examined(findings, digest, size, kind)


def _read(descriptor: int, name: str) -> bytes:
    try:
        data = read_descriptor(descriptor)
    except OSError as error:
        raise refusal("unreadable", name, detail=(error.strerror or "no reason given").lower()) from None
    if not data:
        raise refusal("empty", name)
    if len(data) > refusals.MAX_BYTES:
        raise refusal("too-big", name, megabytes=-(-len(data) // 1_000_000))
    return data


def _run(
    descriptor: int, kind: str, told_in_private: bytes, timeout_s: float, memory_mb: int
) -> tuple[list[dict[str, Any]], int | None]:
    """The lines that the child told and how it ended: an exit status, a negative signal, or None for out of time."""
    secret = _pipe_with(told_in_private) if told_in_private else None
    command = [
        sys.executable,
        "-B",
        "-P",
        "-m",
        "massage_claim.packet.look.worker",
        kind,
        str(timeout_s),
        str(memory_mb),
    ]
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell, no name of the person's
            [*command, str(secret or 0)],
            stdin=descriptor,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            pass_fds=(secret,) if secret else (),
            start_new_session=True,
        )
    finally:
        if secret:
            os.close(secret)
    end: int | None
    try:
        told, _ = child.communicate(timeout=timeout_s)
        end = child.returncode
    except subprocess.TimeoutExpired:
        child.kill()
        told, _ = child.communicate()
        end = None
    except BaseException:  # Ctrl-C: leave no child behind
        child.kill()
        child.wait()
        raise
    return _parsed(told), end


def _told(password: str | None, look_for: Mapping[str, Sequence[str]] | None) -> bytes:
    """What the child must know and no process list may show; empty when there is nothing."""
    if not password and not look_for:
        return b""
    spelled = {label: [text[:_LONGEST] for text in texts] for label, texts in (look_for or {}).items()}
    return json.dumps({"password": (password or "")[:_LONGEST], "look_for": spelled}).encode("utf-8")


def _pipe_with(told: bytes) -> int:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as stream:
        stream.write(told)
    return reading


def _parsed(told: bytes) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for line in told.splitlines():
        with contextlib.suppress(ValueError):  # the last line of a killed child may be cut
            value = json.loads(line)
            if isinstance(value, dict):
                lines.append(value)
    return lines


def _verdict(
    lines: list[dict[str, Any]], end: int | None, name: str, timeout_s: float, memory_mb: int
) -> dict[str, Any]:
    for line in lines:
        if isinstance(line.get("done"), dict):
            return dict(line["done"])
        if refusals.knows(str(line.get("refused"))):
            numbers = {"megabytes": memory_mb, **line.get("numbers", {})}
            raise refusal(str(line["refused"]), name, **numbers)
    raise _no_verdict(lines, end, name, timeout_s)


def _no_verdict(lines: list[dict[str, Any]], end: int | None, name: str, timeout_s: float) -> AttachmentUnusable:
    drawing = [line["drawing"] for line in lines if "drawing" in line]
    page = drawing[-1] if drawing else 0
    if end == 1 and not lines:
        raise RuntimeError("the child that reads attachments could not start")  # our installation, not the file
    if end is None or end in (-signal.SIGXCPU, -signal.SIGKILL):
        if page:
            return refusal("page-time", name, page=page)
        return refusal("time", name, seconds=math.ceil(timeout_s))
    return refusal("page-broken", name, page=page) if page else refusal("crash", name)


def _examined(found: dict[str, Any], digest: str, size: int, kind: str) -> Examined:
    return Examined(
        sha256=digest,
        size_bytes=size,
        kind=kind,
        pages=int(found["pages"]),
        page_sizes=tuple((float(width), float(height)) for width, height in found.get("page_sizes", [])),
        encrypted=bool(found.get("encrypted", False)),
        needs_password=bool(found.get("needs_password", False)),
        signed=bool(found.get("signed", False)),
        has_form=bool(found.get("has_form", False)),
        active=tuple(str(word) for word in found.get("active", [])),
        upright=int(found.get("upright", 1)),
        width_px=int(found.get("width_px", 0)),
        height_px=int(found.get("height_px", 0)),
        text_found=bool(found.get("text_found", False)),
        looks_dark=bool(found.get("looks_dark", False)),
        private_numbers=tuple((str(what), int(page)) for what, page in found.get("private_numbers", [])),
        mentions=tuple(str(label) for label in found.get("mentions", [])),
        lacks=tuple(str(label) for label in found.get("lacks", [])),
        open_places=bool(found.get("open_places", False)),
        notes=tuple(str(note) for note in found.get("notes", [])),
    )
