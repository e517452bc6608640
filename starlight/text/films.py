"""Find the film that a review is of: by its headline, the lines around it, and the titles that recur in the prose."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from string import capwords

from .forms import REVIEW, YEAR, is_a_name, words_of
from .lines import Line

_LONGEST = 100  # characters of a title
_SURE = 2.5  # the weight of a form that states a film, also one that the prose does not name
_STATED = 3.0  # that of one that says where the name begins and ends, also one with words in small letters
_MOST_COUNTED = 3  # times that a name is counted in the prose
_HEAD, _ENOUGH = 100, 20_000  # lines above a review, and characters of it, in which the film is looked for
_BEGINNING = 600  # characters of the prose, in which a review names its film
_LONG_NAME = 6  # words; a longer headline is a sentence
# Words that a title may write small.
_SMALL = (
    "of|the|and|in|on|a|an|to|for|at|from|with|by|vs|de|la|le|les|des|du|et|do|da|dos|di|del|y|der|die|das|und|van"
    "|el|los|las|con|dem|den|im|am|nach|mit|auf|vor|sous|sur|dans|au|aux|il|het|een"
)
_CAPITALS = 4  # letters; a shorter name in capitals may be an abbreviation

_REVIEW = (
    r"(?:(?:an? )?(?:advance |mini |quick )?(?:film |movie |book |tv |blu-ray |dvd )?"
    rf"{REVIEW}(?: of| de)?)"
)
_QUOTED = re.compile(
    r"[‘“\"«„'『「《〈<]\s?(?=[^\s])((?:[^‘’“”\"«»„『』「」《》〈〉<>]|(?<=\w)[’'](?=\w|s?\b)){1,80}?)"
    r"[,.]?\s?(?:[』」》〉>]|[’”\"»“'](?![^\W가-힣]))"
)
_IN_QUOTES = r"[‘“\"„«'](?P<film>[^‘’“”\"„«»]{1,80}?),?[’”\"“»'](?!\w)"
_EMPHASISED = re.compile(r"(?<![\w*])[*_]{1,3}([^*_\n]{2,80})[*_]{1,3}(?![\w*])")
_RUN = re.compile(rf"[A-Z0-9À-Þ][\w'’.-]*(?:(?:,? (?:{_SMALL}|&))* [A-Z0-9À-Þ][\w'’-]*)*")
_BEFORE_REVIEW = rf"(?P<film>.{{1,100}}?)(?: ?[:–—|(\[-]{{1,2}} ?(?:[\w-]+ )?| |(?<=[”’\"]) ?){_REVIEW}"
_DAY = re.compile(r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?")
_FORMS = {  # and their weights
    re.compile(
        rf"(?i:{_REVIEW} ?[:–—|-] ?)?(?P<film>.{{1,100}}?)(?:,? \(?(?:19|20)\d\d\)(?:\W.*)?| ?[★☆⭐½]{{2,}}.*)"
    ): 2.9,  # "My thoughts on Dune (2021)": other words may stand before the name
    re.compile(
        rf"(?:[\w ]{{1,30}} )?\[?{_REVIEW}(?<!reviews)\]? ?(?:[:–—|-]|(?<=of)|(?<=\])) ?(?P<film>.{{1,100}})",
        re.IGNORECASE,
    ): _SURE,
    re.compile(rf"{_REVIEW} ?(?:[:–—|-]|zu|del)? ?{_IN_QUOTES}.*", re.IGNORECASE): _STATED,
    re.compile(rf"{_BEFORE_REVIEW} ?[:–—|].*", re.IGNORECASE): _SURE,
    re.compile(rf"(?P<film>.{{1,100}}?) ?[:–—|] ?{_REVIEW}(?<!reviews)", re.IGNORECASE): _SURE,
    re.compile(rf"{_BEFORE_REVIEW}\b.*", re.IGNORECASE): 2.0,  # "The Year in Review" is no film
}
_LABEL = re.compile(r"(?:film|movie|title|book|album) ?: ?[\"'‘“]?(?P<film>.{1,100}?)[\"'’”]?", re.IGNORECASE)


def films(
    texts: list[str], pages: list[list[Line]], *, titles: list[object] | None = None, lend: bool = True
) -> list[str | None]:
    """Return each review's film, as its headline, the lines around it or the prose states it.

    `titles` are those that a page's markup states. If all reviews that state a film state the same one, and `lend` is
    true, a review that states none but names that film twice gets it too.
    """
    stated = titles or [None] * len(texts)
    own = [_film(text, lines, title) for text, lines, title in zip(texts, pages, stated, strict=True)]
    spellings = Counter(film for film in own if film)
    usual = {film.casefold(): film for film, _ in reversed(spellings.most_common())}
    if not lend or len(usual) != 1:
        return [film and (usual[film.casefold()] if lend else film) for film in own]
    (only,) = usual.values()
    named = _spellings(only)
    return [only if film or len(named.findall(text)) > 1 else None for film, text in zip(own, texts, strict=True)]


def _film(text: str, lines: list[Line], title: object) -> str | None:
    """Return the name that is most likely the film's: by the form of the lines that name it, and in the prose."""
    headline = title if isinstance(title, str) else next((line.words for line in lines if line.kind == "headline"), "")
    if not headline and all(line.kind in ("body", "score") for line in lines):
        return None
    body = "\n".join(text[line.start : line.end] for line in lines if line.kind == "body")[:_ENOUGH]
    prose = re.sub("[*_]", "", body)
    weights: dict[str, float] = {}
    for name, weight in chain(_in_lines(lines, headline, prose), _in_prose(body, lines, prose)):
        name = _bare(name)
        is_one = (
            len(name) > 1
            and not _DAY.fullmatch(name)
            and not all(word.lower() in words_of("section") for word in name.split())
        )
        is_titled = _is_capitalised(name) or (weight >= _STATED and name[:1].isupper())
        if is_one and (is_titled or (name.count(" ") > 1 and name in prose)):
            weights[name] = max(weight, weights.get(name, 0.0))
    small = " ".join(prose.split()).casefold()
    named = {name: len(_spellings(name).findall(prose)) if name.casefold() in small else 0 for name in weights}
    counted = {name: min(_MOST_COUNTED, times) for name, times in named.items()}
    plain = {name: re.sub(r"\W+", " ", f" {name} ") for name in weights}
    for name in list(weights):
        others = [other for other in weights if other != name]
        longer = (other for other in others if plain[name] in plain[other])
        begins = any(name.startswith(f"{other} ") and counted[other] > 1 for other in others)
        if any(2 * counted[other] >= counted[name] > 0 for other in longer) or (
            begins and not counted[name] and len(name.split()) > _LONG_NAME - 2 and weights[name] <= _SURE
        ):
            del weights[name]  # "Blade Runner" beside "Blade Runner 2049"; "Harbour Is All at Sea" beside "Harbour"
    likely = [name for name, weight in weights.items() if counted[name] or weight >= _SURE]
    best = max(likely, key=lambda name: (counted[name] + weights[name], len(name), name), default=None)
    return _spelt(best, prose) if best else None


