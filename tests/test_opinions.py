"""The readers' coding: every row of it stands in its review as it says, and a row that does not is refused."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from starlight import agreement, find_opinions, load_reviews, read_opinions, read_themes
from starlight.coding import tagger
from starlight.coding.keywords import keyword_opinions
from starlight.errors import ReadError, StarlightError, TableError
from starlight.tables import OPINIONS

CODERS = ["reader_1", "reader_2", "settled"]
HEADER = ",".join(OPINIONS.names)


@pytest.fixture(scope="module")
def coding():
    """The coding of all coders."""
    return read_opinions(coder=None)


@pytest.fixture(scope="module")
def placed(coding, sentences):
    """The coding, each row with its sentence."""
    return coding.merge(
        sentences, on=["review_id", "sentence"], how="left", validate="many_to_one", suffixes=("", "_own")
    )


# data/opinions.csv


def test_there_are_three_coders(coding):
    """Both readings are kept beside the one that they were settled into."""
    assert sorted(coding["coder"].unique()) == CODERS


def test_the_settled_rows_are_given(opinions, coding):
    """Unless another coder is named, the settled rows are read, and there are 70 to 100 of them."""
    assert opinions["coder"].unique().tolist() == ["settled"]
    assert 70 <= len(opinions) <= 100
    assert_frame_equal(opinions, coding[coding["coder"] == "settled"].reset_index(drop=True))


def test_an_unknown_coder_is_told_every_coding_that_comes_with_starlight():
    """The tagger's stored coding is in a file of its own, and is among those allowed."""
    with pytest.raises(StarlightError, match=r"Allowed: 'reader_1', 'reader_2', 'settled', 'starlight-tagger-4.1'"):
        read_opinions(coder="starlight-tagger-3.1")


@pytest.mark.parametrize("coder", CODERS)
def test_a_coder_can_be_chosen(coding, coder):
    """A named coder's rows are read, and only those."""
    table = read_opinions(coder=coder)
    assert table["coder"].unique().tolist() == [coder]
    assert len(table) == (coding["coder"] == coder).sum()


@pytest.mark.parametrize("coder", ["settlet", 5, np.array([1, 2])], ids=["name", "number", "array"])
def test_a_coder_that_is_none_is_refused(coder):
    """A name that no coder has, a number or a table is refused in words."""
    with pytest.raises(TableError, match="coder"):
        read_opinions(coder=coder)


@pytest.mark.parametrize("coder", CODERS)
def test_every_quote_is_where_it_says(reviews, coding, coder):
    """For each row of each coder, text[start:end] of its review is the quote."""
    texts = reviews.set_index("review_id")["text"]
    rows = coding[coding["coder"] == coder]
    assert len(rows)
    for row in rows.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.quote


def test_every_quote_lies_in_one_sentence(placed):
    """Each row names a sentence of its review, and the quote begins and ends within that."""
    assert placed["start_own"].notna().all()
    assert ((placed["start"] >= placed["start_own"]) & (placed["end"] <= placed["end_own"])).all()


def test_no_boilerplate_is_coded(placed):
    """Nobody coded a line of boilerplate: no grade, no second printing of a headline, no call to share."""
    assert set(placed["part"]) == {"title", "body"}


def test_every_quote_is_whole_words(reviews, coding):
    """No quote begins or ends within a word, or with a blank."""
    texts = reviews.set_index("review_id")["text"]
    for row in coding.itertuples():
        text = texts[row.review_id]
        assert row.quote == row.quote.strip()
        assert not (text[max(0, row.start - 1) : row.start].isalnum() and row.quote[0].isalnum()), row.quote
        assert not (text[row.end : row.end + 1].isalnum() and row.quote[-1].isalnum()), row.quote


def test_opinions_judge_craft_themes(coding):
    """An opinion is of one of the codebook's twelve themes, and praises or criticises."""
    themes = read_themes()
    assert set(coding["theme"]) <= set(themes.loc[themes["kind"] == "craft", "theme"])
    assert set(coding["polarity"]) == {"praise", "criticism"}


def test_readers_state_no_confidence(coding):
    """Confidence is a model's: for readers it is missing, in its dtype."""
    assert coding["confidence"].isna().all()
    assert coding["confidence"].dtype == "float64"


@pytest.mark.parametrize(
    ("number", "words", "polarity"),
    [
        ("004", "Maddening", "criticism"),
        ("004", "Deep stuff", "criticism"),
        ("004", "NO", "criticism"),
        ("001", "boring perfection", "criticism"),
        ("001", "uninspired romance", "criticism"),
        ("001", "shines when sketching", "praise"),
        ("000", "neon-bright yet cozy", "praise"),
        ("003", "stunner", "praise"),
    ],
)
def test_hard_opinions_are_settled_as_they_are_meant(opinions, number, words, polarity):
    """Sarcasm, a rant, irony and admiring description are settled by what is meant, and never both ways."""
    rows = opinions[opinions["review_id"].str.startswith(number) & opinions["quote"].str.contains(words, regex=False)]
    assert set(rows["polarity"]) == {polarity}


