"""The tagger: a review is coded alike wherever it stands, quotes are whole words, figures are those measured."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import files

from starlight.base import resource
from starlight.coding import tagger
from starlight.tables import POLARITIES

LOW = 0.05  # a threshold that lets many opinions through


@pytest.fixture(scope="module")
def texts(sentences):
    """All sentences of the five reviews."""
    return sentences["text"].tolist()


@pytest.fixture(scope="module")
def together(texts):
    """Their tags, found in one call."""
    return list(tagger.tag(texts, LOW))


@pytest.fixture(scope="module")
def of_reviews(sentences, texts):
    """Their tags, each sentence among those of its review."""
    return list(tagger.tag(texts, LOW, reviews=sentences["review_id"].tolist()))


def test_alone_is_as_among_others(texts, together):
    """A sentence by itself gets the very tags, confidence included, that it gets among 300 others."""
    assert [next(tagger.tag([text], LOW)) for text in texts] == together


def test_order_does_not_matter(texts, together):
    """Shuffled sentences keep their tags."""
    order = np.random.default_rng(1).permutation(len(texts))
    shuffled = list(tagger.tag([texts[place] for place in order], LOW))
    assert shuffled == [together[place] for place in order]


def test_calls_are_cut_where_nobody_sees_it(sentences, texts, of_reviews, monkeypatch):
    """How many sentences are taken at once, and how many batches are run side by side, changes nothing."""
    monkeypatch.setattr(tagger, "cores", lambda: 3)
    monkeypatch.setattr(tagger, "_SENTENCES", 7)
    monkeypatch.setattr(tagger, "_BATCH_TOKENS", 50)
    assert list(tagger.tag(texts, LOW, reviews=sentences["review_id"].tolist())) == of_reviews


def test_a_review_is_coded_alike_alone_and_among_others(sentences, of_reviews):
    """Each of the five reviews by itself gets the very tags that it gets among the others."""
    together = iter(of_reviews)
    for name, rows in sentences.groupby("review_id", sort=False):
        alone = list(tagger.tag(rows["text"].tolist(), LOW, reviews=[name] * len(rows)))
        assert alone == [next(together) for _ in alone]


def test_a_sentence_knows_its_review(sentences, together, of_reviews):
    """Among the sentences of its review a sentence's confidence is not what it is by itself."""
    assert of_reviews != together


def test_every_sentence_has_its_list():
    """There is a list for each sentence, empty where nothing is found, also for blank ones and for none at all."""
    assert list(tagger.tag([])) == []
    assert list(tagger.tag(["", " ", "…"], 0.5)) == [[], [], []]


def test_quotes_are_whole_words(texts, together):
    """A quote begins and ends at the edge of a word."""
    quotes = [(text, one.start, one.end) for text, tags in zip(texts, together, strict=True) for one in tags]
    assert len(quotes) > 50
    for text, start, end in quotes:
        assert 0 <= start < end <= len(text)
        assert text[start].isalnum()
        assert text[end - 1].isalnum()
        assert not re.search(r"\w$", text[:start])
        assert not re.match(r"\w", text[end:])


@pytest.mark.parametrize("apostrophe", "'’‘`´")
def test_an_apostrophe_of_any_kind_cuts_no_word(apostrophe):
    """Who quotes "t good" quotes "isn't good", however it is typed."""
    sentence = f"It isn{apostrophe}t good."
    places, logits = [(0, 2), (3, 6), (7, 8), (9, 13)], np.array([-9.0, -9.0, 5.0, 5.0])
    start, end = tagger.quote(sentence, places, logits)
    assert sentence[start:end] == f"isn{apostrophe}t good"


def test_quotes_do_not_begin_or_end_with_words_that_join(texts, together):
    """A quote of several words neither begins nor ends with "and" or "of", nor ends with "the"."""
    quotes = [
        text[one.start : one.end].lower().split() for text, tags in zip(texts, together, strict=True) for one in tags
    ]
    several = [words for words in quotes if len(words) > 1]
    assert len(several) > 50
    assert not {words[0] for words in several} & {"and", "but", "of", "with"}
    assert not {words[-1] for words in several} & {"and", "but", "of", "with", "a", "the"}
    text = "The direction is muddled and the last hour drags."
    assert "The direction is muddled" in {text[one.start : one.end] for one in next(tagger.tag([text]))}


def test_tags_are_as_declared(together):
    """A tag carries a known theme and polarity, and a confidence from the threshold to 1 in three decimals."""
    for one in (one for tags in together for one in tags):
        assert (one.theme, one.polarity) in tagger.settings().outputs
        assert LOW <= one.confidence <= 1
        assert one.confidence == round(one.confidence, 3)


