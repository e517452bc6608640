"""Columns are found by their usual names; where a guess could go wrong, the call to make is in the message."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from starlight import load_report, load_reviews
from starlight.errors import TableError
from starlight.loading import find_columns, rename
from starlight.tables import REVIEWS

USUAL = {
    "text": [
        "review",
        "text",
        "body",
        "content",
        "Review Text",
        "comments",
        "My Review",
        "Review-Description",
        "reseña",
    ],
    "score": [
        "rating",
        "score",
        "stars",
        "grade",
        "originalScore",
        "review_stars",
        "movie_rating",
        "Bewertung",
        "note",
    ],
    "critic": ["critic", "author", "reviewer", "userName", "author name", "auteur", "benutzer_name"],
    "outlet": ["publisher", "outlet", "source", "fuente"],
    "published": ["date", "published", "review_date", "at", "publishedAt", "date_posted", "Veröffentlicht am", "fecha"],
    "film": ["film", "movie", "Movie Title", "title", "Titel", "película", "book_title"],
    "title": ["headline", "review_title", "subject"],
    "review_id": ["id", "review_id"],
}


def refusal(function, *arguments):
    """Return the words with which something is refused."""
    with pytest.raises(TableError) as caught:
        function(*arguments)
    return str(caught.value)


def renamed(frame, columns):
    """Return a table with our names for the columns that are found or named."""
    return rename(frame, find_columns(frame.columns, columns, "mine.csv"))


@pytest.mark.parametrize(("ours", "theirs"), [(ours, name) for ours, names in USUAL.items() for name in names])
@pytest.mark.parametrize("case", [str, str.upper, str.title, lambda name: f" {name} "], ids=["", "A", "Aa", "blanks"])
def test_a_usual_name_is_found_in_any_case(ours, theirs, case):
    """Each of the names that tables use for a column is found, however it is written."""
    names = [case(theirs)] if ours == "text" else [case(theirs), "text"]
    assert find_columns(names, None, "mine.csv").theirs[ours] == case(theirs)


def test_what_the_user_names_wins():
    """A column that is named is taken, and others that might be it are the user's own."""
    assert find_columns(["body", "review", "n"], {"text": "n"}, "mine.csv").theirs == {"text": "n"}
    assert find_columns(["body", "review"], {"text": "body"}, "mine.csv").theirs == {"text": "body"}


def test_one_column_may_serve_for_two():
    """The same column may be two of ours, if the user says so."""
    given = {"text": "body", "title": "headline", "film": "headline"}
    assert find_columns(["body", "headline"], given, "mine.csv").theirs == {
        "film": "headline",
        "title": "headline",
        "text": "body",
    }


def found(*names):
    """Return which columns are ours, by our names."""
    return find_columns(names, None, "mine.csv").theirs


def test_a_title_is_the_work_unless_another_column_is():
    """Beside a column of films a title is a headline; beside a headline it is the work."""
    assert found("title", "text") == {"film": "title", "text": "text"}
    assert found("title", "text", "movie_name") == {"film": "movie_name", "title": "title", "text": "text"}
    assert found("title", "text", "Summary") == {"film": "title", "title": "Summary", "text": "text"}


def test_a_surer_name_wins():
    """A review is the text and not its description; a date is one and not a time; a film has an id of its own."""
    assert found("description", "review") == {"text": "review"}
    assert found("user_comment", "user_rate", "movie_rating")["score"] == "user_rate"  # the film's is an average
    assert found("text", "time", "date", "movie_id", "movie_date") == {"published": "date", "text": "text"}


def test_a_title_that_gives_way_keeps_a_name_of_its_own():
    """Where the headline is elsewhere, a user's `title` stands in given_title, and the report says so."""
    frame = pd.DataFrame({"text": ["It glows."], "film": ["Ice"], "title": ["Ice (2020)"], "headline": ["A Gem"]})
    assert load_reviews(frame)[["film", "title", "given_title"]].to_numpy().tolist() == [["Ice", "A Gem", "Ice (2020)"]]
    assert ["title", "given_title", "the column is kept as given_title: another column was taken for it"] in noted(
        frame
    )


