"""Read folders of texts and pages, one review a file; a note is made of whatever is passed over."""

import os
import re
from collections import Counter
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import ReadError
from .encodings import NAMES, checked, encoding_of, is_wide
from .limits import Limit, bytes_of_text, in_parts
from .pages import STATED, read_page
from .report import Problem, kept, noted, refused
from .rows import Rows, frame_of

_PAGES = (".html", ".htm")
_TEXTS = (".txt", ".md", *_PAGES)
# With a column of films, though empty, a title is a headline.
_COLUMNS = ("review_id", "text", *STATED)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"' ]{0,3}([\w-]{1,40})", re.IGNORECASE)
_SEVERAL = "the page has {} reviews and was loaded as one: save each as a page of its own"
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
        texts = dict[int, list[Any]]()
        for number, path in part:
            try:
                read, encoding = _read(path, limit, given)
                texts[number] = [read.get(name) for name in _COLUMNS]
                encodings[encoding] += 1
                if read.get("reviews"):
                    problems.append(kept(number, None, path.name, _SEVERAL.format(read["reviews"])))
            except (OSError, ValueError) as error:  # a ReadError is one
                problems.append(refused(number, None, path.name, str(error)))
        if part[-1][0] == len(files):
            for name, of in encodings.items():
                problems.append(noted(None, name, f"the encoding of {of} {'file' if of == 1 else 'files'}"))
        yield Rows(frame_of(texts, _COLUMNS), problems, {number: path.name for number, path in part})
        problems = []


def _read(path: Path, limit: Limit, given: str | None) -> tuple[dict[str, Any], str]:
    """Return what a file says, and the name of its encoding."""
    is_page = path.suffix.lower() in _PAGES
    limit.check_row(path.stat().st_size * (_PAGE if is_page else 1), "a text")
    raw = path.read_bytes()
    codec = given or encoding_of([raw], path.name)
    if is_page and not given and not codec.startswith("utf-"):
        codec = _stated_codec(raw[:_HEAD]) or codec
    text = raw.decode(codec)
    return {"review_id": path.stem, **(read_page(text) if is_page else {"text": text})}, NAMES.get(codec, codec)


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
