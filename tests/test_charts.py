"""What holds for every chart: it draws its table, all of it and nothing else, says so in words, and harms nobody."""

import json
import re
from functools import partial

import pandas as pd
import pytest
from chart_specs import as_rows, draw, marks, once, rows, texts, unknown_fields, unordered
from tables_by_hand import (
    fivefold,
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    sentences_by_hand,
    themes_by_hand,
)

import starlight as st
from starlight.coding import tagger
from starlight.errors import TableError
from starlight.summaries import (
    DISAGREEMENT,
    KEYNESS,
    MAKEUP,
    MENTION_POSITIONS,
    OPINION_POSITIONS,
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_GROUP,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    SCORE_DISTRIBUTION,
    SCORE_DISTRIBUTION_BY_GROUP,
    TALKED_AND_JUDGED,
    THEME_FREQUENCY,
    THEME_FREQUENCY_BY_GROUP,
    THEME_FREQUENCY_BY_REVIEW,
)
from starlight.tables import build


def all_fivefold(tables):
    """The tables of five times as many reviews, so that groups of them are compared."""
    there = {name: table is not None and "review_id" in table for name, table in tables.items()}
    return {name: fivefold(table) if there[name] else table for name, table in tables.items()}


def frequency(by):
    """How to count themes by a column of the reviews."""
    return lambda t: st.theme_frequency(t["mentions"], t["reviews"], by=by, themes=t["themes"])


def praise(by):
    """How to count praise and criticism by a column of the reviews."""
    return lambda t: st.praise_and_criticism(t["opinions"], t["reviews"], by=by, themes=t["themes"])


def divided(t):
    """How to count who disagrees."""
    return st.disagreement(t["opinions"], t["reviews"], themes=t["themes"])


CONVENTIONS = ["one member", "even steps", "school"]
# Each chart by its name: the function, its table's declaration, and the table counted from mentions, opinions, ...
CHARTS = {
    "scores": (st.chart_scores, SCORE_DISTRIBUTION, lambda t: st.score_distribution(t["reviews"])),
    "scores by convention": (
        st.chart_scores,
        SCORE_DISTRIBUTION,
        lambda t: st.score_distribution(t["reviews"], convention=CONVENTIONS),
    ),
    "scores by outlet": (
        st.chart_scores,
        SCORE_DISTRIBUTION_BY_GROUP,
        lambda t: st.score_distribution(t["reviews"], by="outlet"),  # each of one outlet
    ),
    "makeup": (st.chart_makeup, MAKEUP, lambda t: st.makeup(t["sentences"], t["opinions"], t["reviews"])),
    "themes": (st.chart_themes, THEME_FREQUENCY, frequency(None)),
    "themes by review": (st.chart_themes, THEME_FREQUENCY_BY_REVIEW, frequency("review_id")),
    "themes by score": (st.chart_themes, THEME_FREQUENCY_BY_GROUP, lambda t: frequency("score")(all_fivefold(t))),
    "mention positions": (
        st.chart_mention_positions,
        MENTION_POSITIONS,
        lambda t: st.mention_positions(t["mentions"], t["reviews"], themes=t["themes"]),
    ),
    "opinion positions": (
        st.chart_opinion_positions,
        OPINION_POSITIONS,
        lambda t: st.opinion_positions(t["opinions"], t["reviews"], themes=t["themes"]),
    ),
    "talked and judged": (
        st.chart_talked_and_judged,
        TALKED_AND_JUDGED,
        lambda t: st.talked_and_judged(t["mentions"], t["opinions"], t["reviews"], themes=t["themes"]),
    ),
    "praise": (st.chart_praise_and_criticism, PRAISE_AND_CRITICISM, praise(None)),
    "praise by review": (st.chart_praise_and_criticism, PRAISE_AND_CRITICISM_BY_REVIEW, praise("review_id")),
    "praise by score": (
        st.chart_praise_and_criticism,
        PRAISE_AND_CRITICISM_BY_GROUP,
        lambda t: praise("score")(all_fivefold(t)),
    ),
    "disagreement": (st.chart_disagreement, DISAGREEMENT, divided),
    "disagreement, all": (partial(st.chart_disagreement, show="all"), DISAGREEMENT, divided),
    "keyness": (st.chart_keyness, KEYNESS, lambda t: st.keyness(t["opinions"], t["reviews"])),
}
OF_REVIEWS = [name for name, (_, table, _) in CHARTS.items() if "review_id" in table.names]
OF_A_CODING = [name for name, (_, table, _) in CHARTS.items() if "coder" in table.names]
# Only themes that divide the reviews; only words that tell most; only themes that some review has.
BY_GROUP = ["themes by score", "praise by score", "scores by outlet"]
DRAWS_LESS = ["disagreement", "keyness", "themes by review", "disagreement, all", *BY_GROUP]
# Cy, who prints no score and judges nothing, has no row here.
WITHOUT_CY = ("scores", "scores by convention", "disagreement", "disagreement, all", "opinion positions")
NAMES = {"ann": "Ann Lee of the Daily Planet", "bob": "Bob’s one: Perfect Space Now", "cy": "Cy"}
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
    return {name: (once(CHARTS[name][0](table)), table) for name, table in counted.items()}