def test_of_two_columns_of_ids_ours_is_taken():
    """A column by our own name is the id; another that might be is the user's own."""
    assert find_columns(["id", "review_id", "text"], None, "mine.csv").theirs["review_id"] == "review_id"


@pytest.mark.parametrize(
    ("names", "columns", "words"),
    [
        (
            ["body", "review", "n"],
            None,
            "mine.csv has several columns that may be 'text': 'body', 'review'. "
            "Say which one it is: columns={'text': 'body'}.",
        ),
        (
            ["text", "score", "Stars"],
            None,
            "mine.csv has several columns that may be 'score': 'score', 'Stars'. "
            "Say which one it is: columns={'score': 'score'}.",
        ),
        (
            ["words of it", "n"],
            None,
            "mine.csv has no column 'text' (it has 'words of it', 'n'). "
            "Say which column holds the texts: columns={'text': ...}; if these are no names, add names above.",
        ),
        (
            [],
            None,
            "mine.csv has no column 'text' (it has none). Say which column holds the texts: columns={'text': ...}; if "
            "these are no names, add names above.",
        ),
        (["body"], {"text": "bodi"}, "mine.csv has no column 'bodi'. Did you mean 'body'? Allowed: 'body'."),
        (
            ["text"],
            {"titel": "text"},
            "columns= has 'titel', which is no column of the reviews table. Did you mean 'title'? Allowed: "
            "'review_id', 'film', 'title', 'outlet', 'critic', "
            "'published', 'text', 'score'.",
        ),
        (["text", "text"], None, "mine.csv has more than one column 'text'. Rename one, or drop it."),
    ],
    ids=["two texts", "two scores", "no text", "no columns", "misspelt theirs", "misspelt ours", "same name"],
)
def test_what_cannot_be_told_is_refused(names, columns, words):
    """The message names the table and its columns, and has the call to make."""
    assert refusal(find_columns, names, columns, "mine.csv") == words


def test_columns_get_our_names_and_others_keep_theirs():
    """The frame that is given is not changed."""
    given = pd.DataFrame({"body": ["a"], "likes": [1], 7: ["x"]})
    before = given.copy(deep=True)
    assert renamed(given, {"text": "body"}).to_dict("records") == [{"likes": 1, "7": "x", "text": "a"}]
    assert_frame_equal(given, before)


def test_names_can_change_places():
    """Two columns whose names are the wrong way round are turned round."""
    frame = renamed(pd.DataFrame({"text": ["h"], "title": ["a"]}), {"text": "title", "title": "text"})
    assert frame[["text", "title"]].to_numpy().tolist() == [["a", "h"]]


@pytest.mark.parametrize(
    ("frame", "found", "words"),
    [
        (
            {"text": ["a summary"], "body": ["a"]},
            {"text": "body"},
            "mine.csv has more than one column 'text'. Rename one, or drop it.",
        ),
        (
            {"text": ["a"], "words": ["many"]},
            {"text": "text"},
            "mine.csv has a column 'words', which only Starlight itself computes. Rename it, or drop it.",
        ),
        (
            {"text": ["a"], 7: ["x"], "7": ["y"]},
            {"text": "text"},
            "mine.csv has more than one column '7'. Rename one, or drop it.",
        ),
    ],
    ids=["two texts", "worked out", "same as text"],
)
def test_a_name_that_is_taken_is_refused(frame, found, words):
    """A user's own column cannot have the name of one of ours."""
    assert refusal(renamed, pd.DataFrame(frame), found) == words


def test_names_that_are_missing_or_no_text_are_names():
    """A column named NA or by a number is kept, under its name as text; a name is compared by what it is."""
    names = pd.Index(["text", pd.NA, 7, None, (1, 2)], dtype="object")
    frame = pd.DataFrame([["It glows.", "a", "b", "c", "d"]], columns=names)
    assert list(renamed(frame, None)) == ["<NA>", "7", "None", "(1, 2)", "text"]


