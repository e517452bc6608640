"""What a notebook stores of a widget: one line to read where no widget is drawn, as on GitHub, and no picture of it."""

import nbconvert
import nbformat.v4 as nb
import pandas as pd
import pytest

import starlight as st

WIDGETS = {
    "explore": lambda reviews, opinions: st.explore(reviews, opinions),
    "close_reading": lambda reviews, opinions: st.close_reading(reviews, opinions, path="none.csv"),
    "try_a_review": lambda reviews, opinions: st.try_a_review("The music is wonderful."),
    "settle": lambda reviews, opinions: st.settle(
        reviews, pd.concat([opinions, opinions[::2].assign(coder="half")], ignore_index=True), coder="new"
    ),
}
WIDGET, OURS = "application/vnd.jupyter.widget-view+json", "application/vnd.starlight."


@pytest.mark.filterwarnings("ignore:half has no opinions")
@pytest.mark.parametrize("name", WIDGETS)
def test_a_viewer_without_widgets_says_what_stood_there(name, reviews, opinions):
    """One line says what it is and how to see it; Markdown, and a page without the widget's state, show that line."""
    stored = WIDGETS[name](reviews, opinions)._repr_mimebundle_()
    forms = stored[0] if isinstance(stored, tuple) else stored
    assert {mime for mime in forms if not mime.startswith(OURS)} == {WIDGET, "text/plain"}
    line = forms["text/plain"]
    assert line.startswith("A widget, which appears when this cell is run in Jupyter: ")
    assert not line.endswith("…")  # as if it had been cut
    assert "\n" not in line
    output = nb.new_output("display_data", forms)
    notebook = nb.new_notebook(cells=[nb.new_code_cell("1", outputs=[output], execution_count=1)])
    for exporter in (nbconvert.MarkdownExporter(), nbconvert.HTMLExporter()):
        assert line in exporter.from_notebook_node(notebook)[0]
