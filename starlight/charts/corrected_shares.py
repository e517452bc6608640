"""The chart of corrected shares: what the tagger counts, and what it is by the reviews that a person read."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import CORRECTED_SHARES, headlines
from ..tables import POLARITIES
from .checks import to_draw
from .style import BETWEEN, INK, MUTED, POLARITY, theme_y
from .wording import SIDES, each, framed, nothing, tip

_ROOM = 0.2  # of the width, on either side, for the numbers


_SUBTITLE = (
    "of {of_reviews:,} reviews; bars: by the tagger ({coder}); dots: corrected by the {read} that a person read, with "
    "95% intervals, which {for_half:,} read would make half as wide"
)


def chart_corrected_shares(shares: pd.DataFrame) -> ChartType:
    """Draw the corrected shares of one group of reviews over those that the tagger counts.

    Parameters
    ----------
    shares : DataFrame
        The corrected_shares table, of one group.

    Returns
    -------
    altair chart
        Of each theme a pale bar for the share that the tagger counts, praise to the right and criticism to the left,
        and a dot for the corrected share with its 95% interval, from the most to the least judged theme.

    Raises
    ------
    TableError
        If `shares` breaks its declaration or holds several groups.

    Examples
    --------
    >>> chart_corrected_shares(shares)  # doctest: +SKIP
    """
    shares = to_draw(shares, CORRECTED_SHARES, "shares")
    if len(groups := shares["group"].unique()) > 1:
        raise TableError(f"shares holds {len(groups)} groups. Take one: shares[shares['group'] == {groups[0]!r}].")
    if shares["corrected"].isna().all():
        few = each(shares.head(1), "{read} of {of_reviews:,} reviews")
        return nothing("Too few reviews were read to correct the tagger's shares", *few)
    total = shares.groupby("label", sort=False)["corrected"].sum()
    order = total.sort_values(ascending=False, kind="stable").index.tolist()
    side = shares["polarity"].map({"praise": 1, "criticism": -1})
    rows = shares.assign(**{f"{name}_at": shares[name] * side for name in ("naive", "corrected", "low", "high")})
    rows["said"] = each(rows, "{corrected:.0%} ({low:.0%} to {high:.0%})")
    return framed(
        alt.layer(*_layers(rows, order)),
        headlines.of_corrected_shares(shares),
        *each(shares.head(1), _SUBTITLE),
        said="Bars and dots: the share of reviews that judge each theme, by the tagger and corrected.",
        values=each(
            shares, "{label}, {polarity}: {corrected:.0%}, from {low:.0%} to {high:.0%}; {naive:.0%} by the tagger"
        ),
    )


def _layers(rows: pd.DataFrame, order: list[str]) -> list[alt.Chart]:
    """Draw the bars, and over them the dots with their intervals and numbers."""
    most = rows[["naive", "high"]].to_numpy().max(initial=0.01) / (1 - 2 * _ROOM)
    axis = alt.Axis(labelExpr="format(abs(datum.value), '.0%')", tickCount=8, **BETWEEN)
    x = alt.X("naive_at:Q", title=SIDES.format("share of reviews"), axis=axis)
    x = x.scale(domain=[-most, most], nice=False)
    base = alt.Chart(rows).encode(
        y=theme_y(order), **tip(rows, "label", "polarity", "corrected", "low", "high", "naive")
    )
    end = "max(datum.high, datum.naive)"
    praise, criticism = (base.transform_filter(f"datum.polarity == '{one}'") for one in POLARITIES)
    praise = praise.transform_calculate(end=end).mark_text(align="left", dx=8, color=MUTED)
    criticism = criticism.transform_calculate(end=f"-{end}").mark_text(align="right", dx=-8, color=MUTED)
    return [
        base.mark_bar(height={"band": 0.6}, opacity=0.3).encode(x=x, color=POLARITY),
        base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low_at:Q", x2="high_at:Q"),
        base.mark_point(filled=True, size=60, opacity=1, stroke=INK, strokeWidth=1).encode(
            x="corrected_at:Q", color=POLARITY
        ),
        *(one.encode(x="end:Q", text="said:N") for one in (praise, criticism)),
    ]
