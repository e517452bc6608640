"""Arguments: whatever is passed to a public function, it works or says in one printable line what was wrong."""

import inspect
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from tables_by_hand import (
    mentions_by_hand,
    opinions_by_hand,
    reviews_by_hand,
    sample_by_hand,
    sentences_by_hand,
    shares_by_hand,
    themes_by_hand,
)

import starlight as st
from starlight.base.arguments import check_path
from starlight.errors import ReadError, printable, shown
from starlight.export import export_site


class BytesPath:
    """A path that gives bytes."""

    def __fspath__(self):
        """Return bytes, as `os.fspath` allows."""
        return b"mine.csv"


class Nameless:
    """What cannot be shown."""

    def __repr__(self):
        """Fail."""
        raise RuntimeError


R, S, M = reviews_by_hand(), sentences_by_hand(), mentions_by_hand()
C, T = opinions_by_hand(), themes_by_hand()
NONSENSE = [None, 3, 2**70, 10**5000, float("nan"), b"x", [[]], {}, "", "\0", "\ud800", "no such", "x" * 5_000]
NONSENSE += [pd.DataFrame({"a\n": [1]}), pd.Series([1, 2]), pd.NA, BytesPath(), Nameless()]
TWO = pd.concat([C[:3].assign(coder="a"), C[:2].assign(coder="b")], ignore_index=True)
CODED = {"opinions": C, "reviews": R, "themes": T}
COUNTED = {"by": "score", "most": 8}
USUAL = {
    "agreement": {"opinions": C, "other": C, "sentences": S, "themes": T},
    "annotate": {"source": "none.csv", "out": "out", "columns": None, "score_scale": None, "themes": T}
    | {"threshold": None, "client": None, "workers": None, "rows": 2_000, "encoding": None},
    "chart_agreement": {"compared": st.agreement(C, C, S, themes=T), "by": "level"},
    "chart_confusion": {"counted": st.confusion(C, C, S), "coding": None, "other": None},
    "chart_corrected_shares": {"shares": shares_by_hand().head(2)},
    "chart_differences": {"differ": st.differences(M, C, R.assign(film=["a", "a", "b"]), themes=T), "most": 5},
    "chart_disagreement": {"counted": st.disagreement(C, R, themes=T), "show": "all"},
    "chart_keyness": {"words": st.keyness(C, R), "most": 5},
    "chart_makeup": {"makeup": st.makeup(S, C, R)},
    "chart_opinion_positions": {"positions": st.opinion_positions(C, R, themes=T)},
    "chart_mention_positions": {"positions": st.mention_positions(M, R, themes=T)},
    "chart_praise_and_criticism": {"counted": st.praise_and_criticism(C, R, themes=T)},
    "chart_quotes": {"counted": st.praise_and_criticism(C, R, themes=T), "quotes": st.quotes(C, R, themes=T)},
    "chart_reliability": {"counted": st.reliability(C.assign(confidence=0.5), C)},
    "chart_scores": {"scores": st.score_distribution(R), "reviews": R},
    "chart_scores_and_praise": {"table": st.scores_and_praise(C, R, themes=T)},
    "chart_talked_and_judged": {"counted": st.talked_and_judged(M, C, R, themes=T)},
    "chart_themes_together": {"together": st.themes_together(M, S, themes=T), "most": 5},
    "chart_themes": {"counted": st.theme_frequency(M, R, themes=T)},
    "chart_two_codings": {name: st.praise_and_criticism(C, R, themes=T) for name in ("counted", "other")},
    "close_reading": {**CODED, "queue": None, "path": "c.csv", "who": "me"},
    "codebook": {"names": ["humour"], "covers": None, "terms": None},
    "confusion": {"opinions": C, "other": C, "sentences": S},
    "corrected_differences": {"shares": shares_by_hand(), "group": "Up", "other_group": "Dune"},
    "corrected_shares": {**CODED, **COUNTED, "sample": sample_by_hand(), "read": "o.csv"},
    "differences": {**CODED, "mentions": M, "by": "score", "of": None},
    "disagreement": CODED,
    "explore": {**CODED, "show": "bars"},
    "find_mentions": {"sentences": S, "themes": T},
    "find_motifs": {"sentences": S, "reviews": R, "most": 10},
    "find_opinions": {"reviews": R, "threshold": 0.5, "codebook": None},
    "findings": {**CODED, **COUNTED, "mentions": M},
    "in_context": {"spans": M, "reviews": R, "width": 40},
    "introduce": {"reviews": R},
    "keyness": {"opinions": C, "reviews": R, "prior": 0.1},
    "learn": {"book": T, "corrections": "c.csv", "reviews": R, "opinions": None},
    "load_report": {"reviews": R},
    "load_reviews": {"source": pd.DataFrame({"text": ["It glows."], "score": ["1/2"]}), "columns": None}
    | {"score_scale": None, "strict": False, "memory": None, "encoding": None},
    "makeup": {"sentences": S, "opinions": C, "reviews": R},
    "opinion_positions": {"opinions": C, "reviews": R, "themes": T},
    "mention_positions": {"mentions": M, "reviews": R, "themes": T},
    "parse_score": {"raw": "7/10", "convention": "even steps", "scale": None},
    "praise_and_criticism": {**CODED, **COUNTED},
    "quotes": {**CODED, **dict.fromkeys(["film", "theme", "polarity", "review_id", "coder", "least_confidence"])},
    "read_codebook": {"path": "c.npz"},
    "read_next": {"reviews": R, "book": T, "n": 2, "corrections": None},
    "read_codes": {"path": "c.json", "reviews": R, "themes": T, "codes": None},
    "read_opinions": {"path": "o.csv", "coder": "settled", "reviews": R, "themes": T, "corrections": None},
    "read_themes": {"path": "t.csv"},
    "reliability": {"opinions": C.assign(confidence=0.5), "other": C},
    "sample_to_read": {"reviews": R, "n": 1, "by": None, "seed": 0},
    "save_codes": {"path": "c.json", **CODED},
    "save_table": {"table": R, "path": "r.csv"},
    "score_distribution": {"reviews": R, "convention": "even steps", "by": "film", "most": 8},
    "scores_and_praise": CODED,
    "settle": {**CODED, "opinions": TWO, "path": "s.csv", "coder": "settled", "who": "me"},
    "split_sentences": {"reviews": R},
    "talked_and_judged": {"mentions": M, **CODED},
    "theme_frequency": {"mentions": M, "reviews": R, "themes": T, **COUNTED},
    "themes_together": {"mentions": M, "sentences": S, "themes": T},
    "try_a_review": {"text": "It glows."},
    "walk": {"chart": st.chart_makeup(st.makeup(S, C, R))},
}
SLOW = [("try_a_review", str), ("find_opinions", int)]  # they work, with the tagger


