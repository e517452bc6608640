"""What is done with one piece of a source: its reviews completed, split, searched and coded, as Parquet files.

It is one function of the piece alone, so the tables are the same whoever makes them, and in whatever order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..coding.mentions import find_mentions
from ..coding.opinions import code_sentences, in_english
from ..loading.columns import rename
from ..loading.complete import Plan, complete
from ..loading.report import Problem, kept
from ..loading.source import Source
from ..tables.base import LOAD_REPORT, REVIEWS
from ..tables.schema import build
from ..text.sentences import split_sentences
from .survey import Known

_MOST_CHARACTERS = 1_000_000  # of a piece, some seconds of work, so that long reviews are spread over the workers


class Options(NamedTuple):
    """What was asked for, the same for every piece."""

    threshold: float | None
    themes: pd.DataFrame


class Piece(NamedTuple):
    """Some rows of a source as they stand, by number, with what reading them noticed, and how they become reviews."""

    number: int
    source: str
    frame: pd.DataFrame
    problems: list[Problem]
    files: dict[int, str]
    planned: Plan
    options: Options

    def __str__(self) -> str:
        """Name its rows, for messages."""
        return f"rows {self.frame.index[0]:,} to {self.frame.index[-1]:,}" if len(self.frame) else "no row"


def in_pieces(
    source: Source, planned: Plan, known: Known, guessed: list[Problem], options: Options, rows: int
) -> Iterator[Piece]:
    """Cut a source into pieces of so many rows, or fewer where they are long, numbered from 0.

    Parameters
    ----------
    source : Source
        The source.
    planned : Plan
        How its rows become reviews.
    known : Known
        What all of them tell.
    guessed : list of Problem
        What was noted of it as a whole.
    options : Options
        What was asked for.
    rows : int
        How many rows to read at once.

    Yields
    ------
    Piece
        The same ones whenever the same source is cut.
    """
    number, noticed = 0, []
    for chunk in source.chunks(rows):
        noticed, guessed = [*noticed, *chunk.problems, *guessed], []
        lengths = chunk.frame[planned.names["text"]].map(lambda text: len(text) if isinstance(text, str) else 0)
        begins = lengths.cumsum() - lengths
        parts = [part for _, part in chunk.frame.groupby((begins // _MOST_CHARACTERS).to_numpy())] or [chunk.frame]
        for part in parts:
            until = part.index[-1] if part is not parts[-1] else float("inf")
            here, noticed = _split(noticed, until)
            own = planned._replace(known=known.of(part))
            yield Piece(number, source.name, part, here, chunk.files, own, options)
            number += 1


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
    rows = rename(piece.frame, piece.planned.names, piece.source)
    reviews, problems = complete(rows, piece.planned)
    sentences, english = split_sentences(reviews), in_english(reviews)
    coded = sentences[sentences["review_id"].isin(reviews.loc[english, "review_id"])]
    tables = {
        "report": _report(piece, [*problems, *_not_english(piece, reviews[~english], problems)]),
        "mentions": find_mentions(sentences, themes=piece.options.themes),
        "opinions": code_sentences(coded, piece.options.threshold, threads=1, quiet=True),
        "reviews": reviews.assign(**{name: _as_text(reviews[name]) for name in reviews if name not in REVIEWS.names}),
    }
    return {name: table.to_parquet(index=False) for name, table in tables.items()}


def _split(problems: list[Problem], until: float) -> tuple[list[Problem], list[Problem]]:
    """Split problems into those up to a row, and those after it."""
    return [one for one in problems if one.row <= until], [one for one in problems if one.row > until]


def _not_english(piece: Piece, others: pd.DataFrame, problems: list[Problem]) -> list[Problem]:
    """Say which reviews get no opinions."""
    out = {one.row for one in problems if one.action == "refused"}
    numbers = piece.frame.index[~piece.frame.index.isin(out)]
    reason = "it is not English, and gets no opinions, since the tagger reads English alone"
    column = str(piece.planned.names["text"])
    return [kept(int(numbers[place]), column, text, reason) for place, text in others["text"].items()]


def _report(piece: Piece, problems: list[Problem]) -> pd.DataFrame:
    ordered = sorted([*piece.problems, *problems], key=lambda one: one.row)
    named = [one._replace(source=piece.files.get(one.row, piece.source)) for one in ordered]
    return build(LOAD_REPORT, pd.DataFrame(named, columns=Problem._fields))


def _as_text(values: pd.Series) -> pd.Series:
    """Give a column that is not ours as text, or the parts of one table would be of several types."""
    if values.dtype == "str":
        return values
    return pd.Series([_written(value) for value in values], values.index, "str")


def _written(value: object) -> str | None:
    if isinstance(value, dict | list | np.ndarray):
        return json.dumps(value.tolist() if isinstance(value, np.ndarray) else value, default=str)
    return None if pd.isna(value) else str(value)