def named():
    """The tables by hand, with names for people that are not the ids of the reviews."""
    inputs = inputs_by_hand()
    return inputs | {"reviews": inputs["reviews"].assign(name=inputs["reviews"]["review_id"].map(NAMES))}


def renamed(names):
    """The tables by hand with other ids and names for reviews, and others for themes, their labels too."""
    labels = {name.capitalize(): new for name, new in names.items()}
    new = {"review_id": names, "name": labels, "theme": names, "label": labels}
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
    assert all(row.keys() == set(table.columns) for row in drawn) or name in BY_GROUP
    if name not in DRAWS_LESS:
        assert unordered(drawn) == unordered(as_rows(table))


@pytest.mark.parametrize("name", CHARTS)
def test_leaves_its_table_alone(name, by_hand):
    """Drawing changes nothing in the table: it equals one that was not drawn."""
    assert by_hand[name][1].equals(CHARTS[name][2](inputs_by_hand()))


@pytest.mark.parametrize("name", CHARTS)
def test_refuses_a_table_that_lacks_a_column(name, by_hand):
    """A missing column is refused by name: Altair would draw an empty chart and say nothing."""
    draw_chart, declared, _ = CHARTS[name]
    for column in declared.names:
        with pytest.raises(TableError, match=f"has no column '{column}'"):
            draw_chart(by_hand[name][1].drop(columns=column))


