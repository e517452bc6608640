"""A bar is shown by how much there is to do, and changes nothing of what is done."""

import pandas as pd
import pytest

from starlight import find_mentions, load_reviews, split_sentences
from starlight.base import progress


@pytest.mark.parametrize(("seconds", "shown"), [(0.99, False), (1, True)])
def test_a_bar_is_shown_for_long_work(capsys, seconds, shown):
    """Work of a second or more has a bar on stderr, and less has none; all things come through."""
    assert list(progress(["a", "b"], "work", "review", 2, seconds=seconds)) == ["a", "b"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert ("work: 100%" in captured.err) == shown


@pytest.mark.parametrize("shown", [False, True])
def test_splitting_and_finding_show_one(capsys, monkeypatch, shown):
    """Both show how far they are where texts are long, and find in them what they find in short ones."""
    if shown:
        for module in ("starlight.text.sentences", "starlight.coding.names"):
            monkeypatch.setattr(f"{module}.CHARACTERS_A_SECOND", 20)
    reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "The music soars."]}))
    mentions = find_mentions(split_sentences(reviews))
    assert mentions["term"].tolist() == ["music"]
    said = capsys.readouterr().err
    assert ("split_sentences: 100%" in said) == shown
    assert ("find_mentions: 100%" in said) == shown
