"""Write and read the tasks of Label Studio: a task per review, a region per opinion, labelled "music: praise"."""

import json
from collections import Counter, defaultdict
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pandas as pd

from ...errors import ReadError
from ...tables.base import OPINIONS
from ...tables.save import records
from .found import Coding, Found, Text, confidence_of, objects, place_of, strings, text_of
from .meanings import code_of


def tasks(opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> bytes:
    """Return a task for each review: predictions of coders who have confidences, annotations of the others."""
    models = set(opinions.loc[opinions["confidence"].notna(), "coder"])
    coded = defaultdict[tuple[object, object], list[dict[str, Any]]](list)
    for row in records(opinions):
        coded[row["review_id"], row["coder"]].append(row)
    written = []
    for number, row in enumerate(records(reviews), 1):
        by_coder = {coder: coded[row["review_id"], coder] for coder in opinions["coder"].unique()}
        results = {coder: [_region(one, coder in models) for one in rows] for coder, rows in by_coder.items() if rows}
        people = [{"result": result} for coder, result in results.items() if coder not in models]
        guesses = [{"model_version": coder, "result": results[coder]} for coder in results if coder in models]
        written.append({"id": number, "data": row, "annotations": people, "predictions": guesses})
    return json.dumps(written, ensure_ascii=False, indent=1).encode()


def _region(row: dict[str, Any], is_guess: bool) -> dict[str, Any]:
    """Return an opinion as a region. Label Studio refuses annotators that it does not know, so `meta` has the coder."""
    labels = [code_of(row["theme"], row["polarity"])]
    value = {"start": row["start"], "end": row["end"], "text": row["quote"], "labels": labels}
    meta = {"text": [row["note"]] if row.get("note") else []} | ({} if is_guess else {"coder": row["coder"]})
    key = uuid5(NAMESPACE_OID, json.dumps([row[name] for name in OPINIONS.key])).hex[:12]
    region = {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value, "meta": meta}
    return region if row["confidence"] is None else region | {"score": row["confidence"]}


def read_tasks(parsed: Any, name: str) -> Found:
    """Return the texts and codings of tasks."""
    found = Found([], [], Counter())
    for number, task in enumerate(objects(parsed, name), 1):
        where = f"{name}, task {number}"
        if not isinstance(data := task.get("data"), dict):
            raise ReadError(f"{where} has no data, as Label Studio's JSON has. Export as JSON, not as JSON-MIN.")
        cells = {key: cell for key, cell in data.items() if not isinstance(cell, dict | list)}
        found.left_out["list in the data of a task"] += len(data) - len(cells)
        texts = sorted(filter(None, map(text_of, cells.values())), key=len)
        text = text_of(cells.pop("text", None)) or (texts[-1] if texts else "")
        if not text or text.isspace():
            found.left_out["task without a text"] += 1
            continue
        one = str(cells.get("review_id", f"task {task.get('id', number)}"))
        found.texts.append(Text(one, text, cells))
        for kind in ("annotations", "completions", "predictions"):
            for annotation in objects(task.get(kind), where):
                if annotation.get("was_cancelled"):
                    found.left_out["annotation that was cancelled"] += 1
                else:
                    _add_regions(found, one, annotation, where, is_guess=kind == "predictions")
    return found


def _add_regions(found: Found, text: str, annotation: dict[str, Any], where: str, *, is_guess: bool) -> None:
    """Add the labelled regions of an annotation."""
    for region in objects(annotation.get("result"), where):
        value, kind = region.get("value"), region.get("type")
        if kind != "labels" or not isinstance(value, dict):
            found.left_out[f"{kind} in an annotation"] += 1
            continue
        start, end = place_of(value, where)
        (meta,) = objects(region.get("meta") or {}, where)
        coder = _coder(annotation) if is_guess else text_of(meta.get("coder")) or _coder(annotation)
        sure = confidence_of(region.get("score")) if is_guess else None
        note, said = "\n".join(strings(meta.get("text"))), text_of(value.get("text"))
        labels = strings(value.get("labels"))
        found.left_out["region without a label"] += not labels
        found.codings.extend(Coding(text, start, end, said, (label,), coder, note, sure) for label in labels)


def _coder(annotation: dict[str, Any]) -> str:
    """Return who annotated: a model's version, or a person's address, name or number."""
    who = annotation.get("model_version") or annotation.get("completed_by")
    if isinstance(who, dict):
        names = " ".join(filter(None, [text_of(who.get("first_name")), text_of(who.get("last_name"))]))
        who = who.get("email") or names or who.get("id")
    return f"annotator {who}" if isinstance(who, int) else text_of(who) or "unknown"
