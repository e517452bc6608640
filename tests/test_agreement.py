"""Agreement of two codings: by hand on three sentences, against the `krippendorff` package, and on the two readings."""

from functools import cache

import krippendorff
import numpy as np
import pandas as pd
import pytest

import starlight as st
from starlight.errors import TableError
from starlight.summaries import AGREEMENT
from starlight.tables import OPINIONS, POLARITIES, SENTENCES, build, check

CRAFT = st.read_themes().query("kind == 'craft'")["theme"].tolist()
MEASURES = ["f1", "alpha"]


def some_sentences(number, boilerplate=()):
    """Sentences of one review, "S." each; those numbered in `boilerplate` are boilerplate."""
    rows = [
        {"review_id": "x", "sentence": n, "start": 3 * n, "end": 3 * n + 2, "text": "S."}
        | {"part": "boilerplate" if n in boilerplate else "body"}
        for n in range(number)
    ]
    return build(SENTENCES, rows)


def coding(*labels, coder="reader_1"):
    """Opinions of one review, given as (sentence, theme, polarity)."""
    rows = [
        {"review_id": "x", "sentence": n, "start": 3 * n, "end": 3 * n + 2, "quote": "S."}
        | {"theme": theme, "polarity": polarity, "coder": coder}
        for n, theme, polarity in labels
    ]
    return build(OPINIONS, rows)


def cell(table, level, theme=None):
    """The row of a level and theme; of all themes together if none is given."""
    of_theme = table["theme"].isna() if theme is None else table["theme"] == theme
    (row,) = table[(table["level"] == level) & of_theme].to_dict("records")
    return row


@pytest.fixture(scope="module")
def by_hand():
    """Both praise the music of sentence 0; only the first criticises the story of sentence 1; nobody judges 2."""
    first = coding((0, "music", "praise"), (1, "story", "criticism"))
    return st.agreement(first, coding((0, "music", "praise")), some_sentences(3))


@pytest.mark.parametrize(("level", "labels"), [("opinion", 1), ("polarity", 2), ("theme", 12), ("all", 24)])
def test_measures_by_hand(by_hand, level, labels):
    """At each level there are 2 x 3 x labels decisions, 3 of them yes, and one pair that differs.

    F1 is 2 x 1 / (2 + 1). Alpha (Krippendorff 2004, chapter 11, nominal, two coders, nothing missing) is
    1 - (n - 1) x differing / (yes x no).
    """
    row = cell(by_hand, level)
    n = 2 * 3 * labels
    assert row["f1"] == 2 / 3
    assert row["alpha"] == pytest.approx(1 - (n - 1) * 1 / (3 * (n - 3)))
    assert row["sentences"] == 3


def test_measures_each_theme_by_hand(by_hand):
    """On music both agree in three decisions of one yes; of the story's one yes there is no second."""
    assert [cell(by_hand, "theme", "music")[name] for name in MEASURES] == [1, 1]
    assert [cell(by_hand, "theme", "story")[name] for name in MEASURES] == [0, pytest.approx(1 - 5 * 1 / (1 * 5))]


def test_has_a_row_for_each_level_and_craft_theme(by_hand):
    """There are rows for four levels, and for twelve themes at the two levels that tell themes apart."""
    check(by_hand, AGREEMENT)
    assert by_hand.loc[by_hand["theme"].isna(), "level"].tolist() == ["opinion", "polarity", "theme", "all"]
    for level in ("theme", "all"):
        assert by_hand.loc[(by_hand["level"] == level) & by_hand["theme"].notna(), "theme"].tolist() == CRAFT
    assert len(by_hand) == 4 + 2 * 12


def test_polarity_counts_where_the_theme_agrees():
    """Two coders who differ in polarity alone agree on opinion and theme, and not at all on the rest."""
    table = st.agreement(coding((0, "music", "praise")), coding((0, "music", "criticism")), some_sentences(3))
    assert [cell(table, level)["f1"] for level in ("opinion", "theme", "polarity", "all")] == [1, 1, 0, 0]


def test_counts_a_label_once_a_sentence():
    """Two quotes of one sentence with the same label are one decision."""
    once = coding((0, "music", "praise"))
    table = st.agreement(pd.concat([once, once.assign(end=1)]), once, some_sentences(3))
    assert cell(table, "all")["f1"] == 1


def test_nothing_coded_has_no_measure():
    """Two coders who find nothing agree on no yes: F1 and alpha are missing, and so are their intervals."""
    table = st.agreement(coding(), coding(), some_sentences(3))
    assert table[[*MEASURES, "f1_low", "f1_high", "alpha_low", "alpha_high"]].isna().all(axis=None)
    assert table["sentences"].eq(3).all()


def test_a_theme_that_neither_codes_has_no_measure(by_hand):
    """The ending, in neither coding, has no F1 and no alpha: 0 / 0 is neither 0 nor 1."""
    for level in ("theme", "all"):
        assert all(np.isnan(cell(by_hand, level, "ending")[name]) for name in MEASURES)


