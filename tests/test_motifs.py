"""Motifs: what reviews dwell on, found by words that they use more than film reviews in general do."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import starlight as st
from starlight.base import resource, statistics

GENERAL = pd.read_csv(resource("data", "general_words.csv.gz"), keep_default_na=False).set_index("term")


def reviews_of(texts, film=None):
    """Reviews with these texts, of a film or of none that is stated."""
    return st.load_reviews(pd.DataFrame({"text": texts, "film": film}))


def motifs_of(texts, film=None, **options):
    """The motifs of these texts."""
    reviews = reviews_of(texts, film)
    return st.find_motifs(st.split_sentences(reviews), reviews, **options)


def words_of(motifs):
    """All words of some motifs."""
    return {word for terms in motifs["terms"] for word in terms.split("; ")}


def ten(sentence):
    """Ten different reviews that all say this."""
    return [f"{sentence} I saw it {times} times, and would again." for times in range(2, 12)]


def test_words_that_belong_together_are_a_motif():
    """Ten of twenty reviews tell of robots and monsters, which are of one group: one motif, found in ten reviews."""
    motifs = motifs_of([*ten("The robots and the monsters came."), *ten("Nothing much happens here.")])
    assert motifs["terms"].str.split("; ").map(sorted).tolist() == [["monsters", "robots"]]
    assert motifs[["kind", "reviews", "of_reviews"]].to_numpy().tolist() == [["motif", 10, 20]]
    assert motifs["label"].item().lower() == motifs["terms"].item().replace(";", ",")


def test_keyness_is_that_of_the_paper():
    """Two words, each in 10 of 10 reviews, are all that is counted here; in general all words that have a group are."""
    motif = motifs_of(ten("The robots and the monsters came.")).iloc[0]
    general = GENERAL.loc[["robot", "monster"], "reviews"].sum()
    of_general = GENERAL.loc[GENERAL["group"] != "", "reviews"].sum()
    prior = 0.1 * 20 / (20 + of_general)
    expected = statistics.log_odds(pd.Series([20.0, 0]), pd.Series([general, of_general - general]), prior)
    assert motif["keyness"] == pytest.approx(expected[1][0])


def test_motifs_are_counted_like_other_themes():
    """The table is passed on as it is: the mentions of a motif stand in as many reviews as it says."""
    reviews = reviews_of([*ten("A robot fights the monsters."), *ten("The wedding was in a church, with a bride.")])
    sentences = st.split_sentences(reviews)
    motifs = st.find_motifs(sentences, reviews)
    frequency = st.theme_frequency(st.find_mentions(sentences, themes=motifs), reviews, themes=motifs)
    assert len(motifs) > 1
    assert frequency["reviews"].tolist() == motifs["reviews"].tolist()
    assert frequency["mentions"].ge(frequency["reviews"]).all()


@pytest.mark.parametrize(
    ("sentence", "film", "word"),
    [
        ("We follow Robot to the sea.", None, "robot"),
        ("I loved robots of dawn, and robots of dawn loved me.", "The Robots of Dawn", "robots"),
        ("A terrible, overrated, boring mess.", None, "mess"),
        ("The soundtrack and the plot are there.", None, "soundtrack"),
    ],
    ids=["name", "film", "judgement", "craft"],
)
def test_names_and_judgements_are_no_motifs(sentence, film, word):
    """A name, the film's title (in small letters too), a word that judges and one of a craft theme are left out."""
    assert word not in words_of(motifs_of(ten(sentence), film))


def test_a_title_is_a_name_in_reviews_of_its_film_only():
    """Robots are no motif of reviews of "Robots", and are one where another film has that name."""
    texts = ten("The robots came.")
    assert "robots" not in words_of(motifs_of(texts, "Robots"))
    assert "robots" in words_of(motifs_of(texts, "Dawn"))


def test_a_habit_of_one_review_is_no_motif():
    """A word that one review repeats a hundred times is counted once; three reviews have to use it."""
    assert words_of(motifs_of([*ten("It happens."), "A robot. " * 100, "A robot."])) == set()


def test_phrases_are_found():
    """Two words that follow each other are a term, if both can be of a subject."""
    assert "bounty hunters" in words_of(motifs_of(ten("It tells of bounty hunters.")))


def test_the_same_reviews_have_the_same_motifs():
    """The order of the reviews changes nothing."""
    texts = [*ten("A robot fights the monsters."), *ten("The wedding was in a church.")]
    assert_frame_equal(motifs_of(texts), motifs_of(texts[::-1]))


def test_only_the_first_are_returned():
    """With `most`, the motifs of the highest keyness are left."""
    texts = [*ten("A robot fights the monsters."), *ten("The wedding was in a church.")]
    assert_frame_equal(motifs_of(texts, most=1), motifs_of(texts).head(1))


@pytest.mark.parametrize("texts", [ten("A robot.")[:9], ten("Der Film ist sehr schön und der Roboter ist es auch.")])
def test_few_reviews_have_no_motifs(texts):
    """Fewer than ten English reviews give an empty table, and a warning that says why; nothing is drawn of it."""
    reviews = reviews_of(texts)
    sentences = st.split_sentences(reviews)
    with pytest.warns(
        UserWarning, match=r"^Motifs are looked for in 10 or more English reviews, and there are \d: none"
    ):
        motifs = st.find_motifs(sentences, reviews)
    assert motifs.empty
    counted = st.theme_frequency(st.find_mentions(sentences, themes=motifs), reviews, themes=motifs)
    assert st.chart_themes(counted).to_dict()["title"]["text"] == "There are no themes, so there is nothing to count"


# The motifs of Lost in Starlight


def test_its_motifs_are_sought_in_its_reviews_only():
    """Of two reviews that speak of space and music, only the one that names Lost in Starlight mentions its motif."""
    reviews = reviews_of(["Lost In Starlight has space and music.", "Interstellar has space and music."])
    mentions = st.find_mentions(st.split_sentences(reviews))
    assert mentions[["review_id", "theme"]].to_numpy().tolist() == [["1", "space"], ["1", "music"], ["2", "music"]]


def test_summaries_list_its_motifs_only_where_they_are_sought():
    """Reviews of another film have the twelve craft themes, unless their mentions were found with all themes."""
    reviews = reviews_of(["Interstellar has space and music."])
    sentences = st.split_sentences(reviews)
    every = st.read_themes()
    assert st.theme_frequency(st.find_mentions(sentences), reviews)["kind"].tolist() == ["craft"] * 12
    counted = st.theme_frequency(st.find_mentions(sentences, themes=every), reviews)
    assert counted["theme"].tolist() == [*every["theme"].head(12), "space"]
