"""What `explore` explores: the checked tables, as counting and choosing need them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ...base.safe_text import in_xml
from ...coding.belonging import craft_themes, known_themes, reviews_read
from ...summaries.scores import score_distribution
from ...tables.base import OPINIONS
from ...tables.columns import POLARITIES
from ...text.scores import read_conventions
from ..close_reading.concordance import fold

CATEGORIES = ("review_id", "theme", "polarity", "coder")
ABOUT = ("film", "outlet", "critic", "year")  # what a review is chosen by, one value of each
SEARCHED = ["name", "film", "title", "outlet", "critic", "text"]
LONGEST = 300  # films, outlets, critics or years in a list to choose from; of more, one is found by its words


@dataclass(frozen=True)
class Source:
    """What is explored: the checked tables, the options, and whether the user passed themes.

    In `reviews`, `year` is when each was published, as text. `scores` has the values of all conventions. An option is a
    value with its label, and `there` says whether any opinion belongs to it.
    """

    opinions: pd.DataFrame
    reviews: pd.DataFrame
    scores: pd.DataFrame
    options: dict[str, list[dict[str, Any]]]
    own_themes: bool

    def values(self, name: str) -> list[str]:
        """Return what can be chosen: of reviews and themes, those that have an opinion."""
        return [one["value"] for one in self.options.get(name, []) if one["there"]]

    @cached_property
    def of_coder(self) -> Callable[[str], pd.DataFrame]:
        """Return the opinions of a coder."""
        return cache(lambda coder: self.opinions[self.opinions["coder"] == coder])

    def reviews_of(self, filters: Mapping[str, Any]) -> np.ndarray:
        """Return for each review whether it passes these filters; one that is not set lets every review pass."""
        passes = np.ones(len(self.reviews), dtype="bool")
        for name in ABOUT:
            if value := filters.get(name):
                passes &= self.reviews[name].eq(value).to_numpy(bool)
        if words := filters.get("words"):
            passes &= self._found(words)
        if chosen := filters.get("review_id"):
            passes &= self.reviews.index.isin(chosen)
        return passes

    @cached_property
    def _found(self) -> Callable[[str], np.ndarray]:
        """Return for each review whether it has these words, by the same function as the code that is shown."""
        columns = [self.reviews[name].fillna("").map(fold) for name in SEARCHED]

        def found(words: str) -> np.ndarray:
            there = [column.str.contains(fold(words), regex=False).to_numpy(bool) for column in columns]
            return np.logical_or.reduce(there)

        return lru_cache(8)(found)

    @cached_property
    def is_read(self) -> np.ndarray:
        """Return for each review whether it was read, by the rule that the summaries count by."""
        coded = self.opinions[["review_id"]].drop_duplicates().astype("str")
        return self.reviews["review_id"].isin(reviews_read(self.reviews, coded)[0]["review_id"]).to_numpy()

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """What people call each value."""
        return {name: {one["value"]: one["label"] for one in known} for name, known in self.options.items()}


def prepare(reviews: pd.DataFrame, opinions: pd.DataFrame, themes: pd.DataFrame | None = None) -> Source:
    """Check the tables, and convert what is counted to categories, so that 50,000 rows are counted in milliseconds."""
    opinions, listed = known_themes(opinions, OPINIONS, reviews, themes)
    craft = craft_themes(opinions, listed)
    frame = opinions.reset_index(drop=True).assign(
        theme=pd.Categorical(opinions["theme"], craft["theme"]),
        polarity=pd.Categorical(opinions["polarity"], POLARITIES),
        review_id=pd.Categorical(opinions["review_id"], reviews["review_id"]),
        coder=pd.Categorical(opinions["coder"]),
    )
    sure = frame.groupby("coder", observed=True)["confidence"].count().gt(0)
    conventions = sorted(read_conventions()["convention"].unique())
    options = {
        "review_id": _options(reviews["review_id"], reviews["name"], frame["review_id"]),
        "theme": _options(craft["theme"], craft["label"], frame["theme"]),
        "polarity": _options(POLARITIES),
        "coder": _options(sure.index),
        "has_confidence": _options(sure.index[sure]),
        "convention": _options(conventions),
    }
    scores = score_distribution(reviews, convention=conventions).set_index("review_id")
    reviews = reviews.assign(year=reviews["published"].dt.strftime("%Y")).set_index("review_id", drop=False)
    about = {name: reviews[name].dropna().value_counts() for name in ABOUT}
    options |= {name: _options(counts.index) for name, counts in about.items() if 1 < len(counts) <= LONGEST}
    return Source(frame, reviews, scores, options, themes is not None)


def _options(
    values: Iterable[str], labels: Iterable[str] | None = None, there: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """List what can be chosen: by default a value is its own label, and all are there."""
    values = pd.Series(values).tolist()  # faster than one by one
    pairs = zip(values, values if labels is None else pd.Series(labels).tolist(), strict=True)
    known = {*(values if there is None else pd.Series(there).unique())}
    return [{"value": value, "label": in_xml(label), "there": value in known} for value, label in pairs]
