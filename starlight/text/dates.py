"""Read the day that a written date names. 5/6/2025 may be 5 June or May 6: other dates have to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# The forms of a date in the line of a page: "May 3rd, 2020", "3 May 2020", "2020-05-03".
DATE = re.compile(
    rf"(?:\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b)",
    re.IGNORECASE,
)
_MONTHS = 12
_IN_NUMBERS = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?=\D|$).*", re.DOTALL)
_LONGEST = 100  # characters; a longer cell is not a date


def read_day(written: object, first: str | None = None) -> pd.Timestamp:
    """Return the day that a date names, as a Timestamp at 00:00 without time zone; a ValueError says why not.

    In dates of three numbers that end in the year, `first` ("day" or "month") says what the first number is.
    """
    text = str(written)
    if len(text) > _LONGEST:
        raise ValueError("it is too long for a date")
    numbers = _IN_NUMBERS.fullmatch(text)
    months = {int(number) for number in numbers.groups()[:2]} if numbers else set()  # or days
    if len(months) > 1 and max(months) <= _MONTHS and first is None:
        raise ValueError("its first number may be the day or the month")
    parts = len(re.findall(r"\d+", text)) + bool(re.search(r"[^\W\d_]{3}", text))  # day, month, year
    if not re.fullmatch(r"\d{8}", text) and (parts < 3 or not re.search(r"\d{4}", text)):
        raise ValueError("it names no day, month and year")
    if numbers:
        day_first = int(numbers[1]) > _MONTHS or (first == "day" and int(numbers[2]) <= _MONTHS)
        return pd.to_datetime(text, dayfirst=day_first).tz_localize(None).normalize()
    return pd.Timestamp(text).tz_localize(None).normalize()


def first_in_dates(values: Iterable[object]) -> set[str]:
    """Return what comes first in dates such as 25/6/2025: "day", "month", both if they disagree, or nothing."""
    found = (_IN_NUMBERS.fullmatch(value) for value in values if isinstance(value, str) and len(value) <= _LONGEST)
    pairs = {(int(match[1]), int(match[2])) for match in found if match}
    return {"day" if one > _MONTHS else "month" for one, two in pairs if (one > _MONTHS) != (two > _MONTHS)}
