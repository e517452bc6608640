"""What all summaries share: they leave their inputs alone, keep their tables, and refuse what does not belong."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from tables_by_hand import (
    EACH_CONVENTION,
    NAMES,
    mentions_by_hand,
    opinion,
    opinions_by_hand,
    reviews_by_hand,
    sentences_by_hand,
    themes_by_hand,
)

import starlight as st
from starlight.errors import TableError
from starlight.summaries import (
    DISAGREEMENT,
    MAKEUP,
    MENTION_POSITIONS,
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    QUOTES,
    SCORE_DISTRIBUTION,
    TALKED_AND_JUDGED,
    THEME_FREQUENCY,
    THEME_FREQUENCY_BY_REVIEW,
)
from starlight.tables import MENTIONS, OPINIONS, REVIEWS, SENTENCES, build, check

# Each summary by its name: its table's declaration, and how it is counted from a dict of the tables.
OF_MENTIONS = {
    "theme_frequency": (THEME_FREQUENCY, lambda t: st.theme_frequency(t["mentions"], t["reviews"])),
    "theme_frequency by review": (
        THEME_FREQUENCY_BY_REVIEW,
        lambda t: st.theme_frequency(t["mentions"], t["reviews"], by="review_id"),
    ),
    "mention_positions": (MENTION_POSITIONS, lambda t: st.mention_positions(t["mentions"], t["reviews"])),
    "talked_and_judged": (
        TALKED_AND_JUDGED,
        lambda t: st.talked_and_judged(t["mentions"], t["opinions"], t["reviews"]),
    ),
}
OF_OPINIONS = {
    "talked_and_judged": OF_MENTIONS["talked_and_judged"],
    "makeup": (MAKEUP, lambda t: st.makeup(t["sentences"], t["opinions"], t["reviews"])),
    "praise_and_criticism by review": (
        PRAISE_AND_CRITICISM_BY_REVIEW,
        lambda t: st.praise_and_criticism(t["opinions"], t["reviews"], by="review_id"),
    ),
    "praise_and_criticism": (
        PRAISE_AND_CRITICISM,
        lambda t: st.praise_and_criticism(t["opinions"], t["reviews"]),
    ),
    "disagreement": (DISAGREEMENT, lambda t: st.disagreement(t["opinions"], t["reviews"])),
}
OF_REVIEWS = {
    "score_distribution": (SCORE_DISTRIBUTION, lambda t: st.score_distribution(t["reviews"])),
    "score_distribution of each": (
        SCORE_DISTRIBUTION,
        lambda t: st.score_distribution(t["reviews"], convention=EACH_CONVENTION),
    ),
}
ALL = {**OF_MENTIONS, **OF_OPINIONS, **OF_REVIEWS, "quotes": (QUOTES, lambda t: st.quotes(t["opinions"]))}
BY_THEME = ["talked_and_judged", "praise_and_criticism", "disagreement"]
BY_REVIEW = ["talked_and_judged", "praise_and_criticism", "praise_and_criticism by review", "disagreement"]


@pytest.fixture
def by_hand():
    """The tables by hand, afresh for each test."""
    return {
        "reviews": reviews_by_hand(),
        "sentences": sentences_by_hand(),
        "mentions": mentions_by_hand(),
        "opinions": opinions_by_hand(),
    }


def empty():
    """The same tables without rows."""
    return {
        "reviews": build(REVIEWS, []),
        "sentences": build(SENTENCES, []),
        "mentions": build(MENTIONS, []),
        "opinions": build(OPINIONS, []),
    }


@pytest.mark.parametrize("name", ALL)
def test_keeps_to_its_declaration(name, by_hand):
    """A summary has the declared columns first, in order, with their dtypes, its key unique and its rows from 0."""
    declaration, count = ALL[name]
    summary = count(by_hand)
    check(summary, declaration)
    assert summary.columns.tolist() == declaration.names
    assert summary.index.tolist() == list(range(len(summary)))
    assert len(summary) > 0


@pytest.mark.parametrize("name", ALL)
def test_leaves_its_inputs_alone(name, by_hand):
    """Counting changes no table that it is given."""
    before = {table: frame.copy(deep=True) for table, frame in by_hand.items()}
    ALL[name][1](by_hand)
    for table, frame in by_hand.items():
        assert frame.equals(before[table]), table


@pytest.mark.parametrize("name", ALL)
def test_counts_empty_tables_as_empty_or_zero(name):
    """Tables without rows give a summary whose counts are all 0, not an error."""
    declaration, count = ALL[name]
    summary = count(empty())
    check(summary, declaration)
    assert summary.select_dtypes("number").fillna(0).eq(0).all(axis=None)


@pytest.mark.parametrize("name", ALL)
def test_takes_tables_in_any_order_with_any_index(name, by_hand):
    """Rows shuffled under another index give the same counts, row for row once sorted."""
    shuffled = {table: frame.iloc[::-1].set_index(frame.index + 7) for table, frame in by_hand.items()}
    declaration, count = ALL[name]
    key = list(declaration.key)
    expected, given = (count(tables).sort_values(key).reset_index(drop=True) for tables in (by_hand, shuffled))
    assert given.equals(expected)


@pytest.mark.parametrize("name", [name for name in ALL if "review_id" in ALL[name][0].names and name != "quotes"])
def test_has_the_reviews_in_their_order_with_their_names(name, by_hand):
    """Reviews stand in the order of `reviews`, whichever way the other rows lie, each with its name."""
    backwards = {table: frame.iloc[::-1].reset_index(drop=True) for table, frame in by_hand.items()}
    summary = ALL[name][1](backwards)
    assert summary["name"].tolist() == [NAMES[review_id] for review_id in summary["review_id"]]
    seen = summary["review_id"].drop_duplicates().tolist()
    assert seen == [review_id for review_id in ("cy", "bob", "ann") if review_id in seen]
    assert len(seen) > 1


@pytest.mark.parametrize("name", OF_OPINIONS)
def test_the_coder_stays_with_what_is_filtered_merged_or_read_again(name, by_hand, tmp_path):
    """Whose coding it is stands in every row, so that no chart of the rows can lose it."""
    summary = OF_OPINIONS[name][1](by_hand)
    assert set(summary["coder"]) == {"settled"}
    st.save_table(summary, tmp_path / "summary.csv")
    assert set(pd.read_csv(tmp_path / "summary.csv")["coder"]) == {"settled"}
    assert not summary.attrs


@pytest.mark.parametrize("name", OF_OPINIONS)
def test_refuses_several_coders(name, by_hand):
    """Opinions of several coders would be counted twice: refused with the coders' names and how to take one."""
    both = [opinions_by_hand("reader_1"), opinions_by_hand("settled")]
    by_hand["opinions"] = build(OPINIONS, [row for table in both for row in table.to_dict("records")])
    with pytest.raises(st.StarlightError) as refusal:
        OF_OPINIONS[name][1](by_hand)
    assert "several coders (reader_1, settled)" in str(refusal.value)
    assert "opinions[opinions['coder'] == 'settled']" in str(refusal.value)


