"""What a notebook shows, and that importing Starlight alone changes and loads nothing."""

import html
import json
import re
import subprocess
import sys
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from tables_by_hand import opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st

OPTIONS = tuple(f"display.{option}" for option in ("html.use_mathjax", "max_colwidth", "max_rows", "min_rows", "width"))
LATE = ("trafilatura", "distributed", "dask")
HOSTILE = ["$x$ and $$y$$", "<script>alert(1)</script>", "**bold**", "<img src=x onerror=alert(1)>", "a & b"]


@pytest.fixture(autouse=True)
def _as_before():
    """Give pandas and Altair their settings back after each test."""
    renderer, theme = alt.renderers.active, alt.theme.active
    settings = [setting for option in OPTIONS for setting in (option, pd.get_option(option))]
    with pd.option_context(*settings):
        yield
    alt.renderers.enable(renderer)
    alt.theme.enable(theme)


@pytest.fixture
def stored():
    """What a notebook stores of a chart, and what it is told besides."""
    st.setup_notebook()
    counted = st.praise_and_criticism(opinions_by_hand(), reviews_by_hand(), themes=themes_by_hand())
    chart = st.chart_praise_and_criticism(counted)
    bundle, metadata = chart._repr_mimebundle_()
    return chart, bundle, metadata


@pytest.fixture(scope="module")
def fresh():
    """What a fresh Python says of its settings before and after `import starlight`, and of what it has loaded then."""
    code = f"""
import json, sys, warnings
warnings.simplefilter("error")
import altair as alt, pandas as pd
def settings():
    return [alt.renderers.active, alt.theme.active, alt.data_transformers.active, *alt.renderers.names(),
            pd.describe_option(_print_desc=False)]
before = settings()
import starlight, starlight.scale
from starlight.coding import tagger
loaded = [name for name in {LATE} if name in sys.modules], tagger.network.cache_info().currsize
print(json.dumps([before, settings(), loaded]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_import_changes_no_setting(fresh):
    """Importing leaves every pandas option and Altair's renderers, theme and data transformer as they were."""
    before, after, _ = fresh
    assert before[-1].count("[default:") > 50
    assert after == before


def test_import_loads_no_slow_library_and_no_model(fresh):
    """The libraries that only some functions need, and the tagger, are loaded by those functions, not by the import."""
    assert fresh[2] == [[], 0]


def test_setup_makes_charts_and_tables_starlights():
    """`setup_notebook` sets renderer, look and tables."""
    alt.renderers.enable("default")
    alt.theme.enable("default")
    st.setup_notebook()
    assert (alt.renderers.active, alt.theme.active) == ("starlight", "starlight")
    assert [pd.get_option(option) for option in OPTIONS] == [False, 300, 100, 40, 160]


def test_setup_can_be_run_again():
    """Running the first cell twice leaves the same settings, without a warning."""
    st.setup_notebook()
    st.setup_notebook()
    assert (alt.renderers.active, alt.theme.active) == ("starlight", "starlight")


def test_stores_a_specification_a_picture_and_words(stored):
    """A chart is stored as what JupyterLab draws, as a picture, and in words: its title, measure and values."""
    chart, bundle, _ = stored
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    spec = chart.to_dict()
    head = " ".join(f"{words}." for words in [spec["title"]["text"], " ".join(spec["title"]["subtitle"])])
    assert (
        bundle["text/plain"]
        == f"{head} {spec['description']}"
        == bundle["application/vnd.vegalite.v5+json"]["description"]
    )
    assert bundle["text/plain"].endswith("Story: 2 criticism; Music: 3 praise; Music: 1 criticism.")
    assert bundle["image/svg+xml"].startswith("<svg")
    # The words stand in the picture once, and no mark has its own.
    assert re.findall(r'aria-label="([^"]*)"', bundle["image/svg+xml"]) == [html.escape(bundle["text/plain"])]


def test_stores_the_charts_own_specification(stored):
    """What JupyterLab draws is the chart's specification but for the version that it is told."""
    chart, bundle, _ = stored
    spec = dict(bundle["application/vnd.vegalite.v5+json"])
    assert spec.pop("$schema") == "https://vega.github.io/schema/vega-lite/v5.8.0.json"
    own = {name: value for name, value in chart.to_dict().items() if name != "$schema"}
    assert spec.pop("description").endswith(own.pop("description"))
    assert spec == own


def test_stores_the_same_twice(stored):
    """The same chart is stored the same each time, so that nbval can compare it."""
    chart, bundle, metadata = stored
    assert chart._repr_mimebundle_() == (bundle, metadata)


