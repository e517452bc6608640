"""The colours of the charts say the same everywhere."""

import starlight as st


def test_praise_is_blue_and_criticism_orange(reviews, opinions):
    """Where bars are coloured by polarity, praise has blue, and criticism orange."""
    drawn = st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews)).to_dict()
    scales = [layer["encoding"]["color"]["scale"] for layer in drawn["layer"] if "color" in layer.get("encoding", {})]
    colours = [dict(zip(scale["domain"], scale["range"], strict=True)) for scale in scales if "range" in scale]
    assert {"praise": "#0072B2", "criticism": "#D55E00"} in colours
