"""The chart of the words that are more common in praise, and of those more common in criticism."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..summaries import KEYNESS, sets_apart
from .checks import to_draw
from .style import BETWEEN, CRITICISM, LIGHT_BLUE, LIGHT_ORANGE, LINE, MUTED, PRAISE
from .wording import SIDES, coders, describe, each, heading

_MOST = 50  # words a side: a longer list is for the table
_CHANCE = 1.96  # z that chance exceeds for one word in twenty


def chart_keyness(words: pd.DataFrame, *, most: int = 15) -> ChartType:
    """Draw the words that are more common in praise or in criticism: a bar for each, to its side.

    Parameters
    ----------
    words : DataFrame
        The keyness table.
    most : int
        How many words to draw for each side, 1 to 50.

    Returns
    -------
    altair chart
        Of the words with at least twice the odds on one side, those with the largest z. A bar carries how often its
        word stands in praise and in criticism, and in how many reviews; one from a single review is pale.

    Raises
    ------
    StarlightError
        If `words` breaks its declaration, or `most` is not from 1 to 50.

    Examples
    --------
    >>> from starlight import keyness, load_reviews, read_opinions
    >>> chart_keyness(keyness(read_opinions(), load_reviews()), most=10).to_dict()["title"]["text"]
    'Words more common in praise, and in criticism'
    """
    words = to_draw(words, KEYNESS, "words")
    what = f"how many words to draw for each side, a whole number from 1 to {_MOST}"
    check_number(most, "most", what, least=1, most=_MOST, whole=True)
    apart = sets_apart(words)
    rows = pd.concat([apart[apart["z"] > 0].head(most), apart[apart["z"] < 0].tail(most)])
    base = _words(rows)
    praise, criticism = base.transform_filter("datum.z > 0"), base.transform_filter("datum.z < 0")
    blue, orange = (
        alt.condition("datum.reviews == 1", alt.value(pale), alt.value(full))
        for pale, full in ((LIGHT_BLUE, PRAISE), (LIGHT_ORANGE, CRITICISM))
    )
    chance = alt.Chart(pd.DataFrame({"chance": [-_CHANCE, _CHANCE]})).encode(x="chance:Q")
    return alt.layer(
        chance.mark_rule(color=MUTED, strokeDash=[3, 3]),
        praise.mark_bar(height={"band": 0.7}).encode(color=blue),
        praise.mark_text(align="left", dx=4).encode(x="beyond:Q", text="count:N"),
        criticism.mark_bar(height={"band": 0.7}).encode(color=orange),
        criticism.mark_text(align="right", dx=-4).encode(x="beyond:Q", text="count:N"),
    ).properties(
        width=490,
        height=alt.Step(LINE - 2),
        title=heading(
            "Words more common in praise, and in criticism", *_subtitle(words, rows), *coders(words), longest=110
        ),
        description=describe(
            "Diverging bars: words more common in praise, and in criticism, with their z.",
            each(rows, "{word}: {z:.1f}, {praise} to {criticism}, in {reviews} reviews"),
        ),
    )


def _words(rows: pd.DataFrame) -> alt.Chart:
    """Return the chart that all marks of words come from."""
    reach = 1.8 * max(_CHANCE, rows["z"].abs().max()) if len(rows) else _CHANCE
    axis = alt.Axis(labelExpr="abs(datum.value)", tickCount=9, **BETWEEN)
    title = SIDES.format("z, the log-odds ratio in standard errors")
    figures = [f"{name}:Q" for name in KEYNESS.names if name not in ("word", "coder")]
    return (
        alt.Chart(rows)
        .transform_calculate(
            count="datum.praise + ' to ' + datum.criticism + ', in ' + datum.reviews",
            beyond=f"datum.z > 0 ? max(datum.z, {_CHANCE}) : min(datum.z, -{_CHANCE})",  # no count crosses that line
        )
        .encode(
            x=alt.X("z:Q", title=title, scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis),
            y=alt.Y("word:N", scale=alt.Scale(domain=rows["word"].tolist()), title=None),
            tooltip=["word:N", *figures],
        )
    )


def _subtitle(words: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """Return what a bar stands for, by the furthest of this very table, and what chance does."""
    if rows.empty:
        return ["no word has twice the odds on one side"]
    furthest = rows.loc[rows["z"].abs().sort_values(ascending=False, kind="stable").index[:1]]
    template = (
        "“{praise} to {criticism}, in {reviews}”: {praise:,} of the {of_praise:,} words of praise, {criticism:,} of "
        "the {of_criticism:,} of criticism, in {reviews:,} of {of_reviews:,} reviews"
    )
    chance = (
        f"the words furthest from 0, of {len(words):,}; each has at least twice the odds on its side; chance takes 1 "
        "word in 20 past a dashed line; pale: in 1 review"
    )
    return [*each(furthest, template), chance]
