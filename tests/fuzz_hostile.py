"""Hostile inputs for `tests/fuzz.py`: characters that XML forbids, odd arguments, and spoilt files of Starlight's own.

Those files are corrections, themes, opinions, notebooks, and all that `annotate` writes.
"""

import contextlib
import inspect
import json
import random
import tempfile
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import nbformat.v4 as nb
import pandas as pd
import pytest
from annotated_by_hand import here
from fuzz_inputs import ODD, Input, spoilt
from fuzz_sheets import sheet, try_sheet

import starlight as st
from starlight.export import export_site
from starlight.tables import OPINIONS, build

# Characters


FORBIDDEN = [
    *map(chr, range(32)),
    *"\x7f\x85\ufffe\uffff\ufdd0\U0001ffff\ud800\u2028\u202e",
    "<",
    "&",
    "]]>",
    "\x1b[31m",
    "_x000B_",
    "=1+1",
    "'",
    '"',
    "\\",
    "$x$",
    "星",
]


def words(chance, most=3):
    """Return a few words with signs that a chart, a page or a sheet cannot hold."""
    return "".join(chance.choice(["a", " ", "B", *chance.sample(FORBIDDEN, 3)]) for _ in range(chance.randint(0, most)))


def cells(chance):
    """Return a table of reviews in which such signs stand wherever a person can put words."""
    count = chance.randint(1, 4)
    names = ["id", "film", "title", "outlet", "critic", f"x{words(chance)}", "score", "text"]
    columns = [[words(chance) for _ in range(count)] for _ in names[:-2]]
    columns.append([f"{chance.randint(0, 10)}/10{words(chance, 1)}" for _ in range(count)])
    columns.append([f"The music soars{words(chance)}. The plot is dull {row}." for row in range(count)])
    frame = pd.DataFrame([*zip(*columns, strict=True)], columns=pd.Index(names, dtype="object"), dtype="object")
    return frame, words(chance), words(chance)


def coded(reviews, coder):
    """Return the mentions in the reviews as opinions of a coder."""
    mentions = st.find_mentions(st.split_sentences(reviews))
    texts = reviews.set_index("review_id")["text"]
    rows = [
        {"review_id": one.review_id, "sentence": one.sentence, "start": one.start, "end": one.end, "theme": one.theme}
        | {"quote": texts[one.review_id][one.start : one.end], "polarity": "praise", "coder": coder}
        for one in mentions.itertuples()
    ]
    return mentions, build(OPINIONS, rows)


def drawn(reviews, mentions, opinions, themes):
    """Yield every chart of some tables."""
    yield st.chart_scores(st.score_distribution(reviews))
    yield st.chart_makeup(st.makeup(st.split_sentences(reviews), opinions, reviews))
    for by in (None, "review_id", "outlet"):
        yield st.chart_themes(st.theme_frequency(mentions, reviews, by=by, themes=themes))
        yield st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews, by=by, themes=themes))
    yield st.chart_mention_positions(st.mention_positions(mentions, reviews, themes=themes))
    yield st.chart_opinion_positions(st.opinion_positions(opinions, reviews, themes=themes))
    yield st.chart_disagreement(st.disagreement(opinions, reviews, themes=themes), show="all")
    counted = st.praise_and_criticism(opinions, reviews, themes=themes)
    yield st.chart_quotes(counted, st.quotes(opinions, reviews, themes=themes))


def try_cells(made, folder):
    """Load, draw, save and read what holds such signs: every picture is XML, and what was saved comes back."""
    frame, coder, label = made.value
    reviews = st.load_reviews(frame)
    themes = st.read_themes()
    themes["label"] = label.replace("\ud800", "") + themes["label"]  # which pandas cannot hold
    mentions, opinions = coded(reviews, coder or "me")
    st.setup_notebook()
    for chart in drawn(reviews, mentions, opinions, themes):
        bundle, _ = chart._repr_mimebundle_()
        ET.fromstring(bundle["image/svg+xml"])  # noqa: S314 - our own
        json.dumps(bundle, allow_nan=False).encode()
    json.dumps(st.explore(reviews, opinions, themes=themes).view, allow_nan=False).encode()
    reader = st.close_reading(reviews, opinions, path=folder / "corrections.csv", who=coder or "me")
    reader.remove(0)
    again = st.close_reading(reviews, opinions, path=folder / "corrections.csv", who=coder or "me")
    assert len(again.opinions) == len(opinions) - 1, "corrections come back"
    for kind in ("csv", "jsonl", "parquet", "xlsx"):
        st.save_table(reviews, folder / f"r.{kind}")
        assert st.load_reviews(folder / f"r.{kind}")["text"].tolist() == reviews["text"].tolist(), "texts come back"
    return "drawn"


