"""The charts of scores: few are drawn each by itself, many counted; what is not counted is hollow or named."""

import pandas as pd
import pytest
from chart_specs import as_rows, draw, marks, rows, texts, unknown_fields, unordered
from tables_by_hand import reviews_by_hand, scores_by_hand, silent_reviews

import starlight as st
from starlight.errors import TableError
from starlight.summaries import SCORE_DISTRIBUTION
from starlight.tables import REVIEWS, build

UNREADABLE = {"odd": ("8", None, "unreadable")}
AMBIGUOUS = {"blot": ("A", 100, "ambiguous")}
SUMMARIES = ("mean", "median", "boxplot", "errorbar", "density", "average", "ci0", "stdev", "quantile", "bin")


def all_of(scores, *silent):
    """A reviews table that holds the reviews of these scores, and others that print none."""
    return build(REVIEWS, [*silent_reviews([*scores["review_id"], *silent]).to_dict("records")])


@pytest.fixture
def drawn_by_hand(capfd):
    """The picture of the scores by hand with their reviews: ann's stated B-, bob's ambiguous A, cy without one."""
    reviews = reviews_by_hand()
    svg = draw(st.chart_scores(st.score_distribution(reviews), reviews).to_dict())
    assert capfd.readouterr() == ("", "")
    return svg


def test_dots_stand_at_their_scores(drawn_by_hand):
    """On an axis from 0 to 100 of 520 pixels, 67 stands at 348.4 and 100 at the end."""
    at = {dot["review"]: float(dot["transform"].split("(")[1].split(",")[0]) for dot in marks(drawn_by_hand, "point")}
    assert at == {"Ann": pytest.approx(348.4), "Bob": pytest.approx(520)}


def test_an_ambiguous_score_is_hollow(drawn_by_hand):
    """A stated score is a full dot, an ambiguous one a ring of the same colour, and the subtitle says why."""
    dots = {dot["score status"]: (dot["fill"], dot["stroke"]) for dot in marks(drawn_by_hand, "point")}
    assert dots == {"stated": ("#0072B2", "#0072B2"), "ambiguous": ("white", "#0072B2")}
    assert "a hollow dot is not counted" in " ".join(texts(drawn_by_hand))


def test_the_printed_grade_stands_beside_its_dot(drawn_by_hand):
    """The grade is shown as printed, and marked where it is ambiguous."""
    assert {"B-", "A (ambiguous)"} <= set(texts(drawn_by_hand))


def test_a_review_without_a_score_is_named_beside_the_axis(drawn_by_hand):
    """Cy, who prints no score, has a line of its own on the axis, which says so."""
    shown = texts(drawn_by_hand)
    assert [name for name in shown if name in ("Ann", "Bob", "Cy")] == ["Ann", "Bob", "Cy"]
    assert shown.count("no score printed") == 1


def test_an_unreadable_score_is_shown_as_printed():
    """A printed score that cannot be read has no dot; what is printed stands there with the reason."""
    svg = draw(st.chart_scores(scores_by_hand([50], **UNREADABLE)).to_dict())
    assert "8 (unreadable: scale not given)" in texts(svg)
    assert [dot["review"] for dot in marks(svg, "point")] == ["s0"]


@pytest.mark.parametrize("others", [{}, AMBIGUOUS, {**AMBIGUOUS, **UNREADABLE}])
def test_title_counts_stated_scores_of_all_reviews(others):
    """Only stated scores are counted; the reviews say of how many."""
    scores = scores_by_hand([50, 60], **others)
    assert st.chart_scores(scores).to_dict()["title"]["text"] == "2 reviews state a score"
    with_reviews = st.chart_scores(scores, all_of(scores, "cy")).to_dict()
    assert with_reviews["title"]["text"] == f"2 of {3 + len(others)} reviews state a score"


def test_words_name_every_review():
    """The alternative text has the printed score of each review, or says that there is none."""
    scores = scores_by_hand([50], **AMBIGUOUS)
    chart = st.chart_scores(scores, all_of(scores, "cy"))
    assert chart.to_dict()["description"] == "Dots: 1 of 3 reviews state a score. s0: 50/100; blot: A; cy: no score."


def test_the_data_are_the_scores_and_the_silent_reviews():
    """The rows drawn are those of the table, and one with nulls for each review without a score."""
    scores = scores_by_hand([50, 60], **AMBIGUOUS)
    silent = {**dict.fromkeys(SCORE_DISTRIBUTION.names), "review_id": "cy", "name": "cy", "score_status": "none"}
    drawn = rows(st.chart_scores(scores, all_of(scores, "cy")))
    assert unordered(drawn) == unordered([*as_rows(scores), silent])


