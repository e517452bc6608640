"""The chart of themes that come together."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..summaries import THEMES_TOGETHER, beyond_chance
from .checks import to_draw
from .style import BLUE, CARD, GREY, LINE, count_x, written
from .wording import coders, describe, each, heading, nothing, tip

_MOST = 40
_MARKS = "filled: sentences that mention both themes; hollow: how many chance would give"


def chart_themes_together(together: pd.DataFrame, *, most: int = 15) -> ChartType:
    """Draw the pairs of themes that come together in sentences more often than chance puts them.

    Parameters
    ----------
    together : DataFrame
        The themes_together table.
    most : int
        How many pairs to draw, 1 to 40: the surest.

    Returns
    -------
    altair chart
        A line for each pair, from the number of sentences that chance would give, hollow, to the number that there is.
        If no pair is beyond chance, or none could be tested, the chart is a sentence that says so.

    Raises
    ------
    StarlightError
        If `together` breaks its declaration, or `most` is not from 1 to 40.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, themes_together
    >>> sentences = split_sentences(load_reviews())
    >>> chart_themes_together(themes_together(find_mentions(sentences), sentences)).to_dict()["title"]["text"]
    'No two themes come together more often than by chance'
    """
    together = to_draw(together, THEMES_TOGETHER, "together")
    check_number(most, "most", f"how many pairs to draw, from 1 to {_MOST}", least=1, most=_MOST, whole=True)
    found = beyond_chance(together)
    tested = together["p"].notna().sum()
    if not tested:
        return nothing("Too few sentences mention two themes to tell which themes come together", *coders(together))
    how = (
        f"{len(found):,} of {tested:,} pairs that could be tested are beyond chance, by Holm’s correction for all; "
        "each review is compared with itself"
    )
    if found.empty:
        return nothing("No two themes come together more often than by chance", how, *coders(together))
    rows = found.head(most)
    rows = rows.assign(pair=rows["label"] + " and " + rows["other_label"])
    reach = rows["sentences"].max()
    base = (
        alt.Chart(rows)
        .transform_calculate(
            said=f"{written('sentences', reach)} + ', by chance ' + format(datum.expected, ',.0f')",
        )
        .encode(
            y=alt.Y("pair:N", title=None, sort=rows["pair"].tolist(), axis=alt.Axis(ticks=False, offset=6)),
            **tip(rows, "pair", "sentences", "expected", "reviews", "of_reviews"),
        )
    )
    first = each(rows.head(1), "“{label}” and “{other_label}”")[0]
    return alt.layer(
        base.mark_rule(color=GREY, strokeWidth=2, opacity=0.6).encode(x="expected:Q", x2="sentences:Q"),
        base.mark_point(size=60, stroke=BLUE, fill=CARD, strokeWidth=1.5, opacity=1).encode(x="expected:Q"),
        base.mark_point(size=70, color=BLUE, filled=True, opacity=1).encode(
            x=count_x("sentences:Q", 1.4 * reach, "sentences that mention both")
        ),
        base.mark_text(align="left", dx=8).encode(x="sentences:Q", text="said:N"),
    ).properties(
        width=400,
        height=alt.Step(LINE),
        title=heading(f"{first} come together more often than by chance", _MARKS, how, *coders(together)),
        description=describe(
            "Lines: from how many sentences chance would give a pair of themes to how many there are.",
            each(rows, "{label} and {other_label}: {sentences} in {reviews} reviews, by chance {expected:.0f}"),
        ),
    )
