"""Shares are corrected by a random sample that a person has read, and refused where that cannot hold."""

import re

import numpy as np
import pandas as pd
import pytest
from bench_shares import population, simulate, spoilt
from chart_specs import draw, texts
from tables_by_hand import shares_by_hand

import starlight as st
from starlight.base.statistics import corrected_share, wilson
from starlight.coding import CorrectionsFile, Opinion, Place, Record, correction
from starlight.errors import ReadError, TableError
from starlight.tables import OPINIONS, build

SIZE = 60


@pytest.fixture
def reviews():
    """Sixty reviews, two in three of the film Up, the others of Dune, and one in German."""
    texts = [f"It is a film about a number, and the number is {number}." for number in range(SIZE)]
    films = ["Dune" if number % 3 == 2 else "Up" for number in range(SIZE)]
    german = {"review_id": "de", "text": "Das ist ein Film über eine Zahl, und die Zahl ist groß.", "film": "Up"}
    rows = [
        {"review_id": f"r{n}", "text": text, "film": film}
        for n, (text, film) in enumerate(zip(texts, films, strict=True))
    ]
    return st.load_reviews(pd.DataFrame([*rows, german]))


def opinion(review_id, theme="music", polarity="praise", confidence=0.8):
    """Return an opinion on the first word of a review."""
    return Opinion(review_id, 0, 0, 2, "It", theme, polarity, "a tagger", confidence)


def coding(review_ids):
    """Return the opinions of a tagger that finds praise of the music in these reviews."""
    return build(OPINIONS, pd.DataFrame([opinion(one) for one in review_ids]).drop(columns="note"))


def read_all(sample, opinions, reviews, path, praised, number=SIZE):
    """Read a sample: the music is praised in some reviews, whatever the tagger found, and all are marked."""
    record = Record(opinions, path, reviews, st.read_themes())
    for review_id in sample["review_id"].tolist()[:number]:
        found = record.of(review_id)
        if bool(found) != (review_id in praised):
            made = correction(found[0], None, "me") if found else correction(None, opinion(review_id), "me")
            record.save(made)
        record.mark(Place(review_id), "me", is_read=True)


def music(table):
    """Return the row of praise of the music."""
    return table[(table["theme"] == "music") & (table["polarity"] == "praise")].iloc[0]


@pytest.mark.parametrize("n", [50, 100])
@pytest.mark.parametrize("how", ["as it is", "polarity", "theme"])
def test_intervals_hold_the_true_share(n, how):
    """In 250 draws of reviews that were really read and coded, 95 in 100 do, whatever the tagger's errors."""
    read, coded = population()
    holds, width = simulate(read, coded if how == "as it is" else spoilt(coded, how), n, draws=250)
    assert 0.93 < holds.mean() < 0.98
    assert holds.min() > 0.89
    assert width.mean() < 0.86
    assert width.max() < 1.03


def test_a_program_without_use_costs_nothing():
    """If it finds nothing, or always something, the interval is Wilson's of the cases that were read."""
    read = np.array([[1.0]] * 6 + [[0.0]] * 14)
    cell, of = np.zeros(20, int), np.array([40.0])
    for coded in (0.0, 1.0):
        share, low, high = corrected_share(read, np.full((20, 1), coded), cell, np.array([[coded]]), of)
        assert share == pytest.approx([0.3])  # 6 of 20
        ends = wilson(np.array([12.0]), np.array([40.0]))  # half of all are read
        assert [low.item(), high.item()] == pytest.approx([one.item() for one in ends])


def test_what_was_read_as_a_whole_is_known():
    """Nothing is left to chance."""
    read = np.array([[1.0], [0.0], [0.0], [1.0]])
    found = corrected_share(read, 1 - read, np.zeros(4, int), np.array([[0.5]]), np.array([4.0]))
    assert [one.item() for one in found] == [0.5, 0.5, 0.5]


