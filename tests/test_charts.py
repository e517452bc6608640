"""What holds for every chart: it draws its table, all of it and nothing else, says so in words, and harms nobody."""

import json
import re

import pytest
from chart_specs import as_rows, draw, marks, rows, texts, unknown_fields, unordered
from tables_by_hand import (
    EACH_CONVENTION,
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    sentences_by_hand,
    themes_by_hand,
)

import starlight as st
from starlight.errors import TableError
from starlight.summaries import (
    DISAGREEMENT,
    KEYNESS,
    MAKEUP,
    MENTION_POSITIONS,
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_GROUP,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    SCORE_DISTRIBUTION,
    TALKED_AND_JUDGED,
    THEME_FREQUENCY,
    THEME_FREQUENCY_BY_GROUP,
    THEME_FREQUENCY_BY_REVIEW,
)
from starlight.tables import build

# Each chart by its name: the function, its table's declaration, and the table counted from mentions, opinions, ...
CHARTS = {
    "scores": (st.chart_scores, SCORE_DISTRIBUTION, lambda t: st.score_distribution(t["reviews"])),
    "conventions": (
        st.chart_conventions,
        SCORE_DISTRIBUTION,
        lambda t: st.score_distribution(t["reviews"], convention=EACH_CONVENTION),
    ),
    "makeup": (st.chart_makeup, MAKEUP, lambda t: st.makeup(t["sentences"], t["opinions"], t["reviews"])),
    "praise_by_review": (
        st.chart_praise_by_review,
        PRAISE_AND_CRITICISM_BY_REVIEW,
        lambda t: st.praise_and_criticism(t["opinions"], t["reviews"], by="review_id", themes=t["themes"]),
    ),
    "themes": (
        st.chart_themes,
        THEME_FREQUENCY,
        lambda t: st.theme_frequency(t["mentions"], t["reviews"], themes=t["themes"]),
    ),
    "themes_by_review": (
        st.chart_themes_by_review,
        THEME_FREQUENCY_BY_REVIEW,
        lambda t: st.theme_frequency(t["mentions"], t["reviews"], by="review_id", themes=t["themes"]),
    ),
    "mention_positions": (
        st.chart_mention_positions,
        MENTION_POSITIONS,
        lambda t: st.mention_positions(t["mentions"], t["reviews"], themes=t["themes"]),
    ),
    "talked_and_judged": (
        st.chart_talked_and_judged,
        TALKED_AND_JUDGED,
        lambda t: st.talked_and_judged(t["mentions"], t["opinions"], t["reviews"], themes=t["themes"]),
    ),
    "praise_and_criticism": (
        st.chart_praise_and_criticism,
        PRAISE_AND_CRITICISM,
        lambda t: st.praise_and_criticism(t["opinions"], t["reviews"], themes=t["themes"]),
    ),
    "opinions_by_review": (
        st.chart_opinions_by_review,
        DISAGREEMENT,
        lambda t: st.disagreement(t["opinions"], t["reviews"], themes=t["themes"]),
    ),
    "disagreement": (
        st.chart_disagreement,
        DISAGREEMENT,
        lambda t: st.disagreement(t["opinions"], t["reviews"], themes=t["themes"]),
    ),
    "themes_by": (
        st.chart_themes_by,
        THEME_FREQUENCY_BY_GROUP,
        lambda t: st.theme_frequency(t["mentions"], t["reviews"], by="score", themes=t["themes"]),
    ),
    "opinions_by": (
        st.chart_opinions_by,
        PRAISE_AND_CRITICISM_BY_GROUP,
        lambda t: st.praise_and_criticism(t["opinions"], t["reviews"], by="score", themes=t["themes"]),
    ),
    "keyness": (st.chart_keyness, KEYNESS, lambda t: st.keyness(t["opinions"], t["reviews"])),
}
OF_REVIEWS = [name for name, (_, table, _) in CHARTS.items() if "review_id" in table.names]
DRAWS_LESS = [  # only themes that divide the reviews; only words that tell most; only themes that some review has
    "disagreement",
    "keyness",
    "themes_by",
    "opinions_by",
]
HOSTILE = {
    "ann": "\"'\\ $x$",
    "bob": "<script>alert(1)</script></text>",
    "cy": "__proto__",
    "music": "'] | datum.value \\\"",
    "story": "🤖 위시\n`${x}`",
    "space": "<img src=x onerror=alert(1)>",
}


