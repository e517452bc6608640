"""`explore` and `chart_quotes` as a person uses them: JupyterLab in a real browser, page and Python both looked at."""

import json
import re
import time
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_in_browser import SECONDS, choose_theme, open_notebook, put_notebook, run_all
from playwright.sync_api import expect

import starlight as st

HOSTILE = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "$\\frac{1}{2}$ and $x$",
    "**bold** and [a link](javascript:alert(1))",
    "\u202ereversed\u202c and \u05e9\u05dc\u05d5\u05dd",
    '=HYPERLINK("http://example.org")',
]
CELLS = [
    "import json\nfrom pathlib import Path\nimport starlight as st\nst.setup_notebook()",
    "reviews, opinions = st.load_reviews(), st.read_opinions()\nwidget = st.explore(reviews, opinions)",
    # What Python knows is left beside the notebook each time the view changes.
    "def tell(_):\n"
    "    same = eval(widget.code).equals(widget.quotes)\n"
    "    state = {'code': widget.code, 'rows': len(widget.quotes), 'same': same, 'choice': widget.choice}\n"
    "    Path('state.new').write_text(json.dumps(state))\n"
    "    Path('state.new').replace('state.json')\n"
    "widget.observe(tell, 'view')",
    "widget",
    f"quotes, text = {HOSTILE!r}, {' '.join(HOSTILE)!r}\n"
    "starts = [text.index(quote) for quote in quotes]\n"
    "ends = [start + len(quote) for start, quote in zip(starts, quotes)]\n"
    "hostile = opinions.head(len(quotes)).assign(quote=quotes, start=starts, end=ends, sentence=0)\n"
    "st.explore(reviews.assign(title='<b>T</b>', text=text), hostile, show='bars')",
    "st.chart_quotes(st.praise_and_criticism(opinions, reviews), st.quotes(opinions, reviews))",
    "import pandas as pd\n"
    "sure = opinions.head(40).assign(coder='model', confidence=[0.2, 0.5, 0.7, 0.9] * 10)\n"
    "st.explore(reviews, pd.concat([opinions, sure], ignore_index=True), show='bars')",
    "st.explore(reviews, opinions, show='scores')",
]


@pytest.fixture(scope="module")
def opened(browser, lab):
    """A notebook with three widgets and a chart, all run: the page, and what it complained of or asked for."""
    put_notebook("explore_here.ipynb", CELLS, lab)
    with open_notebook("explore_here.ipynb", browser, lab) as (page, heard):
        run_all(page)
        page.wait_for_function("document.querySelectorAll('.st-explore .st-chart').length == 3")
        page.wait_for_selector(".vega-embed svg.marks")
        yield page, heard


@pytest.fixture
def widget(opened):
    """The first widget, with nothing chosen."""
    first = opened[0].locator(".st-explore").first
    first.get_by_role("button", name="Reset").click()
    first.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    rows_are(first, 92)
    return first


def rows_are(widget, number):
    """Wait until the heading counts this many opinions, and check that as many quotes are listed."""
    widget.locator(".st-heading", has_text=f"{number} of 92 opinions").wait_for()
    expect(widget.locator(".st-list tbody tr")).to_have_count(number)


def python(lab, holds):
    """Return what Python knows of the first widget, once this holds: the page may show a change before it is told."""
    address, token = lab
    end = time.monotonic() + SECONDS
    while True:
        with urllib.request.urlopen(f"{address}/files/state.json?token={token}", timeout=SECONDS) as answer:  # noqa: S310
            told = json.load(answer)
        if holds(told):
            return told
        assert time.monotonic() < end, told
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("mark", "rows", "code"),
    [
        ("Story, criticism", 13, 'theme="story", polarity="criticism"'),
        ("Visuals, Sneha Jaiswal", 9, 'theme="visuals", review_id="004_3f7ee695b3718bb9"'),
        ("Animated K-drama…:", 28, 'review_id="001_36b266f02fc11ae1"'),
    ],
    ids=["bar", "cell", "dot"],
)
def test_a_click_narrows_the_quotes_and_another_frees_them(widget, lab, mark, rows, code):
    """Clicked, a bar, a cell and a dot list just what they count, in Python too; clicked again they list all."""
    button = widget.locator(f"button[aria-label^='{mark}']")
    button.click()
    rows_are(widget, rows)
    assert button.get_attribute("aria-pressed") == "true"
    assert widget.locator(".st-code").inner_text() == f"st.quotes(opinions, reviews, {code})"
    told = python(lab, lambda told: told["code"] == f"st.quotes(opinions, reviews, {code})")
    assert (told["rows"], told["same"]) == (rows, True)
    button.click()
    rows_are(widget, 92)
    python(lab, lambda told: told["choice"]["clicked"] == {})


