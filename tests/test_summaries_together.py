"""Which themes come together, and whether praise goes with the score: on tables that can be counted on paper."""

import pandas as pd
import pytest
from chart_specs import draw, marks, texts
from tables_by_hand import holding, mentions_by_hand, opinion, sentences_by_hand, themes_by_hand

import starlight as st
from starlight.base.statistics import spearman
from starlight.summaries.scores_and_praise import goes_with
from starlight.tables import MENTIONS, OPINIONS, SENTENCES, build


def pairs(reviews, length=6):
    """So many reviews of so many sentences each; the first half of each has music and story, the other neither."""
    half = length // 2
    spans = [{"review_id": f"r{n}", "sentence": i, "start": 3 * i} for n in range(reviews) for i in range(length)]
    sentences = [{**span, "end": span["start"] + 2, "text": "S.", "part": "body"} for span in spans]
    there = [span | {"end": span["start"] + 2, "term": "S."} for span in spans if span["sentence"] < half]
    mentions = [{**span, "theme": theme} for span in there for theme in ("music", "story")]
    return build(MENTIONS, mentions), build(SENTENCES, sentences)


def found(mentions, sentences):
    """The one pair of themes that the mentions have."""
    table = st.themes_together(mentions, sentences, themes=themes_by_hand())
    return table.set_index(["theme", "other_theme"]).loc[("story", "music")]


def test_counts_sentences_with_both_and_those_of_chance():
    """Of bob's two sentences both have music, one has space, and so by chance one has both; ann has no such pair."""
    table = st.themes_together(mentions_by_hand(), sentences_by_hand(), themes=themes_by_hand())
    by_pair = table.set_index(["theme", "other_theme"])
    assert by_pair.loc[("music", "space"), ["sentences", "reviews", "of_reviews"]].tolist() == [1, 1, 3]
    assert by_pair.loc[("story", "music"), ["sentences", "reviews"]].tolist() == [0, 0]
    assert len(table) == 3


def test_each_review_is_compared_with_itself():
    """In each of ten reviews, chance would put 3 x 3 / 6 of the three into one sentence."""
    pair = found(*pairs(10))
    assert pair[["sentences", "expected", "reviews"]].tolist() == [30, 15, 10]
    assert pair["adjusted"] < 0.001


def test_reviews_that_mention_everything_put_nothing_together():
    """Two long reviews, one full of both themes and one with neither: within each there is nothing to tell."""
    mentions, sentences = pairs(1, length=40)
    full = sentences[sentences["sentence"] < 20].assign(review_id="full")
    rest = sentences[sentences["sentence"] >= 20].assign(review_id="rest")
    pair = found(mentions.assign(review_id="full"), pd.concat([full, rest]))
    assert pair["expected"] == pair["sentences"] == 20
    assert pd.isna(pair["p"])


def test_short_reviews_are_compared_with_others_as_short():
    """Forty reviews of two sentences, the first with both themes: 40 of 80 have each, so chance gives 20."""
    assert found(*pairs(40, length=2))[["sentences", "expected"]].tolist() == [40, 20]


def test_draws_the_pairs_beyond_chance():
    """The pair has a line from what chance gives to what there is."""
    mentions, sentences = pairs(10)
    chart = st.chart_themes_together(st.themes_together(mentions, sentences, themes=themes_by_hand())).to_dict()
    said = texts(draw(chart))
    assert "“Story” and “Music” come together more often than by chance" in said
    assert "30, by chance 15" in said


def test_without_a_pair_beyond_chance_the_chart_says_why():
    """A pair that is as frequent as chance has it, and a single review, of which no pair can be tested."""
    tested = st.themes_together(*pairs(10), themes=themes_by_hand())
    none = tested.assign(
        p=tested["p"].where(tested["p"].isna(), 1), adjusted=tested["adjusted"].mask(tested["adjusted"] < 1, 1)
    )
    said = st.chart_themes_together(none).to_dict()["title"]
    assert said["text"] == "No two themes come together more often than by chance"
    assert said["subtitle"][0].startswith("0 of 1 pairs that could be tested")
    few = st.chart_themes_together(st.themes_together(*pairs(1), themes=themes_by_hand())).to_dict()["title"]
    assert few["text"] == "Too few sentences mention two themes to tell which themes come together"


def judged(number, films=("Ice",), turn=1):
    """So many reviews: the n-th has a score of 5 n, and praises n of its 20 times."""
    rows = [
        {"review_id": f"r{n}", "start": 9 * i, "end": 9 * i + 4, "sentence": i, "quote": "Good", "theme": "overall"}
        | {"polarity": "praise" if (i < n) == (turn > 0) else "criticism", "coder": "settled"}
        for n in range(number)
        for i in range(20)
    ]
    opinions = build(OPINIONS, rows)
    reviews = holding([f"r{n}" for n in range(number)], opinions)
    scores = [5.0 * n for n in range(number)]
    stated = {"score": scores, "score_raw": [f"{score:g}%" for score in scores], "score_status": "stated"}
    named = [films[n % len(films)] for n in range(number)]
    return st.scores_and_praise(opinions, reviews.assign(**stated, film=pd.Series(named, dtype="str")))


def test_sets_each_score_beside_its_share_of_praise():
    """The third review has 10 of 100 and praises 2 of 20 times; one without a score or an opinion has no row."""
    assert judged(3)[["score", "praise", "opinions", "share"]].to_numpy().tolist()[2] == [10, 2, 20, 0.1]
    opinions = build(OPINIONS, [opinion("ann", 0, "Lovely", "music", "praise")])
    reviews = holding(["ann"], opinions.assign(start=0, end=6))
    assert st.scores_and_praise(opinions.assign(start=0, end=6), reviews).empty


@pytest.mark.parametrize(
    ("table", "title"),
    [
        (judged(9), "Too few reviews state a score to say whether praise goes with it"),
        (judged(12), "Reviews that praise more tend to score higher"),
        (judged(12, turn=-1), "Reviews that praise more tend to score lower"),
        (judged(0), "No review states a score and judges the film"),
    ],
    ids=["few", "higher", "lower", "none"],
)
def test_says_whether_praise_goes_with_the_score(table, title):
    """Only where the interval of the rank correlation does not reach 0."""
    assert st.chart_scores_and_praise(table).to_dict()["title"]["text"] == title


def test_films_are_not_pooled():
    """Two films, in each of which score and praise fall together, though the better film has more of both."""
    one = judged(10, turn=-1).assign(film="Ice")
    two = one.assign(film="Fire", score=one["score"] + 50, share=one["share"] + 5)
    assert goes_with(pd.concat([one, two]))[0] == pytest.approx(-1)


def test_many_reviews_are_counted_in_cells():
    """Of more than 800 reviews, a circle counts those of each tenth of score and share."""
    many = pd.concat([judged(10)] * 81, ignore_index=True)
    svg = draw(st.chart_scores_and_praise(many.assign(review_id=many.index.astype("str"))).to_dict())
    assert len(marks(svg, "circle")) == 5
    assert "162" in texts(svg)


def test_spearman_is_of_ranks_with_its_interval():
    """Ten that rise together but for two neighbours: 1 - 6 x 2 / (10 x 99)."""
    one = pd.Series(range(10), dtype="float64").to_numpy()
    other = one.copy()
    other[[3, 4]] = other[[4, 3]]
    r, low, high = spearman(one, other, one.astype("int64") * 0)
    assert r == pytest.approx(1 - 12 / 990)
    assert 0.9 < low < r < high < 1
