"""Errors: one kind to catch, and messages that end with what would have been accepted."""

import pytest

import starlight
from starlight.errors import ReadError, ScoreError, StarlightError, TableError, did_you_mean


@pytest.mark.parametrize("kind", [ReadError, ScoreError, TableError])
def test_one_except_catches_every_error(kind):
    """Every error is a StarlightError, which is a ValueError and can be imported from the top."""
    assert issubclass(kind, StarlightError)
    assert issubclass(StarlightError, ValueError)
    assert starlight.StarlightError is StarlightError


@pytest.mark.parametrize(
    ("value", "allowed", "message"),
    [
        ("visual", ["music", "visuals"], "Did you mean 'visuals'? Allowed: 'music', 'visuals'."),
        ("ending", ["music", "visuals"], "Allowed: 'music', 'visuals'."),
        (1999, [1998, 2025], "Did you mean '1998'? Allowed: '1998', '2025'."),
        ("Music", ["music"], "Did you mean 'music'? Allowed: 'music'."),
        (None, ["music"], "Allowed: 'music'."),
    ],
    ids=["near", "far", "numbers", "case", "nothing given"],
)
def test_did_you_mean(value, allowed, message):
    """The nearest allowed value is named if one is near; then all of them, in the order given."""
    assert did_you_mean(value, allowed) == message


def test_did_you_mean_takes_what_can_be_read_once():
    """A generator will do: it is read a single time."""
    assert did_you_mean("b", (letter for letter in "ab")) == "Did you mean 'b'? Allowed: 'a', 'b'."
