"""The reviews table: what the five state about themselves, the same rules on other reviews, and what is refused."""

import shutil
import unicodedata
from contextlib import nullcontext

import pandas as pd
import pytest
from ftfy import fix_encoding
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from starlight import load_report, load_reviews
from starlight.base import resource
from starlight.errors import ReadError, ScoreError, StarlightError, TableError
from starlight.tables import REVIEWS
from starlight.text import normalise

FILM = "Lost in Starlight"
FIVE = pd.DataFrame(
    [
        ("000_0104307cec48cacc", None, None, None, 671, None, None, None, "none"),
        (
            "001_36b266f02fc11ae1",
            "Animated K-drama Lost In Starlight shoots its sappy love story into space",
            None,
            None,
            860,
            "C+",
            "letter",
            58,
            "stated",
        ),
        ("002_05f2f35c42facbe5", None, None, None, 347, None, None, None, "none"),
        ("003_2224360b15f5f8ce", "Lost in Starlight (2025)", None, "2025-05-22", 717, "A", "letter", None, "ambiguous"),
        (
            "004_3f7ee695b3718bb9",
            "Lost in Starlight Review: BGs Shinier Than Character Animation",
            "Sneha Jaiswal",
            "2025-05-30",
            586,
            "7.5 on 10",
            "10",
            75,
            "stated",
        ),
    ],
    columns=["review_id", "title", "critic", "published", "words", "score_raw", "score_scale", "score", "score_status"],
).set_index("review_id")
DTYPES = {column.name: column.dtype for column in REVIEWS.columns}


def load(text, *, score_scale=None, **given):
    """Load one review from its text and from what columns give, as a row."""
    return load_reviews(pd.DataFrame({"text": [text]} | given), score_scale=score_scale).loc[0]


def stated(text):
    """Return what one review states of itself, without what it does not."""
    row = load(text).drop(["review_id", "name", "text", "words"])
    return row[row.notna()].drop("score_status" if row["score_status"] == "none" else []).to_dict()


def refusal(error, *arguments, **options):
    """Return the words with which something is refused."""
    with pytest.raises(error) as caught:
        load_reviews(*arguments, **options)
    assert isinstance(caught.value, StarlightError)
    return str(caught.value)


# The five


@pytest.mark.parametrize("review_id", FIVE.index)
def test_the_five_reviews(reviews, review_id):
    """Each of the five states what a reader finds in it, and nothing else."""
    row = reviews.set_index("review_id").loc[review_id]
    for name, expected in FIVE.loc[review_id].items():
        if name == "published":
            expected = pd.to_datetime(expected)
        assert (pd.isna(row[name]) and pd.isna(expected)) or row[name] == expected, name


def test_the_five_are_all_of_one_film_and_name_no_outlet(reviews):
    """All five are about one film, as printed in the headlines that state it; none names its outlet."""
    assert reviews["film"].tolist() == [FILM] * 5
    assert reviews["outlet"].isna().all()


def test_the_five_have_the_declared_columns_and_dtypes(reviews):
    """The columns are those of the declaration in their order, each with its dtype though values are missing."""
    assert list(reviews) == REVIEWS.names
    assert reviews.dtypes.astype(str).to_dict() == DTYPES
    assert reviews["review_id"].tolist() == FIVE.index.tolist()


def test_missing_is_neither_an_empty_string_nor_zero(reviews):
    """What is missing is what isna() finds: no cell holds a blank, the word nan or a made-up number."""
    for name in reviews.select_dtypes("str"):
        assert not reviews[name].str.strip().isin(["", "nan", "None", "<NA>", "NaN"]).any(), name
    assert reviews["score"].dropna().tolist() == [58, 75]
    assert reviews["published"].dropna().tolist() == [pd.Timestamp("2025-05-22"), pd.Timestamp("2025-05-30")]


