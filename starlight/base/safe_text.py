"""Text that is safe to write: no spreadsheet runs it as a formula, XML allows it, and it holds no damaged character.

A .csv cannot say that a cell is text: "=HYPERLINK(...)" in a review is a formula to whoever opens the file. An
apostrophe before it makes it text, as OWASP's page on CSV injection advises. A spreadsheet may split the file at other
signs than those that we write: then "It glows;=1+1" ends in a cell with a formula, whether it is quoted or not. So the
apostrophe stands wherever a cell may begin. A text that already has an apostrophe there gets a second one, so that
every text can be read back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

_ENDS = r"[\t\n\r,;|]"  # what a spreadsheet may take for the end of a cell
# What may precede a formula in its cell: blanks and marks that cannot be seen.
_SKIPPED = r"\x00-\x08\x0b\x0c\x0e-\x20\x7f\x85\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_RUNS = rf"['\"{_SKIPPED}]*[=+\-@\u2212＝＋－＠﹦﹢﹣﹫]"  # Japanese Excel runs full-width signs too
_FIRST = re.compile(rf"'*[\t\r\n]|{_RUNS}")
_LATER = re.compile(rf"{_ENDS}(?={_RUNS})")
_MARKS = re.compile(r"[!-/:-@\[-`{-~]")  # all signs of ASCII, which Markdown reads as they are after a backslash
_ESCAPED = re.compile(rf"{_ENDS}'(?={_RUNS})")


# What XML 1.0 leaves out (production 2), such as most signs of control. vl-convert ends the whole process at one.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def in_xml(value: Any) -> Any:
    """Return a text, or all texts in a list or dict, with U+FFFD in place of each character that XML forbids."""
    match value:
        case str():
            return _NOT_IN_XML.sub("\ufffd", value)
        case list():
            return [in_xml(one) for one in value]
        case dict():
            return {in_xml(name): in_xml(one) for name, one in value.items()}
    return value


def in_markdown(text: str) -> str:
    """Return a text that Markdown shows as it stands, on one line, without marks, tags, links and formulas."""
    return _MARKS.sub(r"\\\g<0>", " ".join(in_xml(text).split()))


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may run a text as a formula; apostrophes at its beginning are not looked at."""
    return bool(_FIRST.match(text))


def harmless(text: str) -> str:
    """Return a text with an apostrophe before all that a spreadsheet may run; `as_meant` removes them."""
    text = _LATER.sub(r"\g<0>'", text)
    return f"'{text}" if is_formula(text) else text


def as_meant(text: str) -> str:
    """Return the text from which `harmless` made this one."""
    text = text[1:] if text.startswith("'") and is_formula(text) else text
    return _ESCAPED.sub(lambda found: found[0][0], text)


def csv_row(values: Iterable[object]) -> str:
    """Return a row of a csv file in which no spreadsheet finds a formula; None is an empty cell."""
    row = io.StringIO()
    cells = ["" if value is None else harmless(value) if isinstance(value, str) else value for value in values]
    csv.writer(row).writerow(cells)  # which puts a cell with a sign of its own line end, "\r\n", between quotes
    return row.getvalue().removesuffix("\r\n") + "\n"


def is_whole(text: str) -> bool:
    """Return whether a text can be written as UTF-8; it cannot if it holds half of a surrogate pair."""
    if text.isascii():  # most texts are, and this is known without looking at them
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
