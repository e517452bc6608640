"""Charts of how far a coding can be trusted: agreement with intervals, themes that are confused, and confidence."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_choice, check_text
from ..summaries import AGREEMENT, CONFUSION, RELIABILITY
from .checks import drawable, legible, one_pair, to_draw
from .style import BLACK, BLUE, CARD, INK, LIGHT_BLUE, LINE, LONG, MUTED, PALEST, axis_title, told_apart
from .wording import describe, each, heading

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
        A dot for each other coding, on the line of its 95 % interval. Where the table holds several coders, each line
        says with whom: "reader_1 with reader_2".

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
    'How far each coding agrees'
    """
    compared = drawable(to_draw(compared, AGREEMENT, "compared"), "compared")
    coder = compared["coder"].iloc[0] if len(compared) else "another"
    of, short = f"of each coding with {coder}", f"with {coder}"
    if len(compared["coder"].unique()) > 1:
        compared = compared.assign(other=compared["other"] + " with " + compared["coder"])
        of = short = "of each pair of codings"
    names = compared["other"].unique().tolist()
    colors, shapes = told_apart(names, "compared", "codings")
    check_choice(by, "by", ("level", "theme"))
    together = compared["theme"].isna()
    if by == "level":
        rows = compared[together].assign(shown=compared["level"].map(_LEVELS))
    else:
        rows = compared[~together & compared["level"].eq("all")].assign(shown=compared["theme"])
    rows = rows.dropna(subset=["f1"])
    return _dots(rows, colors, shapes).properties(
        width=480,
        height=alt.Step(max(10, 15 - len(names)) if by == "level" else 9),
        title=heading(
            "How far each coding agrees" if by == "level" else "How far each coding agrees, by theme",
            f"F1 {short} over {rows['sentences'].max() if len(rows) else 0} sentences; 1 means the same; "
            "intervals by resampling sentences",
        ),
        description=describe(
            f"Dots with intervals: F1 {of}.",
            each(rows, "{other}, {shown}: {f1:.2f} ({f1_low:.2f} to {f1_high:.2f})"),
        ),
    )


def _dots(rows: pd.DataFrame, colors: alt.Scale, shapes: alt.Scale) -> ChartType:
    """Draw a dot and its interval for each other coding, those of one level or theme beside each other."""
    figures = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("f1", "f1_low", "f1_high")]
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "shown:N",
            sort=rows["shown"].drop_duplicates().tolist(),
            title=None,
            axis=alt.Axis(grid=True, labelLimit=200),
            scale=alt.Scale(paddingInner=0.25),
        ),
        yOffset=alt.YOffset("other:N", sort=colors.domain),
        color=alt.Color("other:N", title=None, scale=colors),
        tooltip=["other:N", "coder:N", "shown:N", *figures],
    )
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("f1:Q", title="F1, with its 95 % interval", scale=alt.Scale(domain=[0, 1])),
        shape=alt.Shape("other:N", title=None, scale=shapes),
    )
    return alt.layer(base.mark_rule(strokeWidth=2).encode(x="f1_low:Q", x2="f1_high:Q"), dots)


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
    'Which themes two codings give to the same sentences'
    """
    counted = drawable(to_draw(counted, CONFUSION, "counted"), "counted")
    coders = one_pair(counted)
    for name, value in (("coding", coding), ("other", other)):
        if value is not None:
            check_text(value, name, "what to call the coding")
    coding, other = legible(coding or coders[0]), legible(other or coders[1])
    domain = alt.Scale(domain=counted["theme"].drop_duplicates().tolist())
    most = max(1, counted["sentences"].max()) if len(counted) else 1
    some = counted[counted["sentences"] > 0]
    base = alt.Chart(some).encode(
        x=alt.X("other_theme:N", title=axis_title(other), scale=domain, axis=alt.Axis(labelAngle=-40, orient="top")),
        y=alt.Y("theme:N", title=axis_title(coding), scale=domain),
        tooltip=["theme:N", "other_theme:N", "sentences:Q"],
    )
    color = alt.Color("sentences:Q", scale=alt.Scale(domain=[0, most], range=[PALEST, LIGHT_BLUE]), legend=None)
    text = alt.Text("sentences:Q", format="d" if most < LONG else ",d")
    cells = base.mark_rect(stroke=CARD, strokeWidth=2).encode(color=color)
    return alt.layer(cells, base.mark_text(color=BLACK).encode(text=text)).properties(
        width=alt.Step(34 if most < LONG else 52),
        height=alt.Step(LINE + 2),
        title=heading(
            "Which themes two codings give to the same sentences",
            f"sentences, by their theme in the coding of {coding} (rows) and in that of {other} (columns)",
        ),
        description=describe(
            f"Matrix: themes in the coding of {coding} against those in that of {other}.",
            each(some, "{theme} for {other_theme}: {sentences}"),
        ),
    )


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
    'Does confidence mean what it says?'
    """
    counted = to_draw(counted, RELIABILITY, "counted")
    coding, other = one_pair(counted)
    scale = alt.Scale(domain=[0, 1])
    line = alt.Chart(pd.DataFrame({"even": [0, 1]})).mark_line(
        color=MUTED, strokeDash=[4, 4], strokeWidth=1, aria=False
    )
    base = alt.Chart(counted).encode(
        x=alt.X("confidence:Q", title="mean confidence", scale=scale),
        y=alt.Y("found:Q", title="share that the other coding has too", scale=scale),
        tooltip=[alt.Tooltip("confidence:Q", format=".2f"), alt.Tooltip("found:Q", format=".2f"), "opinions:Q"],
    )
    size = alt.Size("opinions:Q", scale=alt.Scale(domainMin=0, range=[20, 400]), legend=None)
    dots = base.mark_circle(color=BLUE, opacity=1).encode(size=size)
    text = base.mark_text(align="left", baseline="top", dx=11, dy=3, color=INK).encode(text="opinions:Q")
    return alt.layer(line.encode(x="even:Q", y="even:Q"), dots, text).properties(
        width=330,
        height=330,
        title=heading(
            "Does confidence mean what it says?",
            f"{counted['opinions'].sum():,} opinions by tenth of confidence; on the dashed line it does",
            f"coding: {coding}; the other: {other}",
        ),
        description=describe(
            f"Dots: of the opinions of {coding}, by tenth of confidence, the share that {other} has too.",
            each(counted, "confidence {confidence:.2f}: {found:.2f} of {opinions}"),
        ),
    )
