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


def teach(folder: Path, theirs: Path, work: Path) -> network.Tagger:
    """Return the trained teacher (step 1; about 25 minutes on two cores)."""
    units = corpora.coded(folder, corpora.tokenizer(theirs, special=True))
    torch.manual_seed(SEED)
    model = network.Tagger(AutoModel.from_pretrained(theirs, add_pooling_layer=False), len(corpora.outputs()))
    for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:TEACHER_FROZEN]):
        part.requires_grad_(False)
    if (stored := work / "teacher.pt").exists():
        model.load_state_dict(torch.load(stored))
        return model
    rows = units.query("fold == 'train'")
    network.begin_at_rates(model, rows)
    network.train(model, rows, epochs=3, rate=5e-5, tokens=1_024, seed=SEED)
    torch.save(model.state_dict(), stored)
    return model


def code(folder: Path, theirs: Path, work: Path) -> None:
    """Store the teacher's probabilities for all that the student learns from (step 2; about an hour)."""
    if (stored := work / "coded.npz").exists():
        return
    model, made = teach(folder, theirs, work), corpora.tokenizer(theirs, special=True)
    parts = {
        "coded": corpora.coded(folder, made).query("fold == 'train'"),
        "uncoded": corpora.uncoded(folder, made),
        "viewers": corpora.viewers(folder, made),
    }
    for part in model.modules():
        if isinstance(part, torch.nn.Linear):
            part.to(torch.bfloat16)  # once; else autocast does it at every call, which takes a third of the time
    kept: dict[str, np.ndarray] = {}
    for name, units in parts.items():
        tokens, whole = network.predict(model, units["ids"].tolist(), exact=False)
        own = np.concatenate([one[1:-1] for one in tokens])  # without those that begin and end a sentence
        kept |= {f"{name}_tokens": own.astype(np.float16), f"{name}_whole": whole}
    np.savez(stored, **kept)  # type: ignore[arg-type]  # its stub takes every name for allow_pickle


def learn(folder: Path, begin: Path, work: Path) -> student.Student:
    """Return the trained student (step 3; about an hour and a half)."""
    made = corpora.tokenizer(begin)
    coded = corpora.coded(folder, made).query("fold == 'train'")
    uncoded, viewers = corpora.uncoded(folder, made), corpora.viewers(folder, made)
    stored = np.load(work / "coded.npz")
    coded = corpora.softened(coded, stored["coded_tokens"], stored["coded_whole"], 0.5)
    uncoded = corpora.softened(uncoded, stored["uncoded_tokens"], stored["uncoded_whole"], 1.0)
    viewers = corpora.softened(viewers, stored["viewers_tokens"], stored["viewers_whole"], 1.0)
    torch.manual_seed(SEED)
    model = student.begin(AutoModel.from_pretrained(begin), len(corpora.outputs()), corpora.LONGEST)
    network.begin_at_rates(model, pd.concat([coded, uncoded]))
    snippets = pd.concat([coded, coded, uncoded])
    network.train(model, snippets, epochs=4, rate=3e-4, tokens=2_048, seed=SEED)
    model.drop.p = 0.0  # so small a network has nothing to spare
    network.train(model, snippets, epochs=5, rate=5e-4, tokens=2_048, seed=SEED + 1)
    units = pd.concat([coded, uncoded, viewers])
    network.train(model, units, epochs=6, rate=4e-4, tokens=2_048, seed=SEED + 2)
    model.hold_ranges(lambda: network.predict(model, units["ids"].tolist()[::100]))
    network.train(model, units, epochs=1, rate=1e-4, tokens=2_048, seed=SEED + 3)
    torch.save(model.state_dict(), work / "student.pt")
    return model


if __name__ == "__main__":
    folder, work = map(Path, sys.argv[1:])
    work.mkdir(parents=True, exist_ok=True)
    code(folder, weights.teacher(work), work)
    release.release(learn(folder, weights.begin(), work), folder, weights.begin())
