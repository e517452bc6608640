"""Saving: what is saved and loaded again is equal, nothing in it runs, and a kill leaves the file that was there."""

import csv
import datetime
import json
import os
import signal
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from starlight import load_report, load_reviews, read_opinions, read_themes, save_table
from starlight.errors import ReadError, TableError

KINDS = ["csv", "tsv", "jsonl", "parquet", "xlsx"]
FORMULA = '=HYPERLINK("http://a.example","read on")'
MINE = pd.DataFrame(
    {
        "body": ["B. Ray\n\nA\n\nIt glows. See it.", FORMULA, "'=1+1 it says.", "\tIt bores.", "-5 of 10, if so."],
        "stars": [None, "8", "-", "B+", "3/4"],
        "critic": ["@ann", "＝b", " +c", "'tis d", None],
        "date": ["2025-05-30", None, "may", "5/30/2025", "1899-12-31"],
        "likes": [-5, 1, 2, 3, 4],
    }
)


def refusal(error, *arguments):
    """Return the words with which something is refused."""
    with pytest.raises(error) as caught:
        save_table(*arguments)
    return str(caught.value)


def again(table, path):
    """Save a table of reviews, and load it."""
    save_table(table, path)
    return load_reviews(path)


# Loaded again


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scale", [None, 10])
def test_reviews_load_as_they_were_saved(tmp_path, kind, scale):
    """Ids, texts, days, and scores under the scale that was given are the same, and the report says so."""
    mine = load_reviews(MINE, score_scale=scale)
    mine = mine.set_axis([*mine.columns[:-1], "=likes"], axis=1)
    back = again(mine, tmp_path / f"r.{kind}")
    assert_frame_equal(back.drop(columns="=likes"), mine.drop(columns="=likes"))
    assert back["=likes"].astype("float64").tolist() == [-5, 1, 2, 3, 4]
    assert back["score"].iloc[1] == 80 if scale else pd.isna(back["score"].iloc[1])
    assert "reviews that Starlight saved: scores and their status stay as they are" in (
        load_report(back)["reason"].tolist()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_five_load_as_they_were_saved(tmp_path, reviews, kind):
    """So do the five: a score that is ambiguous in its text is not stated by standing in a column. So twice over."""
    once = again(reviews, tmp_path / f"r.{kind}")
    assert_frame_equal(once, reviews)
    assert_frame_equal(again(once, tmp_path / f"r.{kind}"), reviews)


def test_a_table_in_memory_loads_again(reviews):
    """A reviews table is a DataFrame too: it loads as it is."""
    assert_frame_equal(load_reviews(reviews), reviews)


def test_a_score_that_was_unreadable_is_read_with_the_scale(tmp_path):
    """A bare 8 that was saved unread counts once its scale is given; a stated score is not touched by it."""
    mine = load_reviews(pd.DataFrame({"text": ["a", "b"], "score": ["8", "4/5"]}))
    save_table(mine, tmp_path / "r.csv")
    back = load_reviews(tmp_path / "r.csv", score_scale=20)
    assert back["score"].tolist() == [40, 80]
    assert back["score_status"].tolist() == ["stated", "stated"]


@pytest.mark.parametrize(
    ("column", "value"), [("score_status", "great"), ("score_status", None), ("score", "x"), ("score", 120)]
)
def test_a_score_that_was_changed_into_none_is_read_again(tmp_path, column, value):
    """What somebody did to a saved table's scores is told, and the printed score counts."""
    mine = load_reviews(pd.DataFrame({"text": ["a", "b"], "score": ["1/5", "4/5"]})).astype({column: "object"})
    mine.loc[1, column] = value
    back = again(mine, tmp_path / "r.csv")
    assert back["score"].tolist() == [20, 80]
    kept = load_report(back)
    assert kept.loc[kept["action"].eq("kept"), "row"].tolist() == [2]


def test_an_empty_score_of_a_saved_table_is_missing(reviews):
    """What stands as no text in a column of ours is not there, whatever file it comes from."""
    back = load_reviews(reviews.assign(score_raw=" ", score_scale="", score=None, score_status="none"))
    assert back[["score_raw", "score_scale", "score"]].isna().all(axis=None)
    assert back["score_status"].eq("none").all()


def test_columns_of_ours_alone_do_not_make_a_table_of_ours():
    """A table that has some of the columns that Starlight works out is refused as before, by name."""
    with pytest.raises(TableError, match="'score_status', which only Starlight itself computes"):
        load_reviews(pd.DataFrame({"text": ["a"], "score_status": ["none"]}))


def test_opinions_and_themes_are_read_as_they_were_saved(tmp_path, opinions):
    """A quote that begins with a dash, and a term that begins with the sign for "as written", come back whole."""
    save_table(opinions, tmp_path / "o.csv")
    assert_frame_equal(read_opinions(tmp_path / "o.csv"), opinions)
    themes = read_themes().assign(
        terms=lambda table: "=" + table["terms"].where(table["terms"].isna(), "zxq" + table["theme"])
    )
    save_table(themes, tmp_path / "t.csv")
    assert "'=zxq" in (tmp_path / "t.csv").read_text("utf-8")
    assert_frame_equal(read_themes(tmp_path / "t.csv"), themes)


@pytest.mark.parametrize("read", [read_opinions, read_themes])
def test_a_packed_table_is_refused(tmp_path, read):
    """A small packed file could take all memory, and a .zip would be one too."""
    for ending in (".gz", ".zip", ".xz", ".bz2"):
        pd.DataFrame({"theme": ["a"]}).to_csv(tmp_path / f"o.csv{ending}")
        with pytest.raises(ReadError, match=r"cannot be read: .* It must be a csv in UTF-8, not packed, with the col"):
            read(tmp_path / f"o.csv{ending}")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=30)