def refused(call, *arguments, **named):
    """Return what a call is refused with, or None; what is raised has to be a StarlightError of one printable line."""
    said = None
    try:
        call(*arguments, **named)
    except st.StarlightError as error:
        said = str(error)
    assert said is None or (said.isprintable() and 10 < len(said) < 2_100)
    return said


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path, monkeypatch):
    """Stand in an empty folder, with the two files that are read."""
    monkeypatch.chdir(tmp_path)
    st.save_table(C, "o.csv")
    st.save_table(T, "t.csv")


@pytest.mark.filterwarnings("ignore:Motifs are looked for in 10")
@pytest.mark.parametrize("name", USUAL)
def test_nonsense_is_refused_in_words(name):
    """Each argument in turn is each of the values, and nothing but a StarlightError is raised."""
    function = getattr(st, name)
    assert set(USUAL[name]) == set(inspect.signature(function).parameters)
    for argument in USUAL[name]:
        for value in NONSENSE:
            if not any(name == slow and isinstance(value, kind) for slow, kind in SLOW):
                refused(function, **USUAL[name] | {argument: value})


def test_every_function_is_tried():
    """A new public function belongs into the list above."""
    functions = {name for name in st.__all__ if inspect.isfunction(getattr(st, name))}
    assert functions - set(USUAL) == {"read_conventions", "setup_notebook"}  # they take nothing


@pytest.mark.parametrize("argument", ["folder", "notebooks"])
def test_export_refuses_what_is_no_path(argument, tmp_path):
    """The site too."""
    for value in NONSENSE[1:]:
        assert refused(export_site, **{"folder": tmp_path / "site", "notebooks": tmp_path, argument: value})