def test_one_value_everywhere_has_no_alpha():
    """Where every decision is yes there is nothing for chance to differ in: F1 is 1, alpha missing."""
    both = coding((0, "music", "praise"))
    row = cell(st.agreement(both, both, some_sentences(1)), "opinion")
    assert row["f1"] == row["f1_high"] == 1
    assert np.isnan([row["alpha"], row["alpha_low"], row["alpha_high"]]).all()


def test_no_interval_is_without_width(by_hand):
    """Where all agree, or nobody does, it is Wilson's of 1 in 1 or 0 in 1; F1 is 2 J / (1 + J) of a share J."""
    low, high = 1 / (1 + 1.959964**2), 1.959964**2 / (1 + 1.959964**2)
    music, story = cell(by_hand, "all", "music"), cell(by_hand, "all", "story")
    assert music["f1_low"] == pytest.approx(2 * low / (1 + low))
    assert story["f1_high"] == pytest.approx(2 * high / (1 + high))
    coded = by_hand.dropna(subset=["f1"])
    assert (coded["f1_low"] < coded["f1_high"]).all()
    assert (coded["alpha_low"] < coded["alpha_high"]).all()
    assert coded["label"].notna().eq(coded["theme"].notna()).all()


def test_leaves_boilerplate_out():
    """Boilerplate, which is never coded, is no sentence compared: three more change nothing."""
    first, second = coding((0, "music", "praise"), (1, "story", "praise")), coding((0, "music", "praise"))
    plain = st.agreement(first, second, some_sentences(3))
    assert st.agreement(first, second, some_sentences(6, boilerplate=(3, 4, 5))).equals(plain)


@pytest.mark.parametrize("argument", ["opinions", "other"])
@pytest.mark.parametrize("sentence", [2, 9], ids=["boilerplate", "unknown"])
def test_refuses_an_opinion_outside_the_sentences(argument, sentence):
    """An opinion in boilerplate or in a sentence that is not there is refused by table, row, sentence and review."""
    codings = {"opinions": coding((0, "music", "praise")), "other": coding((0, "music", "praise"))}
    codings[argument] = coding((0, "music", "praise"), (sentence, "story", "praise"))
    where = f"{argument}, row 1: sentence {sentence} of review 'x' is not among the sentences, or is boilerplate"
    with pytest.raises(TableError, match=where):
        st.agreement(*codings.values(), some_sentences(3, boilerplate=(2,)))


@pytest.mark.parametrize(
    ("theme", "message"), [("musik", "no theme 'musik'. Did you mean 'music'"), ("space", "motif")]
)
def test_refuses_a_theme_that_is_not_craft(theme, message):
    """An opinion of an unknown theme, or of a motif, is refused by table and row."""
    with pytest.raises(TableError, match=f"other, row 0: .*{message}"):
        st.agreement(coding(), coding((0, theme, "praise")), some_sentences(3))


def test_refuses_several_coders_in_one_coding():
    """One side that holds two coders is refused with their names."""
    two = coding((0, "music", "praise"), (1, "music", "praise")).assign(coder=["reader_1", "reader_2"])
    with pytest.raises(st.StarlightError, match=r"other holds several coders \(reader_1, reader_2\)"):
        st.agreement(coding(), two, some_sentences(3))


@pytest.mark.parametrize("number", [0, 2])
def test_refuses_sentences_without_prose(number):
    """With no sentence, or boilerplate alone, there is nothing to compare: refused, not a number."""
    with pytest.raises(TableError, match="sentences holds no title or body to compare"):
        st.agreement(coding(), coding(), some_sentences(number, boilerplate=(0, 1)))


@cache
def random_codings(seed, sentences=12):
    """Two codings that agree now and then: arrays of sentences x themes x polarities, their tables and agreement."""
    draw = np.random.default_rng(seed)
    first = draw.random((sentences, len(CRAFT), len(POLARITIES))) < 0.08
    second = np.where(draw.random(first.shape) < 0.8, first, draw.random(first.shape) < 0.08)
    tables = [
        coding(
            *((int(n), CRAFT[theme], POLARITIES[polarity]) for n, theme, polarity in np.argwhere(array)), coder=coder
        )
        for array, coder in ((first, "reader_1"), (second, "reader_2"))
    ]
    return first, second, tables, st.agreement(*tables, some_sentences(sentences))


def flatten(level, theme, *arrays):
    """Give the yes-or-no decisions of a level as a row for each coder."""
    arrays = [array if theme is None else array[:, [CRAFT.index(theme)]] for array in arrays]
    over = {"opinion": (1, 2), "polarity": 1, "theme": 2, "all": ()}[level]
    return np.array([array.any(axis=over).ravel() if over else array.ravel() for array in arrays], dtype=int)


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_the_krippendorff_package(seed):
    """On random codings alpha equals the package's, nominal over yes and no, at each level and theme."""
    first, second, _, agreed = random_codings(seed)
    compared = 0
    for row in agreed.itertuples():
        decisions = flatten(row.level, row.theme if isinstance(row.theme, str) else None, first, second)
        if len(np.unique(decisions)) < 2:
            assert np.isnan(row.alpha)
            continue
        theirs = krippendorff.alpha(decisions, value_domain=[0, 1], level_of_measurement="nominal")
        assert row.alpha == pytest.approx(theirs), (row.level, row.theme)
        compared += 1
    assert compared > 10


