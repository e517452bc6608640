"""What `explore` shows, without a page: for every mark the rows that it counts, and the code that returns them."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tables_by_hand import holding, once, opinion, opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.errors import TableError
from starlight.tables import OPINIONS, POLARITIES, build

FILTERS = [
    pytest.param({}, id="all"),
    pytest.param({"theme": ["music"]}, id="a theme"),
    pytest.param({"theme": ["music", "story"], "polarity": ["criticism"]}, id="themes and a polarity"),
    pytest.param({"review_id": ["bob"]}, id="a review"),
    pytest.param({"review_id": ["ann", "bob"], "theme": ["story"]}, id="reviews and a theme"),
    pytest.param({"coder": "model", "least_confidence": 0.5}, id="a model's surer half"),
    pytest.param({"coder": "model", "least_confidence": 0.5, "polarity": ["praise"]}, id="of those, praise"),
    pytest.param({"least_confidence": 0.5}, id="a confidence that readers do not give"),
    pytest.param({"theme": ["story"], "polarity": ["praise"], "review_id": ["ann"]}, id="nothing"),
]
ONE = opinion("ann", 0, "Lovely music", "music", "praise")


@once
def coded():
    """The opinions by hand of two coders: readers, and a model that is surer of every other one."""
    model = opinions_by_hand("model")
    model["confidence"] = [0.25 if row % 2 else 0.75 for row in range(len(model))]
    return pd.concat([opinions_by_hand(), model.drop(index=6)], ignore_index=True)


def explored(**choice):
    """The reviews by hand, coded by two, explored until this is chosen."""
    widget = st.explore(reviews_by_hand(), coded(), themes=themes_by_hand())
    choose(widget, **choice)
    return widget


def choose(widget, **choice):
    """Choose by acts: a list holds values of a filter to toggle, `clicked` a mark; anything else is set."""
    clicked = choice.pop("clicked", None)
    for name, value in choice.items():
        for one in value if isinstance(value, list) else [value]:
            widget.act(do="toggle" if isinstance(value, list) else "set", filter=name, value=one)
    if clicked:
        widget.act(do="click", at=clicked)


def marks(view):
    """Everything that can be clicked in a view: what it is of, and the number that stands at it."""
    for bar in view["bars"]:
        yield from (({"theme": bar["theme"], "polarity": p}, bar[p][0]) for p in POLARITIES)
    yield from (({"theme": theme, "review_id": review}, sum(both)) for theme, review, *both in view["cells"])
    yield from (({"review_id": row["review_id"]}, row["opinions"]) for row in view["reviews"])


def run(line, opinions, reviews):
    """Run a line of code as a reader would."""
    return eval(line, {"st": st, "opinions": opinions, "reviews": reviews, "themes": themes_by_hand()})  # noqa: S307 - our own line is what is tested


@pytest.mark.parametrize("filters", FILTERS)
def test_a_click_lists_the_rows_that_are_counted_and_the_code_returns_them(filters):
    """Under any filters, a click on any mark lists as many rows as it says, all of its kind, as the code does."""
    widget = explored(**filters)
    for at, count in [({}, len(widget.quotes)), *(one for one in marks(widget.view) if one[1])]:
        if at:
            widget.act(do="click", at=at)
        quotes = widget.quotes
        assert len(quotes) == count
        assert all((quotes[name] == value).all() for name, value in at.items())
        assert_frame_equal(run(widget.code, coded(), reviews_by_hand()), quotes)


@pytest.mark.parametrize("filters", FILTERS)
def test_the_charts_count_what_the_summaries_count(filters):
    """Under any filters, bars and cells are those of `praise_and_criticism` and `disagreement` of the rows left."""
    widget = explored(**filters)
    key = ["review_id", "start", "end", "theme", "polarity", "coder"]
    rows = coded()[coded().set_index(key).index.isin(widget.quotes.set_index(key).index)]
    by_theme = st.praise_and_criticism(rows, reviews_by_hand(), themes=themes_by_hand())
    expected = {(r.theme, r.polarity): [r.opinions, r.reviews] for r in by_theme.itertuples()}
    shown = {(bar["theme"], polarity): bar[polarity] for bar in widget.view["bars"] for polarity in POLARITIES}
    assert shown.items() <= expected.items()
    assert sum(count for count, _ in shown.values()) == len(rows)
    by_review = st.disagreement(rows, reviews_by_hand(), themes=themes_by_hand()).query("praise + criticism > 0")
    cells = {(theme, review): both for theme, review, *both in widget.view["cells"]}
    assert cells == {(r.theme, r.review_id): [r.praise, r.criticism] for r in by_review.itertuples()}


def test_a_second_click_frees_and_another_takes_its_place():
    """A click on what is clicked lists all again; one on another mark lists that one's."""
    widget = explored()
    first = widget.choice
    bar = {"theme": "music", "polarity": "praise"}
    choose(widget, clicked=bar)
    assert widget.choice["clicked"] == bar
    choose(widget, clicked=bar)
    assert widget.choice == first
    choose(widget, clicked=bar)
    choose(widget, clicked={"review_id": "bob"})
    assert widget.choice["clicked"] == {"review_id": "bob"}


