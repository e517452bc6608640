"""Inputs that random changes would not come upon: long ones, deep ones, links, and files that change while read."""

import gzip
import threading
import time
import zipfile

import pandas as pd
from fuzz_inputs import Input

import starlight as st

MEGA = 1_000_000
TEXTS = {  # each of ten megabytes in one review, most on one line
    "prose": "It glows, and the music soars. ",
    "no blank": "ItGlows.",
    "one letter": "a",
    "parens": "(",
    "newlines": "\n",
    "a.": "a.",
    "stars": "★",
    "ends": "!?",
    "names": "Lost In Starlight ",
    "labels": "Rating: ",
    "lines": "A\n",
    "headings": "A Gem\n\n",
    "marks": "\u0301\u0316",
}
DEEP = 100_000


def _text(unit):
    size = MEGA if unit in ("A\n", "A Gem\n\n") else 10 * MEGA

    def make(folder):
        return pd.DataFrame({"text": ["a" + unit * (size // len(unit))]})

    return make


def _file(name, make):
    def write(folder):
        path = folder / name
        raw = make()
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass"))
        return path

    return write


def _page(inside):
    return _file("r.html", lambda: f"<html><body><article><p>It glows.</p>{inside()}</article></body></html>")


def _link_out(folder):
    (folder / "in").mkdir()
    (folder / "secret.txt").write_text("Another's.")
    (folder / "in" / "a.txt").symlink_to(folder / "secret.txt")
    (folder / "in" / "b.txt").write_text("It glows.")
    assert len(st.load_reviews(folder / "in")) == 1


def _link_loop(folder):
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "c.txt").write_text("It glows.")
    assert len(st.load_reviews(folder)) == 1


def _loop(folder):
    (folder / "a.csv").symlink_to(folder / "a.csv")
    return folder / "a.csv"


def _directory(folder):
    (folder / "x.csv").mkdir()
    return folder / "x.csv"


def _grows(folder):
    """Load a file to which another thread appends all the while."""
    path = folder / "r.csv"
    path.write_text("text,critic\n" + "".join(f"It glows {n} times.,A\n" for n in range(20_000)))
    done = threading.Event()

    def append():
        with path.open("a") as file:
            while not done.is_set():
                file.write("It grows.,B\n")
                file.flush()
                time.sleep(0.001)

    writer = threading.Thread(target=append)
    writer.start()
    try:
        reviews = st.load_reviews(path)
    finally:
        done.set()
        writer.join()
    assert len(reviews) >= 20_000
    assert st.load_report(reviews)["reason"].str.contains("was changed while it was read").any()


def _bomb(folder):
    """Write a gigabyte of zeros, packed into one megabyte."""
    path = folder / "r.csv.gz"
    with gzip.open(path, "wb", 1) as file:
        for _ in range(1024):
            file.write(bytes(1 << 20))
    return path


def _bomb_of_text(folder):
    path = folder / "r.csv.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write(b"text\n")
        for _ in range(1024):
            file.write(b"a" * (1 << 20))
    return path


def _empty_rows(folder):
    """Write a workbook that has a format in every row to the last, as one has whose column was coloured."""
    path = folder / "r.xlsx"
    st.save_table(pd.DataFrame({"text": ["It glows."]}), folder / "small.xlsx")
    with zipfile.ZipFile(folder / "small.xlsx") as small, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name in small.namelist():
            raw = small.read(name)
            if name.endswith("sheet1.xml"):
                empty = "".join(
                    f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_048_577)
                )
                raw = raw.replace(b"</sheetData>", empty.encode() + b"</sheetData>").replace(b"A1:A2", b"A1:A1048576")
            book.writestr(name, raw)
    assert len(st.load_reviews(path)) == 1


def _names(*names):
    return lambda folder: pd.DataFrame([["It glows."] * len(names)], columns=pd.Index(names, dtype="object"))


def _cells(**columns):
    return lambda folder: pd.DataFrame(columns, dtype="object")


CASES = {
    **{f"text of {name}": _text(unit) for name, unit in TEXTS.items()},
    "csv of a long line": _file("r.csv", lambda: "text\n" + "It glows. " * MEGA),
    "a column": _file("r.csv", lambda: "text\n" + "It glows, and shines\n" * 10_000),
    "a million commas": _file("r.csv", lambda: "," * MEGA),
    "a million commas in a row": _file("r.csv", lambda: "text,a\nIt glows.," + "," * MEGA),
    "a million commas in a text": _file("r.csv", lambda: "text\n" + "," * MEGA),
    "a million quotes": _file("r.csv", lambda: "text,a\n" + '"' * MEGA),
    "a million lines of quotes": _file("r.csv", lambda: "text,a\n" + '"\n' * MEGA),
    "NULs": _file("r.csv", lambda: b"text\n" + bytes(MEGA)),
    "a lone surrogate": _file("r.csv", lambda: "text\nIt \ud800 glows.\n"),
    "a lone surrogate in JSON": _file("r.jsonl", lambda: '{"text": "It \\ud800 glows."}\n{"text": "It bores."}'),
    "a quote that is never closed": _file("r.csv", lambda: 'text,a\n"It glows.,b\n' + "It bores.,c\n" * 100_000),
    "a header without rows": _file("r.csv", lambda: "text,score\n"),
    "no bytes": _file("r.csv", lambda: b""),
    "5,000 columns": _file("r.csv", lambda: ",".join(["text", *map(str, range(4_999))]) + "\n" + "a," * 4_999 + "a"),
    "100,000 columns": lambda folder: pd.DataFrame([["a"] * 100_001], columns=["text", *map(str, range(100_000))]),
    "deep JSON": _file("r.json", lambda: "[" * DEEP + "]" * DEEP),
    "deep JSON in a line": _file("r.jsonl", lambda: '{"text": ' + "[" * DEEP + "]" * DEEP + "}"),
    "a long number in JSON": _file("r.jsonl", lambda: '{"text": "a", "score": ' + "9" * 100_000 + "}"),
    "a million names in JSON": _file("r.jsonl", lambda: "".join(f'{{"text": "a", "{n}": 1}}\n' for n in range(20_000))),
    "a page of <": _page(lambda: "<" * MEGA),
    "a page of <b": _page(lambda: "<b" * (MEGA // 2)),
    "a page of &": _page(lambda: "&" * MEGA),
    "a page of open tags": _page(lambda: "<div>" * DEEP),
    "a deep page": _page(lambda: "<div>" * DEEP + "It bores." + "</div>" * DEEP),
    "a deep page of marks": _page(lambda: "<b><i>" * 5_000 + "It bores." + "</i></b>" * 5_000),
    "a page of comments": _page(lambda: "<!--" * (MEGA // 4)),
    "a page of one attribute": _page(lambda: '<p a="' + "x" * MEGA),
    "a page of paragraphs": _page(lambda: "<p>It glows.</p>" * 20_000),
    "a page without words": _file("r.html", lambda: "<html></html>"),
    "a page of NULs": _file("r.html", lambda: bytes(1000)),
    "a page of a long head": _file("r.html", lambda: "<meta " + " " * MEGA + "\xe9"),
    "a link out of the folder": _link_out,
    "a loop of links": _link_loop,
    "a link to itself": _loop,
    "a folder named as a table": _directory,
    "a file that grows": _grows,
    "a bomb": _bomb,
    "a bomb of text": _bomb_of_text,
    "a million empty rows": _empty_rows,
    "names that are no text": _names("text", 1, None, 2.5, (1, 2), True),
    "a name that is missing": _names("text", float("nan"), pd.NaT),
    "names of Python's": _names("text", "__class__", "__dict__", "_repr_html_", "columns", "index", "loc", "shape"),
    "names of ours": _names("text", "words", "score_raw", "score_scale", "score_status"),
    "all names of ours": _names(*st.load_reviews().columns),
    "half a character in a name": _names("text", "\ud800"),
    "columns of two levels": lambda folder: pd.DataFrame(
        [["a", "b"]], columns=pd.MultiIndex.from_product([["text"], [1, 2]])
    ),
    "an index that repeats": lambda folder: pd.DataFrame({"text": ["a", "b"]}, index=[1, 1]),
    "categories": lambda folder: pd.DataFrame(
        {"text": ["a", "b"], "score": ["A", "B"], "film": ["x", None]}, dtype="category"
    ),
    "days": _cells(text=["a", "b"], date=[pd.Timestamp("2025-05-30", tz="UTC"), pd.NaT]),
    "nested": _cells(text=["a", "b"], note=[["x"], {"y": [1]}], score=[[8], {"a": 1}], critic=[("x",), {1}]),
    "nested ids": _cells(text=["a", "b"], id=[[1], [2]]),
    "NA": _cells(text=["a", pd.NA, None, float("nan")], score=[pd.NA, 1, 2, 3], date=[pd.NA] * 4),
    "bytes": _cells(text=[b"a", "b"], score=[b"8", "9"], critic=[b"\xff", "x"]),
    "a table in a cell": _cells(text=["a"], note=[pd.DataFrame({"a": [1]})]),
    "10,000 names and lines": lambda folder: pd.DataFrame({"text": ["By Ann Lee\n" * 10_000, "It is A B.\n" * 10_000]}),
}


def make(number):
    """Make a case from its number, the first of which is -1."""
    name = list(CASES)[-number - 1]
    return Input("by hand", CASES[name], {"name": name})
