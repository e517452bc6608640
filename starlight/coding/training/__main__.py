"""Train the tagger: python -m starlight.coding.training CORPORA WORK.

CORPORA is the folder of review corpora. WORK is a folder for intermediate files, from which a run that was stopped goes
on. The tagger is written to `data/tagger`.

1. A teacher, all-mpnet-base-v2, learns the readings.
2. It codes what nobody has coded: critics' snippets, and sentences from viewers' reviews.
3. The student learns from the readings and from the teacher: snippets first, then the viewers' sentences too, and at
   last with rounded numbers.
4. Confidence and threshold are fitted on the dev fold, and everything is measured on the test fold.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from transformers import AutoModel

from . import corpora, network, release, student, weights

SEED = 1
TEACHER_FROZEN = 2  # layers, and the words
PIECE = 4_000  # sentences whose coding by the teacher is stored at once
Coding = tuple[np.ndarray, np.ndarray]  # probabilities of all tokens, in one array, and of all sentences


def texts(folder: Path, work: Path, name: str) -> pd.DataFrame:
    """Return the snippets or viewers' sentences that nobody coded, as `corpora` made them at first.

    They are stored: were they split otherwise later, the teacher's coding would not fit them.
    """
    stored = work / f"texts-{name}.csv.gz"
    if not stored.exists():
        getattr(corpora, name)(folder).to_csv(stored, index=False)
    return pd.read_csv(stored, keep_default_na=False)


def teach(folder: Path, theirs: Path, work: Path) -> network.Tagger:
    """Return the trained teacher (step 1; about 40 minutes on two cores).

    At last it learns from what was read since the corpora were made, among a part of the rest.
    """
    torch.manual_seed(SEED)
    model = network.Tagger(AutoModel.from_pretrained(theirs, add_pooling_layer=False), len(corpora.outputs()))
    for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:TEACHER_FROZEN]):
        part.requires_grad_(False)
    made = corpora.tokenizer(theirs, special=True)
    rows = corpora.with_rare_twice(corpora.coded(folder, made).query("fold == 'train'"))
    network.begin_at_rates(model, rows)
    network.train(model, rows, work / "teacher-1.pt", epochs=3, rate=5e-5, tokens=1_024, seed=SEED)
    read = corpora.readings(texts(folder, work, "viewers"), made)
    some = pd.concat([read, read, rows.sample(frac=0.3, random_state=SEED)])
    network.train(model, some, work / "teacher-2.pt", epochs=1, rate=2e-5, tokens=1_024, seed=SEED + 1)
    return model


def code(folder: Path, theirs: Path, work: Path) -> dict[str, Coding]:
    """Return the teacher's probabilities for all that the student learns from, stored in pieces (step 2; two hours)."""
    model, made = teach(folder, theirs, work), corpora.tokenizer(theirs, special=True)
    for part in model.modules():
        if isinstance(part, torch.nn.Linear):
            part.to(torch.bfloat16)  # once; else autocast does it at every call, which takes a third of the time
    parts = {
        "coded": corpora.coded(folder, made).query("fold == 'train'"),
        **{name: corpora.as_units(texts(folder, work, name), None, made) for name in ("uncoded", "viewers")},
    }
    return {name: _coded(model, units["ids"].tolist(), work / f"coded-{name}") for name, units in parts.items()}


def _coded(model: network.Tagger, ids: network.Ids, stored: Path) -> Coding:
    stored.mkdir(exist_ok=True)
    pieces = []
    for first in range(0, len(ids), PIECE):
        piece = stored / f"{first:06}.npz"
        if not piece.exists():
            tokens, whole = network.predict(model, ids[first : first + PIECE], exact=False)
            own = np.concatenate([one[1:-1] for one in tokens])  # without those that begin and end a sentence
            unfinished = piece.with_suffix(".part.npz")
            np.savez(unfinished, tokens=own.astype(np.float16), whole=whole)
            unfinished.replace(piece)
        pieces.append(np.load(piece))
    tokens, whole = (np.concatenate([piece[name] for piece in pieces]) for name in ("tokens", "whole"))
    return tokens, whole


def learn(folder: Path, begin: Path, work: Path, theirs: dict[str, Coding]) -> student.Student:
    """Return the trained student (step 3; about an hour and a half)."""
    made = corpora.tokenizer(begin)
    coded = corpora.coded(folder, made).query("fold == 'train'")
    coded = corpora.softened(coded, *theirs["coded"], 0.5)
    uncoded, viewers = (
        corpora.softened(corpora.as_units(texts(folder, work, name), None, made), *theirs[name], 1.0)
        for name in ("uncoded", "viewers")
    )
    read = corpora.readings(viewers, made)
    for name in ("tokens", "whole"):
        both = zip(read[name], viewers.loc[read.index, name], strict=True)
        read[name] = pd.Series([(mine + soft) / 2 for mine, soft in both], read.index)
    coded = pd.concat([coded, read])
    torch.manual_seed(SEED)
    model = student.begin(AutoModel.from_pretrained(begin), len(corpora.outputs()), corpora.LONGEST)
    network.begin_at_rates(model, pd.concat([coded, uncoded]))
    steps = [work / f"student-{number}.pt" for number in range(1, 5)]
    snippets = pd.concat([coded, coded, uncoded])
    network.train(model, snippets, steps[0], epochs=4, rate=3e-4, tokens=2_048, seed=SEED)
    model.drop.p = 0.0  # so small a network has nothing to spare
    network.train(model, snippets, steps[1], epochs=5, rate=5e-4, tokens=2_048, seed=SEED + 1)
    units = pd.concat([coded, uncoded, viewers])
    network.train(model, units, steps[2], epochs=6, rate=4e-4, tokens=2_048, seed=SEED + 2)
    model.hold_ranges(lambda: network.predict(model, units["ids"].tolist()[::100]))
    network.train(model, units, steps[3], epochs=1, rate=1e-4, tokens=2_048, seed=SEED + 3)
    return model


if __name__ == "__main__":
    folder, work = map(Path, sys.argv[1:])
    work.mkdir(parents=True, exist_ok=True)
    begin = weights.begin()
    release.release(learn(folder, begin, work, code(folder, weights.teacher(work), work)), folder, begin)