def test_a_click_survives_filters_that_leave_it_rows():
    """A clicked bar stays clicked while a filter leaves it a row, and is freed by one that leaves it none."""
    bar = {"theme": "story", "polarity": "praise"}
    widget = explored(clicked=bar)
    choose(widget, review_id=["bob"])
    assert widget.choice["clicked"] == bar
    choose(widget, review_id=["bob", "ann"])
    assert widget.choice["clicked"] == {}


def test_filters_toggle_in_the_order_of_what_there_is():
    """A value toggled twice is not chosen; several are kept in the order of the tables, not of the clicks."""
    widget = explored(review_id=["bob", "ann"])
    assert widget.choice["review_id"] == ["ann", "bob"]
    choose(widget, review_id=["ann"])
    assert widget.choice["review_id"] == ["bob"]


def test_reset_frees_everything():
    """Reset returns to the first choice, whatever was chosen."""
    widget = explored(theme=["music"], coder="model", least_confidence=0.9, convention="school")
    widget.act(do="reset")
    assert widget.choice == explored().choice


def test_an_action_changes_no_choice_in_place():
    """The choice that an action begins from is as it was."""
    widget = explored()
    choice = widget.choice
    before = json.dumps(choice)
    choose(widget, theme=["music"], clicked={"review_id": "bob"})
    assert json.dumps(choice) == before


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"do": "toggle", "filter": "theme", "value": "musik"}, "theme is 'musik'. Did you mean 'music'?"),
        ({"do": "toggle", "filter": "review_id", "value": "cy"}, "review_id is 'cy'"),  # judges nothing
        ({"do": "set", "filter": "coder", "value": "reader_3"}, "coder is 'reader_3'"),
        ({"do": "set", "filter": "theme", "value": "music"}, "There is no action"),
        ({"do": "click", "at": {"theme": "music"}}, "There is no action"),
        ({"do": "click", "at": {"theme": "space", "polarity": "praise"}}, "theme is 'space'"),
        ({"do": "nothing"}, "There is no action"),
        ({"do": "set", "filter": "film", "value": []}, "There is no action"),
        ({"do": "keep", "filter": "a"}, "There is no action"),
        ({"do": "group", "filter": "a", "value": {"film": "Moon"}}, "film is 'Moon'"),
        ({"do": "group", "filter": "a", "value": {"theme": "music"}}, "There is no action"),
        ({"do": "read", "at": [0, 7]}, "There is no action"),
    ],
    ids=[
        *["theme", "silent review", "coder", "no single", "no mark", "motif", "no action", "no text"],
        *["nothing to keep", "group", "group of opinions", "no such quote"],
    ],
)
def test_what_is_not_there_is_refused(action, message):
    """An action on what is not there is refused with what is."""
    with pytest.raises(TableError, match=message.replace("?", r"\?")):
        explored().act(**action)


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        ({}, 'st.quotes(opinions, reviews, coder="settled", themes=themes)'),
        (
            {"theme": ["story", "music"]},
            'st.quotes(opinions, reviews, theme=["story", "music"], coder="settled", themes=themes)',
        ),
        (
            {"coder": "model", "least_confidence": 0.25, "clicked": {"theme": "music", "review_id": "bob"}},
            'st.quotes(opinions, reviews, theme="music", review_id="bob", coder="model", least_confidence=0.25, '
            "themes=themes)",
        ),
        (
            {"clicked": {"review_id": "bob"}},
            'st.quotes(opinions, reviews, review_id="bob", coder="settled", themes=themes)',
        ),
    ],
    ids=["all", "themes", "a model's cell", "a dot"],
)
def test_code_says_what_is_chosen(choice, line):
    """The line names what is chosen and nothing else; a click takes the place of its filter."""
    assert explored(**choice).code == line


