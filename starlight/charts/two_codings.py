"""The chart of what two codings of the same reviews count."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import PRAISE_AND_CRITICISM, joined
from .checks import drawable, to_draw
from .style import GREY, LINE, POLARITY, both_sides, largest_first
from .wording import SIDES, coders, describe, each, heading, tip

_KEY = ["theme", "polarity"]
_WIDTH = 500
_NAMED = 3  # counts that share the first place and are named in the title


def chart_two_codings(counted: pd.DataFrame, other: pd.DataFrame) -> ChartType:
    """Draw what two codings of the same reviews count of praise and criticism: a line from one to the other.

    Parameters
    ----------
    counted, other : DataFrame
        Two praise_and_criticism tables of the same reviews and themes, each of one coding.

    Returns
    -------
    altair chart
        For each theme, praise to the right and criticism to the left: a dot for the first coding, a ring for the
        other.

    Raises
    ------
    TableError
        If a table breaks its declaration, or they are of other themes or numbers of reviews.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, read_opinions
    >>> reviews, tagger = load_reviews(), read_opinions(coder="starlight-tagger-3.1")
    >>> tables = [praise_and_criticism(opinions, reviews) for opinions in (read_opinions(), tagger)]
    >>> chart_two_codings(*tables).to_dict()["title"]["text"]
    ['The counts differ most, by 6, in criticism of', '“Story”, praise of “World” and praise of “Emotion”']
    """
    counted, other = (to_draw(table, PRAISE_AND_CRITICISM, "counted") for table in (counted, other))
    of = [table[_KEY].assign(of=table["of_reviews"] + table.get("left_out", 0)) for table in (counted, other)]
    if not of[0].equals(of[1]):
        raise TableError("other is not of the reviews and themes of counted. Count both with the same reviews.")
    rows = drawable(counted.assign(others=other["opinions"], recoder=other["coder"]), "counted")
    most = max(1, rows[["opinions", "others"]].to_numpy().max(initial=0))
    sign = "(datum.polarity == 'praise' ? 1 : -1)"
    base = (
        alt.Chart(rows)
        .transform_calculate(one=f"{sign} * datum.opinions", two=f"{sign} * datum.others")
        .transform_filter("datum.opinions > 0 || datum.others > 0")
        .encode(
            y=alt.Y("label:N", sort=largest_first(rows, "opinions"), title=None, axis=alt.Axis(grid=True)),
            **tip(rows, "label", "polarity", "coder", "opinions", "recoder", "others"),
        )
    )
    x = both_sides("one:Q", most, SIDES.format("opinions"), width=_WIDTH)
    names = [next(iter(rows[name]), "the one") for name in ("coder", "recoder")]
    return alt.layer(
        base.mark_rule(color=GREY, strokeWidth=2, opacity=0.6).encode(x=x, x2="two:Q"),
        base.mark_point(size=55, filled=True, opacity=1).encode(x=x, color=POLARITY),
        base.mark_point(size=130, strokeWidth=2, filled=False, opacity=1).encode(x="two:Q", color=POLARITY),
    ).properties(
        width=_WIDTH,
        height=alt.Step(LINE + 2),
        title=heading(
            _furthest(rows),
            f"opinions of each theme: a dot for “{names[0]}”, a ring for “{names[1]}”",
            *coders(pd.concat([counted, other])),
        ),
        description=describe(
            f"Lines: from the opinions of each theme in the coding of {names[0]} to those in that of {names[1]}.",
            each(rows[rows["opinions"] + rows["others"] > 0], "{label}, {polarity}: {opinions} and {others}"),
        ),
    )


def _furthest(rows: pd.DataFrame) -> str:
    """Say which count differs most."""
    gap = (rows["opinions"] - rows["others"]).abs()
    if not gap.any():
        return "Both codings count the same"
    most = rows[gap.eq(gap.max())].assign(side=rows["polarity"].str.capitalize())
    said = "{side} of “{label}” differs most: {opinions:,} in the one coding, {others:,} in the other"
    if len(most) > _NAMED:
        return f"No two counts differ by more than {gap.max():,}"
    if len(most) > 1:
        named = joined(each(most, "{polarity} of “{label}”"))
        return f"The counts differ most, by {gap.max():,}, in {named}"
    return each(most, said)[0]
