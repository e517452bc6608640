"""Tables of any usual format are read as they stand, and what cannot be read is named with its place and the remedy."""

import csv
import gzip
import json
import os
import threading

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.errors import ReadError
from starlight.loading import open_source

ROWS = [{"text": "Fine, really.", "n": "007"}, {"text": "“Good”\nfilm", "n": None}, {"text": "NA", "n": "é"}]


def read(path, rows=100):
    """Read a whole table: its cells by row number, and what was noticed."""
    chunks = list(open_source(path).chunks(rows))
    frame = pd.concat([chunk.frame for chunk in chunks])
    cells = frame.astype("object").where(frame.notna(), None)
    return cells, [problem for chunk in chunks for problem in chunk.problems]


def noticed(path, *, action):
    """Return the rows and reasons of what was noticed."""
    return [(one.row, one.reason) for one in read(path)[1] if one.action == action]


def refusal(path):
    """Return the words with which a file is refused."""
    with pytest.raises(ReadError) as caught:
        read(path)
    return str(caught.value)


def write(path):
    """Write ROWS in the format that a file's name asks for."""
    frame = pd.DataFrame(ROWS)
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if kind in ("csv", "tsv"):
        frame.to_csv(path, sep="\t" if kind == "tsv" else ",", index=False)
    elif kind == "parquet":
        frame.to_parquet(path)
    elif kind == "xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_json(path, orient="records", lines=kind == "jsonl")


NAMES = ["r.csv", "R.CSV", "r.tsv", "r.csv.gz", "r.tsv.gz", "r.jsonl", "r.jsonl.gz", "r.json", "r.parquet", "r.xlsx"]


@pytest.mark.parametrize("rows", [1, 2, 100])
@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_read_as_it_stands(tmp_path, name, rows):
    """In every format cells are what was written ("NA" is a text, "007" no number); rows count from 1, or as shown."""
    write(tmp_path / name)
    cells, _ = read(tmp_path / name, rows)
    assert cells.to_dict("records") == ROWS
    assert cells.index.tolist() == ([2, 3, 4] if name == "r.xlsx" else [1, 2, 3])


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("name", ["r.csv", "r.jsonl", "r.json"])
def test_the_encoding_is_found_and_told(tmp_path, name, codec):
    """Text is the same in every encoding, and the notes say which was found."""
    write(tmp_path / "u")  # as JSON
    text = (tmp_path / "u").read_text()
    if name == "r.csv":
        pd.DataFrame(ROWS).to_csv(tmp_path / "u", index=False)
        text = (tmp_path / "u").read_text("utf-8")
    elif name == "r.jsonl":
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    (tmp_path / name).write_bytes(text.encode(codec))
    assert read(tmp_path / name)[0].to_dict("records") == ROWS
    assert noticed(tmp_path / name, action="noted") == [(0, "the encoding of the file")]


@pytest.mark.parametrize(("sign", "said"), [(";", "a semicolon"), ("\t", "a tab"), ("|", "a bar")])
def test_what_stands_between_cells_is_found_and_told(tmp_path, sign, said):
    """Spreadsheets write .csv with other signs than a comma: the header shows which."""
    path = tmp_path / "r.csv"
    path.write_text(f"text{sign}score\nGood, not great{sign}B\n")
    cells, problems = read(path)
    assert cells.to_dict("records") == [{"text": "Good, not great", "score": "B"}]
    assert [problem.value for problem in problems] == ["UTF-8", said]


def test_a_table_of_one_column_needs_no_quotes(tmp_path):
    """Where the header has one name, a comma is part of the text."""
    path = tmp_path / "r.csv"
    path.write_text('review\nGood, not great, but fine.\n"Quoted, too."\n')
    assert read(path)[0]["review"].tolist() == ["Good, not great, but fine.", "Quoted, too."]


