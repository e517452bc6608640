"""What scores are out of is told from all of them together, and said; where it cannot be told no score is read."""

import warnings

import pandas as pd
import pytest

from starlight import load_report, load_reviews, parse_score
from starlight.errors import ScoreError

FIVE = [1, 2, 3, 4, 5] * 4


def loaded(scores, column="rating", **options):
    """Load reviews with these scores; return their scores, and the warnings."""
    texts = [f"It glows {number}." for number in range(len(scores))]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        reviews = load_reviews(pd.DataFrame({"text": texts, column: scores}), **options)
    read = reviews["score"].astype(object).where(reviews["score"].notna(), None)
    return read.tolist(), [str(one.message) for one in caught], reviews


@pytest.mark.parametrize(
    ("scores", "scale"),
    [
        (FIVE, 5),
        ([0.5, 3.5, 4, 5] * 5, 5),
        (["1", "7", "8.5", "9"] * 5, 10),
        ([float(n) for n in [1, 10, 8, 6]] * 5, 10),
        ([20, 70, 88, 95] * 5, 100),
    ],
)
def test_twenty_numbers_tell_their_scale(scores, scale):
    """The one usual scale that fits is taken, and one warning says so and how to set it, as does the report."""
    read, said, reviews = loaded(scores)
    assert read == pytest.approx([100 * float(score) / scale for score in scores])
    assert len(said) == 1
    assert f"20 scores from {min(map(float, scores)):g} to" in said[0]
    assert f"are taken to be out of {scale}: their largest, steps and spread fit no other" in said[0]
    assert said[0].endswith("If that is wrong, say with score_scale= what they are out of.")
    assert said[0].endswith(load_report(reviews)["reason"].iloc[-1])


@pytest.mark.parametrize(
    ("name", "scale"),
    [("Rating (1-5)", 5), ("score (out of 10)", 10), ("Your rating (0 to 10)", 10), ("Score /100", 100)],
)
def test_the_name_of_a_column_may_tell_its_scale(name, scale):
    """Then numbers are out of that, unless one is above it, and the report says so."""
    for scores in ([4], FIVE):
        reviews = load_reviews(pd.DataFrame({"text": ["It glows."] * len(scores), name: scores}))
        assert reviews["score"].tolist() == pytest.approx([100 * score / scale for score in scores])
        assert "the scale of its numbers, as the column's name says" in load_report(reviews)["reason"].tolist()
    with pytest.warns(
        UserWarning, match=rf"were not read: .* 101\): the column's name says {scale}, and 101 is more, so none is"
    ):
        assert load_reviews(pd.DataFrame({"text": ["a"], name: [101]}))["score"].isna().all()


@pytest.mark.parametrize(
    ("scores", "count", "scale", "why"),
    [
        ([1, 2, 3, 4, 5, 4, 3, 5, 2, 4, 5, 3], "12 scores from 1 to 5", 5, "too few"),
        ([1, 2, 3, 4] * 6, "24 scores from 1 to 4", 5, "do not show"),
        ([5, 4] * 10, "20 scores from 4 to 5", 5, "do not show"),
        ([6, 7, 18, 15] * 5, "20 scores from 6 to 18", 20, "do not show"),
        ([3.87, 4.12, 5, 2.5] * 5, "20 scores from 2.5 to 5", 5, "do not show"),
        ([0, 0, 0, 1, 2, 9] * 5, "30 scores from 0 to 9", 10, "do not show"),
        ([1, 2, 4, 120] * 5, "20 scores from 1 to 120", 1000, "do not show"),
        ([0.1, 0.5, 0.9], "3 scores from 0.1 to 0.9", 1, "too few"),
        ([8], "1 score, 8", 10, "too few"),
    ],
    ids=["few", "up to 4", "two", "up to 18", "parts", "counts", "above", "shares", "one"],
)
def test_without_strong_evidence_no_score_is_read(scores, count, scale, why):
    """One warning says so and proposes a scale that fits; the report has one line for all of them."""
    read, said, reviews = loaded(scores)
    assert read == [None] * len(scores)
    assert len(said) == 1
    assert f"bare numbers ({count}): " in said[0]
    assert why in said[0]
    assert f"Give score_scale={scale} if they are out of {scale}." in said[0]
    report = load_report(reviews)
    assert report["action"].eq("kept").sum() == 1
    assert reviews["score_status"].eq("unreadable").all()
    assert loaded(scores, score_scale=scale)[:2] == (pytest.approx([100 * s / scale for s in scores]), [])


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (["4 star rating", "2 star rating", "5 star rating"], [80, 40, 100]),
        (["★★★☆☆", "★★★★★", "★"], [60, 100, 20]),
        (["⭐⭐⭐⭐⭐", "⭐⭐⭐"], [100, 60]),
        (["★★★☆", "★★★★"], [75, 100]),
        (["★★★★", "★★"], [None, None]),
        (["4 stars", "Rated 4 out of 5 stars"], [None, 80]),
    ],
)
def test_filled_stars_are_out_of_what_the_column_shows(scores, expected):
    """Hollow stars beside filled ones show of how many, and so do five filled ones; four do not."""
    read, said, _ = loaded(scores)
    assert (read, bool(said)) == (expected, None in expected)


