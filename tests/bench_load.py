"""Measure, each as a ratio or a rate: python tests/bench_load.py [reviews.csv or .tsv].

`import starlight` against `import pandas, altair`; loading, splitting and finding on the five reviews, and on a file of
reviews if one is given (its column `review` or `text`).
"""

import subprocess
import sys
import time

import pandas as pd

import starlight as st

ROUNDS = 7


def seconds_to_import(modules):
    """Return the seconds that a fresh process takes to import modules, by its own clock."""
    code = f"import time; start = time.perf_counter(); import {modules}; print(time.perf_counter() - start)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def timed(name, function, *arguments, reviews):
    """Print what a call takes, and give its result."""
    start = time.perf_counter()
    result = function(*arguments)
    seconds = time.perf_counter() - start
    print(f"{name}: {seconds:.3f} s, {reviews / seconds:,.0f} reviews/s, {len(result):,} rows")
    return result


def load_split_find(source):
    """Time the three steps on a source of reviews."""
    count = 5 if source is None else len(source)
    columns = None if source is None else {"text": "review" if "review" in source else "text"}
    reviews = timed("load_reviews", lambda: st.load_reviews(source, columns=columns), reviews=count)
    sentences = timed("split_sentences", st.split_sentences, reviews, reviews=count)
    timed("find_mentions", st.find_mentions, sentences, reviews=count)


if __name__ == "__main__":
    pairs = [(seconds_to_import("starlight"), seconds_to_import("pandas, altair")) for _ in range(ROUNDS)]
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    print(f"import starlight: {ours:.2f} s, {ours / theirs:.2f} of import pandas, altair (best of {ROUNDS}, in turn)")
    print("the five, first call and again:")
    load_split_find(None)
    load_split_find(None)
    for path in sys.argv[1:]:
        print(path)
        table = pd.read_csv(path, sep="\t" if ".tsv" in path else ",", keep_default_na=False, dtype="str")
        text = table[["review" if "review" in table else "text"]]
        load_split_find(text[text.iloc[:, 0].str.strip() != ""])
