"""The widgets in Notebook 7, in a real browser; skipped where `notebook` is not installed, as CONTRIBUTING says."""

import json

import pytest
from jupyter_in_browser import SECONDS, choose_theme, put_notebook, serve, start_all
from playwright.sync_api import expect

pytest.importorskip("notebook")

CELLS = [
    "import starlight as st\nreviews, opinions = st.load_reviews(), st.read_opinions()",
    "st.explore(reviews, opinions)",
    "st.close_reading(reviews, opinions, path='corrections.csv')",
    "st.try_a_review()",
    "st.settle(reviews, st.read_opinions(coder=None), coder='third')",
]
KERNEL = "window.jupyterapp?.shell.currentWidget?.sessionContext.session?.kernel"


def test_the_widgets_work_in_notebook_7(tmp_path, browser):
    """Each answers, takes its keys, is saved with Ctrl+S, turns dark, and says when the kernel is gone."""
    with serve(tmp_path, "notebook") as (address, token):
        put_notebook("widgets.ipynb", CELLS, (address, token))
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{address}/notebooks/widgets.ipynb?token={token}")
        page.wait_for_function(f"{KERNEL}?.status === 'idle'")
        start_all(page)
        page.wait_for_function("document.querySelectorAll('.jp-OutputArea-output').length == 4")
        page.locator(".jp-Cell").last.scroll_into_view_if_needed()  # what is far from the screen may not be drawn
        page.wait_for_selector(".sl-settle .sl-take")

        page.locator(".st-explore .st-bar").first.click()
        expect(page.locator(".st-explore .st-heading")).to_contain_text(" of 92 opinions, in ")
        reader = page.locator(".sl-reader:not(.sl-settle)").first
        reader.get_by_role("button", name="Remove").click()
        expect(reader.locator(".sl-status")).to_contain_text("Saved in corrections.csv")
        page.get_by_role("button", name="Code it").click()
        expect(page.locator(".st-trial .st-lines")).to_contain_text("Coded by ")
        page.focus(".sl-settle .sl-page")
        for key in ("1", "d", "d"):
            page.keyboard.press(key)
        expect(page.locator(".sl-settle .sl-status")).to_contain_text("Saved in settled.csv: difference 1 ")
        assert page.locator(".jp-Cell").count() == len(CELLS)

        with page.expect_response(lambda answer: answer.request.method == "PUT" and "/contents/" in answer.url):
            page.keyboard.press("Control+s")
        saved = json.loads((tmp_path / "notebooks" / "widgets.ipynb").read_text())
        assert "".join(saved["cells"][-1]["outputs"][0]["data"]["text/plain"]).startswith("A widget, which appears")

        choose_theme(page, "dark")
        expect(page.locator(".sl-settle")).to_have_css("background-color", "rgb(17, 17, 17)")
        page.evaluate(f"{KERNEL}.restart()")
        for root, name in ((".sl-settle", "1 · Take this"), (".st-trial", "Code it")):
            page.get_by_role("button", name=name).click()
            expect(page.locator(f"{root} > .st-gone")).to_be_visible()
        page.close()