@pytest.mark.parametrize("seed", range(5))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(seed):
    """On random codings F1 is 2pr / (p + r), whichever coding is taken for the truth."""
    first, second, _, agreed = random_codings(seed)
    for row in agreed.itertuples():
        truth, found = flatten(row.level, row.theme if isinstance(row.theme, str) else None, first, second)
        both = (truth * found).sum()
        if both:
            precision, recall = both / found.sum(), both / truth.sum()
            assert row.f1 == pytest.approx(2 * precision * recall / (precision + recall))
        else:
            assert row.f1 == 0 if truth.any() or found.any() else np.isnan(row.f1)


@pytest.mark.parametrize("seed", range(2))
def test_is_symmetric(seed):
    """It does not matter which coding comes first."""
    *_, (first, second), one = random_codings(seed)
    two = st.agreement(second, first, some_sentences(12))
    pd.testing.assert_frame_equal(one, two.rename(columns={"coder": "other", "other": "coder"})[one.columns])


@pytest.mark.parametrize("seed", range(2))
def test_identical_codings_agree_wholly(seed):
    """A coding compared with itself has F1 and alpha 1, their intervals’ upper ends, wherever it says anything."""
    *_, (_, same), _ = random_codings(seed)
    table = st.agreement(same, same, some_sentences(12))
    measured = table[table["f1"].notna()]
    assert len(measured) > 10
    assert measured["f1"].eq(1).all()
    assert measured["f1_high"].to_numpy() == pytest.approx(1)
    alphas = table.loc[table["alpha"].notna(), ["alpha", "alpha_high"]]
    assert len(alphas) > 10
    assert alphas.to_numpy() == pytest.approx(1)


def test_disjoint_codings_have_f1_of_0():
    """Two coders who never give one sentence the same label have F1 0, and alpha below chance."""
    first, second = coding((0, "music", "praise"), (1, "story", "praise")), coding((2, "music", "praise"))
    table = st.agreement(first, second, some_sentences(3))
    for level in ("opinion", "polarity", "theme", "all"):
        assert cell(table, level)["f1"] == cell(table, level)["f1_low"] == 0 < cell(table, level)["f1_high"]
        assert cell(table, level)["alpha"] < 0


@pytest.fixture(scope="module")
def readings():
    """The two readings of the five reviews, made without sight of each other."""
    return [st.read_opinions(coder=coder) for coder in ("reader_1", "reader_2")]


@pytest.fixture(scope="module")
def of_the_five(readings, sentences):
    """Their agreement."""
    return st.agreement(*readings, sentences)


@pytest.mark.parametrize("measure", MEASURES)
def test_intervals_of_the_readings_hold_their_points(of_the_five, measure):
    """Each interval holds the value that it is the interval of, and none is without one."""
    measured = of_the_five[of_the_five[measure].notna()]
    assert len(measured) > 20
    assert measured[measure].between(measured[f"{measure}_low"], measured[f"{measure}_high"]).all()


def test_intervals_of_the_readings_have_a_width(of_the_five):
    """Five reviews do not pin the agreement down: at each level the interval is 0.02 to 0.5 wide."""
    whole = of_the_five[of_the_five["theme"].isna()]
    for measure in MEASURES:
        assert (whole[f"{measure}_high"] - whole[f"{measure}_low"]).between(0.02, 0.5).all()


def test_intervals_are_percentiles_of_a_bootstrap_over_sentences():
    """Of 40 sentences, 20 agree and 20 do not: F1's interval is that of 2k / (40 + k) for k of a binomial (40, 1/2)."""
    both = [(n, "music", "praise") for n in range(20)]
    table = st.agreement(
        coding(*both, *((n, "music", "praise") for n in range(20, 40))), coding(*both), some_sentences(40)
    )
    row = cell(table, "opinion")
    agreeing = np.random.default_rng(1).binomial(40, 0.5, 100_000)
    low, high = np.percentile(2 * agreeing / (40 + agreeing), [2.5, 97.5])
    assert row["f1"] == 2 / 3
    assert [row["f1_low"], row["f1_high"]] == pytest.approx([low, high], abs=0.03)


def test_intervals_are_the_same_in_every_run(readings, sentences, of_the_five):
    """The seed is fixed, so a second run gives the same table, and numpy's own generator is left alone."""
    state = np.random.get_state()[1].tolist()
    assert st.agreement(*readings, sentences).equals(of_the_five)
    assert np.random.get_state()[1].tolist() == state


def test_leaves_its_tables_alone():
    """Measuring changes none of the three tables."""
    tables = [*random_codings(0)[2], some_sentences(12)]
    before = [frame.copy(deep=True) for frame in tables]
    st.agreement(*tables)
    assert all(frame.equals(copy) for frame, copy in zip(tables, before, strict=True))