def test_offers_nothing_that_needs_a_network(stored):
    """A chart's menu has pictures to save, and not the editor, which is a web page."""
    (options,) = stored[2].values()
    assert options["embed_options"]["actions"] == {"export": True, "source": False, "compiled": False, "editor": False}
    assert list(stored[2]) == ["application/vnd.vegalite.v5+json"]


def test_picture_refers_to_nothing_outside(stored):
    """The picture names no address but the two namespaces, and loads no font, image or script."""
    svg = stored[1]["image/svg+xml"]
    assert set(re.findall(r"[a-z]+://[^\"'\s)>]*", svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.findall(r"(?:href|src)=|url\((?!#)|@import|<script|<image|<foreignObject", svg)


def test_picture_is_a_white_card(stored):
    """The specification leaves its background to the page's theme; the picture, which cannot, is white."""
    _, bundle, _ = stored
    assert "background" not in bundle["application/vnd.vegalite.v5+json"]["config"]
    width, height = re.search(r'<svg[^>]* width="(\d+)" height="(\d+)"', bundle["image/svg+xml"]).groups()
    assert f'<rect width="{width}" height="{height}" fill="white"/>' in bundle["image/svg+xml"]


def test_picture_uses_one_font(stored):
    """Every text names the same list of fonts, the first of which vl-convert carries: widths are the same anywhere."""
    fonts = re.findall(r'font-family="([^"]*)"', stored[1]["image/svg+xml"])
    assert fonts
    assert set(fonts) == {"Liberation Sans, Arial, Helvetica, sans-serif"}


def test_a_chart_without_words_is_still_shown():
    """A chart of the reader's own, with no description, shows too."""
    st.setup_notebook()
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a:Q")
    assert chart._repr_mimebundle_()[0]["text/plain"] == "A chart."


@pytest.mark.parametrize("text", HOSTILE)
def test_tables_show_text_as_text(text):
    """What a review prints is shown as it is: no tag becomes a tag, no dollar becomes a formula, no star bold."""
    st.setup_notebook()
    shown = pd.DataFrame({"quote": [text], "<b>column</b>": [1]})._repr_html_()
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<td>{escaped}</td>" in shown
    assert "&lt;b&gt;column" in shown
    assert re.search(r'<table [^>]*class="[^"]*\btex2jax_ignore\b', shown)


def test_a_long_report_shows_what_each_column_was_taken_for():
    """Of a long table the first and the last twenty rows are shown: what a report says of the file comes first."""
    st.setup_notebook()
    table = pd.DataFrame({"Review text": [f"The film {row} is fine." for row in range(200)]})
    table = table.assign(
        Rating="n/a",
        Film="Dune",
        Critic="Ann",
        Outlet="Post",
        Date=[f"spring {year}" for year in range(1801, 2001)],
        Editor="Bo",
    )
    report = st.load_report(st.load_reviews(table))
    shown = report._repr_html_()
    assert len(report) > 200
    assert all(note in shown for note in report.loc[report["row"] == 0, "reason"])


def test_tables_show_quotes_of_300_characters():
    """A quote is shown up to 300 characters, and a longer one is cut, visibly."""
    st.setup_notebook()
    assert f"<td>{'x' * 299}</td>" in pd.DataFrame({"quote": ["x" * 299]})._repr_html_()
    assert "x...</td>" in pd.DataFrame({"quote": ["x" * 301]})._repr_html_()


def test_text_stands_left_in_tables_and_numbers_do_not(monkeypatch):
    """After the index and a number come two columns of text: they and their heads have a rule, the others none."""
    display = DisplayFormatter()
    monkeypatch.setattr("starlight.charts.notebook.get_ipython", lambda: SimpleNamespace(display_formatter=display))
    st.setup_notebook()
    table = pd.DataFrame({"opinions": [3], "name": ["</style>"], "theme": ["story"]})
    drawn = display.format(table)[0]["text/html"]
    assert 'class="dataframe text-3-4' in drawn
    assert (
        ".text-3-4 td:nth-of-type(2), .text-3-4 td:nth-of-type(3), .dataframe.text-3-4 thead th:nth-of-type(3)" in drawn
    )
    assert "td:nth-of-type(1)" not in drawn
    assert "<td>&lt;/style&gt;</td>" in drawn
    assert display.format(table[["opinions"]])[0]["text/html"] == table[["opinions"]]._repr_html_()