@pytest.mark.parametrize("name", CHARTS)
def test_refuses_what_is_no_table(name):
    """A list of rows is refused as no DataFrame, with the grain of a table that it could be."""
    with pytest.raises(TableError, match=r"must be a DataFrame \(one row per .*\), not list"):
        CHARTS[name][0]([])


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("scores", "Dots: 1 reviews state a score. Ann: B-; Bob: A."),
        (
            "scores by convention",
            "Ranges: each printed score under each convention. Ann B-, one member: 63; Bob A, one member: 99; "
            "Ann B-, even steps: 67; Bob A, even steps: 100; Ann B-, school: 81; Bob A, school: 95.",
        ),
        (
            "makeup",
            "Bars: what each review is made of. Ann: 2 of 3 opinion; Ann: 0 of 3 other prose; Ann: 0 of 3 other title; "
            "Ann: 1 of 3 boilerplate; Bob: 2 of 2 opinion; Bob: 0 of 2 other prose; Bob: 0 of 2 other title; "
            "Bob: 0 of 2 boilerplate; Cy: 0 of 1 opinion; Cy: 1 of 1 other prose; Cy: 0 of 1 other title; "
            "Cy: 0 of 1 boilerplate.",
        ),
        (
            "praise by review",
            "Bars: the share of praise among each review's opinions. "
            "Ann: 2 of 4 praise; Bob: 2 of 3 praise; Cy: 0 of 0 praise.",
        ),
        (
            "themes",
            "Bars: mentions of each theme. Overall: 0 in 0 of 3 reviews; Story: 1 in 1 of 3 reviews; "
            "Music: 3 in 2 of 3 reviews; Space: 2 in 2 of 3 reviews.",
        ),
        (
            "themes by review",
            "Heat map: each theme's share of each review's mentions. Ann Story: 1 of 2; Ann Music: 1 of 2; "
            "Bob Music: 2 of 3; Bob Space: 1 of 3; Cy Space: 1 of 1.",
        ),
        (
            "mention positions",
            "Ticks: where each review mentions each theme. Music: 3 mentions; Space: 2 mentions; Story: 1 mentions.",
        ),
        (
            "opinion positions",
            "Ticks: where each review praises and criticises. Ann, 0%: praise of Music; Ann, 0%: praise of Music; "
            "Ann, 34%: criticism of Story; Ann, 34%: criticism of Story; Bob, 0%: criticism of Music; "
            "Bob, 32%: praise of Music; Bob, 84%: praise of Story.",
        ),
        (
            "talked and judged",
            "Lines: from the opinions of each craft theme to its mentions. "
            "Story: 1 mentions, 3 opinions; Music: 3 mentions, 4 opinions.",
        ),
        (
            "praise",
            "Diverging bars: praise and criticism of each theme. "
            "Story: 1 praise; Story: 2 criticism; Music: 3 praise; Music: 1 criticism.",
        ),
        (
            "disagreement, all",
            "Matrix: opinions of each theme in each review. Ann Story: 0 praise, 2 criticism; "
            "Bob Story: 1 praise, 0 criticism; Ann Music: 2 praise, 0 criticism; Bob Music: 1 praise, 1 criticism.",
        ),
        (
            "disagreement",
            "Diverging bars: the themes that divide the reviews. "
            "Story, Ann: 0 praise, 2 criticism; Story, Bob: 1 praise, 0 criticism.",
        ),
        ("keyness", "No word sets praise and criticism apart beyond chance. There is nothing to show."),
    ],
)
def test_says_in_words_what_it_shows(name, description, by_hand):
    """The alternative text names the kind of chart and holds its numbers, which are those counted by hand."""
    assert by_hand[name][0].to_dict()["description"] == description


def test_draws_with_every_chart_that_there_is():
    """A new chart function has to join these tests, or have tests of its own: such as those of trust."""
    functions = {name for name in st.__all__ if name.startswith("chart_")}
    own = {"chart_agreement", "chart_confusion", "chart_reliability", "chart_quotes", "chart_differences"}
    own |= {"chart_scores_and_praise", "chart_themes_together", "chart_two_codings", "chart_corrected_shares"}
    here = {getattr(chart, "func", chart).__name__ for chart, *_ in CHARTS.values()}
    assert functions == here | own


