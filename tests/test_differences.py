"""Two groups of reviews side by side, by counts that can be made on paper."""

import pandas as pd
import pytest
from tables_by_hand import holding, mentions_by_hand, opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.errors import TableError
from starlight.tables import MENTIONS, OPINIONS, build


def two_films(scores=None):
    """Twenty reviews of Sea, of which 18 praise the music, and twenty of Ice, of which 2 do; a third film has one."""
    names = [f"r{n}" for n in range(41)]
    place = {"sentence": 0, "start": 0, "end": 9, "quote": "the songs", "coder": "settled"}
    praising = [*names[:18], *names[20:22]]
    opinions = build(
        OPINIONS, [{"review_id": one, "theme": "music", "polarity": "praise", **place} for one in praising]
    )
    reviews = holding(names, opinions).assign(film=["Sea"] * 20 + ["Ice"] * 20 + ["Moon"])
    if scores:
        reviews["score"] = pd.Series([scores[film] for film in reviews["film"]], dtype="float64")
    return build(MENTIONS, []), opinions, reviews


def compared(*tables, **settings):
    """The differences, by what is compared."""
    return st.differences(*tables, themes=themes_by_hand(), **settings).set_index(["about", "what"])


def test_counts_reviews_of_both_groups():
    """18 of 20 against 2 of 20: 80 points, by Newcombe's method 10 from 52 to 90; far beyond chance."""
    music = compared(*two_films(), of=("Sea", "Ice")).loc[("praised", "Music")]
    counts = ["reviews", "of_reviews", "other_reviews", "of_other_reviews"]
    assert music[counts].tolist() == [18, 20, 2, 20]
    assert music[["difference", "low", "high"]].tolist() == pytest.approx([0.8, 0.5157, 0.9020], abs=1e-4)
    assert music["p"] < music["adjusted"] < 0.001


def test_words_count_once_a_review_and_what_nobody_has_is_not_tested():
    """The words of the quotes differ as the quotes do; the story, which nobody judges, has no p."""
    table = compared(*two_films(), of=("Ice", "Sea"))
    assert table.loc[("word", "songs"), ["reviews", "other_reviews"]].tolist() == [2, 18]
    assert pd.isna(table.loc[("praised", "Story"), "p"])
    assert table["adjusted"].notna().sum() == table["p"].notna().sum() == 3  # music, "the" and "songs"


def test_the_two_largest_groups_are_compared_if_none_are_named():
    """Sea and Ice have twenty each, Moon one."""
    assert {*compared(*two_films())[["group", "other_group"]].iloc[0]} == {"Sea", "Ice"}


def test_mean_scores_are_compared_where_there_are_ten_of_each():
    """80 and 50 of 100 are 30 points apart; a film with one score has no such row, and nor have scores all alike."""
    tables = two_films({"Sea": 80, "Ice": 50, "Moon": 10})
    score = compared(*tables, of=("Sea", "Ice")).loc[("score", "score")]
    assert score[["share", "other_share", "difference"]].tolist() == pytest.approx([0.8, 0.5, 0.3])
    assert score["low"] < score["difference"] - 0.01 < score["difference"] + 0.01 < score["high"]
    alike = compared(*two_films({"Sea": 80, "Ice": 80, "Moon": 10}), of=("Sea", "Ice"))
    assert "score" not in alike.index.get_level_values("about")
    assert "score" not in compared(*tables, of=("Sea", "Moon")).index.get_level_values("about")


@pytest.mark.parametrize(
    ("of", "message"),
    [
        (("Sea", "Se"), r"of has 'Se', which is no group by 'film'\. Did you mean 'Sea'"),
        ("Sea", r"of is 'Sea'; it is the names of two groups"),
        (("Sea", "Sea"), "it is the names of two groups"),
    ],
)
def test_refuses_what_are_not_two_groups(of, message):
    """One group, the same one twice, or one that is not there."""
    with pytest.raises(TableError, match=message):
        compared(*two_films(), of=of)


def test_one_group_is_compared_with_nothing():
    """The table is empty, and its chart says so in one line."""
    mentions, opinions, reviews = two_films()
    table = st.differences(mentions, opinions, reviews.assign(film="Sea"), themes=themes_by_hand())
    assert table.empty
    assert st.chart_differences(table).to_dict()["title"]["text"] == "There are no two groups to compare"


def test_the_chart_says_what_it_found():
    """Its title counts what is beyond chance and names the first; with little, it says that there is nothing."""
    chart = st.chart_differences(compared(*two_films(), of=("Sea", "Ice")).reset_index())
    found = "“Music” is praised in 90% of the reviews of “Sea” and in 10% of “Ice”"
    title = " ".join(chart.to_dict()["title"]["text"])
    assert title == f"3 differences are beyond chance, above all: {found}"
    by_hand = st.differences(
        mentions_by_hand(), opinions_by_hand(), reviews_by_hand().assign(film=["A", "A", "B"]), themes=themes_by_hand()
    )
    title = st.chart_differences(by_hand).to_dict()["title"]["text"]
    assert title == "Too few reviews to compare “A” with “B”"
