"""Make reviews of the rows of a source: their own cells first, then what each text states about itself."""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from ..base.progress import CHARACTERS_A_SECOND, progress
from ..errors import TableError
from ..tables.base import REVIEWS
from ..tables.schema import build
from ..text.dates import read_day
from ..text.films import films
from ..text.languages import ENGLISH, languages
from ..text.lines import normalise, read_lines
from ..text.metadata import read_stated
from .columns import Columns, free_name, notes
from .names import name_reviews
from .report import Problem, beginning, kept, noted, refused
from .rows import SEEDS, mended, usable
from .scores import as_printed, read_scores, scales, score_notes, stored
from .surveys import Facts, Repeats
from .usual_names import REMARKS, plain_name

_CHARACTERS = 300  # that take as long to read as the rest of a review's row


class Plan(NamedTuple):
    """How the rows of one source become reviews; only in a folder an empty cell is filled from the text."""

    columns: Columns
    facts: Facts
    score_scale: float | None
    is_folder: bool
    in_parts: bool


def plan_of(columns: Columns, facts: Facts, score_scale: float | None, is_folder: bool, in_parts: bool = False) -> Plan:
    """Return how the rows of a source become reviews; a column `note` without a score in it holds remarks."""
    if plain_name(columns.theirs.get("score")) in REMARKS and facts.scores.are_none and "score" not in columns.asked:
        theirs = {ours: name for ours, name in columns.theirs.items() if ours != "score"}
        remarks = columns.theirs["score"]
        columns = columns._replace(theirs=theirs, own={**columns.own, remarks: str(remarks)})
    return Plan(columns, facts, score_scale, is_folder, in_parts)


def plan_notes(plan: Plan, marked: Counter[str]) -> list[Problem]:
    """Return notes on what was guessed about a source, in which `marked` cells of each column held markup."""
    columns, facts = plan.columns, plan.facts
    found = [] if plan.is_folder else notes(columns)
    if columns.are_saved:
        found.append(noted(None, None, "reviews that Starlight saved: scores and their status stay as they are"))
        if "name" in columns.theirs and not facts.has_names:
            what = "a name is missing, repeated, or not one line of up to 28 printable characters"
            found.append(noted("name", None, f"{what}: all are made anew"))
    if facts.first:
        what = f"dates of three numbers begin with the {facts.first} here, as some of them show"
        counts = {"seconds": "of seconds from 1970 on", "days": "of days, as Excel counts them"}
        what = f"all dates are counts {counts[facts.first]}" if facts.first in counts else what
        found.append(noted(columns.printed("published") or "published", None, what))
    if "review_id" in columns.theirs and not facts.has_ids:
        _check_ids(columns, facts)
        found = [note for note in found if note.value != "review_id"]
        what = "not taken for ids, since some repeat or are missing: rows are numbered"
        found.append(noted(columns.printed("review_id"), None, what))
    what = "markup (tags, entities), which was turned into plain text, with the line breaks of a web page"
    ours = [str(theirs) for theirs in columns.theirs.values()]
    for column, count in marked.items():
        if column in ours:
            found.append(noted(column, None, f"{count:,} {'cell holds' if count == 1 else 'cells hold'} {what}"))
    return [*found, *score_notes(columns, facts.scores, plan.score_scale)]


def _check_ids(columns: Columns, facts: Facts) -> None:
    """Refuse a column that the user named for ids, but that does not tell all rows apart."""
    if "review_id" in columns.asked:
        row, why = facts.no_id, "there is no id. Give each row one."
        if row is None and facts.same_id:
            row, earlier = facts.same_id
            why = f"its id is that of row {earlier} too. Give each row its own, or leave review_id out of columns= to "
            why += "have rows numbered."
        raise TableError(f"{columns.source}, row {row}, column {columns.theirs['review_id']!r}: {why}")


