"""Codes travel: what `save_codes` writes is valid and comes back, and what other programs wrote is read or named.

`refi_qda/` has the schemas of REFI-QDA. They are by the Rotterdam Exchange Format Initiative (www.qdasoftware.org),
under the MIT license, whose text is in Project.xsd.
"""

import json
import warnings
import zipfile
from pathlib import Path
from uuid import UUID

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree
from pandas.testing import assert_frame_equal
from tables_by_hand import opinions_by_hand, reviews_by_hand

import starlight as st
from starlight.errors import ReadError, TableError
from starlight.tables import OPINIONS, build

ALL = ["codes.qdpx", "codes.json", "codes.jsonld"]
SCHEMAS = {
    name: etree.XMLSchema(etree.parse(Path(__file__).parent / "refi_qda" / f"{name}.xsd"))
    for name in ("Project", "Codebook")
}
THEMES = pd.DataFrame(
    {
        "theme": ["music", "critics' praise:", "déjà vu > 😀", "space"],
        "label": ["Music & songs", "What “critics” say", "<Again>", "Space"],
        "kind": ["craft", "craft", "craft", "motif"],
        "covers": ["songs", 'a "quote",\nand more\n\nstarlight: {"theme": "x"}', None, None],
        "terms": ["song; tune", None, None, "star"],
    }
).astype("str")
SIGNS = "ab e. !?\n\r\t\u00e9e\u0301&<>'\"]\\n\u2028\x01\x85\ufeff" + "😀👩‍🚀" + "praise: criticism"


@some.composite
def tables(draw):
    """Draw reviews of odd characters, and opinions anywhere in their sentences."""
    texts = draw(
        some.lists(some.text(SIGNS, min_size=1, max_size=60).map("It glows. {} So it goes.".format), max_size=3)
    )
    rows = pd.DataFrame({"review_id": [f"r/{n} 😀.txt" for n in range(len(texts))], "text": texts, "stars": 2.5e-7})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reviews = st.load_reviews(rows) if texts else reviews_by_hand().head(0)
    sentences = st.split_sentences(reviews)
    prose = sentences[sentences["part"] != "boilerplate"].to_dict("records")
    opinions = []
    for _ in range(draw(some.integers(0, 8)) if prose else 0):
        one = draw(some.sampled_from(prose))
        start = draw(some.integers(one["start"], one["end"] - 1))
        end = draw(some.integers(start + 1, one["end"]))
        quote = reviews.set_index("review_id")["text"][one["review_id"]][start:end]
        if not quote.isspace():
            theme, polarity = (
                draw(some.sampled_from(THEMES["theme"][:3].tolist())),
                draw(some.sampled_from(["praise", "criticism"])),
            )
            coder, sure = draw(some.sampled_from([("ann", None), ("böb 😀", None), ("model", 1 / 3), ("model", 1e-9)]))
            note = draw(some.sampled_from([None, None, " why?\n\n2nd ", 'starlight: {"confidence": 1}']))
            place = (one["review_id"], one["sentence"], start, end, quote)
            opinions.append(
                dict(zip([*OPINIONS.names, "note"], (*place, theme, polarity, coder, sure, note), strict=True))
            )
    table = pd.DataFrame(opinions, columns=[*OPINIONS.names, "note"]).drop_duplicates(list(OPINIONS.key))
    table = build(OPINIONS, table).astype({"note": "str"})
    return reviews, table if table["note"].notna().any() else table.drop(columns="note")


def in_order(opinions, reviews):
    """Return opinions in the order in which they are read."""
    places = {review_id: number for number, review_id in enumerate(reviews["review_id"])}
    ranked = opinions.assign(place=opinions["review_id"].map(places)).sort_values(["place", *OPINIONS.key[1:]])
    return ranked.drop(columns="place").reset_index(drop=True)


def xml_of(path):
    """Return the XML in a project."""
    return etree.fromstring(zipfile.ZipFile(path).read("project.qde"))


