"""Tables are built and checked by their declarations: what is wrong is refused by name, row and value."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from starlight import find_mentions
from starlight.errors import TableError
from starlight.tables import COUNT, DATE, NUMBER, SENTENCES, TEXT, Column, Table, build, check, check_unique

PETS = Table(
    "pets",
    "one row per pet",
    ("name", "kind"),
    (
        Column("name", TEXT, "What it is called."),
        Column("kind", TEXT, "What it is.", ("cat", "dog")),
        Column("legs", COUNT, "How many legs it has."),
        Column("weight", NUMBER, "Its weight in kg.", missing=True, most=100),
        Column("born", DATE, "Its first day.", missing=True),
    ),
)
ROWS = {
    "name": ["Ada", "Bo"],
    "kind": ["cat", "dog"],
    "legs": [4, 3],
    "weight": [4.5, None],
    "born": ["2020-05-01", None],
}
DTYPES = {"name": "str", "kind": "str", "legs": "int64", "weight": "float64", "born": "datetime64[us]"}


def pets(**changed):
    """Return a table of two pets, some columns of which are changed."""
    return build(PETS, ROWS).assign(**changed)


def message(function, *arguments):
    """Return the words with which something is refused."""
    with pytest.raises(TableError) as caught:
        function(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        [dict(zip(ROWS, values, strict=True)) for values in zip(*ROWS.values(), strict=True)],
        pd.DataFrame(ROWS),
        pd.DataFrame(ROWS).astype(object).set_index(pd.Index([7, 3])),
        pd.DataFrame(ROWS)[["born", "weight", "legs", "kind", "name"]],
        ROWS | {"legs": ["4", "3"], "weight": ["4.5", None]},
        ROWS | {"legs": [4.0, 3.0]},
    ],
    ids=["lists", "records", "frame", "objects with an index", "other order", "text", "whole floats"],
)
def test_build_makes_the_table_as_declared(rows):
    """Whatever form the rows come in, the columns stand in order with their dtypes, and rows count from 0."""
    table = build(PETS, rows)
    assert list(table) == PETS.names
    assert table.dtypes.astype(str).to_dict() == DTYPES
    assert list(table.index) == [0, 1]
    assert table.loc[0].tolist() == ["Ada", "cat", 4, 4.5, pd.Timestamp("2020-05-01")]
    assert table.loc[1, ["weight", "born"]].isna().all()


def test_build_adds_what_may_be_missing():
    """A column that may be missing need not be given: it comes out all missing, in its dtype."""
    table = build(PETS, {name: ROWS[name] for name in ("name", "kind", "legs")})
    assert table.dtypes.astype(str).to_dict() == DTYPES
    assert table[["weight", "born"]].isna().all(axis=None)


def test_build_keeps_other_columns_last():
    """Columns that nobody declared are kept as they are, in their order, after the declared ones."""
    table = build(PETS, {"zeal": [1, 2]} | ROWS | {"age": ["5", "6"]})
    assert list(table) == [*PETS.names, "zeal", "age"]
    assert table["zeal"].tolist() == [1, 2]
    assert table["age"].tolist() == ["5", "6"]


@pytest.mark.parametrize("rows", [[], {}, pd.DataFrame(), pd.DataFrame(columns=PETS.names)])
def test_a_table_without_rows_has_its_columns_and_dtypes(rows):
    """No rows make a table like any other: the columns are there, with their dtypes."""
    table = build(PETS, rows)
    assert table.empty
    assert table.dtypes.astype(str).to_dict() == DTYPES


def test_neither_changes_what_it_is_given():
    """Neither function changes the frame that it is given."""
    given = pd.DataFrame(ROWS)[["legs", "name", "kind"]].set_index(pd.Index([7, 3]))
    before = given.copy(deep=True)
    check(build(PETS, given), PETS)
    assert_frame_equal(given, before)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"legs": ["4", "x"]}, "pets, column 'legs', row 1: 'x' is not int64. It holds: How many legs it has."),
        ({"legs": [4, None]}, "pets, column 'legs', row 1: nan is not int64. It holds: How many legs it has."),
        ({"legs": [4, 3.5]}, "pets, column 'legs', row 1: 3.5 is not a whole number."),
        ({"weight": ["heavy", 1]}, "pets, column 'weight', row 0: 'heavy' is not float64. It holds: Its weight in kg."),
        (
            {"born": ["2020-05-01", "soon"]},
            "pets, column 'born', row 1: 'soon' is not datetime64[us]. It holds: Its first day.",
        ),
        ({"kind": ["cat", None]}, "pets, column 'kind', row 1: nan is missing. It holds: What it is."),
        (
            {"kind": ["cat", "dogs"]},
            "pets, column 'kind', row 1: 'dogs' is not allowed. Did you mean 'dog'? Allowed: 'cat', 'dog'.",
        ),
        ({"weight": [4.5, 100.1]}, "pets, column 'weight', row 1: 100.1 is not between 0 and 100."),
        ({"weight": [-1, 4.5]}, "pets, column 'weight', row 0: -1.0 is not between 0 and 100."),
        (
            {"name": ["Ada", "Ada"], "kind": ["cat", "cat"]},
            "pets, row 1: a second row with name 'Ada', kind 'cat'. It has one row per pet.",
        ),
    ],
    ids=[
        "no number",
        "no count",
        "fraction",
        "no weight",
        "no date",
        "missing",
        "not allowed",
        "too much",
        "too little",
        "twice",
    ],
)
def test_build_names_what_is_wrong(changed, words):
    """A value that does not fit is refused by table, column, row and value, with what the column holds or allows."""
    assert message(build, PETS, ROWS | changed) == words


def test_a_key_is_all_its_columns():
    """Two rows may share a part of the key: only all of it tells rows apart."""
    assert len(build(PETS, ROWS | {"name": ["Ada", "Ada"]})) == 2


def test_a_table_without_a_key_may_repeat_itself():
    """Where nothing tells rows apart, two may be the same."""
    keyless = Table("sounds", "one row per sound heard", (), (Column("sound", TEXT, "What is heard."),))
    assert len(build(keyless, {"sound": ["meow", "meow"]})) == 2


def test_a_lacking_column_is_refused_by_name():
    """The message names the column, what a row is, which columns there should be and which there are."""
    assert message(check, pets().drop(columns="legs"), PETS, "animals") == (
        "animals has no column 'legs'. It has one row per pet, with columns name, kind, legs, weight, born; "
        "this one has name, kind, weight, born."
    )
    assert message(check, pd.DataFrame(), PETS).endswith("this one has none.")


def test_check_asks_for_all_columns():
    """A checked table has even the columns whose values may be missing; only build adds them."""
    assert message(check, pets().drop(columns="weight"), PETS).startswith("pets has no column 'weight'.")


def test_a_column_that_is_there_twice_is_refused():
    """Of two columns with one name nobody knows which is meant."""
    twice = pd.concat([pets(), pets()[["kind"]]], axis=1)
    assert message(check, twice, PETS) == "pets has more than one column 'kind'. Rename one, or drop it."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"legs": [4.0, 3.0]}, "has dtype float64, not int64. Use .astype({'legs': 'int64'})."),
        ({"name": pd.Series(["Ada", "Bo"], dtype=object)}, "has dtype object, not str. Use .astype({'name': 'str'})."),
        (
            {"born": pd.to_datetime(["2020-05-01", None]).astype("datetime64[ns]")},
            "has dtype datetime64[ns], not datetime64[us]. Use .astype({'born': 'datetime64[us]'}).",
        ),
    ],
    ids=["legs", "name", "born"],
)
def test_a_wrong_dtype_is_refused_with_the_remedy(changed, words):
    """Check changes nothing: a column of another dtype is refused, and the message gives the call that mends it."""
    frame = pets(**changed)
    column = next(iter(changed))
    assert message(check, frame, PETS, "animals") == f"animals, column {column!r} {words}"
    check(frame.astype({column: DTYPES[column]}), PETS)


def test_the_dtype_of_no_values_is_no_matter():
    """An empty frame, whose columns have no dtype to speak of, passes."""
    check(pd.DataFrame(columns=PETS.names), PETS)


@pytest.mark.parametrize("thing", [None, [1], "pets.csv"], ids=["None", "list", "path"])
def test_what_is_no_frame_is_refused(thing):
    """The message names the argument, what it should be and what it is."""
    kind = type(thing).__name__
    assert message(check, thing, PETS, "animals") == f"animals must be a DataFrame (one row per pet), not {kind}."


def test_values_at_the_ends_of_the_range_are_allowed():
    """0 and the maximum belong to the range."""
    assert build(PETS, ROWS | {"weight": [0, 100]})["weight"].tolist() == [0.0, 100.0]


def test_check_unique_names_the_second_row():
    """The row that is there again is named, with its key and the remedy that the caller gives."""
    frame = pd.DataFrame({"name": ["Ada", "Bo", "Ada"], "legs": [4, 4, 3]})
    assert message(check_unique, frame, ["name"], "animals", "Drop one.") == (
        "animals, row 2: a second row with name 'Ada'. Drop one."
    )
    check_unique(frame, ["name", "legs"], "animals", "Drop one.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            ["a", "shell"],
            "finds, column 'what', row 1: 'shell' is what version 0.1 called 'conch'. "
            "Use .replace({'what': {'shell': 'conch'}}).",
        ),
        (["a", "b"], "finds, column 'what', row 1: 'b' is not allowed. Allowed: 'a', 'conch'."),
    ],
    ids=["renamed", "unknown"],
)
def test_a_value_that_was_renamed_is_refused_with_its_new_name(values, words):
    """A table that an earlier version saved may hold a value by its old name: the message says how to rename it."""
    column = Column("what", TEXT, "What it is.", ("a", "conch"), renamed=(("shell", "conch"),))
    table = Table("finds", "one row per find", (), (column,))
    assert message(build, table, {"what": values}) == words


def test_the_old_name_of_boilerplate_is_refused_with_the_new_one(sentences):
    """Version 0.1 called boilerplate furniture: a table of sentences that it saved is refused with what to do."""
    saved = sentences.assign(part=sentences["part"].replace("boilerplate", "furniture"))
    row = saved["part"].tolist().index("furniture")
    words = (
        f"sentences, column 'part', row {row}: 'furniture' is what version 0.1 called 'boilerplate'. "
        "Use .replace({'part': {'furniture': 'boilerplate'}})."
    )
    assert message(find_mentions, saved) == words
    check(saved.replace({"part": {"furniture": "boilerplate"}}), SENTENCES)
