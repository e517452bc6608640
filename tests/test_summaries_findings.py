"""The findings: true sentences, whose numbers stand in the rows that they name, on any number of reviews."""

import re

import pandas as pd
import pytest
from tables_by_hand import holding, mentions_by_hand, opinions_by_hand, reviews_by_hand, silent_reviews, themes_by_hand

import starlight as st
from starlight.errors import TableError
from starlight.tables import MENTIONS, OPINIONS, build

EMPTY = {"mentions": build(MENTIONS, []), "opinions": build(OPINIONS, [])}
ALIKE = (
    "Grouped by {}, reviews differ in no theme by more than chance would explain, all words and groups tested together."
)


def sentences(mentions=EMPTY["mentions"], opinions=EMPTY["opinions"], reviews=None, **settings):
    """The findings' sentences."""
    return st.findings(mentions, opinions, reviews, **settings)["finding"].tolist()


def behind(row, **given):
    """The rows of the table that a finding names."""
    table = eval(row.table, {**vars(st), **given})  # noqa: S307 - a call that the package wrote itself
    return table if pd.isna(row.rows) else table.query(row.rows)


def crowd(outlets, talks):
    """Reviews of these outlets, of which those that talk mention music and praise it, as tables."""
    reviews = silent_reviews([f"r{n}" for n in range(len(outlets))])
    reviews = reviews.assign(outlet=pd.Series(outlets, dtype="str"), text="music")
    names = [f"r{n}" for n, one in enumerate(talks) if one]
    places = {"sentence": 0, "start": 0, "end": 5, "theme": "music"}
    mentions = build(MENTIONS, [{"review_id": name, "term": "music", **places} for name in names])
    opinion = {"quote": "music", "polarity": "praise", "coder": "settled", **places}
    return {
        "mentions": mentions,
        "opinions": build(OPINIONS, [{"review_id": name, **opinion} for name in names]),
        "reviews": reviews,
        "themes": themes_by_hand(),
    }


def test_what_is_found_by_hand():
    """Every finding on the tables by hand, as it can be counted there."""
    found = sentences(mentions_by_hand(), opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    assert found == [
        "There are 3 reviews: too few to say anything about others.",
        "1 of 3 reviews states a score, 67 of 100: too few for a median.",
        "Of the craft themes, “Music” (in 2 of 3 reviews) has the most mentions: 3.",
        "Of the motifs, “Space” (in 2 of 3 reviews) has the most mentions: 2.",
        "There are 7 opinions, in 2 of 3 reviews: 4 of praise and 3 of criticism.",
        "“Music” (in 2 of 3 reviews) is praised most: in 3 of 7 opinions.",
        "“Story” (in only 1 of 3 reviews) is criticised most: in 2 of 7 opinions.",
        "No word sets praise apart from criticism beyond what chance would give.",
        ALIKE.format("score"),
    ]


@pytest.mark.parametrize("by", [("published", "outlet", "score"), "critic", ()])
def test_every_finding_of_the_five_leads_to_its_rows(by, mentions, opinions, reviews):
    """On the five, the call gives a table, the query picks rows of it, and counts in the sentence stand in them."""
    found = st.findings(mentions, opinions, reviews, by=by)
    for row in found.itertuples():
        rows = behind(row, mentions=mentions, opinions=opinions, reviews=reviews)
        assert len(rows), row.finding
        if row.table.startswith(("theme_frequency", "praise_and_criticism")) and "by=" not in row.table:
            shown = {int(number) for number in re.findall(r"\d+", row.finding)}
            assert shown == set(rows.select_dtypes("int64").to_numpy().ravel()), row.finding
            assert all(f"“{label}”" in row.finding for label in rows["label"])


def test_says_whose_coding_it_rests_on(mentions, opinions, reviews):
    """What rests on opinions names their coder; what is read from the reviews alone names none."""
    found = st.findings(mentions, opinions, reviews, by=())
    assert {about: set(rows["coder"].dropna()) for about, rows in found.groupby("about")} == {
        "reviews": set(),
        "scores": set(),
        "themes": set(),
        "opinions": {"settled"},
        "words": {"settled"},
    }


def test_nothing_is_found_in_nothing():
    """With no reviews it says that there are none, and no other thing that would not hold."""
    found = sentences(reviews=reviews_by_hand().iloc[:0])
    assert found == ["There are no reviews.", "No theme is mentioned.", "There are no opinions."]


def test_one_review_is_one_review():
    """A single review is compared with nothing."""
    assert sentences(reviews=silent_reviews(["a"])) == [
        "There is 1 review: too few to say anything about others.",
        "The review states no score.",
        "No theme is mentioned.",
        "There are no opinions.",
    ]


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([None] * 3, "None of 3 reviews states a score."),
        ([50, 70, None], "2 of 3 reviews state a score, 50 and 70 of 100: too few for a median."),
        (
            [10, 20, 30, 40, 50],
            "5 of 5 reviews state a score; their median is 30 of 100, and the middle half lies from 20 to 40.",
        ),
    ],
)
def test_scores_have_a_median_from_five_on(scores, sentence):
    """Fewer than five scores are listed: a median of them would say more than there is."""
    reviews = silent_reviews([str(n) for n in range(len(scores))]).assign(score=pd.Series(scores, dtype="float64"))
    assert sentence in sentences(reviews=reviews)


