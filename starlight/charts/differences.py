"""The chart of two groups of reviews side by side: a line for each difference, with its interval."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..errors import TableError
from ..summaries import CHANCE, DIFFERENCES
from .by_group import SMALLEST
from .checks import to_draw
from .style import BETWEEN, BLUE, CARD, INK, LINE, MUTED, THIN_PRAISE
from .wording import coders, describe, each, heading, nothing

_MOST, _WORDS = 60, 8
_WIDTH, _COLUMN = 360, 92  # pixels: of the differences, and of each column of counts


def chart_differences(differ: pd.DataFrame, *, most: int = 16) -> ChartType:
    """Draw the differences of two groups of reviews that are furthest beyond chance, each with its 95 % interval.

    Parameters
    ----------
    differ : DataFrame
        The differences table.
    most : int
        How many themes to draw, the mean score among them, 1 to 60; below them are up to eight words,
        those beyond chance.

    Returns
    -------
    altair chart
        A dot for each difference, to the side of the group that has more of it, and the counts of both beside it. It is
        filled where the difference is beyond chance, all comparisons of the table taken together. Groups of fewer than
        five reviews are not drawn.

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
    'Too few reviews to compare “short” with “long”'
    """
    differ = to_draw(differ, DIFFERENCES, "differ")
    check_number(most, "most", f"how many differences to draw, from 1 to {_MOST}", least=1, most=_MOST, whole=True)
    if len(differ[["group", "other_group"]].drop_duplicates()) > 1:
        raise TableError("differ holds several pairs of groups, and the chart draws one. Take the rows of one.")
    if differ.empty:
        return nothing("There are no two groups to compare")
    if differ[["of_reviews", "of_other_reviews"]].to_numpy().min() < SMALLEST:
        (few,) = each(differ.head(1), "Too few reviews to compare “{group}” with “{other_group}”")
        return nothing(few, *each(differ.head(1), "{of_reviews} and {of_other_reviews} reviews"))
    tested = differ.dropna(subset="p").sort_values(["adjusted", "p"], kind="stable")
    are_words = tested["about"] == "word"
    words = tested[are_words & (tested["adjusted"] < CHANCE)].head(_WORDS)
    parts = [tested[~are_words].head(most), words]
    drawn = [part.sort_values("difference", ascending=False, kind="stable") for part in parts if len(part)]
    rows = pd.concat(drawn) if drawn else tested
    rows = rows.assign(label=_labels(rows))
    reach = min(1.0, 1.05 * rows[["low", "high"]].abs().to_numpy().max(initial=0.01))
    panels = [_panel(rows[rows.index.isin(part.index)], reach, last=part is drawn[-1]) for part in drawn]
    return alt.vconcat(*panels, spacing=8).properties(
        title=heading(_title(differ), *_subtitle(differ, rows), *coders(differ), longest=110),
        description=describe(
            "Dots: how far two groups of reviews differ.",
            each(rows, "{label}: {reviews} of {of_reviews} against {other_reviews} of {of_other_reviews}"),
        ),
    )


def _panel(rows: pd.DataFrame, reach: float, *, last: bool) -> ChartType:
    """Draw a dot with its interval, and both counts, for each of these comparisons: themes and scores, or words."""
    names = {"reviews": "reviews", "other_reviews": "of the other group", "adjusted": "p, for all comparisons"}
    base = alt.Chart(rows).encode(
        y=alt.Y("label:N", sort=rows["label"].tolist(), title=None, axis=alt.Axis(labelLimit=230, minExtent=140)),
        tooltip=[alt.Tooltip("label:N", title="compared")]
        + [alt.Tooltip(f"{name}:Q", title=title, format=".2g") for name, title in names.items()]
        + [alt.Tooltip(f"{name}:Q", format="+.0%") for name in ("difference", "low", "high")],
    )
    axis = alt.Axis(labelExpr="format(abs(datum.value) * 100, 'd')", tickCount=5, labels=last, ticks=last, **BETWEEN)
    title = "difference in percentage points" if last else None
    x = alt.X("difference:Q", title=title, scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis)
    fill = alt.condition(f"datum.adjusted < {CHANCE}", alt.value(BLUE), alt.value(CARD))
    return alt.layer(
        base.mark_rule(color=INK, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(size=60, stroke=THIN_PRAISE, opacity=1, filled=True, strokeWidth=2).encode(x=x, fill=fill),
        *_columns(base),
    ).properties(width=_WIDTH, height=alt.Step(LINE))


def _labels(rows: pd.DataFrame) -> list[str]:
    """Name each comparison in words."""
    said = {"word": "“{}”", "score": "mean score"}
    pairs = zip(rows["about"], rows["what"], strict=True)
    return [said.get(about, f"{{}} {about}").replace("{}", what) for about, what in pairs]


def _columns(base: alt.Chart) -> list[alt.Chart]:
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
    found = differ[differ["adjusted"] < CHANCE].sort_values("adjusted", kind="stable")
    if found.empty:
        names = differ[["group", "other_group"]].head(1).to_numpy().tolist()
        between = f" between “{names[0][0]}” and “{names[0][1]}”" if names else ""
        return f"No difference{between} is beyond chance"
    many = "1 difference is" if len(found) == 1 else f"{len(found)} differences are"
    return f"{many} beyond chance, above all: {_in_words(found.iloc[0])}"


def _in_words(row: pd.Series) -> str:
    """Say what both groups have, the one with more of it first."""
    both = [(row["group"], row["share"]), (row["other_group"], row["other_share"])]
    (most, more), (least, less) = sorted(both, key=lambda one: -one[1])
    if row["about"] == "score":
        return f"a mean score of {100 * more:.0f} for “{most}” and of {100 * less:.0f} for “{least}”"
    there = "stands" if row["about"] == "word" else f"is {row['about']}"
    return f"“{row['what']}” {there} in {more:.0%} of the reviews of “{most}” and in {less:.0%} of “{least}”"


def _subtitle(differ: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """Say which group is on which side, and what a mark means."""
    sides = each(differ.head(1), "← “{other_group}”, the first column of counts\u2003\u2003“{group}”, the second →")
    return [
        *sides,
        f"the {len(rows)} clearest of {differ['p'].notna().sum()} comparisons: shares of reviews, the 95 % interval of "
        "their difference; filled: beyond chance, by Holm’s correction for all; scores: means of 100",
        *["no word sets the two apart beyond chance"] * (not rows["about"].eq("word").any()),
    ]
