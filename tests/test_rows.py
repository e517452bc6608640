"""What all rows together tell is the same however they are cut; rows that are refused and rows that load are all."""

import csv
import warnings

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight import load_report, load_reviews
from starlight.errors import StarlightError
from starlight.loading import survey

FRAME = pd.DataFrame(
    {
        "text": ["a", "b", "a", "a", "", "c", "c"],
        "critic": ["A", "B", "A", "C", "D", "E", "F"],
        "review_id": ["1", "2", "1", "4", "5", "6", "6"],
        "published": ["5/6/2025", "25/6/2025", "5/6/2025", "", "", "", ""],
    },
    index=range(1, 8),
)


def told(frames):
    """Return what a survey of frames tells: of all rows, and which of them repeat others."""
    found = survey(frames)
    return found.facts, found.repeats(pd.Index(range(1, 100)))


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_survey_of_parts_is_that_of_the_whole(size):
    """Rows, repeats, texts, ids and dates are compared over all parts; a row without a text is compared to none."""
    facts, repeats = told([FRAME.iloc[at : at + size] for at in range(0, len(FRAME), size)])
    assert (facts.rows, facts.usable) == (7, 5)
    assert repeats == ({3: 1}, {4: 1, 7: 6})
    assert facts.same_id == (7, 6)
    assert (facts.no_id, facts.first, facts.has_ids, facts.has_names) == (None, "day", False, False)


def test_a_table_without_rows_has_nothing_to_tell():
    """A survey of no rows finds nothing, and ids are not wanting."""
    facts, repeats = told([FRAME.head(0)])
    assert facts[:-1] == (0, 0, None, None, None, False)
    assert repeats == ({}, {})
    assert facts.has_ids


def test_a_survey_tells_of_each_part_what_is_in_it():
    """The repeats of some rows are those of the whole source that are among them."""
    found = survey([FRAME])
    assert found.repeats(FRAME.index[:3]) == ({3: 1}, {})
    assert found.repeats(FRAME.index[3:]) == ({}, {4: 1, 7: 6})
    assert found.repeats(FRAME.index[:0]) == ({}, {})


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "It glows.", "It bores.", "I left."]),
            st.sampled_from(["", *"abcdefghijklmnop"]),
            st.sampled_from(["2025-05-30", "5/6/2025", "25/6/2025", "6/25/2025"]),
        ),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 9),
    st.sets(st.sampled_from(["review_id", "published"])),
)
def test_in_parts_it_tells_the_same(rows, size, lacks):
    """A survey is what comparing every row with every earlier one by hand tells."""
    names = ["text", "review_id", "published"]
    frame = pd.DataFrame(rows, columns=names, index=range(1, len(rows) + 1), dtype="str").drop(columns=list(lacks))
    parts = [frame.iloc[first : first + size] for first in range(0, len(frame), size)]
    usable = [(number, *cells) for number, *cells in frame.itertuples() if cells[0]]
    seen, again, texts = {}, {}, {}
    for number, *cells in usable:
        first = seen.setdefault(tuple(cells), number)
        if first != number and "review_id" in frame and cells[1]:
            again[number] = first
    for number, text, *_ in usable:
        if number not in again:
            texts.setdefault(text, []).append(number)
    same_text = {number: first for first, *others in texts.values() for number in others}
    facts, repeats = told(parts)
    assert (facts.rows, facts.usable) == (len(rows), len(usable) - len(again))
    assert repeats == (again, same_text)


CELL = st.sampled_from(
    ["", " ", "a", "b", "It glows.", "5/6/2025", "2025-05-30", "4/5", "8", "\0", 'a"b', "a,b", "x\ny"]
)
ROW = st.tuples(CELL, CELL, CELL, CELL)


@given(st.lists(ROW, min_size=1, max_size=12), st.lists(st.integers(0, 12), max_size=2))
def test_load_plus_report_is_the_file_row_for_row(tmp_path_factory, rows, torn):
    """Every row of a csv is either loaded, under its number and with its own text, or refused in the report, once."""
    path = tmp_path_factory.mktemp("rows") / "r.csv"
    lines = [list(row) + ["and one more"] * (number in torn) for number, row in enumerate(rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("review", "critic", "date", "rating"), *lines])
    if not any(row[0].strip("\0 ") and number not in torn for number, row in enumerate(rows)):
        with pytest.raises(StarlightError, match=r"can be loaded|, row 1"):
            load_reviews(path)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that rows were refused
        reviews = load_reviews(path)
    rows = [[cell.replace("\0", "\ufffd") for cell in row] for row in rows]
    report = load_report(reviews)
    refused = report.loc[report["action"].eq("refused"), "row"].tolist()
    loaded = reviews["review_id"].astype("int64").tolist()
    assert sorted(refused + loaded) == list(range(1, len(rows) + 1))
    for number, text in zip(loaded, reviews["text"], strict=True):
        assert text == rows[number - 1][0]
    kept = report[report["action"].eq("kept")]
    assert set(kept["row"]) <= set(loaded)
    for number, critic, published, raw in reviews[["review_id", "critic", "published", "score_raw"]].itertuples(
        index=False
    ):
        cells = rows[int(number) - 1]
        told = set(kept.loc[kept["row"].eq(int(number)), "column"])
        assert critic == cells[1] or (pd.isna(critic) and not cells[1].strip())
        assert pd.notna(published) or not cells[2].strip() or "date" in told
        assert raw == cells[3] or (pd.isna(raw) and not cells[3].strip())


def test_a_category_that_no_row_has_is_not_looked_at():
    """Values count, not what a categorical column may hold: half a character, refused, stays in its categories."""
    note = pd.Series(["a", 7, "\ud800"], dtype="object").astype("category")
    with pytest.warns(UserWarning, match="1 of 3 rows"):
        reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It bores.", "It ends."], "remark": note}))
    assert reviews["remark"].tolist() == ["a", 7]


def test_ids_may_be_numbers_and_missing():
    """A column of numbers with an empty cell is no column of ids."""
    frame = pd.DataFrame({"text": ["a", "b"], "review_id": [1.0, None]}, index=[1, 2])
    assert told([frame])[0].no_id == 2
    assert told([frame.head(1), frame.tail(1)])[0].no_id == 2
