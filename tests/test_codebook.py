"""A codebook of one's own, what a person reads for it, and what is learned from that."""

import hashlib
import json
import warnings

import numpy as np
import pandas as pd
import pytest
from tables_by_hand import opinion, opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.coding import CorrectionsFile, Opinion, Place, Record, correction
from starlight.coding.states import Seen
from starlight.errors import ReadError, TableError
from starlight.tables import OPINIONS, THEMES, build

PLACE = ["review_id", "sentence", "start", "end", "text"]
SENTENCE = Place("bob", 1, 12, 37)


def test_a_codebook_is_a_themes_table():
    """A theme without terms is found by its name; the table comes back from a csv, and mentions are found with it."""
    book = st.codebook(["costumes", "slow  pace"], covers={"costumes": "clothes"}, terms={"costumes": "dress; =worn"})
    assert book.columns.tolist() == THEMES.names
    assert book.drop(columns="kind").to_numpy().tolist() == [
        ["costumes", "Costumes", "clothes", "dress; =worn"],
        ["slow pace", "Slow pace", book.loc[1, "covers"], "slow pace"],
    ]


@pytest.mark.parametrize(
    ("names", "more", "words"),
    [
        ("humour", {}, r"names is 'humour'\. Give a list of the names of themes, such as"),
        ([], {}, r"names is \[\], without a name\. Give a list"),
        (["humour", " "], {}, r"names is \['humour', ''\], without a name"),
        (["humour", 3], {}, r"names is 3\. Give a list"),
        (["humour", "pacing", "humour"], {}, "themes, row 2: a second row with theme 'humour'"),
        (["humour", "Humour"], {}, "themes, row 1: a second row with label 'Humour'"),
        (["humour"], {"covers": {"humor": "wit"}}, r"a theme in covers is 'humor'\. Did you mean 'humour'\?"),
        (["humour"], {"terms": "wit"}, r"terms is 'wit'\. Give a dict of texts by the names of themes"),
        (["humour"], {"terms": {"humour": 3}}, r"terms\['humour'\] is 3\. Give words"),
        (["humour", "jokes"], {"terms": {"humour": "joke"}}, "both have the term 'joke'"),
        (["!"], {}, "the term '!' of theme '!' has no letter or digit"),
    ],
)
def test_what_is_no_codebook_is_refused(names, more, words):
    """With what was wrong, and what to give."""
    with pytest.raises(TableError, match=words):
        st.codebook(names, **more)


@pytest.fixture
def record(tmp_path):
    """The record of a coding that a person corrects."""
    return Record(opinions_by_hand(), tmp_path / "read.csv", reviews_by_hand(), themes_by_hand())


def test_sentences_are_marked_as_read(record):
    """One by one, beside whole reviews; the last word counts, and corrections stay what they are."""
    record.mark(SENTENCE, "ann", is_read=True)
    record.mark(Place("bob"), "ann", is_read=True)
    record.mark(Place("ann", 0, 0, 5), "ann", is_read=True)
    record.mark(Place("ann", 0, 0, 5), "ann", is_read=False)
    assert record.places_read == (SENTENCE, Place("bob"))
    record.mark(Place("bob"), "ann", is_read=False)
    again = Record(opinions_by_hand(), record.path, reviews_by_hand(), themes_by_hand())
    assert again.places_read == (SENTENCE,)
    assert again.table.equals(record.table)


def test_what_was_shown_in_a_sentence_is_known(record):
    """Another coding of that sentence was not read, one that differs elsewhere was."""
    record.mark(SENTENCE, "ann", is_read=True)
    opinions = opinions_by_hand()
    for other, changed in ((opinions["sentence"].eq(1), [SENTENCE]), (opinions["sentence"].eq(0), [])):
        kept = opinions[~(opinions["review_id"].eq("bob") & other)]
        assert Record(kept, record.path, reviews_by_hand(), themes_by_hand()).not_as_read([SENTENCE]) == changed


def test_two_writers_and_a_torn_row_lose_no_mark(record):
    """A row without a place, or cut off, is torn; whatever else stands in the file is read."""
    other = CorrectionsFile(record.path)
    other.append(correction(Opinion(**opinion("bob", 1, "soars", "story", "praise")), None, "bob"))
    record.mark(SENTENCE, "ann", is_read=True)
    text = record.path.read_text("utf-8")
    line = text.splitlines()[-1]
    for wrong in (line.replace(",12,37,", ",37,12,"), line.replace(",12,37,", ",x,37,"), line[:-9]):
        record.path.write_text(f"{text}{wrong}\n", "utf-8")
        other.read()
        assert other.torn == [4]
        assert list(other.shown) == [SENTENCE]
        assert len(other.corrections) == 1


