"""The inputs of `tests/fuzz.py`: files of odd rows, then damaged; tables of odd objects; odd scores and odd texts.

An input is made from its number alone, so that one that broke something can be made again.
"""

import csv
import datetime
import decimal
import functools
import gzip
import io
import json
import random
from typing import NamedTuple

import numpy as np
import pandas as pd

from starlight.tables import REVIEWS

ENDINGS = [".csv", ".tsv", ".jsonl", ".json", ".html", ".txt", ".md", ".xlsx", ".parquet", ".csv.gz", ".jsonl.gz"]
CODECS = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-7"]
WORDS = r"""
It The film movie music score story plot glows bores not very Lost in Starlight Nan-young Blue of and Mr. U.S. e.g.
Review review: Rating: Grade: Score: B+ A C- F 8/10 7.5 on 10 3½/5 ★★★½ ★★☆☆☆ ⭐⭐ 85% 👍 👎🏽 thumbs up I give it rate
By Ann Lee reviewed by (Twitter) May 30, 2025 30th May 2025 2025-05-30 Published Updated Photo: Image of Cast:
Read Next: Share 3 comments © 2025 "quoted" “curly” ‘single’ (aside) — … ... ! ? !? . , ; : - * ** _ # > • | / \ = + @
=1+1 '=1 https://a.example <b> </b> <p> &amp; &#0; 星空 아름다운 é 😀 👩‍🚀 ½ ² ﬁ İ ß
nan NaN None null NA inf -0 1e999 00 007 9999999999 0.1 -5 1,5 "" ' '' ''
""".split()  # noqa: SIM905 - as words stand in a review
WORDS += ["e\u0301", "\u0301\u0316", "\u00a0", "\u2028", "\u200b", "\ufeff", "\u202e", "\x01", "\x1a", "\x85"]
WORDS += ["\t", "\r", "\r\n", "\n", "\n\n", "", " "]
NAMES = [
    "text",
    "Review",
    "body",
    "id",
    "review_id",
    "score",
    "Rating",
    "stars",
    "date",
    "published",
    "critic",
    "author",
]
NAMES += [
    "film",
    "title",
    "outlet",
    "likes",
    "",
    " ",
    "=a",
    "words",
    "score_raw",
    "score_status",
    "__class__",
    "index",
    "0",
]
USUAL = ["id", "Rating", "date", "author", "film", "title", "outlet", "likes", "=a", "note"]  # of which none is another
DATES = [
    "5/6/2025",
    "25/6/2025",
    "6/25/2025",
    "May 2025",
    "yesterday",
    "2025-13-45",
    "1748563200",
    "0001-01-01",
    "99999",
]
ODD = [
    None,
    np.nan,
    pd.NaT,
    pd.NA,
    0,
    -1,
    7,
    7.0,
    1e308,
    float("inf"),
    True,
    10**30,
    "",
    " ",
    "x",
    "\ud800",
    "\0",
    b"x",
]
ODD += [[], ["a"], {}, {"a": 1}, (1,), {1}, object, len, 1j, decimal.Decimal("1.5"), datetime.date(2025, 5, 30)]
ODD += [
    datetime.datetime(1, 1, 1),
    datetime.time(1),
    pd.Timestamp("2025-05-30", tz="UTC"),
    pd.Timedelta(1),
    pd.Period("2025"),
]
ODD += [
    np.array([1, 2]),
    np.datetime64("NaT", "ns"),
    np.str_("x"),
    pd.Series([1]),
    pd.DataFrame({"a": [1]}),
    range(3),
    ...,
]
HTML = """<html><head><title>{0}</title><meta charset="{1}"><meta name="author" content="{2}"></head>
<body><article><h1>{0}</h1><p>{3}</p><p>{4}</p></article></body></html>"""


class Input(NamedTuple):
    """What to try, on what, with which options; a file is its name and its bytes."""

    kind: str
    value: object
    options: dict


def text(chance, most=30):
    """Return words, some of them run together."""
    words = chance.choices(WORDS, k=chance.randint(0, most))
    return "".join(word + chance.choice(["", " ", " ", " ", " ", "\n", "\n\n"]) for word in words)


