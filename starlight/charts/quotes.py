"""The chart of praise and criticism with the words behind its bars, to be pointed at without a kernel."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..errors import TableError
from ..summaries.opinions import PRAISE_AND_CRITICISM, QUOTES
from ..tables.schema import check
from .praise_and_criticism import chart_praise_and_criticism
from .style import INK, MUTED, review_names
from .wording import describe

_LINE = 19  # pixels
_FEWEST, _MOST = 8, 20  # lines for quotes: as many as the largest bar needs, within these
_HELD = 300  # quotes; of more some are held, so that a chart stays small
_LONGEST = 200  # characters of a quote, where only some are held
_STANDS_FOR = "stands_for"  # how many quotes a held one stands for, so that those left out are counted
_WIDTH = 670
_COLUMNS = {"review": 0, "theme": 40, "polarity": 132, "quote": 214}  # where each begins, in pixels
_SHORT, _WIDER = 4, 40  # characters of a review's name that fit its column, and the pixels more for longer ones
_SIGNS = {"praise": "▲ praise", "criticism": "▼ criticism"}


def chart_quotes(counted: pd.DataFrame, quotes: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw praise and criticism of each theme, and beneath it the quotes behind the bar that is clicked.

    Parameters
    ----------
    counted : DataFrame
        The praise_and_criticism table.
    quotes : DataFrame
        The quotes table: just the opinions that `counted` counts.

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
        If a table breaks its declaration, or the quotes are not those that `counted` counts.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, quotes, read_opinions
    >>> opinions = read_opinions()
    >>> chart = chart_quotes(praise_and_criticism(opinions, load_reviews()), quotes(opinions))
    >>> chart.to_dict()["params"][0]["value"]
    [{'theme': 'story', 'polarity': 'criticism'}]
    """
    check(quotes, QUOTES, "quotes")
    check(counted, PRAISE_AND_CRITICISM, "counted")
    _check_counts(counted, quotes)
    largest = counted[counted["opinions"] > 0].nlargest(1, "opinions")
    first = largest[["theme", "polarity"]].to_dict("records")
    bar = alt.selection_point(name="bar", fields=["theme", "polarity"], value=first)
    bars = chart_praise_and_criticism(counted)
    described, bars.description = bars.description, alt.Undefined
    bars.layer[0] = (
        bars.layer[0]
        .encode(stroke=alt.condition(bar, alt.value(INK), alt.value(None)))
        .properties(mark=alt.MarkDef("bar", height={"band": 0.7}, strokeWidth=2.5, cursor="pointer"))
        .add_params(bar)
    )
    return alt.vconcat(bars, _list(counted, quotes, bar), spacing=24).properties(
        description=described
        + " "
        + describe(
            "Beneath, the quotes behind the bar that is clicked; at first of",
            (f"{r.label}, {r.polarity}" for r in largest.itertuples()),
        )
    )


def _list(counted: pd.DataFrame, quotes: pd.DataFrame, bar: alt.Parameter) -> alt.LayerChart:
    """Draw the quotes that the selection leaves, a line each."""
    lines = int(min(max(counted["opinions"].max() if len(counted) else 0, _FEWEST), _MOST))
    many = len(quotes) > _HELD
    if many:
        lines = int(min(_MOST, max(1, _HELD // counted["opinions"].gt(0).sum())))
        quotes = _some(quotes, lines)
    names = review_names(quotes)
    labels = dict(zip(counted["theme"], counted["label"], strict=True))
    rows = quotes[["review_id", "theme", "polarity", "quote", *([_STANDS_FOR] if many else [])]].assign(
        review=quotes["review_id"].map(names), label=quotes["theme"].map(labels), sign=quotes["polarity"].map(_SIGNS)
    )
    found = {"found": f"sum({_STANDS_FOR})", "held": "count()"} if many else {"found": "count()"}
    base = (
        alt.Chart(rows)
        .transform_filter(bar)
        .transform_window(line="row_number()")
        .transform_joinaggregate(**found)
        .transform_filter(f"datum.line <= {lines}")
        .encode(
            y=alt.Y("line:O", axis=None, scale=alt.Scale(domain=list(range(1, lines + 1)))),
            tooltip=["review_id:N", "label:N", "polarity:N", "quote:N"],
        )
    )
    wider = _WIDER if rows["review"].str.len().max() > _SHORT else 0  # False where there are no rows
    starts = [0, *(start + wider for start in list(_COLUMNS.values())[1:])]
    ends = [*starts[1:], _WIDTH]
    columns = [
        base.mark_text(align="left", limit=end - start - 8).encode(x=alt.value(start), text=f"{field}:N")
        for field, start, end in zip(("review", "label", "sign", "quote"), starts, ends, strict=True)
    ]
    number = base.transform_filter("datum.line == 1").transform_calculate(said=_said(lines, many))
    head = number.mark_text(align="left", fontWeight="bold").encode(
        x=alt.value(0), y=alt.value(-12), text="said:N", tooltip=alt.value(None)
    )
    return alt.layer(*columns, head).properties(
        width=_WIDTH,
        height=_LINE * lines,
        title=alt.TitleParams(
            "The quotes behind the bar",
            subtitle="click a bar for its quotes, with Shift for both, double-click for all; hover to read in full"
            + ("; here are some of each bar, taken evenly" if many else ""),
            anchor="start",
            frame="group",
            fontSize=13,
            subtitleColor=MUTED,
            offset=24,
        ),
    )


def _said(lines: int, many: bool) -> str:
    """Say how many opinions are selected, and how many of them are listed, as an expression of Vega."""
    if many:
        here = f"min(datum.held, {lines})"
        less = f"(datum.found > {here} ? ', ' + {here} + ' of them here' : '')"
        return f"format(datum.found, ',d') + (datum.found == 1 ? ' opinion' : ' opinions') + {less}"
    return (
        "datum.found + (datum.found == 1 ? ' opinion' : ' opinions')"
        f" + (datum.found > {lines} ? ', the first {lines} here' : '')"
    )


def _some(quotes: pd.DataFrame, each: int) -> pd.DataFrame:
    """Take of each bar's quotes this many, evenly from all, long ones cut; the first stands for those left out too."""
    bars = quotes.groupby(["theme", "polarity"], sort=False)
    line, of = bars.cumcount(), bars["quote"].transform("size")
    taken = (line + 1) * each // of > line * each // of
    some = quotes[taken]
    left_out = (of[taken] - each).clip(lower=0).where(~some.duplicated(["theme", "polarity"]), 0)
    cut = some["quote"].where(some["quote"].str.len() <= _LONGEST, some["quote"].str[: _LONGEST - 1] + "…")
    return some.assign(quote=cut, **{_STANDS_FOR: 1 + left_out})


def _check_counts(counted: pd.DataFrame, quotes: pd.DataFrame) -> None:
    """Refuse quotes that are not as many as are counted: a click would not lead to what it counts."""
    key = ["theme", "polarity"]
    found = quotes.groupby(key).size()
    told = counted.set_index(key)["opinions"]
    both = pd.DataFrame({"told": told, "found": found}).fillna(0)
    wrong = both[both["told"] != both["found"]]
    if len(wrong):
        (theme, polarity), row = wrong.index[0], wrong.iloc[0]
        raise TableError(
            f"quotes has {row['found']:.0f} rows of {theme!r}, {polarity}, and counted says {row['told']:.0f}. "
            "Make both from the same opinions."
        )
