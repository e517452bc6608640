"""What a chart shows in words, part by part: its title, its axes, and its values, group by group.

Vega-Lite draws the chart, so that what it filters, counts and writes out is in the words as it is in the picture. Each
mark tells what its tooltip shows; in a chart without tooltips, what Vega-Lite says of it.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, fromstring

import vl_convert

from ..base.safe_text import in_xml
from .notebook import VEGA_LITE
from .wording import called, statements

Part = dict[str, Any]  # what a part of a chart `says`, and the `parts` that it has
_NEXT, _IS = "\ue000", "\ue001"  # stand between the values of a mark, and between a value's name and the value
_CHANNELS = ("y", "x", "color", "shape", "fill", "stroke")  # the first of these that has names groups the marks
_INNER = ("layer", "concat", "hconcat", "vconcat", "spec")
_SIDES = re.compile("← .* →")  # the title of an axis whose zero is in the middle
_PLACE = re.compile(r"(?:translate\(|M)(-?[\d.]+)[ ,](-?[\d.]+)")


class Mark(NamedTuple):
    """What a mark tells: its group, if there is any, and its values, each with what it is called."""

    group: str
    values: tuple[tuple[str, str], ...]

    def says(self, group: str = "") -> str:
        """Return the values in words, without the group that they stand below."""
        names = [value for _, value in self.values]
        without = names.index(group) if group in names and len(names) > 1 else None
        below = (one for at, one in enumerate(self.values) if at != without)
        told = "; ".join(f"{name}: {value}" if name else value for name, value in below)
        return re.sub(r"\b([\w ]+): ([^;:]+); of \1: ", r"\1: \2 of ", told)


def in_parts(chart: dict[str, Any]) -> Part:
    """Return a chart, a specification of Vega-Lite, in words."""
    return _in_parts(json.dumps(in_xml(chart)))


def as_list(part: Part) -> str:
    """Return a chart in words as HTML: a list of lists."""
    inner = "".join(map(as_list, part["parts"]))
    return f"<ul><li><span>{html.escape(part['says'])}</span>{inner}</li></ul>"


@lru_cache(64)
def _in_parts(written: str) -> Part:
    chart = json.loads(written)
    telling = _telling(chart, {}, tooltips=re.search(r'"tooltip": (\[|\{"(field|aggregate))', written) is not None)
    drawn = fromstring(vl_convert.vegalite_to_svg(telling, vl_version=VEGA_LITE, allowed_base_urls=[]))  # noqa: S314  # Vega wrote it
    whole = _read(drawn)
    return whole | {"says": whole["says"] or chart.get("description") or "A chart"}


def _telling(part: Any, above: dict[str, Any], *, tooltips: bool) -> Any:
    """Return a part of a chart in which each mark tells its group and its tooltip; lines become points."""
    if isinstance(part, list):
        return [_telling(one, above, tooltips=tooltips) for one in part]
    encoding = part.get("encoding", {})
    known = above | encoding
    copy = part | {name: _telling(part[name], known, tooltips=tooltips) for name in _INNER if name in part}
    if "mark" in part:
        mark = part["mark"] if isinstance(part["mark"], dict) else {"type": part["mark"]}
        copy["mark"] = mark | {"type": "point"} if mark["type"] in ("line", "area", "trail") else mark
    if "mark" in part and tooltips:
        copy["encoding"] = encoding | {"description": {"value": {"expr": _told(known)}}}
    return copy


def _told(encoding: dict[str, Any]) -> str:
    """Return an expression of Vega that writes the group of a mark, and what its tooltip shows or its text says."""
    shown = encoding.get("tooltip") or []
    shown = [one for one in (shown if isinstance(shown, list) else [shown]) if {"field", "aggregate"} & one.keys()]
    known = {name: encoding.get(name) or {} for name in _CHANNELS}
    named = [name for name, one in known.items() if one.get("field") and one.get("type") in ("nominal", "ordinal")]
    group = known[named[0]] if named else {"field": ""}
    values = [(one.get("title") or called(one.get("field", "count")), one) for one in shown]
    if not shown and named and encoding.get("text", {}).get("field"):
        values = [("", one) for one in (group, encoding["text"])][encoding["text"]["field"] == group["field"] :]
    told = [(" ".join(named), group), *((name, one) for name, one in values if one.get("field") != "review_id")]
    written = (f"{json.dumps(name + _IS)} + {_value(one)}" for name, one in told)
    return f" + {json.dumps(_NEXT)} + ".join(written) if values else "''"


def _value(one: dict[str, Any]) -> str:
    """Return an expression of Vega that writes a value as a tooltip shows it."""
    field, counted = one.get("field", "").replace("\\", ""), one.get("aggregate")
    of = f"datum[{json.dumps(f'{counted}_{field}' if field and counted else field or '__count')}]"
    form = one.get("format", "%-d %B %Y" if one.get("type") == "temporal" else "")
    written = f"{'timeFormat' if '%-' in form else 'format'}({of}, {json.dumps(form)})" if form else of
    return f"(isValid({of}) ? {written} : 'none')" if field or counted else "''"


def _read(panel: Element) -> Part:
    """Return a panel of a drawn chart in words: its title and, as its parts, its axes, its values and inner panels."""
    titles: list[str] = []
    axes: list[str] = []
    panels: list[Part] = []
    marks: Counter[Mark] = Counter()
    places: dict[Mark, list[float]] = {}
    for element in _seen(panel):
        label, role = element.get("aria-label", ""), element.get("aria-roledescription", "")
        kinds = element.get("class", "").split()
        if role in ("title", "subtitle"):
            lines = list(filter(None, element.itertext()))
            whole = [" ".join(lines)] if role == "title" else statements(lines)
            titles.append("; ".join(one.rstrip(";") for one in whole))
        elif role == "axis":
            axes.append(_axis(element, label))
        elif "role-mark" in kinds:
            drawn = [_mark(one) for one in element if one.get("aria-label")]
            places = dict(drawn) | places
            marks |= Counter(mark for mark, _ in drawn)  # what several layers draw of a row is one mark
        elif "role-scope" in kinds:
            panels += map(_read, element)
    parts = [one for one in panels if one["parts"]]
    if len(parts) == 1 and not parts[0]["says"]:
        parts = parts[0]["parts"]
    for number, one in enumerate(parts, start=1):
        one["says"] = one["says"] or f"Part {number} of {len(parts)}"
    known = {mark.group for mark in marks if mark.values[0][0]}
    told = [
        mark for mark in marks.elements() if mark.values[0][0] or mark.group not in known
    ]  # texts repeat the others
    values = _grouped(sorted(told, key=lambda mark: places[mark]))
    ways = [{"says": says, "parts": []} for says in sorted({*axes} - {""})]
    return {"says": ". ".join(filter(None, titles)), "parts": [*ways, *values, *parts]}


def _seen(panel: Element) -> Iterator[Element]:
    """Yield what is in a panel, without what is in panels inside it."""
    for child in panel:
        if child.get("aria-hidden") != "true":
            yield child
            if "role-scope" not in child.get("class", ""):
                yield from _seen(child)


def _axis(axis: Element, label: str) -> str:
    """Return an axis in words: where it runs, what it shows, and its first and its last label; none without labels."""
    texts = {role: axis.findall(f".//*[@class='mark-text role-axis-{role}']/*") for role in ("label", "title")}
    shown = ([" ".join(one.itertext()) for one in some if one.get("opacity") != "0"] for some in texts.values())
    ticks, title = (list(filter(None, some)) for some in shown)
    if not ticks:
        return ""
    first, last = ticks[0], ticks[-1]
    if "time scale" in label:  # whose labels leave out what the others say
        first, last = re.sub(r"\w+day, 0?|, 12:00:00 AM", "", label.rpartition("values from ")[2]).split(" to ")
    across, names = label.startswith("X"), "discrete" in label
    ends = ("to the left", "to the right") if across else ("below", "above")
    what = ["one name" if len(ticks) == 1 else f"{len(ticks)} names"] if names else []
    if title and _SIDES.fullmatch(title[0]):
        low, *title, high = re.split(r"\s{2,}", title[0].strip("← →"))
        what += [f"{low} {ends[0]}, up to {first}", f"{high} {ends[1]}, up to {last}"]
    else:
        what += [f"from {first} to {last}"] if len(ticks) > 1 else [first]
    return f"{'Across' if across else 'Down' if names else 'Up'}: {', '.join([*title, *what])}"


def _mark(drawn: Element) -> tuple[Mark, list[float]]:
    """Return what a mark tells, and where it stands on axes of names, downwards first."""
    told = drawn.get("aria-label", "")
    if _IS not in told:
        return Mark("", tuple(_pair(one, ": ") for one in told.split("; "))), []
    (named, group), *values = (_pair(one, _IS) for one in told.split(_NEXT))
    found = _PLACE.search(drawn.get("transform", "") + drawn.get("d", ""))
    place = zip("xy", map(float, found.groups()), strict=True) if found else ()
    return Mark(group, tuple(values)), [at for axis, at in sorted(place, reverse=True) if axis in named.split()]


def _pair(told: str, between: str) -> tuple[str, str]:
    name, known, value = told.partition(between)
    return (name, value) if known else ("", name)


def _grouped(marks: list[Mark]) -> list[Part]:
    """Return marks in words; if groups have several each, below the names of their groups."""
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.group, []).append(mark)
    if len(groups) in (1, len(marks)):
        return [{"says": mark.says(), "parts": []} for mark in marks]
    return [
        {"says": f"{group or 'without a name'}", "parts": [{"says": one.says(group), "parts": []} for one in some]}
        for group, some in groups.items()
    ]