def test_many_reviews_say_when_they_were_published():
    """From twenty reviews on nothing is said to be few; the first and last date are, and how many have none."""
    days = pd.to_datetime(pd.Series(["2020-01-02"] * 18 + ["2021-03-04", None])).astype("datetime64[us]")
    reviews = silent_reviews([str(n) for n in range(20)]).assign(published=days)
    first = "There are 20 reviews, published from 2020-01-02 to 2021-03-04; 1 without a date."
    assert sentences(reviews=reviews)[0] == first


def test_equals_are_all_named():
    """Story and music, criticised once each, are both what is criticised most."""
    opinions = opinions_by_hand().iloc[[2, 4]].reset_index(drop=True)
    found = sentences(mentions_by_hand(), opinions, reviews_by_hand(), themes=themes_by_hand())
    both = "“Story” (in only 1 of 3 reviews) and “Music” (in only 1 of 3 reviews)"
    assert f"{both} are criticised most: in 1 of 2 opinions each." in found
    assert not any("praised most" in sentence for sentence in found)


def test_after_the_film_as_a_whole_comes_a_theme():
    """Where the film as a whole (a theme without terms) is praised most, the next theme is named too."""
    opinions = opinions_by_hand()
    opinions.loc[[0, 1], "theme"] = "overall"
    found = sentences(mentions_by_hand(), opinions, reviews_by_hand(), themes=themes_by_hand())
    assert "“Overall” (in only 1 of 3 reviews) is praised most: in 2 of 7 opinions." in found
    assert any(
        sentence.startswith("Apart from that, ") and sentence.endswith("praised most: in 1 of 7 opinions each.")
        for sentence in found
    )


def test_a_difference_is_told_where_the_counts_carry_it():
    """40 of 50 reviews in A talk of music and praise it, and 10 of 50 in B: told once, though it holds for both."""
    tables = crowd(["A"] * 50 + ["B"] * 50, [True] * 40 + [False] * 10 + [True] * 10 + [False] * 40)
    found = st.findings(**tables, by="outlet")
    assert found.loc[found["about"] == "groups", "finding"].tolist() == [
        "“Music” is talked about in 40 of 50 reviews whose outlet is “A” (80%), and in 10 of 50 others (20%).",
        "“Music” is praised in 40 of 50 reviews whose outlet is “A” (80%), and in 10 of 50 others (20%).",
    ]
    for row in found.itertuples():
        assert len(behind(row, **tables)), row.finding


