"""Optional content stays as displayed: which layers of a source PDF are off.

Only the source's default view counts (ISO 32000-1, 8.11.4.3): base state, then ON and OFF, then the view state of
layers that switch themselves. The packet has no layer panel, so nobody can switch a hidden layer on by accident.
"""

from __future__ import annotations

import pikepdf


def hidden_layers(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The optional content groups that a reader does not show when it opens the document."""
    settings = pdf.Root.get("/OCProperties")
    if not isinstance(settings, pikepdf.Dictionary):
        return []
    view = settings.get("/D")
    if not isinstance(view, pikepdf.Dictionary):
        return []
    groups = _groups(settings.get("/OCGs"))
    off = set() if view.get("/BaseState") != pikepdf.Name.OFF else {group.objgen for group in groups}
    off -= {group.objgen for group in _groups(view.get("/ON"))}
    off |= {group.objgen for group in _groups(view.get("/OFF"))}
    switching = _self_switching(view.get("/AS"))
    for group in groups:
        state = _view_state(group) if group.objgen in switching else None
        if state == "/OFF":
            off.add(group.objgen)
        elif state == "/ON":
            off.discard(group.objgen)
    return [group for group in groups if group.objgen in off]


def hide(out: pikepdf.Pdf, every: list[pikepdf.Object], hidden: list[pikepdf.Object]) -> None:
    """Writes the layer settings of the finished packet; both lists hold objects of `out`."""
    if not hidden:
        return
    view = pikepdf.Dictionary(OFF=pikepdf.Array(hidden), Order=pikepdf.Array([]), AS=pikepdf.Array([]))
    out.Root["/OCProperties"] = out.make_indirect(pikepdf.Dictionary(OCGs=pikepdf.Array(every), D=view))
    for group in every:
        group["/Name"] = pikepdf.String("Layer")


def _groups(value: object) -> list[pikepdf.Object]:
    if not isinstance(value, pikepdf.Array):
        return []
    return [item for item in list(value) if isinstance(item, pikepdf.Dictionary) and item.is_indirect]


def _self_switching(value: object) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for usage in list(value) if isinstance(value, pikepdf.Array) else []:
        if isinstance(usage, pikepdf.Dictionary) and usage.get("/Event") == pikepdf.Name.View:
            found |= {group.objgen for group in _groups(usage.get("/OCGs"))}
    return found


def _view_state(group: pikepdf.Object) -> str | None:
    usage = group.get("/Usage")
    view = usage.get("/View") if isinstance(usage, pikepdf.Dictionary) else None
    state = view.get("/ViewState") if isinstance(view, pikepdf.Dictionary) else None
    return str(state) if isinstance(state, pikepdf.Name) else None
