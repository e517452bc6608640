"""Close reading, without a browser: what the page is sent, what it may ask for, and what becomes of the tables."""

import json
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from tables_by_hand import opinions_by_hand, reviews_by_hand, themes_by_hand

from starlight import (
    StarlightError,
    close_reading,
    codebook,
    load_reviews,
    praise_and_criticism,
    read_opinions,
    sample_to_read,
    split_sentences,
)
from starlight.coding import CorrectionsFile
from starlight.errors import TableError
from starlight.tables import OPINIONS, QUEUE, build
from starlight.widgets import concordance

TEXT = "Lovely “music”—and (songs). Dull plot!\n\nShare on Twitter"


@pytest.fixture
def path(tmp_path):
    """Where corrections go."""
    return tmp_path / "corrections.csv"


@pytest.fixture
def reader(path):
    """A reader of the three reviews by hand."""
    return open_reader(path)


def open_reader(path, opinions=None, who="ann"):
    """Open a reader of the three reviews by hand."""
    opinions = opinions_by_hand() if opinions is None else opinions
    return close_reading(reviews_by_hand(), opinions, path=path, themes=themes_by_hand(), who=who)


def open_text(text, *places):
    """Open a reader of one text, with an opinion at each of these places of a sentence: (start, end)."""
    reviews = load_reviews(pd.DataFrame({"text": [text]}))
    sentences = split_sentences(reviews)
    rows = [
        {"review_id": "1", "sentence": int((sentences["end"] <= start).sum()), "start": start, "end": end}
        | {"quote": text[start:end], "theme": "music", "polarity": "praise", "coder": "me"}
        for start, end in places
    ]
    return close_reading(reviews, build(OPINIONS, rows), path="no_such_folder/corrections.csv")


def ask(reader, do, **what):
    """Ask as the page does: by a message, whose answer must be JSON."""
    json.dumps(reader.view)
    data = {"method": "custom", "content": {"do": do, **what}}
    reader.comm.handle_msg({"content": {"data": data}, "buffers": []})
    json.dumps([reader.view, reader.status])


def rows(reader, *columns):
    """The current table's columns as lists."""
    return reader.opinions[list(columns)].to_numpy().tolist()


def actions(path):
    """What the file of corrections says was done, line by line."""
    return pd.read_csv(path)["action"].tolist() if path.exists() else []


# Pieces and words


@given(st.text(alphabet="ab. \n\u202e🎬", max_size=60).filter(str.strip), st.data())
def test_pieces_together_are_the_review(text, data):
    """Whatever opinions there are, the pieces are the text, and those that carry one are its words."""
    sentences = split_sentences(load_reviews(pd.DataFrame({"text": [text]})))[["start", "end"]].to_numpy().tolist()
    places = set()
    for start, end in data.draw(st.lists(st.sampled_from(sentences), max_size=5)) if sentences else ():
        places.add(
            tuple(sorted(data.draw(st.tuples(*[st.integers(start, end)] * 2).filter(lambda at: at[0] != at[1]))))
        )
    view = open_text(text, *sorted(places)).view
    assert "".join(piece["text"] for piece in view["pieces"]) == text
    assert all(text[piece["start"] :].startswith(piece["text"]) for piece in view["pieces"])
    for number, one in enumerate(view["opinions"]):
        assert "".join(piece["text"] for piece in view["pieces"] if number in piece["marks"]) == one["quote"]


def test_pieces_say_what_they_are():
    """A piece knows its part, and whether its sentence is judged: plot and boilerplate can be dimmed."""
    view = open_text(TEXT, (28, 37)).view
    assert {piece["text"]: (piece["part"], piece["judged"]) for piece in view["pieces"]} == {
        TEXT[:27]: ("body", False),
        " ": ("", False),
        "Dull plot": ("body", True),
        "!": ("body", True),
        "\n\n": ("", False),
        "Share on Twitter": ("boilerplate", False),
    }


def test_marks_that_turn_letters_are_pieces_of_their_own():
    """A right-to-left override is cut out and named."""
    pieces = open_text("a\u202eb").view["pieces"]
    assert [(piece["text"], piece["control"]) for piece in pieces] == [("a", ""), ("\u202e", "RLO"), ("b", "")]


def test_overlapping_opinions_have_lines_of_their_own():
    """Opinions that overlap lie in different lanes; one after them takes the first again."""
    places = [(0, 9), (3, 5), (4, 12), (5, 7), (12, 15)]
    assert [one["lane"] for one in open_text("abcdefghijklmnop", *places).view["opinions"]] == [0, 1, 2, 1, 0]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (0, 3, "Lovely"),
        (3, 10, "Lovely “music"),
        (8, 13, "music"),
        (9, 30, "music”—and (songs"),  # ends with its sentence
        (27, 30, "Dull"),
        (30, 31, "Dull"),
        (26, 28, ""),
        (42, 50, ""),
        (0, 0, ""),
    ],
)
def test_a_selection_is_widened_to_whole_words_of_one_sentence(start, end, words):
    """Words that are touched are taken whole; blanks, punctuation and boilerplate cannot be selected."""
    reader = open_text(TEXT)
    ask(reader, "select", start=start, end=end)
    assert reader.view["selected"] == words


def test_words_are_chosen_by_steps():
    """A step goes to the next word or the one before, without punctuation; with its end alone a selection grows."""
    reader = open_text(TEXT)

    def go(by, extend=False):
        ask(reader, "step", by=by, extend=extend)
        return reader.view["selected"]

    assert [go(by) for by in (1, 1, -1, -1)] == ["Lovely", "music", "Lovely", "Lovely"]
    assert [go(by, True) for by in (1, 1, -1, -1, -1)] == [
        *("Lovely “music", "Lovely “music”—and", "Lovely “music", "Lovely", "Lovely")
    ]
    assert [go(1) for _ in range(6)] == ["music", "and", "songs", "Dull", "plot", "plot"]
    assert [go(-1), go(-1), go(1, True)] == ["Dull", "songs", "songs"]  # the sentence ends