@pytest.mark.parametrize(
    ("name", "measure", "denominator"),
    [
        ("scores", "score from 0 to 100", "letters by the convention “even steps”"),
        ("scores by convention", "score from 0 to 100", "under each convention"),
        ("makeup", "sentences of each kind", "of all sentences in the review"),
        ("praise by review", "praise", "among the review’s opinions"),
        ("themes", "mentions of each theme", "how many reviews"),
        ("themes by review", "per cent", "of the review’s mentions"),
        ("mention positions", "a tick for each mention", "from the start of the review to its end"),
        ("talked and judged", "mentions and opinions of each craft theme", "how many reviews"),
        ("opinion positions", "a tick for each opinion", "from the start of the review to its end"),
        ("praise", "opinions of each theme", "Two of three reviews praise the music"),
        ("disagreement, all", "criticism (−) stands left, and praise (+) right", "in each review"),
        ("disagreement", "opinions in each review", "One of three themes divides the reviews"),
        ("themes by score", "reviews that mention each theme", "60 up to 80 (5)"),
        ("praise by score", "reviews that praise each theme, less those that criticise it", "not stated (10)"),
        ("keyness", "each review counts once", "0 of the 0 words that 3 reviews or more use"),
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
        ("makeup", ["1", "2", "3"]),
        ("opinion positions", ["+2", "−2", "−1"]),
        ("praise by review", ["2 of 4", "2 of 3", "B-", "A (ambiguous)", "no score", "no opinions"]),
        ("themes", ["3, in 2 of 3", "2, in 2 of 3", "1, in 1 of 3", "0, in 0 of 3"]),
        ("themes by review", ["50", "67", "33", "100"]),
        ("talked and judged", ["3 in 2 reviews; 4 in 2", "1 in 1 review; 3 in 2"]),
        (
            "praise",
            [
                "3, in 2 reviews",
                "1, in 1 review",
                "2, in 1 review",
                "← criticism\u2003\u2003opinions, 7 in all\u2003\u2003praise →",
            ],
        ),
        ("disagreement, all", ["+2", "−2", "+1", "−1", "3", "4"]),
    ],
)
def test_marks_carry_their_counts(name, shown, picture):
    """The counts of the table stand in the picture as text, beside their marks."""
    assert set(shown) <= set(texts(picture(name)))


def subtitle(name, table):
    """The lines under a chart's title."""
    return CHARTS[name][0](table).to_dict()["title"]["subtitle"]


@pytest.mark.parametrize("name", OF_A_CODING)
def test_says_whose_coding_it_counts_and_how_far_it_was_found_to_agree(name):
    """Of the tagger's coding the last line has the F1, and where it was measured; of another's there is no F1."""
    known = tagger.settings()
    for coder in (known.name, "somebody"):
        table = CHARTS[name][2](inputs_by_hand() | {"opinions": opinions_by_hand(coder)})
        whose, *f1 = subtitle(name, table)[-2:] if coder == known.name else subtitle(name, table)[-1:]
        own = ", a model (counts and shares are its own, not corrected by reading a sample)"
        assert whose == f"coding: {coder}{own if f1 else ''}"
        said = (
            "the model's F1 on other reviews, against a language model's reading: {:.2f} on snippets, {:.2f} on whole"
        )
        assert f1 == ([f"{said} reviews".format(*known.measured.values())] if coder == known.name else [])


@pytest.mark.parametrize("name", OF_A_CODING)
def test_says_whose_coding_after_all_that_people_do_to_tables(name, tmp_path):
    """A table that was filtered, merged with another and read back from a csv still says whose coding it counts."""
    table = CHARTS[name][2](inputs_by_hand())
    line = subtitle(name, table)[-1]
    assert line.startswith("coding: settled")
    column = table.columns[table.columns.isin(["theme", "word", "review_id"])][0]
    other = pd.DataFrame({column: table[column].unique()}).assign(mine="mine")
    table[table[column] == table[column].iloc[0]].merge(other, on=column).to_csv(tmp_path / "table.csv", index=False)
    missing = {name: "str" for name in ("period",) if name in table}  # where all is missing, csv tells no text
    changed = pd.read_csv(tmp_path / "table.csv", dtype=missing)
    assert changed.attrs == {}
    assert subtitle(name, changed)[-1] == line


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
    mentions = mentions[mentions["review_id"] != "cy"]
    shares = st.theme_frequency(mentions, reviews_by_hand(), by="review_id", themes=themes_by_hand())
    shown = texts(quietly(st.chart_themes(shares).to_dict(), capfd))
    assert [name for name in shown if name in ("Ann", "Bob", "Cy")] == ["Ann", "Bob", "Cy"]


def test_draws_reviews_that_mention_nothing(capfd):
    """Where no review mentions anything every share is missing, and the heat map is blank."""
    mentions = mentions_by_hand().iloc[:0]
    shares = st.theme_frequency(mentions, reviews_by_hand(), by="review_id", themes=themes_by_hand())
    svg = quietly(st.chart_themes(shares).to_dict(), capfd)
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
    if name != "praise":  # whose title has a long name in two lines
        assert len(texts(svg)) == len(texts(picture(name)))


