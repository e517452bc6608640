"""The titles of charts say what their tables show, and when nothing stands out."""

import pandas as pd
import pytest
from tables_by_hand import mentions_by_hand, opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.summaries import headlines

R, J, M, T = reviews_by_hand(), opinions_by_hand(), mentions_by_hand(), themes_by_hand()
ANN, BOB = R["review_id"] == "ann", R["review_id"] == "bob"


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        (R, "Two of three reviews praise the music; no theme is criticised in more than one"),
        (R[ANN | BOB], "Both reviews praise the music; no theme is criticised in more than one"),
        (R[ANN], "The review praises the music; it criticises the story"),
    ],
)
def test_praise_is_told_by_how_many_reviews_share_it(reviews, said):
    """Ann and Bob praise the music; each criticises another theme, which is no finding of several reviews."""
    assert headlines.of_praise(st.praise_and_criticism(J, reviews, themes=T)) == said


def test_a_theme_that_most_praise_and_most_criticise_is_named_once():
    """Where it is the same theme, the second part calls it so."""
    both = J.assign(theme="overall")
    said = headlines.of_praise(st.praise_and_criticism(both, R, themes=T))
    assert said == "Two of three reviews praise the film as a whole; two criticise it"


def test_labels_that_are_no_words_stay_as_they_are():
    """A label that differs from the theme's id may be a name: it keeps its capitals, and has no article."""
    named = T.assign(label=T["label"].replace("Music", "Songs by OGUN"))
    said = headlines.of_praise(st.praise_and_criticism(J, R, themes=named))
    assert said.startswith("Two of three reviews praise Songs by OGUN;")


def test_says_where_nothing_stands_out():
    """Without opinions or mentions the titles say so, and so does a table in which no theme leads."""
    none, reviews = J.head(0), R
    assert headlines.of_praise(st.praise_and_criticism(none, reviews, themes=T)) == "No review judges a theme"
    by_review = st.praise_and_criticism(none, reviews, by="review_id", themes=T)
    assert headlines.of_shares_of_praise(by_review) == "No review holds an opinion"
    shares = st.theme_frequency(M, reviews, by="review_id", themes=T)
    assert headlines.of_themes(shares) == "No theme is the most mentioned in more than one of three reviews"
    assert headlines.of_themes(shares.assign(mentions=0)) == "No review mentions a theme"


@pytest.mark.parametrize(
    ("single", "said"),
    [
        (1, "One of two themes divides the reviews, and that by a single opinion"),
        (2, "One of two themes divides the reviews"),
    ],
)
def test_division_that_hangs_on_one_opinion_is_told_as_such(single, said):
    """Two criticise the story; one praises it, in one opinion or in two."""
    judged = pd.DataFrame({"theme": "story", "film": None, "praise": [single, 0, 0], "criticism": [0, 2, 3]})
    music = judged.assign(theme="music", praise=1, criticism=0)
    assert headlines.of_division(pd.concat([judged, music]), judged, several=False) == said


@pytest.mark.parametrize(("late", "said"), [(10, "stands in the second half of a review: 10 of 10"), (7, None)])
def test_places_are_told_from_three_standard_errors_on(late, said):
    """Ten of ten late opinions differ from chance in ten (3.2 standard errors), seven do not (1.3)."""
    places = pd.DataFrame({"review_id": "ann", "position": [0.9] * late + [0.1] * (10 - late), "polarity": "praise"})
    told = headlines.of_opinion_places(places)
    assert (said in told) if said else told == "Praise clearly keeps to neither half of a review"


def test_the_most_divided_theme_is_told_with_both_sides():
    """Two criticise the story and three praise it; with one on a side nothing is said of it."""
    sides = pd.DataFrame({"theme": "story", "label": "Story", "film": "", "reviews": [2, 1, 3], "smaller": 0.1})
    said = "The reviews divide most over the story: three mostly praise it, two mostly criticise it"
    assert headlines.of_balance(sides, "else") == said
    assert headlines.of_balance(sides.assign(reviews=[1, 0, 30]), "else") == "else"
    music = sides.assign(theme="music", label="Music")
    alike = "The reviews divide most over the story and the music: two against three each"
    assert headlines.of_balance(pd.concat([sides, music]), "else") == alike


def test_reviews_that_judge_are_counted_by_what_prevails():
    """Ann has as much of both, Bob more praise, Cy nothing."""
    by_review = st.praise_and_criticism(J, R, by="review_id", themes=T)
    assert headlines.of_shares_of_praise(by_review) == "Praise prevails in one of three reviews, criticism in none"
    judged = st.disagreement(J, R, themes=T)
    assert headlines.of_sides(judged) == "Both reviews praise something; two criticise something"


@pytest.mark.parametrize(
    ("mentions", "said"),
    [
        ([5, 1, 1], "“Story” is mentioned most, five times, in two of three reviews"),
        ([5, 5, 1], "“Story” and “Music” are mentioned most, five times each"),
        ([1, 1, 1], "Three themes are mentioned most, once each"),
    ],
)
def test_the_most_mentioned_theme_is_told_or_those_that_share_the_place(mentions, said):
    """One or two are named, and more are counted."""
    counted = pd.DataFrame(
        {"label": ["Story", "Music", "Visuals"], "mentions": mentions, "reviews": 2, "of_reviews": 3}
    )
    assert headlines.of_frequency(counted) == said


def test_places_of_few_mentions_are_not_judged():
    """Five late mentions are too few; ten spread ones keep to no half."""
    few = pd.DataFrame({"theme": "ending", "label": "Ending", "review_id": "ann", "position": [0.9] * 5})
    assert headlines.of_mention_places(few) == "Too few mentions to tell whether a theme keeps to one half of a review"
    spread = pd.concat([few, few, few.assign(position=0.1)]).assign(theme="story", label="Story")
    told = headlines.of_mention_places(pd.concat([few, spread]))
    assert told == "No theme of 10 mentions or more clearly keeps to one half of a review"


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        (["music", "music", "story"], "Two of three reviews mention music most"),
        (
            ["music", "music", "story", "story", "space"],
            "No theme is the most mentioned in more than two of five reviews",
        ),
        (["music"], "The review mentions music most"),
    ],
)
def test_the_theme_that_leads_in_most_reviews_is_told_unless_another_leads_in_as_many(leads, said):
    """Each review mentions one theme; less than half of the reviews are enough, one of several is not."""
    shares = pd.DataFrame({"review_id": [f"r{n}" for n in range(len(leads))], "theme": leads, "mentions": 1})
    assert headlines.of_themes(shares.assign(label=shares["theme"].str.capitalize())) == said
