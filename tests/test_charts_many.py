"""Charts of many reviews: from 30 on they are counted, all of them, and the specification stays small."""

import json
import re
from collections import Counter
from functools import partial
from itertools import pairwise

import many_by_hand as many
import pandas as pd
import pytest
from chart_specs import draw, once, rows, texts, unknown_fields

import starlight as st
from starlight.errors import TableError

# Each chart by its name: the function, and its table of so many reviews.
TABLES = {
    "makeup": (st.chart_makeup, many.makeup),
    "praise by review": (st.chart_praise_and_criticism, many.praise_by_review),
    "themes by review": (st.chart_themes, many.themes_by_review),
    "mention positions": (st.chart_mention_positions, many.mention_positions),
    "disagreement, all": (partial(st.chart_disagreement, show="all"), many.disagreement),
    "disagreement": (st.chart_disagreement, many.disagreement),
    "scores": (st.chart_scores, many.scores),
    "scores by convention": (st.chart_scores, many.conventions),
}
CHARTS = [*TABLES, "quotes"]
AT_30 = [name for name in TABLES if name != "scores"]  # which goes by stated scores, as quotes by opinions
SIZES = [29, 30, 6_000]  # the most that are drawn each, the fewest that are counted, and many


def of_many(name, number):
    """A chart of so many reviews."""
    if name == "quotes":
        return st.chart_quotes(many.praise_and_criticism(number), many.quotes(number))
    chart, table = TABLES[name]
    return chart(table(number))


@pytest.fixture(scope="module")
def drawn():
    """Give a chart of so many reviews, made once."""
    made = {}

    def chart(name, number):
        if (name, number) not in made:
            made[name, number] = once(of_many(name, number))
        return made[name, number]

    return chart


@pytest.mark.parametrize("number", SIZES)
@pytest.mark.parametrize("name", CHARTS)
def test_stays_small_at_any_number_of_reviews(name, number, drawn):
    """A chart of 29 or of 6,000 reviews is less than 200 kB of valid JSON, and Altair draws it."""
    assert len(json.dumps(drawn(name, number).to_dict(), allow_nan=False)) < 200_000


@pytest.mark.parametrize("name", AT_30)
def test_counts_reviews_from_30_on(name, drawn):
    """Of 29 reviews each is in the data; of 30 none is, and the chart grows no more with their number."""
    assert "Review 28" in str(rows(drawn(name, 29))) or name == "disagreement"  # which counts sides from six on
    assert not re.search(r"review-|Review \d", json.dumps(drawn(name, 30).to_dict()))
    assert len(rows(drawn(name, 30))) == len(rows(drawn(name, 6_000)))


@pytest.mark.parametrize("number", [30, 6_000])
@pytest.mark.parametrize("name", CHARTS)
def test_is_drawn_without_a_warning_from_fields_that_are_there(name, number, drawn, capfd):
    """JupyterLab's version of Vega-Lite draws it and says nothing against it, and it reads no unknown field."""
    spec = drawn(name, number).to_dict()
    assert unknown_fields(spec) == []
    assert texts(draw(spec))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", CHARTS)
def test_says_of_how_many(name, drawn):
    """How many reviews, scores or opinions there are stands in title, subtitle or axis."""
    expected = {
        "makeup": "opinion: in 4,800 of 6,000 reviews",
        "praise by review": "of 6,000 reviews, by the share of praise among their opinions; without an opinion: 500",
        "themes by review": "of the 5,000 of 6,000 reviews that mention any theme",
        "mention positions": "of 12,000 in 6,000 reviews",
        "disagreement, all": "of the 6,000 reviews with an opinion",
        "disagreement": "of the 6,000 reviews with an opinion",
        "scores": "not drawn: 1,200 ambiguous, 1,200 unreadable",
        "scores by convention": "3,600 stated scores from 0 to 100 under each convention; only the 1,800 letters",
        "quotes": "6,000 opinions, 20 of them here",
    }
    assert expected[name] in "\n".join(texts(draw(drawn(name, 6_000).to_dict())))