def expressions(node):
    """All code in a specification: what Vega evaluates."""
    if isinstance(node, list):
        return [found for part in node for found in expressions(part)]
    if not isinstance(node, dict):
        return []
    code = [value for name, value in node.items() if name in ("calculate", "filter", "test", "labelExpr", "expr")]
    return code + [found for name, part in node.items() if name != "datasets" for found in expressions(part)]


def whole(svg):
    """All that is written in a picture, as one string: a long name may stand in lines."""
    return " ".join(texts(svg))


@pytest.mark.parametrize("name", OF_REVIEWS)
def test_calls_reviews_by_name_and_has_the_id_in_the_tooltip(name, capfd):
    """Names stand in the picture and in its words, whole; ids are nowhere but in the data and the tooltips."""
    spec = CHARTS[name][0](CHARTS[name][2](named())).to_dict()
    shown = whole(quietly(spec, capfd))
    there = list(NAMES.values())[: 2 if name in WITHOUT_CY else 3]
    assert all(called in shown for called in there)
    if name != "mention positions":  # whose words count themes
        assert all(called in spec["description"] for called in there)
    assert not {"ann", "bob", "cy"} & set(re.findall(r"\w+", shown + spec["description"]))
    ids = [found for found in fields(spec) if found == "review_id"]
    assert ids == [found for found in tooltips(spec) if found == "review_id"]
    assert ids


def fields(node, of=None):
    """All fields that a specification reads, or those that it reads within a part of this name."""
    if isinstance(node, list):
        return [found for part in node for found in fields(part, of)]
    if not isinstance(node, dict):
        return []
    own = [node["field"]] if of is None and isinstance(node.get("field"), str) else []
    inner = [(None if name == of else of, part) for name, part in node.items() if name != "datasets"]
    return own + [found for wanted, part in inner for found in fields(part, wanted)]


def tooltips(spec):
    """All fields of tooltips."""
    return fields(spec, "tooltip")


@pytest.mark.parametrize("name", OF_REVIEWS)
def test_has_reviews_in_the_order_of_its_table(name):
    """Of a table whose reviews stand from z to a, the chart has them from z to a, from the top or from the left."""
    inputs = renamed({"ann": "zoe", "bob": "max", "cy": "ann"})
    svg = draw(CHARTS[name][0](CHARTS[name][2](inputs)).to_dict())
    labels = list(dict.fromkeys(text for text in texts(svg) if text in ("zoe", "max", "ann")))
    assert labels == ["zoe", "max", "ann"][: 2 if name in WITHOUT_CY else 3]


@pytest.mark.parametrize("name", [name for name in OF_REVIEWS if name != "disagreement"])  # of blocks without names
def test_shows_long_names_whole(name, capfd):
    """Names of 28 wide letters are neither cut nor left out, of 29 reviews either."""
    table = CHARTS[name][2](inputs_by_hand())
    one = table[table["review_id"] == "ann"]
    if name == "scores":  # stated ones would be a histogram
        one = one.assign(score_status="ambiguous")
    called = [f"WIDE NAME {chr(65 + n // 5)}{chr(75 + n % 5)} OF THIS REVIEW" for n in range(29)]
    each = [one.assign(review_id=f"r{n}", name=called[n]) for n in range(29)]
    shown = whole(quietly(CHARTS[name][0](pd.concat(each[-29:], ignore_index=True)).to_dict(), capfd))
    assert all(one in shown for one in called[-28:])


@pytest.mark.parametrize("name", OF_REVIEWS)
def test_refuses_two_reviews_of_one_name(name):
    """Two reviews of one name would be drawn as one: refused, with the ids."""
    table = CHARTS[name][2](named()).assign(name="Ann")
    if name == "disagreement":
        table = table[table["theme"] == "story"]
    with pytest.raises(TableError, match=r"Several reviews are called 'Ann': 'ann', 'bob'.*Give each a name"):
        CHARTS[name][0](table)


