"""Which tables a chart draws, and whether their reviews are few enough to be drawn one by one."""

import pandas as pd

from ..base.safe_text import in_xml
from ..errors import TableError
from ..loading.columns import free_name
from ..tables import DECLARED, TEXT, Table, check

MANY_REVIEWS = 30  # from here on nobody reads a line for each review: they are counted in bins instead
IN_ORDER = 5  # so many reviews stand in one order in all charts; of more nobody remembers it
_MANY_ROWS = 800  # nor a mark for each row; and this many are about 150 kB of specification
_MOST_ROWS = 5_000  # Altair's own limit
_LONGEST = 100  # characters of a name
_WHOLE = ("review_id", "quote", "words")  # columns that are no names: their texts are not cut
_OF_EVERY_OBJECT = {
    *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString"),
    *("valueOf", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__"),
}


def to_draw(frame: pd.DataFrame, table: Table, argument: str) -> pd.DataFrame:
    """Return the declared columns of a table, with texts that every picture can hold; every chart begins with this.

    `left_out`, which a table has where reviews are left out, stays. A table that breaks its declaration is refused.
    """
    check(frame, table, argument)
    texts = {column.name: _texts(frame[column.name]) for column in table.columns if column.dtype == TEXT}
    names = [*table.names, *{"left_out"}.intersection(frame.columns)]
    return frame[names].assign(**texts).reset_index(drop=True)


def _texts(values: pd.Series) -> pd.Series:
    """Return texts as a picture can hold them, those that differ still different."""
    plain = {text: legible(text, whole=values.name in _WHOLE) for text in values.dropna().unique()}
    changed = {text: new for text, new in plain.items() if new != text}
    taken = plain.keys() - changed.keys()
    for text, new in changed.items():
        changed[text] = free_name(new, taken)
        taken.add(changed[text])
    return values.map({text: text for text in plain} | changed) if changed else values


def legible(text: str, *, whole: bool = False) -> str:
    """Return a text without what XML forbids, a long name cut; a blank follows one that Vega takes for its own code.

    Vega keeps what it has seen under its name in objects of JavaScript, which have some names from the beginning.
    """
    text = in_xml(text)
    text = text if whole or len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"{text} " if text in _OF_EVERY_OBJECT else text


def drawable(frame: pd.DataFrame, argument: str) -> pd.DataFrame:
    """Return the rows of a chart; refuse more than Altair draws, which only very many themes make."""
    if len(frame) > _MOST_ROWS:
        raise TableError(
            f"{argument} makes {len(frame):,} marks, and a chart draws at most {_MOST_ROWS:,}. Give fewer themes."
        )
    return frame


def one_pair(counted: pd.DataFrame) -> tuple[str, str]:
    """Return the names of the two codings that a table compares; refuse several pairs, which would be drawn as one."""
    for column in ("coder", "other"):
        names = counted[column].unique().tolist()
        if len(names) > 1:
            raise TableError(
                f"counted holds several codings in column {column!r} ({', '.join(names)}), and the chart draws one. "
                f"Take one: counted[counted[{column!r}] == {names[-1]!r}]."
            )
    return next(iter(counted["coder"]), "the one"), next(iter(counted["other"]), "the other")


def to_draw_in_form(frame: pd.DataFrame, counts: str, of: str) -> tuple[str, pd.DataFrame]:
    """Return how a table that summaries made is grouped (`_by_group`, `_by_review`, or not), and it, to be drawn."""
    there, call = set(frame.columns) if isinstance(frame, pd.DataFrame) else set(), f"{counts}({of}, reviews"
    by = "_by_group" if there & {"by", "group"} else "_by_review" if there & {"review_id", "name"} else ""
    form = next(table for table in DECLARED if table.name == counts + by)
    lacking = [name for name in form.names if name not in there]
    if lacking and isinstance(frame, pd.DataFrame):
        raise TableError(
            f"counted has no column {lacking[0]!r}. Make it with {call}), {call}, by='review_id') "
            f"or {call}, by='outlet'), or another column of the reviews."
        )
    return by, to_draw(frame, form, "counted")


def are_many(frame: pd.DataFrame) -> bool:
    """Return whether the reviews of a table are too many to be drawn one by one."""
    return frame["review_id"].nunique() >= MANY_REVIEWS or len(frame) > _MANY_ROWS


def names_in_order(frame: pd.DataFrame, by: str | None = None) -> list[str]:
    """Return the names of a table's reviews in its order, or more than five from the most of a column to the least.

    Two reviews of one name, whose marks would merge, are refused.
    """
    reviews = frame[["review_id", "name", *([by] if by else [])]].drop_duplicates(["review_id", "name"])
    twice = reviews[reviews.duplicated("name", keep=False)]
    if len(twice):
        ids = ", ".join(map(repr, twice.loc[twice["name"] == twice["name"].iloc[0], "review_id"]))
        raise TableError(f"Several reviews are called {twice['name'].iloc[0]!r}: {ids}. Give each a name of its own.")
    if by and len(reviews) > IN_ORDER:
        reviews = reviews.sort_values(by, ascending=False, kind="stable")
    return reviews["name"].tolist()
