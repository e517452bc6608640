"""The encoding of a file is found from its bytes, and what is no text is named."""

import gzip

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight import load_report, load_reviews
from starlight.errors import ReadError
from starlight.loading import encoding_of, open_source


def read(path):
    """Return the cells of a table of one column, and the encoding that was found."""
    rows = open_source(path).whole()
    (encoding,) = [one.value for one in rows.problems if one.reason == "the encoding of the file"]
    return rows.frame.iloc[:, 0].tolist(), encoding


@pytest.mark.parametrize(
    ("cell", "codec", "found"),
    [
        ("It glows.", "ascii", "UTF-8"),
        ("Café", "utf-8", "UTF-8"),
        ("Café", "utf-8-sig", "UTF-8 with a byte order mark"),
        ("Café", "utf-16", "UTF-16"),
        ("Café", "utf-16-le", "UTF-16 without a byte order mark"),
        ("Café", "utf-16-be", "UTF-16 without a byte order mark"),
        ("Café", "utf-32", "UTF-32"),
        ("Café", "latin-1", "Windows-1252"),
        ("“Café” – 5 €", "cp1252", "Windows-1252"),
        ("Café \x81", "latin-1", "Latin-1"),
    ],
)
def test_an_encoding_is_found(tmp_path, cell, codec, found):
    """What was written in an encoding is read back in the one that is found; Windows-1252 has Latin-1's letters."""
    (tmp_path / "a.csv").write_bytes(f"review\nIt glows.\n{cell}\n".encode(codec))
    assert read(tmp_path / "a.csv") == (["It glows.", cell], found)


def test_no_bytes_are_utf_8():
    """An empty file is text."""
    assert encoding_of([], "a") == encoding_of([b""], "a") == "utf-8"


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
    with pytest.raises(ReadError, match=rf"^a\.csv is not text: byte {at} is a control character\. Remove it"):
        encoding_of([raw[begin : begin + size] for begin in range(0, len(raw), size)], "a.csv")


def test_what_unpacks_without_end_is_refused(tmp_path):
    """A quarter of a megabyte that holds 200 MB of one letter is read no further than any text would go."""
    path = tmp_path / "r.csv.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(200):
            file.write(b"a" * (1 << 20))
    with pytest.raises(ReadError, match=r"r\.csv\.gz needs about 1 GB of memory for 200,278,016 bytes of text or more"):
        open_source(path).whole()
    with pytest.raises(ReadError, match=r"r\.csv\.gz unpacks to over 200 times its size, so it may be damaged"):
        next(open_source(path).chunks(1))


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
    (tmp_path / "a.csv").write_bytes("review\nCafé, café".encode()[:-1])
    assert read(tmp_path / "a.csv") == (["Café, caf\ufffd"], "UTF-8")


def test_a_small_file_may_be_packed_well(tmp_path):
    """What unpacks to no more than memory holds is read however it was packed, also where its name is in capitals."""
    (tmp_path / "A.CSV.GZ").write_bytes(gzip.compress(b"review\n" + b"a" * (1 << 20)))
    assert read(tmp_path / "A.CSV.GZ") == (["a" * (1 << 20)], "UTF-8")


RUSSIAN = "Очень хороший фильм. Картинка красивая, музыка трогательная, актёры играют прекрасно."
POLISH = "Zdjęcia są piękne, muzyka wzruszająca, a aktorzy świetni. Zakończenie było za szybkie, ale gorąco polecam."


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("这部电影很好看", "gbk"),
        ("這部電影很好看。畫面精緻,音樂也非常動人。", "big5"),
        ("とても良い映画でした。映像が美しく、音楽も感動的です。", "shift_jis"),
        ("とても良い映画でした。映像が美しく、音楽も感動的です。", "euc_jp"),
        ("정말 좋은 영화였습니다. 영상이 아름답고 음악도 감동적이었어요.", "euc_kr"),
        *((RUSSIAN, codec) for codec in ("cp1251", "koi8_r", "mac_cyrillic", "cp866")),
        ("Πολύ καλή ταινία. Η εικόνα είναι όμορφη.", "iso8859_7"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        ("Çok güzel bir film. Görüntüler şahane, müzik dokunaklı ve oyuncular çok iyi, işte.", "cp1254"),
        ("The acting isn’t good. It’s a “slow” film.", "mac_roman"),
        ("L’image est magnifique, la musique émouvante. J’ai été déçu.", "mac_roman"),
    ],
    ids=lambda part: part[:12],
)
def test_what_is_no_western_text_is_found_by_its_letters(text, codec):
    """An encoding that shows only in the words that it makes is found, and reads them."""
    raw = f"review\n{text}\n".encode(codec)
    assert raw.decode(encoding_of([raw], "a")) == raw.decode(codec)


