"""Invented reviews for the tests of `annotate`, its tables read back, and workers that need no process of their own."""

import csv
import random
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pandas as pd
from pandas.testing import assert_frame_equal

import starlight as st
from starlight.scale import TABLES, Workers, claimed, mark_whole, write_parts

MADE_OF = {"source": "mine.csv", "rows": 2}  # of a folder that no `annotate` wrote
NUMBERS = range(3)  # of its parts
SENTENCES = (
    "The music is wonderful.",
    "I found the plot dull and the ending worse.",
    "Nobody explains the spaceship.",
    "It was filmed in Seoul.",
    "The acting saves what the script drops.",
    "My neighbour laughed twice.",
    "A feast for the eyes!",
)
ODD = (
    "Ein wonderful Soundtrack, aber leider völlig vorhersehbar erzählt.",  # not English, and yet praise for the tagger
    "A Small Gem\n\nBy Ann Lee\n\nIt glows.\n\nGrade: B+",
    "",  # no text
    "Lost in Starlight (2025)\n\nLost in Starlight glows.",
    SENTENCES[0],  # the same text again and again
)


def write_reviews(path, count, seed=0):
    """Write a csv of invented reviews: of one to four sentences, one in seven of them odd, every thirtieth twice."""
    chance = random.Random(seed)  # noqa: S311 - words, not secrets
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "score", "published", "shop"])
        for number in range(count):
            text = " ".join(chance.choices(SENTENCES, k=chance.randint(1, 4)))
            text = ODD[number % len(ODD)] if number % 7 == 3 else f"{text} No. {number}."
            score, day = chance.choice(["", "B+", "7/10", "8"]), chance.choice(["", "2025-05-30", "5/6/2025"])
            day = "25/6/2025" if number == count - 1 else day  # the last row alone tells that days come first
            for _ in range(2 if number % 30 == 29 else 1):
                rows.writerow([text, score, day, f"shop {number % 3}"])
    return path


def read_tables(out):
    """Read every table that `annotate` wrote."""
    return {table: pd.read_parquet(out / table) for table in TABLES}


def assert_same(tables, others):
    """Hold two sets of tables to be the same, confidence to three decimals."""
    for name in TABLES:
        assert_frame_equal(tables[name], others[name], atol=0.0011, rtol=0, obj=name)


def in_memory(source, **options):
    """Return the tables that the calls on a whole source give; no film is lent, and the report is ordered by row."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        reviews = st.load_reviews(source, **options)
        sentences = st.split_sentences(reviews)
        tables = {"mentions": st.find_mentions(sentences), "opinions": st.find_opinions(reviews)}
    return tables | {"reviews": reviews, "report": st.load_report(reviews)}


def here(count=None):
    """Return workers that are threads of this process: quick to start."""
    count = count or 1
    return Workers(
        lambda: ThreadPoolExecutor(count), lambda pool: pool.shutdown(cancel_futures=True), lambda: 2 * count
    )


@cache
def parts(number):
    """Return parts that tell their table and number, of as many rows as the number says."""
    return {table: pd.DataFrame({table: [number] * number}).to_parquet() for table in TABLES}


def name_of(number):
    """Return the name of a part."""
    return f"part-{number:06d}.parquet"


def write_all(out):
    """Write what is not done yet, as `annotate` does, and return what was done."""
    with claimed(out, MADE_OF) as done:
        for number in NUMBERS:
            if number not in done:
                write_parts(out, number, parts(number))
        mark_whole(out)
    return done


def held(out):
    """Return what each table's folder shows a reader, by file."""
    return {table: {path.name: path.read_bytes() for path in visible(out / table)} for table in TABLES}


def visible(place):
    """Return the files that readers see."""
    return sorted(path for path in place.iterdir() if not path.name.startswith("."))
