"""Names of reviews: short, unlike each other, and made of what each review has."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from starlight import load_report, load_reviews, save_table

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def names(rows, **columns):
    """Load rows, and return their names."""
    return load_reviews(pd.DataFrame(rows).assign(**columns))["name"].tolist()


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"critic": "Ann Lee", "outlet": "The Post", "headline": "A Small Gem"}, "Ann Lee"),
        ({"outlet": "The Post", "headline": "A Small Gem"}, "The Post"),
        ({"headline": "A Small Gem"}, "A Small Gem"),
        ({}, "It glows from its first…"),
    ],
    ids=["critic", "outlet", "headline", "first words"],
)
def test_a_name_is_of_the_first_thing_that_the_review_has(row, name):
    """The critic, else the outlet, else the headline, else the first words, cut after a word."""
    assert names([{"text": "It glows from its first frame to its last."} | row]) == [name]


def test_names_that_are_alike_are_numbered():
    """The second review of a critic ends in 2, and no number makes a name that another review has."""
    rows = [
        {"text": f"It glows {n}.", "critic": critic} for n, critic in enumerate(["Ann Lee", "Ann Lee 2", "Ann Lee"])
    ]
    assert names(rows) == ["Ann Lee", "Ann Lee 2", "Ann Lee 3"]


def test_the_film_comes_first_where_there_are_several():
    """Reviews of two films are named after them, those of one film are not."""
    rows = pd.DataFrame({"text": ["It glows.", "It bores."], "critic": ["Ann Lee", "Bo Vey"]})
    assert names(rows, film=["Dune", "Alien"]) == ["Dune: Ann Lee", "Alien: Bo Vey"]
    assert names(rows, film="Dune") == ["Ann Lee", "Bo Vey"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Dune review: it glows", "…review: it glows"),
        ("A slow and golden “DUNE” is here", "A slow and golden…"),
        ("Ann on Dune: it glows", "…it glows"),
        ("Dune (2021)", "Dune (2021)"),
        ("The dune seas", "The dune seas"),
        ("Dunes", "Dunes"),
    ],
)
def test_a_headline_without_the_film_that_all_share(title, name):
    """Where all reviews are of one film, a name is what its headline says before the film, or else behind it."""
    rows = [{"text": "It glows.", "title": title}, {"text": "I slept.", "title": "Sleep"}]
    assert names(rows, film="Dune") == [name, "Sleep"]
    assert names(rows, film=["Dune", "Alien"])[0].startswith("Dune: ")


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8))
def test_names_fit_an_axis_and_differ(cells):
    """Whatever the cells hold, a name is one line of at most 28 characters, and no two are equal."""
    rows = [
        {"text": f"x{n}", "film": film, "critic": critic, "title": title}
        for n, (film, critic, title) in enumerate(cells)
    ]
    found = names(rows)
    assert len(set(found)) == len(found)
    assert all(0 < len(name) <= 28 and name.isprintable() for name in found)


def test_names_are_kept_by_subsets_and_by_saved_tables(tmp_path):
    """A subset has the names of the whole, also after it was saved and loaded."""
    reviews = load_reviews().iloc[3:].reset_index(drop=True)
    save_table(reviews, tmp_path / "two.csv")
    assert load_reviews(tmp_path / "two.csv")["name"].tolist() == ["Lost in Starlight (2025)", "Sneha Jaiswal"]


def test_a_saved_table_without_names_gets_them(tmp_path):
    """A table that 0.1 saved has no column `name`, and is loaded as one that has."""
    reviews = load_reviews()
    save_table(reviews.drop(columns="name"), tmp_path / "old.csv")
    assert_frame_equal(load_reviews(tmp_path / "old.csv"), reviews)


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl", "xlsx"])
def test_a_name_of_the_users_own_that_0_1_saved_is_kept(tmp_path, kind):
    """Where `name` does not follow `review_id` in a saved table, 0.1 wrote it, last, and it is the user's column."""
    reviews = load_reviews()
    theirs = [f"Reader {number}" for number in range(5)]
    save_table(reviews.drop(columns="name").assign(name=theirs), tmp_path / f"old.{kind}")
    again = load_reviews(tmp_path / f"old.{kind}")
    assert_frame_equal(again, reviews.assign(given_name=theirs).astype({"given_name": again["given_name"].dtype}))
    assert load_report(again)["reason"].str.startswith("the column is kept as given_name: ").sum() == 1


@pytest.mark.parametrize(
    "name", ["Ann", "", " q ", "a\x07b", "a\nb", "a\u200bb", "\u202eab", "x" * 29], ids=lambda name: repr(name)[:12]
)
def test_saved_names_that_are_no_names_of_ours_are_made_anew(tmp_path, name):
    """If one saved name is missing, another's, or not one short line of printable characters, all are made anew."""
    reviews = load_reviews()
    mine = reviews.assign(name=["Ann", "x" * 28, name, "Cy *", "é🎬"])
    save_table(mine, tmp_path / "mine.parquet")
    for again in (load_reviews(tmp_path / "mine.parquet"), load_reviews(mine)):
        assert again["name"].tolist() == reviews["name"].tolist()
        assert load_report(again)["reason"].str.startswith("a name is missing, repeated, or not one line").sum() == 1
    assert not load_report(reviews)["reason"].str.contains("anew").any()
    kept = mine.assign(name=["Ann", "x" * 28, "Bo", "Cy *", "é🎬"])
    assert load_reviews(kept)["name"].tolist() == kept["name"].tolist()


def test_files_are_in_natural_order(tmp_path):
    """The second file comes before the tenth."""
    for number in (1, 2, 10):
        (tmp_path / f"review{number}.txt").write_text(f"It glows {number}.")
    assert load_reviews(tmp_path)["review_id"].tolist() == ["review1", "review2", "review10"]
