"""The chart of praise and criticism with the words behind its bars, to be pointed at without a kernel."""

from textwrap import wrap
from unicodedata import east_asian_width

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import PRAISE_AND_CRITICISM, QUOTES
from .checks import to_draw
from .praise_and_criticism import framed_praise, praise_bars
from .style import MUTED
from .wording import each, tip

_LINE, _GAP = 16, 5  # pixels: of a line, and between quotes
_FEWEST, _MOST = 8, 20  # quotes of a line that there is room for: as many as the largest bar has, within these
_HELD = 300  # quotes; of more some are held, so that a chart stays small
_LONGEST, _WRAPPED = 200, 62  # characters of a quote where only some are held, and of a line
_ROOM = 4  # lines of a quote
_STANDS_FOR = "stands_for"  # how many quotes a held one stands for, so that those left out are counted
_COLUMNS = {"name": (0, 200), "judged": (208, 118), "shown": (332, 388)}  # pixels: where each begins, how wide it is
_SIGNS = {"praise": "+ ", "criticism": "− "}


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
        lists all, as far as there is room: 20 lines at most. A quote of more than four lines is cut, and shown whole
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
    beneath = each(largest, "beneath, the quotes behind the bar that is clicked, at first of {label}, {polarity}")
    drawn = alt.vconcat(praise_bars(counted, bar), _list(counted, quotes, bar), spacing=24)
    return framed_praise(drawn, counted, *beneath)


def _list(counted: pd.DataFrame, quotes: pd.DataFrame, bar: alt.Parameter) -> ChartType:
    """Draw the quotes that the selection leaves, each broken into lines, as far as there is room."""
    many = len(quotes) > _HELD
    if many:
        quotes = _some(quotes, counted, int(min(_MOST, max(1, _HELD // counted["opinions"].gt(0).sum()))))
    columns = ["name", "review_id", "theme", "polarity", "quote", _STANDS_FOR]
    rows = quotes[[name for name in columns if name in quotes]]
    label = rows["theme"].map(counted.drop_duplicates("theme").set_index("theme")["label"])
    broken = [_lines(quote) for quote in rows["quote"]]
    rows = rows.assign(
        label=label,
        judged=rows["polarity"].map(_SIGNS) + label,
        shown=["\n".join(lines) + " " for lines in broken],
        height=[_LINE * max(1, len(lines)) + _GAP for lines in broken],
    )
    largest = rows.groupby(["theme", "polarity"])["height"].sum().max() if len(rows) else 0
    room = int(min(max(largest, _FEWEST * (_LINE + _GAP)), _MOST * (_LINE + _GAP)))
    base = (
        alt.Chart(rows)
        .transform_filter(bar)
        .transform_window(end="sum(height)")
        .transform_joinaggregate(found=f"sum({_STANDS_FOR})" if many else "count()")
        .transform_filter(f"datum.end <= {room}")
        .transform_joinaggregate(here="count()")
        .transform_calculate(top="datum.end - datum.height")
        .encode(
            y=alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[0, room], reverse=True)),
            **tip(rows, "name", "review_id", "label", "polarity", "quote"),
        )
    )
    said = "format(datum.found, ',d') + (datum.found == 1 ? ' opinion' : ' opinions')"
    said += " + (datum.found > datum.here ? ', ' + datum.here + ' of them here' : '')"
    head = base.transform_filter("datum.top == 0").transform_calculate(said=said)
    head = head.mark_text(align="left", fontWeight="bold").encode(
        x=alt.XValue(0), y=alt.YValue(-12), text="said:N", tooltip=alt.value(None)
    )
    texts = [
        base.mark_text(align="left", baseline="top", lineBreak="\n", limit=width, lineHeight=_LINE).encode(
            x=alt.XValue(at), text=f"{field}:N"
        )
        for field, (at, width) in _COLUMNS.items()
    ]
    how = "click a bar for its quotes, with Shift for both, double-click for all"
    return alt.layer(*texts, head).properties(
        width=720,
        height=room,
        title=alt.TitleParams(
            "The quotes behind the bar",
            subtitle=how + ("; here are some of each bar, taken evenly" if many else ""),
            anchor="start",
            frame="group",
            fontSize=13,
            subtitleColor=MUTED,
            offset=24,
        ),
    )


def _lines(quote: str) -> list[str]:
    """Break a quote into lines; a letter that is as wide as two counts twice."""
    twice = sum(east_asian_width(letter) in "WF" for letter in quote)
    return wrap(quote, _WRAPPED * len(quote) // max(1, len(quote) + twice) + 1, max_lines=_ROOM, placeholder=" …")


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