def test_the_text_of_the_five_is_the_text_of_their_files(reviews):
    """The text is the file's, character for character, blank ends, no-break spaces and marks included."""
    for review_id, text in zip(reviews["review_id"], reviews["text"], strict=True):
        assert text == resource("seeds", f"{review_id}.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    assert "\xa0" in reviews["text"][4]
    assert "**" in reviews["text"][3]


def test_words_of_a_review_without_boilerplate(reviews):
    """Where a page has no boilerplate, the words are the tokens of its file."""
    for row in (0, 2):
        assert reviews["words"][row] == len(reviews["text"][row].split())


@pytest.mark.parametrize(("convention", "value"), [("even steps", 58), ("school", 78), ("one member", 54)])
def test_the_grade_of_001_by_convention(reviews, convention, value):
    """The C+ of 001 is worth 58, 78 or 54, by convention."""
    from starlight import parse_score

    assert parse_score(reviews["score_raw"][1], convention=convention).value == value


# Other reviews, by the same rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It glows. See it.", {}),
        ("See it", {}),
        ("A Small Gem\n\nIt glows. See it.", {"title": "A Small Gem"}),
        ("# **A Small Gem**\n\nIt glows. See it.", {"title": "A Small Gem"}),
        ("By Ann Lee\n\nA Small Gem\n\nIt glows. See it.", {"title": "A Small Gem", "critic": "Ann Lee"}),
        ("A Small Gem\nby Ann Lee\n\nIt glows. See it.", {"title": "A Small Gem", "critic": "Ann Lee"}),
        ("It glows. See it.\n\nAnn Lee (@annlee)", {"critic": "Ann Lee"}),
        ("By Ann Lee\n\nIt glows. See it.\n\nBob Ray (@bobray)", {"critic": "Ann Lee"}),
        ("By the way, it glows. See it.", {}),
        ("It is based on the well known and much loved first novel\nby Stephen King.\n\nSee it.", {}),
        ("It glows. See it.\n\nPublished on 3 May 2020", {"published": pd.Timestamp("2020-05-03")}),
        ("May 3rd, 2020 at 10:15\n\nIt glows. See it.", {"published": pd.Timestamp("2020-05-03")}),
        ("It came out on May 3, 2020. See it.", {}),
        ("It glows.\n\nRelease Date: May 3, 2020", {}),
        ("February 31, 2020\n\nIt glows. See it.", {}),
        ("It glows.\n\nUpdated May 7, 2020", {}),
    ],
    ids=[
        "nothing",
        "one line",
        "headline",
        "marked headline",
        "byline first",
        "byline under the headline",
        "poster",
        "byline and poster",
        "by the way",
        "novel",
        "date at the end",
        "date and hour",
        "date in prose",
        "release date",
        "no such day",
        "update",
    ],
)
def test_what_a_page_states(text, expected):
    """Headline, critic and date are read where a page states them, and are missing where it does not."""
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        ("Published May 3, 2020", "May 9, 2020", "2020-05-03"),
        ("Updated May 9, 2020", "Published May 3, 2020", "2020-05-03"),
        ("February 31, 2020", "May 3, 2020", "2020-05-03"),
        ("Release Date: May 1, 2020", "May 3, 2020", "2020-05-03"),
    ],
    ids=["two", "update first", "no such day first", "release date first"],
)
def test_of_several_dates_the_first_of_its_own_counts(first, second, day):
    """Of several dates the first counts that the page gives itself: no update, and not the film's release."""
    assert load(f"{first}\n{second}\n\nIt glows. See it.")["published"] == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("text", "raw", "score", "status"),
    [
        ("It glows.\n\nGrade: B+", "B+", 83, "stated"),
        ("B+\n\nIt glows.", "B+", 83, "stated"),
        ("B\n\nIt glows.", "B", None, "ambiguous"),
        ("B\n\nIt glows.\n\nGrade: C+", "C+", 58, "stated"),
        ("I give it 3/5. See it.\n\nGrade: C+", "C+", 58, "stated"),
        ("Score: 8/10. The music soars, and the end moved me.", "8/10", 80, "stated"),
        ("It glows.\n\nScore: 8", "8", None, "unreadable"),
        ("It glows. See it.\n\n★★★★★\n\nIt bores. Miss it.\n\n★★☆☆☆", "★★☆☆☆", None, "ambiguous"),
        ("★★★\n\nIt glows. See it.\n\n★★★☆☆", "★★★☆☆", 60, "stated"),
        ("★★★★\n\nIt glows. See it.\n\n7.5/10", "7.5/10", 75, "stated"),
        ("It glows. See it.", None, None, "none"),
    ],
    ids=[
        "label",
        "sign",
        "lone letter",
        "label after lone letter",
        "label after prose",
        "in prose",
        "no scale",
        "stars of two reviews",
        "the same stars twice",
        "rounded stars",
        "none",
    ],
)
def test_the_score_a_text_states(text, raw, score, status):
    """What is printed is kept; its value counts only if it is stated and can be read."""
    row = load(text)
    assert row["score_status"] == status
    for name, expected in (("score_raw", raw), ("score", score)):
        assert (pd.isna(row[name]) and expected is None) or row[name] == expected


def test_a_score_scale_serves_texts_too():
    """A bare number in a text is on the scale that is given."""
    row = load("It glows.\n\nScore: 8", score_scale=10)
    assert row[["score_raw", "score_scale", "score", "score_status"]].tolist() == ["8", "10", 80.0, "stated"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It glows. See it.", 4),
        ("A Small Gem\n\nBy Ann Lee\n\nIt glows. See it.\n\nGrade: B+", 7),
        ("**It** glows * and * glows — see it.", 7),
    ],
    ids=["prose", "page", "marks"],
)
def test_words_count_tokens_of_title_and_body(text, words):
    """Boilerplate is not counted, nor a lone asterisk; anything else between blanks is a word, a dash too."""
    assert load(text)["words"] == words


