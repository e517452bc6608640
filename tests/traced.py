"""All that Starlight does, once and briefly; tests/test_no_network.py looks at what it asks of the system meanwhile."""

import sys
from pathlib import Path

import starlight as st
from starlight.export import export_site


def everything(folder, notebooks):
    """Load, save, code, chart, build the widgets, export and annotate; all files go to `folder`."""
    from distributed import Client, LocalCluster  # here: the process that `annotate` starts runs this file too

    st.setup_notebook()
    reviews, path = st.load_reviews(), folder / "reviews.csv"
    st.save_table(reviews, path)
    opinions = st.find_opinions(st.load_reviews(path))
    chart = st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews))
    for kind in ("svg", "png"):
        chart.save(folder / f"chart.{kind}")
    st.close_reading(reviews, opinions), st.explore(reviews, opinions), st.try_a_review(), st.walk(chart)
    st.settle(reviews, st.read_opinions(coder=None), path=folder / "settled.csv", coder="third").take(1)
    export_site(folder / "site", notebooks=notebooks)
    for name in ("codes.qdpx", "codes.json"):
        st.save_codes(folder / name, opinions, reviews)
        st.read_codes(folder / name)
    st.annotate(path, folder / "annotated", workers=1)
    options = {"n_workers": 1, "processes": False, "protocol": "tcp", "dashboard_address": None}
    with LocalCluster(host="127.0.0.1", **options) as cluster, Client(cluster) as client:
        st.annotate(path, folder / "clustered", client=client)


if __name__ == "__main__":
    everything(Path(sys.argv[1]), Path(sys.argv[2]))
    print("done")
