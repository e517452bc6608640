"""Corrections: what was reported as saved is in the file, whatever happens, and a coding is what they make of it.

With STARLIGHT_KILLS set to a number, that many writers are killed instead of a few dozen.
"""

import csv
import os
import random
import re
import subprocess
import sys
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from tables_by_hand import opinion, opinions_by_hand, reviews_by_hand, themes_by_hand

from starlight import close_reading, read_opinions, save_table
from starlight.coding import (
    Coding,
    Correction,
    CorrectionsFile,
    Opinion,
    Record,
    correction,
    opinions_of,
    standing,
)
from starlight.errors import ReadError, TableError
from starlight.tables import CORRECTIONS, OPINIONS

KILLS = int(os.environ.get("STARLIGHT_KILLS", "40"))
SOARS = Opinion(**opinion("bob", 1, "soars", "story", "praise"))
NEW = Opinion(**opinion("ann", 1, "plot", "story", "criticism"))
# Forks a writer for each name that a line of its input holds, after a path, a first number and how many to write.
FORKS = """
import os, sys
from starlight.coding import CorrectionsFile, Opinion, correction
print("ready", flush=True)
for line in sys.stdin:
    path, first, count, *names = line.rstrip().split("\\t")
    writers = []
    for name in names:
        writers.append(os.fork())
        if not writers[-1]:
            file = CorrectionsFile(path)
            for number in range(int(first), int(first) + int(count)):
                quote = f'{number} "soars", é\\n' * 20
                opinion = Opinion("bob", 1, 19, 24, quote, "story", "praise", "settled")
                file.append(correction(opinion, None, name))
                os.write(1, f"{name} {number}\\n".encode())
            os._exit(0)
    os.write(1, f"writers {' '.join(map(str, writers))}\\n".encode())  # at once: print may write it in pieces
    for writer in writers:
        os.waitpid(writer, 0)
    os.write(1, b"end\\n")
"""


@pytest.fixture(scope="module")
def forks():
    """A process of its own that writes for us; Python starts but once."""
    if sys.platform == "win32":
        pytest.skip("Windows has no fork and no SIGKILL.")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", FORKS], text=True, **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


def write(forks, path, first, count, *names, kill=None):
    """Let writers write, kill one so many seconds after it reported so many rows if told to, and give what they did."""
    print(path, first, count, *names, sep="\t", file=forks.stdin, flush=True)
    reported, writers = [], []
    for line in iter(forks.stdout.readline, "end\n"):
        said, *numbers = line.split()
        if said == "writers":
            writers = list(map(int, numbers))
        else:
            reported.append((said, int(numbers[0])))
        if kill and writers and len(reported) >= kill[0]:
            time.sleep(kill[1])
            os.kill(writers.pop(), 9)
    return reported


def numbers(path):
    """Read who wrote which number, whatever is torn."""
    corrections = read_corrections(path)
    return [(made.who, int(made.before.quote.split()[0])) for made in corrections]


@pytest.fixture
def path(tmp_path):
    """Where a file of corrections may be."""
    return tmp_path / "corrections.csv"


def make(path, *changes, who="ann"):
    """Append changes, each of a before and an after."""
    for before, after in changes:
        CorrectionsFile(path).append(correction(before, after, who))


def read_corrections(path):
    """Read what a file holds."""
    file = CorrectionsFile(path)
    file.read()
    return file.corrections


def torn(path):
    """Read which lines of a file hold no correction."""
    file = CorrectionsFile(path)
    file.read()
    return file.torn


def apply(corrections, opinions=None):
    """Replay corrections on the coding by hand, or on another."""
    opinions = opinions_by_hand() if opinions is None else opinions
    coding = Coding(opinions, reviews_by_hand(), themes_by_hand())
    applied, unfit = coding.replay(corrections)
    return coding.table(), applied, unfit


def refusals(*changes):
    """Say why changes do not fit."""
    return apply([correction(before, after, "ann") for before, after in changes])[2]


# The file


