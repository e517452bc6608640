"""A pasted review: coded in place, with a reason for each mark, and with nothing in it executed."""

import pandas as pd
import pytest

from starlight import find_opinions, load_reviews, try_a_review
from starlight.coding.tagger import settings
from starlight.errors import TableError
from starlight.summaries.headlines import the

GERMAN = "Ein wunderschöner Film, aber die Geschichte ist leider sehr vorhersehbar."


def lines(trial):
    """What the widget says of the text."""
    return trial.children[0].lines


def test_finds_what_find_opinions_finds():
    """The opinions are those of `find_opinions`, and each has a line with its quote, theme and confidence."""
    trial = try_a_review()
    reviews = load_reviews(pd.DataFrame({"text": [trial.children[0].text]}))
    assert trial.opinions.equals(find_opinions(reviews))
    assert len(trial.opinions) >= 3
    for row, line in zip(trial.opinions.itertuples(), lines(trial)[2:], strict=False):  # more lines follow
        theme = the(row.theme, row.theme.capitalize())  # as a sentence names it: the film as a whole
        assert all(part in line for part in (row.quote, theme, row.polarity, f"{row.confidence:.2f}"))


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


def ask(trial, **what):
    """Ask as the page does, by a message; return the answers."""
    answers = []
    trial.children[0].send = answers.append
    data = {"method": "custom", "content": {"do": "code", "number": 7, **what}}
    trial.children[0].comm.handle_msg({"content": {"data": data}, "buffers": []})
    return answers


def test_the_button_codes_what_was_pasted():
    """The page sends the text in the box and the confidence, and is answered."""
    trial = try_a_review("The music is wonderful.")
    assert ask(trial, text="The plot is predictable and dull.", threshold=0.3) == [{"answered": 7}]
    assert set(trial.opinions["theme"]) == {"story"}
    assert trial.children[0].text == "The plot is predictable and dull."
    assert len(trial.children) == 2


def test_the_confidence_decides_what_is_marked():
    """Under the lowest confidence nothing is marked, and a line says what was left out and how sure the tagger is."""
    trial = try_a_review("The music is wonderful.")
    sure = trial.opinions["confidence"][0]
    trial.code("The music is wonderful.", threshold=round(sure + 0.01, 2))
    assert trial.opinions.empty
    assert lines(trial)[1:] == [
        "No opinion was found.",
        f"Not marked, because the tagger is less sure of it than {sure + 0.01:.2f}: "
        f"“The music is wonderful” (praise of the music, {sure:.2f}).",
    ]


def test_what_is_not_marked_is_explained():
    """Sentences without an opinion are counted; what is no prose, or in another language, is quoted."""
    german = "Das ist ein Film, den man sehen muss."
    trial = try_a_review(f"Rating: 4/5\n\nThe music is wonderful. It was shown in May. {german}")
    assert lines(trial)[3:] == [
        "Not marked, because it does not look like the review's own prose: “Rating: 4/5”.",
        f"Not marked, because it is not in English, which is all that the tagger reads: “{german}”.",
        "No opinion was found in 1 other sentence.",
    ]


def test_all_that_a_marked_sentence_leaves_unmarked_is_told():
    """Each opinion below the confidence is told, also two of one sentence, and those of a sentence that has a mark."""
    text = "The music is wonderful, the plot a bore, and the voices are superb."
    sure = try_a_review(text).opinions["confidence"].sort_values().tolist()
    assert len(sure) == 3
    trial = try_a_review("")
    for least, left in ((sure[1] + 0.001, 2), (sure[2] + 0.001, 3)):
        trial.code(text, threshold=least)
        (line,) = [line for line in lines(trial) if line.startswith("Not marked, because the tagger is less sure")]
        assert line.count("“") == left


NONE = "There is no text"


@pytest.mark.parametrize(("text", "said"), [("  \n", NONE), (" N/A", NONE), (GERMAN, "not in English")])
def test_what_cannot_be_coded_is_said(text, said):
    """No text, or another language, gives a line that says so, and no marks."""
    trial = try_a_review(text)
    assert said in lines(trial)[0]
    assert len(trial.children) == 1
    assert trial.opinions.empty


def test_corrections_of_a_trial_are_forgotten(tmp_path, monkeypatch):
    """What is corrected in a trial touches no file of the user's."""
    monkeypatch.chdir(tmp_path)
    trial = try_a_review("The music is wonderful.")
    trial.children[1].remove(0)
    assert list(tmp_path.iterdir()) == []
    said = trial.children[1].status["text"]
    assert said == "Shown here only, saved in no file: “The music is wonderful” is no longer an opinion."


def test_text_is_text():
    """Anything but a str is refused."""
    with pytest.raises(TableError, match="text is 3"):
        try_a_review(3)
