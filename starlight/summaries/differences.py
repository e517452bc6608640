"""Two groups of reviews side by side: what they talk about, praise and criticise, their scores, and their words."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..base.statistics import fisher_exact, holm, newcombe, two_sided, welch
from ..coding.belonging import craft_themes, known_themes, of_reviews, reviews_read, whose
from ..errors import TableError, did_you_mean, shown
from ..tables import COUNT, MENTIONS, NUMBER, TEXT, Column, build, declare
from .counting import count
from .groups import check_grouping, group_reviews
from .keyness import words_of_quotes

ABOUT = ("talked about", "praised", "criticised", "word", "score")
DIFFERENCES = declare(
    "differences",
    "one row per thing that two groups of reviews are compared in",
    Column("by", TEXT, "The column of the reviews that they are grouped by."),
    Column("group", TEXT, "The group that is compared."),
    Column("other_group", TEXT, "The group that it is compared with."),
    Column("about", TEXT, "What is compared: a theme's mentions, praise or criticism, a word, or scores.", ABOUT),
    Column("what", TEXT, "The theme's name for people, the word, or score."),
    Column("theme", TEXT, "The theme, by its name in data/themes.csv; missing for words and scores.", missing=True),
    "coder corpus",
    Column("reviews", COUNT, "Reviews of the group in which it occurs; for scores, those that state one."),
    Column("of_reviews", COUNT, "All reviews of the group."),
    Column("other_reviews", COUNT, "Reviews of the other group in which it occurs; for scores, those that state one."),
    Column("of_other_reviews", COUNT, "All reviews of the other group."),
    Column("share", NUMBER, "reviews / of_reviews; for scores, the mean / 100.", most=1),
    Column("other_share", NUMBER, "The same in the other group.", most=1),
    Column("difference", NUMBER, "share less other_share."),
    Column("low", NUMBER, "The low end of the difference's 95 % interval."),
    Column("high", NUMBER, "The high end of that interval."),
    Column("p", NUMBER, "How often chance gives a difference as large; missing where none could be.", missing=True),
    "adjusted",
    key="about what",
)
_FEWEST_WITH_A_WORD = 5  # reviews
_FEWEST_SCORES = 10  # in each group; the interval takes the means for normal


def differences(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str = "film",
    of: Sequence[str] | None = None,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set two groups of reviews side by side: one row per theme talked about, praised or criticised, word, and score.

    Parameters
    ----------
    mentions, opinions, reviews : DataFrame
        The tables; `opinions` of one coder. With a part of the reviews, such as those of a film, only these are
        compared.
    by : str
        The column whose groups are compared, grouped as in `theme_frequency`, but each value by itself.
    of : two str, optional
        The names of the two groups; by default the two with the most reviews.
    themes : DataFrame, optional
        The themes table that the others were made with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The differences table. Words are those of the quotes, names left out, that five reviews or more have; the scores
        have a row where each group states ten or more, not all alike. Without two groups the table is empty.

    Raises
    ------
    StarlightError
        If a table breaks its declaration or does not belong to the others, `by` names no column, or `of` is not two of
        its groups.

    Notes
    -----
    All counts are of reviews, so a review that repeats itself counts once. For shares, the intervals are Newcombe's
    (1998, method 10) and p is from Fisher's exact test. For mean scores, the interval uses the standard error of B. L.
    Welch (Biometrika 34, 1947), and p is the normal approximation of E. J. G. Pitman's permutation test (1937).
    Adjusted p follow S. Holm (1979), over all rows. Two groups whose reviews are of different films may differ because
    the films do: to compare outlets, take one film.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences
    >>> reviews = load_reviews().assign(length=["long", "long", "short", "short", "short"])
    >>> mentions = find_mentions(split_sentences(reviews))
    >>> differ = differences(mentions, read_opinions(), reviews, by="length", of=("long", "short"))
    >>> bool(differ["adjusted"].min() < 0.05)
    False
    """
    mentions, listed = known_themes(mentions, MENTIONS, reviews, themes)
    coded = whose(opinions)
    opinions = of_reviews(opinions, reviews, "opinions")
    craft = craft_themes(opinions, listed)[["theme", "label"]]
    check_grouping(by, 1, reviews)
    reviews, left_out = reviews_read(reviews, mentions, opinions)
    groups = group_reviews(reviews, by, len(reviews) + 1)
    pair = _two(of, groups.of, [name for name in groups.names if name not in groups.apart], by)
    if pair is None:
        return build(DIFFERENCES, [])
    judged = {
        about: opinions.loc[opinions["polarity"] == side, ["review_id", "theme"]]
        for about, side in (("praised", "praise"), ("criticised", "criticism"))
    }
    rows = [
        compare_shares(groups.of, pair, listed.dropna(subset="terms")[["theme", "label"]], mentions, "talked about"),
        *(compare_shares(groups.of, pair, craft, counted, about) for about, counted in judged.items()),
        _words(groups.of, pair, opinions),
        compare_scores(groups.of, pair, reviews.set_index("review_id")["score"]),
    ]
    table = pd.concat([one for one in rows if len(one)], ignore_index=True)
    table = table.assign(by=by, group=pair[0], other_group=pair[1], **coded, adjusted=holm(table["p"].to_numpy()))
    return build(DIFFERENCES, table[DIFFERENCES.names].assign(**left_out))