def test_a_row_holds_the_opinion_then_what_was_done_by_whom_and_when(path):
    """The columns are those of the opinions table, then action, who and when; a change says what it changed."""
    make(path, (SOARS, SOARS._replace(theme="music", polarity="criticism")), (None, NEW), (NEW, None))
    table = pd.read_csv(path)
    assert table.columns.tolist() == CORRECTIONS.names
    assert table["action"].tolist() == ["change from praise of story", "add", "remove"]
    assert table[["theme", "polarity", "who"]].iloc[0].tolist() == ["music", "criticism", "ann"]
    assert pd.to_datetime(table["when"]).is_monotonic_increasing


def test_what_is_written_is_read(path):
    """Corrections come back in order, as they were made."""
    changes = [(None, NEW), (NEW, NEW._replace(polarity="praise", confidence=0.1)), (SOARS, None)]
    make(path, *changes)
    assert [(made.before, made.after) for made in read_corrections(path)] == changes


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(quote=TEXTS, theme=TEXTS, who=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(tmp_path_factory, quote, theme, who):
    """Newlines, quotes, commas and formulas in a quote, a theme or a name are read as they were written."""
    path = tmp_path_factory.mktemp("texts") / "corrections.csv"
    after = SOARS._replace(quote=quote, theme="music")
    make(path, (SOARS._replace(quote=quote, theme=theme), after), (None, after), who=who)
    assert [made[:3] for made in read_corrections(path)] == [
        (SOARS._replace(quote=quote, theme=theme), after, who),
        (None, after, who),
    ]


@pytest.mark.parametrize(
    "quote", ['=HYPERLINK("http://x")', "a\r\nb", "a\rb", '"', "'", "NA", "\ufeff", "🎬 \u202e", ",,", "\\"]
)
def test_hostile_text_comes_back_as_it_was(path, quote):
    """So does what spreadsheets, terminals and csv readers trip over."""
    make(path, (None, NEW._replace(quote=quote)), (None, NEW))
    assert [made.after.quote for made in read_corrections(path)] == [quote, NEW.quote]


def test_a_file_is_only_ever_appended_to(path):
    """Every write leaves all that was there, byte for byte."""
    before = b""
    for change in [(None, NEW), (NEW, None), (None, NEW)]:
        make(path, change)
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()


def test_a_file_torn_at_any_byte_loses_no_whole_row(path):
    """Wherever the last write was cut off, the rows before it and after it are read, and the torn one is named."""
    hostile = NEW._replace(quote='"é🎬\n"",\n=1')
    make(path, (None, NEW), (None, hostile))
    whole = path.read_bytes()
    first = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for cut in range(1, len(whole)):
        path.write_bytes(whole[:cut])
        make(path, (SOARS, None))
        read = [made.opinion for made in read_corrections(path)]
        kept = [NEW] * (cut >= first - 1) + [hostile] * (cut == len(whole) - 1)
        assert read == [*kept, SOARS], whole[:cut]
        clean = cut in (first - 1, first, len(whole) - 1) or whole[:cut].rstrip(b"\n").endswith(b",when")
        assert bool(torn(path)) != clean, whole[:cut]


def test_a_torn_last_line_is_reported_by_file_and_line(path):
    """The warning names both."""
    make(path, (None, NEW))
    with path.open("ab") as file:
        file.write(b'ann,1,14,"')
    with pytest.warns(UserWarning, match=r"corrections\.csv', line 3: not a complete correction; it is left out\.$"):
        assert len(Record(opinions_by_hand(), path, reviews_by_hand(), themes_by_hand()).applied) == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [("action", "delete"), ("polarity", "prais"), ("start", "ten"), ("when", "today"), ("confidence", "sure")],
)
def test_a_row_that_says_nothing_sensible_is_left_out(path, column, value):
    """A row with a value that no correction has is named like a torn one; those around it are read."""
    make(path, (None, NEW), (None, NEW), (NEW, None))
    table = pd.read_csv(path, dtype="str")
    table.loc[1, column] = value
    table.to_csv(path, index=False)
    assert torn(path) == [3]
    assert [made.action for made in read_corrections(path)] == ["add", "remove"]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "hello",
        '"' + "x" * 200_000,
        opinions_by_hand().to_csv(index=False),
        opinions_by_hand().head(0).to_csv(index=False),
        "review_id\nbob\n",
        f"review_id\n{','.join(OPINIONS.names)}\nbob\n",
    ],
    ids=["other columns", "words", "a quote", "opinions", "no opinions", "ids", "ids and opinions"],
)
def test_another_file_is_neither_read_nor_written(path, text):
    """A file that is not one of corrections is refused by name, and stays as it is."""
    path.write_text(text)
    for action in (
        lambda: read_corrections(path),
        lambda: make(path, (None, NEW)),
        lambda: read_opinions(corrections=path),
        lambda: close_reading(reviews_by_hand(), opinions_by_hand(), path=path),
    ):
        with pytest.raises(ReadError, match=r"corrections\.csv' is not a file of corrections: "):
            action()
    assert path.read_text() == text