def test_steps_begin_at_the_opinion():
    """The first step goes to the first word from the current opinion on; where there are no words, to none."""
    reader = open_text(TEXT, (28, 37))
    ask(reader, "step", by=1, extend=False)
    assert reader.view["selected"] == "Dull"
    silent = open_text("…!")
    ask(silent, "step", by=1, extend=False)
    assert silent.view["selected"] == ""


# Long reviews, and many


def glowing(count):
    """A review of so many sentences of 17 characters, each with an opinion."""
    return open_text(" ".join(["The song glows."] * count), *((16 * one, 16 * one + 14) for one in range(count)))


def test_a_long_review_is_shown_in_parts():
    """Of a review with many opinions a part is shown, with what it is of all; each part begins with a sentence."""
    reader = glowing(400)
    assert reader.view["part"] == "Part 1 of 3 of this review, with opinions 1 to 150 of 400."
    texts, seen = [], []
    for turn in (1, 1, 1):
        texts += [piece["text"] for piece in reader.view["pieces"]]
        seen += range(reader.view["first"], reader.view["first"] + len(reader.view["opinions"]))
        ask(reader, "turn", by=turn)
    assert "".join(texts) == " ".join(["The song glows."] * 400)
    assert seen == list(range(400))
    assert (reader.current, reader.view["parts"]) == (300, [2, 3])
    ask(reader, "turn", by=-1)
    assert (reader.current, reader.view["first"]) == (150, 150)


def test_every_question_of_the_page_is_answered(tmp_path, monkeypatch):
    """The page waits for an answer: it gets one even if there is nothing to do, and if what it asks is refused."""
    monkeypatch.chdir(tmp_path)
    reader = glowing(400)
    answers = []
    monkeypatch.setattr(reader, "send", answers.append)
    questions = {"hello": {}, "turn": {"by": 1}, "redo": {}, "open": {"review": "none"}, "look": {}}
    for number, (do, what) in enumerate(questions.items()):
        ask(reader, do, number=number, **what)
        assert answers == [{"answered": one} for one in range(number + 1)]
    assert reader.status["wrong"]
    assert "No review 'none'" in reader.status["text"]


def test_the_page_opens_reviews_and_goes_to_opinions(tmp_path, monkeypatch):
    """It asks for what it has not drawn: another review, or an opinion of another part."""
    monkeypatch.chdir(tmp_path)
    reader = glowing(400)
    ask(reader, "go", number=399)
    assert (reader.current, reader.view["first"]) == (399, 300)
    ask(reader, "open", review=reader.review)
    assert (reader.current, reader.status["text"]) == (399, "")


def test_steps_lead_from_part_to_part(tmp_path, monkeypatch):
    """The part of the opinion that is stepped to is shown, and that of the words that are chosen or changed."""
    monkeypatch.chdir(tmp_path)
    reader = glowing(400)
    reader.current = 399
    assert reader.view["first"] == 300
    reader.current = 0
    assert reader.view["first"] == 0
    ask(reader, "turn", by=1)
    ask(reader, "step", by=1, extend=False)
    assert reader.view["selected"] == "The"
    assert [piece["start"] for piece in reader.view["pieces"] if piece["selected"]] == [2400]
    ask(reader, "turn", by=1)
    assert (reader.view["selected"], reader.view["begun"]) == ("The", 2400)  # in a part that is not shown
    ask(reader, "turn", by=-1)
    reader.remove(399)
    assert (reader.view["of"], reader.current) == (399, 150)
    reader.undo()
    assert (reader.current, reader.view["first"]) == (399, 300)


def test_a_long_text_without_opinions_has_parts_too():
    """Text is cut between sentences, and where there are none, somewhere; nothing of it is lost."""
    for text in ("The song glows. " * 3000, "song " * 20_000, "s" * 100_000):
        reader = open_text(text.strip())
        shown = ""
        for _ in range(reader.view["parts"][1]):
            part = "".join(piece["text"] for piece in reader.view["pieces"])
            assert len(part) <= 40_000
            shown += part
            ask(reader, "turn", by=1)
        assert shown == text.strip()
        assert reader.view["part"].startswith("Part ")


def test_of_opinions_on_the_same_words_six_are_marked_and_the_others_counted():
    """However many there are, each can be stepped to, and as many as are shown at once are said."""
    text = "A" + " good" * 1000
    reader = open_text(text, *((0, 1 + 5 * one) for one in range(1, 1001)))
    assert reader.view["part"] == "The review, with opinions 1 to 300 of 1,000."
    assert len(reader.view["pieces"][0]["marks"]) == 6
    assert reader.view["pieces"][0]["more"] == 994
    reader.current = 700
    assert reader.view["first"] == 550
    assert reader.view["opinions"][700 - 550]["quote"] == text[: 1 + 5 * 701]


def many(count):
    """A table of so many reviews, and the opinions in the five."""
    texts = {"text": [f"Review {number} is lovely." for number in range(count)]}
    return load_reviews(pd.DataFrame(texts))


def test_of_many_reviews_the_first_are_listed_and_the_others_found():
    """The list holds 200, and says of how many; words of a name or an id find the others, whatever their case."""
    reviews = many(450)
    none = build(OPINIONS, [])
    reader = close_reading(reviews, none, path="no_such_folder/corrections.csv", who="ann")
    assert (len(reader.menu["reviews"]), reader.menu["of"]) == (200, 450)
    name = reviews["name"].iloc[321]
    ask(reader, "find", words=name.upper(), here=False)
    assert {"review": "322", "name": name} in reader.found["named"]
    ask(reader, "find", words="no such", here=False)
    assert (reader.found["named"], reader.found["said"]) == ([], "“no such”: nothing found.")
    reader.review = "450"
    assert reader.view["name"] == reviews["name"].iloc[-1]


