"""Settling: the differences of several codings, each settled by a person, and the coding and the file that result."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tables_by_hand import holding, once, opinion, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.errors import ReadError, StarlightError, TableError
from starlight.tables import OPINIONS, build

ANN_MUSIC = ("ann", 0, "Lovely music", "music", "praise")
CODED = {  # a and b agree on ann's music, though on other words, and differ in three sentences; c has a's and one more
    "a": [
        ANN_MUSIC,
        ("ann", 1, "Dull plot", "story", "criticism"),
        ("bob", 0, "Dull music", "music", "criticism"),
        ("bob", 1, "soars", "music", "praise"),
    ],
    "b": [
        ("ann", 0, "Lovely", "music", "praise"),
        ("bob", 0, "Dull music", "music", "praise"),
        ("bob", 1, "The music of space soars", "music", "praise"),
        ("bob", 1, "soars", "story", "praise"),
    ],
}
CODED["c"] = [*CODED["a"], ("cy", 0, "Off to space.", "overall", "praise")]


@once
def coding(coder):
    """What one of them coded."""
    return build(OPINIONS, [opinion(*row, coder=coder) for row in CODED[coder]])


def codings(*coders):
    """What several of them coded, as one table."""
    return pd.concat([coding(coder) for coder in coders or ("a", "b")], ignore_index=True)


@pytest.fixture
def path(tmp_path):
    """The file."""
    return tmp_path / "settled.csv"


@pytest.fixture
def open_it(path, no_flushing):
    """Open the widget on the file, as often as a test likes."""

    def opened(opinions=None, who="me", **options):
        opinions = codings() if opinions is None else opinions
        return st.settle(reviews_by_hand(), opinions, path=path, themes=themes_by_hand(), who=who, **options)

    return opened


def judged(opinions):
    """Return what a coding says: words, theme and polarity."""
    return list(opinions[["quote", "theme", "polarity"]].itertuples(index=False, name=None))


def read(path, coder="settled"):
    """Return the settled coding from the file."""
    return st.read_opinions(path, coder=coder, reviews=reviews_by_hand(), themes=themes_by_hand())


def test_differences_are_sentences_in_which_theme_or_polarity_differ(open_it):
    """Other words for the same judgement are no difference; each is shown between its neighbours, side by side."""
    settler = open_it()
    assert (settler.left, settler.number) == (3, 0)
    view = settler.view
    assert (view["review"], view["beside"]) == ("Ann", ("Lovely music.", "Share this page."))
    assert [one["coder"] for one in view["versions"]] == ["a", "b"]
    assert ["".join(piece["text"] for piece in one["pieces"]) for one in view["versions"]] == ["Dull plot."] * 2
    assert [[(o["polarity"], o["label"]) for o in one["opinions"]] for one in view["versions"]] == [
        [("criticism", "Story")],
        [],
    ]
    settler.go(1)
    assert (settler.view["review"], settler.view["beside"]) == ("Bob", ("", "The music of space soars."))


def test_agreement_is_that_of_agreement(open_it):
    """Alpha of two codings is what `agreement` says of theme and polarity; settled as one of them, it is 1 with it."""
    table = st.agreement(coding("a"), coding("b"), st.split_sentences(reviews_by_hand()[:2]), themes=themes_by_hand())
    (alpha,) = table.query("level == 'all' and theme.isna()")["alpha"]
    settler = open_it()
    assert f"in each sentence: {alpha:.2f}." in settler.view["agreement"][0]
    assert "a 1.00, b 1.00." in settler.view["agreement"][1]  # where they agree
    for _ in range(3):
        settler.take(1)
    assert f"a 1.00, b {alpha:.2f}." in settler.view["agreement"][1]
    said = "All are settled. st.read_opinions('settled.csv', coder='settled', reviews=reviews) reads the result."
    assert settler.view["status"]["text"].endswith(said)


def test_agreement_of_several_is_krippendorffs(open_it):
    """Alpha of three codings is what the library krippendorff makes of their decisions."""
    judgements = [(theme, polarity) for theme in ("overall", "story", "music") for polarity in ("praise", "criticism")]
    prose = [("ann", 0), ("ann", 1), ("ann", 2), ("bob", 0), ("bob", 1), ("cy", 0)]
    given = [
        [(*place, *one) in {(*row[:2], *row[3:]) for row in CODED[coder]} for place in prose for one in judgements]
        for coder in "abc"
    ]
    alpha = krippendorff.alpha(np.array(given, dtype=int), level_of_measurement="nominal")
    with pytest.warns(UserWarning, match="in 1 of 3 reviews"):
        assert f"in each sentence: {alpha:.2f}." in open_it(codings("a", "b", "c")).view["agreement"][0]


def test_each_difference_is_settled_and_the_result_is_a_coding(open_it, path):
    """As a coder has it, as no opinion, or edited; where the codings agree, the first coder's words are taken."""
    settler = open_it()
    settler.take(0)
    settler.take(2)
    settler.edit([])
    assert settler.left == 0
    assert judged(settler.opinions) == [("Lovely music", "music", "praise"), ("Dull music", "music", "praise")]
    settler.edit([[*settler.view["choices"][0]["key"][:2], "overall", "criticism"]])
    assert judged(settler.opinions)[2:] == [("The music of space soars", "overall", "criticism")]
    assert [one["quote"] for one in settler.view["taken"]] == ["The music of space soars"]
    found = read(path)
    assert_frame_equal(found[OPINIONS.names], settler.opinions)
    assert found["coder"].unique().tolist() == ["settled"]
    counted = st.praise_and_criticism(found, reviews_by_hand(), themes=themes_by_hand())
    assert counted["opinions"].sum() == 3