@settings(max_examples=settings().max_examples // 3)  # each reads and writes six tables
@given(tables())
def test_codings_come_back_as_they_were(tmp_path_factory, drawn):
    """Row for row, in each format, whatever the texts, themes, coders and notes are; the project is valid."""
    reviews, opinions = drawn
    folder = tmp_path_factory.mktemp("codes")
    for name in ALL:
        st.save_codes(folder / name, opinions, reviews, themes=THEMES)
        themes = None if name == "codes.qdpx" else THEMES
        codes = st.read_codes(folder / name, reviews=reviews if name == "codes.jsonld" else None, themes=themes)
        assert_frame_equal(codes.opinions, in_order(opinions, reviews))
        assert_frame_equal(codes.themes, THEMES)
        assert_frame_equal(codes.reviews, reviews, check_dtype=len(reviews) > 0)
    SCHEMAS["Project"].assertValid(xml_of(folder / "codes.qdpx"))
    assert {part.date_time for part in zipfile.ZipFile(folder / "codes.qdpx").infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ALL)
def test_the_five_come_back_and_are_the_same_bytes_each_time(tmp_path, name):
    """All three codings of the five, and their reviews with all that is known of them; nothing depends on the clock."""
    reviews, opinions = st.load_reviews(), st.read_opinions(coder=None)
    st.save_codes(tmp_path / name, opinions, reviews)
    once = (tmp_path / name).read_bytes()
    st.save_codes(tmp_path / name, opinions, reviews)
    assert once == (tmp_path / name).read_bytes()
    codes = st.read_codes(tmp_path / name, reviews=reviews if name == "codes.jsonld" else None)
    assert_frame_equal(codes.opinions, in_order(opinions, reviews))
    assert_frame_equal(codes.reviews, reviews)
    themes = st.read_themes()
    used = themes["theme"].isin(opinions["theme"]) | (name == "codes.qdpx")
    assert_frame_equal(codes.themes, themes[used].reset_index(drop=True))


def test_a_codebook_comes_back_and_is_valid(tmp_path):
    """With all columns, and the colours of themes; each polarity of a craft theme is a code of its own, in a colour."""
    themes = THEMES.assign(color=["#a1B2c3", None, None, None])
    st.save_codes(tmp_path / "book.qdc", themes=themes)
    root = etree.parse(tmp_path / "book.qdc")
    SCHEMAS["Codebook"].assertValid(root)
    codes = [(one.get("name"), one.get("isCodable"), one.get("color")) for one in root.iter("{*}Code")]
    assert codes[:3] == [
        ("music", "false", "#a1B2c3"),
        ("music: praise", "true", "#0072B2"),
        ("music: criticism", "true", "#D55E00"),
    ]
    assert codes[-1] == ("space", "true", None)
    codes = st.read_codes(tmp_path / "book.qdc")
    assert_frame_equal(codes.themes, themes, check_dtype=False)
    assert codes.opinions.empty
    assert codes.reviews.empty


def test_read_codes_work_in_other_functions(tmp_path):
    """They can be compared, counted, drawn and settled."""
    st.save_codes(tmp_path / "a.qdpx", opinions_by_hand("a"), reviews_by_hand())
    codes = st.read_codes(tmp_path / "a.qdpx")
    assert st.agreement(codes.opinions, opinions_by_hand("b"), st.split_sentences(codes.reviews))["alpha"].notna().any()
    st.chart_praise_and_criticism(st.praise_and_criticism(codes.opinions, codes.reviews, themes=codes.themes))
    both = pd.concat(
        [codes.opinions.replace({"polarity": {"praise": "criticism"}}), opinions_by_hand("b")], ignore_index=True
    )
    st.settle(codes.reviews, both, path=tmp_path / "settled.csv", who="me")


# A file as another program writes it: "Ünï 😀 film.", a line end, "Great songs.", a line end, "Dull plot. I left."
WORDS = ["Ünï 😀 film.", "Great songs.", "Dull plot. I left."]
CODES = """
<Code guid="{AAAAAAAA-0000-0000-0000-000000000001}" name="Music" isCodable="true">
  <Code guid="AAAAAAAA-0000-0000-0000-000000000002" name="Criticism" isCodable="true"/>
  <Code guid="AAAAAAAA-0000-0000-0000-000000000003" name="Music/Praise" isCodable="true" color="#FF0000"/>
</Code>
<Code guid="AAAAAAAA-0000-0000-0000-000000000004" name="Boredom" isCodable="true"><Description>dull</Description></Code>
<Code guid="AAAAAAAA-0000-0000-0000-000000000005" name="High praise" isCodable="true">
  <Code guid="AAAAAAAA-0000-0000-0000-000000000006" name="Of songs" isCodable="true"/>
</Code>
"""


def theirs(
    path, places, *, ends="\n", codes=(3, 4), names=True, origin="QualCoder 3.7", more="", packed=None, path_="x"
):
    """Write a project with a selection at each place: its words, its start and its end."""
    selections = ""
    for number, (words, start, end) in enumerate(places):
        selections += f"""<PlainTextSelection guid="{UUID(int=number)}" startPosition="{start}" endPosition="{end}"
            name="{words if names else ""}" creatingUser="bbbbbbbb-0000-0000-0000-000000000001">
            <Description>memo</Description><Coding guid="{UUID(int=99 + number)}">
            <CodeRef targetGUID="aaaaaaaa-0000-0000-0000-00000000000{codes[number % len(codes)]}"/></Coding>
            </PlainTextSelection>"""
    xml = f"""<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}">
        <Users><User guid="{{BBBBBBBB-0000-0000-0000-000000000001}}" name="zoë"/></Users>
        <CodeBook><Codes>{CODES}</Codes></CodeBook><Sources><TextSource guid="{UUID(int=7)}" name="review.txt"
        plainTextPath="internal://x.TXT">{selections}</TextSource>{more}</Sources></Project>"""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", "\ufeff" + xml)
        file.writestr("__MACOSX/._project.qde", "what a Mac adds")
        file.writestr("Sources/X.txt", packed or "\ufeff" + ends.join(WORDS))
    return path


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("wide", [False, True], ids=["code points", "UTF-16"])
@pytest.mark.parametrize("joined", [False, True], ids=["apart", "joined"])
def test_places_are_found_however_they_are_counted(tmp_path, ends, wide, joined):
    """With emoji, any line ends and a byte order mark: the words that the file gives tell how its program counted."""
    places, at = [], 0
    for words in WORDS:
        length = len(words) + wide * sum(sign > "\uffff" for sign in words)
        places.append((words.removesuffix(" I left."), at, at + length - 8 * words.endswith("left.")))
        at += length + (1 if joined else len(ends))
    path = theirs(tmp_path / "a.qdpx", places, ends=ends, codes=(3,))
    codes = st.read_codes(path)
    assert codes.opinions["quote"].tolist() == ["Ünï 😀 film.", "Great songs.", "Dull plot."]
    assert set(codes.opinions[["theme", "polarity", "coder", "note"]].itertuples(index=False, name=None)) == {
        ("Music", "praise", "zoë", "memo")
    }
    assert codes.reviews[["review_id", "text"]].to_numpy().tolist() == [["review.txt", "\n".join(WORDS)]]


def test_places_that_cannot_be_checked_are_said(tmp_path):
    """Without words in the file, positions are code points, and of ATLAS.ti each line end is one."""
    path = theirs(tmp_path / "a.qdpx", [("", 13, 25)], ends="\r\n", codes=(3,), names=False)
    with pytest.warns(UserWarning, match=r"in 1 texts .* it cannot be told how places are counted"):
        assert st.read_codes(path).opinions["quote"].tolist() == ["Great songs."]
    path = theirs(tmp_path / "b.qdpx", [("", 12, 24)], ends="\r\n", codes=(3,), names=False, origin="ATLAS.ti 23")
    with pytest.warns(UserWarning, match="cannot be told"):
        assert st.read_codes(path).opinions["quote"].tolist() == ["Great songs."]
    path = theirs(tmp_path / "c.qdpx", [("", 10, 22)], names=False, codes=(3,), packed="Ünï film.\nGreat songs.")
    assert st.read_codes(path).opinions["quote"].tolist() == ["Great songs."]  # all programs count it alike


def test_a_coding_over_several_sentences_is_an_opinion_in_each(tmp_path):
    """Each without the blanks at its ends."""
    text = "\n".join(WORDS)
    path = theirs(tmp_path / "a.qdpx", [(text[4:], 4, len(text))], codes=(2,))
    opinions = st.read_codes(path, themes=st.read_themes()).opinions
    assert opinions["quote"].tolist() == ["😀 film.", "Great songs.", "Dull plot.", "I left."]
    assert opinions[["theme", "polarity"]].drop_duplicates().to_numpy().tolist() == [["music", "criticism"]]


def test_codes_without_a_polarity_are_named_and_can_be_told(tmp_path):
    """They are no opinions until `codes` says what they are; in the list of themes they stand."""
    path = theirs(
        tmp_path / "a.qdpx", [("Great songs.", 12, 24), ("Dull plot.", 25, 35), ("I left.", 36, 43)], codes=(3, 4, 5)
    )
    said = r"a.qdpx: 2 codings have a code without .* and are no opinions: 'Boredom' 1, 'High praise' 1. read_codes"
    with pytest.warns(UserWarning, match=said):
        codes = st.read_codes(path)
    assert codes.opinions["quote"].tolist() == ["Great songs."]
    assert codes.themes["theme"].tolist() == ["Music", "Boredom", "High praise", "Of songs"]
    assert codes.themes["covers"].tolist()[1] == "dull"
    codes = st.read_codes(path, codes={"Boredom": ("story", "criticism"), "High praise": ("overall", "praise")})
    assert codes.opinions["theme"].tolist() == ["Music", "story", "overall"]
    assert codes.themes["theme"].tolist()[-2:] == ["story", "overall"]
    for wrong, said in (
        ({"Boredon": ("story", "praise")}, "codes is 'Boredon'. Did you mean 'Boredom'"),
        ({"Boredom": "story"}, "Give a theme and a polarity: \\('music', 'praise'\\)"),
        ({"Boredom": ("story", "bad")}, "codes\\['Boredom'\\] is 'bad'. Allowed: 'praise', 'criticism'"),
    ):
        with pytest.raises(TableError, match=said):
            st.read_codes(path, codes=wrong)


def test_what_is_no_code_on_a_text_is_named(tmp_path):
    """Pictures, cases, codes on whole texts, texts outside the file: one warning counts them."""
    more = f"""<PictureSource guid="{UUID(int=8)}" path="internal://p.png"/>
        <TextSource guid="{UUID(int=9)}" plainTextPath="absolute:///etc/passwd"/>
        <TextSource guid="{UUID(int=10)}" plainTextPath="internal://../../../etc/passwd"/>
        <PDFSource guid="{UUID(int=11)}" name="a.pdf"><PDFSelection guid="{UUID(int=12)}" page="1" firstX="1" firstY="1"
        secondX="2" secondY="2"/><Representation guid="{UUID(int=13)}"><PlainTextContent>A dull song.</PlainTextContent>
        <PlainTextSelection guid="{UUID(int=14)}" startPosition="2" endPosition="11"/><Coding guid="{UUID(int=15)}">
        <CodeRef targetGUID="{UUID(int=15)}"/></Coding></Representation></PDFSource>"""
    path = theirs(tmp_path / "a.qdpx", [("Great songs.", 12, 24), ("out", 900, 905)], codes=(3,), more=more)
    with pytest.warns(UserWarning, match="left out") as warned:
        codes = st.read_codes(path)
    assert str(warned[0].message).removeprefix("a.qdpx: left out, since no table has a place for it: ") == (
        "PictureSource 1, PDFSelection 1, code on a whole text 1, selection without a code 1, source without a text in "
        "the file 2, coding whose words are not in its text 1."
    )
    assert codes.reviews["review_id"].tolist() == ["review.txt", "a.pdf"]


def test_a_coding_that_no_table_would_count_is_named(tmp_path):
    """One that repeats another of its coder, and one on boilerplate."""
    places = [("", 0, 6), ("", 0, 6), ("", 15, 20)]
    path = theirs(tmp_path / "a.qdpx", places, codes=(3,), packed="Lovely music.\n\nShare this:")
    with pytest.warns(UserWarning, match=r": coding that another repeats 1, coding on what is no prose 1\."):
        assert st.read_codes(path).opinions["quote"].tolist() == ["Lovely"]


def task(text, *regions, **more):
    """Return a task of Label Studio as it exports one: annotated by its first user."""
    result = [
        {
            "id": "x",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": dict(zip(KEYS, one, strict=True)),
        }
        for one in regions
    ]
    return {"id": 5, "data": {"text": text}, "annotations": [{"id": 1, "completed_by": 1, "result": result}]} | more


KEYS = ("start", "end", "text", "labels")


def test_label_studios_own_exports_are_read(tmp_path):
    """Of now, in code points, and of before 2021, in UTF-16; whatever is no label on a text is named.

    The themes are those of the labels; what is a motif in films may be judged elsewhere.
    """
    text = "Ünï 😀 film.\nGreat songs. Dull plot."
    label, home = ["Music - Praise"], (25, 35, "Dull plot.", ["Home: criticism"])
    (tmp_path / "new.json").write_text(json.dumps([task(text, (12, 24, "Great songs.", label), home)]))
    codes = st.read_codes(tmp_path / "new.json")
    row = codes.opinions.iloc[0]
    assert (row["quote"], row["theme"], row["coder"]) == ("Great songs.", "music", "annotator 1")
    assert codes.themes[["theme", "kind"]].to_numpy().tolist() == [["music", "craft"], ["Home", "craft"]]
    old = task(text, (4, 26, r"😀 film.\nGreat songs.", label), completed_by=None)
    old["annotations"][0]["result"] += [{"type": "choices", "value": {"choices": ["good"]}}]
    (tmp_path / "old.json").write_text(json.dumps([old]))
    with pytest.warns(UserWarning, match=r"left out.*: choices in an annotation 1\."):
        assert st.read_codes(tmp_path / "old.json").opinions["quote"].tolist() == ["😀 film.", "Great songs."]


def test_web_annotations_of_others_are_read(tmp_path):
    """By their quotes, where positions are wrong; the texts must be passed."""
    one = {
        "type": "Annotation",
        "creator": "https://example.org/zoë",
        "body": [{"purpose": "tagging", "value": "music praise"}, {"type": "TextualBody", "value": "so true"}],
        "target": {
            "source": "https://example.org/reviews/ann.txt",
            "selector": {"type": "TextQuoteSelector", "exact": "Lovely music", "suffix": ". Dull"},
        },
    }
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": [one, one | {"body": "x"}],
    }
    (tmp_path / "a.jsonld").write_text(json.dumps({"type": "AnnotationCollection", "first": page}))
    with pytest.raises(ReadError, match="does not hold the texts"):
        st.read_codes(tmp_path / "a.jsonld")
    with pytest.warns(UserWarning, match="annotation without a tag 1"):
        opinions = st.read_codes(tmp_path / "a.jsonld", reviews=reviews_by_hand()).opinions
    assert opinions[["review_id", "start", "theme", "coder", "note"]].to_numpy().tolist() == [
        ["ann", 0, "music", "https://example.org/zoë", "so true"]
    ]


