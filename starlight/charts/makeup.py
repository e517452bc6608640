"""The chart of what reviews are made of."""

from functools import partial

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import KINDS, MAKEUP, headlines
from ..summaries.bins import makeup_in_tenths, shares_of_rows
from .checks import are_many, to_draw
from .marks import counts_beside, histograms
from .style import BLUE, INK, LIGHT, review_y, share_x
from .wording import EACH_BAR, each, framed, tip

_COLORS = dict(zip(KINDS, (BLUE, "rgba(132,132,132,0.5)", "rgba(132,132,132,0.15)", "transparent"), strict=True))
_SHARE = "share of the review’s sentences"
_ROOM = 0.05  # the share from which on a bar has room for its number


def chart_makeup(makeup: pd.DataFrame) -> ChartType:
    """Draw what each review is made of: a bar for each review, in parts for the kinds of sentence.

    Parameters
    ----------
    makeup : DataFrame
        The makeup table.

    Returns
    -------
    altair chart
        Of more than five reviews, the one with the largest share of opinion comes first. From 30 on, a histogram for
        each kind: how many reviews have which share of it.

    Raises
    ------
    TableError
        If `makeup` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, makeup, read_opinions, split_sentences
    >>> reviews = load_reviews()
    >>> chart_makeup(makeup(split_sentences(reviews), read_opinions(), reviews)).to_dict()["title"]["text"]
    'From 6% to 56% of a review’s sentences judge the film'
    """
    makeup = to_draw(makeup, MAKEUP, "makeup")
    return _of_many(makeup) if are_many(makeup) else _of_each(makeup)


def _of_each(makeup: pd.DataFrame) -> ChartType:
    """Draw a bar for each review, in parts."""
    opinion = makeup[makeup["kind"] == KINDS[0]]
    y = review_y(opinion, by="share", counts=True)
    base = (
        alt.Chart(makeup)
        .transform_calculate(place=f"indexof({list(KINDS)}, datum.kind)")
        .transform_window(end="sum(share)", sort=[alt.SortField("place")], groupby=["name"])
        .transform_calculate(start="datum.end - datum.share", middle="datum.end - datum.share / 2")
        .encode(y=y, **tip(makeup, "name", "review_id", "kind", "sentences", "of_sentences", "share"))
    )
    scale = alt.Scale(domain=list(_COLORS), range=list(_COLORS.values()))
    legend = alt.Legend(title=None, orient="top", symbolType="square", symbolStrokeColor=LIGHT)
    parts = base.mark_bar(height={"band": 0.7}, stroke=LIGHT, strokeWidth=1)
    white = alt.condition(f"datum.kind == '{KINDS[0]}'", alt.value("white"), alt.value(INK))
    numbers = base.transform_filter(f"datum.share >= {_ROOM}").mark_text()
    below = f"; no number on parts under {_ROOM:.0%}"
    small = makeup["share"].between(0, _ROOM, inclusive="neither").any()
    return framed(
        alt.layer(
            parts.encode(
                x=share_x("start:Q", _SHARE), x2="end:Q", color=alt.Color("kind:N", scale=scale, legend=legend)
            ),
            numbers.encode(x=share_x("middle:Q", _SHARE), text="sentences:Q", color=white),
            *counts_beside(makeup, y, "sentences", "datum.of_sentences"),
        ),
        headlines.of_makeup(makeup),
        f"sentences of each kind, of all sentences in the review{below * bool(small)}",
        coded=makeup,
        said="Bars: what each review is made of.",
        values=each(makeup, "{name}: {sentences} of {of_sentences} {kind}"),
    )


def _of_many(makeup: pd.DataFrame) -> ChartType:
    """Draw, for each kind of sentence, how many of the reviews that have it have which share of it."""
    bins = shares_of_rows(makeup_in_tenths(makeup), "kind", "reviews")
    kinds, every = bins.drop_duplicates("kind"), makeup["review_id"].nunique()
    there, absent = kinds[kinds["of"] > 0], kinds.loc[kinds["of"] == 0, "kind"].tolist()
    titles = each(there.assign(every=every), "{kind}: in {of:,} of {every:,} reviews")
    return framed(
        histograms(bins[bins["of"] > 0], "kind", titles, partial(share_x, title=_SHARE)),
        headlines.of_makeup(makeup),
        "reviews that have sentences of a kind, by their share of the review’s sentences",
        EACH_BAR + (f"; in no review: {', '.join(absent)}" if absent else ""),
        coded=makeup,
        said=f"Histograms: what {every} reviews are made of, by the share of each kind of sentence.",
        values=[
            *each(kinds, "{kind}: in {of} reviews"),
            *each(bins[bins["reviews"] > 0], "{kind}, {low:.0%} to {high:.0%}: {reviews}"),
        ],
    )