@pytest.mark.parametrize(
    ("headline", "film"),
    [
        ("Dune (2021)", "Dune"),
        ("Dune (2021) Review", "Dune"),
        ("Dune (2021) review: sand", "Dune"),
        ("Dune Review", "Dune"),
        ("Dune Movie Review: Sand and More Sand", "Dune"),
        ("‘Dune’ review – sand", "Dune"),
        ("Review: Dune", "Dune"),
        ("Movie Review: “Dune”", "Dune"),
        ("Dune", "Dune"),
        ("My Review", None),
        ("Movie Review", None),
        ("My Honest Review", None),
        ("The Year in Review", None),
        ("A Review of Dune", "Dune"),
        ("Review: Dune (2021)", "Dune"),
        ("The Man and the Dune (1984)", "The Man and the Dune"),
        ("Dune movie review & film summary (2021)", "Dune"),
        ("My thoughts on Dune (2021)", None),
        ("TV Review", None),
        ("Cannes Review: Dune", "Dune"),
        ("Some Other Thing Review", None),
        ("# Review: *Dune*", "Dune"),
    ],
)
def test_the_film_a_headline_states(headline, film):
    """A headline states the film that it has in quotes, beside a year or the word review, or that the prose names."""
    found = load(f"{headline}\n\nI saw Dune, the film. See it.")["film"]
    assert found == film or (film is None and pd.isna(found))


@pytest.mark.parametrize(
    ("headline", "text", "film"),
    [
        ("Lost in Starlight (2025)", "Lost in Starlight glows. I love Lost In Starlight.", "Lost in Starlight"),
        ("Lost in Starlight (2025)", "LOST IN STARLIGHT! See LOST IN STARLIGHT.", "Lost in Starlight"),
        ("Lost in Starlight (2025)", "It glows like Lost in Starlight.", None),
        ("Anna and the King (1999)", "Anna And The King glows. I love Anna And The King.", "Anna and the King"),
        ("The Room (2003)", "She leaves the room. He enters the room.", None),
        ("It (2017)", "It glows. It moved me. It did.", None),
        ("It (2017)", "I saw It, and It is a film that It fans know.", "It"),
        ("Up (2009)", "He looks up, and upward, and up.", None),
        ("Mr. X (1999)", "I saw Mra X and Mra X.", None),
    ],
    ids=["named", "capitals", "named once", "small words", "small letters", "begins", "one word", "other word", "sign"],
)
def test_the_film_another_headline_states(headline, text, film):
    """A review without such a headline is of the film that another's states if it names it twice, as a name."""
    reviews = load_reviews(pd.DataFrame({"text": [f"{headline}\n\nGood. See it.", text]}))
    assert reviews["film"][1] == film or (film is None and pd.isna(reviews["film"][1]))


def test_where_headlines_state_several_films_none_is_lent():
    """Among reviews of several films one that states none is of none: which it would be is a guess."""
    texts = ["Dune (2021)\n\nGood. See it.", "Tron (1982)\n\nGood. See it."]
    texts += ["I saw Tron, and Dune, and Tron, and Dune, and Dune again."]
    assert load_reviews(pd.DataFrame({"text": texts}))["film"].fillna("").tolist() == ["Dune", "Tron", ""]


def test_an_inner_heading_states_no_film():
    """A heading further down that names another film is not the review's."""
    assert pd.isna(load("It glows. See it.\n\nAlien (1979)\n\nThat was better. See that.")["film"])


# Tables


CSV = """\
id,body,stars,published,title,publisher,likes
r7,"A Gem

It glows. Grade: F",4/5,2025-05-30,Shine,The Paper,12
r3,It bores.,,"May 3, 2020",,,0
"""
NAMES = {"review_id": "id", "text": "body", "score": "stars", "outlet": "publisher"}


@pytest.fixture
def csv(tmp_path):
    """A table of two reviews with names of its own."""
    path = tmp_path / "mine.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_table_gives_what_its_columns_give(csv):
    """A column wins over the text; its empty cell is missing, though the text may state it; ids stay as given."""
    reviews = load_reviews(csv, columns=NAMES)
    assert reviews["review_id"].tolist() == ["r7", "r3"]
    assert reviews["score_raw"].fillna("-").tolist() == ["4/5", "-"]
    assert reviews["score"].fillna(-1).tolist() == [80, -1]
    assert reviews["score_status"].tolist() == ["stated", "none"]
    assert reviews["film"].fillna("-").tolist() == ["Shine", "-"]
    assert reviews["outlet"].fillna("-").tolist() == ["The Paper", "-"]
    assert reviews["published"].tolist() == [pd.Timestamp("2025-05-30"), pd.Timestamp("2020-05-03")]
    assert reviews["critic"].isna().all()


def test_other_columns_are_kept_last(csv):
    """The declared columns come first with their dtypes; the user's own follow as they were."""
    reviews = load_reviews(csv, columns=NAMES)
    assert list(reviews) == [*REVIEWS.names, "likes"]
    assert reviews[REVIEWS.names].dtypes.astype(str).to_dict() == DTYPES
    assert reviews["likes"].tolist() == ["12", "0"]


