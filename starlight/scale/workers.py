"""Who does the work: processes of this machine, one a core, or the workers of a Dask cluster.

Both are executors of the standard library's kind, and both may lose a worker: its pieces are then done again by others.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..coding.tagger import cores
from ..errors import StarlightError

if TYPE_CHECKING:
    from distributed import Client


P, R = TypeVar("P"), TypeVar("R")
_TRIES = 3  # of a piece whose worker ends
_AHEAD = 2  # pieces under way for each worker: one that it works on, and the next


class Workers(NamedTuple):
    """Who works: how to start and stop them, how many pieces may be under way, and the errors that tell their loss."""

    start: Callable[[], Executor]
    stop: Callable[[Executor], None]
    most: Callable[[], int]
    losses: tuple[type[Exception], ...] = ()


def processes(count: int | None = None) -> Workers:
    """Give this machine's: as many processes as there are cores, if no count is given, each new and with one thread."""
    count = count or cores()
    return Workers(
        lambda: ProcessPoolExecutor(count, get_context("spawn"), _begin),
        lambda pool: pool.shutdown(cancel_futures=True),
        lambda: _AHEAD * count,
    )


def cluster(client: Client) -> Workers:
    """Give those of a Dask cluster, which may grow and shrink; it does a lost worker's pieces again by itself."""
    from distributed import KilledWorker  # an extra: installed where there is a cluster

    return Workers(
        lambda: client.get_executor(pure=False),
        lambda pool: pool.shutdown(wait=False),
        lambda: _AHEAD * max(1, sum(client.nthreads().values())),
        (KilledWorker, CancelledError),
    )


def results(work: Callable[[P], R], pieces: Iterable[P], workers: Workers) -> Iterator[tuple[P, R]]:
    """Do work on pieces, a bounded number at a time.

    Parameters
    ----------
    work : callable
        A function of a module, from a piece to its result.
    pieces : iterable
        What there is to do; it is read only as fast as the work is done.
    workers : Workers
        Who does it.

    Yields
    ------
    tuple
        A piece and its result, in the order in which they are ready.

    Raises
    ------
    StarlightError
        If a piece ends its worker, or the cluster is lost. What `work` raises is raised as it is.
    """
    waiting = ((piece, 1) for piece in pieces)
    pool, under_way, any_done = workers.start(), {}, False
    try:
        while True:
            lost = []
            for one in islice(waiting, max(0, workers.most() - len(under_way))):
                if not _submitted(pool, work, one, under_way):
                    lost.append(one)
                    break
            if not under_way and not lost:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                one = under_way.pop(future)
                if (result := _result(future, workers.losses)) is None:
                    lost.append(one)
                else:
                    any_done = True
                    yield one[0], result[0]
            if lost:
                waiting = chain(_again([*lost, *under_way.values()], _TRIES if any_done else 1), waiting)
                workers.stop(pool)
                pool, under_way = workers.start(), {}
    finally:
        workers.stop(pool)


def _submitted(pool: Executor, work: Callable[[P], R], one: tuple[P, int], under_way: dict[Future, tuple]) -> bool:
    """Hand a piece over, and tell whether there was still a pool to take it."""
    try:
        under_way[pool.submit(work, one[0])] = one
    except BrokenExecutor:
        return False
    return True


def _result(future: Future, losses: tuple[type[Exception], ...]) -> tuple | None:
    """Give what a piece has become, as a tuple of one, or None if the pool has lost a worker."""
    try:
        return (future.result(),)
    except BrokenExecutor:
        return None
    except losses as error:
        raise StarlightError(
            f"The cluster lost the workers of a piece, or was closed ({type(error).__name__} {error}). Start it again, "
            "with more memory if that was wanting. What is done stays done: the same call goes on from there."
        ) from error


def _again(lost: list[tuple[P, int]], most: int) -> Iterator[tuple[P, int]]:
    """Give what is to be done again, unless it was tried too often; once is, where no process has ever done a piece."""
    for piece, tries in lost:
        if tries >= most:
            raise StarlightError(
                f"Worker processes ended while they worked on {piece}, at try {tries}. There may be too little memory: "
                "give fewer workers= or fewer rows=. In a script, annotate() must be called below "
                "`if __name__ == '__main__':`. What is done stays done: the same call goes on from there."
            )
        yield piece, tries + 1


def _begin() -> None:
    """Make ready a process of this machine: it leaves interrupts to the one that started it, and ends with that one."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # each core has its process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent) -> None:
    parent.join()  # a pool's processes do not notice when the one that started them is killed
    os._exit(1)