def test_code_of_the_five_needs_no_more_than_the_bar(opinions, reviews):
    """With one coder and the project's own themes the line names neither."""
    widget = st.explore(reviews, opinions)
    widget.act(do="click", at={"theme": "story", "polarity": "criticism"})
    assert widget.code == 'st.quotes(opinions, reviews, theme="story", polarity="criticism")'
    assert len(widget.quotes) == 13


@pytest.mark.parametrize("name", ['a"b', "a'b", "a\\b", "a\nb", "\u202ea", "é", "a', reviews=print('x')) #"])
def test_code_quotes_any_name(name):
    """A review's id with quotes, backslashes, newlines or marks of direction is one string in the line, and no code."""
    reviews = reviews_by_hand().replace({"review_id": {"ann": name}})
    opinions = opinions_by_hand().replace({"review_id": {"ann": name}})
    odd = st.explore(reviews, opinions, themes=themes_by_hand())
    choose(odd, review_id=[name])
    assert odd.code.isprintable()
    assert run(odd.code, opinions, reviews)["review_id"].unique().tolist() == [name]


def test_convention_moves_the_dots(reviews, opinions):
    """Another convention moves the letters' dots and leaves their counts, and the number out of ten, where they are."""
    widget = st.explore(reviews, opinions)
    before = widget.view["reviews"]
    widget.act(do="set", filter="convention", value="school")
    after = widget.view["reviews"]
    assert [row["score"] for row in before] == [None, 58, None, 100, 75]
    assert [row["score"] for row in after] == [None, 78, None, 95, 75]
    assert [row["opinions"] for row in after] == [row["opinions"] for row in before]


def test_heading_carries_its_denominators():
    """The heading says how many opinions are listed, of how many, in how many reviews, of how many."""
    widget = explored(clicked={"theme": "music", "polarity": "praise"})
    assert widget.view["heading"] == "Music, praise: 3 of 7 opinions, in 2 of 3 reviews"


def test_reviews_are_shown_by_name(reviews, opinions):
    """Buttons, columns, dots, quotes and the heading have each review's name; ids are for the page and the code."""
    names = dict(zip(reviews["review_id"], reviews["name"], strict=True))
    widget = st.explore(reviews, opinions)
    assert {one["value"]: one["label"] for one in widget.view["pills"]} == names
    assert {row["review_id"]: row["name"] for row in widget.view["reviews"]} == names
    assert {quote[1]: quote[0] for quote in widget.view["sides"][0]["quotes"]} == names
    choose(widget, clicked={"review_id": reviews["review_id"][4]})
    assert widget.view["heading"].startswith(f"{reviews['name'][4]}: ")


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        ({"film": "Moon"}, ["ann", "bob"]),
        ({"outlet": "Post"}, ["bob"]),
        ({"critic": "Cyd"}, ["cy"]),
        ({"year": "2024"}, ["ann", "cy"]),
        ({"film": "Moon", "year": "2024"}, ["ann"]),
        ({"words": "moon"}, ["ann", "bob"]),
        ({"words": "  lovely   MUSIC "}, ["ann"]),
        ({"words": "a.b"}, []),
        ({"film": "Sun", "words": "moon"}, []),
    ],
    ids=str,
)
def test_reviews_are_chosen_by_what_is_known_of_them(choice, ids):
    """A film, outlet, critic, year or words in a name or text leave just those reviews, and the code the same rows."""
    reviews = reviews_by_hand().assign(
        film=["Moon", "Moon", "Sun"],
        outlet=["Times", "Post", None],
        critic=[None, "Bob", "Cyd"],
        published=pd.to_datetime(["2024-01-01", "2023-05-05", "2024-12-31"]),
    )
    opinions = pd.concat(
        [opinions_by_hand(), build(OPINIONS, [ONE | {"review_id": "cy", "quote": "Off to space"}])], ignore_index=True
    )
    widget = st.explore(reviews, opinions, themes=themes_by_hand())
    assert [one["value"] for one in widget.options["film"]] == ["Moon", "Sun"]
    choose(widget, **choice)
    assert [one["value"] for one in widget.view["pills"]] == ids
    assert set(widget.quotes["review_id"]) == set(ids)
    assert_frame_equal(run(widget.code, opinions, reviews), widget.quotes)
    choose(widget, **dict.fromkeys(choice, ""))
    assert len(widget.quotes) == len(opinions)