def test_filters_narrow_charts_and_quotes_together(widget, lab):
    """A review, a theme and a polarity leave one bar with five criticisms and its five quotes; Reset frees all."""
    pills = widget.locator(".st-filters")
    for name, left in (("Sneha Jaiswal", 25), ("Visuals", 9), ("criticism", 5)):
        pills.get_by_role("button", name=name, exact=True).click()
        rows_are(widget, left)
    assert widget.locator(".st-bar").all_inner_texts() == ["5, in 1 review"]
    assert set(widget.locator(".st-polarity").all_inner_texts()) == {"− criticism"}
    code = 'st.quotes(opinions, reviews, theme="visuals", polarity="criticism", review_id="004_3f7ee695b3718bb9")'
    assert python(lab, lambda told: told["code"] == code)["same"]
    widget.get_by_role("button", name="Reset").click()
    rows_are(widget, 92)
    python(lab, lambda told: told["code"] == "st.quotes(opinions, reviews)")


def test_coder_and_confidence_narrow_what_is_counted(opened):
    """Of two coders one is shown at a time; the slider is there for the model alone, and keeps its surer opinions."""
    third = opened[0].locator(".st-explore").nth(2)
    assert third.get_by_label("Lowest confidence").count() == 0
    third.get_by_label("Coder").select_option("model")
    third.locator(".st-heading", has_text="40 of 40 opinions").wait_for()
    third.get_by_label("Lowest confidence").fill("0.7")
    third.locator(".st-heading", has_text="20 of 40 opinions").wait_for()
    assert third.locator(".st-list tbody tr").count() == 20
    assert third.locator(".st-code").inner_text() == 'st.quotes(opinions, reviews, coder="model", least_confidence=0.7)'


def test_another_convention_moves_the_dots(widget, lab):
    """Under the school scale the C+ moves from 58 to 78, and 7.5 on 10 stays where it is."""
    dots = [widget.locator(f"button[aria-label^='{name}: ']") for name in ("Animated K-drama…", "Sneha Jaiswal")]
    assert [dot.get_attribute("style") for dot in dots] == ["left: 58%;", "left: 75%;"]
    widget.get_by_label("Convention for letter grades").select_option("school")
    widget.locator("button[aria-label*='C+, 78 of 100']").wait_for()
    assert [dot.get_attribute("style") for dot in dots] == ["left: 78%;", "left: 75%;"]
    python(lab, lambda told: told["choice"]["convention"] == "school")


def test_keyboard_alone_reaches_and_works_every_control(widget, lab):
    """Tab reaches every control in turn; Enter clicks one and keeps its focus; keys do not reach the notebook."""
    page = widget.page
    reachable = ":is([data-key]:enabled, [data-key][tabindex], summary[data-key]):not([tabindex='-1'])"
    keys = widget.locator(reachable).evaluate_all("all => all.map(one => one.dataset.key)")
    widget.locator("[data-key]").first.focus()
    reached = []
    for _ in keys:
        reached.append(page.evaluate("document.activeElement.dataset.key"))
        page.keyboard.press("Tab")
    assert reached == keys
    assert len(keys) > 60

    bar = widget.locator("button[aria-label^='Ending, criticism']")
    cells = page.locator(".jp-CodeCell").count()
    bar.focus()
    page.keyboard.press("Enter")
    rows_are(widget, 6)
    assert bar.evaluate("bar => bar === document.activeElement")
    page.keyboard.press("d")
    page.keyboard.press("d")  # in the notebook's command mode this deletes a cell
    page.keyboard.press("Space")
    rows_are(widget, 92)
    assert page.locator(".jp-CodeCell").count() == cells


