"""Read folders of texts and pages, one review a file; a note is made of whatever is passed over."""

import html
import json
import os
import re
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

from ..errors import ReadError
from .encodings import NAMES, checked, encoding_of, is_wide
from .limits import Limit, bytes_of_text, in_parts
from .report import Problem, noted, refused
from .rows import Rows, frame_of

_PAGES = (".html", ".htm")
_TEXTS = (".txt", ".md", *_PAGES)
_STATED = {"title": "title", "critic": "author", "published": "date", "outlet": "sitename"}  # ours, trafilatura's
# With a column of films, though empty, a title is a headline.
_COLUMNS = ("review_id", "text", "film", "score", *_STATED)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"' ]{0,3}([\w-]{1,40})", re.IGNORECASE)
_LINKED = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>\s{0,99}(.{1,300}?)\s{0,99}</title>", re.IGNORECASE | re.DOTALL)
_PAGE = 10  # times a text that a page's markup takes
_HEAD = 4_096  # bytes in which a page names its encoding


def holds_texts(path: Path) -> bool:
    """Return whether a path is that of a folder or of a text, and not of a table."""
    return path.is_dir() or (path.is_file() and path.suffix.lower() in _TEXTS)


def read_folder(folder: Path, rows: int, limit: Limit, given: str | None) -> Generator[Rows]:
    """Yield the texts of a folder, or the one text at a path, each file as a row; notes on all files come last."""
    if not folder.exists():
        raise ReadError(f"There is no folder {folder.name!r}. Restore it, or give load_reviews() a path of your own.")
    files, problems = _texts_in(folder, limit) if folder.is_dir() else ([folder], [])
    encodings: Counter[str] = Counter()
    for part in in_parts(enumerate(files, 1), rows, limit):
        texts = dict[int, list[str | None]]()
        for number, path in part:
            try:
                read, encoding = _read(path, limit, given)
                texts[number] = [read.get(name) for name in _COLUMNS]
                encodings[encoding] += 1
            except (OSError, ValueError) as error:  # a ReadError is one
                problems.append(refused(number, None, path.name, str(error)))
        if part[-1][0] == len(files):
            for name, of in encodings.items():
                problems.append(noted(None, name, f"the encoding of {of} {'file' if of == 1 else 'files'}"))
        yield Rows(frame_of(texts, _COLUMNS), problems, {number: path.name for number, path in part})
        problems = []


def _read(path: Path, limit: Limit, given: str | None) -> tuple[dict[str, str | None], str]:
    """Return what a file says, and the name of its encoding."""
    is_page = path.suffix.lower() in _PAGES
    limit.check_row(path.stat().st_size * (_PAGE if is_page else 1), "a text")
    raw = path.read_bytes()
    codec = given or encoding_of([raw], path.name)
    if is_page and not given and not codec.startswith("utf-"):
        codec = _stated_codec(raw[:_HEAD]) or codec
    text = raw.decode(codec)
    return {"review_id": path.stem, **(_read_page(text) if is_page else {"text": text})}, NAMES.get(codec, codec)


def _texts_in(folder: Path, limit: Limit) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, and notes on those that are passed over."""
    inside, files, problems = folder.resolve(), [], []
    entries = list(folder.iterdir())
    if limit.adds_up:
        limit.check(bytes_of_text(0) * len(entries), f"its {len(entries):,} files")
    for path in sorted(entries, key=_in_natural_order):
        if path.name.startswith("."):
            continue
        if path.is_symlink() and inside not in Path(os.path.realpath(path)).parents:  # resolve() fails at loops
            problems.append(noted(None, path.name, "passed over: a link that leads out of the folder"))
        elif path.is_dir():
            problems.append(noted(None, path.name, "passed over: a folder; load it by itself"))
        elif not path.is_file() or path.suffix.lower() not in _TEXTS:
            problems.append(noted(None, path.name, f"passed over: not a text ({', '.join(_TEXTS)})"))
        else:
            files.append(path)
    if not files:
        there = f" (there is {problems[0].value!r})" if problems else ""
        raise ReadError(f"The folder {folder.name!r} holds no reviews{there}. Put one text in it for each: {_TEXTS}.")
    stems = Counter(path.stem for path in files)
    if twice := [stem for stem, count in stems.items() if count > 1]:
        raise ReadError(f"The folder {folder.name!r} holds two files named {twice[0]!r}. Rename one of them.")
    return files, problems


def _in_natural_order(path: Path) -> list[tuple[int, str]]:
    """Return the key that sorts 2.txt before 10.txt."""
    parts = re.split(r"([0-9]+)", path.name)
    return [(int(part), "") if number % 2 else (-1, part) for number, part in enumerate(parts)]


def _stated_codec(head: bytes) -> str | None:
    """Return the encoding that a page says it is in, if Python knows it; none of 16 or 32 bits could be read there."""
    if named := _CHARSET.search(head):
        with suppress(ReadError):
            codec = checked(named[1].decode("ascii"))
            return None if is_wide(codec) else codec
    return None


def _read_page(page: str) -> dict[str, str | None]:
    """Return the main text of HTML, with a blank line between paragraphs, and what the markup states."""
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
    return {"text": text.replace("\n", "\n\n"), **stated, **_stated_of_review(page)}


def _stated_of_review(page: str) -> dict[str, str | None]:
    """Return what a page's JSON-LD states of its review, in the terms of schema.org; nothing if it has several."""
    found, open_values = [], []
    for script in re.split("</script", page, flags=re.IGNORECASE):
        if begins := _LINKED.search(script):
            with suppress(ValueError, RecursionError):
                open_values.append(json.loads(script[begins.end() :]))
    while open_values:
        value = open_values.pop()
        if isinstance(value, dict) and "itemReviewed" in value:
            found.append(value)
        open_values += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    if len(found) != 1:
        return {}
    (review,) = found
    stated = {
        "title": review.get("headline") or review.get("name"),
        "critic": review.get("author"),
        "published": review.get("datePublished"),
        "film": review["itemReviewed"],
    }
    names = {ours: _named(value) for ours, value in stated.items()}
    rating = review.get("reviewRating")
    if isinstance(rating, dict) and rating.get("bestRating"):
        names["score"] = f"{rating.get('ratingValue')}/{rating['bestRating']}"
    return {ours: html.unescape(name) for ours, name in names.items() if name}


def _named(value: object) -> str | None:
    """Return a text, or the name of a thing of schema.org, or of the first of several."""
    value = value[0] if isinstance(value, list) and value else value
    value = value.get("name") if isinstance(value, dict) else value
    return value if isinstance(value, str) else None