def test_a_small_group_that_is_all_different_is_told():
    """All 5 reviews of one outlet talk of music and none of 40 others: too few for the normal curve, not for chance."""
    found = sentences(**crowd(["B"] * 40 + ["A"] * 5, [False] * 40 + [True] * 5), by="outlet")
    assert "“Music” is talked about in 0 of 40 reviews whose outlet is “B” (0%), and in 5 of 5 others (100%)." in found


def test_no_difference_is_told_that_the_counts_do_not_carry():
    """4 of 5 against 1 of 5 is no finding, though the shares are the same."""
    found = sentences(**crowd(["A"] * 5 + ["B"] * 5, [True] * 4 + [False] + [True] + [False] * 4), by="outlet")
    assert found[-1].startswith("Grouped by outlet, reviews differ in no theme")


def test_what_is_not_stated_is_compared_with_but_not_told_of():
    """Half of A and of B talk of music, and none of the others: told of A, though the others lie further off."""
    talks = [True, False] * 50 + [False] * 50
    found = st.findings(**crowd(["A"] * 50 + ["B"] * 50 + [None] * 50, talks), by="outlet")
    told = "“Music” is {} in 25 of 50 reviews whose outlet is “A” (50%), and in 25 of 100 others (25%)."
    groups = found.loc[found["about"] == "groups", "finding"].tolist()
    assert groups == [told.format(verb) for verb in ("talked about", "praised")]


@pytest.mark.parametrize(
    ("slope", "told"), [(4, "higher: rank correlation 0.87"), (-4, "lower: rank correlation −0.87")]
)
def test_praise_that_goes_with_scores_is_told(slope, told):
    """Ten reviews praise and score above 50, ten criticise and score as much below it; then the other way about."""
    tables = crowd(["A"] * 20, [True] * 20)
    tables["opinions"].loc[10:, "polarity"] = "criticism"
    scores = [50 + slope * (1 + n) for n in range(10)] + [50 - slope * (1 + n) for n in range(10)]
    tables["reviews"] = tables["reviews"].assign(score=pd.Series(scores, dtype="float64"))
    found = st.findings(**tables, by=())
    (row,) = [row for row in found.itertuples() if row.finding.startswith("Reviews that praise more")]
    assert row.finding.startswith(f"Reviews that praise more tend to score {told}, with its 95% interval from ")
    assert row.finding.endswith(", of 20 reviews that state a score and judge.")
    assert (row.about, row.coder, len(behind(row, **tables))) == ("scores", "settled", 20)
    tables["reviews"]["score"] = [50.0, 60.0] * 10  # as high with praise as with criticism
    assert not any("praise more" in sentence for sentence in sentences(**tables, by=()))


def films(*praised):
    """Reviews of films, as (film, outlet, whether it praises music, how many), as tables."""
    rows = [one for *one, number in praised for _ in range(number)]
    tables = crowd([outlet for _, outlet, _ in rows], [talks for _, _, talks in rows])
    return tables | {"reviews": tables["reviews"].assign(film=pd.Series([film for film, _, _ in rows], dtype="str"))}


def test_films_are_compared_first_and_other_groups_within_them():
    """All praise the music of Sea, none that of Ice; A writes mostly of Sea: a difference of films, not of outlets."""
    tables = films(("Sea", "A", True, 40), ("Sea", "B", True, 10), ("Ice", "A", False, 10), ("Ice", "B", False, 40))
    found = st.findings(**tables, by=("film", "outlet"))
    assert found.loc[found["about"] == "groups", "finding"].tolist() == [
        "“Music” is talked about in 0 of 50 reviews of “Ice” (0%), and in 50 of 50 others (100%).",
        "“Music” is praised in 0 of 50 reviews of “Ice” (0%), and in 50 of 50 others (100%).",
        ALIKE.format("outlet"),
    ]


def test_a_difference_within_films_is_told():
    """Of both films A praises the music, and B does not."""
    sides = [(film, outlet, outlet == "A", 25) for film in ("Sea", "Ice") for outlet in "AB"]
    found = sentences(**films(*sides), by="outlet")
    assert found[-1] == (
        "“Music” is praised in 50 of 50 reviews whose outlet is “A” (100%), and in 0 of 50 others (0%); "
        "this holds within films too."
    )


