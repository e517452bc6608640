"""Draw every chart of made-up reviews, to be looked at: python tests/contact_sheet.py folder [chart ...].

It leaves a page for each chart, which shows it of 1 to 5,000 reviews and of three odd sets (three films, no scores,
hard names), in light, dark and grey, 900 pixels wide, and in 390; with a picture of each page if a browser is there.
"""

import argparse
import base64
import html
import random
import warnings
from fnmatch import fnmatch
from pathlib import Path

import pandas as pd
import vl_convert
from jupyter_in_browser import BROWSER, launch

import starlight as st
from starlight.charts import VEGA_LITE
from starlight.coding.keywords import keyword_opinions

NUMBERS = [1, 2, 5, 12, 29, 30, 300, 5_000]
CASES = {str(number): {"number": number} for number in NUMBERS} | {
    "films": {"number": 300, "films": ["Lost in Starlight", "The Salt Lantern", "Harbour"]},
    "silent": {"number": 12, "printed": [None]},
    "names": {
        "number": 12,
        "names": ["길을 잃은 별빛", "ضائع في ضوء النجوم", "🎬 Reel 🍿", "The Long and Winding Review " * 4, "a{b}[c]`"],
    },
}
GOOD, BAD = ["gorgeous", "moving", "superb"], ["dull", "clumsy", "thin"]
PRINTED = ["B+", "7.5/10", "3/4", "C", "A-", "85%", "2.5/5", None, None, "F"]
OUTLETS = ["The Evening Chronicle", "Cinema Weekly", "Screen and Sound", "The Reel", None]
WAYS = {"light": (900, "#fff", "none"), "grey": (900, "#fff", "grayscale(1)"), "dark": (900, "#111", "none")}
WAYS["narrow"] = (390, "#fff", "none")


def made_up(number, films=("Lost in Starlight",), printed=PRINTED, names=("Whoever", "WWW MMM")):
    """So many reviews of a dozen sentences, each about a theme and most with a judgement of it.

    What is said of the first themes is mostly praise, of the last mostly criticism.
    """
    dice = random.Random(7)  # noqa: S311 - pictures, no secrets
    words = [term.strip(" =") for terms in st.read_themes()["terms"].dropna() for term in terms.split(";")[:2]]
    rows = []
    for n in range(number):
        lines = []
        for _ in range(dice.randint(4, 14)):
            word = dice.choice(words)
            judged = GOOD if dice.random() > words.index(word) / len(words) else BAD
            lines.append(f"The {word} is {dice.choice([*judged, 'there', 'there'])}.")
        rows.append(
            {
                "text": " ".join(lines),
                "critic": f"{dice.choice(names)} {n} of the Evening Gazette",
                "outlet": dice.choice(OUTLETS),
                "score": dice.choice(printed),
                "published": f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
                "film": dice.choice(films),
            }
        )
    return st.load_reviews(pd.DataFrame(rows))


def valence(text):
    """Say whether a sentence praises or criticises."""
    return sum(word in text for word in GOOD) - sum(word in text for word in BAD)


