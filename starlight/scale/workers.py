"""Start and feed the workers: processes on this machine, one for each core, or the workers of a Dask cluster.

Both are executors of `concurrent.futures`. If a worker is lost, others do its pieces again.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..coding.tagger import cores
from ..errors import StarlightError

if TYPE_CHECKING:
    from distributed import Client


P = TypeVar("P")
R = TypeVar("R")
_TRIES = 3  # times that a piece is given to a worker
_AHEAD = 2  # pieces for each worker: the one that it works on, and the next


class Workers(NamedTuple):
    """How to start and stop workers, how many pieces they may hold, and which errors mean that some were lost."""

    start: Callable[[], futures.Executor]
    stop: Callable[[futures.Executor], None]
    most: Callable[[], int]
    losses: tuple[type[Exception], ...] = ()


def processes(count: int | None = None) -> Workers:
    """Return processes on this machine with one thread each, by default as many as there are cores."""
    count = count or cores()
    return Workers(
        lambda: futures.ProcessPoolExecutor(count, get_context("spawn"), _begin),
        lambda pool: pool.shutdown(cancel_futures=True),
        lambda: _AHEAD * count,
    )


def cluster(client: "Client") -> Workers:
    """Return the workers of a Dask cluster, which may grow and shrink and replaces lost workers itself."""
    from distributed import KilledWorker  # an extra: installed where there is a cluster

    return Workers(
        lambda: client.get_executor(pure=False),
        lambda pool: pool.shutdown(wait=False),
        lambda: _AHEAD * max(1, sum(client.nthreads().values())),
        (KilledWorker, futures.CancelledError),
    )


def results(work: Callable[[P], R], pieces: Iterable[P], workers: Workers) -> Iterator[tuple[P, R]]:
    """Yield each piece with the result of `work`, a function of a module, in the order in which they are ready.

    Pieces are read only as fast as they are done. An error that `work` raises is raised unchanged.
    """
    waiting: Iterator[tuple[P, int]] = ((piece, 1) for piece in pieces)
    under_way: dict[futures.Future[R], tuple[P, int]] = {}
    pool, any_done = workers.start(), False
    try:
        while True:
            lost = []
            for one in islice(waiting, max(0, workers.most() - len(under_way))):
                try:
                    under_way[pool.submit(work, one[0])] = one
                except futures.BrokenExecutor:
                    lost.append(one)
                    break
            if not under_way and not lost:
                return
            for future in futures.wait(under_way, return_when=futures.FIRST_COMPLETED).done:
                one = under_way.pop(future)
                try:
                    result = future.result()
                except futures.BrokenExecutor:
                    lost.append(one)
                except workers.losses as error:
                    raise _closed(error) from error
                else:
                    any_done = True
                    yield one[0], result
            if lost:
                waiting = chain(_again([*lost, *under_way.values()], _TRIES if any_done else 1), waiting)
                workers.stop(pool)
                pool, under_way = workers.start(), {}
    finally:
        workers.stop(pool)


def _closed(error: Exception) -> StarlightError:
    return StarlightError(
        f"The cluster lost the workers of a part, or was closed ({type(error).__name__} {error}). Start the cluster "
        "again, with more memory if it ran out. Finished parts are kept: the same call continues from there."
    )


def _again(lost: list[tuple[P, int]], most: int) -> Iterator[tuple[P, int]]:
    """Yield the pieces to be done again; raise if one was tried too often (once, if no piece was ever done)."""
    for piece, tries in lost:
        if tries >= most:
            raise StarlightError(
                f"Worker processes ended while they worked on {piece}, in try {tries}. There may be too little memory: "
                "give smaller numbers for workers= or rows=. In a script, annotate() must be called below "
                "`if __name__ == '__main__':`. Finished parts are kept: the same call continues from there."
            )
        yield piece, tries + 1


def _begin() -> None:
    """Prepare a new process: its parent handles interrupts, and it ends when its parent ends."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # each core has its process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()  # else the processes of a pool do not notice that their parent was killed
    os._exit(1)
