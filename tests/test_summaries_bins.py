"""What charts of many reviews count: values in bins, and reviews on sides, on tables that can be counted on paper."""

import many_by_hand as many
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as given_by
from tables_by_hand import (
    EACH_CONVENTION,
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    scores_by_hand,
    sentences_by_hand,
    themes_by_hand,
)

import starlight as st
from starlight.summaries import DISAGREEMENT
from starlight.summaries.bins import (
    by_difference,
    by_side,
    count_in_bins,
    divided_themes,
    makeup_in_tenths,
    median_scores,
    mentions_in_twentieths,
    praise_in_tenths,
    scores_in_tens,
    shares_of_rows,
    themes_in_tenths,
)
from starlight.tables import build


def binned(values, **settings):
    """Count these values in bins, all of one group."""
    group = pd.Series("all", index=range(len(values)), name="group", dtype="str")
    return count_in_bins(pd.Series(values, dtype="float64"), group, ["all"], unit="reviews", **settings)


@pytest.mark.parametrize("tenth", range(11))
def test_an_edge_is_in_the_bin_above(tenth):
    """0.3 begins the bin from 0.3 to 0.4, however it was divided; 1 is in the last."""
    for of in (10, 20, 30, 70, 130):
        bins = binned([tenth * of / 10 / of])
        assert bins.loc[bins["reviews"] == 1, "low"].tolist() == [min(tenth, 9) / 10]


def test_rounding_moves_no_value_into_the_bin_below():
    """0.29 * 100 is 28.999999999999996, and 0.29 is in the bin from 0.29 all the same."""
    bins = binned([0.29], number=100)
    assert bins.loc[bins["reviews"] == 1, "low"].tolist() == [0.29]


def test_empty_bins_and_groups_are_there():
    """A group without values has its bins, with 0, in the order given."""
    by = pd.Series(["b"], name="kind")
    bins = count_in_bins(pd.Series([0.5]), by, ["a", "b"], unit="mentions", number=2)
    assert bins.to_dict("list") == {
        "kind": ["a", "a", "b", "b"],
        "low": [0, 0.5, 0, 0.5],
        "middle": [0.25, 0.75, 0.25, 0.75],
        "high": [0.5, 1, 0.5, 1],
        "mentions": [0, 0, 0, 1],
    }


def test_no_values_are_counted_as_none():
    """Without values every bin holds 0."""
    assert binned([])["reviews"].tolist() == [0] * 10


@given(given_by.lists(given_by.floats(0, 100)))
def test_every_value_is_in_the_one_bin_around_it(values):
    """The counts add up, and each bin holds just the values from its low to its high, to a billionth."""
    bins = binned(values, number=20, most=100)
    assert bins["reviews"].sum() == len(values)
    for row in bins.itertuples():
        inside = sum(row.low + 1e-6 <= value < row.high - 1e-6 for value in values)
        around = sum(row.low - 1e-6 <= value <= row.high + 1e-6 for value in values)
        assert inside <= row.reviews <= around


def held(table, column="column", unit="reviews", group="theme"):
    """The counts that are not 0, by group and column."""
    rows = table[table[unit] > 0]
    return {(getattr(row, group), getattr(row, column)): getattr(row, unit) for row in rows.itertuples()}


def disagreeing(theme, *counts):
    """The disagreement table of one theme: praise and criticism of reviews a, b, c, ..."""
    rows = [
        {"theme": theme, "label": theme.title(), "review_id": name, "name": name, "coder": "settled"}
        | {"praise": praise, "criticism": criticism}
        for name, (praise, criticism) in zip("abcde", counts, strict=False)
    ]
    return build(DISAGREEMENT, rows)


def test_shares_of_rows_are_of_their_group():
    """Of a's four values three are in the first half, of b's none: 75 % and 25 %, and 0 of 0."""
    by = pd.Series(["a"] * 4, name="kind")
    bins = count_in_bins(pd.Series([0.0, 0.1, 0.2, 0.9]), by, ["a", "b"], unit="reviews", number=2)
    shares = shares_of_rows(bins, "kind", "reviews")
    assert shares[["kind", "column", "reviews", "of", "share"]].to_numpy().tolist() == [
        ["a", "0–50%", 3, 4, 0.75],
        ["a", "50–100%", 1, 4, 0.25],
        ["b", "0–50%", 0, 0, 0],
        ["b", "50–100%", 0, 0, 0],
    ]


