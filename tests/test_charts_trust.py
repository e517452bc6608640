"""The charts of trust: dots with intervals, a matrix, and confidence, each drawn as its table counts."""

import json

import pandas as pd
import pytest
from chart_specs import draw, marks, rows, texts, unknown_fields
from tables_by_hand import opinions_by_hand, reviews_by_hand, sentences_by_hand, themes_by_hand

import starlight as st
from starlight.charts import READERS_F1
from starlight.errors import TableError


def compared(*names):
    """Codings of these names, each the opinions by hand but the first two, against all of them."""
    codings = {name: opinions_by_hand().iloc[2:] for name in names}
    return st.agreement(opinions_by_hand(), codings, sentences_by_hand(), themes=themes_by_hand())


def confused():
    """A coding that takes all stories for music, against the opinions by hand."""
    mine = opinions_by_hand().assign(theme="music").drop_duplicates(["review_id", "sentence", "theme", "polarity"])
    return st.confusion(mine, opinions_by_hand(), sentences_by_hand())


def relied_on():
    """Opinions of two confidences, of which the readers have all."""
    opinions = opinions_by_hand()
    sure = [0.25 if row % 2 else 0.85 for row in range(len(opinions))]
    return st.reliability(opinions.assign(confidence=sure), opinions)


CHARTS = {
    "by level": lambda: st.chart_agreement(compared("one", "two")),
    "by theme": lambda: st.chart_agreement(compared("one", "two"), by="theme"),
    "confusion": lambda: st.chart_confusion(confused(), coding="mine", other="theirs"),
    "reliability": lambda: st.chart_reliability(relied_on()),
}


@pytest.mark.parametrize("name", CHARTS)
def test_is_drawn_without_a_warning_from_fields_that_are_there(name, capfd):
    """Each is drawn in JupyterLab's version of Vega-Lite without a word against it, and reads no unknown field."""
    chart = CHARTS[name]()
    assert unknown_fields(chart.to_dict()) == []
    assert texts(draw(chart.to_dict()))
    assert capfd.readouterr() == ("", "")


def test_agreement_draws_each_level_of_each_coding():
    """There is a dot for each of four levels of each coding, at its F1, on the line of its interval."""
    table = compared("one", "two")
    drawn = draw(st.chart_agreement(table).to_dict())
    whole = table[table["theme"].isna()]
    dots = [(mark["other"], round(float(mark["F1"]), 2)) for mark in marks(drawn, "point")]
    assert sorted(dots) == sorted(zip(whole["other"], whole["f1"].round(2), strict=True))
    line = st.chart_agreement(table).to_dict()["layer"][0]
    assert len(dots) == 8
    assert (line["mark"]["type"], line["encoding"]["x"]["field"], line["encoding"]["x2"]["field"]) == (
        "rule",
        "f1_low",
        "f1_high",
    )


def test_agreement_by_theme_leaves_out_what_nobody_coded():
    """A theme that neither coding has no F1, and no line."""
    shown = {row["label"] for row in rows(st.chart_agreement(compared("one"), by="theme"))}
    assert shown == {"Music (3)", "Story (2)"}


def test_agreement_tells_six_codings_apart():
    """Six codings differ in colour and in shape; a seventh is refused."""
    dots = marks(draw(st.chart_agreement(compared(*"abcdef")).to_dict()), "point")
    assert len({dot["stroke"] for dot in dots}) == len({dot["d"] for dot in dots}) == 6
    with pytest.raises(TableError, match="holds 7 codings, and a chart tells 6 apart"):
        st.chart_agreement(compared(*"abcdefg"))


def test_a_theme_that_few_find_is_not_named_as_the_most_agreed_on():
    """The title speaks of the themes found ten times or more, and says so where there are others."""
    row = compared("one").query("theme.notna() and level == 'all'").assign(label=["Music", "Story", "World"])
    drawn = st.chart_agreement(
        row.assign(f1=[0.6, 0.4, 1.0], either=[10, 12, 3], theme=["music", "story", "world"]), by="theme"
    )
    said = "Of the themes found 10 times or more, “one” agrees most on Music (F1 0.60), least on Story (F1 0.40)"
    lines = drawn.to_dict()["title"]["text"]
    assert " ".join([lines] if isinstance(lines, str) else lines) == said