@pytest.mark.parametrize(("silent", "drawn"), [(28, 28), (29, 0)])
def test_many_reviews_without_a_score_are_counted_instead(silent, drawn):
    """Reviews without a score are named up to 29 lines in all; of more the subtitle says how many they are."""
    scores = scores_by_hand([50])
    chart = st.chart_scores(scores, all_of(scores, *(f"n{n}" for n in range(silent))))
    assert len(rows(chart)) == 1 + drawn
    assert chart.to_dict()["title"]["subtitle"][1:] == ([] if drawn else ["not drawn: 29 without a score"])


def test_scores_that_nobody_states_give_way_last():
    """Where the reviews without a score would be too many, ambiguous scores are still drawn, as long as they fit."""
    scores = scores_by_hand([50], **AMBIGUOUS)
    chart = st.chart_scores(scores, all_of(scores, *(f"n{n}" for n in range(40))))
    assert [row["review_id"] for row in rows(chart)] == ["s0", "blot"]
    assert chart.to_dict()["title"]["subtitle"][1:] == ["not drawn: 40 without a score"]


def test_19_scores_are_dots():
    """Below twenty stated scores each is drawn by itself; ambiguous and unreadable ones do not count towards it."""
    svg = draw(st.chart_scores(scores_by_hand(range(19), **AMBIGUOUS, **UNREADABLE)).to_dict())
    assert len(marks(svg, "point")) == 20
    assert marks(svg, "bar") == []


def test_20_scores_are_a_histogram_with_counts_and_the_median():
    """Twenty scores: 0, 5, ..., 95. Each bar holds two, and the median is half way from 45 to 50."""
    svg = draw(st.chart_scores(scores_by_hand(range(0, 100, 5))).to_dict())
    assert marks(svg, "point") == []
    bars = marks(svg, "bar")
    assert [(bar["from"], bar["to"], bar["reviews"]) for bar in bars] == [
        (str(low), str(low + 10), "2") for low in range(0, 100, 10)
    ]
    assert "median 47.5" in texts(svg)
    assert texts(svg).count("2") >= 10


def test_the_median_stands_where_it_says():
    """The median's line of a histogram stands at the median: 47.5 of 100 is 247 of 520 pixels."""
    (rule,) = marks(draw(st.chart_scores(scores_by_hand(range(0, 100, 5))).to_dict()), "rule mark")
    assert rule["transform"].startswith("translate(247,")


@pytest.mark.parametrize(
    "stated",
    [[0] * 7 + [9] * 3 + [10] * 5 + [99.9] + [100] * 8, [30] * 20, [*range(0, 100, 4), 100]],
    ids=["edges", "one bar", "even"],
)
def test_every_stated_score_is_in_one_bar(stated):
    """Counts add up to the stated scores; a bar holds its lower end, and the last one 100 too."""
    scores = scores_by_hand(stated, **AMBIGUOUS)
    bars = [row for row in rows(st.chart_scores(scores)) if "low" in row]
    assert [bar["low"] for bar in bars] == list(range(0, 100, 10))
    for bar in bars:
        inside = [score for score in stated if bar["low"] <= score < bar["high"] or score == bar["high"] == 100]
        assert bar["reviews"] == len(inside)
    assert sum(bar["reviews"] for bar in bars) == len(stated)


def test_a_histogram_counts_any_number_of_scores():
    """More scores than Altair draws one by one are counted all the same: a histogram has ten bars."""
    spec = st.chart_scores(scores_by_hand([50] * 5001)).to_dict()
    assert spec["title"]["text"] == "5,001 reviews state a score; the median is 50"
    assert "50 to 60: 5001" in spec["description"]


def test_unreadable_scores_beyond_counting_by_eye_are_counted():
    """Scores that cannot be read would each have a line: 5,001 are said to be so many, and the stated one is drawn."""
    many = {f"odd{n}": ("8", None, "unreadable") for n in range(5001)}
    chart = st.chart_scores(scores_by_hand([50], **many))
    assert [row["review_id"] for row in rows(chart)] == ["s0"]
    assert chart.to_dict()["title"]["subtitle"][1:] == ["not drawn: 5,001 unreadable"]


def test_a_histogram_says_what_it_leaves_out():
    """Beside the bars the subtitle counts the scores that are not stated, and the reviews that print none."""
    scores = scores_by_hand([50] * 20, **AMBIGUOUS, **UNREADABLE)
    subtitle = st.chart_scores(scores, all_of(scores, "cy", "di")).to_dict()["title"]["subtitle"]
    assert subtitle[1] == "not drawn: 1 ambiguous, 1 unreadable, 2 without a score"


