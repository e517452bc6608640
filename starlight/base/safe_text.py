"""Text that is safe to write: no spreadsheet runs it as a formula, and no half character stands in it.

A .csv has no sign for text: "=HYPERLINK(...)" in a review is a formula for whoever opens the file. An apostrophe before
it makes it text, as OWASP's page on CSV injection has it. Text that has an apostrophe there of its own gets another, so
that each text is given back as it was.
"""

from __future__ import annotations

import re

_BLANK = r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]"  # what stands before a formula without ending it
_RUNS = re.compile(
    rf"'*(?:[\t\r\n]|{_BLANK}*[=+\-@\u2212＝＋－＠﹦﹢﹣﹫])"
)  # Japanese Excel runs full-width signs too


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text, apostrophes before it apart."""
    return bool(_RUNS.match(text))


def harmless(text: str) -> str:
    """Give a text the form in which no spreadsheet runs it.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    str
        The text, with an apostrophe before it if it begins, after blanks, with a sign that begins a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("2025: bliss")
    ("'=1+1", '2025: bliss')
    """
    return f"'{text}" if is_formula(text) else text


def as_meant(text: str) -> str:
    """Give back what `harmless` was given.

    Parameters
    ----------
    text : str
        A cell that `harmless` gave.

    Returns
    -------
    str

    Examples
    --------
    >>> as_meant("'=1+1"), as_meant("'tis bliss")
    ('=1+1', "'tis bliss")
    """
    return text[1:] if text.startswith("'") and is_formula(text) else text


def is_whole(text: str) -> bool:
    """Tell whether a text holds no lone surrogate, which is half a character and cannot be written down."""
    if text.isascii():  # most are, and this is known without a look at them
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