def test_a_sample_is_random_and_repeatable(reviews):
    """The same seed draws the same English reviews, another one others; each stratum gives as many."""
    one, again, other = (st.sample_to_read(reviews, 20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, again)
    assert set(one["review_id"]) != set(other["review_id"])
    assert one["of_reviews"].tolist() == [SIZE] * 20
    by_film = st.sample_to_read(reviews, 30, by="film")
    assert by_film["stratum"].value_counts().to_dict() == {"Up": 15, "Dune": 15}
    assert sorted(by_film["stratum"].head(10)) == ["Dune"] * 5 + ["Up"] * 5  # read at the same pace


def test_few_of_a_stratum_are_all_drawn(reviews):
    """What they leave goes to the others."""
    scarce = reviews.assign(film=["Ice" if number < 12 else "Up" for number in range(len(reviews))])
    drawn = st.sample_to_read(scarce, 40, by="film")["stratum"].value_counts()
    assert drawn.to_dict() == {"Up": 28, "Ice": 12}
    with pytest.raises(TableError, match=r"n is 15, which is fewer than 10 for each of the 2 groups by 'film' .* n=20"):
        st.sample_to_read(reviews, 15, by="film")


@pytest.mark.parametrize(("n", "seed"), [(0, 0), (61, 0), (2.5, 0), (5, -1)])
def test_a_wrong_number_is_refused(reviews, n, seed):
    """There are sixty English reviews."""
    with pytest.raises(TableError, match=r"n is .* English reviews to draw|seed is"):
        st.sample_to_read(reviews, n, seed=seed)


def test_a_sample_of_fewer_than_ten_says_how_to_draw_more(reviews, tmp_path):
    """All of it is read, so reading on is no remedy; a larger draw with the same seed begins with the same reviews."""
    opinions, path = coding(["r0"]), tmp_path / "read.csv"
    few, more = (st.sample_to_read(reviews, n, seed=3) for n in (9, 30))
    assert more["review_id"].tolist()[:9] == few["review_id"].tolist()
    read_all(few, opinions, reviews, path, praised=[])
    with pytest.raises(TableError, match=r"sample holds 9 reviews, and at least 10 are needed\. Draw more"):
        st.corrected_shares(opinions, reviews, sample=few, read=path)


def test_shares_are_corrected_by_what_was_read(reviews, tmp_path):
    """The tagger finds praise in all of Up's reviews, which it is in only every second of."""
    up = reviews.loc[reviews["film"].eq("Up") & reviews["review_id"].ne("de"), "review_id"].tolist()
    opinions, sample = coding(up), st.sample_to_read(reviews, SIZE)
    read_all(sample, opinions, reviews, tmp_path / "read.csv", praised=up[::2])
    whole = music(st.corrected_shares(opinions, reviews, sample=sample, read=tmp_path / "read.csv"))
    assert whole[["naive", "corrected", "low", "high"]].tolist() == pytest.approx([40 / 60, 20 / 60, 20 / 60, 20 / 60])
    assert whole[["read", "of_reviews", "for_half"]].tolist() == [60, 60, 60]
    by_film = st.corrected_shares(opinions, reviews, sample=sample, read=tmp_path / "read.csv", by="film")
    assert by_film.loc[(by_film["theme"] == "music") & (by_film["polarity"] == "praise"), "corrected"].tolist() == [
        0.5,
        0,
    ]
    differ = music(st.corrected_differences(by_film, "Up", "Dune"))
    assert differ[["difference", "low", "high"]].tolist() == [0.5, 0.5, 0.5]


def test_a_part_that_was_read_in_turn_counts(reviews, tmp_path):
    """Of 40 drawn, 26 in turn and one after a gap were read: 26 count, and a warning says why."""
    opinions, sample = coding(["r0", "r1"]), st.sample_to_read(reviews, 40, by="film", seed=3)
    path = tmp_path / "read.csv"
    read_all(sample, opinions, reviews, path, praised=["r0"], number=26)
    record = Record(opinions, path, reviews, st.read_themes())
    record.mark(Place(sample["review_id"].iloc[-1]), "me", is_read=True)
    with pytest.warns(UserWarning, match="1 of the reviews read do not count, since earlier ones"):
        row = music(st.corrected_shares(opinions, reviews, sample=sample, read=path))
    assert row["read"] == 26
    assert row["low"] <= row["corrected"] <= row["high"]
    for review_id in sample["review_id"].head(2):  # the first of each stratum
        record.mark(Place(review_id), "me", is_read=False)
    with pytest.raises(TableError, match=r"0 of its 40 reviews are marked as read in read\.csv, in its order, and at "):
        st.corrected_shares(opinions, reviews, sample=sample, read=path)


def test_the_order_of_a_sample_is_kept_and_rows_taken_out_are_unread(reviews, tmp_path):
    """A sorted sample is read in its own order all the same; without its third review only two count."""
    opinions, sample, path = coding(["r0", "r1"]), st.sample_to_read(reviews, 40, seed=3), tmp_path / "read.csv"
    read_all(sample, opinions, reviews, path, praised=["r0"], number=20)
    call = {"opinions": opinions, "reviews": reviews, "read": path}
    plain = st.corrected_shares(sample=sample, **call)
    pd.testing.assert_frame_equal(st.corrected_shares(sample=sample.sort_values("name"), **call), plain)
    with pytest.raises(TableError, match="2 of its 39 reviews are marked as read"):
        st.corrected_shares(sample=sample.drop(index=2), **call)


def test_marks_are_kept_in_the_file_of_corrections(tmp_path):
    """The last word counts; a file with marks holds its corrections as before, and an id may look like a formula."""
    record = Record(coding(["r0"]), tmp_path / "read.csv", st.load_reviews(), st.read_themes())
    for review_id, is_read in (("=1", True), ("b", True), ("=1", False), ("=1", True)):
        record.mark(Place(review_id), "me", is_read=is_read)
    file = CorrectionsFile(tmp_path / "read.csv")
    file.read()
    assert [place.review_id for place in file.shown] == ["b", "=1"]
    assert (file.corrections, file.torn) == ([], [])


def test_what_cannot_hold_is_refused(reviews, tmp_path):
    """Another population, a changed text, a coding that a person corrected, no file, nothing read."""
    opinions, sample, path = coding(["r0"]), st.sample_to_read(reviews, 20), tmp_path / "read.csv"
    call = {"sample": sample, "read": path}
    with pytest.raises(ReadError, match=r"No file .*read.csv'. Make it with close_reading"):
        st.corrected_shares(opinions, reviews, **call)
    Record(opinions, path, reviews, st.read_themes()).mark(Place("r0"), "me", is_read=True)
    with pytest.raises(TableError, match=r"1 of its 20 reviews are marked as read in read\.csv|0 of its"):
        st.corrected_shares(opinions, reviews, **call)
    changed = reviews.assign(text=[f"{text} So." for text in reviews["text"]])
    for others in (changed, reviews.head(40)):
        with pytest.raises(TableError, match="sample was drawn from other reviews, or their texts have changed"):
            st.corrected_shares(opinions, others, **call)
    with pytest.raises(TableError, match="opinions holds some that a person judged"):
        st.corrected_shares(opinions.assign(confidence=np.nan), reviews, **call)


def test_opinions_of_the_sample_alone_are_refused(reviews, tmp_path):
    """Twenty reviews with opinions, all among the thirty drawn, are no chance; two may be."""
    sample, path = st.sample_to_read(reviews, 30), tmp_path / "read.csv"
    alone = coding(sample["review_id"][:20])
    read_all(sample, alone, reviews, path, set())
    with pytest.raises(TableError, match=r"only those in reviews of the sample\. Pass those in all 60 reviews"):
        st.corrected_shares(alone, reviews, sample=sample, read=path)
    other = tmp_path / "other.csv"
    read_all(sample, alone.head(2), reviews, other, set())
    assert music(st.corrected_shares(alone.head(2), reviews, sample=sample, read=other)).naive == 2 / 60


def test_corrections_of_other_opinions_are_not_passed_over(reviews, tmp_path):
    """Else the reviews would count as read, with the other program's opinions as what a person found."""
    opinions, sample, path = coding(["r0", "r1", "r2"]), st.sample_to_read(reviews, 20), tmp_path / "read.csv"
    read_all(sample, opinions, reviews, path, praised=sample["review_id"].tolist()[:5])
    with pytest.raises(TableError, match=r"those of 'newer', and read\.csv corrects others, those of a tagger, in rev"):
        st.corrected_shares(opinions.assign(coder="newer"), reviews, sample=sample, read=path)


def test_what_was_read_with_no_opinions_shown_corrects_any_program(reviews, tmp_path):
    """What a person marked there is all that the person found: the same, whoever else finds what."""
    sample, path = st.sample_to_read(reviews, SIZE), tmp_path / "read.csv"
    read_all(sample, build(OPINIONS, []), reviews, path, praised=["r0", "r1"])
    for opinions in (coding(["r1", "r2"]), coding(["r3"]).assign(coder="newer")):
        assert music(st.corrected_shares(opinions, reviews, sample=sample, read=path))["corrected"] == 2 / 60


def test_other_opinions_of_the_same_program_are_not_those_that_were_read(reviews, tmp_path):
    """Who leaves an opinion as it is agrees with it: with a higher threshold it would be gone, as if it was wrong."""
    opinions, sample, path = coding(["r0", "r1", "r2"]), st.sample_to_read(reviews, SIZE), tmp_path / "read.csv"
    read_all(sample, opinions, reviews, path, praised=["r0", "r1"])
    call = {"sample": sample, "read": path}
    words = r"not those that were read in 1 of 60 reviews \(r1\)\. Pass those that close_.* mark them\.$"
    with pytest.raises(TableError, match=words):
        st.corrected_shares(opinions.drop(index=1), reviews, **call)
    with pytest.raises(TableError, match=r"find_opinions\(reviews, codebook=read_codebook\(path\)\)"):
        st.corrected_shares(opinions.assign(coder="codebook 2cab78d8, F1 0.45 (0.29 to 0.63)"), reviews, **call)
    rows = path.read_text().splitlines()
    path.write_text(
        "\n".join([re.sub("opinions [0-9a-f]{12}", "", row) for row in rows]) + "\n"
    )  # as before there were digests
    assert music(st.corrected_shares(opinions, reviews, **call))["corrected"] == 2 / 60


def test_a_sample_whose_groups_are_no_longer_those_of_the_reviews_is_refused(reviews, tmp_path):
    """Its reviews had other chances to be drawn: a film was corrected, two draws were joined, an id lost its zeros."""
    opinions, by_film, path = coding(["r0"]), st.sample_to_read(reviews, 30, by="film"), tmp_path / "read.csv"
    read_all(by_film, opinions, reviews, path, praised=[])
    renamed = reviews.assign(film=reviews["film"].where(reviews["review_id"].ne(by_film["review_id"].iloc[4]), "Ice"))
    with pytest.raises(TableError, match=r"sample, row 4: it was drawn from '\w+', and its film is now 'Ice'\. Pass"):
        st.corrected_shares(opinions, renamed, sample=by_film, read=path)
    joined = pd.concat([by_film, st.sample_to_read(reviews, 20, seed=5)]).drop_duplicates("review_id")
    with pytest.raises(TableError, match="sample holds several draws"):
        st.corrected_shares(opinions, reviews, sample=joined, read=path)
    lost = by_film.assign(review_id=by_film["review_id"].str.removeprefix("r"))
    with pytest.raises(TableError, match=r"row 0: review_id '\d+' is not in reviews\. If pandas read it from a csv"):
        st.corrected_shares(opinions, reviews, sample=lost, read=path)


def test_a_sample_comes_back_from_a_csv(reviews, tmp_path):
    """Also where a group looks like a formula."""
    drawn_from = reviews.assign(film=reviews["film"].replace("Up", "+1"))
    opinions, sample, path = coding(["r0"]), st.sample_to_read(drawn_from, 30, by="film"), tmp_path / "read.csv"
    read_all(sample, opinions, drawn_from, path, praised=[])
    st.save_table(sample, tmp_path / "sample.csv")
    again = pd.read_csv(tmp_path / "sample.csv", dtype={"review_id": "str", "stratum": "str"})
    found, expected = (
        st.corrected_shares(opinions, drawn_from, sample=one, read=path, by="film") for one in (again, sample)
    )
    pd.testing.assert_frame_equal(found, expected)


def test_the_chart_says_what_the_tagger_gets_wrong(reviews, tmp_path):
    """Its title is the share furthest from what was read, and too few reviews read leave one sentence."""
    up = reviews.loc[reviews["film"].eq("Up") & reviews["review_id"].ne("de"), "review_id"].tolist()
    opinions, sample = coding(up), st.sample_to_read(reviews, 40)
    read_all(sample, opinions, reviews, tmp_path / "read.csv", praised=[])
    shares = st.corrected_shares(opinions, reviews, sample=sample, read=tmp_path / "read.csv")
    chart = st.chart_corrected_shares(shares).to_dict()
    assert chart["title"]["text"].endswith(" of reviews praise the music; the program counts 67%")
    said = " ".join(chart["title"]["subtitle"])
    assert "corrected by the 40 reviews that a person read" in said
    assert "to make these half as wide, read 54 reviews in all" in said
    few = shares.assign(corrected=np.nan, low=np.nan, high=np.nan, read=3)
    assert st.chart_corrected_shares(few).to_dict()["title"]["text"].startswith("Too few reviews were read")


@pytest.mark.parametrize(("width", "said"), [(520, "40% (20% to 60%)"), (260, "40%")])
def test_the_chart_fits_a_phone(width, said):
    """Where there is no room for the ends of an interval in numbers, its line says them."""
    assert said in texts(draw(st.chart_corrected_shares(shares_by_hand()).properties(width=width).to_dict()))


def test_a_chart_of_one_theme_compares_groups():
    """A row for each group of which enough was read; the title names the one that the tagger is furthest from."""
    first = shares_by_hand().head(2).assign(theme="value for money", label="Value for money")
    missing = dict.fromkeys(["corrected", "low", "high"], np.nan)
    groups = [first.assign(group="Up", naive=0.9), first.assign(group="Dune"), first.assign(group="Ice", **missing)]
    shares = pd.concat(groups, ignore_index=True)
    chart = st.chart_corrected_shares(shares).to_dict()
    assert chart["title"]["text"].startswith("“Up”: 20% to 60% of reviews praise the value for money;")
    assert "not drawn: 1 of 3 groups" in " ".join(chart["title"]["subtitle"])
    drawn = [row for rows in chart["datasets"].values() for row in rows]
    assert {row["label"] for row in drawn} == {"Up", "Dune"}
    with pytest.raises(TableError, match=r"shares holds 3 groups and several themes\. Take one of either"):
        st.chart_corrected_shares(pd.concat([shares, shares.assign(theme="story")]))
