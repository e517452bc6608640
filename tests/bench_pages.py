"""Print how many invented pages are read right: title, critic, film, date, score, and which lines are prose.

Each page is written as `tests/pages/README.md` says. Give paths of other files of such pages; `-v` lists what is wrong.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from starlight import load_reviews
from starlight.errors import ScoreError
from starlight.text import films, normalise, parse_score, read_lines, read_stated

FIELDS = ("title", "critic", "film", "date", "score")
PAGES = Path(__file__).parent / "pages"


def pages(path):
    """Yield name, stated values, text and the mark of each line (T, P, B or blank) of each page in a file."""
    for page in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, body = page.split("\n---\n", 1)
        name, *stated = head.splitlines()
        lines = body.rstrip("\n").split("\n")
        stated = dict(line.split(": ", 1) for line in stated)
        if body.startswith("<"):
            yield name, stated, body, None
        else:
            yield name, stated, "\n".join(line[2:] for line in lines), [line[:1] for line in lines]


def score_of(stated):
    """Return a score as the pages print it: its value, "ambiguous" or "none"."""
    if stated["score_status"] != "stated":
        return stated["score_status"]
    try:
        return f"{parse_score(stated['score_raw']).value:g}"
    except ScoreError:
        return "ambiguous"


def read(text):
    """Return what is read of a page, as the pages print it, and its lines."""
    if text.startswith("<"):
        return _read_html(text), [], text
    text = normalise(text)
    lines = read_lines(text)
    stated = read_stated(text, lines)
    stated["film"] = films([text], [lines])[0]
    stated["date"] = stated["published"] and str(pd.Timestamp(stated["published"]).date())
    return {name: stated[name] or "missing" for name in FIELDS[:4]} | {"score": score_of(stated)}, lines, text


def _read_html(page):
    with TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        path.write_text(page, encoding="utf-8")
        row = load_reviews(path).iloc[0]
    score = f"{row['score']:g}" if row["score_status"] == "stated" else row["score_status"]
    date = None if pd.isna(row["published"]) else str(row["published"].date())
    stated = {name: "missing" if pd.isna(row[name]) else row[name] for name in ("title", "critic", "film")}
    return stated | {"date": date or "missing", "score": score}


def measure(path, verbose):
    """Print the counts of one file of pages."""
    right, counts = Counter(), Counter()
    for name, stated, text, marks in pages(path):
        found, lines, text = read(text)
        for field in FIELDS:
            is_there = stated[field] not in ("missing", "none")
            is_right = found[field] == stated[field] or (field == "score" and _near(found[field], stated[field]))
            right[field, is_there, is_right] += 1
            if verbose and not is_right:
                print(f"{name}: {field} is {found[field]!r}, not {stated[field]!r}")
        for line in lines if marks else []:
            mark = marks[text.count("\n", 0, line.start)]
            counts[mark, line.part] += 1
            if verbose and (mark, line.part) in (("P", "boilerplate"), ("P", "title"), ("B", "body"), ("T", "body")):
                print(f"{name}: {mark} line is {line.part} ({line.kind}): {line.words[:80]!r}")
    print(f"\n{path.name}")
    for field in FIELDS:
        there, missing = ((right[field, stands, True], right[field, stands, False]) for stands in (True, False))
        total = f"{there[0] + missing[0]} of {sum(there) + sum(missing)}"
        print(f"{field:8} {total} right: {there[0]} of {sum(there)} stated, {missing[0]} of {sum(missing)} missing")
    for mark, kind in (("P", "prose"), ("B", "boilerplate"), ("T", "titles")):
        parts = {part: counts[mark, part] for part in ("body", "boilerplate", "title")}
        print(f"{sum(parts.values())} lines of {kind}: read as {parts}")


def _near(found, stated):
    try:
        return abs(float(found) - float(stated)) < 1
    except ValueError:
        return False


if __name__ == "__main__":
    verbose = "-v" in sys.argv
    paths = [Path(arg) for arg in sys.argv[1:] if arg != "-v"] or sorted(PAGES.glob("*.txt"))
    for path in paths:
        measure(path, verbose)