def films():
    """Forty reviews of two films that differ in their music, and their opinions."""
    names = [f"r{n:02}" for n in range(40)]
    film = ["Moon"] * 20 + ["Sun"] * 20
    rows = [ONE | {"review_id": name, "theme": "music" if n < 18 else "story"} for n, name in enumerate(names)]
    rows += [opinion("ann", 1, "Dull plot", "story", "criticism") | {"review_id": name} for name in names[::2]]
    opinions = build(OPINIONS, rows)
    scores = {"score": [80.0] * 20 + [60.0] * 20, "score_raw": ["80%"] * 20 + ["60%"] * 20}
    reviews = holding(names, opinions).assign(film=film, **scores, score_scale="percent", score_status="stated")
    return reviews, opinions


def test_two_groups_are_compared_as_differences_compares_them():
    """A and B have the shares, intervals and order of `differences`, with the largest difference first."""
    reviews, opinions = films()
    widget = st.explore(reviews, opinions, themes=themes_by_hand())
    widget.act(do="group", filter="a", value={"film": "Moon"})
    rows = pd.DataFrame(widget.view["compared"]["rows"])
    counted = ["about", "what", "reviews", "of_reviews", "other_reviews", "of_other_reviews", "low", "high"]
    expected = st.differences(
        st.find_mentions(st.split_sentences(reviews), themes=themes_by_hand()),
        opinions,
        reviews,
        themes=themes_by_hand(),
    )
    same = rows.merge(expected, on=counted, validate="1:1")
    assert len(same) == len(rows) == 4  # music praised; story praised, criticised; the scores
    assert rows["difference"].abs().is_monotonic_decreasing
    assert widget.view["compared"]["said"] == (
        "3 of 4 differ by more than chance explains. Most: “Story” is praised in 2 of 20 reviews of A, "
        "and in 20 of 20 reviews of B."
    )
    assert not widget.view["compared"]["hollow"]


def test_groups_that_do_not_differ_are_said_not_to():
    """With three reviews nothing differs beyond chance, which is said, and the dots are hollow."""
    widget = explored()
    widget.act(do="group", filter="a", value={"review_id": ["ann"]})
    told = widget.view["compared"]
    assert told["said"] == "Nothing differs by more than chance explains. The groups are small: 1 and 2 reviews."
    assert told["hollow"]
    assert [group["name"] for group in told["groups"]] == ["A: Ann", "B: all others"]


KEPT = {"words": "music", "year": "2023"}
GROUPS = [
    pytest.param([("group", "a", {"film": "Moon"})], {"ann", "bob"}, {"cy"}, id="a film and all others"),
    pytest.param([("group", "a", {"film": "Moon"}), ("group", "b", {"year": "2024"})], {"bob"}, {"cy"}, id="overlap"),
    pytest.param(
        [("keep", "a", KEPT), ("group", "b", {"review_id": ["ann", "cy"]})], {"bob"}, {"ann", "cy"}, id="kept"
    ),
    pytest.param([("group", "a", {"film": "Moon"}), ("keep", "b", {"words": "moon"})], set(), set(), id="the same"),
]