def test_a_histogram_says_of_how_many():
    """Its axis has the stated scores as denominator, its title all reviews, its words each bar."""
    scores = scores_by_hand([10] * 15 + [75] * 6, **AMBIGUOUS)
    spec = st.chart_scores(scores, all_of(scores, "cy")).to_dict()
    assert spec["title"]["text"] == "21 of 23 reviews state a score; the median is 10"
    assert spec["description"] == (
        "Histogram: 21 of 23 reviews state a score; median 10. 0 to 10: 0; 10 to 20: 15; 20 to 30: 0; 30 to 40: 0; "
        "40 to 50: 0; 50 to 60: 0; 60 to 70: 0; 70 to 80: 6; 80 to 90: 0; 90 to 100: 0."
    )


def test_a_histogram_reads_only_fields_that_are_there():
    """All fields of the histogram are columns of its counts."""
    assert unknown_fields(st.chart_scores(scores_by_hand(range(20))).to_dict()) == []


@pytest.mark.parametrize("number", range(5))
def test_few_scores_have_no_summary(number):
    """Fewer than five scores get no mean, median, box or density, neither drawn nor in words."""
    scores = scores_by_hand(range(40, 40 + number), **AMBIGUOUS)
    spec = str({**st.chart_scores(scores, all_of(scores, "cy")).to_dict(), "config": None}).lower()
    assert not [word for word in SUMMARIES if word in spec]


def test_refuses_more_conventions_than_it_tells_apart():
    """Six conventions differ in shape and colour; a seventh is refused."""
    several = [scores_by_hand([50, 60]).assign(convention=f"c{n}") for n in range(7)]
    assert st.chart_scores(pd.concat(several[:6]))
    with pytest.raises(TableError, match=r"scores holds 7 conventions, and a chart tells 6 apart. Take fewer."):
        st.chart_scores(pd.concat(several))


def test_conventions_count_the_reviews_without_a_score():
    """Under several conventions the reviews that print no score have no line; the subtitle counts them."""
    reviews = reviews_by_hand()
    spec = st.chart_scores(several(reviews), reviews).to_dict()
    assert spec["title"]["subtitle"][-1] == "not drawn: 1 without a score"


def test_refuses_scores_of_other_reviews():
    """Scores of other reviews are refused, by their ids, or by their names if the ids are the same."""
    with pytest.raises(TableError, match="scores, row 0: review_id 's0' is not in reviews"):
        st.chart_scores(scores_by_hand([50, 60]), silent_reviews(["cy"]))
    with pytest.raises(TableError, match="scores, row 0: review 's0' is called 's0', and in reviews 'Cy'"):
        st.chart_scores(scores_by_hand([50, 60]), silent_reviews(["s0"]).assign(name="Cy"))


def test_scores_of_other_reviews_too_are_left_out():
    """Of two scores, the chart of one of the reviews draws its own."""
    assert st.chart_scores(scores_by_hand([50, 60]), silent_reviews(["s0"])).to_dict()["title"]["text"] == (
        "1 of 1 reviews state a score"
    )


def test_refuses_reviews_that_are_none():
    """The second table is checked too."""
    with pytest.raises(TableError, match="reviews has no column 'score_status'"):
        st.chart_scores(scores_by_hand([50]), silent_reviews(["s0"]).drop(columns="score_status"))


def several(reviews):
    """Their scores under three conventions."""
    return st.score_distribution(reviews, convention=["one member", "even steps", "school"])


def test_conventions_span_from_the_lowest_to_the_highest(capfd):
    """The B- of ann is 63, 67 or 81: its line runs from 63 to 81, and each convention has a mark of its own shape."""
    svg = draw(st.chart_scores(several(reviews_by_hand())).to_dict())
    assert capfd.readouterr() == ("", "")
    ann, bob = marks(svg, "rule mark")
    assert ann["transform"].startswith("translate(327.6,")
    assert float(ann["x2"]) == pytest.approx((81 - 63) * 5.2)
    assert float(bob["x2"]) == pytest.approx((100 - 95) * 5.2)
    points = marks(svg, "point")
    assert len(points) == 6
    assert len({point["d"] for point in points}) == len({point["convention"] for point in points}) == 3


