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
from pathlib import Path

import pytest
from annotated_by_hand import assert_same, here, read_tables, write_reviews

from starlight import annotate
from starlight.base import UNFINISHED
from starlight.errors import ReadError
from starlight.scale import TABLES, claimed, is_whole, mark_whole, write_parts

pytestmark = pytest.mark.filterwarnings("ignore:.* rows of .* were refused")  # some of the invented reviews
KILLS = int(os.environ.get("STARLIGHT_KILLS", "8"))
MADE_OF = {"source": "mine.csv", "rows": 2}
NUMBERS = range(3)
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


def parts(number):
    """Return parts that tell their table and number, and end as Parquet files do."""
    return {table: f"{table} {number} PAR1".encode() for table in TABLES}


def name_of(number):
    """Return the name of a part."""
    return f"part-{number:06d}.parquet"


def write_all(out):
    """Write what is not done yet, as `annotate` does."""
    with claimed(out, MADE_OF) as done:
        for number in NUMBERS:
            if number not in done:
                write_parts(out, number, parts(number))
        mark_whole(out)


def held(out):
    """Return what each table's folder shows a reader, by file."""
    return {table: {path.name: path.read_bytes() for path in visible(out / table)} for table in TABLES}


def visible(place):
    """Return the files that readers see."""
    return sorted(path for path in place.iterdir() if not path.name.startswith("."))


def killed_at(step, out, patch):
    """Write until the given step of writing, at which half a file may be there; tell whether it came to that."""
    steps, sync, replace = itertools.count(), os.fsync, Path.replace

    def killed():
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # the dead clear nothing away
        raise Killed

    def torn(handle):
        if next(steps) == step:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                os.ftruncate(handle, os.fstat(handle).st_size // 2)
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
    assert step == 3 * (
        2 + len(NUMBERS) * len(TABLES)
    )  # of annotate.json, twice, and each part: two flushes and a renaming


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
    for attempt in range(KILLS):
        out = tmp_path / f"out-{attempt // 8}"  # each is killed eight times
        stopped += killed(forks, source, out, chance)
        if attempt % 8 == 7 or attempt == KILLS - 1:
            before = {path: path.stat().st_mtime_ns for path in out.glob("reviews/part*")}
            assert before
            assert_same(read_tables(annotate(source, out, rows=5)), expected)
            assert before.items() <= {path: path.stat().st_mtime_ns for path in out.glob("reviews/part*")}.items()
    assert stopped >= KILLS / 2


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
    """A folder is whole once it is marked so, and says what it was made of."""
    with claimed(tmp_path, MADE_OF):
        assert not is_whole(tmp_path)
        mark_whole(tmp_path)
        assert is_whole(tmp_path)
    assert json.loads((tmp_path / "annotate.json").read_text()) == {
        "format": 2,
        "made_of": MADE_OF,
        "whole": True,
    }


def refusal(out):
    """Return the words with which a folder is refused."""
    with pytest.raises(ReadError) as caught:
        write_all(out)
    return str(caught.value)


def test_a_folder_of_something_else_is_refused(tmp_path):
    """A folder with files of others, with a damaged note of ours, or a file in its place, is left alone."""
    (tmp_path / "thesis.docx").write_text("Years of work.")
    assert "holds 'thesis.docx', which annotate() did not write." in refusal(tmp_path)
    (tmp_path / "annotate.json").write_text("[]")
    assert "annotate.json' is not what annotate() wrote." in refusal(tmp_path)
    assert "cannot be written to" in refusal(tmp_path / "thesis.docx")
    assert (tmp_path / "thesis.docx").read_text() == "Years of work."


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("version", [{}, {"format": 3}], ids=["0.1", "a later one"])
def test_a_folder_of_another_version_is_refused(tmp_path, version, whole):
    """Tables that 0.1 wrote have no names of reviews: they stay as they are, and the message says what to do."""
    write_all(tmp_path)
    before = held(tmp_path)
    (tmp_path / "annotate.json").write_text(json.dumps({**version, "made_of": MADE_OF, "whole": whole}))
    assert "was written by another version of Starlight, whose tables have other columns. Annotate" in refusal(tmp_path)
    assert held(tmp_path) == before


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    """What cannot be written is an error that names the folder; errors of others pass as they are."""

    def full(handle):
        raise OSError(28, "No space left on device")

    with claimed(tmp_path / "out", MADE_OF):
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ReadError, match=r"out' cannot be written to: .*No space left on device"):
            write_parts(tmp_path / "out", 0, parts(0))
    with pytest.raises(ConnectionError), claimed(tmp_path / "out", MADE_OF):
        raise ConnectionError


def test_a_lost_part_is_told(tmp_path):
    """A part that someone removed is named; parts are not made up, nor the rest called whole."""
    write_all(tmp_path / "out")
    (tmp_path / "out" / "opinions" / "part-000001.parquet").unlink()
    assert "lacks opinions/part-000001.parquet, which was there." in refusal(tmp_path / "out")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("size", [0, 3, 1000, None], ids=["empty", "a few bytes", "cut off", "lost"])
def test_a_damaged_part_is_told_and_made_again(tmp_path, monkeypatch, table, size):
    """A part that was emptied, cut off or lost is named, also in a folder that was whole; what the message says helps.

    Removing the reviews' part has the same call make this part of each table again.
    """
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    source, out = write_reviews(tmp_path / "mine.csv", 20), tmp_path / "out"
    before = read_tables(annotate(source, out, rows=10))
    part = out / table / name_of(1)
    if size is None:
        part.unlink()
    else:
        os.truncate(part, size)
    if (table, size) != ("reviews", None):  # which is what the message asks for
        how = "lacks" if size is None else "holds"
        with pytest.raises(
            ReadError, match=rf"out' {how} {table}/{name_of(1)}, which .* remove reviews/{name_of(1)}: "
        ):
            annotate(source, out, rows=10)
        (out / "reviews" / name_of(1)).unlink()
    assert_same(read_tables(annotate(source, out, rows=10)), before)
