"""Themes and opinions in groups of reviews: every review in one group, and every count with its share and interval."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from tables_by_hand import TEXTS, mentions_by_hand, opinions_by_hand, reviews_by_hand, silent_reviews, themes_by_hand

import starlight as st
from starlight.summaries.compared import at_shares, spreads


def reviews_with(name, values):
    """Reviews that print no score, one for each of these values of a column."""
    column = pd.Series(values, dtype="datetime64[us]") if name == "published" else values
    return silent_reviews([f"r{n}" for n in range(len(values))]).assign(**{name: column})


def groups_of(name, values, most=8):
    """The groups of these values, one row each, in their order."""
    counted = st.theme_frequency(mentions_by_hand().iloc[:0], reviews_with(name, values), by=name, most=most)
    return counted.drop_duplicates("group")


def grouped(name, values, most=8):
    """How many reviews each group of these values has."""
    groups = groups_of(name, values, most)
    return dict(zip(groups["group"], groups["of_reviews"], strict=True))


def period_of(values):
    """The length of the groups of these dates."""
    (period,) = groups_of("published", values)["period"].dropna().unique()
    return period


def test_themes_by_score_by_hand():
    """Ann is stated at 67; bob's ambiguous score and cy's missing one are not stated. Music: ann, and bob of those."""
    counted = st.theme_frequency(mentions_by_hand(), reviews_by_hand(), by="score", themes=themes_by_hand())
    music = counted[counted["theme"] == "music"]
    assert music[["group", "mentions", "reviews", "of_reviews"]].to_numpy().tolist() == [
        ["0 up to 20", 0, 0, 0],
        ["20 up to 40", 0, 0, 0],
        ["40 up to 60", 0, 0, 0],
        ["60 up to 80", 1, 1, 1],
        ["80 to 100", 0, 0, 0],
        ["not stated", 2, 1, 2],
    ]
    assert music["share"].isna().tolist() == [True, True, True, False, True, False]
    assert (set(counted["by"]), counted["period"].notna().any()) == ({"score"}, False)


def test_opinions_by_score_by_hand():
    """Ann praises music twice: 2 opinions of her 4, in 1 review of 1. Bob praises it once, of his 3, in 1 of 2."""
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), by="score", themes=themes_by_hand())
    praise = counted[(counted["theme"] == "music") & (counted["polarity"] == "praise") & (counted["of_reviews"] > 0)]
    columns = ["group", "opinions", "of_opinions", "reviews", "of_reviews", "share", "coder"]
    assert praise[columns].to_numpy().tolist() == [
        ["60 up to 80", 2, 4, 1, 1, 1.0, "settled"],
        ["not stated", 1, 3, 1, 2, 0.5, "settled"],
    ]


def test_a_band_of_scores_holds_its_lower_end():
    """19.9 is below 20, 20 is not; 100 is in the last band, which has no other to go to."""
    assert grouped("score", [0, 19.9, 20, 79.99, 80, 100, None]) == {
        "0 up to 20": 2,
        "20 up to 40": 1,
        "40 up to 60": 0,
        "60 up to 80": 1,
        "80 to 100": 2,
        "not stated": 1,
    }


def test_the_most_common_are_kept_and_the_rest_counted():
    """Of four outlets two are kept, the tie by name; the other two are one group, and a missing one is not stated."""
    assert grouped("outlet", ["B", "A", "A", "D", "C", "B", None, " "], most=2) == {
        "A": 2,
        "B": 2,
        "2 others": 2,
        "not stated": 2,
    }
    assert grouped("outlet", ["B", "A", "A"], most=1) == {"A": 2, "1 other": 1}


def test_a_group_may_be_called_like_ours():
    """An outlet called "not stated", or "1 other", is not mixed up with what is not stated or the others."""
    assert grouped("outlet", ["not stated", None]) == {"not stated": 1, "(not stated)": 1}
    assert grouped("outlet", ["1 other", "1 other", "A"], most=1) == {"1 other": 2, "(1 other)": 1}


@pytest.mark.parametrize(
    ("days", "period", "groups"),
    [
        (["2025-05-30", "2025-05-31"], "day", ["2025-05-30", "2025-05-31"]),
        (["2025-05-22", "2025-05-30"], "week", ["2025-05-19", "2025-05-26"]),
        (["2025-05-22", "2025-07-01"], "month", ["2025-05", "2025-06", "2025-07"]),
        (["2024-12-31", "2025-07-01"], "quarter", ["2024 Q4", "2025 Q1", "2025 Q2", "2025 Q3"]),
        (["2022-12-31", "2025-07-01"], "year", ["2022", "2023", "2024", "2025"]),
        (["2011-12-31", "2025-07-01"], "5 years", ["2010–2014", "2015–2019", "2020–2024", "2025–2029"]),
        (["1900-01-01", "2025-07-01"], "50 years", ["1900–1949", "1950–1999", "2000–2049"]),
    ],
)
def test_periods_are_the_shortest_that_are_few(days, period, groups):
    """Two dates are spread over at most five periods, the empty ones between them there too, and named as they are."""
    assert (period_of(days), list(grouped("published", days))) == (period, groups)


def test_many_dates_have_at_most_twenty_periods():
    """Twenty years of five dates each are twenty years; with one more year, or one date less, periods are longer."""
    years = [f"{year}-03-01" for year in range(2000, 2021) for _ in range(5)]
    assert period_of(years[:100]) == "year"
    assert period_of(years) == "5 years"
    assert period_of(years[:99]) == "5 years"


def test_a_straggler_does_not_make_every_period_longer():
    """One date of 1898 (a misprint) among 200 of 2020 to 2023 is a group of its own, and no period."""
    days = ["1898-01-01", *(f"{year}-{month:02}-10" for year in range(2020, 2024) for month in [1, 5] * 25)]
    counted = st.theme_frequency(mentions_by_hand().iloc[:0], reviews_with("published", days), by="published")
    periods = counted.drop_duplicates("group")
    assert periods["group"].tolist()[:3] == ["before 2020 Q1", "2020 Q1", "2020 Q2"]
    assert periods["of_reviews"].tolist()[:3] == [1, 25, 25]
    assert periods["period"].isna().tolist() == [True, *[False] * (len(periods) - 1)]


@pytest.mark.parametrize(
    ("column", "misprint", "group"),
    [
        ("published", "0001-01-01", "before 2024-05-01"),
        ("seen", "1500-01-01", "before 2024-05-01"),
        ("seen", "2999-05-30", "after 2024-05-10"),
        ("published", "9999-12-31", "after 2024-05-10"),
    ],
)
def test_a_straggler_may_be_of_any_year(column, misprint, group):
    """One date that nanoseconds cannot count, among 400 of ten days, is its own group, in a column of one's own too."""
    days = [misprint, *(f"2024-05-{day:02}" for day in range(1, 11) for _ in range(40))]
    groups = grouped(column, pd.Series(days, dtype="datetime64[us]"))
    assert (groups[group], len(groups), sum(groups.values())) == (1, 11, 401)


