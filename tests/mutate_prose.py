"""Change each number, name, theme and judgement in the notebooks' prose, one at a time, and print how many are caught.

Each notebook runs once: what its facts say of its tables does not change with its prose. Run from the project's folder;
the paths of notebooks can follow.
"""

import json
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from prose import MOST, NUMBER, NUMBERS, PARTS, TENS, VERBS, faults, read

from starlight import load_reviews, read_themes

HERE = Path(__file__).parent
TELL = """import json, sys
sys.path.append({here!r})
import prose
print(json.dumps(prose.told(prose.read({path!r}), globals())))"""
OTHERS = """more less, fewer more, first last, every no, each no, always never, only also, higher lower, better worse,
above below, before after, left right, nothing everything, few many, often seldom, longer shorter, same other"""


def told_by_its_kernel(path):
    """Run a notebook, and return for each cell what its facts say."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(TELL.format(here=str(HERE), path=str(path))))
    NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}}).execute()
    return json.loads(notebook.cells[-1].outputs[0].text)


def plain(words):
    """Return words without what a pattern says of their surroundings."""
    return [re.sub(r"\(.*\)", "", each) for each in words]


def swaps():
    """Return for each kind of word what each is changed into, in lower case."""
    themes = [theme for label in read_themes()["label"] for theme in label.lower().split(" and ")]
    rings = {
        "number words": NUMBERS,
        "number words, more": [*TENS, *plain(PARTS)[:-2]],
        "names of reviews": load_reviews()["name"].str.lower().tolist(),
        "themes": themes,
    }
    kinds = {kind: dict(pairwise([*ring, ring[0]])) for kind, ring in rings.items()}
    forms = [*zip(VERBS["praise"], VERBS["criticism"], strict=True), ("praise", "criticism"), ("praise", "criticisms")]
    kinds["praise and criticism"] = {new: old for old, new in forms} | dict(forms[:3])
    kinds["most and least, all and none"] = dict(zip(plain(MOST), [*plain(MOST)[::-1]], strict=True))
    kinds["most and least, all and none"] |= {"most": "least", "least": "most", "all": "none", "none": "all"}
    pairs = [pair.split() for pair in OTHERS.replace("\n", " ").split(", ")]
    kinds["other words, for which no fact is asked"] = {a: b for one, two in pairs for a, b in ((one, two), (two, one))}
    return kinds


def changes(source, kinds):
    """Yield the places of a text where a word or a number can be changed, each with its kind and what it becomes."""
    for kind, words in kinds.items():
        known = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for found in re.finditer(rf"(?<!\w)(?:{known})(?!\w)", source, re.IGNORECASE):
            yield kind, found, words[found[0].lower()]
    for found in re.finditer(NUMBER, source):
        yield "numbers in digits", found, re.sub(r"\d$", lambda digit: str((int(digit[0]) + 1) % 10), found[0])


def changed(source, found, new):
    """Return a text with one place changed; a capital stays one."""
    new = new.capitalize() if found[0][0].isupper() else new
    return source[: found.start()] + new + source[found.end() :]


def main(paths):
    """Print the changes that are not caught, and how many are, by kind."""
    caught, tried, kinds = Counter(), Counter(), swaps()
    for path in paths:
        cells = read(path)
        for cell, made in zip(cells, told_by_its_kernel(path), strict=False):
            assert not faults([cell], [made]), faults([cell], [made])
            source = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
            for kind, found, new in changes(source, kinds):
                tried[kind] += 1
                if faults([cell | {"source": changed(source, found, new)}], [made]):
                    caught[kind] += 1
                else:
                    print(f"{path.stem}: {found[0]} -> {new} in {source[max(0, found.start() - 40) :][:80]!r}")
    for kind, number in tried.items():
        print(f"{kind}: {caught[kind]} of {number} caught")


if __name__ == "__main__":
    main([Path(path).resolve() for path in sys.argv[1:]] or sorted((HERE.parent / "notebooks").glob("*.ipynb")))
