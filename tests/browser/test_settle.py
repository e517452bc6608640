"""Settling in JupyterLab, in a real browser, by keyboard, with hostile text.

With STARLIGHT_SCREENSHOTS set to a folder, pictures of it are left there.
"""

import os
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyter_in_browser import choose_theme, open_notebook, put_notebook, start_all
from playwright.sync_api import expect

import starlight as st

CELL = """
import pandas as pd
import starlight as st
from starlight.tables import OPINIONS, build

TEXT = "🎬 <img src=x onerror='window.hacked = 1'> glows. The plot is a bore. The songs stay. It ends well."
reviews = st.load_reviews(pd.DataFrame({{"text": ["one"]}})).assign(text=TEXT, name="<b onclick='window.hacked = 2'>")
places = dict(zip(*st.split_sentences(reviews)[["text", "sentence"]].T.to_numpy()))

def row(quote, theme, polarity, coder):
    sentence = next(number for text, number in places.items() if quote in text)
    start = TEXT.index(quote)
    return dict(review_id=reviews["review_id"][0], sentence=sentence, start=start, end=start + len(quote), quote=quote,
                theme=theme, polarity=polarity, coder=coder)

ANN, BOB = "<script>window.hacked = 3</script>", "bob"
opinions = build(OPINIONS, [
    row("<img src=x onerror='window.hacked = 1'> glows", "visuals", "praise", ANN),
    row("The plot is a bore", "story", "criticism", ANN),
    row("a bore", "emotion", "criticism", BOB),
    row("The songs stay", "music", "praise", BOB),
    row("It ends well", "ending", "praise", ANN),
    row("ends well", "ending", "praise", BOB),
])
st.settle(reviews, opinions, path={path!r}, who="tester")
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The file of decisions."""
    return tmp_path_factory.mktemp("settled") / "settled.csv"


@pytest.fixture(scope="module")
def settling(lab, browser, path):
    """A notebook with three differences to settle: the page, and what it complained of or asked other machines for."""
    put_notebook("settle.ipynb", [CELL.format(path=str(path))], lab)
    with open_notebook("settle.ipynb", browser, lab) as (page, heard):
        start_all(page)
        page.wait_for_selector(".sl-settle .sl-take")
        yield page, heard


def shows(page, place, left):
    """Wait until a difference is shown."""
    expect(page.locator(".sl-settle .sl-where").first).to_contain_text(f"Difference {place} of 3 ")
    expect(page.locator(".sl-settle .sl-where").last).to_have_text(left)


def test_differences_are_settled_by_keyboard(settling, path):
    """A key settles each and shows the next; edited, undone and finished, it is all on disk, and nothing is HTML."""
    page, heard = settling
    shows(page, 1, "3 left")
    assert page.locator(".sl-settle :is(script, img, b:not(li > b), mjx-container)").count() == 0
    page.focus(".sl-settle .sl-page")
    page.keyboard.press("1")
    shows(page, 2, "2 left")
    expect(page.locator(".sl-settle .sl-status")).to_have_text(
        "Saved in settled.csv: difference 1 as <script>window.hacked = 3</script> has it."
    )
    page.keyboard.press("e")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Dir")
    page.keyboard.press("Enter")
    shows(page, 3, "1 left")
    page.keyboard.press("0")
    shows(page, 3, "All are settled")
    page.keyboard.press("u")
    shows(page, 3, "1 left")
    page.keyboard.press("2")
    shows(page, 3, "All are settled")
    page.keyboard.press("p")
    shows(page, 2, "All are settled")
    expect(page.locator(".sl-settle li").last).to_have_text("− Direction (criticism): “The plot is a bore”")
    assert page.evaluate("document.activeElement.className") == "sl-page"
    text = page.evaluate("document.querySelector('.sl-settle .sl-sentence').textContent")
    assert text == "The plot is a bore."
    assert page.evaluate("window.hacked") is None
    assert page.locator(".jp-Cell").count() == 1  # no key reached the notebook's own commands
    assert heard == {"errors": [], "elsewhere": []}


def test_the_file_is_the_settled_coding(settling, path):
    """What the keys settled is read as a coding."""
    page, _ = settling
    shows(page, 2, "All are settled")
    text = "🎬 <img src=x onerror='window.hacked = 1'> glows. The plot is a bore. The songs stay. It ends well."
    reviews = st.load_reviews(pd.DataFrame({"text": ["one"]})).assign(text=text)
    read = st.read_opinions(path, reviews=reviews)
    assert read[["theme", "polarity"]].to_numpy().tolist() == [
        ["visuals", "praise"],
        ["direction", "criticism"],
        ["music", "praise"],
        ["ending", "praise"],
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_by_everyone(settling, theme):
    """Axe finds nothing to complain of, in both themes, while an opinion is edited."""
    page, _ = settling
    choose_theme(page, theme)
    page.focus(".sl-settle .sl-page")
    page.keyboard.press("e")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    found = Axe().run(page, ".sl-settle").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    if folder := os.environ.get("STARLIGHT_SCREENSHOTS"):
        page.locator(".sl-settle").screenshot(path=Path(folder) / f"settle_{theme}.png")
    page.keyboard.press("Escape")
    expect(page.locator(".sl-settle .sl-page")).to_be_focused()