def test_what_no_column_gives_is_read_from_the_text(csv):
    """Without a column for it, a score or a critic comes from the text."""
    csv.write_text('words of it,likes\n"By Ann Lee\n\nIt glows. Grade: F",12\n')
    reviews = load_reviews(csv, columns={"text": "words of it"})
    assert reviews.loc[0, ["review_id", "critic", "score_raw", "likes"]].tolist() == ["1", "Ann Lee", "F", "12"]


@pytest.mark.parametrize(
    ("given", "scale", "expected"),
    [
        ("B", None, ("letter", 75, "stated")),
        ("b-", None, ("letter", 67, "stated")),
        ("★★★☆☆", None, ("5", 60, "stated")),
        ("8", None, (None, None, "unreadable")),
        ("8", 10, ("10", 80, "stated")),
        (8, 10, ("10", 80, "stated")),
        ("3/5", 10, ("5", 60, "stated")),
        ("11", 10, (None, None, "unreadable")),
        ("great", None, (None, None, "unreadable")),
        ("", None, (None, None, "none")),
        (None, None, (None, None, "none")),
        (float("nan"), 10, (None, None, "none")),
    ],
)
def test_a_score_column(given, scale, expected):
    """In a score column a letter is stated, a bare number needs the scale, and an empty cell states none."""
    row = load("It glows. Grade: F", score=[given], score_scale=scale)
    assert (
        tuple(None if pd.isna(value) else value for value in row[["score_scale", "score", "score_status"]]) == expected
    )
    assert pd.isna(row["score_raw"]) == (expected[2] == "none")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-05-30", "2025-05-30"),
        ("2025-05-30T23:59:59+09:00", "2025-05-30"),
        ("30 May 2025", "2025-05-30"),
        ("May 3rd, 2020", "2020-05-03"),
        (20250530, "2025-05-30"),
        (pd.Timestamp("2025-05-30 08:52").date(), "2025-05-30"),
        (pd.Timestamp("2025-05-30 08:52"), "2025-05-30"),
    ],
    ids=["ISO", "with a zone", "in words", "ordinal", "digits", "date", "timestamp"],
)
def test_a_date_column(written, day):
    """A date is midnight of the day that it names, where it was written."""
    assert load("It glows.", published=[written])["published"] == pd.Timestamp(day)


def test_all_sources_give_one_table(tmp_path):
    """A folder, a csv, a jsonl and a DataFrame of the same reviews give the same table."""
    frame = pd.DataFrame({"review_id": ["a", "b"], "text": ["A Gem\n\nIt glows. Grade: B+", "It bores me."]})
    frame.to_csv(tmp_path / "r.csv", index=False)
    frame.to_json(tmp_path / "r.jsonl", orient="records", lines=True)
    folder = tmp_path / "texts"
    folder.mkdir()
    for review_id, text in zip(frame["review_id"], frame["text"], strict=True):
        (folder / f"{review_id}.txt").write_bytes(text.encode())
    expected = load_reviews(frame)
    for source in (tmp_path / "r.csv", str(tmp_path / "r.jsonl"), folder):
        assert_frame_equal(load_reviews(source), expected)


def test_the_given_frame_is_not_changed():
    """Loading changes nothing in the frame that is given."""
    given = pd.DataFrame({"body": ["It glows.\r\n"], "score": ["8"], "title": [" "], "n": [1]})
    before = given.copy(deep=True)
    load_reviews(given, columns={"text": "body"}, score_scale=10)
    assert_frame_equal(given, before)


# Text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeffa", "a"),
        ("a\ufeff", "a\ufeff"),
        ("Cafe\u0301", "Café"),
        (" \xa0**a** \n\n", " \xa0**a** \n\n"),
        ("½ … ﬁ ①", "½ … ﬁ ①"),
    ],
    ids=["newlines", "mark at the front", "mark inside", "accent", "blanks", "compatibility"],
)
def test_text_is_normalised_and_nothing_else(raw, text):
    """Newlines, accents and a byte order mark at the front take one form; all else stays as it is."""
    assert normalise(raw) == text
    assert load(f"It.{raw}x")["text"] == normalise(f"It.{raw}x")


NOTHING = ["nan", "NaN", "NAN", "NaT", "None", "NONE", "none", "null", "NULL", "undefined", "\\N", "N/A", "n/a", "N/a"]
NOTHING += ["NA", "<NA>", "-", "--", "–", "—"]


@given(st.text(min_size=1))
def test_any_text_loads(text):
    """Any text but a blank or a word for none is a review: its text is the normal form, wrong encodings mended."""
    if text.replace("\0", "").strip("\ufeff").strip() not in ("", *NOTHING):
        whole = text.replace("\0", "\ufffd")
        assert load(text)["text"] in (normalise(whole), normalise(fix_encoding(whole)))
    else:
        refusal(TableError, pd.DataFrame({"text": [text]}))


