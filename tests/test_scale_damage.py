"""Tables that `annotate` wrote and somebody damaged: the same call mends them, or says what is to be done first."""

import itertools
import json
import os
import re
import shutil
from contextlib import nullcontext, suppress

import pytest
from annotated_by_hand import (
    MADE_OF,
    NUMBERS,
    assert_same,
    held,
    here,
    name_of,
    parts,
    read_tables,
    write_all,
    write_reviews,
)

from starlight import annotate, load_report, load_reviews, read_themes
from starlight.errors import ReadError
from starlight.scale import TABLES, claimed, is_whole, mark_whole, write_parts

pytestmark = [
    pytest.mark.usefixtures("no_flushing"),
    pytest.mark.filterwarnings("ignore:.* rows of .* were refused"),  # some of the invented reviews
]
WHOLE = {table: {name_of(number): parts(number)[table] for number in NUMBERS} for table in TABLES}
BESIDE = dict(zip(TABLES, (*TABLES[1:], TABLES[0]), strict=True))
AGAIN = r"^Lost or changed in '.*', and now made again: part "


def flip(path, place):
    """Change a bit, so far from the beginning (0) to the end (1) of a file."""
    content = bytearray(path.read_bytes())
    content[int(place * (len(content) - 1))] ^= 16
    path.write_bytes(content)


def swap(path, other):
    """Give each of two files the other's content."""
    content = path.read_bytes()
    shutil.copy(other, path)
    other.write_bytes(content)


