"""A bar is shown by how much there is to do, and changes nothing of what is done."""

import pandas as pd
import pytest

from starlight import find_mentions, load_reviews, split_sentences
from starlight.base import progress

LONG = 1_500_000  # characters


@pytest.mark.parametrize(("seconds", "shown"), [(0.99, False), (1, True)])
def test_a_bar_is_shown_for_long_work(capsys, seconds, shown):
    """Work of a second or more has a bar on stderr, and less has none; all things come through."""
    assert list(progress(["a", "b"], "work", "review", 2, seconds=seconds)) == ["a", "b"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert ("work: 100%" in captured.err) == shown


@pytest.mark.parametrize(("length", "shown"), [(LONG - 1, False), (LONG, True)])
def test_splitting_and_finding_show_one(capsys, length, shown):
    """Both show how far they are from one and a half million characters on, and find what they find in short texts."""
    text = "The music soars. " + "It glows. " * (length // 10)
    reviews = load_reviews(pd.DataFrame({"text": [text[: length - 1] + "."]}))
    mentions = find_mentions(split_sentences(reviews))
    assert mentions["term"].tolist() == ["music"]
    said = capsys.readouterr().err
    assert ("split_sentences: 100%" in said) == shown
