"""Files and frames are read as they stand, and what cannot be read is named with its place and the remedy."""

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from starlight.errors import ReadError, TableError
from starlight.sources import named, read_folder, read_table


def refusal(error, function, *arguments):
    """Give the words with which something is refused."""
    with pytest.raises(error) as caught:
        function(*arguments)
    return str(caught.value)


@pytest.fixture
def folder(tmp_path):
    """A folder of two reviews, and of things that are none."""
    (tmp_path / "b.txt").write_bytes(b"Fine.\r\n")
    (tmp_path / "a.MD").write_bytes("\ufeffCafé!".encode())
    for name in (".hidden.txt", "notes.pdf", "folder.txt/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("No review.")
    return tmp_path


def test_a_folder_gives_a_row_for_each_text(folder):
    """Each .txt or .md file, in the order of their names, is a row with its stem as id; nothing else is."""
    frame = read_folder(folder)
    assert frame.index.tolist() == ["a.MD", "b.txt"]
    assert frame["review_id"].tolist() == ["a", "b"]
    assert frame["text"].tolist() == ["Café!", "Fine.\r\n"]


def test_a_missing_folder_is_named(tmp_path):
    """The message names the folder and the remedy."""
    assert refusal(ReadError, read_folder, tmp_path / "seeds") == (
        "There is no folder 'seeds'. Restore it, or give load_reviews() a path of your own."
    )


def test_an_empty_folder_is_named(tmp_path):
    """A folder without a text is refused: it is never a table of no reviews."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.pdf").write_text("No review.")
    assert refusal(ReadError, read_folder, folder) == (
        "The folder 'mine' holds no reviews. Put one text (.txt or .md) in it for each."
    )


def test_two_files_with_one_stem_are_refused(folder):
    """The ids would be the same: the message says which."""
    (folder / "b.md").write_text("Fine too.")
    assert refusal(ReadError, read_folder, folder) == (
        f"The folder {folder.name!r} holds two files named 'b'. Rename one of them."
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (
            "Café".encode("latin-1"),
            "c.txt is not UTF-8 text: byte 3 is 0xe9. Save it as UTF-8, or take it out of the folder.",
        ),
        (
            b"\x89PNG\r\n\x1a\n",
            "c.txt is not UTF-8 text: byte 0 is 0x89. Save it as UTF-8, or take it out of the folder.",
        ),
        (b"Fi\0ne", "c.txt is not text: character 2 is NUL. Take it out of the folder."),
    ],
    ids=["Latin-1", "picture", "NUL"],
)
def test_a_file_that_is_not_text_is_named(folder, raw, words):
    """The message names the file, the byte at fault and where it stands, and the remedy."""
    (folder / "c.txt").write_bytes(raw)
    assert refusal(ReadError, read_folder, folder) == words


ROWS = [{"text": "Fine, really.", "score": "NA"}, {"text": "“Good”\nfilm", "score": None}]
FILES = {
    "r.csv": 'text,score\n"Fine, really.",NA\n"“Good”\nfilm",\n',
    "r.CSV": '\ufefftext,score\r\n"Fine, really.",NA\r\n"“Good”\nfilm",\r\n',
    "r.tsv": 'text\tscore\nFine, really.\tNA\n"“Good”\nfilm"\t\n',
    "r.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS),
}


@pytest.mark.parametrize("name", FILES)
def test_a_table_is_read_as_it_stands(tmp_path, name):
    """Cells are text as written ("NA" is no missing value, "007" no number); only an empty cell is missing."""
    (tmp_path / name).write_bytes(FILES[name].encode())
    frame = read_table(tmp_path / name)
    assert frame["text"].tolist() == [row["text"] for row in ROWS]
    assert frame["score"][0] == "NA"
    assert frame["score"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("name", "raw"), [("r.csv", "text,n\na,007\n"), ("r.jsonl", '{"text": "a", "n": "007"}\n')], ids=["csv", "jsonl"]
)
def test_text_that_looks_like_a_number_stays_text(tmp_path, name, raw):
    """An id such as 007 keeps its zeros."""
    (tmp_path / name).write_text(raw)
    assert read_table(tmp_path / name)["n"].tolist() == ["007"]


@pytest.mark.parametrize("name", ["none.csv", "none.jsonl", "none", "none.xlsx"])
def test_a_missing_file_is_named(tmp_path, name):
    """What does not exist is said not to exist, whatever its ending."""
    path = tmp_path / name
    assert refusal(ReadError, read_table, path) == f"There is no file or folder {str(path)!r}. Correct the path."


def test_an_unknown_ending_is_refused_with_those_that_are_read(tmp_path):
    """The message names the file and what can be given."""
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK")
    assert refusal(ReadError, read_table, path) == (
        f"{str(path)!r} is no table that can be read. Give a .csv, .tsv, .jsonl file, a folder or a DataFrame."
    )


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("r.csv", b"", "No columns to parse from file"),
        ("r.csv", b"\x89PNG\r\n", "invalid start byte"),
        ("r.tsv", "text\ncafé au lait\n".encode("latin-1"), "can't decode byte 0xe9 in position"),
        ("r.csv", b"text,score\nFine\nGood, not great,B\n", "Expected 2 fields in line 3, saw 3"),
        ("r.csv", b"text,score\nGood, not great,B\n", "its rows have more cells than its 2 columns"),
        ("r.jsonl", b'{"text": "a"}\n{"text": \n', "r.jsonl cannot be read: "),
    ],
    ids=["empty", "picture", "Latin-1", "one row too long", "all rows too long", "broken jsonl"],
)
def test_a_table_that_cannot_be_read_is_named(tmp_path, name, raw, why):
    """The message names the file, why it cannot be read, and the remedy; no cell is taken for another column's."""
    (tmp_path / name).write_bytes(raw)
    words = refusal(ReadError, read_table, tmp_path / name)
    assert words.startswith(f"{name} cannot be read: ")
    assert why in words
    assert words.endswith(f". Save it as a {name[1:]} file in UTF-8.")


def test_rows_are_known_by_their_place():
    """The index says where a row stands, for messages; ids count from 1 whatever the frame's own index is."""
    frame = named(pd.DataFrame({"text": ["a", "b"]}, index=[7, 7]), None, "mine.csv")
    assert frame.index.tolist() == ["mine.csv, row 1", "mine.csv, row 2"]
    assert frame["review_id"].tolist() == ["1", "2"]


@pytest.mark.parametrize("ids", [[7, 3], ["7", "3"]], ids=["numbers", "text"])
def test_given_ids_are_text(ids):
    """An id that is given is kept, as text."""
    frame = named(pd.DataFrame({"text": ["a", "b"], "review_id": ids}), None, "mine.csv")
    assert frame["review_id"].tolist() == ["7", "3"]
    assert frame["review_id"].dtype == "str"


def test_columns_are_found_by_the_names_given():
    """`columns` says what ours are called there; the same column may serve for two; others keep their names."""
    theirs = pd.DataFrame({"body": ["a"], "extra": ["e"], "headline": ["h"]})
    frame = named(theirs, {"text": "body", "title": "headline", "film": "headline"}, "mine.csv")
    assert frame[["text", "title", "film", "extra"]].to_numpy().tolist() == [["a", "h", "h", "e"]]
    assert set(frame) == {"text", "title", "film", "extra", "review_id"}


def test_names_can_change_places():
    """Two columns whose names are the wrong way round are turned round."""
    frame = named(pd.DataFrame({"text": ["h"], "title": ["a"]}), {"text": "title", "title": "text"}, "mine.csv")
    assert frame[["text", "title"]].to_numpy().tolist() == [["a", "h"]]


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\xa0", None])
def test_a_blank_cell_is_missing(blank):
    """A cell of ours with nothing but blanks is missing, never an empty string; a user's own cell stays."""
    frame = named(pd.DataFrame({"text": ["a"], "title": [blank], "score": [blank], "mine": [blank]}), None, "mine.csv")
    assert frame[["title", "score"]].isna().all(axis=None)
    assert frame["mine"].tolist() == [blank]


@pytest.mark.parametrize(
    ("frame", "columns", "words"),
    [
        (
            {"body": ["a"], "stars": ["5"]},
            None,
            "mine.csv has no column 'text' (it has 'body', 'stars'). Say which one it is: columns={'text': ...}.",
        ),
        (
            {"body": ["a"]},
            {"text": "bodi"},
            "mine.csv has no column 'bodi'. Did you mean 'body'? Allowed: 'body'.",
        ),
        (
            {"text": ["a"]},
            {"titel": "text"},
            "columns names 'titel'. Did you mean 'title'? Allowed: 'review_id', 'film', 'title', 'outlet', 'critic', "
            "'published', 'text', 'score'.",
        ),
        ({"text": []}, None, "mine.csv has no rows. Give at least one review."),
        (
            {"text": ["a summary"], "body": ["a"]},
            {"text": "body"},
            "mine.csv has more than one column 'text'. Rename one, or drop it.",
        ),
        (
            {"text": ["a"], "words": ["many"]},
            None,
            "mine.csv has a column 'words', which Starlight works out. Rename it, or drop it.",
        ),
    ],
    ids=["no text", "misspelt theirs", "misspelt ours", "no rows", "two texts", "worked out"],
)
def test_a_table_that_cannot_be_named_is_refused(frame, columns, words):
    """The message names the source, the column and the remedy."""
    assert refusal(TableError, named, pd.DataFrame(frame), columns, "mine.csv") == words


def test_two_columns_of_one_name_are_refused():
    """Of two columns with one name nobody knows which is meant."""
    frame = pd.DataFrame([["a", "b"]], columns=["text", "text"])
    assert refusal(TableError, named, frame, None, "mine.csv") == (
        "mine.csv has more than one column 'text'. Rename one, or drop it."
    )


def test_the_given_frame_is_not_changed():
    """Naming columns changes nothing in the frame that is given."""
    given = pd.DataFrame({"body": ["a"], "title": [""], 7: [1]})
    before = given.copy(deep=True)
    named(given, {"text": "body"}, "mine.csv")
    assert_frame_equal(given, before)
