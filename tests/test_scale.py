"""Annotating in pieces gives what the calls on a whole source give, however it is cut, and whoever does the work."""

import json
import sys
import zipfile

import numpy as np
import pandas as pd
import pytest
from annotated_by_hand import assert_same, here, in_memory, read_tables, write_reviews
from tqdm.auto import tqdm

import starlight as st
from starlight import StarlightError, annotate
from starlight.errors import ReadError, ScoreError, TableError
from starlight.scale import annotated, write_parts

pytestmark = pytest.mark.filterwarnings("ignore:.* rows of .* were refused")  # some of the invented reviews
REVIEWS = 100


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A csv of invented reviews."""
    return write_reviews(tmp_path_factory.mktemp("source") / "mine.csv", REVIEWS)


@pytest.fixture(scope="module")
def whole(source):
    """The tables that the calls on the whole source give."""
    return in_memory(source)


@pytest.fixture
def in_threads(monkeypatch):
    """Workers of this process, so that a test need not start others."""
    monkeypatch.setattr("starlight.scale.annotation.processes", here)


@pytest.fixture(scope="module")
def uncut(source, tmp_path_factory):
    """The tables of the source annotated as one piece."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("starlight.scale.annotation.processes", here)
        return read_tables(annotate(source, tmp_path_factory.mktemp("uncut") / "out"))


# The same tables


def test_the_tables_are_those_of_the_calls_on_the_whole(in_threads, source, whole, tmp_path):
    """Reviews, mentions, opinions and report are those of the calls on the whole, but for film and name."""
    tables = read_tables(annotate(source, tmp_path / "out"))
    others = tables["report"]["reason"].str.startswith("it is German")
    assert tables["report"].loc[others, "value"].str.startswith("Ein ").all()
    assert others.sum() == tables["reviews"]["text"].str.startswith("Ein ").sum() > 0
    assert_same(tables, whole | {"reviews": whole["reviews"].assign(**tables["reviews"][["film", "name"]])})


def test_a_film_is_that_of_its_own_headline(in_threads, source, whole, tmp_path):
    """No film is lent by other reviews, which would depend on where a source is cut."""
    pd.DataFrame(
        {"text": ["Lost in Starlight (2025)\n\nIt glows.", "Lost in Starlight glows, in Lost in Starlight's way."]}
    ).to_csv(tmp_path / "two.csv")
    films = pd.read_parquet(annotate(tmp_path / "two.csv", tmp_path / "out") / "reviews")["film"]
    assert films.tolist()[0] == "Lost in Starlight"
    assert films.isna().tolist() == [False, True]
    assert st.load_reviews(tmp_path / "two.csv")["film"].notna().all()


@pytest.mark.parametrize(("rows", "workers", "characters"), [(7, 1, 10**6), (23, 3, 10**6), (1000, 2, 500)])
def test_where_a_source_is_cut_changes_nothing(
    in_threads, monkeypatch, source, uncut, tmp_path, rows, workers, characters
):
    """Any number of rows at once, any number of workers, and pieces that end for their length, give equal tables."""
    monkeypatch.setattr("starlight.scale.pieces._MOST_CHARACTERS", characters)
    out = annotate(source, tmp_path / "out", rows=rows, workers=workers)
    assert len(list((out / "reviews").iterdir())) > 4
    assert_same(read_tables(out), uncut)


def test_processes_give_the_same(source, uncut, tmp_path):
    """Two processes of this machine give what a thread of this one gives."""
    assert_same(read_tables(annotate(source, tmp_path / "out", rows=20, workers=2)), uncut)


