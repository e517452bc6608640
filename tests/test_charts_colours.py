"""The colours of the charts say the same everywhere, and words are legible on a light page and on a dark one."""

import re

import altair as alt
import pytest
import vl_convert

import starlight as st
from starlight.charts import MIME, VEGA_LITE


def test_praise_is_blue_and_criticism_orange(reviews, opinions):
    """Where bars are coloured by polarity, praise has blue, and criticism orange."""
    drawn = st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews)).to_dict()
    scales = [layer["encoding"]["color"]["scale"] for layer in drawn["layer"] if "color" in layer.get("encoding", {})]
    colours = [dict(zip(scale["domain"], scale["range"], strict=True)) for scale in scales if "range" in scale]
    assert {"praise": "#0072B2", "criticism": "#D55E00"} in colours


@pytest.mark.parametrize(("theme", "card", "ink"), [(None, "white", "#222222"), ("dark", "#333", "#EEEEEE")])
def test_words_follow_the_theme_of_the_page(reviews, opinions, theme, card, ink):
    """JupyterLab draws with Vega's dark theme where its own is dark: the card is dark then, and words are light."""
    st.setup_notebook()
    try:
        bundle, _ = st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews))._repr_mimebundle_()
    finally:
        alt.renderers.enable("default")
        alt.theme.enable("default")
    svg = vl_convert.vegalite_to_svg(bundle[MIME], vl_version=VEGA_LITE, theme=theme)
    assert re.search(f'<rect width="[0-9.]+" height="[0-9.]+" fill="{card}"', svg)
    assert re.search(f'fill="{ink}"[^>]*>13, in 5 reviews<', svg)
