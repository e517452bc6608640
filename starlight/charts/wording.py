"""The words of all charts: titles, captions and alternative text."""

import re
from collections.abc import Iterable
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..coding import tagger
from ..summaries import UNREAD, some, tagger_on_the_five
from ..summaries.bins import unstated_scores
from ..tables import DECLARED
from .style import ROW, WIDTH

READERS_F1 = 0.90  # of theme and polarity by sentence, in the five reviews: `agreement` of reader_1 with reader_2
EACH_BAR = "each bar includes its lower end, the last one 100 too"
SIDES = "← criticism\u2003\u2003{}\u2003\u2003praise →"  # the title of an axis whose zero is in the middle
_TITLE, _LINE = 80, 110  # characters that a title of one line, and a line under it, have at most
# What a tooltip calls a column of a table; others by their own names.
_CALLED = {
    "name": "review",
    "review_id": "id of the review",
    "label": "theme",
    "position": "place in the text",
    "at": "share",
    "column": "counted",
    "of": "of reviews",
    "recoder": "other coder",
    "others": "opinions of the other",
    "score_raw": "printed score",
    "expected": "by chance",
    "reviews_mentioning": "reviews that mention it",
    "reviews_judging": "reviews that judge it",
    "naive": "by the program",
    "in_it": "reviews",
    "either": "in either coding",
    "f1": "F1",
    "found": "found by the other",
    "adjusted": "p, for all comparisons",
    **dict.fromkeys(("low", "f1_low", "found_low"), "from"),
    **dict.fromkeys(("high", "f1_high", "found_high"), "to"),
}
# How it writes numbers: shares, which are declared to be 1 at most, in per cent; others with separators.
_FORMS = {column.name: ".0%" for table in DECLARED for column in table.columns if column.most == 1}
_FORMS |= dict.fromkeys(("at", "found_low", "found_high"), ".0%") | dict.fromkeys(("f1", "f1_low", "f1_high"), ".2f")
_FORMS |= {"difference": "+.0%", "p": ".2g", "adjusted": ".2g", "score": ".3~g"}
_UNCORRECTED = "counts and shares are its own, not corrected by reading a sample"  # as `corrected_shares` does
_LEARNED = re.compile(r"(codebook \w+), F1 (.+)")  # the coder's name, as `Learned.name` has it
_LINES = 8  # that a statement under a title has at most
_LABELLED = re.compile(r"\w+( \w+)?: ")  # what begins so is a statement, such as "not drawn: 2 unreadable"
_SIZE = {"width": WIDTH, "height": ROW}  # of a chart that says no other
_SAID = 50  # values that a description lists; nobody listens to more

# How a score is printed beside a mark, as an expression of Vega.
PRINTED = (
    "datum.score_status == 'none' ? 'no score' : "
    "datum.score_raw + (datum.score_status == 'stated' ? '' : ' (' + datum.score_status + ')')"
)


def framed(
    drawn: ChartType,
    title: str,
    *lines: str,
    coded: pd.DataFrame | None = None,
    said: str,
    values: Iterable[str] = (),
    **size: Any,
) -> ChartType:
    """Add a chart's title, the lines below it, whose coding it draws, and its text for people who do not see it."""
    of = [] if coded is None else coders(coded)
    titles, below = balanced(title, _TITLE), [part for line in [*lines, *of] for part in balanced(line, _LINE)]
    values = list(values) or ["There is nothing to show"]
    more = f"; and {len(values) - _SAID} more" if len(values) > _SAID else ""
    if not isinstance(drawn, alt.VConcatChart):
        given = {name: drawn[name] for name in _SIZE if drawn[name] is not alt.Undefined}
        size = _SIZE | given | size
    return drawn.properties(
        title=alt.TitleParams(titles if titles[1:] else title, subtitle=below, anchor="start", frame="bounds"),
        description=f"{said} {'; '.join(values[:_SAID])}{more}.",
        **size,
    )


