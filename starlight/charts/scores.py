"""The chart of printed scores: under one convention or several, each by itself, counted, or by group."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..coding.belonging import of_reviews
from ..summaries import MEDIAN_FROM, SCORE_DISTRIBUTION, SCORE_DISTRIBUTION_BY_GROUP, as_word, scales_taken
from ..summaries.bins import median_scores, scores_in_tens
from ..tables import REVIEWS, check
from .by_group import check_groups, one_group
from .checks import MANY_REVIEWS, are_many, to_draw
from .marks import bars, column, histograms
from .style import CARD, FEW, INK, LIGHT, LIGHT_BLUE, LINE, MUTED, THIN_PRAISE, WIDTH, few_enough, review_y, told_apart
from .wording import EACH_BAR, PRINTED, each, framed, not_drawn, nothing, tip

_HISTOGRAM_FROM = 20  # scores; fewer are drawn each by itself


def chart_scores(scores: pd.DataFrame, reviews: pd.DataFrame | None = None) -> ChartType:
    """Draw the printed scores on a scale from 0 to 100, under one convention or under several.

    Parameters
    ----------
    scores : DataFrame
        What `score_distribution` returns: of each review, or by another column of the reviews.
    reviews : DataFrame, optional
        The reviews to draw: how many there are, and which print no score.

    Returns
    -------
    altair chart
        Under one convention: below 20 stated scores a dot for each, with the score as printed; an ambiguous one is
        hollow, and a review without a readable score is named beside the axis. From 20 on, a histogram with its median.
        Under several conventions: a line from the lowest to the highest value of each printed score, and a mark for
        each convention; from 30 reviews on, a histogram for each. By another column, such as the film: a row for each
        group, in which the area of a circle is the share of its scores that are so high, and a line its median.

    Raises
    ------
    TableError
        If a table breaks its declaration, or `scores` is of other reviews.

    Examples
    --------
    >>> from starlight import load_reviews, score_distribution
    >>> reviews = load_reviews()
    >>> chart_scores(score_distribution(reviews), reviews).to_dict()["title"]["text"]
    '2 of 5 reviews state a score'
    >>> several = score_distribution(reviews, convention=["even steps", "school"])
    >>> chart_scores(several).to_dict()["title"]["text"]
    'The same C+ is worth 58 to 78 of 100, depending on the convention'
    """
    if isinstance(scores, pd.DataFrame) and {"by", "group"} & set(scores.columns):
        return _by_group(to_draw(scores, SCORE_DISTRIBUTION_BY_GROUP, "scores"))
    check(scores, SCORE_DISTRIBUTION, "scores")
    silent = scores.iloc[:0]
    if reviews is not None:
        scores = of_reviews(scores, reviews, "scores")
        silent = reviews[~reviews["review_id"].isin(scores["review_id"])]
        silent = to_draw(silent, REVIEWS.only("review_id", "name", "score_status"), "reviews")
    scores = to_draw(scores, SCORE_DISTRIBUTION, "scores")
    conventions = scores["convention"].unique().tolist()
    if len(conventions) > 1:
        few_enough(conventions, "scores", "conventions")
        return _ranges_of_many(scores, silent) if are_many(scores) else _ranges(scores, silent, conventions)
    if scores.empty and len(silent):
        return nothing(
            f"None of {len(silent):,} reviews states a score" if len(silent) > 1 else "The review states no score"
        )
    stated = scores[scores["score_status"] == "stated"]
    title = f"{len(stated):,}{'' if reviews is None else f' of {len(reviews):,}'} reviews state a score"
    how = _how(scores)
    every = pd.concat([scores, silent])
    if len(stated) >= _HISTOGRAM_FROM:
        return _histogram(scores, title, how, not_drawn(every[every["score_status"] != "stated"]))
    shown = next(rows for rows in (every, scores, stated) if len(rows) < MANY_REVIEWS)
    return _dots(shown, title, how, not_drawn(every[~every["review_id"].isin(shown["review_id"])]))


def _how(scores: pd.DataFrame) -> str:
    """Say how printed scores became numbers from 0 to 100."""
    if scores.empty:
        return ", none is printed"
    convention = scores["convention"].iloc[0] if "letter" in set(scores["score_scale"]) else None
    return how_read(convention, " or ".join(scales_taken(scores)) or None)


def _dots(shown: pd.DataFrame, title: str, how: str, left_out: list[str]) -> ChartType:
    """Draw each score by itself, and name the reviews without one beside the axis."""
    why = "datum.score_status == 'none' ? 'no score printed' : datum.score_raw + ' (unreadable: scale not given)'"
    base = (
        alt.Chart(shown)
        .transform_calculate(printed=PRINTED, why=why)
        .encode(y=review_y(shown), **tip(shown, "name", "review_id", "score_raw", "score_status", "score"))
    )
    valued = base.transform_filter("isValid(datum.score)").encode(x=score_x("score:Q"))
    silent = base.transform_filter("!isValid(datum.score)")
    fill = alt.condition("datum.score_status == 'stated'", alt.value(THIN_PRAISE), alt.value(CARD))
    return framed(
        alt.layer(
            valued.mark_point(size=130, strokeWidth=2, filled=True, stroke=THIN_PRAISE, opacity=1).encode(fill=fill),
            valued.mark_text(align="left", dx=12).encode(text="printed:N"),
            silent.mark_text(align="left", color=MUTED).encode(x=alt.XValue(6), text="why:N"),
        ),
        title,
        f"score from 0 to 100{how}; a hollow dot is not counted",
        *left_out,
        said=f"Dots: {title}.",
        values=each(shown.assign(score_raw=shown["score_raw"].fillna("no score")), "{name}: {score_raw}"),
        height=alt.Step(int(LINE * 1.3)),
    )


def _histogram(scores: pd.DataFrame, title: str, how: str, left_out: list[str]) -> ChartType:
    """Draw how many stated scores fall in each ten points, with their median."""
    bins, middle = scores_in_tens(scores), median_scores(scores)
    (label,) = each(middle, "median {median:g}")
    line = alt.Chart(middle.assign(label=label)).encode(x="median:Q")
    return framed(
        alt.layer(
            line.mark_rule(color=INK, strokeDash=[4, 3]).encode(y=alt.YValue(-30), y2=alt.Y2Value(240)),
            bars(bins, score_x),
            line.mark_text(align="left", dx=5, color=INK).encode(y=alt.YValue(-24), text="label:N"),
        ),
        f"{title}; the {label.replace(' ', ' is ')}",
        f"stated scores from 0 to 100{how}",
        *left_out,
        EACH_BAR,
        said=f"Histogram: {title}; {label}.",
        values=each(bins, "{low:g} to {high:g}: {reviews}"),
        height=240,
    )


def _ranges(scores: pd.DataFrame, silent: pd.DataFrame, conventions: list[str]) -> ChartType:
    """Draw a line from the lowest to the highest value of each printed score, and a mark for each convention."""
    base = alt.Chart(scores).encode(y=review_y(scores))
    color, shape = told_apart("convention:N", conventions)
    shown = tip(scores, "name", "review_id", "score_raw", "score_status", "convention", "score")
    labels = (
        base.transform_aggregate(high="max(score)", groupby=["name", "score_raw", "score_status"])
        .transform_calculate(printed=PRINTED)
        .encode(text="printed:N")
    )
    read, unread = (labels.transform_filter(f"{no}isValid(datum.high)") for no in ("", "!"))
    said = scores["score"].map("{:g}".format).where(scores["score"].notna(), scores["score_status"])
    return framed(
        alt.layer(
            base.mark_rule(strokeWidth=3, color=LIGHT).encode(x=score_x("min(score):Q"), x2="max(score):Q"),
            base.mark_point(size=110, strokeWidth=2, filled=False, opacity=1).encode(
                x=score_x("score:Q"), shape=shape, color=color, **shown
            ),
            read.mark_text(align="left", dx=12).encode(x=score_x("high:Q")),
            unread.mark_text(align="left", color=MUTED).encode(x=alt.XValue(6)),
        ),
        _widest(scores),
        "score from 0 to 100 under each convention for letters",
        *not_drawn(silent),
        said="Ranges: each printed score under each convention.",
        values=each(scores.assign(value=said), "{name} {score_raw}, {convention}: {value}"),
        height=alt.Step(2 * LINE),
    )


def _widest(scores: pd.DataFrame) -> str:
    """Say between which values the conventions move one printed score, the one that they move furthest."""
    ends = scores.dropna(subset=["score"]).groupby("score_raw", sort=False)["score"].agg(["min", "max"])
    far = (ends["max"] - ends["min"]).nlargest(1)
    if far.empty or not far.iloc[0]:
        return "Every convention gives these scores the same value"
    low, high = ends.loc[far.index[0]]
    return f"The same {far.index[0]} is worth {low:g} to {high:g} of 100, depending on the convention"


def _middles(medians: pd.Series) -> str:
    """Say whether the median depends on the convention."""
    if medians.isna().any():
        return "Too few scores for a median, whatever the convention"
    if medians.min() == medians.max():
        return f"The median score is {medians.min():g} by every convention"
    return f"The median score is from {medians.min():g} to {medians.max():g}, depending on the convention"


def _ranges_of_many(scores: pd.DataFrame, silent: pd.DataFrame) -> ChartType:
    """Draw how many stated scores fall in each ten points under each convention."""
    states = scores["score_status"] == "stated"
    stated, others = (rows.drop_duplicates("review_id") for rows in (scores[states], scores[~states]))
    bins, medians = scores_in_tens(scores), median_scores(scores)
    names = medians["convention"]
    middles = ("" if pd.isna(median) else f", median {median:g}" for median in medians["median"])
    titles = [name + middle for name, middle in zip(names, middles, strict=True)]
    some = bins[bins["reviews"] > 0]
    listed = (", ".join(each(some[some["convention"] == name], "{low:g} to {high:g}: {reviews}")) for name in names)
    letters = stated[stated["score_scale"] == "letter"]
    return framed(
        histograms(bins, "convention", titles, score_x),
        _middles(medians["median"]),
        f"{len(stated):,} stated scores from 0 to 100 under each convention; only the {len(letters):,} letters move",
        *not_drawn(pd.concat([others, silent])),
        EACH_BAR,
        said=f"Histograms: {len(stated)} stated scores under each convention, {len(letters)} of them letters.",
        values=map("{}: {}".format, titles, listed),
    )


def _by_group(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews of each group state which score, and the median of each."""
    if len(counted):
        check_groups(counted)
    groups = counted.drop_duplicates("group").query("stated > 0")
    if groups.empty and len(counted):
        return nothing("None of the reviews states a score")
    if lone := one_group(counted, "stated"):
        return nothing(lone)
    if groups["begins"].isna().all():
        groups = groups.sort_values("median", ascending=False, kind="stable")
    names = each(groups, "{group} ({stated:,})")
    rows = counted[counted["reviews"] > 0]
    rows = rows.assign(named=each(rows, "{group} ({stated:,})"), share=rows["reviews"] / rows["stated"])
    by = as_word(counted["by"].iloc[0])
    y = alt.Y("named:N", sort=names, title=None, axis=alt.Axis(grid=True, labelLimit=260, offset=12))
    circles = alt.Chart(rows[["named", "score", "reviews", "share", "stated"]]).encode(
        y=y,
        x=score_x("score:Q"),
        size=alt.Size("share:Q", scale=alt.Scale(domain=[0, 1], range=[0, 900]), legend=None),
        fill=alt.condition(f"datum.stated < {FEW}", alt.value(CARD), alt.value(LIGHT_BLUE)),
        **tip(rows, "named", "score", "reviews", "share"),
    )
    middle = alt.Chart(groups.assign(named=names)[["named", "median"]].dropna()).encode(y=y)
    few = f"; hollow: fewer than {FEW}" * bool(groups["stated"].lt(FEW).any())
    medians = groups["median"].map(lambda median: "" if pd.isna(median) else f", median {median:g}")
    return framed(
        alt.layer(
            circles.mark_point(stroke=LIGHT_BLUE, strokeWidth=2, opacity=1),
            middle.mark_tick(color=INK, thickness=3, size=LINE, opacity=1).encode(x=score_x("median:Q")),
            *column(middle, "median", alt.Text("median:Q", format=".3~g"), WIDTH + 60),
        ),
        _title(groups),
        f"stated scores from 0 to 100 by {by}{how_read(*counted[['convention', 'taken']].iloc[0])}",
        f"in brackets: how many reviews state one{few}; a circle’s area: the share of these with that score",
        said=f"Circles: the scores of reviews by {by}.",
        values=each(groups.assign(middle=medians), "{group}: {stated} scores{middle}"),
        height=alt.Step(LINE + 10),
    )


