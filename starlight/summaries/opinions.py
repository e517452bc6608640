"""Praise and criticism: counts by theme, by review and in groups, and the words behind each count."""

from collections.abc import Collection

import pandas as pd

from ..base.arguments import check_choices, check_number
from ..coding.belonging import of_reviews, reviews_read, whose
from ..coding.themes import checked_themes
from ..errors import TableError
from ..tables import COUNT, NUMBER, OPINIONS, POLARITIES, TEXT, Column, build, check, declare
from .counting import add_counts, add_sides, count, judged, located
from .groups import GROUP, OF_GROUP, check_grouping, count_in_groups, group_reviews

PRAISE_AND_CRITICISM = declare(
    "praise_and_criticism",
    "one row per theme and polarity",
    "theme label coder corpus polarity opinions",
    Column("of_opinions", COUNT, "Of how many opinions in all."),
    "reviews of_reviews",
    key="theme polarity",
)
PRAISE_AND_CRITICISM_BY_REVIEW = declare(
    "praise_and_criticism_by_review",
    "one row per review",
    "review_id name score_raw score_status coder corpus praise criticism opinions",
    Column("share", NUMBER, "praise / opinions; missing where there is no opinion.", missing=True, most=1),
    key="review_id",
)
PRAISE_AND_CRITICISM_BY_GROUP = declare(
    "praise_and_criticism_by_group",
    "one row per group of reviews, theme and polarity",
    *GROUP,
    "theme label coder corpus polarity opinions",
    Column("of_opinions", COUNT, "Of how many opinions in the group's reviews."),
    "reviews",
    Column("both", COUNT, "How many of these reviews also judge the theme the other way."),
    *OF_GROUP,
    key="by group theme polarity",
)
DISAGREEMENT = declare(
    "disagreement",
    "one row per theme and review",
    "film theme label review_id name coder corpus praise criticism",
    key="theme review_id",
)
QUOTES = declare(
    "quotes",
    "one row per opinion",
    "review_id",
    Column("name", TEXT, "What people call the review.", missing=True),
    "start end theme polarity coder quote",
    key="review_id start end theme polarity coder",
)

OPINION_POSITIONS = declare(
    "opinion_positions",
    "one row per opinion",
    "review_id name start end theme label polarity coder corpus quote position",
    key="review_id start end theme polarity",
)