def test_a_missing_file_is_refused(path):
    """Corrections that were asked for and are not there are an error."""
    with pytest.raises(ReadError, match=r"^The corrections in .* cannot be read: .*No such file"):
        read_opinions(corrections=path)


def test_what_cannot_be_written_is_named(tmp_path):
    """A folder in the file's place is refused by name; a folder that is not there yet is made."""
    with pytest.raises(ReadError, match="cannot be written: "):
        make(tmp_path, (None, NEW))
    make(tmp_path / "new" / "corrections.csv", (None, NEW))
    assert len(read_corrections(tmp_path / "new" / "corrections.csv")) == 1


def test_a_quote_too_long_to_be_read_back_is_not_written(path):
    """A field that csv readers refuse is refused before it is in the file."""
    with pytest.raises(TableError, match="longer than 131,072 characters"):
        make(path, (None, NEW._replace(quote="x" * 131_073)))
    assert not path.exists()


def test_a_killed_writer_loses_nothing_that_it_reported(forks, path):
    """Writers killed at random moments leave every row that they had reported, at most one more each, and no other."""
    chance, begun = random.Random(1), time.monotonic()  # noqa: S311 - moments, not secrets
    reported = write(forks, path, 0, 10, "ann")
    a_row, found = (time.monotonic() - begun) / 10, numbers(path)  # seconds, which depend on how busy the machine is
    for _ in range(KILLS):
        kill = chance.randint(0, 12), chance.uniform(0, a_row)
        reported += write(forks, path, len(found), 1000, "ann", kill=kill)
        found = numbers(path)
        assert set(reported) <= set(found)
        assert found == [("ann", number) for number in range(len(found))]
    assert KILLS <= len(reported) <= len(found) <= len(reported) + KILLS


def test_two_writers_lose_nothing(forks, path):
    """Two processes that write to one file at once find all their rows there, each in order."""
    reported = write(forks, path, 0, 200, "ann", "bob")
    found = numbers(path)
    for name in ("ann", "bob"):
        assert [number for who, number in reported if who == name] == list(range(200))
        assert [number for who, number in found if who == name] == list(range(200))


def test_only_what_was_added_is_read(path, monkeypatch):
    """A file as it was left is not read again; of what another appended, and only of this, rows are made."""
    mine, other = CorrectionsFile(path), CorrectionsFile(path)
    lines, read, reader, read_bytes = [], [], csv.reader, type(path).read_bytes
    monkeypatch.setattr("csv.reader", lambda given: reader(lines.append(line) or line for line in given))
    monkeypatch.setattr(type(path), "read_bytes", lambda self: read.append(self) or read_bytes(self))
    for number in range(3):
        mine.append(correction(None, NEW._replace(quote=f"plot {number}"), "ann"))
        assert mine.read()
    assert read == []
    assert ["plot" in line for line in lines if len(line) > 1] == [False, True, True, True]
    other.append(correction(None, NEW, "bob"))
    lines.clear()
    assert mine.read()
    assert len([line for line in lines if len(line) > 1]) == 1
    assert [(made.who, made.line) for made in mine.corrections] == [("ann", 2), ("ann", 3), ("ann", 4), ("bob", 5)]
    assert read == [path, path]  # once by each, after the other