def test_of_many_reviews_a_wrong_sentence_is_reported_when_it_is_shown():
    """Sentences of more than a thousand coded reviews are compared with the opinions one review at a time."""
    reviews = many(1001)
    rows = [
        {"review_id": one, "sentence": 0, "start": 0, "end": 6, "quote": "Review"}
        | {"theme": "music", "polarity": "praise", "coder": "me"}
        for one in reviews["review_id"]
    ]
    rows[7]["sentence"] = 3
    reader = close_reading(reviews, build(OPINIONS, rows), path="no_such_folder/corrections.csv")
    assert reader.status == {}
    reader.review = "8"
    assert reader.status["wrong"]
    assert reader.status["text"] == (
        "opinions: the quote 'Review' is not in sentence 3 of review '8'. Correct the number."
    )
    with pytest.raises(TableError, match="is not in sentence 3 of review '8'"):
        close_reading(reviews.head(8), build(OPINIONS, rows[:8]), path="no_such_folder/corrections.csv")


def test_the_table_is_made_when_someone_asks(reader, monkeypatch):
    """A correction makes no table until someone asks for it or follows it."""
    made = []
    monkeypatch.setattr("starlight.coding.corrected.build", lambda *given: made.append(given) or build(*given))
    reader.remove(0)
    assert made == []
    assert len(reader.opinions) == len(reader.opinions) == 6
    assert len(made) == 1
    reader.observe(lambda change: None, "opinions")
    reader.undo()
    assert len(made) == 2


# A search


def found(words, *texts):
    """What a search finds in texts: the places, as the words that stand there."""
    named = {str(number): text for number, text in enumerate(texts)}
    search = concordance.Concordance(named, dict.fromkeys(named, ""))
    search.find(words)
    places = search.view(lambda _: [], {})["places"]
    return [named[one["review"]][one["start"] : one["end"]] for one in places]


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [
        ("CAFE", "🎬 Cafe\u0301 café CAFÉ", ["Cafe\u0301", "café", "CAFÉ"]),
        ("strasse", "🎬 Die Straße, STRASSE", ["Straße", "STRASSE"]),
        ("s", "ß s", ["s"]),
        ("lodz", "ŁÓDŹ", ["ŁÓDŹ"]),
        ("oeuvre", "Œuvre", ["Œuvre"]),
        ("한국", "👩‍💻 한국 영화, 한", ["한국"]),
        ("하", "한 하", ["하"]),
        ("か", "が か", ["か"]),
        ("don't", "I don’t, you don't", ["don’t", "don't"]),
        ("long one", "a long\u00a0one", ["long\u00a0one"]),
        ("forgettable", "for\u00adgettable", ["for\u00adgettable"]),
        ("find", "ﬁnd", ["ﬁnd"]),
        ("a.b", "aXb a.b", ["a.b"]),
        (" \u0301 ", "x", []),
        ("¨", "a ¨ b", []),
    ],
    ids=ascii,
)
def test_words_are_found_however_they_are_written(words, text, places):
    """Case, accents, ß, signs and emoji before them make no difference, and no place cuts through a character."""
    assert found(words, text) == places


@given(st.text(alphabet="aßé한ﬁ🎬\u0301\u00ad Ii", max_size=20), st.data())
def test_what_stands_in_a_text_is_found_where_it_stands(text, data):
    """Any whole words of a text are found in it, at places that say the same."""
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    if concordance.fold(words := text[begin:end]).strip() and not any(map(unicodedata.combining, text[end : end + 1])):
        assert concordance.fold(words).split() in [concordance.fold(one).split() for one in found(words, text)]


def test_a_search_lists_places_with_what_is_around_them_and_how_they_are_coded(reader):
    """Across reviews or in the one that is shown; the opinions are as they are now."""
    ask(reader, "find", words="dull", here=False)
    assert reader.found["said"] == "“dull”: 2 places in 2 reviews."
    ann, bob = reader.found["places"]
    assert (ann["name"], ann["around"]) == ("Ann", ["Lovely music. ", "Dull", " plot. Share this page."])
    assert ann["coded"] == [["criticism", "Story"]] * 2
    assert bob["around"] == ["", "Dull", " music. The music of space soars."]
    ask(reader, "find", words="dull", here=True)
    assert [one["review"] for one in reader.found["places"]] == ["ann"]
    reader.remove(2)
    assert len(reader.found["places"][0]["coded"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("so", "more than 10,000 places, of which the first 100 are listed"),
        ("no", "150 places in 1 review, of which the first 100 are listed"),
        ("one", "1 review with this name"),
        ("yes", "1 place in 1 review"),
    ],
)
def test_a_search_is_bounded_and_says_how_much_it_leaves_out(words, said):
    """The first hundred places are listed and ten thousand counted."""
    search = concordance.Concordance({"1": "so " * 10_001 + "no " * 150 + "yes"}, {"1": "One"})
    search.find(words)
    view = search.view(lambda _: [], {})
    assert view["said"] == f"“{words}”: {said}."
    assert len(view["places"]) == (100 if "first" in said else words == "yes")


def test_a_place_that_was_found_is_read(reader):
    """In an opinion, that opinion is the current one; elsewhere its words are chosen, to be marked."""
    ask(reader, "read", review="bob", start=0, end=4)
    assert (reader.review, reader.current, reader.view["selected"]) == ("bob", 0, "")
    assert [piece["text"] for piece in reader.view["pieces"] if piece["selected"]] == ["Dull"]
    ask(reader, "cancel")
    assert not any(piece["selected"] for piece in reader.view["pieces"])
    ask(reader, "read", review="cy", start=7, end=9)
    assert reader.view["selected"] == "space"


# A queue