CELL = TEXT | st.sampled_from(
    ["=1", "'=1", "\t", " -", "4/5", "8", "A", "2025-05-30", "_x0041", "\ufeff", "\r\n", '"', "\\"]
)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL, st.none() | CELL), min_size=1, max_size=5), kind=st.sampled_from(KINDS)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_reviews_load_as_they_were_saved(tmp_path, rows, kind):
    """Whatever stands in the cells of reviews that load, saved and loaded again they are equal."""
    frame = pd.DataFrame([("It glows.", "", "", None), *rows], columns=["text", "critic", "score", "note"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that rows were refused
        mine = load_reviews(frame)
    back = again(mine, tmp_path / f"r.{kind}")
    assert_frame_equal(back.drop(columns="note"), mine.drop(columns="note"), check_exact=kind != "xlsx")
    assert back["note"].dropna().to_dict() == mine["note"].dropna().to_dict()


# Cells


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_text_never_runs_and_numbers_stay(tmp_path, kind):
    """A formula in a cell, or in a column's name, has an apostrophe before it; -5 is a number."""
    frame = pd.DataFrame({"=a": ["=1", "+1", "-1", "@a", "\tx", "It glows."], "n": [-5, 1, 2, 3, 4, 5]})
    save_table(frame, tmp_path / f"r.{kind}")
    with (tmp_path / f"r.{kind}").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="," if kind == "csv" else "\t"))
    assert [row[0] for row in rows] == ["'=a", "'=1", "'+1", "'-1", "'@a", "'\tx", "It glows."]
    assert rows[1][1] == "-5"
    assert frame["=a"].iloc[0] == "=1"


def test_a_workbook_holds_no_formula_and_no_link(tmp_path):
    """All text is text: no cell has a formula, and a text that would run if it were typed again is marked as text."""
    path = tmp_path / "r.xlsx"
    save_table(pd.DataFrame({"a": [FORMULA, "http://a.example", "007", "{=1}", "mailto:a@b.c"]}), path)
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    cells = ET.fromstring(sheet).iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c")  # noqa: S314 - ours
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles


def test_cells_keep_their_kinds_in_a_workbook(tmp_path):
    """Numbers, days and yes and no are such; a time, a day before Excel's calendar and a long number are text."""
    times = [datetime.datetime(2025, 5, 30), datetime.datetime(2025, 5, 30, 1, 2, 3, 4), datetime.datetime(1850, 1, 1)]
    save_table(
        pd.DataFrame(
            {"t": pd.Series(times, dtype="object"), "n": [1, -2.5, 10**17], "b": [True, None, False]}, dtype="object"
        ),
        tmp_path / "r.xlsx",
    )
    back = pd.read_excel(tmp_path / "r.xlsx", engine="calamine", dtype="object")
    assert back["t"].tolist() == [times[0], "2025-05-30T01:02:03.000004", "1850-01-01"]
    assert back["n"].tolist() == [1, -2.5, "100000000000000000"]
    assert back["b"].tolist()[::2] == [True, False]


