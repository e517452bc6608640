"""Invented reviews for the tests of `annotate`, its tables read back, and workers that need no process of their own."""

import csv
import random
from concurrent.futures import ThreadPoolExecutor

import pandas as pd

import starlight as st
from starlight.scale.folder import TABLES
from starlight.scale.workers import Workers

SENTENCES = (
    "The music is wonderful.",
    "I found the plot dull and the ending worse.",
    "Nobody explains the spaceship.",
    "It was filmed in Seoul.",
    "The acting saves what the script drops.",
    "My neighbour laughed twice.",
    "A feast for the eyes!",
)
OTHERS = ("Ein wunderschöner, aber leider vorhersehbarer Film.", "A Small Gem\n\nBy Ann Lee\n\nIt glows.\n\nGrade: B+")


def write_reviews(path, count, seed=0):
    """Write a csv of invented reviews of one to four sentences, some with a score and a date, a few of them odd."""
    chance = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "score", "published", "shop"])
        for number in range(count):
            text = " ".join(chance.choices(SENTENCES, k=chance.randint(1, 4)))
            text = OTHERS[number % 2] if number % 40 == 3 else f"{text} No. {number}."
            score = chance.choice(["", "B+", "7/10", "3 out of 4 stars"])
            rows.writerow([text, score, chance.choice(["", "2025-05-30"]), f"shop {number % 3}"])
    return path


def read_tables(out):
    """Read every table that `annotate` wrote."""
    return {table: pd.read_parquet(out / table) for table in TABLES}


def in_memory(path):
    """Give the tables that the calls on a whole source give."""
    reviews = st.load_reviews(path)
    sentences = st.split_sentences(reviews)
    return {"reviews": reviews, "mentions": st.find_mentions(sentences), "opinions": st.find_opinions(reviews)}


def here(count=None):
    """Give workers that are threads of this process: quick to start."""
    count = count or 1
    return Workers(
        lambda: ThreadPoolExecutor(count), lambda pool: pool.shutdown(cancel_futures=True), lambda: 2 * count
    )
