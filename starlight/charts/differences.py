"""The chart of two groups of reviews side by side: a line for each difference, with its interval."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..errors import TableError
from ..summaries import CHANCE, DIFFERENCES
from .by_group import SMALLEST
from .checks import to_draw
from .marks import column
from .style import BETWEEN, BLUE, CARD, INK, LINE, THIN_PRAISE
from .wording import each, framed, nothing, tip

_MOST, _WORDS = 60, 8
_WIDTH, _COLUMN = 360, 80  # pixels: of the differences, and of a column of counts on each side
_SAID = {"word": "“{}”", "score": "mean score"}


def chart_differences(differ: pd.DataFrame, *, most: int = 16) -> ChartType:
    """Draw the differences of two groups of reviews that are furthest beyond chance, each with its 95% interval.

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
        A dot for each difference, to the side of the group that has more of it, between the counts of both. It is
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
    pairs = zip(rows["about"], rows["what"], strict=True)
    rows = rows.assign(compared=[_SAID.get(about, f"{{}} {about}").replace("{}", what) for about, what in pairs])
    reach = min(1.0, 1.05 * rows[["low", "high"]].abs().to_numpy().max(initial=0.01))
    panels = [_panel(rows.loc[part.index], reach, first=part is drawn[0], last=part is drawn[-1]) for part in drawn]
    clearest = f"the {len(rows)} clearest of {len(tested)} comparisons: " * (len(rows) < len(tested))
    about = set(rows["about"])
    no_word = "; no word sets the two apart beyond chance" * ("word" not in about)
    return framed(
        alt.vconcat(*panels, spacing=8),
        _title(differ),
        f"{clearest}reviews of each group, and the difference of their shares with its 95% interval; filled: beyond "
        f"chance, by Holm’s correction for all{'; scores: means of 100' * ('score' in about)}{no_word}",
        coded=differ,
        said="Dots: how far two groups of reviews differ.",
        values=each(rows, "{compared}: {reviews} of {of_reviews} against {other_reviews} of {of_other_reviews}"),
    )


def _panel(rows: pd.DataFrame, reach: float, *, first: bool, last: bool) -> ChartType:
    """Draw a line for each difference, between the counts of both groups, whose names stand above them."""
    names = alt.Axis(labelLimit=230, labelPadding=_COLUMN, minExtent=140 + _COLUMN, ticks=False, domain=False)
    base = alt.Chart(rows).encode(
        y=alt.Y("compared:N", sort=rows["compared"].tolist(), title=None, axis=names),
        **tip(rows, "compared", "difference", "low", "high", "p", "adjusted"),
    )
    x = alt.X(
        "difference:Q",
        title="difference in percentage points" if last else None,
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(labelExpr="format(abs(datum.value) * 100, 'd')", tickCount=5, labels=last, ticks=last, **BETWEEN),
    )
    fill = alt.condition(f"datum.adjusted < {CHANCE}", alt.value(BLUE), alt.value(CARD))
    heads = [each(rows.head(1), name)[0] if first else "" for name in ("← {other_group}", "{group} →")]
    columns = []
    for head, of, at in zip(heads, ("other_", ""), (-8, _WIDTH + _COLUMN), strict=True):
        counts = f"datum.{of}reviews + ' of ' + datum.of_{of}reviews"
        said = f"datum.about == 'score' ? format(100 * datum.{of}share, '.0f') : {counts}"
        columns += column(base.transform_calculate(said=said), head, "said:N", at)
    return alt.layer(
        base.mark_rule(color=INK, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(size=60, stroke=THIN_PRAISE, opacity=1, filled=True, strokeWidth=2).encode(x=x, fill=fill),
        *columns,
    ).properties(width=_WIDTH, height=alt.Step(LINE))


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
        return f"the mean score is {100 * more:.0f} for “{most}” and {100 * less:.0f} for “{least}”"
    there = "stands" if row["about"] == "word" else f"is {row['about']}"
    return f"“{row['what']}” {there} in {more:.0%} of the reviews of “{most}” and in {less:.0%} of “{least}”"