def test_a_workbook_holds_all_that_excel_does(tmp_path):
    """The longest text and the first day of Excel's are cells; the day before, and a day with a zone, are text."""
    day, zoned = datetime.datetime(1900, 3, 1), pd.Timestamp("2025-05-30", tz="Asia/Seoul")
    cells = ["x" * 32_767, day, day - datetime.timedelta(1), zoned]
    save_table(pd.DataFrame({"a": pd.Series(cells, dtype="object")}), tmp_path / "r.xlsx")
    back = pd.read_excel(tmp_path / "r.xlsx", engine="calamine", dtype="object")["a"].tolist()
    assert back == ["x" * 32_767, day, "1900-02-28", "2025-05-30T00:00:00+09:00"]


def test_missing_is_missing_and_numpy_is_plain(tmp_path):
    """None, NaN, NaT and NA are null; numbers of numpy's are numbers."""
    frame = pd.DataFrame(
        {"a": [None, np.nan, pd.NaT, pd.NA, np.int8(3), np.float64(0.5), np.bool_(True)]}, dtype="object"
    )
    save_table(frame, tmp_path / "r.jsonl")
    lines = (tmp_path / "r.jsonl").read_text().splitlines()
    assert [json.loads(line)["a"] for line in lines] == [None, None, None, None, 3, 0.5, True]


def test_parquet_keeps_the_report(tmp_path):
    """A table that is read from Parquet has the report of its load."""
    mine = load_reviews(MINE)
    save_table(mine, tmp_path / "r.parquet")
    assert_frame_equal(load_report(pd.read_parquet(tmp_path / "r.parquet")), load_report(mine))


# Refused


@pytest.mark.parametrize(
    ("table", "kind", "words"),
    [
        ("x", "csv", "table must be a DataFrame, not str."),
        (pd.DataFrame({"a": [1]}, index=["x"]), "csv", "table has an index that is not saved. Make it a column"),
        (pd.DataFrame({"a": [1]}).rename_axis("n"), "csv", "table has an index that is not saved."),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "csv", "table has more than one column 'a'."),
        (pd.DataFrame([[1, 2]], columns=["1", 1]), "jsonl", "table has more than one column '1'."),
        (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])), "csv", "table has columns of 2 levels."),
        (
            pd.DataFrame([[1]], columns=pd.Index(["\ud800"], dtype="object")),
            "csv",
            "table has a column '\\ud800' with a NUL or half of a character, such as a broken emoji. Rename it.",
        ),
        (
            pd.DataFrame({"a": ["ok", "\ud800"]}, dtype="object"),
            "csv",
            "table, row 2, column 'a': a NUL or half of a character, such as a broken emoji. Remove it.",
        ),
        (
            pd.DataFrame({"a": ["\0"]}),
            "xlsx",
            "table, row 1, column 'a': a NUL or half of a character, such as a broken emoji. Remove it.",
        ),
        (
            pd.DataFrame({"a": [[1]]}),
            "csv",
            "table, row 1, column 'a': a list cannot be written. Use .astype('str'), or save as .parquet.",
        ),
        (pd.DataFrame({"a": [np.datetime64(1, "ns")]}, dtype="object"), "csv", "a datetime64 cannot be written."),
        (pd.DataFrame({"a": [b"x"]}), "tsv", "table, row 1, column 'a': a bytes cannot be written."),
        (
            pd.DataFrame({"a": [1.0, float("inf")]}),
            "jsonl",
            "table, row 2, column 'a': this kind of file cannot hold inf.",
        ),
        (pd.DataFrame({"a": [float("-inf")]}), "xlsx", "table, row 1, column 'a': this kind of file cannot hold -inf."),
        (
            pd.DataFrame({"a": ["x" * 32_768]}),
            "xlsx",
            "the text has more than Excel's 32,767 characters. Save as .csv or .parquet.",
        ),
        (pd.DataFrame({"a": ["😀" * 16_384]}), "xlsx", "the text has more than Excel's 32,767 characters."),
        (pd.DataFrame({"a": ["_x0041_"]}), "xlsx", "the text has a character that Excel would change."),
        (pd.DataFrame({"a": ["\uffff"]}), "xlsx", "the text has a character that Excel would change."),
        (
            pd.DataFrame({"a\0": [1]}),
            "csv",
            "table has a column 'a\\x00' with a NUL or half of a character, such as a broken emoji.",
        ),
        (pd.DataFrame(index=range(1_048_576)), "xlsx", "An Excel sheet holds 1,048,575 rows and 16,384 columns"),
        (pd.DataFrame(columns=range(16_385)), "xlsx", "An Excel sheet holds 1,048,575 rows and 16,384 columns"),
        (pd.DataFrame({"a": [object()]}), "parquet", "Parquet cannot hold the table: "),
        (pd.DataFrame({"a": ["x", 1]}), "parquet", "Parquet cannot hold the table: "),
    ],
    ids=(
        [
            "no table",
            "index",
            "named index",
            "twice",
            "twice as text",
            "levels",
            "half name",
            "half text",
            "NUL",
            "list",
            "a time of numpy's",
            "bytes",
            "inf in JSON",
            "inf in Excel",
            "long",
            "long in UTF-16",
            "escape",
            "no character",
            "NUL in a name",
            "high",
            "wide",
            "set",
            "mixed",
        ]
    ),
)
def test_what_a_file_cannot_hold_is_refused(tmp_path, table, kind, words):
    """Nothing is cut, changed or left out in silence: the message says where, and what to do. No file is left."""
    assert words in refusal(TableError, table, tmp_path / f"r.{kind}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("r.txt", "has an ending that Starlight does not write. Save to one of .csv, .tsv, .jsonl, .parquet, .xlsx."),
        ("r", "has an ending that Starlight does not write."),
        ("no/r.csv", "/no'. Create it, or correct the path."),
        ("d.csv", "is not a file. Pass the path of a file."),
        ("x" * 300 + ".csv", "which is not a path: File name too long. Give a path, such as 'mine.csv'."),
        ("a\0.csv", "which is not a path: "),
    ],
)
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path, path, words):
    """A missing folder, a folder of that name, or another ending: the message has the path."""
    (tmp_path / "d.csv").mkdir()
    assert words in refusal(ReadError, pd.DataFrame({"a": [1]}), tmp_path / path)


