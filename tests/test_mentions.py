"""Mentions: the terms of themes, as words in any inflection, outside names, each where it says."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from starlight import find_mentions, in_context, load_reviews, read_themes, split_sentences
from starlight.coding import CONTEXTS, index_terms
from starlight.errors import TableError
from starlight.tables import MENTIONS
from starlight.text import find_words


def sentences_of(*texts):
    """Split texts, each a review."""
    return split_sentences(load_reviews(pd.DataFrame({"text": texts})))


def found(text, *terms):
    """Return the words of a text that mention a theme with these terms."""
    themes = pd.DataFrame({"theme": ["t"], "terms": ["; ".join(terms)]})
    mentions = find_mentions(sentences_of(text), themes=themes)
    return [text[start:end] for start, end in zip(mentions["start"], mentions["end"], strict=True)]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("song", "A song of songs.", ["song", "songs"]),
        ("sing", "She sang, he sings, they have sung.", ["sang", "sings", "sung"]),
        ("die", "He died, dying as all die.", ["died", "dying", "die"]),
        ("galaxies", "A galaxy among galaxies.", ["galaxy", "galaxies"]),
        ("fall in love", "They fell in love; she falls in love.", ["fell in love", "falls in love"]),
        ("video call", "It is full of video calls.", ["video calls"]),
        ("song", "Her songs’ charm; the song's end.", ["songs", "song"]),
    ],
)
def test_a_term_is_found_in_any_inflection(term, text, words):
    """Plurals, tenses and irregular forms are found, in phrases too, whichever form the term has itself."""
    assert found(text, term) == words


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("art", "It starts a party."),
        ("song", "A songbird."),
        ("love", "It is lovely."),
        ("old", "It is bold."),
        ("a b", "A."),
    ],
)
def test_a_part_of_a_word_is_no_mention(term, text):
    """A term is found as words, not inside one; half a phrase is nothing."""
    assert found(text, term) == []


@pytest.mark.parametrize(
    "text", ["it has MUSIC.", "Music it has.", "it has music.", "It has *music*.", "It has _music_."]
)
def test_case_and_marks_do_not_matter(text):
    """A term is found in any case that is no name's, and between marks."""
    assert [word.casefold() for word in found(text, "music")] == ["music"]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (["love", "love story", "story"], ["love story"]),
        (["story", "love"], ["love", "story"]),
        (["love", "true love story"], ["true love story"]),
        (["true love", "love story"], ["true love"]),
    ],
    ids=["phrase", "words", "three", "first"],
)
def test_the_longest_term_wins(terms, words):
    """Where terms overlap, the one that begins first is found, of those the longest, and each word counts once."""
    assert found("It is a true love story.", *terms) == words


@pytest.mark.parametrize(
    "text",
    ["a love story", "a love-story", "a *love* story", "a love\u00a0story", "a **love story**", "a love\u2011story"],
)
def test_a_phrase_goes_across_hyphens_and_marks(text):
    """A hyphen, an emphasis mark or any blank stands between the words of a phrase as a space does."""
    assert len(found(f"It is {text}.", "love story")) == 1


@pytest.mark.parametrize(
    "text", ["love, story", "love. story", "love/story", "love (story)", "love: story", "love — story"]
)
def test_a_phrase_ends_at_a_comma(text):
    """Any other sign between two words parts them: they are no phrase."""
    assert found(f"It has {text}.", "love story") == []
    assert found(f"It has {text}.", "love", "story") == ["love", "story"]


def test_a_phrase_lies_in_one_sentence():
    """Words of two sentences are no phrase."""
    assert found("It is about love.\nStory it has none.", "love story") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A moving film.", ["moving"]),
        ("Moving it is.", ["Moving"]),
        ("It moves. We moved.", []),
        ("She was moved.", []),
    ],
)
def test_an_exact_term_is_found_only_as_written(text, words):
    """The term =moving finds "moving" in any case, and none of its other forms."""
    assert found(text, "=moving") == words


