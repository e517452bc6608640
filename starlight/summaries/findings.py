"""Findings: what the tables say, in sentences, each with its numbers and the rows behind it."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import pandas as pd

from ..base.statistics import holm
from ..coding.belonging import known_themes, of_reviews, one_coder, reviews_read
from ..tables import MENTIONS, POLARITIES, TEXT, Column, build, declare
from .bins import SIDES, by_side
from .compared import CHANCE, group_findings, score_findings, with_others
from .groups import check_grouping, group_reviews, scores_in_groups
from .keyness import keyness, sets_apart
from .opinions import disagreement, praise_and_criticism
from .scores import MEDIAN_FROM
from .scores_and_praise import in_words, scores_and_praise
from .themes import theme_frequency
from .wording import JUDGED, UNREAD, Finding, joined, query, some

FINDINGS = declare(
    "findings",
    "one row per finding",
    Column("finding", TEXT, "The finding, a sentence with its numbers."),
    Column(
        "about", TEXT, "Its subject.", ("reviews", "scores", "themes", "opinions", "disagreement", "words", "groups")
    ),
    Column("table", TEXT, "The table behind it, as the call that makes it."),
    Column("rows", TEXT, "That table's rows behind it, as a query for `DataFrame.query`; missing: all.", missing=True),
    Column("coder", TEXT, "Whose coding it rests on; missing if on no coding.", missing=True),
    key="finding",
)

_FEW = 20  # reviews
_WORDS = 5  # that a sentence lists


def findings(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str | Collection[str] = ("film", "published", "outlet", "score"),
    most: int = 8,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Write down what the tables say: one row per finding.

    Parameters
    ----------
    mentions, opinions, reviews : DataFrame
        The tables; `opinions` of one coder.
    by, most : str or list of str, and int
        The column of `reviews`, or several, whose groups are compared, and how many to keep, as in `theme_frequency`.
    themes : DataFrame, optional
        The themes table that the others were made with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The findings table, in a fixed order. ``table`` is the call that makes the table behind a sentence, and ``rows``
        a query, for `DataFrame.query`, that picks the rows there.

    Raises
    ------
    StarlightError
        If a table breaks its declaration or does not belong to the others, or `by` names no column.

    Notes
    -----
    A finding is written only where it holds, and names all that share the first place. Of disagreement it names the
    theme and film where a minority of two or more is largest, in the order of `chart_disagreement`: by the low end
    of the 95 % interval (Wilson's) of its share, so that two reviewers who differ do not outrank two hundred. A
    word sets praise or criticism apart if its odds are at least doubled and the reviews that use it are parted
    beyond chance (see `keyness`). A group differs from all others if its share of reviews lies further from theirs
    than chance puts it, each film compared with itself (the test of Mantel and Haenszel 1959, or Fisher's exact
    test where Mantel and Fleiss 1980 advise it); of each table the three clearest are named. What is beyond chance
    is so after Holm's correction (1979) for all words, groups and scores that were searched. Of scores, the same test
    takes how many lie above their film's median (A. M. Mood's median test, 1950). The tests take reviews for
    independent of each other; those of one critic are not quite. That praise goes with scores is told where the 95 %
    interval of their rank correlation, each film by itself, is away from 0; it is not corrected for other searches.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences
    >>> reviews = load_reviews()
    >>> found = findings(find_mentions(split_sentences(reviews)), read_opinions(), reviews)
    >>> print(found["finding"].iloc[1])
    2 of 5 reviews state a score, 58 and 75 of 100: too few for a median.
    """
    mentions, listed = known_themes(mentions, MENTIONS, reviews, themes)
    coder = one_coder(opinions)
    opinions = of_reviews(opinions, reviews, "opinions")
    columns = [by] if isinstance(by, str) or not isinstance(by, Iterable) else list(by)
    for column in columns:
        check_grouping(column, most, reviews)
    rows = [*_reviews(reviews, mentions, opinions), *_scores(reviews)]
    rows += _talk(theme_frequency(mentions, reviews, themes=listed))
    counted = praise_and_criticism(opinions, reviews, themes=listed)
    rows += _opinions(opinions, reviews_read(reviews, opinions)[0])
    several = len(reviews["film"].dropna().unique()) > 1
    columns = [by for by in dict.fromkeys(columns) if several or by != "film"]
    columns = [by for by in columns if len(group_reviews(reviews, by, most).of.unique()) > 1]
    compared = [each for by in columns for each in _compared(mentions, opinions, reviews, by, most, listed)]
    rated = [
        scores_in_groups(reviews, by, most).assign(call=f"score_distribution({_call(by, most)}")
        for by in columns
        if by != "score"
    ]
    groups, scores = (pd.concat(each) if each else pd.DataFrame({"by": [], "p": []}) for each in (compared, rated))
    words = keyness(opinions, reviews)
    p = holm(np.concatenate([words["p"], groups["p"], scores["p"]]))  # for all words, groups and scores together
    of_words, of_groups, of_scores = np.split(p, [len(words), len(words) + len(groups)])
    rows += score_findings(scores.assign(p=of_scores), several=several)
    if len(opinions):
        terms = listed.set_index("theme")["terms"]
        rows += [row for polarity in POLARITIES for row in _judged(counted, polarity, terms)]
        rows += _praise_with_scores(scores_and_praise(opinions, reviews, themes=listed))
        rows += _disagreement(disagreement(opinions, reviews, themes=listed))
        rows += _words(words.assign(p=of_words))
    rows += group_findings(groups.assign(p=of_groups), several=several)
    found = pd.DataFrame(rows)
    coded = found["table"].str.match(r"\w+\(opinions") & (len(opinions) > 0)
    if themes is not None:  # the calls take them too, but for those of words and scores
        found["table"] = found["table"].str.replace(
            r"^(?!keyness|score_distribution)(.*)\)$", r"\1, themes=themes)", regex=True
        )
    return build(FINDINGS, found.assign(coder=coded.map({True: coder, False: None})))