FUNNY = ["The jokes are hilarious and had me laughing.", "A very funny and witty comedy.", "The humour is wonderful."]
FLAT = ["The jokes are awful and never land.", "The humour is stale and unfunny.", "Its comedy falls painfully flat."]
OTHER = ["The plot is a bore.", "The music soars.", "She walks to the station.", "The cast is superb.", "It is long."]
BOOK = st.codebook(["humour"], terms={"humour": "humour; joke; comedy; funny; wit"})


@pytest.fixture(scope="module")
def film_reviews():
    """Sixty short reviews, each of a sentence on humour, or not, and another sentence."""
    texts = [f"{(FUNNY + FLAT + OTHER)[n % 11]} {OTHER[n % 5]} This is review {n}." for n in range(60)]
    return st.load_reviews(pd.DataFrame({"review_id": [f"r{n}" for n in range(60)], "text": texts}))


def read_sentences(path, reviews, most=40, theme="humour", polarity=None):
    """Read the reviews' first sentences as a person would: mark what judges humour."""
    sentences = st.split_sentences(reviews).query("sentence == 0").head(most)
    record = Record(build(OPINIONS, []), path, reviews, st.codebook([theme]))
    for review_id, sentence, start, end, text in sentences[PLACE].itertuples(index=False):
        praised = "praise" if text in FUNNY else "criticism" if text in FLAT else None
        if praised and polarity in (None, praised):
            record.save(correction(None, Opinion(review_id, sentence, start, end, text, theme, praised, "ann"), "ann"))
        record.mark(Place(review_id, sentence, start, end), "ann", is_read=True)
    return record


@pytest.fixture(scope="module")
def learned(film_reviews, tmp_path_factory):
    """A codebook that was learned from forty sentences."""
    path = tmp_path_factory.mktemp("learned") / "read.csv"
    read_sentences(path, film_reviews)
    return st.learn(BOOK, path, film_reviews)


def test_reviews_are_coded_by_what_was_learned(learned, film_reviews, tmp_path):
    """Also those that nobody read; the figures are those of the marks; a saved codebook codes alike."""
    assert repr(learned).splitlines()[0].endswith("24 examples in 40 sentences read")
    assert learned.measured["f1"].between(0.6, 1).all()
    found = st.find_opinions(film_reviews, codebook=learned)
    assert set(found["theme"]) == {"humour"}
    assert found["coder"].unique().tolist() == [learned.name]
    unread = found[found["review_id"].isin(film_reviews["review_id"].tail(20))]
    assert {"praise", "criticism"} == set(unread["polarity"])
    learned.save(tmp_path / "book.npz")
    again = st.read_codebook(tmp_path / "book.npz")
    pd.testing.assert_frame_equal(st.find_opinions(film_reviews, codebook=again), found)
    assert repr(again) == repr(learned)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("She takes the train on a Monday, but the jokes are hilarious and had me laughing; it is a long way.", None),
        ("Funny jokes: it made me laugh.", "Funny jokes: it made me laugh"),
        ("So: we didn´t find the humour funny at all.", "we didn´t find the humour funny at all"),
        ("she walks home and sits down and " * 7 + "sings, the jokes are hilarious and had me laughing, then.", None),
    ],
)
def test_a_clause_is_quoted(learned, sentence, quote):
    """The one that judges, in whole words; a short one with all of its sentence, a long sentence cut at commas too."""
    found = st.find_opinions(st.load_reviews(pd.DataFrame({"text": [sentence]})), codebook=learned, threshold=0.001)
    surest = found.nlargest(1, "confidence")["quote"].item()
    assert surest == (quote or "the jokes are hilarious and had me laughing")


