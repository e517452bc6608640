"""Code opinions by a simple rule, to compare with the tagger: terms of a theme, and a list of good and bad words."""

from collections.abc import Callable

import pandas as pd

from ..tables.base import MENTIONS, OPINIONS, SENTENCES
from ..tables.schema import build, check
from .themes import checked_themes


def keyword_opinions(
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    valence: Callable[[str], float],
    *,
    coder: str = "keywords",
    neutral: float = 0.05,  # as VADER's authors advise
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Code each theme that a sentence mentions, or else the film, by the sentence's valence: one row per opinion.

    `valence` takes a sentence and returns a number: above 0 it praises, below 0 it criticises, and nearer to 0 than
    `neutral` it does neither. The quote is the theme's first term in the sentence or, without a theme, the sentence.
    """
    check(sentences, SENTENCES, "sentences")
    check(mentions, MENTIONS, "mentions")
    listed = checked_themes(themes)
    craft = mentions[mentions["theme"].isin(listed.loc[listed["kind"].eq("craft"), "theme"])]
    key = ["review_id", "sentence"]
    first = craft[[*key, "theme", "start", "end"]].drop_duplicates([*key, "theme"])
    prose = sentences[sentences["part"].ne("boilerplate")]
    prose = prose.assign(valence=prose["text"].map(valence))
    judged = prose[prose["valence"].abs().ge(neutral)]
    rows = judged.merge(first, "left", key, suffixes=("_of_sentence", ""), validate="1:m")
    rows["theme"] = rows["theme"].fillna("overall")
    for name in ("start", "end"):
        rows[name] = rows[name].fillna(rows[f"{name}_of_sentence"]).astype("int64")
    places = zip(rows["text"], rows["start"], rows["end"], rows["start_of_sentence"], strict=True)
    rows["quote"] = [text[start - offset : end - offset] for text, start, end, offset in places]
    rows["polarity"] = rows["valence"].gt(0).map({True: "praise", False: "criticism"}).astype("str")
    return build(OPINIONS, rows.assign(coder=coder, confidence=None)[OPINIONS.names])