def test_makeup_in_tenths_counts_the_reviews_that_have_a_kind():
    """Opinions are 2 of ann's 3 sentences and both of bob's; cy has other prose alone, ann's boilerplate is a third."""
    counted = st.makeup(sentences_by_hand(), opinions_by_hand(), reviews_by_hand())
    assert held(makeup_in_tenths(counted), "low", group="kind") == {
        ("opinion", 0.6): 1,
        ("opinion", 0.9): 1,
        ("other prose", 0.9): 1,
        ("boilerplate", 0.3): 1,
    }


def test_praise_in_tenths_tells_few_opinions_apart():
    """Ann praises in 2 of 4 opinions, bob in 2 of 3, both few; were ann's 8 of 10, she would stand apart."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), by="review_id", themes=themes_by_hand())
    assert held(praise_in_tenths(counted), "low", group="opinions") == {
        ("fewer than 5 opinions", 0.5): 1,
        ("fewer than 5 opinions", 0.6): 1,
    }
    counted.loc[0, ["praise", "opinions", "share"]] = [8, 10, 0.8]
    assert held(praise_in_tenths(counted), "low", group="opinions") == {
        ("fewer than 5 opinions", 0.6): 1,
        ("5 opinions or more", 0.8): 1,
    }


def test_five_opinions_are_not_few():
    """Four are fewer than five, and five are not."""
    counted = many.praise_by_review(2).assign(praise=[4, 5], criticism=0, opinions=[4, 5], share=1.0)
    assert held(praise_in_tenths(counted), "low", group="opinions") == {
        ("fewer than 5 opinions", 0.9): 1,
        ("5 opinions or more", 0.9): 1,
    }


def test_scores_in_tens_counts_what_is_stated():
    """9 is below 10, 10 is not, and 100 is in the last ten; an ambiguous score is not counted."""
    scores = scores_by_hand([9, 10, 19, 100], odd=("A", 95, "ambiguous"))
    assert held(scores_in_tens(scores), "low", group="convention") == {
        ("even steps", 0): 1,
        ("even steps", 10): 2,
        ("even steps", 90): 1,
    }


def test_scores_in_tens_counts_each_convention():
    """Ann's stated B- is 63, 67 and 81, under each convention of its own."""
    scores = st.score_distribution(reviews_by_hand(), convention=EACH_CONVENTION)
    found = held(scores_in_tens(scores), "low", group="convention")
    assert found == {("one member", 60): 1, ("even steps", 60): 1, ("school", 80): 1}


def test_a_median_is_of_five_stated_scores_or_more():
    """Of 10, 20, 30, 40, 50 it is 30, whatever an ambiguous score would be; of four there is none."""
    five = median_scores(scores_by_hand([10, 20, 30, 40, 50], odd=("A", 95, "ambiguous")))
    assert five.to_numpy().tolist() == [["even steps", 5, 30]]
    four = median_scores(scores_by_hand([10, 20, 30, 40]))
    assert four["reviews"].tolist() == [4]
    assert four["median"].isna().all()


def test_themes_in_tenths_counts_reviews_by_a_themes_share():
    """Music is half of ann's mentions and two thirds of bob's; cy, who mentions space alone, has none of it."""
    shares = st.theme_frequency(mentions_by_hand(), reviews_by_hand(), by="review_id", themes=themes_by_hand())
    counted = themes_in_tenths(shares)
    music = counted[(counted["theme"] == "music") & (counted["reviews"] > 0)]
    assert music[["label", "kind", "column", "reviews", "of"]].to_numpy().tolist() == [
        ["Music", "craft", "none", 1, 3],
        ["Music", "craft", "50–60%", 1, 2],
        ["Music", "craft", "60–70%", 1, 2],
    ]
    assert music["share"].iloc[1:].tolist() == [0.5, 0.5]
    assert music["share"].isna().tolist() == [True, False, False]
    assert held(counted)[("overall", "none")] == 3