def test_methods_of_the_widgets_refuse_nonsense():
    """Numbers, themes, polarities and places of an opinion, and actions."""
    reader, explorer = st.close_reading(R, C, path="c.csv", themes=T), st.explore(R, C, themes=T)
    for value in NONSENSE[1:]:
        if value is not NONSENSE[1]:  # there is an opinion 3
            assert refused(reader.remove, value)
        assert refused(reader.change, 0, theme=value)
        assert refused(reader.change, 0, polarity=value)
        assert refused(reader.mark, 0, 6, theme="music", polarity=value)
        assert refused(reader.mark, 0, 6, theme=value, polarity="praise")
        assert refused(reader.mark, value, -1, theme="music", polarity="praise")
        assert refused(explorer.act, do=value)
        assert refused(explorer.act, do="click", at=value)
        assert refused(explorer.act, do="toggle", filter=value, value=value)
        assert refused(explorer.act, do="set", filter="coder", value=value)
    for value in (None, "x", float("nan"), b"x", []):
        assert refused(explorer.act, do="set", filter="least_confidence", value=value)
    settler = st.settle(R, TWO, path="c.csv", themes=T)
    key = settler.view["choices"][0]["key"]
    for value in NONSENSE:
        assert refused(settler.go, value)
        assert refused(settler.take, value)
        for opinions in (value, [value], [[value, *key[1:]]], [[*key[:2], value, "praise"]], [[*key[:3], value]]):
            assert (isinstance(opinions, (list, dict, str)) and not opinions) or refused(settler.edit, opinions)
    assert not Path("c.csv").exists()


def test_a_path_that_may_not_be_looked_at_is_refused(monkeypatch):
    """A folder that the user may not enter: the message says so."""

    def locked(*_, **__):
        raise PermissionError(13, "Permission denied", "mine.csv")

    monkeypatch.setattr(Path, "stat", locked)
    with pytest.raises(ReadError, match=r"source is 'mine.csv', which is not a path: Permission denied\. Give"):
        check_path("mine.csv", "source", "'yours.csv'")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every name of a file is text")
def test_a_name_that_is_not_utf_8_is_read_and_shown(tmp_path):
    """A file may have any name; a message writes its bytes and its signs of control as Python does."""
    path = tmp_path / os.fsdecode(b"\xff\n\x1b[31m.csv")
    path.write_text("text\nIt glows.\n")
    assert len(st.load_reviews(path)) == 1
    path.write_text("")
    assert refused(st.load_reviews, path).startswith(r"\udcff\n\x1b[31m.csv is empty.")
    assert r"\udcff" in refused(st.save_table, R, tmp_path / os.fsdecode(b"\xff") / "r.csv")


@pytest.mark.parametrize("column", ["text", "score", "id", "critic", "other"])
def test_an_integer_without_end_is_refused(column):
    """Python writes no integer of 5,000 digits, and so no cell can hold one."""
    frame = pd.DataFrame({"text": ["It glows."]}).assign(**{column: pd.Series([10**5000], dtype="object")})
    assert refused(st.load_reviews, frame).startswith(f"the DataFrame, row 1, column {column!r}: an integer of")


def test_a_long_integer_in_a_file_is_text(tmp_path):
    """In a csv it is a score that cannot be read, in JSON no JSON."""
    path = tmp_path / "mine.csv"
    path.write_text(f"text,score\nIt glows.,{'9' * 5000}\n")
    assert st.load_reviews(path)["score_status"].tolist() == ["unreadable"]
    path = tmp_path / "mine.json"
    path.write_text(f'[{{"text": "It glows.", "score": {"9" * 5000}}}]')
    assert refused(st.load_reviews, path).startswith("mine.json cannot be read: ")


def test_messages_are_lines():
    """A line's end, ESC and half characters are written out, a long message loses its middle, a long value its end."""
    assert printable("a\n\x1b\udcff “é” 위") == r"a\n\x1b\udcff “é” 위"
    assert len(printable("x" * 10_000 + "Remedy.")) < 2_100
    assert printable("x" * 10_000 + "Remedy.").endswith("Remedy.")
    assert (shown("x" * 200), shown(10**5000)) == (f"'{'x' * 99}…", "a value of type int")


