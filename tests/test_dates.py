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
        ("6. 3. 2019", "day", "2019-03-06"),
        ("6 / 3 / 2019", "month", "2019-06-03"),
        ("6 3 2019", "day", "2019-03-06"),
        ("Sat, 6/3/2019", "month", "2019-06-03"),
        ("10/19/23", None, "2023-10-19"),
        ("5/6/85", "day", "1985-06-05"),
        ("1561809600", "seconds", "2019-06-29"),
        (1561809600000, "seconds", "2019-06-29"),
        (45413, "days", "2024-05-01"),
        ("45425.75", "days", "2024-05-13"),
    ],
)
def test_a_date_of_numbers_is_read_by_what_comes_first(written, first, day):
    """What comes first decides only where both numbers may be a month; a year in front leaves no doubt."""
    assert read_day(written, first) == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31-Dec-22", "2022-12-31"),
        ("12-Jan-20", "2020-01-12"),
        ("Posted: March 31, 2023", "2023-03-31"),
        ("Reviewed in Atlantis on 29 April 2024", "2024-04-29"),
        ("Publiée le 7 juin 2022", "2022-06-07"),
        ("12. März 2023", "2023-03-12"),
        ("7 de octubre de 2022", "2022-10-07"),
        ("2024年5月3日", "2024-05-03"),
        ("Sept. 21, 2018 at 5pm", "2018-09-21"),
        ("Thu Apr 06 15:24:15 +0000 2017", "2017-04-06"),
        ("2025-05-30T10:00:00.123Z", "2025-05-30"),
        ("20250530", "2025-05-30"),
    ],
)
def test_a_date_in_words(written, day):
    """Months in the usual languages, words before the date and a time after it leave no doubt."""
    assert read_day(written) == pd.Timestamp(day)


@pytest.mark.parametrize(
    "written",
    [
        *("11/1 6 /2020", "May 12-13, 2017", "29 April - 3 May 2024", "3/4/2020 - 5/4/2020", "2020-05-03/04"),
        *("6. 3. 2019", "6 3 2019", "5/6/23", "25/12/23", "6 days ago", "2025-13-45", "Mayor 3, 2020", "v1.2.2020.4"),
    ],
)
def test_what_no_form_knows_is_refused(written):
    """Garbled dates, spans of days, and numbers that may be read in two ways are not guessed."""
    with pytest.raises(ValueError, match=r"^its? "):
        read_day(written)


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
        (["1561809600", "1561896000", None], {"seconds"}),
        (["1561809600", "2025-05-30"], set()),
        (["6. 13. 2025", "1/1/25"], {"month"}),
        (["13/6/24"], set()),  # or 2013-06-24
        (["6/13/24", "13/6/24"], {"day", "month"}),
    ],
)
def test_what_comes_first_is_found_by_numbers_that_are_no_month(values, first):
    """A number over 12 is no month; dates that contradict each other decide nothing."""
    assert first_in_dates(values) == first


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ([45413, "45425.5"], {"days"}),
        ([45413, "2024-05-01"], set()),
        ([45413, 2024], set()),
        ([1561809600], {"seconds"}),
    ],
)
def test_numbers_are_counts_only_where_all_are(written, first):
    """Of days, as a spreadsheet counts them that shows no dates, or of seconds."""
    assert first_in_dates(written) == first
