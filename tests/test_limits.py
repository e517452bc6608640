"""No small file takes all memory: what a source asks for is counted while it is read, and the limit can be raised."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS

from starlight import load_reviews
from starlight.errors import ReadError
from starlight.loading import open_source

HARMLESS = {"repeated_blanks", "big_text", "many_files"}  # are loaded, or all but one of their texts


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells how much memory a process has taken at most.")
def test_small_files_that_ask_for_everything_are_refused():
    """With a limit of 20 MB, none takes 60 MB more than the process had, and each is refused in words or harmless."""
    script = Path(__file__).with_name("bombs.py")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    ends = {end["bomb"]: end for end in map(json.loads, done.stdout.splitlines())}
    assert list(ends) == [bomb.__name__ for bomb in BOMBS]
    assert {name for name, end in ends.items() if end["megabytes"] > 60 or "not refused" in end["end"]} == set()
    assert {name for name, end in ends.items() if end["end"].endswith(" reviews")} == HARMLESS


@pytest.fixture
def short_rows(tmp_path):
    """A table of 3,000 rows, which is reckoned at 1,000 + 40 + 5 bytes for each."""
    (tmp_path / "r.csv").write_text("text\n" + "a\n" * 3_000)
    return tmp_path / "r.csv"


def test_the_error_says_how_much_is_asked_for_and_how_to_raise_the_limit(short_rows):
    """A limit of 1 MB is reached in row 957; one of 0.01 GB is enough."""
    with pytest.raises(ReadError) as caught:
        load_reviews(short_rows, memory=0.001)
    assert str(caught.value) == (
        "r.csv needs over 0.001 GB of memory (row 957 goes beyond that), and may take 0.001 GB (as memory= says). "
        "load_reviews(..., memory=1) allows as many gigabytes, and annotate() reads a file of any length part by part."
    )
    assert len(load_reviews(short_rows, memory=0.01)) == 3_000


def test_only_one_part_counts_where_rows_are_read_in_parts(short_rows):
    """A limit that is too low for all rows is enough for 500 at a time."""
    chunks = list(open_source(short_rows, memory=0.001).chunks(500))
    assert [len(chunk.frame) for chunk in chunks] == [500] * 6


def test_a_text_that_is_too_long_is_left_out_of_its_folder(tmp_path):
    """The others are loaded, and the report says what would load it."""
    (tmp_path / "a.txt").write_text("It glows. " * 5_000)
    (tmp_path / "b.txt").write_text("It bores.")
    with pytest.warns(UserWarning, match="1 of 2 rows"):
        reviews = load_reviews(tmp_path, memory=0.002)
    assert reviews["text"].tolist() == ["It bores."]
    assert len(load_reviews(tmp_path, memory=0.003)) == 2


@pytest.mark.parametrize("memory", [0, -1, "4 GB", float("inf"), float("nan"), True])
def test_the_limit_is_a_number(memory):
    """It counts gigabytes."""
    with pytest.raises(ReadError, match="it must be a number of gigabytes, such as 4"):
        load_reviews(memory=memory)
