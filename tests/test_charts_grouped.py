"""The charts of groups and of words: what only they do, beside what `test_charts` holds of every chart."""

import json
import re

import pandas as pd
import pytest
from chart_specs import draw, marks, rows, texts, unknown_fields
from tables_by_hand import TEXTS, mentions_by_hand, opinions_by_hand, reviews_by_hand, silent_reviews, themes_by_hand

import starlight as st
from starlight.errors import TableError
from starlight.summaries import KEYNESS, PRAISE_AND_CRITICISM_BY_GROUP, THEME_FREQUENCY_BY_GROUP
from starlight.tables import build

DAYS = ["2025-01-10"] * 6 + ["2025-03-01"] * 5 + ["2025-04-01"] + [None]
DRAWN = {"themes": st.chart_themes, "praise": st.chart_praise_and_criticism}
TABLES = {"themes": THEME_FREQUENCY_BY_GROUP, "praise": PRAISE_AND_CRITICISM_BY_GROUP}


def over_time(name):
    """Thirteen reviews: six of January, none of February, five of March, one of April, one undated; r0 has music."""
    days = pd.to_datetime(pd.Series(DAYS)).astype("datetime64[us]")
    reviews = silent_reviews([f"r{n}" for n in range(len(DAYS))]).assign(published=days)
    reviews.loc[0, "text"] = TEXTS["ann"]
    if name == "themes":
        mentions = mentions_by_hand().iloc[[0]].assign(review_id="r0")
        return st.theme_frequency(mentions, reviews, by="published", themes=themes_by_hand())
    opinions = opinions_by_hand().iloc[[0]].assign(review_id="r0")
    return st.praise_and_criticism(opinions, reviews, by="published", themes=themes_by_hand())


def words(*rows):
    """A keyness table of these words, each (word, praise, criticism, reviews, log_odds, z)."""
    names = ("word", "praise", "criticism", "reviews", "log_odds", "z")
    of = {"coder": "settled", "of_praise": 90, "of_criticism": 80, "of_reviews": 7}
    return build(KEYNESS, [{**dict(zip(names, row, strict=True)), **of} for row in rows])


def as_large_as_can_be(table):
    """A table of 800 rows, all its texts and numbers long."""
    long = {"theme": "t" * 20, "label": "l" * 20, "coder": "starlight-tagger-3", "by": "published", "period": "5 years"}
    number = {"share": 0.123456789012345, "low": 0.012345678901234, "high": 0.234567890123456}
    counts = dict.fromkeys(("mentions", "opinions", "of_opinions", "reviews", "of_reviews"), 12345)
    kind = {"kind": "craft", "polarity": "praise"}
    made = [
        {**long, **number, **counts, **kind, "group": f"2000–20{n % 20}", "theme": f"t{n // 20}"} for n in range(800)
    ]
    return build(table, [{name: row[name] for name in table.names} for row in made])


def drawn(chart, large):
    """The specifications of the first rows of a table, as many as the chart takes."""
    for number in range(400, 801, 20):
        try:
            yield chart(large.head(number)).to_dict()
        except TableError:
            return


@pytest.mark.parametrize("name", DRAWN)
def test_time_runs_through_empty_periods(name):
    """February, in which nothing appeared, keeps its place between January and March; the undated stand last."""
    spec = DRAWN[name](over_time(name)).to_dict()
    assert unknown_fields(spec) == []
    assert spec["title"]["text"].endswith(", by date, in steps of a month")
    strip = [row for row in rows(DRAWN[name](over_time(name))) if "when" in row]
    assert strip == [
        {"when": "2025-01", "in_it": 6},
        {"when": "2025-02", "in_it": 0},
        {"when": "2025-03", "in_it": 5},
        {"when": "2025-04", "in_it": 1},
        {"when": "not stated", "in_it": 1},
    ]
    assert [domain for domain in domains(spec) if "2025-02" in domain] == [[row["when"] for row in strip]] * len(
        [domain for domain in domains(spec) if "2025-02" in domain]
    )


def domains(node):
    """All lists of values that scales of a specification have as their domain."""
    if isinstance(node, list):
        return [found for part in node for found in domains(part)]
    if not isinstance(node, dict):
        return []
    own = node["scale"]["domain"] if isinstance(node.get("scale"), dict) and "domain" in node["scale"] else None
    return ([own] if own else []) + [
        found for name, part in node.items() if name != "datasets" for found in domains(part)
    ]


def test_a_group_of_few_has_no_mark_where_others_have_many(capfd):
    """January and March, with five reviews and more, have a dot in each panel; April, with one, has none."""
    counted = over_time("themes")
    svg = draw(st.chart_themes(counted).to_dict())
    assert capfd.readouterr() == ("", "")
    assert {mark["group"] for mark in marks(svg, "point")} == {"2025-01", "2025-03"}
    assert "a group of fewer than 5 reviews has no mark" in " ".join(texts(svg))


def test_where_all_are_few_all_have_marks():
    """Three reviews by score: the group of one and that of two are both drawn, and nothing is said to be left out."""
    counted = st.theme_frequency(mentions_by_hand(), reviews_by_hand(), by="score", themes=themes_by_hand())
    svg = draw(st.chart_themes(counted).to_dict())
    assert {mark["group"] for mark in marks(svg, "point")} == {"60 up to 80", "not stated"}
    assert "has no mark" not in " ".join(texts(svg))
    assert "0" not in texts(svg)


