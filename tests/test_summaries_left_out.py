"""Reviews that nobody read, in another language or without prose, are left out of all counts, and charts say so."""

from functools import cache

import pandas as pd
import pytest
from chart_specs import draw, texts
from tables_by_hand import (
    fivefold,
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    sentences_by_hand,
    themes_by_hand,
)

import starlight as st
from starlight.tables import OPINIONS, REVIEWS, SENTENCES, build

GERMAN = "Die Musik ist sehr schön, aber die Geschichte ist nicht gut und viel zu lang."
UNREAD = {"dora": GERMAN, "emil": GERMAN, "mute": "* * *"}
SAID = "left out: 3 reviews, in other languages than English or without prose"


def with_unread(reviews):
    """These reviews, and three that neither word lists nor the tagger read: two in German, and one of marks alone."""
    rows = [
        {"review_id": name, "name": name.title(), "text": text, "words": 14 if text == GERMAN else 0}
        | {"score_status": "none"}
        for name, text in UNREAD.items()
    ]
    return pd.concat([reviews, build(REVIEWS, rows)], ignore_index=True)


def judged_by_hand():
    """The opinions by hand, and one that a person found in a German review."""
    words = "Die Musik ist sehr schön"
    more = {"review_id": "dora", "sentence": 0, "start": 0, "end": len(words), "quote": words}
    return pd.concat(
        [opinions_by_hand(), build(OPINIONS, [more | {"theme": "music", "polarity": "praise", "coder": "settled"}])],
        ignore_index=True,
    )


def unread_sentences():
    """The sentences by hand and, of each of the three more reviews, its text as one."""
    rows = [
        {"review_id": name, "sentence": 0, "start": 0, "end": len(text), "text": text, "part": "body"}
        for name, text in UNREAD.items()
    ]
    return pd.concat([sentences_by_hand(), build(SENTENCES, rows)], ignore_index=True)


@cache
def every_table(more=False):
    """Each summary whose counts are of reviews, by its name; with the `more` reviews that nobody read, or without."""
    reviews, sentences = reviews_by_hand(), sentences_by_hand()
    if more:
        reviews, sentences = with_unread(reviews), unread_sentences()
    reviews = reviews.assign(outlet=["X", "Y", "Y", "X", "Y", "Z"][: len(reviews)])
    mentions, opinions, given = mentions_by_hand(), opinions_by_hand(), {"themes": themes_by_hand()}
    outlet = {"by": "outlet", **given}
    return {
        "theme_frequency": st.theme_frequency(mentions, reviews, **given),
        "theme_frequency by review": st.theme_frequency(mentions, reviews, by="review_id", **given),
        "theme_frequency by group": st.theme_frequency(mentions, reviews, **outlet),
        "praise_and_criticism": st.praise_and_criticism(opinions, reviews, **given),
        "praise_and_criticism by review": st.praise_and_criticism(opinions, reviews, by="review_id", **given),
        "praise_and_criticism by group": st.praise_and_criticism(opinions, reviews, **outlet),
        "talked_and_judged": st.talked_and_judged(mentions, opinions, reviews, **given),
        "makeup": st.makeup(sentences, opinions, reviews),
        "keyness": st.keyness(opinions, reviews),
        "themes_together": st.themes_together(mentions, sentences, **given),
        "differences": st.differences(mentions, opinions, reviews, by="outlet", **given),
    }


@pytest.mark.parametrize("name", every_table())
def test_counts_are_of_the_reviews_that_were_read(name):
    """With three more reviews that nobody could read, each table has the same counts, and says that three are out."""
    of_all = every_table(more=True)[name]
    assert of_all["left_out"].unique().tolist() == [3]
    pd.testing.assert_frame_equal(of_all.drop(columns="left_out"), every_table()[name])


def test_where_all_are_read_nothing_is_said():
    """Without such reviews no table has the column."""
    for table in every_table().values():
        assert "left_out" not in table


def test_a_review_that_somebody_read_counts():
    """A person's opinion of one of the German reviews: it is one of four, and two are left out."""
    counted = st.praise_and_criticism(judged_by_hand(), with_unread(reviews_by_hand()), themes=themes_by_hand())
    assert set(zip(counted["of_reviews"], counted["left_out"], strict=True)) == {(4, 2)}
    praised = counted.query("theme == 'music' and polarity == 'praise'")
    assert praised["reviews"].item() == 3


@pytest.mark.parametrize(
    ("name", "chart"),
    [
        ("theme_frequency", st.chart_themes),
        ("theme_frequency by review", st.chart_themes),
        ("praise_and_criticism", st.chart_praise_and_criticism),
        ("praise_and_criticism by review", st.chart_praise_and_criticism),
        ("talked_and_judged", st.chart_talked_and_judged),
        ("makeup", st.chart_makeup),
        ("keyness", st.chart_keyness),
        ("themes_together", st.chart_themes_together),
    ],
)
def test_charts_say_how_many_are_left_out(name, chart):
    """A line below the title has the number."""
    assert SAID in texts(draw(chart(every_table(more=True)[name]).to_dict()))


def test_charts_of_groups_say_how_many_are_left_out():
    """So does the subtitle of groups side by side, and over many reviews."""
    reviews = fivefold(reviews_by_hand()).assign(outlet=["X", "Y", "Y"] * 5)
    more = with_unread(reviews).assign(outlet=[*reviews["outlet"], "X", "Y", "Z"])
    mentions, opinions, given = fivefold(mentions_by_hand()), fivefold(opinions_by_hand()), {"themes": themes_by_hand()}
    talked = st.theme_frequency(mentions, more, by="outlet", **given)
    differ = st.differences(mentions, opinions, more, by="outlet", **given)
    for chart in (st.chart_themes(talked), st.chart_differences(differ)):
        assert SAID in " ".join(texts(draw(chart.to_dict())))


def test_findings_say_how_many_are_left_out():
    """The first finding has the number, and the others count the reviews that were read."""
    found = st.findings(
        mentions_by_hand(), opinions_by_hand(), with_unread(reviews_by_hand()), themes=themes_by_hand()
    )["finding"]
    assert found[0] == "There are 6 reviews: too few to say anything about others."
    out = "are in other languages than English or without prose, and are left out of all counts of themes and opinions"
    assert found[1] == f"3 of 6 reviews {out}."
    assert "There are 7 opinions, in 2 of 3 reviews: 4 of praise and 3 of criticism." in found.tolist()


def test_explore_counts_as_the_charts_do():
    """Its heading is of the reviews that were read, and it says how many are left out."""
    widget = st.explore(with_unread(reviews_by_hand()), opinions_by_hand(), themes=themes_by_hand())
    assert widget.view["heading"] == "7 of 7 opinions, in 2 of 3 reviews"
    assert SAID in widget.view["coding"]


def test_a_file_of_german_reviews_has_nothing_to_count():
    """All reviews are left out, and the charts say so, of no review at all."""
    reviews = st.load_reviews(pd.DataFrame({"text": [GERMAN, GERMAN.replace("schön", "laut")]}))
    mentions = st.find_mentions(st.split_sentences(reviews))
    frequency = st.theme_frequency(mentions, reviews)
    assert set(zip(frequency["of_reviews"], frequency["left_out"], strict=True)) == {(0, 2)}
    said = st.chart_themes(frequency).to_dict()["title"]
    assert said["subtitle"] == ["left out: 2 reviews, in other languages than English or without prose"]
