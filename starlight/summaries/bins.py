"""Bins: how many values fall in each, for what is too much to be drawn one by one."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .counting import count, cross

_ROUNDING = 1e-9  # 0.29 * 100 is 28.999999999999996, and belongs to 29


def count_in_bins(
    values: pd.Series,
    by: pd.Series,
    groups: Iterable[object],
    *,
    unit: str,
    number: int = 10,
    most: float = 1,
) -> pd.DataFrame:
    """Count values from 0 to `most` in bins of one width: one row per group and bin.

    Parameters
    ----------
    values : Series of float
        The values, none of them missing.
    by : Series
        The group of each value; its name is that of the column of groups.
    groups : iterable
        The groups, in the order of the rows.
    unit : str
        What a value stands for, the name of the column of counts.
    number : int
        How many bins.
    most : float
        The upper end of the last bin.

    Returns
    -------
    DataFrame
        The group, low, middle and high of the bin, and the count. A bin holds its lower end; the last one its upper
        end too.

    Examples
    --------
    >>> shares = pd.Series([0.0, 0.49, 0.5, 1.0])
    >>> count_in_bins(shares, pd.Series(["a"] * 4, name="kind"), ["a"], unit="reviews", number=2)["reviews"].tolist()
    [2, 2]
    """
    of_value = (values * number / most + _ROUNDING).astype("int64").clip(upper=number - 1)
    rows = cross(**{by.name: list(groups), "bin": range(number)})
    rows[unit] = count(rows, pd.DataFrame({by.name: by, "bin": of_value}), [by.name, "bin"])
    for name, part in (("low", 0), ("middle", 0.5), ("high", 1)):
        rows[name] = ((rows["bin"] + part) * most / number).round(12)
    return rows[[by.name, "low", "middle", "high", unit]]