def test_mentions_in_twentieths_counts_where_mentions_stand():
    """Bob mentions music after 5 and 16 of 37 characters, 14 and 43 % of his text; ann after 7 of 41, 17 %."""
    positions = st.mention_positions(mentions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    found = held(mentions_in_twentieths(positions), unit="mentions")
    assert {column: number for (theme, column), number in found.items() if theme == "music"} == {
        "10–15%": 1,
        "15–20%": 1,
        "40–45%": 1,
        "all": 3,
    }


def test_divided_themes_have_a_review_on_either_side():
    """Of the story ann criticises on balance and bob praises; bob's two opinions of music cancel out."""
    counted = st.disagreement(opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    rows = divided_themes(counted)
    assert rows[["theme", "review_id"]].to_numpy().tolist() == [["story", "ann"], ["story", "bob"]]


def test_divided_themes_leave_out_who_is_silent():
    """A review without an opinion of the theme is no party to it."""
    assert divided_themes(disagreeing("music", (1, 0), (0, 0), (1, 2)))["review_id"].tolist() == ["a", "c"]


def test_by_difference_counts_reviews_by_praise_less_criticism():
    """5 less 1 is +3 or more, 1 less 1 is 0, 0 less 1 is −1; who says nothing is not among the three that judge."""
    counted = by_difference(disagreeing("music", (5, 1), (1, 1), (0, 1), (0, 0)))
    some = counted[counted["reviews"] > 0]
    assert some[["label", "column", "reviews", "of"]].to_numpy().tolist() == [
        ["Music", "no opinion", 1, 4],
        ["Music", "−1", 1, 3],
        ["Music", "0", 1, 3],
        ["Music", "+3 or more", 1, 3],
    ]
    assert some["signed"].iloc[1:].tolist() == [-1 / 3, 0, 1 / 3]
    assert some["share"].isna().tolist() == [True, False, False, False]


def test_by_side_counts_who_mostly_praises_and_who_mostly_criticises():
    """Of the four that judge music one criticises it more, one does both alike, two praise it more."""
    counted = by_side(disagreeing("music", (1, 2), (1, 1), (3, 0), (1, 0), (0, 0)))
    assert counted[["side", "reviews", "of"]].to_numpy().tolist() == [
        ["mostly criticise", 1, 4],
        ["as much of both", 1, 4],
        ["mostly praise", 2, 4],
    ]


def test_by_side_has_the_most_divided_theme_first():
    """The story, two of five against, comes before the ending, one of two; the music is not judged, and last."""
    themes = [
        disagreeing("music", (0, 0)),
        disagreeing("ending", (0, 1), (1, 0)),
        disagreeing("story", (0, 1), (0, 1), (1, 0), (1, 0), (1, 0)),
    ]
    counted = by_side(pd.concat(themes, ignore_index=True))
    assert counted["label"].drop_duplicates().tolist() == ["Story", "Ending", "Music"]


def test_films_do_not_divide_each_other():
    """Of Sea all praise the story, of Ice all criticise it: it divides neither; the music divides those of Ice."""
    story = disagreeing("story", (1, 0), (1, 0), (0, 1), (0, 1)).assign(film=["Sea", "Sea", "Ice", "Ice"])
    music = disagreeing("music", (1, 0), (1, 0), (1, 0), (0, 1)).assign(film=["Sea", "Sea", "Ice", "Ice"])
    counted = pd.concat([story, music], ignore_index=True)
    rows = divided_themes(counted)
    assert rows[["film", "theme", "review_id"]].to_numpy().tolist() == [["Ice", "music", "c"], ["Ice", "music", "d"]]
    first = by_side(counted).iloc[0]
    assert (first["film"], first["theme"]) == ("Ice", "music")
    assert by_side(counted)["smaller"].gt(0).sum() == 3  # the three sides of that one pair


@pytest.mark.parametrize(
    ("count", "table"),
    [
        (makeup_in_tenths, many.makeup),
        (praise_in_tenths, many.praise_by_review),
        (scores_in_tens, many.scores),
        (median_scores, many.scores),
        (themes_in_tenths, many.themes_by_review),
        (mentions_in_twentieths, many.mention_positions),
        (divided_themes, many.disagreement),
        (by_difference, many.disagreement),
        (by_side, many.disagreement),
    ],
    ids=lambda one: one.__name__,
)
def test_nothing_is_counted_as_nothing_and_no_table_is_changed(count, table):
    """Without reviews all counts are 0, and the table that is counted stays as it was."""
    nothing = count(table(0))
    assert sum(nothing[unit].sum() for unit in ("reviews", "mentions", "praise") if unit in nothing) == 0
    rows = table(12)
    before = rows.copy(deep=True)
    count(rows)
    assert rows.equals(before)
