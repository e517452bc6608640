"""The files that come with Starlight are found beside the package or inside it, and are as they came."""

import sys
from contextlib import nullcontext
from functools import partial

import pandas as pd
import pytest
from project import ROOT, files

import starlight as st
from starlight.base import digests, resource, verified, write_digests
from starlight.coding import second_look, tagger
from starlight.text import languages, read_lines

DIGESTS = "data/SHA256SUMS"
TAGGER = "starlight-tagger-4.1"
TEN = pd.DataFrame({"text": [f"{number} robots came from another planet." for number in range(10)]})
READ = {  # each file that is checked when the package reads it, and what reads it
    **dict.fromkeys(digests("seeds/"), st.load_reviews),
    "data/general_words.csv.gz": lambda: st.find_motifs(st.split_sentences(st.load_reviews(TEN)), st.load_reviews(TEN)),
    "data/column_names.csv": lambda: st.load_reviews(TEN),
    "data/sites.csv": lambda: st.load_reviews(TEN),
    "data/languages.csv": lambda: languages(["The film is good and the music is great."]),
    "data/page_words.csv": lambda: read_lines("Share this\n\nIt is good."),
    "data/opinions.csv": partial(st.read_opinions, reviews=()),
    "data/tagger/opinions.csv": partial(st.read_opinions, coder=TAGGER),
    **dict.fromkeys(
        [f"data/tagger/{name}" for name in ("model.onnx", "tokenizer.json", "tagger.json", "second_look.csv")]
    ),
}
EDITED = {"data/themes.csv": st.read_themes, "data/score_conventions.csv": st.read_conventions}
READ_ONCE = [(tagger, name) for name in ("settings", "network", "_tokenizer")]
READ_ONCE += [(second_look, "weights")]
READ_ONCE += [
    (sys.modules["starlight.coding.motifs"], "_general"),
    (sys.modules["starlight.text.languages"], "_small_words"),
    (sys.modules["starlight.text.forms"], "words_of"),
    (sys.modules["starlight.loading.sites"], "_sites"),
    (sys.modules["starlight.loading.usual_names"], "_usual"),
]
SPOIL = {
    "a byte turned over": lambda path, raw: path.write_bytes(raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:]),
    "a byte more": lambda path, raw: path.write_bytes(raw + b"\n"),
    "cut off": lambda path, raw: path.write_bytes(raw[: len(raw) // 2]),
    "empty": lambda path, _: path.write_bytes(b""),
    "gone": lambda *_: None,
    "a folder": lambda path, _: path.mkdir(),
}


@pytest.fixture
def ours(tmp_path, monkeypatch):
    """A folder with links to the project's data and seeds, which the package takes for its own, nothing read yet."""
    for name in [*digests(""), *EDITED, DIGESTS]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(resource(*name.split("/")))
    monkeypatch.setattr("starlight.base.resources._PACKAGE", tmp_path / "starlight")
    for module, name in READ_ONCE:
        monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)
    return tmp_path


def spoil(path, how):
    """Replace a file by one that is spoilt."""
    raw = path.read_bytes()
    path.unlink()
    SPOIL[how](path, raw)


@pytest.mark.parametrize("inside", [False, True], ids=["checkout", "wheel"])
def test_a_wheel_has_its_own_copy(tmp_path, monkeypatch, inside):
    """The copy inside the package is used where there is one, else the folder beside the package."""
    package = tmp_path / "starlight"
    monkeypatch.setattr("starlight.base.resources._PACKAGE", package)
    (package / "data" if inside else package).mkdir(parents=True)
    assert resource("data", "themes.csv") == (package if inside else tmp_path) / "data" / "themes.csv"
    assert resource("data") == (package if inside else tmp_path) / "data"


def test_files_are_as_they_came():
    """Each listed file has the listed SHA-256; what people may edit is not listed."""
    assert [verified(*name.split("/")) for name in digests("")]
    there = {path.relative_to(ROOT).as_posix() for path in files("data")}
    assert there - digests("data/").keys() == {
        *("data/README.md", "data/tagger/README.md", "data/invented_reviews.csv", DIGESTS),
        *("data/game_corrections.csv", "data/game_forty.csv", "data/game_reviews.csv"),
        *EDITED,
    }
    shown = {f"data/tagger/{name}.csv" for name in ("hard_sentences", "measured", "reliability")}  # by notebook 6
    assert digests("").keys() - READ.keys() == shown


def test_the_list_is_as_sha256sum_writes_it():
    """The list can be checked from the shell."""
    lines = resource(*DIGESTS.split("/")).read_text("utf-8").splitlines()
    assert lines == [f"{digest}  {name}" for name, digest in digests("").items()]


@pytest.mark.parametrize("how", SPOIL)
@pytest.mark.parametrize("name", READ)
def test_a_spoilt_file_is_refused(ours, name, how):
    """Whatever happened to a file, what reads it says which file it is and what to do, and nothing else goes wrong."""
    spoil(ours / name, how)
    read = READ[name] or (lambda: list(tagger.tag(["The music is wonderful."])))
    with pytest.raises(st.StarlightError) as error:
        read()
    why = "cannot be read: " if how in ("gone", "a folder") else "has been changed: its SHA-256 is not the one in "
    assert str(error.value).startswith(f"{name} {why}")
    assert str(error.value).endswith(
        f"Restore it (git checkout {name} {DIGESTS}), or install Starlight anew. "
        "Keep changes of your own in a file of your own."
    )


@pytest.mark.parametrize("how", ["empty", "gone", "a folder"])
@pytest.mark.parametrize(("name", "read"), EDITED.items())
def test_what_people_edit_is_refused_if_it_is_no_table(ours, name, read, how):
    """A file that people may edit has no digest; one that is no table is named all the same."""
    spoil(ours / name, how)
    with pytest.raises(st.StarlightError, match=f"{name}' cannot be read: .* It must be a csv"):
        read()


@pytest.mark.parametrize("how", SPOIL)
def test_a_spoilt_list_is_refused(ours, how):
    """Without its line in the list, no file is taken for whole, and the message names the list."""
    spoil(ours / DIGESTS, how)
    with pytest.raises(st.StarlightError, match=DIGESTS) if how != "a byte more" else nullcontext():
        assert list(tagger.tag(["The music is wonderful."]))


def test_untouched_files_are_read(ours):
    """What all these tests spoil is read where it is whole."""
    assert list(tagger.tag(["The music is wonderful."]))


def test_training_renews_the_digests_of_what_it_makes(ours):
    """The digests of the tagger's files are those of the files that are there now; all others stay."""
    before = digests("")
    spoil(ours / "data/tagger/tagger.json", "a byte more")
    spoil(ours / "data/opinions.csv", "a byte more")
    spoil(ours / DIGESTS, "a byte more")  # no longer a link to the project's own
    write_digests("data/tagger/")
    changed = {name for name, digest in digests("").items() if before[name] != digest}
    assert changed == {"data/tagger/tagger.json"}
    assert verified("data", "tagger", "tagger.json")
