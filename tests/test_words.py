"""Words: where they stand, their dictionary form and capitals; and whether a text is English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.text import find_words, is_english, languages


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


OTHERS = {
    "German": "Ein wunderschöner Animationsfilm, aber die Geschichte ist leider sehr vorhersehbar.",
    "French": "Un film magnifique, visuellement superbe, mais l'histoire est un peu trop prévisible.",
    "Spanish": "Una película preciosa, con una animación espectacular, aunque el guion es previsible.",
    "Italian": "Un film bellissimo, con un'animazione splendida, ma la storia è troppo prevedibile.",
    "Portuguese": "Um filme lindo, com uma animação espetacular, mas a história é previsível demais.",
    "Dutch": "Een prachtige animatiefilm, maar het verhaal is helaas voorspelbaar en vlak.",
    "Swedish": "En vacker animerad film, men handlingen är förutsägbar och karaktärerna är platta.",
    "Polish": "Piękny film animowany, ale historia jest niestety przewidywalna.",
    "Turkish": "Güzel bir animasyon filmi ama hikaye ne yazık ki tahmin edilebilir.",
    "Indonesian": "Film animasi yang indah, tetapi ceritanya sayangnya mudah ditebak.",
    "Vietnamese": "Một bộ phim hoạt hình đẹp, nhưng câu chuyện dễ đoán.",
    "Russian": "Красивый мультфильм, но история предсказуема.",
    "Korean": "아름다운 애니메이션이지만 이야기는 뻔하다.",
    "Japanese": "美しいアニメ映画だが、物語は予想通り。",
    "Chinese": "一部美丽的动画电影，但故事可以预测。",
    "Arabic": "فيلم رسوم متحركة جميل لكن القصة متوقعة.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told_apart(language):
    """A sentence of another language is not English, in Latin letters or others."""
    assert not is_english(OTHERS[language])


def test_the_five_are_english(reviews):
    """Each of the five reviews is English, Korean names and all."""
    assert reviews["text"].map(is_english).all()


@pytest.mark.parametrize("text", ["A masterpiece.", "Nan-young and Jay are charming.", "", "★★★½", "7/10", "…"])
def test_short_texts_are_taken_for_english(text):
    """A short English text is English, and so is one without any word."""
    assert is_english(text)


def test_only_the_beginning_counts():
    """A review of any length is told by its beginning, so that ten megabytes take no longer."""
    assert is_english("It is good. " * 500 + OTHERS["German"] * 5000)


FRENCH = ["Un film sublime, un casting excellent.", "Film excellent, casting parfait, musique sublime."]


@pytest.mark.parametrize("text", [*FRENCH, "Langweilig und viel zu lang.", "No me gustó nada.", "정말 좋은 영화다."])
def test_a_short_text_in_another_language_is_not_english(text):
    """Also where most of its words are in an English dictionary."""
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    ["Meh, not gud.", "Boring. Boring.", "i dont kno wat i jus watchd", "La La Land is overrated.", "10/10", "Wow"],
)
def test_english_with_slips_is_english(text):
    """Slips, slang and foreign titles leave a text English, and so do single words."""
    assert is_english(text)


def test_a_text_of_any_language_is_of_its_neighbours():
    """What could be French or English is what most others are."""
    either = "Casting impeccable, suspense permanent."
    assert languages([either, *FRENCH]) == ["French"] * 3
    assert languages([either, "It is not the best.", "It is a bore."]) == ["English"] * 3
    assert languages([either]) == ["English"]
