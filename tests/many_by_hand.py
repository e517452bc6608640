"""Summary tables of as many reviews as one likes, with counts that repeat, so that any sum is told from their number.

Each review has a number n from 0; what it holds goes by remainders of n, as the tables say.
"""

import numpy as np
import pandas as pd

from starlight.summaries import (
    DISAGREEMENT,
    MAKEUP,
    MENTION_POSITIONS,
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    QUOTES,
    SCORE_DISTRIBUTION,
    THEME_FREQUENCY_BY_REVIEW,
)
from starlight.tables import POLARITIES, build

KINDS = ("opinion", "other prose", "other title", "boilerplate")
THEMES = {"music": "craft", "story": "craft", "space": "motif"}
STATUS = ("stated", "stated", "stated", "ambiguous", "unreadable")  # of n modulo 5


def names(number):
    """The reviews' names."""
    return [f"review-{n}" for n in range(number)]


def crossed(number, **columns):
    """Each review with each value of these columns, which are as long as one another; n is the review's number."""
    width = len(next(iter(columns.values())))
    n = np.repeat(np.arange(number), width)
    values = {name: list(column) * number for name, column in columns.items()}
    ids = [f"review-{one}" for one in n]
    return pd.DataFrame({"n": n, "review_id": ids, "name": [f"Review {one}" for one in n], **values})


def makeup(number):
    """Four sentences each: n modulo 5 of them with an opinion, the rest other prose; no titles, no boilerplate."""
    rows = crossed(number, kind=KINDS)
    judging = rows["n"] % 5
    sentences = judging.where(rows["kind"] == "opinion", (4 - judging).where(rows["kind"] == "other prose", 0))
    return build(
        MAKEUP, rows.assign(coder="settled", sentences=sentences, of_sentences=4, share=sentences / 4).drop(columns="n")
    )


def praise_by_review(number):
    """N modulo 4 opinions that praise, n modulo 3 that criticise: one in twelve reviews holds none."""
    n = np.arange(number)
    praise, total = n % 4, n % 4 + n % 3
    rows = pd.DataFrame({"review_id": names(number), "name": [f"Review {one}" for one in n], "coder": "settled"})
    rows = rows.assign(score_raw="B", score_status="stated")
    share = praise / np.where(total > 0, total, np.nan)
    return build(
        PRAISE_AND_CRITICISM_BY_REVIEW, rows.assign(praise=praise, criticism=n % 3, opinions=total, share=share)
    )


def themes_by_review(number):
    """N modulo 3 mentions of music, n modulo 2 of the story, none of space: one in six reviews mentions nothing."""
    rows = crossed(number, theme=THEMES, label=[name.capitalize() for name in THEMES], kind=THEMES.values())
    n = rows.pop("n")
    mentions = (n % 3).where(rows["theme"] == "music", (n % 2).where(rows["theme"] == "story", 0))
    of = mentions.groupby(n).transform("sum")
    return build(
        THEME_FREQUENCY_BY_REVIEW, rows.assign(mentions=mentions, of_mentions=of, share=mentions / of.where(of > 0))
    )


def mention_positions(number):
    """Music at n modulo 20 twentieths of review n, and the story always at its start."""
    rows = crossed(number, theme=["music", "story"], label=["Music", "Story"])
    music = rows["theme"] == "music"
    start = (rows.pop("n") % 20 * 5).where(music, 0)
    spans = {"start": start, "end": start + 5, "kind": "craft", "words": "words", "position": start / 100}
    return build(MENTION_POSITIONS, rows.assign(**spans))


def disagreement(number):
    """Music is praised n modulo 3 times and criticised n modulo 2 times, the story n modulo 6 times criticised."""
    rows = crossed(number, theme=["music", "story"], label=["Music", "Story"])
    n, music = rows.pop("n"), rows["theme"] == "music"
    counts = {"praise": (n % 3).where(music, 0), "criticism": (n % 2).where(music, n % 6)}
    return build(DISAGREEMENT, rows.assign(coder="settled", **counts))


def scores(number, conventions=("even steps",)):
    """Scores of n modulo 101 of 100, three in five of them stated; every second one is a letter."""
    rows = crossed(number, convention=conventions)
    n = rows.pop("n")
    scale = (n % 2).map({0: "letter", 1: "100"})
    status = pd.Series(STATUS)[n % len(STATUS)].to_list()
    rows = rows.assign(score_raw="B", score_scale=scale, score=n % 101, score_status=status)
    return build(SCORE_DISTRIBUTION, rows.assign(score=rows["score"].mask(rows["score_status"] == "unreadable")))


def conventions(number):
    """The same under two conventions."""
    return scores(number, ("even steps", "school"))


def quotes(number):
    """Each review praises music in words that tell which it is; every third criticises the story too."""
    rows = crossed(number, theme=["music", "story"], polarity=["praise", "criticism"])
    rows = rows[(rows["theme"] == "music") | (rows["n"] % 3 == 0)]
    quote = "opinion " + rows["n"].astype("str")
    return build(QUOTES, rows.assign(quote=quote, start=0, end=10, coder="settled").drop(columns="n"))


def praise_and_criticism(number):
    """The counts of those quotes."""
    listed = quotes(number)
    counts = listed.groupby(["theme", "polarity"]).size()
    pairs = [(theme, polarity) for theme in ("music", "story") for polarity in POLARITIES]
    rows = pd.DataFrame(pairs, columns=["theme", "polarity"])
    found = counts.reindex(pd.MultiIndex.from_frame(rows), fill_value=0).to_list()
    of = {"of_opinions": len(listed), "of_reviews": number, "coder": "settled"}
    label = rows["theme"].str.capitalize()
    return build(PRAISE_AND_CRITICISM, rows.assign(label=label, opinions=found, reviews=found, **of))