# What is refused


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    """A copy of the project's seeds and their digests, which load_reviews takes for its own."""
    shutil.copytree(resource("seeds"), tmp_path / "seeds")
    (tmp_path / "data").mkdir()
    shutil.copy(resource("data", "SHA256SUMS"), tmp_path / "data")
    monkeypatch.setattr("starlight.base.resources._PACKAGE", tmp_path / "starlight")
    return tmp_path / "seeds"


def test_the_copied_seeds_load(seeds, reviews):
    """An untouched copy is the five reviews."""
    assert_frame_equal(load_reviews(), reviews)


def test_missing_seeds_are_refused(seeds):
    """Without seeds/ the message names the first file and says what to do."""
    shutil.rmtree(seeds)
    assert refusal(ReadError).startswith("seeds/000_0104307cec48cacc.txt cannot be read: No such file or directory. ")


def test_an_added_seed_is_named(seeds):
    """A text among the seeds that is not one of the five is refused by name."""
    (seeds / "005.txt").write_text("It glows.")
    assert refusal(ReadError) == (
        "seeds/005.txt is not one of the five reviews that data/SHA256SUMS lists, or is a link. Move it out of seeds/, "
        "and load reviews of your own with load_reviews(path)."
    )


def test_a_table_without_a_text_is_refused(csv):
    """The message names the file and its columns, and how to say which one is the text."""
    csv.write_text("words,stars\nIt glows.,5\n")
    assert refusal(TableError, csv) == (
        "mine.csv has no column 'text' (it has 'words', 'stars'). "
        "Say which column holds the texts: columns={'text': ...}; if these are no names, add names above."
    )


def test_an_unknown_name_in_columns_is_refused(csv):
    """The message names it, the nearest of our names, and all of them."""
    words = refusal(TableError, csv, columns={"txt": "body"})
    assert words.startswith(
        "columns= has 'txt', which is no column of the reviews table. Did you mean 'text'? Allowed: 'review_id',"
    )


# What is kept, and what is left out, with the reason


EMPTY = {"empty": "", "blank": " \n", "mark": "\ufeff \xa0", "missing": None, "NaN": float("nan")}


def reported(reviews):
    """Return what the report says of rows, as (row, column, value, action)."""
    report = load_report(reviews).fillna("-")
    return report.loc[report["row"] > 0, ["row", "column", "value", "action"]].to_numpy().tolist()


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_a_row_without_a_text_is_left_out_and_said_to_be(text):
    """The others load under their own row's number; a warning says that rows were refused, the report which and why."""
    frame = pd.DataFrame({"text": ["It glows.", text, "It bores."], "likes": [1, 2, 3]}, dtype=object)
    with pytest.warns(UserWarning, match=r"^1 of 3 rows of the DataFrame were refused: load_report\(reviews\) says"):
        reviews = load_reviews(frame)
    assert reviews["review_id"].tolist() == ["1", "3"]
    assert [(row, column, action) for row, column, _, action in reported(reviews)] == [(2, "text", "refused")]
    assert load_report(reviews)["reason"].tolist()[1:] == ["there is no text"]


@pytest.mark.parametrize("text", [5, ["It glows."], {"a": 1}], ids=repr)
def test_what_is_no_text_is_left_out(text):
    """A number or a list is no text."""
    with pytest.warns(UserWarning, match="refused"):
        reviews = load_reviews(pd.DataFrame({"body": ["It glows.", text]}, dtype=object))
    assert reported(reviews) == [[2, "body", str(text), "refused"]]
    assert load_report(reviews)["reason"].tolist()[-1] == "it is not text"


@pytest.mark.parametrize(
    ("name", "cell", "why"),
    [("id", "a\0b", "a NUL character"), ("likes", "a\ud83db", "half of a character")],
    ids=ascii,
)
def test_a_cell_that_no_file_can_hold_leaves_its_row_out(name, cell, why):
    """A NUL in an id, or half of a character in any cell, refuses its row; the report shows it as JSON would."""
    with pytest.warns(UserWarning, match="refused"):
        reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It bores."], name: ["a", cell]}, dtype=object))
    assert reviews["text"].tolist() == ["It glows."]
    assert reported(reviews)[-1][:2] == [2, name]
    assert why in load_report(reviews)["reason"].tolist()[-1]


def test_a_nul_character_is_replaced():
    """A review with a NUL stays, U+FFFD stands for it in each cell, and the report says so."""
    reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It\0bores."], "likes": ["", "a\0b"]}))
    assert reviews[["text", "likes"]].iloc[1].tolist() == ["It\ufffdbores.", "a\ufffdb"]
    noted = load_report(reviews).iloc[-2:].sort_values("column", ascending=False)
    assert noted[["row", "column", "action"]].to_numpy().tolist() == [[2, "text", "noted"], [2, "likes", "noted"]]
    assert "U+FFFD stands for it" in noted["reason"].iloc[0]