def test_a_repetition_far_away_is_found(in_threads, tmp_path):
    """A row that repeats one of another piece is refused, a text that does is told, and ids are judged over all."""
    frame = pd.DataFrame({"id": ["a", "b", "c", "d", "a"], "text": ["One.", "Two.", "Three.", "One.", "One."]})
    frame.to_csv(tmp_path / "mine.csv", index=False)
    tables = read_tables(annotate(tmp_path / "mine.csv", tmp_path / "out", rows=1))
    assert tables["reviews"]["review_id"].tolist() == ["a", "b", "c", "d"]
    told = tables["report"].query("row > 0")[["row", "action", "reason"]].to_numpy().tolist()
    assert told == [[4, "kept", "its text repeats that of row 1"], [5, "refused", "every cell repeats row 1"]]
    frame.assign(id=["a", "b", "c", "d", "b"]).to_csv(tmp_path / "mine.csv", index=False)
    tables = read_tables(annotate(tmp_path / "mine.csv", tmp_path / "again", rows=2))
    assert tables["reviews"]["review_id"].tolist() == ["1", "2", "3", "4", "5"]
    assert tables["reviews"]["id"].tolist() == ["a", "b", "c", "d", "b"]


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["Ann", "Bo", "Cy"], True),
        (["Ann", "Bo", "Ann"], False),
        (["Ann", "Bo", ""], False),
        (["Ann", "Bo", "C\x07y"], False),
    ],
)
def test_saved_names_are_judged_over_all_rows(in_threads, tmp_path, names, kept):
    """Names of a saved table stay if they tell all reviews apart; else all are new, and the report says so once."""
    reviews = st.load_reviews(pd.DataFrame({"text": ["It glows.", "It bores.", "It ends."]}))
    st.save_table(reviews.assign(name=names), tmp_path / "mine.csv")
    tables = read_tables(annotate(tmp_path / "mine.csv", tmp_path / "out", rows=1))
    assert tables["reviews"]["name"].tolist() == (names if kept else ["It glows. 1", "It bores. 2", "It ends. 3"])
    assert tables["report"]["column"].eq("name").sum() == (not kept)


def test_a_name_of_the_users_own_that_0_1_saved_is_kept(in_threads, tmp_path):
    """In a table that 0.1 saved, `name` stands last and is the user's: it is kept as given_name, and names are made."""
    reviews = st.load_reviews(pd.DataFrame({"text": ["It glows.", "It bores."]}))
    st.save_table(reviews.drop(columns="name").assign(name=["Ann", "Bo"]), tmp_path / "old.csv")
    reviews = read_tables(annotate(tmp_path / "old.csv", tmp_path / "out", rows=1))["reviews"]
    assert reviews["given_name"].tolist() == ["Ann", "Bo"]
    assert reviews["name"].tolist() == ["It glows. 1", "It bores. 2"]


def test_dates_are_read_by_the_order_that_any_row_shows(in_threads, source, tmp_path):
    """5/6/2025 in the first piece is 5 June, since a row of the last piece says 25/6/2025."""
    reviews = pd.read_parquet(annotate(source, tmp_path / "out", rows=20) / "reviews")
    assert set(reviews["published"].dropna().dt.strftime("%d %m").head(20)) == {"05 06", "30 05"}


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_columns_that_come_late_are_columns_of_all_parts(in_threads, tmp_path, ending):
    """A record's further name that the first records lack is a column; further columns are text of one kind."""
    records = [{"text": f"It glows {n}."} | ({"stars": "B", "likes": [str(n), "é"]} if n > 5 else {}) for n in range(8)]
    if ending == "jsonl":
        (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, records)))
    else:
        pd.DataFrame(records).to_parquet(tmp_path / "mine.parquet")
    reviews = read_tables(annotate(tmp_path / f"mine.{ending}", tmp_path / "out", rows=3))["reviews"]
    assert reviews["score"].tolist()[6:] == [75, 75]
    assert reviews["score"].isna().sum() == 6
    assert reviews["likes"].dropna().tolist() == ['["6", "\\u00e9"]', '["7", "\\u00e9"]']