def queue_by_hand(**changed):
    """Three rows of two sentences of the reviews by hand, in the order in which they are to be read."""
    first = {"review_id": "bob", "sentence": 1, "start": 12, "end": 37, "text": "The music of space soars."}
    rows = [
        first | {"theme": "music", "why": "the model is unsure"},
        {"review_id": "ann", "sentence": 0, "start": 0, "end": 13, "text": "Lovely music."}
        | {"theme": "story", "why": "likely"},
        first | {"theme": "story", "why": "the model is unsure"},
    ]
    return build(QUEUE, [rows[0] | changed, *rows[1:]])


def walk(path, queue=None, opinions=None, who="ann"):
    """Open a reader that walks a queue through the three reviews by hand, without opinions."""
    queue = queue_by_hand() if queue is None else queue
    return close_reading(reviews_by_hand(), opinions, queue=queue, path=path, themes=themes_by_hand(), who=who)


def now(reader):
    """What the reader says of the place that is to be read."""
    return reader.review, reader.view["queue"]["said"], reader.view["queue"]["why"]


def test_a_queue_is_walked_sentence_by_sentence(path):
    """Its sentences come in its order, each once with all that it was chosen for; a mark of each is on disk."""
    reader = walk(path)
    assert now(reader) == ("bob", "1 of 2: perhaps Music or Story", "the model is unsure")
    assert reader.view["queue"]["span"] == [12, 37]
    reader.mark(12, 15, theme="music", polarity="praise")
    ask(reader, **reader.view["queue"]["ask"])
    assert reader.status["text"] == "Saved in corrections.csv: “The music of space soars.” is read."
    assert now(reader) == ("ann", "2 of 2: perhaps Story", "likely")
    ask(reader, **reader.view["queue"]["ask"])
    assert reader.view["queue"]["count"] == "2 of 2 read"
    assert actions(path) == ["add", "read sentence", "read sentence"]
    assert rows(reader, "quote", "coder") == [["The", "ann"]]


def test_a_person_goes_on_where_that_person_stopped(path):
    """A reader opened again begins with the first sentence that was not read, or if all were, at the end."""
    walk(path).mark_read()
    assert now(walk(path, who="bob"))[:2] == ("ann", "2 of 2: perhaps Story")
    walk(path).mark_read()
    over = walk(path)
    assert (now(over)[1], over.view["queue"]["is_last"]) == ("The end: 2 of 2 sentences are read.", True)
    ask(over, "stop", at=1)
    ask(over, "mark_read", at=1, is_read=False)
    assert over.view["queue"]["count"] == "1 of 2 read"


def test_the_end_of_a_queue_says_what_to_do_next(path):
    """It names the call with the path, leads back to what was passed over, and is marked as read by nobody."""
    reader = walk(path, opinions=opinions_by_hand())
    ask(reader, "stop", at=1)
    ask(reader, **reader.view["queue"]["ask"])
    assert now(reader)[1] == "1 of 2: perhaps Music or Story"
    ask(reader, "stop", at=2)
    assert (now(reader)[1], reader.view["queue"]["button"]) == (
        "The end: 1 of 2 sentences are read.",
        "To what is not read ›",
    )
    ask(reader, **reader.view["queue"]["ask"])
    reader.mark_read()
    assert now(reader) == (
        "ann",
        "The end: 2 of 2 sentences are read.",
        f"Next, run learned = st.learn(book, {str(path)!r}, reviews, opinions=opinions). Back shows the last again.",
    )
    with pytest.raises(TableError, match="the queue is at its end"):
        reader.mark_read()
    ask(reader, "stop", at=1)
    assert (now(reader)[1], reader.view["queue"]["is_read"]) == ("2 of 2: perhaps Story", True)


def test_the_end_of_a_sample_says_what_to_do_next(path):
    """It names the call, or says that it needs more reviews than these."""
    few = walk(path, sample_to_read(reviews_by_hand(), 3, seed=1))
    ask(few, "stop", at=3)
    assert now(few)[2] == (
        "For corrected shares, at least 10 are needed: draw more with the same seed; these come first. "
        "Back shows the last again."
    )
    reviews = load_reviews(pd.DataFrame({"text": [f"It is a film about the number {n}." for n in range(10)]}))
    drawn = sample_to_read(reviews, 10)
    for themes, more in ((None, ""), (codebook(["humour"]), ", themes=book")):
        reader = close_reading(reviews, queue=drawn, path=path, themes=themes)
        ask(reader, "stop", at=10)
        call = f"st.corrected_shares(opinions, reviews, sample=sample, read={str(path)!r}{more})"
        assert now(reader)[2] == f"Next, run {call}. Back shows the last again."


def test_a_late_question_marks_no_sentence_that_was_not_seen(path):
    """The page names the place that it showed: two quick strokes of a key mark one sentence."""
    reader = walk(path)
    question = reader.view["queue"]["ask"]
    ask(reader, **question)
    ask(reader, **question)
    assert actions(path) == ["read sentence"]


def test_words_that_are_chosen_and_not_marked_are_not_lost(path):
    """Who goes on without marking them is told; cancelled, they hold nobody up."""
    reader = walk(path)
    ask(reader, "step", by=1, extend=False)
    ask(reader, **reader.view["queue"]["ask"])
    assert reader.status["text"].startswith("Not saved. Words are chosen and not marked.")
    assert reader.view["selected"] == "The"
    ask(reader, "cancel")
    ask(reader, **reader.view["queue"]["ask"])
    assert actions(path) == ["read sentence"]


@pytest.mark.parametrize("turn", [{"do": "stop", "at": 0}, {"do": "open", "review": "bob"}])
def test_what_was_said_of_one_place_is_not_said_of_another(path, turn):
    """Who goes back or to another review is no longer told of words that are chosen: none are."""
    reader = walk(path)
    reader.mark_read()
    ask(reader, "step", by=1, extend=False)
    ask(reader, **reader.view["queue"]["ask"])
    assert reader.status["wrong"]
    ask(reader, **turn)
    assert (now(reader)[0], reader.view["selected"], reader.status["text"]) == ("bob", "", "")


