"""Sentences know where they stand, and together they are the whole review."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from starlight import load_reviews, read_themes, split_sentences
from starlight.errors import TableError
from starlight.tables import SENTENCES
from starlight.text import spans, words_of


def split(text):
    """Return the sentences of a text."""
    return [text[start:end] for start, end, _ in spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It glows.", "See it."],
        ["He said “It glows.”", "She left."],
        ["“It glows.”", "‘See it!’", "So they say."],
        ["It has stunning BGs (backgrounds).", "Many shows skimp on them."],
        ["(It glows.)", "See it."],
        ["It stars Justin H. Min in the dub.", "He is good."],
        ["Mr. Lee, Dr. Kim and St. Peter meet in the U.S. in 2050.", "They talk."],
        ["But its end?", "Maddening.", "Sure, it could’ve worked."],
        ["Deep stuff, right?", "Except… NO!", "Read the room, filmmakers!"],
        ["Just wow... The music is lovely."],
        ["It just drags...", "The music is lovely."],
        ["It glows, and then… it fades.", "The end."],
        ["It drags and drags…", "Then it ends."],
        ["It glows—it truly does!", "It – at times – bores.", "A film -- no, a gem."],
        ["An Oscar® for this one!", "Netflix™ knows.", "It cost 5.5 million."],
        ["It is like Apollo 10½.", "It combines both."],
        ["정말 좋은 영화다.", "또 보고 싶다!"],
        ["It glows 😀!", "See it 🎉🎉.", "Now."],
        ["What?!", "No!!!", "Yes."],
        ["It runs 1.5 hours, i.e. 90 min. in all, e.g. at home.", "Good."],
        ["great film loved it would see again"],
        ["**It** glows.", "*See* it."],
        ["I loved the story.", "Watching it was a joy."],
        ["What a mess.", "Everyone shouts.", "The end is dull.", "It gets 3 stars.", "Watch it."],
        ["A C. S. Lewis tale: it is Lee vs. Kim in vol. 2.", "No. 5 is alive.", "No.", "It is not."],
        ["She is a D.A. in a small town, has money etc. and no friends."],
    ],
    ids=lambda sentences: sentences[0][:24],
)
def test_a_paragraph_splits_as_a_reader_would(sentences):
    """Quotes, brackets, initials, pauses, dashes, signs, Korean and emoji end a sentence only where it ends."""
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "I loved the cast.The end is a bore.But the songs are superb.",
            ["I loved the cast.", "The end is a bore.", "But the songs are superb."],
        ),
        ('A mess!He says "dull."So it is.', ["A mess!", 'He says "dull."', "So it is."]),
        ("Mr.Lee of the U.S.A. is on imdb.com and Rotten.com, v2.0.", None),
        ("So...I left.", None),
    ],
    ids=["full stops", "quotes", "names", "pause"],
)
def test_sentences_that_no_blank_parts_are_two(text, sentences):
    """A small word, an end sign and a capitalised word are two sentences; names, sites and numbers stay whole."""
    assert split(text) == (sentences or [text])


def test_no_word_of_a_theme_is_an_abbreviation():
    """A sentence that ends in "story." or "score." ends there."""
    assert not words_of("abbreviation") & {
        term.split()[-1] for terms in read_themes()["terms"].dropna() for term in terms.split(";")
    }


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It glows.\nSee it.", ["It glows.", "See it."]),
        ("good film\nloved it", ["good film", "loved it"]),
        ("  It glows. \n\n\t See it.\xa0\n", ["It glows.", "See it."]),
        (
            "It is a long line that a program has broken in two\nparts. It goes on.",
            ["It is a long line that a program has broken in two\nparts.", "It goes on."],
        ),
        ("Good. \u2028Bad.", ["Good.", "Bad."]),
        ("", []),
        (" \n\n", []),
        ("…", ["…"]),
        ("***", ["***"]),
    ],
    ids=["lines", "no stops", "blanks", "broken line", "line separator", "empty", "blank", "ellipsis", "marks"],
)
def test_a_sentence_ends_with_its_paragraph(text, sentences):
    """A line ends a sentence unless a program broke it; blanks around sentences belong to none."""
    assert split(text) == sentences


def test_titles_and_boilerplate_are_a_sentence_each():
    """A heading or a line of boilerplate is one sentence whatever stops it has; a standfirst splits as prose does."""
    text = "\n\n".join(
        [
            "Mr. X: Who? A Film",
            "It glows. So they say.",
            "Mr. X: Who? A Film",
            "## The plot",
            "It ends. Well.",
            "Grade: B.",
        ]
    )
    assert [(text[start:end], part) for start, end, part in spans(text)] == [
        ("Mr. X: Who? A Film", "title"),
        ("It glows.", "title"),
        ("So they say.", "title"),
        ("Mr. X: Who? A Film", "boilerplate"),
        ("## The plot", "title"),
        ("It ends.", "body"),
        ("Well.", "body"),
        ("Grade: B.", "boilerplate"),
    ]


PIECES = [*"aB .\n!?…’”“(),*-—·•#/\t\xa0\u2028\x0b\x1c\x85\ufeff😀가®½5é\u0301\r"]
PIECES += ["... ", "Mr. ", "\n\n", "By Ann Lee", "C+", "Grade: ", "A Gem", "It glows. ", "Well… "]


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text())
@example("Except… NO!")
@example("Well… ")
@example("A… B… C")
def test_no_character_is_lost_or_counted_twice(text):
    """In any text, sentences follow one another without overlap, and what lies between them is blank."""
    last = 0
    for start, end, _ in spans(text):
        assert last <= start < end
        assert text[last:start].strip() == ""
        assert text[start:end] == text[start:end].strip()
        last = end
    assert text[last:].strip() == ""


def test_every_character_of_the_five_is_in_one_sentence(reviews, sentences):
    """In each of the five, the characters that are not blank are those of its sentences, in order."""
    for review_id, text in zip(reviews["review_id"], reviews["text"], strict=True):
        own = sentences[sentences["review_id"] == review_id]
        assert "".join("".join(own["text"]).split()) == "".join(text.split())
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()


def test_a_sentence_is_where_it_says(reviews, sentences):
    """For each row, text[start:end] of the review is the sentence; sentences count from 0 in each review."""
    texts = reviews.set_index("review_id")["text"]
    for row in sentences.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.text
    for _, own in sentences.groupby("review_id"):
        assert own["sentence"].tolist() == list(range(len(own)))


@pytest.mark.parametrize(
    ("number", "title", "body", "boilerplate"),
    [("000", 3, 37, 0), ("001", 2, 34, 7), ("002", 2, 15, 0), ("003", 3, 35, 3), ("004", 1, 31, 9)],
)
def test_how_many_sentences_the_five_have(sentences, number, title, body, boilerplate):
    """The five have as many titles, sentences of prose and lines of boilerplate as a reader counts."""
    parts = sentences.loc[sentences["review_id"].str.startswith(number), "part"].value_counts()
    assert [parts.get(part, 0) for part in ("title", "body", "boilerplate")] == [title, body, boilerplate]


HARD = [
    "The low-key script (co-written by Kang Hyun-joo) makes its eventual over-the-top climax, complete with explosive "
    "abstract sequences that literalize Nan-young’s trauma, even more jarring.",
    "Old school.",
    "Their only fault has been among the stars this whole time: Mars.",
    "The voice cast includes Kim Tae-ri and Hong Kyung for the Korean version, while Maitreyi Ramakrishnan and "
    "Justin H. Min bring the characters to life in the English dub.",
    "Praised by Oscar-winning director Bong Joon-ho as a “visual masterpiece,” the film presents a futuristic Seoul in "
    "2050 with breathtaking visuals.",
    "The answer, softly but surely, is yes.",
    "When it comes to animation quality, the character designs and motion in ‘Lost in Starlight‘ are often "
    "overshadowed by its stunning BGs (backgrounds).",
    "For animation fans, ‘Lost in Starlight‘ might feel like a mash-up of Kid Cudi’s neon-lit romance Entergalactic "
    "and Richard Linklater’s space odyssey Apollo 10½.",
    "But its final scenes?",
    "Maddening.",
    "Deep stuff, right?",
    "Except… NO!",
    "Read the room, filmmakers!",
]


@pytest.mark.parametrize("sentence", HARD, ids=lambda sentence: sentence[:24])
def test_hard_sentences_of_the_five(sentences, sentence):
    """The sentences of the five that splitters stumble over are each one row."""
    assert (sentences["text"] == sentence).sum() == 1


def test_the_table_has_a_row_for_each_sentence_of_each_review():
    """Reviews keep their order, a review's ids stand at each of its sentences, and the table is as declared."""
    reviews = load_reviews(pd.DataFrame({"review_id": ["z", "a"], "text": ["It glows. See it.", "It bores."]}))
    table = split_sentences(reviews)
    assert list(table) == SENTENCES.names
    assert table.to_numpy().tolist() == [
        ["z", 0, 0, 9, "It glows.", "body"],
        ["z", 1, 10, 17, "See it.", "body"],
        ["a", 0, 0, 9, "It bores.", "body"],
    ]


