"""Write REFI-QDA: a codebook (.qdc, XML), or a project (.qdpx, a zip of XML and texts).

The standard and its schemas are by the Rotterdam Exchange Format Initiative, www.qdasoftware.org. What it has no place
for, such as a confidence, is JSON in the last line of a description, after "starlight:".
"""

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

import pandas as pd
from lxml import etree

from ...base.safe_text import in_xml
from ...errors import TableError, shown
from ...tables.base import OPINIONS
from ...tables.columns import POLARITIES
from ...tables.save import records
from .meanings import code_of

_OURS = UUID("4d4f3a5e-2b0c-5c57-9d0e-6b3f6f1f3c11")  # the namespace of all ids that are made here
_WHEN = "2000-01-01T00:00:00Z"  # QualCoder fails at what has no time
_COLORS = dict(zip(POLARITIES, ("#0072B2", "#D55E00"), strict=True))  # as in the charts
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_KINDS = {bool: "Boolean", int: "Integer", float: "Float"}
_DATA = re.compile(r"(?:(.*)\n\n)?starlight: (\{[^\n]*\})", re.DOTALL)


def codebook(themes: pd.DataFrame) -> bytes:
    """Return a codebook of these themes."""
    if themes.empty:
        raise TableError("themes has no rows, and a codebook has at least one theme. Pass one that has.")
    root = _root("CodeBook", "codebook", origin="Starlight")
    _add_codes(root, themes)
    return _written(root)


def project(opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> bytes:
    """Return a project with these reviews and opinions."""
    texts = list(records(reviews))
    root = _root("Project", "project", name="Starlight", origin="Starlight", creationDateTime=_WHEN)
    if len(opinions):
        users = _add(root, "Users")
        for coder in opinions["coder"].unique():
            _add(users, "User", guid=_id("user", coder), name=coder)
    if len(themes):
        _add_codes(_add(root, "CodeBook"), themes)
    if texts:
        _add_sources(root, texts, opinions)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        _pack(packed, "project.qde", _written(root))
        for row in texts:
            _pack(packed, f"sources/{_id('text', row['review_id'])}.txt", str(row["text"]).encode())
    return file.getvalue()


def _add_codes(book: etree._Element, themes: pd.DataFrame) -> None:
    codes = _add(book, "Codes")
    for row in records(themes):
        theme, color = str(row["theme"]), row.get("color")
        if color is not None and not (isinstance(color, str) and _COLOR.fullmatch(color)):
            raise TableError(f"themes, color: {shown(color)} is no colour such as '#0072B2'. Correct it.")
        judged = row["kind"] == "craft"
        colored = {"color": color} if color else {}
        code = _add(codes, "Code", guid=_id("theme", theme), name=theme, isCodable=str(not judged).lower(), **colored)
        data = {name: row[name] for name in ("theme", "label", "kind", "terms") if row[name] is not None}
        _add(code, "Description", with_data(row["covers"], data))
        for polarity in POLARITIES if judged else ():
            name = code_of(theme, polarity)  # since QualCoder's codes have one name each
            _add(code, "Code", guid=_id("code", theme, polarity), name=name, isCodable="true", color=_COLORS[polarity])


def _add_sources(root: etree._Element, texts: list[dict[str, Any]], opinions: pd.DataFrame) -> None:
    """Add each review as a text with what is known of it, and the opinions in it."""
    variables, sources = _add(root, "Variables"), _add(root, "Sources")
    kinds = {}
    for name in texts[0]:
        types = {type(row[name]) for row in texts if row[name] is not None}
        kinds[name] = _KINDS.get(types.pop(), "Text") if len(types) == 1 else "Text"
        if name != "text":
            _add(variables, "Variable", guid=_id("variable", name), name=name, typeOfVariable=kinds[name])
    coded = defaultdict[object, list[dict[str, Any]]](list)
    for opinion in records(opinions):
        coded[opinion["review_id"]].append(opinion)
    for row in texts:
        guid = _id("text", row["review_id"])
        told = {"guid": guid, "plainTextPath": f"internal://{guid}.txt", "creationDateTime": _WHEN}
        source = _add(sources, "TextSource", name=row["name"], **told)
        for opinion in coded[row["review_id"]]:
            _add_opinion(source, opinion)
        for name, value in row.items():
            if name != "text" and value is not None:
                cell = _add(source, "VariableValue")
                _add(cell, "VariableRef", targetGUID=_id("variable", name))
                _add(cell, f"{kinds[name]}Value", _plain(value))


def _add_opinion(source: etree._Element, row: dict[str, Any]) -> None:
    theme, polarity, key = row["theme"], row["polarity"], [row[name] for name in OPINIONS.key]
    told = {"creatingUser": _id("user", row["coder"]), "creationDateTime": _WHEN}
    place = {"startPosition": str(row["start"]), "endPosition": str(row["end"]), "name": in_xml(row["quote"])}
    selection = _add(source, "PlainTextSelection", guid=_id("selection", *key), **place, **told)
    data = {} if row["confidence"] is None else {"confidence": row["confidence"]}
    if described := with_data(row.get("note"), data):
        _add(selection, "Description", described)
    coding = _add(selection, "Coding", guid=_id("coding", *key), **told)
    _add(coding, "CodeRef", targetGUID=_id("code", theme, polarity))


def with_data(text: object, data: Mapping[str, object]) -> str:
    """Return a text with data in its last line, from which `apart` takes it again."""
    said = str(text or "")
    if not data and not _DATA.fullmatch(said):
        return said
    return "\n\n".join([*filter(None, [said]), f"starlight: {json.dumps(data, ensure_ascii=False)}"])


def apart(text: str | None) -> tuple[str, dict[str, object]]:
    """Return a text without its data, and the data."""
    found = _DATA.fullmatch(text or "")
    try:
        data = json.loads(found[2]) if found else {}
    except (ValueError, RecursionError):
        found = None
    return (found[1] or "", data) if found else (text or "", {})


def _root(tag: str, schema: str, **told: str) -> etree._Element:
    space = f"urn:QDA-XML:{schema}:1.0"
    return etree.Element(f"{{{space}}}{tag}", told, nsmap={None: space})


def _add(parent: etree._Element, tag: str, text: str = "", **told: object) -> etree._Element:
    """Add an element with a text and attributes; refuse what XML cannot hold."""
    for value in (text, *map(str, told.values())):
        if in_xml(value) != value:
            raise TableError(f"{shown(value)} has a character that XML cannot hold. Remove it, or save as .json.")
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}", {k: str(told[k]) for k in told})
    element.text = text or None
    return element


def _id(*names: object) -> str:
    """Return the id of what has this kind and these names, always the same."""
    return str(uuid5(_OURS, json.dumps(names)))


def _plain(value: object) -> str:
    """Return a value as XML writes it: numbers without an exponent."""
    if isinstance(value, bool):
        return str(value).lower()
    return format(Decimal(str(value)), "f") if isinstance(value, float) else str(value)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _pack(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file to a zip, without the time of now."""
    packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
