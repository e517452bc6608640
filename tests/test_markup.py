"""Markup in a table's cells is read as text; what only looks like it stays."""

import pandas as pd
import pytest

from starlight import annotate, load_report, load_reviews

READ = {
    "The cast is superb.<br /><br />The end is a bore.": "The cast is superb.\n\nThe end is a bore.",
    "A fine plot. <i>Harbour</i> is a joy.<br>Awful songs.": "A fine plot. Harbour is a joy.\nAwful songs.",
    "<p>It glows.</p><p>It sings &amp; dances.</p>": "It glows.\n\nIt sings & dances.",
    "Tom &amp; Ann aren&#39;t good.": "Tom & Ann aren't good.",
    "The plot isn&rsquo;t good.": "The plot isn’t good.",
    "It isn&amp;#39;t &lt;b&gt;good&lt;/b&gt;.": "It isn't good.",
    "<blockquote>Who goes there?</blockquote>\n\nThe cast is superb.": "Who goes there?\n\nThe cast is superb.",
    'Superb. <a href="https://box.example/t">2020 Ranked</a>': "Superb. 2020 Ranked",
    "<ul><li>Songs</li><li>Plot</li></ul>": "Songs\n\nPlot",
    "It glows.<script>track('<b>')</script><!-- ad --> It sings.": "It glows. It sings.",
    "I&nbsp;<3 it &lt;3": "I <3 it <3",
}
KEPT = [
    "I <3 it",
    "a < b",
    "a <b and c> d",
    "<i think it glows>",
    "R&D",
    "?a=1&copy=2",
    "<Harbour>",
    "&nothing; &#0;",
    "<br",
]


@pytest.mark.parametrize("cell", READ)
def test_markup_is_read_as_text(cell):
    """Lines end where they do on a page, entities are signs, links keep their words."""
    assert load_reviews(pd.DataFrame({"text": [cell]}))["text"].tolist() == [READ[cell]]


@pytest.mark.parametrize("cell", KEPT)
def test_what_is_no_markup_stays(cell):
    """A sign that is no tag, and an entity without its semicolon, are what somebody wrote."""
    reviews = load_reviews(pd.DataFrame({"text": [cell, "A <b>gem</b>."]}))
    assert reviews["text"].tolist() == [cell, "A gem."]


def test_all_our_columns_are_read_before_anything_else(tmp_path):
    """A film, a score and a date may stand in tags too, on one line; the report counts the cells of each column."""
    frame = pd.DataFrame(
        {
            "text": ["It glows.<br>It sings.", "It bores."],
            "film": ["Salt &amp;<br>Ice", "Harbour"],
            "rating": ["<b>4</b>/5", "2/5"],
            "date": ["<i>2024-05-01</i>", "2024-05-02"],
            "shop": ["a &amp; b", "c"],
        }
    )
    frame.to_csv(tmp_path / "mine.csv", index=False)
    reviews = load_reviews(tmp_path / "mine.csv")
    assert reviews["film"].tolist() == ["Salt & Ice", "Harbour"]
    assert reviews["score"].tolist() == [80, 40]
    assert reviews["published"].dt.day.tolist() == [1, 2]
    assert reviews["shop"].tolist() == ["a &amp; b", "c"]  # not ours, so kept as it is
    report = load_report(reviews)
    told = report.loc[report["reason"].str.startswith("1 cell holds markup"), "column"]
    assert set(told) == {"text", "film", "rating", "date"}


def test_a_saved_table_and_a_folder_are_not_read_again(tmp_path):
    """Saved reviews are text already, and a text of a folder is no cell."""
    reviews = load_reviews(pd.DataFrame({"text": ["Write &amp;lt;br&amp;gt; here"], "film": ["&amp;amp;amp;amp;"]}))
    assert reviews["film"].tolist() == ["&amp;"]
    reviews.to_parquet(tmp_path / "saved.parquet")
    assert load_reviews(tmp_path / "saved.parquet")["film"].tolist() == ["&amp;"]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Write <br> here")
    assert load_reviews(tmp_path / "texts")["text"].tolist() == ["Write <br> here"]


def test_annotate_reads_the_same(tmp_path):
    """The same texts, and one note, however the source is cut."""
    frame = pd.DataFrame({"text": ["It glows.<br>It sings."] * 3, "critic": ["A", "B", "C"]})
    frame.to_csv(tmp_path / "mine.csv", index=False)
    out = annotate(tmp_path / "mine.csv", tmp_path / "out", workers=1, rows=1)
    assert pd.read_parquet(out / "reviews")["text"].tolist() == ["It glows.\nIt sings."] * 3
    assert pd.read_parquet(out / "report")["reason"].str.startswith("3 cells hold markup").sum() == 1
