"""The exported pages in a real browser, opened from disk: charts drawn and answering, nothing run, nothing asked for.

With STARLIGHT_SCREENSHOTS set to a folder, a picture of each page is left there: light, dark, and as wide as a phone.
"""

import html
import os
import re
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_in_browser import SECONDS
from notebooks_by_hand import HOSTILE
from playwright.sync_api import expect
from project import notebooks

from starlight.charts import MIME
from starlight.export import export_site

PAGES = ["index", "hostile", "reviews", *[path.stem for path in notebooks()]]
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
    if name in ("index", "reviews"):
        return [], []
    code = [cell for cell in nbformat.read(site[0] / f"{name}.ipynb", as_version=4).cells if cell.cell_type == "code"]
    forms = [output.data for cell in code for output in cell.outputs if MIME in output.get("data", {})]
    return [data[MIME] for data in forms], [data.get("image/svg+xml", "") for data in forms]


def words(svg):
    """Return all that an svg says."""
    return [html.unescape(text) for text in re.findall(r">([^<]+)<", svg)]


def said_in(chart):
    """Return all that a chart of a page says: its title, which is text of the page, and what is drawn."""
    return [*chart.locator(".title > *").all_text_contents(), *words(chart.locator("svg.marks").inner_html())]


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
    drawn = page.locator(CHARTS).all()
    for chart, picture in zip(drawn, pictures, strict=True) if name != "hostile" else ():
        here, there = (Counter(" ".join(said).split()) for said in (said_in(chart), words(picture)))
        only_here, only_there = (here - there).elements(), (there - here).elements()
        assert all(alike(*both) for both in zip(sorted(only_here), sorted(only_there), strict=True)), name
    assert heard == {"errors": [], "elsewhere": []}
    take_pictures(browser, site, name)


def test_tells_more_when_pointed_at(shown):
    """In every chart a mark tells its numbers when it is pointed at."""
    page, name, heard = shown
    expect(page.locator(f"{CHARTS} img")).to_have_count(0)
    for chart in page.locator(DRAWN).all():
        if chart.locator("path[role=graphics-symbol]").count() == 0:  # the chart is a sentence
            continue
        for mark in chart.locator("path[role=graphics-symbol][aria-label]").all()[:9]:  # some lie under others
            mark.hover(force=True)
            if page.locator(TOOLTIP).count():
                break
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
        assert all(picture.bounding_box()["height"] > 30 for picture in pictures.all())
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


def test_passes_axe(shown):
    """axe-core finds nothing wrong with any page, and no contrast too low in the dark.

    Within charts it looks only for what has no name: all else that it knows would take it minutes there. Other
    pages than notebook 4's and the reviews are looked at where STARLIGHT_AXE is set.
    """
    page, name, _ = shown
    if name[:2] not in ("4_", "re") and not os.environ.get("STARLIGHT_AXE"):
        pytest.skip("A long check, run with STARLIGHT_AXE=1.")
    whole, around = ({"include": [["html"]]} | more for more in ({}, {"exclude": [["svg.marks"]]}))
    contrast, named = ({"runOnly": [rule]} for rule in ("color-contrast", "svg-img-alt"))
    for scheme, context, options in (("light", around, {}), ("light", whole, named), ("dark", around, contrast)):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, context=context, options=options).response["violations"]
        assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found] == [], name
    page.emulate_media(color_scheme="light")


def test_explores_without_a_kernel(browser, site):
    """A click on a bar lists its quotes within 100 ms, each with a link to its place; keys and filters work too."""
    with opened(browser, site, "4_praise_and_criticism") as (page, heard):
        widget = page.locator(".explore")
        heading = widget.locator(".st-heading")
        expect(heading).to_have_text("92 of 92 opinions, in 5 of 5 reviews")
        bar = widget.get_by_role("button", name="Music, praise: 1 opinion in 1 review")
        took = "button => { const from = performance.now(); button.click(); return performance.now() - from; }"
        assert bar.evaluate(took) < 100
        expect(heading).to_have_text("Music, praise: 1 of 92 opinions, in 1 of 5 reviews")
        quote = widget.locator(".st-quote a")
        expect(quote).to_have_text("really nice musical sequences and songs")
        bar.focus()
        page.keyboard.press("Enter")
        expect(heading).to_have_text("92 of 92 opinions, in 5 of 5 reviews")
        widget.get_by_role("searchbox").fill("SHÍNIER")
        expect(heading).to_have_text("25 of 92 opinions, in 1 of 5 reviews")
        widget.get_by_text("Choose reviews, themes").click()
        widget.get_by_role("button", name="criticism", exact=True).click()
        expect(heading).to_have_text("16 of 92 opinions, in 1 of 5 reviews")
        widget.locator(".st-quote a").first.click()
        expect(page).to_have_url(re.compile(r"reviews\.html#r5-\d+$"))
        page.go_back()
        expect(heading).to_have_text("16 of 92 opinions, in 1 of 5 reviews")
        quote = widget.locator(".st-quote a").first
        expect(quote).to_be_focused()
        expect(quote).to_be_in_viewport()
        assert heard == {"errors": [], "elsewhere": []}


def test_a_bar_leads_to_its_quotes(browser, site):
    """A click on a bar of the flagship opens the quotes that it counts, among the reviews."""
    with opened(browser, site, "4_praise_and_criticism") as (page, _):
        page.locator(DRAWN).first.locator("path[aria-roledescription=bar]").first.click(force=True)
        expect(page).to_have_url(re.compile(r"reviews\.html#\w+-(praise|criticism)$"))
        place = page.url.partition("#")[2]
        assert page.locator(f"[id='{place}'] li a").count() > 0


