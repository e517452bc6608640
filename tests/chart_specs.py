"""What a chart's specification says: its fields, its data, and the picture that it draws."""

import json
import re
from itertools import chain
from types import SimpleNamespace

import vl_convert

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.8.0.json"  # the version that `display` stores
_DATUM = re.compile(r"datum\.(\w+)|datum\[")
_NO_FIELDS = ("axis", "header", "legend", "scale")  # their `datum` is a tick or a label, no row


def once(chart):
    """Give a chart's specification at every call, made at the first: Altair takes long over it."""
    spec = chart.to_dict()
    return SimpleNamespace(to_dict=lambda: spec)


def rows(chart):
    """All rows that the chart draws, its datasets taken together."""
    return [row for dataset in chart.to_dict().get("datasets", {}).values() for row in dataset]


def as_rows(frame):
    """A table's rows as a specification writes them: what is missing is null."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def unordered(rows):
    """Rows in an order that does not depend on where they stand."""
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def unknown_fields(spec, datasets=None, columns=frozenset()):
    """List the fields that the specification reads and that neither its data nor its own transforms have."""
    datasets = spec.get("datasets", {}) if datasets is None else datasets
    if "data" in spec and not datasets[spec["data"]["name"]]:  # without a row nothing tells the columns
        return []
    if "data" in spec:
        columns = {name for row in datasets[spec["data"]["name"]] for name in row}
    unknown = []
    for step in spec.get("transform", []):
        read, columns = _transformed(step, set(columns))
        unknown += read
    encodings = [spec.get("encoding", {}), *([spec["facet"]] if "facet" in spec else [])]
    unknown += [field for field in chain(*map(_fields, encodings)) if field not in columns]
    inner = [*spec.get("layer", []), *spec.get("vconcat", []), *spec.get("hconcat", [])]
    inner += [spec["spec"]] if "spec" in spec else []
    return unknown + [field for part in inner for field in unknown_fields(part, datasets, columns)]


def draw(spec):
    """Draw a specification as JupyterLab's version of Vega-Lite does, as SVG; what it warns of goes to stderr."""
    return vl_convert.vegalite_to_svg({**spec, "$schema": SCHEMA}, vl_version="5.8", show_warnings=True)


def texts(svg):
    """All texts of a picture."""
    return re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", svg)


def marks(svg, role):
    """Return all marks of a role (bar, point, rule) with their attributes, `aria-label` split into fields."""
    found = re.findall(rf'<(?:path|line) [^>]*aria-roledescription="{role}"[^>]*>', svg)
    attributes = [dict(re.findall(r'([\w-]+)="([^"]*)"', mark)) for mark in found]
    return [{**mark, **dict(part.rsplit(": ", 1) for part in mark["aria-label"].split("; "))} for mark in attributes]


def _transformed(step, columns):
    """Return the fields that a transform reads and that are not there, and the columns after it."""
    if "window" in step or "joinaggregate" in step:  # line numbers and counts of rows, which read no field
        made = [*step.get("window", []), *step.get("joinaggregate", [])]
        return [part["field"] for part in made if part.get("field", "") not in columns | {""}], columns | {
            part["as"] for part in made
        }
    if isinstance(step.get("filter"), dict):  # a selection, whose fields its own chart has
        return [], columns
    if "filter" in step:
        return _unknown(step["filter"], columns), columns
    if "calculate" in step:
        return _unknown(step["calculate"], columns), columns | {step["as"]}
    if "aggregate" in step:
        read = [*step["groupby"], *(part["field"] for part in step["aggregate"] if "field" in part)]
        return [name for name in read if name not in columns], {*step["groupby"], *(p["as"] for p in step["aggregate"])}
    raise AssertionError(f"a transform that the tests do not know: {step}")


def _unknown(expression, columns):
    return [match for match in _read(expression) if match not in columns]


def _read(expression):
    """Fields that an expression reads; one that is read by brackets is given as '', which no table has."""
    return [match.group(1) or "" for match in _DATUM.finditer(expression)]


def _fields(node):
    """All fields that an encoding reads: by name, and in the tests of its conditions."""
    if isinstance(node, list):
        yield from chain(*map(_fields, node))
    elif isinstance(node, dict):
        if isinstance(node.get("field"), str):
            yield node["field"]
        if isinstance(node.get("test"), str):
            yield from _read(node["test"])
        for name, value in node.items():
            if name not in _NO_FIELDS:
                yield from _fields(value)
