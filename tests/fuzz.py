"""Give every public function odd inputs: python tests/fuzz.py [--inputs 100000].

They may raise only the errors of `starlight.errors`. What they return must hold together: a row is loaded or refused,
a sentence is its text, a table that was saved loads again unchanged, a chart's picture is XML. A fifth of the inputs is
hostile (tests/fuzz_hostile.py, tests/fuzz_sheets.py), the others are odd (tests/fuzz_inputs.py). An input has five
seconds of computing and a gigabyte, one written by hand (tests/fuzz_by_hand.py) a minute and three. One that breaks
something is stored, and the exit status is then 1; the slowest and the largest of each kind are told.
"""

import argparse
import collections
import contextlib
import itertools
import os
import pickle
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

import fuzz_by_hand
import fuzz_hostile
import fuzz_inputs
import pandas as pd
from pandas.testing import assert_frame_equal

import starlight as st
from starlight.errors import TableError
from starlight.tables import REVIEWS, check

SECONDS, SECONDS_BY_HAND = 5, 60
MEMORY, MEMORY_BY_HAND = 1 << 30, 3 << 30  # bytes that an input may ask for
SAME = 3  # finds of one kind that are stored
RELOADED = 5_000  # characters up to which loaded reviews are also split, searched, saved and loaded again


def try_file(made, folder):
    """Load a file."""
    name, raw = made.value
    path = folder / name
    path.write_bytes(raw)
    return try_load(path, made, folder)


def try_load(source, made, folder):
    """Load, and check that the tables keep what they promise."""
    reviews = st.load_reviews(source, **made.options)
    check(reviews, REVIEWS)
    report = st.load_report(reviews)
    refused = report.loc[report["action"].eq("refused"), "row"]
    assert refused.gt(0).all() and refused.is_unique, "rows are refused once"  # noqa: PT018
    if isinstance(source, pd.DataFrame):
        assert len(reviews) + len(refused) == len(source), "load plus report is the table"
    elif reviews["review_id"].str.fullmatch(r"\d{1,9}").all() and "not taken for ids" not in " ".join(report["reason"]):
        numbered = set(reviews["review_id"].astype("int64"))
        if numbered == set(range(1, max(numbered) + 1)) - set(refused):
            assert max([*numbered, *refused]) == len(reviews) + len(refused), "load plus report is the file"
    if reviews["text"].str.len().sum() < RELOADED:
        split_and_find(reviews)
        save_and_load(reviews, folder / f"again.{['csv', 'jsonl', 'parquet', 'xlsx'][len(reviews) % 4]}")
    return "loaded"


def split_and_find(reviews):
    """Split reviews and find mentions, and check that each stands in the text where it says."""
    sentences = st.split_sentences(reviews)
    texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
    covered, last = collections.Counter(), {}
    for row in sentences.itertuples():
        assert texts[row.review_id][row.start : row.end] == row.text, "a sentence is its text"
        assert last.get(row.review_id, 0) <= row.start < row.end, "sentences are in order and apart"
        last[row.review_id] = row.end
        covered[row.review_id] += len("".join(row.text.split()))
    for review_id, text in texts.items():
        assert covered[review_id] == len("".join(text.split())), "every character lies in one sentence"
    bounds = sentences.set_index(["review_id", "sentence"])[["start", "end"]].to_dict("index")
    for row in st.find_mentions(sentences).itertuples():
        within = bounds[row.review_id, row.sentence]
        assert within["start"] <= row.start < row.end <= within["end"], "a mention lies in its sentence"


def save_and_load(reviews, path):
    """Save reviews and load them again, and check that they are equal, unless a workbook could not hold them."""
    plain = reviews[REVIEWS.names]
    try:
        st.save_table(plain, path)
    except TableError:
        assert path.suffix == ".xlsx", "reviews can be saved"
        return
    back = st.load_reviews(path)
    assert_frame_equal(back, plain, check_exact=path.suffix != ".xlsx")


def try_save(made, folder):
    """Save any table, and check that pandas reads as many rows from a csv file."""
    path = folder / f"t.{made.options['kind']}"
    st.save_table(made.value, path)
    if path.suffix == ".csv" and made.value.shape[1]:
        assert len(pd.read_csv(path, dtype="str", keep_default_na=False, skip_blank_lines=False)) == len(made.value)
    return "saved"