def test_what_is_not_finished_is_called_so(open_it, path):
    """Until the last difference is settled, nobody reads the file as the settled coding by mistake."""
    settler = open_it()
    settler.take(1)
    with pytest.raises(TableError, match="'settled, unfinished'"):
        read(path)
    assert judged(read(path, "settled, unfinished")) == judged(settler.opinions)
    assert judged(settler.opinions) == [ANN_MUSIC[2:], ("Dull plot", "story", "criticism")]
    settler.take(1)
    settler.take(1)
    assert judged(read(path)) == judged(coding("a"))
    settler.undo()
    with pytest.raises(TableError, match="'settled, unfinished'"):
        read(path)


def test_it_goes_on_where_it_was_left(open_it, path):
    """Opened again, it shows the next open difference and what was settled; one's own last decision can be undone."""
    settler = open_it()
    assert not path.exists()  # opening writes nothing
    settler.take(1)
    settler.go(1)
    settler.take(0)
    again = open_it()
    assert (again.left, again.number) == (1, 1)
    again.go(-1)
    assert again.view["who"] == "me"
    assert [one["taken"] for one in again.view["versions"]] == [True, False]
    again.go(2)
    assert again.view["neither"]
    again.undo()
    assert (again.left, again.number, again.view["who"]) == (2, 2, "")
    again.undo()
    assert (again.left, again.number) == (3, 0)
    with pytest.raises(TableError, match="me has settled nothing that could be undone"):
        again.undo()
    settler.look()
    settler.take(2)
    with pytest.raises(TableError, match="she has settled nothing"):
        open_it(who="she").undo()


def test_notes_go_with_the_opinions_that_are_taken(open_it, path):
    """A coder's note is shown, kept in the file, and a column of the result if an opinion that was taken has it."""
    settler = open_it(codings().assign(note=["", "Is it?", "", "", "", "So.", "", ""]))
    assert [one["note"] for one in settler.view["versions"][0]["opinions"]] == ["Is it?"]
    assert "note" not in settler.opinions
    settler.take(1)
    assert settler.opinions["note"].tolist() == ["", "Is it?"]
    again = open_it()  # a note is no part of what tells codings apart
    assert again.opinions["note"].tolist() == ["", "Is it?"]


def test_two_notebooks_lose_nothing(open_it):
    """A decision is added to what another notebook saved; one on what that notebook settled is refused, and shown."""
    one, other = open_it(who="one"), open_it(who="other")
    one.take(1)
    other.go(1)
    other.take(2)
    assert (other.left, open_it().left) == (1, 1)
    one._hear({"do": "take", "version": 1, "number": 1})
    assert one.view["status"]["wrong"]
    assert "settled elsewhere meanwhile" in one.view["status"]["text"]
    assert (one.number, one.view["who"], one.left) == (1, "other", 1)
    one._hear({"do": "take", "version": 1, "number": 2})  # now that it was seen
    other.go(-1)
    other.look()
    assert "changed elsewhere" in other.view["status"]["text"]
    assert (other.number, other.view["who"], open_it().left) == (1, "one", 1)


def test_ones_own_decision_can_be_changed_after_another_notebook_settled_more(open_it):
    """What is refused is only what changed since it was seen."""
    one, other = open_it(codings().assign(confidence=0.5)), open_it(who="other")
    one.take(1)
    other.go(1)
    other.take(2)
    one.go(-1)
    one.take(2)
    assert [one.view["who"], one.left, one.number] == ["", 1, 2]


def test_what_cannot_be_written_is_not_shown_as_settled(open_it, path, monkeypatch):
    """A full disk: the file, the table and the page are as before, and the page says why."""
    settler = open_it()
    settler.take(1)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("starlight.base.files._flush", full)
    settler._hear({"do": "take", "version": 1, "number": 1})
    assert "No space left" in settler.view["status"]["text"]
    assert (settler.left, settler.number, path.read_bytes()) == (2, 1, before)


