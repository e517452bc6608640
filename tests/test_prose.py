"""The check of the notebooks' prose: what it lets pass, and that no number, name or judgement can be changed unseen."""

import re

import pandas as pd
import prose
import pytest
from nbval.plugin import IPyNbCell
from prose import checked, facts, faults, not_computed, per, quoted, read, row, sentences, so, told, word, wrong_links
from test_notebooks import NOTEBOOKS

TABLE = pd.DataFrame(
    {
        "name": ["Sneha Jaiswal", "Sneha Jaiswal", "…is a bittersweet tale…"],
        "theme": ["ending", "music", "music"],
        "polarity": ["criticism", "praise", "praise"],
        "opinions": [5, 1, 2],
    }
)
SAYS = (
    "{who.name} {does(who.polarity)} the {who.theme} {times(who.opinions)}, {so('most', who.opinions == top)} of all."
)
FACT = {
    "says": SAYS.replace(" of all", ""),
    "given": ["top = table['opinions'].max()", "who = row(table, opinions=top)"],
}
SENTENCE = "Sneha Jaiswal criticises the ending 5 times, most."


def markdown(source, *facts):
    """Return a Markdown cell with these facts."""
    return {"cell_type": "markdown", "source": source, "metadata": {"starlight": {"facts": list(facts)}}}


def found(*cells):
    """Return the faults in these cells, told of the table above."""
    return faults(cells, told(cells, {"table": TABLE}))


def test_a_sentence_that_its_tables_bear_out_passes():
    """A fact's sentence stands in the cell, beside sentences that state nothing; code and other cells are not read."""
    code = {"cell_type": "code", "source": "13", "metadata": {}}
    assert found(markdown(f"## The theme\n\nSee `five`. {SENTENCE}", FACT), code) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5", "6"),
        ("Sneha Jaiswal", "…is a bittersweet tale…"),
        ("criticises", "praises"),
        ("ending", "music"),
        ("most", "least"),
        (" the ", " an "),
        (SENTENCE, "Nothing."),
    ],
)
def test_a_sentence_that_is_changed_is_seen(old, new):
    """Another number, name, judgement, theme or word than the table's, or no sentence at all."""
    assert found(markdown(SENTENCE.replace(old, new), FACT))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("All five agree, at least twice.", ["All", "five", "twice"]),
        ("Sneha Jaiswal's story has 7.5 on 10.", ["Sneha Jaiswal", "story", "7.5", "10"]),
        ("Neither mentions F1, [notebook 4](4_praise.ipynb) or `all themes[13:x2]`.", ["13"]),
        ('It says "so what" of grief, and criticism.', ['"so what"', "grief", "criticism"]),
    ],
)
def test_the_words_that_a_fact_must_bring(sentence, words):
    """Numbers in digits and in words, reviews, themes, judgements, all and most, and quotations."""
    assert checked(sentence) == words


def test_a_sentence_with_such_a_word_needs_a_fact():
    """Any of them without a fact is a fault, and so is one that a fact leaves out of its braces."""
    assert found(markdown("The ending is praised.")) == ["No fact says: The ending is praised."]
    assert not_computed({"says": "The ending is {done(table)}."}) == ["ending"]


@pytest.mark.parametrize(
    ("fact", "wrong"),
    [
        ({"says": "{word(5)} reviews"}, ["word(5)"]),
        ({"says": "{n} reviews", "given": ["n = 5"]}, ["n = 5"]),
        ({"says": "{n} reviews", "given": ["n = len(table)"]}, []),
        ({"says": "One row.", "why": "a grain"}, []),
        ({"says": "One row.", "why": ""}, ["no reason why"]),
    ],
)
def test_a_fact_is_computed(fact, wrong):
    """An expression without a variable of the notebook is none; what is not computed says why."""
    assert not_computed(fact) == wrong


def test_a_fact_that_fails_says_so():
    """An error in an expression is a fault of its sentence, and the other facts are told all the same."""
    missing = {"says": "{nothing} reviews"}
    first, second = found(markdown(SENTENCE, FACT, missing), markdown("A row.", {"says": "{absent}"}))
    assert "{nothing} reviews (NameError" in first
    assert "absent" in second


def test_facts_of_a_cell_share_their_names_and_cells_do_not():
    """What a fact sets, the next of its cell can use, and no other cell."""
    later = {"says": "It is {who.theme}."}
    assert found(markdown(f"{SENTENCE} It is ending.", FACT, later)) == []
    assert found(markdown(SENTENCE, FACT), markdown("It is ending.", later))


def test_a_link_to_a_notebook_has_its_number():
    """Another number in the words than in the address is a fault; other links may have any."""
    assert wrong_links("See [notebook 4](4_praise.ipynb) and [the 5](page.html).") == []
    assert wrong_links("See [notebook 5](4_praise.ipynb).") == ["notebook 5 to 4_praise.ipynb"]


def test_sentences_end_where_a_reader_ends_them():
    """Full stops end them, with what closes behind, and so do headings and points; abbreviated names do not."""
    source = (
        '# Why?\n\n"…is a bittersweet tale…" does not say (it may). `x` says\nso. '
        "*No.* [It](a.ipynb) does.\n\n- one;\n- two"
    )
    assert sentences(source) == [
        "Why?",
        '"…is a bittersweet tale…" does not say (it may).',
        "`x` says so.",
        "*No.*",
        "[It](a.ipynb) does.",
        "one;",
        "two",
    ]


def test_helpers_refuse_what_is_not_so():
    """A word for what does not hold, a number without one, a row that is not alone, uneven rows, words not there."""
    assert (word(5), prose.times(1), prose.times(3)) == ("five", "once", "3 times")
    assert per(TABLE, "name", "theme") == 1
    for refused in (
        lambda: so("most", False),
        lambda: word(0.5),
        lambda: word(13),
        lambda: row(TABLE, polarity="praise"),
        lambda: per(TABLE, "name"),
        lambda: quoted("so", ["what"]),
    ):
        with pytest.raises((ValueError, IndexError)):
            refused()


def test_every_notebook_that_runs_has_its_prose_checked(request):
    """Behind the last cell of each notebook that is tested together with this file comes the check of its prose."""
    last = {item.parent: item.name for item in request.session.items if isinstance(item, IPyNbCell)}
    assert set(last.values()) <= {"Prose"}


def test_the_notebook_for_any_file_tells_nothing_of_the_stored_one():
    """In notebook 7 no sentence is computed: with another file, it could be false."""
    for path in NOTEBOOKS:
        computed = [fact for cell in read(path) for fact in facts(cell) if "why" not in fact]
        assert bool(computed) == (not re.match("7_", path.name))
