"""The chart whose bars lead to their quotes: what it draws before any click, and what a click would leave."""

import pytest
from chart_specs import draw, marks, rows, texts, unknown_fields
from tables_by_hand import opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.charts import chart_quotes
from starlight.errors import TableError


def both(opinions):
    """The counts and the quotes of these opinions of the reviews by hand."""
    themes = themes_by_hand()
    reviews = reviews_by_hand()
    return st.praise_and_criticism(opinions, reviews, themes=themes), st.quotes(opinions, reviews, themes=themes)


@pytest.mark.parametrize("number", [7, 1, 0], ids=["all", "one", "none"])
def test_is_drawn_without_a_warning_from_fields_that_are_there(number, capfd):
    """It is drawn in JupyterLab's version of Vega-Lite without a word against it, however few opinions there are."""
    spec = chart_quotes(*both(opinions_by_hand().head(number))).to_dict()
    assert number == 0 or unknown_fields(spec) == []  # a table without rows tells no columns
    assert texts(draw(spec))
    assert capfd.readouterr() == ("", "")


def test_first_lists_the_largest_bar():
    """Before any click the quotes are those of the largest bar, music's three praises, and nothing else's."""
    drawn = texts(draw(chart_quotes(*both(opinions_by_hand())).to_dict()))
    quotes = opinions_by_hand()["quote"].tolist()
    assert [text for text in drawn if text in quotes] == ["Lovely music", "Lovely", "The music of space soars"]
    assert "3 opinions" in drawn


def test_a_bar_is_selected_by_theme_and_polarity():
    """A click selects by the two columns that a bar counts by, by the name `bar`, and the quotes are filtered by it."""
    spec = chart_quotes(*both(opinions_by_hand())).to_dict()
    (selection,) = spec["params"]
    assert (selection["name"], selection["select"]) == ("bar", {"type": "point", "fields": ["theme", "polarity"]})
    assert selection["value"] == [{"theme": "music", "polarity": "praise"}]
    assert {"filter": {"param": "bar"}} in spec["vconcat"][1]["layer"][0]["transform"]


def test_each_bar_has_its_quotes_in_the_data():
    """For every bar there are just as many quotes in the specification as it counts, so any click leads to them."""
    counted, quotes = both(opinions_by_hand())
    data = [row for row in rows(chart_quotes(counted, quotes)) if "quote" in row]
    for bar in counted.itertuples():
        behind = [row for row in data if (row["theme"], row["polarity"]) == (bar.theme, bar.polarity)]
        assert len(behind) == bar.opinions


def test_draws_the_bars_of_the_other_chart():
    """The bars are those of `chart_praise_and_criticism`, mark for mark."""
    counted, quotes = both(opinions_by_hand())
    plain = draw(st.chart_praise_and_criticism(counted).to_dict())
    told = [mark["aria-label"] for mark in marks(plain, "bar")]
    assert [mark["aria-label"] for mark in marks(draw(chart_quotes(counted, quotes).to_dict()), "bar")] == told


def test_says_when_there_are_more_than_fit(opinions, reviews):
    """There is room for twenty quotes of one line, and it says how many there are."""
    short = opinions[opinions["quote"].str.len() < 60].assign(theme="story", polarity="praise")
    many = short.drop_duplicates(["review_id", "start", "end"])
    drawn = texts(draw(chart_quotes(st.praise_and_criticism(many, reviews), st.quotes(many, reviews)).to_dict()))
    assert f"{len(many)} opinions, 20 of them here" in drawn
    assert drawn.count("+ Story") == 20


def test_a_long_quote_is_broken_into_lines_and_whole_in_the_tooltip():
    """A quote takes up to four lines, and is cut where it needs more; the tooltip has all of it."""
    counted, listed = both(opinions_by_hand())
    listed.loc[0, "quote"] = "The songs of the second half are, for once, as good as those of the first. " * 4
    spec = chart_quotes(counted, listed).to_dict()
    drawn = texts(draw(spec))
    first = next(n for n, text in enumerate(drawn) if text.startswith("The songs of the second half"))
    assert drawn[first + 3].endswith(" …")
    assert all(len(line) <= 64 for line in drawn[first : first + 4])
    assert "quote" in [shown["field"] for shown in spec["vconcat"][1]["layer"][0]["encoding"]["tooltip"]]


def test_says_in_words_what_it_shows():
    """The alternative text has the counts, and whose quotes are listed at first."""
    described = chart_quotes(*both(opinions_by_hand())).to_dict()["description"]
    assert described.startswith("Diverging bars: praise and criticism of each theme. Story: 1 praise;")
    assert described.endswith("at first of Music, praise.")


def test_quotes_of_other_opinions_are_refused():
    """Quotes that are not as many as a bar counts are refused by name: its click would lead to other rows."""
    counted, quotes = both(opinions_by_hand())
    with pytest.raises(TableError, match=r"quotes has 2 rows of 'music', praise, and counted says 3\."):
        chart_quotes(counted, quotes.drop(0))
    with pytest.raises(TableError, match=r"quotes has 3 rows of 'music', praise, and counted says 2\."):
        chart_quotes(both(opinions_by_hand().drop(0))[0], quotes)
    with pytest.raises(TableError, match="quotes has no column 'quote'"):
        chart_quotes(counted, quotes.drop(columns="quote"))


def test_is_the_same_however_often_it_is_made():
    """Two charts of the same tables are one specification, so that a stored one can be compared."""
    assert chart_quotes(*both(opinions_by_hand())).to_dict() == chart_quotes(*both(opinions_by_hand())).to_dict()


def test_quotes_without_the_names_of_reviews_are_refused():
    """Quotes that were listed without the reviews have no names to call them by: refused with the call that has."""
    quotes = st.quotes(opinions_by_hand(), themes=themes_by_hand())
    with pytest.raises(
        TableError, match=r"quotes lacks the names of reviews\. Make it with quotes\(opinions, reviews\)"
    ):
        chart_quotes(both(opinions_by_hand())[0], quotes)


def test_calls_reviews_by_their_whole_names():
    """The longest names stand before the quotes, whole, and the ids only in the tooltip."""
    names = {"ann": "THE FULL NAME OF ANN WITH 28", "bob": "THE FULL NAME OF BOB WITH 28"}
    counted, quotes = both(opinions_by_hand())
    spec = chart_quotes(counted, quotes.assign(name=quotes["review_id"].map(names))).to_dict()
    assert set(names.values()) <= set(texts(draw(spec)))
    assert not {"ann", "bob"} & set(texts(draw(spec)))
    listed = spec["vconcat"][1]["layer"][0]["encoding"]["tooltip"]
    assert [field["field"] for field in listed][:2] == ["name", "review_id"]
