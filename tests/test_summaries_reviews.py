"""Counts of what reviews are made of and how much they praise, by hand and on the five."""

import pytest
from tables_by_hand import opinions_by_hand, reviews_by_hand, sentences_by_hand

import starlight as st
from starlight.errors import TableError


def test_makeup_counts_each_kind_of_sentence():
    """ann: two sentences judge, one is boilerplate; bob: a title and a sentence judge; cy: one sentence judges nothing.

    ann's first sentence holds two opinions, and is one sentence.
    """
    made = st.makeup(sentences_by_hand(), opinions_by_hand(), reviews_by_hand())
    assert made[["review_id", "kind", "sentences", "of_sentences"]].to_numpy().tolist() == [
        ["ann", "opinion", 2, 3],
        ["ann", "other prose", 0, 3],
        ["ann", "other title", 0, 3],
        ["ann", "boilerplate", 1, 3],
        ["bob", "opinion", 2, 2],
        ["bob", "other prose", 0, 2],
        ["bob", "other title", 0, 2],
        ["bob", "boilerplate", 0, 2],
        ["cy", "opinion", 0, 1],
        ["cy", "other prose", 1, 1],
        ["cy", "other title", 0, 1],
        ["cy", "boilerplate", 0, 1],
    ]


def test_makeup_shares_are_sentences_by_all_sentences():
    """The share is the count by its denominator."""
    made = st.makeup(sentences_by_hand(), opinions_by_hand(), reviews_by_hand())
    assert made["share"].tolist() == (made["sentences"] / made["of_sentences"]).tolist()
    assert made["share"].iloc[0] == 2 / 3


def test_makeup_counts_a_title_without_opinion_as_other_title():
    """Without bob's opinions his title is a title, his sentence prose."""
    opinions = opinions_by_hand()
    made = st.makeup(sentences_by_hand(), opinions[opinions["review_id"] == "ann"], reviews_by_hand())
    assert made.loc[made["review_id"] == "bob", "sentences"].tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("sentence", [3, 2], ids=["no sentence", "boilerplate"])
def test_makeup_refuses_an_opinion_without_its_sentence(sentence):
    """An opinion in a sentence that is not there, or is boilerplate, is refused by row, sentence and review."""
    opinions = opinions_by_hand()
    opinions.loc[2, "sentence"] = sentence
    with pytest.raises(
        TableError, match=f"opinions, row 2: sentence {sentence} of review 'ann' is not among the sentences"
    ):
        st.makeup(sentences_by_hand(), opinions, reviews_by_hand())


def test_makeup_of_the_five_counts_every_sentence_once(sentences, opinions, reviews):
    """On the five, the kinds add up to the sentences, and those with an opinion are those that `opinions` names."""
    made = st.makeup(sentences, opinions, reviews)
    assert made.groupby("review_id")["sentences"].sum().to_dict() == sentences.groupby("review_id").size().to_dict()
    judging = opinions.drop_duplicates(["review_id", "sentence"]).groupby("review_id").size()
    for row in made[made["kind"] == "opinion"].itertuples():
        assert row.sentences == judging.get(row.review_id, 0)
    boilerplate = made.loc[made["kind"] == "boilerplate", "sentences"].sum()
    assert boilerplate == (sentences["part"] == "boilerplate").sum()


def test_praise_by_review_counts_both_sides_of_each_review():
    """Two of ann's four opinions praise, two of bob's three; cy judges nothing, and has no share of it."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), by="review_id")
    assert counted[["review_id", "praise", "criticism", "opinions"]].to_numpy().tolist() == [
        ["ann", 2, 2, 4],
        ["bob", 2, 1, 3],
        ["cy", 0, 0, 0],
    ]
    assert counted["share"].iloc[:2].tolist() == [1 / 2, 2 / 3]
    assert counted["share"].isna().tolist() == [False, False, True]


def test_praise_by_review_sets_the_printed_grade_beside_it():
    """Grade and status are those of the reviews; missing where none is printed."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), by="review_id")
    assert counted["score_raw"].iloc[:2].tolist() == ["B-", "A"]
    assert counted["score_raw"].isna().tolist() == [False, False, True]
    assert counted["score_status"].tolist() == ["stated", "ambiguous", "none"]
    assert counted["coder"].tolist() == ["settled"] * 3


def test_praise_by_review_of_the_five_counts_every_opinion_once(opinions, reviews):
    """On the five, the counts lead to the quotes of the same review and polarity."""
    counted = st.praise_and_criticism(opinions, reviews, by="review_id")
    assert counted["opinions"].sum() == len(opinions)
    for row in counted.itertuples():
        for polarity in ("praise", "criticism"):
            of_review = opinions[opinions["review_id"] == row.review_id]
            assert getattr(row, polarity) == (of_review["polarity"] == polarity).sum()