@pytest.mark.parametrize(("acts", "a", "b"), GROUPS)
def test_the_code_returns_the_rows_of_both_groups(acts, a, b):
    """Each side lists its group's quotes, a review of both groups is on neither, and the code gives the same rows."""
    reviews = reviews_by_hand().assign(
        film=["Moon", "Moon", "Sun"], published=pd.to_datetime(["2024-01-01", "2023-05-05", "2024-12-31"])
    )
    opinions = pd.concat([opinions_by_hand(), build(OPINIONS, [ONE | {"review_id": "cy", "quote": "Off to space"}])])
    widget = st.explore(reviews, opinions.reset_index(drop=True), themes=themes_by_hand())
    for do, group, value in acts:
        if do == "keep":
            choose(widget, **value)
            widget.act(do="keep", filter=group)
        else:
            widget.act(do="group", filter=group, value=value)
    assert [{quote[1] for quote in side["quotes"]} for side in widget.view["sides"]] == [a, b]
    assert set(widget.quotes["review_id"]) == a | b
    assert_frame_equal(run(widget.code, opinions.reset_index(drop=True), reviews), widget.quotes)
    assert widget.choice["words"] == widget.choice["year"] == ""  # what was kept is free


def test_a_quote_opens_its_review_at_its_place():
    """The review shown is cut where the quote begins and ends; a filter closes it, and so does leaving."""
    widget = explored(clicked={"theme": "story", "polarity": "criticism"})
    for number, quote in enumerate(widget.quotes.itertuples()):
        widget.act(do="read", at=[0, number])
        shown = widget.view["reading"]
        assert (shown["name"], shown["number"], shown["quotes"]) == ("Ann", number, 2)
        assert shown["opinions"][shown["current"]]["quote"] == quote.quote
        words = [one["text"] for one in shown["pieces"] if shown["current"] in one["marks"]]
        assert "".join(words) == quote.quote
    widget.act(do="leave")
    assert (widget.view["reading"], widget.choice["at"]) == (None, [0, 1])
    widget.act(do="read", at=[0, 1])
    choose(widget, theme=["story"])
    assert (widget.view["reading"], widget.choice["at"]) == (None, [0, 0])


GERMAN = "Ein großartiger Film, aber die Geschichte ist leider sehr vorhersehbar."


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        ({"words": "music"}, ""),
        ({"words": "mooon"}, "No review has “mooon” in its names or text. Did you mean “Moon”?"),
        ({"words": "zzzzz"}, "No review has “zzzzz” in its names or text. Try fewer letters of the word, or another"),
        ({"words": "großartig"}, "No opinion is known in 1 review with “großartig” (1 not in English, and the tagger"),
        (
            {"words": "moon", "theme": ["music"], "review_id": ["ann"], "polarity": ["criticism"]},
            "There are opinions in",
        ),
    ],
    ids=["found", "a film misspelt", "nowhere", "German", "filtered"],
)
def test_a_search_that_lists_nothing_says_why(choice, line):
    """A line says whether no review has the words, or no opinion is in those that do, and what can be done."""
    reviews = reviews_by_hand().assign(film="Moon").replace({"text": {"Off to space.": GERMAN}})
    widget = st.explore(reviews, opinions_by_hand(), themes=themes_by_hand())
    choose(widget, **choice)
    assert widget.view["told"].startswith(line)
    assert bool(widget.view["told"]) == bool(line)


@pytest.mark.parametrize(
    ("words", "found"),
    [("strasse", ["ann"]), ("STRÁSSE", ["ann"]), ("straẞe", ["ann"]), ("fine", ["bob"])]
    + [(words, None) for words in ("ı", "\ud800", "stra\x00")],  # whatever is found
)
def test_letters_are_alike_in_the_search_and_in_its_code(words, found):
    """Accents, capitals, and ß, ﬁ and ı make no difference; a search and its code find the same, whatever that is."""
    reviews = reviews_by_hand().assign(critic=["Straße", "ﬁne", "I"])
    widget = st.explore(reviews, opinions_by_hand(), themes=themes_by_hand())
    choose(widget, words=words)
    assert_frame_equal(run(widget.code, opinions_by_hand(), reviews), widget.quotes)
    assert found is None or widget.quotes["review_id"].unique().tolist() == found


def test_only_the_first_quotes_are_listed():
    """Of many quotes a hundred are listed, with how many there are; turning lists another hundred."""
    many = build(OPINIONS, [ONE | {"quote": "!", "start": n, "end": n + 1} for n in range(250)])
    widget = st.explore(holding(["ann"], many), many)
    assert widget.view["bars"][0]["praise"] == [250, 1]
    for at, first, listed in ([0, 0], 0, 100), ([0, 150], 100, 100), ([0, 249], 200, 50):
        widget.act(do="turn", at=at)
        (side,) = widget.view["sides"]
        assert (side["first"], len(side["quotes"]), side["of"]) == (first, listed, 250)