def test_an_exact_term_does_not_stop_a_longer_one():
    """Of an exact term and a longer phrase the phrase wins; of one length, the exact."""
    assert found("The moving star.", "=moving", "moving star") == ["moving star"]
    themes = pd.DataFrame({"theme": ["a", "b"], "terms": ["=moving", "move"]})
    assert find_mentions(sentences_of("It is moving and moved."), themes=themes)["theme"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("By the director of The Summer, a film of one summer.", ["summer"]),
        ("It is like Summer of Zeus in summer.", ["summer"]),
        ("She plays Summer here.", []),
        ("Summer is here.", ["Summer"]),
        ("I saw The Summer Wind. Summer it was.", ["Summer"]),
        ("THE SUMMER OF LOVE", ["SUMMER"]),
    ],
    ids=["title", "longer title", "person", "begins", "begins after a name", "capitals"],
)
def test_a_name_is_no_mention(text, words):
    """A capitalised word inside a sentence is a name's; at its beginning, or all in capitals, it may be any word."""
    assert found(text, "summer") == words


@pytest.mark.parametrize("small", ["in", "of", "the", "and", "a", "an", "to", "for", "on", "at", "by", "with", "from"])
def test_small_words_join_a_name(small):
    """Between capitals a small word is part of the name, so that a headline's words are known to be it."""
    text = f"Joy {small} Summer: A Look at Heat\n\nI saw Joy {small} Summer today."
    assert found(text, "summer") == []


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("A Tale of Summer and Heat", ["Summer"]),
        ("A tale of Summer and heat", []),
        ("Hot Summer in the hot city", []),
        ("Hot Summer in the hot City", ["Summer"]),
        ("Heat and Summer here", ["Summer"]),
        ("Heat Summer hot hut", ["Summer"]),
    ],
)
def test_in_a_headline_of_capitals_a_capital_says_nothing(headline, words):
    """Where more than half the words of four letters or more begin with a capital, none of them is thereby a name."""
    assert found(f"{headline}\n\nIt glows. See it.", "summer") == words


@pytest.mark.parametrize(
    "headline", ["Lost Summer Review: Heat of the Summer", "Lost Summer: heat of the summer", "Lost Summer: One Summer"]
)
def test_the_films_own_title_is_no_mention_in_a_headline(headline):
    """A name that stands in the prose is known in a headline too, whose other words may mention a theme."""
    text = f"{headline}\n\nI saw Lost Summer today. I saw Lost Summer twice."
    assert [word.casefold() for word in found(text, "summer", "lose")] == ["summer"]


def test_a_name_is_known_to_its_own_review_only():
    """A name in one review does not hide a word of another."""
    themes = pd.DataFrame({"theme": ["t"], "terms": ["summer"]})
    texts = ["I saw Lost Summer today.", "The lost summer goes by."]
    assert find_mentions(sentences_of(*texts), themes=themes)["review_id"].tolist() == ["2"]


@pytest.mark.parametrize("term", ["Mars", "NASA", "Red Planet"])
def test_a_term_with_a_capital_is_a_name(term):
    """A term that is a name itself is found in names, as it is written, in any case."""
    text = f"I love {term}, {term.lower()} and {term.upper()}, not {term}es."
    assert found(text, term) == [term, term.lower(), term.upper()]


@pytest.mark.parametrize(
    "line", ["By Ann Love", "Scene from Love", "Grade: B+ for love", "Share on Love", "Tags: love, loves"]
)
def test_boilerplate_is_passed_over(line):
    """Lines of boilerplate mention nothing; titles and prose do."""
    assert found(f"A love of Film\n\n{line}\n\nWe love it. See it.", "love") == ["love", "love"]


def test_each_mention_names_its_theme_and_term():
    """A row gives review, sentence, place, theme and the term as it is listed, without its = sign."""
    themes = pd.DataFrame({"theme": ["music", "emotion"], "terms": ["song; Mars", "=moving"]})
    mentions = find_mentions(sentences_of("See it. Moving songs!", "Mars."), themes=themes)
    assert list(mentions) == MENTIONS.names
    assert mentions.to_numpy().tolist() == [
        ["1", 1, 8, 14, "emotion", "moving"],
        ["1", 1, 15, 20, "music", "song"],
        ["2", 0, 0, 4, "music", "Mars"],
    ]


def test_nothing_found_is_a_table_without_rows(mentions):
    """Where no term stands, or no theme has one, the table has no rows, and its dtypes."""
    for terms in ("song", None, " ; "):
        table = find_mentions(sentences_of("See it."), themes=pd.DataFrame({"theme": ["t"], "terms": [terms]}))
        assert table.empty
        assert table.dtypes.equals(mentions.dtypes)


VOCABULARY = ["love", "Love", "story", "stories", "love-story", "true", "the", "Mars", "of", "By Ann Love", "C+"]


