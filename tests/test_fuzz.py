"""A few of the fuzzer's inputs, of every kind: whatever is given, nothing but our own errors, and what holds holds.

`python tests/fuzz.py` tries a hundred thousand; with STARLIGHT_EXAMPLES set to a number, as many of each kind are here.
"""

import os

import fuzz
import fuzz_hostile
import fuzz_inputs
import pytest

EXAMPLES = int(os.environ.get("STARLIGHT_EXAMPLES", "10"))


@pytest.mark.parametrize("kind", ["call", "stored", "file", "frame", "save", "score", "text"])
def test_odd_inputs_break_nothing(kind):
    """Odd files, tables, scores, texts and arguments are read or refused in words, and so are spoilt files of ours."""
    maker = fuzz_hostile if kind in fuzz_hostile.MAKE else fuzz_inputs
    for number in range(EXAMPLES):
        made = maker.make(1, number, kind)
        outcome, wrong = fuzz.attempt(made)
        assert not wrong, (number, outcome, wrong)