def try_score(made, folder):
    """Read a score, and check that it lies between 0 and 100."""
    score = st.parse_score(made.value, **made.options)
    assert 0 <= score.value <= 100, "a score is from 0 to 100"
    return "read"


def try_text(made, folder):
    """Load a text as a review, split it, and find mentions."""
    split_and_find(st.load_reviews(pd.DataFrame({"text": [made.value]}, dtype="object")))
    return "split"


def try_by_hand(made, folder):
    """Run a case written by hand, which returns a source to load, or checks something itself."""
    source = made.value(folder)
    if source is None:
        return "done"
    reviews = st.load_reviews(source)
    split_and_find(reviews)
    return "loaded"


TRIES = {"file": try_file, "save": try_save, "score": try_score, "text": try_text, "by hand": try_by_hand}
TRIES |= fuzz_hostile.TRIES
TRIES["frame"] = lambda made, folder: try_load(made.value, made, folder)


def attempt(made):
    """Return what came of an input, and what went wrong, if anything did."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            outcome = TRIES[made.kind](made, Path(folder))
        except st.StarlightError as error:
            outcome = "refused"
            if not str(error).strip():
                return outcome, "an error without words"
        except BaseException:  # whatever it is, it is a find
            return "broken", traceback.format_exc()
    for warning in warned:
        told = made.kind in fuzz_hostile.TRIES and warning.category is UserWarning  # which are our own words
        if not told and not re.search(r"load_report\(reviews\)|score_scale=", str(warning.message)):
            return (
                "broken",
                f"a warning: {warning.category.__name__}: {warning.message} ({warning.filename}:{warning.lineno})",
            )
    return outcome, None


def make(seed, number):
    """Make an input from its number: one by hand below 0, else every fifth a hostile one."""
    if number < 0:
        return fuzz_by_hand.make(number)
    return (fuzz_inputs if number % 5 else fuzz_hostile).make(seed, number)


def forget_peak():
    """Begin to measure how much memory this process comes to hold, where that can be done; return what it holds now."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak():
    """Return the most bytes that this process held since its peak was forgotten."""
    with contextlib.suppress(OSError):
        return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def work(seed, numbers, folder):
    """Try inputs in this process, each told before it is tried and after, and store what breaks."""
    resource.setrlimit(resource.RLIMIT_DATA, (2 * MEMORY_BY_HAND, 2 * MEMORY_BY_HAND))  # else the machine may stop
    for number in numbers:
        made = make(seed, number)
        print("begin", number, flush=True)
        held, start = forget_peak(), time.process_time()
        outcome, wrong = attempt(made)
        seconds, memory = time.process_time() - start, peak() - held
        if not wrong and memory > (MEMORY_BY_HAND if number < 0 else MEMORY):
            wrong = f"it asked for {memory >> 20} MB"
        print(
            "end", number, made.kind.replace(" ", "_"), outcome, f"{seconds:.3f}", memory, int(bool(wrong)), flush=True
        )
        if wrong:
            store(made, number, wrong, folder)


def store(made, number, wrong, folder):
    """Store an input and what it did, unless its like is stored."""
    last = wrong.strip().splitlines()
    where = [line.strip() for line in last if line.strip().startswith("File") and "starlight" in line]
    like = f"{(where or ['?'])[-1].rpartition('/')[2]} {last[-1].split(':')[0]}"
    name = "".join(sign if sign.isalnum() else "_" for sign in like)[:80]
    if len(list(folder.glob(f"{name}-*.txt"))) >= SAME:
        return
    (folder / f"{name}-{number}.txt").write_text(f"{made.kind} {made.options}\n{wrong}", "utf-8", "backslashreplace")
    if made.kind == "file":
        (folder / f"{name}-{number}-{made.value[0]}").write_bytes(made.value[1])
    elif made.kind != "by hand":
        (folder / f"{name}-{number}.pickle").write_bytes(pickle.dumps(repr(made.value)))


