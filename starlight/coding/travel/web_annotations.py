"""Write and read Web Annotations (JSON-LD): www.w3.org/TR/annotation-model.

An opinion is a tag, "music: praise", on a place of a review, which is named but not held. A confidence is a body that
assesses, a note one that comments.
"""

import json
from collections import Counter
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_OID, uuid5

import pandas as pd

from ...tables.base import OPINIONS
from ...tables.save import records
from .found import Coding, Found, confidence_of, last_part, objects, place_of, strings, text_of
from .meanings import code_of

_AROUND = 30  # characters before and after a quote


def page(opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> bytes:
    """Return a page of annotations, one for each opinion."""
    texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
    models = set(opinions.loc[opinions["confidence"].notna(), "coder"])
    written = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage"}
    items = [_annotation(row, texts[row["review_id"]], row["coder"] in models) for row in records(opinions)]
    return json.dumps(written | {"items": items}, ensure_ascii=False, indent=1).encode()


def _annotation(row: dict[str, Any], text: str, is_model: bool) -> dict[str, object]:
    start, end, sure = row["start"], row["end"], row["confidence"]
    bodies = {
        "tagging": code_of(row["theme"], row["polarity"]),
        "assessing": "" if sure is None else repr(sure),
        "commenting": row.get("note"),
    }
    around = {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]}
    return {
        "id": uuid5(NAMESPACE_OID, json.dumps([row[name] for name in OPINIONS.key])).urn,
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"type": "Software" if is_model else "Person", "name": row["coder"]},
        "body": [{"type": "TextualBody", "purpose": why, "value": said} for why, said in bodies.items() if said],
        "target": {
            "source": f"reviews/{quote(row['review_id'], safe='')}",
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": row["quote"], **around},
            ],
        },
    }


def read_annotations(parsed: Any, name: str) -> Found:
    """Return the tags on places of texts; the texts are not in the file."""
    found = Found([], [], Counter())
    for top in objects(parsed, name):
        (one,) = objects(top.get("first", top), f"{name}, first page")[:1] or [top]
        found.left_out["page that lies elsewhere"] += "next" in one
        for number, item in enumerate(objects(one.get("items", one), name), 1):
            if "Annotation" in strings(item.get("type")):
                _add_codings(found, item, f"{name}, annotation {number}")
            else:
                found.left_out["item that is no annotation"] += 1
    return found


def _add_codings(found: Found, annotation: dict[str, Any], where: str) -> None:
    """Add each tag of an annotation, on each of its targets."""
    tags, notes, sure = [], strings(annotation.get("bodyValue")), None
    for body in _each(annotation.get("body")):
        body = body if isinstance(body, dict) else {"id": body}
        why = strings(body.get("purpose", annotation.get("motivation")))
        said = next(filter(None, (text_of(body.get(name)) for name in ("value", "source", "id"))), "")
        if {*why} & {"tagging", "classifying"}:
            tags.append(said if "value" in body else last_part(said))
        elif "assessing" in why and confidence_of(said) is not None:
            sure = confidence_of(said)
        else:
            notes.append(said)
    found.left_out["annotation without a tag"] += not tags
    coder, note = _name(annotation.get("creator")), "\n".join(filter(None, notes))
    for target in _each(annotation.get("target")):
        if place := _place(target, where):
            source, start, end, said, *around = place
            found.codings.extend(Coding(source, start, end, said, (tag,), coder, note, sure, *around) for tag in tags)
        else:
            found.left_out["annotation without a place in a text"] += 1


def _place(target: object, where: str) -> tuple[str, int, int, str, str, str] | None:
    """Return the source of a target, where its words begin and end, they themselves, and those around them."""
    if not isinstance(target, dict):
        return None
    selectors = {text_of(one.get("type")): one for one in objects(target.get("selector"), where)[::-1]}
    quoted, position = selectors.get("TextQuoteSelector", {}), selectors.get("TextPositionSelector")
    said, before, after = (text_of(quoted.get(name)) for name in ("exact", "prefix", "suffix"))
    if position is None and not said:
        return None
    start, end = place_of(position, where) if position else (-1, -1)
    return _name(target.get("source")), start, end, said, before, after


def _name(value: object) -> str:
    """Return the name or address of a person or source."""
    one = next(iter(_each(value)), "unknown")
    names = [one.get(name) for name in ("name", "nickname", "id", "@id")] if isinstance(one, dict) else [one]
    return next(filter(None, map(text_of, names)), "unknown")


def _each(value: object) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
