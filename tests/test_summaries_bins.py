"""Bins: each value is in one, and those at an edge are in the upper one."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as given_by

from starlight.summaries import count_in_bins


def binned(values, **settings):
    """Count these values in bins, all of one group."""
    group = pd.Series("all", index=range(len(values)), name="group", dtype="str")
    return count_in_bins(pd.Series(values, dtype="float64"), group, ["all"], unit="reviews", **settings)


@pytest.mark.parametrize("tenth", range(11))
def test_an_edge_is_in_the_bin_above(tenth):
    """0.3 begins the bin from 0.3 to 0.4, however it was divided; 1 is in the last."""
    for of in (10, 20, 30, 70, 130):
        bins = binned([tenth * of / 10 / of])
        assert bins.loc[bins["reviews"] == 1, "low"].tolist() == [min(tenth, 9) / 10]


def test_rounding_moves_no_value_into_the_bin_below():
    """0.29 * 100 is 28.999999999999996, and 0.29 is in the bin from 0.29 all the same."""
    bins = binned([0.29], number=100)
    assert bins.loc[bins["reviews"] == 1, "low"].tolist() == [0.29]


def test_empty_bins_and_groups_are_there():
    """A group without values has its bins, with 0, in the order given."""
    by = pd.Series(["b"], name="kind")
    bins = count_in_bins(pd.Series([0.5]), by, ["a", "b"], unit="mentions", number=2)
    assert bins.to_dict("list") == {
        "kind": ["a", "a", "b", "b"],
        "low": [0, 0.5, 0, 0.5],
        "middle": [0.25, 0.75, 0.25, 0.75],
        "high": [0.5, 1, 0.5, 1],
        "mentions": [0, 0, 0, 1],
    }


def test_no_values_are_counted_as_none():
    """Without values every bin holds 0."""
    assert binned([])["reviews"].tolist() == [0] * 10


@given(given_by.lists(given_by.floats(0, 100)))
def test_every_value_is_in_the_one_bin_around_it(values):
    """The counts add up, and each bin holds just the values from its low to its high, to a billionth."""
    bins = binned(values, number=20, most=100)
    assert bins["reviews"].sum() == len(values)
    for row in bins.itertuples():
        inside = sum(row.low + 1e-6 <= value < row.high - 1e-6 for value in values)
        around = sum(row.low - 1e-6 <= value <= row.high + 1e-6 for value in values)
        assert inside <= row.reviews <= around