def inputs_by_hand():
    """The tables by hand."""
    return {
        "reviews": reviews_by_hand(),
        "sentences": sentences_by_hand(),
        "mentions": mentions_by_hand(),
        "opinions": opinions_by_hand(),
        "themes": themes_by_hand(),
    }


@pytest.fixture(scope="module")
def by_hand():
    """Each chart of the tables by hand, with the table that it draws."""
    counted = {name: count(inputs_by_hand()) for name, (_, _, count) in CHARTS.items()}
    return {name: (CHARTS[name][0](table), table) for name, table in counted.items()}


def renamed(names):
    """Give the tables by hand with other names for reviews and for themes, their labels too."""
    labels = {name.capitalize(): new for name, new in names.items()}
    new = {"review_id": names, "theme": names, "label": labels}
    return {name: table.replace(new) for name, table in inputs_by_hand().items()}


def quietly(spec, capfd):
    """Draw a specification that nothing is to be said against, and that is JSON: it holds no NaN."""
    json.dumps(spec, allow_nan=False)
    svg = draw(spec)
    assert capfd.readouterr() == ("", "")
    return svg


@pytest.fixture(scope="module")
def pictures():
    """The pictures drawn so far, by name."""
    return {}


@pytest.fixture
def picture(by_hand, pictures, capfd):
    """Draw a chart of the tables by hand, without a warning, once."""

    def drawn(name):
        if name not in pictures:
            pictures[name] = quietly(by_hand[name][0].to_dict(), capfd)
        return pictures[name]

    return drawn


@pytest.mark.parametrize("name", CHARTS)
def test_is_drawn_without_a_warning(name, picture):
    """Vega-Lite in the version that JupyterLab has draws each chart and has nothing to say against it."""
    assert texts(picture(name))


@pytest.mark.parametrize("name", CHARTS)
def test_reads_no_field_that_is_not_there(name, by_hand):
    """Every field of encodings, tooltips, transforms and facets is in the data or calculated before it is read."""
    assert unknown_fields(by_hand[name][0].to_dict()) == []


@pytest.mark.parametrize("name", CHARTS)
def test_draws_every_row_and_no_other(name, by_hand):
    """The data of all panels together are the table's rows, each once; labels of the chart's own come besides."""
    chart, table = by_hand[name]
    drawn = [row for row in rows(chart) if row.keys() & set(table.columns)]
    assert all(row.keys() == set(table.columns) for row in drawn)
    if name not in DRAWS_LESS:
        assert unordered(drawn) == unordered(as_rows(table))


@pytest.mark.parametrize("name", CHARTS)
def test_leaves_its_table_alone(name):
    """Drawing changes nothing in the table."""
    draw_chart, _, count = CHARTS[name]
    table = count(inputs_by_hand())
    before = table.copy(deep=True)
    draw_chart(table)
    assert table.equals(before)


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name, (_, table, _) in CHARTS.items() for column in table.names]
)
def test_refuses_a_table_that_lacks_a_column(name, column, by_hand):
    """A missing column is refused by name: Altair would draw an empty chart and say nothing."""
    with pytest.raises(TableError, match=f"has no column '{column}'"):
        CHARTS[name][0](by_hand[name][1].drop(columns=column))