def test_an_empty_file_in_a_folder_is_left_out(tmp_path):
    """A file without a text is named in the report."""
    (tmp_path / "a.txt").write_text("It glows.")
    (tmp_path / "b.txt").write_text("")
    with pytest.warns(UserWarning, match="1 of 2 rows"):
        reviews = load_reviews(tmp_path)
    assert load_report(reviews).iloc[-1][["source", "row", "action"]].tolist() == ["b.txt", 2, "refused"]


def test_where_no_row_can_be_loaded_nothing_is(tmp_path):
    """A source without a single review is an error that names the first row at fault."""
    assert refusal(TableError, pd.DataFrame({"body": ["", " "]})) == (
        "None of the 2 rows can be loaded. the DataFrame, row 1, column 'body': there is no text (it is ''). "
        "Correct it, or leave the row out."
    )


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("r.jsonl", b"5\n[6]\n", "None of the 2 rows can be loaded. r.jsonl, row 1: it is not a JSON object"),
        ("r.jsonl", b"", "r.jsonl has no rows. Give at least one review."),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0", "a.txt, row 1: a.txt is not text: byte 8 is a control character."),
    ],
    ids=["no records", "empty", "picture"],
)
def test_where_nothing_can_be_read_no_column_is_to_blame(tmp_path, name, raw, words):
    """A source of which nothing was read has no columns: the message has what is wrong with it."""
    (tmp_path / name).write_bytes(raw)
    assert words in refusal(TableError, tmp_path / name)


def test_a_row_that_repeats_another_is_left_out():
    """A row with every cell of an earlier one is refused; its text under another critic is kept, and told."""
    frame = pd.DataFrame({"body": ["It glows."] * 3, "critic": ["Ann", "Ann", "Bob"]})
    with pytest.warns(UserWarning, match="1 of 3 rows"):
        reviews = load_reviews(frame)
    assert reviews["critic"].tolist() == ["Ann", "Bob"]
    assert reported(reviews) == [[2, "-", "-", "refused"], [3, "body", "It glows.", "kept"]]
    assert load_report(reviews)["reason"].tolist()[1:] == ["every cell repeats row 1", "its text repeats that of row 1"]


def test_a_note_on_a_text_has_only_its_first_words():
    """A report is shown on pages that leave the texts out: what it notes of a whole text begins it, and no more."""
    film = "Ein wunderschöner Film, die Animation ist großartig. Leider ist die Handlung etwas dünn."
    reviews = load_reviews(pd.DataFrame({"body": [film, film], "critic": ["Ann", "Bob"]}))
    begun = "Ein wunderschöner Film, die Animation…"
    assert reported(reviews) == [[1, "body", begun, "noted"], [2, "body", begun, "kept"], [2, "body", begun, "noted"]]


def test_two_viewers_may_write_the_same():
    """In a table that has nothing but texts and scores, rows that are equal may be two viewers': both are kept."""
    reviews = load_reviews(pd.DataFrame({"text": ["Loved it.", "Loved it."], "score": ["5/5", "5/5"]}))
    assert reported(reviews) == [[2, "text", "Loved it.", "kept"]]


@pytest.mark.parametrize("name", ["liked", "score", "stars"])
def test_two_viewers_may_write_the_same_whatever_the_score_is_called(name):
    """Equal rows with no more than a text and a score are kept, whether the score is known for one or not."""
    assert len(load_reviews(pd.DataFrame({"review": ["Good.", "Good.", "Bad."], name: ["1/5", "1/5", "0/5"]}))) == 3


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ({"film": "Harbour", "stars": "4/5"}, 2),
        ({"date": "2025-05-30", "helpful": "3"}, 2),
        ({"critic": "Ann", "date": "2025-05-30"}, 1),
        ({"critic": "n/a", "date": "2025-05-30"}, 2),
        ({"id": "17"}, 1),
        ({"url": "https://a.b/1"}, 1),
        ({"user_id": "17"}, 1),
    ],
    ids=lambda cells: " ".join(cells) if isinstance(cells, dict) else None,
)
def test_a_row_is_repeated_only_if_it_says_which_review_it_is(cells, left):
    """By an id, a critic or an address; two viewers of a film may both write the same."""
    row = {"review": "Good."} | cells
    with nullcontext() if left == 2 else pytest.warns(UserWarning, match="1 of 2 rows"):
        assert len(load_reviews(pd.DataFrame([row, row]))) == left


@pytest.mark.parametrize("word", NOTHING)
def test_a_word_for_nothing_is_nothing(word):
    """A program's word for an empty cell is no critic, no date and no score, and such a text is no review."""
    frame = pd.DataFrame({"text": ["It glows.", word], "critic": word, "date": word, "stars": word, "own": word})
    with pytest.warns(UserWarning, match="1 of 2 rows"):
        reviews = load_reviews(frame)
    assert reviews[["critic", "published", "score_raw"]].isna().all(axis=None)
    assert reviews["own"].tolist() == [word]
    assert load_report(reviews).query("action == 'kept'").empty


