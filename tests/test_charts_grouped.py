"""The charts of groups and of words: what only they do, beside what `test_charts` holds of every chart."""

import json
import re
from itertools import pairwise

import pandas as pd
import pytest
from chart_specs import draw, marks, rows, texts, unknown_fields
from tables_by_hand import (
    TEXTS,
    fivefold,
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    silent_reviews,
    themes_by_hand,
)

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
    """A keyness table of these words, each (word, praise, criticism, reviews, log_odds, adjusted)."""
    names = ("word", "praise", "criticism", "reviews", "log_odds", "adjusted")
    of = {"coder": "settled", "of_praise": 90, "of_criticism": 80, "of_reviews": 7}
    return build(KEYNESS, [{**dict(zip(names, row, strict=True)), "z": row[4], **of} for row in rows])


def as_large_as_can_be(table):
    """A table of 800 rows, all its texts and numbers long."""
    long = {"theme": "t" * 20, "label": "l" * 20, "coder": "starlight-tagger-3", "by": "published", "period": "5 years"}
    number = {"share": 0.123456789012345, "low": 0.012345678901234, "high": 0.234567890123456, "p": 0.12345678901234}
    counts = dict.fromkeys(("mentions", "opinions", "of_opinions", "reviews", "both", "of_reviews"), 12345)
    kind = {"kind": "craft", "polarity": "praise", "begins": None, "corpus": None}
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
    """February, in which nothing appeared, keeps its place on the axis; no line joins what lies on either side."""
    chart = DRAWN[name](over_time(name))
    spec = chart.to_dict()
    assert unknown_fields(spec) == []
    assert [(row["begins"], row["in_it"]) for row in rows(chart) if "in_it" in row] == [
        ("2025-01-01", 6),
        ("2025-02-01", 0),
        ("2025-03-01", 5),
        ("2025-04-01", 1),
    ]
    music = {row["group"]: (row["middle"], row["at"]) for row in rows(chart) if row.get("label") == "Music"}
    assert music["2025-01"] == ("2025-01-16", pytest.approx(1 / 6, abs=1e-4))
    assert [music[month][1] for month in ("2025-02", "2025-03", "2025-04")] == [None, 0, None]


def test_a_group_of_few_has_no_mark_where_others_have_many(capfd):
    """January and March, with five reviews and more, have a dot; April and the undated, with one each, have none."""
    svg = draw(st.chart_themes(over_time("themes")).to_dict())
    assert capfd.readouterr() == ("", "")
    assert {mark["group"] for mark in marks(svg, "point")} == {"2025-01", "2025-03"}
    assert "hollow: fewer than 10 reviews; not drawn: groups of fewer than 5 reviews (2)" in " ".join(texts(svg))


def of_scores(chart, table):
    """The marks of fifteen reviews by hand, in groups by their scores, by theme and group."""
    svg = draw(chart(table).to_dict())
    assert "not drawn" not in " ".join(texts(svg))
    places = [(mark["theme"], mark["group"], mark["transform"]) for mark in marks(svg, "point")]
    return {
        (theme, group.partition(" (")[0]): float(re.match(r"translate\(([\d.]+)", place)[1])
        for theme, group, place in places
    }


def test_marks_stand_at_their_share():
    """By score, ann's whole share of music is at the right end, half of bob and cy in the middle."""
    mentions, reviews = fivefold(mentions_by_hand()), fivefold(reviews_by_hand())
    counted = st.theme_frequency(mentions, reviews, by="score", themes=themes_by_hand())
    place = of_scores(st.chart_themes, counted)
    assert {group for _, group in place} == {"60 up to 80", "not stated"}
    assert place["Music", "60 up to 80"] == pytest.approx(520)
    assert place["Music", "not stated"] == pytest.approx(260)


def test_too_few_are_not_compared():
    """Where no two groups have five reviews, one sentence says so."""
    counted = over_time("themes").query("group in ('2025-04', 'not stated')")
    title = st.chart_themes(counted).to_dict()["title"]["text"]
    assert title == "Grouped by date, fewer than two groups have 5 reviews: too few to compare"


def test_praise_is_to_the_right_and_criticism_to_the_left():
    """Ann praises music and criticises the story, as far to the right as to the left; bob does both."""
    opinions, reviews = fivefold(opinions_by_hand()), fivefold(reviews_by_hand())
    counted = st.praise_and_criticism(opinions, reviews, by="score", themes=themes_by_hand())
    place = of_scores(st.chart_praise_and_criticism, counted)
    none = (place["Music", "60 up to 80"] + place["Story", "60 up to 80"]) / 2
    assert place["Music", "60 up to 80"] > none
    assert place["Music", "not stated"] == pytest.approx(none)