def test_blank_lines_are_no_rows(tmp_path):
    """A line without anything is no row; a row whose only cell is an empty quote is one."""
    path = tmp_path / "r.csv"
    path.write_text('\n\nreview\n\nGood.\n\n""\n')
    assert read(path)[0]["review"].tolist() == ["Good.", None]


def test_a_row_with_too_many_cells_is_refused(tmp_path):
    """No cell is taken for another column's: the row is left out, with the first cell that has no name."""
    path = tmp_path / "r.csv"
    path.write_text("text,score\nGood, not great,B\nFine,A\nBad,C,\n")
    cells, problems = read(path)
    assert cells["text"].tolist() == ["Fine", "Bad"]
    assert cells.index.tolist() == [2, 3]
    (told,) = [problem for problem in problems if problem.action == "refused"]
    assert told[:4] == (
        1,
        None,
        "B",
        "the row has more cells than the header: quote a cell that holds a separator, or name its column",
    )


def test_a_row_with_too_few_cells_is_kept(tmp_path):
    """What is not there is missing, and that is told."""
    path = tmp_path / "r.csv"
    path.write_text("text,score,critic\nGood,B\n")
    assert read(path)[0].to_dict("records") == [{"text": "Good", "score": "B", "critic": None}]
    assert noticed(path, action="kept") == [(1, "the row has 2 cells and the header 3: the last are missing")]


def test_a_name_that_is_missing_is_made_up(tmp_path):
    """A column without a name is called by its place."""
    path = tmp_path / "r.csv"
    path.write_text(",text\n1,Good\n")
    assert list(read(path)[0]) == ["column 1", "text"]


@pytest.mark.parametrize("last", ["", "\n"])
def test_a_quote_that_is_never_closed_is_named(tmp_path, last):
    """It would swallow the rest of the file: the message has the line in which its row begins."""
    path = tmp_path / "r.csv"
    path.write_text(f'text,score\nGood,B\n"Fine,A\nBad,C{last}')
    assert refusal(path) == "r.csv cannot be read: a quotation mark in the row of line 3 is never closed. Close it."


def test_a_line_that_is_no_json_is_refused(tmp_path):
    """A line torn in writing, or one that is no object, is left out by its number; blank lines are none."""
    path = tmp_path / "r.jsonl"
    path.write_text('{"text": "a"}\n\n[1]\n{"text": "b"\n{"text": "c"}\n{"te')
    assert read(path)[0].to_dict("records") == [{"text": "a"}, {"text": "c"}]
    assert [row for row, _ in noticed(path, action="refused")] == [2, 3, 5]


@pytest.mark.parametrize("text", ['[{"text": "a"}, 5, {"text": "b"}]', '{"text": "a"}\n5\n{"text": "b"}\n'])
def test_json_may_be_an_array_or_lines(tmp_path, text):
    """A .json file may be either; what is no object in it is left out."""
    path = tmp_path / "r.json"
    path.write_text(text)
    assert read(path)[0].to_dict("records") == [{"text": "a"}, {"text": "b"}]
    assert [row for row, _ in noticed(path, action="refused")] == [2]


def test_a_lone_surrogate_in_a_name_is_refused(tmp_path):
    """Half a character as the name of a cell is no name."""
    path = tmp_path / "r.jsonl"
    path.write_text('{"text": "a"}\n{"\\ud800": "b"}\n')
    assert noticed(path, action="refused") == [
        (2, "a name holds half of a character, such as a broken emoji: remove it")
    ]


def test_values_of_json_and_sheets_keep_their_kind(tmp_path):
    """A number stays a number, whole though another is missing; a date is one."""
    pd.DataFrame([{"n": 7, "x": 2.5}, {"n": None, "x": None}]).astype("object").to_json(
        tmp_path / "r.jsonl", orient="records", lines=True
    )
    assert read(tmp_path / "r.jsonl")[0].to_dict("records") == [{"n": 7, "x": 2.5}, {"n": None, "x": None}]
    pd.DataFrame({"d": [pd.Timestamp("2025-05-30")]}).to_excel(tmp_path / "r.xlsx", index=False)
    assert str(read(tmp_path / "r.xlsx")[0]["d"].item()) == "2025-05-30"


