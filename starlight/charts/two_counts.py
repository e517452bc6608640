"""The charts of two counts a row: a dot for the one, a ring for the other, and a line between them."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_number
from ..errors import TableError
from ..summaries import PRAISE_AND_CRITICISM, TALKED_AND_JUDGED, THEMES_TOGETHER, beyond_chance, joined, some
from .checks import drawable, to_draw
from .marks import dot_and_ring
from .style import THIN_POLARITY, both_sides, count_x, largest_first, theme_y
from .wording import SIDES, each, framed, nothing, tip

_KEY = ["theme", "polarity"]
_MOST = 40  # pairs of themes
_NAMED = 3  # counts that share the first place and are named in the title


def chart_talked_and_judged(counted: pd.DataFrame) -> ChartType:
    """Draw how often each craft theme is mentioned and how often it is judged.

    Parameters
    ----------
    counted : DataFrame
        The talked_and_judged table.

    Returns
    -------
    altair chart
        A line for each theme, from a dot at its opinions to a ring at its mentions, on one scale.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences, talked_and_judged
    >>> reviews = load_reviews()
    >>> table = talked_and_judged(find_mentions(split_sentences(reviews)), read_opinions(), reviews)
    >>> chart_talked_and_judged(table).to_dict()["title"]["text"]
    'Talked about far more than judged: “Music”, 17 mentions and 1 opinion'
    """
    counted = drawable(to_draw(counted, TALKED_AND_JUDGED, "counted"), "counted")
    most = counted[["mentions", "opinions"]].to_numpy().max(initial=1)
    base = (
        alt.Chart(counted)
        .transform_calculate(
            further="max(datum.mentions, datum.opinions)",
            said="format(datum.mentions, ',d') + ' in ' + format(datum.reviews_mentioning, ',d') + "
            "(datum.reviews_mentioning == 1 ? ' review; ' : ' reviews; ') + "
            "format(datum.opinions, ',d') + ' in ' + format(datum.reviews_judging, ',d')",
        )
        .encode(
            y=theme_y(largest_first(counted, "mentions"), ticks=False, offset=9),
            **tip(counted, "label", "mentions", "reviews_mentioning", "opinions", "reviews_judging", "of_reviews"),
        )
    )
    text = base.mark_text(align="left", dx=10).encode(x="further:Q", text="said:N")
    return framed(
        alt.layer(*dot_and_ring(base, count_x("opinions:Q", 1.55 * most, "how often"), "mentions:Q"), text),
        _beyond(counted),
        "mentions and opinions of each craft theme, and in how many reviews: a ring for mentions, a dot for opinions",
        coded=counted,
        said="Lines: from the opinions of each craft theme to its mentions.",
        values=each(counted, "{label}: {mentions} mentions, {opinions} opinions"),
    )


def _beyond(counted: pd.DataFrame) -> str:
    """Name the theme that is mentioned most beyond its opinions, if one is mentioned more often than judged."""
    beyond = (counted["mentions"] + 1) / (counted["opinions"] + 1)
    if not beyond.gt(2).any():
        return "No theme is talked about far more than it is judged"
    row = counted[beyond.eq(beyond.max())].to_dict("records")[0]
    counts = f"{some(row['mentions'], 'mention')} and {some(row['opinions'], 'opinion')}"
    return f"Talked about far more than judged: “{row['label']}”, {counts}"


def chart_themes_together(together: pd.DataFrame, *, most: int = 15) -> ChartType:
    """Draw the pairs of themes that come together in sentences more often than chance puts them.

    Parameters
    ----------
    together : DataFrame
        The themes_together table.
    most : int
        How many pairs to draw, 1 to 40: the surest.

    Returns
    -------
    altair chart
        A line for each pair, from a ring at the number of sentences that chance would give to a dot at the number that
        there is. If no pair is beyond chance, or none could be tested, the chart is a sentence that says so.

    Raises
    ------
    StarlightError
        If `together` breaks its declaration, or `most` is not from 1 to 40.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, themes_together
    >>> sentences = split_sentences(load_reviews())
    >>> chart_themes_together(themes_together(find_mentions(sentences), sentences)).to_dict()["title"]["text"]
    'No two themes come together more often than by chance'
    """
    together = to_draw(together, THEMES_TOGETHER, "together")
    check_number(most, "most", f"how many pairs to draw, from 1 to {_MOST}", least=1, most=_MOST, whole=True)
    found = beyond_chance(together)
    tested = together["p"].notna().sum()
    if not tested:
        return nothing("Too few sentences mention two themes to tell which themes come together", coded=together)
    how = (
        f"{len(found):,} of {tested:,} pairs that could be tested are beyond chance, by Holm’s correction for all; "
        "each review is compared with itself"
    )
    if found.empty:
        return nothing("No two themes come together more often than by chance", how, coded=together)
    rows = found.head(most)
    rows = rows.assign(pair=rows["label"] + " and " + rows["other_label"])
    base = (
        alt.Chart(rows)
        .transform_calculate(said="format(datum.sentences, ',d') + ', by chance ' + format(datum.expected, ',.0f')")
        .encode(
            y=alt.Y("pair:N", title=None, sort=rows["pair"].tolist(), axis=alt.Axis(ticks=False, offset=9)),
            **tip(rows, "pair", "sentences", "expected", "reviews", "of_reviews"),
        )
    )
    x = count_x("sentences:Q", 1.4 * rows["sentences"].max(), "sentences that mention both")
    text = base.mark_text(align="left", dx=8).encode(x="sentences:Q", text="said:N")
    first = each(rows.head(1), "“{label}” and “{other_label}”")[0]
    return framed(
        alt.layer(*dot_and_ring(base, x, "expected:Q"), text),
        f"{first} come together more often than by chance",
        "dot: sentences that mention both themes; ring: how many chance would give",
        how,
        coded=together,
        said="Lines: from how many sentences chance would give a pair of themes to how many there are.",
        values=each(rows, "{label} and {other_label}: {sentences} in {reviews} reviews, by chance {expected:.0f}"),
    )


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
    >>> reviews, tagger = load_reviews(), read_opinions(coder="starlight-tagger-4.1")
    >>> tables = [praise_and_criticism(opinions, reviews) for opinions in (read_opinions(), tagger)]
    >>> chart_two_codings(*tables).to_dict()["title"]["text"]
    'Criticism of “Story” differs most: 13 in the one coding, 5 in the other'
    """
    counted, other = (to_draw(table, PRAISE_AND_CRITICISM, "counted") for table in (counted, other))
    of = [table[_KEY].assign(of=table["of_reviews"] + table.get("left_out", 0)) for table in (counted, other)]
    if not of[0].equals(of[1]):
        raise TableError("other is not of the reviews and themes of counted. Count both with the same reviews.")
    rows = drawable(counted.assign(others=other["opinions"], recoder=other["coder"]), "counted")
    most = rows[["opinions", "others"]].to_numpy().max(initial=1)
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
    x = both_sides("one:Q", most, SIDES.format("opinions"))
    names = [next(iter(rows[name]), "the one") for name in ("coder", "recoder")]
    return framed(
        alt.layer(*dot_and_ring(base, x, "two:Q", THIN_POLARITY)),
        _furthest(rows),
        f"opinions of each theme: a dot for “{names[0]}”, a ring for “{names[1]}”",
        coded=pd.concat([counted, other]),
        said=f"Lines: from the opinions of each theme in the coding of {names[0]} to those in that of {names[1]}.",
        values=each(rows[rows["opinions"] + rows["others"] > 0], "{label}, {polarity}: {opinions} and {others}"),
    )


def _furthest(rows: pd.DataFrame) -> str:
    """Say which count differs most."""
    gap = (rows["opinions"] - rows["others"]).abs()
    if not gap.any():
        return "Both codings count the same"
    most = rows[gap.eq(gap.max())].assign(side=rows["polarity"].str.capitalize())
    if len(most) > _NAMED:
        return f"No two counts differ by more than {gap.max():,}"
    if len(most) > 1:
        return f"The counts differ most, by {gap.max():,}, in {joined(each(most, '{polarity} of “{label}”'))}"
    return each(most, "{side} of “{label}” differs most: {opinions:,} in the one coding, {others:,} in the other")[0]
