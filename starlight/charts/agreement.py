"""Charts of how far a coding can be trusted: agreement with intervals, themes that are confused, and confidence."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_choice, check_text
from ..summaries import AGREEMENT, CONFUSION, RELIABILITY, headlines, joined
from ..summaries.bins import found_within
from .checks import drawable, legible, one_pair, to_draw
from .marks import dots_by_group
from .style import BLUE, CARD, FEW, MUTED, SHARES, THIN_PRAISE, WHOLE, axis_title, few_enough, shade, share_x
from .wording import each, framed, tip

_LEVELS = {"opinion": "opinion or not", "polarity": "polarity", "theme": "theme", "all": "theme and polarity"}


def chart_agreement(compared: pd.DataFrame, *, by: str = "level") -> ChartType:
    """Draw how far other codings agree with one: at each level, or by theme, where theme and polarity must match.

    Parameters
    ----------
    compared : DataFrame
        The agreement table, of one to six pairs of codings.
    by : str
        ``level``, or ``theme``.

    Returns
    -------
    altair chart
        A dot for each other coding, on the line of its 95% interval; hollow where fewer than ten decisions are yes in
        either coding, a number that stands beside the name. Where the table holds several coders, each line says with
        whom: "reader_1 with reader_2".

    Raises
    ------
    TableError
        If `compared` breaks its declaration or holds more codings, or `by` is neither.

    Examples
    --------
    >>> from starlight import agreement, load_reviews, read_opinions, split_sentences
    >>> sentences = split_sentences(load_reviews())
    >>> compared = agreement(read_opinions(), read_opinions(coder="reader_1"), sentences)
    >>> chart_agreement(compared).to_dict()["title"]["text"]
    '“reader_1” agrees with “settled” at F1 0.95 on theme and polarity'
    """
    compared = drawable(to_draw(compared, AGREEMENT, "compared"), "compared")
    check_choice(by, "by", ("level", "theme"))
    coder = f" with “{compared['coder'].iloc[0]}”" if len(compared) else ""
    if len(compared["coder"].unique()) > 1:
        compared, coder = compared.assign(other=compared["other"] + " with " + compared["coder"]), ""
    few_enough(compared["other"].unique().tolist(), "compared", "codings")
    together = compared["theme"].isna()
    rows = compared[together if by == "level" else ~together & compared["level"].eq("all")].dropna(subset=["f1"])
    rows = rows.assign(
        label=rows["level"].map(_LEVELS) if by == "level" else rows["label"], hollow=rows["either"] < FEW
    )
    counts = rows.groupby("label", sort=False)["either"].agg(["min", "max"])
    named = {label: f"{label} ({low:,}{f'–{high:,}' * (high > low)})" for label, low, high in counts.itertuples()}
    return framed(
        dots_by_group(
            rows.assign(label=rows["label"].map(named)),
            list(named.values()),
            "other",
            alt.X("f1:Q", title="F1", scale=alt.Scale(domain=[0, 1])),
            ("f1_low", "f1_high"),
            ("other", "coder", "label", "f1", "f1_low", "f1_high", "either"),
        ),
        _levels_told(rows, coder) if by == "level" else _themes_told(rows),
        f"F1{coder}{'' if by == 'level' else ' on theme and polarity'}, 1 where all is the same, with its 95% "
        f"interval; {rows['sentences'].max() if len(rows) else 0:,} sentences compared; in brackets: "
        f"how many either coding finds{f'; hollow: fewer than {FEW}' * bool(rows['hollow'].any())}",
        said=f"Dots with intervals: F1{coder}.",
        values=each(rows, "{other}, {label}: {f1:.2f} ({f1_low:.2f} to {f1_high:.2f})"),
    )


def _levels_told(rows: pd.DataFrame, coder: str) -> str:
    """Say how far the coding agrees that agrees most on theme and polarity."""
    whole = rows[rows["level"] == "all"]
    if whole.empty:
        return "There is nothing to compare"
    best = whole.nlargest(1, "f1")
    if len(whole) == 1:
        return each(best, f"“{{other}}” agrees{coder} at F1 {{f1:.2f}} on theme and polarity")[0]
    of = f"Of {headlines.number(len(whole))} codings, "
    return of + each(best, f"“{{other}}” agrees most{coder}: F1 {{f1:.2f}} on theme and polarity")[0]


def _themes_told(rows: pd.DataFrame) -> str:
    """Say on which theme the first coding agrees most, and on which least, of those that are not few."""
    first = rows[rows["other"].eq(rows["other"].iloc[0] if len(rows) else "")]
    many = first[first["either"].ge(FEW)]
    if len(many) < 2:
        return "There are too few opinions of each theme to tell where codings agree"
    ends = many.sort_values("f1", ascending=False, kind="stable").iloc[[0, -1]]
    best, worst = each(ends, "{label} (F1 {f1:.2f})")
    of = f"Of the themes found {FEW} times or more, " if len(many) < len(first) else ""
    return f"{of}“{ends['other'].iloc[0]}” agrees most on {best}, least on {worst}"


def chart_confusion(counted: pd.DataFrame, *, coding: str | None = None, other: str | None = None) -> ChartType:
    """Draw which theme each of two codings gave to the same sentence, as a matrix.

    Parameters
    ----------
    counted : DataFrame
        The confusion table.
    coding, other : str, optional
        What to call the two on the axes; their coders if not given.

    Returns
    -------
    altair chart
        A cell carries its count; the diagonal is where both agree.

    Raises
    ------
    TableError
        If `counted` breaks its declaration or holds several pairs of codings.

    Examples
    --------
    >>> from starlight import confusion, load_reviews, read_opinions, split_sentences
    >>> opinions = read_opinions()
    >>> chart = chart_confusion(confusion(opinions, opinions, split_sentences(load_reviews())))
    >>> chart.to_dict()["title"]["text"]
    'All 87 pairs of themes agree'
    """
    counted = drawable(to_draw(counted, CONFUSION, "counted"), "counted")
    coders = one_pair(counted)
    for name, value in (("coding", coding), ("other", other)):
        if value is not None:
            check_text(value, name, "what to call the coding")
    coding, other = legible(coding or coders[0]), legible(other or coders[1])
    counted[["theme", "other_theme"]] = counted[["theme", "other_theme"]].map(_name)
    domain = alt.Scale(domain=counted["theme"].drop_duplicates().tolist())
    there = counted[counted["sentences"] > 0]
    most = there["sentences"].max() if len(there) else 1
    base = alt.Chart(there).encode(
        x=alt.X("other_theme:N", title=axis_title(other), scale=domain, axis=alt.Axis(labelAngle=-40, orient="top")),
        y=alt.Y("theme:N", title=axis_title(coding), scale=domain),
        **tip(there, "theme", "other_theme", "sentences"),
    )
    cells = base.mark_rect(color=BLUE, stroke=CARD, strokeWidth=2).encode(opacity=shade("sentences:Q", most))
    return framed(
        alt.layer(cells, base.mark_text().encode(text=alt.Text("sentences:Q", format=",d"))),
        _mistaken(there, coding, other),
        f"sentences, by their theme in the coding of {coding} (rows) and in that of {other} (columns)",
        said=f"Matrix: themes in the coding of {coding} against those in that of {other}.",
        values=each(there, "{theme} for {other_theme}: {sentences}"),
        width=alt.Step(34 if most < 1_000 else 52),
    )


def _name(theme: str) -> str:
    """Return a theme's id as a reader expects a name."""
    return theme if theme == "none" else theme.replace("_", " ").capitalize()


