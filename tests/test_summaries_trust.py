"""Several codings against one, what is taken for what, and confidence: counted by hand."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tables_by_hand import opinions_by_hand, sentences_by_hand, themes_by_hand

from starlight import agreement, confusion, reliability
from starlight.errors import StarlightError, TableError
from starlight.tables import OPINIONS, build


def coded(*rows, coder="mine"):
    """Opinions from (review, sentence, theme, polarity, confidence), each of its sentence's first character."""
    starts = sentences_by_hand().set_index(["review_id", "sentence"])
    made = [
        {
            "review_id": name,
            "sentence": number,
            "start": starts.loc[(name, number), "start"],
            "end": starts.loc[(name, number), "start"] + 1,
            "quote": starts.loc[(name, number), "text"][0],
            "theme": theme,
            "polarity": polarity,
            "coder": coder,
            "confidence": confidence,
        }
        for name, number, theme, polarity, confidence in rows
    ]
    return build(OPINIONS, pd.DataFrame(made, columns=OPINIONS.names))


ONE = coded(
    ("ann", 0, "music", "praise", 0.91),
    ("ann", 1, "music", "criticism", 0.4),
    ("bob", 1, "story", "praise", 0.45),
    ("cy", 0, "music", "praise", 1.0),
)
TWO = coded(
    ("ann", 0, "music", "criticism", None),
    ("ann", 1, "story", "criticism", None),
    ("bob", 0, "music", "praise", None),
    ("bob", 1, "story", "praise", None),
    coder="yours",
)


def test_agreement_measures_each_of_several():
    """Each coding's rows are those of `agreement` with it alone, under its name instead of its coder's."""
    opinions, themes = opinions_by_hand(), themes_by_hand()
    codings = {"a": opinions, "b": opinions.iloc[:2]}
    several = agreement(opinions, codings, sentences_by_hand(), themes=themes)
    for name, coding in codings.items():
        rows = several[several["other"] == name].reset_index(drop=True)
        alone = agreement(opinions, coding, sentences_by_hand(), themes=themes)
        assert_frame_equal(rows, alone.assign(other=name).astype({"other": "str"}))


def test_agreement_names_both_coders():
    """Of a single coding the coder is named."""
    table = agreement(TWO, ONE, sentences_by_hand(), themes=themes_by_hand())
    assert set(zip(table["coder"], table["other"], strict=True)) == {("yours", "mine")}


def test_agreement_wants_a_coding():
    """Nothing to compare is an error, and a wrong coding among several is named."""
    with pytest.raises(TableError, match=r"^other is empty. Give each coding with its name"):
        agreement(opinions_by_hand(), {}, sentences_by_hand())
    two_coders = pd.concat([ONE, TWO])
    with pytest.raises(StarlightError, match=r"^other\['b'\] holds several coders \(mine, yours\)"):
        agreement(ONE, {"a": TWO, "b": two_coders}, sentences_by_hand(), themes=themes_by_hand())


@pytest.mark.parametrize(
    ("codings", "message"),
    [
        (
            {1: TWO, "1": TWO},
            "^other has two codings called '1', which cannot be told apart. Give each a name of its own",
        ),
        ({"": TWO, "yours": ONE}, "^other has two codings called 'yours', which"),
        ({"\ud800": TWO}, r"^other has a coding called '\\ud800': half of a character"),
    ],
    ids=["a number and its text", "a coder and a name", "half of a pair"],
)
def test_agreement_wants_names_that_tell_codings_apart(codings, message):
    """Two codings under one name, and a name that no table can hold, are refused with the name and the remedy."""
    with pytest.raises(TableError, match=message):
        agreement(ONE, codings, sentences_by_hand(), themes=themes_by_hand())


def test_confusion_by_hand():
    """Of the sentences, two have the same theme, one has music for story, one only mine and one only yours."""
    counted = confusion(ONE, TWO, sentences_by_hand())
    assert counted[counted["sentences"] > 0].to_numpy().tolist() == [
        ["mine", "yours", "music", "music", 1],
        ["mine", "yours", "music", "story", 1],
        ["mine", "yours", "music", "none", 1],
        ["mine", "yours", "story", "story", 1],
        ["mine", "yours", "none", "music", 1],
    ]
    assert len(counted) == 9


def test_confusion_pairs_what_is_left():
    """Where one coding has two themes and the other a third, each of the two stands for it; the shared one does not."""
    mine = coded(("ann", 0, "music", "praise", 1), ("ann", 0, "story", "praise", 1), ("ann", 0, "emotion", "praise", 1))
    yours = coded(("ann", 0, "music", "praise", 1), ("ann", 0, "ideas", "praise", 1))
    counted = confusion(mine, yours, sentences_by_hand())
    pairs = counted[counted["sentences"] > 0][["theme", "other_theme"]].to_numpy().tolist()
    assert pairs == [["emotion", "ideas"], ["music", "music"], ["story", "ideas"]]


def test_reliability_by_hand():
    """Theme, polarity and sentence must fit: of 0.4 and 0.45 one is in the other coding, of 0.91 and 1.0 none."""
    counted = reliability(ONE, TWO)
    assert counted.round(3).to_numpy().tolist() == [
        ["mine", "yours", 0.4, 0.425, 0.5, 2],
        ["mine", "yours", 0.9, 0.955, 0.0, 2],
    ]


def test_reliability_takes_a_tenth_by_its_lower_end():
    """0.3 and 0.7, which floating point puts a hair lower, begin their tenths."""
    low = reliability(coded(("ann", 0, "music", "praise", 0.3), ("ann", 1, "music", "praise", 0.7)), TWO)["low"]
    assert low.tolist() == [0.3, 0.7]


def test_reliability_wants_confidence():
    """A reader's coding has no confidence to be judged."""
    with pytest.raises(TableError, match=r"^opinions has rows without confidence"):
        reliability(TWO, ONE)


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (lambda two, s: confusion(two, ONE, s), "opinions"),
        (lambda two, s: confusion(ONE, two, s), "other"),
        (lambda two, s: reliability(two, ONE), "opinions"),
        (lambda two, s: reliability(ONE, two), "other"),
    ],
    ids=["confusion", "confusion with", "reliability", "reliability with"],
)
def test_several_coders_are_refused(function, argument):
    """Two coders at once would count twice."""
    with pytest.raises(StarlightError, match=f"^{argument} holds several coders"):
        function(pd.concat([ONE, TWO.assign(confidence=0.5)]), sentences_by_hand())
