"""Who does the work may be lost: its pieces are done again, or an error says so; nothing hangs."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from annotated_by_hand import assert_same, here, read_tables, write_reviews

from starlight import StarlightError, annotate
from starlight.scale import Workers, processes, results

pytestmark = pytest.mark.filterwarnings("ignore:.* rows of .* were refused")  # some of the invented reviews
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL.")
long = pytest.mark.skipif("STARLIGHT_KILLS" not in os.environ, reason="A long check, run with STARLIGHT_KILLS=100.")


def twice(number):
    """Some work."""
    return 2 * number


def fatal_once(path):
    """Work during which the process is killed, as for want of memory; the second time it is not."""
    if path.exists():
        return "done"
    path.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def wrong(number):
    """Work that raises."""
    raise StarlightError(f"piece {number} is wrong")


def test_no_more_than_a_few_pieces_are_held():
    """The source is read as fast as the work is done: at most `most` pieces have been read that are not done."""
    read = 0

    def pieces():
        nonlocal read
        for number in range(100):
            read = number + 1
            yield number

    done = 0
    for _, result in results(twice, pieces(), here(3)):
        done += 1
        assert read - done < 6
        assert result % 2 == 0
    assert (read, done) == (100, 100)


def test_an_error_of_the_work_is_raised_as_it_is():
    """An error ends the run with its own words."""
    with pytest.raises(StarlightError, match=r"^piece \d is wrong$"):
        list(results(wrong, range(9), here(2)))


class Broken(Executor):
    """A pool that does some pieces, and loses its worker over the next one; what it takes after that never ends."""

    def __init__(self, does=1):
        self.left = does

    def submit(self, work, piece):
        """Take a piece."""
        future, self.left = Future(), self.left - 1
        if self.left >= 0:
            future.set_result(work(piece))
        elif self.left == -1:
            future.set_exception(BrokenExecutor("lost"))
        return future


def test_all_that_was_under_way_is_done_again():
    """Of a pool that is lost every piece is given to the next one, and each result is given once."""
    pools = iter([Broken(), Broken(), ThreadPoolExecutor(1)])
    workers = Workers(lambda: next(pools), lambda pool: pool.shutdown(), lambda: 5)
    assert sorted(results(twice, range(9), workers)) == [(number, 2 * number) for number in range(9)]


@pytest.mark.parametrize(("does", "tries"), [(1, 3), (0, 1)])
def test_a_piece_that_ends_every_worker_is_an_error(does, tries):
    """It is tried three times, and then named with what may be wrong; once, where nothing was ever done."""
    pools = itertools.chain([Broken(does)], iter(lambda: Broken(0), None))
    workers = Workers(lambda: next(pools), lambda pool: None, lambda: 1)
    words = rf"ended while they worked on {does}, in try {tries}\. There may be too little memory: give smaller numbers"
    with pytest.raises(StarlightError, match=words):
        list(results(twice, range(9), workers))


@posix
@long
def test_a_killed_process_is_replaced(tmp_path):
    """What a killed process was at is done again by another, and nothing twice."""
    pieces = [tmp_path / name for name in "abc"]
    pieces[0].touch()
    pieces[2].touch()
    assert sorted(results(fatal_once, pieces, processes(1))) == [(piece, "done") for piece in pieces]


@posix
@long
def test_processes_end_with_the_one_that_started_them(tmp_path):
    """Of a run that is killed no process stays behind."""
    source = write_reviews(tmp_path / "mine.csv", 200)
    code = f"from starlight import annotate; annotate({str(source)!r}, {str(tmp_path / 'out')!r}, rows=2, workers=1)"
    run = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL, start_new_session=True)
    wait_for(lambda: len(list((tmp_path / "out").glob("reviews/part*"))) > 2)
    run.kill()
    run.wait()
    wait_for(lambda: not [one for one in Path("/proc").glob("[0-9]*") if session(one) == run.pid])


def session(process):
    """Return the session that a process belongs to, None if it is gone."""
    try:
        return os.getsid(int(process.name))
    except ProcessLookupError:
        return None


def wait_for(condition, seconds=60):
    """Wait until something is so."""
    for _ in range(seconds * 20):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"not so after {seconds} seconds")


@long
def test_a_script_without_its_guard_is_told(tmp_path):
    """A script that calls annotate() at its top level ends with what to do, and leaves no process behind."""
    write_reviews(tmp_path / "mine.csv", 5)
    (tmp_path / "script.py").write_text("import starlight\nstarlight.annotate('mine.csv', 'out', workers=1)\n")
    run = subprocess.run(
        [sys.executable, "script.py"], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120
    )
    assert run.returncode == 1
    assert "In a script, call it below `if __name__ == '__main__':`." in run.stderr
    assert run.stderr.rstrip().splitlines()[-1].startswith("starlight.errors.StarlightError: Worker processes ended")


# A cluster


@pytest.fixture(scope="module")
def client():
    """A Dask cluster of two processes on this machine."""
    from distributed import Client, LocalCluster

    options = {"processes": True, "dashboard_address": ":0"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **options) as cluster, Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A csv of invented reviews."""
    return write_reviews(tmp_path_factory.mktemp("source") / "mine.csv", 120)


@pytest.fixture(scope="module")
def expected(source, tmp_path_factory):
    """The tables that one process makes of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("starlight.scale.annotation.processes", here)
        return read_tables(annotate(source, tmp_path_factory.mktemp("expected") / "out"))


@posix
def test_a_cluster_that_loses_a_worker_gives_the_same(client, source, expected, tmp_path):
    """The rows are those of one machine, in their order; a worker killed midway takes none of them with it."""
    out, before = tmp_path / "out", set(pids(client))

    def kill():
        wait_for(lambda: len(list(out.glob("reviews/part*"))) > 2)
        os.kill(min(before), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    annotate(source, out, client=client, rows=4)
    killer.join()
    assert_same(read_tables(out), expected)
    wait_for(lambda: len(pids(client)) == 2)
    assert set(pids(client)) != before


def pids(client):
    """Return the processes of a cluster's workers."""
    return list(client.run(os.getpid).values())


def test_a_lost_cluster_is_an_error():
    """What the executor of a lost cluster raises is told in words, with what to do."""

    class Lost(Exception):  # noqa: N818 - as distributed calls its own
        pass

    def lost(number):
        raise Lost("worker 1")

    with pytest.raises(
        StarlightError, match=r"^The cluster lost the workers of a part, .*Lost worker 1\)\. Start the cluster again"
    ):
        list(results(lost, [1], Workers(*here()[:3], (Lost,))))
