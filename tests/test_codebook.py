"""A codebook of one's own, what a person reads for it, and what is learned from that."""

import pytest
from tables_by_hand import opinion, opinions_by_hand, reviews_by_hand, themes_by_hand

import starlight as st
from starlight.coding import CorrectionsFile, Opinion, Place, Record, correction
from starlight.errors import TableError
from starlight.tables import THEMES

SENTENCE = Place("bob", 1, 12, 37)


def test_a_codebook_is_a_themes_table():
    """A theme without terms is found by its name; the table comes back from a csv, and mentions are found with it."""
    book = st.codebook(["costumes", "slow  pace"], covers={"costumes": "clothes"}, terms={"costumes": "dress; =worn"})
    assert book.columns.tolist() == THEMES.names
    assert book.drop(columns="kind").values.tolist() == [
        ["costumes", "Costumes", "clothes", "dress; =worn"],
        ["slow pace", "Slow pace", book.loc[1, "covers"], "slow pace"],
    ]


@pytest.mark.parametrize(
    ("names", "more", "words"),
    [
        ("humour", {}, r"names is 'humour'\. Give a list of the names of themes, such as"),
        ([], {}, r"names is \[\], without a name\. Give a list"),
        (["humour", " "], {}, r"names is \['humour', ''\], without a name"),
        (["humour", 3], {}, r"names is 3\. Give a list"),
        (["humour", "pacing", "humour"], {}, "themes, row 2: a second row with theme 'humour'"),
        (["humour", "Humour"], {}, "themes, row 1: a second row with label 'Humour'"),
        (["humour"], {"covers": {"humor": "wit"}}, r"a theme in covers is 'humor'\. Did you mean 'humour'\?"),
        (["humour"], {"terms": "wit"}, r"terms is 'wit'\. Give a dict of texts by the names of themes"),
        (["humour"], {"terms": {"humour": 3}}, r"terms\['humour'\] is 3\. Give words"),
        (["humour", "jokes"], {"terms": {"humour": "joke"}}, "both have the term 'joke'"),
        (["!"], {}, "the term '!' of theme '!' has no letter or digit"),
    ],
)
def test_what_is_no_codebook_is_refused(names, more, words):
    """With what was wrong, and what to give."""
    with pytest.raises(TableError, match=words):
        st.codebook(names, **more)


@pytest.fixture
def record(tmp_path):
    """The record of a coding that a person corrects."""
    return Record(opinions_by_hand(), tmp_path / "read.csv", reviews_by_hand(), themes_by_hand())


def test_sentences_are_marked_as_read(record):
    """One by one, beside whole reviews; the last word counts, and corrections stay what they are."""
    record.mark(SENTENCE, "ann", is_read=True)
    record.mark(Place("bob"), "ann", is_read=True)
    record.mark(Place("ann", 0, 0, 5), "ann", is_read=True)
    record.mark(Place("ann", 0, 0, 5), "ann", is_read=False)
    assert (record.sentences_read, record.read_whole) == ((SENTENCE,), ("bob",))
    record.mark(Place("bob"), "ann", is_read=False)
    again = Record(opinions_by_hand(), record.path, reviews_by_hand(), themes_by_hand())
    assert (again.sentences_read, again.read_whole) == ((SENTENCE,), ())
    assert again.table.equals(record.table)


def test_what_was_shown_in_a_sentence_is_known(record):
    """Another coding of that sentence was not read, one that differs elsewhere was."""
    record.mark(SENTENCE, "ann", is_read=True)
    opinions = opinions_by_hand()
    for other, changed in ((opinions["sentence"].eq(1), [SENTENCE]), (opinions["sentence"].eq(0), [])):
        kept = opinions[~(opinions["review_id"].eq("bob") & other)]
        assert Record(kept, record.path, reviews_by_hand(), themes_by_hand()).not_as_read([SENTENCE]) == changed


def test_two_writers_and_a_torn_row_lose_no_mark(record):
    """A row without a place, or cut off, is torn; whatever else stands in the file is read."""
    other = CorrectionsFile(record.path)
    other.append(correction(Opinion(**opinion("bob", 1, "soars", "story", "praise")), None, "bob"))
    record.mark(SENTENCE, "ann", is_read=True)
    text = record.path.read_text("utf-8")
    line = text.splitlines()[-1]
    for wrong in (line.replace(",12,37,", ",37,12,"), line.replace(",12,37,", ",x,37,"), line[:-9]):
        record.path.write_text(f"{text}{wrong}\n", "utf-8")
        other.read()
        assert other.torn == [4]
        assert list(other.shown) == [SENTENCE]
        assert len(other.corrections) == 1
