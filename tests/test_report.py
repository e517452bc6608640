"""The report stays with the table, in a form that everything pandas does with tables leaves whole."""

import json

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from starlight import load_report, load_reviews
from starlight.errors import TableError
from starlight.loading.report import carry, kept, noted, refused


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


@pytest.mark.parametrize("table", [pd.DataFrame({"text": ["a"]}), "mine.csv", None])
def test_a_table_that_was_not_loaded_has_no_report(table):
    """The message says which table has one."""
    with pytest.raises(TableError, match=r"carries no load report\. Give the table that load_reviews\(\) returned\."):
        load_report(table)


def test_notes_come_first_then_rows_in_order():
    """What concerns the source as a whole stands before its rows."""
    table = carry(pd.DataFrame(), [kept(2, "a", "x", "odd"), refused(1, None, None, "bad"), noted("b", "y", "found")])
    rows = json.loads(table.attrs["load_report"])
    assert [(row["row"], row["action"]) for row in rows] == [(0, "noted"), (1, "refused"), (2, "kept")]


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