def _in_lines(lines: list[Line], headline: str, prose: str) -> Iterator[tuple[str, float]]:
    """Yield the names in the lines around the review, and how surely each is the film's."""
    quoted = set(map(_bare, _QUOTED.findall(prose)))
    is_of_a_film = any(line.kind == "credit" or YEAR.fullmatch(line.words) for line in lines)
    first = next((i for i, line in enumerate(lines) if line.kind == "body"), len(lines))
    above = [
        line.words
        for line in lines[max(0, first - _HEAD) : first]
        if line.kind in ("site", "heading", "standfirst", "repeat")
    ]
    for words in [headline, *above]:
        words = re.sub("^(?i:subject|re): ?|[*_]", "", words)
        if len(words) > 2 * _LONGEST:
            continue
        is_headline = words == headline
        is_name = len(words.split()) <= _LONG_NAME and _is_capitalised(words)
        if _bare(words) in quoted or (is_headline and is_of_a_film and is_name):
            yield words, _SURE
        yield from ((name, _SURE + 0.1 if is_headline else 1.0) for name in _QUOTED.findall(words))
        for form, weight in _FORMS.items():
            if match := form.fullmatch(words):
                yield match["film"], max(weight, _SURE * bool(_QUOTED.fullmatch(match["film"])))
        yield from ((part, 0.5 + 0.5 * is_headline) for part in re.split(r" ?[–—|>»:] |, ", words))
        for run in _RUN.findall(words):
            parts = run.split()
            for begin in range(len(parts) if len(parts) <= _LONG_NAME else 1):
                if not parts[begin].islower():
                    yield from ((" ".join(parts[begin:end]), 0.5) for end in range(begin + 2, len(parts) + 1))
    for line in lines:
        if line.part == "boilerplate" and (match := _LABEL.fullmatch(line.words)):
            yield match["film"], _SURE