# Arguments


NEVER = ["themes", None, "\0", "a\0b", b"x", b"\xff", "\udcff", "no such", "", ".", "/", 10**5000, -1, 2.5, 2**70, True]
NEVER += [[], {}, {"text": 5}, {5: "text"}, (1,), {1}, object(), Path("no\0pe"), Path("\udcff.csv"), range(3)]
NEVER += [
    float("nan"),
    ["\ud800"],
    [None],
    pd.Series([1]),
    pd.DataFrame(),
    pd.DataFrame({"text": [1]}),
    lambda: 1,
    *ODD,
]
LEFT = {"setup_notebook", "StarlightError", "__version__", "annotate", "read_conventions", "try_a_review"}


@cache
def tables():
    """Return an argument that is right for each name that a public function has."""
    reviews = st.load_reviews()
    sentences, opinions = st.split_sentences(reviews), st.read_opinions()
    mentions, other = st.find_mentions(sentences), opinions.assign(coder="other")
    opinions["confidence"] = 0.5
    right = {"reviews": reviews, "sentences": sentences, "mentions": mentions, "opinions": opinions, "other": other}
    right |= {"makeup": st.makeup(sentences, opinions, reviews), "spans": mentions, "raw": "8/10", "table": mentions}
    right |= {"quotes": st.quotes(opinions, reviews), "words": st.keyness(opinions, reviews), "path": None}
    return right | {"scores": st.score_distribution(reviews), "positions": st.mention_positions(mentions, reviews)}


def call(chance):
    """Return the name of a public function and its arguments, of which one is odd."""
    name = chance.choice(sorted(set(st.__all__) - LEFT))
    odd = chance.choice(list(inspect.signature(getattr(st, name)).parameters))
    given = arguments(name)
    if isinstance(given.get(odd), pd.DataFrame) and chance.random() < 0.6:
        return name, given | {odd: bent(chance, given[odd])}
    return name, given | {odd: chance.choice(NEVER)}


def bent(chance, table):
    """Return a table of which something is not as it should be: a cell, a column, its type, the order, the index."""
    names = list(table.columns)
    name, others = chance.choice(names), names[::-1]
    match chance.randrange(7):
        case 0:
            return table.drop(columns=name)
        case 1:
            values = table[name].astype("object").tolist()
            values[chance.randrange(len(values))] = chance.choice(NEVER)
            return table.assign(**{name: pd.Series(values, index=table.index, dtype="object")})
        case 2:
            return table.head(chance.randint(0, 2))
        case 3:
            return pd.concat([table, table.head(3)])
        case 4:
            return table[others].set_index(name)
        case 5:
            return table.assign(**{name: table[name].sample(frac=1, random_state=1).to_numpy()})
    return table.rename(columns={name: chance.choice(["", name.upper(), others[0]])})


def arguments(name):
    """Return what a public function has to be given."""
    right, needed = tables(), {}
    for parameter in inspect.signature(getattr(st, name)).parameters.values():
        if parameter.default is inspect.Parameter.empty:
            needed[parameter.name] = right[parameter.name] if parameter.name in right else counted(name)
    return needed


def try_call(made, folder):
    """Call a public function with one odd argument, all others being right."""
    name, given = made.value
    if name in ("save_table", "close_reading") and given.get("path") is None:
        given = given | {"path": folder / "t.csv"}
    with contextlib.chdir(folder):
        getattr(st, name)(**given)
    return "called"


def counted(name):
    """Return the table that a chart draws."""
    right = tables()
    made = {
        "chart_agreement": lambda: st.agreement(right["opinions"], right["other"], right["sentences"]),
        "chart_confusion": lambda: st.confusion(right["opinions"], right["other"], right["sentences"]),
        "chart_reliability": lambda: st.reliability(right["opinions"], right["other"]),
        "chart_disagreement": lambda: st.disagreement(right["opinions"], right["reviews"]),
        "chart_talked_and_judged": lambda: st.talked_and_judged(right["mentions"], right["opinions"], right["reviews"]),
        "chart_themes": lambda: st.theme_frequency(right["mentions"], right["reviews"]),
    }
    return made.get(name, lambda: st.praise_and_criticism(right["opinions"], right["reviews"]))()