@given(data=st.data())
def test_a_file_read_piece_by_piece_is_read_as_a_whole(tmp_path_factory, data):
    """Wherever a file ends when it is read, quotes, newlines and torn rows come to the same in the end."""
    path = tmp_path_factory.mktemp("pieces") / "corrections.csv"
    quote = st.text(alphabet='a",\r\n\ufeffé', min_size=1)
    for words in data.draw(st.lists(quote, min_size=1, max_size=4)):
        make(path, (None, NEW._replace(quote=words)))
        torn = data.draw(st.text(alphabet='a",\r\n', max_size=3))
        with path.open("ab") as file:
            file.write(torn.encode())
    whole, file = path.read_bytes(), CorrectionsFile(path)
    path.write_bytes(b"")
    for end in sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=5))):
        path.write_bytes(whole[:end])
        file.read()
    path.write_bytes(whole)
    file.read()
    again = CorrectionsFile(path)
    again.read()
    assert (file.corrections, file.torn) == (again.corrections, again.torn)


@pytest.mark.parametrize("way", ["in place", "another file", "cut", "gone"])
def test_a_file_that_was_written_anew_is_read_anew(path, way):
    """When what was read is not in the file any more, that is said, and what is there now counts."""
    make(path, (None, NEW), (SOARS, None))
    file = CorrectionsFile(path)
    assert file.read()
    whole = path.read_bytes()
    if way == "in place":
        path.write_bytes(whole.replace(b"\nann,1", b"\nzoe,1"))  # as long as before
    elif way == "another file":
        path.with_name("other").write_bytes(whole.replace(b",ann,20", b",bob,20"))
        path.with_name("other").replace(path)
    elif way == "cut":
        path.write_bytes(whole[: whole.index(b"bob")])
    else:
        path.unlink()
    assert not file.read()
    assert file.read()
    found = [(made.opinion.review_id, made.who) for made in file.corrections]
    assert found == {
        "in place": [("zoe", "ann"), ("bob", "ann")],
        "another file": [("ann", "bob"), ("bob", "bob")],
        "cut": [("ann", "ann")],
        "gone": [],
    }.get(way)
    file.append(correction(None, NEW._replace(quote="last"), "cy"))
    assert read_corrections(path) == file.corrections
    assert file.corrections[-1].after.quote == "last"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its rights otherwise.")
@pytest.mark.parametrize(("mode", "lock"), [(0o664, 0o664), (0o640, 0o640), (0o600, 0o600), (0o775, 0o664)])
def test_the_lock_is_hidden_and_may_be_written_by_whom_the_file_may_be(path, mode, lock):
    """Beside the file is a hidden one with the same rights, also where the file is reached by a link; and no other."""
    make(path, (None, NEW))
    path.chmod(mode)
    link = path.with_name("link") / "mine.csv"
    link.parent.mkdir()
    link.symlink_to(path)
    make(link, (NEW, None))
    assert sorted(one.name for one in path.parent.iterdir()) == [".corrections.csv.lock", "corrections.csv", "link"]
    assert [one.name for one in link.parent.iterdir()] == ["mine.csv"]
    assert path.with_name(".corrections.csv.lock").stat().st_mode & 0o777 == lock


# The coding after them


def test_add_change_and_remove():
    """A changed opinion stands where it stood, a removed one is gone, an added one comes last."""
    first, second = opinions_of(opinions_by_hand())[0], opinions_of(opinions_by_hand())[1]
    changes = [(first, first._replace(theme="story")), (second, None), (None, NEW)]
    table, _, unfit = apply([correction(before, after, "me") for before, after in changes])
    before = opinions_by_hand()
    assert unfit == []
    assert table["theme"].tolist() == ["story", *before["theme"].iloc[2:], "story"]
    assert table["quote"].iloc[-1] == "plot"
    assert table["coder"].unique().tolist() == ["settled"]
    assert_frame_equal(table.iloc[1:-1].reset_index(drop=True), before.iloc[2:].reset_index(drop=True))


def test_opposites_give_back_the_coding():
    """A change followed by its opposite leaves the table as it was: order, confidence and further columns too."""
    opinions = opinions_by_hand().assign(confidence=0.5, note=list("abcdefg"))
    first = opinions_of(opinions)[0]
    for before, after in [(first, None), (first, first._replace(theme="story", confidence=None)), (None, NEW)]:
        made = apply([correction(before, after, "me")], opinions)[1]
        table, _, unfit = apply([*made, made[0].opposite()], opinions)
        assert unfit == []
        assert_frame_equal(table, opinions)


