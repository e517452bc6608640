"""A coding after its corrections: each is applied where it fits, and why another does not is said."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable

import pandas as pd

from ..tables.base import OPINIONS
from ..tables.schema import build
from .belonging import check_quotes
from .corrections import Correction, Opinion, read_corrections


def corrected(
    opinions: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, themes: pd.DataFrame
) -> tuple[pd.DataFrame, list[Correction]]:
    """Give the opinions table after the corrections in a file, and the corrections applied.

    Parameters
    ----------
    opinions : DataFrame
        The opinions table as it was coded.
    path : path
        The file of corrections.
    reviews, themes : DataFrame
        The tables that belong to it.

    Returns
    -------
    tuple of (DataFrame, list of Correction)

    Warns
    -----
    UserWarning
        Naming each line that is torn or does not fit.

    Raises
    ------
    ReadError
        If the file cannot be read, or is not one of corrections.
    TableError
        If a correction names a sentence in which its words do not lie.
    """
    table, applied, unfit = replay(opinions, read_corrections(path), reviews, themes)
    for why in unfit:
        warnings.warn(f"{os.fspath(path)!r}, {why}; it is left out.", stacklevel=3)
    check_quotes(table, reviews, "opinions after the corrections")
    return table, applied


def replay(
    opinions: pd.DataFrame, corrections: Iterable[Correction], reviews: pd.DataFrame, themes: pd.DataFrame
) -> tuple[pd.DataFrame, list[Correction], list[str]]:
    """Apply corrections to a coding, one after the other; those of other coders or reviews are left alone.

    Parameters
    ----------
    opinions : DataFrame
        The opinions table as it was coded.
    corrections : iterable of Correction
        In the order in which they were made.
    reviews, themes : DataFrame
        The tables that belong to it.

    Returns
    -------
    tuple of (DataFrame, list of Correction, list of str)
        The opinions table after them, a changed or restored row where it stood and added ones last; the corrections
        applied, with all that is known of the opinion before; and why others do not fit.
    """
    corrections = list(corrections)
    coded = _coded(opinions, {made.opinion.review_id for made in corrections})
    slots = {opinion.key: slot for slot, opinion in coded.items()}
    now: dict[int, Opinion | None] = {}  # what the slots that were touched hold
    texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
    craft, coders = set(themes.loc[themes["kind"] == "craft", "theme"]), set(opinions["coder"].unique())
    size, applied, unfit = len(opinions), [], []

    def find(opinion: Opinion) -> int | None:
        slot = slots.get(opinion.key)
        return None if slot is None or (slot in now and (now[slot] is None or now[slot].key != opinion.key)) else slot

    for made in corrections:
        before, after = made.before, made.after
        if made.opinion.review_id not in texts or (coders and made.opinion.coder not in coders):
            continue
        slot = find(before) if before else None
        if before and slot is None:
            unfit.append(f"{made.place}the opinion to {made.action.split()[0]} is not there: {before.quote!r}")
        elif after and (why := _misfit(after, texts, craft)):
            unfit.append(f"{made.place}{why}")
        elif after and find(after) is not None:
            unfit.append(f"{made.place}that opinion is there already: {after.quote!r}")
        else:
            if before:
                made = made._replace(before=now.get(slot) or coded[slot])
            else:
                slot = slots.get(after.key, size)
                slot = size if slot in now and now[slot] is not None else slot
                size = max(size, slot + 1)
            now[slot] = after
            if after:
                slots[after.key] = slot
            applied.append(made)
    return _table(opinions, now, size), applied, unfit


def standing(applied: Iterable[Correction]) -> list[Correction]:
    """Give the changes that stand: one that was undone stands no more, nor does what undid it.

    Parameters
    ----------
    applied : iterable of Correction
        As `replay` gives them.

    Returns
    -------
    list of Correction
    """
    changes: list[Correction] = []
    for made in applied:
        last = changes[-1] if changes else None
        if last and [_key(last.before), _key(last.after)] == [_key(made.after), _key(made.before)]:
            changes.pop()
        else:
            changes.append(made)
    return changes


def _coded(opinions: pd.DataFrame, review_ids: set[str]) -> dict[int, Opinion]:
    """Give the opinions of these reviews, each with the number of its row: of 50,000, few are of a corrected review."""
    rows = opinions.reset_index(drop=True)
    rows = rows[rows["review_id"].isin(review_ids)]
    return dict(zip(rows.index.tolist(), opinions_of(rows), strict=True))


def _key(opinion: Opinion | None) -> tuple[object, ...] | None:
    return opinion and opinion.key


def _misfit(opinion: Opinion, texts: dict[str, str], craft: set[str]) -> str | None:
    if opinion.theme not in craft:
        return f"there is no craft theme {opinion.theme!r}"
    if not opinion.quote or texts[opinion.review_id][opinion.start : opinion.end] != opinion.quote:
        return f"the words do not stand at {opinion.start} of review {opinion.review_id!r}: {opinion.quote!r}"
    return None


def opinions_of(table: pd.DataFrame) -> list[Opinion]:
    """Give the rows of an opinions table, in Python's own numbers."""
    rows = zip(*(table[name].tolist() for name in OPINIONS.names), strict=True)
    return [Opinion(*row, None if pd.isna(confidence) else confidence) for *row, confidence in rows]


def _table(opinions: pd.DataFrame, now: dict[int, Opinion | None], size: int) -> pd.DataFrame:
    table = opinions.reset_index(drop=True).reindex(range(size))
    held = {slot: opinion for slot, opinion in now.items() if opinion}
    for name in OPINIONS.names if held else ():
        values = [getattr(opinion, name) for opinion in held.values()]
        table.loc[list(held), name] = [float("nan") if value is None else value for value in values]
    return build(OPINIONS, table.drop(index=[slot for slot in now if slot not in held]))