def test_conventions_say_what_cannot_be_read():
    """A score that cannot be read is called so in the picture and in the words."""
    one = scores_by_hand([50], **UNREADABLE)
    spec = st.chart_scores(pd.concat([one, one.assign(convention="school")])).to_dict()
    assert {"odd", "8 (unreadable)"} <= set(texts(draw(spec)))
    assert "; odd 8, even steps: unreadable; s0 50/100, school: 50; " in spec["description"]


def test_the_subtitle_repeats_the_scale_that_was_taken():
    """Bare numbers were loaded as out of five: whoever sees the chart sees that too, and no word of letters."""
    table = pd.DataFrame({"text": [f"It is good {n}." for n in range(24)], "rating": [1, 2.5, 4, 5] * 6})
    with pytest.warns(UserWarning, match="taken to be out of 5"):
        reviews = st.load_reviews(table)
    taken = "; a score that does not say what it is out of is taken to be out of 5"
    line = st.chart_scores(st.score_distribution(reviews), reviews).to_dict()["title"]["subtitle"][0]
    assert line == f"stated scores from 0 to 100{taken}"
    by_film = st.score_distribution(reviews.assign(film=["Sea", "Ice"] * 12), by="film")
    assert st.chart_scores(by_film).to_dict()["title"]["subtitle"][0] == f"stated scores from 0 to 100 by film{taken}"


def test_scores_of_films_say_how_letters_were_read():
    """Where there are letters, the subtitle names their convention."""
    table = pd.DataFrame({"text": [f"It is {n}." for n in range(12)], "film": ["Sea", "Ice"] * 6, "score": "B"})
    chart = st.chart_scores(st.score_distribution(st.load_reviews(table), by="film", convention="school"))
    line = "stated scores from 0 to 100 by film, letters by the convention “school”"
    assert chart.to_dict()["title"]["subtitle"][0] == line


def test_scores_of_films_are_told_by_their_medians():
    """Sea's six are all 8 of ten, Ice's all 4; Moon's one has no median, but a circle."""
    films = ["Sea"] * 6 + ["Ice"] * 6 + ["Moon"]
    printed = ["8/10"] * 6 + ["4/10"] * 6 + ["9/10"]
    table = pd.DataFrame({"text": [f"It is film {n}." for n in range(13)], "film": films, "score": printed})
    chart = st.chart_scores(st.score_distribution(st.load_reviews(table), by="film"))
    assert chart.to_dict()["title"]["text"] == "The median score is highest for “Sea”, 80, and lowest for “Ice”, 40"
    assert chart.to_dict()["description"] == (
        "Circles: the scores of reviews by film. Sea: 6 scores, median 80; Ice: 6 scores, median 40; Moon: 1 scores."
    )


def test_groups_of_two_columns_are_refused():
    """Their titles would compare a film with an outlet."""
    table = pd.DataFrame({"text": [f"It is {n}." for n in range(12)], "film": "Sea", "outlet": "Post", "score": "4/5"})
    reviews = st.load_reviews(table)
    both = pd.concat([st.score_distribution(reviews, by=by) for by in ("film", "outlet")])
    with pytest.raises(TableError, match=r"several columns \(film, outlet\)"):
        st.chart_scores(both)


def titled(films, printed):
    """The title of the chart of scores by film."""
    table = pd.DataFrame({"text": [f"It is film {n}." for n in range(len(films))], "film": films, "score": printed})
    title = st.chart_scores(st.score_distribution(st.load_reviews(table), by="film")).to_dict()["title"]["text"]
    return title if isinstance(title, str) else " ".join(title)


@pytest.mark.parametrize(
    ("films", "printed", "title"),
    [
        (["Sea"] * 6 + ["Ice"] * 6, ["8/10"] * 6 + [None] * 6, "Every review that states a score is of film “Sea”"),
        ([None] * 6 + ["Ice"] * 6, ["8/10"] * 6 + [None] * 6, "No review that states a score states a film"),
        (["Sea"] * 9 + ["Ice"] * 9, [*["8/10"] * 4, *[None] * 5] * 2, "fewer than two groups have 5 stated scores"),
        (["Sea"] * 6 + ["Ice"] * 6 + ["Sun"], ["8/10"] * 12 + ["1/10"], "All groups of 5 stated scores or more have"),
        (["Sea"] * 6 + ["Ice"] * 6 + ["Sun"] * 6, ["8/10"] * 12 + ["1/10"] * 6, "for “Ice” and “Sea”, 80, and lowest"),
    ],
    ids=["one film has scores", "scores of no film", "few scores", "no median", "a tie"],
)
def test_a_title_is_true_of_all_reviews(films, printed, title):
    """Reviews without a score are of films too, films of few scores have no median, and two may share the highest."""
    assert title in titled(films, printed)
