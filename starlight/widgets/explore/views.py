"""What `explore` shows, as pure functions: a choice and an action give the next choice, a choice gives its view.

A choice is a dict: `review_id`, `theme` and `polarity` are lists of what is wanted (none: all); then the `coder`, the
`least_confidence`, the grade `convention`, and `clicked`, which says by its keys what of a chart was clicked: theme and
polarity (a bar), theme and review_id (a cell), or review_id (a dot). The charts count what the filters leave; the
quotes are the rows that the clicked mark counts, or all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ...charts.style import review_names
from ...charts.wording import coders
from ...coding.belonging import craft_themes, known_reviews
from ...coding.themes import given_themes
from ...errors import TableError, did_you_mean
from ...summaries.scores import score_distribution
from ...tables.base import OPINIONS, REVIEWS
from ...tables.columns import POLARITIES
from ...tables.schema import check
from ...text.scores import read_conventions

LISTED = 100  # quotes that are shown at once
COLUMNS = 24  # reviews that the matrix and the scores show at once
_FILTERS = ("theme", "polarity", "review_id")
_MARKS = ({"theme", "polarity"}, {"theme", "review_id"}, {"review_id"})


@dataclass(frozen=True)
class Source:
    """What is explored: the checked tables, what there is to choose from, and whether the themes are its user's."""

    opinions: pd.DataFrame
    reviews: pd.DataFrame
    themes: pd.DataFrame
    scores: pd.DataFrame
    options: dict[str, list[dict]]
    names: dict[str, str]
    own_themes: bool

    def values(self, name: str) -> list[str]:
        """Give what can be chosen; of reviews and themes, those of which there is an opinion."""
        return [one["value"] for one in self.options[name] if one["there"]]


def prepare(reviews: pd.DataFrame, opinions: pd.DataFrame, themes: pd.DataFrame | None = None) -> Source:
    """Check the tables, and put what is counted into a form that counts fast."""
    check(reviews, REVIEWS, "reviews")
    check(opinions, OPINIONS, "opinions")
    known_reviews(opinions, reviews, "opinions")
    craft = craft_themes(opinions, given_themes(themes))
    # A cell or a dot is found by its review; categories make 50,000 rows count in milliseconds.
    frame = opinions.reset_index(drop=True).assign(
        theme=pd.Categorical(opinions["theme"], craft["theme"]),
        polarity=pd.Categorical(opinions["polarity"], POLARITIES),
        review_id=pd.Categorical(opinions["review_id"], reviews["review_id"]),
        coder=pd.Categorical(opinions["coder"]),
    )
    scores = score_distribution(reviews, convention=sorted(read_conventions()["convention"].unique()))
    names = review_names(reviews)
    return Source(frame, reviews, craft, scores, _options(frame, names, craft), names, themes is not None)


def _options(opinions: pd.DataFrame, names: dict[str, str], themes: pd.DataFrame) -> dict[str, list[dict]]:
    """List what there is to choose from, each with its label and whether any opinion is of it."""
    sure = opinions.groupby("coder", observed=True)["confidence"].count().gt(0)
    values = {
        "review_id": names.items(),
        "theme": zip(themes["theme"], themes["label"], strict=True),
        "polarity": ((polarity, polarity) for polarity in POLARITIES),
        "coder": ((coder, coder) for coder in sure.index),
        "has_confidence": ((coder, coder) for coder in sure.index[sure]),
        "convention": ((name, name) for name in sorted(read_conventions()["convention"].unique())),
    }
    there = {name: {*opinions[name].unique()} for name in ("review_id", "theme")}
    return {
        name: [{"value": value, "label": label, "there": value in there.get(name, [value])} for value, label in pairs]
        for name, pairs in values.items()
    }


def first_choice(source: Source) -> dict:
    """Choose everything: no filter, nothing clicked, the settled coding where there is one."""
    known = source.values("coder")
    coder = "settled" if "settled" in known else next(iter(known), "none")
    filters = {"review_id": [], "theme": [], "polarity": [], "coder": coder, "least_confidence": 0.0}
    return filters | {"convention": "metacritic", "clicked": {}}


def act(source: Source, choice: Mapping, action: Mapping) -> dict:
    """Give the choice after an action: `toggle` a value of a filter, `set` a single one, `click` a mark, or `reset`.

    A mark that the filters leave without any row is no longer clicked.
    """
    what, name = action.get("do"), action.get("filter")
    if what == "reset":
        return first_choice(source)
    after = dict(choice)
    if what == "toggle" and name in _FILTERS:
        value = _known(source, name, action.get("value"))
        chosen = {*choice[name]} ^ {value}
        after[name] = [known for known in source.values(name) if known in chosen]
    elif what == "set" and name in ("coder", "convention"):
        after[name] = _known(source, name, action.get("value"))
    elif what == "set" and name == "least_confidence":
        after[name] = min(max(float(action["value"]), 0.0), 1.0)
    elif what == "click" and set(action.get("at", ())) in _MARKS:
        mark = {key: _known(source, key, value) for key, value in action["at"].items()}
        after["clicked"] = {} if choice["clicked"] == mark else mark
    else:
        raise TableError(f"No action {dict(action)!r}. Allowed: toggle, set, click and reset.")
    return after if len(listed(source, after)) else after | {"clicked": {}}


def counted(source: Source, choice: Mapping) -> pd.DataFrame:
    """Give the opinions that the filters leave: what the charts count."""
    rows = source.opinions
    wanted = {name: choice[name] for name in _FILTERS if choice[name]} | {"coder": [choice["coder"]]}
    for name, values in wanted.items():
        rows = rows[rows[name].isin(values)]
    return rows[rows["confidence"] >= choice["least_confidence"]] if _asks_confidence(source, choice) else rows


