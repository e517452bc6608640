"""Read a page of HTML: its main text, and what its markup states of the review, in the terms of schema.org."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ..errors import ScoreError
from ..text.films import films
from ..text.forms import REVIEW, critic_in, is_a_name, spelt
from ..text.lines import read_lines
from ..text.scores import parse_score

_STATED = {"title": "title", "critic": "author", "published": "date", "outlet": "sitename"}  # ours, trafilatura's
STATED = ("film", "score", *_STATED)  # that a page may state
_AROUND = re.compile(r"(?:/\*\s{0,9})?(?:<!\[CDATA\[|\]\]>)(?:\s{0,9}\*/)?|<!--|-->")
_WORKS = {"Movie", "TVSeries", "TVSeason", "TVEpisode", "Book", "VideoGame", "MusicAlbum", "Play"}
_BY = re.compile(r"(?:\w+ )?(?:by|von|par|por|di)\b", re.IGNORECASE)
_OUT_OF = re.compile(r'(?:aria-label|alt|title)="[^"<>]{0,30}?(\d(?:[.,]\d)? (?:stars? )?out of (?:4|5|10))\b')
_STARS = re.compile("[★⭐]{1,10}½?☆{0,9}")
_LONG, _BYLINE = 60, 100  # characters: a longer line is of the text, a longer one is no byline


def read_page(page: str) -> dict[str, Any]:
    """Return the main text of HTML, what the markup states and, if it has several reviews, how many as `reviews`."""
    from lxml import html as parser  # loaded here: `import starlight` stays fast
    from trafilatura import bare_extraction, html2txt
    from trafilatura.settings import use_config

    settings = use_config()
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"  # so that a short page keeps its paragraphs
    options: dict[str, Any] = {"with_metadata": True, "include_comments": False, "favor_recall": True}
    dates = {"original_date": True, "extensive_search": False}  # stated, not guessed
    found = bare_extraction(page, **options, date_extraction_params=dates, config=settings)
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        is_part = not re.search(r"<(?:html|head|body)\b", page, re.IGNORECASE)  # of a page, such as one paragraph
        return {"text": html2txt(f"<html><body>{page}</body></html>" if is_part else page).strip()}
    tree = parser.document_fromstring(page.encode(errors="replace"), parser.HTMLParser(encoding="utf-8"))
    stated = {ours: getattr(found, theirs) for ours, theirs in _STATED.items()}
    stated |= _shown(stated, text, tree) | {"score": _drawn(page, text)}
    return {"text": text.replace("\n", "\n\n"), **stated, **_stated_of_review(tree)}


def _shown(stated: dict[str, str | None], text: str, tree: Any) -> dict[str, str | None]:
    """Return title, critic and film as a page's elements show them, where these say more than its head."""
    tag = _words(next(iter(tree.xpath("//title")), None))
    title = _headline(stated["title"] or "", stated["outlet"], tag, tree)
    signed = [name for name in (stated["critic"] or "").split("; ") if " " not in name or is_a_name(name)]
    critic = _listed([*map(spelt, signed)]) or stated["critic"]
    if not critic or (stated["outlet"] or critic).casefold() in critic.casefold():  # the outlet's staff
        critic = _signed(tree) or critic
    return {"title": title, "critic": critic, "film": _film(title, tag, text, tree) if title else None}


def _drawn(page: str, text: str) -> str | None:
    """Return the stars that are drawn between the headline and the text."""
    begins = next((line for line in text.splitlines() if len(line) > _LONG), text)[:20]
    head = page[: max(0, page.find(begins))]
    head = head[head.rfind("<h1") :]
    drawn = set(_OUT_OF.findall(head) or _STARS.findall(re.sub(r"<[^<>]*>\s*", "", head)))
    return drawn.pop() if len(drawn) == 1 and not _STARS.search(text) else None


def _words(element: Any) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def _headline(title: str, outlet: str | None, tag: str, tree: Any) -> str | None:
    """Return the title that a page states, or the heading in it: <title> has the site's name and other words too."""
    parts = re.split(" [|–—-] ", tag)
    site = {name.casefold() for name in [outlet or "", *parts[1:][-1:]]}
    headings = {words for one in tree.iter("h1", "h2", "h3") if (words := _words(one)).casefold() not in site}
    within = [words for words in headings if words.casefold() in tag.casefold()]
    if title in headings or not (within or title.casefold() in site):
        return title or None
    return max(within, key=len, default=None)


