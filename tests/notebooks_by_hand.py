"""A notebook that has hostile words wherever a review's words can stand, and the site made from it."""

import json
import runpy
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import altair as alt
import nbformat.v4 as nb
import pandas as pd
import pytest
from project import files

from starlight.charts import MIME

FOLDER = Path(__file__).parent.parent / "notebooks"
HOSTILE = [
    "<script>document.title = 'harmed'</script>",
    "<img src=x onerror=\"document.title = 'harmed'\">",
    "</script><script>document.title = 'harmed'</script>",
    "<style>body { display: none }</style>",
    "<!-- <script>",
    "$x$ and \\(y\\)",
    "**bold** & <b>bold</b>",
    "{{ 7 * 7 }} {% raw %}",
    '=HYPERLINK("https://elsewhere.example")',
    "javascript:document.title='harmed'",
    "\u202eright to left",
]
ELSEWHERE = "//elsewhere.example/x"
STYLES = [
    f"background: url({ELSEWHERE})",
    f"background: URL\n({ELSEWHERE})",
    rf"background: u\72l({ELSEWHERE})",
    rf"background: \000075\000072\00006c({ELSEWHERE})",
    f"background: u/**/rl({ELSEWHERE})",
    f"background: &#117;rl({ELSEWHERE})",
    f"background: image-set('{ELSEWHERE}' 1x)",
    f"background: -webkit-image-set('{ELSEWHERE}' 1x)",
    f"background: cross-fade('{ELSEWHERE}', red)",
    f"background: src('{ELSEWHERE}')",
    f"list-style: image({ELSEWHERE})",
    f"--x: url({ELSEWHERE}); background: var(--x)",
    f"behavior: url({ELSEWHERE})",
    "width: expression(alert(1))",
    "position: fixed; inset: 0",
    "margin: -99px",
    "animation: x 1s",
    f"color: red; @import '{ELSEWHERE}'",
    "color: red} body {display: none",
]
HOSTILE_HTML = [
    *(f'<p style="{style}">taken</p>' for style in STYLES),
    "<script>document.title = 'harmed'</script>",
    "<scr<style></style>ipt>document.title = 'harmed'</script>",
    "<style>body { display: none }",
    f"<style>@import '{ELSEWHERE}'; </style x>",
    *(f'<{name} src="{ELSEWHERE}"></{name}>' for name in ("iframe", "embed", "video", "audio", "img", "source")),
    f'<img srcset="{ELSEWHERE} 1x">',
    f'<video poster="{ELSEWHERE}"></video>',
    f'<table background="{ELSEWHERE}"></table>',
    f'<object data="{ELSEWHERE}"></object>',
    f'<a href="#x" ping="{ELSEWHERE}">x</a>',
    '<a href="java&#10;script&colon;alert(1)">x</a>',
    f'<form action="{ELSEWHERE}"><button>x</button></form>',
    f'<meta http-equiv="refresh" content="0; url={ELSEWHERE}">',
    f'<base href="{ELSEWHERE}">',
    f'<link rel="stylesheet" href="{ELSEWHERE}">',
    f'<svg><image xlink:href="{ELSEWHERE}"/><use href="{ELSEWHERE}"/></svg>',
    '<svg><a><animate attributeName="href" values="javascript:alert(1)"/></a></svg>',
    f'<math href="{ELSEWHERE}"><mtext>x</mtext></math>',
    "<p onclick=\"document.title = 'harmed'\">x</p>",
    '<p title="x"onclick="alert(1)">x</p>',
    "<p title=x onclick=alert(1)>x</p>",
    "<p title='x' onmouseover='alert(1)'>x</p>",
    '<p contenteditable="true" autofocus="">x</p>',
    "<template><p>x</p></template>",
    "<!-- --><p>x</p>",
    "<![CDATA[<p>x</p>]]>",
    "</div></main><p>x</p>",
    "<div><p>x</p>",
    "<p><b>x</p></b>",
]
MARKED = '<p class="chart"><mark class="praise" title="visuals">It glows</mark></p>'
MARKDOWN = """# Is <b>this</b> *safe*?

It is.

[run](javascript:document.title='harmed') ![a picture](https://elsewhere.example/x.png) [notes](../data/README.md)
[web](https://example.org/a?b=1&c="2") [next](1_reviews.ipynb#What-this-does-not-show)
[below](#The-same) [itself](hostile.ipynb)

## The same

## The same

| a | b |
| --- | --- |
| `<i>` | $z$ |

{hostile}
"""


def run(output, source="show()"):
    """Return a code cell that was run and has one output."""
    return nb.new_code_cell(source, execution_count=1, outputs=[output])


def shows(**data):
    """Return an output with these forms, `text_html` for `text/html`."""
    forms = {"html": "text/html", "plain": "text/plain", "markdown": "text/markdown", "svg": "image/svg+xml"}
    forms |= {"chart": MIME, "widget": "application/vnd.jupyter.widget-view+json"}
    return nb.new_output("execute_result", {forms[name]: form for name, form in data.items()}, execution_count=1)


@cache  # the same specification for all: Altair counts its unnamed views up
def pointed():
    """Return a chart of hostile words: a click on a bar leaves only its own words below."""
    words = pd.DataFrame({"words": HOSTILE, "count": range(1, len(HOSTILE) + 1)})
    chosen = alt.selection_point(fields=["words"], name="chosen")
    bars = alt.Chart(words).mark_bar().encode(x="count", y="words", tooltip=["words", "count"]).add_params(chosen)
    listed = alt.Chart(words).mark_text(align="left").encode(y="words", text="words").transform_filter(chosen)
    chart = (bars & listed).properties(description='Hostile <words> & "quotes".')
    more = {"$schema": "https://vega.github.io/schema/vega-lite/v5.8.0.json"}
    patch = [{"op": "replace", "path": "/description", "value": "harmed"}]  # Vega-Embed would obey it
    more["usermeta"] = {"embedOptions": {"patch": patch}}
    return chart.to_dict() | more