@pytest.mark.parametrize(("width", "height"), [(1366, 900), (1280, 720), (800, 900)], ids=str)
def test_what_a_click_brings_is_in_sight(opened, width, height):
    """With the filters folded, as at first, a click on the first and on the last bar shows its quotes beneath it."""
    page, _ = opened
    first = page.locator(".st-explore").first
    first.locator("details").evaluate_all("all => all.forEach(one => (one.open = false))")
    page.set_viewport_size({"width": width, "height": height})
    for bar in (first.locator(".st-bar").first, first.locator(".st-bar").last):
        bar.click()
        expect(bar).to_have_attribute("aria-pressed", "true")
        for part in (bar, first.locator(".st-heading"), first.locator(".st-list tbody tr").first):
            expect(part).to_be_in_viewport(ratio=1)
        bar.click()
        expect(bar).to_have_attribute("aria-pressed", "false")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_words_are_searched_as_they_are_typed(widget):
    """Typing leaves the reviews with these words, goes on undisturbed, and one key leads to the quotes."""
    page = widget.page
    widget.get_by_label("Search").click()
    page.keyboard.type("sneha", delay=120)
    rows_are(widget, 25)
    assert widget.get_by_label("Search").input_value() == "sneha"
    widget.locator(".st-bar").first.focus()
    page.keyboard.press("q")
    assert page.evaluate("document.activeElement.ariaLabel") == "Quotes"


