"""The widgets after a restart of the kernel, in a real browser: what they are asked for is lost, and they say so."""

import pytest
from jupyter_in_browser import open_notebook, put_notebook, run_all
from playwright.sync_api import expect

CELL = """import starlight as st
reviews, opinions = st.load_reviews(), st.read_opinions()
display(st.explore(reviews, opinions), st.close_reading(reviews, opinions, path="gone.csv"))"""
RESTART = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"


@pytest.fixture(scope="module")
def page(browser, lab):
    """A notebook with both widgets whose kernel was restarted since they were drawn."""
    put_notebook("kernel_gone.ipynb", [CELL], lab)
    with open_notebook("kernel_gone.ipynb", browser, lab) as (opened, _):
        run_all(opened)
        opened.wait_for_selector(".sl-reader .sl-mark")
        opened.evaluate(RESTART)
        yield opened


def test_explore_says_that_nobody_answers(page):
    """A click on a bar asks for quotes that never come."""
    page.locator(".st-bar").first.click()
    expect(page.locator(".st-note").first).to_contain_text("not answering")


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.locator(".sl-edit select").first.select_option(label="Ideas"),
        lambda page: page.get_by_role("button", name="Remove").click(),
        lambda page: page.locator(".sl-reader select").first.select_option(index=1),
    ],
    ids=["change", "remove", "review"],
)
def test_close_reading_says_that_nothing_is_saved(page, act):
    """A correction that is not in the file never looks as if it were."""
    page.evaluate("document.querySelector('.sl-status').textContent = ''")
    act(page)
    expect(page.locator(".sl-status")).to_contain_text("Not saved")