def test_plot_is_no_opinion(opinions):
    """The review that tells the plot has few settled opinions beside its many sad sentences."""
    assert opinions["review_id"].str.startswith("002").sum() < 5


# A coding of one's own

TEXT = "It glows. The songs are fine."


def rows(**changed):
    """Return a coding of one row, some cells of which are changed."""
    row = {
        "review_id": "1",
        "sentence": 1,
        "start": 10,
        "end": 28,
        "quote": "The songs are fine",
        "theme": "music",
        "polarity": "praise",
        "coder": "me",
        "confidence": "",
    }
    return pd.DataFrame([row | changed])


def refusal(path, frame, error=TableError, **options):
    """Return the words with which a coding of the review above is refused."""
    frame.to_csv(path, index=False)
    reviews = load_reviews(pd.DataFrame({"text": [TEXT]}))
    with pytest.raises(error) as caught:
        read_opinions(path, coder=options.get("coder"), reviews=reviews)
    assert isinstance(caught.value, StarlightError)
    return str(caught.value)


@pytest.fixture
def path(tmp_path):
    """Where a coding of one's own is written."""
    return tmp_path / "mine.csv"


def test_a_coding_of_ones_own(path):
    """A csv with the same columns, of reviews that are given, is read the same way; other columns are kept last."""
    rows(note="sure", confidence=0.5).to_csv(path, index=False)
    reviews = load_reviews(pd.DataFrame({"text": [TEXT]}))
    table = read_opinions(path, coder="me", reviews=reviews)
    assert list(table) == [*OPINIONS.names, "note"]
    assert table.loc[0].tolist() == [
        *("1", 1, 10, 28, "The songs are fine", "music", "praise", "me", 0.5),
        "sure",
    ]


@pytest.mark.parametrize(("sentence", "start", "end"), [(0, 0, 9), (1, 10, 29)], ids=["beginning", "end"])
def test_a_quote_may_be_the_beginning_or_the_end(path, sentence, start, end):
    """A quote that begins or ends where its review does is a quote like any other."""
    rows(sentence=sentence, start=start, end=end, quote=TEXT[start:end]).to_csv(path, index=False)
    reviews = load_reviews(pd.DataFrame({"text": [TEXT]}))
    assert read_opinions(path, coder="me", reviews=reviews)["quote"].tolist() == [TEXT[start:end]]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"quote": "The songs were fine"},
            "opinions, row 0: text[10:28] of review '1' is 'The songs are fine', not the quote 'The songs were fine'. "
            "Correct start and end, or the quote, or pass the reviews of the table.",
        ),
        (
            {"start": 9},
            "opinions, row 0: text[9:28] of review '1' is ' The songs are fine', not the quote 'The songs are fine'. "
            "Correct start and end, or the quote, or pass the reviews of the table.",
        ),
        (
            {"start": -19, "end": -1},
            "opinions, row 0: -19 to -1 is not a place in review '1', which has 29 characters. "
            "Correct start and end, or pass the reviews of the table.",
        ),
        (
            {"start": -1},
            "opinions, row 0: -1 to 28 is not a place in review '1', which has 29 characters. "
            "Correct start and end, or pass the reviews of the table.",
        ),
        (
            {"end": 99, "quote": "The songs are fine."},
            "opinions, row 0: 10 to 99 is not a place in review '1', which has 29 characters. "
            "Correct start and end, or pass the reviews of the table.",
        ),
        (
            {"end": 10},
            "opinions, row 0: 10 to 10 is not a place in review '1', which has 29 characters. "
            "Correct start and end, or pass the reviews of the table.",
        ),
        (
            {"review_id": "2"},
            "opinions, row 0: review_id '2' is not in reviews. Pass the reviews that the table was made from.",
        ),
        (
            {"polarity": "prais"},
            "opinions, column 'polarity', row 0: 'prais' is not allowed. Did you mean 'praise'? "
            "Allowed: 'praise', 'criticism'.",
        ),
        (
            {"start": "ten"},
            "opinions, column 'start', row 0: 'ten' is not int64. "
            "It holds: Where the span begins: characters from the beginning of the review's text, from 0.",
        ),
        (
            {"confidence": 1.5},
            "opinions, column 'confidence', row 0: 1.5 is not between 0 and 1.",
        ),
        (
            {"quote": ""},
            "opinions, column 'quote', row 0: nan is missing. "
            "It holds: The words of the opinion: `text[start:end]` of the review.",
        ),
    ],
    ids=[
        "other quote",
        "other start",
        "counted from the end",
        "below 0",
        "past the end",
        "nothing",
        "other review",
        "polarity",
        "no number",
        "confidence",
        "no quote",
    ],
)
def test_a_row_that_is_wrong_is_refused(path, changed, words):
    """The message names the row, the value, what stands there or is allowed, and the remedy."""
    assert refusal(path, rows(**changed)) == words