def _in_prose(body: str, lines: list[Line], prose: str) -> Iterator[tuple[str, float]]:
    """Yield the title that the prose quotes most often, and names in it that are a line of the page elsewhere."""
    quoted = Counter(map(_bare, [*_QUOTED.findall(prose), *_EMPHASISED.findall(body)])).most_common(2)
    (name, times), (_, second) = [*quoted, ("", 0), ("", 0)][:2]
    if times > max(1, second) and name in prose[:_BEGINNING]:
        yield name, 0.5
    small = prose.casefold()
    for line in lines:
        if line.part == "boilerplate" and small.count(line.words.casefold()) > 1 and not is_a_name(line.words):
            yield line.words, 0.5
    for name, times in Counter(_RUN.findall(prose)).items():
        if times > 1 and not quoted and re.search(rf"^(?:The|A|An) | (?:{_SMALL}) ", name):
            yield name, 0.5


def _is_capitalised(name: str) -> bool:
    """Return whether every word of a name begins with a capital, small words such as "of" aside."""
    return not name.isdigit() and not any(word.islower() and word not in _SMALL.split("|") for word in name.split())


def _bare(name: str) -> str:
    """Return a name without what stands around it: quotes, brackets, a year, an author, "film"."""
    bare = re.sub(r"\s* by [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)+$", "", name.strip())
    bare = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$|^(?:the )?(?:film|movie)s? (?=[A-Z‘“\"])", "", bare)
    bare = "" if bare.endswith("...") else bare.strip(' "“”‘«»„|–—-:,.?!*_★☆⭐½')
    return re.sub(r"(?:[’']s|[’'])$", "", bare)


def _spelt(name: str, prose: str) -> str:
    """Return a name in capitals, or in none, as the prose spells it, or as titles are spelt."""
    if not (name.isupper() or name.islower()) or len(name) <= _CAPITALS:
        return name
    spellings = Counter(re.findall(rf"\b{re.escape(name)}\b", prose, re.IGNORECASE))
    usual = next((found for found, _ in spellings.most_common() if not found.isupper() and not found.islower()), None)
    return usual or _as_a_title(name)


def _spellings(film: str) -> re.Pattern[str]:
    """Return the pattern of a film's name in prose, by its capitals; a name of one word ("It") begins no sentence."""
    names = [film, film.upper(), capwords(film), _as_a_title(film)]
    spelt = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    begins = r"\b" if " " in film else r"(?<=[\w,;(] )[‘“„«\"*_]*"
    ends = r"(?!\w)" if " " in film else r"(?!\w| [A-Z])"
    return re.compile(rf"{begins}(?:{spelt}){ends}")


def _as_a_title(name: str) -> str:
    """Return a name with capitals as titles have them: "Lost in Starlight"."""
    return re.sub(rf"(?i) (?:{_SMALL})\b", lambda small: small.group().lower(), capwords(name))
