"""Annotate any number of reviews: read in chunks, worked on by all cores or a cluster, written part by part."""

import hashlib
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..base.arguments import check_number, check_path
from ..base.files import digest
from ..base.progress import progress
from ..base.resources import digests, verified
from ..coding.opinions import check_threshold
from ..coding.tagger import settings
from ..coding.themes import index_terms, read_themes
from ..errors import ReadError, StarlightError, TableError, shown
from ..loading.columns import find_columns, rename
from ..loading.complete import plan_notes, plan_of
from ..loading.report import warn
from ..loading.source import ROWS, Source, open_source
from ..loading.surveys import survey
from ..tables import SCORE_STATUSES
from ..text.scores import parse_score
from .folder import claimed, is_whole, mark_mixed, mark_whole, write_parts
from .pieces import Piece, annotated, in_pieces
from .workers import Workers, cluster, processes, results

if TYPE_CHECKING:
    from distributed import Client


def annotate(
    source: Any,
    out: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    score_scale: float | None = None,
    themes: pd.DataFrame | None = None,
    threshold: float | None = None,
    client: "Client | None" = None,
    workers: int | None = None,
    rows: int = 2_000,
    encoding: str | None = None,
) -> Path:
    r"""Load any number of reviews, and find what they talk about, praise and criticise, a chunk of them at a time.

    The tables hold what `load_reviews`, `find_mentions` and `find_opinions` return, except in two columns: `film` is
    what the film's column or the review's own headline says, never what other reviews of the source say, and `name`
    ends with the number of the review's row. The rows are the same for any number of workers, on one machine or
    several, and however often the work is stopped.

    Parameters
    ----------
    source : path, table or open file
        A table or a folder of texts, as `load_reviews` takes it.
    out : path
        A folder for the tables, which is created if it does not exist. If the work is stopped or killed, the power
        fails or the disk is full, the same call continues where it stopped. It also checks the parts that exist, and
        makes those again that were lost or changed.
    columns, score_scale, encoding
        As `load_reviews` takes them.
    themes : DataFrame, optional
        As `find_mentions` takes it.
    threshold : float, optional
        As `find_opinions` takes it.
    client : distributed.Client, optional
        A Dask cluster to work on, with this version of Starlight installed; workers of one thread each are best.
        Without it processes on this machine do the work, for which a script must make the call below
        ``if __name__ == "__main__":``.
    workers : int, optional
        How many processes on this machine, by default one for each core. Each takes about 0.3 GB of memory, and the
        process that calls 0.15 GB more for each million rows.
    rows : int
        How many rows to read at once. A part of the tables holds that many reviews, or fewer where they are long, and
        a call that continues after a stop begins with the first part that is missing.

    Returns
    -------
    pathlib.Path
        `out`, in which `reviews`, `mentions`, `opinions` and `report` are each a folder of Parquet files, in the order
        of the source: ``pandas.read_parquet(out / "opinions")``. `report` is the load_report table, with a row for each
        review that is not English. `annotate.json` beside them says what they were made from, whether they are
        complete (``whole``) and how many rows each table has; `parts.jsonl` lists the parts.

    Warns
    -----
    UserWarning
        If rows were refused, as `load_reviews` warns too, or if parts were lost or changed and are made again.

    Raises
    ------
    ReadError
        If the source cannot be read or changes during the work, or `out` cannot be written to or holds something else,
        such as the tables of another source, of other options or of another version of Starlight.
    TableError, ScoreError
        As `load_reviews`, `find_mentions` and `find_opinions` raise them.
    StarlightError
        If an argument is not as described, or worker processes keep ending.

    Examples
    --------
    >>> out = annotate("mine.csv", "annotated")  # doctest: +SKIP
    >>> pd.read_parquet(out / "opinions")  # doctest: +SKIP
    """
    check_threshold(threshold)
    if score_scale is not None:
        parse_score(0, scale=score_scale)  # raises if it is not the maximum of a scale
    check_number(rows, "rows", "a whole number from 1 to a billion", least=1, most=10**9, whole=True)
    workforce = _workers(client, workers)
    index_terms(read_themes() if themes is None else themes)  # raises if two themes share a term
    work = partial(annotated, themes=themes, threshold=threshold)
    source = check_path(source, "source", "'mine.csv'") if source is None else source
    given, out = open_source(source, columns, None, encoding), check_path(out, "out", "'annotated'")
    found = find_columns(given.columns(), columns, given.name)
    made_of = {
        "source": given.name,
        "content": _content(source, given),
        "columns": {ours: str(theirs) for ours, theirs in found.theirs.items()},
        "score_scale": score_scale,
        "encoding": encoding,
        "threshold": threshold,
        "rows": rows,
        **_themes_and_tagger(themes),
    }
    with claimed(out, made_of) as done:
        if not is_whole(out):
            marked: Counter[str] = Counter()
            frames = (rename(part.frame, found, marked, is_folder=given.is_folder) for part in given.chunks(ROWS))
            known = survey(frames)
            if not known.facts.usable:
                why = f"load_reviews({given.name!r}) says why."
                raise TableError(f"None of the rows of {given.name} can be loaded. {why}")
            plan = plan_of(found, known.facts, score_scale, given.is_folder, in_parts=True)
            noticed = plan_notes(plan, marked)
            pieces = in_pieces(given.chunks(rows), known, plan, noticed)
            _write_all(work, pieces, known.facts.rows, done, out, workforce)
            if _content(source, given) != made_of["content"]:
                mark_mixed(out)
                raise ReadError(f"{given.name} was changed while it was read. Start anew, in another folder for out.")
            mark_whole(out)
            refused, statuses = _counts(out)
            warn(refused, statuses, noticed, given.name, "the report")
    return out