@pytest.mark.parametrize("name", CHARTS)
def test_refuses_what_is_no_table(name):
    """A list of rows is refused as no DataFrame, with the grain of the table that it should be."""
    with pytest.raises(TableError, match=rf"must be a DataFrame \({CHARTS[name][1].grain}\), not list"):
        CHARTS[name][0]([])


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("scores", "Dots: 1 reviews state a score. ann: B-; bob: A."),
        (
            "conventions",
            "Ranges: each printed score under each convention. ann B-, criticker: 63; bob A, criticker: 99; "
            "ann B-, metacritic: 67; bob A, metacritic: 100; ann B-, school: 81; bob A, school: 95.",
        ),
        (
            "makeup",
            "Bars: what each review is made of. ann: 2 of 3 opinion; ann: 0 of 3 other prose; ann: 0 of 3 other title; "
            "ann: 1 of 3 boilerplate; bob: 2 of 2 opinion; bob: 0 of 2 other prose; bob: 0 of 2 other title; "
            "bob: 0 of 2 boilerplate; cy: 0 of 1 opinion; cy: 1 of 1 other prose; cy: 0 of 1 other title; "
            "cy: 0 of 1 boilerplate.",
        ),
        (
            "praise_by_review",
            "Bars: the share of praise among each review's opinions. "
            "ann: 2 of 4 praise; bob: 2 of 3 praise; cy: 0 of 0 praise.",
        ),
        (
            "themes",
            "Bars: mentions of each theme. Overall: 0 in 0 of 3 reviews; Story: 1 in 1 of 3 reviews; "
            "Music: 3 in 2 of 3 reviews; Space: 2 in 2 of 3 reviews.",
        ),
        (
            "themes_by_review",
            "Heat map: each theme's share of each review's mentions. ann Story: 1 of 2; ann Music: 1 of 2; "
            "bob Music: 2 of 3; bob Space: 1 of 3; cy Space: 1 of 1.",
        ),
        (
            "mention_positions",
            "Ticks: where each review mentions each theme. Music: 3 mentions; Space: 2 mentions; Story: 1 mentions.",
        ),
        (
            "talked_and_judged",
            "Bars: mentions against opinions of each craft theme. "
            "Story: 1 mentions, 3 opinions; Music: 3 mentions, 4 opinions.",
        ),
        (
            "praise_and_criticism",
            "Diverging bars: praise and criticism of each theme. "
            "Story: 1 praise; Story: 2 criticism; Music: 3 praise; Music: 1 criticism.",
        ),
        (
            "opinions_by_review",
            "Matrix: opinions of each theme in each review. ann story: 0 praise, 2 criticism; "
            "bob story: 1 praise, 0 criticism; ann music: 2 praise, 0 criticism; bob music: 1 praise, 1 criticism.",
        ),
        (
            "disagreement",
            "Diverging bars: the themes that divide the reviews. "
            "story, ann: 0 praise, 2 criticism; story, bob: 1 praise, 0 criticism.",
        ),
        (
            "keyness",
            "Diverging bars: the words that set praise apart from criticism, with their z. lovely: 0.6, 1 to 0, in 1 "
            "reviews; of: 0.6, 1 to 0, in 1 reviews; soars: 0.6, 1 to 0, in 1 reviews; space: 0.6, 1 to 0, in 1 "
            "reviews; the: 0.6, 1 to 0, in 1 reviews; plot: -0.9, 0 to 1, in 1 reviews; dull: -1.5, 0 to 2, in 2 "
            "reviews.",
        ),
    ],
)
def test_says_in_words_what_it_shows(name, description, by_hand):
    """The alternative text names the kind of chart and holds its numbers, which are those counted by hand."""
    assert by_hand[name][0].to_dict()["description"] == description


def test_names_every_chart_that_there_is():
    """A new chart function has to join these tests, or have tests of its own: those of trust, and that of quotes."""
    functions = {name for name in st.__all__ if name.startswith("chart_")}
    own = {"chart_agreement", "chart_confusion", "chart_reliability", "chart_quotes"}
    assert functions == {f"chart_{name}" for name in CHARTS} | own


@pytest.mark.parametrize(
    ("name", "measure", "denominator"),
    [
        ("scores", "score from 0 to 100", "letters by the convention “metacritic”"),
        ("conventions", "score from 0 to 100", "under each convention"),
        ("makeup", "sentences of each kind", "of all sentences in the review"),
        ("praise_by_review", "praise", "among the review’s opinions"),
        ("themes", "mentions of each theme", "how many reviews"),
        ("themes_by_review", "share", "of the review’s mentions"),
        ("mention_positions", "a tick for each mention", "from the start of the review to its end"),
        ("talked_and_judged", "talked about: mentions", "how many reviews"),
        ("praise_and_criticism", "opinions of each theme", "of 3 reviews"),
        ("opinions_by_review", "+ praise, − criticism", "in each review"),
        ("disagreement", "opinions in each review", "1 of 3 themes"),
        ("themes_by", "reviews that mention each theme", "60 up to 80 (1)"),
        ("opinions_by", "reviews that judge each theme", "not stated (2)"),
        ("keyness", "z, the log-odds ratio in standard errors", "“0 to 2, in 2”: 0 of the 7 words of praise"),
    ],
)
def test_title_states_measure_and_denominator(name, measure, denominator, picture):
    """In the picture's title, subtitle and axes stand what is measured and of how much."""
    shown = "\n".join(texts(picture(name)))
    assert measure in shown
    assert denominator in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("makeup", ["2 of 3", "1 of 3", "2 of 2", "0 of 1"]),
        ("praise_by_review", ["2 of 4 praise", "2 of 3 praise", "B-", "A (ambiguous)", "no score", "no opinions"]),
        ("themes", ["3, in 2 of 3", "2, in 2 of 3", "1, in 1 of 3", "0, in 0 of 3"]),
        ("themes_by_review", ["50%", "67%", "33%", "100%"]),
        ("talked_and_judged", ["3, in 2 of 3", "4, in 2 of 3", "1, in 1 of 3"]),
        (
            "praise_and_criticism",
            ["3 in 2", "1 in 1", "2 in 1", "← criticism\u2003\u2003opinions, of 7\u2003\u2003praise →"],
        ),
        ("opinions_by_review", ["+2", "−2", "+1", "+1  −1"]),
        ("themes_by", ["60 up to 80 (1)", "not stated (2)", "1", "2"]),
        ("opinions_by", ["60 up to 80 (1)", "not stated (2)", "+1", "−1"]),
        ("keyness", ["0 to 2, in 2", "1 to 0, in 1"]),
    ],
)
def test_marks_carry_their_counts(name, shown, picture):
    """The counts of the table stand in the picture as text, beside their marks."""
    assert set(shown) <= set(texts(picture(name)))


