"""A folder of texts and pages is read file by file, and nothing in it is passed over in silence."""

import json
import os

import pytest

from starlight import load_report, load_reviews
from starlight.errors import ReadError
from starlight.loading import open_source

PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>Dune | The Paper</title>
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2021-10-22T08:00:00Z">
<meta property="og:site_name" content="The Paper"><script>alert("not text")</script></head>
<body><nav><a href="/">Home</a> <a href="/film">Film</a></nav><article><h1>Dune review: sand</h1>
<p>It glows &amp; moves. The café scene soars, and the end is more than I had hoped for, given deserts.</p>
<p>But the plot is a bore, and the dialogue is flat and dull from start to end, <em>alas</em>.</p>
</article><footer>Copyright. <a href="x">Privacy</a></footer></body></html>"""
TEXT = (
    "Dune review: sand\n\n"
    "It glows & moves. The café scene soars, and the end is more than I had hoped for, given deserts.\n\n"
    "But the plot is a bore, and the dialogue is flat and dull from start to end, alas."
)


def refusal(folder):
    """Return the words with which a folder is refused."""
    with pytest.raises(ReadError) as caught:
        open_source(folder).whole()
    return str(caught.value)


@pytest.fixture
def folder(tmp_path):
    """A folder of two texts."""
    (tmp_path / "b.txt").write_bytes(b"Fine.\r\n")
    (tmp_path / "a.MD").write_bytes("\ufeffCafé!".encode())
    return tmp_path


def test_a_folder_gives_a_row_for_each_text(folder):
    """Each file is a row with its stem as id, in the order of their names; its number finds its name."""
    found = open_source(folder).whole()
    assert found.frame[["review_id", "text"]].to_dict("records") == [
        {"review_id": "a", "text": "Café!"},
        {"review_id": "b", "text": "Fine.\r\n"},
    ]
    assert found.frame.index.tolist() == [1, 2]
    assert found.files == {1: "a.MD", 2: "b.txt"}


@pytest.mark.parametrize("name", ["b.txt", "a.MD", "c.html"])
def test_one_file_of_text_is_one_review(folder, name):
    """A text, or a page, can be given by itself."""
    (folder / "c.html").write_text(PAGE)
    assert load_reviews(folder / name)["review_id"].tolist() == [name[0]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_each_file_has_an_encoding_of_its_own(folder, codec):
    """Files are read as each is encoded, and the notes count the encodings."""
    (folder / "c.txt").write_bytes("It’s café".encode(codec))
    assert load_reviews(folder)["text"].tolist()[-1] == "It’s café"
    notes = load_report(load_reviews(folder))
    assert notes["reason"].str.startswith("the encoding of ").all()


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "shift_jis"])
def test_a_page_gives_its_readable_text_and_what_its_markup_states(folder, charset):
    """Menus, scripts and footers are not the review; author, date and site are read where the markup has them."""
    page = PAGE.replace("café", "カフェ、") if charset == "shift_jis" else PAGE
    (folder / "c.html").write_bytes(page.format(charset=charset).encode(charset))
    review = load_reviews(folder).iloc[-1]
    assert review["text"] == (TEXT.replace("café", "カフェ、") if charset == "shift_jis" else TEXT)
    assert review[["critic", "outlet"]].tolist() == ["Ann Lee", "The Paper"]
    assert str(review["published"].date()) == "2021-10-22"


def test_the_title_in_markup_names_the_film(folder):
    """Where the readable text has lost the headline, the film is read from the title that the markup states."""
    (folder / "c.html").write_text(PAGE.replace("<h1>Dune review: sand</h1>", "<h1>‘Dune’ review: sand</h1>"))
    assert load_reviews(folder)["film"].tolist()[-1] == "Dune"


REVIEW = {
    "@type": "Review",
    "headline": "Sand &amp; sorrow",
    "author": [{"@type": "Person", "name": "Bo Kim"}],
    "datePublished": "2021-10-21T09:00:00Z",
    "itemReviewed": {"@type": "Movie", "name": "Dune: Part One"},
    "reviewRating": {"ratingValue": 3, "bestRating": "4"},
}


TWO = [REVIEW, REVIEW | {"author": "Cy"}]


@pytest.mark.parametrize(
    ("linked", "expected"),
    [
        ({"@graph": [{"@type": "WebPage"}, REVIEW]}, ["Sand & sorrow", "Bo Kim", "2021-10-21", "Dune: Part One", 75]),
        (TWO, ["Dune review: sand", "Ann Lee", "2021-10-22", "Dune: Part One", None]),
        ({"itemReviewed": None, "reviewRating": 3}, ["Dune review: sand", "Ann Lee", "2021-10-22", "Dune", None]),
    ],
    ids=["one", "two", "empty"],
)
def test_what_json_ld_states_of_one_review_is_taken(folder, linked, expected):
    """What the terms of schema.org state of a page's one review comes before all else; several say what all are of."""
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    (folder / "c.html").write_text(PAGE.replace("</head>", f"{script}<script type='application/ld+json'>{{</script>"))
    review = load_reviews(folder).iloc[-1].astype("object").where(lambda cells: cells.notna(), None)
    assert review[["title", "critic", "film", "score"]].tolist() == [*expected[:2], *expected[3:]]
    assert str(review["published"].date()) == expected[2]
    kept = load_report(load_reviews(folder)).query("action == 'kept'")["reason"].tolist()
    assert kept == ["the page has 2 reviews and was loaded as one: save each as a page of its own"] * (linked == TWO)