@pytest.mark.parametrize("path", [None, 3, b"r.csv"])
def test_a_path_is_a_path(path):
    """Nothing else is taken for one."""
    assert "which is not a path: " in refusal(ReadError, pd.DataFrame({"a": [1]}), path)


# The file


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path):
    """A table that fails half way leaves what was there, and nothing beside it."""
    path = tmp_path / "r.csv"
    path.write_text("old")
    refusal(TableError, pd.DataFrame({"a": ["x"] * 1000 + [[1]]}), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_kill_leaves_the_old_file_whole(tmp_path):
    """A process that is killed while it writes has not touched the file; the part that it wrote is hidden."""
    path = tmp_path / "r.csv"
    path.write_text("old")
    code = (
        "import os, pandas, signal, sys, starlight; os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL); "
        "starlight.save_table(pandas.DataFrame({'a': ['x']}), sys.argv[1])"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    (part,) = set(tmp_path.iterdir()) - {path}
    assert part.name.startswith(".")


@pytest.mark.skipif(os.name != "posix", reason="modes and links")
def test_a_link_stays_a_link_and_a_file_its_mode(tmp_path):
    """What the path leads to is replaced, with the rights that it had."""
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "r.csv").symlink_to("real.csv")
    save_table(pd.DataFrame({"a": [1]}), tmp_path / "r.csv")
    assert (tmp_path / "r.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == '"a"\n1\n'
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


def test_a_table_without_rows_is_a_header(tmp_path):
    """Its columns are known when it is read."""
    for kind in ("csv", "tsv", "parquet", "xlsx"):
        save_table(pd.DataFrame({"a": [], "b": []}), tmp_path / f"r.{kind}")
    assert (tmp_path / "r.csv").read_text() == '"a","b"\n'
    assert list(pd.read_excel(tmp_path / "r.xlsx", engine="calamine")) == ["a", "b"]
    assert list(pd.read_parquet(tmp_path / "r.parquet")) == ["a", "b"]
    assert Path(tmp_path / "r.tsv").read_text() == '"a"\t"b"\n'


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx", "parquet"])
def test_names_that_are_no_text_are_written_as_text(tmp_path, ending):
    """A number, or a name of one level that pandas keeps as a tuple, is a name like any other."""
    levels = pd.MultiIndex.from_tuples([("a",)])
    for columns, name in ((levels, "('a',)"), ([7], "7")):
        path = tmp_path / f"{name}.{ending}"
        save_table(pd.DataFrame([[1]], columns=columns), path)
        if ending == "xlsx":
            table = pd.read_excel(path, engine="calamine")
        elif ending == "jsonl":
            table = pd.read_json(path, lines=True)
        else:
            table = (pd.read_csv if ending == "csv" else pd.read_parquet)(path)
        assert [str(column) for column in table] == [name]
