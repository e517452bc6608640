"""Text that is safe to write: no spreadsheet runs it as a formula, and it holds no damaged character.

A .csv cannot say that a cell is text: "=HYPERLINK(...)" in a review is a formula to whoever opens the file. An
apostrophe before it makes it text, as OWASP's page on CSV injection advises. A text that already has an apostrophe
there gets a second one, so that every text can be read back as it was.
"""

from __future__ import annotations

import re

_BLANK = r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]"  # what may precede a formula
_RUNS = re.compile(
    rf"'*(?:[\t\r\n]|{_BLANK}*[=+\-@\u2212＝＋－＠﹦﹢﹣﹫])"
)  # Japanese Excel runs full-width signs too


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text once the apostrophes before it are gone."""
    return bool(_RUNS.match(text))


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would run it; `as_meant` removes it."""
    return f"'{text}" if is_formula(text) else text


def as_meant(text: str) -> str:
    """Return the text from which `harmless` made this one."""
    return text[1:] if text.startswith("'") and is_formula(text) else text


def is_whole(text: str) -> bool:
    """Tell whether a text can be encoded: a damaged character, one half of a surrogate pair, cannot."""
    if text.isascii():  # most texts are, and this is known without looking at them
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
