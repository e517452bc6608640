"""What a page without a kernel needs to explore opinions; export/templates/explore.js counts them as `views` does."""

from typing import Any

import pandas as pd

from ...charts.wording import coders
from ..stored import fitting
from .source import CATEGORIES, Source
from .views import first_choice

QUOTED = 900_000  # bytes of quotes, at most
TEXTS = 3_000_000  # characters of the reviews; if they have more, a page has only their quotes


def stored(source: Source) -> dict[str, Any]:
    """Return the options, the reviews and the opinions; of many reviews, as many as there is room for.

    A row of `opinions` has the numbers of its values among the options, in the order of `CATEGORIES`, and the rest. A
    row of `reviews` has its score, what reviews are chosen by, its title, and its critic last.
    """
    words = source.opinions.set_index(source.opinions["review_id"].astype("str"))["quote"]
    kept = fitting(source.reviews["review_id"], words, QUOTED)
    rows, reviews = source.opinions[source.opinions["review_id"].isin(kept)], source.reviews.loc[kept]
    numbers = (rows[name].cat.codes.tolist() for name in CATEGORIES)
    rest = (rows[name].tolist() for name in ("confidence", "start", "end", "quote"))
    told = ["score_raw", "score_status", "title", "film", "outlet", "year", "critic"]
    scores = source.scores.groupby("convention")["score"]
    is_read = source.is_read[source.reviews.index.isin(kept)]
    out = {"left_out": int((~is_read).sum())}
    return {
        "options": source.options | {"review_id": source.options["review_id"][: len(kept)]},
        "choice": first_choice(source),
        "codings": ["; ".join(coders(pd.DataFrame([{"coder": one} | out]))) for one in source.labels["coder"]],
        "scores": {name: known.reindex(kept).tolist() for name, known in scores},
        "reviews": reviews[told].to_numpy().tolist(),
        "published": reviews["published"].tolist(),
        "read": int(is_read.sum()),
        "opinions": list(zip(*numbers, *rest, strict=True)),
        "texts": reviews["text"].tolist() if reviews["text"].str.len().sum() <= TEXTS else [],
        "of": [len(source.opinions), len(source.reviews)],
    }