def test_without_corrections_nothing_changes():
    """No correction leaves the table as it is, and the table given is never touched."""
    opinions, before = opinions_by_hand(), opinions_by_hand()
    assert_frame_equal(apply([], opinions)[0], before)
    apply([correction(opinions_of(opinions)[0], None, "me")], opinions)
    assert_frame_equal(opinions, before)


def test_the_same_words_can_carry_two_opinions():
    """Of two opinions on the same words the one that is named is changed."""
    other = SOARS._replace(theme="music")
    table, _, unfit = apply(
        [correction(None, other, "me"), correction(other, other._replace(polarity="criticism"), "me")]
    )
    assert unfit == []
    rows = table[table["quote"] == "soars"]
    assert rows[["theme", "polarity"]].to_numpy().tolist() == [["story", "praise"], ["music", "criticism"]]


def test_the_place_of_a_changed_opinion_is_its_own():
    """An opinion like one that was changed before can be added, and both stand."""
    changed = SOARS._replace(theme="music")
    table, _, unfit = apply([correction(SOARS, changed, "me"), correction(None, SOARS, "me")])
    assert unfit == []
    assert sorted(table.loc[table["quote"] == "soars", "theme"]) == ["music", "story"]


def test_other_codings_and_reviews_are_left_alone():
    """Corrections of another coder's opinion, or of a review not given, are neither applied nor complained of."""
    others = [SOARS._replace(coder="reader_1"), SOARS._replace(review_id="zoe")]
    table, applied, unfit = apply([correction(one, None, "me") for one in others])
    assert (applied, unfit) == ([], [])
    assert_frame_equal(table, opinions_by_hand())


def test_what_does_not_fit_is_said():
    """What is not there, is there already, has no such theme, or stands elsewhere is left out, each with its reason."""
    assert refusals((NEW, None)) == ["the opinion to remove does not exist: 'plot'"]
    assert refusals((NEW, NEW._replace(theme="music"))) == ["the opinion to change does not exist: 'plot'"]
    assert refusals((None, SOARS)) == ["that opinion exists already: 'soars'"]
    assert refusals((None, NEW._replace(theme="space"))) == ["there is no craft theme 'space'"]
    assert refusals((None, NEW._replace(start=1))) == ["the words are not at 1 of review 'ann': 'plot'"]


def test_changes_that_were_undone_stand_no_more():
    """Of a change, another and its opposite the first stands; the opposite of an opposite stands again."""
    one, two = correction(SOARS, None, "me"), correction(None, NEW, "me")
    assert standing([one, two, two.opposite()]) == [one]
    assert standing([one, two, two.opposite(), two]) == [one, two]
    assert standing([one, two, two.opposite(), one.opposite()]) == []


# Notes


def noted(text, opinion=SOARS):
    """A note on an opinion."""
    return correction(opinion, opinion._replace(note=text), "me")


@given(text=TEXTS)
def test_a_note_comes_back_as_it_was(tmp_path_factory, text):
    """Whatever is noted stands in the file as something that was done, in the columns that files always had."""
    path = tmp_path_factory.mktemp("notes") / "corrections.csv"
    CorrectionsFile(path).append(noted(text))
    assert [made.after for made in read_corrections(path)] == [SOARS._replace(note=text)]
    assert not re.search(r"(^|[\t\n\r,;|])[\"\s]*[=+@-]", path.read_text("utf-8").split("note: ")[1].split(",me,")[0])


def test_a_note_stays_with_its_opinion():
    """It outlives a change of theme and a removal that is undone, and is replaced by the next."""
    opinions = opinions_by_hand().assign(confidence=0.5)
    changed = SOARS._replace(theme="music")
    steps = [noted("why?"), correction(SOARS, changed, "me"), correction(changed, None, "me")]
    steps += [correction(None, changed, "me"), noted("not sure", changed)]
    notes = [apply(steps[:count], opinions)[0] for count in range(1, 6)]
    found = [table.loc[table["quote"] == "soars", "note"].tolist() for table in notes if "note" in table]
    assert found == [["why?"], ["why?"], ["why?"], ["not sure"]]
    assert "note" not in notes[2]
    assert notes[0]["confidence"].eq(0.5).all()
    assert_frame_equal(notes[0][OPINIONS.names], opinions)
    assert apply([noted("a", NEW)])[2] == ["the opinion to note does not exist: 'plot'"]