def test_many_reviews_show_those_with_most_opinions():
    """Of more reviews than fit, matrix and scores show those with the most opinions, and say how many others are."""
    names = [f"r{n:03}" for n in range(40)]
    each = [(name, k) for n, name in enumerate(names) for k in range(n)]
    rows = build(OPINIONS, [ONE | {"review_id": name, "quote": "!", "start": k, "end": k + 1} for name, k in each])
    view = st.explore(holding(names, rows), rows).view
    assert [row["review_id"] for row in view["reviews"]] == names[:15:-1]
    assert view["reviews_more"] == 16
    assert {cell[1] for cell in view["cells"]} == set(names[16:])


def test_confidence_is_offered_where_a_model_coded():
    """The slider is for coders that say how sure they are: the model, not the readers."""
    assert [one["value"] for one in explored().options["has_confidence"]] == ["model"]


def test_nothing_to_explore_is_shown_as_nothing():
    """Without any opinion there are no quotes and no cells, and nothing fails."""
    view = st.explore(reviews_by_hand(), opinions_by_hand().head(0)).view
    assert (view["sides"][0]["quotes"], view["cells"]) == ([], [])
    assert view["heading"] == "0 of 0 opinions, in 0 of 3 reviews"


def test_a_view_is_plain_data(reviews, opinions):
    """All that goes to the page is JSON without NaN, and text of reviews goes as it is."""
    opinions = opinions.head(1).assign(quote="<b>$x$</b>", start=0, end=10)
    reviews = reviews.assign(text="<b>$x$</b>" + reviews["text"])
    widget = st.explore(reviews, opinions)
    json.dumps([widget.view, widget.options, widget.choice], allow_nan=False)
    assert {quote[4] for quote in widget.view["sides"][0]["quotes"]} == {"<b>$x$</b>"}


def test_all_colours_are_in_the_palette_and_two_are_those_of_the_charts(reviews, opinions):
    """Widgets draw praise and criticism as the charts do, and no widget has a colour of its own."""
    widgets = Path(st.__file__).parent / "widgets"
    chart = json.dumps(st.chart_praise_and_criticism(st.praise_and_criticism(opinions, reviews)).to_dict())
    palette = (widgets / "palette.css").read_text("utf-8")
    for name in POLARITIES:
        assert re.search(rf"--{name}: (#\w+);", palette)[1] in chart.lower()
    others = [path for path in widgets.rglob("*.[cj]s*") if path.name != "palette.css"]
    assert len(others) > 7
    assert not [path.name for path in others if re.search(r"#[0-9a-f]{3,8}\b|rgb|hsl", path.read_text("utf-8"))]


def test_show_takes_some_of_the_charts(reviews, opinions):
    """`show` names the charts, one or several, in any order; an unknown name is refused with those that exist."""
    assert st.explore(reviews, opinions, show="scores").parts == ["scores"]
    assert st.explore(reviews, opinions, show=["matrix", "bars"]).parts == ["bars", "matrix"]
    with pytest.raises(st.StarlightError, match=r"show is 'score'. Did you mean 'scores'\?"):
        st.explore(reviews, opinions, show=["score"])


def test_a_widget_says_in_words_what_it_holds(reviews, opinions):
    """A viewer without widgets shows a line of text, the same in every run."""
    assert (
        repr(st.explore(reviews, opinions))
        == "A widget, which appears when this cell is run in Jupyter: 92 of 92 opinions, in 5 of 5 reviews"
    )


def test_tables_that_do_not_belong_together_are_refused(reviews, opinions):
    """Opinions of reviews that are not there, or of a motif, are refused when they come in."""
    with pytest.raises(TableError, match="is not in reviews"):
        st.explore(reviews.head(1).assign(review_id="0"), opinions)
    with pytest.raises(TableError, match="is a motif"):
        st.explore(reviews, opinions.assign(theme="space"))


def test_the_tables_given_are_not_changed(reviews, opinions):
    """Exploring changes neither table."""
    before = opinions.copy(deep=True)
    st.explore(reviews, opinions).act(do="click", at={"review_id": reviews["review_id"][0]})
    pd.testing.assert_frame_equal(opinions, before)
