"""What the notebooks say in words: the sentences that tell a result, and what makes each of them true.

The metadata of a Markdown cell can hold `{"starlight": {"facts": [...]}}`. A fact is one of two things:

- `{"says": "The {worst.theme} is {done(worst.polarity)}.", "given": ["worst = row(...)"]}`: `says` is the inside of an
  f-string that makes the sentence, and `given` are lines of Python that run before it. Both use the notebook's
  variables, as they are after its last cell, and the helpers below. A fact sees what the earlier ones of its cell set.
- `{"says": "Look for bars on a single side.", "why": "what to look for"}` for what no variable can tell.

A sentence with a word that `checked` finds must be what a fact of its cell says, and outside braces a fact has no such
word: each number, name, theme and judgement comes from the notebook's own tables.
"""

import ast
import builtins
import json
import re
from functools import cache
from pathlib import Path

from starlight import load_reviews, read_themes

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million"]
PARTS = ["half", "once", "twice", "single", "both", "(?<!at )all", "none", "nobody"]
MOST = ["most", "mostly", "(?<!at )least", "fewest", "best", "worst"]
NUMBER = r"(?<!\w)\d+(?:\.\d+)?"
VERBS = {"praise": ("praise", "praises", "praised"), "criticism": ("criticise", "criticises", "criticised")}


def word(number):
    """Return a whole number from 0 to 12 as a word."""
    return NUMBERS[int(so(number, 0 <= number == int(number)))]


def times(number):
    """Return once, twice, or how many times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def so(words, holds):
    """Return these words if something holds."""
    if not holds:
        raise ValueError(f"not so: {words}")
    return words


def only(values):
    """Return the one value that these all are."""
    (value,) = set(values)
    return value


def row(table, **values):
    """Return the one row of a table that has these values, by column."""
    for name, value in values.items():
        table = table[table[name] == value]
    (found,) = table.itertuples(index=False)
    return found


def per(table, *keys):
    """Return how many rows a table has for each value of these columns: for all the same number."""
    return only(table.reset_index().groupby(list(keys), dropna=False).size())


def to(polarity):
    """Return `praise` or `criticise`."""
    return VERBS[polarity][0]


def does(polarity):
    """Return `praises` or `criticises`."""
    return VERBS[polarity][1]


def done(polarity):
    """Return `praised` or `criticised`."""
    return VERBS[polarity][2]


def quoted(words, texts):
    """Return words that stand in at least one of these texts."""
    return so(words, any(words in text for text in texts))


HELPERS = {function.__name__: function for function in (word, times, so, only, row, per, to, does, done, quoted)}


@cache
def _checked_words():
    labels = read_themes()["label"].str.lower().str.split(" and ").explode()
    themes = [label.removesuffix("s") + "s?" for label in labels]
    words = "|".join([*NUMBERS, *TENS, *PARTS, *MOST, *themes, r"prais\w*", r"critici\w*"])
    names = "|".join(map(re.escape, load_reviews()["name"]))
    return re.compile(rf'{names}|{NUMBER}|\b(?:{words})\b|"[^"]*"', re.IGNORECASE)


def checked(sentence):
    """Return a sentence's numbers, names, themes, judgements and quotations; in code numbers only, in links none."""
    bare = re.sub(r"\[[^]]*\]\(\w+\.ipynb\)|\]\([^)]*\)", "", sentence)
    bare = re.sub(r"`[^`]*`", lambda code: " ".join(re.findall(NUMBER, code[0])), bare)
    return [found[0] for found in _checked_words().finditer(bare)]


def sentences(source):
    """Return the sentences of a Markdown text; a heading and a point of a list end one too."""
    blocks = re.split(r"\n\s*\n|\n(?=- )", source)
    lines = [" ".join(re.sub(r"^(?:#+|-) ", "", block.strip()).split()) for block in blocks]
    end = re.compile(r"(?<=[.!?])([\"*`)]*) (?=[*(\"]*[A-Z`\[])")
    return [sentence for line in lines for sentence in end.sub(r"\1\n", line).split("\n")]


def wrong_links(sentence):
    """Return the links to notebooks that are called by another notebook's number."""
    links = re.findall(r"\[([^]]*)\]\((\w+\.ipynb)\)", sentence)
    return [f"{text} to {name}" for text, name in links if re.findall(r"\d+", text) != re.findall(r"\d+", name)]


def facts(cell):
    """Return the facts in a cell's metadata."""
    return cell["metadata"].get("starlight", {}).get("facts", [])


def not_computed(fact):
    """Return what a fact asserts by itself: checked words outside braces, and expressions that use no variable."""
    if "why" in fact:
        return [] if fact["why"] else ["no reason why"]
    parts = ast.parse(f'f"""{fact["says"]} """', mode="eval").body.values
    plain = "_".join(part.value for part in parts if isinstance(part, ast.Constant))
    code = [part.value for part in parts if isinstance(part, ast.FormattedValue)]
    code += ast.parse("\n".join(fact.get("given", []))).body
    return [found for found in checked(plain) if found != '"_"'] + [
        ast.unparse(each) for each in code if not uses(each)
    ]


def uses(code):
    """Return the variables that code uses, without helpers and Python's own names."""
    names = {node.id for node in ast.walk(code) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return names - {*HELPERS, *dir(builtins)}


def tell(fact, scope):
    """Return the sentence that a fact makes of these variables, or what went wrong; `given` adds to them."""
    if "why" in fact:
        return fact["says"]
    try:
        exec("\n".join(fact.get("given", [])), scope)  # noqa: S102 - the project's own notebooks
        return eval(f'f"""{fact["says"]} """', scope)[:-1]  # noqa: S307 - the same
    except Exception as error:
        return f"{fact['says']} ({error!r})"


def told(cells, variables):
    """Return for each cell what its facts say of these variables."""
    scopes = [{**variables, **HELPERS} for _ in cells]
    return [[tell(fact, scope) for fact in facts(cell)] for cell, scope in zip(cells, scopes, strict=True)]


def faults(cells, told):
    """Return all that is wrong with the prose of these cells, given what their facts say."""
    found = []
    for cell, made in zip(cells, told, strict=True):
        written = sentences("".join(cell["source"])) if cell["cell_type"] == "markdown" else []
        found += [f"No fact says: {sentence}" for sentence in written if checked(sentence) and sentence not in made]
        found += [f"The prose does not say: {sentence}" for sentence in made if sentence not in written]
        found += [f"Not computed: {what!r} in {fact['says']}" for fact in facts(cell) for what in not_computed(fact)]
        found += [f"A wrong link: {link}" for sentence in written for link in wrong_links(sentence)]
    return found


def read(path):
    """Return the cells of a stored notebook."""
    return json.loads(Path(path).read_text("utf-8"))["cells"]


def check(path, variables):
    """Refuse a notebook whose prose these variables do not bear out."""
    cells = read(path)
    if found := faults(cells, told(cells, variables)):
        raise AssertionError("\n".join(["The prose is not what the tables say.", *found]))