def _themes_and_tagger(themes: pd.DataFrame | None) -> dict[str, object]:
    """Return the themes and the tagger that the tables are made with."""
    listed = read_themes() if themes is None else themes
    terms = listed[["theme", "terms"]].to_csv(index=False).encode()
    network = "data/tagger/model.onnx"
    verified(*network.split("/"))
    return {
        "themes": f"{'by film ' if themes is None else ''}{hashlib.sha256(terms).hexdigest()}",
        "tagger": f"{settings().name} {digests(network)[network]}",
    }


def _content(source: Any, given: Source) -> str:
    """Return the SHA-256 of what is at a path, or of the cells of a source in memory."""
    if isinstance(source, str | os.PathLike):
        return _content_at(Path(source))
    cells = hashlib.sha256()
    for chunk in given.chunks(ROWS):
        cells.update(repr([list(chunk.frame), chunk.frame.to_numpy().tolist()]).encode("utf-8", "backslashreplace"))
    return cells.hexdigest()


def _content_at(path: Path) -> str:
    """Return the SHA-256 of a file, or of a folder's files and their names."""
    try:
        if path.is_dir():
            files = [f"{one.name} {_content_at(one)}" for one in sorted(path.iterdir()) if one.is_file()]
            return hashlib.sha256("\n".join(files).encode("utf-8", "backslashreplace")).hexdigest()
        return digest(path)
    except OSError as error:
        raise ReadError(f"{path.name} cannot be read: {error}. Correct the path.") from error


def _counts(out: Path) -> tuple[int, dict[str, int]]:
    """Return how many rows were refused, and how many were loaded by the status of their score."""
    from pyarrow.dataset import dataset, field  # loaded here: `import starlight` stays fast

    left_out = dataset(out / "report").count_rows(filter=field("action") == "refused")
    reviews = dataset(out / "reviews")
    return left_out, {one: reviews.count_rows(filter=field("score_status") == one) for one in SCORE_STATUSES}


def _workers(client: "Client | None", workers: int | None) -> Workers:
    """Return the workers that were asked for, after checking the arguments."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):  # a worker that runs the caller's script
        raise StarlightError(
            "annotate() was called while a worker process ran your script. In a script, call it below "
            "`if __name__ == '__main__':`."
        )
    if workers is not None:
        check_number(workers, "workers", "a whole number from 1 to 1,000", least=1, most=1_000, whole=True)
    if client is None:
        return processes(workers)
    if workers is not None:
        raise StarlightError("workers= is for this machine, and client= has workers of its own. Leave one of them out.")
    if not hasattr(client, "get_executor") or getattr(client, "asynchronous", False):
        raise StarlightError(f"client is {shown(client)}; it must be a distributed.Client that is not asynchronous.")
    return cluster(client)


def _write_all(
    work: Callable[[Piece], dict[str, bytes]],
    pieces: Iterable[Piece],
    total: int,
    done: set[int],
    out: Path,
    workforce: Workers,
) -> None:
    """Annotate and write the pieces that are not done, with a progress bar."""

    def left() -> Iterator[Piece]:
        for piece in pieces:
            if piece.number not in done:
                yield piece
                continue
            bar.initial += len(piece.rows.frame)  # done before this call, so not counted in its rate
            bar.update(len(piece.rows.frame))

    with progress((), "annotate", "review", total, seconds=inf) as bar:  # the workers alone take seconds to start
        for piece, parts in results(work, left(), workforce):
            count = len(piece.rows.frame)
            rest = sum(map(len, parts.values())) * (total - bar.n) / max(count, 1)
            write_parts(out, piece.number, parts, rest)
            bar.update(count)
