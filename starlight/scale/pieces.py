"""What is done with one piece of a source: its reviews completed, split, searched and coded, as Parquet files.

It is one function of the piece alone, so the tables are the same whoever makes them, and in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from ..mentions import find_mentions
from ..opinions import code_sentences, in_english
from ..sentences import split_sentences

_MOST_CHARACTERS = 1_000_000  # of a piece, some seconds of work, so that long reviews are spread over the workers


class Options(NamedTuple):
    """What was asked for, the same for every piece."""

    columns: Mapping[str, str] | None
    score_scale: float | None
    threshold: float | None
    themes: pd.DataFrame


class Piece(NamedTuple):
    """Some rows of a source, as they stand, with what reading them noticed."""

    number: int
    frame: pd.DataFrame
    problems: list
    options: Options

    def __str__(self) -> str:
        """Name its rows, for messages."""
        return f"rows {self.frame.index[0]:,} to {self.frame.index[-1]:,}" if len(self.frame) else "no row"


def in_pieces(chunks: Iterable, options: Options) -> Iterator[Piece]:
    """Cut chunks into pieces of a bounded length, numbered from 0: the same ones from the same chunks."""
    number = 0
    for frame, problems in chunks:
        lengths = frame.map(len, na_action="ignore").sum(axis=1).astype("int64")
        before = lengths.cumsum() - lengths
        for _, part in frame.groupby((before // _MOST_CHARACTERS).to_numpy()) if len(frame) else [(0, frame)]:
            yield Piece(number, part, problems, options)
            number, problems = number + 1, []


def annotated(piece: Piece) -> dict[str, bytes]:
    """Annotate a piece.

    Parameters
    ----------
    piece : Piece
        Some rows of a source.

    Returns
    -------
    dict of str to bytes
        The reviews, mentions, opinions and report tables, each as a Parquet file.
    """
    reviews, problems = _completed(piece)
    sentences = split_sentences(reviews)
    english = reviews.loc[in_english(reviews), "review_id"]
    opinions = code_sentences(
        sentences[sentences["review_id"].isin(english)], piece.options.threshold, threads=1, quiet=True
    )
    tables = {
        "report": problems,
        "mentions": find_mentions(sentences, themes=piece.options.themes),
        "opinions": opinions,
        "reviews": reviews,
    }
    return {name: table.to_parquet(index=False) for name, table in tables.items()}


# TO BE REPLACED by the loader's own
def _completed(piece):
    from ..reviews import _complete
    from ..sources import named

    f = piece.frame
    g = named(f, piece.options.columns, "x")
    if "review_id" not in f and "review_id" not in (piece.options.columns or {}):
        g["review_id"] = f.index.astype("str")
    r = _complete(g, piece.options.score_scale)
    return r, pd.DataFrame({"row": pd.Series([], dtype="int64")})


def read_chunks(source, rows):
    for frame in pd.read_csv(source, chunksize=rows, dtype="str", keep_default_na=False, na_values=[""]):
        frame.index += 1
        yield frame, []
