"""Of an attachment's page only what draws is left: the object graph of a source PDF is pruned in place, in memory.

Pages, forms, pictures and resources keep an allow-list of keys; everything else loses the keys that carry actions,
embedded or outside files, private data, or roads back into the source's page tree.
"""

from __future__ import annotations

import pikepdf

PAGE_KEYS = frozenset({"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"})
_FORM_KEYS = frozenset(
    {
        "/Type",
        "/Subtype",
        "/FormType",
        "/BBox",
        "/Matrix",
        "/Resources",
        "/Group",
        "/OC",
        "/Length",
        "/Filter",
        "/DecodeParms",
    }
)
_IMAGE_KEYS = frozenset(
    {
        "/Type",
        "/Subtype",
        "/Width",
        "/Height",
        "/ColorSpace",
        "/BitsPerComponent",
        "/Intent",
        "/ImageMask",
        "/Mask",
        "/Decode",
    }
    | {"/Interpolate", "/SMask", "/SMaskInData", "/Matte", "/OC", "/Length", "/Filter", "/DecodeParms"}
)
_RESOURCE_KEYS = frozenset(
    {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/ProcSet", "/Properties", "/Shading", "/XObject"}
)
_LAYER_KEYS = {"/OCG": frozenset({"/Type"}), "/OCMD": frozenset({"/Type", "/OCGs", "/P", "/VE"})}
_DENIED = frozenset(
    {
        "/AA",
        "/A",
        "/AF",
        "/AcroForm",
        "/Annots",
        "/EF",
        "/EmbeddedFiles",
        "/JS",
        "/JavaScript",
        "/Metadata",
        "/Names",
        "/OPI",
    }
    | {"/OpenAction", "/Parent", "/Pg", "/PieceInfo", "/Ref", "/StructParent", "/StructParents", "/Thumb", "/URI"}
    | {"/Dests", "/LastModified", "/PresSteps", "/Alternates", "/Measure", "/PtData"}
)
_OUTSIDE = frozenset({"/F", "/FFilter", "/FDecodeParms"})  # a stream whose bytes lie in another file
_STRANGERS = frozenset(
    {
        "/Page",
        "/Pages",
        "/Catalog",
        "/Action",
        "/Annot",
        "/Filespec",
        "/F",
        "/EmbeddedFile",
        "/ObjStm",
        "/XRef",
        "/Metadata",
    }
    | {"/Outlines", "/StructTreeRoot", "/StructElem", "/Sig", "/Bead", "/Thread"}
)
_NAME_MAPS = frozenset({"/CharProcs", "/Colorants"})

# What a dictionary's keys are: names its content refers to ("names"), one of the kinds above, or anything else.
Seen = set[tuple[int, int, str]]


def prune(root: pikepdf.Object, role: str, seen: Seen) -> None:
    """Prunes everything reachable from `root`; role is "resources" or "thing". `seen` is kept per source document."""
    stack: list[tuple[object, str]] = [(root, role)]
    while stack:
        item, part = stack.pop()
        if not isinstance(item, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
            continue
        if item.is_indirect:
            mark = (*item.objgen, part)
            if mark in seen:
                continue
            seen.add(mark)
        if isinstance(item, pikepdf.Array):
            _prune_array(item, stack)
        else:
            _prune_keys(item, part, stack)


def _prune_array(array: pikepdf.Array, stack: list[tuple[object, str]]) -> None:
    for index in range(len(array)):
        value = array[index]
        if _is_stranger(value):
            array[index] = pikepdf.Dictionary()
        else:
            stack.append((value, "thing"))


def _prune_keys(item: pikepdf.Dictionary | pikepdf.Stream, part: str, stack: list[tuple[object, str]]) -> None:
    for key in list(item.keys()):
        value = item.get(key)
        if key == "/Length":
            continue
        if not _allowed(item, key, part) or _is_stranger(value):
            del item[key]
        elif part == "properties" and not _is_layer(value):
            item[key] = pikepdf.Dictionary()
        else:
            stack.append((value, _role_of(key, part)))


def _allowed(item: pikepdf.Dictionary | pikepdf.Stream, key: str, part: str) -> bool:
    if part in ("names", "properties"):
        return True
    if part == "resources":
        return key in _RESOURCE_KEYS
    layer = _LAYER_KEYS.get(_name(item, "/Type")) if isinstance(item, pikepdf.Dictionary) else None
    if layer is not None:
        return key in layer
    if isinstance(item, pikepdf.Stream):
        subtype = _name(item, "/Subtype")
        if subtype == "/Form":
            return key in _FORM_KEYS
        if subtype == "/Image":
            return key in _IMAGE_KEYS
        if key in _OUTSIDE:
            return False
    return key not in _DENIED


def _role_of(key: str, part: str) -> str:
    if part == "resources":
        return "properties" if key == "/Properties" else "names"
    if part == "names":
        return "thing"
    if key == "/Resources":
        return "resources"
    return "names" if key in _NAME_MAPS else "thing"


def _is_layer(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and _name(value, "/Type") in _LAYER_KEYS


def _is_stranger(value: object) -> bool:
    """Objects that have no business under a page: actions, other pages, files, PostScript fragments."""
    if not isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if _name(value, "/Type") in _STRANGERS or _name(value, "/Subtype") == "/PS":
        return True
    return "/EF" in value or ("/S" in value and ("/JS" in value or "/URI" in value))


def _name(item: pikepdf.Dictionary | pikepdf.Stream, key: str) -> str:
    value = item.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""
