"""The forms of a page's own lines: bylines, dates, credits, votes, buttons, links. None of them is prose.

A page's words for its own services, for what stands before a colon, and so on are in `data/page_words.csv`.
"""

import re
from functools import cache
from string import capwords

from ..base.resources import stored_rows
from .dates import DATE
from .printed_scores import score_in

LONGEST_LABEL = 200  # characters; a longer line is prose, whatever it begins with
ENDS_A_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]*_」』]*$")
YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")
REVIEW = (
    "(?:reviews?|(?:film)?kritik|critique|cr[ií]tica|recension[ei]?|recensie|reseña|anmeldelse|レビュー|리뷰|후기|影评)"
)

_BUTTON = re.compile(  # also links, tags and counts of votes
    r"#\w\S*|!?\[.*\]\(.*\)|(?:.*©|copyright|\(c\)).*\d{4}.*|(?:[a-z] ){3,}[a-z]|share (?:on|via) \w+\W*"
    r"|[^.!?/,]{0,40}\b\d+\+?%? (?:tomatometer|audience score|metascore|ratings|reviews|votes)\b.{0,20}"
    r"|(?:sign (?:in|into|up)|log in|click|subscribe|register|enter your|please enable|you must (?:log|sign|be logged)"
    r"|by (?:signing|subscribing|clicking)|(?:view|see|show) (?:all|more)|skip (?:to|past)) .*"
    r"|.*(?:liked|think of) this review\W*|a version of this (?:article|review) .*",
    re.IGNORECASE,
)
_MENU = re.compile(r"(?:[^|·•∙.!?]{1,25} ?[|·•∙] ?){2,}[^|·•∙.!?]{0,25}|[^«<]*\w ?[>»›‹▾] ?(?:\w.*)?")  # "Home > Film"
_GOES_ON = re.compile(
    r"(?:leave|post|add) a (?:comment|reply).*|(?:more (?:from|like|on|reviews by|stories)|explore more|\d+ thoughts on"
    r"|share this|about the (?:author|contributor|writer))\b.*|author|about (?-i:[A-Z][\w.]+(?: [A-Z][\w.]+){1,2})",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:a )?(?:scene|still|screenshot|poster|image|photo|picture)s?"
    r" (?:from|of(?= [‘“\"']?(?-i:[A-Z]))|by|courtesy) .+"  # not "Picture of the year"
    r"|(?:image|photo|picture|still)s?(?: credits?| courtesy| source| caption)?(?::|, ) ?.+"
    r"|.+ \((?:left|right|centre|center|pictured)\)|courtesy of .+|.+ credit\W{1,3}.+"
    r"|.*\b(?:photo|photograph|foto|image): \S.+",
    re.IGNORECASE,
)
_STILL = re.compile(  # "Ann Lee, left, and Bo Kim in “Harbour.”"
    r"[A-Z][\w.'’-]+(?:,? (?:and|\(?(?:left|right|center|centre)\)?|[A-Z][\w.'’-]+))*,? (?:stars? )?in [‘“\"'][^.]+\W*"
)
_LABELLED = re.compile(r"((?!(?i:the|an?|also)\b)[\w'’&-]+(?: [\w'’&-]+){0,2}) ?: ?(\S.*)")
_NAMES_ONLY = re.compile(r"(?![a-z]|[^()]*\b[a-z]{5})")  # not "superb throughout"
_CREDIT = re.compile(
    r"(?-i:(?:Directors?|Screenplay|Writers?|Cast|Producers?|Starring|Directed by|De|Avec|Regie|Mit|Regia di|Con)"
    r" [A-Z][\w.'’-]+(?:,? (?:and |& )?[A-Z][\w.'’-]+)+)|.*; (?:directed|produced|written) by .*"
    r"|.*\brunning time:.*"
    r"|[‘“\"']?(?-i:[A-Z\d])[^.!?]{0,60}? (?:is|are|opens?|premieres|arrives|streams|hits) (?:now |out |currently )*"
    r"(?:in|on|out|from|streaming|available|playing|showing)\b[^!?]*(?:cinemas|theat(?:er|re)s|streaming|dvd"
    r"|digital|vod)[^!?]{0,40}",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:\d{1,3} ?min(?:ut\w+)?s?(?! read)|\d ?h ?\d\d?m?|\d hours?,? \d+ min\w*|\d+ (?:eps|episodes|hrs))\b", re.I
)
OF_THE_FILM = re.compile(
    r"\b(?:releas\w*(?: date)?|opens|opening|(?:in|now in) (?:theaters|theatres|cinemas)|theatrical|dvd|streaming"
    r"|copyright|joined|updated|edited|modified|in print|reviewed at|started|finished)\b|©",
    re.IGNORECASE,
)
_SPACERS = re.compile(r"\s*(?:[|·•»∙]|\s[-–—/]\s|,\s*$)\s*")
_BESIDE_A_DATE = re.compile(  # times, the days of the week, and what was done on that day
    r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b\.?)?(?: (?:[A-Z]{2,4}|[+-]\d{4})\b)?"
    r"|\b(?:first |last )?(?:published|posted|updated|reviewed|watched|date|publié|veröffentlicht)\b(?: on| in)?:?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\b\d+ min(?:ute)?s?(?: read)?\b"
    r"|\b(?:\d+|no|leave a) (?:comments?|replies|views)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^(?:on|at|le|am|el)\b|\b(?:on|at|in|le|am|el)$", re.IGNORECASE)