def widgets():
    """Return outputs of both widgets over two reviews of hostile words, each an opinion, as a notebook has them."""
    theme, text, words = "a <b> 'c'", "\n\n".join(HOSTILE), HOSTILE[1]
    facts = dict.fromkeys(["film", "title", "outlet", "published", "score_raw"], HOSTILE[3])
    named = {"name": HOSTILE[0], "critic": HOSTILE[4]} | facts
    opinion = {"sentence": 0, "theme": theme, "polarity": "praise", "coder": "<b>hand</b>", "confidence": 0.5}
    places = [("<1>", text, one) for one in HOSTILE] + [("<2>", words, words)]
    spans = [(review, whole.index(quote), whole.index(quote) + len(quote), quote) for review, whole, quote in places]
    opinions = [
        {"review_id": review, "start": start, "end": end, "quote": quote} | opinion
        for review, start, end, quote in spans
    ]
    reviews = [{"review_id": "<1>", "text": text} | named, {"review_id": "<2>", "text": words} | named]
    reading = {"reviews": reviews, "opinions": opinions, "themes": {theme: HOSTILE[3]}, "of": [len(opinions), 3]}
    options = {
        "review_id": [{"value": name, "label": HOSTILE[0], "there": True} for name in ("<1>", "<2>")],
        "theme": [{"value": theme, "label": HOSTILE[3], "there": True}],
        "polarity": [{"value": name, "label": name, "there": True} for name in ("praise", "criticism")],
        "coder": [{"value": "<b>hand</b>", "label": "<b>hand</b>", "there": True}],
        "has_confidence": [],
        "convention": [{"value": "school", "label": "school", "there": True}],
    }
    nothing = {"review_id": [], "theme": [], "polarity": [], "clicked": {}}
    nothing |= dict.fromkeys(["film", "outlet", "critic", "year", "words"], "")
    exploring = {
        "parts": ["bars", "matrix", "scores"],
        "options": options,
        "choice": nothing | {"coder": "<b>hand</b>", "least_confidence": 0, "convention": "school"},
        "codings": [HOSTILE[0]],
        "scores": {"school": [None, 50]},
        "reviews": [[HOSTILE[2], "stated", *[HOSTILE[3]] * 4, HOSTILE[4]]] * 2,
        "opinions": [[int(one == "<2>"), 0, 0, 0, 0.5, start, end, quote] for one, start, end, quote in spans],
        "texts": [],
        "of": [len(opinions), 3],
    }
    stored = {"close_reading": reading, "explore": exploring}
    return [
        nb.new_output("display_data", {f"application/vnd.starlight.{name}+json": json.dumps(content)})
        for name, content in stored.items()
    ]


def hostile():
    """Return the notebook of hostile words."""
    listed = "\n\n".join(HOSTILE)
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    chart = pointed()
    with pd.option_context("display.max_colwidth", 200):
        table = pd.DataFrame({"quote": HOSTILE})._repr_html_()
    return nb.new_notebook(
        cells=[
            nb.new_markdown_cell(MARKDOWN.format(hostile=listed)),
            nb.new_raw_cell("<script>document.title = 'harmed'</script>"),
            run(shows(html=table, plain="a table"), source=listed),
            *(run(shows(html=f"<p>taken</p>{one}", plain=f"(instead of {n})")) for n, one in enumerate(HOSTILE_HTML)),
            run(shows(html=MARKED, plain="in place of marked words")),
            run(nb.new_output("stream", text=listed)),
            run(
                nb.new_output("error", ename="E", evalue=f"\x1b[31mred\x1b[0m {listed}", traceback=["in /of/Ann/x.py"])
            ),
            run(shows(markdown=listed, plain="in place of prose")),
            run(shows(chart=chart, svg=picture, plain=chart["description"])),
            run(shows(chart=chart, plain="a chart without a picture")),
            run(shows(svg=picture, plain="a picture <alone>")),
            run(shows(widget={"model_id": "1"}, plain="VBox(children=())")),
            run(shows(widget={"model_id": "2"}, plain="100%|##########| 5/5 [00:00<00:00, 9.00it/s]")),
            *map(run, widgets()),
            nb.new_code_cell(""),
        ]
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The project's notebooks with the hostile one, exported from the command line: their folder and the pages'."""
    home = tmp_path_factory.mktemp("export")
    notebooks = home / "notebooks"
    notebooks.mkdir()
    for path in files("notebooks"):
        shutil.copy(path, notebooks)
    (notebooks / "hostile.ipynb").write_text(nb.writes(hostile()), encoding="utf-8")
    arguments = ["starlight.export", str(home / "site"), "--notebooks", str(notebooks)]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as said, redirect_stderr(StringIO()) as ill:
        patch.setattr(sys, "argv", arguments)
        runpy.run_module("starlight.export", run_name="__main__")
    assert ill.getvalue().startswith("These pages will make public whole texts of reviews and their reviewers' names.")
    assert ill.getvalue().count("\n") == 1
    assert said.getvalue() == f"Written: open {home / 'site' / 'index.html'} in a browser.\n"
    return notebooks, home / "site"