def _mistaken(there: pd.DataFrame, coding: str, other: str) -> str:
    """Say how many of the pairs agree, and which other pair is the most common, if there is one."""
    same = there["theme"] == there["other_theme"]
    agree, every = there.loc[same, "sentences"].sum(), there["sentences"].sum()
    if agree == every:
        return f"All {every:,} pairs of themes agree" if every else "There are no themes to compare"
    rest = there[~same]
    most = rest[rest["sentences"] == rest["sentences"].max()]
    named = most.assign(coding=coding, other=other)
    often = each(named, "; most often, {coding} has {theme} where {other} has {other_theme}")
    return f"{agree:,} of {every:,} pairs of themes agree{often[0] if len(often) == 1 else ''}"


def chart_reliability(counted: pd.DataFrame) -> ChartType:
    """Draw, for each tenth of confidence, the share of a coding's opinions that the other coding has too.

    Parameters
    ----------
    counted : DataFrame
        The reliability table.

    Returns
    -------
    altair chart
        A dot for each tenth of confidence, sized by its opinions; on the diagonal, confidence means what it says.

    Raises
    ------
    TableError
        If `counted` breaks its declaration or holds several pairs of codings.

    Examples
    --------
    >>> from starlight import read_opinions, reliability
    >>> counted = reliability(read_opinions().assign(confidence=0.95), read_opinions())
    >>> chart_reliability(counted).to_dict()["title"]["text"]
    'The confidence is too low'
    """
    counted = found_within(to_draw(counted, RELIABILITY, "counted"))
    coding, other = one_pair(counted)
    even = alt.Chart(pd.DataFrame({"even": [0, 1]})).encode(x="even:Q", y="even:Q")
    base = alt.Chart(counted).encode(
        x=share_x("confidence:Q", "mean confidence"),
        y=alt.Y("found:Q", title="found by the other coding too", scale=WHOLE, axis=SHARES),
        **tip(counted, "confidence", "found", "found_low", "found_high", "opinions"),
    )
    fill = alt.condition(f"datum.opinions < {FEW}", alt.value(CARD), alt.value(THIN_PRAISE))
    text = base.mark_text(align="left", baseline="top", dx=7, dy=3)
    few = f", hollow: fewer than {FEW}" * bool(counted["opinions"].lt(FEW).any())
    return framed(
        alt.layer(
            even.mark_line(color=MUTED, strokeDash=[4, 4], strokeWidth=1, aria=False),
            base.mark_rule(color=THIN_PRAISE, strokeWidth=2).encode(y="found_low:Q", y2="found_high:Q"),
            base.mark_point(stroke=THIN_PRAISE, strokeWidth=2, size=60, opacity=1, filled=True).encode(fill=fill),
            text.encode(text=alt.Text("opinions:Q", format=",d")),
        ),
        _meant(counted),
        f"{counted['opinions'].sum():,} opinions by tenth of confidence, their number beside each dot{few}, with the "
        "95% interval; on the dashed line confidence means what it says",
        f"coding: {coding}; the other: {other}",
        said=f"Dots: of the opinions of {coding}, by tenth of confidence, the share that {other} has too.",
        values=each(
            counted, "confidence {confidence:.2f}: {found:.2f} ({found_low:.2f} to {found_high:.2f}) of {opinions}"
        ),
        width=330,
        height=330,
    )


def _meant(counted: pd.DataFrame) -> str:
    """Say whether intervals miss the line where confidence means what it says."""
    over = counted[counted["confidence"] > counted["found_high"]]
    under = counted[counted["confidence"] < counted["found_low"]]
    if counted.empty:
        return "There is no confidence to judge"
    if over.empty and under.empty:
        return "Confidence means what it says, as far as these opinions tell"
    ways = {"too high": len(over), "too low": len(under)}
    if len(counted) == 1:
        return f"The confidence is {'too high' if len(over) else 'too low'}"
    missed = joined(f"{way} in {headlines.number(count)}" for way, count in ways.items() if count)
    return f"The confidence is {missed} of {headlines.number(len(counted))} tenths"
