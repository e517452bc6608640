"""`try_a_review` in JupyterLab, in a real browser, as a person uses it: a review is typed, and its opinions are marked.

With STARLIGHT_SCREENSHOTS set to a folder, a picture of it is left there.
"""

import os
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_in_browser import choose_theme, open_notebook, put_notebook, start_all
from playwright.sync_api import expect

import starlight as st
from starlight.summaries.headlines import the

TYPED = "The music is wonderful. The story is dull."
HOSTILE = (
    "<script>window.hacked = 1</script> <img src=x onerror='window.hacked = 2'> $x^2$ **bold** &lt;b&gt; "
    "The music is <b>wonderful</b>. The story is <script>window.hacked = 3</script> \u202edull and predictable\u202c."
)
CELLS = [
    "import starlight as st\nst.try_a_review()",
    f"lines = st.try_a_review('').children[0]\nlines.lines = [{HOSTILE!r}]\nlines",
]


@pytest.fixture(scope="module")
def opened(browser, lab):
    """A notebook with the widget and its lines, run: the page, and what it complained of or asked for."""
    put_notebook("try_in_browser.ipynb", CELLS, lab)
    with open_notebook("try_in_browser.ipynb", browser, lab) as (page, heard):
        start_all(page)
        page.wait_for_selector(".sl-reader .sl-mark")
        page.locator(".st-lines").nth(1).wait_for()
        yield page, heard


def code(page, review):
    """Press the button, wait until the reader shows this review, and give the marks and lines that belong to it."""
    page.get_by_role("button", name="Code it").first.click()
    reviews = st.load_reviews(pd.DataFrame({"text": [review]}))
    read = reviews["text"][0]  # markup is read as text
    page.wait_for_function("read => document.querySelector('.sl-text')?.textContent === read", arg=read)
    found = st.find_opinions(reviews)
    rows = list(found.sort_values(["start", "end"]).itertuples())
    lines = [f"“{row.quote}” reads as {row.polarity} of {the(row.theme, row.theme.title())}" for row in rows]
    return [row.quote for row in rows], lines


def marked(page):
    """Return the words of each opinion, put together from its pieces."""
    return page.eval_on_selector_all(
        ".sl-note",
        "all => all.map(note => [...document.querySelectorAll(`.sl-text [data-number='${note.dataset.number}']`)]"
        ".map(mark => mark.textContent).join(''))",
    )


def reasons(page):
    """Return what is said of each mark, without the confidence."""
    lines = page.locator(".st-lines").first.locator("p").all_text_contents()
    return sorted(line.split("; confidence")[0] for line in lines[2:] if "; confidence" in line)


def test_a_typed_review_is_coded_in_its_place(opened):
    """Typed and coded, praise and criticism are marked where they stand, each with its reason, and summed up."""
    page, heard = opened
    box = page.get_by_label("Review", exact=True).first
    box.fill("")
    box.press_sequentially(TYPED)
    quotes, lines = code(page, TYPED)
    assert marked(page) == quotes
    assert reasons(page) == sorted(lines)
    assert {"+ Music", "− Story"} <= {*page.locator(".sl-note").all_text_contents()}
    said = page.locator(".st-lines").first.locator("p").all_text_contents()
    assert "F1" in said[0]
    assert "Music: 1 praise" in said[1]
    if folder := os.environ.get("STARLIGHT_SCREENSHOTS"):
        page.locator(".jp-OutputArea-output").first.screenshot(path=Path(folder) / "try_a_review.png")
    assert heard == {"errors": [], "elsewhere": []}


def test_a_hostile_review_shows_as_it_is_and_does_nothing(opened):
    """Tags, entities, mathematics and marks that turn letters round show as given, in the text and in the lines."""
    page, heard = opened
    page.get_by_label("Review", exact=True).first.fill(HOSTILE)
    quotes, _ = code(page, HOSTILE)
    assert marked(page) == quotes
    assert page.locator(".st-lines").nth(1).locator("p").all_text_contents() == [HOSTILE]
    inside = ":is(.sl-reader, .st-lines) :is(script, img, b, strong, mjx-container)"
    assert page.locator(inside).count() == 0
    assert page.evaluate("window.hacked") is None
    assert heard == {"errors": [], "elsewhere": []}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_and_contrast_pass_axe(opened, theme):
    """axe-core finds nothing wrong with the box, the lines and the reader in either theme of JupyterLab."""
    page, _ = opened
    choose_theme(page, theme)
    found = Axe().run(page, context=".jp-OutputArea-output").response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_the_slider_marks_less(opened):
    """With the slider at its end nothing is marked, and the lines say why; what was typed stays."""
    page, _ = opened
    page.get_by_label("Review", exact=True).first.fill(TYPED)
    code(page, TYPED)
    page.get_by_label("Lowest confidence").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".sl-note")).to_have_count(0)
    expect(page.locator(".st-lines").first).to_contain_text("less sure of it than 0.95")
    assert page.get_by_label("Review", exact=True).first.input_value() == TYPED