def _reviews(reviews: pd.DataFrame, *coded: pd.DataFrame) -> Iterator[Finding]:
    """Say how many reviews there are, from when, and how many of them nobody read."""
    number = len(reviews)
    if number == 0:
        yield Finding("There are no reviews.", "reviews", "reviews")
    elif number < _FEW:
        these = "There is 1 review" if number == 1 else f"There are {number} reviews"
        yield Finding(f"{these}: too few to say anything about others.", "reviews", "reviews")
    else:
        days = reviews["published"].dropna()
        when = f", published from {days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else ""
        undated = number - len(days)
        without = f"; {undated:,} without a date" if days.size and undated else ""
        yield Finding(f"There are {number:,} reviews{when}{without}.", "reviews", "reviews")
    for left_out in reviews_read(reviews, *coded)[1].values():
        are = "is" if left_out == 1 else "are"
        which = f"{left_out:,} of {some(number, 'review')} {are} {UNREAD}"
        yield Finding(f"{which}, and {are} left out of all counts of themes and opinions.", "reviews", "reviews")


def _scores(reviews: pd.DataFrame) -> Iterator[Finding]:
    """Say how many reviews state a score, and the median where there are enough."""
    scores, of = reviews["score"].dropna().sort_values(), some(len(reviews), "review")
    rows = "score_status == 'stated'"
    state = f"{len(scores):,} of {of} {'states' if len(scores) == 1 else 'state'} a score"
    if scores.empty:
        if len(reviews):
            none = "The review states no score." if len(reviews) == 1 else f"None of {of} states a score."
            yield Finding(none, "scores", "reviews")
    elif len(scores) < MEDIAN_FROM:
        what = joined(f"{score:g}" for score in scores)
        yield Finding(f"{state}, {what} of 100: too few for a median.", "scores", "reviews", rows)
    else:
        low, middle, high = (f"{scores.quantile(part):g}" for part in (0.25, 0.5, 0.75))
        sentence = f"{state}; their median is {middle} of 100, and the middle half lies from {low} to {high}."
        yield Finding(sentence, "scores", "reviews", rows)


def _talk(frequency: pd.DataFrame) -> Iterator[Finding]:
    """Say which craft theme, and which motif, is mentioned most."""
    table = "theme_frequency(mentions, reviews)"
    if frequency["mentions"].sum() == 0:
        yield Finding("No theme is mentioned.", "themes", table)
    for kind, name in (("craft", "craft themes"), ("motif", "motifs")):
        top = _largest(frequency[frequency["kind"] == kind], "mentions")
        if len(top):
            most = f"{top['mentions'].iloc[0]:,}" + (" each" if len(top) > 1 else "")
            sentence = f"Of the {name}, {_named(top)} {'have' if len(top) > 1 else 'has'} the most mentions: {most}."
            yield Finding(sentence, "themes", table, query(theme=top["theme"]))


def _opinions(opinions: pd.DataFrame, reviews: pd.DataFrame) -> Iterator[Finding]:
    """Say how many opinions there are, and how many of them praise."""
    table = "praise_and_criticism(opinions, reviews, by='review_id')"
    if opinions.empty:
        yield Finding("There are no opinions.", "opinions", table)
        return
    praise, of = int(opinions["polarity"].eq("praise").sum()), len(opinions)
    where = f"in {opinions['review_id'].nunique():,} of {some(len(reviews), 'review')}"
    sentence = (
        f"There {'is' if of == 1 else 'are'} {some(of, 'opinion')}, {where}: {praise:,} of praise and "
        f"{of - praise:,} of criticism."
    )
    yield Finding(sentence, "opinions", table, "opinions > 0")


