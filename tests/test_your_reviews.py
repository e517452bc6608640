"""Notebook 7 on other files, run from the shell as the README says; and what it stores of the tagger's coding."""

import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from starlight import find_opinions, load_reviews
from starlight.base import resource
from starlight.coding.tagger import settings

ROOT = Path(__file__).parent.parent
HOSTILE = """id,review,critic
1,"<script>alert(1) $x^2$ **It glows.** The music is wonderful, the plot a bore.",=1+1
2,"<img/src=x onerror=alert(1)>",
3,"A very long wait for nothing",Ann
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """What the README's command for notebook 7 leaves for a file of three reviews that state almost nothing."""
    folder = tmp_path_factory.mktemp("mine")
    (folder / "mine.csv").write_text(HOSTILE)
    (line,) = re.findall(r"^mkdir.*papermill.*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    for theirs, ours in (("site/mine", str(folder / "site")), ("data/invented_reviews.csv", str(folder / "mine.csv"))):
        assert theirs in line
        line = line.replace(theirs, shlex.quote(ours))
    commands = [shlex.split(command) for command in line.split("&&")]
    assert [Path(command[0]).name for command in commands] == ["mkdir", "papermill", "python"]
    done = [
        subprocess.run(
            [sys.executable, "-m", "papermill", *command[1:]] if "papermill" in command[0] else
            [sys.executable, *command[1:]] if "python" in command[0] else command,
            cwd=ROOT, capture_output=True, text=True, check=True,
        )
        for command in commands
    ]  # fmt: skip
    return folder / "site", done[1].stderr


def test_runs_unattended_with_a_progress_bar(run):
    """A file of reviews without a score, a date, a film or an outlet goes through every cell; a bar shows how far."""
    folder, said = run
    assert "Executing: 100%" in said
    notebook = nbformat.read(folder / "7_your_reviews.ipynb", 4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert "## mine\\.csv: 3 reviews" in outputs[0]["data"]["text/markdown"]


def test_a_question_without_an_answer_has_one_sentence(run):
    """No date, no outlet, no score and no film: below each heading that asks for one stands a sentence, and no more."""
    cells = nbformat.read(run[0] / "7_your_reviews.ipynb", 4).cells
    said = {
        before.source.lstrip("# "): cell.outputs[0]["data"]["text/plain"]
        for before, cell in pairwise(cells)
        if before.source.startswith("#") and "\n" not in before.source
    }
    begins = {
        "What scores do they give?": "None of 3 reviews states a score.",
        "Does what they talk about change over time?": "No review states a date, so there is nothing to compare.",
        "What sets the two films with the most reviews apart?": "There are no two groups to compare.",
    }
    assert all(said[question].startswith(sentence) for question, sentence in begins.items())


def test_leaves_a_page_in_which_the_reviews_do_nothing(run):
    """The page holds their words as words: no script, no picture and no formula of a review's is in it."""
    page = (run[0] / "pages" / "7_your_reviews.html").read_text("utf-8")
    assert "<title>mine.csv: 3 reviews · Starlight</title>" in page
    assert "the plot a bore" in page
    assert "<script>alert" not in page
    assert "<img/src=x" not in page


@pytest.mark.parametrize("change", [-0.01, 0.01])
def test_the_stored_coding_does_not_hang_on_a_last_digit(change, monkeypatch):
    """No opinion in the invented reviews lies so near the threshold that another processor would code it otherwise.

    Processors may differ in the last of a confidence's three digits, and in further ones of a token's logit.
    """
    reviews = load_reviews(resource("data", "invented_reviews.csv"))
    known = settings()
    found = find_opinions(reviews)
    near = find_opinions(reviews, threshold=known.threshold + change / 5)
    assert near[["start", "end", "theme", "polarity"]].equals(found[["start", "end", "theme", "polarity"]])
    monkeypatch.setattr("starlight.coding.tagger.settings", lambda: known._replace(reach=known.reach + change / 2))
    quoted = find_opinions(reviews)
    assert quoted["quote"].tolist() == found["quote"].tolist()