def test_no_reviews_have_no_sentences(reviews, sentences):
    """A reviews table without rows gives a sentences table without rows, with its dtypes."""
    table = split_sentences(reviews.head(0))
    assert table.empty
    assert table.dtypes.equals(sentences.dtypes)


def test_splitting_changes_nothing_in_the_reviews(reviews):
    """The reviews are as they were."""
    before = reviews.copy(deep=True)
    split_sentences(reviews)
    assert_frame_equal(reviews, before)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda reviews: reviews.drop(columns="text"), "reviews has no column 'text'. It has one row per review, with"),
        (lambda reviews: reviews["text"], "reviews must be a DataFrame (one row per review), not Series."),
        (
            lambda reviews: pd.concat([reviews, reviews]),
            "reviews, row 5: a second row with review_id '000_0104307cec48cacc'. It has one row per review.",
        ),
        (
            lambda reviews: reviews.astype({"words": float}),
            "reviews, column 'words' has dtype float64, not int64. Use .astype({'words': 'int64'}).",
        ),
    ],
    ids=["no text", "a column", "twice", "dtype"],
)
def test_what_is_no_reviews_table_is_refused(reviews, change, words):
    """The message names the table, the column or row at fault, and the remedy."""
    with pytest.raises(TableError) as caught:
        split_sentences(change(reviews))
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize("unit", ["!?", ".)", '!"'])
def test_a_run_of_end_signs_takes_no_longer_than_its_length(unit):
    """The splitter takes the square of a run without a blank, here hours: what no one reads is hidden from it."""
    text = f"It glows. So{unit * 300_000} It does."
    found = [text[start:end] for start, end, _ in spans(text)]
    assert found[0] == "It glows."
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
