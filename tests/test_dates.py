"""The day that a date names, where it names one for sure; how the whole column decides is tested in test_reviews."""

import pandas as pd
import pytest

from starlight.text import first_in_dates, read_day


@pytest.mark.parametrize(
    ("written", "first", "day"),
    [
        ("5/6/2025", "day", "2025-06-05"),
        ("5/6/2025", "month", "2025-05-06"),
        ("5.6.2025 10:30", "day", "2025-06-05"),
        ("25/6/2025", "month", "2025-06-25"),
        ("6/25/2025", "day", "2025-06-25"),
        ("12/5/2025", "day", "2025-05-12"),
        ("12/5/2025", "month", "2025-12-05"),
        ("5/12/2025", "day", "2025-12-05"),
        ("12/25/2025", None, "2025-12-25"),
        ("5/6/2025 10:30+09:00", "day", "2025-06-05"),
        ("05-30-2025", None, "2025-05-30"),
        ("2025/06/05", "day", "2025-06-05"),
        ("Fri, 30 May 2025 10:00:00 +0900", None, "2025-05-30"),
    ],
)
def test_a_date_of_numbers_is_read_by_what_comes_first(written, first, day):
    """What comes first decides only where both numbers may be a month; a year in front leaves no doubt."""
    assert read_day(written, first) == pd.Timestamp(day)


@pytest.mark.parametrize(
    "written", ["5/6/2025", "12/5/2025", "5/12/2025", "31/31/2025", "May 2025", "", "1" * 200, "1748563200"]
)
def test_what_names_no_day_is_a_value_error(written):
    """Nothing is guessed."""
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the reader's, in the report
        read_day(written)


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ([], set()),
        (["5/6/2025", "6/6/2025", "May 30, 2025", None, 7], set()),
        (["13/1/2025"], {"day"}),
        (["1/13/2025 8:00"], {"month"}),
        (["13/1/2025", "1-13-2025"], {"day", "month"}),
        (["31/31/2025"], set()),
        (["12/5/2025", "5/12/2025"], set()),
        (["13/1/2025" + " " * 100], set()),
    ],
)
def test_what_comes_first_is_found_by_numbers_that_are_no_month(values, first):
    """A number over 12 is no month; dates that contradict each other decide nothing."""
    assert first_in_dates(values) == first