@pytest.mark.parametrize(
    ("text", "quotes"), [(". . . . . . . . .", True), ("!!! !!! !!! !!! !!! !!! !!!", True), ("\u200b", False)]
)
def test_a_quote_is_never_empty(learned, text, quotes):
    """Marks alone are quoted as they stand; nothing is found where there is nothing to see."""
    reviews = st.load_reviews(pd.DataFrame({"text": [text]}))
    with warnings.catch_warnings(action="ignore"):
        found = st.find_opinions(reviews, codebook=learned, threshold=0.0001)
    assert found["quote"].ne("").all()
    assert [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == found["quote"].tolist()
    assert quotes == bool(len(found))


def test_charts_say_how_well_the_codebook_codes(learned, film_reviews):
    """Its F1 on what the user read, with its interval, stands where the tagger's would."""
    found = st.find_opinions(film_reviews, codebook=learned)
    counted = st.praise_and_criticism(found, film_reviews, themes=BOOK)
    said = " ".join(st.chart_praise_and_criticism(counted).to_dict()["title"]["subtitle"])
    assert "learned from sentences that a person read (counts and shares are its own, not corrected by" in said
    assert said.endswith("taught: {f1:.2f} ({low:.2f} to {high:.2f})".format_map(learned.measured.iloc[-1]))


def test_a_review_is_coded_alone_as_among_others(learned, film_reviews):
    """By its text alone, whatever its id."""
    found = st.find_opinions(film_reviews, codebook=learned)
    one = film_reviews.loc[film_reviews["review_id"].isin(found["review_id"].head(1))]
    alone = st.find_opinions(one.assign(review_id="other").reset_index(drop=True), codebook=learned)
    expected = found[found["review_id"].eq(one["review_id"].item())].assign(review_id="other")
    pd.testing.assert_frame_equal(alone, expected.reset_index(drop=True))


def test_no_review_is_coded_by_what_it_taught(film_reviews, learned, tmp_path):
    """A person changes the mind about one review: it is coded as before, since only others taught its model."""
    record = read_sentences(tmp_path / "read.csv", film_reviews)
    made = record.of("r0")[0]
    record.save(correction(made, made._replace(polarity="criticism"), "ann"))
    other = st.learn(BOOK, record.path, film_reviews)
    assert other.name != learned.name
    one = film_reviews.head(1)
    before, after = (st.find_opinions(one, codebook=book, threshold=0.1) for book in (learned, other))
    own = int(hashlib.sha256(one["text"].item().encode()).hexdigest()[:8], 16) % 5
    assert (learned.theme[own] == other.theme[own]).all()
    assert (learned.polarity[own] == other.polarity[own]).all()
    assert before["quote"].tolist() == after["quote"].tolist()


def test_a_review_that_was_changed_keeps_its_fold(learned, film_reviews):
    """That of the text that a person read, whatever id it has now; others with the changed text share it."""
    folds = learned.folds(film_reviews)
    texts = [f"{film_reviews['text'][0]} Edited {number}." for number in range(20)]
    others = pd.DataFrame({"review_id": [f"s{number}" for number in range(20)], "text": texts})
    assert len({*learned.folds(others)}) > 1
    for number in range(20):
        edited = pd.DataFrame({"review_id": ["r0"], "text": [texts[number]]})
        assert set(learned.folds(pd.concat([others[number : number + 1], edited]))) == {folds[0]}
    moved = film_reviews.assign(review_id=film_reviews["review_id"].iloc[::-1].to_numpy())
    assert (learned.folds(moved)[:40] == folds[:40]).all()  # those that were read


def test_what_teaches_too_little_is_said(film_reviews, tmp_path):
    """A theme without examples, examples of praise alone, and nothing to learn from."""
    read_sentences(tmp_path / "read.csv", film_reviews, polarity="praise")
    book = st.codebook(["humour", "pacing"])
    with pytest.warns(UserWarning, match="example") as said:
        learned = st.learn(book, tmp_path / "read.csv", film_reviews)
    assert [str(one.message)[:38] for one in said] == [
        "'humour' has no example of criticism: ",
        "'pacing' has no examples, and 5 are ne",
    ]
    assert learned.measured["f1"].isna().tolist() == [False, True, False]
    assert set(st.find_opinions(film_reviews, codebook=learned, threshold=0)["theme"]) == {"humour"}
    read_sentences(tmp_path / "few.csv", film_reviews, most=4)
    with (
        pytest.warns(UserWarning, match="'humour' has 4 examples, and 5 are needed"),
        pytest.raises(TableError, match=r"No theme of the book has 5 examples in few\.csv"),
    ):
        st.learn(BOOK, tmp_path / "few.csv", film_reviews)


@pytest.mark.parametrize("is_whole", [False, True])
def test_a_sentence_whose_marked_words_were_changed_does_not_count_as_read(film_reviews, tmp_path, is_whole):
    """Else it would teach that nothing in it is judged. One whose mark was taken back still counts."""
    record = read_sentences(tmp_path / "read.csv", film_reviews)
    made = record.of("r1")[0]
    record.save(correction(made, None, "ann"))
    if is_whole:
        for number in (0, 1):
            record.mark(Place(f"r{number}"), "ann", is_read=True)
    text = film_reviews["text"].str.replace("hilarious", "deafening")  # in four reviews
    edited = film_reviews.assign(text=text.where(text.index != 1, text.str.replace("witty", "silly")))
    words = (
        rf"^{4 + is_whole} reviews or sentences that read\.csv marks as read do not count as read: words marked there"
    )
    with pytest.warns(UserWarning, match=words), pytest.warns(UserWarning, match="words are not at 0|does not exist"):
        learned = st.learn(BOOK, record.path, edited)
    assert learned.measured["read"][0] == 36 + 2 * is_whole


def test_corrections_that_do_not_belong_are_refused(film_reviews, tmp_path):
    """Of another codebook, of other reviews, of a coding that was shown; those of some other reviews are named."""
    path = tmp_path / "read.csv"
    read_sentences(path, film_reviews, theme="wit")
    with pytest.raises(TableError, match=r"read\.csv, line 2: no theme 'wit' in the book\. Allowed: 'humour'"):
        st.learn(BOOK, path, film_reviews)
    others = film_reviews.assign(review_id=[f"x{n}" for n in range(60)])
    with pytest.raises(TableError, match=r"has nothing of these reviews: such as review 'r0'"):
        st.learn(BOOK, path, others)
    with pytest.raises(ReadError, match="There is no file"):
        st.learn(BOOK, tmp_path / "none.csv", film_reviews)
    shown = tmp_path / "shown.csv"
    quote = Opinion("r0", 0, 0, 9, "The jokes", "humour", "praise", "a tagger", 0.8)
    opinions = build(OPINIONS, [quote._asdict()]).drop(columns="note")
    Record(opinions, shown, film_reviews, BOOK).mark(Place("r0"), "ann", is_read=True)
    with pytest.raises(TableError, match="other opinions were shown in 1 of 1 reviews or sentences read"):
        st.learn(BOOK, shown, film_reviews)


def test_another_file_is_no_codebook(learned, tmp_path, monkeypatch):
    """Neither any other file, nor one that was learned with another tagger."""
    path = tmp_path / "book.npz"
    path.write_bytes(b"PK nothing")
    with pytest.raises(ReadError, match=r"is not a codebook that was learned"):
        st.read_codebook(path)
    np.savez(path, told=np.array("{}"))
    with pytest.raises(ReadError, match=r"is not a codebook that was learned"):
        st.read_codebook(path)
    learned.save(path)
    with np.load(path) as file:
        held = dict(file)
    np.savez(path, **held | {"told": np.array(str(held["told"]).replace('"tagger": "', '"tagger": "0'))})
    with pytest.raises(ReadError, match="was learned with another version of the tagger"):
        st.read_codebook(path)
    with pytest.raises(TableError, match=r"codebook is 'humour'\. Give what learn"):
        st.find_opinions(st.load_reviews(), codebook="humour")


def test_what_is_worth_reading_is_chosen(film_reviews, learned, tmp_path):
    """At the start sentences with the theme's words; of other reviews each; what was read is not chosen again."""
    queue = st.read_next(film_reviews, BOOK, 10)
    assert queue["text"].head(4).isin(FUNNY + FLAT).any()
    assert queue["review_id"].is_unique
    assert st.read_next(film_reviews, BOOK, 10).equals(queue)
    record = Record(build(OPINIONS, []), tmp_path / "read.csv", film_reviews, BOOK)
    places = [Place(*place) for place in queue[PLACE[:-1]].itertuples(index=False)]
    for place in places[:3]:
        record.mark(place, "ann", is_read=True)
    record.mark(Place(places[3].review_id), "ann", is_read=True)
    after = st.read_next(film_reviews, learned, 200, corrections=record.path)
    read = [Place(*place) for place in after[PLACE[:-1]].itertuples(index=False)]
    assert not {*places[:3]}.intersection(read)
    assert places[3].review_id not in set(after["review_id"])
    assert len(set(read)) == len(read) == 180 - 3 - 3


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"theme": np.zeros((5, 1, 4), np.float32)}, "theme is not 5 x 1 x 2790 numbers"),
        ({"threshold": np.zeros(2)}, "threshold is not 5 numbers"),
        ({"threshold": np.array(["a"] * 5)}, "threshold is not 5 numbers"),
        ({"like": np.full((5, 1, 2), np.nan)}, "like is not 5 x 1 x 2 numbers"),
        ({"polarity": np.full((5, 1, 2790), 3e38, np.float32)}, "polarity is not 5 x 1 x 2790 numbers"),
        ({"measured": "[]"}, "does not say how well each of its themes is coded"),
    ],
)
def test_a_codebook_whose_parts_do_not_fit_is_refused(learned, tmp_path, part, words):
    """When it is read, such as one that another version of Starlight saved, and not when reviews are coded by it."""
    path = tmp_path / "book.npz"
    learned.save(path)
    with np.load(path) as file:
        held = dict(file)
    if "measured" in part:
        part = {"told": np.array(json.dumps(json.loads(str(held["told"])) | part))}
    np.savez(path, **held | part)
    with pytest.raises(ReadError, match=f"is not a whole codebook: .*{words}"):
        st.read_codebook(path)