# What is done to a part, of which another part of the same table is given too.
DAMAGES = {
    "lost": lambda part, _: part.unlink(),
    "emptied": lambda part, _: os.truncate(part, 0),
    "cut off": lambda part, _: os.truncate(part, part.stat().st_size - 1),
    "no Parquet": lambda part, _: part.write_text("text"),
    "another part": lambda part, other: shutil.copy(other, part),
    "swapped": swap,
    "of another table": lambda part, _: shutil.copy(part.parent.with_name(BESIDE[part.parent.name]) / part.name, part),
    "one byte changed": lambda part, _: flip(part, 0.5),
}
# What does not belong there, each with its name.
FOREIGN = {
    "part-000009.parquet": lambda part, path: shutil.copy(part, path),
    "part-000001 (copy).parquet": lambda part, path: shutil.copy(part, path),
    "part-000001.parquet.bak": lambda part, path: part.rename(path),
    "part-000003.parquet": lambda part, path: part.rename(path),
    "older": lambda part, path: shutil.copytree(part.parent, path),
    "part-000001.parquet": lambda part, path: (part.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_part_is_made_again(tmp_path, damage):
    """Whatever happens to any part of any table, it is told, not called whole, and equal after the same call."""
    write_all(tmp_path)
    for table, number in itertools.product(TABLES, (0, 2)):
        place = tmp_path / table
        DAMAGES[damage](place / name_of(number), place / name_of((number + 1) % 3))
        with pytest.warns(UserWarning, match=AGAIN + ("" if damage == "swapped" else f"{number} of")):
            assert number not in write_all(tmp_path)
        assert held(tmp_path) == WHOLE


@pytest.mark.parametrize("tables", [TABLES, TABLES[:3], TABLES[3:]])
def test_a_number_lost_from_several_tables_is_made_again(tmp_path, tables):
    """A part removed from all four tables, or from some, leaves nothing that looks whole."""
    write_all(tmp_path)
    for number in NUMBERS:
        for table in tables:
            (tmp_path / table / name_of(number)).unlink()
        with pytest.warns(UserWarning, match=AGAIN + str(number)):
            assert write_all(tmp_path) == {*NUMBERS} - {number}
        assert held(tmp_path) == WHOLE


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.filterwarnings("ignore:Lost or changed in")
def test_what_is_not_ours_is_refused_and_never_removed(tmp_path, name):
    """A file that readers would take for a part is named; once it is moved away as told, the tables are equal."""
    write_all(tmp_path / "out")
    for table in TABLES:
        place = tmp_path / "out" / table
        FOREIGN[name](place / name_of(1), place / name)
        told = f"holds '{table}/{name}', which parts.jsonl does not list. Move this to another place: "
        for _ in range(2):
            with pytest.raises(ReadError, match=re.escape(told)):
                write_all(tmp_path / "out")
            assert json.loads((tmp_path / "out" / "annotate.json").read_text())["whole"] is False
        (place / name).rename(tmp_path / f"{table} {name}")
        write_all(tmp_path / "out")
        assert held(tmp_path / "out") == WHOLE


def test_files_that_readers_pass_over_are_left_alone(tmp_path):
    """Hidden files, such as those of a file manager, are neither refused nor removed."""
    write_all(tmp_path)
    (tmp_path / "reviews" / ".DS_Store").touch()
    assert write_all(tmp_path) == {*NUMBERS}
    assert (tmp_path / "reviews" / ".DS_Store").exists()


@pytest.mark.parametrize("line", [b"[" * 100_000, b"1e999"])
def test_a_line_that_asks_for_too_much_lists_nothing(tmp_path, line):
    """A list without end, or a number that Python cannot hold, is no line of parts.jsonl."""
    write_all(tmp_path)
    path = tmp_path / "parts.jsonl"
    first = path.read_bytes().splitlines()[0]
    path.write_bytes(
        path.read_bytes() + (first.replace(b'"number": 0', b'"number": 1e999') if line == b"1e999" else line) + b"\n"
    )
    assert write_all(tmp_path) == {*NUMBERS}


@pytest.mark.filterwarnings("ignore:Lost or changed in")
def test_a_damaged_list_loses_nothing(tmp_path):
    """Of parts.jsonl any byte may change, and any end be lost: files it lacks are refused, and moving them helps."""
    write_all(tmp_path / "out")
    path = tmp_path / "out" / "parts.jsonl"
    content = path.read_bytes()
    for place in range(0, len(content), 97):
        for damaged in (content[:place], content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]):
            path.write_bytes(damaged)
            if others := not_listed(tmp_path / "out"):
                with pytest.raises(ReadError, match=r"parts.jsonl does not list\. Move this to another place"):
                    write_all(tmp_path / "out")
                for path in others:
                    path.unlink()
            write_all(tmp_path / "out")
            assert held(tmp_path / "out") == WHOLE
            assert json.loads((tmp_path / "out" / "annotate.json").read_text())["rows"]["reviews"] == 3


def test_what_is_lost_with_its_line_is_made_again(tmp_path):
    """A number that is lost from the list and from all tables is missed all the same, also in a folder begun only."""
    write_all(tmp_path)
    path = tmp_path / "parts.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    for table in TABLES:
        (tmp_path / table / name_of(2)).unlink()
    with claimed(tmp_path, MADE_OF) as done:
        assert done == {0, 1}
        assert not is_whole(tmp_path)
    write_all(tmp_path)
    assert held(tmp_path) == WHOLE
    with claimed(tmp_path / "begun", MADE_OF):
        write_parts(tmp_path / "begun", 0, parts(0))
    with claimed(tmp_path / "begun", MADE_OF):
        assert not is_whole(tmp_path / "begun")


@pytest.mark.parametrize("with_its_line", [True, False])
def test_what_is_lost_before_the_end_is_not_called_whole(tmp_path, with_its_line):
    """A part that is removed while others are still written is missed at the end, and made by the same call."""
    with claimed(tmp_path, MADE_OF):
        for number in NUMBERS:
            write_parts(tmp_path, number, parts(number))
        for table in TABLES:
            (tmp_path / table / name_of(0)).unlink()
        if with_its_line:
            path = tmp_path / "parts.jsonl"
            path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
        with pytest.raises(ReadError, match=r"were lost or changed meanwhile\. Make the same call again\.$"):
            mark_whole(tmp_path)
    with nullcontext() if with_its_line else pytest.warns(UserWarning, match=AGAIN + "0 of"):
        write_all(tmp_path)
    assert held(tmp_path) == WHOLE


def test_rows_are_counted_in_the_parts(tmp_path):
    """Where the list says another number of rows than a part has, the part is made again, and listed as it is."""
    write_all(tmp_path)
    path = tmp_path / "parts.jsonl"
    path.write_text(path.read_text().replace('"rows": 2', '"rows": 3', 1))
    with pytest.warns(UserWarning, match=AGAIN + "2 of"):
        write_all(tmp_path)
    assert json.loads((tmp_path / "annotate.json").read_text())["rows"] == dict.fromkeys(TABLES, 3)


def not_listed(out):
    """Return the parts that parts.jsonl does not list."""
    listed = set()
    for line in (out / "parts.jsonl").read_bytes().splitlines():
        with suppress(ValueError, KeyError, TypeError):
            read = json.loads(line)
            if all(set(read[table]) >= {"rows", "sha256"} for table in TABLES):
                listed.add(name_of(read["number"]))
    return [path for path in out.glob("*/part*") if path.name not in listed]


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """A source, the folder that it was annotated into, in four pieces, and the tables there."""
    place = tmp_path_factory.mktemp("annotated")
    source = write_reviews(place / "mine.csv", 60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("starlight.scale.annotation.processes", here)
        out = annotate(source, place / "out", rows=20)
    return source, out, read_tables(out)


@pytest.fixture
def again(annotated, tmp_path, monkeypatch):
    """A function that annotates into a copy of that folder, and the copy, which a test may damage."""
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    source, out, _ = annotated
    copy = shutil.copytree(out, tmp_path / "out")
    return lambda **options: annotate(source, copy, **{"rows": 20} | options), copy


def test_lost_reviews_come_back(again, annotated):
    """Of a folder called whole, a number lost from all tables and a damaged part are told to the caller, and made."""
    call, out = again
    for table in TABLES:
        (out / table / name_of(2)).unlink()
    flip(out / "opinions" / name_of(0), 0.2)
    with pytest.warns(UserWarning, match=AGAIN + r"0, 2 of the tables\.$") as told:
        call()
    assert told[0].filename == __file__
    assert_same(read_tables(out), annotated[2])
    assert json.loads((out / "annotate.json").read_text())["rows"] == {t: len(annotated[2][t]) for t in TABLES}


def test_other_options_leave_a_damaged_folder_as_it_is(again, annotated):
    """Damaged tables are not made again by a call with other options, and are by one with the same."""
    call, out = again
    (out / "opinions" / name_of(1)).unlink()
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for options in ({"rows": 5}, {"threshold": 0.9}, {"themes": read_themes().head(3)}):
        with pytest.raises(ReadError, match="was begun with"):
            call(**options)
        assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    with pytest.warns(UserWarning, match=AGAIN):
        call()
    assert_same(read_tables(out), annotated[2])


def test_nothing_goes_on_from_a_source_that_changed_meanwhile(tmp_path, monkeypatch):
    """A source that was changed while it was read, and then changed back, is not taken for the one that was read."""
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    source = write_reviews(tmp_path / "mine.csv", 20)
    content = source.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("starlight.scale.annotation.write_parts", lambda *_: source.write_bytes(content + b"More.,,,\n"))
        with pytest.raises(ReadError, match="was changed while it was read"):
            annotate(source, tmp_path / "out")
    source.write_bytes(content)
    with pytest.raises(ReadError, match="was begun with content 'changed while it was read'"):
        annotate(source, tmp_path / "out")
    assert annotate(source, tmp_path / "another").exists()


def test_a_name_that_is_not_text_is_no_obstacle(tmp_path, monkeypatch):
    """A source whose name is not UTF-8 is annotated, and reported under it; such a folder for the tables is refused."""
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    name = os.fsdecode(b"\xff.csv")
    try:
        (tmp_path / name).write_text("text,score\nIt glows.,8\nIt bores.,?\n")
    except OSError:
        pytest.skip("This file system holds no name that is not UTF-8.")
    for _ in range(2):
        out = annotate(tmp_path / name, tmp_path / "out")
    assert "\\udcff.csv" in read_tables(out)["report"]["source"].tolist()
    assert "\\udcff.csv" in load_report(load_reviews(tmp_path / name))["source"].tolist()
    with pytest.raises(ReadError, match=r"is not UTF-8, so pyarrow cannot read there\. Give another for out\.$"):
        annotate(tmp_path / name, tmp_path / name.removesuffix(".csv"))
