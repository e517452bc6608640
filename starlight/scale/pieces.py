"""Cut a source into pieces, and annotate one: complete its reviews, split, search and code them.

The result depends on the piece alone, so the tables are the same for any number of workers and any order of work.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..coding.belonging import in_english
from ..coding.mentions import find_mentions
from ..coding.opinions import code_sentences
from ..loading.columns import rename
from ..loading.complete import Plan, complete
from ..loading.report import Problem, placed, report_table
from ..loading.rows import Rows
from ..loading.surveys import Repeats, Survey
from ..tables import REVIEWS, is_missing
from ..text.sentences import split_sentences

_MOST_CHARACTERS = 1_000_000  # of a piece, some seconds of work, so that long reviews are spread over the workers


class Piece(NamedTuple):
    """Some rows of a source, the piece's number, and what turns the rows into reviews."""

    number: int
    rows: Rows
    repeats: Repeats
    plan: Plan

    def __str__(self) -> str:
        """Return which rows it holds, for messages."""
        index = self.rows.frame.index
        return f"rows {index[0]:,} to {index[-1]:,}" if len(index) else "no row"


def in_pieces(chunks: Iterable[Rows], known: Survey, plan: Plan, noticed: list[Problem]) -> Iterator[Piece]:
    """Yield the pieces of a source, always the same: each is a chunk, or a part of one; `noticed` go with the first."""
    number = 0
    for chunk in chunks:
        noticed = [*chunk.problems, *noticed]
        texts = chunk.frame[plan.columns.theirs["text"]].tolist()
        lengths = np.array([len(text) if isinstance(text, str) else 0 for text in texts], "int64")
        begins = lengths.cumsum() - lengths
        parts = [part for _, part in chunk.frame.groupby(begins // _MOST_CHARACTERS)] or [chunk.frame]
        for part in parts:
            until = part.index[-1] if part is not parts[-1] else float("inf")
            here = [one for one in noticed if one.row <= until]
            noticed = [one for one in noticed if one.row > until]
            yield Piece(number, Rows(part, here, chunk.files), known.repeats(part.index), plan)
            number += 1


def annotated(piece: Piece, *, themes: pd.DataFrame | None, threshold: float | None) -> dict[str, bytes]:
    """Return the reviews, mentions, opinions and report tables of a piece, each as a Parquet file."""
    columns, read = piece.plan.columns, piece.rows
    rows = rename(read.frame, columns, is_folder=piece.plan.is_folder)
    reviews, problems = complete(rows, piece.repeats, piece.plan)
    sentences, english = split_sentences(reviews), in_english(reviews["text"])
    coded = sentences[sentences["review_id"].isin(reviews.loc[english, "review_id"])]
    own = [str(name) for name in reviews if name not in REVIEWS.names]
    tables = {
        "report": report_table(placed([*read.problems, *problems], read.files, columns.source)),
        "mentions": find_mentions(sentences, themes=themes),
        "opinions": code_sentences(coded, threshold, threads=1, quiet=True),
        "reviews": reviews.assign(**{name: reviews[name].astype("object").map(_as_text).astype("str") for name in own}),
    }
    return {name: table.to_parquet(index=False) for name, table in tables.items()}


def _as_text(value: object) -> str | None:
    """Return a user's own cell as text, since the parts of one table may be of several types."""
    if isinstance(value, dict | list | np.ndarray):
        return json.dumps(value.tolist() if isinstance(value, np.ndarray) else value, default=str)
    return None if is_missing(value) else str(value)
