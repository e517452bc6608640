"""The forms of a page's own lines: bylines, dates, captions, credits, votes, buttons, links. None of them is prose."""

from __future__ import annotations

import re
from string import capwords

from .dates import DATE
from .printed_scores import score_in

LONGEST_LABEL = 200  # characters; a longer line is prose, whatever it begins with
ENDS_A_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*$")
# What only sentences have: pronouns, verbs that carry no meaning of their own, and what joins them.
_TALK = re.compile(
    r"\b(?:i|it|he|she|they|we|you|this|that|there|is|are|was|were|be|been|has|have|had|does|did|do|will|would|can"
    r"|could|should|but|so|if|because|than|not|never|very|too|his|her|their|my|me|us|him|them|isn|doesn|don|didn"
    r"|wasn)\b",
    re.IGNORECASE,
)
_SITE = re.compile(  # words that pages use for their own services
    r"\b(?:newsletters?|subscri\w+|sign(?:ed|ing)? (?:up|in|into)|log(?:ged)? (?:in|out|into)|cookies?|privacy|consent"
    r"|javascript|disqus|permalink|e-?mail|inbox|your account|registered|password|advertis\w+|ads|sponsored|partners"
    r"|members?(?:hip)?|donat\w+|patreon|support (?:us|my|our|independent)|follow|twitter|facebook|instagram|tumblr"
    r"|reddit|linkedin|pinterest|whatsapp|youtube|podcasts?|spotify|click(?: here)?|share|new posts|latest news|terms"
    r"|policy|bookmark|browser|notif\w+|reply|comments?|helpful|report this|affiliate|commission|publication"
    r"|all rights)\b",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"join the discussion\W*|(?:read next|also read|read more|lire aussi|more (?:movies|news|reviews)|see also"
    r"|related(?: posts| articles)?|tags|tagged|labels|etiquetas|filed under|posted in|categories|bookshelves"
    r"|(?:previous|next)(?: post| article)?|last edited|reactions)\s*:.*"
    r"|read more\W*|(?:click to )?share (?:this|to|on \w+|via \w+)(?: (?:post|article|review|page))?(?: \(.*\))?\W*"
    r"|(?:[\d,.]+[km]?|no) (?:comments?|likes?|views?|shares?|replies|notes|ratings|reviews|thoughts on .*)"
    r"(?: (?:have been added )?yet)?(?:\W+(?:flag|reply|like))*\W*"
    r"|(?:leave|post|add) a (?:comment|reply)\b.*|be the first to (?:comment|like this)\W*|like loading\W*"
    r"|advertisement|skip to .*|(?:copyright|©|\(c\))(?: ©)? .*\d{4}.*"
    r"|.*\b(?:found (?:this|the)\b.*\bhelpful|was this review helpful)\b.*|(?:helpful|report|permalink|like|reply)\W*"
    r"|(?:flag|tweet|share|comments|menu|search|subscribe|home|print|email|quote|top)\W*"
    r"|.*\d+%? (?:tomatometer|audience score|metascore|ratings?|reviews|votes)\b.*|(?:[a-z] ){3,}[a-z]"
    r"|.*(?:liked|think of) this review\W*|users browsing .*|buy (?:this|it|now|from)\b.*|block or report"
    r"|tickets from\b.*|find tickets.*"
    r"|(?:from|newsgroups|organization|message-id|reply-to|lines|path|keywords|followup-to|author): .*"
    r"|(?:sign (?:in|into|up)|log in|click|subscribe|register|follow (?:us|him|her|me|them)|enter your|please enable"
    r"|you must (?:log|sign|be logged)|by (?:signing|subscribing|clicking|providing)|view all|see all"
    r"|show (?:more|all))\b.*|a version of this (?:article|review) .*|#\w.*|!\[.*\]\(.*\)"
    r"|\[.*\]\(.*\)|(?:about the )?(?:author|contributor)\W*|in (?:reviews|films|movies)",
    re.IGNORECASE,
)
YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")
_MENU = re.compile(r"(?:[^|·•∙.!?]{1,25} ?[|·•∙] ?){2,}[^|·•∙.!?]{0,25}")
_TRAIL = re.compile(r"^[^«]*\w ?[>»›‹▾] ?(?=\w|$)")  # "Home > Film > Reviews"
# A line with which the page goes on after the review: comments, other articles, the cast.
TAIL = re.compile(
    r"(?:(?:\d+ )?(?:comments?|replies|responses)(?: \(\d+\))?|discussion(?: about this post)?"
    r"|(?:leave|post|add) a (?:comment|reply).*|\d+ thoughts on .*"
    r"|related(?: posts| articles| topics| reviews| content)?"
    r"|more (?:like this|from .*|on this story|reviews by .*|stories)|you (?:may|might) also (?:like|enjoy).*|read next"
    r"|recently viewed|recommended(?: for you)?|up next|now playing|popular (?:reviews|posts)|trending(?: now)?"
    r"|cast (?:&|and) crew|film credits|movie (?:info|details)|about the (?:author|contributor|writer)\b.*"
    r"|about (?-i:[A-Z][\w.]+(?: [A-Z][\w.]+){1,2})"
    r"|in this article|explore more.*|share this\b.*|like this|filed under\b.*|(?:previous|next) (?:article|post)"
    r"|rate and review|latest (?:news|reviews)|most (?:read|popular)|join the discussion\W*|reading progress)\W*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:a )?(?:scene|still|screenshot|poster|image|photo|picture)s?"
    r" (?:from|of(?= [‘“\"']?(?-i:[A-Z]))|by|courtesy) .+"  # not "Picture of the year"
    r"|(?:image|photo|picture|still)s?(?: credits?| courtesy| source| caption)?(?::|, ) ?.+"
    r"|.+ \((?:left|right|centre|center|pictured)\)|courtesy of .+|.+ credit\W{1,3}.+",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:directors?|directed by|writers?|written by|screenplay(?: by)?|starring|stars|cast|voice cast|with|distributor"
    r"|studios?|production(?: compan(?:y|ies))?|producers?|produced by|music by|cinematograph(?:y|er)|camera|crew"
    r"|editors?|edited by|based on)\s*: ?(?-i:(?![a-z]|[^()]*\b[a-z]{5})\S.*)"  # not "Cast: superb throughout"
    r"|(?:release date|(?:uk |us )?release|released|opens|run(?:ning )?time|rated|genres?|country|languages?|platform"
    r"|certificate|mpaa(?: rating)?|year|format|source|video|audio|film|movie|title)\s*: ?(?!.*\b(?:it|is|was)\b)\S.*"
    r"|(?-i:(?:Directors?|Screenplay|Writers?|Cast|Producers?|Starring"
    r"|Directed by) [A-Z][\w.'’-]+(?:,? (?:and |& )?[A-Z][\w.'’-]+)+)|.*; (?:directed|produced|written) by .*"
    r"|.*\brunning time:.*"
    r"|[‘“\"']?(?-i:[A-Z\d])[^.!?]{0,60}? (?:is|are|opens?|premieres|arrives|streams) (?:now |out |currently )*"
    r"(?:in|on|out|from|streaming|available|playing|showing)\b[^!?]*(?:cinemas|theat(?:er|re)s|streaming|dvd"
    r"|digital|vod)[^!?]{0,40}",
    re.IGNORECASE,
)
_RUNS = re.compile(r"\b(?:\d{1,3} ?min(?:ute)?s?|\dh ?\d\d?m?|\d hours?,? \d+ min\w*|\d+ (?:eps|episodes|hrs))\b", re.I)
OF_THE_FILM = re.compile(
    r"\b(?:releas\w*(?: date)?|opens|opening|(?:in|now in) (?:theaters|theatres|cinemas)|theatrical|dvd|streaming"
    r"|copyright|©|joined|updated|edited|modified|in print|reviewed at|started|finished)\b|©",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b\.?)?(?: (?:[A-Z]{2,4}|[+-]\d{4}))?", re.IGNORECASE)