def _film(title: str, tag: str, text: str, tree: Any) -> str | None:
    """Return the film: the headline if "review" is beside it in <title>, a name in italics in it, or what both tell.

    Else it is the name that stands in italics most often.
    """
    own, before = re.escape(title), rf"\b{REVIEW} ?[:–—|-] ?"
    after = rf"(?:\((?:19|20)\d\d|(?:film |movie )?{REVIEW}\b)"
    if re.search(rf"{own},? {after}|{before}{own}(?: [|–—-] |$)", tag, re.IGNORECASE):
        return title
    names = Counter(words for one in tree.iter("em", "i", "cite") if (words := _words(one))[:1].isupper())
    if within := [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title)]:
        return max(within, key=len)
    (often, most), (_, second) = [*names.most_common(2), ("", 0), ("", 0)][:2]
    lines = [read_lines(text)]
    told = (films([text], lines, titles=[one])[0] for one in (title, tag))
    return next(filter(None, told), often if most > max(1, second) else None)


def _signed(tree: Any) -> str | None:
    """Return whom the first line of a page names that begins as bylines do, or that is marked as an address."""
    for one in tree.iter("p", "div", "span", "li", "address"):
        if one.tag == "address" or _BY.match((one.text or "").strip()):
            words = _words(one.getparent() if _BY.fullmatch(_words(one)) else one)
            if len(words) <= _BYLINE and (critic := critic_in(f"by {words}" if one.tag == "address" else words)):
                return critic
    return None


def _stated_of_review(tree: Any) -> dict[str, Any]:
    """Return what a page's markup states of its review; of several only their film, and how many there are."""
    things = list(_things(tree))
    known = {str(one["@id"]): one for one in things if "@id" in one and "name" in one}

    def named(value: object) -> list[str]:
        of = [known.get(str(one.get("@id")), one) if isinstance(one, dict) else one for one in _each(value)]
        names = (one.get("name") if isinstance(one, dict) else one for one in of)
        return [html.unescape(one).strip() for one in names if isinstance(one, str)]

    works = [one if _is_a(one, _WORKS) else one.get("itemReviewed") for one in things]
    films = {name for work in works for name in named(work)}
    film = next(iter(films)) if len(films) == 1 else None
    reviews = [one for one in things if "itemReviewed" in one] or [one for one in things if _is_a(one, {"Review"})]
    if len(reviews) != 1:
        return {"reviews": len(reviews)} | ({"film": film} if film else {})
    (review,) = reviews
    stated = {
        "title": next(iter(named(review.get("headline") or review.get("name"))), None),
        "critic": _listed(named(review.get("author"))),
        "published": next(iter(named(review.get("datePublished"))), None),
        "film": next(iter(named(review.get("itemReviewed"))), film),
        "score": next(filter(None, map(_score, _each(review.get("reviewRating")))), None),
    }
    return {ours: value for ours, value in stated.items() if value}


def _score(rating: object) -> str | None:
    """Return a rating as a score; None for one that is below its worst, as 0 is where no stars were given."""
    stated = rating if isinstance(rating, dict) else {}
    found = map(stated.get, ("ratingValue", "bestRating", "worstRating"))
    value, best, worst = (str(one).strip() if isinstance(one, str | int | float) else "" for one in found)
    with suppress(ScoreError):
        return parse_score(value) and value  # B+, 80 % and 3/4 say what they are out of
    with suppress(ValueError):
        lowest, number, highest = (float(one.replace(",", ".")) for one in (worst, value, best or "5"))
        value = value if lowest <= number and lowest < highest else ""
    return f"{value}/{best or 5}" if value else None  # 5 is what schema.org has then


def _is_a(thing: dict[str, Any], kinds: set[str]) -> bool:
    return not kinds.isdisjoint(map(str, _each(thing.get("@type"))))


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield whatever a page states as JSON-LD, microdata or RDFa, however deep."""
    outermost = tree.xpath("//*[(@itemscope or @typeof) and not(@itemprop or @property)]")
    inside: list[Any] = list(map(_thing, outermost))
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        with suppress(ValueError, RecursionError):
            inside.append(json.loads(_AROUND.sub("", script.text or "")))
    while inside:
        value = inside.pop()
        inside += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        if isinstance(value, dict):
            yield value


def _thing(element: Any) -> dict[str, object]:
    """Return what microdata or RDFa states of a thing, as JSON-LD has it."""
    stated = {"@type": re.split("[/:#]", element.get("itemtype") or element.get("typeof") or "")[-1]}
    inside = [*reversed(element)]
    while inside:
        one = inside.pop()
        is_thing = "itemscope" in one.attrib or "typeof" in one.attrib
        if name := one.get("itemprop") or one.get("property"):
            value = _thing(one) if is_thing else one.get("content") or one.get("datetime") or one.text_content()
            stated.setdefault(name.rpartition(":")[2], value)
        inside += () if is_thing else reversed(one)
    return stated


def _each(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _listed(names: list[str]) -> str | None:
    """Return names as a byline lists them: Ann Lee, Bo Kim and Cy Low."""
    return re.sub(r", ([^,]+)$", r" and \1", ", ".join(filter(None, names))) or None
