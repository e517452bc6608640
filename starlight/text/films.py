"""Find the film that a review is of: by its headline, the lines around it, and the titles that recur in the prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .forms import GENERIC
from .lines import Line

_SMALL_WORD = 3  # letters; "Lost in Starlight" is also printed "Lost In Starlight"
_LONGEST = 100  # characters of a title
_SURE = 2.5  # the weight of a form that states a film, also one that the prose does not name
_MOST_COUNTED = 3  # times that a name is counted in the prose
_LONG_NAME = 6  # words; a longer headline is a sentence
_CAPITALS = 4  # letters; a shorter name in capitals may be an abbreviation

_REVIEW = r"(?:(?:an? )?(?:advance |mini |quick )?(?:film |movie |book |tv |blu-ray |dvd )?(?:reviews?|kritik|critique|cr[ií]tica|recensione)(?: of| de)?)"
_QUOTED = re.compile(r"[‘“\"«„'](?=[^\s])((?:[^‘’“”\"«»„]|(?<=\w)[’'](?=\w|s?\b)){1,80}?)[,.]?\s?[’”\"»“'](?!\w)")
_EMPHASISED = re.compile(r"(?<![\w*])[*_]{1,3}([^*_\n]{2,80})[*_]{1,3}(?![\w*])")
_RUN = re.compile(
    r"[A-Z0-9À-Þ][\w'’.-]*(?:(?:,? (?:of|the|and|in|on|a|an|to|for|at|from|with|de|la|le|&|vs\.?))* [A-Z0-9À-Þ][\w'’-]*)*"
)
_SHOUTED = re.compile(r"\b[A-Z][A-Z'’]+(?: [A-Z0-9][A-Z0-9'’]*)+\b")
_FORMS = (
    re.compile(r"(?P<film>.{1,100}?),? \(?(?:19|20)\d\d\)(?:\W.*)?", re.IGNORECASE),
    re.compile(
        rf"(?:[\w ]{{1,30}} )?\[?{_REVIEW}\]? ?(?:[:–—|-]|(?<=of)|(?<=\])) ?(?P<film>.{{1,100}})", re.IGNORECASE
    ),
    re.compile(rf"(?P<film>.{{1,100}}?)(?: ?[:–—|(\[-]{{1,2}} ?| |(?<=[”’\"]) ?){_REVIEW}\b.*", re.IGNORECASE),
    re.compile(r"(?P<film>.{1,100}?) ?[★☆⭐½]{2,}.*"),
)
_LABEL = re.compile(r"(?:film|movie|title|book|album) ?: ?[\"'‘“]?(?P<film>.{1,100}?)[\"'’”]?", re.IGNORECASE)
_NOW_SHOWN = re.compile(r"[‘“\"']?(?P<film>[A-Z].{1,80}?)[’”\"']? (?:is|are|opens|premieres|arrives|streams)\b.*")


def films(texts: list[str], pages: list[list[Line]], *, lend: bool = True) -> list[str | None]:
    """Return each review's film, as its headline, the lines around it or the prose states it.

    If all of them together state one film, and `lend` is true, a review without it that names that film twice gets it
    too.
    """
    own = [_film(text, lines) for text, lines in zip(texts, pages, strict=True)]
    stated = sorted({film for film in own if film})
    if len(stated) != 1 or not lend:
        return own
    named = _in_prose(stated[0])
    return [
        film or (stated[0] if len(named.findall(text)) > 1 else None) for film, text in zip(own, texts, strict=True)
    ]


def _film(text: str, lines: list[Line]) -> str | None:
    """Return the name that is likeliest the film's."""
    prose = "\n".join(text[line.start : line.end] for line in lines if line.kind == "body")
    plain = re.sub("[*_]", "", prose)
    weights: dict[str, float] = {}
    for name, weight in _candidates(lines, prose):
        name = _bare(name)
        if name and not all(word.lower() in GENERIC for word in name.split()):
            weights[name] = max(weight, weights.get(name, 0.0))
    counted = {name: min(_MOST_COUNTED, len(_in_prose(name).findall(plain))) for name in weights}
    scored = [
        (counted[name] + weight, len(name), name)
        for name, weight in weights.items()
        if counted[name] or weight >= _SURE
    ]
    best = max(scored, default=None)
    return _spelt(best[2], plain) if best else None


