"""The encoding of a file is found from its bytes, and what is no text is named."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.errors import ReadError
from starlight.loading.encodings import NAMES, encoding_of, find_encoding, open_text

TEXT = "review,score\nIt glows.,4/5\n"


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (TEXT, "ascii", "utf-8"),
        (TEXT + "Café", "utf-8", "utf-8"),
        (TEXT + "Café", "utf-8-sig", "utf-8-sig"),
        (TEXT + "Café", "utf-16", "utf-16"),
        (TEXT + "Café", "utf-16-le", "utf-16-le"),
        (TEXT + "Café", "utf-16-be", "utf-16-be"),
        (TEXT + "Café", "latin-1", "cp1252"),
        (TEXT + "“Café” – 5 €", "cp1252", "cp1252"),
        (TEXT + "Café \x81", "latin-1", "latin-1"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_an_encoding_is_found(tmp_path, text, codec, found):
    """What was written in an encoding is read back in the one that is found; Windows-1252 has Latin-1's letters."""
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(codec))
    assert find_encoding(path) == found
    assert path.read_text(found) == text
    assert found in NAMES


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=50), st.integers(1, 7))
def test_utf_8_is_found_however_it_is_cut(text, size):
    """UTF-8 is found though a character is cut where one read ends and the next begins."""
    raw = text.encode()
    assert encoding_of([raw[at : at + size] for at in range(0, len(raw), size)], "a") == (
        "utf-8-sig" if raw.startswith("\ufeff".encode()) and size > 2 else "utf-8"
    )


def test_a_torn_last_character_is_still_utf_8():
    """The end of a file that is being written may be torn: the rest tells what it is."""
    assert encoding_of(["Café, café".encode()[:-1]], "a") == "utf-8"


@pytest.mark.parametrize(("raw", "at"), [(b"\x89PNG\r\n\x1a\n\0\0", 8), (b"PK\x03\x04\xff", 2), (b"caf\xe9\0", 4)])
@pytest.mark.parametrize("size", [3, 99])
def test_what_is_no_text_is_named(raw, at, size):
    """Bytes that are no UTF-8 and hold a control character are no text; the message says where."""
    with pytest.raises(ReadError, match=rf"^a\.csv is not text: byte {at} is a control character\. Take it out"):
        encoding_of([raw[begin : begin + size] for begin in range(0, len(raw), size)], "a.csv")


def test_what_unpacks_without_end_is_refused(tmp_path):
    """A quarter of a megabyte that holds 200 MB of one letter is read no further than any text would go."""
    path = tmp_path / "r.csv.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(200):
            file.write(b"a" * (1 << 20))
    with pytest.raises(ReadError, match=r"r\.csv\.gz unpacks to over 200 times its size, as no text does"):
        find_encoding(path)


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([b"\x81\xe9", b"a"], "latin-1"),
        ([b"caf\xe9\n", b"\x1a"], "cp1252"),
        (["Café, ".encode(), "café".encode()[:-1]], "utf-8"),
    ],
    ids=["no Windows-1252", "an end of Windows'", "torn"],
)
def test_what_one_part_shows_counts_for_all(parts, found):
    """A byte decides wherever it stands; 0x1a, with which some programs end a file, is none that no text has."""
    assert encoding_of(parts, "a") == found


def test_a_torn_end_is_read_with_a_sign_for_it(tmp_path):
    """Half of a letter at the end of UTF-8 is shown as one that cannot be read."""
    (tmp_path / "a.txt").write_bytes("Café, café".encode()[:-1])
    with open_text(tmp_path / "a.txt", "utf-8") as file:
        assert file.read() == "Café, caf\ufffd"


def test_a_small_file_may_be_packed_well(tmp_path):
    """What unpacks to no more than memory holds is read however it was packed, also where its name is in capitals."""
    (tmp_path / "A.CSV.GZ").write_bytes(gzip.compress(b"a" * (1 << 20)))
    assert find_encoding(tmp_path / "A.CSV.GZ") == "utf-8"
