"""Write the trained tagger into the project: network, tokenizer, settings, and its figures on held-out films."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pandas as pd
import torch

from ...base.resources import resource, write_digests
from ...loading.load import load_reviews
from .. import tagger
from ..opinions import find_opinions
from . import corpora, measure
from .onnx_graph import export
from .student import HEADS, TAKEN

NAME = "starlight-tagger-3"
OUT = resource("data", "tagger")
LEAST = 0.02  # confidence, of what is looked at for calibration
REACHES = tuple(tenth / 10 for tenth in range(3, 16))
LONG = ("viewers", "critics")  # sources that are whole reviews, sentence by sentence


def release(model: torch.nn.Module, folder: Path, begin: Path) -> None:
    """Step 4: write `model` to `data/tagger`, fit its settings on the dev fold and measure it on the test fold."""
    OUT.mkdir(exist_ok=True)
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    export(weights, len(TAKEN), HEADS, OUT / "model.onnx")
    made = corpora.tokenizer(begin)
    made.no_truncation()
    made.save(str(OUT / "tokenizer.json"), pretty=False)
    units = corpora.coded(folder, corpora.tokenizer(begin))
    dev, test = units.query("fold == 'dev'"), units.query("fold == 'test'")
    read_dev, read_test = np.stack(dev["whole"].tolist()), np.stack(test["whole"].tolist())
    settings = fitted(read_dev, *logits(OUT / "model.onnx", dev["ids"].tolist()))
    _write(settings)
    tags: dict[float, list[list[tagger.Tag]]] = {}
    for reach in REACHES:
        _write(settings._replace(reach=reach))
        tags[reach] = list(tagger.tag(dev["text"].tolist(), LEAST))
    threshold = measure.best_threshold(confidences(tags[REACHES[0]]), read_dev)
    reach = max(tags, key=lambda reach: overlap(dev, tags[reach], threshold, folder))
    settings = settings._replace(threshold=threshold, reach=reach)
    _write(settings)
    found = [list(tagger.tag(part["text"].tolist(), LEAST)) for part in (dev, test)]
    rows, held = measured(test, confidences(found[1]) >= threshold)
    _write(settings._replace(measured=held))
    bins = measure.reliability(confidences(found[1]), read_test)
    bins.insert(0, "coder", NAME)
    bins.insert(1, "other", "reading")
    tables = {"measured": rows, "reliability": bins, "opinions": find_opinions(load_reviews())}
    for name, frame in tables.items():
        frame.to_csv(OUT / f"{name}.csv", index=False, float_format="%.4g", lineterminator="\n")
    write_digests("data/tagger/")
    for name, part, read, coding in (("dev", dev, read_dev, found[0]), ("test", test, read_test, found[1])):
        sure = confidences(coding)
        error = measure.calibration_error(np.where(sure >= threshold, sure, 0), read)
        print(f"{name}: calibration error {error:.3f}; overlap {overlap(part, coding, threshold, folder):.2f}")
    print(tagger.settings(), rows[rows["theme"].isna()].to_string(), sep="\n")


def _write(settings: tagger.Settings) -> None:
    """Store the settings, from where the product reads them."""
    (OUT / "tagger.json").write_text(json.dumps(settings._asdict(), indent=1) + "\n", "utf-8")
    write_digests("data/tagger/")
    tagger.settings.cache_clear()


def logits(path: Path, ids: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the likeliest token's logits and what the sentence adds to them, each sentences x 24."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    outputs = [session.run(None, {"ids": np.array([one])})[0][0] for one in ids]
    half = outputs[0].shape[1] // 2
    return np.stack([one[:, :half].max(0) for one in outputs]), np.stack([one[:, half:].mean(0) for one in outputs])


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
        reach=1.0,
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


def overlap(units: pd.DataFrame, found: list[list[tagger.Tag]], threshold: float, folder: Path) -> float:
    """Return the mean share of characters that a quote and the reading's have in common, of all that either has."""
    read = pd.read_csv(folder / "coded_opinions.tsv.gz", sep="\t", keep_default_na=False)
    places = {key: rows[["start", "end"]].to_numpy() for key, rows in read.groupby(["unit", "theme", "polarity"])}
    shares = []
    for unit, tags in zip(units["unit"], found, strict=True):
        for one in tags:
            for start, end in places.get((unit, one.theme, one.polarity), ())[:1]:
                if one.confidence >= threshold:
                    both = max(0, min(end, one.end) - max(start, one.start))
                    shares.append(both / (end - start + one.end - one.start - both))
    return float(np.mean(shares))
