"""Find the score that a line of a review prints. Where a line may mean something else, no score is found."""

import re
from typing import NamedTuple

from .scores import IN_WORDS, NUMBER, SKIN, STARS, UNIT, plain


def _sure(maximum: str, of: str) -> str:
    """Return the pattern of scores that cannot be prose, with one of these maxima."""
    out_of = rf"(?:(?: ?/ ?| (?i:{of}) )(?:{maximum}{UNIT}|★{{4,5}})| \((?i:out of) {maximum}{UNIT}\))"
    stars = f"(?>(?!☆){re.sub(r'[?]P<[a-z]+>', '?:', STARS)})"
    return (
        rf"(?:{stars}(?:{out_of}| of {maximum})?|{IN_WORDS}|{NUMBER}{UNIT}{out_of}|{NUMBER}[ -]?(?i:stars?)"
        r"|[A-DF](?:[+-]|-(?:plus|minus))|(?i:(?:two )?thumbs? (?:up|down)))(?![\w/%+]|-\w|[.,][0-9])"
    )


# Where a score may stand in a line. Away from a label its maximum must be a usual one: 24/7 is not a score.
_ANY, _USUAL = (
    _sure(NUMBER, "out of|of|on|su|sur|von|de|sobre|van"),
    _sure("(?:4|5|6|10|20|100|(?i:four|five|ten))", "out of|on"),
)
_VAGUE = rf"(?:[A-DF]|{NUMBER}(?: ?%)?)"
_MARKS = r"[ *_#>()\[\]|•·.!\"'“”\u2018\u2019]{0,8}"
_END, _STOP = rf"(?={_MARKS}$)", rf"(?=[.;!)\]] |{_MARKS}$)"
_LABEL = (
    r"(?:^[ *_#>(\[•·|-]{0,8}|[.!?…|)•—*-] {1,2}|\()(?i:(?:(?:a|my|our|the|final|overall|star|letter|total"
    r"|film|movie|review|reviewer|critic|personal|official|original|notre|ma|nuestra)(?:['\u2019]s)? ){0,4})"
)
_IS = r"[*_]{0,2} ?(?::|-|—|=|(?i:is|was)) ?[*_]{0,2} ?(?i:an? )?"
_WORK = (
    r"(?:it|this|(?:this|the) (?:film|movie|one|picture|feature|anime|show|series)"
    r"|{named}) (?:(?:an?|only|just|about|maybe|solid|strong|generous|rating|score|grade|of) ){{0,4}}"
)
# "I gave Harbour 4/5" may be of another film than "I give Harbour 4/5"; "For the music I give it 4/5" is of the music.
_I_GIVE = (
    r"\b(?:I|(?i:we))(?:['\u2019](?:d|ll|m going to)| would| will| am going to| must| have to)? (?:(?:give|rate) "
    + _WORK.format(named=r"(?:the )?[\u2018“\"'*_A-Z][^.!?;]{1,60}?")
    + "|(?:gave|rated) "
    + _WORK.replace("|{named}", "").format()
    + ")"
)
_OF_A_PART = re.compile(
    r"\W{0,4}(?:as )?for (?:the|its|their|his|her) |[ _#>]{0,4}[-+•*–] |[^.!?]{1,40}: ?\($", re.IGNORECASE
)
_ELSEWHERE = (  # "rating" in German, French, Spanish, Italian, Dutch, Swedish, Japanese, Chinese and Korean
    "bewertung|wertung|note|nota|voto|puntuación|calificación|valoración|valutazione|beoordeling|betyg|評価|评分|별점|평점"
)
_LABELS = (
    rf"{_LABEL}(?i:(?:rating|rate|score|grade|verdict|stars|overall|total|film|movie|review|{_ELSEWHERE}){_IS}"
    rf"|(?:rating|grade|rated) )\(?(?P<score>{_ANY})",
    rf"{_LABEL}(?i:overall|total|all in all),? (?P<score>{_USUAL})",
    # "Score: C. Smith" is who wrote the music, and "grade C" may be beef: there a bare C must end the line.
    rf"{_LABEL}(?i:(?:rating|rate|grade|verdict|overall|total){_IS}"
    rf"|(?P<weak>(?:score|stars){_IS}|(?:rating|grade) ))(?P<score>{_VAGUE})(?(weak){_END}|{_STOP})",
    rf"^{_MARKS}-? ?(?P<score>{_USUAL}|(?P<lone>[A-DF]|{NUMBER} ?%|[👍👎]{SKIN})){_END}",
    rf"^{_MARKS}(?P<score>{_USUAL})(?:(?: [A-Z][\w'’-]*){{1,3}}| \([^()]{{1,30}}\)){_END}",  # "3.5/5 Swedish Fish"
)
_IN_PROSE = (
    rf"{_I_GIVE}(?P<score>{_USUAL}|{_VAGUE}{_STOP})",
    rf"(?:[.!?…)\"”\u2019*|—] {{1,2}}|\()(?P<score>{_USUAL}){_END}",
    rf"^[ *_#>(\[]{{0,8}}(?P<score>{_USUAL})[)\]*_]{{0,4}}(?: ?(?:-|—|:|\|)|,) ",
    rf"^[^.!?:]{{1,80}} (?P<score>(?=[★☆]){_USUAL}){_END}",  # "Harbour ★★★½", a headline
)
_PLACES = tuple(re.compile(place) for place in (*_LABELS, *_IN_PROSE))
# What every score has one of: a digit, a star, a thumb, a number in words, a capital that stands alone.
_MAY_BE = re.compile(
    r"[\d½¼¾⅐-⅞★☆⭐🌟✭✮✯✩✰⯨⯪👍👎]|[Tt]humb|THUMB|(?i:out of)|(?<![^\W_])[A-DFＡ-ＤＦ](?![^\W_])(?! [a-z])"
)
_OVERALL = re.compile(r"overall|total|final|all in all", re.IGNORECASE)
_EACH = re.compile(_USUAL)
# Asterisks that are stars: "*** 1/2 out of 5", not "**Rating** 1/2".
_ASTERISKS = re.compile(
    r"(?<!\S)\(?\*{1,10}(?= ?(?:(?:1/2|½) ?)?(?:/ ?[0-9]|\(?(?:out )?of (?:[0-9*]|four|five|ten)))"
    r"|(?<=[0-9½*] out of )\*{4,5}"
)