def test_every_question_of_the_page_is_answered(open_it, monkeypatch):
    """Whatever the page asks, it hears that it was heard; without an answer it says that nobody is there."""
    settler, sent = open_it(), []
    monkeypatch.setattr(settler, "send", sent.append)
    key = settler.view["choices"][0]["key"]
    asked = [
        {"do": "hello"},
        {"do": "take", "version": 1},
        {"do": "undo"},
        {"do": "undo"},
        {"do": "edit", "opinions": [key]},
        {"do": "edit", "opinions": [key]},
        {"do": "go", "by": -1},
        {"do": "look"},
        {"do": "take", "version": "7"},
    ]
    for number, question in enumerate(asked):
        settler._hear(question | {"number": number})
    assert sent == [{"answered": number} for number in range(len(asked))]


def test_any_words_come_back(path, no_flushing):
    """Formulas, cells that pandas takes for missing, quotes and line ends are as they were when it is opened again."""
    words = ["=1+1;@x", "NA", 'a"b', "c\td", "'e", "null"]
    rows = [
        {"review_id": f"r{n}", "sentence": 0, "start": 0, "end": len(quote), "quote": quote, "theme": "story"}
        | {"polarity": polarity, "coder": coder}
        for n, quote in enumerate(words)
        for coder, polarity in (("None", "praise"), ("=b", "criticism"))
    ]
    opinions = build(OPINIONS, rows)
    reviews = holding([f"r{n}" for n in range(len(words))], opinions)
    settler = st.settle(reviews, opinions, path=path, who="NA")
    settler.take(1)
    again = st.settle(reviews, opinions, path=path, who="NA")
    assert again.left == len(words) - 1
    again.undo()
    assert again.left == len(words)


MINE = codings()
BAD = {
    "one coder": ({"opinions": coding("a")}, "two to nine coders of these reviews, and holds 1: a"),
    "ten coders": (
        {"opinions": pd.concat([coding("a").assign(coder=str(n)) for n in range(10)], ignore_index=True)},
        "and holds 10: 0, 1, 2, 3, 4 and 5 more",
    ),
    "no difference": (
        {"opinions": pd.concat([coding("a"), coding("a").assign(coder="z")], ignore_index=True)},
        r"a and z agree on theme and polarity in every sentence.*opinions\[opinions\['coder'\] == 'a'\]",
    ),
    "other reviews": ({"opinions": MINE.assign(review_id="dan")}, "'dan' is not in reviews"),
    "reviews of one coder": (
        {"opinions": codings("a", "b").query("review_id == 'ann' and coder == 'a'")},
        "and holds 1: a",
    ),
    "the result's name": ({"coder": "b"}, "holds a coder 'b', as the coding that results is called"),
    "its unfinished name": (
        {"opinions": MINE.replace({"coder": {"b": "settled, unfinished"}})},
        "holds a coder 'settled, unfinished'",
    ),
    "another sentence": ({"opinions": MINE.assign(sentence=0)}, "is not in sentence 0"),
    "a motif": ({"opinions": MINE.assign(theme="space")}, "'space' is a motif"),
}


@pytest.mark.parametrize(("given", "message"), BAD.values(), ids=BAD)
def test_what_cannot_be_compared_is_refused(path, given, message):
    """The error says what is wrong, and what to pass."""
    usual = {"reviews": reviews_by_hand(), "opinions": MINE, "path": path, "themes": themes_by_hand()}
    with pytest.raises(StarlightError, match=message):
        st.settle(**usual | given)
    assert not path.exists()


@pytest.mark.parametrize("change", ["other codings", "other words", "opinions", "words"])
def test_another_file_is_neither_read_nor_written(open_it, path, change):
    """A file of other codings, one whose settled words no coder marked, or any other file is refused and left alone."""
    settler = open_it()
    settler.take(1)
    whole = path.read_text()
    path.write_text(
        {
            "other codings": whole.replace("Dull music,music,criticism", "Dull music,story,criticism"),
            "other words": whole.replace('12,Lovely music,music,praise,"', '11,Lovely musi,music,praise,"'),
            "opinions": codings().to_csv(index=False),
            "words": "hello",
        }[change]
    )
    before = path.read_bytes()
    for act in (open_it, lambda: settler.take(1)):
        with pytest.raises(ReadError, match=r"settled\.csv'.*Give another path\.$"):
            act()
    assert path.read_bytes() == before


def test_a_coder_without_opinions_in_a_review_is_named():
    """Whether that coder did not read it, or found nothing, cannot be told."""
    with pytest.warns(UserWarning, match=r"b has no opinions in 1 of 3 reviews \(Cy\).* Leave those"):
        st.settle(reviews_by_hand(), codings("b", "c"), path="no.csv", themes=themes_by_hand())
