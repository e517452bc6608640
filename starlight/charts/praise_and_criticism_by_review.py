"""How much each review praises, and how much many reviews do."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries.bins import OPINIONS_OF_FEW, praise_in_tenths
from .binned import bars
from .checks import are_many
from .style import LIGHT_BLUE, LINE, MUTED, PRAISE, review_y, share_x
from .wording import EACH_BAR, PRINTED, coders, describe, each, heading

_TITLE = "How much of each review’s opinion is praise"
_X = partial(share_x, title="share of praise")
_GRADES = 540  # pixels from the left to where the printed scores stand


def praise_by_review(counted: pd.DataFrame) -> ChartType:
    """Draw the share of praise among each review's opinions; from 30 reviews on, how many have which share."""
    return _of_many(counted) if are_many(counted) else _of_each(counted)


def _of_each(counted: pd.DataFrame) -> ChartType:
    """Draw a bar for each review, with its grade."""
    base = (
        alt.Chart(counted)
        .transform_calculate(
            count="datum.opinions ? datum.praise + ' of ' + datum.opinions + ' praise' : 'no opinions'",
            end="datum.opinions ? datum.share : 0",
            grade=PRINTED,
        )
        .encode(y=review_y(counted))
    )
    tooltip = ["name:N", "review_id:N", "praise:Q", "criticism:Q", "opinions:Q", alt.Tooltip("share:Q", format=".0%")]
    color = alt.condition(f"datum.opinions < {OPINIONS_OF_FEW}", alt.value(LIGHT_BLUE), alt.value(PRAISE))
    shares = base.mark_bar(height={"band": 0.55}).encode(x=_X("share:Q"), color=color, tooltip=tooltip)
    counts = base.mark_text(align="left", dx=5).encode(x=_X("end:Q"), text="count:N")
    grades = base.mark_text(align="left", fontWeight="bold").encode(x=alt.value(_GRADES), text="grade:N")
    head = (
        alt.Chart(pd.DataFrame({"column": ["printed score"]}))
        .mark_text(align="left", color=MUTED)
        .encode(x=alt.value(_GRADES), y=alt.value(-8), text="column:N")
    )
    return alt.layer(shares, counts, grades, head).properties(
        width=420,
        height=alt.Step(int(1.4 * LINE)),
        title=heading(
            _TITLE,
            f"praise among the review’s opinions; a pale bar has fewer than {OPINIONS_OF_FEW}",
            *coders(counted),
        ),
        description=describe(
            "Bars: the share of praise among each review's opinions.",
            each(counted, "{name}: {praise} of {opinions} praise"),
        ),
    )


def _of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews have which share of praise among their opinions, those with few opinions apart."""
    bins = praise_in_tenths(counted)
    praise, opinions = counted["praise"].sum(), counted["opinions"].sum()
    judging, every = len(counted[counted["opinions"] > 0]), len(counted)
    scale = alt.Scale(domain=bins["opinions"].drop_duplicates().tolist(), range=[PRAISE, LIGHT_BLUE])
    color = alt.Color("opinions:N", title=None, scale=scale, legend=alt.Legend(orient="top"))
    return bars(bins, _X, color=color).properties(
        height=220,
        title=heading(
            _TITLE,
            f"{judging:,} of {every:,} reviews, by the share of praise among their opinions; "
            f"{every - judging:,} hold no opinion",
            f"{praise:,} of the {opinions:,} opinions are praise",
            EACH_BAR,
            *coders(counted),
        ),
        description=describe(
            f"Histogram: the share of praise among the opinions of {judging} of {every} reviews; "
            f"{every - judging} hold no opinion.",
            each(bins[bins["reviews"] > 0], "{low:.0%} to {high:.0%}, {opinions}: {reviews}"),
        ),
    )