@pytest.mark.parametrize(
    ("rating", "score"),
    [
        ({"ratingValue": "B+"}, 83),
        ({"ratingValue": "3/4", "bestRating": 4}, 75),
        ([{"ratingValue": "4,5", "worstRating": "0.5"}], 90),
        ({"ratingValue": 0, "bestRating": 5, "worstRating": 0}, 0),
        ({"ratingValue": 0, "bestRating": 5, "worstRating": 1}, None),
        ({"ratingValue": 1, "bestRating": 1, "worstRating": 5}, None),
        ({"ratingValue": "", "bestRating": "5"}, None),
    ],
    ids=["letter", "fraction", "list", "worst", "not given", "1 is best", "empty"],
)
def test_a_rating_in_markup_is_a_score_or_none(folder, rating, score):
    """A 0 below the worst rating is what a form has where no stars were given."""
    stated = json.dumps(REVIEW | {"reviewRating": rating})
    script = f'<script type="application/ld+json">{stated}</script>'
    (folder / "c.html").write_text(PAGE.replace("</head>", f"{script}</head>"))
    review = load_reviews(folder).iloc[-1]
    assert (None if review["score_status"] == "none" else review["score"]) == score


def test_a_headline_behind_the_word_review_in_the_title_is_the_film(folder):
    """What follows it there is the site, also where no other markup names that."""
    head = "<title>Review: A Quiet Place – The Paper</title>"
    body = "".join(f"<p>{one}</p>" for one in TEXT.split("\n\n")[1:])
    (folder / "c.html").write_text(f"<html><head>{head}</head><body><h1>A Quiet Place</h1>{body}</body></html>")
    assert load_reviews(folder)["film"].tolist()[-1] == "A Quiet Place"


def test_the_name_of_a_site_is_no_title(folder):
    """A title in the markup that is the outlet's name gives way to the headline in the text."""
    page = PAGE.replace("<title>Dune | The Paper</title>", '<meta property="og:title" content="The Paper">')
    (folder / "c.html").write_text(page)
    assert load_reviews(folder)["title"].tolist()[-1] == "Dune review: sand"


@pytest.mark.parametrize("charset", ["nonsense", "hex", "utf-16"])
def test_a_page_that_names_no_encoding_it_could_have_is_read_as_a_text_is(folder, charset):
    """What Python knows no encoding by, or none of text, and what would show in every byte, is no page's encoding."""
    (folder / "c.html").write_bytes(PAGE.format(charset=charset).encode("cp1252"))
    assert load_reviews(folder)["text"].tolist()[-1] == TEXT


@pytest.mark.parametrize(
    "page", ["<p>It glows &amp; moves.</p>", "It glows &amp; moves.", "<b>It glows</b> &amp; moves."]
)
def test_a_paragraph_alone_is_a_page(folder, page):
    """A page that is one paragraph, without head and body, is read. One that a script would fill has no text."""
    (folder / "c.html").write_text(page)
    assert load_reviews(folder)["text"].tolist()[-1] == "It glows & moves."
    (folder / "c.html").write_text("<html><head><title>Dune</title></head><body><script>show()</script></body></html>")
    with pytest.warns(UserWarning, match="1 of 3"):
        assert len(load_reviews(folder)) == 2


