"""The chart of praise and criticism with the words behind its bars, to be pointed at without a kernel."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import PRAISE_AND_CRITICISM, QUOTES
from .checks import to_draw
from .praise_and_criticism import praise_bars, praise_in_words
from .style import MUTED
from .wording import describe, each, tip

_LINE = 19  # pixels
_FEWEST, _MOST = 8, 20  # lines for quotes: as many as the largest bar needs, within these
_HELD = 300  # quotes; of more some are held, so that a chart stays small
_LONGEST = 200  # characters of a quote, where only some are held
_STANDS_FOR = "stands_for"  # how many quotes a held one stands for, so that those left out are counted
_COLUMNS = {"name": 215, "label": 96, "sign": 78, "quote": 340}  # and how many pixels they are wide
_SIGNS = {"praise": "+ praise", "criticism": "− criticism"}


def chart_quotes(counted: pd.DataFrame, quotes: pd.DataFrame) -> ChartType:
    """Draw praise and criticism of each theme, and beneath it the quotes behind the bar that is clicked.

    Parameters
    ----------
    counted : DataFrame
        The praise_and_criticism table.
    quotes : DataFrame
        What ``quotes(opinions, reviews)`` returns: just the opinions that `counted` counts, with the names of reviews.

    Returns
    -------
    altair chart
        At first it lists the largest bar's quotes. A click on another lists its own, with Shift both; a double click
        lists all. There is room for the largest bar's quotes, but for 20 at most; a long one is cut, and shown whole
        under the pointer. Of more than 300 quotes the chart holds some for each bar, taken evenly from all of its own,
        up to 200 characters of each, and says of how many they are; `quotes` lists all.

    Raises
    ------
    TableError
        If a table breaks its declaration, the quotes are not those that `counted` counts, or they lack the names of
        reviews.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, quotes, read_opinions
    >>> opinions, reviews = read_opinions(), load_reviews()
    >>> chart = chart_quotes(praise_and_criticism(opinions, reviews), quotes(opinions, reviews))
    >>> chart.to_dict()["params"][0]["value"]
    [{'theme': 'story', 'polarity': 'criticism'}]
    """
    quotes = to_draw(quotes, QUOTES, "quotes")
    counted = to_draw(counted, PRAISE_AND_CRITICISM, "counted")
    if quotes["name"].isna().any():
        raise TableError("quotes lacks the names of reviews. Make it with quotes(opinions, reviews).")
    _check_counts(counted, quotes)
    largest = counted[counted["opinions"] > 0].nlargest(1, "opinions")
    first = [
        {"theme": theme, "polarity": side} for theme, side in zip(largest["theme"], largest["polarity"], strict=True)
    ]
    bar = alt.selection_point(name="bar", fields=["theme", "polarity"], value=first)
    words = describe(
        "Beneath, the quotes behind the bar that is clicked; at first of", each(largest, "{label}, {polarity}")
    )
    return alt.vconcat(praise_bars(counted, bar), _list(counted, quotes, bar), spacing=24).properties(
        description=f"{praise_in_words(counted)} {words}"
    )


def _list(counted: pd.DataFrame, quotes: pd.DataFrame, bar: alt.Parameter) -> ChartType:
    """Draw the quotes that the selection leaves, a line each."""
    many = len(quotes) > _HELD
    if many:
        lines = int(min(_MOST, max(1, _HELD // counted["opinions"].gt(0).sum())))
        rows = _rows(counted, _some(quotes, counted, lines))
    else:
        lines = int(min(max(counted["opinions"].max() if len(counted) else 0, _FEWEST), _MOST))
        rows = _rows(counted, quotes)
    base = (
        alt.Chart(rows)
        .transform_filter(bar)
        .transform_window(line="row_number()")
        .transform_joinaggregate(found=f"sum({_STANDS_FOR})" if many else "count()", held="count()")
        .transform_filter(f"datum.line <= {lines}")
        .encode(
            y=alt.Y("line:O", axis=None, scale=alt.Scale(domain=list(range(1, lines + 1)))),
            **tip(rows, "name", "review_id", "label", "polarity", "quote"),
        )
    )
    number = base.transform_filter("datum.line == 1").transform_calculate(said=_said(lines, many))
    head = number.mark_text(align="left", fontWeight="bold").encode(
        x=alt.value(0), y=alt.value(-12), text="said:N", tooltip=alt.value(None)
    )
    return alt.layer(*_columns(base), head).properties(
        width=sum(_COLUMNS.values()), height=_LINE * lines, title=_title(many)
    )


def _rows(counted: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes with the labels of their themes, and what the list shows of them."""
    labels = counted.drop_duplicates("theme").set_index("theme")["label"]
    columns = ["name", "review_id", "theme", "polarity", "quote", _STANDS_FOR]
    rows = quotes[[name for name in columns if name in quotes]]
    return rows.assign(label=rows["theme"].map(labels), sign=rows["polarity"].map(_SIGNS))