def test_an_unknown_theme_is_refused(path):
    """The message names the row, the theme, the nearest there is, and where themes are."""
    words = refusal(path, rows(theme="musics"))
    assert words.startswith("opinions, row 0: no theme 'musics'. Did you mean 'music'? Allowed: 'overall', 'story', ")
    assert words.endswith(". Themes are in data/themes.csv, or pass your own as themes=.")


def test_an_opinion_given_twice_is_refused(path):
    """Two rows that agree in place, theme, polarity and coder are one opinion."""
    assert refusal(path, pd.concat([rows(), rows(confidence=1)])) == (
        "opinions, row 1: a second row with review_id '1', start 10, end 28, theme 'music', polarity 'praise', "
        "coder 'me'. It has one row per opinion."
    )


def test_a_coding_without_a_column_is_refused(path):
    """The message names the column, those there should be and those there are."""
    words = refusal(path, rows().drop(columns="theme"))
    assert words.startswith("opinions has no column 'theme'. It has one row per opinion, with columns review_id, ")
    assert words.endswith("; this one has review_id, sentence, start, end, quote, polarity, coder, confidence.")


def test_an_unknown_coder_is_refused(path):
    """The message names the coder, the file, the nearest coder and all of them."""
    words = refusal(path, pd.concat([rows(), rows(coder="you")]), coder="yo")
    assert words == "coder is 'yo'. Did you mean 'you'? Allowed: 'me', 'you'."


@pytest.mark.parametrize(
    ("raw", "why"),
    [(None, "No such file"), (b"", "No columns to parse"), (HEADER.encode() + b"\n\xe9\n", "can't decode byte 0xe9")],
    ids=["missing", "empty", "not text"],
)
def test_a_coding_that_cannot_be_read_is_named(path, raw, why):
    """The message names the file, why it cannot be read, and the columns it should have."""
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ReadError) as caught:
        read_opinions(path)
    words = str(caught.value)
    assert words.startswith(f"The opinions in {str(path)!r} cannot be read: ")
    assert why in words
    assert words.endswith(f" It must be a csv in UTF-8, not packed, with the columns {', '.join(OPINIONS.names)}.")


def test_reading_changes_nothing_in_the_reviews(reviews):
    """The reviews are as they were."""
    before = reviews.copy(deep=True)
    read_opinions(reviews=reviews)
    assert_frame_equal(reviews, before)


@pytest.mark.parametrize(("start", "end", "sentence"), [(10, 28, 0), (10, 28, 9), (0, 28, 0)])
def test_a_quote_lies_in_its_sentence(path, start, end, sentence):
    """A quote in another sentence than the one named, in none, or over two, is refused by row and sentence."""
    rows(start=start, end=end, quote=TEXT[start:end], sentence=sentence).to_csv(path, index=False)
    with pytest.raises(TableError, match=f"opinions, row 0: the quote .* is not in sentence {sentence} of review '1'"):
        read_opinions(path, coder="me", reviews=load_reviews(pd.DataFrame({"text": [TEXT]})))


def test_themes_of_ones_own(path):
    """A coding with other themes is read with the list of those themes."""
    rows(theme="plumbing").to_csv(path, index=False)
    own = pd.DataFrame({"theme": ["plumbing"], "terms": ["pipe"]})
    reviews = load_reviews(pd.DataFrame({"text": [TEXT]}))
    assert read_opinions(path, coder="me", reviews=reviews, themes=own)["theme"].tolist() == ["plumbing"]


# find_opinions


@pytest.fixture(scope="module")
def found(reviews):
    """The tagger's coding of the five."""
    return find_opinions(reviews)


def coded(*texts, **arguments):
    """The tagger's coding of reviews of these texts."""
    return find_opinions(load_reviews(pd.DataFrame({"text": list(texts)})), **arguments)


def test_every_found_quote_is_where_it_says(found, reviews, sentences):
    """For each opinion found, text[start:end] is the quote, and it lies in its sentence."""
    texts = reviews.set_index("review_id")["text"]
    rows = found.merge(sentences, on=["review_id", "sentence"], suffixes=("", "_of"))
    assert len(rows) == len(found) > 50
    for row in rows.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.quote
        assert row.start_of <= row.start < row.end <= row.end_of