def test_only_the_first_sheet_is_read_and_that_is_told(tmp_path):
    """Of a workbook's sheets the first is read; the notes name the others."""
    with pd.ExcelWriter(tmp_path / "r.xlsx") as book:
        pd.DataFrame({"text": ["Good."]}).to_excel(book, sheet_name="Reviews", index=False)
        pd.DataFrame({"text": ["Other."]}).to_excel(book, sheet_name="Notes", index=False)
    assert read(tmp_path / "r.xlsx")[0]["text"].tolist() == ["Good."]
    assert noticed(tmp_path / "r.xlsx", action="noted") == [
        (0, "a sheet that was not read: only the first, 'Reviews', was")
    ]


@pytest.mark.parametrize("name", ["none.csv", "none.jsonl", "none", "none.xlsx"])
def test_a_missing_file_is_named(tmp_path, name):
    """What does not exist is said not to exist, whatever its ending."""
    path = tmp_path / name
    assert refusal(path) == f"There is no file or folder {str(path)!r} in {str(tmp_path)!r}. Correct the path."


def test_a_wrong_path_names_what_is_near(tmp_path, monkeypatch):
    """The folder that was looked in is named, and the files with names like it; or the folder that is missing."""
    for name in ("reviews.csv", "Notes.txt", "mine.tsv"):
        (tmp_path / name).write_text("text\nIt glows.\n")
    monkeypatch.chdir(tmp_path)
    assert f"'revews.csv' in {str(tmp_path)!r}; like it are 'reviews.csv'. Correct" in refusal("revews.csv")
    assert "like it are 'mine.tsv'" in refusal("mine.csv")
    assert f"there is no folder {str(tmp_path / 'dta')!r}. Correct" in refusal("dta/mine.csv")


