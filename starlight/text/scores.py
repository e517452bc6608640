"""Read scores as critics print them, in any notation, and put them on a scale from 0 to 100.

What would have to be guessed (the maximum of a bare 8, or of three filled stars) is refused with the reason: no score
is made up.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import cache
from numbers import Real
from typing import NamedTuple

import pandas as pd

from ..base.resources import resource
from ..errors import ScoreError, did_you_mean, shown
from ..tables.base import CONVENTIONS
from ..tables.save import read_table

_LONGEST = 100  # characters; the longest notation that is read here has under 60
_MOST = 1000  # the largest maximum; a larger one is a date or a slip of the hand

# Signs that look alike, by the one form that the patterns know: minus signs, slashes, stars, half stars.
_ALIKE = {"-": "\u2010\u2011\u2012\u2013\u2212", "/": "\u2044\u2215", "★": "⭐🌟✭✮✯", "☆": "✩✰", "½": "⯨⯪"}
_SAME = {sign: plain for plain, signs in _ALIKE.items() for sign in signs}

# The notations. All repetition is bounded, so that the time to read a text grows no faster than its length.
_PARTS = "[¼½¾⅐-⅞]"
NUMBER = (
    rf"(?:(?:[0-9]{{1,3}}[ -])?1/2(?![0-9])|[0-9]{{1,3}}[ -](?:[12]/3|[13]/4|[1357]/8)(?![0-9])"
    rf"|(?:[0-9]{{1,3}} ?)?{_PARTS}|(?:[0-9]{{1,4}}[.,]|\.)[0-9]{{1,20}}|[0-9]{{1,9}})"
)
UNIT = r"(?:[ -]?(?i:stars?|points?|★\ufe0f?))?"
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_WORD = rf"(?:{'|'.join(_WORDS)})"
IN_WORDS = rf"(?i:{_WORD}(?: and a half)?{UNIT} out of {_WORD}{UNIT})"  # "three and a half stars out of five"
_SIGN = r"(?: ?[+-]|(?: | ?- ?)(?:plus|minus))"
SKIN = "[\U0001f3fb-\U0001f3ff\ufe0f]?"
STARS = (
    rf"(?=[★☆]|½☆)(?P<full>(?:★\ufe0f?){{0,20}})(?: ?(?P<part>{_PARTS}|1/2(?![0-9])))?"
    r"(?P<hollow>(?:☆\ufe0f?){0,20})"
)
_SCORE = re.compile(
    rf"(?P<letter>[A-DF])(?P<sign>{_SIGN})?|(?P<percent>{NUMBER}) ?(?:%|per ?cent)"
    rf"|(?:(?:two )?thumbs? |(?=[👍👎]))(?P<thumb>up|down|👍|👎){SKIN}(?:(?P=thumb){SKIN})?"
    rf"|(?:(?P<n>{NUMBER}){UNIT}|{STARS})"
    rf"(?:(?: ?/ ?| \(?(?:out of|of|on) )(?:(?P<m>{NUMBER}){UNIT}|(?P<of>★{{3,10}}))\)?)?",
    re.IGNORECASE,
)


# What people put around a score: quotes, brackets, "Rated", "rating", and words after a dash.
_AROUND = re.compile(
    r"(?:(?:(?:my|our|final|overall) )?(?:rating|rated|score|grade|verdict|overall|stars)(?: ?[:=-] ?| ))?"
    r"(?P<score>.{1,60}?)(?: rating)?[.!]{0,3}(?: ?[-:|,;] ?(?P<words>[^\W\d_]{2}[^\d★☆%/]*))?",
    re.IGNORECASE,
)
_PAIRS = {"(": ")", "[": "]", "'": "'", '"': '"', "“": "”", "‘": "’"}
_OTHER_WORDS = {r"von|sur?|de|sobre|van": "of", r"sternen?|étoiles?|estrellas?|bubbles?": "stars"}


class Score(NamedTuple):
    """A score: its value from 0 to 100, the scale that it was printed on, and what was printed."""

    value: float
    scale: str
    raw: str


def read_conventions() -> pd.DataFrame:
    """Return what letter grades are worth: one row per convention and grade.

    Returns
    -------
    DataFrame
        convention, grade, value (0 to 100) and the source of the value, from `data/score_conventions.csv`.

    Raises
    ------
    ReadError
        If the file cannot be read as csv.
    TableError
        If somebody has changed the file so that it breaks its declaration.

    Examples
    --------
    >>> table = read_conventions()
    >>> table[table["grade"] == "B-"].set_index("convention")["value"].to_dict()
    {'even steps': 67.0, 'school': 81.0, 'one member': 63.0}
    """
    return read_table(resource("data", "score_conventions.csv"), CONVENTIONS)


def parse_score(raw: str | float, *, convention: str = "even steps", scale: float | None = None) -> Score:
    """Return the value of a printed score from 0 to 100, and its scale.

    n of m is 100 n / m. A letter, in either case, has the value that the convention gives it; a signed letter that
    the convention lacks (F-) has that of its plain letter. Thumbs are a scale of two points: down is 0, up is 100.

    Filled stars alone do not say of how many (some papers give up to 4, some up to 5), so like a bare number they
    need `scale`; hollow stars or "out of 5" say it. A lone "1/2" is half a star and needs `scale` too: critics do not
    mark out of 2 ("1 out of 2" is read so). "2.1/2" is refused: 2.1 is above 2, and to read it as 2 1/2 would be a
    guess.

    Parameters
    ----------
    raw : str or number
        What was printed, such as ``"B+"``, ``"7.5 on 10"``, ``"3½/5"``, ``"★★★☆☆"``, ``"85%"`` or ``"👍"``.
    convention : str
        The convention that gives letters their value; `read_conventions` lists them.
    scale : number, optional
        The maximum of the scale, from 1 to 1000, for a score that prints none; a printed maximum overrides it.

    Returns
    -------
    Score
        Named tuple of `value`, `scale` ("letter", "percent", "thumbs" or the maximum) and `raw`, what was printed.

    Raises
    ------
    ScoreError
        If the score cannot be read, with the reason, or if the convention or the scale does not exist.

    Examples
    --------
    >>> parse_score("7.5 on 10")
    Score(value=75.0, scale='10', raw='7.5 on 10')
    >>> [parse_score("C+", convention=name).value for name in ("even steps", "school", "one member")]
    [58.0, 78.0, 54.0]
    >>> parse_score("★★★½", scale=4).value
    87.5
    """
    grades, maximum = _grades(convention), _number(scale)
    if scale is not None and not (maximum and maximum >= 1):
        raise ScoreError(f"scale is {shown(scale)}. Give the scale's maximum, a number from 1 to {_MOST}.")
    try:
        if isinstance(raw, str):
            return Score(*_read(raw, grades, maximum), raw)
        if (amount := _number(raw)) is None:
            raise ScoreError(f"it is neither text nor a number from 0 to {_MOST}. Give what was printed.")
        return Score(*_of(amount, maximum), short(amount))
    except ScoreError as reason:
        raise ScoreError(f"Cannot read the score {shown(raw)}: {reason}") from None


@cache
def plain(char: str) -> str:
    """Return a character's plain form, always one character, so that places in a line stay."""
    form = unicodedata.normalize("NFKC", char)
    raised = unicodedata.decomposition(char).startswith(("<super>", "<sub>"))  # 3² is not 32
    return " " if char.isspace() else _SAME.get(char, char if raised or len(form) != 1 else form)