def listed(source: Source, choice: Mapping) -> pd.DataFrame:
    """Give the opinions behind the mark that is clicked, in their order; all that are counted where none is."""
    rows = counted(source, choice)
    for name, value in choice["clicked"].items():
        rows = rows[rows[name] == value]
    return rows


def code(source: Source, choice: Mapping) -> str:
    """Write the line of code that lists the same rows."""
    wanted = {name: choice[name] for name in _FILTERS} | {name: [value] for name, value in choice["clicked"].items()}
    wanted["coder"] = [choice["coder"]] if len(source.values("coder")) > 1 else []
    parts = [f"{name}={_literal(values)}" for name, values in wanted.items() if values]
    if _asks_confidence(source, choice):
        parts.append(f"least_confidence={choice['least_confidence']:g}")
    if source.own_themes:
        parts.append("themes=themes")
    return f"st.quotes({', '.join(['opinions', *parts])})"


def view(source: Source, choice: Mapping) -> dict:
    """Give all that the widget shows of a choice: counts for its marks, the first quotes, and what they are."""
    rows, behind = counted(source, choice), listed(source, choice)
    groups = rows.groupby(["theme", "review_id", "polarity"], observed=True).size().rename("opinions").reset_index()
    by_review = rows["review_id"].value_counts()
    there = [r for r in source.reviews["review_id"] if r in choice["review_id"] or not choice["review_id"]]
    shown = there if len(there) <= COLUMNS else by_review.reindex(there).nlargest(COLUMNS).index.tolist()
    names, labels = source.names, dict(zip(source.themes["theme"], source.themes["label"], strict=True))
    first = behind.head(LISTED)
    return {
        "bars": _bars(source, choice, groups, labels),
        "cells": _cells(groups[groups["review_id"].isin(shown)]),
        "reviews": _dots(source, choice, shown, by_review),
        "reviews_more": len(there) - len(shown),
        "quotes": [
            [names[r.review_id], r.review_id, labels[r.theme], r.polarity, r.quote, _sure(r.confidence)]
            for r in first.itertuples()
        ],
        "quotes_more": len(behind) - len(first),
        "heading": _heading(source, choice, behind, labels),
        "code": code(source, choice),
        "coding": "; ".join(coders(pd.DataFrame({"coder": [choice["coder"]]}))),
    }


def _bars(source: Source, choice: Mapping, groups: pd.DataFrame, labels: Mapping[str, str]) -> list[dict]:
    """Give each theme's praise and criticism: themes in the order of all that the coder says, so that bars stay put."""
    of_coder = source.opinions[source.opinions["coder"] == choice["coder"]]
    order = of_coder["theme"].value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    groups = groups.groupby(["theme", "polarity"], observed=True)["opinions"]
    in_reviews = groups.size()
    found = {pair: [int(number), int(in_reviews[pair])] for pair, number in groups.sum().items()}
    return [
        {"theme": theme, "label": labels[theme]}
        | {polarity: found.get((theme, polarity), [0, 0]) for polarity in POLARITIES}
        for theme in order
        if theme in choice["theme"] or not choice["theme"]
    ]


def _cells(groups: pd.DataFrame) -> list[list]:
    """Give theme, review, praise and criticism of each cell that has an opinion."""
    cells: dict[tuple[str, str], list[int]] = {}
    for row in groups.itertuples():
        cells.setdefault((row.theme, row.review_id), [0, 0])[POLARITIES.index(row.polarity)] = int(row.opinions)
    return [[*key, *both] for key, both in cells.items()]


def _dots(source: Source, choice: Mapping, shown: list[str], counts: pd.Series) -> list[dict]:
    """Give each review shown: its printed score, what that is worth by the convention, and its number of opinions."""
    wanted = source.scores["convention"].eq(choice["convention"]) & source.scores["review_id"].isin(shown)
    scores = source.scores[wanted].set_index("review_id")
    printed = scores[["score", "score_raw", "score_status"]].astype(object).to_dict("index")
    none = {"score": None, "score_raw": "", "score_status": "none"}
    drawn = [{"review_id": r, "name": source.names[r], "opinions": int(counts.get(r, 0))} for r in shown]
    rows = [row | printed.get(row["review_id"], none) for row in drawn]
    return [row | {"score": None if pd.isna(row["score"]) else float(row["score"])} for row in rows]


def _heading(source: Source, choice: Mapping, behind: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Say what was clicked, and how many opinions are listed, of all that the coder found in all reviews."""
    clicked = choice["clicked"]
    what = [labels[clicked["theme"]]] if "theme" in clicked else []
    what += [clicked["polarity"]] if "polarity" in clicked else []
    what += [f"review {source.names[clicked['review_id']]}"] if "review_id" in clicked else []
    of = int(source.opinions["coder"].eq(choice["coder"]).sum())
    number = (
        f"{len(behind):,} of {of:,} opinions, in {behind['review_id'].nunique():,} of {len(source.reviews):,} reviews"
    )
    return f"{', '.join(what)}: {number}" if what else number


def _known(source: Source, name: str, value: object) -> str:
    known = source.values(name)
    if value not in known:
        raise TableError(f"No {name} {value!r}. {did_you_mean(value, known)}")
    return value


def _asks_confidence(source: Source, choice: Mapping) -> bool:
    """Tell whether a least confidence is asked for, of a coder that says how sure it is."""
    return choice["least_confidence"] > 0 and choice["coder"] in source.values("has_confidence")


def _literal(values: Sequence[str]) -> str:
    """Write one string, or a list of several, as Python does, in double quotes where that is safe."""
    written = [f'"{value}"' if value.isprintable() and not {*value} & {'"', "\\"} else repr(value) for value in values]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _sure(confidence: float) -> float | None:
    return None if pd.isna(confidence) else float(confidence)
