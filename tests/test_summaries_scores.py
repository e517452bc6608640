"""Scores on one scale, by one convention and by each, by hand and on the five."""

import pandas as pd
import pytest
from tables_by_hand import EACH_CONVENTION, reviews_by_hand

import starlight as st
from starlight.errors import ScoreError, TableError
from starlight.summaries import scales_taken
from starlight.tables import REVIEWS, build


def review(raw, status="stated", scale=None, score=None):
    """A reviews table of one review with this printed score."""
    row = {"review_id": "x", "text": "No.", "words": 1, "score_raw": raw, "score_status": status}
    return build(REVIEWS, [row | {"name": row["review_id"], "score_scale": scale, "score": score}])


def test_lists_the_printed_scores():
    """The stated B- of ann is 67, bob's ambiguous A would be 100; cy prints none and has no row."""
    scores = st.score_distribution(reviews_by_hand())
    assert scores[["review_id", "score_raw", "score", "score_status"]].to_numpy().tolist() == [
        ["ann", "B-", 67, "stated"],
        ["bob", "A", 100, "ambiguous"],
    ]
    assert scores["convention"].tolist() == ["even steps"] * 2


@pytest.mark.parametrize(
    ("convention", "expected"), [("even steps", [67, 100]), ("school", [81, 95]), ("one member", [63, 99])]
)
def test_gives_letters_their_value_by_the_convention(convention, expected):
    """B- and A under each convention of DESIGN.md, whatever `score` says of them in the table."""
    scores = st.score_distribution(reviews_by_hand(), convention=convention)
    assert scores["score"].tolist() == expected
    assert scores["convention"].tolist() == [convention] * 2


def test_leaves_the_reviews_own_score_alone():
    """Another convention changes the distribution, never the reviews."""
    reviews = reviews_by_hand()
    st.score_distribution(reviews, convention="school")
    assert reviews["score"].iloc[0] == 67


@pytest.mark.parametrize(
    ("raw", "scale", "expected"), [("8", "10", 80), ("★★★", "4", 75), ("7.5 on 10", "10", 75), ("85%", "percent", 85)]
)
@pytest.mark.parametrize("convention", ["even steps", "school"])
def test_keeps_what_is_no_letter(raw, scale, expected, convention):
    """A number, one whose scale was given on loading too, is the same under every convention."""
    scores = st.score_distribution(review(raw, scale=scale, score=expected), convention=convention)
    assert scores["score"].tolist() == [expected]


def test_keeps_an_unreadable_score_without_a_value():
    """What is printed but cannot be read has its row, and no score."""
    scores = st.score_distribution(review("8", status="unreadable"))
    assert scores[["score_raw", "score_status"]].to_numpy().tolist() == [["8", "unreadable"]]
    assert scores["score"].isna().all()


@pytest.mark.parametrize("convention", ["even steps", EACH_CONVENTION])
@pytest.mark.parametrize(("raw", "scale"), [("splendid", "letter"), ("8", None), ("11", "10")])
def test_refuses_a_score_that_is_not_what_the_table_says(convention, raw, scale):
    """A score marked as stated that cannot be read is refused by review, status and score."""
    with pytest.raises(ScoreError, match=f"reviews, 'x': its score is marked stated. Cannot read the score '{raw}'"):
        st.score_distribution(review(raw, scale=scale, score=50), convention=convention)


@pytest.mark.parametrize("convention", ["imdb", "", None, 3])
def test_refuses_an_unknown_convention(convention):
    """An unknown convention is refused with its name and with those that there are."""
    with pytest.raises(
        TableError, match=f"convention is {convention!r}.*Allowed: 'even steps', 'school', 'one member'"
    ):
        st.score_distribution(reviews_by_hand(), convention=convention)


def test_refuses_an_unknown_convention_where_no_score_is_printed():
    """The name is checked whether or not a letter needs it."""
    with pytest.raises(TableError, match="convention is 'imdb'"):
        st.score_distribution(reviews_by_hand().iloc[2:], convention="imdb")