def test_back_shows_what_was_read_and_undo_takes_it_back(path):
    """Back turns to the sentence before, which can be marked as not read; undo does both at once."""
    reader = walk(path)
    reader.mark_read()
    reader.undo()
    assert (now(reader)[0], reader.view["queue"]["count"]) == ("bob", "")
    reader.redo()
    ask(reader, "stop", at=0)
    assert (now(reader)[0], reader.view["queue"]["is_read"]) == ("bob", True)
    ask(reader, **reader.view["queue"]["ask"])
    assert now(reader)[0] == "ann"
    assert actions(path) == ["read sentence", "not read sentence", "read sentence"]


def test_away_from_the_queue_nothing_is_marked(path):
    """In a review without a sentence of it the button leads back to it; a review with one shows that."""
    reader = walk(path)
    reader.review = "cy"
    assert (reader.view["queue"]["button"], reader.view["queue"]["span"]) == ("To the queue ›", [0, 0])
    with pytest.raises(TableError, match="Review 'cy' is not being read: it is not in the queue"):
        reader.mark_read()
    ask(reader, **reader.view["queue"]["ask"])
    assert now(reader)[:2] == ("bob", "1 of 2: perhaps Music or Story")
    reader.review = "ann"
    assert now(reader)[:2] == ("ann", "2 of 2: perhaps Story")
    assert actions(path) == []


def test_the_first_opinion_of_the_sentence_is_the_current_one(path):
    """Where the sentence has none, none is, and the first word to choose is the sentence's first."""
    reader = walk(path, opinions=opinions_by_hand())
    assert reader.view["opinions"][reader.current]["quote"] == "The music of space soars"
    silent = walk(path)
    assert silent.current == -1
    ask(silent, "step", by=1, extend=False)
    assert silent.view["selected"] == "The"


def test_a_sample_is_walked_as_a_queue_of_whole_reviews(path):
    """The reviews that were drawn come in the sample's order, and are marked as read whole."""
    sample = sample_to_read(reviews_by_hand(), 3, seed=1)
    reader = walk(path, sample)
    assert now(reader) == (sample["review_id"][0], "1 of 3", "drawn at random, to be read whole")
    ask(reader, **reader.view["queue"]["ask"])
    assert now(reader)[:2] == (sample["review_id"][1], "2 of 3")
    assert actions(path) == ["read whole"]


def test_sentences_of_a_review_that_was_read_whole_are_read(path):
    """Who read a review whole has read its sentences."""
    open_reader(path, opinions_by_hand().head(0)).mark_read()
    assert now(walk(path))[0] == "bob"
    assert walk(path).view["queue"]["count"] == "1 of 2 read"


@pytest.mark.parametrize(
    ("queue", "words"),
    [
        (queue_by_hand(review_id="zoe"), "queue, row 0: review_id 'zoe' is not in reviews. Pass the reviews"),
        (
            queue_by_hand(text="Gone."),
            "queue, row 0: text[12:37] of review 'bob' is 'The music of space soars.', not the",
        ),
        (
            queue_by_hand(sentence=0),
            "queue, row 0: the text 'The music of space soars.' is not in sentence 0 of review",
        ),
        (queue_by_hand(theme="humour"), "queue, row 0: no theme 'humour'. Allowed: 'overall', 'story', 'music'."),
        (
            queue_by_hand().drop(columns="why"),
            "queue has no column 'why'. It has one row per sentence to read and theme",
        ),
        (queue_by_hand().head(0), "queue has no rows: there is nothing to read."),
        (["bob"], "queue must be a DataFrame (one row per sentence to read and theme"),
    ],
)
def test_a_queue_that_does_not_belong_to_the_reviews_is_refused(path, queue, words):
    """Other reviews, words that are no longer there, another codebook's themes, no column and no row are refused."""
    with pytest.raises(TableError) as caught:
        walk(path, queue)
    assert str(caught.value).startswith(words)


def test_a_sample_of_other_reviews_is_refused(path):
    """Such as one that was drawn before a text was changed."""
    other = reviews_by_hand()
    sample = sample_to_read(other.assign(text=other["text"] + " Changed."), 3)
    with pytest.raises(TableError, match="sample was drawn from other reviews"):
        walk(path, sample)


def test_a_notebook_stores_the_reviews_of_the_queue_only(path):
    """The texts of the others need not be on a web page."""
    (content,) = [json.loads(form) for form in walk(path)._repr_mimebundle_()[0].values() if "Lovely" in str(form)]
    assert [one["review_id"] for one in content["reviews"]] == ["ann", "bob"]


def test_what_stands_where_no_widget_is_drawn_says_how_much_there_is_to_read(path):
    """One line, with how many sentences are in the queue."""
    assert repr(walk(path)).endswith("2 sentences to read")


# The reader


def test_the_strip_has_every_opinion_at_its_place(reader):
    """Also those of parts that are not shown; a correction moves it."""
    length = len(reviews_by_hand()["text"].iloc[0])
    assert [one["left"] for one in reader.strip] == [0.0, 0.0, *[round(100 * 14 / length, 2)] * 2]
    assert {one["polarity"] for one in reader.strip} == {"praise", "criticism"}
    reader.remove(0)
    assert len(reader.strip) == 3


