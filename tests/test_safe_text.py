"""Formulas: what a spreadsheet would run is made text, and given back to the letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.base import as_meant, harmless

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


@given(st.text("'=+-@ \t\r\nxＡ＝") | st.text())
def test_every_text_is_given_back(text):
    """What is written begins with no sign of a formula, and is read as it was; also one that has apostrophes."""
    written = harmless(text)
    assert as_meant(written) == text
    assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", written)