def test_web_annotations_find_their_review_by_its_id(tmp_path):
    """Also where another review's id reads like the address of this one."""
    reviews = st.load_reviews(pd.DataFrame({"review_id": ["1", "reviews/1"], "text": ["Lovely music.", "Dull music."]}))
    quotes = {"1": "Lovely", "reviews/1": "Dull"}
    rows = [(one, 0, 0, len(quote), quote, "music", "praise", "ann", None) for one, quote in quotes.items()]
    st.save_codes(tmp_path / "a.jsonld", build(OPINIONS, pd.DataFrame(rows, columns=OPINIONS.names)), reviews)
    found = st.read_codes(tmp_path / "a.jsonld", reviews=reviews).opinions
    assert dict(zip(found["review_id"], found["quote"], strict=True)) == quotes


def test_codings_are_found_in_other_versions_of_a_text(tmp_path):
    """By the words and what is around them; what is not there any more is named."""
    st.save_codes(tmp_path / "a.json", opinions_by_hand("a"), reviews_by_hand())
    reviews = reviews_by_hand()
    reviews.loc[0, "text"] = "Dull? Far from it, I would say. Lovely music. Dull plot, indeed."
    with pytest.warns(UserWarning, match="of a text that is none of the reviews 3"):
        codes = st.read_codes(tmp_path / "a.json", reviews=reviews[:1])
    assert codes.opinions[["quote", "start"]].to_numpy().tolist() == [
        ["Lovely", 32],
        ["Lovely music", 32],
        ["Dull", 46],
        ["Dull plot", 46],
    ]


