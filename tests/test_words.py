"""Words: where they stand, their dictionary form, and whether a capital says that they are a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.text import find_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It glows.", ["it", "glows"]),
        ("Nan-young’s mother couldn't", ["nan", "young", "s", "mother", "couldn", "t"]),
        ("*sci-fi* __BGs__ 2050", ["sci", "fi", "bgs", "2050"]),
        ("정말 좋은 Café naïve", ["정말", "좋은", "café", "naïve"]),
        ("😀 … — ½", ["½"]),
        ("", []),
    ],
    ids=["prose", "hyphens and apostrophes", "marks", "letters", "signs", "empty"],
)
def test_words_are_runs_of_letters_and_digits(text, words):
    """Hyphens, apostrophes, marks and underscores part words; letters of any script and digits make them."""
    assert [word.folded for word in find_words(text)] == words


@given(st.text(st.sampled_from("aBß ’-_*가é5İ.")) | st.text())
def test_words_know_where_they_stand(text):
    """The words of any text are in order, apart, without blanks, and stand where they say."""
    last = 0
    for word in find_words(text):
        assert last <= word.start < word.end
        assert text[word.start : word.end].casefold() == word.folded
        assert word.folded.split() == [word.folded]
        last = word.end


@pytest.mark.parametrize(
    ("word", "capital"),
    [("Love", True), ("love", False), ("LOVE", False), ("TV", False), ("BGs", True), ("I", True), ("É", True)],
)
def test_a_capital_tells_a_name(word, capital):
    """A word with a capital first letter may be a name; one all in capitals is only loud, unless it is one letter."""
    assert find_words(word)[0].capital is capital


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("songs", "song"),
        ("sang", "sing"),
        ("sung", "sing"),
        ("stories", "story"),
        ("galaxies", "galaxy"),
        ("losses", "loss"),
        ("died", "die"),
        ("dying", "die"),
        ("fell", "fall"),
        ("children", "child"),
        ("music", "music"),
        ("xyzzy", "xyzzy"),
        ("정말", "정말"),
    ],
)
def test_the_dictionary_form(form, expected):
    """A form of an English word has its dictionary form, an irregular one too; any other word is its own."""
    assert find_words(form)[0].lemma == expected
    assert find_words(form.upper())[0].lemma == expected


def test_a_word_that_no_dictionary_has_is_its_own():
    """A million letters in a row are looked up nowhere, and kept in no memory of words."""
    for word in ("songs" * 200_000, "s" * 51):
        assert find_words(word)[0].lemma == word
