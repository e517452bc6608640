"""How far a coding can be trusted: agreement, with intervals, which themes it confuses, what its confidence is worth.

F1 and Krippendorff's alpha are computed from yes-or-no decisions, one for each sentence and label; alpha corrects for
agreement by chance.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from ..base.safe_text import is_whole
from ..base.statistics import design_effect, f1, krippendorff_alpha, wilson
from ..coding.belonging import craft_themes, one_coder, with_units
from ..coding.opinions import read_opinions
from ..coding.tagger import settings
from ..coding.themes import checked_themes
from ..errors import TableError
from ..loading.load import load_reviews
from ..tables import COUNT, NUMBER, POLARITIES, SENTENCES, TEXT, Column, build, check, declare
from ..text.sentences import split_sentences

_LEVELS = {"opinion": [], "polarity": ["polarity"], "theme": ["theme"], "all": ["theme", "polarity"]}
_LOW_HIGH = "The {} end of its 95 % interval."
AGREEMENT = declare(
    "agreement",
    "one row per pair of codings, level and theme",
    "coder other",
    Column(
        "level", TEXT, "What must agree in a sentence; opinion: having one; all: theme and polarity.", tuple(_LEVELS)
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
CONFUSION = declare(
    "confusion",
    "one row per theme of one coding and theme of the other",
    "coder other",
    Column("theme", TEXT, "The theme in the coding; none where only the other has one."),
    Column("other_theme", TEXT, "The theme in the other coding; none where only the first has one."),
    Column("sentences", COUNT, "Number of sentences where the coding has `theme` and the other has `other_theme`."),
    key="theme other_theme",
)
RELIABILITY = declare(
    "reliability",
    "one row per tenth of confidence that has opinions",
    "coder other",
    Column("low", NUMBER, "Where the tenth begins; 0.4 is from 0.4 to 0.5.", most=1),
    Column("confidence", NUMBER, "The mean confidence of the opinions in it.", most=1),
    Column("found", NUMBER, "The share of them that the other coding has too.", most=1),
    "opinions",
    key="low",
)


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


def confusion(opinions: pd.DataFrame, other: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Count which themes two codings give to the same sentences: one row per pair of themes.

    Parameters
    ----------
    opinions, other, sentences : DataFrame
        Two opinions tables, each of one coder, and the sentences that both coded.

    Returns
    -------
    DataFrame
        The confusion table: every pair of the themes that occur, and ``none``. In each sentence a theme that both have
        is paired with itself. Then each remaining theme of the one coding is paired with each remaining theme of the
        other, or with ``none`` if the other has no more.

    Raises
    ------
    TableError
        If a table breaks its declaration, or an opinion lies in none of the sentences.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> opinions = read_opinions()
    >>> same = confusion(opinions, opinions, split_sentences(load_reviews()))
    >>> same.query("theme != other_theme")["sentences"].sum().item()
    0
    """
    check(sentences, SENTENCES, "sentences")
    both, coders = [], {}
    for frame, argument, column in ((opinions, "opinions", "coder"), (other, "other", "other")):
        coders[column] = one_coder(frame, argument=argument)
        both.append(with_units(frame, sentences, argument).groupby("unit")["theme"].agg(set).to_dict())
    mine, theirs = both
    counts: Counter[tuple[str, str]] = Counter()
    for number in mine.keys() | theirs.keys():
        one, two = mine.get(number, set()), theirs.get(number, set())
        counts.update((theme, theme) for theme in one & two)
        if one != two:
            counts.update(product(one - two or {"none"}, two - one or {"none"}))
    themes = [*sorted({*opinions["theme"], *other["theme"]}), "none"]
    rows = [{"theme": a, "other_theme": b, "sentences": counts[a, b]} for a, b in product(themes, themes)]
    return build(CONFUSION, pd.DataFrame(rows).assign(**coders))


def reliability(opinions: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Compare confidence with agreement: one row per tenth of confidence, with how many opinions another coding shares.

    Parameters
    ----------
    opinions, other : DataFrame
        Two opinions tables, each of one coder; the first with confidence.

    Returns
    -------
    DataFrame
        The reliability table. The other coding shares an opinion if it has one of the same theme and polarity in the
        same sentence. In a well-calibrated coding ``found`` is near ``confidence``.

    Raises
    ------
    TableError
        If a table breaks its declaration, or an opinion has no confidence.

    Examples
    --------
    >>> from starlight import read_opinions
    >>> sure = read_opinions().assign(confidence=0.95)
    >>> reliability(sure, read_opinions())[["low", "found"]].values.tolist()
    [[0.9, 1.0]]
    """
    coders = {"coder": one_coder(opinions), "other": one_coder(other, argument="other")}
    if opinions["confidence"].isna().any():
        raise TableError("opinions has rows without confidence. Pass a model's coding, which has one in every row.")
    key = ["review_id", "sentence", "theme", "polarity"]
    in_other = pd.MultiIndex.from_frame(opinions[key]).isin(pd.MultiIndex.from_frame(other[key]))
    tenth = np.minimum((opinions["confidence"] * 10 + 1e-9).astype("int64"), 9)
    frame = pd.DataFrame({"low": tenth / 10, "confidence": opinions["confidence"], "found": in_other.astype(float)})
    rows = frame.groupby("low").agg(
        confidence=("confidence", "mean"), found=("found", "mean"), opinions=("found", "size")
    )
    return build(RELIABILITY, rows.reset_index().assign(**coders))


@cache
def tagger_on_the_five() -> float:
    """Return the F1, of theme and polarity, of the tagger's stored coding of the five against the settled one."""
    codings = (read_opinions(), read_opinions(coder=settings().name))
    compared = agreement(*codings, split_sentences(load_reviews()))
    return float(compared.loc[compared["theme"].isna() & compared["level"].eq("all"), "f1"].iloc[0])
