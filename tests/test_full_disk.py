"""A full disk: one error says what was written where and how much room it needs; nothing half written stays behind."""

import errno
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from annotated_by_hand import NUMBERS, assert_same, held, here, name_of, parts, read_tables, write_all, write_reviews

import starlight as st
from starlight.base import UNFINISHED, append_durably, replacing, write_durably
from starlight.errors import ReadError
from starlight.scale import TABLES

pytestmark = pytest.mark.usefixtures("no_flushing")
ROOM = r"more than [\d.]+ .B are needed, and [\d,.]+ .B are free"


class FullFile(io.FileIO):
    """A file on a disk that takes so many more writes, and half of the next one."""

    left = 0

    def write(self, content):
        """Write, as long as there is room."""
        FullFile.left -= 1
        if FullFile.left < 0:
            if FullFile.left == -1:
                super().write(memoryview(content)[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content)


@pytest.fixture
def disk_of(monkeypatch):
    """A function that makes a disk that takes so many writes; None gives the machine's own back."""
    own = Path.open

    def opened(path, mode="r", buffering=-1, *arguments, **options):
        if not {*mode} & {*"wxa"}:
            return own(path, mode, buffering, *arguments, **options)
        file = FullFile(path, mode.replace("b", ""))
        return file if buffering == 0 else io.BufferedWriter(file)

    def disk(writes):
        FullFile.left = writes
        monkeypatch.setattr(Path, "open", own if writes is None else opened)

    return disk


def unfinished(place):
    """Return what a writer left behind."""
    return list(place.rglob(UNFINISHED))


def refusals(disk_of, write):
    """Yield how `write` is refused on disks with room for 0, 1, 2 ... writes, until one has enough."""
    for room in itertools.count():
        disk_of(room)
        try:
            write(room)
        except ReadError as error:
            said = str(error)
        else:
            return
        finally:
            disk_of(None)
        yield said


def test_at_any_write_the_same_call_goes_on(tmp_path, disk_of):
    """Wherever in the folder of `annotate` the room ends, the call is refused, and made again it gives equal tables."""
    expected = {table: {name_of(number): parts(number)[table] for number in NUMBERS} for table in TABLES}
    writes = 0
    for said in refusals(disk_of, lambda room: write_all(tmp_path / str(room))):
        out = tmp_path / str(writes)
        assert re.search(rf"No space left on device \({ROOM}\): '{out}/[\w/.-]+(json|jsonl|parquet)'\. Make room", said)
        assert said.startswith(f"{str(out)!r} cannot be written to: ")
        assert said.endswith("the same call then continues.")
        assert not unfinished(out)
        write_all(out)
        assert held(out) == expected
        writes += 1
    assert writes == 2 + len(NUMBERS) * (1 + len(TABLES))


@pytest.mark.filterwarnings("ignore:.* rows of .* were refused")
def test_annotate_goes_on_however_often_the_disk_is_full(tmp_path, disk_of, monkeypatch):
    """Calls that have room for 0, 1, 2 ... writes each go on from the one before, and end in equal tables."""
    monkeypatch.setattr("starlight.scale.annotation.processes", here)
    source = write_reviews(tmp_path / "mine.csv", 6)
    expected = read_tables(st.annotate(source, tmp_path / "expected", rows=3))
    for writes in itertools.count():
        disk_of(writes)
        with suppress(ReadError):
            st.annotate(source, tmp_path / "out", rows=3)
            break
    assert writes > 5
    assert_same(read_tables(tmp_path / "out"), expected)


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet", "xlsx"])
def test_a_saved_table_is_whole_or_the_old_one(tmp_path, disk_of, ending):
    """At each write of any format, an error names the file and the room, and the file that was there is there."""
    path = tmp_path / f"mine.{ending}"
    table = pd.DataFrame({"text": [f"It glows {n}." for n in range(1000)]})
    path.write_text("before")
    writes = 0
    for said in refusals(disk_of, lambda _: st.save_table(table, path)):
        assert said.startswith(f"{str(path)!r} cannot be written: ")
        assert re.search(ROOM, said)
        assert [one.name for one in tmp_path.iterdir()] == [path.name]
        assert path.read_text() == "before"
        writes += 1
    assert writes > 0


def test_what_is_appended_is_whole_or_not_there(tmp_path, disk_of):
    """A file to which no more can be appended is as it was; what is then appended follows the last whole line."""
    path = tmp_path / "mine.csv"
    append_durably(path, b"a,b\n")
    disk_of(0)
    with pytest.raises(OSError, match=rf"\({ROOM}\): '{path}'$"):
        append_durably(path, b"c" * 100)
    disk_of(None)
    assert path.read_bytes() == b"a,b\n"
    append_durably(path, b"c,d\n")
    assert path.read_bytes() == b"a,b\nc,d\n"


def test_of_files_written_together_the_one_without_room_is_named(tmp_path, disk_of):
    """A file that is written while another is open is told by its own name, and neither is there."""
    disk_of(0)
    with pytest.raises(OSError, match=rf"\({ROOM}\): '{tmp_path}/b'$"), replacing(tmp_path / "a"):
        write_durably(tmp_path / "b", b"b")
    assert not list(tmp_path.iterdir())


def test_other_errors_are_as_they_are(tmp_path):
    """Only a full disk is told as one."""
    with pytest.raises(FileNotFoundError, match="No such file or directory: '"):
        write_durably(tmp_path / "none" / "mine.csv", b"a")


SMALL_DISK = """
import subprocess, sys, warnings
from pathlib import Path
from annotated_by_hand import assert_same, here, read_tables, write_reviews
import starlight as st
warnings.simplefilter("ignore")
sys.modules["starlight.scale.annotation"].processes = here
def mount(*options): subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "none", disk], check=True)
place = Path(sys.argv[1])
disk = place / "disk"
disk.mkdir()
source = write_reviews(place / "mine.csv", 100)
expected = read_tables(st.annotate(source, place / "out", rows=20))
mount("size=120k")
for attempt in range(2):
    try:
        st.annotate(source, disk / "out", rows=20)
    except st.StarlightError as error:
        print(error)
mount("remount", "size=8m")
assert_same(read_tables(st.annotate(source, disk / "out", rows=20)), expected)
print("equal")
"""


@pytest.mark.skipif("STARLIGHT_KILLS" not in os.environ, reason="A long check, run with STARLIGHT_KILLS=100.")
def test_a_real_disk_may_be_full(tmp_path):
    """On a disk of 120 kB `annotate` says twice what it needs; once there is more room, its tables are equal."""
    alone = ["unshare", "--map-root-user", "--mount"]
    if not shutil.which(alone[0]) or subprocess.run([*alone, "mount", "-t", "tmpfs", "none", str(tmp_path)]).returncode:
        pytest.skip("This machine lets nobody mount a small disk.")
    command = [*alone, sys.executable, "-c", SMALL_DISK, str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    *refusals, last = run.stdout.splitlines()
    assert len(refusals) == 2
    told = rf"{ROOM}.*Make room there, about [\d.]+ kB for the rest of the work: "
    assert all(re.search(told, one) for one in refusals)
    assert last == "equal"