def test_a_file_of_text_is_not_called_a_pickle(tmp_path):
    """Numpy would, and says how to load it unsafely."""
    path = tmp_path / "read.csv"
    path.write_text("review_id,sentence\n", "utf-8")
    with pytest.raises(ReadError, match=r"is not a codebook that was learned: File is not a zip file"):
        st.read_codebook(path)


def test_words_of_a_theme_are_found_however_they_are_typed():
    """With two blanks in a dict's key as in the name, and with an accent that is a letter of its own."""
    book = st.codebook(["slow  pace"], covers={"slow  pace": "boredom"}, terms={"slow  pace": "cafe\u0301"})
    assert book.loc[0, ["theme", "covers"]].tolist() == ["slow pace", "boredom"]
    reviews = st.load_reviews(pd.DataFrame({"text": ["The caf\u00e9 is lovely."]}))
    assert st.find_mentions(st.split_sentences(reviews), themes=book)["term"].tolist() == ["cafe\u0301"]


def test_words_at_tokens_are_found_at_once():
    """Also in a sentence of half a megabyte that says one word again and again."""
    words = [(5 * n, 5 * n + 4) for n in range(100_000)]
    seen = Seen([(at, at + 2) for start, _ in words for at in (start, start + 2)], np.zeros(0), np.zeros(0))
    assert seen.tokens(words[1::2])[:5] == [2, 3, 6, 7, 10]
    assert seen.tokens([(1, 3), (7, 9)]) == [0, 1, 3]
    assert not seen.tokens([])


