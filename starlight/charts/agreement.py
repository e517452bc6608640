"""Charts of how far a coding can be trusted: agreement with intervals, what is taken for what, and confidence."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..errors import TableError
from ..summaries.agreement import AGREEMENT
from ..summaries.trust import CONFUSION, RELIABILITY
from .style import BLUE, GREEN, INK, LIGHT_BLUE, LINE, LONG, MUTED, ORANGE, PURPLE, check_drawable
from .wording import describe, heading

_COLORS = [BLUE, ORANGE, GREEN, PURPLE, INK, MUTED]
_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
_LEVELS = {"opinion": "opinion or not", "polarity": "polarity", "theme": "theme", "all": "theme and polarity"}


def chart_agreement(compared: pd.DataFrame, *, by: str = "level") -> alt.TopLevelMixin:
    """Draw the agreement of codings with one, with intervals: by level, or by theme at the level of all.

    Parameters
    ----------
    compared : DataFrame
        The agreement table, of at most six other codings.
    by : str
        ``level``, or ``theme``.

    Returns
    -------
    altair chart
        A dot for each coding, on the line of its 95 % interval.

    Raises
    ------
    TableError
        If `compared` breaks its declaration or holds more codings, or `by` is neither.

    Examples
    --------
    >>> from starlight import agreement, load_reviews, read_opinions, split_sentences
    >>> one = {"reader_1": read_opinions(coder="reader_1")}
    >>> compared = agreement(read_opinions(), one, split_sentences(load_reviews()))
    >>> chart_agreement(compared).to_dict()["title"]["text"]
    'How far each coding agrees'
    """
    check_drawable(compared, AGREEMENT, "compared")
    names = compared["other"].unique().tolist()
    if len(names) > len(_COLORS):
        raise TableError(f"compared holds {len(names)} codings, and a chart tells {len(_COLORS)} apart. Take fewer.")
    if by not in ("level", "theme"):
        raise TableError(f"by is {by!r}; it is 'level' or 'theme'.")
    whole = compared["theme"].isna()
    rows = compared[whole] if by == "level" else compared[~whole & compared["level"].eq("all")]
    rows = rows.dropna(subset=["f1"]).assign(
        shown=lambda rows: rows["level"].map(_LEVELS) if by == "level" else rows["theme"]
    )
    order = rows["shown"].drop_duplicates().tolist()
    y = alt.Y(
        "shown:N", sort=order, title=None, axis=alt.Axis(grid=True, labelLimit=200), scale=alt.Scale(paddingInner=0.25)
    )
    scale = {"domain": names}
    base = alt.Chart(rows).encode(
        y=y,
        yOffset=alt.YOffset("other:N", sort=names),
        color=alt.Color("other:N", title=None, scale=alt.Scale(**scale, range=_COLORS[: len(names)])),
        tooltip=[
            "other:N",
            "shown:N",
            *(alt.Tooltip(f"{name}:Q", format=".2f") for name in ("f1", "f1_low", "f1_high")),
        ],
    )
    dots = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("f1:Q", title="F1, with its 95 % interval", scale=alt.Scale(domain=[0, 1])),
        shape=alt.Shape("other:N", title=None, scale=alt.Scale(**scale, range=_SHAPES[: len(names)])),
    )
    return alt.layer(base.mark_rule(strokeWidth=2).encode(x="f1_low:Q", x2="f1_high:Q"), dots).properties(
        width=480,
        height=alt.Step(max(10, 15 - len(names)) if by == "level" else 9),
        title=heading(
            "How far each coding agrees" if by == "level" else "How far each coding agrees, by theme",
            f"F1 over {rows['sentences'].max() if len(rows) else 0} sentences; 1 is the same in each; "
            "intervals by resampling sentences",
        ),
        description=describe(
            "Dots with intervals: F1 of each coding.",
            (f"{r.other}, {r.shown}: {r.f1:.2f} ({r.f1_low:.2f} to {r.f1_high:.2f})" for r in rows.itertuples()),
        ),
    )


def chart_confusion(counted: pd.DataFrame, *, coding: str = "the one", other: str = "the other") -> alt.TopLevelMixin:
    """Draw which theme of one coding stands where another of the other does, as a matrix.

    Parameters
    ----------
    counted : DataFrame
        The confusion table.
    coding, other : str
        What to call the two on the axes.

    Returns
    -------
    altair chart
        A cell carries its count; the diagonal is where both agree.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import confusion, load_reviews, read_opinions, split_sentences
    >>> opinions = read_opinions()
    >>> chart = chart_confusion(confusion(opinions, opinions, split_sentences(load_reviews())))
    >>> chart.to_dict()["title"]["text"]
    'What is taken for what'
    """
    check_drawable(counted, CONFUSION, "counted")
    order = counted["theme"].drop_duplicates().tolist()
    most = max(1, counted["sentences"].max()) if len(counted) else 1
    text, room = ("sentences:Q", 34) if most < LONG else (alt.Text("sentences:Q", format=",d"), 52)
    base = alt.Chart(counted[counted["sentences"] > 0]).encode(
        x=alt.X(
            "other_theme:N",
            sort=order,
            title=other,
            scale=alt.Scale(domain=order),
            axis=alt.Axis(labelAngle=-40, orient="top"),
        ),
        y=alt.Y("theme:N", sort=order, title=coding, scale=alt.Scale(domain=order)),
        tooltip=["theme:N", "other_theme:N", "sentences:Q"],
    )
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color("sentences:Q", scale=alt.Scale(domain=[0, most], range=["#F3F3F3", LIGHT_BLUE]), legend=None)
    )
    return alt.layer(cells, base.mark_text(color=INK).encode(text=text)).properties(
        width=alt.Step(room),
        height=alt.Step(LINE + 2),
        title=heading(
            "What is taken for what",
            f"sentences, by the theme that {coding} gives (rows) and that {other} gives (columns)",
        ),
        description=describe(
            "Matrix: themes of one coding against the other's.",
            (f"{r.theme} for {r.other_theme}: {r.sentences}" for r in counted.itertuples() if r.sentences),
        ),
    )


def chart_reliability(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how often opinions of like confidence are found by a reader too.

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
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import read_opinions, reliability
    >>> counted = reliability(read_opinions().assign(confidence=0.95), read_opinions())
    >>> chart_reliability(counted).to_dict()["title"]["text"]
    'Does confidence mean what it says?'
    """
    check_drawable(counted, RELIABILITY, "counted")
    share = {"scale": alt.Scale(domain=[0, 1])}
    line = alt.Chart(pd.DataFrame({"even": [0, 1]})).mark_line(
        color=MUTED, strokeDash=[4, 4], strokeWidth=1, aria=False
    )
    base = alt.Chart(counted).encode(
        x=alt.X("confidence:Q", title="mean confidence", **share),
        y=alt.Y("found:Q", title="share that a reader has too", **share),
        tooltip=[alt.Tooltip("confidence:Q", format=".2f"), alt.Tooltip("found:Q", format=".2f"), "opinions:Q"],
    )
    dots = base.mark_circle(color=BLUE, opacity=1).encode(
        size=alt.Size("opinions:Q", scale=alt.Scale(domainMin=0, range=[20, 400]), legend=None)
    )
    text = base.mark_text(align="left", baseline="top", dx=11, dy=3, color=INK).encode(text="opinions:Q")
    total = int(counted["opinions"].sum())
    return alt.layer(line.encode(x="even:Q", y="even:Q"), dots, text).properties(
        width=330,
        height=330,
        title=heading(
            "Does confidence mean what it says?",
            f"{total:,} opinions by tenth of confidence; on the dashed line it does",
        ),
        description=describe(
            "Dots: how often opinions of like confidence are found by a reader too.",
            (f"confidence {r.confidence:.2f}: {r.found:.2f} of {r.opinions}" for r in counted.itertuples()),
        ),
    )