def test_agreement_is_by_level_or_theme():
    """Anything else is refused."""
    with pytest.raises(TableError, match=r"^by is 'review'. Allowed: 'level', 'theme'"):
        st.chart_agreement(compared("one"), by="review")


def test_confusion_draws_each_count_once():
    """The cells carry the counts that are not 0, and all themes are on both axes."""
    table = confused()
    spec = st.chart_confusion(table, coding="mine", other="theirs").to_dict()
    drawn = rows(st.chart_confusion(table))
    assert [row["sentences"] for row in drawn] == table.loc[table["sentences"] > 0, "sentences"].tolist()
    for axis in ("x", "y"):
        assert spec["layer"][0]["encoding"][axis]["scale"]["domain"] == ["Music", "Story", "none"]
    assert {"mine", "theirs"} <= set(texts(draw(spec)))


def test_reliability_draws_each_tenth():
    """A dot for each row, with its number of opinions beside it and their total in the subtitle."""
    table = relied_on()
    said = texts(draw(st.chart_reliability(table).to_dict()))
    assert {str(count) for count in table["opinions"]} <= set(said)
    assert any(text.startswith(f"{table['opinions'].sum()} opinions") for text in said)


def test_confusion_and_reliability_name_both_codings():
    """A reader sees, and hears, whose confidence and whose themes are drawn, and against whose coding."""
    one = opinions_by_hand("ann's reading").assign(confidence=0.5)
    two = opinions_by_hand("bob's reading")
    reliable = st.chart_reliability(st.reliability(one, two)).to_dict()
    assert "coding: ann's reading; the other: bob's reading" in texts(draw(reliable))
    confused = st.chart_confusion(st.confusion(one, two, sentences_by_hand())).to_dict()
    for said in (reliable["description"], confused["description"]):
        assert 0 < said.index("of ann's reading") < said.index("bob's reading")


@pytest.mark.parametrize("column", ["coder", "other"])
@pytest.mark.parametrize(("chart", "table"), [(st.chart_confusion, confused), (st.chart_reliability, relied_on)])
def test_several_pairs_are_not_drawn_as_one(chart, table, column):
    """A confusion or reliability table of several codings, whose rows do not clash, is refused with the remedy."""
    counted = table()
    mixed = counted.assign(**{column: [counted[column].iloc[0], *["zoe"] * (len(counted) - 1)]})
    message = rf"^counted holds several codings in column '{column}' \(settled, zoe\).*counted\['{column}'\] == 'zoe'\]"
    with pytest.raises(TableError, match=message):
        chart(mixed)
    assert chart(mixed[mixed[column] == "zoe"]).to_dict()


def test_empty_tables_are_drawn():
    """No confidences and no confusion are charts without marks."""
    assert "There is nothing to show" in st.chart_reliability(relied_on().head(0)).to_dict()["description"]
    assert "There is nothing to show" in st.chart_confusion(confused().head(0)).to_dict()["description"]


@pytest.mark.parametrize("function", [st.chart_agreement, st.chart_confusion, st.chart_reliability])
def test_other_tables_are_refused(function):
    """A table of another kind is refused by name."""
    with pytest.raises(TableError, match=r"^(compared|counted) has no column"):
        function(pd.DataFrame({"x": [1]}))


def test_hostile_names_are_only_shown():
    """A coding called like a script is text in the specification and in the picture."""
    name = "</text><script>alert(1)</script>"
    spec = st.chart_agreement(compared(name)).to_dict()
    assert name in json.dumps(spec)
    assert "<script" not in draw(spec)


def test_agreement_with_one_other_coding():
    """What `agreement` returns of one other coding is drawn, under the name of its coder."""
    other = opinions_by_hand("somebody").iloc[2:]
    table = st.agreement(opinions_by_hand(), other, sentences_by_hand(), themes=themes_by_hand())
    drawn = draw(st.chart_agreement(table).to_dict())
    assert {mark["other"] for mark in marks(drawn, "point")} == {"somebody"}
    assert any(text.startswith("F1 with “settled”, 1 where all is the same") for text in texts(drawn))


