"""Measure the widgets in a real browser, from a click or a choice to the redrawn page: python tests/bench_widgets.py.

Once with the five reviews, once with 50,000 made-up opinions over 5,000 reviews: the median of 20, the slowest,
and the limit that the median is held to. The figures are of the machine as it is: close what else runs. Before that,
the seconds of a processor that widgets of 5,000 and 50,000 reviews take to open.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from jupyter_in_browser import BROWSER, SECONDS, launch, open_notebook, put_notebook, serve, start_all

import starlight as st
from starlight.tables import OPINIONS, build

ROUNDS = 20
REVIEWS, SENTENCES, CODED = 5_000, 20, 10  # sentences of a made-up review, and how many of them are coded
LIMITS = {"five": 300, "many": 500}  # milliseconds
LOADS = {
    "five": "reviews, opinions = st.load_reviews(), st.read_opinions()",
    "many": f"import sys\nsys.path.append({str(Path(__file__).parent)!r})\n"
    "from bench_widgets import made_up\nreviews, opinions = made_up()",
}
WIDGETS = {
    "close_reading": "st.close_reading(reviews, opinions, path={path!r})",
    "explore": "st.explore(reviews, opinions)",
    "settle": "import pandas as pd\n"
    "both = pd.concat([opinions, opinions.assign(coder='other', polarity='praise')], ignore_index=True)\n"
    "st.settle(reviews, both, path={path!r}, coder='third')",
}
# Resolves with the milliseconds from the event to the frame after the one in which a node is another, or says something
# else: by then the page has been painted.
WATCH = """watched => {
    const find = () => document.querySelector(watched);
    const [node, said] = [find(), find().textContent];
    window.redrawn = new Promise((resolve, reject) => {
        setTimeout(() => reject(`nothing changed: ${begun}`), 20000);
        let begun = null;
        const begin = event => (begun ??= event.timeStamp);
        for (const kind of ["click", "input", "change"]) {
            document.addEventListener(kind, begin, {capture: true, once: true});
        }
        const look = () => {
            const changed = begun !== null && find() && (find() !== node || find().textContent !== said);
            requestAnimationFrame(changed ? now => resolve(performance.now() - begun) : look);
        };
        look();
    });
}"""


def made_up():
    """Return 5,000 reviews made of the five's sentences, and ten meaningless opinions in each."""
    known = st.split_sentences(st.load_reviews()).query("part == 'body'")["text"].tolist()
    texts = [
        " ".join(known[(row * SENTENCES + place) % len(known)] for place in range(SENTENCES)) for row in range(REVIEWS)
    ]
    scores = ["A", "B+", "C-", "70%"] * (REVIEWS // 4)
    reviews = st.load_reviews(pd.DataFrame({"text": texts, "score": scores}))
    coded = st.split_sentences(reviews).groupby("review_id", sort=False).head(CODED).reset_index(drop=True)
    themes = st.read_themes().query("kind == 'craft'")["theme"].tolist()
    row = pd.Series(range(len(coded)))
    made = coded[["review_id", "sentence", "start", "end"]].assign(
        quote=coded["text"],
        theme=row.map(lambda number: themes[number % len(themes)]),
        polarity=row.map(lambda number: ("praise", "criticism")[number // len(themes) % 2]),
        coder="made up",
        confidence=row % 100 / 100,
    )
    return reviews, build(OPINIONS, made)


def tenfold(table):
    """Return a table for ten times as many reviews, each with ten ids and names."""
    named = [name for name in ("review_id", "name") if name in table]
    copies = [table.assign(**{name: table[name] + f" {copy}" for name in named}) for copy in range(10)]
    return pd.concat(copies, ignore_index=True)


def time_opening(folder):
    """Print a processor's seconds until a widget of 5,000 and of 50,000 reviews can be drawn, the shortest of three."""
    for tables, limit in ((made_up(), 1), (map(tenfold, made_up()), 3)):
        reviews, opinions = tables
        for name in ("close_reading", "explore"):
            took = []
            for number in range(3):
                line = WIDGETS[name].format(path=str(folder / f"{len(reviews)}-{number}.csv"))
                begun = time.process_time()
                eval(line, {"st": st, "reviews": reviews, "opinions": opinions})._repr_mimebundle_()  # noqa: S307 - ours
                took.append(time.process_time() - begun)
            print(f"{len(reviews):,} reviews: {name} opens in {min(took):.1f} s (limit {limit})", flush=True)


def actions(page):
    """Yield what is done: its name, the part of the page that is redrawn, and what a person does in each round."""
    values = "all => all.map(option => option.value)"

    def choose(label):
        """Choose the next one of a list."""
        select = page.get_by_label(label).first
        known = select.locator("option").evaluate_all(values)
        return lambda round_: select.select_option(known[(known.index(select.input_value()) + 1) % len(known)])

    def click(selector):
        return lambda round_: page.locator(selector).nth(round_ % page.locator(selector).count()).click()

    if page.locator(".sl-settle").count():
        yield "settle a difference", ".sl-where", click("button:text-is('1 · Take this')")
        yield "undo", ".sl-where", click("button:text-is('Undo')")
    elif page.locator(".sl-reader").count():
        yield "another review", ".sl-text > *", choose("Review")
        yield "next opinion", ".sl-where", click("button:text-is('Next ›')")
        yield "correct a theme", ".sl-text > *", choose("Theme")
        yield "undo", ".sl-text > *", click("button:text-is('Undo')")
        strip = page.locator(".sl-strip")
        ends = {"x": strip.bounding_box()["width"] - 5, "y": 4}, {"x": 5, "y": 4}
        yield "a place on the strip", ".sl-where", lambda round_: strip.click(position=ends[round_ % 2])
        yield "show one theme", ".sl-where", choose("Show only the opinions of")
        note = page.locator(".sl-noting input")
        yield "write a note", ".sl-status", lambda round_: (note.fill(f"note {round_}"), note.press("Enter"))
        search, words = page.get_by_label("Search names and texts"), ("music", "story", "the film")
        yield "search all texts", ".sl-listed", lambda round_: search.fill(words[round_ % 3])
        yield "read what was found", ".sl-text > *", click(".sl-found button")
    else:
        page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        yield "click a bar", ".st-heading", click(".st-bar")
        yield "click a cell", ".st-heading", click(".st-cell")
        yield "filter a theme", ".st-heading", click(".st-pill[data-key^=theme]:enabled")
        yield "another convention", ".st-scores", choose("Convention for letter grades")
        yield "open a quote, and go back", ".st-quotes", click(".st-open:visible, [data-key=back]")
        yield "compare two groups", ".st-heading", choose("Compare: group A ")
        yield "click a difference", ".st-quotes .st-heading", click(".st-theme")


def measure(page, watched, act):
    """Do it again and again, and return the milliseconds until the page is redrawn."""
    took = []
    for number in range(ROUNDS):
        page.evaluate(WATCH, watched)
        act(number)
        took.append(page.evaluate("window.redrawn"))
    return took


def main():
    """Open each widget with each table, and print what each action takes."""
    with tempfile.TemporaryDirectory() as folder:
        time_opening(Path(folder))
    with tempfile.TemporaryDirectory() as home, serve(Path(home)) as lab, launch(BROWSER) as browser:
        for table, load in LOADS.items():
            for widget, code in WIDGETS.items():
                path = str(Path(home) / f"{table}_{widget}.csv")
                put_notebook("bench.ipynb", ["import starlight as st\n" + load, code.format(path=path)], lab)
                with open_notebook("bench.ipynb", browser, lab) as (page, heard):
                    start_all(page)
                    page.wait_for_selector(".sl-piece, .st-heading", timeout=SECONDS * 1000)
                    for name, watched, act in actions(page):
                        took = measure(page, watched, act)
                        print(
                            f"{table}: {widget}, {name}: {statistics.median(took):.0f} ms, at most {max(took):.0f} "
                            f"(limit of the median {LIMITS[table]})",
                            flush=True,
                        )
                    assert heard == {"errors": [], "elsewhere": []}, heard


if __name__ == "__main__":
    sys.exit("No Chromium or Chrome was found.") if BROWSER is None else main()