def test_a_note_is_kept_with_the_corrections(reader, path):
    """It is one line, shown beside its opinion, undone as any change, and there after a restart."""
    key = reader.view["opinions"][0]["key"]
    ask(reader, "note", opinion=key, text=" =1+1\n<b> ")
    assert reader.view["opinions"][0]["note"] == "=1+1 <b>"
    assert reader.status["text"] == "Saved in corrections.csv: “Lovely” has the note “=1+1 <b>”."
    reader.note(0, "=1+1 <b>")
    assert actions(path) == ["note: =1+1 <b>"]
    again = open_reader(path)
    assert again.opinions["note"].dropna().tolist() == ["=1+1 <b>"]
    again.undo()
    assert again.view["opinions"][0]["note"] == ""
    assert_frame_equal(again.opinions, opinions_by_hand())
    assert again.status["text"].endswith("“Lovely” has no note.")


def test_a_review_is_marked_as_read_and_the_next_opens(reader, path):
    """The mark is on disk, counted, and taken back; when all are read the review stays."""
    ids = [one for one, _ in reader.menu["reviews"]]
    reader.mark_read()
    assert reader.review == ids[1]
    assert reader.view["queue"]["count"] == f"1 of {len(ids)} read"
    assert not reader.view["queue"]["is_read"]
    for _ in ids[1:]:
        reader.mark_read()
    assert reader.review == ids[-1]
    assert reader.view["queue"]["count"] == f"{len(ids)} of {len(ids)} read"
    assert reader.view["queue"]["is_read"]
    reader.mark_read(False)
    file = CorrectionsFile(path)
    file.read()
    assert [place.review_id for place in file.shown] == ids[:-1]
    assert reader.status["text"].endswith("is not read whole.")


def test_a_review_without_opinions_says_why(tmp_path):
    """The tagger reads no German."""
    texts = ["It is a film.", "Das ist ein Film über die Liebe, und er ist viel zu lang."]
    reviews = load_reviews(pd.DataFrame({"text": texts}))
    reader = close_reading(reviews, opinions_by_hand().iloc[:0], path=tmp_path / "c.csv", themes=themes_by_hand())
    assert reader.view["none"] == "no opinions"
    reader.review = "2"
    assert reader.view["none"] == "no opinions: German, and the tagger reads English"


def test_undo_takes_back_marks_and_changes_in_turn(reader):
    """Each undo takes back what was done last, a mark or a change, and turns to it; a redo does it again."""
    first = reader.review
    reader.note(0, "Why?")
    reader.mark_read()
    reader.remove(0)
    reader.undo()
    assert reader.view["queue"]["count"] == "1 of 3 read"
    reader.undo()
    assert (reader.review, reader.view["queue"]["count"]) == (first, "")
    assert "Why?" in reader.opinions["note"].tolist()
    reader.undo()
    assert "Why?" not in reader.opinions.get("note", pd.Series()).tolist()
    for _ in range(3):
        reader.redo()
    assert reader.view["queue"]["count"] == "1 of 3 read"
    assert len(reader.opinions) == 6


def test_notes_are_not_for_the_web(reader):
    """What a notebook stores for web pages holds no note."""
    reader.note(0, "private")
    assert "private" not in str(reader._repr_mimebundle_())


def test_a_reader_shows_the_first_review_and_its_first_opinion(reader):
    """Its opinions come in the order of the text."""
    assert (reader.review, reader.current) == ("ann", 0)
    assert [one["quote"] for one in reader.view["opinions"]] == ["Lovely", "Lovely music", "Dull", "Dull plot"]
    assert [theme for theme, _ in reader.themes] == ["overall", "story", "music"]


def test_reviews_are_listed_by_name(reviews, opinions, path):
    """A person chooses a review by its name; the page knows its id."""
    reader = close_reading(reviews, opinions, path=path)
    listed = list(reviews[["review_id", "name"]].itertuples(index=False, name=None))
    assert reader.menu == {"reviews": listed, "of": 5}
    assert not {*reviews["name"]} & {*reviews["review_id"]}


def test_another_review_is_shown_when_it_is_chosen(reader):
    """Setting `review` turns to it; one without opinions has none stepped to."""
    reader.review = "bob"
    assert "".join(piece["text"] for piece in reader.view["pieces"]) == "Dull music. The music of space soars."
    reader.review = "cy"
    assert (reader.current, reader.view["opinions"]) == (-1, [])


def test_a_review_that_is_not_there_is_refused(reader):
    """The message names the nearest."""
    with pytest.raises(TableError, match=r"No review 'an'\. Did you mean 'ann'\?"):
        reader.review = "an"
    assert reader.review == "ann"


def test_a_change_is_on_disk_and_in_the_table(reader, path):
    """Another theme or polarity is appended to the file, shown, and said to be saved."""
    reader.change(0, theme="story")
    assert actions(path) == ["change from praise of music"]
    assert ["Lovely", "story"] in rows(reader, "quote", "theme")
    assert reader.status["text"] == "Saved in corrections.csv: “Lovely” is praise of Story."
    reader.change(0, polarity="criticism")
    assert reader.view["opinions"][0]["polarity"] == "criticism"
    reader.change(0, polarity="criticism")
    assert len(actions(path)) == 2  # no change, no row


def test_removing_and_marking(reader, path):
    """A removed opinion is gone; marked words carry a new one, by the coder of the coding."""
    reader.remove(0)
    reader.mark(20, 22, theme="story", polarity="criticism")
    assert reader.opinions["quote"].tolist()[-1] == "plot"
    assert len(reader.opinions) == len(opinions_by_hand())
    assert reader.opinions["coder"].unique().tolist() == ["settled"]
    assert reader.view["opinions"][reader.current]["quote"] == "plot"
    assert actions(path) == ["remove", "add"]


def test_undo_and_redo_append(reader, path):
    """Undo takes back step by step to the coding as it was, redo makes again; the file only grows."""
    before = opinions_by_hand()
    reader.change(0, theme="story")
    reader.remove(1)
    corrected = reader.opinions
    ask(reader, "undo")
    ask(reader, "undo")
    assert_frame_equal(reader.opinions, before)
    assert (reader.view["undo"], reader.view["redo"]) == (False, True)
    ask(reader, "undo")
    ask(reader, "redo")
    ask(reader, "redo")
    assert_frame_equal(reader.opinions, corrected)
    assert len(actions(path)) == 6
    reader.undo()
    reader.change(0, polarity="criticism")
    assert not reader.view["redo"]