@pytest.mark.parametrize("name", OF_MENTIONS)
def test_refuses_mentions_of_an_unknown_theme(name, by_hand):
    """A mention of a theme that the list lacks is refused by row and name, with the nearest theme."""
    by_hand["mentions"].loc[4, "theme"] = "spaces"
    with pytest.raises(TableError, match=r"mentions, row 4: no theme 'spaces'. Did you mean 'space'\?"):
        OF_MENTIONS[name][1](by_hand)


@pytest.mark.parametrize("name", BY_THEME)
def test_refuses_opinions_of_an_unknown_theme(name, by_hand):
    """An opinion of a theme that the list lacks is refused by row and name, with the nearest theme."""
    by_hand["opinions"].loc[2, "theme"] = "stor"
    with pytest.raises(TableError, match=r"opinions, row 2: no theme 'stor'. Did you mean 'story'\?"):
        OF_OPINIONS[name][1](by_hand)


@pytest.mark.parametrize("name", BY_THEME)
def test_refuses_opinions_of_a_motif(name, by_hand):
    """An opinion of a motif is refused by row and name: no row of the summary would count it."""
    by_hand["opinions"].loc[2, "theme"] = "space"
    with pytest.raises(TableError, match="opinions, row 2: theme 'space' is a motif"):
        OF_OPINIONS[name][1](by_hand)


@pytest.mark.parametrize("name", OF_MENTIONS)
def test_refuses_mentions_in_an_unknown_review(name, by_hand):
    """Mentions of which none is in `reviews` are refused by row and name."""
    by_hand["mentions"] = by_hand["mentions"].assign(review_id="dee")
    with pytest.raises(TableError, match=r"mentions, row 0: review_id 'dee' is not in reviews\. Pass the reviews"):
        OF_MENTIONS[name][1](by_hand)


@pytest.mark.parametrize("name", BY_REVIEW)
def test_refuses_opinions_in_an_unknown_review(name, by_hand):
    """Opinions of which none is in `reviews` are refused by row and name."""
    by_hand["opinions"] = by_hand["opinions"].assign(review_id="dee")
    with pytest.raises(TableError, match=r"opinions, row 0: review_id 'dee' is not in reviews\. Pass the reviews"):
        OF_OPINIONS[name][1](by_hand)


