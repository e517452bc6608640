"""The floor: words of a theme with the sign of the sentence."""

import pytest
from tables_by_hand import mentions_by_hand, sentences_by_hand, themes_by_hand

from starlight.coding.keywords import keyword_opinions
from starlight.errors import TableError
from starlight.tables import OPINIONS

VALENCES = {"Lovely music.": 0.5, "Dull plot.": -0.5, "Dull music.": -0.05, "The music of space soars.": 0.04}


def valence(text):
    """What a tiny word list would say."""
    return VALENCES.get(text, 0.9)


@pytest.fixture(scope="module")
def coded():
    """The sentences by hand, so coded."""
    return keyword_opinions(sentences_by_hand(), mentions_by_hand(), valence, themes=themes_by_hand())


def test_a_sentence_gives_its_sign_to_its_themes(coded):
    """Of ann the music is praised, the plot and bob's title are criticised; a valence within 0.05 of 0 says nothing."""
    rows = coded[["review_id", "sentence", "theme", "polarity", "quote"]].values.tolist()
    assert rows == [
        ["ann", 0, "music", "praise", "music"],
        ["ann", 1, "story", "criticism", "plot"],
        ["bob", 0, "music", "criticism", "music"],
        ["cy", 0, "overall", "praise", "Off to space."],
    ]


def test_boilerplate_and_motifs_are_passed_over(coded):
    """The boilerplate has no row though its valence is 0.9, and cy's motif makes the sentence one of the whole film."""
    assert not ((coded["review_id"] == "ann") & (coded["sentence"] == 2)).any()
    assert "space" not in set(coded["theme"])


def test_is_an_opinions_table_of_the_named_coder():
    """The table has the declared columns, the given name, and no confidence."""
    coded = keyword_opinions(sentences_by_hand(), mentions_by_hand(), valence, coder="words", themes=themes_by_hand())
    assert coded.columns.tolist() == OPINIONS.names
    assert coded["coder"].unique().tolist() == ["words"]
    assert coded["confidence"].isna().all()


def test_neutral_can_be_wider():
    """What is nearer to 0 than `neutral` is left out."""
    coded = keyword_opinions(sentences_by_hand(), mentions_by_hand(), valence, neutral=0.6, themes=themes_by_hand())
    assert coded["review_id"].tolist() == ["cy"]


def test_other_tables_are_refused():
    """A table that is not sentences or not mentions is refused by name."""
    with pytest.raises(TableError, match=r"^sentences has no column"):
        keyword_opinions(mentions_by_hand(), mentions_by_hand(), valence)
    with pytest.raises(TableError, match=r"^mentions has no column"):
        keyword_opinions(sentences_by_hand(), sentences_by_hand(), valence)