def test_a_title_tells_only_what_is_beyond_chance():
    """Music in all of 30 reviews of A and none of B is told; in 5 of 5 and 5 of 10 others it is not."""
    reviews = silent_reviews([f"r{n}" for n in range(60)]).assign(outlet=["A"] * 30 + ["B"] * 30, text=TEXTS["ann"])
    mentions = mentions_by_hand().iloc[[0] * 30].assign(review_id=reviews["review_id"][:30].to_numpy())
    told = st.theme_frequency(mentions.reset_index(drop=True), reviews, by="outlet", themes=themes_by_hand())
    assert " ".join(st.chart_themes(told).to_dict()["title"]["text"]) == (
        "“Music” is talked about in 30 of 30 reviews whose outlet is “A” (100%), and in 0 of 30 others (0%)"
    )
    few = st.theme_frequency(
        fivefold(mentions_by_hand()), fivefold(reviews_by_hand()), by="score", themes=themes_by_hand()
    )
    alike = "Grouped by score, reviews differ in no theme by more than chance would explain"
    assert st.chart_themes(few[few["theme"] == "music"]).to_dict()["title"]["text"] == alike


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


def test_names_the_words_that_tell():
    """Named are, of each side, the surest with twice the odds; not those that chance, or less than that, explains."""
    table = words(
        ("fun", 9, 0, 5, 2.0, 0.001),
        ("and", 80, 50, 7, 0.3, 0.001),
        ("warm", 5, 0, 4, 1.5, 0.04),
        ("odd", 2, 0, 2, 1.0, None),
        ("slow", 0, 6, 4, -2.0, 0.03),
        ("dull", 1, 6, 4, -2.0, 0.06),
    )
    svg = draw(st.chart_keyness(table, most=1).to_dict())
    assert {"fun, 9 of 9", "slow, 6 of 6"} == {text for text in texts(svg) if re.search(", . of .$", text)}
    assert "Typical words: “fun” in praise; “slow” in criticism" in texts(svg)
    assert [mark["word"] for mark in marks(svg, "circle")] == ["and", "dull", "odd"]


def test_draws_any_word(capfd):
    """A word may be one that Vega takes for its own code: it is drawn all the same."""
    odd = ["if", "constructor", "toString", "__proto__", "datum", "'] \\\"", "nan", "null"]
    table = words(*((word, 9, 0, 5, 2.0, 0.01) for word in odd), ("slow", 0, 6, 4, -2.0, 0.01))
    svg = draw(st.chart_keyness(table).to_dict())
    assert capfd.readouterr() == ("", "")
    assert {"slow, 6 of 6", "if, 9 of 9", "__proto__ , 9 of 9", "null, 9 of 9"} <= {*texts(svg)}
    assert svg.count('aria-roledescription="point"') == len(odd) + 1


@pytest.mark.parametrize("most", [0, 26, 2.5, True, "15"])
def test_words_to_name_are_few(most):
    """A number of words that is none, or more than can be read, is refused by value."""
    with pytest.raises(st.StarlightError, match=f"most is {most!r}; it is how many words to name on each side"):
        st.chart_keyness(words(), most=most)


def test_says_that_no_word_tells():
    """Where no word is beyond chance, the chart is a sentence that says so, and of how many."""
    title = st.chart_keyness(words(("and", 80, 50, 7, 0.3, 0.01), ("fun", 3, 0, 3, 2.0, 0.9))).to_dict()["title"]
    assert title["text"] == "No word sets praise and criticism apart beyond chance"
    assert title["subtitle"][0].startswith("0 of the 2 words that 3 reviews or more use are")


def test_names_stand_below_each_other():
    """Twenty-five words that are used as often have names at heights of their own, all within the chart."""
    chart = st.chart_keyness(
        words(*((f"w{n}", 9, 0, 5, 2.0, 0.01) for n in range(25)), ("slow", 0, 90, 9, -2.0, 0.9)), most=25
    )
    found = re.findall(r"translate\([0-9.]+,([0-9.]+)\)[^>]*>w\d+, 9 of 9<", draw(chart.to_dict()))
    heights = sorted(map(float, found))
    assert len(heights) == 25
    assert min(below - above for above, below in pairwise(heights)) > 12
    assert heights[-1] < 400


def test_words_of_many_reviews_are_small():
    """A table of 20,000 words is drawn as 25 names a side and 600 dots: less than 200 kB."""
    many = words(*((f"w{n}", n + 1, 0, 5, 2.0, 0.01 + n / 1e6) for n in range(20_000)))
    assert len(json.dumps(st.chart_keyness(many[::-1], most=25).to_dict())) < 200_000


@pytest.mark.parametrize("name", DRAWN)
def test_a_theme_in_no_review_is_not_drawn(name):
    """A row of zeros tells nothing; where no theme is in any review, the chart says so in a sentence."""
    counted = over_time(name)
    total = counted.groupby("label")["reviews"].sum()
    assert {row["label"] for row in rows(DRAWN[name](counted)) if "label" in row} == set(total[total > 0].index)
    nothing = DRAWN[name](counted.assign(reviews=0, share=0.0))
    assert nothing.to_dict()["title"]["text"] == "No theme is in any of the reviews"
