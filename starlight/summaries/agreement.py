"""How far two codings of the same sentences agree: F1 and Krippendorff's alpha, each with an interval.

F1 is the harmonic mean of precision and recall, and the same whichever coding is taken for the truth. Alpha
(Krippendorff, *Content Analysis*, 2004, chapter 11) takes off the agreement that chance would give. Both are counted
over yes-or-no decisions, one for each sentence and label.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..coding.belonging import craft_themes, sentence_numbers
from ..coding.themes import given_themes
from ..errors import TableError
from ..tables.base import OPINIONS, SENTENCES
from ..tables.columns import POLARITIES
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, check, declare

_LOW_HIGH = "The {} end of its 95 % bootstrap interval over sentences."
AGREEMENT = declare(
    "agreement",
    "one row per level and theme",
    ("level", "theme"),
    (
        Column(
            "level",
            TEXT,
            "What must agree, sentence by sentence: that there is an opinion, its polarity, its theme, or all of it.",
            ("opinion", "polarity", "theme", "all"),
        ),
        Column("theme", TEXT, "The theme compared; missing for all themes together.", missing=True),
        Column("f1", NUMBER, "F1 of the two codings; missing where neither has a row.", missing=True, most=1),
        Column("f1_low", NUMBER, _LOW_HIGH.format("low"), missing=True, most=1),
        Column("f1_high", NUMBER, _LOW_HIGH.format("high"), missing=True, most=1),
        Column(
            "alpha",
            NUMBER,
            "Krippendorff's alpha, nominal, on yes or no per sentence and label.",
            missing=True,
        ),
        Column("alpha_low", NUMBER, _LOW_HIGH.format("low"), missing=True),
        Column("alpha_high", NUMBER, _LOW_HIGH.format("high"), missing=True),
        Column("sentences", COUNT, "How many sentences were compared."),
    ),
)
COMPARED = declare(
    "compared",
    "one row per coding, level and theme",
    ("coding", "level", "theme"),
    (Column("coding", TEXT, "The name given to the coding."), *AGREEMENT.columns),
)

_DRAWS = 1000
_SEED = 20250530
_LEVELS = {"opinion": [], "polarity": ["polarity"], "theme": ["theme"], "all": ["theme", "polarity"]}


def agreement(
    opinions: pd.DataFrame, other: pd.DataFrame, sentences: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Measure how far two codings agree: one row per level and theme.

    Parameters
    ----------
    opinions, other : DataFrame
        Two opinions tables, each of one coder.
    sentences : DataFrame
        The sentences that both coded. Boilerplate, which is never coded, is left out.
    themes : DataFrame, optional
        The themes that both coded with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The agreement table. Levels: whether a sentence holds an opinion at all; its polarities; its themes; themes with
        polarities. At the last two there is a row for each craft theme besides the row for all, whose theme is missing.
        Intervals are the 2.5th and 97.5th percentiles of 1,000 bootstrap samples of the sentences, with a fixed seed.

    Raises
    ------
    TableError
        If a table breaks its declaration, holds a theme that is not craft or several coders, or an opinion lies in a
        sentence that `sentences` lacks or that is boilerplate.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> opinions = read_opinions()
    >>> same = agreement(opinions, opinions, split_sentences(load_reviews()))
    >>> same["f1"].dropna().unique().tolist()
    [1.0]
    """
    check(sentences, SENTENCES, "sentences")
    units = int((sentences["part"] != "boilerplate").sum())
    if not units:
        raise TableError(
            "sentences holds no title or body to compare. Pass the sentences of the reviews that were coded."
        )
    listed = given_themes(themes)
    names = listed.loc[listed["kind"] == "craft", "theme"].tolist()
    coded = [_numbered(frame, sentences, listed, name) for frame, name in ((opinions, "opinions"), (other, "other"))]
    values = {"theme": names, "polarity": list(POLARITIES)}
    weights = np.random.default_rng(_SEED).multinomial(units, np.full(units, 1 / units), _DRAWS)
    rows = []
    for level, columns in _LEVELS.items():
        labels = list(itertools.product(*(values[column] for column in columns)))
        first, second = (_decisions(frame, columns, labels, units) for frame in coded)
        rows.append({"level": level, "theme": None, **_measures(first, second, weights)})
        for theme in names if "theme" in columns else ():
            of_theme = [label[0] == theme for label in labels]
            rows.append(
                {
                    "level": level,
                    "theme": theme,
                    **_measures(first[:, of_theme], second[:, of_theme], weights),
                }
            )
    return build(AGREEMENT, pd.DataFrame(rows).assign(sentences=units))


