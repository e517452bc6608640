"""Where codings of the same reviews differ, how each difference was settled, and the file that keeps both.

A difference is a sentence in which the codings do not have the same themes and polarities: the sentences and judgements
that `agreement` compares. The file is written whole after each decision. It holds the opinions of every coding and of
the one that settles them, so that it is all that is needed to go on.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ...base.files import date_and_size, locked, write_durably
from ...base.safe_text import csv_row
from ...base.statistics import krippendorff_alpha
from ...coding.belonging import craft_themes
from ...coding.corrected import opinions_of
from ...coding.corrections import Opinion
from ...errors import ReadError, StarlightError, TableError
from ...tables.base import OPINIONS, SETTLED
from ...tables.columns import POLARITIES
from ...tables.save import read_table
from ...tables.schema import build

UNFINISHED = "{}, unfinished"  # what the coding is called until all is settled, so that nobody takes it for whole
_REMEDY = "Give another path."


class Decision(NamedTuple):
    """How a difference was settled: the opinions that its sentence has, who said so, and when."""

    opinions: tuple[Opinion, ...]
    who: str
    when: str


class Settling:
    """Several codings of the same sentences, and what was decided on their differences.

    `codings` is an opinions table with the number of each opinion's sentence, of `units` sentences, as `unit`. `rows`
    has the opinions of each coder in each sentence that anyone coded, and `differences` are the sentences to settle.
    `alpha` is Krippendorff's, of all codings.
    """

    def __init__(self, codings: pd.DataFrame, units: int, themes: pd.DataFrame, coder: str, path: Path) -> None:
        self.path, self.coder, self._themes = path, coder, themes
        self.coders: list[str] = codings["coder"].drop_duplicates().tolist()
        craft = themes.loc[themes["kind"] == "craft", "theme"]
        self._labels = {label: number for number, label in enumerate(product(craft, POLARITIES))}
        self._given = np.stack([self._judged(codings[codings["coder"] == one], units) for one in self.coders])
        self.alpha = _alpha(self._given)
        self._differ = (self._given != self._given[0]).any(axis=(0, 2))
        self.differences: list[int] = np.flatnonzero(self._differ).tolist()
        self.rows: dict[int, dict[str, list[Opinion]]] = {}
        ordered = codings.sort_values(["unit", "start", "end"], kind="stable")
        for unit, opinion in zip(ordered["unit"].tolist(), opinions_of(ordered), strict=True):
            self.rows.setdefault(unit, {one: [] for one in self.coders})[opinion.coder].append(opinion)
        self.decided: dict[int, Decision] = {}
        self._known: tuple[int, ...] | None = None  # the date and size of what was read
        self._written: dict[int, tuple[object, str]] = {}  # the lines of each sentence, and what they say
        self.look()

    def _judged(self, opinions: pd.DataFrame, units: int) -> np.ndarray:
        """Return a boolean array of sentences x labels: whether the coder gave the sentence that label."""
        given = np.zeros((units, len(self._labels)), dtype=bool)
        for unit, theme, polarity in zip(opinions["unit"], opinions["theme"], opinions["polarity"], strict=True):
            given[unit, self._labels[theme, polarity]] = True
        return given

    def of_all(self, unit: int) -> list[Opinion]:
        """Return the opinions of all coders in a sentence."""
        return [opinion for of_coder in self.rows[unit].values() for opinion in of_coder]

    def left(self) -> list[int]:
        """Return the differences that are not settled."""
        return [unit for unit in self.differences if unit not in self.decided]

    def opinions(self) -> pd.DataFrame:
        """Return the coding that settles the others, as far as it goes: an opinions table."""
        name = self._name(self.decided)
        taken = [one._asdict() for unit in self.rows for one in self._taken(unit, name, self.decided)]
        table = build(OPINIONS, taken)
        return table if any(one["note"] for one in taken) else table[OPINIONS.names]

    def _name(self, decided: Mapping[int, Decision]) -> str:
        return self.coder if len(decided) == len(self.differences) else UNFINISHED.format(self.coder)

    def _taken(self, unit: int, name: str, decided: Mapping[int, Decision]) -> list[Opinion]:
        """Return what the settled coding has in a sentence: what was decided; where all agree, the first coder's."""
        agreed: Sequence[Opinion] = () if self._differ[unit] else self.rows[unit][self.coders[0]]
        taken = decided[unit].opinions if unit in decided else agreed
        return [_unsigned(one)._replace(coder=name) for one in taken]

    def alphas(self) -> list[float]:
        """Return alpha of each coding with the settled one, in the sentences that are settled."""
        taken = [(*one, unit) for unit, decision in self.decided.items() for one in decision.opinions]
        rows = pd.DataFrame(taken, columns=[*Opinion._fields, "unit"])
        settled = np.where(self._differ[:, None], self._judged(rows, len(self._differ)), self._given[0])
        there = np.ones(len(settled), dtype=bool)
        there[self.left()] = False
        return [_alpha(np.stack([one, settled])[:, there]) for one in self._given]

    def decide(self, unit: int, opinions: Iterable[Opinion] | None, who: str) -> None:
        """Settle a difference (None opens it again), on disk when this returns; refuse what others did meanwhile."""
        seen = self.decided.get(unit)
        with locked(self.path):
            self.look()
            if self.decided.get(unit) != seen:
                raise TableError(f"This was settled elsewhere meanwhile. What {self.path.name} holds is shown now.")
            made = {one: decision for one, decision in self.decided.items() if one != unit}
            if opinions is not None:
                made[unit] = Decision(
                    tuple(map(_unsigned, opinions)), who, datetime.now(UTC).isoformat(timespec="microseconds")
                )
            write_durably(self.path, self._content(made).encode())
            self._known, self.decided = date_and_size(self.path), made

    def last(self, who: str) -> int | None:
        """Return the difference that someone settled last, or None."""
        theirs = [one for one, decision in self.decided.items() if decision.who == who]
        return max(theirs, key=lambda one: self.decided[one].when, default=None)

    def _content(self, decided: Mapping[int, Decision]) -> str:
        """Return the text of the file; the lines on a sentence are put together only if they say something new."""
        name, lines = self._name(decided), [csv_row(SETTLED.names)]
        for unit in self.rows:
            decision = decided.get(unit)
            if self._written.get(unit, (None, ""))[0] != (name, decision):
                told = (decision.who, decision.when) if decision else (None, None)
                opinions = [*self.of_all(unit), *self._taken(unit, name, decided)]
                self._written[unit] = (name, decision), "".join(csv_row([*one, *told]) for one in opinions)
            lines.append(self._written[unit][1])
        return "".join(lines)

    def look(self) -> bool:
        """Read the file if it was changed since it was last read, and return whether other decisions are in it now."""
        found = date_and_size(self.path)
        if found is None or found == self._known:
            return False
        before, self.decided = self.decided, self._read()
        self._known = found
        return before != self.decided

    def _read(self) -> dict[int, Decision]:
        """Return the decisions that the file holds; refuse a file that was not written of these codings."""
        table = self._table()
        is_taken = table["coder"].isin([self.coder, UNFINISHED.format(self.coder)])
        coded = {one[:8]: unit for unit in self.rows for one in self.of_all(unit)}
        if {one[:8] for one in opinions_of(table[~is_taken])} != coded.keys():
            raise ReadError(f"{str(self.path)!r} was made of other codings, or other reviews. {_REMEDY}")
        units = {one[:5]: unit for one, unit in coded.items()}
        taken: dict[int, list[Opinion]] = {unit: [] for unit in self.differences}
        for one in opinions_of(table[is_taken]):
            if one[:5] not in units:
                raise ReadError(f"{str(self.path)!r} was changed: no coding has the words {one.quote!r}. {_REMEDY}")
            taken.get(units[one[:5]], []).append(_unsigned(one))
        told = table[~is_taken & table["when"].notna()].drop_duplicates(["review_id", "sentence"])
        rows = zip(opinions_of(told), told["who"].fillna("").tolist(), told["when"].tolist(), strict=True)
        of = {units[one[:5]]: (who, when) for one, who, when in rows}
        return {unit: Decision(tuple(taken[unit]), *of[unit]) for unit in self.differences if unit in of}

    def _table(self) -> pd.DataFrame:
        try:
            table = read_table(self.path, SETTLED)
            craft_themes(table, self._themes, "the file")
            with self.path.open(encoding="utf-8-sig") as file:  # read_table would add columns that may be missing
                columns = file.readline().replace('"', "").strip()
        except StarlightError as error:
            raise ReadError(f"{str(self.path)!r} is not a file of settled differences. {error} {_REMEDY}") from error
        if columns != ",".join(SETTLED.names):
            raise ReadError(f"{str(self.path)!r} holds opinions, not how their differences were settled. {_REMEDY}")
        return table


def _unsigned(opinion: Opinion) -> Opinion:
    """Return an opinion without its coder and confidence, as a person decides on it."""
    return opinion._replace(coder="", confidence=None)


def _alpha(given: np.ndarray) -> float:
    """Return Krippendorff's alpha of an array of coders x sentences x judgements, yes or no.

    K. Krippendorff, Content Analysis, 2004, chapter 11: of m coders, a judgement that n of them give has n (m - n)
    pairs that differ, each of which weighs 1 / (m - 1).
    """
    coders, yes = len(given), given.sum(axis=0)
    differing = (yes * (coders - yes)).sum() / (coders - 1)
    return krippendorff_alpha(np.array([differing]), np.array([yes.sum()]), np.array([coders * yes.size / 2]))[0]