def _title(many: bool) -> alt.TitleParams:
    """Return the title of the list, which says what a click does."""
    how = "click a bar for its quotes, with Shift for both, double-click for all; hover to read in full"
    return alt.TitleParams(
        "The quotes behind the bar",
        subtitle=how + ("; here are some of each bar, taken evenly" if many else ""),
        anchor="start",
        frame="group",
        fontSize=13,
        subtitleColor=MUTED,
        offset=24,
    )


def _columns(base: alt.Chart) -> list[alt.Chart]:
    """Return the columns of the list."""
    texts, start = [], 0
    for field, width in _COLUMNS.items():
        mark = base.mark_text(align="left", limit=width - 8)
        texts.append(mark.encode(x=alt.value(start), text=f"{field}:N"))
        start += width
    return texts


def _said(lines: int, many: bool) -> str:
    """Return how many opinions are selected, and how many of them are listed, as an expression of Vega."""
    if many:
        here = f"min(datum.held, {lines})"
        less = f"(datum.found > {here} ? ', ' + {here} + ' of them here' : '')"
        return f"format(datum.found, ',d') + (datum.found == 1 ? ' opinion' : ' opinions') + {less}"
    return (
        "datum.found + (datum.found == 1 ? ' opinion' : ' opinions')"
        f" + (datum.found > {lines} ? ', the first {lines} here' : '')"
    )


def _some(quotes: pd.DataFrame, counted: pd.DataFrame, most: int) -> pd.DataFrame:
    """Take up to `most` quotes of each bar, evenly from all, and cut long ones; the first stands for those left out."""
    bars = ["theme", "polarity"]
    of = quotes[bars].merge(counted[[*bars, "opinions"]], on=bars, validate="m:1")["opinions"].set_axis(quotes.index)
    line = quotes.groupby(bars, sort=False).cumcount()
    taken = (line + 1) * most // of > line * most // of
    some = quotes[taken]
    left_out = (of[taken] - most).clip(lower=0).where(~some.duplicated(bars), 0)
    cut = some["quote"].where(some["quote"].str.len() <= _LONGEST, some["quote"].str[: _LONGEST - 1] + "…")
    return some.assign(quote=cut, **{_STANDS_FOR: 1 + left_out})


def _check_counts(counted: pd.DataFrame, quotes: pd.DataFrame) -> None:
    """Refuse quotes that are not as many as are counted: a click would not lead to what it counts."""
    key = ["theme", "polarity"]
    both = pd.DataFrame({"told": counted.set_index(key)["opinions"], "found": quotes.groupby(key).size()}).fillna(0)
    wrong = both[both["told"] != both["found"]]
    if len(wrong):
        (theme, polarity), row = wrong.index[0], wrong.iloc[0]
        raise TableError(
            f"quotes has {row['found']:.0f} rows of {theme!r}, {polarity}, and counted says {row['told']:.0f}. "
            "Make both from the same opinions."
        )
