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
    neutral: float = 0.05,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Code each craft theme that a sentence mentions by the sentence's valence: one row per opinion.

    Parameters
    ----------
    sentences : DataFrame
        The sentences table. Boilerplate is passed over.
    mentions : DataFrame
        The mentions in these sentences. A sentence that mentions no craft theme is about the film as a whole.
    valence : callable
        Takes the text of a sentence; returns a number below 0 for bad words and above 0 for good words.
    coder : str
        The name of this coding.
    neutral : float
        A sentence whose valence is nearer to 0 than this has no opinion; 0.05 is what VADER's authors advise.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The opinions table. The quote is the first term of the theme, or the sentence if no theme is mentioned.

    Raises
    ------
    TableError
        If a table breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> sentences = split_sentences(load_reviews(pd.DataFrame({"text": ["The music is good."]})))
    >>> coded = keyword_opinions(sentences, find_mentions(sentences), lambda text: 1 if "good" in text else 0)
    >>> coded[["quote", "theme", "polarity"]].values.tolist()
    [['music', 'music', 'praise']]
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