def test_suggests_the_nearest_convention():
    """A slip of the pen is answered with the name that was meant."""
    with pytest.raises(TableError, match=r"Did you mean 'even steps'\?"):
        st.score_distribution(reviews_by_hand(), convention="even step")


def test_several_conventions_repeat_the_distribution_of_each():
    """The table of several conventions holds for each, in the order asked for, the rows of its own distribution."""
    reviews = reviews_by_hand()
    scores = st.score_distribution(reviews, convention=["school", "one member", "school"])
    assert scores["convention"].tolist() == ["school"] * 2 + ["one member"] * 2
    for convention, rows in scores.groupby("convention"):
        assert rows.reset_index(drop=True).equals(st.score_distribution(reviews, convention=convention))


@pytest.mark.parametrize(
    ("convention", "message"),
    [([], "convention is empty. Allowed: 'even steps', "), (["school", "imdb"], "convention is 'imdb'")],
)
def test_refuses_no_convention_and_an_unknown_one_among_several(convention, message):
    """An empty list would give an empty table that looks like an answer."""
    with pytest.raises(TableError, match=message):
        st.score_distribution(reviews_by_hand(), convention=convention)


def test_scores_of_the_five(reviews):
    """Of the five, three print a score, and one of the three is ambiguous; the stated ones are the reviews' own."""
    scores = st.score_distribution(reviews).set_index("review_id")
    printed = reviews[reviews["score_raw"].notna()].set_index("review_id")
    assert scores.index.tolist() == printed.index.tolist()
    stated = scores["score_status"] == "stated"
    assert stated.sum() == 2
    assert scores.loc[stated, "score"].equals(printed.loc[stated, "score"])
    assert scores.loc[~stated, ["score_raw", "score"]].to_numpy().tolist() == [["A", 100]]


def of_films(*scores):
    """Reviews with these scores out of ten, each (film, score)."""
    films, printed = zip(*scores, strict=True)
    return st.load_reviews(
        pd.DataFrame({"text": [f"It is film {n}." for n in range(len(films))], "film": films, "score": printed}),
        score_scale=10,
    )


def test_scores_are_counted_by_film():
    """Sea has 8, 8, 9, 7 and 6.3 of ten: two at 80, a median of 80, and 63 is nearest 65; Ice's two have no median."""
    reviews = of_films(("Sea", 8), ("Sea", 8), ("Sea", 9), ("Sea", 7), ("Sea", 6.3), ("Ice", 2), ("Ice", None))
    counted = st.score_distribution(reviews, by="film")
    some = counted[counted["reviews"] > 0]
    assert some[["group", "score", "reviews", "stated", "of_reviews"]].to_numpy().tolist() == [
        ["Sea", 65, 1, 5, 5],
        ["Sea", 70, 1, 5, 5],
        ["Sea", 80, 2, 5, 5],
        ["Sea", 90, 1, 5, 5],
        ["Ice", 20, 1, 1, 2],
    ]
    medians = counted.drop_duplicates("group")["median"]
    assert (medians.iloc[0], pd.isna(medians.iloc[1])) == (80, True)
    assert (counted.groupby("group").size() == 21).all()


def test_scores_by_film_are_under_one_convention():
    """Two conventions at once would count each review twice."""
    with pytest.raises(TableError, match="with by, scores are counted under one"):
        st.score_distribution(reviews_by_hand(), convention=["school", "even steps"], by="film")


def test_tells_the_scales_that_scores_do_not_print():
    """7 is out of what it was taken to be out of; 7/10 and B say it themselves."""
    bare = st.score_distribution(of_films(("Sea", "7"), ("Sea", "7/10"), ("Sea", "B")))
    assert scales_taken(bare) == ["10"]
    assert scales_taken(st.score_distribution(reviews_by_hand())) == []
