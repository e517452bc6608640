"""The folder that `annotate` writes: whatever moment a writer is killed at, no row is lost or doubled.

With STARLIGHT_KILLS set to a number, that many runs are killed instead of a few.
"""

import itertools
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from annotated_by_hand import (
    MADE_OF,
    NUMBERS,
    assert_same,
    held,
    here,
    name_of,
    parts,
    read_tables,
    write_all,
    write_reviews,
)

from starlight import annotate
from starlight.base import UNFINISHED
from starlight.errors import ReadError
from starlight.scale import TABLES, claimed, is_whole, mark_whole, write_parts

pytestmark = [
    pytest.mark.usefixtures("no_flushing"),
    pytest.mark.filterwarnings("ignore:.* rows of .* were refused"),  # some of the invented reviews
]
KILLS = int(os.environ.get("STARLIGHT_KILLS", "8"))
PARTS = 31  # of a run of `annotate` on 150 reviews, five of which stand there twice
# Forks a run of `annotate` for each line of its input, a source and a folder; tells its process, and how it ended.
FORKS = """
import os, sys
from annotated_by_hand import here
from starlight import annotate
sys.modules["starlight.scale.annotation"].processes = here
print("ready", flush=True)
for line in sys.stdin:
    run = os.fork()
    if not run:
        annotate(*line.rstrip().split("\\t"), rows=5)
        os._exit(0)
    print(run, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def forks():
    """A process of its own that runs `annotate` for us; Python starts but once."""
    if sys.platform == "win32":
        pytest.skip("Windows has no fork and no SIGKILL.")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", FORKS], text=True, cwd=Path(__file__).parent, **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


class Killed(BaseException):
    """Stands for the end of the process: nothing handles it."""


def killed_at(step, out, patch):
    """Write until the given step of writing, at which half a file may be there; tell whether it came to that."""
    steps, sync, replace = itertools.count(), os.fsync, Path.replace

    def killed():
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # the dead clear nothing away
        raise Killed

    def torn(handle):
        if next(steps) == step:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                os.ftruncate(handle, max(0, os.fstat(handle).st_size - 20))
            killed()
        sync(handle)

    def not_replaced(path, target):
        if next(steps) == step:
            killed()
        return replace(path, target)

    with patch.context() as patched:
        patched.setattr(os, "fsync", torn)
        patched.setattr(Path, "replace", not_replaced)
        try:
            write_all(out)
        except Killed:
            return True
    return False


def test_killed_at_any_step_nothing_is_lost_or_doubled(tmp_path, monkeypatch):
    """At every write and every renaming: a number that is done has all its parts, others none, and they follow."""
    expected = {table: {name_of(n): parts(n)[table] for n in NUMBERS} for table in TABLES}
    for step in itertools.count():
        out = tmp_path / str(step)
        if not killed_at(step, out, monkeypatch):
            break
        with claimed(out, MADE_OF) as done:
            assert held(out) == {table: {name_of(n): parts(n)[table] for n in done} for table in TABLES}
        write_all(out)
        assert held(out) == expected, step
        assert not list(out.rglob(UNFINISHED))
    # Of annotate.json, twice, and each part: two flushes and a renaming. Of parts.jsonl: flushes, twice the first time.
    assert step == 3 * (2 + len(NUMBERS) * len(TABLES)) + len(NUMBERS) + 1


def test_killed_twice(tmp_path, monkeypatch):
    """A run that goes on after a kill may be killed as well."""
    for first, second in itertools.product(range(1, 40, 8), range(0, 40, 7)):
        out = tmp_path / f"{first}-{second}"
        killed_at(first, out, monkeypatch)
        killed_at(second, out, monkeypatch)
        write_all(out)
        assert held(out) == {table: {name_of(n): parts(n)[table] for n in NUMBERS} for table in TABLES}


def killed(forks, source, out, chance):
    """Run `annotate` until it has made a few more parts, kill it, and tell whether it was still running."""
    forks.stdin.write(f"{source}\t{out}\n")
    forks.stdin.flush()
    run, there = int(forks.stdout.readline()), len(list(out.glob("reviews/part*")))
    enough, patience = min(there + chance.randint(0, 6), PARTS), time.monotonic() + 60
    while len(list(out.glob("reviews/part*"))) < enough and time.monotonic() < patience:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.05))
    with suppress(ProcessLookupError):
        os.kill(run, signal.SIGKILL)
    return int(forks.stdout.readline()) == -signal.SIGKILL


def test_a_killed_run_goes_on_where_it_stopped(forks, tmp_path, monkeypatch):
    """Runs killed at random moments, each going on after the last, end in the tables of a run that was not stopped."""
    source, chance = write_reviews(tmp_path / "mine.csv", 150), random.Random(1)  # noqa: S311 - moments, not secrets
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    expected, stopped = read_tables(annotate(source, tmp_path / "expected")), 0
    outs, kept = itertools.count(), 0
    out = tmp_path / f"out-{next(outs)}"
    for attempt in range(1, KILLS + 1):
        in_time = killed(forks, source, out, chance)
        stopped += in_time
        if not in_time or attempt % 8 == 0 or attempt == KILLS:  # each is killed eight times, or comes to its end
            before = {path: path.stat().st_mtime_ns for path in out.glob("reviews/part*")}
            kept += len(before)
            assert_same(read_tables(annotate(source, out, rows=5)), expected)
            assert before.items() <= {path: path.stat().st_mtime_ns for path in out.glob("reviews/part*")}.items()
            out = tmp_path / f"out-{next(outs)}"
    assert stopped >= KILLS / 2
    assert kept


def test_readers_pass_over_what_is_unfinished(tmp_path, monkeypatch):
    """A part that is being written is not read with the table that it will belong to."""
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    out = annotate(write_reviews(tmp_path / "mine.csv", 20), tmp_path / "out", rows=10)
    before = read_tables(out)
    for table in TABLES:
        (out / table / UNFINISHED.replace("*", "9")).write_bytes(b"half a")
    assert_same(read_tables(out), before)


def test_only_one_writes(tmp_path):
    """A second writer of a folder is refused at once; when the first is done it is let in."""
    with (
        claimed(tmp_path / "out", MADE_OF),
        pytest.raises(ReadError, match=r"is being written to by another annotate\(\)"),
        claimed(tmp_path / "out", MADE_OF),
    ):
        pass
    with claimed(tmp_path / "out", MADE_OF) as done:
        assert done == set()


def test_whole_is_noted_at_the_end(tmp_path):
    """A folder is whole once it is marked so; it says what it was made of, how many rows it has and which parts."""
    with claimed(tmp_path, MADE_OF):
        for number in NUMBERS:
            write_parts(tmp_path, number, parts(number))
        assert not is_whole(tmp_path)
        mark_whole(tmp_path)
        assert is_whole(tmp_path)
    state = {"format": 3, "made_of": MADE_OF, "whole": True, "parts": 3, "rows": dict.fromkeys(TABLES, 0 + 1 + 2)}
    assert json.loads((tmp_path / "annotate.json").read_text()) == state
    lines = [json.loads(line) for line in (tmp_path / "parts.jsonl").read_text().splitlines()]
    assert [line["number"] for line in lines] == [*NUMBERS]
    assert lines[2]["reviews"] == {"rows": 2, "sha256": sha256(parts(2)["reviews"]).hexdigest()}


def refusal(out):
    """Return the words with which a folder is refused."""
    with pytest.raises(ReadError) as caught:
        write_all(out)
    return str(caught.value)


def test_a_folder_of_something_else_is_refused(tmp_path):
    """A folder with files of others, with a damaged note of ours, or a file in its place, is left alone."""
    (tmp_path / "thesis.docx").write_text("Years of work.")
    assert (
        "holds 'thesis.docx' and no annotate.json, so annotate() did not make it. Give another folder for out."
        in refusal(tmp_path)
    )
    (tmp_path / "annotate.json").write_text("[]")
    assert "annotate.json' is not what annotate() wrote." in refusal(tmp_path)
    assert "cannot be written to" in refusal(tmp_path / "thesis.docx")
    assert (tmp_path / "thesis.docx").read_text() == "Years of work."


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("version", [{}, {"format": 2}, {"format": 4}], ids=["0.1", "before", "a later one"])
def test_a_folder_of_another_version_is_refused(tmp_path, version, whole):
    """Tables of 0.1 have no names of reviews, those after it no list: they stay, and the message says what to do."""
    write_all(tmp_path)
    before = held(tmp_path)
    (tmp_path / "annotate.json").write_text(json.dumps({**version, "made_of": MADE_OF, "whole": whole}))
    assert "was written by another version of Starlight. Annotate the source again" in refusal(tmp_path)
    assert held(tmp_path) == before
