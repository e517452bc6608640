"""Draw every chart of made-up reviews, to be looked at: python tests/picture_charts.py folder [number ...].

There is a picture for each chart and number of reviews; names have 28 characters, the most there are.
"""

import random
import sys
import warnings
from pathlib import Path

import pandas as pd
import vl_convert

import starlight as st
from starlight.charts import VEGA_LITE
from starlight.coding.keywords import keyword_opinions

NUMBERS = [1, 5, 12, 29, 30, 300, 5_000]
GOOD, BAD = ["gorgeous", "moving", "superb"], ["dull", "clumsy", "thin"]
PRINTED = ["B+", "7.5/10", "3/4", "C", "A-", "85%", "2.5/5", None, None, "F"]
OUTLETS = ["The Evening Chronicle", "Cinema Weekly", "Screen and Sound", "The Reel", None]


def made_up(number):
    """So many reviews of a dozen sentences, each about a theme and most with a judgement of it."""
    dice = random.Random(7)  # noqa: S311 - pictures, no secrets
    words = [term.strip(" =") for terms in st.read_themes()["terms"].dropna() for term in terms.split(";")[:2]]
    rows = []
    for n in range(number):
        lines = [
            f"The {dice.choice(words)} is {dice.choice([*GOOD, *BAD, 'there', 'there'])}."
            for _ in range(dice.randint(4, 14))
        ]
        rows.append(
            {
                "text": " ".join(lines),
                "critic": f"{dice.choice(['Whoever', 'WWW MMM'])} {n} of the Evening Gazette"[:28],
                "outlet": dice.choice(OUTLETS),
                "score": dice.choice(PRINTED),
                "published": f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
                "film": "Lost in Starlight",
            }
        )
    return st.load_reviews(pd.DataFrame(rows))


def valence(text):
    """Say whether a sentence praises or criticises."""
    return sum(word in text for word in GOOD) - sum(word in text for word in BAD)


def charts(reviews):
    """Each chart of these reviews, by its name."""
    sentences = st.split_sentences(reviews)
    mentions = st.find_mentions(sentences)
    opinions = keyword_opinions(sentences, mentions, valence)
    others = {f"reader_{n}": opinions.drop(opinions.index[:: n + 2]).assign(coder=f"reader_{n}") for n in range(3)}
    sure = opinions.assign(confidence=[(n % 97) / 97 for n in range(len(opinions))])
    scores = st.score_distribution(reviews)
    counted, judged = st.praise_and_criticism(opinions, reviews), st.disagreement(opinions, reviews)
    compared = st.agreement(opinions, others, sentences)
    yield "makeup", st.chart_makeup(st.makeup(sentences, opinions, reviews))
    yield "scores", st.chart_scores(scores, reviews)
    conventions = ["one member", "even steps", "school"]
    yield "scores_by_convention", st.chart_scores(st.score_distribution(reviews, convention=conventions), reviews)
    for by in (None, "review_id", "outlet", "published", "score"):
        yield f"themes_{by}", st.chart_themes(st.theme_frequency(mentions, reviews, by=by))
        yield f"praise_{by}", st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews, by=by))
    yield "positions", st.chart_mention_positions(st.mention_positions(mentions, reviews))
    yield "talked_and_judged", st.chart_talked_and_judged(st.talked_and_judged(mentions, opinions, reviews))
    yield "disagreement", st.chart_disagreement(judged)
    yield "disagreement_all", st.chart_disagreement(judged, show="all")
    yield "quotes", st.chart_quotes(counted, st.quotes(opinions, reviews))
    if len(reviews["outlet"].dropna().unique()) > 1:
        differ = st.differences(mentions, opinions, reviews, by="outlet")
        yield "differences", st.chart_differences(differ)
    yield "keyness", st.chart_keyness(st.keyness(opinions, reviews))
    yield "agreement", st.chart_agreement(compared)
    yield "agreement_one", st.chart_agreement(st.agreement(opinions, others["reader_0"], sentences))
    yield "agreement_by_theme", st.chart_agreement(compared, by="theme")
    yield "confusion", st.chart_confusion(st.confusion(opinions, others["reader_1"], sentences))
    yield "reliability", st.chart_reliability(st.reliability(sure, others["reader_1"]))


def main():
    """Leave the pictures in the folder."""
    folder, numbers = Path(sys.argv[1]), [int(number) for number in sys.argv[2:]] or NUMBERS
    folder.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")  # what loading says of made-up reviews
    st.setup_notebook()
    schema = f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.0.json"
    for number in numbers:
        for name, chart in charts(made_up(number)):
            spec = {**chart.to_dict(), "$schema": schema}
            picture = vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE)
            (folder / f"{name}_{number}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