def pairs():
    """Three readings by hand: two and three compared with one, and three with two, in one table."""
    one, two, three = (opinions_by_hand(name).iloc[n:] for n, name in enumerate(["one", "two", "three"]))
    sentences, themes = sentences_by_hand(), themes_by_hand()
    with_one = st.agreement(one, {"two": two, "three": three}, sentences, themes=themes)
    return pd.concat([with_one, st.agreement(two, three, sentences, themes=themes)], ignore_index=True)


def test_agreement_with_several_codings_says_of_each_line_with_whom():
    """Where a table compares with several coders, each line names both codings, and the subtitle names neither."""
    chart = st.chart_agreement(pairs()).to_dict()
    drawn = draw(chart)
    named = ["two with one", "three with one", "three with two"]
    dots = [(mark["other"], round(float(mark["F1"]), 2)) for mark in marks(drawn, "point")]
    rows = pairs().query("theme.isna()")
    assert sorted(dots) == sorted(zip(rows["other"] + " with " + rows["coder"], rows["f1"].round(2), strict=True))
    assert set(named) <= set(texts(drawn))
    assert any(text.startswith("F1, 1 where all is the same") for text in texts(drawn))
    assert "Dots with intervals: F1. two with one, opinion or not: " in chart["description"]


def test_two_codings_are_drawn_on_one_scale():
    """A dot for each count of the one coding and a ring for the other's; the title names what differs most."""
    reviews, themes = reviews_by_hand(), themes_by_hand()
    one, two = opinions_by_hand(), opinions_by_hand("somebody").iloc[[0, 1, 4, 5, 6]].reset_index(drop=True)
    tables = [st.praise_and_criticism(opinions, reviews, themes=themes) for opinions in (one, two)]
    drawn = draw(st.chart_two_codings(*tables).to_dict())
    assert len(marks(drawn, "point")) == 2 * 4
    assert "Criticism of “Story” differs most: 2 in the one coding, 0 in the other" in texts(drawn)
    assert "opinions of each theme: a dot for “settled”, a ring for “somebody”" in texts(drawn)
    with pytest.raises(TableError, match="other is not of the reviews and themes of counted"):
        st.chart_two_codings(tables[0], tables[1].assign(of_reviews=7))


def test_a_chart_carries_the_error_measured_on_what_it_shows(reviews, opinions):
    """Of the five, the agreement of their readings, or the tagger's with them; a coding of others has only its name."""
    own = st.chart_praise_and_criticism(st.praise_and_criticism(opinions_by_hand(), reviews_by_hand())).to_dict()
    assert own["title"]["subtitle"][-1] == "coding: settled"
    five = st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews)).to_dict()
    assert f"which agree at F1 {READERS_F1:.2f}" in five["title"]["subtitle"][-1]
    found = st.read_opinions(coder="starlight-tagger-4.1")
    compared = st.agreement(opinions, found, st.split_sentences(reviews)).query("theme.isna() and level == 'all'")
    said = st.chart_praise_and_criticism(st.praise_and_criticism(found, reviews)).to_dict()["title"]["subtitle"][-1]
    assert said == f"the model's F1 on these reviews, against the settled readings: {compared['f1'].item():.2f}"


def test_confusion_calls_the_codings_by_their_coders():
    """Where no name is given for its axes, they are the coders' names."""
    mine = opinions_by_hand("somebody")
    table = st.confusion(mine, opinions_by_hand(), sentences_by_hand())
    assert {"somebody", "settled"} <= set(texts(draw(st.chart_confusion(table).to_dict())))


def test_the_readers_figure_is_the_measured_one(sentences):
    """What charts say of the readers' agreement is what `agreement` measures between them."""
    one, two = (st.read_opinions(coder=coder) for coder in ("reader_1", "reader_2"))
    measured = st.agreement(one, two, sentences).query("level == 'all' and theme.isna()")["f1"].item()
    assert round(measured, 2) == READERS_F1
