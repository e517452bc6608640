"""Tables small enough to count on paper: three reviews with all their sentences, mentions and opinions.

ann mentions music once and story once; bob mentions music twice and space once; cy mentions space once.
ann praises music twice and criticises the story twice; bob praises music and story once each and criticises music once;
cy judges nothing. So the story divides them, and music does not: bob's two opinions of it cancel out.
ann prints a stated grade, bob an ambiguous one, cy none.
"""

from functools import cache, wraps

import pandas as pd

from starlight.summaries import CORRECTED_SHARES, SAMPLE, SCORE_DISTRIBUTION
from starlight.tables import MENTIONS, OPINIONS, REVIEWS, SENTENCES, THEMES, build

TEXTS = {
    "ann": "Lovely music. Dull plot. Share this page.",
    "bob": "Dull music. The music of space soars.",
    "cy": "Off to space.",
}
NAMES = {"ann": "Ann", "bob": "Bob", "cy": "Cy"}
EACH_CONVENTION = ("one member", "even steps", "school")


def once(make):
    """Build a table once and give each test a copy of it: over a thousand ask for one."""
    made = cache(make)
    return wraps(make)(lambda *given: made(*given).copy())


@once
def reviews_by_hand():
    """The three reviews."""
    scores = {"ann": ("B-", "letter", 67, "stated"), "bob": ("A", "letter", None, "ambiguous")}
    columns = ("score_raw", "score_scale", "score", "score_status")
    rows = [
        {"review_id": name, "name": NAMES[name], "text": text, "words": len(text.split())}
        | dict(zip(columns, scores.get(name, (None, None, None, "none")), strict=True))
        for name, text in TEXTS.items()
    ]
    return build(REVIEWS, rows)


@once
def sentences_by_hand():
    """Their sentences: ann's last is boilerplate, bob's first a title."""
    rows = [
        ("ann", 0, "Lovely music.", "body"),
        ("ann", 1, "Dull plot.", "body"),
        ("ann", 2, "Share this page.", "boilerplate"),
        ("bob", 0, "Dull music.", "title"),
        ("bob", 1, "The music of space soars.", "body"),
        ("cy", 0, "Off to space.", "body"),
    ]
    return build(SENTENCES, [_span(name, words, sentence=n, text=words, part=part) for name, n, words, part in rows])


@once
def mentions_by_hand():
    """What they mention; the words of each are enough to find it."""
    rows = [
        ("ann", 0, "music", "music", 0),
        ("ann", 1, "plot", "story", 0),
        ("bob", 0, "music", "music", 0),
        ("bob", 1, "music", "music", 11),
        ("bob", 1, "space", "space", 0),
        ("cy", 0, "space", "space", 0),
    ]
    spans = [_span(name, words, after, sentence=n, theme=theme, term=words) for name, n, words, theme, after in rows]
    return build(MENTIONS, spans)


@once
def opinions_by_hand(coder="settled"):
    """What they judge."""
    rows = [
        ("ann", 0, "Lovely music", "music", "praise"),
        ("ann", 0, "Lovely", "music", "praise"),
        ("ann", 1, "Dull plot", "story", "criticism"),
        ("ann", 1, "Dull", "story", "criticism"),
        ("bob", 0, "Dull music", "music", "criticism"),
        ("bob", 1, "The music of space soars", "music", "praise"),
        ("bob", 1, "soars", "story", "praise"),
    ]
    return build(OPINIONS, [opinion(*row, coder=coder) for row in rows])


def opinion(review_id, sentence, quote, theme, polarity, coder="settled"):
    """One opinion, found by its words."""
    return _span(review_id, quote, sentence=sentence, quote=quote, theme=theme, polarity=polarity, coder=coder)


@once
def themes_by_hand():
    """Three craft themes, one of them without terms, and a motif: fewer than the project's own."""
    rows = [
        ("overall", "Overall", "craft", None),
        ("story", "Story", "craft", "plot"),
        ("music", "Music", "craft", "music"),
        ("space", "Space", "motif", "space"),
    ]
    return build(THEMES, [dict(zip(("theme", "label", "kind", "terms"), row, strict=True)) for row in rows])


def scores_by_hand(stated, **others):
    """A distribution with these stated scores of 100 (reviews s0, s1, ...), and others as name=(raw, score, status)."""
    rows = {f"s{n}": (f"{score}/100", score, "stated") for n, score in enumerate(stated)} | others
    return build(
        SCORE_DISTRIBUTION,
        [
            {"review_id": name, "name": name, "score_raw": raw, "score_scale": "100", "convention": "even steps"}
            | {"score": score, "score_status": status}
            for name, (raw, score, status) in rows.items()
        ],
    )


def silent_reviews(names):
    """Reviews that print no score."""
    return build(
        REVIEWS,
        [{"review_id": name, "name": name, "text": "No.", "words": 1, "score_status": "none"} for name in names],
    )


def holding(names, *tables):
    """Silent reviews, in whose texts the quotes and terms of these tables stand in their places."""
    texts = {name: [] for name in names}
    for row in (row for table in tables for row in table.to_dict("records")):
        letters = texts[row["review_id"]]
        letters += " " * (row["end"] + 1 - len(letters))
        letters[row["start"] : row["end"]] = row.get("quote", row.get("term"))
    return silent_reviews(names).assign(text=["".join(texts[name]) or "No." for name in names])


def _span(review_id, words, after=0, **columns):
    start = TEXTS[review_id].index(words, after)
    return {"review_id": review_id, "start": start, "end": start + len(words), **columns}


def fivefold(frame):
    """The rows of a table for five times as many reviews: each five times, with ids and names of its own."""
    copies = [
        frame.assign(**{column: frame[column] + str(n) for column in ("review_id", "name") if column in frame})
        for n in range(5)
    ]
    return pd.concat(copies, ignore_index=True)


@once
def sample_by_hand():
    """Ann's review, drawn from three."""
    row = {
        "review_id": "ann",
        "name": "Ann",
        "stratum": "all reviews",
        "turn": 0,
        "of_reviews": 3,
        "population": "0" * 16,
    }
    return build(SAMPLE, [row])


@once
def shares_by_hand():
    """Corrected shares of two films: of Up ten of twenty reviews were read, of Dune eleven."""
    ends = {"corrected": 0.4, "low": 0.2, "high": 0.6}
    rows = [
        {"by": "film", "group": film, "theme": "music", "label": "Music", "polarity": polarity, "coder": "a tagger"}
        | {"naive": 0.7, "read": read, "of_reviews": 20, "for_half": 16, **ends}
        for film, read in (("Up", 10), ("Dune", 11))
        for polarity in ("praise", "criticism")
    ]
    return build(CORRECTED_SHARES, rows)
