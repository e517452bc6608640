"""Any names: reviews, themes, coders and words are drawn whatever they are called, and XML allows every picture."""

import inspect
import re

import altair as alt
import pandas as pd
import pytest
from chart_specs import draw
from tables_by_hand import (
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    sentences_by_hand,
    shares_by_hand,
    themes_by_hand,
)

import starlight as st

OF_EVERY_OBJECT = {"constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "__defineGetter__"}
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAMES = [("constructor", "\x08\x0b\x1b\x1f\ufffe\uffff", "__proto__"), ("x" * 10_000, "a\"b\\'[0].c\n", "")]
RENAMED = ("name", "theme", "label", "coder", "other", "other_theme", "group", "convention", "word", "score_raw")
RENAMED += ("review_id", "quote", "words")
R, S, M = reviews_by_hand().assign(outlet=["A", "B", "A"]), sentences_by_hand(), mentions_by_hand()
J, T = opinions_by_hand(), themes_by_hand()
OTHERS = {"x": J.iloc[1:].assign(coder="x"), "y": J.iloc[2:].assign(coder="y")}
CHARTS = {
    "agreement": (st.chart_agreement, [st.agreement(J, OTHERS, S, themes=T)]),
    "confusion": (st.chart_confusion, [st.confusion(J, OTHERS["x"], S)]),
    "corrected_shares": (st.chart_corrected_shares, [shares_by_hand().head(2)]),
    "differences": (st.chart_differences, [st.differences(M, J, R.assign(film=["a", "a", "b"]), themes=T)]),
    "disagreement": (st.chart_disagreement, [st.disagreement(J, R, themes=T)]),
    "keyness": (st.chart_keyness, [st.keyness(J, R)]),
    "makeup": (st.chart_makeup, [st.makeup(S, J, R)]),
    "mention_positions": (st.chart_mention_positions, [st.mention_positions(M, R, themes=T)]),
    "opinion_positions": (st.chart_opinion_positions, [st.opinion_positions(J, R, themes=T)]),
    "praise": (st.chart_praise_and_criticism, [st.praise_and_criticism(J, R, themes=T)]),
    "praise by review": (st.chart_praise_and_criticism, [st.praise_and_criticism(J, R, by="review_id", themes=T)]),
    "praise by outlet": (st.chart_praise_and_criticism, [st.praise_and_criticism(J, R, by="outlet", themes=T)]),
    "two codings": (st.chart_two_codings, [st.praise_and_criticism(J, R, themes=T)] * 2),
    "quotes": (st.chart_quotes, [st.praise_and_criticism(J, R, themes=T), st.quotes(J, R, themes=T)]),
    "reliability": (st.chart_reliability, [st.reliability(J.assign(confidence=0.5), J)]),
    "scores": (st.chart_scores, [st.score_distribution(R), R]),
    "conventions": (st.chart_scores, [st.score_distribution(R, convention=["even steps", "school"])]),
    "scores_and_praise": (st.chart_scores_and_praise, [st.scores_and_praise(J, R, themes=T)]),
    "themes_together": (st.chart_themes_together, [st.themes_together(M, S, themes=T)]),
    "talked_and_judged": (st.chart_talked_and_judged, [st.talked_and_judged(M, J, R, themes=T)]),
    "themes": (st.chart_themes, [st.theme_frequency(M, R, themes=T)]),
    "themes by review": (st.chart_themes, [st.theme_frequency(M, R, by="review_id", themes=T)]),
    "themes by outlet": (st.chart_themes, [st.theme_frequency(M, R, by="outlet", themes=T)]),
}


def renamed(tables, *names):
    """The same tables, in which the first names of each kind are others, with columns of a user's own."""
    new = {}
    for table in reversed(tables):
        for column in RENAMED:
            if column in table and table[column].dtype == "str":
                new[column] = dict(zip(table[column].dropna().unique(), names, strict=False))
    new |= {"other_theme": new["theme"]} if "theme" in new else {}
    own = {"constructor": "\x0b", "a.b": "\x0b"}
    known = [table.replace({name: to for name, to in new.items() if name in table}) for table in tables]
    return [table.assign(**own).set_axis([7] * len(table)) for table in known]


def texts(node):
    """All texts of a specification, the names of its properties too."""
    if isinstance(node, dict):
        return [*node, *(text for one in node.values() for text in texts(one))]
    if isinstance(node, list):
        return [text for one in node for text in texts(one)]
    return [node] if isinstance(node, str) else []


@pytest.mark.parametrize("names", NAMES, ids=["code and control", "long, quotes and empty"])
def test_a_specification_holds_nothing_that_breaks_its_picture(names):
    """No text that XML forbids, none that is a property of every object of JavaScript, no name without end."""
    for chart, tables in CHARTS.values():
        spec = chart(*renamed(tables, *names)).to_dict()
        for text in texts(spec):
            assert not NOT_IN_XML.search(text)
            assert text not in OF_EVERY_OBJECT
            assert "x" * 101 not in text or {*text} == {"x"}  # an id or a quote, which is whole
        assert not any('"' in str(part) for part in axis_titles(spec))


def axis_titles(node):
    """The titles of all axes, which Vega-Lite writes into code between double quotes."""
    if isinstance(node, list):
        return [title for one in node for title in axis_titles(one)]
    if not isinstance(node, dict):
        return []
    own = [node["title"]] if {"field", "title"} <= node.keys() else []
    return own + axis_titles(list(node.values()))


@pytest.mark.parametrize("chart", ["praise", "quotes", "confusion", "mention_positions"])
def test_a_theme_called_like_code_is_drawn(chart, capfd):
    """Vega draws as many marks as for any other name, and warns of nothing."""
    function, tables = CHARTS[chart]
    plain, hostile = (draw(function(*renamed(tables, name)).to_dict()) for name in ("plain name", "constructor"))
    marks = [svg.count("aria-roledescription=") for svg in (plain, hostile)]
    assert marks[0] == marks[1] > 10
    assert capfd.readouterr() == ("", "")


def test_every_chart_is_tried():
    """A new chart belongs into the list above."""
    tried = {chart.__name__ for chart, _ in CHARTS.values()}
    assert tried == {name for name in st.__all__ if name.startswith("chart_") and inspect.isfunction(getattr(st, name))}


def test_names_that_differ_stay_different():
    """Two themes whose names look alike once they are drawn are two: one has a number."""
    table = st.theme_frequency(M, R, themes=T).replace(
        {"label": {"Music": "a\x0b", "Story": "a\x1b", "Space": "a\ufffd"}}
    )
    rows = [row for data in st.chart_themes(table).to_dict()["datasets"].values() for row in data]
    assert len({row["label"] for row in rows}) == len(table)


def test_any_chart_of_altair_is_shown():
    """A chart that a user makes from a table of ours ends no kernel: its picture has U+FFFD for what XML forbids."""
    st.setup_notebook()
    try:
        own = alt.Chart(pd.DataFrame({"a": ["8/10\x0b"], "b": [1]})).mark_bar().encode(x="b:Q", y="a:N")
        bundle, _ = own._repr_mimebundle_()
    finally:
        alt.renderers.enable("default")
        alt.theme.enable("default")
    assert "8/10\ufffd" in bundle["image/svg+xml"]
