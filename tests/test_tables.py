"""The declarations of tables: complete, free of contradiction, and true of the files in data/."""

import csv
import dataclasses
import runpy

import pytest

from starlight.base import resource
from starlight.dictionary import describe, dictionary
from starlight.tables import (
    CONVENTIONS,
    COUNT,
    DATE,
    DECLARED,
    MENTIONS,
    NUMBER,
    OPINIONS,
    REVIEWS,
    SENTENCES,
    TEXT,
    THEMES,
    Column,
    Table,
)

EVERY_TABLE = pytest.mark.parametrize("table", DECLARED, ids=lambda table: table.name)


@EVERY_TABLE
def test_a_table_says_what_a_row_is(table):
    """The grain of a table is words of the form "one row per ...", and its key is of its columns."""
    assert table.grain.startswith("one row per ")
    assert table.key or table.name in ("load_report", "corrections", "contexts")  # whose rows may be there twice
    assert set(table.key) <= set(table.names)


@EVERY_TABLE
def test_a_column_is_declared_once_with_dtype_and_meaning(table):
    """No table has two columns of one name; each has one of the four dtypes and a sentence that says what it is."""
    assert len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert column.dtype in (TEXT, COUNT, NUMBER, DATE), column.name
        assert column.meaning.endswith("."), column.name


@EVERY_TABLE
def test_limits_fit_their_dtype(table):
    """Only text has a list of allowed values, only numbers have a maximum, and whole numbers are never missing."""
    for column in table.columns:
        assert not column.allowed or column.dtype == TEXT, column.name
        assert column.most is None or column.dtype == NUMBER, column.name
        assert not (column.missing and column.dtype == COUNT), column.name


@EVERY_TABLE
def test_a_share_has_its_denominator_beside_it(table):
    """A table with a share also holds both numbers that it is the quotient of."""
    for column in table.columns:
        if column.name == "share":
            part, whole = column.meaning.split(".")[0].split(";")[0].split(" / ")
            assert {part, whole} <= set(table.names)


def test_all_tables_are_listed_once():
    """Every declared table is listed, and no two share a name."""
    assert len({table.name for table in DECLARED}) == len(DECLARED)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (
            REVIEWS,
            "review_id name film title outlet critic published text words score_raw score_scale score score_status",
        ),
        (SENTENCES, "review_id sentence start end text part"),
        (MENTIONS, "review_id sentence start end theme term"),
        (OPINIONS, "review_id sentence start end quote theme polarity coder confidence"),
    ],
    ids=["reviews", "sentences", "mentions", "opinions"],
)
def test_the_design_of_the_main_tables(table, names):
    """The tables that everything is counted from have the columns of the design, in its order."""
    assert table.names == names.split()


@pytest.mark.parametrize(
    ("table", "column", "allowed", "most"),
    [
        (REVIEWS, "score_status", ("stated", "ambiguous", "unreadable", "none"), None),
        (REVIEWS, "score", (), 100),
        (SENTENCES, "part", ("title", "body", "boilerplate"), None),
        (THEMES, "kind", ("craft", "motif"), None),
        (OPINIONS, "polarity", ("praise", "criticism"), None),
        (OPINIONS, "confidence", (), 1),
    ],
    ids=["score_status", "score", "part", "kind", "polarity", "confidence"],
)
def test_what_the_main_columns_may_hold(table, column, allowed, most):
    """The words that a column may hold, or its largest number, are those of the design."""
    declared = table.columns[table.names.index(column)]
    assert (declared.allowed, declared.most) == (allowed, most)


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("themes.csv", THEMES),
        ("opinions.csv", OPINIONS),
        ("score_conventions.csv", CONVENTIONS),
    ],
    ids=["themes", "opinions", "conventions"],
)
def test_files_in_data_have_the_declared_columns(file, table):
    """The first line of each csv in data/ is the names of its table, in their order."""
    with resource("data", file).open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == table.names


def test_every_table_with_boilerplate_knows_its_old_name():
    """Version 0.1 wrote furniture in each of these columns; two tables have one."""
    parts = [column for table in DECLARED for column in table.columns if "boilerplate" in column.allowed]
    assert len(parts) == 2
    assert all(dict(column.renamed) == {"furniture": "boilerplate"} for column in parts)


def test_the_dictionary_tells_all_of_a_column():
    """The data dictionary writes a table's grain and key, and of a column its dtype, meaning and limits."""
    pets = Table(
        "pets",
        "one row per pet",
        ("name", "kind"),
        (
            Column("name", TEXT, "What it is called."),
            Column("kind", TEXT, "What it is.", ("cat", "dog"), missing=True),
        ),
    )
    assert describe(pets).splitlines() == [
        "### pets",
        "",
        "One row per pet; key: name, kind.",
        "",
        "| column | dtype | meaning |",
        "| --- | --- | --- |",
        "| name | str | What it is called. |",
        "| kind | str | What it is. One of: cat, dog. May be missing. |",
    ]


def test_the_dictionary_has_every_table():
    """The data dictionary describes every table, in the order of their declaration."""
    headings = [line for line in dictionary().splitlines() if line.startswith("### ")]
    assert headings == [f"### {table.name}" for table in DECLARED]


@pytest.mark.filterwarnings("ignore:'starlight.dictionary' found in sys.modules")  # imported above
def test_the_module_prints_the_dictionary(capsys):
    """`python -m starlight.dictionary` prints the dictionary and nothing else."""
    runpy.run_module("starlight.dictionary", run_name="__main__")
    assert capsys.readouterr() == (dictionary(), "")


@pytest.mark.parametrize("thing", [REVIEWS, REVIEWS.columns[0]], ids=["table", "column"])
def test_declarations_cannot_be_changed(thing):
    """A declaration is one for everybody: nobody can change it at run time."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        thing.name = "other"