def test_undo_turns_to_the_review_that_it_changes(reader):
    """A person sees what an undo brought back."""
    reader.remove(0)
    reader.review = "bob"
    reader.undo()
    assert reader.review == "ann"
    assert reader.view["opinions"][reader.current]["quote"] == "Lovely"


def test_it_is_all_there_after_a_restart(reader, path):
    """A new reader of the same coding has the corrections, and can undo what its user did; another user's it cannot."""
    reader.remove(0)
    reader.change(1, theme="overall")
    reader.undo()
    again = open_reader(path)
    assert_frame_equal(again.opinions, reader.opinions)
    assert again.view["undo"]
    again.undo()
    assert_frame_equal(again.opinions, opinions_by_hand())
    assert not open_reader(path).view["undo"]
    reader.redo()
    assert not open_reader(path, who="bob").view["undo"]


def test_two_readers_of_one_file_see_each_other(reader, path):
    """A change made elsewhere meanwhile is taken in with the next one made here, and never overwritten."""
    other = open_reader(path, who="bob")
    other.remove(1)
    reader.remove(0)
    assert_frame_equal(reader.opinions, opinions_by_hand().iloc[2:].reset_index(drop=True))
    ask(other, "remove", opinion=other.view["opinions"][0]["key"])
    assert other.status["text"] == "Not saved. The opinion to remove does not exist: 'Lovely'."
    assert_frame_equal(other.opinions, reader.opinions)
    assert [one["quote"] for one in other.view["opinions"]] == ["Dull", "Dull plot"]
    assert len(actions(path)) == 2


def test_a_reader_that_is_turned_to_takes_in_what_others_did(reader, path):
    """Asked to look, it shows another's change at once, stays at its opinion, and tells who follows the table."""
    seen = []
    reader.observe(lambda change: seen.append(len(change.new)), "opinions")
    reader.current = 2
    other = open_reader(path, who="bob")
    other.remove(0)
    ask(reader, "look")
    assert [one["quote"] for one in reader.view["opinions"]] == ["Lovely music", "Dull", "Dull plot"]
    assert reader.view["opinions"][reader.current]["quote"] == "Dull"
    assert reader.status["text"] == "corrections.csv was changed elsewhere. The changes are shown here now."
    assert_frame_equal(reader.opinions, other.opinions)
    ask(reader, "look")
    reader.remove(0)
    ask(reader, "look")
    assert seen == [6, 5]
    assert reader.status["text"].startswith("Saved")
    path.unlink()
    ask(reader, "look")
    assert_frame_equal(reader.opinions, opinions_by_hand())


def test_a_file_that_no_longer_holds_corrections_is_reported(reader, path):
    """Looking at it changes nothing in the reader, and the page is told why."""
    path.write_text("a,b\n1,2\n")
    ask(reader, "look")
    assert reader.status["wrong"]
    assert reader.status["text"].startswith(f"{str(path)!r} is not a file of corrections")
    assert_frame_equal(reader.opinions, opinions_by_hand())


def test_what_cannot_be_undone_any_more_is_dropped(reader, path):
    """When another changed what would be undone, it says so, and the next undo takes back what can be."""
    reader.remove(3)
    reader.mark(20, 22, theme="story", polarity="criticism")
    other = open_reader(path, who="bob")
    other.remove(3)
    ask(reader, "undo")
    assert reader.status["wrong"]
    ask(reader, "undo")
    assert_frame_equal(reader.opinions, opinions_by_hand())


def test_the_table_can_be_followed(reader):
    """Who observes `opinions` gets each new table, and charts can follow."""
    seen = []
    reader.observe(lambda change: seen.append(change.new), "opinions")
    reader.remove(0)
    reader.undo()
    counted = [praise_and_criticism(table, reviews_by_hand(), themes=themes_by_hand()) for table in seen]
    assert [table["opinions"].sum() for table in counted] == [6, 7]


def test_a_chart_that_fails_loses_no_correction(reader, path):
    """What is saved is shown and can be undone, whatever those who follow the table do."""

    def fail(_):
        raise ZeroDivisionError

    reader.observe(fail, "opinions")
    with pytest.raises(ZeroDivisionError):
        reader.remove(0)
    reader.unobserve(fail, "opinions")
    assert reader.status["text"].startswith("Saved")
    assert reader.view["undo"]
    assert len(actions(path)) == 1


def test_the_page_asks_by_what_it_saw(reader):
    """A message names an opinion by its place, theme and polarity, so that a late one hits no other."""
    key = reader.view["opinions"][2]["key"]
    ask(reader, "change", opinion=key, theme="overall", polarity="praise")
    assert ["Dull", "overall", "praise"] in rows(reader, "quote", "theme", "polarity")
    ask(reader, "remove", opinion=key)
    assert reader.status == {
        "text": "Not saved. That opinion no longer exists. Click the text and choose again.",
        "wrong": True,
        "count": 2,
    }