def _read(raw: str, grades: dict[str, float], maximum: Fraction | None) -> tuple[float, str]:
    """Return a score's value and its scale, read from text."""
    if len(raw) > _LONGEST:
        raise ScoreError(f"it has {len(raw)} characters, and a score has {_LONGEST} at most. Give the score alone.")
    text = "".join(map(plain, raw)).strip().replace("*", "★")
    words = _WORD if re.fullmatch(IN_WORDS, text) else rf"(?<=out of ){_WORD}(?![a-z])"
    text = re.sub(words, lambda word: str(_WORDS[word.group().lower()]), text, flags=re.IGNORECASE)
    text = re.sub("(?<=[0-9]) and a half", "½", text, flags=re.IGNORECASE)
    match = _SCORE.fullmatch(text) or _SCORE.fullmatch(_alone(text))
    if not match:
        below = re.match(r"- ?[0-9.]", text)
        why = "it is below 0" if below else "it is in no notation that is known" if text else "nothing is printed"
        raise ScoreError(f"{why}. Write it like B+, 7.5/10, ★★★☆☆, 85% or thumbs up, or leave it out.")
    if match["letter"]:
        return _grade(match["letter"].upper(), match["sign"], grades), "letter"
    if match["percent"]:
        return _of(_amount(match["percent"]), Fraction(100))[0], "percent"
    if match["thumb"]:
        return (100.0 if match["thumb"].lower() in ("up", "👍") else 0.0), "thumbs"
    printed = _amount(match["m"]) if match["m"] else Fraction(len(match["of"])) if match["of"] else None
    amount, shown = (_amount(match["n"]), printed) if match["n"] else _stars(match, printed)
    return _of(amount, maximum if shown is None else shown, stars=in_stars(text))