@pytest.mark.parametrize(
    "words",
    [
        ("Recommended", "Not Recommended"),
        ("True", "False"),
        (True, False),
        ("positive", "negative"),
        ("fresh", "rotten"),
    ],
)
def test_thumbs_are_words_where_all_are(words):
    """In a column of nothing but such words they are thumbs; beside a score of another kind they are not read."""
    assert loaded([*words, None])[:2] == ([100, 0, None], [])
    read, said, reviews = loaded([*words, "4/5"])
    assert read == [None, None, 80]
    assert len(said) == 1
    assert load_report(reviews)["value"].iloc[-1] == f"{words[0]}, {words[1]}"
    assert load_report(reviews)["reason"].iloc[-1].endswith("This holds for 2 rows: 1, 2")


@pytest.mark.parametrize(("column", "read"), [("recommended", [100, 0]), ("rating", [None, None])])
def test_digits_are_thumbs_only_where_the_column_is_called_so(column, read):
    """1 in `recommended` is a thumb up, and in `rating` nobody knows."""
    assert loaded([1, 0], column)[0] == read


def test_a_note_is_a_score_only_if_its_cells_are():
    """German and French `note` is a score; an English one of remarks stays as it is."""
    assert loaded(["4/5", "im Kino"], "note")[0] == [80, None]
    read, said, reviews = loaded(["Seen twice", "in a cinema", None], "note")
    assert (read, said) == ([None] * 3, [])
    assert reviews["note"].tolist()[:2] == ["Seen twice", "in a cinema"]
    assert "columns that were not used" in load_report(reviews)["reason"].iloc[0]


def test_the_usual_forms_of_a_mixed_column():
    """Each form is read where it says of how many; words for none are none."""
    forms = {
        "4 star rating": None,
        "Rated 4 out of 5 stars": 80,
        "Rating: 4/5": 80,
        "(4/5)": 80,
        "10/10!": 100,
        "C -": parse_score("C-").value,
        "'3/4'": 75,
        "8/10 - Great": 80,
        "4,5 von 5 Sternen": 90,
        "Note: 3 sur 5": None,
        "My rating: B+": parse_score("B+").value,
        "Recommended": None,
        "fresh": None,
    }
    read, _, reviews = loaded([*forms, "NA", "nan"])
    assert dict(zip(forms, read, strict=False)) == forms
    assert reviews["score_status"].tolist()[-2:] == ["none", "none"]


@pytest.mark.parametrize("score", ["4/5 of 10", "A, B", "8/10 - 9 for the songs", "(4/5", "4/5 - B", "Rated PG-13"])
def test_what_is_more_than_one_score_is_refused(score):
    """What stands around a score may be words, and no other score."""
    with pytest.raises(ScoreError):
        parse_score(score)


def test_nought_between_one_and_minus_one_is_no_thumb_down():
    """Where -1 is the thumb down, 0 is neither: such a column is not read, and a warning says so."""
    with pytest.warns(UserWarning, match="3 of 3 scores .* were not read"):
        loaded = load_reviews(pd.DataFrame({"text": ["It glows.", "So it goes.", "Dull."], "sentiment": [1, 0, -1]}))
    assert loaded["score"].isna().all()
    told = load_reviews(pd.DataFrame({"text": ["It glows.", "It is dull."], "sentiment": [1, -1]}))
    assert told["score"].tolist() == [100, 0]


@pytest.mark.parametrize(("scale", "scores"), [(5, [20, 40, 60, 80, 100]), (6, [17, 33, 50, 67, 83])])
def test_who_gives_marks_a_scale_is_warned_that_1_may_be_the_best(scale, scores):
    """The scores are read as the user says, and one line tells what to do if they are marks."""
    read, (said,), _ = loaded(FIVE, "Note", score_scale=scale)
    assert f"as score_scale={scale} says, {scale} is the best score" in said
    assert said.endswith("load 6 minus the mark, with score_scale=5.")
    assert [round(one) for one in read] == scores * 4


@pytest.mark.parametrize("column", ["Note", "Schulnote"])
def test_german_marks_are_not_taken_for_scores(column):
    """Of 1 to 5 under `Note` 1 may be the best: none is read until the user says that 5 is. From 0 or 0.5 on it is."""
    read, said, _ = loaded(FIVE, column)
    assert read == [None] * 20
    assert "they may be German school marks, of which 1 is the best (then load 6 minus the mark)" in said[0]
    assert loaded([0.5, 3.5, 4, 5] * 5, column)[0] == [10, 70, 80, 100] * 5


@pytest.mark.parametrize("name", ["Score (2019/20)", "rating (season 2/10)", "rating (out of 5.5)"])
def test_other_numbers_in_the_name_of_a_column_are_no_scale(name):
    """Neither years nor a part of a number."""
    with pytest.warns(UserWarning, match="2 of 2 scores .* were not read"):
        assert load_reviews(pd.DataFrame({"text": ["a", "b"], name: [4, 2]}))["score"].isna().all()


@pytest.mark.parametrize(
    ("column", "is_read"),
    [
        ("Your rating (1 = best, 5 = worst)", False),
        ("rating (1-5, 1 best)", False),
        ("rating (1: very good, 5: very bad)", False),
        ("Bewertung (1 = sehr gut, 5 = schlecht)", False),
        ("rating (best = 1)", False),
        ("rating (worst 1 - best 5)", True),
        ("rating (1 = bad, 5 = good)", True),
        ("rating (1-5, 5 = best)", True),
    ],
)
def test_where_the_name_of_a_column_says_that_1_is_the_best_none_is_read(column, is_read):
    """Else the best film had the lowest score; the report says what to load."""
    read, said, _ = loaded(FIVE, column)
    assert (read == [20, 40, 60, 80, 100] * 4) if is_read else (read == [None] * 20)
    assert is_read or "1 is the best (then load 6 minus each), so none is read" in said[0]
