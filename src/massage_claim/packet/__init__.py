"""Attachments and the packet: PDF bytes and attachment files in, one PDF with its manifest out.

Knows nothing of claims, records or wording. The only room that opens pikepdf, pypdfium2 and Pillow.
"""

from __future__ import annotations

import logging

# The libraries report each damaged byte to their loggers, and an unset logger writes to the person's screen.
for _library in ("pikepdf", "pypdfium2", "PIL"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
