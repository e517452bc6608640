"""Formulas: what a spreadsheet would run is made text, wherever it splits cells, and given back to the letter."""

import csv
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.base import as_meant, harmless
from starlight.tables import save_table

RUN = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "\nx",
    " =1",
    "\u00a0\u3000=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\u200b=1",
]


@pytest.mark.parametrize("text", RUN, ids=ascii)
def test_a_text_that_would_run_gets_an_apostrophe(text):
    """OWASP's list: a formula's sign, blanks before one, full-width signs, and a tab or line's end at the beginning."""
    assert harmless(text) == f"'{text}"
    assert as_meant(f"'{text}") == text


@pytest.mark.parametrize(
    "text", ["", " ", "It glows.", "a=b", "'tis", "'", "''", "2025", "½", "“=1”", "(-1)"], ids=ascii
)
def test_other_text_stays(text):
    """A sign inside a text is none of a formula's, and an apostrophe may be anyone's."""
    assert harmless(text) == text == as_meant(text)


@pytest.mark.parametrize("ends", [";", ",", "|", "\t", "\n", "\r\n"], ids=ascii)
@pytest.mark.parametrize("before", ["", " ", '"', "\u200b"], ids=ascii)
def test_a_cell_within_a_text_does_not_run(ends, before):
    """A spreadsheet that splits the file at another sign than its own makes cells of parts of a text."""
    text = f"It glows{ends}{before}=1+1{ends}x"
    assert harmless(text) == f"It glows{ends}'{before}=1+1{ends}x"
    assert as_meant(harmless(text)) == text


@given(st.text("'\"=+-@;,| \t\r\nxＡ＝") | st.text())
def test_every_text_is_given_back(text):
    """What is written has a formula's sign at the beginning of no cell, and is read as it was, apostrophes too."""
    written = harmless(text)
    assert as_meant(written) == text
    assert not re.search(r"(?:\A|[;,|\t\r\n])[\s\"]*[=+\-@＝＋－＠]|\A[\t\r\n]", written)


@given(st.lists(st.text("'\"=-; ,\tx\n", min_size=1), min_size=1), st.sampled_from([".csv", ".tsv"]))
def test_no_separator_makes_a_formula_of_a_file(tmp_path_factory, texts, kind):
    """Whatever sign a saved file is split at, no cell begins with a formula's sign; read again, it is the same."""
    path = tmp_path_factory.mktemp("saved") / f"texts{kind}"
    save_table(pd.DataFrame({"n": 1, "text": texts}), path)
    for separator in ",;|\t":
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
        assert not [cell for cell in cells if re.match(r"[\s\"]*[=\-]", cell)]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t" if kind == ".tsv" else ","))
    assert [as_meant(row[1]) for row in rows[1:]] == texts
