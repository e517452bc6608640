"""The exported pages in a real browser, opened from disk: charts drawn and answering, nothing run, nothing asked for.

With STARLIGHT_SCREENSHOTS set to a folder, a picture of each page is left there: light, dark, and as wide as a phone.
"""

import html
import os
import re
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from jupyter_in_browser import FOLDER, SECONDS
from notebooks_by_hand import HOSTILE
from playwright.sync_api import expect

from starlight.charts import MIME

PAGES = ["index", "hostile", *[path.stem for path in sorted(FOLDER.glob("*.ipynb"))]]
CHARTS, DRAWN = "figure.chart", "figure.chart svg.marks"
SIZE = {"width": 1280, "height": 900}
TOOLTIP = "#vg-tooltip-element.visible"


@contextmanager
def opened(browser, site, name, **options):
    """Open a page from disk: the page, and what it complained of or asked for beyond the disk."""
    context = browser.new_context(**{"viewport": SIZE} | options)
    context.set_default_timeout(SECONDS * 1000)
    page = context.new_page()
    heard = {"errors": [], "elsewhere": []}
    page.on("console", lambda message: heard["errors"].append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard["errors"].append(str(error)))
    page.on("request", lambda sent: None if is_here(sent.url, site) else heard["elsewhere"].append(sent.url))
    page.goto((site[1] / f"{name}.html").as_uri())
    yield page, heard
    context.close()


def is_here(url, site):
    """Tell whether an address is of the site's folder, or holds its own content."""
    return url.startswith((site[1].as_uri(), "data:"))


@pytest.fixture(scope="module", params=PAGES)
def shown(request, browser, site):
    """Each page, opened once and drawn, with its name and what it complained of or asked for."""
    with opened(browser, site, request.param) as (page, heard):
        expect(page.locator(DRAWN)).to_have_count(page.locator(CHARTS).count())
        yield page, request.param, heard


def stored(site, name):
    """Return the charts that a notebook stores: specifications and pictures."""
    if name == "index":
        return [], []
    code = [cell for cell in nbformat.read(site[0] / f"{name}.ipynb", as_version=4).cells if cell.cell_type == "code"]
    forms = [output.data for cell in code for output in cell.outputs if MIME in output.get("data", {})]
    return [data[MIME] for data in forms], [data.get("image/svg+xml", "") for data in forms]


def words(svg):
    """Return all that an svg says."""
    return [html.unescape(text) for text in re.findall(r">([^<]+)<", svg)]


def alike(one, other):
    """Tell whether two texts are equal, or were both cut within three letters, since fonts differ by a pixel."""
    sure = max(len(one), len(other)) - 4
    return one == other or (one.endswith("…") and other.endswith("…") and one[:sure] == other[:sure])


def take_pictures(browser, site, name):
    """Leave pictures of the whole page, where they are asked for."""
    folder = os.environ.get("STARLIGHT_SCREENSHOTS")
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)) if folder else ():
        options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
        with opened(browser, site, name, **options) as (page, _):
            expect(page.locator(DRAWN)).to_have_count(page.locator(CHARTS).count())
            page.screenshot(path=Path(folder) / f"{name}_{scheme}_{width}.png", full_page=True)


def test_shows_and_asks_nobody(shown, browser, site):
    """Every chart is drawn by Vega, as in its picture, and says what it shows; no error, no request but to the disk."""
    page, name, heard = shown
    specifications, pictures = stored(site, name)
    expect(page.locator(DRAWN)).to_have_count(len(specifications))
    expect(page.locator(f"{CHARTS} img")).to_have_count(0)
    said = page.locator(f"{CHARTS} [role=graphics-document]")
    assert [part.get_attribute("aria-label") for part in said.all()] == [spec["description"] for spec in specifications]
    drawn = page.locator(DRAWN).all()
    for chart, picture in zip(drawn, pictures, strict=True) if name != "hostile" else ():
        assert all(alike(*both) for both in zip(words(chart.inner_html()), words(picture), strict=True))
    assert heard == {"errors": [], "elsewhere": []}
    take_pictures(browser, site, name)


def test_tells_more_when_pointed_at(shown):
    """In every chart a mark tells its numbers when it is pointed at."""
    page, name, heard = shown
    expect(page.locator(f"{CHARTS} img")).to_have_count(0)
    for chart in page.locator(DRAWN).all():
        chart.locator("path[role=graphics-symbol][aria-label]").first.hover(force=True)
        expect(page.locator(TOOLTIP)).to_be_visible()
        told = [cell for cell in page.locator(f"{TOOLTIP} td.value").all_text_contents() if cell.strip()]
        assert told, name
        page.mouse.move(0, 0)
        expect(page.locator(TOOLTIP)).to_have_count(0)
    assert heard == {"errors": [], "elsewhere": []}


def test_fits_a_phone(shown):
    """On a screen as narrow as a phone's a page is no wider than the screen: what is wider scrolls by itself."""
    page, *_ = shown
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_function("() => document.documentElement.scrollWidth == 360")
    page.set_viewport_size(SIZE)


def test_hostile_words_do_nothing(browser, site):
    """No script in a text is run, and what is pointed at shows its words as they are."""
    with opened(browser, site, "hostile") as (page, heard):
        chart = page.locator(DRAWN).first
        bars = chart.locator("path[aria-roledescription=bar]")
        expect(bars).to_have_count(len(HOSTILE))
        for bar, words in zip(bars.all(), HOSTILE, strict=True):
            bar.hover(force=True)
            expect(page.locator(f"{TOOLTIP} td.value").first).to_have_text(words)
        assert page.title() == "Is <b>this</b> safe? · Starlight"
        assert page.locator("body").is_visible()
        assert heard == {"errors": [], "elsewhere": []}


def test_pointing_chooses_within_a_chart(browser, site):
    """A chart whose parts answer each other does so without a kernel: a click on a bar leaves only its words."""
    with opened(browser, site, "hostile") as (page, _):
        chart = page.locator(DRAWN).first
        listed = chart.locator("text[aria-roledescription='text mark']")
        expect(listed).to_have_count(len(HOSTILE))
        chart.locator("path[aria-roledescription=bar]").first.click(force=True)
        expect(listed).to_have_count(1)


def test_shows_its_pictures_without_scripts(browser, site):
    """With scripts off each chart is its picture, with its description as alternative text."""
    name = PAGES[-1]
    specifications, _ = stored(site, name)
    with opened(browser, site, name, java_script_enabled=False) as (page, heard):
        pictures = page.locator(f"{CHARTS} img")
        assert [picture.get_attribute("alt") for picture in pictures.all()] == [
            spec["description"] for spec in specifications
        ]
        assert all(picture.bounding_box()["height"] > 100 for picture in pictures.all())
        assert heard == {"errors": [], "elsewhere": []}


def test_links_lead_from_page_to_page(browser, site):
    """From the index to a notebook, by its last link to the next, and back to the index."""
    with opened(browser, site, "index") as (page, heard):
        page.locator("h2 a").first.click()
        expect(page).to_have_url((site[1] / "1_reviews.html").as_uri())
        page.locator("main a").last.click()
        expect(page).to_have_url((site[1] / "2_scores.html").as_uri())
        page.get_by_role("link", name="All questions").click()
        expect(page).to_have_url((site[1] / "index.html").as_uri())
        assert heard == {"errors": [], "elsewhere": []}
