"""A bar is shown by how much there is to do, and changes nothing of what is done."""

import sys

import pandas as pd
import pytest

from starlight import find_mentions, load_reviews, split_sentences
from starlight.base.progress import progress

LONG = 1_500_000


@pytest.mark.parametrize(("length", "shown"), [(LONG - 1, False), (LONG, True)])
def test_a_bar_is_shown_for_long_texts(capsys, length, shown):
    """From one and a half million characters on there is a bar on stderr, and below none; all things come through."""
    texts = pd.Series(["x" * length, None], dtype="str")
    assert list(progress(["a", "b"], texts, "work", "review")) == ["a", "b"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert ("work: 100%" in captured.err) == shown


def test_splitting_and_finding_show_one(capsys, monkeypatch):
    """Both show how far they are where texts are long, and find in them what they find in short ones."""
    monkeypatch.setattr(sys.modules["starlight.base.progress"], "_CHARACTERS", 20)
    reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "The music soars."]}))
    sentences = split_sentences(reviews)
    mentions = find_mentions(sentences)
    assert mentions["term"].tolist() == ["music"]
    said = capsys.readouterr().err
    assert "split_sentences: 100%" in said
    assert "find_mentions: 100%" in said