def complete(rows: pd.DataFrame, repeats: Repeats, plan: Plan) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the reviews table of numbered rows, and a problem for each row refused and each cell not read."""
    columns = plan.columns
    rows, problems = usable(rows, columns.theirs)
    rows, noticed = mended(rows, columns.theirs, letters=not columns.are_saved and columns.source != SEEDS)
    rows, repeated = _without_repeats(rows, repeats, columns.printed("text"))
    rows = _identified(rows, plan)
    given = [name for name in REVIEWS.names if name in rows and name != "text"]
    rows = rows.assign(**{name: rows[name].astype("object").replace(r"^\s*$", None, regex=True) for name in given})
    if columns.are_saved:
        rows = rows.drop(columns="words")  # which count the text as it is now
    elif "score" in rows:
        printed = rows["score"].map(as_printed)
        if columns.site and columns.site.zero_is_none:
            printed = printed.mask(printed.astype("str").str.fullmatch("0(?:[.]0+)?"), None)
        rows = rows.assign(score=printed).rename(columns={"score": "score_raw"})
    whole = _with_stated(rows, plan)
    whole["published"], undated = _dates(whole["published"], plan.facts.first, columns.printed("published"))
    if columns.are_saved:
        scores, unread = stored(whole, plan.score_scale)
    else:
        read = scales(columns, plan.facts.scores, plan.score_scale)
        printed_in = None if plan.is_folder else columns.printed("score")
        scores, unread = read_scores(whole, read, printed_in or columns.printed("text"))
    whole[scores.columns] = scores
    if not plan.facts.has_names:
        whole["name"] = name_reviews(whole, in_parts=plan.in_parts)
    foreign = _foreign(whole["text"], columns.printed("text"))
    return build(REVIEWS, whole), [*problems, *noticed, *repeated, *undated, *unread, *foreign]


def _without_repeats(rows: pd.DataFrame, repeats: Repeats, text: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows that repeat no other; the problems name those that do, and texts that are there twice."""
    again, texts = repeats
    problems = [refused(row, None, None, f"every cell repeats row {again[row]}") for row in rows.index if row in again]
    for row, value in rows["text"].items():
        if row in texts:
            problems.append(kept(row, text, beginning(value), f"its text repeats that of row {texts[row]}"))
    return rows.drop(index=list(again), errors="ignore"), problems


def _foreign(texts: pd.Series, column: str | None) -> list[Problem]:
    """Return a note for each review that is not English."""
    spoken = zip(texts.index, texts, languages(texts), strict=True)
    what = "it is {}, and gets no mentions and no opinions: both are found in English only"
    return [noted(column, beginning(text), what.format(of), row) for row, text, of in spoken if of != ENGLISH]


def _identified(rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return rows with an id each: its own if ids tell all rows apart, else its number, beside what was there."""
    numbers = rows.index.astype("str")
    if "review_id" not in rows:
        return rows.assign(review_id=numbers)
    if plan.facts.has_ids:
        return rows.assign(review_id=rows["review_id"].astype("str"))
    theirs = str(plan.columns.theirs["review_id"])
    theirs = free_name("given_id", rows) if theirs == "review_id" else theirs
    return rows.assign(**{theirs: rows["review_id"]}).assign(review_id=numbers)


def _with_stated(rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return what each text states, under what the rows' own cells say."""
    texts = [normalise(text) for text in rows["text"]]
    pages = [read_lines(text) for text in texts]
    amount = sum(map(len, texts)) + _CHARACTERS * len(texts)
    shown = 0 if plan.in_parts else amount / (4 * CHARACTERS_A_SECOND)
    bar = progress(zip(texts, pages, strict=True), "load_reviews", "review", len(texts), seconds=shown)
    whole = pd.DataFrame(
        [read_stated(text, lines) for text, lines in bar],
        index=rows.index,
        columns=["title", "critic", "published", "words", "score_raw", "score_status"],
    )
    titles = rows["title"].tolist() if plan.is_folder and "title" in rows else None
    whole["text"], whole["outlet"] = texts, None
    whole["film"] = films(texts, pages, titles=titles, lend=not plan.in_parts)
    if "score_raw" in rows:
        is_given = rows["score_raw"].notna() | (not plan.is_folder)
        whole["score_status"] = whole["score_status"].mask(is_given, "stated")
    for name in rows.columns.drop("text"):
        fills = plan.is_folder and name in whole
        whole[name] = rows[name].astype("object").where(rows[name].notna(), whole[name]) if fills else rows[name]
    return whole


def _dates(published: pd.Series, first: str | None, column: str | None) -> tuple[pd.Series, list[Problem]]:
    """Return each date as midnight of its day, and a problem for each whose day is not certain."""
    there = published.dropna().astype("object")
    written = there.map(str)
    days: dict[str, pd.Timestamp] = {}
    errors: dict[str, str] = {}
    for date in written.unique():
        try:
            days[date] = read_day(date, first)
        except (ValueError, OverflowError) as error:
            errors[date] = f"the day is not certain ({error}): write it as 2025-05-30"
    cells = zip(there.index.tolist(), there, written, strict=True)
    problems = [kept(row, column, value, errors[date]) for row, value, date in cells if date in errors]
    found = pd.Series([days.get(date) for date in written], there.index, "datetime64[us]")
    return found.reindex(published.index), problems
