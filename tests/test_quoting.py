"""How a csv or tsv file quotes its cells is found from the file as a whole; rows that a quote took in are told."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.loading import open_source


def read(path, raw):
    """Return the cells of a table, and the notes on them."""
    path.write_bytes(raw.encode())
    rows = open_source(path).whole()
    return rows.frame.to_numpy().tolist(), [f"{one.value}: {one.reason}" for one in rows.problems[1:]]


@pytest.mark.parametrize(
    ("name", "raw", "cells"),
    [
        ("r.tsv", '"Wow\t5\nFine.\t3\nHe says "no"\t1\n', [['"Wow', "5"], ["Fine.", "3"], ['He says "no"', "1"]]),
        ("r.tsv", '"Wow\t5\nFine.\t3\nso "\t1\n', [['"Wow', "5"], ["Fine.", "3"], ['so "', "1"]]),
        ("r.tsv", 'Fine.\t3\n"Wow\t5\n', [["Fine.", "3"], ['"Wow', "5"]]),
        ("r.csv", '"Wow,5\nFine.,3\nso ",1\n', [['"Wow', "5"], ["Fine.", "3"], ['so "', "1"]]),
        ("r.tsv", '"Great" film, really.\t5\nFine.\t3\n', [['"Great" film, really.', "5"], ["Fine.", "3"]]),
        ("r.csv", '"Great" film.,5\nFine.,3\n', [['"Great" film.', "5"], ["Fine.", "3"]]),
        ("r.csv", '"He said \\"run\\" and, well.",5\nFine.,3\n', [['He said "run" and, well.', "5"], ["Fine.", "3"]]),
        ("r.csv", '"It ends \\\\",5\n"So \\"it\\".",3\n', [["It ends \\", "5"], ['So "it".', "3"]]),
        ("r.csv", '"He said \\"\\n\\".",5\n"a ""b"", c",3\n', [['He said "\\n".', "5"], ['a "b", c', "3"]]),
        ("r.csv", '"C:\\",5\n"a, b",3\n', [["C:\\", "5"], ["a, b", "3"]]),
        ("r.csv", '"It glows.", "5, or 4"\nFine., "3"\n', [["It glows.", "5, or 4"], ["Fine.", "3"]]),
        ("r.csv", '"a ""b"" c","5"\n"d","3"\n', [['a "b" c', "5"], ["d", "3"]]),
        ("r.csv", '"One.\n\nTwo, and more.",5\nFine.,3\n', [["One.\n\nTwo, and more.", "5"], ["Fine.", "3"]]),
        ("r.tsv", '"One.\n\nTwo\tand more."\t5\nFine.\t3\n', [["One.\n\nTwo\tand more.", "5"], ["Fine.", "3"]]),
    ],
)
def test_a_file_is_read_as_it_quotes(tmp_path, name, raw, cells):
    """Doubled, escaped, after a blank, or not at all: each row is a row, and what is part of a text stays."""
    separator = "\t" if name == "r.tsv" else ","
    assert read(tmp_path / name, f"review{separator}stars\n{raw}")[0] == cells


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize(
    "rows", [['5|"Wow', '3|no"'], ['5|1|"Wow|2', "3|4|Fine|1", '1|2|no "|3'], ['"Wow|2|4', 'no"|3|1']]
)
def test_no_row_is_lost_in_a_file_without_quoting(tmp_path, rows, sep):
    """Where a text begins with a quote and a later one ends with one, each line is a row, in any column."""
    lines = [row.replace("|", sep) for row in rows]
    header = sep.join("abcd"[: rows[0].count("|") + 1])
    cells, _ = read(tmp_path / "r.csv", "\n".join([header, *lines, ""]))
    assert cells == [line.split(sep) for line in lines]


def test_one_column_may_hold_what_looks_like_quotes(tmp_path):
    """A line is a cell, if quotes close nothing in it."""
    assert read(tmp_path / "r.csv", 'review\n"Great" film, really.\nFine.\n')[0] == [
        ['"Great" film, really.'],
        ["Fine."],
    ]


@pytest.mark.parametrize(
    ("raw", "taken"),
    [
        ('"It glows, truly.",5\n"Wow,5\nFine.,3\nBut ",1\n"Well, no.",2\n', ['"Wow,5', "Fine.,3", 'But ",1']),
        ('"It glows, truly.",5\n"Wow,5\nFine.,3\nIt is "no,1\n"Well, no.",2\n', ['"Wow,5', "Fine.,3", 'It is "no,1']),
        ('"It glows, truly.",5\n"Wow, well,5\n"Fine, no.",3\n"Well, no.",2\n', ['"Wow, well,5', '"Fine, no.",3']),
    ],
)
def test_rows_that_a_quote_took_in_are_refused(tmp_path, raw, taken):
    """Where the rest of the file quotes, a quote that is never meant to close is followed by other rows in one cell."""
    (tmp_path / "r.csv").write_text(f"review,stars\n{raw}")
    rows = open_source(tmp_path / "r.csv").whole()
    assert rows.frame.to_numpy().tolist() == [["It glows, truly.", "5"], ["Well, no.", "2"]]
    refused = [one for one in rows.problems if one.action == "refused"]
    assert [one.value for one in refused] == taken
    assert sorted([one.row for one in refused] + list(rows.frame.index)) == list(range(1, len(taken) + 3))
    assert "a quotation mark in this row or above is not closed" in refused[0].reason


def test_no_line_ends_a_file(tmp_path):
    """A row of a file does not pass for its end."""
    assert len(read(tmp_path / "r.csv", "review\nFine.\n\0 end of file \0\nNo.\n")[0]) == 3


def test_a_text_with_a_stray_quote_stays(tmp_path):
    """A text of two lines is not taken for rows, even if the quotes within it are not doubled."""
    raw = 'review,stars\n"It glows, truly.",5\n"One, or two.\nHe said "no" then.",1\n'
    assert len(read(tmp_path / "r.csv", raw)[0]) == 2


@pytest.mark.parametrize("text", ["One.\nTwo, and three.", "One.\nIn 1,000 ways\nit glows.", "One,\ntwo,\nthree."])
def test_paragraphs_are_no_rows(tmp_path, text):
    """Commas of prose make no row of a line."""
    assert read(tmp_path / "r.csv", f'review,stars\n"{text}",5\n') == ([[text, "5"]], [])


@pytest.mark.parametrize(
    "lines", ["A gem.\nStory,5\nSongs,3\nSee it.", "A gem.\nStory,5", "Story,5\nSongs,3\n\nA gem, really."], ids=repr
)
def test_a_text_may_hold_lines_like_rows(tmp_path, lines):
    """A quoted text with a list of aspects and their scores is a text, whichever column it stands in."""
    for raw, row in ((f'"{lines}",5', [lines, "5"]), (f'5,"{lines}"', ["5", lines])):
        assert read(tmp_path / "r.csv", f"a,b\n{raw}\n") == ([row], [])


def test_a_line_for_excel_is_no_header(tmp_path):
    """A first line that names the separator is passed over."""
    assert read(tmp_path / "r.csv", "sep=;\nreview;stars\nIt, glows.;5\n")[0] == [["It, glows.", "5"]]


@given(
    st.lists(
        st.tuples(
            st.text(' "\n,\t\\a1', min_size=1).filter(lambda text: not {",", "\n"} <= {*text}), st.sampled_from("12345")
        ),
        min_size=1,
    ),
    st.booleans(),
)
def test_what_csv_writes_is_read_back(tmp_path_factory, rows, is_all):
    """Whatever Python's csv writes is read back, unless a cell looks like rows."""
    path = tmp_path_factory.getbasetemp() / "r.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL if is_all else csv.QUOTE_MINIMAL)
        writer.writerows([("review", "stars"), *rows])
    assert open_source(path).whole().frame.to_numpy().tolist() == [list(row) for row in rows]


@pytest.mark.parametrize(
    ("above", "titles"),
    [
        ("Reviews of Parasite\n", ["Reviews of Parasite"]),
        ('"Reviews, collected in May",,\n\n', ["Reviews, collected in May"]),
        ("Export\nby Ann on 30 May\n", ["Export", "by Ann on 30 May"]),
        ("\n\n", []),
    ],
)
@pytest.mark.parametrize("sep", [",", ";"])
def test_titles_above_the_header_are_passed_over_and_told(tmp_path, above, titles, sep):
    """Lines narrower than the first that names texts and another column are titles; a report has each."""
    raw = above + 'critic;review;stars\nAnn;"It glows; really, it does.";5\n'.replace(";", sep)
    cells, notes = read(tmp_path / "r.csv", raw)
    assert [cell[0] for cell in cells] == ["Ann"]
    assert [note for note in notes if "a title in row" in note] == [
        f"{title}: a title in row {number}, above the header: it was not read" for number, title in enumerate(titles, 1)
    ]


def test_a_text_that_reads_like_a_header_is_a_row(tmp_path):
    """What stands above it names texts itself."""
    assert read(tmp_path / "r.csv", "comments\ntext,score\n")[0] == [["text,score"]]
