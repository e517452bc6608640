"""Train the tagger: python -m starlight.coding.training CORPORA WORK.

CORPORA is the folder of review corpora. WORK is a folder with the weights to begin from (`data/tagger/README.md` says
how they get there), and for what is made on the way, from which a run that was stopped goes on. The tagger is written
to `data/tagger`.

1. A teacher, all-mpnet-base-v2, learns the readings.
2. It codes what nobody has coded: critics' snippets, and sentences from viewers' reviews.
3. The student, which begins as starlight-tagger-3, learns from the readings; then, with rounded numbers, from the
   teacher's coding too, and at last from that alone.
4. The second look and the threshold are fitted on the dev fold, and everything is measured on the test folds.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from transformers import AutoModel

from . import corpora, network, release, student

CHECKSUMS = {
    "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "tagger-3.onnx": "6919513982d7741dc28a7e3dd73ae150aa7094b040af346e6f9c3fd49c3398f5",
}
SEED = 1
TEACHER_FROZEN = 2  # layers, and the words
PIECE = 4_000  # sentences whose coding by the teacher is stored at once


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


def code(folder: Path, theirs: Path, work: Path) -> pd.DataFrame:
    """Return what nobody coded, with the teacher's probabilities as targets (step 2; 25 minutes)."""
    model, special = teach(folder, theirs, work), corpora.tokenizer(theirs, special=True)
    for part in model.modules():
        if isinstance(part, torch.nn.Linear):
            part.to(torch.bfloat16)  # once; else autocast does it at every call, which takes a third of the time
    made, parts = corpora.tokenizer(release.OUT), []
    for name in ("viewers", "uncoded"):
        frame = texts(folder, work, name)
        ids = [one.ids for one in special.encode_batch(frame["text"].tolist())]
        parts.append(corpora.as_units(frame, None, made).assign(**_coded(model, ids, work / f"coded-{name}")))
    return pd.concat(parts)


def _coded(model: network.Tagger, ids: network.Ids, stored: Path) -> dict[str, Any]:
    """Return the probabilities of each sentence and of its own tokens, from pieces that are stored."""
    stored.mkdir(exist_ok=True)
    tokens: list[np.ndarray] = []
    whole: list[np.ndarray] = []
    for first in range(0, len(ids), PIECE):
        piece, some = stored / f"{first:06}.npz", ids[first : first + PIECE]
        if not piece.exists():
            found = network.predict(model, some, exact=False)
            unfinished = piece.with_suffix(".part.npz")
            np.savez(unfinished, tokens=np.concatenate(found[0]).astype(np.float16), whole=found[1])
            unfinished.replace(piece)
        held = np.load(piece)
        every = np.split(held["tokens"], np.cumsum([len(one) for one in some])[:-1])
        tokens += [one[1:-1] for one in every]  # without those that begin and end a sentence
        whole += list(held["whole"])
    return {"tokens": tokens, "whole": whole}


def learn(folder: Path, begin: Path, work: Path, theirs: pd.DataFrame) -> student.Student:
    """Return the student that learned from the readings, from both, and then from the teacher (step 3; an hour).

    The readings are few enough to be learned by heart; the teacher's coding alone makes up for that. The weights before
    and after its last three epochs are averaged: on the dev fold that is better than either.
    """
    made = corpora.tokenizer(release.OUT)
    coded = corpora.coded(folder, made).query("fold == 'train'")
    since = corpora.readings(texts(folder, work, "viewers"), made)
    read = pd.concat([corpora.with_rare_twice(pd.concat([coded, since])), since])
    torch.manual_seed(SEED)
    model = student.restored(begin)
    network.train(model, read, work / "student-1.pt", epochs=3, rate=2e-4, tokens=2_048, seed=SEED)
    units = pd.concat([read, theirs])
    model.hold_ranges(lambda: network.predict(model, units["ids"].tolist()[::50]))
    network.train(model, units, work / "student-2.pt", epochs=2, rate=3e-4, tokens=2_048, seed=SEED + 1)
    network.train(model, theirs, work / "student-3.pt", epochs=2, rate=3e-4, tokens=2_048, seed=SEED + 2)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    theirs = corpora.with_rare_twice(theirs)
    network.train(model, theirs, work / "student-4.pt", epochs=3, rate=4e-4, tokens=2_048, seed=SEED + 3)
    model.load_state_dict({name: (value + before[name]) / 2 for name, value in model.state_dict().items()})
    return model


def checked(path: Path) -> Path:
    """Return the path of weights that training begins from, if they are the right ones."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != CHECKSUMS[path.name]:
        raise SystemExit(f"{path} does not hold the weights that training begins from: SHA-256 {found}.")
    return path


if __name__ == "__main__":
    folder, work = map(Path, sys.argv[1:])
    theirs = checked(work / "all-mpnet-base-v2" / "model.safetensors").parent
    release.release(learn(folder, checked(work / "tagger-3.onnx"), work, code(folder, theirs, work)), folder)
