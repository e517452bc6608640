"""Print `.github/API.md`, the page of all public names, from their docstrings: ``python .github/api.py``."""

from __future__ import annotations

import inspect
import re
from importlib import import_module

from starlight.dictionary import DECLARED

INTRO = """\
# All functions

These are the names that Starlight promises to keep from 0.2 on, with what each takes and returns. In a notebook,
`st.load_reviews?` shows the same text.

```python
import starlight as st
```

Functions take tables (pandas DataFrames) and return new ones; they never change the table that you pass. Options stand
after the star and are passed by name. [data/README.md](../data/README.md#tables) describes every
table, column by column. `st.__version__` is the version.

`python .github/api.py` prints this page from the docstrings, and a test compares the two."""
GROUPS = {
    "Load": (
        "load_reviews",
        "load_report",
        "introduce",
        "split_sentences",
        "parse_score",
        "read_conventions",
        "annotate",
    ),
    "Code": (
        "read_themes",
        "codebook",
        "read_next",
        "learn",
        "read_codebook",
        "find_mentions",
        "find_motifs",
        "read_opinions",
        "find_opinions",
        "in_context",
        "save_codes",
        "read_codes",
        "coding.keywords.keyword_opinions",
    ),
    "Count": (
        "makeup",
        "score_distribution",
        "theme_frequency",
        "mention_positions",
        "talked_and_judged",
        "praise_and_criticism",
        "disagreement",
        "opinion_positions",
        "scores_and_praise",
        "themes_together",
        "quotes",
        "keyness",
        "differences",
        "findings",
        "sample_to_read",
        "corrected_shares",
        "corrected_differences",
        "agreement",
        "confusion",
        "reliability",
    ),
    "Draw": (
        "setup_notebook",
        "chart_makeup",
        "chart_scores",
        "chart_scores_and_praise",
        "chart_themes",
        "chart_themes_together",
        "chart_mention_positions",
        "chart_talked_and_judged",
        "chart_praise_and_criticism",
        "chart_two_codings",
        "chart_corrected_shares",
        "chart_disagreement",
        "chart_opinion_positions",
        "chart_quotes",
        "chart_keyness",
        "chart_differences",
        "chart_agreement",
        "chart_confusion",
        "chart_reliability",
    ),
    "Explore": ("explore", "close_reading", "settle", "try_a_review", "walk"),
    "Save": ("save_table",),
    "Errors": ("StarlightError", "errors.ReadError", "errors.TableError", "errors.ScoreError"),
}
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


def page() -> str:
    """Return the page as Markdown: a table of all names, then an entry for each."""
    parts = [INTRO]
    for group, names in GROUPS.items():
        rows = [f"| [{shown(name)}](#{anchor(name)}) | {summary(name)} |" for name in names]
        parts.append("\n".join([f"**{group}**", "", "| name | what it does |", "| --- | --- |", *rows]))
    for group, names in GROUPS.items():
        parts += [f"## {group}", *map(entry, names)]
    return "\n\n".join(parts) + "\n"


def public(name: str) -> object:
    """Return what a name stands for, where the name is written from `starlight` on."""
    module, _, last = f"starlight.{name}".rpartition(".")
    return getattr(import_module(module), last)


def shown(name: str) -> str:
    """Return a name as readers see it: with its module where that is not `starlight` itself."""
    return f"starlight.{name}" if "." in name else name


def anchor(name: str) -> str:
    """Return where the heading of a name is linked to: GitHub drops dots."""
    return shown(name).replace(".", "").lower()


def summary(name: str) -> str:
    """Return the first paragraph of a docstring, in one line."""
    first = inspect.getdoc(public(name)).partition("\n\n")[0]
    return as_markdown(" ".join(first.split()))


def entry(name: str) -> str:
    """Return the entry of a name: its heading, its signature, and its docstring section by section."""
    thing = public(name)
    text, *sections = SECTION.split(inspect.getdoc(thing) + "\n")
    parts = [f"### {shown(name)}"]
    if not isinstance(thing, type):
        parts.append(f"```python\n{signature(name, thing)}\n```")
    parts.append(as_markdown(text.strip()))
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        parts += [f"**{title}**", example(body) if title == "Examples" else fields(body, title)]
    return "\n\n".join(parts)


def signature(name: str, function: object) -> str:
    """Return how a function is called, without types: on one line, or one line for each argument."""
    arguments = [
        argument.replace(annotation=argument.empty) for argument in inspect.signature(function).parameters.values()
    ]
    words = [str(argument).replace("'", '"') for argument in arguments]
    options = [argument.kind is argument.KEYWORD_ONLY for argument in arguments]
    if any(options):
        words.insert(options.index(True), "*")
    called = name.rpartition(".")[2]
    if len(call := f"{called}({', '.join(words)})") <= 100:
        return call
    return "\n".join([f"{called}(", *(f"    {word}," for word in words), ")"])


def fields(body: str, title: str) -> str:
    """Return a section such as Parameters as a list: each name and type, with what is said of it."""
    lines = []
    for found in re.finditer(r"^(\S.*)\n((?:[ \n].*\n?|\n)*)", body.strip() + "\n", re.MULTILINE):
        head, _, kind = found[1].partition(" : ")
        said = as_markdown(" ".join(found[2].split()))
        marked = f"`{head}`" if title in ("Parameters", "Raises", "Warns") else head
        lines.append(f"- {marked}{f' ({as_markdown(kind)})' if kind else ''}{f': {said}' if said else ''}")
    return "\n".join(lines)


def example(body: str) -> str:
    """Return the examples as Python sessions, without doctest's own comments."""
    return f"```pycon\n{re.sub(r'  # doctest: .*', '', body.strip())}\n```"


def as_markdown(text: str) -> str:
    """Return a docstring's text as Markdown: two backticks are one, and a table's name leads to its columns."""
    names = "|".join(table.name for table in DECLARED)
    return re.sub(rf"\b([Tt]he) ({names}) table\b", r"\1 [\2 table](../data/README.md#\2)", text.replace("``", "`"))


if __name__ == "__main__":
    print(page(), end="")
