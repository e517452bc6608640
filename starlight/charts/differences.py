"""The chart of two groups of reviews side by side: a line for each difference, with its interval."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..errors import TableError
from ..summaries import DIFFERENCES
from .checks import to_draw
from .style import BETWEEN, BLUE, CARD, INK, LINE, MUTED
from .wording import coders, describe, each, heading, nothing

_CHANCE = 0.05
_MOST = 60
_WIDTH, _COLUMN = 360, 92  # pixels: of the differences, and of each column of counts


def chart_differences(differ: pd.DataFrame, *, most: int = 16) -> ChartType:
    """Draw the differences of two groups of reviews that are furthest beyond chance, each with its 95 % interval.

    Parameters
    ----------
    differ : DataFrame
        The differences table.
    most : int
        How many to draw, 1 to 60.

    Returns
    -------
    altair chart
        A dot for each difference, to the side of the group that has more of it, and the counts of both beside it. It is
        filled where the difference is beyond chance, all comparisons of the table taken together.

    Raises
    ------
    TableError
        If `differ` breaks its declaration, holds several pairs of groups, or `most` is not from 1 to 60.

    Examples
    --------
    >>> from starlight import differences, find_mentions, load_reviews, read_opinions, split_sentences
    >>> reviews = load_reviews().assign(length=["long", "long", "short", "short", "short"])
    >>> mentions = find_mentions(split_sentences(reviews))
    >>> chart = chart_differences(differences(mentions, read_opinions(), reviews, by="length"))
    >>> chart.to_dict()["title"]["text"]
    'No difference between “short” and “long” is beyond chance'
    """
    differ = to_draw(differ, DIFFERENCES, "differ")
    check_number(most, "most", f"how many differences to draw, from 1 to {_MOST}", least=1, most=_MOST, whole=True)
    if len(differ[["group", "other_group"]].drop_duplicates()) > 1:
        raise TableError("differ holds several pairs of groups, and the chart draws one. Take the rows of one.")
    if differ.empty:
        return nothing("There are no two groups to compare")
    rows = differ.dropna(subset="p").sort_values(["adjusted", "p"], kind="stable").head(most)
    rows = rows.sort_values("difference", ascending=False, kind="stable").assign(label=_labels(rows))
    base = alt.Chart(rows).encode(
        y=alt.Y("label:N", sort=rows["label"].tolist(), title=None, axis=alt.Axis(labelLimit=230)),
        tooltip=["label:N", *(f"{name}:Q" for name in DIFFERENCES.names if name.endswith("reviews"))]
        + [alt.Tooltip(f"{name}:Q", format="+.0%") for name in ("difference", "low", "high")]
        + [alt.Tooltip("adjusted:Q", format=".2g")],
    )
    axis = alt.Axis(labelExpr="format(abs(datum.value) * 100, 'd')", tickCount=5, **BETWEEN)
    reach = min(1.0, 1.05 * rows[["low", "high"]].abs().to_numpy().max()) if len(rows) else 1.0
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    x = alt.X("difference:Q", title="difference in percentage points", scale=scale, axis=axis)
    fill = alt.condition(f"datum.adjusted < {_CHANCE}", alt.value(BLUE), alt.value(CARD))
    return alt.layer(
        base.mark_rule(color=INK, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(size=60, stroke=BLUE, opacity=1, filled=True, strokeWidth=2).encode(x=x, fill=fill),
        *_columns(base, differ),
    ).properties(
        width=_WIDTH,
        height=alt.Step(LINE),
        title=heading(_title(differ), *_subtitle(differ, rows), *coders(differ)),
        description=describe(
            "Dots: how far two groups of reviews differ.",
            each(rows, "{label}: {reviews} of {of_reviews} against {other_reviews} of {of_other_reviews}"),
        ),
    )


def _labels(rows: pd.DataFrame) -> pd.Series:
    """Name each comparison in words."""
    said = {"word": "“{}”", "score": "mean score"}
    pairs = zip(rows["about"], rows["what"], strict=True)
    names = [said.get(about, f"{{}} {about}").replace("{}", what) for about, what in pairs]
    return pd.Series(names, rows.index, dtype="str")


def _columns(base: alt.Chart, differ: pd.DataFrame) -> list[alt.Chart]:
    """Write the counts of both groups beside the differences: the other's, which is on the left, first."""
    layers = []
    for number, (begins, share) in enumerate((("other_", "other_share"), ("", "share")), start=1):
        counts = f"datum.{begins}reviews + ' of ' + datum.of_{begins}reviews"
        text = base.transform_calculate(said=f"datum.about == 'score' ? format(100 * datum.{share}, '.0f') : {counts}")
        mark = text.mark_text(align="right", color=MUTED)
        layers.append(mark.encode(x=alt.value(_WIDTH + number * _COLUMN - 8), text="said:N"))
    return layers


def _title(differ: pd.DataFrame) -> str:
    """Say how many differences are beyond chance, and which is the furthest."""
    found = differ[differ["adjusted"] < _CHANCE].sort_values("adjusted", kind="stable")
    if found.empty:
        names = differ[["group", "other_group"]].head(1).to_numpy().tolist()
        between = f" between “{names[0][0]}” and “{names[0][1]}”" if names else ""
        return f"No difference{between} is beyond chance"
    first = found.assign(label=_labels(found)).iloc[0]
    more = "more" if first["difference"] > 0 else "less"
    many = "1 difference is" if len(found) == 1 else f"{len(found)} differences are"
    return f"{many} beyond chance, above all: {first['label']}, {more} for “{first['group']}”"


def _subtitle(differ: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """Say which group is on which side, and what a mark means."""
    sides = each(differ.head(1), "← “{other_group}”, the first column of counts\u2003\u2003“{group}”, the second →")
    return [
        *sides,
        f"the {len(rows)} clearest of {differ['p'].notna().sum()} comparisons; shares of reviews, the 95 % interval",
        "of their difference; filled: beyond chance, by Holm’s correction for all comparisons; scores: means of 100",
    ]
