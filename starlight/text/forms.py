"""The forms of a page's own lines: bylines, dates, credits, votes, buttons, links. None of them is prose."""

from __future__ import annotations

import re
from string import capwords

from .dates import DATE
from .printed_scores import score_in

LONGEST_LABEL = 200  # characters; a longer line is prose, whatever it begins with
ENDS_A_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]*_」』]*$")
# What only sentences have: pronouns, verbs that carry no meaning of their own, and what joins them.
_TALK = re.compile(
    r"\b(?:i|it|he|she|they|we|you|this|that|there|is|are|was|were|be|been|has|have|had|does|did|do|will|would|can"
    r"|could|should|but|so|if|because|than|not|never|very|too|his|her|their|my|me|us|him|them|isn|doesn|don|didn"
    r"|wasn|ist|sind|hat|nicht|est|sont|está)\b",
    re.IGNORECASE,
)

# What pages call their own services, and reviews seldom speak of.
_SERVICES = frozenset(
    "newsletter newsletters subscribe subscribed subscriber subscribers subscription subscriptions login signup "
    "registered password cookie cookies privacy policy terms consent javascript disqus permalink e-mail email inbox "
    "advertise advertisement advertising ads sponsored partners member members membership donate donation donations "
    "patreon follow followers facebook twitter instagram tumblr reddit linkedin pinterest whatsapp flipboard youtube "
    "letterboxd spotify podcast podcasts click clipboard browser browsing notify notified notifications reply replies "
    "comment comments commenting discussion tickets helpful affiliate commission publication bookmark bookshelves "
    "account reader-supported teilen kommentar kommentare leserkommentare abonnieren anmelden impressum datenschutz "
    "startseite partager commenter commentaires abonnez abonnés accueil compartir comentarios etiquetas suscríbete "
    "inicio condividi commenti compartilhar シェアする 関連記事 コメントを書く ホーム 공유하기 관련기사 댓글".split()
)
# What a line of buttons has beside them, or is made of: "Read more", "Older posts", "1,204 notes", "Found helpful".
_PARTS = frozenset(
    "a add advertising all also app archive archives article articles audience author back be been block book buy by "
    "categories category close content contributor copied crew discussion edited enjoy entry explore faq feed filed "
    "find first flag forum forums found free from full general guests have headlines hide home in index into join keep "
    "labels last latest leave like liked likes link load loading log logged may menu metascore might more most movies "
    "navigation new newer news next no not note notes now of off older on online open opens or order other out page "
    "pages people playing popular post posted posts previous print quote rate rating ratings reactions reader "
    "reading readers read receive recently recommended register related report reserved responses review reviews rights rss "
    "save score search section see share shares show sign signed skip sort status sub tagged tags thank thanks the "
    "this tickets to tomatometer top topic topics translate trending tweet under up upgrade user users via view "
    "viewed views vote votes was watch were who window write yes yet you your "
    "lire aussi sur mehr zum thema drucken artikel schlagwörter kategorien en archivado merken".split()
)
# What stands before a colon and a link: "Read next: ...", "Tags: ...".
_LINKS = frozenset(
    "read next also more see tags tagged labels filed under posted in categories related previous older newer last "
    "edited reactions joined location from newsgroups organization message-id path keywords post posts article articles entry topics lire aussi schlagwörter mehr en archivado".split()
)
_SMALL = frozenset("a all an and any as at be for from have if in of on or our the these this to with you your".split())
_BUTTON = re.compile(
    r"#\w\S*|!?\[.*\]\(.*\)|.*©.*\d{4}.*|(?:copyright|\(c\)) .*\d{4}.*|(?:[a-z] ){3,}[a-z]|in (?:reviews|films|movies)"
    r"|[^.!?/,]{0,40}\b\d+\+?%? (?:tomatometer|audience score|metascore|ratings|reviews|votes)\b.{0,20}"
    r"|.*(?:liked|think of) this review\W*"
    r"|(?:sign (?:in|into|up)|log in|click|subscribe|register|enter your|please enable|you must (?:log|sign|be logged)"
    r"|by (?:signing|subscribing|clicking|providing)|view all|see all|show (?:more|all)|skip (?:to|past)) .*"
    r"|a version of this (?:article|review) .*",
    re.IGNORECASE,
)
YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")
_MENU = re.compile(r"(?:[^|·•∙.!?]{1,25} ?[|·•∙] ?){2,}[^|·•∙.!?]{0,25}")
_TRAIL = re.compile(r"^[^«]*\w ?[>»›‹▾] ?(?=\w|$)")  # "Home > Film > Reviews"
# Words of a line with which the page goes on after the review: comments, other articles, the cast.
_TAIL = frozenset(
    "comments comment replies responses discussion related recommended popular trending viewed playing cast credits "
    "details info contributor latest also headlines explore kommentare commentaires comentarios commenti auch "
    "interessieren thema archivado 関連記事 コメントを書く 관련기사 댓글".split()
)
_TAIL_FORM = re.compile(
    r"(?:leave|post|add) a (?:comment|reply).*|more (?:from|like|on|reviews by|stories)\b.*|\d+ thoughts on .*|read next"
    r"|in this article|explore more.*|share this\b.*|like this|filed under\b.*|(?:previous|next) (?:article|post)"
    r"|about the (?:author|contributor|writer)\b.*|author|about (?-i:[A-Z][\w.]+(?: [A-Z][\w.]+){1,2})|rate and review"
    r"|up next|reading progress",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:a )?(?:scene|still|screenshot|poster|image|photo|picture)s?"
    r" (?:from|of(?= [‘“\"']?(?-i:[A-Z]))|by|courtesy) .+"  # not "Picture of the year"
    r"|(?:image|photo|picture|still)s?(?: credits?| courtesy| source| caption)?(?::|, ) ?.+"
    r"|.+ \((?:left|right|centre|center|pictured)\)|courtesy of .+|.+ credit\W{1,3}.+"
    r"|(?-i:[A-Z][\w.'’-]+)(?:,? (?-i:and|[A-Z][\w.'’-]+))* (?:star |stars )?in (?:a scene from )?[‘“\"][^.]+\W*",
    re.IGNORECASE,
)
# What stands before names in a film's credits, and before all else that is known of it.
_MADE_BY = re.compile(
    r"\b(?:dir(?:ector|ectors|ected|ection)?|writ(?:er|ers|ten)|screen ?(?:play|writer)s?|starring|stars|cast|with|crew"
    r"|distribut\w+|studios?|companies|company|produc\w+|music by|cinematograph\w+|camera|edit(?:or|ors|ed)|based on"
    r"|sales|regie|darsteller|mit|drehbuch|réalisation|avec|scénario|dirección|intérpretes|reparto|guion|regia)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:releas\w+|opens|run(?:ning )?time|duration|rated|genres?|country|languages?|platform|certificate|mpaa|year"
    r"|format|source|video|audio|film|movie|title|venue|fsk|dauer|laufzeit|kinostart|durée|sortie|género|duración|estreno|genere|durata)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?P<label>(?!(?i:the|an?|also)\b)[\w'’&-]+(?: [\w'’&-]+){0,2}) ?: ?(?P<value>\S.*)")
