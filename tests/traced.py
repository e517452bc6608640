"""All that Starlight does, once and briefly; tests/test_no_network.py looks at what it asks of the system meanwhile."""

import sys
from pathlib import Path

from distributed import Client, LocalCluster


def everything(folder, notebooks, client):
    """Load, save, code, chart, build the widgets, export and annotate; all files go to `folder`."""
    import starlight as st  # here: the cluster's worker was started by a process that had not imported it
    from starlight.export import export_site

    st.setup_notebook()
    reviews, path = st.load_reviews(), folder / "reviews.csv"
    st.save_table(reviews, path)
    opinions = st.find_opinions(st.load_reviews(path))
    chart = st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews))
    for kind in ("svg", "png"):
        chart.save(folder / f"chart.{kind}")
    st.close_reading(reviews, opinions), st.explore(reviews, opinions), st.try_a_review()
    export_site(folder / "site", notebooks=notebooks)
    st.annotate(path, folder / "annotated", workers=1)
    st.annotate(path, folder / "clustered", client=client)


if __name__ == "__main__":
    options = {"n_workers": 1, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as given:
        everything(Path(sys.argv[1]), Path(sys.argv[2]), given)
    print("done")