def test_marks_of_two_people_are_told(film_reviews, tmp_path):
    """All of them count, also where they differ."""
    record = read_sentences(tmp_path / "read.csv", film_reviews)
    made = record.of("r0")[0]
    record.save(correction(None, made._replace(polarity="criticism", coder="bob"), "bob"))
    with pytest.warns(UserWarning, match=r"read\.csv has marks of 2 people \(ann, bob\), and all count"):
        st.learn(BOOK, record.path, film_reviews)


def test_reviews_that_are_not_english_teach_nothing(film_reviews, learned, tmp_path):
    """They are named, and no figure counts them, since none of them is coded."""
    text = "Die Musik ist schön und der Humor ist leider nicht so gut, aber das Ende hat uns allen sehr gefallen."
    german = st.load_reviews(pd.DataFrame({"review_id": ["g"], "text": [text]}))
    reviews = pd.concat([film_reviews, german], ignore_index=True)
    record = read_sentences(tmp_path / "read.csv", reviews)
    record.mark(Place("g"), "ann", is_read=True)
    with pytest.warns(UserWarning, match="1 of 41 reviews read are not English and teach nothing"):
        assert repr(st.learn(BOOK, record.path, reviews)) == repr(learned)


def test_a_theme_with_a_capital_is_found_like_any_word():
    """Its own name is no proper name."""
    reviews = st.load_reviews(pd.DataFrame({"text": ["I adored every costume."]}))
    found = st.find_mentions(st.split_sentences(reviews), themes=st.codebook(["Costumes"]))
    assert found["start"].tolist() == [15]


def test_the_same_words_are_not_asked_about_again(tmp_path):
    """A sentence that repeats one of the queue, or one that was read, comes after all others."""
    texts = [text for n in range(4) for text in ("Great jokes.", "The wit is flat.", f"Table {n} is made of wood.")]
    reviews = st.load_reviews(pd.DataFrame({"text": texts}))
    assert st.read_next(reviews, BOOK, 6)["text"].is_unique
    record = Record(build(OPINIONS, []), tmp_path / "read.csv", reviews, BOOK)
    record.mark(Place("1", 0, 0, len("Great jokes.")), "ann", is_read=True)
    record.mark(Place("2"), "ann", is_read=True)
    after = st.read_next(reviews, BOOK, 12, corrections=record.path)["text"].tolist()
    assert sorted(after[:4]) == sorted(set(texts) - {"Great jokes.", "The wit is flat."})
    assert len(after) == 10