def rated(*scored):
    """Reviews of films, as (film, outlet, score, how many), as tables; none talks of anything."""
    tables = films(*((film, outlet, False, number) for film, outlet, _, number in scored))
    scores = [float(score) for *_, score, number in scored for _ in range(number)]
    return tables | {"reviews": tables["reviews"].assign(score=scores, score_raw=[f"{n:g}/100" for n in scores])}


def told_of_scores(tables, by):
    """The sentences on medians of groups, whose calls give their rows."""
    tables["reviews"] = tables["reviews"].assign(score_scale="100", score_status="stated")
    found = st.findings(**tables, by=by)
    told = [row for row in found.itertuples() if row.finding.startswith("The median")]
    for row in told:
        (middle,) = behind(row, **tables)["median"].unique()
        assert f" is {middle:g}, and " in row.finding
    return [row.finding for row in told]


def test_films_whose_scores_differ_are_told():
    """Sea's 13 reviews score 90, Ice's 70 and Moon's 40: Sea and Moon differ from the others, Ice lies between."""
    assert told_of_scores(rated(("Sea", "A", 90, 13), ("Ice", "A", 70, 13), ("Moon", "A", 40, 14)), "film") == [
        "The median score of 13 reviews of “Sea” is 90, and that of 27 others 40.",
        "The median score of 14 reviews of “Moon” is 40, and that of 26 others 80.",
    ]


@pytest.mark.parametrize("by", ["film", "outlet"])
def test_scores_that_chance_would_give_are_not_told(by):
    """Three of five above the median are chance; and an outlet that writes only of the better film rates no higher."""
    few = rated(("Sea", "A", 90, 3), ("Sea", "A", 40, 2), ("Ice", "B", 90, 2), ("Ice", "B", 40, 3))
    assert told_of_scores(few, by) == []
    assert told_of_scores(rated(("Sea", "A", 90, 3), ("Ice", "B", 40, 200)), by) == []  # too few for a median
    assert told_of_scores(rated(("Sea", "A", 90, 30), ("Ice", "B", 40, 30)), "outlet") == []


def test_outlets_whose_scores_differ_within_films_are_told():
    """A gives each film 20 more than B; of two groups, one is told."""
    sides = [(film, outlet, score) for film, score in (("Sea", 60), ("Ice", 30)) for outlet in "AB"]
    rows = rated(*((film, outlet, score + 20 * (outlet == "A"), 15) for film, outlet, score in sides))
    told = "The median score of 30 reviews whose outlet is “A” is 65, and that of 30 others 45"
    assert told_of_scores(rows, "outlet") == [f"{told}; this holds within films too."]


def test_disagreement_is_within_a_film():
    """Sea's reviewers praise the story, Ice's criticise it: only of the music those of Ice disagree."""
    rows = [("Sea", "story", "praise"), ("Ice", "story", "criticism"), ("Ice", "music", "praise")]
    rows = [*rows * 2, *[("Ice", "music", "criticism")] * 2, ("Sea", "music", "praise"), ("Sea", "music", "criticism")]
    place = {"sentence": 0, "start": 0, "end": 1, "quote": "!", "coder": "settled"}
    opinions = build(
        OPINIONS,
        [{"review_id": f"r{n}", "theme": t, "polarity": p, **place} for n, (_, t, p) in enumerate(rows)],
    )
    reviews = holding(opinions["review_id"], opinions).assign(film=[film for film, _, _ in rows])
    found = st.findings(EMPTY["mentions"], opinions, reviews, themes=themes_by_hand())
    (row,) = found[found["about"] == "disagreement"].itertuples()
    assert row.finding == (
        "The reviews divide most over “Music” in “Ice”: it is mostly praised in 2 reviews and mostly criticised in 2."
    )
    assert len(behind(row, opinions=opinions, reviews=reviews, themes=themes_by_hand())) == 4