@given(st.lists(st.sampled_from([*VOCABULARY, ",", ".", "!", "\n", "\n\n", "*", "’s"]), min_size=1).map(" ".join))
def test_mentions_do_not_overlap(text):
    """In any text, mentions are in order and apart, lie within their sentence, and never in boilerplate."""
    if not text.strip():
        return
    sentences = sentences_of(text)
    themes = pd.DataFrame({"theme": ["a", "b"], "terms": ["love; true love; Mars", "love story; story; story of love"]})
    mentions = find_mentions(sentences, themes=themes)
    assert (mentions["start"].to_numpy()[1:] >= mentions["end"].to_numpy()[:-1]).all()
    own = mentions.merge(sentences, on=["review_id", "sentence"], validate="many_to_one", suffixes=("", "_own"))
    assert len(own) == len(mentions)
    assert ((own["start"] >= own["start_own"]) & (own["end"] <= own["end_own"])).all()
    assert (own["part"] != "boilerplate").all()


# The five


def test_mentions_of_the_five_are_their_terms(reviews, mentions):
    """For each mention in the five, the words at its place are the words of its term, of its theme."""
    terms = {(term.theme, term.term): term for terms in index_terms(read_themes()).values() for term in terms}
    texts = reviews.set_index("review_id")["text"]
    for row in mentions.itertuples():
        term = terms[row.theme, row.term]
        words = find_words(texts[row.review_id][row.start : row.end])
        assert tuple(word.folded if term.exact else word.lemma for word in words) == term.words


def test_the_five_mention_every_theme_that_has_terms(mentions):
    """Each theme of the project's list but overall is mentioned somewhere in the five."""
    themes = read_themes()
    assert set(mentions["theme"]) == set(themes["theme"]) - {"overall"}


@pytest.mark.parametrize(
    ("number", "words", "count"),
    [
        ("002", "Mars", 6),
        ("002", "final moments", 1),
        ("004", "BGs", 4),
        ("004", "falling in love", 1),
        ("001", "love story", 2),
        ("001", "Old school", 1),
    ],
)
def test_mentions_that_a_reader_counts(reviews, mentions, number, words, count):
    """Words that a reader can count in a review are as many rows: those in boilerplate are left out."""
    text = reviews.loc[reviews["review_id"].str.startswith(number), "text"].item()
    own = mentions[mentions["review_id"].str.startswith(number)]
    assert [text[start:end] for start, end in zip(own["start"], own["end"], strict=True)].count(words) == count


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("starlight", "Starlight"),
        ("lose", "Lost"),
        ("summer", "The Summer"),
        ("blood", "Blood of Zeus"),
        ("rose", "The Rose of Versailles"),
        ("blade", "Blade Runner"),
        ("handmaiden", "The Handmaiden"),
        ("hero", "Weak Hero"),
    ],
)
def test_names_in_the_five_are_no_mentions(reviews, sentences, term, name):
    """A word that stands in the five only in a film's title, this one's or another's, is no mention."""
    assert reviews["text"].str.contains(name, case=False).any()
    assert find_mentions(sentences, themes=pd.DataFrame({"theme": ["t"], "terms": [term]})).empty


# Contexts


def test_in_context_shows_the_words_around():
    """Each span gets the characters on its line before and after it, no more than the width, in the order given."""
    reviews = load_reviews(pd.DataFrame({"text": ["First line.\nIt is a song of songs.\nLast."]}))
    spans = pd.DataFrame({"review_id": ["1", "1"], "start": [28, 20], "end": [33, 24], "theme": ["music", "music"]})
    table = in_context(spans, reviews, width=9)
    assert list(table) == CONTEXTS.names
    assert table[["before", "words", "after"]].to_numpy().tolist() == [
        [" song of ", "songs", "."],
        ["It is a ", "song", " of songs"],
    ]


def test_contexts_are_forty_characters_wide():
    """Unless a width is given, 40 characters are shown on each side."""
    reviews = load_reviews(pd.DataFrame({"text": ["a" * 90]}))
    span = in_context(pd.DataFrame({"review_id": ["1"], "start": [44], "end": [46], "theme": ["t"]}), reviews)
    assert span[["before", "words", "after"]].to_numpy().tolist() == [["a" * 40, "aa", "a" * 40]]