class PrintedScore(NamedTuple):
    """A score in a line, ``line[start:end] == raw``; its status; whether the line begins with it or its label.

    `is_overall` tells whether it is called that: a review may also print scores of the music or the picture.
    """

    raw: str
    start: int
    end: int
    status: str
    is_label: bool
    is_overall: bool = False


def score_in(line: str) -> PrintedScore | None:
    """Return the score that a line of a review prints, if it surely prints one; `parse_score` may still refuse it.

    A score is found where the line holds nothing else, after a word such as rating or grade, and after "I give it"; a
    form that prose never has (B+, 4/5, ★★★½) also at the head of a line and after its last sentence. All else is
    passed over: 3 of 5 songs, a B movie, another site's rating. A bare letter, percentage or thumb on a line of its own
    is "ambiguous" (an initial, a badge, a button?), any other score "stated".
    """
    if not _MAY_BE.search(line):
        return None
    plainly = re.sub(r"\s", " ", line) if line.isascii() else "".join(map(plain, line))
    if "*" in plainly:
        plainly = _ASTERISKS.sub(lambda stars: stars.group().replace("*", "★"), plainly)
    for place, pattern in enumerate(_PLACES):
        if match := pattern.search(plainly):
            labelled = place < len(_LABELS)
            start, end = match.span("score")
            if not labelled and (len(_EACH.findall(plainly)) > 1 or _OF_A_PART.match(plainly[:start])):
                return None  # it is of one of several things
            status = "ambiguous" if match.groupdict().get("lone") else "stated"
            is_overall = labelled and bool(_OVERALL.search(plainly[:start]))
            return PrintedScore(line[start:end], start, end, status, labelled and match.start() == 0, is_overall)
    return None
