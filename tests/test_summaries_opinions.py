"""Counts of praise and criticism, on three reviews counted by hand, and on the five; and the words behind them."""

import pytest
from tables_by_hand import opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.errors import TableError


def test_praise_and_criticism_counts_opinions_and_reviews():
    """Music is praised three times in two reviews and criticised once in one; what nobody judges is there as 0."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    assert counted[["theme", "polarity", "opinions", "reviews"]].to_numpy().tolist() == [
        ["overall", "praise", 0, 0],
        ["overall", "criticism", 0, 0],
        ["story", "praise", 1, 1],
        ["story", "criticism", 2, 1],
        ["music", "praise", 3, 2],
        ["music", "criticism", 1, 1],
    ]


def test_praise_and_criticism_carries_its_denominators_and_coder():
    """Seven opinions in all, three reviews in all, one coder, on every row."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    assert set(zip(counted["of_opinions"], counted["of_reviews"], counted["coder"], strict=True)) == {(7, 3, "settled")}


def test_disagreement_counts_each_review_that_holds_an_opinion():
    """Music: ann praises it twice and bob once each way; cy, who judges nothing, is not a party to it."""
    counted = st.disagreement(opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    assert counted.drop(columns=["film", "corpus"]).to_numpy().tolist() == [
        ["overall", "Overall", "ann", "Ann", "settled", 0, 0],
        ["overall", "Overall", "bob", "Bob", "settled", 0, 0],
        ["story", "Story", "ann", "Ann", "settled", 0, 2],
        ["story", "Story", "bob", "Bob", "settled", 1, 0],
        ["music", "Music", "ann", "Ann", "settled", 2, 0],
        ["music", "Music", "bob", "Bob", "settled", 1, 1],
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["Lovely music", "Lovely", "Dull plot", "Dull", "Dull music", "The music of space soars", "soars"]),
        ({"theme": "story"}, ["Dull plot", "Dull", "soars"]),
        ({"polarity": "criticism"}, ["Dull plot", "Dull", "Dull music"]),
        ({"review_id": "bob"}, ["Dull music", "The music of space soars", "soars"]),
        (
            {"coder": "settled", "theme": "music", "polarity": "praise"},
            ["Lovely music", "Lovely", "The music of space soars"],
        ),
        ({"theme": "ending"}, []),
    ],
    ids=["all", "theme", "polarity", "review", "several", "none fits"],
)
def test_quotes_lists_what_is_asked_for(wanted, expected):
    """Each filter keeps the rows that have its value, in their order; a theme that nobody judges has none."""
    assert st.quotes(opinions_by_hand(), **wanted)["quote"].tolist() == expected


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"theme": "visual"}, r"theme is 'visual'. Did you mean 'visuals'\?"),
        ({"polarity": "praises"}, r"polarity is 'praises'. Did you mean 'praise'\? Allowed: 'criticism', 'praise'."),
        ({"review_id": "anne"}, r"review_id is 'anne'. Did you mean 'ann'\? Allowed: 'ann', 'bob'."),
        ({"coder": "reader_1"}, "coder is 'reader_1'. Allowed: 'settled'."),
        ({"review_id": ""}, "review_id is ''. Allowed: 'ann', 'bob'."),
    ],
    ids=["theme", "polarity", "review", "coder", "empty"],
)
def test_quotes_refuses_what_is_nowhere(wanted, message):
    """A value that exists nowhere is refused with what there is: an empty table would look like an answer."""
    with pytest.raises(TableError, match=message):
        st.quotes(opinions_by_hand(), **wanted)


def test_quotes_names_the_reviews_that_it_is_told_of():
    """With the reviews each quote of theirs has its review's name; without them all quotes are there, with none."""
    opinions, reviews = opinions_by_hand(), reviews_by_hand()
    assert st.quotes(opinions, reviews, theme="story")["name"].tolist() == ["Ann", "Ann", "Bob"]
    assert st.quotes(opinions, theme="story")["name"].isna().all()
    assert st.quotes(opinions, reviews.iloc[1:])["name"].tolist() == ["Bob"] * 3


def test_quotes_of_a_film():
    """The reviews know which film each is of; a film without opinions has no quotes, an unknown one is refused."""
    opinions, reviews = opinions_by_hand(), reviews_by_hand().assign(film=["Sea", "Ice", "Moon"])
    assert st.quotes(opinions, reviews, film="Ice")["name"].unique().tolist() == ["Bob"]
    assert len(st.quotes(opinions, reviews, film=["Ice", "Sea"], theme="story")) == 3
    assert st.quotes(opinions, reviews, film="Moon").empty
    with pytest.raises(TableError, match="film is 'Se'"):
        st.quotes(opinions, reviews, film="Se")
    with pytest.raises(TableError, match="film needs reviews"):
        st.quotes(opinions, film="Sea")


def test_quotes_takes_several_coders():
    """Quotes are listed, not counted, so all coders may stand there, and one can be asked for."""
    both = opinions_by_hand()
    both.loc[0, "coder"] = "reader_1"
    assert len(st.quotes(both)) == 7
    assert st.quotes(both, coder="reader_1")["quote"].tolist() == ["Lovely music"]


def test_counts_of_the_five_lead_to_their_quotes(opinions, reviews):
    """On the five, every count is the number of quotes that the same theme and polarity give."""
    counted = st.praise_and_criticism(opinions, reviews)
    for row in counted.itertuples():
        behind = st.quotes(opinions, theme=row.theme, polarity=row.polarity)
        assert (row.opinions, row.reviews) == (len(behind), behind["review_id"].nunique())
    assert counted["opinions"].sum() == len(opinions)
    assert set(counted["of_opinions"]) == {len(opinions)}


def test_quotes_of_the_five_are_in_the_reviews(opinions, reviews):
    """On the five, `quote` is `text[start:end]` of its review, in every row."""
    texts = reviews.set_index("review_id")["text"]
    listed = st.quotes(opinions)
    assert [texts[row.review_id][row.start : row.end] for row in listed.itertuples()] == listed["quote"].tolist()


def test_disagreement_of_the_five_counts_what_the_themes_count(opinions, reviews):
    """On the five, a theme's praise and criticism by review add up to its praise and criticism."""
    by_theme = st.disagreement(opinions, reviews).groupby("theme")[["praise", "criticism"]].sum()
    for row in st.praise_and_criticism(opinions, reviews).itertuples():
        assert by_theme.loc[row.theme, row.polarity] == row.opinions


def test_quotes_takes_several_values():
    """A list asks for any of its values, and an empty one for none."""
    several = st.quotes(opinions_by_hand(), theme=["story", "music"], review_id=["bob"])
    assert several["quote"].tolist() == ["Dull music", "The music of space soars", "soars"]
    assert st.quotes(opinions_by_hand(), theme=[]).empty
    with pytest.raises(TableError, match=r"theme is 'musik'. Did you mean 'music'\?"):
        st.quotes(opinions_by_hand(), theme=["story", "musik"])


def test_quotes_takes_a_least_confidence():
    """It keeps what is as sure or surer, and no reader's opinion, which has no confidence; beyond 0 to 1 is refused."""
    opinions = opinions_by_hand()
    opinions["confidence"] = [0.2, 0.5, 0.8, None, None, None, None]
    assert st.quotes(opinions, least_confidence=0.5)["quote"].tolist() == ["Lovely", "Dull plot"]
    assert len(st.quotes(opinions, least_confidence=0)) == 3
    for wrong in (-0.1, 50):
        with pytest.raises(TableError, match=f"least_confidence is {wrong}; it is a confidence, from 0 to 1."):
            st.quotes(opinions, least_confidence=wrong)
