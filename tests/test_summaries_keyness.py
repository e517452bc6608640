"""The words that set praise apart from criticism, on quotes that can be counted on paper, and on the five."""

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tables_by_hand import holding, opinions_by_hand, reviews_by_hand

import starlight as st
from starlight.errors import TableError
from starlight.tables import OPINIONS, POLARITIES, build


def quoted(*quotes):
    """Opinions with these quotes, each (polarity, quote) or (polarity, quote, review), in places of their own."""
    rows = [(polarity, quote, *(of or ("a",))) for polarity, quote, *of in quotes]
    return build(
        OPINIONS,
        [
            {"review_id": review, "sentence": n, "start": 1000 * n, "end": 1000 * n + len(quote), "quote": quote}
            | {"theme": "overall", "polarity": polarity, "coder": "settled"}
            for n, (polarity, quote, review) in enumerate(rows)
        ],
    )


def measured(*quotes, **settings):
    """The keyness of the words of these quotes, by word."""
    names = sorted({of[0] if of else "a" for _, _, *of in quotes}) or ["a"]
    opinions = quoted(*quotes)
    return st.keyness(opinions, holding(names, opinions), **settings).set_index("word")


def test_the_measure_is_that_of_the_paper():
    """Dull: 0 of 7 words of praise, 2 of 4 of criticism; a tenth of all 11 words is the prior, 0.2 of it for dull."""
    dull = st.keyness(opinions_by_hand(), reviews_by_hand()).set_index("word").loc["dull"]
    in_praise = (0 + 0.2) / (7 + 1.1 - 0.2)
    in_criticism = (2 + 0.2) / (4 + 1.1 - 2.2)
    assert dull["log_odds"] == pytest.approx(log(in_praise / in_criticism))
    assert dull["z"] == pytest.approx(log(in_praise / in_criticism) / sqrt(1 / 0.2 + 1 / 2.2))
    assert dull["z"] == pytest.approx(-1.456, abs=0.001)


def test_counts_words_and_reviews_with_their_denominators():
    """Music stands twice in praise, of ann and bob, once in criticism: of 7 and 4 words, in 2 of 3 reviews."""
    words = st.keyness(opinions_by_hand(), reviews_by_hand())
    columns = ["praise", "of_praise", "criticism", "of_criticism", "reviews", "of_reviews", "coder"]
    assert words.set_index("word").loc["music", columns].tolist() == [2, 7, 1, 4, 2, 3, "settled"]
    assert words["z"].is_monotonic_decreasing


def test_words_where_quotes_overlap_count_once():
    """Ann praises "Lovely music" and, within it, "Lovely": one lovely, for it stands there once."""
    assert st.keyness(opinions_by_hand(), reviews_by_hand()).set_index("word").loc["lovely", "praise"] == 1


def test_a_word_as_frequent_in_both_has_zero():
    """Half of the words on both sides are film, though there is twice as much criticism: 0, by log-odds and z."""
    words = measured(("praise", "film good"), ("criticism", "film bad"), ("criticism", "bad film"))
    assert words.loc["film", ["log_odds", "z"]].tolist() == pytest.approx([0, 0])
    assert words.loc["good", "z"] > 0 > words.loc["bad", "z"]


def test_each_review_counts_once():
    """Five reviews have fun in praise alone, however often: as unlikely are one of five, and none."""
    rest = [("criticism", "slow dull", f"r{n}") for n in range(5)]
    words = measured(*(("praise", "fun good", f"r{n}") for n in range(5)), *rest, ("praise", "fun " * 9, "r0"))
    share = 19 / 29  # of the words are of praise
    assert words.loc["fun", "p"] == pytest.approx(share**5 + 5 * share * (1 - share) ** 4 + (1 - share) ** 5)
    assert words.loc["fun", "adjusted"] == words.loc["good", "adjusted"] == pytest.approx(2 * words.loc["fun", "p"])


def test_a_word_of_few_reviews_is_not_tested():
    """What two reviews say may be a habit of theirs; what stands on both sides of a review parts nothing."""
    two = [
        ("praise", "fun film", "a"),
        ("praise", "fun film", "b"),
        ("criticism", "film", "a"),
        ("criticism", "film", "b"),
    ]
    words = measured(*two, ("criticism", "film", "c"), ("praise", "film", "c"))
    assert words["p"].isna().to_dict() == {"fun": True, "film": False}
    assert words.loc["film", "p"] == 1