def spent(process):
    """Return the seconds that a process has computed; those of the clock where no one tells."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return time.monotonic()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Worker:
    """A process that tries inputs, watched: one that hangs or dies is a find, and another goes on behind it."""

    def __init__(self, seed, numbers, folder):
        """Begin with the first of the numbers."""
        self.seed, self.numbers, self.folder, self.lines = seed, list(numbers), folder, []
        self.begin()

    def begin(self):
        """Start a process on the numbers that are left."""
        self.log = tempfile.NamedTemporaryFile("w+", suffix=".log")  # noqa: SIM115 - as long as the process
        command = [sys.executable, __file__, "--work", str(self.folder), "--seed", str(self.seed)]
        span = f"{self.numbers[0]}:{self.numbers[-1] + 1}"
        self.process = subprocess.Popen([*command, f"--numbers={span}"], stdout=self.log, stderr=subprocess.STDOUT)
        self.current, self.since, self.clock, self.read = None, 0, 0, 0

    def look(self):
        """Read what the process wrote, end it if it is stuck, and return whether it is done."""
        ended = self.process.poll() is not None
        with Path(self.log.name).open(encoding="utf-8", errors="replace") as log:
            log.seek(self.read)
            told = log.read()
        whole = told.rpartition("\n")[0]
        self.read += len(whole.encode("utf-8", "replace")) + bool(whole)
        for line in whole.splitlines():
            if line.startswith("begin "):
                self.current, self.since, self.clock = int(line.split()[1]), spent(self.process), time.monotonic()
            elif line.startswith("end "):
                self.lines.append(line.split()[1:])
                self.current = None
        limit = 2 * (SECONDS_BY_HAND if (self.current or 0) < 0 else SECONDS)  # the process itself says by how much
        stuck = self.current is not None and (
            spent(self.process) - self.since > limit or time.monotonic() - self.clock > 60 * limit
        )
        if not (ended or stuck):
            return False
        if stuck:
            self.process.kill()
        self.process.wait()
        if self.current is None and self.process.returncode == 0:
            return True
        if self.current is None:
            sys.exit(f"The fuzzer itself broke:\n{Path(self.log.name).read_text('utf-8', 'replace')[-3000:]}")
        number = self.current
        why = (
            f"no end within {limit} s" if stuck else f"the process died with {self.process.returncode}: {told[-2000:]}"
        )
        (self.folder / f"died-{number}.txt").write_text(why, "utf-8")
        self.lines.append([str(number), "?", "hung" if stuck else "died", "0", "0", "1"])
        self.numbers = [left for left in self.numbers if left > number]
        if self.numbers:
            self.begin()
        return not self.numbers


def report(lines, seconds, folder):
    """Print what was done, and return how many inputs broke something."""
    frame = pd.DataFrame(lines, columns=["number", "kind", "outcome", "seconds", "memory", "wrong"])
    frame = frame.astype({"number": "int64", "seconds": "float64", "memory": "int64", "wrong": "int64"})
    limit = frame["number"].lt(0).map({True: SECONDS_BY_HAND, False: SECONDS})
    slow = frame["seconds"] > limit
    print(pd.crosstab(frame["kind"], frame["outcome"]).to_string())
    print(f"{len(frame):,} inputs in {seconds:.0f} s; the slowest and the largest of each kind:")
    for by in ("seconds", "memory"):
        for row in frame.loc[frame.groupby("kind")[by].idxmax()].sort_values(by, ascending=False).itertuples():
            print(f"  {row.number} ({row.kind}): {row.seconds:.2f} s, {row.memory >> 20} MB")
    found = int((frame["wrong"].gt(0) | slow).sum())
    print(f"{found} broke something" + (f": {folder}" if found else ""))
    return found


def main():
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--finds", type=Path, default=Path("build/fuzz"), help="where what breaks is stored")
    parser.add_argument("--numbers", help="from:to, to try some inputs alone; below 0 are those made by hand")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    first, last = map(int, given.numbers.split(":")) if given.numbers else (-len(fuzz_by_hand.CASES), given.inputs)
    if given.work:
        work(given.seed, range(first, last), given.work)
        return 0
    given.finds.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    cuts = [first + (last - first) * part // given.workers for part in range(given.workers + 1)]
    workers = [Worker(given.seed, range(*cut), given.finds) for cut in itertools.pairwise(cuts) if cut[0] < cut[1]]
    left = workers
    while left := [worker for worker in left if not worker.look()]:
        time.sleep(0.2)
    return min(1, report([line for worker in workers for line in worker.lines], time.monotonic() - begun, given.finds))


if __name__ == "__main__":
    sys.exit(main())