def test_groups_of_any_year():
    """Days, weeks and spans of years have names from the first year to the last."""
    for year in ("0001", "1500", "9999"):
        assert list(grouped("published", [f"{year}-12-30", f"{year}-12-31"])) == [f"{year}-12-30", f"{year}-12-31"]
        assert period_of([f"{year}-12-20", f"{year}-12-31"]) == "week"
    assert list(grouped("published", ["0001-01-01", "9999-12-31"])) == ["0–9999"]


def test_reviews_without_a_date_are_a_group():
    """What has no date is not stated, last, and no period; with no date at all it is all there is."""
    assert grouped("published", ["2025-05-30", None]) == {"2025-05-30": 1, "not stated": 1}
    for days, known in (([None, None], []), (["2025-05-30", None], ["day"])):
        groups = groups_of("published", days)
        assert groups["group"].iloc[-1] == "not stated"
        assert groups["period"].dropna().tolist() == known


def test_a_column_of_ones_own_may_hold_anything():
    """Numbers, truths and dates with a zone are groups by what they print as."""
    assert grouped("stars", [3, 4, 3]) == {"3": 2, "4": 1}
    assert grouped("seen_twice", [True, False, None]) == {"False": 1, "True": 1, "not stated": 1}
    zoned = pd.to_datetime(pd.Series(["2025-05-30T23:00", "2025-05-31T01:00"])).dt.tz_localize("Asia/Seoul")
    assert grouped("seen", zoned) == {"2025-05-30": 1, "2025-05-31": 1}


def test_periods_say_when_they_begin():
    """Months begin on their first day; the straggler before them, and what is not stated, begin on none."""
    days = ["1898-01-01", *["2025-01-10"] * 60, *["2025-03-01"] * 60, None]
    groups = groups_of("published", days).set_index("group")["begins"]
    weeks = groups.dropna()
    assert groups.isna().tolist() == [True, *[False] * len(weeks), True]
    assert (weeks.index[0], weeks.iloc[0]) == ("2025-01-06", pd.Timestamp("2025-01-06"))


def judged(reviews, *rows):
    """Opinions of the story, each (number of the review, polarity), by outlet."""
    opinions = opinions_by_hand().iloc[[2] * len(rows)].reset_index(drop=True)
    ids = [f"r{number}" for number, _ in rows]
    opinions = opinions.assign(review_id=ids, polarity=[polarity for _, polarity in rows])
    return st.praise_and_criticism(opinions, reviews, by="outlet", themes=themes_by_hand()).query("theme == 'story'")