def test_few_are_not_nought_percent():
    """40 of 1,000 and 1 of 1,000 are 4.0% and 0.1%."""
    talks = [True] * 40 + [False] * 960 + [True] + [False] * 999
    found = sentences(**crowd(["A"] * 1000 + ["B"] * 1000, talks), by="outlet")
    assert found[-1].endswith("in 40 of 1,000 reviews whose outlet is “A” (4.0%), and in 1 of 1,000 others (0.1%).")


def test_groups_that_are_no_value_are_not_set_against_the_rest():
    """With one outlet, or none stated, there is nothing to compare: what is not stated is no outlet."""
    for outlets in (["A"] * 6, [None] * 6):
        found = st.findings(**crowd(outlets, [True] * 6), by="outlet")
        assert "groups" not in set(found["about"])


def test_words_are_told_that_many_reviews_share():
    """Sixty reviews praise what is fun and sixty criticise what is slow: these words, and no rarer ones, are told."""
    names = [f"r{n}" for n in range(120)]
    place = {"sentence": 0, "start": 0, "end": 9, "theme": "overall", "coder": "settled"}
    sides = [{"quote": "fun film!", "polarity": "praise"}] * 60 + [{"quote": "slow film", "polarity": "criticism"}] * 60
    rows = [{"review_id": name, **place, **side} for name, side in zip(names, sides, strict=True)]
    opinions = build(OPINIONS, rows)
    found = sentences(opinions=opinions, reviews=holding(names, opinions))
    told = "The word that sets {0} apart from {1} most is “{2}” (60 to 0), counted in 120 words of {0} and 120 of {1}."
    assert told.format("praise", "criticism", "fun") in found
    assert told.format("criticism", "praise", "slow") in found


@pytest.mark.parametrize("reviewers", [1, 4], ids=["one reviewer's habit", "too few to tell"])
def test_no_word_is_told_of_that_is_chance_or_habit(reviewers):
    """One review that says fun 60 times, or four that say it once each, tell nothing of praise."""
    times = 60 if reviewers == 1 else 1
    place = {"sentence": 0, "theme": "overall", "coder": "settled"}
    quotes = [
        {"review_id": f"{polarity}{n}", "start": 9 * turn, "end": 9 * turn + 9, "quote": word, "polarity": polarity}
        for polarity, word in (("praise", "fun film!"), ("criticism", "slow film"))
        for n in range(reviewers)
        for turn in range(times)
    ]
    opinions = build(OPINIONS, [{**quote, **place} for quote in quotes])
    found = sentences(opinions=opinions, reviews=holding(opinions["review_id"].unique(), opinions))
    assert "No word sets praise apart from criticism beyond what chance would give." in found


def test_the_order_of_rows_tells_nothing(mentions, opinions, reviews):
    """The same findings, in the same order, whichever way the rows of mentions and opinions lie."""
    turned = st.findings(mentions[::-1].reset_index(drop=True), opinions[::-1].reset_index(drop=True), reviews)
    pd.testing.assert_frame_equal(turned, st.findings(mentions, opinions, reviews))


def test_queries_hold_for_any_name():
    """A theme or an outlet may be called by anything: the query still picks its rows."""
    name = "it's \"`x`\" | @y\\ == '`"
    tables = crowd([name] * 50 + ["B"] * 50, [True] * 45 + [False] * 55)
    for table in ("mentions", "opinions", "themes"):
        tables[table] = tables[table].replace({"theme": {"music": name}})
    found = st.findings(**tables, by="outlet")
    assert "groups" in set(found["about"])
    for row in found.itertuples():
        assert len(behind(row, **tables)), row.table


def test_refuses_a_column_that_is_not_there():
    """A column to group by that reviews lack is refused by name."""
    with pytest.raises(TableError, match="by is 'outlets'"):
        sentences(reviews=reviews_by_hand(), by="outlets")