@pytest.mark.parametrize("name", ["praise_by_review", "talked_and_judged", "praise_and_criticism", "keyness"])
def test_title_names_the_coder(name, by_hand):
    """A chart of opinions says whose coding it counts."""
    assert by_hand[name][0].to_dict()["title"]["subtitle"][-1].startswith("coding: settled")


@pytest.mark.parametrize("name", CHARTS)
def test_describes_the_five(name, reviews, sentences, mentions, opinions):
    """The chart of the five reads only fields that are there, and draws each row once."""
    five = {"reviews": reviews, "sentences": sentences, "mentions": mentions, "opinions": opinions, "themes": None}
    draw_chart, _, count = CHARTS[name]
    table = count(five)
    chart = draw_chart(table)
    assert unknown_fields(chart.to_dict()) == []
    if name not in DRAWS_LESS:
        assert unordered(row for row in rows(chart) if "review_id" in row or "theme" in row) == unordered(
            as_rows(table)
        )


@pytest.mark.parametrize("name", CHARTS)
def test_draws_an_empty_table(name, capfd):
    """A table without rows gives an empty chart that says so, not an error."""
    draw_chart, table, _ = CHARTS[name]
    spec = draw_chart(build(table, [])).to_dict()
    assert spec["description"].endswith("There is nothing to show.")
    quietly(spec, capfd)


@pytest.mark.parametrize("name", CHARTS)
def test_draws_a_single_row(name, by_hand, capfd):
    """A table of one row is drawn."""
    quietly(CHARTS[name][0](by_hand[name][1].iloc[[-1]]).to_dict(), capfd)


def test_names_a_review_that_mentions_nothing(capfd):
    """A review without mentions, which has no share, keeps its column of the heat map."""
    mentions = mentions_by_hand()
    shares = st.theme_frequency(
        mentions[mentions["review_id"] != "cy"], reviews_by_hand(), by="review_id", themes=themes_by_hand()
    )
    shown = texts(quietly(st.chart_themes_by_review(shares).to_dict(), capfd))
    assert [name for name in shown if name in ("ann", "bob", "cy")] == ["ann", "bob", "cy"] * 2


def test_says_how_to_read_a_count_by_one_of_its_own(picture):
    """The example in the subtitle is the longest bar of this very table."""
    assert "“3 in 2” is 3 opinions in 2 of 3 reviews" in " ".join(texts(picture("praise_and_criticism")))


def test_draws_reviews_that_mention_nothing(capfd):
    """Where no review mentions anything every share is missing, and the heat map is blank."""
    shares = st.theme_frequency(mentions_by_hand().iloc[:0], reviews_by_hand(), by="review_id", themes=themes_by_hand())
    svg = quietly(st.chart_themes_by_review(shares).to_dict(), capfd)
    assert marks(svg, "rect mark") == []
    assert "Music" in texts(svg)


@pytest.mark.parametrize("name", CHARTS)
def test_carries_any_name_as_data(name, by_hand, picture, capfd):
    """Reviews and themes may be named by anything: the name is data, drawn as text, and never part of the code."""
    draw_chart, _, count = CHARTS[name]
    spec = draw_chart(count(renamed(HOSTILE))).to_dict()
    assert sorted(expressions(spec)) == sorted(expressions(by_hand[name][0].to_dict()))
    svg = quietly(spec, capfd)
    assert "<script" not in svg
    assert "<img" not in svg
    assert len(texts(svg)) == len(texts(picture(name)))


def expressions(node):
    """All code in a specification: what Vega evaluates."""
    if isinstance(node, list):
        return [found for part in node for found in expressions(part)]
    if not isinstance(node, dict):
        return []
    code = [value for name, value in node.items() if name in ("calculate", "filter", "test", "labelExpr", "expr")]
    return code + [found for name, part in node.items() if name != "datasets" for found in expressions(part)]