@pytest.mark.parametrize(
    ("chart", "call"),
    [
        (st.chart_themes, "theme_frequency(mentions, reviews"),
        (st.chart_praise_and_criticism, "praise_and_criticism(opinions, reviews"),
    ],
)
def test_names_the_calls_that_make_its_tables(chart, call):
    """A table that is none of the three that a chart draws is refused with the three calls that make one."""
    with pytest.raises(TableError) as raised:
        chart(st.keyness(opinions_by_hand(), reviews_by_hand()))
    for by in ("", ", by='review_id'", ", by='outlet'"):
        assert f"{call}{by})" in str(raised.value)


def test_shows_the_themes_that_divide_or_all():
    """Anything else is refused."""
    table = divided(inputs_by_hand())
    with pytest.raises(TableError, match=r"^show is 'some'. Allowed: 'divided', 'all'"):
        st.chart_disagreement(table, show="some")


@pytest.mark.parametrize("name", CHARTS)
def test_has_no_unnamed_selection(name, by_hand):
    """No selection of a chart has the name that Altair gives (param_...): it merges two of those that look alike."""
    assert re.findall(r"'name': '(param_\w+)'", str(by_hand[name][0].to_dict())) == []


def test_draws_only_the_themes_that_divide(by_hand):
    """The story, which ann criticises and bob praises, is drawn; music, where bob's opinions cancel out, is not."""
    chart, table = by_hand["disagreement"]
    assert unordered(rows(chart)) == unordered(as_rows(table[table["theme"] == "story"]))


def judged(*cells):
    """A disagreement table of these cells, each (theme, review, praise, criticism)."""
    names = ("theme", "review_id", "praise", "criticism")
    rows = [dict(zip(names, cell, strict=True)) for cell in cells]
    more = [{"label": row["theme"].capitalize(), "name": row["review_id"], "coder": "settled"} for row in rows]
    return build(DISAGREEMENT, [row | others for row, others in zip(rows, more, strict=True)])


def test_leaves_out_who_does_not_judge_a_theme_that_divides():
    """A review without an opinion of the theme has no line, and one that only agrees divides nothing."""
    table = judged(("music", "ann", 2, 0), ("music", "bob", 0, 1), ("music", "cy", 0, 0), ("story", "ann", 3, 0))
    chart = st.chart_disagreement(table)
    assert unordered(rows(chart)) == unordered(as_rows(table.iloc[:2]))
    assert chart.to_dict()["title"]["text"] == "One of two themes divides the reviews, and that by a single opinion"


def test_draws_praise_to_the_right_and_criticism_to_the_left(picture):
    """Besides their colour, three opinions reach to the right of the middle (260 of 520 pixels), one to the left."""
    bars = marks(picture("praise"), "bar")
    of_music = {bar["polarity"]: bar for bar in bars if bar["theme"] == "Music"}
    left = {polarity: float(re.match(r"M([\d.]+)", bar["d"]).group(1)) for polarity, bar in of_music.items()}
    width = {polarity: float(re.search(r"h([\d.]+)", bar["d"]).group(1)) for polarity, bar in of_music.items()}
    assert left["praise"] == pytest.approx(260)
    assert left["criticism"] == pytest.approx(260 - width["criticism"])
    assert width["praise"] == pytest.approx(3 * width["criticism"])
    assert of_music["praise"]["fill"] != of_music["criticism"]["fill"]


def test_a_mark_is_read_out_in_words(picture):
    """What is said aloud of a bar is what stands in its tooltip, and no title of an axis."""
    said = [mark["aria-label"] for mark in marks(picture("praise"), "bar")]
    assert "theme: Music; polarity: praise; opinions: 3; of opinions: 7; reviews: 2; of reviews: 3" in said
    assert not any("→" in one for one in said)