def test_before_words_and_after_are_the_review(reviews, mentions):
    """For each mention in the five the three parts, put together, stand in the review at that place."""
    texts = reviews.set_index("review_id")["text"]
    for row in in_context(mentions, reviews, width=25).itertuples():
        begin = row.start - len(row.before)
        assert texts[row.review_id].startswith(row.before + row.words + row.after, begin)
        assert len(row.before) <= 25
        assert len(row.after) <= 25
        assert row.words == texts[row.review_id][row.start : row.end]


def test_each_context_names_its_review(reviews, mentions):
    """The name beside a span is that of its review, also where the spans stand in another order than the reviews."""
    names = dict(zip(reviews["review_id"], reviews["name"], strict=True))
    backwards = mentions[::-1]
    assert in_context(backwards, reviews)["name"].tolist() == [names[one] for one in backwards["review_id"]]


# What is refused


@pytest.mark.parametrize("name", ["review_id", "start", "end", "theme"])
def test_spans_without_a_column_are_refused(reviews, mentions, name):
    """The message names the column, and those that are needed."""
    with pytest.raises(TableError) as caught:
        in_context(mentions.drop(columns=name), reviews)
    assert str(caught.value).startswith(f"spans has no column {name!r}. ")
    assert "with columns review_id, start, end, theme; this one has " in str(caught.value)


def test_spans_of_other_reviews_are_refused(reviews, mentions):
    """The message names the review that is not among those given, and the remedy."""
    with pytest.raises(TableError) as caught:
        in_context(mentions.assign(review_id="9"), reviews)
    assert str(caught.value) == (
        "spans, row 0: review_id '9' is not in reviews. Pass the reviews that the table was made from."
    )


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 10**6)])
def test_spans_outside_their_review_are_refused(reviews, mentions, start, end):
    """Nothing is cut to fit: the message names the row, the span and the review."""
    spans = mentions.head(2).astype({"start": "int64"})
    spans.loc[1, ["start", "end"]] = start, end
    with pytest.raises(TableError) as caught:
        in_context(spans, reviews)
    assert f"spans, row 1: {start} to {end} is not a place in review {spans['review_id'].iloc[1]!r}" in str(
        caught.value
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda sentences: sentences.drop(columns="part"),
            "sentences has no column 'part'. It has one row per sentence of a review, "
            "with columns review_id, sentence, start, end, text, part; "
            "this one has review_id, sentence, start, end, text.",
        ),
        (
            lambda sentences: sentences.assign(part="head"),
            "sentences, column 'part', row 0: 'head' is not allowed. Allowed: 'title', 'body', 'boilerplate'.",
        ),
        (
            lambda sentences: sentences.astype({"start": float}),
            "sentences, column 'start' has dtype float64, not int64. Use .astype({'start': 'int64'}).",
        ),
        (lambda sentences: None, "sentences must be a DataFrame (one row per sentence of a review), not NoneType."),
    ],
    ids=["no part", "unknown part", "dtype", "nothing"],
)
def test_what_is_no_sentences_table_is_refused(sentences, change, words):
    """The message names the table, the column, row and value at fault, and the remedy."""
    with pytest.raises(TableError) as caught:
        find_mentions(change(sentences))
    assert str(caught.value) == words


def test_finding_changes_nothing_that_is_given(reviews, sentences, mentions):
    """Sentences, themes, reviews and mentions are as they were."""
    themes = read_themes()
    tables = [sentences, themes, reviews, mentions]
    before = [table.copy(deep=True) for table in tables]
    find_mentions(sentences, themes=themes)
    in_context(mentions, reviews)
    for table, old in zip(tables, before, strict=True):
        assert_frame_equal(table, old)


def test_a_name_masks_only_what_is_capitalised_like_it():
    """The Musical Score of one sentence does not hide the musical score of the next."""
    text = "Hans Zimmer wrote the Musical Score here. A musical score should not be loud. Musical score it has."
    assert found(text, "musical") == ["musical", "Musical"]


@pytest.mark.parametrize("unit", ["Rating: ", "Love Story in ", "the Aa Bb Cc "])
def test_a_run_of_capitals_takes_no_longer_than_its_length(unit):
    """A name has 20 words at most: a shout of 100,000, compared with itself from every word, took hours."""
    text = "So it is " + unit * (100_000 // len(unit.split()))
    sentences = split_sentences(load_reviews(pd.DataFrame({"text": [text]})))
    assert find_mentions(sentences).empty