@pytest.mark.parametrize(
    "text",
    [
        "Café", "It’s a “slow” film — naïve…", "¿Por qué? ¡Qué música! Señor, ¿no?", "Größe: 5 €, «schön»", "SÃO PAULO",
        "ÉTÉ", "Ångström", "Ça va, où ça ? À la mer, là-bas.", "½ point, 20 °C, £5, © 2024, ½ ½ ½",
    ],
)  # fmt: skip
def test_a_western_text_stays_one(text):
    """What Windows-1252 reads well is not looked at by anything else."""
    assert encoding_of([f"review\n{text}\n".encode("cp1252")], "a") == "cp1252"


def test_utf_8_with_a_line_in_another_encoding_is_mended(tmp_path):
    """Two files that were joined are read as Windows-1252, in which UTF-8 is damaged, and mended."""
    (tmp_path / "a.csv").write_bytes("review\nC’est très beau.\n".encode() + "Là, c’est l’été.\n".encode("cp1252"))
    assert load_reviews(tmp_path / "a.csv")["text"].tolist() == ["C’est très beau.", "Là, c’est l’été."]


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "latin-1"])
@pytest.mark.parametrize("text", ["The acting isn’t good.", "A “café” of naïve souls – très bien", "Señor, 5 €"])
def test_damaged_letters_are_mended_and_told(text, codec):
    """UTF-8 that was read in another encoding is read in its own, once or twice, and a note shows what was there."""
    damaged = text.encode().decode(codec, "replace")
    if "\ufffd" in damaged:
        pytest.skip("a letter is lost")
    reviews = load_reviews(pd.DataFrame({"text": [damaged], "critic": ["Ann"], "own": [damaged]}))
    assert reviews[["text", "own"]].to_numpy().tolist() == [[text, text]]
    told = load_report(reviews).query("row == 1 and reason.str.contains('wrong encoding')")
    assert told[["value", "action"]].to_numpy().tolist() == [[damaged, "noted"]] * 2


@pytest.mark.parametrize("text", ["«Très» bien…», dit-il", "NÃO É À TOA", "naïve – “café”", "5 €…", "Ünïçödé", "ÂÂ"])
def test_whole_letters_stay(text):
    """A text whose letters are odd and right stays."""
    assert load_reviews(pd.DataFrame({"text": [text]}))["text"].tolist() == [text]


@pytest.mark.parametrize("codec", ["utf-8", "ascii", "gbk"])
def test_letters_that_a_given_encoding_lacks_are_told(tmp_path, codec):
    """They are lost where `encoding=` is wrong: the report lists each cell, also of columns that are not ours."""
    (tmp_path / "a.csv").write_bytes(
        "review,own\nCafé, yes\nIt glows.,No – yes\n".replace(", y", " y").encode("cp1252")
    )
    told = load_report(load_reviews(tmp_path / "a.csv", encoding=codec)).query("reason.str.startswith('U+FFFD')")
    assert told["action"].unique().tolist() == ["noted"]
    assert "own" in told["column"].tolist()
    assert not load_report(load_reviews(tmp_path / "a.csv"))["reason"].str.startswith("U+FFFD").any()


def test_the_five_are_not_mended():
    """Nothing of them looks damaged, and nothing would be changed."""
    assert not load_report(load_reviews())["reason"].str.contains("mended").any()


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")])
def test_utf_32_is_known_by_its_mark(tmp_path, mark, codec):
    """The mark of UTF-32 begins with that of UTF-16; a text of a folder is read as well, and a torn one refused."""
    (tmp_path / "a.csv").write_bytes(mark + "review\nIt glows.\nCafé\n".encode(codec))
    assert read(tmp_path / "a.csv") == (["It glows.", "Café"], "UTF-32")
    (tmp_path / "a.txt").write_bytes(mark + "Café".encode(codec))
    assert open_source(tmp_path / "a.txt").whole().frame["text"].tolist() == ["Café"]
    (tmp_path / "a.csv").write_bytes(mark + "review\nIt glows.\n".encode(codec)[:-1])
    with pytest.raises(ReadError, match=r"a\.csv cannot be read: .*utf-32"):
        read(tmp_path / "a.csv")
