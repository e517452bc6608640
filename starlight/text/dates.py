"""Read the day that a written date names. 5/6/2025 may be 5 June or May 6: other dates have to decide.

A date in a form that is not listed here is refused: a general parser would guess.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

import pandas as pd

from ..tables.schema import is_missing

# The names of each month in English, German, French, Spanish, Italian, Portuguese and Dutch.
_MONTHS = (
    "jan january januar jänner janvier janv enero ene gennaio janeiro januari",
    "feb february februar février févr fevrier febrero febbraio fevereiro februari",
    "mar march märz mär maerz mars marzo março marco maart",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio maio mei",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet juil julio luglio julho",
    "aug august août aout agosto augustus",
    "sep sept september septembre septiembre setiembre settembre setembro",
    "oct october oktober okt octobre octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = rf"(?:{'|'.join(sorted(_NUMBER_OF, key=len, reverse=True))})\b\.?"
_TIME = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
_OF = r"(?:de |del |of )?"
# The forms of a date: "May 3rd, 2020", "Sat May 03 10:30:00 2020", "3 May 2020", "31-Dec-22", "2020-05-03", "3/5/2020".
_NAMED = (
    rf"(?<!\w)(?P<m1>{_MONTH})[ -]?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?[ -]"
    rf"(?:{_TIME}(?: [+-]\d{{4}}| [A-Z]{{3}})? )?(?P<y1>\d{{4}})\b"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[ -]?{_OF}(?P<m2>{_MONTH}),?[ -]?{_OF}"
    r"(?P<y2>\d{4}|['’]?\d{2})\b(?![:.]\d)"
)
_YEAR_FIRST = (
    r"(?<!\d)(?P<y3>\d{4})(?:(?P<s3> ?[-/.] ?)(?P<m3>\d{1,2})(?P=s3)|年(?P<m4>\d{1,2})月)(?P<d3>\d{1,2})(?=[日T]|\b)"
)
_IN_NUMBERS = r"(?<![\d/.-])(?P<a>\d{1,2})(?P<s> ?[/.-] ?)(?P<b>\d{1,2})(?P=s)(?P<y4>\d{4}|\d{2})(?![\d/-]|\.\d)"
DATE = re.compile(f"(?:{_NAMED}|{_YEAR_FIRST}|{_IN_NUMBERS})", re.IGNORECASE)
_IN_A_CELL = re.compile(rf"{DATE.pattern}|^(?P<a2>\d{{1,2}}) (?P<b2>\d{{1,2}}) (?P<y5>\d{{4}})$", re.IGNORECASE)
# Digits that may stand beside a date: times and time zones.
_BESIDE = re.compile(rf"{_TIME}|\d{{1,2}} ?[ap]\.?m\b|(?:gmt|utc)?[+-]\d{{1,2}}:?(?:\d{{2}})?", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SECONDS = re.compile(r"(1\d{9}|9[5-9]\d{7})(?:\.0+)?|(?P<ms>1\d{12}|9[5-9]\d{10})(?:\.0+)?")  # from the year 2000 on
_DAYS = re.compile(r"[34]\d{4}(?:\.\d+)?")  # of the years 1982 to 2036, as Excel counts them
_CENTURY, _LAST_OF_IT = 100, 69  # 69 to 99 are of the twentieth century
_FIRST = 1000  # year
_LONGEST = 100  # characters; a longer cell is not a date


def read_day(written: object, first: str | None = None) -> pd.Timestamp:
    """Return the day that a date names, as a Timestamp at 00:00 without time zone; a ValueError says why not.

    In dates of three numbers that end in the year, `first` ("day" or "month") says what the first number is; where it
    is "seconds", a whole number counts them (or milliseconds) from 1970 on, and where it is "days", a number counts
    them as Excel does. Words and a time may stand around a date.
    """
    if len(str(written)) > _LONGEST:
        raise ValueError("it is too long for a date")
    text = " ".join(str(written).split())
    if first == "seconds" and (count := _SECONDS.fullmatch(text)):
        return pd.Timestamp(int(float(text)), unit="ms" if count["ms"] else "s").normalize()
    if first == "days" and _DAYS.fullmatch(text):
        return (pd.Timestamp("1899-12-30") + pd.Timedelta(days=float(text))).normalize()
    if compact := _COMPACT.fullmatch(text):
        return pd.Timestamp(date(*map(int, compact.groups())))
    found = list(_IN_A_CELL.finditer(text))
    beside = _BESIDE.sub("", _IN_A_CELL.sub("", text))
    if len(found) != 1 or re.search(r"\d", beside):
        raise ValueError("it names no day, month and year")
    days = _days(found[0], first)
    if len(days) > 1:
        raise ValueError("its first number may be the day or the month")
    if not days:
        raise ValueError("it names no day of the calendar")
    return pd.Timestamp(days.pop())


def first_in_dates(values: Iterable[object]) -> set[str]:
    """Return what comes first in dates such as 25/6/2025: "day", "month", both if they disagree, or nothing.

    If all values are counts of seconds from 1970 on it is "seconds", and "days" if all are days as Excel counts them.
    """
    written = [str(value) for value in values if isinstance(value, str | int | float) and not is_missing(value)]
    written = [value for value in written if value.strip()]
    for counts, form in ("seconds", _SECONDS), ("days", _DAYS):
        if written and all(map(form.fullmatch, written)):
            return {counts}
    firsts, likely = set[str](), set[str]()
    for found in (_IN_A_CELL.search(value) for value in written if len(value) <= _LONGEST):
        if not found or not (found["a"] or found["a2"]):
            continue
        one, two = int(found["a"] or found["a2"]), int(found["b"] or found["b2"])
        days = _days(found, None)
        of_both = {"day" if day.day == one else "month" for day in days if {day.day, day.month} == {one, two}}
        if len(of_both) == 1 and one != two:
            (firsts if len(days) == 1 else likely).update(of_both)  # 13/6/24 may begin with the year
    return firsts | likely if firsts else firsts


def _days(found: re.Match[str], first: str | None) -> set[date]:
    """Return the days that a date may name."""
    group = found.groupdict()
    if year := group["y1"] or group["y2"]:
        month = _NUMBER_OF[(group["m1"] or group["m2"]).lower().rstrip(".")]
        return _valid(year, month, group["d1"] or group["d2"])
    if group["y3"]:
        return _valid(group["y3"], group["m3"] or group["m4"], group["d3"])
    one, two, year = (group["a"] or group["a2"], group["b"] or group["b2"], group["y4"] or group["y5"])
    readings = {"day": _valid(year, two, one), "month": _valid(year, one, two)}
    if first in readings:
        return readings[first] or (readings["day"] | readings["month"])
    from_the_year = _valid(one, two, year) if len(year) < len("2020") else set()
    return readings["day"] | readings["month"] | from_the_year


def _valid(year: str, month: str | int, day: str) -> set[date]:
    """Return a set of that day, empty if the calendar has no such day; 22 is 2022, and 85 is 1985."""
    number = int(year.strip("'’"))
    if number < _CENTURY:
        number += 1900 if number >= _LAST_OF_IT else 2000
    with suppress(ValueError):
        return {date(number, int(month), int(day))} if number >= _FIRST else set()
    return set()