def praise_and_criticism(
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str | None = None,
    most: int = 8,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count praise and criticism: one row per craft theme and polarity, or per review, or in groups of reviews.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder. With a part of the reviews, only their opinions count.
    by, most : str and int, optional
        How to group the reviews, as in `theme_frequency`; ``review_id`` counts all themes of a review together.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The praise_and_criticism table, in the order of `themes`. With ``review_id`` the praise_and_criticism_by_review
        table, which has each review's score beside the counts. With another column the praise_and_criticism_by_group
        table: every craft theme and polarity in every group. A review counts if it holds at least one such opinion.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, holds an unknown theme, a motif or several coders, or is of other reviews; if
        `by` or `most` is not what `theme_frequency` takes.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> opinions, reviews = read_opinions(), load_reviews()
    >>> counted = praise_and_criticism(opinions, reviews)
    >>> bool(counted["opinions"].sum() == counted["of_opinions"].iloc[0])
    True
    """
    opinions, craft = judged(opinions, reviews, themes)
    if by is not None:
        check_grouping(by, most, reviews)
    reviews, left_out = reviews_read(reviews, opinions)
    if by == "review_id":
        rows = reviews[["review_id", "name", "score_raw", "score_status"]].assign(**whose(opinions), **left_out)
        rows = add_sides(rows, opinions, ["review_id"])
        total = rows["praise"] + rows["criticism"]
        rows = rows.assign(opinions=total, share=rows["praise"] / total.where(total > 0))
        return build(PRAISE_AND_CRITICISM_BY_REVIEW, rows)
    rows = craft.merge(pd.DataFrame({"polarity": POLARITIES}), how="cross").assign(**left_out)
    if by is None:
        rows = add_counts(rows, opinions, ["theme", "polarity"], "opinions")
        return build(PRAISE_AND_CRITICISM, rows.assign(of_opinions=len(opinions), of_reviews=len(reviews)))
    rows = count_in_groups(rows, opinions, "opinions", reviews, by, most)
    of_opinions = rows.groupby("group")["opinions"].transform("sum")
    once = opinions[["review_id", "theme", "polarity"]].drop_duplicates()
    divided = once[once.duplicated(["review_id", "theme"])]
    divided = divided.assign(group=divided["review_id"].map(group_reviews(reviews, by, most).of))
    both = count(rows, divided, ["group", "theme"])
    return build(PRAISE_AND_CRITICISM_BY_GROUP, rows.assign(of_opinions=of_opinions, both=both))


def disagreement(opinions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count praise and criticism of each theme in each review: one row per craft theme and review.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder. With a part of the reviews, only their opinions count.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The disagreement table: the number of opinions that praise and that criticise, for every craft theme and every
        review that holds an opinion.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, holds an unknown theme, a motif or several coders, or is of other reviews.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> counted = disagreement(read_opinions(), load_reviews())
    >>> counted.query("theme == 'music' and praise > 0")["review_id"].tolist()
    ['004_3f7ee695b3718bb9']
    """
    opinions, craft = judged(opinions, reviews, themes)
    judging = reviews.loc[reviews["review_id"].isin(opinions["review_id"]), ["review_id", "name", "film"]]
    return build(DISAGREEMENT, add_sides(craft.merge(judging, how="cross"), opinions, ["theme", "review_id"]))


def opinion_positions(
    opinions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Locate each opinion in its review: one row per opinion.

    Parameters
    ----------
    opinions, reviews, themes : DataFrame
        As for `disagreement`.

    Returns
    -------
    DataFrame
        The opinion_positions table: the words of each opinion and its position, the share of the review before it.

    Raises
    ------
    StarlightError
        As `disagreement`.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> opinion_positions(read_opinions(), load_reviews())["quote"].iloc[0]
    'visually captivating depiction of the year 2050'
    """
    opinions, craft = judged(opinions, reviews, themes)
    rows = opinions.drop(columns="coder").merge(craft, on="theme", validate="m:1")
    return build(OPINION_POSITIONS, located(rows, reviews)[OPINION_POSITIONS.names])


def quotes(
    opinions: pd.DataFrame,
    reviews: pd.DataFrame | None = None,
    *,
    film: str | Collection[str] | None = None,
    theme: str | Collection[str] | None = None,
    polarity: str | Collection[str] | None = None,
    review_id: str | Collection[str] | None = None,
    coder: str | Collection[str] | None = None,
    least_confidence: float | None = None,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List the words behind a count: one row per opinion.

    Parameters
    ----------
    opinions : DataFrame
        The opinions table.
    reviews : DataFrame, optional
        The reviews whose opinions are listed; without it `name` is missing.
    film, theme, polarity, review_id, coder : str or list of str, optional
        Which opinions to list: those with this value, or with one of these; by default all. `film` needs `reviews`.
    least_confidence : float, optional
        The lowest confidence to list, from 0 to 1. Opinions without a confidence, such as those of a reading, are then
        left out.
    themes : DataFrame, optional
        The themes they were coded with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The quotes table, in the order of `opinions`: each one's words in the column quote; empty if no opinion fits.

    Raises
    ------
    TableError
        If a table breaks its declaration, no opinion is of `reviews`, a value asked for exists nowhere, a film is
        asked for without `reviews`, or `least_confidence` is not between 0 and 1.

    Examples
    --------
    >>> from starlight import read_opinions
    >>> quotes(read_opinions(), theme="music")["quote"].tolist()
    ['really nice musical sequences and songs']
    """
    check(opinions, OPINIONS, "opinions")
    allowed = {"theme": checked_themes(themes)["theme"].tolist(), "polarity": list(POLARITIES)}
    if reviews is not None:
        opinions = of_reviews(opinions, reviews, "opinions")
        opinions = opinions.assign(film=opinions["review_id"].map(reviews.set_index("review_id")["film"]))
        allowed["film"] = reviews["film"].dropna().tolist()
    elif film is not None:
        raise TableError("film needs reviews, which say what each is of: quotes(opinions, reviews, film=...).")
    wanted = {"film": film, "theme": theme, "polarity": polarity, "review_id": review_id, "coder": coder}
    rows = opinions
    for name, value in wanted.items():
        if value is None:
            continue
        values = check_choices(value, name, sorted({*allowed.get(name, []), *opinions[name].dropna()}))
        rows = rows[rows[name].isin(values)]
    if least_confidence is not None:
        check_number(least_confidence, "least_confidence", "a confidence, from 0 to 1", most=1)
        rows = rows[rows["confidence"] >= least_confidence]
    names = None if reviews is None else rows["review_id"].map(reviews.set_index("review_id")["name"])
    return build(QUOTES, rows.assign(name=names)[QUOTES.names])
