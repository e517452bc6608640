"""Read the day that a date names, as people write dates; one that may be two days is no date until others decide."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

_MONTHS = 12
_IN_NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?=\D|$).*", re.DOTALL)
_LONGEST = 100  # characters; a longer cell is no date


def read_day(written: object, first: str | None = None) -> pd.Timestamp:
    """Read the day that a date names.

    Parameters
    ----------
    written : object
        A date as it was written, or a date of Python's or pandas'.
    first : {"day", "month"}, optional
        What comes first in dates of three numbers that end in the year, as `first_in_dates` finds it.

    Returns
    -------
    pandas.Timestamp
        Midnight of the day, where it was written.

    Raises
    ------
    ValueError
        If it names no day for sure ("May 2025", a number of seconds, 5/6/2025 without `first`).

    Examples
    --------
    >>> read_day("May 3rd, 2020")
    Timestamp('2020-05-03 00:00:00')
    >>> read_day("5/6/2025", "day").month
    6
    """
    text = str(written)
    if len(text) > _LONGEST:
        raise ValueError("it is too long for a date")
    numbers = _IN_NUMBERS.fullmatch(text)
    months = {int(number) for number in numbers.groups()[:2]} if numbers else set()  # or days
    if len(months) > 1 and max(months) <= _MONTHS and first is None:
        raise ValueError("it may be two days")
    named = len(re.findall(r"\d+", text)) + bool(re.search(r"[^\W\d_]{3}", text))  # day, month (in letters?), year
    if not re.fullmatch(r"\d{8}", text) and (named < 3 or not re.search(r"\d{4}", text)):
        raise ValueError("it names no day of a year")
    if numbers:
        return pd.to_datetime(text, dayfirst=_day_first(numbers, first)).tz_localize(None).normalize()
    return pd.Timestamp(text).tz_localize(None).normalize()


def first_in_dates(values: Iterable[object]) -> set[str]:
    """Find what comes first in dates of three numbers, by those of which one number is no month.

    Parameters
    ----------
    values : iterable
        Dates as written.

    Returns
    -------
    set of str
        ``day``, ``month``, both where dates contradict each other, or nothing where none decides.

    Examples
    --------
    >>> first_in_dates(["5/6/2025", "25/6/2025"])
    {'day'}
    """
    found = (_IN_NUMBERS.fullmatch(value) for value in values if isinstance(value, str) and len(value) <= _LONGEST)
    pairs = {(int(match[1]), int(match[2])) for match in found if match}
    return {"day" if one > _MONTHS else "month" for one, two in pairs if (one > _MONTHS) != (two > _MONTHS)}


def _day_first(numbers: re.Match[str], first: str | None) -> bool:
    return int(numbers[1]) > _MONTHS or (first == "day" and int(numbers[2]) <= _MONTHS)