def called(column: str) -> str:
    """Return what people call a column."""
    return _CALLED.get(column, column.replace("_", " "))


def tip(frame: pd.DataFrame, *columns: str) -> dict[str, Any]:
    """Return what is shown of a mark under the pointer, and said of it aloud: columns of a table, named in words."""
    shown, said = [], []
    for name in columns:
        form, title = _FORMS.get(name, ",d"), called(name)
        value = f"datum.{name}"
        if pd.api.types.is_numeric_dtype(frame[name]):
            form = ",d" if form == ".0%" and frame[name].gt(1).any() else form
            value = f"format({value}, '{form}')"
            shown.append(alt.Tooltip(name, type="quantitative", title=title, format=form))
        else:
            shown.append(alt.Tooltip(name, type="nominal", title=title))
        said += [f"'{title}: ' + {value}"] * (name != "review_id")
    return {"tooltip": shown, "description": alt.DescriptionValue(alt.ExprRef(" + '; ' + ".join(said)))}


def balanced(text: str, longest: int) -> list[str]:
    """Break a text into as few lines of at most so many characters as there must be, none much shorter than others."""
    lines = wrap(text, longest)
    widths = range(len(text) // max(1, len(lines)), longest)
    return next((even for width in widths if width and len(even := wrap(text, width)) <= len(lines)), lines)


def statements(lines: list[str]) -> list[str]:
    """Return whole the statements under a title, which `balanced` broke into lines."""
    whole = []
    while lines:
        labelled = (end for end in range(1, len(lines)) if _LABELLED.match(lines[end]))
        ends = range(min(next(labelled, len(lines)), _LINES), 1, -1)
        end = next((end for end in ends if balanced(" ".join(lines[:end]), _LINE) == lines[:end]), 1)
        whole.append(" ".join(lines[:end]))
        lines = lines[end:]
    return whole


def nothing(why: str, *lines: str, coded: pd.DataFrame | None = None) -> ChartType:
    """Return a chart of one sentence, which says why there is nothing to draw, and what is known about it."""
    empty = alt.Chart(pd.DataFrame({"nothing": []}), width=1, height=1, view=alt.ViewConfig(stroke=None)).mark_point()
    return framed(empty, why, *lines, coded=coded, said=f"{why}.")


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

    The coding of the five is known by its reviews, not by its coder's name, which any coding may have. The name of a
    codebook that was learned holds its F1, so that it goes wherever the opinions go.
    """
    names = [name for name in frame.get("coder", pd.Series(dtype="str")).unique() if name != "none"]
    on_the_five = len(frame) > 0 and "corpus" in frame and bool(frame["corpus"].notna().all())
    known = tagger.settings()
    snippets, reviews = known.measured["snippets"], known.measured["whole reviews"]
    said, f1 = {known.name: f"{known.name}, a model ({_UNCORRECTED})"}, []
    if on_the_five:
        said["settled"] = f"settled from two readings by a language model, which agree at F1 {READERS_F1:.2f}"
    if on_the_five and known.name in names:
        f1 = [f"the model's F1 on these reviews, against the settled readings: {tagger_on_the_five():.2f}"]
    elif known.name in names:
        of = f"{snippets:.2f} on snippets, {reviews:.2f} on whole reviews"
        f1 = [f"the model's F1 on other reviews, against a language model's reading: {of}"]
    for found in filter(None, map(_LEARNED.fullmatch, names)):
        said[found[0]] = f"{found[1]}, learned from sentences that a person read ({_UNCORRECTED})"
        f1.append(f"its F1 on these sentences, each review coded by what the others taught: {found[2]}")
    whose = ["coding: " + "; ".join(said.get(name, name) for name in names)] if names else []
    out = int(frame["left_out"].iloc[0]) if "left_out" in frame and len(frame) else 0
    return [*[f"left out: {some(out, 'review')}, {UNREAD}"] * bool(out), *whose, *f1]