CODE = (
    '<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes><Code guid="a" name="music praise"/></Codes></CodeBook>'
)
TEXT = '<Sources><TextSource guid="t" name="a"><PlainTextContent>It glows.</PlainTextContent>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = [
    ("a.csv", "x", "no file of codes that Starlight can read"),
    ("a.qdpx", "x", "a.qdpx is no whole project of REFI-QDA: File is not a zip file"),
    ("a.qdpx", {"a.txt": "x"}, "holds 0 files that end in .qde"),
    ("a.qdpx", {"project.qde": "<Project"}, "a.qdpx is not XML: .*line 1"),
    ("a.qdpx", {"project.qde": "<CodeBook/>"}, "holds a CodeBook, not a Project"),
    ("a.qdpx", {"p.qde": " " * (101 << 20)}, "a.qdpx holds more than 100 MB of codes and texts"),
    (
        "a.qdpx",
        {"p.qde": f'{CODE}{TEXT}<PlainTextSelection guid="s" startPosition="x"/></TextSource></Sources></Project>'},
        "selection s in 'a' is no number: .*'x'",
    ),
    (
        "a.qdc",
        f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><CodeBook><Codes><Code name="&a9;"/></Codes></CodeBook>',
        "amplif",
    ),
    (
        "a.qdc",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;</CodeBook>',
        "declares a document type",
    ),
    ("a.qdc", "<a>" * 10_000, "Excessive depth"),
    ("a.json", "[" * 100_000, "a.json is not JSON: maximum recursion"),
    ("a.json", '[{"data": {"text": "half \\ud83d"}}]', "surrogates not allowed"),
    ("a.json", '[{"data": {"text": "a"}}, {"text": "a", "label": []}]', "a.json, task 2 has no data.*not as JSON-MIN"),
    (
        "a.json",
        '[{"data": {"text": "It glows."}, "annotations": [3]}]',
        "a.json, task 1: 3 stands where an object should",
    ),
    (
        "a.jsonld",
        '{"type": "AnnotationCollection", "first": "http://a"}',
        "first page: 'http://a' stands where an object",
    ),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED, ids=[f"{one[0]}: {one[2][:30]}" for one in REFUSED])
