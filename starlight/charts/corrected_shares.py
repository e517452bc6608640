"""The chart of corrected shares: what the program counts, and what it is by the reviews that a person read."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import CORRECTED_SHARES, headlines
from ..tables import POLARITIES
from .checks import to_draw
from .style import BETWEEN, INK, MUTED, THIN_POLARITY, WIDTH, theme_y
from .wording import SIDES, each, framed, nothing, tip

# On a phone, where the chart is narrower, there is no room for the intervals in numbers.
_SAID = alt.ExprRef(f"format(datum.corrected, '.0%') + (width < {WIDTH} ? '' : datum.ends)")
_END = f"{{most}} / (1 - 2 * (width < {WIDTH} ? 45 : 120) / width)"  # pixels on either side for the numbers


def chart_corrected_shares(shares: pd.DataFrame) -> ChartType:
    """Draw the corrected shares over those that the program counts: of one group of reviews, or of one theme by group.

    Parameters
    ----------
    shares : DataFrame
        The corrected_shares table, of one group or one theme.

    Returns
    -------
    altair chart
        Of each theme, or of each group, a pale bar with a line around it for the share that the program counts, praise
        to the right and criticism to the left, and a dot for the corrected share with its 95% interval, from the most
        to the least judged. Groups of which too few reviews were read are left out.

    Raises
    ------
    TableError
        If `shares` breaks its declaration or holds several groups and several themes.

    Examples
    --------
    >>> chart_corrected_shares(shares)  # doctest: +SKIP
    """
    shares = to_draw(shares, CORRECTED_SHARES, "shares")
    by_group = len(groups := shares["group"].unique()) > 1
    if by_group and len(shares["theme"].unique()) > 1:
        one = " or ".join(f"shares[shares[{name!r}] == {shares[name].iloc[0]!r}]" for name in ("group", "theme"))
        raise TableError(f"shares holds {len(groups)} groups and several themes. Take one of either: {one}.")
    read = shares.dropna(subset="corrected")
    if read.empty:
        few = each(shares.head(1), "{read} of {of_reviews:,} reviews")
        return nothing("Too few reviews were read to correct the program's shares", *few)
    title, under = headlines.of_corrected_shares(read), _under(read, len(groups))
    shares = read.assign(label=read["group"]) if by_group else read
    total = shares.groupby("label", sort=False)["corrected"].sum()
    order = total.sort_values(ascending=False, kind="stable").index.tolist()
    side = shares["polarity"].map({"praise": 1, "criticism": -1})
    rows = shares.assign(**{f"{name}_at": shares[name] * side for name in ("naive", "corrected", "low", "high")})
    rows["ends"] = each(rows, " ({low:.0%} to {high:.0%})")
    return framed(
        alt.layer(*_layers(rows, order)),
        title,
        *under,
        said="Bars and dots: the share of reviews that judge each theme, by the program and corrected.",
        values=each(
            shares, "{label}, {polarity}: {corrected:.0%}, from {low:.0%} to {high:.0%}; {naive:.0%} by the program"
        ),
    )


def _under(read: pd.DataFrame, groups: int) -> list[str]:
    """Say what is drawn, of how many reviews, and which groups are not."""
    drawn = read.drop_duplicates("group")
    every, of_person, for_half = drawn[["of_reviews", "read", "for_half"]].sum()
    what = f"{read['label'].iloc[0]}, " if groups > 1 else ""
    said = (
        f"{what}of {every:,} reviews; bars: by the program, {drawn['coder'].iloc[0]}; dots: corrected by the "
        f"{of_person:,} reviews that a person read, with 95% intervals"
        + f"; to make these half as wide, read {for_half:,} reviews in all"
        * (for_half > of_person)
    )
    left_out = f"not drawn: {groups - len(drawn)} of {groups} groups, of which too few were read"
    return [said, left_out] if len(drawn) < groups else [said]


def _layers(rows: pd.DataFrame, order: list[str]) -> list[alt.Chart]:
    """Draw the bars, and over them the dots with their intervals and numbers."""
    most = _END.format(most=rows[["naive", "high"]].to_numpy().max(initial=0.01))
    axis = alt.Axis(labelExpr="format(abs(datum.value), '.0%')", tickCount=8, labelSeparation=6, **BETWEEN)
    x = alt.X("naive_at:Q", title=SIDES.format("share of reviews"), axis=axis)
    x = x.scale(domain=[alt.ExprRef(f"-{most}"), alt.ExprRef(most)], nice=False)
    base = alt.Chart(rows).encode(
        y=theme_y(order).axis(minExtent=0), **tip(rows, "label", "polarity", "corrected", "low", "high", "naive")
    )
    end = "max(datum.high, datum.naive)"
    praise, criticism = (base.transform_filter(f"datum.polarity == '{one}'") for one in POLARITIES)
    praise = praise.transform_calculate(end=end).mark_text(align="left", dx=8, color=MUTED, text=_SAID)
    criticism = criticism.transform_calculate(end=f"-{end}").mark_text(align="right", dx=-8, color=MUTED, text=_SAID)
    return [
        base.mark_bar(height={"band": 0.6}, fillOpacity=0.35, strokeWidth=1).encode(
            x=x,
            color=THIN_POLARITY,
            stroke=alt.Stroke(**THIN_POLARITY.to_dict()),  # type: ignore[arg-type]  # a channel is no list
        ),
        base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low_at:Q", x2="high_at:Q"),
        base.mark_point(filled=True, size=60, opacity=1, stroke=INK, strokeWidth=1).encode(
            x="corrected_at:Q", color=THIN_POLARITY
        ),
        *(one.encode(x="end:Q") for one in (praise, criticism)),
    ]