@pytest.mark.parametrize(
    ("cell", "film"),
    [("1917.0", "1917"), (1917.0, "1917"), ("2.0", "2.0"), ("300.05", "300.05"), (300, "300")],
    ids=repr,
)
def test_a_whole_number_has_no_point(cell, film):
    """What a program made of 1917 is 1917 again; the film 2.0 keeps its name."""
    assert load_reviews(pd.DataFrame({"text": ["It glows."], "film": [cell]}))["film"].tolist() == [film]


@pytest.mark.parametrize("ids", [[7, 7], ["7", None], ["7", " "]], ids=["repeated", "missing", "blank"])
def test_a_guessed_column_of_ids_that_is_none_is_kept_as_it_is(ids):
    """A guessed id that repeats or is missing tells no rows apart: rows are numbered, and the report says so."""
    reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It bores."], "id": ids}))
    assert reviews["review_id"].tolist() == ["1", "2"]
    assert reviews["id"].fillna("-").tolist() == pd.Series(ids).fillna("-").tolist()
    notes = load_report(reviews)
    assert notes[["column", "reason"]].to_numpy().tolist() == [
        ["id", "not taken for ids, since some repeat or are missing: rows are numbered"]
    ]


def test_a_column_of_ids_that_are_none_is_kept_though_it_has_the_name():
    """Where rows are numbered in review_id, what stood there is in given_id."""
    reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It bores."], "review_id": ["x", "x"]}))
    assert reviews[["review_id", "given_id"]].to_numpy().tolist() == [["1", "x"], ["2", "x"]]


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        (["a", "a"], "the DataFrame, row 2, column 'id': its id is that of row 1 too. Give each row its own, or"),
        (["a", ""], "the DataFrame, row 2, column 'id': there is no id. Give each row one."),
    ],
    ids=["repeated", "blank"],
)
def test_a_named_column_of_ids_must_be_one(ids, words):
    """An id column that columns= names is an error where it tells no rows apart."""
    frame = pd.DataFrame({"text": ["It glows.", "It bores."], "id": ids})
    assert refusal(TableError, frame, columns={"review_id": "id"}).startswith(words)


NO_DAYS = ["yesterday", "now", "2025", 2025, "May 2025", "May 3", "10:15:00", "2025-13-45", "31 June 2025", 1.5]
NO_DAYS += ["05/06/2025", "5.6.2025", "9" * 5000]


@pytest.mark.parametrize("date", NO_DAYS, ids=lambda date: repr(date)[:20])
def test_a_date_that_names_no_day_for_sure_is_missing_and_told(date):
    """A date is never guessed: what names no day of a year, or may name two, is missing, and the report has it."""
    frame = pd.DataFrame({"text": ["It glows.", "It bores."], "date": pd.Series(["2025-05-30", date], dtype=object)})
    reviews = load_reviews(frame)
    assert reviews["published"].isna().tolist() == [False, True]
    ((row, column, value, action),) = reported(reviews)
    assert (row, column, action) == (2, "date", "kept")
    assert str(date).startswith(value.rstrip("…"))
    assert "the day is not certain" in load_report(reviews)["reason"].iloc[-1]


@pytest.mark.parametrize(
    ("others", "month"), [(["25/12/2024"], 6), (["12/25/2024"], 5), (["25/12/2024", "12/25/2024"], None)]
)
def test_other_dates_tell_what_comes_first(others, month):
    """One date with a number over 12 tells for all of its column what comes first, and the report says so."""
    frame = pd.DataFrame({"text": list("abc")[: 1 + len(others)], "date": ["5/6/2025", *others]})
    reviews = load_reviews(frame)
    read = reviews["published"].iloc[0]
    assert read.month == month if month else pd.isna(read)
    report = load_report(reviews)
    assert (
        report.loc[report["reason"].str.endswith("as some of them show"), "column"].tolist() == ["date"][: month or 0]
    )


def test_a_score_that_cannot_be_read_is_told():
    """It is kept as printed; a warning says why it has no number and what would read it, and the report too."""
    frame = pd.DataFrame({"text": ["It glows.", "It bores."], "stars": ["4/5", "8"]})
    why = (
        "bare numbers (1 score, 8): too few to show what they are out of, so none is read. "
        "Give score_scale=10 if they are out of 10."
    )
    with pytest.warns(UserWarning, match="^1 of 2 scores") as caught:
        reviews = load_reviews(frame)
    assert [str(one.message) for one in caught] == [
        f"1 of 2 scores of the DataFrame were not read: {why} See load_report(reviews)."
    ]
    assert reported(reviews) == [[2, "stars", "8", "kept"]]
    assert load_report(reviews)["reason"].iloc[-1] == why


