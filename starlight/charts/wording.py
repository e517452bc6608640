"""The words of all charts: titles, captions and alternative text."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from ..coding import tagger
from ..summaries import UNREAD, some, tagger_on_the_five
from ..summaries.bins import unstated_scores

READERS_F1 = 0.90  # of theme and polarity by sentence, in the five reviews: `agreement` of reader_1 with reader_2
EACH_BAR = "each bar includes its lower end, the last one 100 too"
SIDES = "← criticism\u2003\u2003{}\u2003\u2003praise →"  # the title of an axis whose zero is in the middle
_TITLE = 80  # characters that a title of one line has at most
_LINE = 130  # characters of a line under a title: no wider than a notebook
# What a tooltip calls a column of a table; others by their own names.
_CALLED = {
    "name": "review",
    "review_id": "id of the review",
    "label": "theme",
    "position": "place in the text",
    "low": "from",
    "high": "to",
    "column": "counted",
    "of": "of reviews",
    "recoder": "other coder",
    "others": "opinions of the other",
    "score_raw": "printed score",
    "expected": "by chance",
    "reviews_mentioning": "reviews that mention it",
    "reviews_judging": "reviews that judge it",
}
_SHARES = ("share", "low", "high", "position")  # columns that are shown in per cent
_SAID = 50  # values that a description lists; nobody listens to more

# How a score is printed beside a mark, as an expression of Vega.
PRINTED = (
    "datum.score_status == 'none' ? 'no score' : "
    "datum.score_raw + (datum.score_status == 'stated' ? '' : ' (' + datum.score_status + ')')"
)


def heading(title: str, *subtitle: str, longest: int = _LINE) -> alt.TitleParams:
    """Return a chart's title, with its measure and denominator in lines of at most so many characters below it."""
    lines = [part for line in subtitle for part in balanced(line, longest)]
    titles = balanced(title, _TITLE)
    return alt.TitleParams(titles if len(titles) > 1 else title, subtitle=lines, anchor="start", frame="bounds")


def called(column: str) -> str:
    """Return what people call a column."""
    return _CALLED.get(column, column.replace("_", " "))


def tip(frame: pd.DataFrame, *columns: str) -> dict[str, Any]:
    """Return what is shown of a mark under the pointer, and said of it aloud: columns of a table, named in words."""
    shown, said = [], []
    for column in columns:
        name = called(column)
        number = pd.api.types.is_numeric_dtype(frame[column])
        form = ".0%" if column in _SHARES and not (number and frame[column].gt(1).any()) else ",d"
        if number:
            shown.append(alt.Tooltip(column, type="quantitative", title=name, format=form))
        else:
            shown.append(alt.Tooltip(column, type="nominal", title=name))
        if column != "review_id":
            said.append(f"'{name}: ' + " + (f"format(datum.{column}, '{form}')" if number else f"datum.{column}"))
    return {"tooltip": shown, "description": alt.value(alt.ExprRef(" + '; ' + ".join(said)))}


def balanced(text: str, longest: int) -> list[str]:
    """Break a text into as few lines of at most so many characters as there must be, none much shorter than others."""
    lines = wrap(text, longest)
    widths = range(len(text) // max(1, len(lines)), longest)
    return next((even for width in widths if width and len(even := wrap(text, width)) <= len(lines)), lines)


def nothing(why: str, *subtitle: str) -> alt.Chart:
    """Return a chart of one sentence, which says why there is nothing to draw, and what is known about it."""
    return (
        alt.Chart(pd.DataFrame({"nothing": []}))
        .mark_point()
        .properties(
            width=1,
            height=1,
            title=heading(why, *subtitle),
            description=describe(f"{why}.", []),
            view=alt.ViewConfig(stroke=None),
        )
    )


def describe(what: str, values: Iterable[str]) -> str:
    """Return a chart in words, for people who do not see it."""
    values = list(values) or ["There is nothing to show"]
    more = f"; and {len(values) - _SAID} more" if len(values) > _SAID else ""
    return f"{what} {'; '.join(values[:_SAID])}{more}."


def each(rows: pd.DataFrame, template: str) -> list[str]:
    """Return the template filled in with each row: ``{label}`` is the row's label."""
    names = rows.columns.tolist()
    return [template.format_map(dict(zip(names, row, strict=True))) for row in rows.itertuples(index=False, name=None)]


def not_drawn(reviews: pd.DataFrame) -> list[str]:
    """Return a line of a subtitle that says how many reviews have no stated score; no line if all have one."""
    said = each(unstated_scores(reviews), "{reviews:,} {status}")
    return [f"not drawn: {', '.join(said)}"] if said else []


def coders(frame: pd.DataFrame) -> list[str]:
    """Return lines that say which reviews are left out, whose coding is counted, and its F1 where it was measured.

    The coding of the five is known by its reviews, not by its coder's name, which any coding may have.
    """
    names = [name for name in frame.get("coder", pd.Series(dtype="str")).unique() if name != "none"]
    on_the_five = len(frame) > 0 and "corpus" in frame and bool(frame["corpus"].notna().all())
    known = tagger.settings()
    snippets, reviews = known.measured["snippets"], known.measured["whole reviews"]
    said, f1 = {known.name: f"{known.name}, a model"}, []
    if on_the_five:
        said["settled"] = f"settled from two readings by a language model, which agree at F1 {READERS_F1:.2f}"
    if on_the_five and known.name in names:
        f1 = [f"the model's F1 on these reviews, against the settled readings: {tagger_on_the_five():.2f}"]
    elif known.name in names:
        of = f"{snippets:.2f} on snippets, {reviews:.2f} on whole reviews"
        f1 = [f"the model's F1 on other reviews, against a language model's reading: {of}"]
    whose = ["coding: " + "; ".join(said.get(name, name) for name in names)] if names else []
    out = int(frame["left_out"].iloc[0]) if "left_out" in frame and len(frame) else 0
    return [*[f"left out: {some(out, 'review')}, {UNREAD}"] * bool(out), *whose, *f1]
