"""What groups of reviews talk about, praise and criticise: a panel for each theme, and in it a mark for each group."""

from __future__ import annotations

import pandas as pd
from altair.typing import ChartType

from .group_panels import (
    all_together,
    check_size,
    count_beside,
    fewest,
    in_groups,
    panels,
    shares,
    titled,
    to_draw,
)
from .style import BLUE, INK, LIGHT_BLUE, POLARITY, by_kind
from .wording import describe, each

_SIGN = "(datum.polarity == 'praise' ? 1 : -1)"


def themes_by_group(counted: pd.DataFrame) -> ChartType:
    """Draw the share of each group's reviews that mention a theme, with its interval and the share in all groups."""
    check_size(counted)
    counted, without = to_draw(counted)
    scale = shares(counted, both=False)

    def panel(rows: pd.DataFrame) -> ChartType:
        base = in_groups(rows, counted, ["mentions:Q"])
        there = base.transform_filter(f"datum.of_reviews >= {fewest(counted)}")
        layers = [
            scale.at(all_together(rows, ["label"]), "at"),
            scale.at(there.mark_rule(color=LIGHT_BLUE, strokeWidth=5), "low", "high"),
            scale.at(there.mark_point(color=BLUE, filled=True, opacity=1, size=40), "share"),
        ]
        if not scale.upwards:
            layers.append(count_beside(base, "mentioning", "datum.reviews", 4))
        return panels(layers, upwards=scale.upwards, beside=16)

    return titled(
        by_kind(counted, panel),
        counted,
        "What the reviews talk about",
        "reviews that mention each theme: a dot is their share in the group, the band its 95 % interval",
        *without,
    ).properties(
        description=describe(
            "Panels: the reviews in each group that mention each theme.",
            each(counted, "{label}, {group}: {reviews} of {of_reviews}"),
        )
    )


def praise_by_group(counted: pd.DataFrame) -> ChartType:
    """Draw the share of each group's reviews that praise a theme, and that criticise it, each with its interval."""
    check_size(counted)
    counted, without = to_draw(counted)
    scale = shares(counted, both=True)
    base = in_groups(counted, counted, ["polarity:N", "opinions:Q", "of_opinions:Q"]).transform_calculate(
        signed_share=f"{_SIGN} * datum.share", signed_low=f"{_SIGN} * datum.low", signed_high=f"{_SIGN} * datum.high"
    )
    there = base.transform_filter(f"datum.of_reviews >= {fewest(counted)}")
    bars = there.mark_bar(width={"band": 0.7}) if scale.upwards else there.mark_bar(height={"band": 0.7})
    layers = [
        scale.at(bars.encode(color=POLARITY), "signed_share"),
        scale.at(there.mark_rule(color=INK, opacity=0.6), "signed_low", "signed_high"),
        scale.at(all_together(counted, ["label", "polarity"], _SIGN), "at"),
    ]
    if not scale.upwards:
        for polarity, sign, dx in (("praise", "+", 4), ("criticism", "−", 36)):
            rows = base.transform_filter(f"datum.polarity == '{polarity}'")
            layers.append(count_beside(rows, polarity, f"'{sign}' + datum.reviews", dx))
    ways = "up praise, down criticism" if scale.upwards else "to the right praise, to the left criticism"
    return titled(
        panels(layers, upwards=scale.upwards, beside=20),
        counted,
        "What is praised, and what is criticised",
        f"reviews that judge each theme, as a share of the group with its 95 % interval: {ways}",
        *without,
    ).properties(
        description=describe(
            "Panels: the reviews in each group that praise or criticise each theme.",
            each(counted, "{label}, {group}: {reviews} of {of_reviews} {polarity}"),
        )
    )
