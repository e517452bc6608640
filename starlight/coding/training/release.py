"""Write the trained tagger into the project: network, tokenizer, settings, and its figures on held-out films."""

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

NAME = "starlight-tagger-3.1"
OUT = resource("data", "tagger")
LEAST = 0.02  # confidence, of what is looked at for calibration
LONG = ("viewers", "critics")  # sources that are whole reviews, sentence by sentence


def release(model: torch.nn.Module, folder: Path) -> None:
    """Step 4: write `model` to `data/tagger`, and settle and measure it."""
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    export(weights, LAYERS, HEADS, OUT / "model.onnx")
    dev = corpora.coded(folder, corpora.tokenizer(OUT)).query("fold == 'dev'")
    read = np.stack(dev["whole"].tolist())
    settle(fitted(read, *look.outputs(OUT / "model.onnx", dev)), folder, dev)


def settle(settings: tagger.Settings, folder: Path, unseen: pd.DataFrame) -> None:
    """Fit the second look, the threshold and the length of quotes on units that the network was not trained on.

    Then measure the tagger on the test fold.
    """
    made, opinions = corpora.tokenizer(OUT), corpora.read(folder, "coded_opinions")
    units = look.sentences(unseen, opinions, made)
    token, whole = look.outputs(OUT / "model.onnx", units)
    first = look.first_look(settings, token, whole)
    evidence = look.seen(units, token, first)
    look.write(look.weights(evidence, first, units), OUT / "second_look.csv")
    sure, read = look.left_out(evidence, first, units), np.stack(units["whole"].tolist()) > 0
    long, thin = ~units["source"].isin(look.SNIPPETS).to_numpy(), look.thinned(units)
    settings = settings._replace(threshold=measure.best_threshold([(sure[some], read[some]) for some in (long, thin)]))
    for name, some in {"long": long, "thinned": thin, "snippets": ~long}.items():
        kept = np.where(sure[some] >= settings.threshold, sure[some], 0)
        error = measure.calibration_error(kept, read[some])
        print(f"cross-validated, {name}: F1 {measure.f1(kept > 0, read[some]):.3f}, calibration error {error:.3f}")
    _write(settings)
    _measure(look.sentences(corpora.coded(folder, made).query("fold == 'test'"), opinions, made))


def _measure(test: pd.DataFrame) -> None:
    """Write the figures of the test fold and the coding of the five."""
    threshold = tagger.settings().threshold
    sure = confidences(list(tagger.tag(test["text"].tolist(), LEAST, reviews=test["review"].tolist())))
    read = np.stack(test["whole"].tolist())
    bins = measure.reliability(np.where(sure >= LEAST, sure, 0), read)
    bins.insert(0, "coder", NAME)
    bins.insert(1, "other", "reading")
    by_unit = test.drop_duplicates("part_of").assign(whole=pd.Series(_together(read, test)).to_numpy())
    rows, held = measured(by_unit, np.stack(_together(sure, test)) >= threshold)
    _write(tagger.settings()._replace(measured=held))
    tables = {"measured": rows, "reliability": bins, "opinions": find_opinions(load_reviews())}
    for name, frame in tables.items():
        frame.to_csv(OUT / f"{name}.csv", index=False, float_format="%.4g", lineterminator="\n")
    write_digests("data/tagger/")
    error = measure.calibration_error(np.where(sure >= threshold, sure, 0), read)
    print(f"test: calibration error {error:.3f}", rows[rows["theme"].isna()].to_string(), sep="\n")


def _together(values: np.ndarray, sentences: pd.DataFrame) -> list[np.ndarray]:
    """Return the highest values of each unit's sentences."""
    return list(pd.DataFrame(values).groupby(sentences["part_of"].to_numpy(), sort=False).max().to_numpy())


def _write(settings: tagger.Settings) -> None:
    """Store the settings, from where the product reads them."""
    (OUT / "tagger.json").write_text(json.dumps(settings._asdict(), indent=1) + "\n", "utf-8")
    write_digests("data/tagger/")
    tagger.settings.cache_clear()
    second_look.weights.cache_clear()


def fitted(read: np.ndarray, token: np.ndarray, whole: np.ndarray) -> tagger.Settings:
    """Return settings whose confidence fits the dev fold, by logistic regression with each bias held to their mean."""
    of_token, of_whole, wanted = (torch.from_numpy(part) for part in (token, whole, read))
    slopes, common, bias = torch.full((2,), 0.5), torch.zeros(1), torch.zeros(token.shape[1])
    parameters = [part.requires_grad_() for part in (slopes, common, bias)]
    optimizer = torch.optim.LBFGS(parameters, max_iter=200)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        logit = slopes[0] * of_token + slopes[1] * of_whole + common + bias
        value = (
            torch.nn.functional.binary_cross_entropy_with_logits(logit, wanted, reduction="sum") + 2 * (bias**2).sum()
        )
        value.backward()
        return value

    optimizer.step(closure)
    return tagger.Settings(
        name=NAME,
        outputs=corpora.outputs(),
        token=round(slopes[0].item(), 4),
        whole=round(slopes[1].item(), 4),
        bias=[round(value, 4) for value in (common + bias).tolist()],
        threshold=0.5,
        reach=0.7,  # with it, of .3 to 1.5, most of the characters of quotes are those of the reading's
        longest=corpora.LONGEST,
        measured={},
    )


def confidences(found: list[list[tagger.Tag]]) -> np.ndarray:
    """Return the confidence of each output in each sentence (sentences x 24); 0 if the tagger did not find it."""
    number = {pair: place for place, pair in enumerate(corpora.outputs())}
    made = np.zeros((len(found), len(number)))
    for row, tags in enumerate(found):
        for one in tags:
            output = number[one.theme, one.polarity]
            made[row, output] = max(made[row, output], one.confidence)
    return made


def measured(test: pd.DataFrame, found: np.ndarray) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return F1 by source, level and theme, with intervals over whole films, and the two figures that charts show."""
    wanted, rows = np.stack(test["whole"].tolist()) > 0, []
    themes = np.array([theme for theme, _ in corpora.outputs()])
    for source, kinds in {"snippets": ("snippets",), "whole reviews": LONG, **{kind: (kind,) for kind in LONG}}.items():
        of_source = test["source"].isin(kinds).to_numpy()
        films = test.loc[of_source, "film"].to_numpy()
        for level, theme, groups in measure.levels(themes):
            mine, theirs = (measure.merged(coded[of_source], groups) for coded in (found, wanted))
            low, high = measure.interval(mine, theirs, films)
            rows.append((source, level, theme, measure.f1(mine, theirs), low, high, len(films), int(theirs.sum())))
    columns = ["source", "level", "theme", "f1", "f1_low", "f1_high", "sentences", "opinions"]
    frame = pd.DataFrame(rows, columns=columns)
    whole = frame[frame["level"].eq("all") & frame["theme"].isna()].set_index("source")["f1"].round(2)
    return frame, {source: whole[source] for source in ("snippets", "whole reviews")}
