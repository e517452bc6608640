"""Read a page of HTML: its main text, and what its markup states of the review, in the terms of schema.org."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

_STATED = {"title": "title", "critic": "author", "published": "date", "outlet": "sitename"}  # ours, trafilatura's
STATED = ("film", "score", *_STATED)  # that a page may state
_LINKED = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_AROUND = re.compile(r"(?:/\*\s{0,9})?(?:<!\[CDATA\[|\]\]>)(?:\s{0,9}\*/)?|<!--|-->")
_TITLE = re.compile(r"<title[^>]{0,200}>\s{0,99}(.{1,300}?)\s{0,99}</title>", re.IGNORECASE | re.DOTALL)
_WORKS = {"Movie", "TVSeries", "TVSeason", "TVEpisode", "Book", "VideoGame", "MusicAlbum", "Play"}
_STARS = re.compile("[★⭐]{1,10}½?☆{0,9}|☆{3,10}")


def read_page(page: str) -> dict[str, Any]:
    """Return the main text of HTML, with a blank line between paragraphs, and what the markup states.

    Where that is of several reviews, `reviews` counts them.
    """
    from trafilatura import bare_extraction, html2txt  # loaded here: `import starlight` stays fast
    from trafilatura.settings import use_config

    settings = use_config()
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"  # so that a short page keeps its paragraphs
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params={"original_date": True, "extensive_search": False},  # stated, not guessed
        config=settings,
    )
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        return {"text": html2txt(page).strip()}
    stated = {ours: getattr(found, theirs) for ours, theirs in _STATED.items()}
    tag = _TITLE.search(page)
    parts = re.split(r" [|–—-] ", html.unescape(tag[1])) if tag else []
    if stated["title"] in parts and stated["title"] not in text:  # it may be the site's name
        stated["title"] = next((part for part in parts if part in text), stated["title"])
    if stated["title"] and stated["title"].casefold() == (stated["outlet"] or "").casefold():
        stated["title"] = None
    stated["critic"] = _listed((stated["critic"] or "").split("; "))
    stars = set(_STARS.findall(re.sub(r"<[^<>]*>\s*", "", page)))
    if len(stars) == 1 and not _STARS.search(text):  # drawn beside the text
        stated["score"] = stars.pop()
    return {"text": text.replace("\n", "\n\n"), **stated, **_stated_of_review(page)}


def _stated_of_review(page: str) -> dict[str, Any]:
    """Return what a page's markup states of its review; of several only what they are of."""
    reviews, works, known = list[dict[str, Any]](), list[object](), dict[object, dict[str, Any]]()
    open_values: list[Any] = [*_linked(page), *_in_attributes(page)]
    while open_values:
        value = open_values.pop()
        open_values += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        if isinstance(value, dict):
            kinds = set(map(str, _each(value.get("@type"))))
            reviews += [value] if "itemReviewed" in value or "Review" in kinds else []
            works += [value] if kinds & _WORKS else _each(value.get("itemReviewed"))
            known |= {str(value["@id"]): value} if "@id" in value and "name" in value else {}

    def named(value: object) -> list[str]:
        things = [known.get(str(one.get("@id")), one) if isinstance(one, dict) else one for one in _each(value)]
        names = (one.get("name") if isinstance(one, dict) else one for one in things)
        return [html.unescape(one).strip() for one in names if isinstance(one, str)]

    reviews = [one for one in reviews if "itemReviewed" in one] or reviews
    films = {name for one in works for name in named(one)}
    if len(reviews) != 1:
        return {"reviews": len(reviews)} | ({"film": films.pop()} if len(films) == 1 else {})
    (review,) = reviews
    stated = {"title": "headline" if review.get("headline") else "name", "published": "datePublished"}
    names = {ours: next(iter(named(review.get(theirs))), None) for ours, theirs in stated.items()}
    of = named(review.get("itemReviewed")) or (list(films) if len(films) == 1 else [])
    names |= {"critic": _listed(named(review.get("author"))), "film": next(iter(of), None)}
    rating = review.get("reviewRating")
    if isinstance(rating, dict) and rating.get("ratingValue") is not None:
        names["score"] = f"{rating['ratingValue']}/{rating.get('bestRating') or 5}"  # 5 is what schema.org has then
    return {ours: name for ours, name in names.items() if name}


def _linked(page: str) -> Iterator[object]:
    """Yield the values of a page's JSON-LD."""
    for script in re.split("</script", page, flags=re.IGNORECASE):
        if begins := _LINKED.search(script):
            with suppress(ValueError, RecursionError):
                yield json.loads(_AROUND.sub("", script[begins.end() :]))


def _in_attributes(page: str) -> list[dict[str, object]]:
    """Return the things that a page states as microdata or RDFa, as JSON-LD has them."""
    from lxml import html as parser

    tree = parser.document_fromstring(page.encode(errors="replace"), parser.HTMLParser(encoding="utf-8"))
    return [_thing(one) for one in tree.xpath("//*[(@itemscope or @typeof) and not(@itemprop or @property)]")]


def _thing(element: Any) -> dict[str, object]:
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