@pytest.mark.parametrize("name", {**OF_MENTIONS, **OF_OPINIONS})
def test_counts_a_part_of_the_reviews(name, by_hand):
    """Of some reviews, with the tables of all, every summary is what it is of their own tables."""
    some = ["ann", "bob"]
    own = {table: frame[frame["review_id"].isin(some)].reset_index(drop=True) for table, frame in by_hand.items()}
    assert_frame_equal(ALL[name][1](by_hand | {"reviews": own["reviews"]}), ALL[name][1](own))


@pytest.mark.parametrize("name", {**OF_MENTIONS, **OF_OPINIONS})
def test_refuses_tables_of_another_file_with_the_same_ids(name, by_hand):
    """Two files count their rows from 1: what was coded in the one is not counted as the other's."""
    by_hand["reviews"] = by_hand["reviews"].assign(text="Quite another text, of somebody else's.")
    with pytest.raises(TableError, match=r"row \d: .*pass the reviews of the table"):
        ALL[name][1](by_hand)


@pytest.mark.parametrize(
    ("name", "table", "column"),
    [
        *((name, "mentions", "theme") for name in OF_MENTIONS),
        *((name, "opinions", "polarity") for name in [*OF_OPINIONS, "quotes"]),
        *((name, "reviews", "score_raw") for name in {**OF_MENTIONS, **dict.fromkeys(BY_REVIEW), **OF_REVIEWS}),
        ("makeup", "sentences", "part"),
    ],
)
def test_refuses_a_table_that_lacks_a_column(name, table, column, by_hand):
    """A table without a declared column is refused; the message names both."""
    by_hand[table] = by_hand[table].drop(columns=column)
    with pytest.raises(TableError, match=f"{table} has no column '{column}'"):
        ALL[name][1](by_hand)


@pytest.mark.parametrize(
    "count",
    [
        lambda t, themes: st.theme_frequency(t["mentions"], t["reviews"], themes=themes),
        lambda t, themes: st.theme_frequency(t["mentions"], t["reviews"], by="review_id", themes=themes),
        lambda t, themes: st.mention_positions(t["mentions"], t["reviews"], themes=themes),
        lambda t, themes: st.talked_and_judged(t["mentions"], t["opinions"], t["reviews"], themes=themes),
        lambda t, themes: st.praise_and_criticism(t["opinions"], t["reviews"], themes=themes),
        lambda t, themes: st.disagreement(t["opinions"], t["reviews"], themes=themes),
    ],
    ids=["theme_frequency", "theme_frequency by review", "mention_positions", *BY_THEME],
)
class TestThemes:
    """Every summary by theme takes a list of themes, and refuses what is none."""

    def test_takes_its_readers_themes(self, count, by_hand):
        """A list of the user's own decides which themes there are."""
        own = themes_by_hand()
        own.loc[own["theme"] == "music", "theme"] = "sound"
        for table in ("mentions", "opinions"):
            by_hand[table] = by_hand[table].replace({"theme": {"music": "sound"}})
        assert set(count(by_hand, own)["theme"]) <= {"overall", "story", "sound", "space"}

    def test_refuses_a_path(self, count, by_hand):
        """A path in place of the themes is refused with the way to read one."""
        with pytest.raises(TableError, match=r"themes must be a DataFrame .* not str. read_themes\(path\)"):
            count(by_hand, "themes.csv")

    def test_takes_a_list_of_themes_and_terms_alone(self, count, by_hand):
        """A list without labels and kinds is labelled by its themes, which count as craft."""
        found = count(by_hand, themes_by_hand()[["theme", "terms"]])
        assert "label" not in found or found["label"].equals(found["theme"])

    def test_refuses_a_theme_twice(self, count, by_hand):
        """A list that holds a theme twice is refused: each mention would count twice."""
        twice = themes_by_hand().iloc[[0, 1, 2, 3, 2]]
        with pytest.raises(TableError, match="themes, row 4: a second row with theme 'music'"):
            count(by_hand, twice)


def test_refuses_an_opinion_that_nobody_could_find(by_hand):
    """One quote more, in a sentence that the makeup does not have, is refused and not left out."""
    further = opinion("cy", 3, "Off", "story", "praise")
    by_hand["opinions"] = build(OPINIONS, [*by_hand["opinions"].to_dict("records"), further])
    with pytest.raises(TableError, match="opinions, row 7: sentence 3 of review 'cy' is not among the sentences"):
        st.makeup(by_hand["sentences"], by_hand["opinions"], by_hand["reviews"])