def test_dots_stand_at_their_share():
    """In a panel of 144 pixels, ann's whole share of music stands at the right end, half of two in the middle."""
    counted = st.theme_frequency(mentions_by_hand(), reviews_by_hand(), by="score", themes=themes_by_hand())
    points = marks(draw(st.chart_themes(counted).to_dict()), "point")
    place = {mark["group"]: float(mark["transform"][10:].split(",")[0]) for mark in points if mark["label"] == "Music"}
    assert place == {"60 up to 80": pytest.approx(144), "not stated": pytest.approx(72)}


def test_praise_and_criticism_lie_on_their_sides():
    """Ann's praise of music and criticism of the story are bars as long as each other, to the right and to the left."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), by="score", themes=themes_by_hand())
    bars = marks(draw(st.chart_praise_and_criticism(counted).to_dict()), "bar")
    ann = {(bar["label"], bar["polarity"]): bar["d"] for bar in bars if bar["group"] == "60 up to 80"}
    right, left = ann["Music", "praise"], ann["Story", "criticism"]
    assert float(re.match(r"M([\d.]+)", right)[1]) == pytest.approx(72)
    assert float(re.match(r"M([\d.]+)", left)[1]) + float(re.search(r"h([\d.]+)", left)[1]) == pytest.approx(72)
    assert re.search(r"h([\d.]+)", right)[1] == re.search(r"h([\d.]+)", left)[1]


@pytest.mark.parametrize("name", DRAWN)
def test_refuses_groups_of_several_columns(name):
    """Groups by score and by time together would count each review twice: refused, with the one to take."""
    other = over_time(name)
    both = pd.concat([other, other.assign(by="outlet")], ignore_index=True)
    with pytest.raises(TableError, match=r"several columns \(published, outlet\). Take one: counted\[counted\['by'\]"):
        DRAWN[name](both)


@pytest.mark.parametrize("name", DRAWN)
def test_is_small_as_long_as_it_is_drawn(name):
    """400 rows of long names are less than 200 kB; 800 would be more, and no number is drawn that would be."""
    large = as_large_as_can_be(TABLES[name])
    assert len(json.dumps(DRAWN[name](large.head(400)).to_dict())) < 200_000
    with pytest.raises(TableError, match="counted has 800 rows, more than the 170 kB that this chart draws"):
        DRAWN[name](large)
    assert max(len(json.dumps(spec)) for spec in drawn(DRAWN[name], large)) < 200_000


def test_draws_the_words_that_tell_most():
    """Of three words of praise the two furthest are drawn, and no word without twice the odds, however far its z."""
    table = words(
        ("fun", 9, 0, 5, 2.0, 3.0),
        ("and", 80, 50, 7, 0.3, 2.9),
        ("warm", 5, 0, 1, 1.5, 2.0),
        ("odd", 2, 0, 2, 1.0, 1.0),
        ("slow", 0, 6, 4, -2.0, -2.5),
    )
    chart = st.chart_keyness(table, most=2)
    assert [row["word"] for row in rows(chart) if "word" in row] == ["fun", "warm", "slow"]
    svg = draw(chart.to_dict())
    assert {"9 to 0, in 5", "5 to 0, in 1", "0 to 6, in 4"} <= set(texts(svg))
    fills = {mark["word"]: mark["fill"] for mark in marks(svg, "bar")}
    assert fills == {"fun": "#0072B2", "warm": "#9CC3DC", "slow": "#D55E00"}


@pytest.mark.parametrize("word", ["if", "constructor", "toString", "__proto__", "datum", "'] \\\"", "nan", "null"])
def test_draws_any_word(word, capfd):
    """A word may be one that Vega takes for its own code: it is drawn all the same."""
    svg = draw(st.chart_keyness(words((word, 9, 0, 5, 2.0, 3.0), ("slow", 0, 6, 4, -2.0, -2.5))).to_dict())
    assert capfd.readouterr() == ("", "")
    assert "slow" in texts(svg)
    assert svg.count('aria-roledescription="bar"') == 2


@pytest.mark.parametrize("most", [0, 51, 2.5, True, "15"])
def test_words_to_draw_are_few(most):
    """A number of words that is none, or more than can be read, is refused by value."""
    with pytest.raises(st.StarlightError, match=f"most is {most!r}; it is how many words to draw for each side"):
        st.chart_keyness(words(), most=most)


def test_says_that_no_word_tells():
    """Where no word has twice the odds, the chart says so."""
    chart = st.chart_keyness(words(("and", 80, 50, 7, 0.3, 2.9)))
    assert chart.to_dict()["title"]["subtitle"][0].startswith("no word has twice the odds")


def test_words_of_many_reviews_are_small():
    """A table of 20,000 words is drawn as 50 a side: less than 200 kB."""
    many = words(*((f"w{n}", n, 0, 5, 2.0, 1.0 + n / 1e4) for n in range(20_000)))
    assert len(json.dumps(st.chart_keyness(many[::-1], most=50).to_dict())) < 200_000


@pytest.mark.parametrize("name", DRAWN)
def test_a_theme_in_no_review_is_named_and_not_drawn(name):
    """A panel of zeros tells nothing: its theme stands in the subtitle, unless no theme is in any review."""
    counted = over_time(name)
    chart = DRAWN[name](counted)
    total = counted.groupby("label")["reviews"].sum()
    said = next(line for line in chart.to_dict()["title"]["subtitle"] if line.startswith("in no review: "))
    assert set(said.removeprefix("in no review: ").split(", ")) == set(total[total == 0].index)
    assert {row["label"] for row in rows(chart) if "label" in row} == set(total[total > 0].index)
    nothing = DRAWN[name](counted.assign(reviews=0, share=0.0))
    assert {row["label"] for row in rows(nothing) if "label" in row} == set(counted["label"])