def test_the_page_selects_steps_and_marks(reader):
    """What is selected is sent back snapped; marking it makes an opinion; cancelling makes none."""
    ask(reader, "select", start=16, end=17)
    assert reader.view["selected"] == "Dull"
    assert [piece["text"] for piece in reader.view["pieces"] if piece["selected"]] == ["Dull"]
    ask(reader, "step", by=1, extend=True)
    assert reader.view["selected"] == "Dull plot"
    ask(reader, "cancel")
    assert reader.view["selected"] == ""
    ask(reader, "mark", theme="story", polarity="praise")
    ask(reader, "select", start=12, end=14)
    assert reader.status["text"] == "No words to mark there."
    assert len(reader.opinions) == 7
    ask(reader, "step", by=1, extend=False)
    ask(reader, "mark", theme="overall", polarity="praise")
    assert rows(reader, "quote", "theme", "polarity")[-1] == ["Lovely", "overall", "praise"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"theme": "space"}, "theme is 'space'. Allowed: 'overall', 'story', 'music'."),
        ({"polarity": "prais"}, "polarity is 'prais'. Did you mean 'praise'? Allowed: 'praise', 'criticism'."),
        ({"start": 12, "end": 14}, "There are no words to mark from 12 to 14. Mark words that are not boilerplate."),
        ({"start": 0, "end": 6}, "That opinion exists already: 'Lovely'."),
    ],
)
def test_what_is_no_opinion_is_not_marked(reader, path, what, words):
    """An unknown theme, an unknown polarity, no words, and what is marked already are refused, each with its reason."""
    with pytest.raises(TableError) as caught:
        reader.mark(**{"start": 7, "end": 12, "theme": "music", "polarity": "praise"} | what)
    assert str(caught.value) == words
    assert actions(path) == []


def test_an_unknown_number_is_refused(reader):
    """The message says how many there are."""
    with pytest.raises(
        TableError, match=r"^number is 4; it is the number of one of the 4 opinions in review 'ann', from 0\.$"
    ):
        reader.remove(4)


def test_what_is_not_saved_is_said_not_to_be(path, reader):
    """When the file cannot be written, the page is told so, and the table stays as it was."""
    path.mkdir()
    ask(reader, "remove", opinion=reader.view["opinions"][0]["key"])
    assert reader.status["wrong"]
    assert reader.status["text"].startswith("Not saved. ")
    assert_frame_equal(reader.opinions, opinions_by_hand())


def test_opinions_read_with_corrections_are_the_readers(reviews, opinions, path):
    """`read_opinions(corrections=...)` gives just what the reader shows."""
    reader = close_reading(reviews, opinions, path=path)
    reader.remove(0)
    reader.mark(1300, 1310, theme="romance", polarity="praise")
    assert_frame_equal(read_opinions(corrections=path), reader.opinions)


def test_corrected_model_coding_has_no_confidence_where_a_person_judged(path):
    """A changed opinion of a model's has no confidence any more; undone, it has it back."""
    reader = open_reader(path, opinions_by_hand("tagger").assign(confidence=0.5))
    reader.change(0, theme="story")
    assert reader.opinions["confidence"].isna().tolist() == [False, True] + [False] * 5
    reader.undo()
    assert reader.opinions["confidence"].eq(0.5).all()
    assert pd.read_csv(path)["coder"][0] == "tagger"


def test_reviews_without_opinions_can_be_coded(path):
    """With no coding to begin from, marks are coded by who makes them, and are there after a restart."""
    reader = open_reader(path, opinions_by_hand().head(0))
    assert reader.current == -1
    reader.mark(0, 3, theme="music", polarity="praise")
    assert rows(reader, "quote", "coder") == [["Lovely", "ann"]]
    assert rows(open_reader(path, opinions_by_hand().head(0)), "quote", "coder") == [["Lovely", "ann"]]


def test_opening_writes_nothing_and_says_the_same_in_every_run(reader, path):
    """A reader that is only opened makes no file, and what a notebook stores of it names no address or person."""
    assert list(path.parent.iterdir()) == []
    assert "3 reviews, their opinions marked" in repr(reader)


def test_the_file_is_where_it_is_asked_for(tmp_path, monkeypatch):
    """Without `path` it is the one that STARLIGHT_CORRECTIONS names, else corrections.csv in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STARLIGHT_CORRECTIONS", raising=False)
    open_reader(None).remove(0)
    assert len(actions(tmp_path / "corrections.csv")) == 1
    monkeypatch.setenv("STARLIGHT_CORRECTIONS", str(tmp_path / "other.csv"))
    open_reader(None).remove(0)
    assert len(actions(tmp_path / "other.csv")) == 1


def test_a_torn_line_is_reported_on_opening(path):
    """The rest is applied, and the warning names the line."""
    open_reader(path).remove(0)
    with path.open("a") as file:
        file.write("ann,0")
    with pytest.warns(UserWarning, match="line 3: not a complete correction"):
        assert len(open_reader(path).opinions) == 6


def test_tables_that_do_not_belong_together_are_refused(path):
    """Several coders, another's reviews, a motif, a quote that is elsewhere, and no reviews are refused."""
    both = pd.concat([opinions_by_hand("one"), opinions_by_hand("two")], ignore_index=True)
    with pytest.raises(StarlightError, match="several coders"):
        open_reader(path, both)
    with pytest.raises(StarlightError, match="is not in reviews"):
        close_reading(load_reviews(pd.DataFrame({"text": ["A."]})), opinions_by_hand())
    with pytest.raises(StarlightError, match="is a motif"):
        open_reader(path, opinions_by_hand().assign(theme="space"))
    with pytest.raises(StarlightError, match="not the quote"):
        open_reader(path, opinions_by_hand().assign(quote="x"))
    with pytest.raises(TableError, match="no rows"):
        close_reading(reviews_by_hand().head(0), opinions_by_hand().head(0))


def test_a_mark_that_changes_nothing_is_not_undone(reader):
    """Undoing that a review was not read must not say that it was, nor the other way round."""
    first, second, _ = (one for one, _ in reader.menu["reviews"])
    reader.mark_read(False)
    reader.undo()
    assert not reader.view["queue"]["count"]
    reader.mark_read()
    reader.review = first
    reader.mark_read()
    reader.undo()
    assert not reader.view["queue"]["count"]
    reader.redo()
    assert reader.review == second
    assert reader.view["queue"]["count"] == "1 of 3 read"