CODE = {"cell_type": "code", "execution_count": 1, "metadata": {}, "id": "a", "source": "1", "outputs": []}


@pytest.mark.parametrize(
    "cell",
    [
        {"outputs": None},
        {"outputs": [{}]},
        {"source": None},
        {"source": 3},
        {"cell_type": "x"},
        {"outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/plain": 3}}]},
        {"outputs": [{"output_type": "error", "ename": "x", "evalue": "y", "traceback": None}]},
        "[]",
        "",
        '"x"',
        "\ufeff{}",
        '{"cells": [], "metadata": {}, "nbformat": 99, "nbformat_minor": 5}',
    ],
    ids=str,
)
def test_a_damaged_notebook_is_refused_by_name(cell, tmp_path):
    """Not JSON, not a notebook, another version, or a cell without what cells have."""
    whole = {"cells": [CODE | cell] if isinstance(cell, dict) else [], "metadata": {}, "nbformat": 4}
    text = json.dumps(whole | {"nbformat_minor": 5}) if isinstance(cell, dict) else cell
    (tmp_path / "mine.ipynb").write_text(text, "utf-8")
    said = refused(export_site, tmp_path / "site", notebooks=tmp_path)
    assert said.startswith("mine.ipynb cannot be read as a notebook: ")
    assert not (tmp_path / "site").exists()


def test_a_folder_called_like_a_notebook_is_refused(tmp_path):
    """So is a name that no page can have."""
    (tmp_path / "mine.ipynb").mkdir()
    assert "mine.ipynb cannot be read" in refused(export_site, tmp_path / "site", notebooks=tmp_path)
    (tmp_path / "a\n.ipynb").mkdir()
    assert r"'a\n.ipynb' has characters" in refused(export_site, tmp_path / "site", notebooks=tmp_path)


def test_a_widget_shows_nothing_that_xml_forbids():
    """U+FFFD stands there instead, one for each, so that all else keeps its place; ids, which are keys, stay."""
    odd = R.assign(name=R["name"] + "\x0b", text=R["text"].str.replace(" ", "\x0b", regex=False), score_raw="B\x1b")
    odd = odd.assign(score_status="unreadable", score=float("nan"))
    coded = C.assign(quote=C["quote"].str.replace(" ", "\x0b", regex=False))
    themes = T.assign(label=T["label"] + "\uffff")
    reader, explorer = st.close_reading(odd, coded, path="c.csv", themes=themes), st.explore(odd, coded, themes=themes)
    sent = json.dumps([reader.view, reader.themes, reader.menu, explorer.view, explorer.options])
    assert not any(sign in sent for sign in ("\\u000b", "\\u001b", "\\uffff"))
    assert "Lovely\\ufffdmusic" in sent
    assert explorer.quotes["quote"].tolist() == coded["quote"].tolist()


@pytest.mark.parametrize("sign", [";", "\t"])
def test_corrections_that_a_spreadsheet_saved_otherwise_are_told_from_others(sign):
    """The message says what to do with a file whose cells are not separated by commas."""
    reader = st.close_reading(R, C, path="c.csv", themes=T)
    reader.remove(0)
    Path("c.csv").write_text(Path("c.csv").read_text().replace(",", sign))
    said = refused(st.read_opinions, "o.csv", reviews=R, themes=T, corrections="c.csv")
    assert said.endswith("if a spreadsheet saved it with semicolons or tabs, save it as a csv with commas.")


def test_a_correction_with_a_number_that_no_review_has_is_left_out():
    """A sentence of 2**70 is no sentence: the line is named, and all others count."""
    st.close_reading(R, C, path="c.csv", themes=T).mark(0, 6, theme="overall", polarity="praise")
    whole = Path("c.csv").read_text()
    Path("c.csv").write_text(whole + whole.splitlines()[1].replace("ann,0,", f"ann,{2**70},") + "\n")
    with pytest.warns(UserWarning, match="line 3: not a complete correction; it is left out"):
        assert len(st.read_opinions("o.csv", reviews=R, themes=T, corrections="c.csv")) == len(C) + 1