def test_a_score_that_a_text_states_is_told_under_the_name_of_the_texts():
    """Where a score that cannot be read stands in the text, the report names the user's column of texts."""
    with pytest.warns(UserWarning, match="^1 of 1 scores of the DataFrame were not read[.] See load_report"):
        reviews = load_reviews(pd.DataFrame({"body": ["It glows.\n\nScore: 8"]}))
    assert reported(reviews) == [[1, "body", "8", "kept"]]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"text": ["It glows.", ""]}, "row 2, column 'text': there is no text"),
        ({"text": ["a", "b"], "published": ["May", "May"]}, "row 1, column 'published': the day is not certain"),
        ({"text": ["a", "b"], "score": ["4/5", "8"]}, "row 2, column 'score': bare numbers (1 score, 8)"),
        ({"text": ["a", "a"], "critic": ["A", "A"]}, "row 2: every cell repeats row 1"),
    ],
    ids=["text", "date", "score", "repeat"],
)
def test_strict_raises_on_the_first(cells, words):
    """With strict=True the first row or cell that would be in the report is an error; a good table loads the same."""
    assert f"the DataFrame, {words}" in refusal(TableError, pd.DataFrame(cells), strict=True)
    good = pd.DataFrame({"text": ["It glows."], "score": ["4/5"]})
    assert_frame_equal(load_reviews(good, strict=True), load_reviews(good))


@pytest.mark.parametrize("scale", [0, -1, "10", True, float("nan"), 5000])
def test_a_score_scale_that_is_none_is_refused(scale):
    """A maximum that is no number from 1 to 1000 is an error, not a column of unreadable scores."""
    words = refusal(ScoreError, pd.DataFrame({"text": ["It glows."], "score": ["8"]}), score_scale=scale)
    assert words == f"scale is {scale!r}. Give the scale's maximum, a number from 1 to 1000."


@pytest.mark.parametrize(
    ("date", "day"), [("30/05/2025", "2025-05-30"), ("05/30/2025", "2025-05-30"), ("03/3/2025", "2025-03-03")]
)
def test_a_date_with_one_reading_is_read(date, day):
    """A day over 12, or one that equals its month, leaves one reading."""
    frame = pd.DataFrame({"text": ["It glows."], "published": [date]})
    assert load_reviews(frame)["published"][0] == pd.Timestamp(day)


@pytest.mark.parametrize("label", ["Release Date", "Release date:", "In theaters", "Opens"])
def test_a_release_date_on_a_line_of_its_own_is_not_the_reviews(label):
    """A date below a label that speaks of the film is the film's."""
    assert pd.isna(load(f"A Gem\n\nIt glows. See it.\n\n{label}\nJuly 21, 2023")["published"])


@pytest.mark.parametrize(
    ("line", "raw"), [("I loved it. A+", "A+"), ("3/5 – A solid effort", "3/5"), ("B+ | Drama", "B+")]
)
def test_a_score_is_read_where_it_has_a_short_line(line, raw):
    """A line that prints a score is no heading, and its score is stated."""
    assert load(f"{line}\n\nIt glows. See it, and then see it again.")[["score_raw", "score_status"]].tolist() == [
        raw,
        "stated",
    ]


@pytest.mark.parametrize("source", [5, ["a text"], {"text": ["a"]}, "", "It glows. " * 1000, "a\0b"])
def test_what_is_no_source_is_refused(source):
    """A number, a list, an empty path, or a review's own text in place of a path is refused with the way to load it."""
    with pytest.raises(ReadError, match=r"DataFrame\(\{'text'|no path|no file or folder"):
        load_reviews(source)


def test_columns_must_be_a_dict():
    """`columns` that is no dict is refused with an example."""
    with pytest.raises(ReadError, match=r"columns must be a dict .* not 'body'"):
        load_reviews(pd.DataFrame({"body": ["It glows."]}), columns="body")


def test_columns_are_found_in_any_case():
    """A column whose name is ours but for case and blanks is ours."""
    reviews = load_reviews(pd.DataFrame({"Text": ["It glows.", "It bores."], " score": [7, None]}), score_scale=10)
    assert reviews["score"].fillna(-1).tolist() == [70, -1]
    assert reviews["score_raw"][0] == "7"


# Long and odd texts


def test_marks_are_put_in_order_as_unicode_has_it():
    """Runs of combining marks have the form that Unicode gives them, in less than the square of their length."""
    mixed = "e" + "\u0301\u0316\u0f73\u0344가" * 60
    assert normalise(mixed) == unicodedata.normalize("NFC", mixed)
    many = normalise("a" + "\u0301\u0316" * 300_000)
    assert many[:3] == "á\u0316\u0316"
    assert many.count("\u0301") == 299_999


@given(st.text(st.sampled_from("\ufeffa\r\n\u0301é")))
def test_a_normal_text_is_normal(text):
    """What is normal stays so, however often a table is saved and loaded: also after two byte order marks."""
    assert normalise(normalise(text)) == normalise(text)


def test_categories_are_read_cell_by_cell():
    """A score that is one of categories is read as any other, also where another category is no text."""
    score = pd.Series(["4/5", (1, 2)], dtype="object").astype("category")
    reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It bores."], "score": score}))
    assert reviews["score_status"].tolist() == ["stated", "unreadable"]
