"""Charts of themes and of opinions in groups of reviews: a panel for each theme, a mark for each group.

Groups lie side by side on one scale, so that an eye can compare them, and each share has its 95 % interval, so that it
does not compare what too few reviews carry. Periods of time run from left to right, empty ones too, below a strip of
how many reviews each has.
"""

from __future__ import annotations

import json

import altair as alt
import pandas as pd

from ..errors import TableError
from ..summaries.by_group import PRAISE_AND_CRITICISM_BY_GROUP, THEME_FREQUENCY_BY_GROUP
from ..tables.columns import POLARITIES
from ..tables.schema import Table, check
from .group_panels import (
    all_together,
    count_beside,
    fewest,
    found,
    in_groups,
    measured,
    over_time,
    panels,
    share_scale,
    titled,
)
from .style import BLUE, INK, LIGHT_BLUE, ORANGE, by_kind
from .wording import coders, describe

_MOST = 170_000  # characters of data, some 550 rows: with all the rest a specification is below 200 kB
_SIGNED = "(datum.polarity == 'praise' ? 1 : -1) * "


def chart_themes_by(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how often each theme is talked about in groups of reviews: a panel for each theme.

    Parameters
    ----------
    counted : DataFrame
        The theme_frequency_by_group table, of one column of the reviews.

    Returns
    -------
    altair chart
        A dot is the share of the group's reviews that mention the theme, the band through it the 95 % interval of that
        share, and the line across all groups the share in all of them together. Themes in no review are only named.

    Raises
    ------
    TableError
        If `counted` breaks its declaration, holds the groups of several columns, or has too many rows to be read.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, theme_frequency
    >>> reviews = load_reviews()
    >>> counted = theme_frequency(find_mentions(split_sentences(reviews)), reviews, by="score")
    >>> chart_themes_by(counted).to_dict()["title"]["text"]
    'What the reviews talk about, by score'
    """
    _check(counted, THEME_FREQUENCY_BY_GROUP)
    counted, without = found(counted)
    time = over_time(counted)
    scale = share_scale(counted, both=False)

    def panel(rows: pd.DataFrame) -> alt.FacetChart:
        base = in_groups(rows, counted, ["mentions:Q"])
        there = base.transform_filter(f"datum.of_reviews >= {fewest(counted)}")
        layers = [
            all_together(rows, ["label"], "").encode(**measured(time, "together", **scale)),
            there.mark_rule(color=LIGHT_BLUE, strokeWidth=5).encode(**measured(time, "low", "high", **scale)),
            there.mark_point(color=BLUE, filled=True, opacity=1, size=40).encode(**measured(time, "share", **scale)),
        ]
        if not time:
            layers.append(count_beside(base, "mentioning", "datum.reviews", 4))
        return panels(alt.layer(*layers), time, beside=16)

    return titled(
        by_kind(counted, panel),
        counted,
        "What the reviews talk about",
        "reviews that mention each theme: a dot is their share in the group, the band its 95 % interval",
        *without,
    ).properties(
        description=describe(
            "Panels: the reviews in each group that mention each theme.",
            (f"{r.label}, {r.group}: {r.reviews} of {r.of_reviews}" for r in counted.itertuples()),
        )
    )


def chart_opinions_by(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw praise and criticism of each theme in groups of reviews: a panel for each theme.

    Parameters
    ----------
    counted : DataFrame
        The praise_and_criticism_by_group table, of one column of the reviews.

    Returns
    -------
    altair chart
        A bar is the share of the group's reviews that praise the theme (to the right, or up where groups are periods)
        or criticise it (to the left, or down), with the 95 % interval of that share at its end. Themes that no review
        judges are only named.

    Raises
    ------
    TableError
        As `chart_themes_by`.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, read_opinions
    >>> counted = praise_and_criticism(read_opinions(), load_reviews(), by="score")
    >>> chart_opinions_by(counted).to_dict()["title"]["text"]
    'What is praised, and what is criticised, by score'
    """
    _check(counted, PRAISE_AND_CRITICISM_BY_GROUP)
    counted, without = found(counted)
    time, scale = over_time(counted), share_scale(counted, both=True)
    base = in_groups(counted, counted, ["polarity:N", "opinions:Q", "of_opinions:Q"])
    for name in ("share", "low", "high"):
        base = base.transform_calculate(**{f"signed_{name}": f"{_SIGNED}datum.{name}"})
    there = base.transform_filter(f"datum.of_reviews >= {fewest(counted)}")
    color = alt.Color("polarity:N", scale=alt.Scale(domain=list(POLARITIES), range=[BLUE, ORANGE]), legend=None)
    size = {"width" if time else "height": {"band": 0.7}}
    layers = [
        there.mark_bar(**size).encode(color=color, **measured(time, "signed_share", **scale)),
        there.mark_rule(color=INK, opacity=0.6).encode(**measured(time, "signed_low", "signed_high", **scale)),
        all_together(counted, ["label", "polarity"], _SIGNED).encode(**measured(time, "together", **scale)),
    ]
    if not time:
        for polarity, sign, dx in (("praise", "+", 4), ("criticism", "−", 36)):
            rows = base.transform_filter(f"datum.polarity == '{polarity}'")
            layers.append(count_beside(rows, polarity, f"'{sign}' + datum.reviews", dx))
    ways = "up praise, down criticism" if time else "to the right praise, to the left criticism"
    return titled(
        panels(alt.layer(*layers), time, beside=20),
        counted,
        "What is praised, and what is criticised",
        f"reviews that judge each theme, as a share of the group with its 95 % interval: {ways}",
        *without,
        *coders(counted),
    ).properties(
        description=describe(
            "Panels: the reviews in each group that praise or criticise each theme.",
            (f"{r.label}, {r.group}: {r.reviews} of {r.of_reviews} {r.polarity}" for r in counted.itertuples()),
        )
    )


def _check(counted: pd.DataFrame, table: Table) -> None:
    check(counted, table, "counted")
    columns = counted["by"].unique()
    if len(columns) > 1:
        raise TableError(
            f"counted holds groups by several columns ({', '.join(columns)}). "
            f"Take one: counted[counted['by'] == {columns[0]!r}]."
        )
    size = len(json.dumps(counted.head(5_000).to_dict("records"), default=str))
    if size > _MOST:
        raise TableError(
            f"counted has {len(counted):,} rows, more than the {_MOST // 1000} kB that this chart draws. "
            "Keep fewer groups (most=) or fewer themes."
        )
