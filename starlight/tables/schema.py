"""Declare tables, build them and check them: what is wrong is refused where it comes in, with column, row and value."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from ..errors import TableError, did_you_mean

TEXT: Final = "str"
COUNT: Final = "int64"
NUMBER: Final = "float64"
DATE: Final = "datetime64[us]"


@dataclass(frozen=True)
class Column:
    """One column of a table: its dtype, its meaning, and which values it may hold.

    `most` is the largest number that it may hold, from 0 on; `renamed` pairs a value of version 0.1 with its name now.
    """

    name: str
    dtype: Literal["str", "int64", "float64", "datetime64[us]"]
    meaning: str
    allowed: tuple[str, ...] = ()
    missing: bool = False
    most: float | None = None
    unique: bool = False
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, which columns tell rows apart (if any do), and all columns in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]

    def only(self, *names: str) -> "Table":
        """Return the same table with some of its columns, and without a key."""
        return replace(self, key=(), columns=tuple(column for column in self.columns if column.name in names))


def is_missing(value: object) -> bool:
    """Return whether pandas counts a cell as missing; a list or a table in a cell never is."""
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))  # type: ignore[call-overload]  # a scalar by then


def refuse_first(
    frame: pd.DataFrame, wrong: pd.Series | np.ndarray, argument: str, reason: Callable[[dict[Any, Any]], str]
) -> None:
    """Refuse a table that has a wrong row; the message names the first, and `reason` ends it from the row's cells."""
    if wrong.any():
        row = int(np.asarray(wrong).argmax())
        cells = next(frame.iloc[row : row + 1].itertuples(index=False, name=None))
        raise TableError(f"{argument}, row {row}: {reason(dict(zip(frame.columns, cells, strict=True)))}")


def build(table: Table, rows: pd.DataFrame | dict[str, Any] | list[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows as a table that keeps to its declaration: its columns with their dtypes, then any others.

    A column that may be missing may be absent. Rows are counted from 0.
    """
    frame = rows.reset_index(drop=True) if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
    if frame.columns.empty:
        frame = pd.DataFrame(columns=table.names)
    absent = [column.name for column in table.columns if column.missing and column.name not in frame]
    _check_names(frame, table, table.name, absent)
    frame = frame.assign(**dict.fromkeys(absent))
    frame = frame[[*table.names, *(name for name in frame.columns if name not in table.names)]]
    frame = frame.assign(**{column.name: _convert(frame[column.name], column, table.name) for column in table.columns})
    check(frame, table)
    return frame


def check(frame: pd.DataFrame, table: Table, argument: str | None = None) -> None:
    """Refuse a table that breaks its declaration; `argument` is what the caller calls it."""
    argument = argument or table.name
    if not isinstance(frame, pd.DataFrame):
        raise TableError(f"{argument} must be a DataFrame ({table.grain}), not {type(frame).__name__}.")
    _check_names(frame, table, argument)
    for column in table.columns:
        _check_column(frame, column, argument)
    if table.key:
        check_unique(frame, list(table.key), argument, f"It has {table.grain}.")
    for column in table.columns:
        if column.unique:
            check_unique(frame, [column.name], argument, "Each row has its own.")


def check_unique(frame: pd.DataFrame, key: list[str], argument: str, remedy: str) -> None:
    """Refuse a table in which two rows share a key; `remedy` ends the message."""
    again = frame.duplicated(key)
    if again.any():  # taking the columns out takes longer than looking
        refuse_first(
            frame[key],
            again,
            argument,
            lambda row: f"a second row with {', '.join(f'{name} {value!r}' for name, value in row.items())}. {remedy}",
        )


def _check_names(frame: pd.DataFrame, table: Table, argument: str, absent: Iterable[str] = ()) -> None:
    for name in frame.columns[frame.columns.duplicated()]:
        raise TableError(f"{argument} has more than one column {name!r}. Rename one, or drop it.")
    for name in table.names:
        if name not in frame and name not in absent:
            raise TableError(
                f"{argument} has no column {name!r}. It has {table.grain}, with columns {', '.join(table.names)}; "
                f"this one has {', '.join(map(str, frame.columns)) or 'none'}."
            )


def _check_column(frame: pd.DataFrame, column: Column, argument: str) -> None:
    values, where = frame[column.name], f"{argument}, column {column.name!r}"
    empty = column.missing and bool(values.isna().all())  # such a column has lost its dtype on the way through csv
    if values.dtype != column.dtype and not empty and len(values):
        raise TableError(
            f"{where} has dtype {values.dtype}, not {column.dtype}. Use .astype({{{column.name!r}: {column.dtype!r}}})."
        )
    if not column.missing:
        _refuse(values, values.isna(), where, f"is missing. It holds: {column.meaning}")
    if column.allowed:
        for value in values.dropna().unique():
            if value not in column.allowed:
                _refuse(values, values.eq(value), where, _not_allowed(value, column))
    if column.most is not None:
        outside = ~values.between(0, column.most) & values.notna()
        _refuse(values, outside, where, f"is not between 0 and {column.most:g}.")


def _not_allowed(value: object, column: Column) -> str:
    now = dict(column.renamed).get(str(value))
    if now is None:
        return f"is not allowed. {did_you_mean(value, column.allowed)}"
    return f"is what version 0.1 called {now!r}. Use .replace({{{column.name!r}: {{{value!r}: {now!r}}}}})."


def _convert(values: pd.Series, column: Column, argument: str) -> pd.Series:
    if column.dtype == COUNT and pd.api.types.is_float_dtype(values):  # astype would drop the fraction
        _refuse(values, values.mod(1).gt(0), f"{argument}, column {column.name!r}", "is not a whole number.")
    try:
        return values.astype(column.dtype)
    except (TypeError, ValueError) as error:
        for row, value in enumerate(values):
            try:
                pd.Series([value]).astype(column.dtype)
            except (TypeError, ValueError):
                raise TableError(
                    f"{argument}, column {column.name!r}, row {row}: {value!r} is not {column.dtype}. "
                    f"It holds: {column.meaning}"
                ) from error
        raise TableError(
            f"{argument}, column {column.name!r} is not {column.dtype}: {error}. It holds: {column.meaning} "
            f"Use .astype({{{column.name!r}: {column.dtype!r}}})."
        ) from error


def _refuse(values: pd.Series, wrong: pd.Series, where: str, reason: str) -> None:
    if wrong.any():  # most are not: making a frame of each takes long
        refuse_first(values.to_frame(0), wrong, where, lambda row: f"{row[0]!r} {reason}")
