"""Write the trained tagger into the project: network, second look, settings, and its figures on held-out films."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from ...base.resources import resource, write_digests
from ...loading.load import load_reviews
from .. import second_look, tagger
from ..opinions import find_opinions
from . import corpora, look, measure
from .onnx_graph import export
from .student import HEADS, LAYERS

NAME = "starlight-tagger-4.1"
OUT = resource("data", "tagger")
COOLED = 0.7  # what all logits are multiplied by, since the network is too sure of itself
REACH = 0.575  # near .7 times .7, the best before; no quote in the invented reviews changes from .570 to .580
APART = 0.02  # above the best threshold: there no confidence in the invented reviews is near it
LEAST = 0.02  # confidence, of what is looked at for calibration
# What is measured apart: the fold and the sources. The old sources have whole reviews of two kinds.
MEASURED = {
    "snippets": ("test", ("snippets",)),
    "whole reviews": ("test", ("viewers", "critics")),
    "viewers": ("test", ("viewers",)),
    "critics": ("test", ("critics",)),
    "fresh snippets": ("fresh", ("snippets2",)),
    "fresh reviews": ("fresh", ("viewers2", "anime")),
}


def release(model: torch.nn.Module, folder: Path) -> None:
    """Step 4: write `model` to `data/tagger`, fit the rest on the dev fold, and measure it all on the test folds."""
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    weights |= {name: COOLED * value for name, value in weights.items() if name.startswith(("token.", "whole."))}
    export(weights, LAYERS, HEADS, OUT / "model.onnx")
    write_digests("data/tagger/")
    made, opinions = corpora.tokenizer(OUT), corpora.read(folder, "coded_opinions")
    units = corpora.coded(folder, made)
    settle(look.sentences(units.query("fold == 'dev'"), opinions, made))
    report(look.sentences(units.query("fold in ['test', 'fresh']"), opinions, made))


def settle(units: pd.DataFrame) -> None:
    """Fit the second look and the threshold on sentences that the network was not trained on, and store them."""
    _, first, evidence = tagger.read(units["text"].tolist(), pd.factorize(units["review"])[0])
    look.write(look.weights(evidence, first, units), OUT / "second_look.csv")
    sure, read = look.left_out(evidence, first, units), np.stack(units["whole"].tolist()) > 0
    long, thin = ~units["source"].isin(look.SNIPPETS).to_numpy(), look.thinned(units)
    threshold = round(measure.best_threshold([(sure[some], read[some]) for some in (long, thin)]) + APART, 3)
    for name, some in {"long": long, "thinned": thin, "snippets": ~long}.items():
        kept = np.where(sure[some] >= threshold, sure[some], 0)
        error = measure.calibration_error(kept, read[some])
        print(f"cross-validated, {name}: F1 {measure.f1(kept > 0, read[some]):.3f}, calibration error {error:.3f}")
    _write(tagger.Settings(NAME, corpora.outputs(), threshold, REACH, corpora.LONGEST, {}))


def report(units: pd.DataFrame) -> None:
    """Write the figures of the test folds, and what the tagger makes of the five and of the hard sentences."""
    threshold = tagger.settings().threshold
    sure = confidences(list(tagger.tag(units["text"].tolist(), LEAST, reviews=units["review"].tolist())))
    read = np.stack(units["whole"].tolist()) > 0
    parts = {
        name: units["fold"].eq(fold).to_numpy() & units["source"].isin(sources).to_numpy()
        for name, (fold, sources) in MEASURED.items()
    }
    for name in ("whole reviews", "fresh reviews"):
        thin = parts[name].copy()
        thin[thin] = look.thinned(units[thin])
        parts[f"{name}, two in five judge"] = thin
    for name, some in parts.items():
        kept = np.where(sure >= threshold, sure, 0)[some]
        print(f"{name}: calibration error {measure.calibration_error(kept, read[some]):.3f}")
    rows = measured(units, sure >= threshold, read, parts)
    whole = rows[rows["level"].eq("all") & rows["theme"].isna()].set_index("source")["f1"].round(2)
    held = {source: whole[source] for source in ("snippets", "whole reviews")}
    _write(tagger.settings()._replace(measured=held))
    bins = measure.reliability(np.where(sure >= LEAST, sure, 0), read)
    bins.insert(0, "coder", NAME)
    bins.insert(1, "other", "reading")
    hard = pd.read_csv(OUT / "hard_sentences.csv", keep_default_na=False)
    tables = {"measured": rows, "reliability": bins, "opinions": find_opinions(load_reviews())}
    for name, frame in (tables | {"hard_sentences": hard.assign(found=hard["sentence"].map(_found))}).items():
        frame.to_csv(OUT / f"{name}.csv", index=False, float_format="%.4g", lineterminator="\n")
    write_digests("data/tagger/")
    print(rows[rows["theme"].isna()].to_string())


def measured(units: pd.DataFrame, found: np.ndarray, read: np.ndarray, parts: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return F1 of each part of the sentences, by level and theme; a snippet's sentences count as one."""
    themes, rows = np.array([theme for theme, _ in corpora.outputs()]), []
    for source, some in parts.items():
        of_unit = units.loc[some, "part_of"].to_numpy()
        films = units[some].drop_duplicates("part_of")["film"].to_numpy()
        units_found, units_read = (_together(coded[some], of_unit) for coded in (found, read))
        for level, theme, groups in measure.levels(themes):
            mine, theirs = (measure.merged(coded, groups) for coded in (units_found, units_read))
            low, high = measure.interval(mine, theirs, films)
            rows.append((source, level, theme, measure.f1(mine, theirs), low, high, len(films), int(theirs.sum())))
    return pd.DataFrame(rows, columns=["source", "level", "theme", "f1", "f1_low", "f1_high", "sentences", "opinions"])


def _together(coded: np.ndarray, of_unit: np.ndarray) -> np.ndarray:
    return pd.DataFrame(coded).groupby(of_unit, sort=False).max().to_numpy()


def _found(sentence: str) -> str:
    """Return what the tagger makes of a sentence: "music praise; story criticism"."""
    tags = next(iter(tagger.tag([sentence])))
    return "; ".join(f"{one.theme} {one.polarity}" for one in tags)


def _write(settings: tagger.Settings) -> None:
    """Store the settings, from where the product reads them."""
    (OUT / "tagger.json").write_text(json.dumps(settings._asdict(), indent=1) + "\n", "utf-8")
    write_digests("data/tagger/")
    tagger.settings.cache_clear()
    second_look.weights.cache_clear()


def confidences(found: list[list[tagger.Tag]]) -> np.ndarray:
    """Return the confidence of each output in each sentence (sentences x 24); 0 if the tagger did not find it."""
    number = {pair: place for place, pair in enumerate(corpora.outputs())}
    made = np.zeros((len(found), len(number)))
    for row, tags in enumerate(found):
        for one in tags:
            output = number[one.theme, one.polarity]
            made[row, output] = max(made[row, output], one.confidence)
    return made