def test_balance_of_praise_and_criticism():
    """Of A's four reviews three praise the story and two criticise it, one doing both: 75 % less 50 %."""
    reviews = reviews_with("outlet", ["A"] * 4 + ["B"] * 2).assign(text=TEXTS["ann"])
    sides = [(0, "praise"), (1, "praise"), (2, "praise"), (2, "criticism"), (3, "criticism")]
    counted = judged(reviews, *sides)
    rows = counted[["group", "reviews", "both"]].to_numpy().tolist()
    assert rows == [["A", 3, 1], ["A", 2, 1], ["B", 0, 0], ["B", 0, 0]]
    at = at_shares(counted).set_index("group")
    assert (at.loc["A", "at"], at.loc["B", "at"]) == (0.25, 0)
    assert at.loc["A", "low"] < 0.25 < at.loc["A", "high"]
    assert at.loc["B", "low"] < 0 < at.loc["B", "high"]
    assert spreads(at.reset_index()).tolist() == pytest.approx([(0.25**2 * (4 / 6) * (2 / 6)) ** 0.5])


def test_groups_are_told_from_others_within_films():
    """Outlet A reviewed the praised film only: it is far from B by itself, but not within films."""
    reviews = reviews_with("outlet", ["A"] * 40 + ["B"] * 40).assign(text=TEXTS["ann"])
    praised = [(number, "praise") for number in range(40)]
    alone = judged(reviews, *praised).query("polarity == 'praise'")["p"]
    assert alone.lt(0.001).all()
    within = judged(reviews.assign(film=["X"] * 40 + ["Y"] * 40), *praised).query("polarity == 'praise'")["p"]
    assert within.isna().all()


@given(some.lists(some.sampled_from(["A", "B", "C", "", None, "not stated"])), some.integers(1, 4))
def test_every_review_is_in_one_group(values, most):
    """Whatever a column holds, the groups' reviews and mentions add up to all of them."""
    reviews = reviews_with("shop", values).assign(text=TEXTS["ann"])
    mentions = mentions_by_hand().iloc[[0] * len(reviews)].assign(review_id=reviews["review_id"].to_numpy())
    counted = st.theme_frequency(
        mentions.reset_index(drop=True), reviews, by="shop", most=most, themes=themes_by_hand()
    )
    music = counted[counted["theme"] == "music"]
    assert music["of_reviews"].sum() == music["reviews"].sum() == music["mentions"].sum() == len(reviews)
    assert not music["group"].duplicated().any()


@pytest.mark.parametrize("by", ["published", "outlet", "score", "critic", "film"])
def test_groups_of_the_five_add_up(by, reviews, mentions, opinions):
    """On the five, each theme's groups add up to its frequency, its praise and its criticism."""
    talked = st.theme_frequency(mentions, reviews, by=by).groupby("theme")[["mentions", "reviews", "of_reviews"]].sum()
    frequency = st.theme_frequency(mentions, reviews).set_index("theme")[["mentions", "reviews", "of_reviews"]]
    pd.testing.assert_frame_equal(talked.sort_index(), frequency.sort_index())
    key, counts = ["theme", "polarity"], ["opinions", "of_opinions", "reviews", "of_reviews"]
    judged = st.praise_and_criticism(opinions, reviews, by=by).groupby(key)[counts].sum()
    pd.testing.assert_frame_equal(
        judged, st.praise_and_criticism(opinions, reviews).set_index(key)[counts].sort_index(), check_index_type=False
    )


@pytest.mark.parametrize(
    ("given_by", "message"),
    [
        ({"by": "outlets"}, r"by is 'outlets'. Did you mean 'outlet'\?"),
        ({"by": "publisher"}, r"by is 'publisher'. Loaded reviews have that in the column 'outlet': by='outlet'."),
        ({"by": "Rating"}, r"by is 'Rating'. Loaded reviews have that in the column 'score': by='score'."),
        ({"by": 7}, "by is 7. Allowed: 'review_id', "),
        ({"by": "outlet", "most": 0}, "most is 0; it is how many groups to keep apart, a whole number from 1."),
        ({"by": "outlet", "most": 2.5}, "most is 2.5; it is how many"),
        ({"by": "essay"}, "by is 'essay', which holds 'wwwwww.*too long for the name of a group"),
    ],
)
def test_refuses_what_gives_no_groups(given_by, message):
    """A column that is not there, a number that is none, and a column of texts are refused with the remedy."""
    with pytest.raises(st.StarlightError, match=message):
        st.theme_frequency(
            mentions_by_hand(), reviews_by_hand().assign(essay="w" * 101), themes=themes_by_hand(), **given_by
        )


def test_no_reviews_have_no_groups():
    """Without reviews there are no groups, but for the bands of scores, which are always five."""
    none = reviews_by_hand().iloc[:0]
    assert st.theme_frequency(mentions_by_hand().iloc[:0], none, by="outlet").empty
    assert st.praise_and_criticism(opinions_by_hand().iloc[:0], none, by="published").empty
    assert st.theme_frequency(mentions_by_hand().iloc[:0], none, by="score")["group"].nunique() == 5
