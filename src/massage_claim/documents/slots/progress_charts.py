"""`::: progress-charts`: each measure over time, pain as it was before each visit, with start, target and important change."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.documents.progress_report import ForProgress
from massage_claim.documents.scene import Scene
from massage_claim.writing.blocks import Block, Keep

NAME = "progress-charts"


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """A chart for each measure that has a change; each stays on one page with its words."""
    return tuple(Keep((chart,)) for chart in ForProgress(scene).charts())