def test_a_chart_is_walked_by_keyboard(browser, site):
    """Below a chart the arrow keys lead from its title to its axes, its themes and their values, each read aloud."""
    with opened(browser, site, "4_praise_and_criticism") as (page, _):
        walk = page.locator(f"{CHARTS} .st-walk").first
        walk.focus()
        told = walk.locator("[aria-live=polite]")
        for key, says in [
            ("Home", "All five reviews praise the visuals; two criticise the story"),
            (
                "ArrowRight",
                "Across: opinions, 92 in all, criticism to the left, up to 20, praise to the right, up to 20",
            ),
            ("ArrowDown", "Down: 12 names, from Visuals to Music (2 of 14)"),
            ("ArrowDown", "Visuals (3 of 14) → 2 inside"),
            ("ArrowRight", "polarity: praise; opinions: 13 of 92; reviews: 5 of 5 (1 of 2)"),
            ("End", "polarity: criticism; opinions: 5 of 92; reviews: 1 of 5 (2 of 2)"),
            ("ArrowLeft", "Visuals"),
            ("ArrowUp", "Down: 12 names"),
        ]:
            page.keyboard.press(key)
            expect(told).to_contain_text(says)


def test_the_flagship_shows_both_sides_on_a_phone(browser, site):
    """At 390 px the chart of praise and criticism is no wider than the page: nothing of it has to be scrolled to."""
    with opened(browser, site, "4_praise_and_criticism", viewport={"width": 390, "height": 800}) as (page, _):
        chart = page.locator(CHARTS).first.locator(".scroll")
        expect(chart.locator("svg.marks")).to_be_visible()
        assert chart.evaluate("part => part.scrollWidth <= part.clientWidth")


def test_counts_at_bars_stay_beside_the_names_on_a_phone(browser, site):
    """At 390 px the counts of praise and criticism, of two digits too, do not reach over the names of the themes."""
    with opened(browser, site, "7_your_reviews", viewport={"width": 390, "height": 800}) as (page, _):
        chart = page.locator(f"{CHARTS}:has([aria-label*='Diverging bars: praise and criticism of each theme'])").first
        expect(chart.locator("svg.marks")).to_be_visible()
        left = "parts => parts.map(part => part.getBoundingClientRect().left)"
        counts = chart.locator(".mark-text.role-mark text").evaluate_all(left)
        names = chart.locator(".role-axis-label text").evaluate_all(
            "parts => parts.filter(part => isNaN(part.textContent)).map(part => part.getBoundingClientRect().right)"
        )
        assert min(counts) > max(names)


def test_what_is_wider_than_a_phone_says_so(browser, site):
    """Above the columns of `explore` stands that they scroll; the side where more of them is fades."""
    with opened(browser, site, "7_your_reviews", viewport={"width": 390, "height": 800}) as (page, _):
        columns = page.locator(".explore .st-scroll")
        expect(columns).to_have_class("st-scroll wide more")
        said = "part => getComputedStyle(part.previousElementSibling, '::after').content"
        assert "Scroll sideways" in columns.evaluate(said)
        page.locator(".explore .st-bar").first.click()
        columns.evaluate("part => part.scrollTo(10_000, 0)")
        expect(columns).to_have_class("st-scroll wide before")


def test_columns_beside_a_chart_move_with_it(browser, site):
    """Where a page is too narrow for a chart with columns of numbers, it gets narrower with them."""
    with opened(browser, site, "7_your_reviews", viewport={"width": 760, "height": 1000}) as (page, _):
        page.wait_for_function("() => !document.querySelector('figure.chart img')")
        wider = "parts => parts.filter(part => part.scrollWidth > part.clientWidth).length"
        assert page.locator(f"{CHARTS} .scroll").evaluate_all(wider) == 0


def test_a_picture_for_print(browser, site):
    """The link PNG saves the whole chart, with its title, in four pixels for each of the screen's."""
    with opened(browser, site, "4_praise_and_criticism") as (page, _):
        with page.expect_download() as saved:
            page.locator(CHARTS).first.get_by_role("link", name="PNG").click()
        content = Path(saved.value.path()).read_bytes()
        assert saved.value.suggested_filename == "4_praise_and_criticism-chart-1.png"
        assert int.from_bytes(content[16:20], "big") > 2000  # pixels across


def test_reviews_can_be_read_without_scripts(browser, site):
    """With scripts off each review is there with its marks, and each theme in the margin leads to its place."""
    with opened(browser, site, "reviews", java_script_enabled=False) as (page, _):
        assert page.locator("article.review").count() == 5
        article = page.locator("article.review").last
        assert article.locator("mark.sl-criticism[data-sign]").count() == 16
        note = article.locator(".notes a").first
        assert article.locator(f"[id='{note.get_attribute('href')[1:]}']").count() == 1


def test_one_file_is_the_whole_site(browser, site, tmp_path):
    """One file holds all pages: charts are drawn, links lead within it, and nothing else is asked for or run."""
    with pytest.warns(UserWarning, match="public"):
        index, _ = export_site(tmp_path / "site", notebooks=site[0], single=True)
    with opened(browser, (None, index.parent), "index") as (page, heard):
        expect(page.locator(DRAWN)).to_have_count(page.locator(CHARTS).count())
        page.locator("h2 a").nth(3).click()
        expect(page).to_have_url(f"{index.as_uri()}#4_praise_and_criticism.html")
        targets = page.evaluate(
            "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
            ".filter(id => !document.getElementById(id) && !document.getElementById(decodeURIComponent(id)))"
        )
        assert targets == []
        assert page.title() == "Starlight: what film reviews say"
        anchors = page.evaluate("() => [...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(anchors) == len(set(anchors))
        assert heard == {"errors": [], "elsewhere": []}