_FEW = 6  # words that stand beside a date or a running time at most

_CAPITALISED = r"(?![a-z])[^\W\d_](?:[\w'’-]|\.(?!$))*"  # "by Stephen King." ends a sentence
_NAME = rf"{_CAPITALISED}(?: (?:(?:de|del|da|di|la|le|van|von|der|den|bin|al) )*{_CAPITALISED}){{1,3}}(?: [JS]r\.)?"
_NAMES = rf"{_NAME}(?:(?:, {_NAME}){{0,3}},? (?:and|&) {_NAME})?"
_HANDLE = r"(?:@|u/)?[\w][\w.'’-]{1,24}"
_BYLINE = re.compile(
    rf"(?i:(?:(?:an? )?(?:\w+ )?{REVIEW} )(?:by|di|von|de|par|por|door)|by|(?:re)?viewed by|(?:words|text) by"
    rf"|written by(?!:)|von|par|por|door|av):? "
    rf"(?P<by>{_NAMES})(?!\.)(?=$|\W+(?:$|[^\w\s]|(?i:on|at|in|for|special|published|posted|updated|leave|\d))|,).*"
    r"|(?i:(?:written|posted|published|post|review|reviewed) by|(?:publicad[oa]|escrit[oa]) por|(?:publié|écrit) par"
    r"|(?:veröffentlicht|geschrieben|rezension) von|thread starter|critic:|author:|reviewer:|from:|words:|text:)"
    rf" (?P<poster>{_NAME}|{_HANDLE})(?=$| (?i:on|at|in)\b| ?[|»(·\d<]).*"
    rf"|(?P<owner>{_NAME}|{_HANDLE})['’]s? (?i:reviews?)\b(?: (?i:published|of|>).*)?\W*"
    rf"|(?P<reporter>{_NAME})(?: \((?i:twitter|instagram|facebook|x|bluesky|letterboxd|@\w+)\b[^()]*\)"
    r"|, (?:[\w&]+ ){0,3}(?i:editor|writer|critic|reporter|correspondent|columnist|contributor)"
    r"|(?i: reports from .*| reviews [A-Z‘“\"].*))"
    r"|(?:文|著|執筆|取材・文|글|작성자?) ?[:：] ?(?P<writer>\S{2,12})|(?P<journalist>[^\W\d_a-z]{2,5}) 기자"
)
ONLY_A_HANDLE = re.compile(
    r"[A-Z][a-z]+ [A-Z]\.|@\w[\w.]{2,24}|(?=\w*[\d_]|\w+-\d|[a-z]+-[a-z]|\w+[a-z][A-Z])[A-Za-z][\w.-]{2,24}"
)


@cache
def words_of(*kinds: str) -> frozenset[str]:
    """Return the words of these kinds in `data/page_words.csv`."""
    rows = stored_rows("page_words.csv")
    return frozenset(word for row in rows if row["kind"] in kinds for word in row["words"].split())


def tokens(words: str) -> set[str]:
    """Return the runs of letters in a line, in small letters."""
    return set(re.findall(r"[^\W\d_]+", words.lower()))


def form_of(words: str) -> str:
    """Return the kind that the form of a line alone shows; ``body`` if it has no form of a page's own lines."""
    if len(words) > LONGEST_LABEL:
        return "body"
    found = score_in(words)
    ends = bool(ENDS_A_SENTENCE.search(words))
    if found and found.is_label and not (ends and re.search(r"[^\W_]", words[found.end :])):
        return "score"  # but "Score: 8/10. The music soars." is prose
    if critic_in(words):
        return "byline"
    if _is_credit(words):
        return "credit"
    if _is_dateline(words):
        return "date"
    is_menu = _MENU.fullmatch(words) and not DATE.search(words) and not talks(words)
    is_around = not ends and (is_menu or _CAPTION.fullmatch(words))
    return "site" if is_around or is_of_the_site(words) or _STILL.fullmatch(words) else "body"


