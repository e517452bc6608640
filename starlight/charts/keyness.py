"""The chart of the words that set praise and criticism apart."""

import altair as alt
import numpy as np
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..summaries import CHANCE, KEYNESS, joined, sets_apart
from .checks import to_draw
from .style import BETWEEN, GREY, LIGHT, THIN_CRITICISM, THIN_PRAISE
from .wording import SIDES, each, framed, nothing, tip

_MOST = 25  # words a side: a longer list is for the table
_OTHERS = 600  # words without a name that are drawn, the most used first
_WIDTH, _HEIGHT, _LABEL = 700, 380, 15  # pixels: of the chart, and from one name to the next


def chart_keyness(words: pd.DataFrame, *, most: int = 12) -> ChartType:
    """Draw the words of praise and criticism by how often they are used and how much likelier they are on one side.

    Parameters
    ----------
    words : DataFrame
        The keyness table.
    most : int
        How many words to name on each side, 1 to 25.

    Returns
    -------
    altair chart
        A dot for each word, the further to one side the likelier it is there, the higher the more it is used. Named are
        those with twice the odds or more on their side that are beyond chance, all words together. If there are none,
        the chart is a sentence that says so.

    Raises
    ------
    StarlightError
        If `words` breaks its declaration, or `most` is not from 1 to 25.

    Examples
    --------
    >>> from starlight import keyness, load_reviews, read_opinions
    >>> chart_keyness(keyness(read_opinions(), load_reviews())).to_dict()["title"]["text"]
    'No word sets praise and criticism apart beyond chance'
    """
    words = to_draw(words, KEYNESS, "words")
    what = f"how many words to name on each side, a whole number from 1 to {_MOST}"
    check_number(most, "most", what, least=1, most=_MOST, whole=True)
    words = words.assign(uses=words["praise"] + words["criticism"])
    apart = sets_apart(words[words["adjusted"] < CHANCE]).sort_values("adjusted", kind="stable")
    sides = {"praise": apart[apart["z"] > 0].head(most), "criticism": apart[apart["z"] < 0].head(most)}
    tested = words["adjusted"].notna().sum()
    how = (
        f"{len(apart):,} of the {tested:,} words that 3 reviews or more use are beyond chance; "
        "each review counts once, Holm’s correction"
    )
    if apart.empty:
        return nothing("No word sets praise and criticism apart beyond chance", how, coded=words)
    named = pd.concat([_placed(rows, words["uses"], side) for side, rows in sides.items()])
    others = words.drop(apart.index).nlargest(_OTHERS, "uses")
    firsts = {side: [f"“{word}”" for word in rows["word"].head(2)] for side, rows in sides.items()}
    tell = "; ".join(f"{joined(first)} in {side}" for side, first in firsts.items() if first)
    return framed(
        _drawn(named, others),
        f"Typical words: {tell}",
        "words of the quotes, with how many of their uses are on that side; named: twice as likely, beyond chance",
        f"{how} for all",
        coded=words,
        said="Scatter: the words that set praise and criticism apart, by their odds and by how often they are used.",
        values=each(named, "{word}: {praise} times in praise, {criticism} in criticism, in {reviews} reviews"),
        width=_WIDTH,
        height=_HEIGHT,
    )


def _placed(rows: pd.DataFrame, uses: pd.Series, side: str) -> pd.DataFrame:
    """Return the words to name on one side, each with what its name says and where it stands: below each other."""
    rows = rows.sort_values("uses", ascending=False, kind="stable")
    low, high = np.log(uses.min()), np.log(max(uses.max(), uses.min() + 1))
    wanted = (high - np.log(rows["uses"])) / (high - low) * _HEIGHT
    steps = np.arange(len(rows)) * _LABEL
    free = np.maximum.accumulate(wanted - steps) + steps  # below the name before it, and all of them inside
    at = np.exp(high - np.minimum(free, _HEIGHT - steps[::-1]) / _HEIGHT * (high - low))
    said = each(rows.assign(here=rows[side]), "{word}, {here:,} of {uses:,}")
    return rows.assign(side=side, said=said, at=at)


def _drawn(named: pd.DataFrame, others: pd.DataFrame) -> ChartType:
    """Draw a dot for each word, and the names of some in a column on their side."""
    reach = max(np.log(2), pd.concat([named, others])["log_odds"].abs().max()) * 1.05
    scale = alt.Scale(domain=[-2.3 * reach, 2.3 * reach], nice=False)
    ticks = [sign * np.log(2) * n for n in range(2, 12, 2) for sign in (-1, 1) if np.log(2) * n <= reach]
    times = "datum.value == 0 ? 'as likely' : format(exp(abs(datum.value)), '.0f') + ' times'"
    axis = alt.Axis(values=[0, *ticks], labelExpr=times, **BETWEEN)
    x = alt.X("log_odds:Q", title=SIDES.format("how much likelier a word is there"), scale=scale, axis=axis)
    log = alt.Scale(type="log", nice=False, padding=10)
    y = alt.Y("uses:Q", title="uses", scale=log, axis=alt.Axis(format=",d", tickCount=5, grid=False))
    shown = tip(named, "word", "praise", "criticism", "reviews")
    kept = ["word", "praise", "criticism", "reviews", "log_odds", "uses"]
    base = alt.Chart(named[[*kept, "side", "said", "at"]]).encode(x=x, y=y, **shown)
    layers = [alt.Chart(others[kept]).mark_circle(color=GREY, size=18, opacity=0.5).encode(x=x, y=y, **shown)]
    for side, color, sign in (("praise", THIN_PRAISE, 1), ("criticism", THIN_CRITICISM, -1)):
        rows = base.transform_filter(f"datum.side == '{side}'")
        end = alt.XDatum(1.15 * sign * reach)
        layers += [
            rows.mark_rule(color=LIGHT, strokeWidth=0.7).encode(x2=alt.X2Datum(1.15 * sign * reach), y2="at:Q"),
            rows.mark_point(color=color, filled=True, size=50, opacity=1, shape="circle" if sign > 0 else "square"),
            rows.mark_text(align="left" if sign > 0 else "right", dx=4 * sign).encode(x=end, y="at:Q", text="said:N"),
        ]
    return alt.layer(*layers)