def cell(chance):
    """Return a cell of text."""
    made = chance.random()
    if made < 0.2:
        return chance.choice(["", "", " ", "a"])
    if made < 0.4:
        return chance.choice([*WORDS, *DATES])
    return text(chance, 8)


def rows(chance):
    """Return a header and rows below it, nearly as many cells in each."""
    names = ["text"] * (chance.random() < 0.9) + chance.sample(
        NAMES if chance.random() < 0.2 else USUAL, chance.randint(0, 5)
    )
    if chance.random() < 0.1:
        names = [*REVIEWS.names, "note"]
    chance.shuffle(names)
    made = [[cell(chance) for _ in names] for _ in range(chance.randint(0, 6))]
    for row in made:
        if "text" in names and chance.random() < 0.7:
            row[names.index("text")] = text(chance)
        if chance.random() < 0.05:
            row.append("more") if chance.random() < 0.5 else row[:-1]
    if made and chance.random() < 0.2:
        made.append(list(chance.choice(made)))
    return names, made


def _text_file(chance, ending):
    names, made = rows(chance)
    records = [dict(zip(names, row, strict=False)) for row in made]
    if ending in (".csv", ".tsv"):
        written = io.StringIO()
        separator = "\t" if ending == ".tsv" else chance.choice(",,,;|")
        csv.writer(written, delimiter=separator, quoting=chance.choice([0, 1])).writerows([names, *made])
        return written.getvalue()
    if ending == ".jsonl":
        return "\n".join(json.dumps(record, ensure_ascii=chance.random() < 0.5) for record in records)
    if ending == ".json":
        return json.dumps(records)
    if ending == ".html":
        return HTML.format(*(text(chance) for _ in range(5)))
    return text(chance, 60)


@functools.cache
def _binary(ending, number):
    """Return one of forty workbooks or Parquet files, which take long to make."""
    chance = random.Random(number)  # noqa: S311 - not for secrets
    names, made = rows(chance)
    clean = [[value.replace("\0", "") for value in row[: len(names)]] for row in made if len(row) >= len(names)]
    frame = pd.DataFrame(clean, columns=pd.Index(names, dtype="object"), dtype="object")
    frame = frame.loc[:, ~frame.columns.duplicated()]
    file = io.BytesIO()
    if ending == ".parquet":
        frame.to_parquet(file)
    else:
        frame.to_excel(file, index=False, engine="xlsxwriter")
    return file.getvalue()