def charts(reviews):
    """Each chart of these reviews, as what draws it, by its name."""
    sentences = st.split_sentences(reviews)
    mentions = st.find_mentions(sentences)
    opinions = keyword_opinions(sentences, mentions, valence)
    others = {f"reader_{n}": opinions.drop(opinions.index[:: n + 2]).assign(coder=f"reader_{n}") for n in range(3)}
    sure = opinions.assign(confidence=[(n % 97) / 97 for n in range(len(opinions))])
    conventions = ["one member", "even steps", "school"]

    def judged():
        return st.disagreement(opinions, reviews)

    def compared(other=others):
        return st.agreement(opinions, other, sentences)

    def by_column(by):
        return {
            f"themes_by_{by}": lambda: st.chart_themes(st.theme_frequency(mentions, reviews, by=by)),
            f"scores_by_{by}": lambda: st.chart_scores(st.score_distribution(reviews, by=by)),
            f"praise_by_{by}": lambda: st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews, by=by)),
        }

    return {
        "makeup": lambda: st.chart_makeup(st.makeup(sentences, opinions, reviews)),
        "scores": lambda: st.chart_scores(st.score_distribution(reviews), reviews),
        "scores_by_convention": lambda: st.chart_scores(
            st.score_distribution(reviews, convention=conventions), reviews
        ),
        "themes": lambda: st.chart_themes(st.theme_frequency(mentions, reviews)),
        "themes_by_review_id": lambda: st.chart_themes(st.theme_frequency(mentions, reviews, by="review_id")),
        "praise_by_review_id": lambda: st.chart_praise_and_criticism(
            st.praise_and_criticism(opinions, reviews, by="review_id")
        ),
        "praise": lambda: st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews)),
        **{name: draw for by in ("outlet", "published", "score") for name, draw in by_column(by).items()},
        **(by_column("film") if len(reviews["film"].unique()) > 1 else {}),
        "positions": lambda: st.chart_mention_positions(st.mention_positions(mentions, reviews)),
        "opinion_positions": lambda: st.chart_opinion_positions(st.opinion_positions(opinions, reviews)),
        "talked_and_judged": lambda: st.chart_talked_and_judged(st.talked_and_judged(mentions, opinions, reviews)),
        "disagreement": lambda: st.chart_disagreement(judged()),
        "disagreement_all": lambda: st.chart_disagreement(judged(), show="all"),
        "quotes": lambda: st.chart_quotes(st.praise_and_criticism(opinions, reviews), st.quotes(opinions, reviews)),
        "differences": lambda: st.chart_differences(st.differences(mentions, opinions, reviews, by="outlet")),
        "scores_and_praise": lambda: st.chart_scores_and_praise(st.scores_and_praise(opinions, reviews)),
        "themes_together": lambda: st.chart_themes_together(st.themes_together(mentions, sentences)),
        "keyness": lambda: st.chart_keyness(st.keyness(opinions, reviews)),
        "two_codings": lambda: st.chart_two_codings(
            st.praise_and_criticism(opinions, reviews), st.praise_and_criticism(others["reader_0"], reviews)
        ),
        "agreement": lambda: st.chart_agreement(compared()),
        "agreement_one": lambda: st.chart_agreement(compared(others["reader_0"])),
        "agreement_by_theme": lambda: st.chart_agreement(compared(), by="theme"),
        "confusion": lambda: st.chart_confusion(st.confusion(opinions, others["reader_1"], sentences)),
        "reliability": lambda: st.chart_reliability(st.reliability(sure, others["reader_1"])),
    }


def drawn(spec, way):
    """Draw a specification as JupyterLab draws it in one of these ways: the SVG."""
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, theme="dark" if way == "dark" else None)


def page(title, specs):
    """Write the page of a chart from its specification for each case."""
    parts = [f"<title>{title}</title><meta charset=utf-8><body style='margin:0;font:14px sans-serif;width:3200px'>"]
    for case, spec in specs.items():
        parts.append(f"<h2>{title}, {case}</h2><div style='display:flex;align-items:start'>")
        for way, (width, paper, look) in WAYS.items():
            picture = base64.b64encode(drawn(spec, way).encode()).decode()
            style = f"width:{width - 16}px;padding:8px;background:{paper};filter:{look};overflow:hidden;flex:none"
            said = html.escape(spec.get("description", ""))
            parts.append(f"<div style='{style}'><img alt='{said}' src='data:image/svg+xml;base64,{picture}'></div>")
        parts.append("</div>")
    return "\n".join(parts)


def main():
    """Leave the pages, and their pictures, in the folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("charts", nargs="*", default=["*"], help="names of charts, such as 'themes*'; all by default")
    asked.add_argument("--of", nargs="+", default=list(CASES), choices=CASES, help="which reviews; all by default")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")  # what loading says of made-up reviews
    st.setup_notebook()
    schema = {"$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.0.json"}
    specs = {}
    for case in given.of:
        for name, draw in charts(made_up(**CASES[case])).items():
            if any(fnmatch(name, asked_for) for asked_for in given.charts):
                specs.setdefault(name, {})[case] = draw().to_dict() | schema
    for name, of in specs.items():
        (given.folder / f"{name}.html").write_text(page(name, of), encoding="utf-8")
        for case, spec in of.items():
            (given.folder / f"{name}_{case}.svg").write_text(drawn(spec, "light"), encoding="utf-8")
    if BROWSER is not None:
        with launch(BROWSER) as browser:
            shown = browser.new_page(viewport={"width": 3200, "height": 800})
            for name in specs:
                shown.goto((given.folder / f"{name}.html").resolve().as_uri())
                shown.screenshot(path=given.folder / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