def test_no_two_of_one_theme_overlap(of_reviews):
    """No words praise and criticise one theme, or judge it twice; tags stand in the order of the sentence."""
    for tags in of_reviews:
        assert tags == sorted(tags, key=lambda one: (one.start, one.end, one.theme, one.polarity))
        for one in tags:
            others = [other for other in tags if other is not one and other.theme == one.theme]
            assert not any(one.start < other.end and other.start < one.end for other in others)


def test_a_higher_threshold_keeps_the_surer(texts, together):
    """A threshold leaves out what is less sure than it, and changes nothing else."""
    kept = [[one for one in tags if one.confidence >= 0.5] for tags in together]
    assert list(tagger.tag(texts, 0.5)) == kept


def test_a_review_that_is_very_long_is_read_in_pieces(monkeypatch):
    """Of a review of five sentences, read in pieces of two, the first four are coded as two reviews of two are."""
    monkeypatch.setattr(tagger, "_LONGEST_REVIEW", 2)
    two = ["The music is wonderful.", "The plot is dull."]
    found = list(tagger.tag([*two, *two, two[0]], LOW, reviews=["a"] * 5))
    apart = list(tagger.tag([*two, *two, two[0]], LOW, reviews=["a", "a", "b", "b", "c"]))
    assert found == apart


def test_a_long_sentence_is_read_to_its_end():
    """What is judged 300 words into a sentence is found, in its place."""
    text = "one, two, three, " * 60 + "the music is wonderful."
    found = [text[one.start : one.end] for one in next(tagger.tag([text])) if one.theme == "music"]
    assert len(found) == 1
    assert "wonderful" in found[0]


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    """Any characters are tagged without an error, and quotes lie within."""
    for one in next(tagger.tag([text], 0.01)):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    ("text", "theme", "polarity"),
    [
        ("The music is wonderful.", "music", "praise"),
        ("The animation is gorgeous.", "visuals", "praise"),
        ("The plot is predictable and dull.", "story", "criticism"),
        ("The acting is terrible.", "performances", "criticism"),
        ("A masterpiece.", "overall", "praise"),
        ("I would skip this movie.", "overall", "criticism"),
        ("The ending is a disappointment.", "ending", "criticism"),
        ("A tender and believable love story.", "romance", "praise"),
    ],
)
def test_plain_judgements_are_found(text, theme, polarity):
    """What anyone would say of a plain sentence, the tagger says."""
    assert (theme, polarity) in [(one.theme, one.polarity) for one in next(tagger.tag([text]))]


def test_plot_is_no_opinion():
    """A sentence that only tells what happens is not tagged."""
    assert next(tagger.tag(["In 2050, a scientist leaves Seoul for Mars."])) == []


# data/tagger


def test_is_small():
    """Network, tokenizer and all that is said of them take less than 25 MB."""
    assert sum(path.stat().st_size for path in files("data/tagger")) < 25_000_000


def test_outputs_are_those_of_the_codebook(opinions):
    """The tagger tells apart twelve themes, each praised and criticised, all that readers code among them."""
    outputs = tagger.settings().outputs
    assert len(outputs) == len(set(outputs)) == 24
    assert {polarity for _, polarity in outputs} == set(POLARITIES)
    assert set(opinions["theme"]) <= {theme for theme, _ in outputs}


def test_the_figures_are_those_measured():
    """The two figures that charts show stand in measured.csv, and the model card tells them."""
    rows = pd.read_csv(resource("data", "tagger", "measured.csv")).query("level == 'all' and theme.isna()")
    measured = rows.set_index("source")["f1"].round(2)
    card = resource("data", "tagger", "README.md").read_text("utf-8")
    assert tagger.settings().measured == measured[["snippets", "whole reviews"]].to_dict()
    assert all(f"{value:.2f}"[1:] in card for value in tagger.settings().measured.values())


def test_confidence_was_calibrated():
    """On held-out sentences the mean gap between confidence and the share that a reader found is under .05."""
    rows = pd.read_csv(resource("data", "tagger", "reliability.csv"))
    gap = (rows["confidence"] - rows["found"]).abs()
    assert (gap * rows["opinions"]).sum() / rows["opinions"].sum() < 0.05


def test_settings_are_read_as_stored():
    """The stored settings are a JSON object with just the fields that are declared."""
    stored = json.loads(resource("data", "tagger", "tagger.json").read_text("utf-8"))
    assert list(stored) == list(tagger.Settings._fields)


def test_many_opinions_in_one_sentence_take_no_longer_each():
    """Of 60,000 tags in one sentence, every second overlapping a surer one, half are kept, at once (not in an hour)."""
    tags = [tagger.Tag("music", "praise", 2 * n, 2 * n + 3, 0.9 - 0.5 * (n % 2)) for n in range(60_000)]
    assert tagger.without_overlap(tags) == tags[::2]
