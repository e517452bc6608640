"""The second look: what it sees of a sentence's review, and what it adds, each computed on paper."""

import numpy as np

from starlight.coding import second_look, tagger

NAMES = ["place", "is first", "is last", "log sentences", "log tokens"]
FIRST = np.array([[0.0], [np.log(3)], [0.0]])  # confidences of 1/2, 3/4 and 1/2
SEEN = second_look.evidence(np.array([[1.0], [2.0], [3.0]]), FIRST, np.array([1, 1, 1]), np.array([7, 7, 8]))


def test_what_is_seen_by_hand():
    """Two sentences of one review see each other, and one by itself sees nothing else."""
    wanted = [
        [0.5, 1, 0, np.log(2), 0, 1, 0.5, 0.75, 0, 0.75],
        [1, 0, 1, np.log(2), 0, 2, 0.75, 0.5, 0.5, 0],
        [1, 1, 1, 0, 0, 3, 0.5, 0, 0, 0],
    ]
    np.testing.assert_allclose(SEEN, wanted)


def test_what_is_added_by_hand():
    """A weight of 2 on the place and a constant of 1 add 2, 3 and 3."""
    by = np.zeros((11, 1))
    by[0], by[-1] = 2, 1
    assert second_look.corrections(SEEN, by)[:, 0].tolist() == [2, 3, 3]


def test_each_weight_has_its_name():
    """The stored weights have a row for all that is seen and a constant, and a column for each output."""
    outputs = tagger.settings().outputs
    names = second_look.names(outputs)
    assert names[:5] == NAMES
    assert names[5] == "token: overall praise"
    assert second_look.weights().shape == (len(names), len(outputs)) == (126, 24)
