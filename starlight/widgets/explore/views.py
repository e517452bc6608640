"""What `explore` shows, as pure functions: an action turns a choice into the next, and a choice has a view.

The charts count the opinions that the filters leave. The quotes are the rows that the clicked mark counts, or all of
these. Some filters choose reviews by what the reviews table says of them: their film, outlet, critic or year, or words
in them.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ...base.arguments import check_choice, check_choices
from ...base.safe_text import in_xml
from ...charts.wording import coders
from ...coding import belonging, opinions_of
from ...errors import TableError, shown
from ...tables.base import OPINIONS
from ...tables.columns import POLARITIES
from ..close_reading.concordance import fold
from ..close_reading.shown import Shown
from .groups import OF_REVIEWS, compared, groups
from .source import ABOUT, CATEGORIES, SEARCHED, Source
from .why_none import why_none

LISTED = 100  # quotes that are shown at once
COLUMNS = 24  # reviews that have a button, and that the matrix and the scores show at once
_SHOWN = ("name", "quote", "score_raw")  # columns of texts that are no keys
_FILTERS = ("theme", "polarity", "review_id")
_MARKS = ({"theme", "polarity"}, {"theme", "review_id"}, {"review_id"})  # a bar, a cell, a dot
_CONTAINS = "c.fillna('').map(st.widgets.concordance.fold).str.contains({}, regex=False)"
_TESTS = {name: f'reviews["{name}"].eq({{}})' for name in ABOUT} | {
    "year": 'reviews["published"].dt.strftime("%Y").eq({})',
    "words": f"reviews[{SEARCHED}].apply(lambda c: {_CONTAINS}).any(axis=1)",
    "review_id": 'reviews["review_id"].isin({})',
}

# What a person has chosen, as `first_choice` has it: of each filter the values, or none if it lets everything through;
# and the mark that is clicked, by the columns that tell it from others.
Choice = dict[str, Any]


def first_choice(source: Source) -> Choice:
    """Return the choice at the start: no filter, nothing clicked, and the settled coding if there is one.

    `a` and `b` are the groups that are compared, each by its filters; without an A none are. `at` is the quote from
    which on quotes are listed, by the number of its group and its own; it is shown in its review if `reading`.
    """
    known = source.values("coder")
    return {
        "review_id": [],
        "theme": [],
        "polarity": [],
        **dict.fromkeys(ABOUT, ""),
        "words": "",
        "coder": "settled" if "settled" in known else next(iter(known), "none"),
        "least_confidence": 0.0,
        "convention": "even steps",
        "clicked": {},
        "a": {},
        "b": {},
        "at": [0, 0],
        "reading": False,
    }


def act(source: Source, choice: Choice, action: Mapping[str, Any]) -> Choice:
    """Return the choice after an action: `toggle` a value of a filter, `set` a single one, `click` a mark, or `reset`.

    A clicked mark that loses its last row to the filters is released. `group` makes A or B of filters of reviews, and
    `keep` of those that are set, which are freed. `read` opens a quote, `leave` closes it, and `turn` lists from there.
    """
    after = choice | {"at": [0, 0], "reading": False}
    comparable = all(isinstance(action.get(name, ""), str) for name in ("do", "filter"))
    match action if comparable else None:
        case {"do": "reset"}:
            return first_choice(source)
        case {"do": "toggle", "filter": name, "value": value} if name in _FILTERS:
            chosen = {*choice[name]} ^ {_known(source, name, value)}
            after[name] = [known for known in source.values(name) if known in chosen]
        case {"do": "set", "filter": "coder" | "convention" as name, "value": value}:
            after[name] = _known(source, name, value)
        case {"do": "set", "filter": name, "value": str(value)} if name in ABOUT:
            after[name] = value and _known(source, name, value)
        case {"do": "set", "filter": "words", "value": str(value)}:
            after["words"] = " ".join(in_xml(value).split())
        case {"do": "set", "filter": "least_confidence", "value": int(value) | float(value)} if value == value:
            after["least_confidence"] = float(min(max(value, 0), 1))
        case {"do": "click", "at": dict(at)} if {*at} in _MARKS:
            mark = {name: _known(source, name, value) for name, value in at.items()}
            after["clicked"] = {} if choice["clicked"] == mark else mark
        case {"do": "group", "filter": "a" | "b" as name, "value": dict(value)} if {*value} <= {*ABOUT, "review_id"}:
            known = {
                by: check_choices([one] if by in ABOUT else one, by, source.values(by)) for by, one in value.items()
            }
            after[name] = {by: these[0] if by in ABOUT else these for by, these in known.items() if these}
        case {"do": "keep", "filter": "a" | "b" as name} if kept := {by: choice[by] for by in OF_REVIEWS if choice[by]}:
            after |= {by: [] if by == "review_id" else "" for by in OF_REVIEWS} | {name: kept}
        case {"do": "read" | "turn" as do, "at": [int(side), int(number)]} if _is_quote(source, choice, side, number):
            after |= {"at": [side, number], "reading": do == "read"}
        case {"do": "leave"}:
            after["at"] = choice["at"]
        case _:
            allowed = "toggle, set, click, reset, group, keep, read, turn and leave"
            raise TableError(f"There is no action {shown(dict(action))}. Allowed: {allowed}.")
    if after["clicked"] and listed(source, after).empty:
        after["clicked"] = {}
    return after


def counted(source: Source, choice: Choice) -> pd.DataFrame:
    """Return the opinions that the filters leave: what the charts count."""
    rows = source.of_coder(choice["coder"])
    if any(map(choice.get, (*ABOUT, "words", "a"))):
        rows = rows[_kept(source, choice)[rows["review_id"].cat.codes]]
    for name in _FILTERS:
        rows = rows[rows[name].isin(choice[name])] if choice[name] else rows
    return rows[rows["confidence"] >= choice["least_confidence"]] if _asks_confidence(source, choice) else rows


def _kept(source: Source, choice: Choice) -> np.ndarray:
    """Return for each review whether the filters of reviews leave it, those chosen by name left aside."""
    kept = source.reviews_of(choice | {"review_id": []})
    return kept & np.logical_or(*groups(source, choice)) if choice["a"] else kept


def listed(source: Source, choice: Choice) -> pd.DataFrame:
    """Return the opinions behind the clicked mark, in their order; if none is clicked, all that are counted."""
    return _behind(counted(source, choice), choice)


def _behind(rows: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    for name, value in choice["clicked"].items():
        rows = rows[rows[name] == value]
    return rows


def code(source: Source, choice: Choice, *, any_listed: bool) -> str:
    """Write the line of code that lists the same rows, if there are any."""
    wanted = {name: choice[name] for name in _FILTERS} | {name: [value] for name, value in choice["clicked"].items()}
    wanted["coder"] = [choice["coder"]] if len(source.values("coder")) > 1 else []
    tests = _tests(choice | {"review_id": []})
    if choice["a"] and choice["b"]:
        tests.append("({} ^ {})".format(*(f"({' & '.join(_tests(choice[name]))})" for name in ("a", "b"))))
    parts = [f"{name}={_literal(values if values[1:] else values[0])}" for name, values in wanted.items() if values]
    if _asks_confidence(source, choice):
        parts.append(f"least_confidence={choice['least_confidence']:g}")
    if source.own_themes:
        parts.append("themes=themes")
    if tests and not any_listed:  # no opinion is of such a part of the reviews
        return "st.quotes(opinions, reviews).head(0)"
    reviews = f"reviews[{' & '.join(tests)}]" if tests else "reviews"
    return f"st.quotes({', '.join([f'opinions, {reviews}', *parts])})"


def _tests(filters: Mapping[str, Any]) -> list[str]:
    """Write what tells of each review whether it passes these filters."""
    values = {name: fold(value) if name == "words" else value for name, value in filters.items() if value}
    return [_TESTS[name].format(_literal(values[name])) for name in OF_REVIEWS if name in values]


def view(source: Source, choice: Choice) -> dict[str, Any]:
    """Return what the page draws for a choice: counts for its marks, the first quotes, and the words beside them."""
    rows = counted(source, choice)
    behind = _behind(rows, choice)
    sides = _sides(source, choice, behind)
    by_review = rows["review_id"].value_counts()
    kept = source.reviews.index[_kept(source, choice)].tolist()
    there = [one for one in choice["review_id"] if one in {*kept}] if choice["review_id"] else kept
    shown = there if len(there) <= COLUMNS else by_review.reindex(there).nlargest(COLUMNS).index.tolist()
    corpus = belonging.corpus_of(source.reviews["review_id"].tolist())
    out = {"left_out": int((~source.is_read).sum())}
    return {
        "pills": _pills(source, choice, kept),
        "pills_more": max(0, len(kept) - COLUMNS),
        "bars": [] if choice["a"] else _bars(source, choice, rows),
        "cells": [] if choice["a"] else _cells(rows[rows["review_id"].isin(shown)]),
        "reviews": _dots(source, choice, shown, by_review),
        "reviews_more": len(there) - len(shown),
        "compared": compared(source, choice, rows) if choice["a"] else None,
        "sides": [_listing(source, one, choice["at"], number) for number, one in enumerate(sides)],
        "reading": _opened(source, sides[choice["at"][0]], choice["at"][1]) if choice["reading"] else None,
        "told": in_xml(why_none(source, choice)) if behind.empty else "",
        "heading": in_xml(_heading(source, choice, behind)),
        "code": code(source, choice, any_listed=not behind.empty),
        "coding": in_xml("; ".join(coders(pd.DataFrame([{"coder": choice["coder"], "corpus": corpus} | out])))),
    }


def _pills(source: Source, choice: Choice, kept: list[str]) -> list[dict[str, Any]]:
    """Return the reviews that can be chosen: of many, those chosen and those with the most opinions."""
    of_coder = source.of_coder(choice["coder"])["review_id"].value_counts()
    first = kept if len(kept) <= COLUMNS else of_coder.reindex(kept).nlargest(COLUMNS).index.tolist()
    ids = [*(one for one in choice["review_id"] if one not in first), *first]
    labels, there = source.labels["review_id"], {*of_coder.index[of_coder > 0]}
    return [{"value": one, "label": labels[one], "there": one in there} for one in ids]


def _bars(source: Source, choice: Choice, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each theme's praise and criticism, themes in the order of all the coder's opinions: so bars stay put."""
    total = source.of_coder(choice["coder"])["theme"].value_counts(sort=False)
    found = rows.groupby(["theme", "polarity"], observed=False)["review_id"].agg(["size", "nunique"])
    return [
        {"theme": theme, "label": source.labels["theme"][theme]}
        | {polarity: found.loc[(theme, polarity)].tolist() for polarity in POLARITIES}
        for theme in total.sort_values(ascending=False, kind="stable").index
        if theme in choice["theme"] or not choice["theme"]
    ]