def _judged(counted: pd.DataFrame, polarity: str, terms: pd.Series) -> Iterator[Finding]:
    """Say what is praised or criticised most, and, if that is the film as a whole, what comes next."""
    rows = counted[counted["polarity"] == polarity]
    listed = rows["theme"].map(terms).notna()  # all but the film as a whole, which has no terms
    top = _largest(rows, "opinions")
    tops = {"": top} if listed[top.index].any() else {"": top, "Apart from that, ": _largest(rows[listed], "opinions")}
    for begins, most in tops.items():
        if len(most):
            number, of = most["opinions"].iloc[0], most["of_opinions"].iloc[0]
            are, each = ("are", " each") if len(most) > 1 else ("is", "")
            judged = f"{_named(most)} {are} {JUDGED[polarity]} most"
            sentence = f"{begins}{judged}: in {number:,} of {some(of, 'opinion')}{each}."
            picked = query(theme=most["theme"], polarity=polarity)
            yield Finding(sentence, "opinions", "praise_and_criticism(opinions, reviews)", picked)


def _praise_with_scores(table: pd.DataFrame) -> Iterator[Finding]:
    """Say that reviews which praise more score higher, or lower, where the interval is away from 0."""
    said, how, clear = in_words(table)
    if clear:
        sentence = f"{said}: {how[0]}, of {len(table):,} reviews that state a score and judge."
        yield Finding(sentence, "scores", "scores_and_praise(opinions, reviews)")


def _compared(
    mentions: pd.DataFrame, opinions: pd.DataFrame, reviews: pd.DataFrame, by: str, most: int, themes: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Yield what is talked about, and what is judged, in the groups of one column, with the call that makes each."""
    call = _call(by, most)
    for table, count, counted in (
        ("theme_frequency(mentions", theme_frequency, mentions),
        ("praise_and_criticism(opinions", praise_and_criticism, opinions),
    ):
        yield with_others(count(counted, reviews, by=by, most=most, themes=themes)).assign(call=f"{table}, {call}")


def _call(by: str, most: int) -> str:
    """Write the end of the call that counts in groups."""
    return f"reviews, by={by!r}" + ("" if most == 8 else f", most={most}") + ")"


def _disagreement(counted: pd.DataFrame) -> Iterator[Finding]:
    """Say on which theme the minority of a film's reviews, if it is more than one of them, is largest."""
    sides = by_side(counted)
    fewer = sides["reviews"].where(sides["side"] != SIDES[1]).groupby([sides["film"], sides["theme"]]).transform("min")
    top = _largest(sides[fewer > 1], "smaller")
    if top.empty:
        return
    named = "; over ".join(
        f"“{label}”{f' in “{film}”' if film else ''}: it is mostly praised in {some(high, 'review')} and mostly "
        f"criticised in {low:,}"
        for (film, label), (low, _, high) in top.groupby(["film", "label"], sort=False)["reviews"]
    )
    film = {"film": top["film"].unique()} if top["film"].ne("").any() else {}
    rows = f"{query(theme=top['theme'].unique(), **film)} and praise != criticism"
    largest = f"The reviews divide most over {named}."
    yield Finding(largest, "disagreement", "disagreement(opinions, reviews)", rows)


def _words(words: pd.DataFrame) -> Iterator[Finding]:
    """Say which words set praise and criticism apart, beyond chance and beyond one reviewer's habit."""
    if not (words["praise"].any() and words["criticism"].any()):
        return
    far = sets_apart(words)
    far = far[far["p"] < CHANCE]
    table, of = "keyness(opinions, reviews)", words[["of_praise", "of_criticism"]].iloc[0]
    if far.empty:
        sentence = "No word sets praise apart from criticism beyond what chance would give."
        yield Finding(sentence, "words", table)
    for polarity, other, side in (
        ("praise", "criticism", far[far["z"] > 0].head(_WORDS)),
        ("criticism", "praise", far[far["z"] < 0].tail(_WORDS).iloc[::-1]),
    ):
        if len(side):
            listed = joined(f"“{r['word']}” ({r[polarity]:,} to {r[other]:,})" for r in side.to_dict("records"))
            begins = "The words that set" if len(side) > 1 else "The word that sets"
            sentence = (
                f"{begins} {polarity} apart from {other} most {'are' if len(side) > 1 else 'is'} {listed}, counted in "
                f"{of[f'of_{polarity}']:,} words of {polarity} and {of[f'of_{other}']:,} of {other}."
            )
            yield Finding(sentence, "words", table, query(word=side["word"]))


def _named(themes: pd.DataFrame) -> str:
    """Name themes, each with in how many of the reviews it is."""
    counts = zip(themes["label"], themes["reviews"], themes["of_reviews"], strict=True)
    return joined(
        f"“{label}” (in {'only ' if number == 1 < of else ''}{number:,} of {some(of, 'review')})"
        for label, number, of in counts
    )


def _largest(rows: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the row with the largest count, or all rows that share it; none where it is 0."""
    return rows[rows[count].eq(rows[count].max()) & rows[count].gt(0)]
