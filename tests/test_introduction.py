"""The introduction to a file of reviews: its name, its films, and what was read and what was not."""

import pandas as pd
import pytest

import starlight as st
from starlight.errors import TableError


def introduced(tmp_path, **columns):
    """What is said of a file mine.csv with these columns beside its texts."""
    path = tmp_path / "mine.csv"
    rows = max((len(values) for values in columns.values()), default=2)
    pd.DataFrame({"text": [f"It glows, {n}." for n in range(rows)], **columns}).to_csv(path, index=False)
    return str(st.introduce(st.load_reviews(path)))


@pytest.mark.parametrize(
    ("films", "title"),
    [
        (["Sea", "Sea"], r"## mine\.csv: 2 reviews of Sea"),
        (["Ice", "Sea", "Sea", None], r"## mine\.csv: 4 reviews of Sea and Ice"),
        ([*"aabbccd"], r"## mine\.csv: 7 reviews of 4 films, such as a, b and c"),
        ([None, None], r"## mine\.csv: 2 reviews"),
    ],
)
def test_names_the_file_and_its_films(tmp_path, films, title):
    """The title has the films with the most reviews, three at most."""
    assert introduced(tmp_path, film=films).splitlines()[0] == title


def test_says_what_was_read_and_what_was_not(tmp_path):
    """Two of three reviews state a date and none a score; what the third has for a date is reported as odd."""
    said = introduced(tmp_path, date=["2025-05-30", "May", "2025-06-01"]).splitlines()[-1]
    assert said == (
        "Of 3 reviews, 0 state a film, 0 a score, 2 a date, 0 a critic and 0 an outlet. "
        "Worth a look in the load report: 1 value missing or odd."
    )


def test_shows_any_name_as_it_stands(tmp_path):
    """A film's name is no tag, picture, link, formula or end of a line to whoever shows the text."""
    film = "a<b ![x](https://x.y) $x^2$\n# **Big** |"
    first, second, *_ = introduced(tmp_path, film=[film, film]).splitlines()
    assert first.endswith(r"a\<b \!\[x\]\(https\:\/\/x\.y\) \$x\^2\$ \# \*\*Big\*\* \|")
    assert second == ""


def test_refuses_reviews_without_a_report():
    """A table that was put together by hand has no file to introduce."""
    reviews = st.load_reviews()
    reviews.attrs.clear()
    with pytest.raises(TableError, match="has no load report"):
        st.introduce(reviews)
