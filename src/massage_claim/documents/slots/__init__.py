"""Named places in templates (`::: service-lines`) that are filled by code: tables with totals, charts.

One file, one slot: `NAME` and `blocks(scene, attributes)`; an empty answer leaves nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from massage_claim.writing.blocks import Block

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene

SLOTS: dict[str, Callable[[Scene, Mapping[str, str]], tuple[Block, ...]]] = {
    module.NAME: module.blocks
    for module in (importlib.import_module(f"{__name__}.{item.name}") for item in pkgutil.iter_modules(__path__))
}
"""Every slot by its name."""