def test_damaged_files_and_traps_are_refused(tmp_path, name, content, said):
    """With the file, the place and what to do, and without opening any other file."""
    if isinstance(content, str):
        (tmp_path / name).write_text(content)
    else:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            for part, text in content.items():
                file.writestr(part, text)
    with pytest.raises(ReadError, match=said):
        st.read_codes(tmp_path / name)


def test_what_a_format_cannot_hold_is_not_saved(tmp_path):
    """No sign of control in a name in XML, no half of a character anywhere; and tables must belong together."""
    reviews, opinions = reviews_by_hand(), opinions_by_hand()
    for wrong, said in (
        ((opinions.assign(coder="a\x01"), reviews), r"'a\\x01' has a character that XML cannot hold. .*save as .json"),
        ((opinions, reviews.assign(mood=pd.Series(["\ud83d"] * 3, dtype="object"))), "half of a character"),
        ((opinions.assign(theme="space"), reviews), "is a motif"),
        ((opinions, reviews[:1]), "is not in reviews"),
        ((None, reviews), "Pass opinions and reviews"),
    ):
        with pytest.raises(TableError, match=said):
            st.save_codes(tmp_path / "a.qdpx", *wrong)
    with pytest.raises(TableError, match="is a codebook, without codings"):
        st.save_codes(tmp_path / "a.qdc", opinions, reviews)
    with pytest.raises(TableError, match=r"the ending of path is '.xml'. .*Allowed: '.qdpx'"):
        st.save_codes(tmp_path / "a.xml", opinions, reviews)
    assert list(tmp_path.iterdir()) == []
    with pytest.warns(UserWarning, match="The columns 'why' of opinions are not saved"):
        st.save_codes(tmp_path / "a.json", opinions.assign(why="so", coder="a\x01"), reviews)
    assert set(st.read_codes(tmp_path / "a.json").opinions["coder"]) == {"a\x01"}
