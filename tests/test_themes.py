"""The list of themes: the project's own, and what of a user's is refused."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from starlight import read_themes
from starlight.coding import Term, checked_themes, index_terms
from starlight.coding.belonging import check_themes
from starlight.errors import ReadError, TableError
from starlight.tables import THEMES

CRAFT = ["overall", "story", "characters", "romance", "visuals", "world"]
CRAFT += ["music", "performances", "direction", "emotion", "ideas", "ending"]
MOTIFS = ["space", "loss", "ambition", "distance", "technology", "nostalgia", "home"]


def refusal(error, function, *arguments):
    """Return the words with which something is refused."""
    with pytest.raises(error) as caught:
        function(*arguments)
    return str(caught.value)


def themes(**terms):
    """Return a list of themes from the terms of each."""
    return pd.DataFrame({"theme": list(terms), "terms": list(terms.values())})


def write(path, rows):
    """Write a list of themes as a csv, with the project's columns."""
    path.write_text("theme,label,kind,covers,terms\n" + rows, encoding="utf-8")
    return path


def test_the_projects_themes():
    """There are the codebook's twelve craft themes and seven motifs, each with a label and what it covers."""
    table = read_themes()
    assert table.loc[table["kind"] == "craft", "theme"].tolist() == CRAFT
    assert table.loc[table["kind"] == "motif", "theme"].tolist() == MOTIFS
    assert list(table) == THEMES.names
    assert table[["label", "covers"]].notna().all(axis=None)


def test_overall_alone_has_no_terms():
    """Every theme has terms but overall, which no word could mention."""
    table = read_themes()
    assert table.loc[table["terms"].isna(), "theme"].tolist() == ["overall"]


def test_each_term_of_the_project_is_written_once():
    """No term of the project's list is another's twin: none is dropped when they are indexed."""
    table = read_themes()
    written = [term.strip() for cell in table["terms"].dropna() for term in cell.split(";")]
    indexed = [term for terms in index_terms(table).values() for term in terms]
    assert len(written) == len(set(written)) == len(indexed)


def test_a_list_of_ones_own(tmp_path):
    """A csv with the same columns is read the same way; other columns are kept last."""
    path = tmp_path / "mine.csv"
    path.write_text("theme,label,kind,covers,terms,note\nfood,Food,motif,,bread; wine,mine\n", encoding="utf-8")
    table = read_themes(path)
    assert list(table) == [*THEMES.names, "note"]
    assert table.loc[0, ["theme", "terms", "note"]].tolist() == ["food", "bread; wine", "mine"]
    assert table["covers"].isna().all()


@pytest.mark.parametrize(
    ("written", "words", "exact", "is_name"),
    [
        ("love stories", ("love", "story"), False, False),
        ("meet-cute", ("meet", "cute"), False, False),
        ("=moving", ("moving",), True, False),
        ("Mars", ("mars",), True, True),
        ("BGs", ("bgs",), True, True),
        ("the past", ("the", "past"), False, False),
    ],
)
def test_how_a_term_is_read(written, words, exact, is_name):
    """A term is its words' dictionary forms; with = before it, or a capital in it, its words as they are written."""
    term = Term("t", written.removeprefix("="), words, exact, is_name)
    assert index_terms(themes(t=written)) == {words[0]: [term]}


def test_terms_are_indexed_longest_first():
    """Under a first word stand its terms, the longest first and the exact before others; blanks are nothing."""
    index = index_terms(themes(t=" love ; love story;; =love; fall in love ;"))
    assert {first: [(term.term, term.exact) for term in terms] for first, terms in index.items()} == {
        "love": [("love story", False), ("love", True), ("love", False)],
        "fall": [("fall in love", False)],
    }


def test_a_term_twice_in_its_theme_counts_once():
    """Two spellings of one term in a theme are one: "story" and "stories"."""
    assert [term.term for term in index_terms(themes(t="story; stories; Story"))["story"]] == ["Story", "story"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"a": "song; story", "b": "stories"},
            "themes: themes 'a' and 'b' both have the term 'story' ('stories' in 'b'). Remove one of them.",
        ),
        ({"a": "song; --"}, "themes: the term '--' of theme 'a' has no letter or digit. Remove it."),
    ],
    ids=["of two themes", "no word"],
)
def test_terms_that_cannot_be_are_refused(given, words):
    """A term of two themes, or without a word, is refused by term and theme."""
    assert refusal(TableError, index_terms, themes(**given)) == words


