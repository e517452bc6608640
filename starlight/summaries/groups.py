"""Reviews in groups: by time, score, outlet or any other column, each review in one group."""

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from ..base.arguments import check_choice, check_number
from ..base.statistics import mantel_haenszel, wilson
from ..errors import TableError, shown
from ..loading.usual_names import our_name
from ..tables import COUNT, DATE, NUMBER, TEXT, Column
from .counting import add_counts, by_film

GROUP = (
    Column("by", TEXT, "The column of the reviews that they are grouped by."),
    Column("period", TEXT, "How long the group is, where it is a period of time.", missing=True),
    Column("begins", DATE, "The first day of that period.", missing=True),
    Column("group", TEXT, "The group: a value, a period, a band of scores, the rest, or not stated."),
)
OF_GROUP = (
    Column("of_reviews", COUNT, "Of how many reviews in the group."),
    Column("share", NUMBER, "reviews / of_reviews; missing where the group has none.", missing=True, most=1),
    Column("low", NUMBER, "The low end of the share's 95 % interval (Wilson's).", most=1),
    Column("high", NUMBER, "The high end of it.", most=1),
    Column(
        "p",
        NUMBER,
        "How often chance puts a group's share as far from that of all others, each film compared with itself; missing "
        "where there is too little to tell, and for the rest and not stated.",
        missing=True,
        most=1,
    ),
)
_MOST_PERIODS, _FEWEST_PERIODS = 20, 5  # as many as fit side by side, and as many as few reviews are spread over
_IN_A_PERIOD = 5  # reviews on average, enough for a share
_STRAGGLERS = 0.01  # the share of dates at either end that does not lengthen every period
_LONGEST_NAME = 100  # characters; longer ones are texts


_Unit = Literal["D", "M", "Y"]
# Lengths of periods: NumPy's unit, how many of it, and where it begins to count, so many units before 1970.
_PERIODS: dict[str, tuple[_Unit, int, int]] = {
    "day": ("D", 1, 0),
    "week": ("D", 7, 3),
    "month": ("M", 1, 0),
    "quarter": ("M", 3, 0),
    "year": ("Y", 1, 0),
    **{f"{size} years": ("Y", size, 1970) for size in (5, 10, 50, 100, 1000, 10_000)},
}


class Groups(NamedTuple):
    """The group of each review, by its id; all groups in order, those without reviews too; and what they are."""

    of: pd.Series
    names: list[str]
    period: str | None
    apart: list[str]  # those that are not a value of the column: stragglers, the rest, and not stated
    begins: dict[str, np.datetime64]  # the first day of each period


def count_in_groups(
    rows: pd.DataFrame, counted: pd.DataFrame, unit: str, reviews: pd.DataFrame, by: str, most: int
) -> pd.DataFrame:
    """Return each of `rows` for each group: its count as column `unit`, its reviews, their share, interval and p."""
    groups = group_reviews(reviews, by, most)
    kind = [name for name in ("theme", "polarity") if name in rows]
    tested = _tested(rows[kind], counted, groups, _compared_within(reviews.set_index("review_id")["film"], by))
    rows = in_order(groups, by).merge(rows, how="cross")
    rows = add_counts(rows, counted.assign(group=counted["review_id"].map(groups.of)), ["group", *kind], unit)
    low, high = wilson(*(rows[name].to_numpy(dtype="float64") for name in ("reviews", "of_reviews")))
    share = rows["reviews"] / rows["of_reviews"].where(rows["of_reviews"] > 0)
    rows = rows.assign(share=share, low=low, high=high)
    return rows.merge(tested, on=["group", *kind], how="left", validate="1:1")