def in_stars(raw: str) -> bool:
    """Return whether a score is printed in stars, as signs or by that word."""
    return "★" in "".join(map(plain, raw)).replace("*", "★") or "star" in _alone(raw).lower()


def _alone(text: str) -> str:
    """Return a score without what people put around it."""
    while text and _PAIRS.get(text[0]) == text[-1] and len(text) > 1:
        text = text[1:-1].strip()
    around = _AROUND.fullmatch(text)
    alone = around["score"].strip() if around else text
    for words, ours in _OTHER_WORDS.items():
        alone = re.sub(rf"(?<![^\W_])(?:{words})(?![^\W_])", ours, alone, flags=re.IGNORECASE)
    return alone


def _grade(letter: str, sign: str | None, grades: dict[str, float]) -> float:
    if letter not in grades:
        raise ScoreError(f"the convention has no {letter!r}. Add it to data/score_conventions.csv.")
    plus_or_minus = "+" if (sign or "").lower().endswith(("+", "plus")) else "-"
    return grades.get(letter + plus_or_minus, grades[letter]) if sign else grades[letter]


def _stars(match: re.Match[str], printed: Fraction | None) -> tuple[Fraction, Fraction | None]:
    """Return the number of stars, and of how many, if that is shown."""
    full, part, hollow = match["full"].count("★"), match["part"], match["hollow"].count("☆")
    if not (full or part):
        raise ScoreError("hollow stars alone may mean none or all. Write it as n out of m.")
    shown = Fraction(full + bool(part) + hollow) if hollow else printed
    if printed not in (None, shown):
        raise ScoreError(f"it shows {shown} stars in all, and its words say {short(printed)}. Write it as n out of m.")
    return Fraction(full) + (_amount(part) if part else 0), shown


def _amount(text: str) -> Fraction:
    """Return the exact number that 7.5, 7,5, 3½, 3 1/2 or 3-1/2 stands for."""
    spelt = unicodedata.normalize("NFKC", re.sub(f"({_PARTS})", r" \1", text)).replace("\u2044", "/")
    return sum((Fraction(part) for part in spelt.replace(",", ".").replace("-", " ").split()), Fraction(0))


def _number(value: object) -> Fraction | None:
    if isinstance(value, Decimal):  # of databases
        return Fraction(value) if value.is_finite() and 0 <= value <= _MOST else None
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    in_range = 0 <= value <= _MOST  # type: ignore[operator]  # every Real has an order, but not in its types
    return Fraction(str(value)) if in_range else None


def _of(amount: Fraction, maximum: Fraction | None, *, stars: bool = False) -> tuple[float, str]:
    """Return n of m on the scale from 0 to 100, reckoned exactly, so that 2/3 and 4/6 are one number."""
    if maximum is None:
        usual = next((of for of in ((5, 10, 100, _MOST) if stars else (10, 100, _MOST)) if amount <= of), None)
        if usual is None:
            raise ScoreError(f"{short(amount)} is above {_MOST}, the largest maximum. Correct it or leave it out.")
        are = "these stars do not say of how many; if they are" if stars else "its scale is not printed; if it is"
        raise ScoreError(f"{are} out of {usual}, give scale={usual}.")
    if not 1 <= maximum <= _MOST:
        raise ScoreError(f"its maximum {short(maximum)} is not from 1 to {_MOST}. Correct it or leave it out.")
    if amount > maximum:
        raise ScoreError(f"{short(amount)} is above its maximum {short(maximum)}. Correct it or leave it out.")
    return float(100 * amount / maximum), short(maximum)


def short(number: float | Fraction) -> str:
    """Return a number in as few digits as tell it."""
    return f"{float(number):.15g}"


@cache
def _values() -> dict[str, dict[str, float]]:
    groups = read_conventions().groupby("convention", sort=False)
    return {str(name): dict(zip(rows["grade"], rows["value"], strict=True)) for name, rows in groups}


def _grades(convention: str) -> dict[str, float]:
    if not isinstance(convention, str) or convention not in _values():
        known = f"{did_you_mean(convention, _values())} They are in data/score_conventions.csv."
        raise ScoreError(f"No convention {shown(convention)}. {known}")
    return _values()[convention]
