"""Summaries of opinions: praise and criticism by theme, by review, and the words behind each count."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from ..coding.belonging import craft_themes, known_themes, one_coder
from ..coding.themes import given_themes
from ..errors import TableError, did_you_mean
from ..tables import columns
from ..tables.base import OPINIONS
from ..tables.columns import POLARITIES
from ..tables.schema import COUNT, TEXT, Column, build, check, declare
from .counting import count, cross

PRAISE_AND_CRITICISM = declare(
    "praise_and_criticism",
    "one row per theme and polarity",
    ("theme", "polarity"),
    (
        columns.THEME,
        columns.LABEL,
        columns.CODER,
        columns.POLARITY,
        columns.OPINIONS,
        Column("of_opinions", COUNT, "Of how many opinions in all."),
        columns.REVIEWS,
        columns.OF_REVIEWS,
    ),
)
DISAGREEMENT = declare(
    "disagreement",
    "one row per theme and review",
    ("theme", "review_id"),
    (columns.THEME, columns.REVIEW_ID, columns.PRAISE, columns.CRITICISM),
)
QUOTES = declare(
    "quotes",
    "one row per opinion",
    ("review_id", "start", "end", "theme", "polarity", "coder"),
    (
        columns.REVIEW_ID,
        columns.START,
        columns.END,
        columns.THEME,
        columns.POLARITY,
        columns.CODER,
        Column("quote", TEXT, "The words that carry the opinion."),
    ),
)


def praise_and_criticism(
    opinions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count praise and criticism of each theme: one row per craft theme and polarity.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The praise_and_criticism table, in the order of `themes`.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, holds a theme or a review that the others lack, a motif, or several
        coders.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> counted = praise_and_criticism(read_opinions(), load_reviews())
    >>> bool(counted["opinions"].sum() == counted["of_opinions"].iloc[0])
    True
    """
    themes = known_themes(opinions, OPINIONS, reviews, themes)
    coder = one_coder(opinions, reviews)
    craft = craft_themes(opinions, themes)[["theme", "label"]]
    rows = craft.merge(pd.DataFrame({"polarity": POLARITIES}), how="cross").assign(coder=coder)
    rows["opinions"] = count(rows, opinions, ["theme", "polarity"])
    in_reviews = opinions.drop_duplicates(["theme", "polarity", "review_id"])
    rows["reviews"] = count(rows, in_reviews, ["theme", "polarity"])
    return build(PRAISE_AND_CRITICISM, rows.assign(of_opinions=len(opinions), of_reviews=len(reviews)))


def disagreement(opinions: pd.DataFrame, *, themes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count who praises and who criticises each theme: one row per craft theme and review.

    Parameters
    ----------
    opinions : DataFrame
        The opinions table, of one coder.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The disagreement table: every craft theme with every review that holds an opinion.

    Raises
    ------
    StarlightError
        If `opinions` breaks its declaration, or holds a theme that `themes` lacks, a motif, or several coders.

    Examples
    --------
    >>> from starlight import read_opinions
    >>> disagreement(read_opinions()).query("theme == 'music' and praise > 0")["review_id"].tolist()
    ['004_3f7ee695b3718bb9']
    """
    coder = one_coder(opinions)
    craft = craft_themes(opinions, given_themes(themes))
    rows = cross(theme=craft["theme"], review_id=sorted(opinions["review_id"].unique()))
    for polarity in POLARITIES:
        rows[polarity] = count(rows, opinions[opinions["polarity"] == polarity], ["theme", "review_id"])
    counted = build(DISAGREEMENT, rows)
    counted.attrs["coder"] = coder  # for the line that a chart says it in
    return counted


def quotes(
    opinions: pd.DataFrame,
    *,
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
    theme, polarity, review_id, coder : str or list of str, optional
        Which opinions to list, one value or any of several; all where not given.
    least_confidence : float, optional
        The least confidence of an opinion, from 0 to 1. Where it is given, opinions without a confidence, which are
        readers', are not listed.
    themes : DataFrame, optional
        The themes they were coded with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The quotes table, in the order of `opinions`; empty where nothing fits.

    Raises
    ------
    TableError
        If `opinions` breaks its declaration, a value asked for exists nowhere, or `least_confidence` is not between
        0 and 1.

    Examples
    --------
    >>> from starlight import read_opinions
    >>> quotes(read_opinions(), theme="music")["quote"].tolist()
    ['really nice musical sequences and songs']
    >>> len(quotes(read_opinions(), theme=["music", "world"], polarity="praise"))
    7
    """
    check(opinions, OPINIONS, "opinions")
    wanted = {"theme": theme, "polarity": polarity, "review_id": review_id, "coder": coder}
    allowed = {"theme": given_themes(themes)["theme"], "polarity": POLARITIES, "review_id": (), "coder": ()}
    rows = opinions
    for name, value in wanted.items():
        if value is None:
            continue
        values = [value] if isinstance(value, str) else list(value)
        known = sorted({*allowed[name], *opinions[name]})
        for one in values:
            if one not in known:
                raise TableError(f"No {name} {one!r}. {did_you_mean(one, known)}")
        rows = rows[rows[name].isin(values)]
    if least_confidence is not None:
        if not 0 <= least_confidence <= 1:
            raise TableError(f"least_confidence is {least_confidence!r}; it is a confidence, from 0 to 1.")
        rows = rows[rows["confidence"] >= least_confidence]
    return build(QUOTES, rows[QUOTES.names])