_SPACERS = re.compile(r"\s*(?:[|·•»∙]|\s[-–—/]\s|,\s*$)\s*")
_DATE_WORDS = re.compile(
    r"\b(?:first |last )?(?:published|posted|updated|reviewed|watched|date|publié|veröffentlicht)\b(?: on| in)?:?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?|\b\d+ min(?:ute)?s?(?: read)?\b"
    r"|\b(?:\d+|no|leave a) (?:comments?|replies|views)\b|\b(?:on|at|in|le|am|el)$|^(?:on|at|le|am|el)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"\d+ ?(?:[smhdwy]|(?:sec|min|minute|hour|hr|day|week|month|year)s?)(?: ago)?", re.IGNORECASE)
_MOST_BESIDE_A_DATE = 6  # words

_CAPITALISED = r"(?![a-z])[^\W\d_](?:[\w'’-]|\.(?!$))*"  # "by Stephen King." ends a sentence
_NAME = rf"{_CAPITALISED}(?: (?:(?:de|del|da|di|la|le|van|von|der|den|bin|al) )*{_CAPITALISED}){{1,3}}(?: [JS]r\.)?"
_HANDLE = r"(?:@|u/)?[\w][\w.'’-]{1,24}"
_BYLINE = re.compile(
    rf"(?i:(?:(?:an? )?(?:film |movie |book |tv )?review )?by|(?:re)?viewed by|(?:words|text) by"
    rf"|written by(?!:)|von|par|por):? "
    rf"(?P<by>{_NAME})(?!\.)(?=$|\W+(?:$|[^\w\s]|(?i:on|at|in|for|special|published|posted|updated|\d))|,).*"
    rf"|(?i:(?:written|posted|published|post|reviewed) by|thread starter|critic:|author:|reviewer:|rezension von) "
    rf"(?P<poster>{_NAME}|{_HANDLE})(?=$| (?i:on|at|in)\b| ?[|»(·\d]).*"
    rf"|(?P<owner>{_NAME}|{_HANDLE})['’]s? (?i:reviews?)\b(?: (?i:published|of|>).*)?\W*"
    rf"|(?P<reporter>{_NAME})(?: \((?i:twitter|instagram|facebook|x|bluesky|letterboxd|@\w+)\b[^()]*\)"
    r"|, (?:[\w&]+ ){0,3}(?i:editor|writer|critic|reporter|correspondent|columnist|contributor)"
    r"|(?i: reports from .*| reviews [A-Z‘“\"].*))"
)
# Words of menus, sections and headings: a line of two of them is nobody's name.
_GENERIC = (
    "film films movie movies tv show shows review reviews reviewer news home about contact archive archives games "
    "music culture arts entertainment opinion sports books comics features interviews lists festival dispatch latest "
    "full super senior staff critic critics editor writer user users read see all more next previous the a an and of "
    "in on for to top rating ratings verdict plot story cast crew summary pros cons good bad bottom line final "
    "thoughts conclusion trailer watch where spoilers spoiler warning share tweet post posts article articles page "
    "search menu sign log subscribe sort show hide filter box office original language english recommended plus icon "
    "drama comedy thriller horror mystery romance action animation family documentary science fiction fantasy "
    "adventure crime war western musical video audio picture quality dvd blu-ray extras special pictures studios "
    "productions releasing edition club guide online magazine times site weekly monthly index board forum forums "
    "general"
)
GENERIC = frozenset(_GENERIC.split())
ONLY_A_NAME = re.compile(rf"{_NAME}|[A-Z][a-z]+ [A-Z]\.")
ONLY_A_HANDLE = re.compile(r"@\w[\w.]{2,24}|(?=\w*[\d_]|\w+-\d|\w+[a-z][A-Z])[A-Za-z][\w.-]{2,24}")


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
    if _BUTTON.fullmatch(words) or is_of_the_site(words) or (not ends and _is_menu(words)):
        return "button"
    if _CREDIT.fullmatch(words):
        return "credit"
    if _is_dateline(words):
        return "date"
    if _RUNS.search(words) and not talks(words) and len(words.split()) <= _MOST_BESIDE_A_DATE * 2:
        return "credit"
    return "caption" if _CAPTION.fullmatch(words) and not ends else "body"


def _is_menu(words: str) -> bool:
    """Return whether a line lists the parts of a site: "Home > Film > Reviews", "News | Film | Music"."""
    is_list = _TRAIL.search(words) or (_MENU.fullmatch(words) and not DATE.search(words))
    return bool(is_list) and not talks(words)


def talks(words: str) -> bool:
    """Return whether a line has more than three words, and one that only sentences have, such as a pronoun."""
    return len(words.split()) > 3 and bool(_TALK.search(words))  # "Email this review" is a button


def is_of_the_site(words: str, least: int = 2) -> bool:
    """Return whether a line has `least` different words of a site's services, such as "subscribe" and "cookies"."""
    return len({match.group().lower() for match in _SITE.finditer(words)}) >= least


def critic_in(words: str) -> str | None:
    """Return the critic whom a line names: after "by", before a date, before "'s review"."""
    is_dated = any(map(str.isdigit, words))
    for piece in [words, *_SPACERS.split(_without_dates(words) if is_dated else words)]:
        match = _BYLINE.fullmatch(piece.strip(" ,–—-"))
        name = next(filter(None, match.groups()), "") if match else ""
        if name and name.lower() not in GENERIC:
            return spelt(name)
    if is_dated and date_in(words):
        rest = _without_dates(words).strip(" ,|·•/–—-")
        first = _SPACERS.split(rest)[0].strip(" ,–—-")
        if is_a_name(first) or (first == rest and re.fullmatch(_HANDLE, first) and first.lower() not in GENERIC):
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
    parts = words.lower().split()
    return bool(ONLY_A_HANDLE.fullmatch(words)) or (
        bool(ONLY_A_NAME.fullmatch(words)) and not GENERIC & set(parts) and not _SITE.search(words)
    )


def _without_dates(words: str) -> str:
    bare = _TIME.sub(" ", DATE.sub(" ", words))
    return " ".join(_DATE_WORDS.sub(" ", " ".join(bare.split())).split())


def _is_dateline(words: str) -> bool:
    """Return whether a line is there for its date: it has few other words, and no sentence."""
    if not any(map(str.isdigit, words)) or not DATE.search(words):
        return bool(_AGO.fullmatch(words))
    rest = _without_dates(words)
    return len(re.findall(r"[^\W\d_]+", rest)) <= _MOST_BESIDE_A_DATE and not _TALK.search(rest)


def spelt(name: str) -> str:
    """Return a name in the usual spelling: ANN LEE as Ann Lee."""
    return capwords(name) if name.isupper() and " " in name else name