def _title(groups: pd.DataFrame) -> str:
    """Say which groups have the highest and the lowest median, of those that have one."""
    known = groups.dropna(subset="median").assign(said=lambda rows: rows["median"].map("{:.3g}".format))
    known = known.sort_values("median", ascending=False, kind="stable")
    high, low = known["said"].iloc[0], known["said"].iloc[-1]
    if high == low:
        few = f" of {MEDIAN_FROM} stated scores or more" if len(known) < len(groups) else ""
        return f"All groups{few} have the same median score, {high}"
    highest, lowest = (_named(known.loc[known["said"].eq(end), "group"].tolist()) for end in (high, low))
    return f"The median score is highest for {highest}, {high}, and lowest for {lowest}, {low}"


def _named(groups: list[str]) -> str:
    """Name one group, two, or the first of more."""
    first, *others = groups
    more = f" and “{others[0]}”" if len(others) == 1 else f" and {len(others)} others" if others else ""
    return f"“{first}”{more}"


def how_read(convention: str | None, taken: str | None) -> str:
    """Say by which convention letters became numbers, and what bare numbers are taken to be out of, where there are."""
    letters = "" if pd.isna(convention) else f", letters by the convention “{convention}”"
    bare = "" if pd.isna(taken) else f"; a score that does not say what it is out of is taken to be out of {taken}"
    return letters + bare


def score_x(field: str) -> alt.X:
    """Return the axis of scores."""
    axis = alt.Axis(values=list(range(0, 101, 10)))
    return alt.X(field, title="score, 0 to 100", scale=alt.Scale(domain=[0, 100]), axis=axis)