def test_the_coder_is_the_tagger_and_says_how_sure(found):
    """All rows carry the tagger's name and a confidence."""
    assert found["coder"].unique().tolist() == [tagger.settings().name]
    assert found["confidence"].between(tagger.settings().threshold, 1).all()


def test_the_stored_coding_is_a_fresh_one(found, sentences):
    """What notebooks show as the tagger's coding is what it finds here: on any processor for 95 in 100 at least."""
    stored = read_opinions(coder=tagger.settings().name)
    same = agreement(found, stored, sentences).query("level == 'all' and theme.isna()")["f1"].item()
    assert same >= 0.95


def test_it_reads_better_than_words_alone(found, opinions, sentences, mentions):
    """On the five it is nearer to the readers, at each level, than keywords with the better of two word lists."""
    lexicon = SentimentIntensityAnalyzer()
    vader = keyword_opinions(sentences, mentions, lambda text: lexicon.polarity_scores(text)["compound"])
    blob = keyword_opinions(sentences, mentions, lambda text: TextBlob(text).sentiment.polarity)
    f1 = {
        name: agreement(coding, opinions, sentences).query("theme.isna()").set_index("level")["f1"]
        for name, coding in {"tagger": found, "vader": vader, "blob": blob}.items()
    }
    assert (f1["tagger"] > f1["vader"]).all()
    assert (f1["tagger"] > f1["blob"]).all()
    assert f1["tagger"]["all"] > 1.3 * max(f1["vader"]["all"], f1["blob"]["all"])


def test_boilerplate_is_not_coded():
    """A share button that praises is no opinion; a title that judges is."""
    table = coded("A gorgeous triumph\n\nBrilliant music.\n\nShare on Twitter")
    assert set(table["sentence"]) == {0, 1}


def test_a_title_printed_twice_is_coded_once():
    """A headline that stands again below is not counted again."""
    once = coded("A gorgeous triumph\n\nThe plot is dull.")
    twice = coded("A gorgeous triumph\n\nA gorgeous triumph\n\nThe plot is dull.")
    assert len(once) == len(twice) >= 2


def test_other_languages_get_a_warning_and_no_opinions():
    """A review that is not English is named in a warning; the others are coded as if it were not there."""
    texts = ["The music is wonderful.", "Ein wunderschöner Film, aber die Geschichte ist leider vorhersehbar."]
    with pytest.warns(UserWarning, match=r"^1 of 2 reviews are not English .* “Ein wunderschöner Film…”\.$"):
        table = coded(*texts)
    assert table["review_id"].unique().tolist() == ["1"]
    assert_frame_equal(table, coded(texts[0]))


def test_a_warning_names_some_of_many():
    """Of seven reviews in another language five are named, and the rest are counted."""
    with pytest.warns(UserWarning, match=r"“Der Film ist leider sehr… 2”.* and 2 more\.$"):
        assert coded(*["Der Film ist leider sehr vorhersehbar und langweilig."] * 7).empty


MEALS = ["The starters were lovely, but my steak was cold and the waiter rude. The room is pretty. " * 4] * 3


def test_texts_that_are_no_film_reviews_get_a_warning():
    """Three texts with 204 words on meals get one warning; two of them do not, nor three that name a movie twice."""
    with pytest.warns(UserWarning, match=r"^Of 204 words in these 3 texts none are like .* if these are none"):
        coded(*MEALS)
    coded(*MEALS[:2])
    coded(*MEALS[:2], f"{MEALS[2]} What a movie, what a director!")


def test_a_review_is_coded_by_itself(found, reviews):
    """A review's opinions do not depend on the reviews beside it."""
    parts = [find_opinions(reviews.iloc[[row]]) for row in range(len(reviews))]
    assert_frame_equal(pd.concat(parts, ignore_index=True), found)


def test_nothing_gives_an_empty_table(reviews):
    """No reviews give no opinions, in a table with all columns."""
    table = find_opinions(reviews.head(0))
    assert table.empty
    assert table.columns.tolist() == OPINIONS.names


def test_a_lower_threshold_finds_more(found, reviews):
    """With a lower threshold all that was found is found, and more."""
    more = find_opinions(reviews, threshold=0.1)
    assert len(more) > len(found)
    assert len(more.merge(found, on=OPINIONS.names)) == len(found)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_is_a_confidence(reviews, threshold):
    """A threshold that is no confidence is refused."""
    with pytest.raises(TableError, match=r"^threshold is .* from 0 to 1"):
        find_opinions(reviews, threshold=threshold)


def test_find_opinions_wants_reviews(sentences):
    """Sentences are not reviews."""
    with pytest.raises(TableError, match=r"^reviews "):
        find_opinions(sentences)
