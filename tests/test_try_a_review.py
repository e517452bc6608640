"""A pasted review: coded in place, with a reason for each mark, and with nothing in it executed."""

import pandas as pd
import pytest

from starlight import find_opinions, load_reviews, try_a_review
from starlight.coding.tagger import settings
from starlight.errors import TableError

GERMAN = "Ein wunderschöner Film, aber die Geschichte ist leider sehr vorhersehbar."


def lines(trial):
    """What the widget says of the text."""
    return trial.children[2].lines


def test_finds_what_find_opinions_finds():
    """The opinions are those of `find_opinions`, and each has a line with its quote, theme and confidence."""
    trial = try_a_review()
    reviews = load_reviews(pd.DataFrame({"text": [trial.children[0].value]}))
    assert trial.opinions.equals(find_opinions(reviews))
    assert len(trial.opinions) >= 3
    for row, line in zip(trial.opinions.itertuples(), lines(trial)[2:], strict=True):
        assert all(part in line for part in (row.quote, row.theme, row.polarity, f"{row.confidence:.2f}"))


def test_says_how_far_it_can_be_trusted_and_sums_up():
    """The first line has the tagger's name and its measured F1, the second a count for each theme and polarity."""
    trial = try_a_review("The music is wonderful.")
    assert settings().name in lines(trial)[0]
    assert f"{settings().measured['whole reviews']:.2f}" in lines(trial)[0]
    assert lines(trial)[1] == "Music: 1 praise."


def test_of_many_opinions_a_hundred_are_listed():
    """The last line says how many are not; all are counted."""
    trial = try_a_review("The music is wonderful. " * 105)
    assert len(lines(trial)) == 103
    assert lines(trial)[1] == "Music: 105 praise."
    assert lines(trial)[-1] == "5 more are not listed here; they are marked in the review below."


def test_the_button_codes_what_was_pasted():
    """A click takes the text in the box."""
    trial = try_a_review("The music is wonderful.")
    trial.children[0].value = "The plot is predictable and dull."
    trial.children[1].click()
    assert set(trial.opinions["theme"]) == {"story"}
    assert len(trial.children) == 4


@pytest.mark.parametrize(("text", "said"), [("  \n", "There is no text"), (GERMAN, "not in English")])
def test_what_cannot_be_coded_is_said(text, said):
    """No text, or another language, gives a line that says so, and no marks."""
    trial = try_a_review(text)
    assert said in lines(trial)[0]
    assert len(trial.children) == 3
    assert trial.opinions.empty


def test_corrections_of_a_trial_are_forgotten(tmp_path, monkeypatch):
    """What is corrected in a trial touches no file of the user's."""
    monkeypatch.chdir(tmp_path)
    trial = try_a_review("The music is wonderful.")
    trial.children[3].remove(0)
    assert list(tmp_path.iterdir()) == []
    said = trial.children[3].status["text"]
    assert said == "Shown here only, saved in no file: “The music is wonderful” is no longer an opinion."


def test_text_is_text():
    """Anything but a str is refused."""
    with pytest.raises(TableError, match="text is 3"):
        try_a_review(3)
