"""A password-protected PDF without its password: takes bytes and the password, gives bytes; touches no disk."""

from __future__ import annotations

import io

from massage_claim.packet.reading import open_pdf
from massage_claim.packet.refusals import refusal
from massage_claim.packet.unfit import UnfitError


def unlocked(data: bytes, password: str, name: str) -> bytes:
    """The same document, readable without a password; the same bytes each time. Raises AttachmentUnusable naming `name`."""
    try:
        pdf = open_pdf(data, password)
    except UnfitError as unfit:
        raise refusal(unfit.reason, name, **unfit.numbers) from None
    with pdf:
        whole = io.BytesIO()
        pdf.save(whole, encryption=False, deterministic_id=True)
    return whole.getvalue()