def test_a_folder_of_texts(in_threads, tmp_path):
    """A folder is read so many files at once, and gives what load_reviews gives, files' names in the report too."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.txt").write_text(f"A Small Gem\n\nBy Ann Lee\n\nIt glows {number}.", encoding="utf-8")
    (folder / "5.txt").write_text("")
    (folder / "6.html").write_text("<html><body><article><p>It glows and it glows again.</p></article></body></html>")
    (folder / "6.txt").unlink()
    tables = read_tables(annotate(folder, tmp_path / "out", rows=2))
    loaded = in_memory(folder)
    loaded["reviews"] = loaded["reviews"].assign(name=tables["reviews"]["name"])
    assert_same(tables, loaded | {"report": tables["report"]})
    report = st.load_report(st.load_reviews(pd.DataFrame({"text": ["a"]})))  # its columns
    assert list(tables["report"]) == list(report)
    assert tables["report"].query("action == 'refused'")["source"].tolist() == ["5.txt"]
    assert tables["report"].query("action == 'noted'")["reason"].tolist() == ["the encoding of 7 files"]


def test_options_reach_every_piece(in_threads, tmp_path):
    """columns, score_scale, threshold and themes are those of the calls on the whole."""
    path = tmp_path / "mine.csv"
    pd.DataFrame({"words": ["The music is wonderful.", "I left, humming."], "stars": ["8", "7"]}).to_csv(path)
    themes = pd.DataFrame({"theme": ["sound"], "terms": ["hum"]})
    asked = {"columns": {"text": "words"}, "score_scale": 10}
    tables = read_tables(annotate(path, tmp_path / "out", **asked, themes=themes, threshold=1.0))
    assert tables["reviews"]["score"].tolist() == [80, 70]
    assert tables["mentions"]["theme"].tolist() == ["sound"]
    assert tables["opinions"].empty
    assert tables["opinions"].dtypes.equals(st.read_opinions().dtypes)


# What is refused


def refusal(error, *arguments, **options):
    """Return the words with which a call is refused."""
    with pytest.raises(error) as caught:
        annotate(*arguments, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("error", "options", "words"),
    [
        (StarlightError, {"rows": 0}, "rows is 0; it is a whole number from 1 to a billion."),
        (StarlightError, {"workers": 1.5}, "workers is 1.5; it is a whole number from 1 to 1,000."),
        (StarlightError, {"client": "cluster"}, "client is 'cluster'; it must be a distributed.Client"),
        (StarlightError, {"client": object(), "workers": 2}, "Leave one of them out."),
        (TableError, {"threshold": 2}, "threshold is 2; it is a confidence, from 0 to 1."),
        (TableError, {"columns": {"text": "body"}}, "mine.csv has no column 'body'."),
        (TableError, {"themes": pd.DataFrame()}, "it is a table with the columns theme and terms."),
        (ScoreError, {"score_scale": -1}, "-1"),
    ],
)
def test_an_argument_that_is_none_is_refused(source, tmp_path, error, options, words):
    """Each is named with its value and what is allowed, before anything is written."""
    assert words in refusal(error, source, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("given", [None, "", 5, ["It glows."]])
def test_what_is_no_source_is_refused(tmp_path, given):
    """Nothing, a number and a list of texts are refused with what to do."""
    assert refusal(ReadError, given, tmp_path / "out").startswith("source ")


def test_a_source_without_reviews_is_refused(tmp_path):
    """A table of no rows, of none with a text, or of none that is a record, is refused by name."""
    none = "None of the rows of {} can be loaded."
    for name, content, why in (
        ("a.csv", "text,a\n", none),
        ("b.csv", "text,a\n,1\n ,2\n", none),
        ("c.jsonl", "5\n[6]\n", "{} has no column 'text' (it has none)."),
    ):
        (tmp_path / name).write_text(content)
        assert why.format(name) in refusal(TableError, tmp_path / name, tmp_path / name[0])


def test_a_table_in_memory_is_annotated_as_its_csv_is(in_threads, tmp_path):
    """A DataFrame, a list of dicts and an open file give the reviews of the csv; another table is refused later."""
    frame = pd.DataFrame({"text": ["It glows.", "It bores."], "critic": ["Ann", None], "stars": ["4/5", None]})
    frame.to_csv(tmp_path / "mine.csv", index=False)
    wanted = pd.read_parquet(annotate(tmp_path / "mine.csv", tmp_path / "0") / "reviews")
    with (tmp_path / "mine.csv").open() as file:
        for number, source in enumerate([frame, frame.to_dict("records"), file], 1):
            out = annotate(source, tmp_path / str(number))
            pd.testing.assert_frame_equal(pd.read_parquet(out / "reviews"), wanted)
    assert "was begun with content" in refusal(ReadError, frame.head(1), tmp_path / "1")


def test_a_packed_table_is_annotated_as_its_csv_is(in_threads, tmp_path):
    """A .zip with a table gives the reviews of the table."""
    (tmp_path / "mine.csv").write_text("text,critic\nIt glows.,Ann\nIt bores.,Bo\n")
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as packed:
        packed.write(tmp_path / "mine.csv", "mine.csv")
    tables = [
        pd.read_parquet(annotate(tmp_path / f"mine.{kind}", tmp_path / kind) / "reviews") for kind in ("csv", "zip")
    ]
    pd.testing.assert_frame_equal(*tables)


def test_rows_that_are_in_no_table_are_told(in_threads, tmp_path):
    """A row without a text, and one that repeats another, are counted in a warning, once the tables are whole."""
    (tmp_path / "mine.csv").write_text("text,critic\nIt glows.,1\n,2\nIt glows.,1\nIt bores.,4\n")
    with pytest.warns(UserWarning, match=r"^2 of 4 rows of mine.csv were refused: the report says which and why\.$"):
        annotate(tmp_path / "mine.csv", tmp_path / "out", rows=2)


@pytest.mark.parametrize("rows", [5, 2_000])
def test_a_source_that_changes_is_refused(in_threads, monkeypatch, tmp_path, rows):
    """A file that grew while it was annotated is an error, and its tables are never called whole."""
    path = write_reviews(tmp_path / "mine.csv", 20)

    def grow(piece, work=annotated, **options):
        with path.open("a") as file:
            file.write("More.,,,\n")
        return work(piece, **options)

    monkeypatch.setattr("starlight.scale.annotation.annotated", grow)
    assert "mine.csv was changed while it was read." in refusal(ReadError, path, tmp_path / "out", rows=rows)
    assert json.loads((tmp_path / "out" / "annotate.json").read_text())["whole"] is False


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"score_scale": 10}, "was begun with score_scale None, and now it is 10."),
        ({"rows": 9}, "was begun with rows 50, and now it is 9."),
        ({"threshold": 0.5}, "was begun with threshold None, and now it is 0.5."),
        ({"themes": pd.DataFrame({"theme": ["a"], "terms": ["b"]})}, "was begun with themes "),
    ],
)
def test_going_on_with_other_options_is_refused(in_threads, source, tmp_path, options, words):
    """What differs is named, with both values; the tables stay as they are."""
    out = annotate(source, tmp_path / "out", rows=50)
    before = read_tables(out)
    assert words in refusal(ReadError, source, out, **{"rows": 50} | options)
    assert_same(read_tables(out), before)


def test_going_on_with_another_source_is_refused(in_threads, source, tmp_path):
    """A source of another name, or with other content, is not the one that was begun with."""
    path = write_reviews(tmp_path / "mine.csv", 20)
    out = annotate(path, tmp_path / "out")
    assert "was begun with source 'mine.csv'" in refusal(ReadError, path.rename(tmp_path / "b.csv"), out)
    write_reviews(path, 20, seed=1)
    assert "was begun with content " in refusal(ReadError, path, out)


def test_a_source_may_have_moved(in_threads, monkeypatch, tmp_path):
    """Tables that are whole are left as they are, wherever the same source is now."""
    path = write_reviews(tmp_path / "mine.csv", 20)
    out = annotate(path, tmp_path / "out")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr("starlight.scale.annotation._write_all", None)  # nothing is done again
    assert annotate(path.rename(tmp_path / "elsewhere" / "mine.csv"), out) == out


def test_a_number_is_the_same_of_whatever_type(in_threads, tmp_path):
    """A scale or threshold that is numpy's is noted, and the same call with Python's goes on."""
    source = write_reviews(tmp_path / "mine.csv", 5)
    annotate(source, tmp_path / "out", score_scale=np.int64(10), threshold=np.float32(0.5))
    annotate(source, tmp_path / "out", score_scale=10, threshold=0.5)


# The bar, and what is not held


def test_the_bar_shows_rate_and_time_left(in_threads, source, tmp_path, capfd):
    """It counts rows up to their number."""
    annotate(source, tmp_path / "out", rows=50)
    shown = capfd.readouterr().err.rpartition("\r")[2]
    rows = REVIEWS + REVIEWS // 30  # every thirtieth stands there twice
    assert shown.startswith("annotate: 100%")
    assert f"{rows}/{rows} [" in shown
    assert "review/s" in shown


def test_what_was_done_before_is_no_part_of_the_rate(in_threads, source, uncut, monkeypatch, tmp_path):
    """A run that goes on after a stop begins its bar where it goes on, and does nothing again."""
    bars, written = [], []

    def stop_at_the_third(*arguments, write=write_parts):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(arguments)
        write(*arguments)

    class Bar(tqdm):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            bars.append(self)

    with monkeypatch.context() as patch:
        patch.setattr("starlight.scale.annotation.write_parts", stop_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            annotate(source, tmp_path / "out", rows=20)
    monkeypatch.setattr(sys.modules["starlight.base.progress"], "tqdm", Bar)
    assert_same(read_tables(annotate(source, tmp_path / "out", rows=20)), uncut)
    assert [bar.initial for bar in bars if hasattr(bar, "initial")] == [40]  # of those that were shown