def compare(
    codings: Mapping[str, pd.DataFrame],
    other: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Measure how far each of several codings agrees with one: the agreement table for each of them.

    Parameters
    ----------
    codings : mapping of str to DataFrame
        The name to show of each, and its opinions table.
    other : DataFrame
        The opinions table they are compared with.
    sentences : DataFrame
        The sentences that all coded.
    themes : DataFrame, optional
        The themes they were coded with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The compared table: the agreement table of each, with its name as ``coding``.

    Raises
    ------
    TableError
        As `agreement` does.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> readers = {name: read_opinions(coder=name) for name in ("reader_1", "reader_2")}
    >>> compared = compare(readers, read_opinions(), split_sentences(load_reviews()))
    >>> compared["coding"].unique().tolist()
    ['reader_1', 'reader_2']
    """
    if not codings:
        raise TableError("codings is empty. Give each coding with its name, such as {'mine': opinions}.")
    parts = [agreement(coding, other, sentences, themes=themes) for coding in codings.values()]
    return build(COMPARED, pd.concat([part.assign(coding=name) for name, part in zip(codings, parts, strict=True)]))


def _numbered(frame: pd.DataFrame, sentences: pd.DataFrame, themes: pd.DataFrame, argument: str) -> pd.DataFrame:
    """Give each opinion the number of its sentence among those compared."""
    check(frame, OPINIONS, argument)
    craft_themes(frame, themes, argument)
    coders = sorted(frame["coder"].unique())
    if len(coders) > 1:
        raise TableError(f"{argument} holds several coders ({', '.join(coders)}). Take one.")
    return frame.assign(unit=sentence_numbers(frame, sentences, argument))


def _decisions(coded: pd.DataFrame, columns: list[str], labels: list[tuple[str, ...]], units: int) -> np.ndarray:
    """Give a boolean array of sentences x labels: whether the coder gave the sentence that label."""
    place = {label: number for number, label in enumerate(labels)}
    given = np.zeros((units, len(labels)), dtype=bool)
    keys = zip(*(coded[column] for column in columns), strict=True) if columns else [()] * len(coded)
    for unit, label in zip(coded["unit"], keys, strict=True):
        given[unit, place[label]] = True
    return given


def _measures(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Measure F1 and alpha of two arrays of decisions, with intervals over the weights (draws x sentences)."""
    both = (first & second).sum(axis=1)
    either = (first ^ second).sum(axis=1)
    ones = first.sum(axis=1) + second.sum(axis=1)
    weights = np.vstack([np.ones_like(weights[:1]), weights])
    both, either, ones = weights @ both, weights @ either, weights @ ones
    values = 2 * weights.sum(axis=1) * first.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        f1 = 2 * both / ones
        expected = 2 * ones * (values - ones) / (values - 1)
        alpha = 1 - 2 * either / expected
    measures = {}
    for name, draws in (("f1", f1), ("alpha", alpha)):
        drawn = draws[1:][np.isfinite(draws[1:])]
        low, high = np.percentile(drawn, [2.5, 97.5]) if drawn.size and np.isfinite(draws[0]) else (np.nan, np.nan)
        point = draws[0] if np.isfinite(draws[0]) else np.nan
        measures |= {name: point, f"{name}_low": low, f"{name}_high": high}
    return measures