def spoilt(chance, raw):
    """Return the bytes damaged: some cut, doubled, swapped or set, or others put between them."""
    raw = bytearray(raw)
    bits = [
        b"\0",
        b'"',
        b"\n",
        b",",
        b"\r",
        b"\xff",
        b"\xed\xa0\x80",
        b"<",
        b"[",
        b"{",
        b"\\",
        b"\xef\xbb\xbf",
        b"'",
        b"&#",
    ]
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3, 8, 30])):
        at, end = sorted(chance.choices(range(len(raw) + 1), k=2))
        match chance.randrange(6):
            case 0:
                del raw[at : min(end, at + 20)]
            case 1:
                raw[at:at] = raw[at : min(end, at + 200)]
            case 2:
                raw[at:at] = chance.choice(bits) * chance.choice([1, 1, 2, 50])
            case 3 if raw:
                raw[at % len(raw)] = chance.randrange(256)
            case 4:
                del raw[max(at, len(raw) // 2) :]
            case 5:
                raw[at:end] = raw[at:end][::-1] if end - at < 20 else raw[at:end]
    return bytes(raw)


def file(chance):
    """Return the name of a file and its bytes."""
    ending = chance.choice(ENDINGS)
    plain = ending.removesuffix(".gz")
    if plain in (".xlsx", ".parquet"):
        raw = _binary(plain, chance.randrange(40))
    else:
        written = _text_file(chance, plain)
        codec = chance.choice(CODECS)
        raw = written.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")
    raw = spoilt(chance, raw)
    if ending.endswith(".gz"):
        raw = gzip.compress(raw, 1)
        raw = spoilt(chance, raw) if chance.random() < 0.3 else raw
    return f"r{ending}", raw


def _odd(chance):
    return chance.choice(ODD) if chance.random() < 0.5 else cell(chance)


def frame(chance):
    """Return a table of odd objects, under odd names, with an odd index."""
    names = [chance.choice(NAMES) if chance.random() < 0.8 else _hashable(chance) for _ in range(chance.randint(0, 5))]
    names += ["text"] * (chance.random() < 0.8)
    count = chance.randint(0, 5)
    columns = []
    for name in names:
        texts = isinstance(name, str) and name == "text" and chance.random() < 0.8
        values = pd.Series([text(chance) if texts else _odd(chance) for _ in range(count)], dtype="object")
        columns.append(_cast(chance, values))
    made = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=range(count))
    made.columns = pd.Index(names, dtype="object")
    if chance.random() < 0.1:
        made.index = pd.Index([chance.choice([0, 1, "a"]) for _ in range(count)], dtype="object")
    if chance.random() < 0.05 and names:
        made.columns = pd.MultiIndex.from_tuples(
            [(name, number) for number, name in enumerate(map(str, range(len(names))))]
        )
    if chance.random() < 0.1:
        made.attrs = {"load_report": chance.choice(["[]", "x", 7, object()])}
    return made


def _hashable(chance):
    made = chance.choice(ODD)
    try:
        hash(made)
    except TypeError:
        return 7
    return made


def _cast(chance, values):
    kind = chance.choice(["object"] * 6 + ["category", "string", "str", "float64", "Int64", "bool", "datetime64[ns]"])
    try:
        return values.astype(kind)
    except Exception:  # whatever pandas says to it
        return values


def score(chance):
    """Return a printed score, an object, or words."""
    made = chance.random()
    if made < 0.1:
        return chance.choice(ODD)
    signs = "0123456789.,/%½¼⅔★☆⭐ABCDF+-–−abf 👍👎🏽()*'\u00a0\u0660\u0301\ufe0f²⁄∕"
    number = chance.choice(
        ["7", "7.5", "3½", "3 1/2", "3-1/2", ".5", "½", "10", "0", "7,5", "100", "★★★", "★★½☆", "B", "C"]
    )
    unit = chance.choice(
        ["", "", "/10", " on 10", " out of 5 stars", "%", " per cent", "+", " minus", "stars", " (out of 4)"]
    )
    printed = list(number + unit)
    for _ in range(chance.choice([0, 0, 0, 0, 1, 1, 2, 6])):
        at = chance.randint(0, len(printed))
        printed[at : at + chance.randint(0, 1)] = (
            chance.choice(signs) if chance.random() < 0.8 else chance.choice(["thumbs ", "up"])
        )
    return "".join(printed)


KINDS = {"file": 9, "frame": 3, "save": 2, "score": 3, "text": 3}  # how many of twenty are of each


def make(seed, number, kind=None):
    """Make an input from its number, of any kind or of this one."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - not for secrets
    scales = [None] * 10 + [5, 10, 100] * 3 + ["5", 0, -1, float("nan")]
    options = {"score_scale": chance.choice(scales)}
    options["strict"] = chance.random() < 0.05
    if chance.random() < 0.05:
        options["columns"] = {chance.choice([*REVIEWS.names, "x"]): chance.choice(NAMES)}
    match kind or chance.choices(list(KINDS), KINDS.values())[0]:
        case "file":
            return Input("file", file(chance), options)
        case "frame":
            return Input("frame", frame(chance), options)
        case "save":
            return Input("save", frame(chance), {"kind": chance.choice(["csv", "tsv", "jsonl", "parquet", "xlsx"])})
        case "score":
            convention = chance.choice(["even steps", "school", "one member"] * 8 + ["x", None])
            return Input("score", score(chance), {"scale": options["score_scale"], "convention": convention})
    return Input("text", text(chance, 200), {})