@pytest.mark.parametrize("name", OF_REVIEWS)
def test_keeps_names_whole_that_would_shorten_to_one(name):
    """Two reviews that do not differ before the underscore go by their whole names, on axes and in words."""
    draw_chart, _, count = CHARTS[name]
    spec = draw_chart(count(renamed({"ann": "a_1", "bob": "a_2"}))).to_dict()
    assert "split(" not in str(expressions(spec))
    if name != "mention_positions":  # whose words count themes
        assert all(re.search(rf"[ :]{review}[ :]", spec["description"]) for review in ("a_1", "a_2"))


@pytest.mark.parametrize(
    ("ann", "bob", "shown"),
    [
        ("a_1", "a_2", ["a_1", "a_2"]),
        ("a_1", "b_2", ["a", "b"]),
        ("_1", "_2", ["_1", "_2"]),
        ("_1", "b", ["_1", "b"]),
        ("a", "a_2", ["a", "a_2"]),
    ],
)
def test_draws_the_names_that_its_words_use(ann, bob, shown, capfd):
    """Reviews go by what stands before the underscore if that tells them apart, in the picture as in the words."""
    spec = st.chart_makeup(CHARTS["makeup"][2](renamed({"ann": ann, "bob": bob}))).to_dict()
    labels = texts(quietly(spec, capfd))
    assert all(f" {review}: " in spec["description"] for review in shown)
    assert [label for label in labels if label in {ann, bob, *shown}] == sorted(shown)


@pytest.mark.parametrize("name", CHARTS)
def test_has_no_unnamed_selection(name, by_hand):
    """No selection of a chart has the name that Altair gives (param_...): it merges two of those that look alike."""
    assert re.findall(r"'name': '(param_\w+)'", str(by_hand[name][0].to_dict())) == []


def test_draws_only_the_themes_that_divide(by_hand):
    """The story, which ann criticises and bob praises, is drawn; music, where bob's opinions cancel out, is not."""
    chart, table = by_hand["disagreement"]
    assert unordered(rows(chart)) == unordered(as_rows(table[table["theme"] == "story"]))


def divided(cells):
    """The disagreement table of these cells: theme, review, praise and criticism."""
    names = ("theme", "review_id", "praise", "criticism")
    rows = [dict(zip(names, cell, strict=True), name=cell[1], label=cell[0], coder="settled") for cell in cells]
    return build(DISAGREEMENT, rows)


def test_leaves_out_who_does_not_judge_a_theme_that_divides():
    """A review without an opinion of the theme has no line, and one that only agrees divides nothing."""
    cells = [("music", "ann", 2, 0), ("music", "bob", 0, 1), ("music", "cy", 0, 0), ("story", "ann", 3, 0)]
    table = divided(cells)
    chart = st.chart_disagreement(table)
    assert unordered(rows(chart)) == unordered(as_rows(table.iloc[:2]))
    assert chart.to_dict()["title"]["text"] == "1 of 2 themes divide the reviews"


def test_names_reviews_alike_in_every_panel():
    """Two reviews that shorten to one name go by their whole names in a panel where only one of them stands, too."""
    cells = [("music", "a_1", 2, 0), ("music", "b_1", 0, 1), ("music", "a_2", 0, 0)]
    table = divided(cells)
    spec = st.chart_disagreement(table).to_dict()
    assert spec["description"].endswith("music, a_1: 2 praise, 0 criticism; music, b_1: 0 praise, 1 criticism.")
    assert {"a_1", "b_1"} <= set(texts(draw(spec)))


def test_draws_praise_to_the_right_and_criticism_to_the_left(picture):
    """Besides their colour, three opinions reach to the right of the middle (260 of 520 pixels), one to the left."""
    bars = marks(picture("praise_and_criticism"), "bar")
    of_music = {bar["polarity"]: bar for bar in bars if bar["label"] == "Music"}
    left = {polarity: float(re.match(r"M([\d.]+)", bar["d"]).group(1)) for polarity, bar in of_music.items()}
    width = {polarity: float(re.search(r"h([\d.]+)", bar["d"]).group(1)) for polarity, bar in of_music.items()}
    assert left["praise"] == pytest.approx(260)
    assert left["criticism"] == pytest.approx(260 - width["criticism"])
    assert width["praise"] == pytest.approx(3 * width["criticism"])
    assert of_music["praise"]["fill"] != of_music["criticism"]["fill"]
