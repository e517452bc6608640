"""Counts of what is talked about, on three reviews counted by hand, and on the five."""

import pandas as pd
import pytest
from tables_by_hand import TEXTS, mentions_by_hand, opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.errors import TableError


def by_hand():
    """Mentions, reviews and themes."""
    return mentions_by_hand(), reviews_by_hand(), themes_by_hand()


def test_theme_frequency_counts_mentions_and_reviews():
    """Music is mentioned three times in two of three reviews; a theme that nobody mentions is there as 0."""
    mentions, reviews, themes = by_hand()
    frequency = st.theme_frequency(mentions, reviews, themes=themes)
    assert frequency[["theme", "mentions", "reviews", "of_reviews"]].to_numpy().tolist() == [
        ["overall", 0, 0, 3],
        ["story", 1, 1, 3],
        ["music", 3, 2, 3],
        ["space", 2, 2, 3],
    ]


def test_theme_frequency_takes_labels_and_kinds_from_the_themes():
    """Label and kind are those of the list of themes."""
    mentions, reviews, themes = by_hand()
    frequency = st.theme_frequency(mentions, reviews, themes=themes)
    assert frequency[["theme", "label", "kind"]].equals(themes[["theme", "label", "kind"]])


def test_themes_by_review_gives_shares_of_the_reviews_own_mentions():
    """Two of bob's three mentions are of music: two thirds; every pair of review and theme is there."""
    mentions, reviews, themes = by_hand()
    shares = st.theme_frequency(mentions, reviews, by="review_id", themes=themes)
    cells = shares.set_index(["review_id", "theme"])[["mentions", "of_mentions", "share"]]
    assert cells.index.tolist() == [(name, theme) for name in TEXTS for theme in themes["theme"]]
    assert cells.loc[("bob", "music")].tolist() == [2, 3, pytest.approx(2 / 3)]
    assert cells.loc[("ann", "story")].tolist() == [1, 2, 0.5]
    assert cells.loc[("cy", "space")].tolist() == [1, 1, 1]
    assert cells.loc[("cy", "music")].tolist() == [0, 1, 0]


def test_themes_by_review_has_no_share_where_nothing_is_mentioned():
    """A review without mentions has 0 of 0, and no share: 0 / 0 is not 0."""
    mentions, reviews, themes = by_hand()
    shares = st.theme_frequency(mentions[mentions["review_id"] != "cy"], reviews, by="review_id", themes=themes)
    cy = shares[shares["review_id"] == "cy"]
    assert cy[["mentions", "of_mentions"]].to_numpy().tolist() == [[0, 0]] * 4
    assert cy["share"].isna().all()
    assert shares.loc[shares["review_id"] != "cy", "share"].notna().all()


def test_mention_positions_are_shares_of_the_text_before_the_mention():
    """The text of cy has 13 characters, and its mention begins after 7 of them."""
    mentions, reviews, themes = by_hand()
    positions = st.mention_positions(mentions, reviews, themes=themes)
    assert positions["position"].iloc[-1] == 7 / 13
    assert positions["words"].tolist() == ["music", "plot", "music", "music", "space", "space"]
    assert positions["label"].tolist() == ["Music", "Story", "Music", "Music", "Space", "Space"]


def test_mention_positions_show_the_words_as_the_review_has_them():
    """`words` is the review's own text, not the term of the list."""
    mentions, reviews, themes = by_hand()
    reviews.loc[2, "text"] = "Off to SPACE."
    assert st.mention_positions(mentions, reviews, themes=themes)["words"].iloc[-1] == "SPACE"


@pytest.mark.parametrize(("start", "end"), [(7, 14), (-1, 5), (7, 7)])
def test_mention_positions_refuse_characters_that_the_review_lacks(start, end):
    """A span outside its review's text, or without a character, is refused by row, span and review."""
    mentions, reviews, themes = by_hand()
    mentions.loc[5, ["start", "end"]] = [start, end]
    with pytest.raises(
        TableError, match=f"mentions, row 5: {start} to {end} is not a place in review 'cy', which has 13"
    ):
        st.mention_positions(mentions, reviews, themes=themes)


def test_talked_and_judged_sets_mentions_against_opinions():
    """Story: one mention in one review, three opinions in two; overall, which has no terms, is left out."""
    counted = st.talked_and_judged(mentions_by_hand(), opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    counts = ["theme", "mentions", "reviews_mentioning", "opinions", "reviews_judging", "of_reviews", "coder"]
    assert counted[counts].to_numpy().tolist() == [
        ["story", 1, 1, 3, 2, 3, "settled"],
        ["music", 3, 2, 4, 2, 3, "settled"],
    ]


def test_talked_and_judged_keeps_a_theme_that_is_only_mentioned():
    """A craft theme that everyone mentions and nobody judges has 0 opinions in 0 reviews."""
    opinions = opinions_by_hand()
    counted = st.talked_and_judged(
        mentions_by_hand(), opinions[opinions["theme"] == "story"], reviews_by_hand(), themes=themes_by_hand()
    )
    assert counted.loc[1, ["mentions", "opinions", "reviews_judging"]].tolist() == [3, 0, 0]


def test_counts_of_the_five_lead_to_their_rows(mentions, reviews):
    """On the five, each theme's count is the number of rows of that theme, and all counts together are all rows."""
    frequency = st.theme_frequency(mentions, reviews)
    assert frequency["theme"].tolist() == st.read_themes()["theme"].tolist()
    for row in frequency.itertuples():
        behind = mentions[mentions["theme"] == row.theme]
        assert (row.mentions, row.reviews) == (len(behind), behind["review_id"].nunique())
    assert frequency["mentions"].sum() == len(mentions)
    assert set(frequency["of_reviews"]) == {5}


def test_shares_of_the_five_count_what_the_frequency_counts(mentions, reviews):
    """On the five, a theme's mentions by review add up to its frequency, and a review's shares to 1."""
    shares = st.theme_frequency(mentions, reviews, by="review_id")
    frequency = st.theme_frequency(mentions, reviews).set_index("theme")["mentions"]
    assert shares.groupby("theme")["mentions"].sum().to_dict() == frequency.to_dict()
    assert shares.groupby("review_id")["share"].sum().to_list() == pytest.approx([1] * 5)


def test_positions_of_the_five_are_their_mentions(mentions, reviews):
    """On the five, the positions are the mentions, row for row, and their words are in the text there."""
    positions = st.mention_positions(mentions, reviews)
    spans = ["review_id", "start", "end", "theme"]
    pd.testing.assert_frame_equal(positions[spans], mentions[spans])
    texts = reviews.set_index("review_id")["text"]
    for row in positions.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.words
        assert texts[row.review_id][round(row.position * len(texts[row.review_id])) :].startswith(row.words)


def test_talked_and_judged_of_the_five_repeats_the_other_counts(mentions, opinions, reviews):
    """On the five, mentions are those of the frequency, and opinions are the rows of their theme."""
    counted = st.talked_and_judged(mentions, opinions, reviews)
    frequency = st.theme_frequency(mentions, reviews).set_index("theme")["mentions"]
    for row in counted.itertuples():
        assert row.mentions == frequency[row.theme]
        assert row.opinions == (opinions["theme"] == row.theme).sum()
        assert row.reviews_judging == opinions.loc[opinions["theme"] == row.theme, "review_id"].nunique()