def _two(of: Sequence[str] | None, groups: pd.Series, names: list[str], by: str) -> tuple[str, str] | None:
    """Return the two groups to compare, if there are two; refuse what is not two of them."""
    sizes = groups[groups.isin(names)].value_counts()
    known = [name for name in names if sizes.get(name, 0)]
    if of is None:
        largest = sorted(known, key=lambda name: -sizes[name])
        return (largest[0], largest[1]) if len(largest) > 1 else None
    if isinstance(of, str) or not isinstance(of, Sequence) or len(of) != 2 or shown(of[0]) == shown(of[1]):
        raise TableError(f"of is {shown(of)}; it is the names of two groups, of {known[:5]!r}.")
    for name in of:
        if name not in known:
            raise TableError(f"of has {shown(name)}, which is no group by {by!r}. {did_you_mean(name, known)}")
    return of[0], of[1]


def compare_shares(
    groups: pd.Series, pair: tuple[str, str], kinds: pd.DataFrame, counted: pd.DataFrame, about: str
) -> pd.DataFrame:
    """Compare in how many reviews of two groups each theme is: one row per theme; `groups` has each review's group."""
    rows = kinds.rename(columns={"label": "what"}).assign(about=about)
    once = counted[["review_id", "theme"]].drop_duplicates()
    once = once.assign(group=once["review_id"].map(groups).astype("str"))
    for name, begins in zip(pair, ("", "other_"), strict=True):
        rows[f"{begins}reviews"] = count(rows, once[once["group"] == name], ["theme"])
        rows[f"of_{begins}reviews"] = int((groups == name).sum())
    one, of, other, of_other = (
        rows[name].to_numpy("float64") for name in ("reviews", "of_reviews", "other_reviews", "of_other_reviews")
    )
    low, high = newcombe(one, of, other, of_other)
    both = np.stack([one, of, one + other, of + of_other], axis=1)[:, :, None]
    p = [fisher_exact(*cells)[0] if 0 < cells[2] < cells[3] else np.nan for cells in both]
    shares = {"share": one / of, "other_share": other / of_other, "difference": one / of - other / of_other}
    return rows.assign(**shares, low=low, high=high, p=p)


def _words(groups: pd.Series, pair: tuple[str, str], opinions: pd.DataFrame) -> pd.DataFrame:
    """Compare in how many reviews of the two groups each word of the quotes is."""
    words = words_of_quotes(opinions).rename(columns={"word": "theme"})[["review_id", "theme"]].drop_duplicates()
    words = words[words["review_id"].map(groups).isin(pair)]
    sizes = words["theme"].value_counts()
    kept = sorted(sizes[sizes >= _FEWEST_WITH_A_WORD].index)
    kinds = pd.DataFrame({"theme": kept, "label": kept}, dtype="str")
    return compare_shares(groups, pair, kinds, words, "word").assign(theme=None)


def compare_scores(groups: pd.Series, pair: tuple[str, str], scores: pd.Series) -> pd.DataFrame:
    """Compare the mean of the stated scores, where there are enough, and not all alike."""
    one, other = (scores[groups == name].dropna().to_numpy() / 100 for name in pair)
    both = np.concatenate([one, other])
    if min(len(one), len(other)) < _FEWEST_SCORES or np.ptp(both) == 0:
        return pd.DataFrame()
    by_chance = np.sqrt(both.var(ddof=1) * (1 / len(one) + 1 / len(other)))
    sizes = {"reviews": len(one), "other_reviews": len(other)}
    sizes |= {"of_reviews": int((groups == pair[0]).sum()), "of_other_reviews": int((groups == pair[1]).sum())}
    gap, low, high = welch(one, other)
    p = two_sided(np.array([gap / by_chance]))[0]
    shares = {"share": one.mean(), "other_share": other.mean(), "difference": gap, "low": low, "high": high}
    return pd.DataFrame([{"about": "score", "what": "score", "theme": None, "p": p, **sizes, **shares}])