@pytest.mark.parametrize("column", ["theme", "terms"])
def test_themes_without_a_column_are_refused(column):
    """The message names the column that is lacking, and both that are needed."""
    said = refusal(TableError, index_terms, themes(t="song").drop(columns=column))
    assert said.endswith("; it is a table with the columns theme and terms.")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            "food,Food,motive,,bread\n",
            "themes, column 'kind', row 0: 'motive' is not allowed. Did you mean 'motif'? Allowed: 'craft', 'motif'.",
        ),
        (
            "food,Food,motif,,bread\nfood,Food,motif,,wine\n",
            "themes, row 1: a second row with theme 'food'. It has one row per theme.",
        ),
        (
            "food,,motif,,bread\n",
            "themes, column 'label', row 0: nan is missing. It holds: The theme's name for people.",
        ),
        (
            "food,Food,motif,,bread\nmeal,Meal,motif,,bread\n",
            "themes: themes 'food' and 'meal' both have the term 'bread'. Remove one of them.",
        ),
    ],
    ids=["kind", "twice", "no label", "shared term"],
)
def test_a_list_that_breaks_its_declaration_is_refused(tmp_path, rows, words):
    """The message names the column, the row, the value and what is allowed."""
    assert refusal(TableError, read_themes, write(tmp_path / "mine.csv", rows)) == words


def test_a_list_without_a_column_is_refused(tmp_path):
    """The message names the column, those there should be and those there are."""
    path = tmp_path / "mine.csv"
    path.write_text("theme,terms\nfood,bread\n")
    assert refusal(TableError, read_themes, path) == (
        "themes has no column 'label'. It has one row per theme, with columns theme, label, kind, covers, terms; "
        "this one has theme, terms."
    )


@pytest.mark.parametrize(
    ("raw", "why"),
    [(None, "No such file"), (b"", "No columns to parse"), (b"theme\n\xe9\n", "can't decode byte 0xe9")],
    ids=["missing", "empty", "not text"],
)
def test_a_list_that_cannot_be_read_is_named(tmp_path, raw, why):
    """The message names the file, why it cannot be read, and the columns it should have."""
    path = tmp_path / "mine.csv"
    if raw is not None:
        path.write_bytes(raw)
    words = refusal(ReadError, read_themes, path)
    assert words.startswith(f"The themes in {str(path)!r} cannot be read: ")
    assert why in words
    assert words.endswith(" It must be a csv in UTF-8, not packed, with the columns theme, label, kind, covers, terms.")


def test_an_unknown_theme_is_refused():
    """The message names the table, the row, the theme, the nearest there is, all of them, and where they are."""
    table = pd.DataFrame({"theme": ["music", "visual"]})
    assert refusal(TableError, check_themes, table, themes(music="song", visuals="art"), "opinions") == (
        "opinions, row 1: no theme 'visual'. Did you mean 'visuals'? Allowed: 'music', 'visuals'. "
        "Themes are in data/themes.csv, or pass your own as themes=."
    )


def test_known_themes_pass():
    """A table whose themes are all in the list passes; so does one without rows."""
    for rows in (["music", "music"], []):
        check_themes(pd.DataFrame({"theme": rows}), themes(music="song"), "opinions")


def test_indexing_changes_nothing_in_the_themes():
    """The list is as it was."""
    given = themes(a="song", b=None)
    before = given.copy(deep=True)
    index_terms(given)
    assert_frame_equal(given, before)


def test_two_themes_of_one_label_are_refused():
    """A chart would draw both in one place, as one."""
    said = refusal(TableError, checked_themes, pd.DataFrame({"theme": ["a", "b"], "label": "A", "terms": ["x", "y"]}))
    assert said == "themes, row 1: a second row with label 'A'. Charts tell themes apart by their labels."