def _is_credit(words: str) -> bool:
    """Return whether a line says who made the film, how long it runs, or where it is shown."""
    if match := _LABELLED.fullmatch(words):
        label, value = tokens(match[1]), match[2]
        if label & words_of("maker") and _NAMES_ONLY.match(value):
            return True
        if label & words_of("fact") and not label & {"review"} and not tokens(value) & {"it", "is", "was"}:
            return True
    small = sum(word.islower() for word in words.split())
    if small == 0 and "," in words and re.fullmatch(r"\(.*\)", words):
        return True  # "(Ann Lee, France, Opening March 29)"
    return bool((small <= _FEW and not talks(words) and _RUNS.search(words)) or _CREDIT.fullmatch(words))


def is_of_the_site(words: str) -> bool:
    """Return whether a line is of a site's services: it names two of them, or says little else."""
    own = tokens(words) - words_of("small")
    services, known = len(own & words_of("service")), len(own & words_of("service", "button"))
    label = tokens(words.split(":")[0]) if ":" in words else set()
    is_link = label <= words_of("link") and bool(label - {"also", "more", "see", "in", "last"})  # "Also: it rains"
    if is_link or _BUTTON.fullmatch(words) or (services > 1 and 6 * services >= len(own)):
        return True
    if ENDS_A_SENTENCE.search(words) and not words.endswith(("...", "…")):
        return services > 0 and 2 * known > len(own)
    return known == len(own) > 0 or (services > 0 and 2 * known >= len(own))


def ends_the_review(words: str) -> bool:
    """Return whether the page goes on with comments, other articles or the cast below a line."""
    own, ends = tokens(words), words_of("after")
    return bool(_GOES_ON.fullmatch(words.rstrip(" .:…")) or (ends & own and own <= ends | words_of("button")))


def talks(words: str) -> bool:
    """Return whether a line has more than three words, and one that only sentences have, such as a pronoun."""
    return len(words.split()) > 3 and bool(tokens(words) & words_of("sentence"))  # "Email this review" is a button


def critic_in(words: str) -> str | None:
    """Return the critic whom a line names: after "by", before a date, before "'s review"."""
    is_dated = any(map(str.isdigit, words))
    rest = _without_dates(words).strip(" ,|·•/–—-()") if is_dated else words
    for piece in [words, *_SPACERS.split(rest)]:
        match = _BYLINE.fullmatch(piece.strip(" ,–—-"))
        name = next(filter(None, match.groups()), "") if match else ""
        while name.count(" ") > 1 and name.split(" ")[-1].lower() in words_of("section"):
            name = name.rsplit(" ", 1)[0]  # "ANN LEE Staff Writer"
        if name and name.lower() not in words_of("section"):
            return spelt(name)
    if is_dated and date_in(words):
        first = re.sub(", [A-Z]{2,4}$", "", _SPACERS.split(rest)[0].strip(" ,–—-"))  # "Ann Lee, TNN"
        first = re.sub("^(?:by|von|par|por|door|di|av) ", "", first)
        is_only = first == rest.split(" ")[-1] and re.fullmatch(_HANDLE, first) and not first.islower()
        if is_a_name(first) or (is_only and first.lower() not in words_of("section")):
            return spelt(first)
    return None


def date_in(words: str) -> str | None:
    """Return the date on which a line says that it was published."""
    for match in DATE.finditer(words):
        before = _SPACERS.split(words[: match.start()].rstrip(" ,"))[-1]
        if not OF_THE_FILM.search(before) and not OF_THE_FILM.search(words[match.end() :].split("|")[0]):
            return match.group()
    return None


def is_a_name(words: str) -> bool:
    """Return whether a line may be a person's name or a user's name."""
    is_name = (
        words[:1].isupper()
        and re.fullmatch(_NAME, words)
        and not words_of("section", "service") & set(words.lower().split())
    )
    return bool(is_name or ONLY_A_HANDLE.fullmatch(words))


def _without_dates(words: str) -> str:
    bare = _BESIDE_A_DATE.sub(" ", " ".join(DATE.sub(" ", words).split()))
    return _ALONE.sub("", " ".join(bare.split())).strip()


def _is_dateline(words: str) -> bool:
    """Return whether a line is there for its date: it has few other words, and no sentence."""
    if not DATE.search(words):
        return False
    rest = _without_dates(words)
    return len(re.findall(r"[^\W\d_]+", rest)) <= _FEW and not tokens(rest) & words_of("sentence")


def spelt(name: str) -> str:
    """Return a name in the usual spelling: ANN LEE as Ann Lee."""
    return capwords(name) if name.isupper() and " " in name else name