@given(some.lists(some.tuples(some.sampled_from(POLARITIES), some.sampled_from("abcd"), some.integers(1, 9))))
def test_swapping_the_sides_flips_the_sign(counts):
    """Praise for criticism and criticism for praise: the same distances, to the other side."""
    quotes = [(polarity, " ".join([word] * times)) for polarity, word, times in counts]
    swapped = [({"praise": "criticism", "criticism": "praise"}[polarity], quote) for polarity, quote in quotes]
    words, others = measured(*quotes), measured(*swapped)
    assert words["z"].to_dict() == pytest.approx((-others["z"]).to_dict())
    assert words["log_odds"].to_dict() == pytest.approx((-others["log_odds"]).to_dict())


def test_many_outrank_few():
    """A word that stands twelve times on one side alone outranks one that stands there once."""
    words = measured(("praise", "fun " * 12 + "odd"), ("criticism", "slow " * 13))
    assert words.loc["fun", "z"] > words.loc["odd", "z"] > 0


def test_a_heavier_prior_draws_towards_zero():
    """The more both sides together weigh, the less they differ."""
    quotes = ("praise", "fun fun film"), ("criticism", "slow film")
    light, heavy = (measured(*quotes, prior=prior).loc["fun", "log_odds"] for prior in (0.1, 10))
    assert light > heavy > 0


def test_a_word_keeps_its_form_in_any_case():
    """Best and better, moving and moves are words of their own; "FUN" and "Fun" are fun."""
    words = measured(("praise", "best moving FUN"), ("criticism", "better moves"), ("praise", "Fun"))
    assert sorted(words.index) == ["best", "better", "fun", "moves", "moving"]
    assert words.loc["fun", "praise"] == 2


def test_an_apostrophe_divides_no_word():
    """Don't is one word, however the apostrophe is printed; of film's and we're the end is dropped."""
    words = measured(("criticism", "don't film's"), ("criticism", "don’t we’re it's"))
    assert words["criticism"].to_dict() == {"don't": 2, "film": 1, "we": 1, "it": 1}


def test_names_are_left_out_where_a_capital_tells():
    """Hanks is a name. Superb has its capital from the beginning, and Warm And Kind from a headline; CGI has all."""
    quotes = ("with Hanks superb", "Superb Hanks", "So Warm And Kind", "its CGI")
    words = measured(*(("praise", quote) for quote in quotes))
    assert sorted(words.index) == ["and", "cgi", "its", "kind", "so", "superb", "warm", "with"]
    assert set(words["of_praise"]) == {9}


def test_i_is_no_name():
    """I has its capital always."""
    assert "i" in measured(("praise", "what I like")).index


@pytest.mark.parametrize(
    ("quotes", "words"),
    [([], []), ([("praise", "fun")], ["fun"]), ([("praise", "fun"), ("criticism", "fun")], ["fun"])],
    ids=["nothing", "one side", "one word"],
)
def test_too_little_to_compare_has_zero(quotes, words):
    """With no opinion, no criticism or a single word, nothing is set apart: 0, and no error."""
    found = measured(*quotes)
    assert found.index.tolist() == words
    assert found[["log_odds", "z"]].eq(0).all(axis=None)


@pytest.mark.parametrize("prior", [0, -1, float("nan"), float("inf"), "0.1", True, None])
def test_a_prior_is_a_number_above_zero(prior):
    """Any other is refused by value."""
    with pytest.raises(st.StarlightError, match=r"prior is .*; it is a share of all words counted, a number above 0"):
        measured(("praise", "fun"), prior=prior)


def test_refuses_what_does_not_belong_together():
    """Several coders, and opinions of other reviews, are refused as elsewhere."""
    opinions, reviews = opinions_by_hand(), reviews_by_hand()
    with pytest.raises(TableError, match="review_id 'ann' is not in reviews"):
        st.keyness(opinions, reviews[reviews["review_id"] == "cy"])
    opinions.loc[0, "coder"] = "reader_1"
    with pytest.raises(st.StarlightError, match="several coders"):
        st.keyness(opinions, reviews)


def test_counts_of_the_five_lead_to_their_quotes(opinions, reviews):
    """On the five, every word stands in quotes of its polarity, and the words are all there are but for names."""
    words = st.keyness(opinions, reviews)
    for polarity in POLARITIES:
        quotes = " ".join(opinions.loc[opinions["polarity"] == polarity, "quote"]).casefold().replace("’", "'")
        assert all(word in quotes for word in words.loc[words[polarity] > 0, "word"])
        assert words[polarity].sum() == words[f"of_{polarity}"].iloc[0]
    assert not words["word"].isin(["nan", "jay", "mars"]).any()