# Files of Starlight's own


def annotated(path):
    """Go on with the tables that `annotate` wrote."""
    home = next(one for one in path.parents if (one / "r.csv").exists())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("starlight.scale.annotation.processes", here)
        st.annotate(home / "r.csv", home / "out")
    reviews = pd.read_parquet(home / "out" / "reviews")
    assert reviews["text"].tolist() == ["The music glows.", "It bores."], "no review is lost"


def settling(path):
    """Open the file of settled differences, or begin one."""
    return st.settle(st.load_reviews(), st.read_opinions(coder=None), path=path, coder="third")


READERS = {
    "corrections.csv": lambda path: st.read_opinions(corrections=path),
    "opinions.csv": st.read_opinions,
    "settled.csv": settling,
    "themes.csv": st.read_themes,
    "a.ipynb": lambda path: export_site(path.with_name("site"), notebooks=path.parent),
}


@cache
def own():
    """Return the bytes of each file that Starlight writes or reads again, whole, by its path."""
    output = nb.new_output("execute_result", {"text/plain": "1", "text/html": "<b>1</b>"}, execution_count=1)
    cells = [nb.new_markdown_cell("# Is it?"), nb.new_code_cell("1", execution_count=1, outputs=[output])]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        home = Path(folder)
        reader = st.close_reading(st.load_reviews(), st.read_opinions(), path=home / "corrections.csv", who="me")
        reader.remove(0)
        reader.remove(1)
        settling(home / "settled.csv").take(1)
        st.save_table(st.read_opinions(), home / "opinions.csv")
        st.save_table(st.read_themes(), home / "themes.csv")
        (home / "a.ipynb").write_text(nb.writes(nb.new_notebook(cells=cells)), "utf-8")
        (home / "r.csv").write_text("text,a\nThe music glows.,1\nIt bores.,2\n")
        patch.setattr("starlight.scale.annotation.processes", here)
        st.annotate(home / "r.csv", home / "out")
        files = [path for path in home.rglob("*") if path.is_file() and path.suffix not in (".lock", "")]
        return {path.relative_to(home).as_posix(): path.read_bytes() for path in files}


def stored(chance):
    """Return which of those files is spoilt, or gone, and what is left of it."""
    name = chance.choice([name for name in sorted(own()) if name != "r.csv"])
    whole = own()[name]
    left = spoilt(chance, whole)
    if name.endswith((".json", ".ipynb")) and chance.random() < 0.7:
        left = json.dumps(_with_another(chance, json.loads(whole))).encode()
    return name, None if chance.random() < 0.1 else left


def _with_another(chance, thing):
    """Put something of another kind somewhere into what JSON holds, or take something out."""
    if not isinstance(thing, dict | list) or not thing or chance.random() < 0.2:
        return chance.choice([None, [], {}, "", "x", -1, 2**70, 0.5, True, [None], {"a": 1}])
    at = chance.choice(list(thing) if isinstance(thing, dict) else range(len(thing)))
    left = thing.copy()
    left[at] = _with_another(chance, thing[at])
    if chance.random() < 0.2:
        del left[at]
    return left


def try_stored(made, folder):
    """Read a spoilt file of Starlight's own."""
    name, left = made.value
    for one, raw in own().items():
        (folder / one).parent.mkdir(parents=True, exist_ok=True)
        if one != name or left is not None:
            (folder / one).write_bytes(raw if one != name else left)
    READERS.get(name, annotated)(folder / name)
    return "read"


KINDS = {"call": 9, "sheet": 5, "stored": 5, "cells": 1}  # how many of twenty are of each
MAKE = {"sheet": sheet, "cells": cells, "call": call, "stored": stored}
TRIES = {"sheet": try_sheet, "cells": try_cells, "call": try_call, "stored": try_stored}


def make(seed, number, kind=None):
    """Make a hostile input from its number, of any kind or of this one."""
    chance = random.Random(f"hostile {seed}/{number}")  # noqa: S311 - not for secrets
    kind = kind or chance.choices(list(KINDS), KINDS.values())[0]
    return Input(kind, MAKE[kind](chance), {"score_scale": chance.choice([10, 100, None])})
