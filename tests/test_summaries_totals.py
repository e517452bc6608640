"""Totals of summary tables, each counted on paper."""

import many_by_hand as many
from tables_by_hand import mentions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.summaries.bins import (
    balances,
    by_difference,
    halves,
    mentions_in_all,
    mentions_in_twentieths,
    themes_in_tenths,
    unstated_scores,
)


def test_scores_that_are_not_stated_are_counted_by_status():
    """Of ann, bob and cy one states a score, one has an ambiguous one, one has none."""
    others = reviews_by_hand().query("score_status != 'stated'")
    assert unstated_scores(others).to_dict("list") == {"status": ["ambiguous", "without a score"], "reviews": [1, 1]}
    assert unstated_scores(others.iloc[:0]).to_dict("list") == {"status": [], "reviews": []}


def test_mentions_are_counted_most_first():
    """Music is mentioned three times, space twice, the story once."""
    positions = st.mention_positions(mentions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    counted = mentions_in_all(positions)
    assert counted[["theme", "label", "mentions"]].to_numpy().tolist() == [
        ["music", "Music", 3],
        ["space", "Space", 2],
        ["story", "Story", 1],
    ]


def test_halves_of_positions():
    """Of forty reviews music comes up in the first half of twenty, the story at the start of all."""
    counted = halves(mentions_in_twentieths(many.mention_positions(40)), "mentions")
    assert counted[["theme", "of", "low", "high"]].to_numpy().tolist() == [["music", 40, 20, 20], ["story", 40, 40, 0]]


def test_halves_of_shares():
    """A theme with half of a review's mentions is in its upper half; one that nobody mentions is in neither."""
    counted = halves(themes_in_tenths(many.themes_by_review(6)), "reviews").set_index("theme")
    assert counted.loc["music", ["of", "low", "high"]].tolist() == [4, 0, 4]  # 1 of 2, 2 of 2, 1 of 1, 2 of 3
    assert counted.loc["space", ["of", "low", "high"]].tolist() == [0, 0, 0]


def test_balances_of_praise_and_criticism():
    """Of six reviews music is praised more in n = 2, 4 and 5, as much in 1, and criticised more in 3."""
    counted = balances(by_difference(many.disagreement(6))).set_index("theme")
    assert counted.loc["music", ["more", "as_much", "less"]].tolist() == [3, 1, 1]
    assert counted.loc["story", ["more", "as_much", "less"]].tolist() == [0, 0, 5]