_NAMES_ONLY = re.compile(r"(?![a-z]|[^()]*\b[a-z]{5})")  # not "superb throughout"
_MADE = re.compile(
    r"(?-i:(?:Directors?|Screenplay|Writers?|Cast|Producers?|Starring"
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

REVIEW = "(?:reviews?|(?:film)?kritik|critique|cr[ií]tica|recensione|recensie|reseña|レビュー|리뷰|影评)"
_CAPITALISED = r"(?![a-z])[^\W\d_](?:[\w'’-]|\.(?!$))*"  # "by Stephen King." ends a sentence
_NAME = rf"{_CAPITALISED}(?: (?:(?:de|del|da|di|la|le|van|von|der|den|bin|al) )*{_CAPITALISED}){{1,3}}(?: [JS]r\.)?"
_HANDLE = r"(?:@|u/)?[\w][\w.'’-]{1,24}"
_BYLINE = re.compile(
    rf"(?i:(?:(?:an? )?(?:\w+ )?{REVIEW} )(?:by|di|von|de|par|por|door)|by|(?:re)?viewed by|(?:words|text) by"
    rf"|written by(?!:)|von|par|por|door|av):? "
    rf"(?P<by>{_NAME})(?!\.)(?=$|\W+(?:$|[^\w\s]|(?i:on|at|in|for|special|published|posted|updated|\d))|,).*"
    rf"|(?i:(?:written|posted|published|post|review|reviewed) by|thread starter|critic:|author:|reviewer:|rezension von) "
    rf"(?P<poster>{_NAME}|{_HANDLE})(?=$| (?i:on|at|in)\b| ?[|»(·\d]).*"
    rf"|(?P<owner>{_NAME}|{_HANDLE})['’]s? (?i:reviews?)\b(?: (?i:published|of|>).*)?\W*"
    rf"|(?P<reporter>{_NAME})(?: \((?i:twitter|instagram|facebook|x|bluesky|letterboxd|@\w+)\b[^()]*\)"
    r"|, (?:[\w&]+ ){0,3}(?i:editor|writer|critic|reporter|correspondent|columnist|contributor)"
    r"|(?i: reports from .*| reviews [A-Z‘“\"].*))"
    r"|(?:文|著|執筆|取材・文|글|작성자?) ?[:：] ?(?P<writer>\S{2,12})|(?P<journalist>[^\W\d_a-z]{2,5}) 기자"
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
    "capsule weekend adventure crime war western musical video audio picture quality dvd blu-ray extras special pictures studios "
    "productions releasing edition club guide online magazine times site weekly monthly index board forum forums "
    "general"
)
GENERIC = frozenset(_GENERIC.split())
ONLY_A_NAME = re.compile(_NAME)
ONLY_A_HANDLE = re.compile(r"[A-Z][a-z]+ [A-Z]\.|@\w[\w.]{2,24}|(?=\w*[\d_]|\w+-\d|\w+[a-z][A-Z])[A-Za-z][\w.-]{2,24}")


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
    if is_of_the_site(words) or (not ends and (_is_menu(words) or _CAPTION.fullmatch(words))):
        return "site"
    return "body"


def _is_credit(words: str) -> bool:
    """Return whether a line says who made the film, how long it runs, or where it is shown."""
    if match := _LABELLED.fullmatch(words):
        label, value = match.groups()
        if _MADE_BY.search(label) and _NAMES_ONLY.match(value):
            return True
        if _KNOWN.search(label) and "review" not in label.lower() and not re.search(r"\b(?:it|is|was)\b", value):
            return True
    is_short = len(words.split()) <= _MOST_BESIDE_A_DATE * 2 or _MADE_BY.match(words)
    runs = is_short and _RUNS.search(words) and not DATE.search(words) and not talks(words)
    return bool(runs or _MADE.fullmatch(words))


def is_of_the_site(words: str) -> bool:
    """Return whether a line is of a site's services: it names two of them, or says little else."""
    tokens = _tokens(words)
    services, own = _SERVICES & tokens, tokens - _SMALL
    known = len((_SERVICES | _PARTS) & own)
    if (len(services) > 1 and 6 * len(services) >= len(own)) or _BUTTON.fullmatch(words):
        return True
    if ENDS_A_SENTENCE.search(words) and not words.endswith(("...", "…")):
        return bool(services) and 2 * known > len(own)
    label = _tokens(words.split(":")[0]) if ":" in words else set()
    return (bool(services) and 2 * known >= len(own)) or known == len(own) > 0 or bool(label and label <= _LINKS)


def _tokens(words: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", words.lower()))


def ends_the_review(words: str) -> bool:
    """Return whether the page goes on with comments, other articles or the cast below a line."""
    tokens = _tokens(words)
    return bool(_TAIL_FORM.fullmatch(words.rstrip(" .:…")) or (_TAIL & tokens and tokens <= _TAIL | _PARTS))


def _is_menu(words: str) -> bool:
    """Return whether a line lists the parts of a site: "Home > Film > Reviews", "News | Film | Music"."""
    is_list = _TRAIL.search(words) or (_MENU.fullmatch(words) and not DATE.search(words))
    return bool(is_list) and not talks(words)


def talks(words: str) -> bool:
    """Return whether a line has more than three words, and one that only sentences have, such as a pronoun."""
    return len(words.split()) > 3 and bool(_TALK.search(words))  # "Email this review" is a button


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
        first = re.sub(", [A-Z]{2,4}$", "", first)  # "Ann Lee, TNN"
        if is_a_name(first) or (first == rest and re.fullmatch(_HANDLE, first) and first != first.lower() and first.lower() not in GENERIC):
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
        bool(ONLY_A_NAME.fullmatch(words)) and not (GENERIC | _SERVICES) & set(parts)
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