def test_a_text_that_quotes_markup_is_no_page(folder):
    """What a text says of encodings is part of it, not its own."""
    (folder / "c.txt").write_bytes('<meta charset="shift_jis"> is no café'.encode("cp1252"))
    assert load_reviews(folder)["text"].tolist()[-1] == '<meta charset="shift_jis"> is no café'


def test_texts_beside_pages_keep_what_they_state(folder):
    """What pages state in markup takes nothing from texts, which state it in words."""
    (folder / "c.html").write_text(PAGE)
    (folder / "d.txt").write_text("A Small Gem\nBy Bob Ray\n\nIt glows. See it.")
    assert load_reviews(folder)["critic"].tolist()[-2:] == ["Ann Lee", "Bob Ray"]


@pytest.mark.parametrize("page", ["<p>Short. But good.</p>", "Short. But good.", "<html><body><p>Short. But good."])
def test_a_page_may_be_short_or_broken(folder, page):
    """Markup that is not closed, or none at all, is read as far as there is text."""
    (folder / "c.html").write_text(f"<html><body>{page}")
    assert load_reviews(folder)["text"].tolist()[-1] == "Short. But good."


def test_a_page_without_text_is_left_out(folder):
    """A page of nothing but scripts is refused by its name."""
    (folder / "c.html").write_text("<html><script>let a = 1</script></html>")
    with pytest.warns(UserWarning, match="1 of 3 rows"):
        report = load_report(load_reviews(folder))
    assert report.iloc[-1][["source", "row", "reason"]].tolist() == ["c.html", 3, "there is no text"]


def test_what_is_passed_over_is_told(folder):
    """Other files, folders and links out of the folder are named; hidden files are not; nothing of them is read."""
    (folder / "notes.pdf").write_text("No review.")
    (folder / "more.txt").mkdir()
    (folder / ".hidden.txt").write_text("No review.")
    if hasattr(os, "symlink"):
        (folder / "out.txt").symlink_to("/etc/hostname")
        (folder / "in.txt").symlink_to(folder / "b.txt")
        (folder / "gone.txt").symlink_to(folder / "none.txt")
    found = open_source(folder).whole()
    assert found.frame["review_id"].tolist() == ["a", "b", "in"]
    told = {problem.value: problem.reason for problem in found.problems if "passed over" in problem.reason}
    assert told == {
        "gone.txt": "passed over: not a text (.txt, .md, .html, .htm)",
        "more.txt": "passed over: a folder; load it by itself",
        "notes.pdf": "passed over: not a text (.txt, .md, .html, .htm)",
        "out.txt": "passed over: a link that leads out of the folder",
    }


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_links_that_lead_to_each_other_are_passed_over(folder):
    """A loop of links leads to no file, and stops nothing."""
    (folder / "one.txt").symlink_to(folder / "two.txt")
    (folder / "two.txt").symlink_to(folder / "one.txt")
    found = open_source(folder).whole()
    assert found.frame["review_id"].tolist() == ["a", "b"]
    assert {"one.txt", "two.txt"} < {problem.value for problem in found.problems}


def test_a_file_that_is_no_text_is_left_out(folder):
    """A picture called .txt is refused by its name; the others load."""
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    with pytest.warns(UserWarning, match="1 of 3 rows"):
        reviews = load_reviews(folder)
    assert reviews["review_id"].tolist() == ["a", "b"]
    last = load_report(reviews).iloc[-1]
    assert last[["source", "row", "action"]].tolist() == ["c.txt", 3, "refused"]
    assert "is not text" in last["reason"]


@pytest.mark.parametrize("name", ["mine", "x.csv"])
def test_a_folder_without_a_text_is_refused(tmp_path, name):
    """It is never a table of no reviews, whatever it is called; the message says what there is instead."""
    folder = tmp_path / name
    folder.mkdir()
    with pytest.raises(ReadError, match=rf"^The folder '{name}' holds no reviews\. Put one text in it for each"):
        load_reviews(folder)
    (folder / "notes.pdf").write_text("No review.")
    assert refusal(folder).startswith(f"The folder '{name}' holds no reviews (there is 'notes.pdf'). ")


def test_two_files_with_one_stem_are_refused(folder):
    """The ids would be the same: the message says which."""
    (folder / "b.html").write_text("Fine too.")
    assert refusal(folder) == f"The folder {folder.name!r} holds two files named 'b'. Rename one of them."
