"""How far codings of the same sentences agree: F1 and Krippendorff's alpha, each with an interval.

Both are computed from yes-or-no decisions, one for each sentence and label; alpha corrects for agreement by chance.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from ..base.safe_text import is_whole
from ..base.statistics import design_effect, f1, krippendorff_alpha, wilson
from ..coding.belonging import craft_themes, one_coder, with_units
from ..coding.themes import checked_themes
from ..errors import TableError
from ..tables.base import SENTENCES
from ..tables.columns import POLARITIES, declare
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, check

_LOW_HIGH = "The {} end of its 95 % interval."
AGREEMENT = declare(
    "agreement",
    "one row per pair of codings, level and theme",
    "coder other",
    Column(
        "level",
        TEXT,
        "What must agree, sentence by sentence: that there is an opinion, its polarity, its theme, or all: "
        "theme and polarity.",
        ("opinion", "polarity", "theme", "all"),
    ),
    Column("theme", TEXT, "The theme compared; missing where all themes are taken together.", missing=True),
    Column("label", TEXT, "The theme's name for people; missing as the theme is.", missing=True),
    Column("f1", NUMBER, "F1 of the two codings; missing where neither has an opinion.", missing=True, most=1),
    Column("f1_low", NUMBER, _LOW_HIGH.format("low"), missing=True, most=1),
    Column("f1_high", NUMBER, _LOW_HIGH.format("high"), missing=True, most=1),
    Column("alpha", NUMBER, "Krippendorff's alpha, nominal, on yes or no per sentence and label.", missing=True),
    Column("alpha_low", NUMBER, _LOW_HIGH.format("low"), missing=True),
    Column("alpha_high", NUMBER, _LOW_HIGH.format("high"), missing=True),
    Column("either", COUNT, "How many decisions, one for each sentence and label, are yes in either coding."),
    Column("sentences", COUNT, "How many sentences were compared."),
    key="coder other level theme",
)

_LEVELS = {"opinion": [], "polarity": ["polarity"], "theme": ["theme"], "all": ["theme", "polarity"]}


def agreement(
    opinions: pd.DataFrame,
    other: pd.DataFrame | Mapping[str, pd.DataFrame],
    sentences: pd.DataFrame,
    *,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Measure how far a coding agrees with another, or with several: one row per other coding, level and theme.

    Parameters
    ----------
    opinions : DataFrame
        An opinions table, of one coder.
    other : DataFrame, or dict of str to DataFrame
        The opinions table of another coder, or several, each under the name to show.
    sentences, themes : DataFrame
        The sentences that all coded, and the themes that they coded with; `read_themes()` if not given. Boilerplate,
        which is never coded, is left out.

    Returns
    -------
    DataFrame
        The agreement table. The levels ask, of each sentence: does it hold an opinion; of which polarities; of which
        themes; ``all``: of which themes and polarities. The last two also have a row for each craft theme. F1 and alpha
        follow from the share of decisions that are yes in both codings among those that are yes in either. Their
        intervals follow from that share's: Wilson's (1927), widened where reviews differ (Kish 1965).

    Raises
    ------
    StarlightError
        If a table breaks its declaration, holds a theme that is not craft or several coders, or an opinion lies in a
        sentence that `sentences` lacks or that is boilerplate; if `other` is empty or two of its codings share a
        name.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> sentences, opinions = split_sentences(load_reviews()), read_opinions()
    >>> agreement(opinions, opinions, sentences)["f1"].dropna().unique().tolist()
    [1.0]
    """
    check(sentences, SENTENCES, "sentences")
    units = int((sentences["part"] != "boilerplate").sum())
    if not units:
        raise TableError(
            "sentences holds no title or body to compare. Pass the sentences of the reviews that were coded."
        )
    codings = other if isinstance(other, Mapping) else {"": other}
    if not codings:
        raise TableError("other is empty. Give each coding with its name, such as {'mine': opinions}.")
    listed = checked_themes(themes)
    coder, coded = _coded(opinions, sentences, listed, "opinions")
    review = pd.factorize(sentences.loc[sentences["part"] != "boilerplate", "review_id"])[0]
    rows: list[dict[str, object]] = []
    for name, frame in codings.items():
        other_coder, other_coded = _coded(frame, sentences, listed, f"other[{name!r}]" if name else "other")
        called = _unshared(str(name or other_coder), {row["other"] for row in rows})
        named = {"coder": coder, "other": called, "sentences": units}
        rows += [named | row for row in _compared(coded, other_coded, listed, review)]
    return build(AGREEMENT, pd.DataFrame(rows))


def _unshared(name: str, shown: set[object]) -> str:
    """Return the name to show of a coding; refuse one that another coding has, or that cannot be shown."""
    if not is_whole(name):
        raise TableError(f"other has a coding called {name!r}: half of a character, such as a broken emoji. Rename it.")
    if name in shown:
        raise TableError(
            f"other has two codings called {name!r}, which cannot be told apart. Give each a name of its own."
        )
    return name


def _coded(
    frame: pd.DataFrame, sentences: pd.DataFrame, themes: pd.DataFrame, argument: str
) -> tuple[str, pd.DataFrame]:
    """Return the coder of a checked coding, and its rows with the number of their sentence among those compared."""
    coder = one_coder(frame, argument=argument)
    craft_themes(frame, themes, argument)
    return coder, with_units(frame, sentences, argument)


def _compared(
    one: pd.DataFrame, other: pd.DataFrame, themes: pd.DataFrame, review: np.ndarray
) -> Iterator[dict[str, object]]:
    """Yield the measures of two codings at each level, of all themes together and of each."""
    craft = themes[themes["kind"] == "craft"]
    for level, parts in _LEVELS.items():
        given = [coded[["unit", *parts]].drop_duplicates() for coded in (one, other)]
        decisions = len(review) * (len(POLARITIES) if "polarity" in parts else 1)
        yield {"level": level, **_measures(given, review, decisions * (len(craft) if "theme" in parts else 1))}
        for theme, label in zip(craft["theme"], craft["label"], strict=True) if "theme" in parts else ():
            measured = _measures([labels[labels["theme"] == theme] for labels in given], review, decisions)
            yield {"level": level, "theme": theme, "label": label, **measured}


def _measures(given: list[pd.DataFrame], review: np.ndarray, decisions: int) -> dict[str, float]:
    """Measure F1 and alpha of two codings' labels of sentences, with their intervals; `review` has each sentence's."""
    one, other = given
    agreed, ones, others = (
        np.bincount(review[labels["unit"]], minlength=review.max() + 1).astype(float)
        for labels in (one.merge(other), one, other)
    )
    either = ones + others - agreed
    of, wider = either.sum(), design_effect(agreed, either)
    both = of * np.array([agreed.sum() / max(1, of), *wilson(agreed.sum() / wider, of / wider)])
    f1s = f1(both, both + of)
    alphas = krippendorff_alpha(of - both, both + of, np.full(3, decisions))
    alphas = alphas if np.isfinite(alphas[0]) else np.full(3, np.nan)
    measures: dict[str, float] = {"either": of}
    for name, (measured, low, high) in (("f1", f1s), ("alpha", alphas)):
        measures |= {name: measured, f"{name}_low": low, f"{name}_high": high}
    return measures