@pytest.mark.parametrize("name", ["r.pdf", "r.gz", "r"])
def test_an_unknown_ending_is_refused_with_those_that_are_read(tmp_path, name):
    """The message names the file and what can be given."""
    path = tmp_path / name
    path.write_bytes(b"PK")
    assert refusal(path) == (
        f"{str(path)!r} is not a table that Starlight can read. Give a .csv, .tsv, .jsonl, .json, .parquet, .xlsx, "
        ".xls, .ods, .zip file (.gz too), a text (.txt, .md, .html), a folder of texts or a DataFrame. Save anything "
        "else as one of these."
    )


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        pytest.param("r.csv", b"", id="empty"),
        pytest.param("r.csv", b"\n\n", id="blank lines"),
        pytest.param("r.csv", b"\x89PNG\r\n\0", id="picture"),
        pytest.param("r.csv", b"\xff\xfea", id="torn UTF-16"),
        pytest.param("r.csv", b"," * 1_000_000, id="commas"),
        pytest.param("r.csv.gz", b"text\nGood.\n", id="not packed"),
        pytest.param("r.csv.gz", gzip.compress(b"text\nGood.\n" * 1000)[:-20], id="torn"),
        pytest.param("r.csv.gz", gzip.compress(b"text\nGood.\n" * 1000)[:20] + b"\0" * 50, id="damaged"),
        pytest.param("r.json", b"[{]", id="no JSON"),
        pytest.param("r.json", b"[" * 100_000, id="deep JSON"),
        pytest.param("r.json", b"[" + b"9" * 5_000 + b"]", id="long number"),
        pytest.param("r.parquet", b"PAR1 and so on", id="no Parquet"),
        pytest.param("r.xlsx", b"PK\x03\x04 and so on", id="no xlsx"),
        pytest.param("r.xls", b"\xd0\xcf\x11\xe0 and so on", id="no xls"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(tmp_path, name, raw):
    """The message names the file, and there is no other error."""
    (tmp_path / name).write_bytes(raw)
    assert refusal(tmp_path / name).startswith(f"{name} ")


def test_text_in_parquet_must_be_text(tmp_path):
    """A stored text that a fault has made none is named, as any file that cannot be read."""
    path = tmp_path / "r.parquet"
    pd.DataFrame({"text": ["It glows."]}).to_parquet(path, compression=None)
    path.write_bytes(path.read_bytes().replace(b"It glows.", b"It\xffglows."))
    assert refusal(path).startswith("r.parquet cannot be read: ")


def test_parquet_is_read_in_any_encoding(tmp_path):
    """Also in the one in which only what differs from the text before is stored."""
    rows = [{"text": f"It glows, and glows {number} times."} for number in range(600)]
    path, table = tmp_path / "r.parquet", pa.Table.from_pylist(rows)
    for encoding in ("PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"):
        pq.write_table(table, path, use_dictionary=False, column_encoding={"text": encoding})
        assert read(path)[0].to_dict("records") == rows


def test_parquet_is_read_without_what_pandas_noted(tmp_path):
    """Notes of pandas' that a fault has spoilt change nothing, and an index that was stored is a column."""
    table = pa.table({"text": ["It glows."]})
    spoilt = {"columns": [{"name": "text", "field_name": "text", "numpy_type": "objecL", "pandas_type": "x"}]}
    pq.write_table(table.replace_schema_metadata({"pandas": json.dumps(spoilt)}), tmp_path / "r.parquet")
    assert read(tmp_path / "r.parquet")[0].to_dict("records") == [{"text": "It glows."}]
    pd.DataFrame({"text": ["It glows."]}, index=pd.Index(["r7"], name="key")).to_parquet(tmp_path / "i.parquet")
    assert read(tmp_path / "i.parquet")[0].to_dict("records") == [{"text": "It glows.", "key": "r7"}]


def test_a_pipe_is_no_file(tmp_path):
    """What would have to be waited for is not read."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no such pipes.")
    os.mkfifo(tmp_path / "r.csv")
    assert refusal(tmp_path / "r.csv").endswith("is neither a file nor a folder. Give one that is.")


def test_a_file_that_grows_while_it_is_read_is_told(tmp_path):
    """What was there is read, and a note says that there may be more."""
    path = tmp_path / "r.csv"
    path.write_text("text\n" + "Good.\n" * 10)
    chunks = open_source(path).chunks(4)
    found = [next(chunks)]
    with path.open("a") as file:
        file.write("Later.\n")
    found += list(chunks)
    assert [one.reason for one in found[-1].problems] == [
        "the file was changed while it was read: load it again when it is complete"
    ]
    assert sum(len(chunk.frame) for chunk in found) >= 10


def test_long_cells_are_read(tmp_path):
    """A review of ten million characters on one line is a cell."""
    (tmp_path / "r.csv").write_text("text,score\n" + "It glows. " * 1_000_000 + ",B\n")
    assert len(read(tmp_path / "r.csv")[0]["text"].item()) == 10_000_000


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_csv_writes_is_read_back(tmp_path_factory, rows, sign):
    """Any cells that the csv module writes, quotes and line breaks in them, are read back; an empty one is missing."""
    path = tmp_path_factory.mktemp("csv") / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=sign).writerows([("a", "b"), *rows])
    assert read(path)[0].to_numpy().tolist() == [[cell or None for cell in row] for row in rows]


def test_reading_from_several_threads_is_no_trouble(tmp_path):
    """Two readers at once each read their own file."""
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text("text\n" + f"{name}\n" * 1_000)
    found = {}
    threads = [
        threading.Thread(target=lambda name=name: found.update({name: read(tmp_path / f"{name}.csv", 10)[0]}))
        for name in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: set(frame["text"]) for name, frame in found.items()} == {"a": {"a"}, "b": {"b"}}


@pytest.mark.parametrize(("name", "text"), [("r.csv", "text\na\nb\n"), ("r.jsonl", '{"text": "a"}\n{"text": "b"}\n')])
def test_what_is_found_of_a_file_is_told_once(tmp_path, name, text):
    """A file that is read in parts has its notes with the first of them."""
    (tmp_path / name).write_text(text)
    assert [one.value for one in read(tmp_path / name, rows=1)[1]] == ["UTF-8"]


@pytest.mark.parametrize(
    ("header", "names"), [("text,a;b;c", ["text", "a;b;c"]), ("\n\ntext;score", ["text", "score"])]
)
def test_the_first_line_that_has_cells_shows_what_stands_between_them(tmp_path, header, names):
    """The usual sign counts if it is there, however many others are; blank lines before the header show nothing."""
    (tmp_path / "r.csv").write_text(f"{header}\n")
    assert list(read(tmp_path / "r.csv")[0]) == names


def test_numbers_name_columns_of_a_sheet_as_they_are_written(tmp_path):
    """A sheet holds the numbers 2025, 0 and 7.5 in its header; columns are named so, and not 2025.0."""
    pd.DataFrame([["text", 2025, 0, 7.5], ["Good.", 1, 2, 3]]).to_excel(tmp_path / "r.xlsx", index=False, header=False)
    assert list(read(tmp_path / "r.xlsx")[0]) == ["text", "2025", "0", "7.5"]


def test_a_sheet_is_read_as_a_csv_is(tmp_path):
    """Blank rows are no rows, an empty cell is missing, a name too; a sheet of nothing is refused."""
    path = tmp_path / "r.xlsx"
    rows = [["text", None], ["Good.", 1], [None, None], ["Bad.", None]]
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    assert read(path)[0].to_dict("index") == {
        2: {"text": "Good.", "column 2": 1},
        4: {"text": "Bad.", "column 2": None},
    }
    pd.DataFrame().to_excel(path)
    assert refusal(path) == "r.xlsx is empty. Give a table with a header and at least one row."


@pytest.mark.parametrize(("name", "to"), [("r.csv", "to_csv"), ("r.parquet", "to_parquet"), ("r.xlsx", "to_excel")])
def test_a_table_without_rows_has_its_columns(tmp_path, name, to):
    """Its names are known, so that it can be said to have no rows."""
    getattr(pd.DataFrame(columns=["text", "n"]), to)(tmp_path / name, index=False)
    assert [list(chunk.frame) for chunk in open_source(tmp_path / name).chunks(10)] == [["text", "n"]]


def test_lines_of_json_are_read_one_by_one(tmp_path):
    """A .jsonl file whose first line is an array is none; a line too deep to be read costs no other."""
    path = tmp_path / "r.jsonl"
    path.write_text("[1]\n" + "[" * 100_000 + '\n{"text": "a"}\n')
    assert [row for row, _ in noticed(path, action="refused")] == [1, 2]
    assert read(path)[0].to_dict("index") == {3: {"text": "a"}}


@pytest.mark.parametrize("name", ["r.csv", "r.jsonl"])
def test_a_file_may_have_a_thousand_columns(tmp_path, name):
    """That is as many as a table of reviews may have; one more is refused."""
    for count in (1_000, 1_001):
        names = list(map(str, range(count)))
        (tmp_path / name).write_text(",".join(names) if name == "r.csv" else json.dumps(dict.fromkeys(names, "a")))
        if count == 1_000:
            assert list(read(tmp_path / name)[0]) == names
    assert "it has 1,001 " in refusal(tmp_path / name)


def test_a_file_that_is_written_anew_while_it_is_read_is_told(tmp_path):
    """Also where it is as long as before, as one in which a letter was mended."""
    (tmp_path / "r.csv").write_text("text\nGood.\nBad.\n")
    chunks = open_source(tmp_path / "r.csv").chunks(1)
    next(chunks)
    os.utime(tmp_path / "r.csv", (0, 0))
    (told,) = list(chunks)[-1].problems
    assert told.reason.startswith("the file was changed while it was read")