def counts(chart, *by, unit="reviews"):
    """What the chart's data count, by these columns."""
    found = Counter()
    for row in rows(chart):
        if unit in row:
            found[tuple(row[name] for name in by)] += row[unit]
    return {key: count for key, count in found.items() if count}


@pytest.mark.parametrize("number", [30, 6_000])
def test_makeup_counts_each_review_once_for_each_kind_it_has(number, drawn):
    """A quarter, a half, three quarters and all of the sentences are shares of 0.25 to 1, each in its own bar."""
    chart, judging = drawn("makeup", number), Counter(n % 5 for n in range(number))
    lows = {1: 0.2, 2: 0.5, 3: 0.7, 4: 0.9}
    assert counts(chart, "kind", "low") == {("opinion", low): judging[k] for k, low in lows.items()} | {
        ("other prose", low): judging[4 - k] for k, low in lows.items()
    }
    said = [panel["title"]["text"] for panel in chart.to_dict()["vconcat"]]
    assert said[0] == f"opinion: in {number - judging[0]:,} of {number:,} reviews"
    assert len(said) == 2
    assert "in no review: other title, boilerplate" in "".join(chart.to_dict()["title"]["subtitle"])


@pytest.mark.parametrize("number", [30, 6_000])
def test_praise_counts_each_review_that_judges(number, drawn):
    """Each review with an opinion is in one bar, those with five opinions or more (three and two) apart."""
    both = [(n % 4, n % 4 + n % 3) for n in range(number)]
    expected = Counter(
        ("5 opinions or more" if total >= 5 else "fewer than 5 opinions", min(10 * praise // total, 9) / 10)
        for praise, total in both
        if total
    )
    assert counts(drawn("praise by review", number), "opinions", "low") == expected


@pytest.mark.parametrize("number", [30, 6_000])
def test_themes_count_each_review_that_mentions_any(number, drawn):
    """In each row the reviews that mention anything are counted once; a theme nobody mentions is in none of them."""
    chart = drawn("themes by review", number)
    pairs = [(n % 3, n % 2) for n in range(number) if n % 6]
    for theme, place in (("music", 0), ("story", 1)):
        tenths = Counter(min(10 * pair[place] // sum(pair), 9) if pair[place] else None for pair in pairs)
        expected = {"none" if at is None else f"{10 * at}–{10 * at + 10}%": count for at, count in tenths.items()}
        found = counts(chart, "theme", "column")
        assert {column: count for (name, column), count in found.items() if name == theme} == expected
    assert counts(chart, "theme")[("space",)] == len(pairs)
    assert {row["reviews"] for row in rows(chart) if row["theme"] == "space" and row["column"] != "none"} == {0}


@pytest.mark.parametrize("number", [30, 6_000])
def test_positions_count_each_mention_where_it_stands(number, drawn):
    """Music comes up in every twentieth, the story in the first alone, and the last column holds all."""
    found = counts(drawn("mention positions", number), "theme", "column", unit="mentions")
    music = Counter(n % 20 for n in range(number))
    assert found == {("music", f"{5 * at}–{5 * at + 5}%"): count for at, count in music.items()} | {
        ("story", "0–5%"): number,
        ("music", "all"): number,
        ("story", "all"): number,
    }


def test_positions_are_counted_where_a_few_reviews_hold_very_many():
    """Five reviews with 1,000 mentions are too much for ticks: they are counted too."""
    positions = many.mention_positions(500).assign(review_id=[f"review-{n % 5}" for n in range(1_000)])
    positions["start"] = range(1_000)
    positions["end"] = positions["start"] + 5
    chart = st.chart_mention_positions(positions)
    assert counts(chart, "column", unit="mentions")[("all",)] == 1_000
    assert "of 1,000 in 5 reviews" in chart.to_dict()["title"]["subtitle"][0]


@pytest.mark.parametrize("number", [30, 6_000])
def test_opinions_count_each_review_by_praise_less_criticism(number, drawn):
    """Each review is in one cell of each row, that of its difference, or in that of no opinion."""
    found = counts(drawn("disagreement, all", number), "theme", "column")
    signs = {-1: "−1", 0: "0", 1: "+1", 2: "+2"}
    music = Counter("no opinion" if not n % 6 else signs[n % 3 - n % 2] for n in range(number))
    words = {0: "no opinion", 1: "−1", 2: "−2"}
    story = Counter(words.get(n % 6, "−3 or less") for n in range(number))
    assert found == {("music", column): count for column, count in music.items()} | {
        ("story", column): count for column, count in story.items()
    }


@pytest.mark.parametrize("number", [30, 6_000])
def test_disagreement_counts_each_review_that_judges_by_its_side(number, drawn):
    """Music has reviews of all three sides, the story of one, so that it comes last."""
    chart = drawn("disagreement", number)
    sides = {1: "mostly praise", 0: "as much of both", -1: "mostly criticise"}
    music = Counter(sides[min(n % 3 - n % 2, 1)] for n in range(number) if n % 6)
    story = sum(1 for n in range(number) if n % 6)
    assert counts(chart, "theme", "side") == {("music", side): count for side, count in music.items()} | {
        ("story", "mostly criticise"): story
    }
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Music", "Story"]  # which nobody praises


@pytest.mark.parametrize("opinions", [15, 99, 100, 999, 1_000, 99_999])
def test_counts_of_praise_and_criticism_stay_beside_the_names_of_themes(opinions):
    """The count at the longest bar has room up to the axis, at any number of digits."""
    table = st.praise_and_criticism(st.read_opinions(), st.load_reviews())
    table.loc[0, "opinions"] = opinions
    bars = st.chart_praise_and_criticism(table.assign(of_opinions=10**6)).to_dict()
    reach = bars["layer"][0]["encoding"]["x"]["scale"]["domain"][1]
    room = bars["width"] / 2 * (1 - opinions / reach)
    digits, others = 2 * len(str(opinions)), 2 * (opinions >= 1_000)
    assert room >= 4 + 6.12 * digits + 3.06 * others + 14.7  # in Arial at 11 pixels; " in " takes 14.7


def test_a_theme_that_nobody_judges_comes_last():
    """It divides the reviews as little as one that all only criticise, which still says more."""
    table = many.disagreement(30)
    space = table[table["theme"] == "music"].assign(theme="space", label="Space", praise=0, criticism=0)
    drawn = st.chart_disagreement(pd.concat([space, table], ignore_index=True)).to_dict()
    assert drawn["layer"][0]["encoding"]["y"]["sort"] == ["Music", "Story", "Space"]


@pytest.mark.parametrize("number", [30, 6_000])
def test_conventions_count_each_stated_score_under_each(number, drawn):
    """Each stated score is in one bar of each panel; those that are not stated are said to be left out."""
    chart = drawn("scores by convention", number)
    stated = Counter(min(n % 101 // 10, 9) * 10 for n in range(number) if n % 5 < 3)
    for convention in ("even steps", "school"):
        found = counts(chart, "convention", "low")
        assert {low: count for (name, low), count in found.items() if name == convention} == stated
    assert chart.to_dict()["title"]["subtitle"][1] == (
        f"not drawn: {number // 5:,} ambiguous, {number // 5:,} unreadable"
    )


def test_few_stated_scores_get_no_median():
    """Of thirty reviews of which four state a score (0, 1, 2 and 5) there is no median, of five (6 too) it is 2."""
    scores = many.conventions(30)
    for said, reviews in (("school", 6), ("school, median 2", 7)):
        first = scores["review_id"].isin(many.names(reviews))
        chosen = scores.assign(score_status=scores["score_status"].where(first, "ambiguous"))
        assert st.chart_scores(chosen).to_dict()["vconcat"][1]["title"]["text"] == said


@pytest.mark.parametrize("number", [6_000])
def test_quotes_are_held_evenly_and_stand_for_all(number, drawn):
    """Of each bar's quotes 20 are held, from its whole length, and what they stand for adds up to its opinions."""
    chart = drawn("quotes", number)
    held = [row for row in rows(chart) if "quote" in row]
    assert Counter(row["theme"] for row in held) == {"music": 20, "story": 20}
    counted = {row["theme"]: row["opinions"] for row in rows(chart) if row.get("opinions")}
    for theme, opinions in counted.items():
        assert sum(row["stands_for"] for row in held if row["theme"] == theme) == opinions
        numbers = [int(row["quote"].removeprefix("opinion ")) for row in held if row["theme"] == theme]
        steps = {after - before for before, after in pairwise(numbers)}
        assert max(steps) - min(steps) <= 3  # a quote of the story comes from every third review


def test_quotes_up_to_300_are_all_there():
    """Three hundred quotes are held one and all, uncut; of 301 some."""
    listed = many.quotes(225)
    assert len(listed) == 300
    chart = st.chart_quotes(many.praise_and_criticism(225), listed.assign(quote="long " * 60))
    held = [row["quote"] for row in rows(chart) if "quote" in row]
    assert held == ["long " * 60] * 300
    chart = st.chart_quotes(many.praise_and_criticism(226), many.quotes(226).assign(quote="long " * 60))
    held = [row["quote"] for row in rows(chart) if "quote" in row]
    assert len(held) == 40
    assert {len(quote) for quote in held} == {200}
    assert all(quote.endswith("…") for quote in held)


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("praise by review", {"praise": 0, "criticism": 0, "opinions": 0, "share": float("nan")}),
        ("themes by review", {"mentions": 0, "of_mentions": 0, "share": float("nan")}),
        ("disagreement", {"praise": 0, "criticism": 0}),
        ("disagreement, all", {"praise": 0, "criticism": 0}),
        ("scores by convention", {"score": float("nan"), "score_status": "unreadable"}),
    ],
)
def test_many_reviews_of_nothing_are_drawn(name, empty, capfd):
    """Thirty reviews that judge, mention or state nothing are an empty chart, no error, and it still names themes."""
    chart, table = TABLES[name]
    spec = chart(table(30).assign(**empty)).to_dict()
    json.dumps(spec, allow_nan=False)
    shown = texts(draw(spec))
    assert capfd.readouterr() == ("", "")
    assert name in ("praise by review", "scores by convention", "disagreement") or "Music" in shown


@pytest.mark.parametrize("name", ["themes by review", "mention positions", "disagreement", "disagreement, all"])
def test_any_theme_name_is_data(name, capfd):
    """A theme called like a script or an expression is text in the picture, and no code."""
    hostile = {"music": "<script>alert(1)</script>", "story": "'] | datum.value \\\"", "space": "__proto__"}
    labels = {theme.capitalize(): new for theme, new in hostile.items()}
    chart, table = TABLES[name]
    spec = chart(table(30).replace({"theme": hostile, "label": labels})).to_dict()
    svg = draw(spec)
    assert capfd.readouterr() == ("", "")
    assert "<script" not in svg
    assert any("alert(1)" in text or "datum.value" in text for text in texts(svg))
    code = json.dumps({key: value for key, value in spec.items() if key != "datasets"})
    assert not re.search(r'"(calculate|filter|labelExpr|test)": "[^"]*(alert|datum\.value \\\\)', code)


@pytest.mark.parametrize("name", ["themes by review", "mention positions"])
def test_a_table_of_too_many_themes_is_refused(name):
    """More cells than Altair draws come of very many themes alone, and are refused with their number."""
    chart, table = TABLES[name]
    rows = table(500)
    rows["theme"] = rows["label"] = [f"theme-{n}" for n in range(len(rows))]
    with pytest.raises(TableError, match=r"makes [\d,]+ marks, and a chart draws at most 5,000. Give fewer themes."):
        chart(rows)