def test_half_a_character_in_a_name_is_refused():
    """Such a name cannot be written down, so it comes no further; the message shows it as Python writes it."""
    with pytest.raises(TableError, match=r"t has half of a character in the name of column '\\ud800'"):
        find_columns(["text", "\ud800"], None, "t")


@pytest.mark.parametrize("theirs", [["body"], pd.NA, {"a": 1}])
def test_what_can_be_no_name_is_none(theirs):
    """A list given for a column's name is refused as any other name that is not there."""
    with pytest.raises(TableError, match="t has no column"):
        find_columns(["body"], {"text": theirs}, "t")


def test_a_table_has_a_thousand_columns_at_most():
    """More are no table of reviews, in a DataFrame as in a file: 100,000 took longer than anyone waits."""
    names = ["text", *map(str, range(999))]
    assert find_columns(names, None, "t").theirs == {"text": "text"}
    with pytest.raises(TableError, match=r"t has 1,001 columns, and a table of reviews at most 1,000\. Keep fewer"):
        find_columns([*names, "one more"], None, "t")


def test_a_table_that_was_saved_is_read_as_the_user_says():
    """Where columns= names a column, the table is a user's own, in which `words` is refused, though it has all ours."""
    words = "t has a column 'words', which only Starlight itself computes. Rename it, or drop it."
    assert refusal(find_columns, REVIEWS.names, {"text": "title"}, "t") == words
    assert find_columns(REVIEWS.names, {}, "t").theirs["text"] == "text"


UNUSED = "columns that were not used, and are kept as they are"


def noted(frame, **options):
    """Return the notes that loading a table makes of its columns."""
    report = load_report(load_reviews(frame, **options))
    report["column"] = report["column"].astype(object).where(report["column"].notna(), None)
    return report.loc[report["action"].eq("noted"), ["column", "value", "reason"]].to_numpy().tolist()


def test_what_was_found_given_and_not_used_is_noted():
    """Notes tell the columns that were found, that the user gave, and that were not used; not those with our names."""
    frame = pd.DataFrame({"body": ["It glows."], "stars": ["4/5"], "film": ["Ice"], "likes": [3], "shop": ["a"]})
    assert noted(frame, columns={"text": "body"}) == [
        ["body", "text", "columns= gives this column for text"],
        ["stars", "score", "the column was taken for score"],
        [None, "likes, shop", UNUSED],
    ]


def test_a_column_called_name_is_kept_under_another_and_noted():
    """A user's own `name` is no name of ours: its cells stand in given_name, and the report says so."""
    frame = pd.DataFrame({"text": ["It glows."], "name": ["Ann"]})
    reviews = load_reviews(frame)
    assert (reviews["given_name"].tolist(), reviews["name"].tolist()) == (["Ann"], ["It glows."])
    what = "the column is kept as given_name: name is the name that Starlight gives each review"
    assert noted(frame) == [["name", "given_name", what], [None, "given_name", UNUSED]]
    assert noted(frame, columns={"critic": "name"}) == [["name", "critic", "columns= gives this column for critic"]]


def test_a_column_called_given_name_stays_beside_one_called_name():
    """Where given_name is taken too, the next number makes a free name, which the report tells."""
    frame = pd.DataFrame({"text": ["It glows."], "name": ["Ann"], "given_name": ["Bo"], "given_name_2": ["Cy"]})
    reviews = load_reviews(frame)
    assert reviews[["given_name", "given_name_2", "given_name_3"]].to_numpy().tolist() == [["Bo", "Cy", "Ann"]]
    assert [note[:2] for note in noted(frame)][:-1] == [["name", "given_name_3"]]


def test_ids_that_repeat_are_kept_beside_a_column_called_given_id():
    """The user's given_id is not overwritten by the ids that do not tell rows apart."""
    frame = pd.DataFrame({"text": ["It glows.", "It bores."], "review_id": ["a", "a"], "given_id": ["x", "y"]})
    reviews = load_reviews(frame)
    assert reviews[["given_id", "given_id_2"]].to_numpy().tolist() == [["x", "a"], ["y", "a"]]
