"""Charts in words: all that is drawn, as the tooltips say it, part by part."""

import html
import re

import altair as alt
import pandas as pd
import pytest
from many_by_hand import makeup
from tables_by_hand import opinions_by_hand, reviews_by_hand, themes_by_hand
from test_charts_any_names import CHARTS

import starlight as st
from starlight.errors import TableError

J, R, T = opinions_by_hand(), reviews_by_hand(), themes_by_hand()
# How many rows each chart of the tables by hand draws.
DRAWN = {"agreement": 8, "confusion": 2, "differences": 0, "disagreement": 2, "keyness": 0, "makeup": 12}
DRAWN |= {"mention_positions": 6, "opinion_positions": 7, "praise": 6, "praise by review": 2 + 2, "praise by outlet": 0}
DRAWN |= {"two codings": 4, "quotes": 6 + 3, "reliability": 1, "scores": 3, "conventions": 4, "scores_and_praise": 1}
DRAWN |= {
    "corrected_shares": 2,
    "themes_together": 0,
    "talked_and_judged": 2,
    "themes": 4,
    "themes by review": 5,
    "themes by outlet": 0,
}


def flat(part):
    """A part and all parts inside it."""
    return [part, *(one for inner in part["parts"] for one in flat(inner))]


def values(part):
    """The parts without parts inside them that are values: axes say where they run."""
    return [one["says"] for one in flat(part)[1:] if not one["parts"] and not re.match("Across|Down|Up", one["says"])]


def written(row):
    """All ways in which a chart writes the values of a row."""
    forms = ("{}", "{:,}", "{:.0%}", "{:.1%}", "{:.2f}", "{:.0f}")
    known = [value for value in row.values() if value is not None]
    numbers = [value for value in known if isinstance(value, int | float)]
    return {
        "none",
        "no opinions",
        "no score",
        *map(str, known),
        *(form.format(value) for form in forms for value in numbers),
    }


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_in_words(name):
    """Of each chart the words have every row that is drawn, with values of that row and no name of a field."""
    function, tables = CHARTS[name]
    spec = function(*tables).to_dict()
    words = st.walk(function(*tables)).words
    rows = [written(row) for data in spec["datasets"].values() for row in data]
    assert len(values(words)) == DRAWN[name]
    for says in values(words):
        shown = [part for one in says.split("; ") for part in re.split(r"(?<=\d) of (?=\d)", one.rpartition(": ")[2])]
        assert any({*shown} <= row for row in rows), says
    assert not [one["says"] for one in flat(words) if re.search(r"[a-z]_[a-z]|←|→|null|NaN", one["says"])]


def test_praise_and_criticism_in_words():
    """The title comes first, then the axes, then each theme, in the order that is drawn, with its two bars."""
    words = st.walk(st.chart_praise_and_criticism(st.praise_and_criticism(J, R, themes=T))).words
    assert words["says"].startswith("Two of three reviews praise the music")
    across, down, music, *others = words["parts"]
    assert across["says"] == "Across: opinions, 7 in all, criticism to the left, up to 4, praise to the right, up to 4"
    assert down["says"] == "Down: 3 names, from Music to Overall"
    assert [one["says"] for one in (music, *others)] == ["Music", "Story", "Overall"]
    assert [one["says"] for one in music["parts"]] == [
        "polarity: praise; opinions: 3 of 7; reviews: 2 of 3",
        "polarity: criticism; opinions: 1 of 7; reviews: 1 of 3",
    ]


def test_what_stands_under_a_title_in_words():
    """A statement that is broken into lines is told whole, apart from the next."""
    for name, told in (
        ("corrected_shares", "corrected by the 10 reviews that a person read, with"),
        (
            "reliability",
            "hollow: fewer than 10, with the 95% interval; on the dashed line confidence means what it says; coding:",
        ),
    ):
        function, tables = CHARTS[name]
        assert told in st.walk(function(*tables)).words["says"]


def test_bins_in_words():
    """Of 300 reviews the words have the bins that are drawn, panel by panel, and each review is in one of each."""
    words = st.walk(st.chart_makeup(makeup(300))).words
    panels = [one for one in words["parts"] if one["parts"]]
    assert [one["says"] for one in panels] == ["opinion: in 240 of 300 reviews", "other prose: in 240 of 300 reviews"]
    for panel in panels:
        assert sum(int(says.rpartition(": ")[2]) for says in values(panel)) == 240


def test_any_chart_of_altair_in_words():
    """A chart without tooltips says what Vega-Lite says of its marks; a line is its points, a mean is worked out."""
    table = pd.DataFrame({"year": [1, 1, 2], "score": [10, 30, 50], "film": ["a; b", "a; b", "c"]})
    mean = alt.Chart(table, title="Means").mark_line().encode(x="year:O", y=alt.Y("mean(score)", title="mean"))
    words = st.walk(mean).words
    assert words["says"] == "Means"
    assert values(words) == ["year: 1; mean: 20", "year: 2; mean: 50"]
    told = alt.Chart(table).mark_bar().encode(x="year:Q", y="film:N", tooltip=["film", "count()"])
    assert values(st.walk(told).words) == ["film: a; b; count: 2", "film: c; count: 1"]


def test_a_chart_that_cannot_be_drawn_is_refused():
    """Where Altair or Vega-Lite cannot draw a chart, the error says why."""
    with pytest.raises(TableError, match=r"chart cannot be drawn: .*5000"):
        st.walk(alt.Chart(pd.DataFrame({"n": range(6_000)})).mark_point().encode(x="n"))
    with pytest.raises(TableError, match=r"chart cannot be drawn: Vega-Lite to SVG conversion failed: \w.*\. Show it"):
        st.walk(alt.Chart("https://elsewhere.example/x.csv").mark_point().encode(x="n:Q"))


def test_a_list_for_those_without_scripts():
    """The widget comes with its words as a list of HTML, in which texts stay texts."""
    chart = alt.Chart(pd.DataFrame({"a": ["<b>"], "n": [1]}), title="<i>").mark_bar().encode(x="n", y="a")
    forms, _ = st.walk(chart)._repr_mimebundle_()
    shown = re.findall("<span>(.*?)</span>", forms["text/html"])
    assert [html.unescape(one) for one in shown] == [
        "<i>",
        "Across: n, from 0.0 to 1.0",
        "Down: a, one name, <b>",
        "n: 1; a: <b>",
    ]
    assert "walk: <i>" in forms["text/plain"]
