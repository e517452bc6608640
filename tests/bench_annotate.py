"""Measure `annotate` beside VADER: python tests/bench_annotate.py rt_reviews.tsv.gz [reviews, 100000] [scratch folder].

The reviews are repeated to as many as asked for, with a column that tells the repetitions apart. Of both are printed
the wall time, reviews a second, the most memory of all processes together (the sum of what each holds, so what they
share is counted for each), and the cores' time, which other programs on the machine do not lengthen as much. VADER
alone rates each review at once, in as many processes; it finds no theme and no words.
"""

import csv
import gzip
import itertools
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

import starlight as st
from starlight.scale import processes, results

EVERY = 0.2  # seconds between two looks at the memory
ROWS = 2_000


def repeated(corpus, count, path):
    """Write the corpus, repeated to so many reviews, as a csv."""
    with gzip.open(corpus, "rt", encoding="utf-8", newline="") as file:
        header, *rows = [row for row in csv.reader(file, delimiter="\t") if any(row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*header, "copy"])
        writer.writerows([*rows[number % len(rows)], number // len(rows)] for number in range(count))


def rated(texts):
    """Rate texts by VADER."""
    global VADER
    if "VADER" not in globals():
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        VADER = SentimentIntensityAnalyzer()
    return [VADER.polarity_scores(text)["compound"] for text in texts]


def rate_all(path):
    """Rate every text of a csv by VADER, a chunk at a time on all cores."""
    with path.open(encoding="utf-8", newline="") as file:
        texts = (row["review"] for row in csv.DictReader(file))
        chunks = iter(lambda: list(itertools.islice(texts, ROWS)), [])
        return sum(len(ratings) for _, ratings in results(rated, chunks, processes()))


class Memory(threading.Thread):
    """Watch what this process and those that it started hold together."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.over = 0, threading.Event()

    def run(self):
        """Look until told to end."""
        this = psutil.Process()
        while not self.over.wait(EVERY):
            held = 0
            for process in [this, *this.children(recursive=True)]:
                try:
                    held += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.most = max(self.most, held)


def measured(name, count, work):
    """Print what some work takes."""
    memory = Memory()
    memory.start()
    start, worked = time.perf_counter(), sum(os.times()[:4])
    result = work()
    seconds, worked = time.perf_counter() - start, sum(os.times()[:4]) - worked
    memory.over.set()
    memory.join()
    print(
        f"{name}: {seconds:,.1f} s, {count / seconds:,.0f} reviews/s, at most {memory.most / 2**20:,.0f} MB; "
        f"{worked:,.0f} s of a core's time, {count / worked:,.0f} reviews for each",
        flush=True,
    )
    return result


def measure(corpus, count, folder):
    """Measure both on a corpus."""
    source, out = folder / f"reviews_{count}.csv", folder / f"annotated_{count}"
    repeated(corpus, count, source)
    print(f"{count:,} reviews, {source.stat().st_size / 1e6:,.0f} MB, {psutil.cpu_count()} cores", flush=True)
    measured("VADER", count, lambda: rate_all(source))
    measured("annotate", count, lambda: st.annotate(source, out, rows=ROWS))
    written = sum(path.stat().st_size for path in out.rglob("*.parquet"))
    print(f"tables: {written / 1e6:,.0f} MB")


if __name__ == "__main__":
    corpus, count, *folder = [*sys.argv[1:], "100000"][:2] + sys.argv[3:]
    if folder:
        measure(corpus, int(count), Path(folder[0]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            measure(corpus, int(count), Path(scratch))