def test_a_quote_opens_its_review_and_leads_back(widget):
    """By keys alone: from the quotes to the third, into its review at its place, to the next, and back to that one."""
    page = widget.page
    focused = "document.activeElement.dataset.key"
    widget.locator("button[aria-label^='Story, criticism']").click()
    rows_are(widget, 13)
    for key in ("q", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    mark = widget.locator(".st-reading .sl-current").first
    expect(mark).to_be_in_viewport()
    assert page.evaluate(focused) == "page"
    page.keyboard.press("n")
    widget.locator(".st-reading", has_text="quote 4 of 13").wait_for()
    quote = "".join(widget.locator(".sl-current").all_inner_texts())
    page.keyboard.press("Escape")
    expect(widget.locator(".st-open").nth(3)).to_be_focused()
    assert widget.locator(".st-open").nth(3).inner_text() == quote


def test_two_groups_stand_side_by_side(widget, lab):
    """A review against all others: the differences, and for a click on one the quotes of both; axe passes in both."""
    page = widget.page
    widget.locator("[data-key='group a']").select_option(label="review: Sneha Jaiswal")
    expect(widget.locator(".st-compared .st-heading")).to_contain_text("The groups are small: 1 and 4 reviews.")
    row = widget.get_by_role("button", name="Visuals, criticised")
    row.click()
    widget.locator(".st-heading", has_text="Visuals, criticism: 5 of 92").wait_for()
    quotes = [one.locator(".st-open").count() for one in widget.locator(".st-list").all()]
    told = python(lab, lambda told: told["choice"]["clicked"] == {"theme": "visuals", "polarity": "criticism"})
    assert (told["rows"], told["same"]) == (sum(quotes), True)
    expect(row).to_be_in_viewport(ratio=1)
    expect(widget.locator(".st-open").first).to_be_in_viewport(ratio=1)
    widget.locator(".st-open").first.click()
    widget.locator(".st-reading").wait_for()
    for theme in ("dark", "light"):
        choose_theme(page, theme)
        assert_passes_axe(page)


def test_scores_alone_are_unfolded_above_the_quotes(opened):
    """Where scores are the only chart, they are seen at once."""
    last = opened[0].locator(".st-explore").last
    expect(last.locator(".st-dot").first).to_be_visible()
    tops = [last.locator(part).bounding_box()["y"] for part in (".st-scores", ".st-quotes")]
    assert tops[0] < tops[1]


def test_review_text_is_only_text(opened):
    """Scripts, images, TeX, Markdown and marks of direction in a review show as they are written, and do nothing."""
    page, _ = opened
    second = page.locator(".st-explore").nth(1)
    assert second.locator(".st-quote").evaluate_all("all => all.map(cell => cell.textContent)") == HOSTILE
    assert second.locator("script, img, a, b, strong, mjx-container").count() == 0
    assert page.evaluate("window.hit") is None


def test_the_code_can_be_copied(widget):
    """The button puts the line on the clipboard, or selects it where there is none, and says which."""
    widget.locator("button[aria-label^='Music, praise']").click()
    rows_are(widget, 1)
    widget.get_by_role("button", name="Copy the code").click()
    widget.locator("[data-key=copy]:is(:text('Copied'), :text('Selected'))").wait_for()


def test_jupyterlabs_own_shortcuts_work(widget):
    """Ctrl+S saves while the focus is in the widget; after the code is copied, b makes a cell to paste it into."""
    page = widget.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget.locator("button[aria-label^='Music, praise']").focus()
    with page.expect_request(lambda sent: sent.method == "PUT" and "explore_here" in sent.url):
        page.keyboard.press("Control+s")
    cells = page.locator(".jp-Cell").count()
    widget.get_by_role("button", name="Copy the code").click()
    widget.locator("[data-key=copy]:text('Copied')").wait_for()
    page.keyboard.press("b")
    expect(page.locator(".jp-Cell")).to_have_count(cells + 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_and_contrast_pass_axe(widget, theme):
    """axe-core finds nothing wrong in either theme, neither at rest nor with a bar clicked and a filter set."""
    page = widget.page
    choose_theme(page, theme)
    assert_passes_axe(page)
    widget.locator("button[aria-label^='Visuals, praise']").click()
    rows_are(widget, 13)
    widget.locator(".st-filters").get_by_role("button", name="Lost in Starlight (2025)", exact=True).click()
    rows_are(widget, 5)
    assert_passes_axe(page)


def assert_passes_axe(page):
    """Fail with all that axe-core has against the widgets."""
    found = Axe().run(page, context=".st-explore").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def clicks_lead_to_quotes(page, chart):
    """Click bars of a drawn chart and check the quotes beneath: the largest bar's, another's, both, then all."""
    shows = chart.locator("text", has_text="opinion")
    shows.get_by_text("13 opinions", exact=True).wait_for()
    chart.locator("path[aria-roledescription=bar][aria-label*='theme: Music; polarity: praise']").click()
    shows.get_by_text("1 opinion", exact=True).wait_for()
    chart.get_by_text("really nice musical sequences and songs").wait_for()
    bar = "path[aria-roledescription=bar][aria-label*='theme: Ending; polarity: criticism']"
    chart.locator(bar).click(modifiers=["Shift"])
    shows.get_by_text("7 opinions", exact=True).wait_for()
    chart.locator(bar).dblclick()
    shows.get_by_text(re.compile(r"^92 opinions, \d+ of them here$")).wait_for()


def test_an_ordinary_chart_leads_to_quotes_in_jupyterlab(opened):
    """In JupyterLab's own drawing, with no kernel asked, a click on a bar lists its quotes beneath."""
    page, _ = opened
    clicks_lead_to_quotes(page, page.locator(".vega-embed svg.marks"))


def test_an_exported_chart_leads_to_quotes(browser, opinions, reviews, tmp_path):
    """Saved as a page of its own, with no network and no kernel, the chart does the same."""
    st.chart_quotes(st.praise_and_criticism(opinions, reviews), st.quotes(opinions, reviews)).save(
        tmp_path / "chart.html", inline=True, embed_options={"renderer": "svg"}
    )
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "chart.html").as_uri())
    clicks_lead_to_quotes(page, page.locator("svg.marks"))
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()


def test_nothing_was_complained_of_or_asked_elsewhere(opened):
    """After all of the above the page has logged no error, and asked no other machine for anything."""
    _, heard = opened
    assert heard == {"errors": [], "elsewhere": []}