def scores_in_groups(reviews: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """Return each group's median score and that of all others, with how many state one, and the p of the median test.

    It tests how many scores lie above the median of their film (A. M. Mood, Introduction to the Theory of Statistics,
    1950). Where the medians are alike, or lie the other way than within films, p is 1.
    """
    groups = group_reviews(reviews, by, most)
    stated = reviews.dropna(subset="score").set_index("review_id")
    score, film = stated["score"], _compared_within(stated["film"], by)
    high = score > score.groupby(film).transform("median")
    groups = groups._replace(of=groups.of[score.index])
    kind = pd.DataFrame({"theme": ["score"]})
    tested = _tested(kind, high.index[high].to_frame(index=False).merge(kind, how="cross"), groups, film)
    rows = in_order(groups, by).merge(tested, on="group", validate="1:1")
    others = [score[groups.of != group].median() for group in rows["group"]]
    rows = rows.assign(median=rows["group"].map(score.groupby(groups.of).median()).astype("float64"), others=others)
    rows["of_others"] = len(score) - rows["of_reviews"]
    more = rows["group"].map((high - high.groupby(film).transform("mean")).groupby(groups.of).mean()).astype("float64")
    return rows.assign(p=rows["p"].where((rows["median"] - rows["others"]) * more > 0, rows["p"] * 0 + 1))


def _compared_within(film: pd.Series, by: str) -> pd.Series:
    """Return the film that each review is compared within; nothing where the films themselves are compared."""
    return by_film(film.mask(film.notna()) if by == "film" else film)


def in_order(groups: Groups, by: str) -> pd.DataFrame:
    """Return the groups as a table, with the period that each is and how many reviews it has: one row per group."""
    rows = pd.DataFrame({"group": groups.names}, dtype="str").assign(by=by)
    rows["period"] = pd.Series(groups.period, rows.index, dtype="str").mask(rows["group"].isin(groups.apart))
    rows["begins"] = rows["group"].map(groups.begins)
    rows["of_reviews"] = rows["group"].map(groups.of.value_counts()).fillna(0).astype("int64")
    return rows


def _tested(rows: pd.DataFrame, counted: pd.DataFrame, groups: Groups, film: pd.Series) -> pd.DataFrame:
    """Return the p of each of `rows` in each group that is a value of the column, and not all there is."""
    stratum = pd.Series(pd.factorize(film)[0], film.index)
    once = counted[["review_id", *rows.columns]].drop_duplicates()
    once = once.merge(rows.assign(kind=range(len(rows))), on=rows.columns.tolist())
    once = once.assign(stratum=once["review_id"].map(stratum).astype("int64"), group=once["review_id"].map(groups.of))
    shape = (len(rows), int(stratum.max()) + 1 if len(stratum) else 0)
    every, of_all = _hits(once, shape), np.bincount(stratum, minlength=shape[1])[None, :].astype("float64")
    tested = []
    for group in groups.of[~groups.of.isin(groups.apart)].unique():
        of = np.bincount(stratum[groups.of == group], minlength=shape[1])[None, :].astype("float64")
        p = mantel_haenszel(_hits(once[once["group"] == group], shape), of, every, of_all)
        tested.append(rows.assign(group=group, p=p))
    return pd.concat(tested) if tested else rows.assign(group="", p=np.nan).iloc[:0]


def _hits(once: pd.DataFrame, shape: tuple[int, int]) -> np.ndarray:
    """Count the reviews of each kind in each stratum."""
    flat = np.bincount(once["kind"] * shape[1] + once["stratum"], minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype("float64")


def check_grouping(by: object, most: object, reviews: pd.DataFrame) -> None:
    """Refuse a column that the reviews do not have, and a number of groups below 1."""
    if isinstance(by, str) and by not in reviews and (ours := our_name(by)) in reviews:
        raise TableError(f"by is {shown(by)}. Loaded reviews have that in the column {ours!r}: by={ours!r}.")
    check_choice(by, "by", [name for name in reviews.columns if isinstance(name, str)])
    check_number(most, "most", "how many groups to keep apart, a whole number from 1", least=1, most=10**9, whole=True)


def group_reviews(reviews: pd.DataFrame, by: str, most: int) -> Groups:
    """Group reviews by a column: dates in periods, scores in bands, other columns by their most common values."""
    values = reviews.set_index("review_id")[by]
    if pd.api.types.is_datetime64_any_dtype(values):
        return _periods(values.dt.tz_localize(None))
    return _bands(values) if by == "score" else _commonest(values, most)


def _periods(days: pd.Series) -> Groups:
    """Group by the shortest period of which few enough hold all dates but stragglers; empty periods are kept."""
    known = days.dropna()
    if known.empty:
        return _groups(days, known, [])
    ends = known.quantile([_STRAGGLERS, 1 - _STRAGGLERS], interpolation="nearest")
    most = min(_MOST_PERIODS, max(_FEWEST_PERIODS, len(known) // _IN_A_PERIOD))
    period = next(one for one in _PERIODS if np.ptp(_numbered(ends, one)) < most)
    numbers, (first, last) = _numbered(known, period), _numbered(ends, period)
    tails = {}
    if np.ptp(numbers) >= most:
        numbers = numbers.clip(first - 1, last + 1)
        tails = {first - 1: f"before {_named(first, period)}", last + 1: f"after {_named(last, period)}"}
    names = {n: tails.get(n, _named(n, period)) for n in range(numbers.min(), numbers.max() + 1)}
    groups = _groups(days, numbers.map(names), list(names.values()), period=period)
    begins = {named: _begins(n, period) for n, named in names.items() if n not in tails}
    apart = [one for one in (*tails.values(), *groups.apart) if one in groups.names]
    return groups._replace(apart=apart, begins=begins)


def _numbered(days: pd.Series, period: str) -> pd.Series:
    """Return the number of the period that each day is in."""
    unit, size, before = _PERIODS[period]
    units = days.to_numpy(f"datetime64[{unit}]").astype("int64")
    return pd.Series((units + before) // size, days.index)


def _begins(number: int, period: str) -> np.datetime64:
    unit, size, before = _PERIODS[period]
    return max(np.datetime64(number * size - before, unit), np.datetime64("0001"))  # there is no year 0


def _named(number: int, period: str) -> str:
    if period == "quarter":
        return f"{1970 + number // 4} Q{number % 4 + 1}"
    size = _PERIODS[period][1]
    return f"{number * size}–{number * size + size - 1}" if "years" in period else str(_begins(number, period))


def _bands(scores: pd.Series) -> Groups:
    """Group stated scores in bands of 20 points; each holds its lower end, the last one 100 too."""
    names = ["0 up to 20", "20 up to 40", "40 up to 60", "60 up to 80", "80 to 100"]
    known = pd.cut(scores.dropna(), [0, 20, 40, 60, 80, 101], right=False, labels=names)
    return _groups(scores, known, names)


def _commonest(values: pd.Series, most: int) -> Groups:
    """Group by the most common values, ties in order of their names, and put the rest in one group."""
    try:
        known = values.astype("object").dropna().map(str)
    except ValueError as error:  # an integer of thousands of digits
        raise TableError(f"by is {values.name!r}, which holds what cannot be written: {error}.") from error
    known = known[known.str.strip() != ""]
    counts = known.value_counts().rename_axis("name").reset_index(name="reviews")
    names = counts.sort_values(["reviews", "name"], ascending=[False, True])["name"].tolist()
    kept, rest = names[:most], len(names) - most
    if long := [name for name in kept if len(name) > _LONGEST_NAME]:
        raise TableError(
            f"by is {values.name!r}, which holds {long[0][:40]!r}..., too long for the name of a group. "
            f"A column to group by has values of up to {_LONGEST_NAME} characters."
        )
    if rest <= 0:
        return _groups(values, known, kept)
    others = _unlike(f"{rest} other" + "s" * (rest > 1), kept)
    return _groups(values, known.where(known.isin(kept), others), kept, rest=[others])


def _groups(
    values: pd.Series, known: pd.Series, names: list[str], *, rest: list[str] | None = None, period: str | None = None
) -> Groups:
    """Return the groups, with one for the reviews whose value is missing, if there are any."""
    missing = [_unlike("not stated", names)] if len(known) < len(values) else []
    apart = [*(rest or []), *missing]
    of = known.astype("str").reindex(values.index, fill_value=missing[0] if missing else "")
    return Groups(of, [*names, *apart], period, apart, {})


def _unlike(name: str, taken: list[str]) -> str:
    """Put a name in brackets until no group of the column has it."""
    while name in taken:
        name = f"({name})"
    return name