def test_notes_are_undone_one_by_one():
    """Of two notes on an opinion both stand; a note and its opposite do not."""
    first = noted("a")
    second = correction(first.after, SOARS._replace(note="b"), "me")
    assert standing([first, second]) == [first, second]
    assert standing([first, second, second.opposite()]) == [first]


def test_read_opinions_has_notes_in_a_column(path, opinions, tmp_path):
    """A note is in the column `note` beside the opinion, and a saved csv runs none of them."""
    CorrectionsFile(path).append(noted("=1+1", opinions_of(opinions)[0]))
    table = read_opinions(corrections=path)
    assert table["note"].dropna().tolist() == ["=1+1"]
    save_table(table, tmp_path / "saved.csv")
    assert '"\'=1+1"' in (tmp_path / "saved.csv").read_text("utf-8")
    assert_frame_equal(read_opinions(tmp_path / "saved.csv"), table)


def test_many_corrections_are_applied_with_one_look_into_the_table(monkeypatch):
    """The opinions of all corrected reviews are taken out at once, however many reviews they are in."""
    looks = []
    take = pd.DataFrame.iloc.fget
    monkeypatch.setattr(pd.DataFrame, "iloc", property(lambda self: looks.append(self) or take(self)))
    dull = next(one for one in opinions_of(opinions_by_hand()) if one.review_id == "ann")
    apply([correction(SOARS, None, "me"), correction(dull, None, "me")])
    assert len(looks) == 1


# read_opinions


def test_read_opinions_applies_them_only_when_asked(path, opinions):
    """With `corrections` the coding is corrected and still one coding; without, it is as it is stored."""
    first, second = opinions_of(opinions)[0], opinions_of(opinions)[1]
    make(path, (first, first._replace(theme="world")), (second, None))
    corrected = read_opinions(corrections=path)
    assert len(corrected) == len(opinions) - 1
    assert corrected["theme"].iloc[0] == "world"
    assert corrected["coder"].unique().tolist() == ["settled"]
    assert_frame_equal(read_opinions(), opinions)


def test_read_opinions_warns_of_what_does_not_fit(path, opinions):
    """A correction of an opinion that is not there is left out, and named by file and line."""
    gone = opinions_of(opinions)[0]._replace(polarity="criticism")
    make(path, (gone, None))
    with pytest.warns(UserWarning, match=r"csv', line 2: the opinion to remove does not exist: .*left out\.$"):
        assert_frame_equal(read_opinions(corrections=path), opinions)


def test_read_opinions_refuses_a_correction_in_another_sentence(path, opinions):
    """An added opinion that names a sentence in which its words do not lie is refused."""
    make(path, (None, opinions_of(opinions)[0]._replace(sentence=5, theme="world")))
    with pytest.raises(TableError, match="is not in sentence 5"):
        read_opinions(corrections=path)


def test_a_correction_knows_its_line_and_action():
    """An opinion that is in both is changed, in one alone added or removed."""
    assert Correction(SOARS, None, "me", "").action == "remove"
    assert Correction(None, SOARS, "me", "").action == "add"
    assert Correction(NEW, SOARS, "me", "").action == "change from criticism of story"


@pytest.mark.parametrize("quote", ["=1+1", "- soars", "'=1", "＝1", "\tsoars"], ids=ascii)
def test_no_quote_runs_in_a_spreadsheet(path, quote):
    """A correction whose words begin as a formula does is read as it was made, and runs nowhere."""
    made = correction(None, SOARS._replace(quote=quote, coder="@ann"), "+ann")
    CorrectionsFile(path).append(made)
    assert read_corrections(path) == [made._replace(line=2)]
    assert f",'{quote}," in path.read_text("utf-8")
    assert ",'+ann," in path.read_text("utf-8")
