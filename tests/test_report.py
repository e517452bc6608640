"""The report stays with the table, in a form that everything pandas does with tables leaves whole."""

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from starlight import load_report, load_reviews
from starlight.errors import TableError
from starlight.loading import Problem, kept, placed


@pytest.fixture
def loaded():
    """Two reviews, of which one has a date that cannot be read."""
    return load_reviews(pd.DataFrame({"body": ["It glows.", "It bores."], "published": ["2025-05-30", "May"]}))


def test_the_report_of_the_five_has_no_row_at_fault(reviews):
    """All five load, and their encoding is noted."""
    assert load_report(reviews)[["source", "row", "value", "action"]].to_numpy().tolist() == [
        ["seeds", 0, "UTF-8", "noted"]
    ]


@pytest.mark.parametrize(
    "change",
    [pd.DataFrame.copy, lambda t: t[t["words"] > 0], lambda t: t.head(1), lambda t: t.assign(n=1)],
    ids=["copy", "selection", "head", "assign"],
)
def test_a_table_taken_from_another_has_its_report(loaded, change):
    """Copies, selections and tables with a further column carry the report of the whole load."""
    assert_frame_equal(load_report(change(loaded)), load_report(loaded))


def test_a_table_with_a_report_can_be_stored(loaded, tmp_path):
    """Parquet and pickle keep the report; it is text, so nothing else minds it."""
    loaded.to_parquet(tmp_path / "r.parquet")
    assert_frame_equal(load_report(pd.read_parquet(tmp_path / "r.parquet")), load_report(loaded))
    assert isinstance(json.dumps(loaded.attrs), str)


LOST = {
    "merged": lambda table, _: table.merge(pd.DataFrame({"name": ["It glows."], "shop": ["a"]}), on="name"),
    "concatenated": lambda table, _: pd.concat([table, load_reviews().head(1)]),
    "read back": lambda table, path: pd.read_csv(path) if table.to_csv(path) is None else None,
    "never there": lambda table, _: pd.DataFrame({"text": table["text"]}),
}


@pytest.mark.parametrize("lose", LOST.values(), ids=LOST)
def test_a_lost_report_is_said_to_be_lost(loaded, tmp_path, lose):
    """The message says in plain words how a report is lost, and what to call."""
    with pytest.raises(TableError) as caught:
        load_report(lose(loaded, tmp_path / "r.csv"))
    assert str(caught.value) == (
        "reviews has no load report. The table that load_reviews() returned has one, which is lost when the table is "
        "merged with another, joined to others by concat, or read back from a file that is not Parquet. Call "
        "load_report() on the table as it was loaded."
    )


@pytest.mark.parametrize("table", ["mine.csv", None])
def test_what_is_no_table_has_no_report(table):
    """The message says which table has one."""
    with pytest.raises(TableError, match=r"must be the table that load_reviews\(\) returned, and not (str|None)"):
        load_report(table)


def test_notes_come_first_then_rows_in_order():
    """What concerns the source as a whole stands before its rows, and each row has the name of its file."""
    problems = [kept(2, "a", "x", "odd"), kept(1, None, None, "bad"), Problem(0, "b", "y", "found", "noted")]
    found = placed(problems, {1: "a.txt"}, "mine")
    assert [(one.row, one.source) for one in found] == [(0, "mine"), (1, "a.txt"), (2, "mine")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a", "a"), (7, "7"), (None, None), (float("nan"), None), (pd.NaT, None), ("\ud800", "\\ud800"), ([1], "[1]")],
    ids=ascii,
)
def test_a_value_is_shown_as_text(value, shown):
    """A missing value is missing; half a character is written as JSON writes it."""
    assert kept(1, None, value, "odd").value == shown


def test_a_long_value_is_cut():
    """A review of a megabyte is not stored twice; what is not cut does not look as if it were."""
    assert kept(1, None, "x" * 1_000_000, "odd").value == "x" * 200 + "…"
    assert kept(1, None, "x" * 200, "odd").value == "x" * 200
    assert kept(1, None, "\ud800" * 40, "odd").value == "\\ud800" * 40