def _cells(rows: pd.DataFrame) -> list[list[Any]]:
    """Return theme, review, praise and criticism of each cell that has an opinion."""
    marks = rows.assign(opinions=1)
    cells = marks.pivot_table("opinions", ["theme", "review_id"], "polarity", "sum", fill_value=0, observed=True)
    return cells.reindex(columns=POLARITIES, fill_value=0).reset_index().to_numpy().tolist()


def _dots(source: Source, choice: Choice, shown: list[str], counts: "pd.Series[int]") -> list[dict[Hashable, Any]]:
    """Return each review shown: its printed score, its value by the convention, and its number of opinions."""
    scores = source.scores[source.scores["convention"] == choice["convention"]]
    dots = source.reviews.loc[shown, ["review_id", "name", "score_raw", "score_status"]].join(scores["score"])
    dots = dots.assign(opinions=counts.reindex(shown, fill_value=0))
    return _plain(dots).to_dict("records")


def _sides(source: Source, choice: Choice, behind: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows behind the clicked mark, of A and of B if they are compared."""
    codes = behind["review_id"].cat.codes
    return [behind[mask[codes]] for mask in groups(source, choice)] if choice["a"] else [behind]


def _is_quote(source: Source, choice: Choice, side: int, number: int) -> bool:
    sides = _sides(source, choice, listed(source, choice))
    return 0 <= side < len(sides) and 0 <= number < len(sides[side])


def _listing(source: Source, rows: pd.DataFrame, at: list[int], side: int) -> dict[str, Any]:
    """Return a hundred quotes, those around the place `at` if it is on this side, and how many there are."""
    first = at[1] // LISTED * LISTED if at[0] == side else 0
    return {"first": first, "quotes": _quotes(source, rows.iloc[first : first + LISTED]), "of": len(rows)}


def _opened(source: Source, rows: pd.DataFrame, number: int) -> dict[str, Any]:
    """Return the review that a quote is from, with all opinions of its coder marked; the quote is the `current` one."""
    quote = rows.iloc[number].astype("object")
    theirs = source.of_coder(quote["coder"]).query("review_id == @quote['review_id']")
    known = opinions_of(theirs.astype(dict.fromkeys(CATEGORIES, "str")))
    shown = Shown(source.reviews.loc[quote["review_id"], "text"], known, source.labels["theme"])
    current = [one.key for one in shown.opinions].index(tuple(quote[[*OPINIONS.key]]))
    told = {"name": source.labels["review_id"][quote["review_id"]], "number": number, "quotes": len(rows)}
    return shown.view(shown.part_of(quote["start"]), current, None) | {"current": current} | told


def _quotes(source: Source, rows: pd.DataFrame) -> list[list[Any]]:
    """Return name, id, theme, polarity, quote and confidence (None if missing) of each row."""
    names, labels = source.labels["review_id"], source.labels["theme"]
    rows = rows.astype({"review_id": "str"})  # else every review is looked up, not only these
    rows = rows.assign(name=rows["review_id"].map(names.get), theme=rows["theme"].map(labels))
    return _plain(rows[["name", "review_id", "theme", "polarity", "quote", "confidence"]]).to_numpy().tolist()


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with None for what is missing, as JSON needs it, and texts, but for ids, as XML allows them."""
    rows = rows.assign(**{name: rows[name].map(in_xml) for name in _SHOWN if name in rows})
    return rows.astype(object).where(rows.notna(), None)


def _heading(source: Source, choice: Choice, behind: pd.DataFrame) -> str:
    """Say what is clicked, and how many opinions are listed, out of all that the coder found in all reviews."""
    clicked = choice["clicked"]
    what = ", ".join(source.labels[name][clicked[name]] for name in _FILTERS if name in clicked)
    opinions = f"{len(behind):,} of {len(source.of_coder(choice['coder'])):,} opinions"
    reviews = f"{behind['review_id'].nunique():,} of {source.is_read.sum():,} reviews"
    return f"{what}{': ' * bool(what)}{opinions}, in {reviews}"


def _known(source: Source, name: str, value: str) -> str:
    check_choice(value, name, source.values(name))
    return value


def _asks_confidence(source: Source, choice: Choice) -> bool:
    """Return whether a confidence is asked for and the coder states one."""
    return choice["least_confidence"] > 0 and choice["coder"] in source.values("has_confidence")


def _literal(value: str | Sequence[str]) -> str:
    """Write a string, or a list of strings, as Python does, in double quotes where that is safe."""
    if not isinstance(value, str):
        return f"[{', '.join(map(_literal, value))}]"
    return f'"{value}"' if value.isprintable() and not {*value} & {'"', "\\"} else repr(value)