def _candidates(lines: list[Line], prose: str) -> Iterator[tuple[str, float]]:
    """Yield the names that may be the film's, and how surely the form of their line says so."""
    first = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    is_page = False
    for i, line in enumerate(lines):
        words = re.sub("[*_]", "", line.words)
        is_page = is_page or line.kind not in ("body", "score")
        if line.part == "body" or len(words) > 2 * _LONGEST:
            continue
        if match := _LABEL.fullmatch(words) or (_NOW_SHOWN.fullmatch(words) if line.kind == "credit" else None):
            yield match["film"], 1.5
        if line.kind == "headline" or (i < first and line.kind in ("site", "heading", "standfirst", "repeat")):
            is_headline = line.kind == "headline"
            yield from _in_a_headline(words, is_headline, standfirst=line.kind == "standfirst")
    titles = [*_QUOTED.findall(prose), *_EMPHASISED.findall(prose)] if is_page else []
    counts = Counter(map(_bare, [*titles, *_SHOUTED.findall(prose)]))
    yield from ((name, 0.5) for name, times in counts.items() if times > 1 and not name.islower())


def _in_a_headline(words: str, is_headline: bool, *, standfirst: bool) -> Iterator[tuple[str, float]]:
    quoted = _QUOTED.findall(words)
    for name in quoted:
        yield name, _SURE if is_headline and not name.islower() else 1.0
    for form in _FORMS if not standfirst else ():
        match = form.fullmatch(words)
        if match and _is_capitalised(_bare(match["film"])):
            yield match["film"], _SURE + 0.5 * (form is _FORMS[0])
            yield from ((part, 1.0) for part in re.split(r" [–—|-] |: ", match["film"]))
    for name in _RUN.findall(words):
        yield name, 0.5
    for part in re.split(r" ?[–—|>»:] |, ", words) if not standfirst else ():
        if _is_capitalised(_bare(part)):
            yield part, 0.5 + 0.5 * is_headline


def _is_capitalised(name: str) -> bool:
    """Tell a name from words: all but small ones begin with a capital."""
    return not any(word.islower() and len(word) > _SMALL_WORD for word in name.split())


def _bare(name: str) -> str:
    """Return a name without what stands around it: quotes, brackets, a year, an author, "film"."""
    bare = re.sub(
        r"\s*[(\[][^()\[\]]*[)\]]\s*$| by [A-Z][\w. '’-]+$|^(?:the )?(?:film|movie)s? (?=[A-Z‘“\"])", "", name.strip()
    )
    bare = re.sub(r" (?:film|movie)$", "", bare, flags=re.IGNORECASE)
    bare = bare.strip(' "“”‘«»„|–—-:,.?!*_') if not bare.endswith("...") else ""
    return re.sub(r"[’'](?:s)?$", "", bare) if re.search(r"[’']s$", bare) else bare.rstrip("’") if "‘" in name else bare


def _spelt(name: str, prose: str) -> str:
    """Return a name in capitals, or in none, as the prose spells it, or as titles are spelt."""
    if not (name.isupper() or name.islower()) or len(name) <= _CAPITALS:
        return name
    spellings = Counter(re.findall(rf"\b{re.escape(name)}\b", prose, re.IGNORECASE))
    usual = next((found for found, _ in spellings.most_common() if not found.isupper() and not found.islower()), None)
    small = {"of", "the", "and", "in", "on", "a", "an", "to", "for", "at", "from", "with"}
    words = [word if word in small and i else word.capitalize() for i, word in enumerate(name.lower().split())]
    return usual or " ".join(words)


def _in_prose(film: str) -> re.Pattern[str]:
    """Return the pattern of a film's name in prose, by its capitals; a name of one word ("It") begins no sentence."""
    first, *rest = film.split()
    spelt = [re.escape(first), *(rf"(?i:{re.escape(w)})" if len(w) <= _SMALL_WORD else re.escape(w) for w in rest)]
    begins = r"\b" if rest else r"(?<=[\w,;(] )[‘“\"*_]*"
    named = rf"{' '.join(spelt)}|{re.escape(film.upper())}"
    if film.isupper():
        named += "|" + " ".join(
            w if i else w for i, w in enumerate(re.escape(word.capitalize()) for word in film.split())
        )
    return re.compile(rf"{begins}(?:{named})(?!\w)")
