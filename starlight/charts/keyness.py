"""The chart of the words that set praise apart from criticism."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..errors import StarlightError
from ..summaries.keyness import KEYNESS, sets_apart
from ..tables.schema import check
from .style import BLUE, LIGHT_BLUE, LIGHT_ORANGE, LINE, MUTED, ORANGE, dark_zero
from .wording import coders, describe, heading

_MOST = 50  # words a side: a longer list is for the table
_CHANCE = 1.96  # z that chance exceeds for one word in twenty


def chart_keyness(words: pd.DataFrame, *, most: int = 15) -> alt.TopLevelMixin:
    """Draw the words that set praise apart from criticism: a bar for each, to its side.

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
    'The words that set praise apart from criticism'
    """
    check(words, KEYNESS, "words")
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= _MOST:
        raise StarlightError(f"most is {most!r}; it is how many words to draw for each side, from 1 to {_MOST}.")
    apart = sets_apart(words)
    sides = (apart[apart["z"] > 0].head(most), apart[apart["z"] < 0].tail(most))
    rows = pd.concat(sides)
    reach = 1.8 * max(_CHANCE, rows["z"].abs().max()) if len(rows) else _CHANCE
    axis = alt.Axis(labelExpr="abs(datum.value)", gridColor=dark_zero(), tickCount=9)
    title = "← criticism\u2003\u2003z, the log-odds ratio in standard errors\u2003\u2003praise →"
    base = (
        alt.Chart(rows)
        .transform_calculate(
            shown="datum.word + ' '",  # Vega draws no axis with a label "constructor"
            count="datum.praise + ' to ' + datum.criticism + ', in ' + datum.reviews",
            beyond=f"datum.z > 0 ? max(datum.z, {_CHANCE}) : min(datum.z, -{_CHANCE})",  # no count crosses that line
        )
        .encode(
            x=alt.X("z:Q", title=title, scale=alt.Scale(domain=[-reach, reach], nice=False), axis=axis),
            y=alt.Y("shown:N", scale=alt.Scale(domain=(rows["word"] + " ").tolist()), title=None),
            tooltip=[*(f"{name}:{'N' if name == 'word' else 'Q'}" for name in KEYNESS.names if name != "coder")],
        )
    )
    layers = [_chance()]
    for test, align, colors in (
        ("datum.z > 0", "left", (LIGHT_BLUE, BLUE)),
        ("datum.z < 0", "right", (LIGHT_ORANGE, ORANGE)),
    ):
        side = base.transform_filter(test)
        one = alt.condition("datum.reviews == 1", *(alt.value(color) for color in colors))
        text = side.mark_text(align=align, dx=4 if align == "left" else -4).encode(x="beyond:Q", text="count:N")
        layers += [side.mark_bar(height={"band": 0.7}).encode(color=one), text]
    return alt.layer(*layers).properties(
        width=520,
        height=alt.Step(LINE - 2),
        title=heading("The words that set praise apart from criticism", *_subtitle(words, rows), *coders(words)),
        description=describe(
            "Diverging bars: the words that set praise apart from criticism, with their z.",
            (f"{r.word}: {r.z:.1f}, {r.praise} to {r.criticism}, in {r.reviews} reviews" for r in rows.itertuples()),
        ),
    )


def _chance() -> alt.Chart:
    """Draw the lines that chance crosses for one word in twenty."""
    return (
        alt.Chart(pd.DataFrame({"chance": [-_CHANCE, _CHANCE]}))
        .mark_rule(color=MUTED, strokeDash=[3, 3])
        .encode(x="chance:Q")
    )


def _subtitle(words: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """Say what a bar stands on, by one of this very table, and what chance does."""
    if rows.empty:
        return ["no word has twice the odds in the one that it has in the other"]
    row = rows.loc[rows["z"].abs().idxmax()]
    return [
        f"“{row['praise']} to {row['criticism']}, in {row['reviews']}”: {row['praise']:,} of the {row['of_praise']:,} "
        f"words of praise, {row['criticism']:,} of the {row['of_criticism']:,} of criticism, "
        f"in {row['reviews']:,} of {row['of_reviews']:,} reviews",
        f"the furthest of {len(words):,} words, those with twice the odds or more; chance takes 1 in 20 past a dashed "
        "line; pale: in 1 review",
    ]
