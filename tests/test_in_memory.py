"""Whatever holds a table in memory, or an open file, gives the reviews that its csv gives; nothing is fetched."""

import io
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import csv

from starlight import load_reviews
from starlight.errors import ReadError

CSV = b"text,critic,stars,date,id\nIt glows.,Ann,4/5,2025-05-30,7\nIt bores.,,2/5,,8\nIt sings.,Bo,,2025-06-01,9\n"
FRAME = pd.read_csv(io.BytesIO(CSV))


class Exchanged:
    """A table of a library that has no more than the older protocol."""

    def __dataframe__(self, *_, **__):
        """Return the table of the protocol."""
        texts = csv.ConvertOptions(column_types={"date": pa.string()})  # the protocol has no days
        return csv.read_csv(io.BytesIO(CSV), convert_options=texts).__dataframe__()


class Streamed:
    """A table of a library that hands on a stream of Arrow, as Polars and DuckDB do."""

    def __arrow_c_stream__(self, schema=None):
        """Return the stream."""
        return csv.read_csv(io.BytesIO(CSV)).__arrow_c_stream__(schema)


def parquet():
    """Return an open Parquet file."""
    FRAME.to_parquet(file := io.BytesIO())
    file.seek(0)
    return file


@pytest.mark.parametrize(
    "source",
    [
        lambda: FRAME,
        lambda: FRAME.to_dict("records"),
        lambda: csv.read_csv(io.BytesIO(CSV)),
        Streamed,
        Exchanged,
        lambda: io.BytesIO(CSV),
        lambda: io.StringIO(CSV.decode()),
        lambda: io.StringIO(json.dumps(FRAME.astype("object").where(FRAME.notna(), None).to_dict("records"))),
        parquet,
    ],
    ids=["pandas", "dicts", "arrow", "stream", "protocol", "bytes", "text", "json", "parquet"],
)
def test_a_table_gives_what_its_csv_gives(tmp_path, source):
    """Same rows, same reviews, wherever the rows are."""
    (tmp_path / "r.csv").write_bytes(CSV)
    pd.testing.assert_frame_equal(load_reviews(source()), load_reviews(tmp_path / "r.csv"))


def test_whole_numbers_beside_an_empty_cell_stay_whole():
    """A column of an Arrow table that lacks a number has no 7.0."""
    table = pa.table({"text": ["It glows.", "It bores."], "likes": [2**60 + 1, None]})
    assert load_reviews(table)["likes"].tolist()[0] == 2**60 + 1


@pytest.mark.parametrize("mode", ["r", "rb"])
def test_an_open_file_is_known_by_its_name(tmp_path, mode):
    """It may have been opened for text or for bytes; its encoding is found either way."""
    (tmp_path / "r.tsv").write_bytes("text\tstars\nCafé.\t4/5\n".encode("cp1252"))
    with (tmp_path / "r.tsv").open(mode) as file:
        assert load_reviews(file)[["text", "score"]].to_numpy().tolist() == [["Café.", 80]]


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    """One that is closed, or open to be written."""
    with (tmp_path / "r.csv").open("w") as file, pytest.raises(ReadError, match="cannot be read"):
        load_reviews(file)
    with (tmp_path / "r.csv").open() as file:
        pass
    with pytest.raises(ReadError, match=r"The open file cannot be read: .* closed file\. Give its path\."):
        load_reviews(file)


@pytest.mark.parametrize(
    "source", ["https://a.b/r.csv", "s3://b/r.csv", "file:///r.csv", Path("http://a.b/r.csv")], ids=str
)
def test_nothing_is_fetched(source):
    """An address is refused with what to do."""
    with pytest.raises(ReadError, match=r"is a web address\. Starlight downloads nothing: save the file"):
        load_reviews(source)


@pytest.mark.parametrize(("encoding", "text"), [("cp1251", "Да."), ("koi8-r", "дЮ."), ("KOI8_R", "дЮ.")])
def test_an_encoding_can_be_given(tmp_path, encoding, text):
    """What the user says is in the place of what is found, for a table, for JSON, a text and an open file."""
    raw = "Да.".encode("cp1251")
    (tmp_path / "r.csv").write_bytes(b"text\n" + raw)
    (tmp_path / "r.jsonl").write_bytes(b'{"text": "' + raw + b'"}')
    (tmp_path / "r.txt").write_bytes(raw)
    for source in (*tmp_path.iterdir(), io.BytesIO(b"text\n" + raw)):
        assert load_reviews(source, encoding=encoding)["text"].tolist() == [text]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "UTF-32"])
def test_an_encoding_of_wide_characters_can_be_given(tmp_path, encoding):
    """UTF-16 and UTF-32 are encodings of text, though in them no ASCII is."""
    (tmp_path / "r.csv").write_bytes("text\nДа.\n".encode(encoding))
    assert load_reviews(tmp_path / "r.csv", encoding=encoding)["text"].tolist() == ["Да."]


@pytest.mark.parametrize("encoding", ["latin-99", 5, "hex", ""])
def test_an_encoding_that_is_none_is_refused(encoding):
    """The message names it."""
    with pytest.raises(ReadError, match=r"encoding is .*; it must be one that Python knows, such as 'gbk'"):
        load_reviews(FRAME, encoding=encoding)
