"""The exported pages: all that the notebooks show, nothing from elsewhere, and text that stays text."""

import base64
import errno
import html
import json
import os
import re
import runpy
import shutil
import sys
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote

import altair as alt
import nbformat
import nbformat.v4 as nb
import pandas as pd
import pytest
from notebooks_by_hand import HOSTILE, HOSTILE_HTML, hostile
from project import notebooks

import starlight as st
from starlight.charts import MIME
from starlight.errors import ReadError
from starlight.export import export_site

NAMES = [path.stem for path in notebooks()]
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
ACTING = {"iframe", "object", "embed", "form", "input", "button", "base", "svg", "math", "style", "template", "video"}
LIST = ".starlight-export.json"
VOID = {"meta", "link", "img", "br", "hr", "col"}


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text, but for data and style."""

    def __init__(self, path):
        super().__init__()
        self.elements, self.open, self.text, self.cells, self.charts, self.explored = [], [], "", [], [], []
        self.feed(path.read_text(encoding="utf-8"))
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        """Close the element that was opened last: every page is well formed."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Take a text, or a chart's data."""
        if self.open and self.open[-1] == "script":
            (self.charts if "figure" in self.open else self.explored).append(json.loads(data))
        if self.open and self.open[-1] not in ("script", "style", "title"):
            self.text += data
            if {"td", "th"} & {*self.open}:
                self.cells[-1] += data

    def all(self, tag, **having):
        """Return the attributes of the elements of one name, and with these attributes."""
        return [given for name, given in self.elements if name == tag and having.items() <= given.items()]


read = cache(Page)


@pytest.fixture(params=["index", "hostile", "reviews", "reviews_2", "reviews_3", "critics", "outlets_2", *NAMES])
def page(request, site):
    """Each page in turn."""
    return read(site[1] / f"{request.param}.html")


@pytest.fixture(params=NAMES)
def both(request, site):
    """Each of the project's notebooks in turn, with its page."""
    notebook = nbformat.read(site[0] / f"{request.param}.ipynb", as_version=4)
    return notebook, read(site[1] / f"{request.param}.html")


def outputs(notebook, mime):
    """Return what a notebook's outputs hold in one form."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.data[mime] for cell in code for output in cell.outputs if mime in output.get("data", {})]


def test_there_is_a_page_for_each_notebook(site):
    """The folder holds an index, one page per notebook, the reviews, files of the charts, and what all pages share."""
    names = {f"{name}.html" for name in [*NAMES, "hostile", "index", "reviews", "reviews_2", "reviews_3", "reviews_4"]}
    names |= {f"{name}.html" for name in ("critics", "critics_2", "critics_3", "outlets", "outlets_2", "outlets_3")}
    there = {path.name for path in site[1].iterdir()}
    assert {name for name in there if not re.search(r"-chart-\d+\.(svg|csv)$", name)} == names | {
        "starlight.css",
        "starlight.js",
        LIST,
    }
    assert len(NAMES) >= 4


def test_loads_nothing_from_elsewhere(page):
    """No element but a link to follow names another machine, and no page loads anything but its script and style."""
    loaded = {
        given[name]
        for tag, given in page.elements
        for name in ("src", "href", "srcset", "action", "data")
        if name in given and tag != "a"
    }
    assert {address for address in loaded if not address.startswith("data:")} <= {"starlight.css", "starlight.js"}
    for tag, given in page.elements:
        assert tag == "a" or not any("//" in (value or "") for value in given.values()), (tag, given)


def test_forbids_its_browser_to_load_from_elsewhere(page):
    """Each page carries the policy, before anything that it governs."""
    assert page.elements[3] == ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})


def test_style_loads_nothing(site):
    """The style names no address, and imports nothing."""
    assert not re.search(r"url\(|@import|//", (site[1] / "starlight.css").read_text(encoding="utf-8"))


def test_has_no_script_but_its_own(page):
    """No page has a script but the one beside it, a handler, or an element that could act; data are no script."""
    assert not ACTING & {tag for tag, _ in page.elements}
    assert all(
        given in ({"src": "starlight.js", "defer": None}, {"type": "application/json"}) for given in page.all("script")
    )
    assert not [name for _, given in page.elements for name in given if name.startswith("on")]


def test_links_lead_somewhere(page, site):
    """A link leads to a page that is there, and to a heading on it if it names one; or openly to the web."""
    for given in page.all("a"):
        name, _, anchor = given["href"].partition("#")
        if name.startswith("https://"):
            assert given["rel"] == "noreferrer"
            continue
        assert not name or (site[1] / unquote(name)).is_file()
        target = read(site[1] / unquote(name)) if anchor and name else page
        assert not anchor or [known for _, known in target.elements if known.get("id") == unquote(anchor)]


def test_notebooks_lead_to_each_other(site):
    """Each page leads to the text, the index, the page before and the page after, and none to a notebook."""
    for before, name, after in zip([None, *NAMES], NAMES, [*NAMES[1:], "hostile"], strict=False):
        page = Page(site[1] / f"{name}.html")
        links = [given["href"] for given in page.all("a")]
        assert links[:2] == ["#main", "index.html"]
        assert [given["href"] for given in page.all("a", rel="prev")] == [f"{before}.html"] * bool(before)
        assert [given["href"] for given in page.all("a", rel="next")] == [f"{after}.html"]
        assert not [link for link in links if "ipynb" in link]


def test_index_lists_each_question(site):
    """The index links each notebook by its title, in their order, with the answer that stands under the title."""
    index = (site[1] / "index.html").read_text(encoding="utf-8")
    listed = re.findall(r'<h2><a href="(\w+)\.html">(.+?)</a></h2>\n<p>(.+)', index)
    assert [name for name, _, _ in listed] == [*NAMES, "hostile"]
    for name, question, answer in listed[:-1]:
        cell = nbformat.read(site[0] / f"{name}.ipynb", as_version=4).cells[0]
        first = cell.metadata.get("starlight", {}).get("page", cell.source)
        assert f"# {html.unescape(question)}\n\n" in first
        assert html.unescape(re.sub("<.*?>", "", answer)) in first.replace("*", "")
    assert listed[-1][1] == "Is &lt;b&gt;this&lt;/b&gt; safe?"


def test_can_be_read_by_anyone(page):
    """A page says its language, its title and what it is about, has one main heading, and fits a phone."""
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("meta", name="description")[0]["content"]) > 5
    assert page.all("meta", name="viewport") == [{"name": "viewport", "content": "width=device-width, initial-scale=1"}]


def test_there_are_charts_and_tables_to_show(site):
    """The checks below are not empty: the first four notebooks have charts and tables."""
    for name in NAMES[:4]:
        notebook = nbformat.read(site[0] / f"{name}.ipynb", as_version=4)
        assert outputs(notebook, MIME)
        assert outputs(notebook, "text/html")


def test_shows_every_chart(both):
    """Each chart is there as it was stored, with its picture, which its description can stand in for."""
    notebook, page = both
    assert page.charts == outputs(notebook, MIME)
    assert [given["alt"] for given in page.all("img")] == [chart["description"] for chart in page.charts]
    pictures = [base64.b64decode(given["src"].partition(",")[2]).decode() for given in page.all("img")]
    assert pictures == outputs(notebook, "image/svg+xml")


def test_shows_every_table(both):
    """Each cell of each table is there, in its order, with its text."""
    notebook, page = both
    tables = [table for table in outputs(notebook, "text/html") if "<table" in table]
    cells = [
        html.unescape(cell)
        for table in tables
        for cell in re.findall(r"<t[dh](?: [^>]*)?>(.*?)</t[dh]>", table, re.DOTALL)
    ]
    assert [cell for cell in page.cells if cell in set(cells)] == cells


def test_columns_of_numbers_are_marked(tmp_path):
    """A column of numbers, with some missing or not, is marked as one; a number among texts is not; long texts are."""
    table = pd.DataFrame({"count": [12, 3], "share": [0.5, None], "mixed": ["7", "A"], "text": ["x" * 31, "y" * 30]})
    cell = nb.new_code_cell("table", execution_count=1)
    cell.outputs = [nb.new_output("display_data", {"text/html": table._repr_html_()})]
    _, page, *_ = export_site(tmp_path / "site", notebooks=small(tmp_path / "notebooks", cell))
    assert re.findall(r"<td(?: class=\"(\w+)\")?>(\S+)</td>", page.read_text(encoding="utf-8")) == [
        *[("number", "12"), ("number", "0.5"), ("", "7"), ("long", "x" * 31)],
        *[("number", "3"), ("number", "NaN"), ("", "A"), ("", "y" * 30)],
    ]


def test_shows_all_prose_and_code(both):
    """Each word of the prose is there, in its order, and each line of code."""
    notebook, page = both
    words = iter(re.findall(r"\w+", page.text))
    for cell in notebook.cells:
        source = re.sub(r" \*\*Run time.*", "", cell.metadata.get("starlight", {}).get("page", cell.source))
        source = re.sub(r"\]\([^)]*\)", "]", source) if cell.cell_type == "markdown" else cell.source
        assert all(word in words for word in re.findall(r"\w+", source)), cell.source
        assert cell.cell_type == "markdown" or cell.source in page.text


def test_same_bytes_twice(site, tmp_path):
    """Another process gives the same files, byte for byte."""
    with pytest.warns(UserWarning, match="public"):
        written = export_site(tmp_path / "again", notebooks=site[0])
    assert written[0].name == "index.html"
    assert {path.name: path.read_bytes() for path in written} == {
        path.name: path.read_bytes() for path in site[1].iterdir()
    }


@pytest.fixture
def harmless(site):
    """The page of the hostile notebook."""
    return read(site[1] / "hostile.html")


def test_words_stay_words(harmless):
    """Hostile words are shown as they are, in prose (where stars are Markdown's), code, tables, streams and errors."""
    listed = "\n\n".join(HOSTILE)
    assert [cell for cell in harmless.cells if cell in HOSTILE] == HOSTILE
    assert harmless.text.count(listed) == 3
    for words in HOSTILE[1:4]:  # the places above, Markdown, in a cell and from one, and two charts of two parts
        assert harmless.text.count(words) == 6 + 4, words
    assert "\x1b" not in harmless.text
    assert "red" in harmless.text


def test_data_stay_data(harmless):
    """A chart's data can neither end the element that holds them nor begin another; its words are an attribute."""
    assert harmless.charts == outputs(hostile(), MIME)
    assert 'Hostile <words> & "quotes".' in [given["alt"] for given in harmless.all("img")]


def test_html_that_could_act_is_not_taken(harmless):
    """An output whose HTML is more than what shows something is shown as its text."""
    for number in range(len(HOSTILE_HTML)):
        assert f"(instead of {number})" in harmless.text, HOSTILE_HTML[number]
    assert "taken" not in harmless.text


def test_html_that_only_shows_is_taken(harmless):
    """Marked text is shown with its marks, as Jupyter shows it, and so is an output that is Markdown."""
    assert harmless.all("mark") == [{"class": "praise", "title": "visuals"}]
    assert "in place of" not in harmless.text


def test_links_are_harmless(harmless):
    """Links run nothing; what leads to a file that is not exported is text; an image elsewhere is its words."""
    links = [given["href"] for given in harmless.all("a")]
    assert links[: links.index("hostile.html") + 1] == [
        "#main",
        "index.html",
        "https://example.org/a?b=1&c=%222%22",
        "1_reviews.html#What-this-does-not-show",
        "#The-same",
        "hostile.html",
    ]
    assert "run a picture notes" in harmless.text
    assert [given["id"] for given in harmless.all("h2")] == ["The-same", "The-same-2"]


def test_widgets_are_replaced_by_a_note(harmless):
    """Where another's widget stands a note says that it needs Jupyter; a progress bar leaves nothing."""
    assert harmless.text.count("works only in Jupyter") == 1
    assert "VBox" not in harmless.text
    assert "it/s" not in harmless.text


def small(folder, *cells, name="small.ipynb"):
    """Write a notebook of these cells into a folder, and give the folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(nb.writes(nb.new_notebook(cells=list(cells))), encoding="utf-8")
    return folder


def test_a_warning_has_no_path(tmp_path):
    """A warning shows what it says, and neither the path of its code, which may hold a name, nor its line."""
    told = "/of/Ann/ipykernel_7/17.py:4: UserWarning: 3 of 5 rows: see it.\n  reviews = st.load_reviews(source)\n"
    told += "C:\\Users\\Ann B\\x.py:12: FutureWarning: Old.\n  x()\nDone: 1.\n"
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("stream", name="stderr", text=told)])
    _, written, *_ = export_site(tmp_path / "site", notebooks=small(tmp_path / "notebooks", cell, name="a.ipynb"))
    text = Page(written).text
    assert "UserWarning: 3 of 5 rows: see it.\nFutureWarning: Old.\nDone: 1." in text
    assert "17.py" not in text
    assert "Ann" not in text


def test_an_error_has_no_folders(tmp_path):
    """An error shows what it says, without the lines of code that led to it, and a file without its folders."""
    told = "No such file: '/of/Ann B/mine.csv'; see C:\\\\of\\\\Ann\\\\x.csv, https://a.example/b/c and 1/2"
    error = nb.new_output("error", ename="ReadError", evalue=told, traceback=["File /of/Ann/x.py", told])
    cell = nb.new_code_cell("1", execution_count=1, outputs=[error])
    _, written, *_ = export_site(tmp_path / "site", notebooks=small(tmp_path / "notebooks", cell, name="a.ipynb"))
    text = Page(written).text
    assert "ReadError: No such file: 'mine.csv'; see x.csv, https://a.example/b/c and 1/2" in text
    assert "Ann" not in text


@pytest.fixture
def others(tmp_path):
    """A notebook with a widget over three reviews of others, which names a critic in its prose and in a table."""
    texts = ["It glows, says Ann Lee. I love the music.", "By Ann Lee. The plot is dull.", "The plot is fine."]
    table = pd.DataFrame({"text": texts, "critic": ["Ann Lee", "Ann Lee", "Bo Ek"]})
    reviews = st.load_reviews(table)
    opinions = st.find_opinions(reviews)
    assert set(opinions["quote"]) >= {"The plot is dull"}
    data, _ = st.explore(reviews, opinions)._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    cell.outputs.append(nb.new_output("display_data", {"text/html": reviews[["name"]]._repr_html_()}))
    return small(tmp_path / "notebooks", nb.new_markdown_cell("# Does Ann Lee judge?"), cell)


def pages(others, tmp_path, **options):
    """Export and return all that the pages say, and what was told of it."""
    with pytest.warns(UserWarning, match="will make public") as told:
        written = export_site(tmp_path / "site", notebooks=others, **options)
    assert len(told) == 1
    return "".join(path.read_text() for path in written if path.suffix in (".html", ".csv")), str(told[0].message)


def test_says_what_is_public(others, tmp_path):
    """An export of others' reviews says in one line that texts and names will be public, and how to leave them out."""
    whole, told = pages(others, tmp_path)
    assert told.startswith(
        "These pages will make public whole texts of reviews and their reviewers' names. texts=False"
    )
    assert "\n" not in told
    assert "says Ann Lee." in re.sub("<[^>]*>", "", whole)


def test_texts_are_told_of_that_hold_no_quote_of_their_own(tmp_path):
    """Reviews in which nothing is quoted, as none is in German, become public too where `explore` shows them."""
    reviews = st.load_reviews(pd.DataFrame({"text": ["Das ist nicht gut.", "Das ist gut."], "critic": ["Ann", "Bo"]}))
    widget = st.explore(reviews, st.read_opinions().iloc[:0])
    output = nb.new_output("display_data", widget._repr_mimebundle_()[0])
    _, told = pages(small(tmp_path / "notebooks", nb.new_code_cell("1", execution_count=1, outputs=[output])), tmp_path)
    assert told.startswith("These pages will make public whole texts of reviews and their reviewers' names.")


def test_texts_can_be_left_out(others, tmp_path):
    """Without texts a page has the quotes, each with a mark where words are left out, and none of the other words."""
    whole, told = pages(others, tmp_path, texts=False)
    assert told.startswith("These pages will make public quotes from reviews and their reviewers' names. names=False")
    assert "The plot is dull" in whole
    assert "By Ann Lee." not in whole


def test_texts_are_left_out_wherever_they_stand(tmp_path):
    """Texts stay out of tables, whatever their columns are called, code, charts and what is printed; quotes do not."""
    texts = ["It glows. I love the music.", "Read & heard: " + "we went to sea, " * 9 + "and on.", "So it is."]
    reviews = st.load_reviews(pd.DataFrame({"text": texts, "critic": ["Ann", "Bo", "Cy"]}))
    opinions = st.find_opinions(reviews)
    data, _ = st.explore(reviews, opinions)._repr_mimebundle_()
    shown = [
        reviews[["text", "words"]],
        reviews.rename(columns={"text": "mine"})[["mine"]],
        opinions[["quote"]],
        st.in_context(opinions, reviews),
    ]
    bars = alt.Chart(pd.DataFrame({"mine": texts, "n": [1, 2, 3]})).mark_bar().encode(y="mine", x="n")
    outputs = [{"text/html": table._repr_html_()} for table in shown] + [{MIME: bars.to_dict()}, data]
    cell = nb.new_code_cell(f"texts = {texts!r}", execution_count=1)
    cell.outputs = [nb.new_output("display_data", forms) for forms in outputs]
    cell.outputs.append(nb.new_output("stream", text=f"{reviews['text']}"))
    whole, _ = pages(
        small(tmp_path / "notebooks", nb.new_markdown_cell("# I quote: So it is."), cell), tmp_path, texts=False
    )
    assert "love the music" in whole
    assert whole.count("So it is") == len(re.findall("I quote: So it is", whole))
    assert "we went to sea" not in whole
    assert "heard" not in whole
    assert "It glows. I" not in whole


def test_names_can_be_replaced(others, tmp_path):
    """Without names "Reviewer 1" stands wherever a critic's name stood, in prose, texts, tables and widgets."""
    whole, told = pages(others, tmp_path, names=False)
    assert told == (
        "These pages will make public whole texts of reviews. texts=False (--no-texts) leaves the texts out and keeps "
        "quotes."
    )
    assert not re.search("Ann|Lee|Bo Ek", whole)
    assert "Does Reviewer 1 judge?" in whole
    assert "says Reviewer 1." in re.sub("<[^>]*>", "", whole)
    assert "Reviewer 1, review 2" in whole


@pytest.mark.parametrize(
    ("critic", "written"),
    [
        ("Ann Lee", "BY ANN LEE. It glows."),
        ("Ann Lee", "By Ann\xa0Lee. It glows."),
        ("Ann Lee", "By Ann\nLee. It glows."),
        ("Ann  Lee", "By Ann Lee. It glows."),
        ("Zoë Lee", "By Zoe\u0308 Lee. It glows."),
        ("Zoe\u0308 Lee", "BY ZOË LEE. It glows."),
        ("Zoë Lee", "by zoe lee. It glows."),
        ("Ann Lee", "By Lee, Ann. It glows."),
        ("Lee, Ann", "By ann-lee. It glows."),
        ("Ann O'Lee", "By Ann O&#x27;Lee. It glows."),
        ("Ann & Lee", "By ANN & LEE. It glows."),
    ],
    ids=ascii,
)
def test_a_name_is_replaced_however_it_is_written(critic, written, tmp_path):
    """In any case, turned, with other blanks, accents apart or left out, or as HTML has it, a name is that name."""
    reviews = st.load_reviews(pd.DataFrame({"text": [f"{written} I love the music."], "critic": [critic]}))
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    cell.outputs.append(nb.new_output("display_data", {"text/html": reviews[["text"]]._repr_html_()}))
    whole, _ = pages(small(tmp_path / "notebooks", cell, nb.new_markdown_cell(written)), tmp_path, names=False)
    assert not re.search("(?i)ann|lee|zoe|zoë", whole.replace("data-name", ""))
    assert "y Reviewer 1. It glows." in re.sub("<[^>]*>", "", whole).replace("BY", "By")


@pytest.mark.parametrize(
    ("critic", "written"),
    [
        ("Ann Lee", "annlee@x.org"),
        ("Ann Lee", "LeeAnn99@x.org"),
        ("Ann O'Lee", "https://x.org/critics/annolee/1"),
        ("Zoë Lee", "x.org/zoelee"),
        ("Ann Lee", "#AnnLee @annlee annlee AnnLee"),
        ("Lee", "lee@x.org, www.x.org/lee, @lee, @lee_99"),
        ("Bo Ek", "boek@x.org"),
    ],
)
def test_a_name_in_an_address_is_replaced(critic, written, tmp_path):
    """In addresses, and after @ and #, also in small letters, its words run together, and with digits behind it."""
    reviews = st.load_reviews(pd.DataFrame({"text": [f"{written} I love the music."], "critic": [critic]}))
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    whole, _ = pages(small(tmp_path / "notebooks", nb.new_markdown_cell(written), cell), tmp_path, names=False)
    assert not re.search("(?i)ann|lee|zoe|boek", whole.replace("data-name", "").replace("sleep", ""))


def test_what_a_name_is_made_of_is_no_name(tmp_path):
    """A short name whose letters are a word's, or a name in small letters, is left where no address is."""
    text = "I also love the music, and will say so on either/will."
    reviews = st.load_reviews(pd.DataFrame({"text": [text] * 2, "critic": ["Al So", "Will"]}))
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    whole, _ = pages(small(tmp_path / "notebooks", cell), tmp_path, names=False)
    assert text in html.unescape(re.sub("<[^>]*>", "", whole))


def test_a_name_in_a_script_without_case_is_replaced(tmp_path):
    """Where no blank follows a name, it is still that name; and a reviewer's id may be the name."""
    table = pd.DataFrame({"id": ["김철수"], "text": ["김철수는 좋다. I love the music."], "critic": ["김철수"]})
    reviews = st.load_reviews(table)
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    whole, _ = pages(small(tmp_path / "notebooks", cell), tmp_path, names=False)
    assert "김철수" not in whole
    assert "Reviewer 1는 좋다" in re.sub("<[^>]*>", "", whole)


def test_the_capital_of_a_nickname_is_no_name(tmp_path):
    """Who calls themselves i is not meant by I."""
    reviews = st.load_reviews(pd.DataFrame({"text": ["I love the music."], "critic": ["i"]}))
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    whole, _ = pages(small(tmp_path / "notebooks", cell), tmp_path, names=False)
    assert "I love the music" in re.sub("<[^>]*>", "", whole)


@pytest.mark.parametrize("written", ["By Ann **Lee**.", "By *Ann* **Lee**.", "By **Ann** Lee.", "By __Ann__ _Lee_."])
def test_a_name_of_which_a_part_is_stressed_is_replaced(written, tmp_path):
    """Also in the line that a search engine shows of the page."""
    reviews = st.load_reviews(pd.DataFrame({"text": ["I love the music."], "critic": ["Ann Lee"]}))
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    whole, _ = pages(small(tmp_path / "notebooks", nb.new_markdown_cell(written), cell), tmp_path, names=False)
    assert not re.search(r"\b(Ann|Lee)\b", whole)


@pytest.mark.parametrize("critic", ["&", "’", ",", "& -", "Will,", "★"])
def test_signs_alone_are_no_name(critic, tmp_path):
    """Nobody is meant by them, nor by a word without its capital, whatever follows it in the column of critics."""
    text = "'Tis lovely & I will - I will - love the music of https://x.org."
    reviews = st.load_reviews(pd.DataFrame({"text": [text], "critic": [critic]}))
    data, _ = st.close_reading(reviews, st.find_opinions(reviews), path=tmp_path / "c.csv")._repr_mimebundle_()
    cell = nb.new_code_cell("1", execution_count=1, outputs=[nb.new_output("display_data", data)])
    whole, _ = pages(small(tmp_path / "notebooks", cell), tmp_path, names=False)
    assert text in html.unescape(re.sub("<[^>]*>", "", whole))


def test_a_critic_that_only_explore_shows_has_reviews_by_day_and_shares_of_what_was_read(tmp_path):
    """The days of one year keep their order, and what is in German counts among no shares, as in the charts."""
    german = "Die Bilder sind wunderschön, aber die Geschichte ist dünn und das Ende enttäuscht."
    texts = ["I love the music.", "The music is what I love here.", german, "The music is dull.", german]
    table = pd.DataFrame({"text": texts, "critic": ["Ann Lee"] * 3 + ["Bo Ek", "Cy"]})
    reviews = st.load_reviews(table.assign(published=["2024-05-01", "2024-01-31", "2024-03-01", None, None]))
    rows = [
        {"review_id": str(number + 1), "sentence": 0, "start": start, "end": start + 5, "theme": "music"}
        | {"polarity": polarity, "coder": "me", "confidence": 1.0, "quote": "music"}
        for number, start, polarity in [(0, 11, "praise"), (3, 4, "criticism")]
    ]
    widget = st.explore(reviews, pd.DataFrame(rows))
    output = nb.new_output("display_data", widget._repr_mimebundle_()[0])
    pages(small(tmp_path / "notebooks", nb.new_code_cell("1", execution_count=1, outputs=[output])), tmp_path)
    page = Page(tmp_path / "site" / "critics.html")
    assert page.cells[6:24:6] == ["2024-01-31", "2024-03-01", "2024-05-01"]
    assert page.cells[-10:] == [
        *["reviews that judge", "praise it, of 2", "of the other 1", "criticise it, of 2", "of the other 1"],
        *["Music", "1 50%", "0 0%", "0 0%", "1 100%"],
    ]
    assert "leaves out 2 reviews in other languages than English or without prose." in page.text


def test_critics_and_outlets_with_several_reviews_have_pages(tmp_path):
    """Who wrote two reviews or more has them listed by date with their scores, and what they judge beside others."""
    texts = ["I love the music.", "The plot is dull.", "I love the songs.", "The plot is dull, the music lovely."]
    table = pd.DataFrame(
        {"text": texts, "critic": ["Ann Lee", "Bo Ek", "Ann Lee", "Cy"], "outlet": ["A", "A", "B", "C"]}
    )
    reviews = st.load_reviews(table.assign(published=["2024-05-01", None, "2023-01-31", None], score=["8/10"] * 4))
    spans = [
        (0, 12, "music", "praise"),
        (1, 4, "story", "criticism"),
        (2, 12, "music", "praise"),
        (3, 22, "music", "praise"),
    ]
    rows = [
        {"review_id": str(number + 1), "sentence": 0, "start": start, "end": start + 5, "theme": theme}
        | {"polarity": polarity, "coder": "me", "confidence": 1.0, "quote": texts[number][start : start + 5]}
        for number, start, theme, polarity in spans
    ]
    opinions = pd.DataFrame(rows)
    cell = nb.new_code_cell("1", execution_count=1)
    for widget in (st.close_reading(reviews, opinions, path=tmp_path / "c.csv"), st.explore(reviews, opinions)):
        cell.outputs.append(nb.new_output("display_data", widget._repr_mimebundle_()[0]))
    notebooks = small(tmp_path / "notebooks", cell)
    pages(notebooks, tmp_path)
    page = Page(tmp_path / "site" / "critics.html")
    assert "Bo Ek" not in page.text
    assert page.cells[6:12] == ["2023-01-31", "Ann Lee 2", "8/10", "", "1", "0"]
    assert [given["aria-label"] for given in page.all("span", role="img")] == ["80 of 100"] * 2
    assert page.cells[-5:] == ["Music", "2 100%", "1 50%", "0 0%", "0 0%"]
    assert Page(tmp_path / "site" / "reviews.html").all("a", href="critics.html#critic-1")
    assert [given["href"] for given in Page(tmp_path / "site" / "outlets.html").all("a")][2:] == [
        "#outlet-1",
        *["reviews.html#r2", "reviews.html#r1"],
    ]
    pages(notebooks, tmp_path / "unnamed", names=False)
    assert {path.name for path in (tmp_path / "unnamed" / "site").glob("*s.html")} == {"reviews.html", "outlets.html"}


def test_names_that_are_not_known_are_not_replaced(tmp_path):
    """If no widget stored the names, a site without names is refused: some would stay."""
    notebooks = small(tmp_path / "notebooks", nb.new_markdown_cell("# By Ann Lee"))
    with pytest.raises(ReadError, match="The reviewers in these notebooks cannot be found"):
        export_site(tmp_path / "site", notebooks=notebooks, names=False)


def test_a_cell_may_say_something_else_on_a_page(tmp_path):
    """What a cell's metadata says for pages stands in place of its text; how long a run takes is left out."""
    cell = nb.new_markdown_cell("Run the next cell.", metadata={"starlight": {"page": "Click. **Run time:** short."}})
    _, written, *_ = export_site(tmp_path / "site", notebooks=small(tmp_path / "notebooks", cell))
    text = Page(written).text
    assert "Click." in text
    assert "Run" not in text


def test_each_finding_has_an_address(site):
    """Each row of the table of findings can be linked to, as each chart can."""
    page = read(site[1] / "7_your_reviews.html")
    assert page.all("tr", id="finding-3")
    assert page.all("a", href="#finding-3")
    assert [given["id"] for given in page.all("figure")] == [f"chart-{n + 1}" for n in range(len(page.charts))]


def test_a_csv_runs_no_formula(site):
    """The table under a chart is a csv with its columns, in which no text is a formula."""
    written = (site[1] / "hostile-chart-1.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == '"count","words"'
    assert "9,\"'=HYPERLINK" in "\n".join(written)


def test_a_notebook_may_lack_a_title(tmp_path):
    """A notebook without a title goes by its name, in the index and as the page's heading; its name may be any."""
    notebooks = small(tmp_path / "notebooks", nb.new_markdown_cell("Words."), name="a b#c.ipynb")
    index, written, *_ = export_site(tmp_path / "site", notebooks=notebooks)
    assert written.name == "a b#c.html"
    assert '<a href="a%20b%23c.html">a b#c</a>' in index.read_text(encoding="utf-8")
    assert "<h1>a b#c</h1>" in written.read_text(encoding="utf-8")


def test_other_files_stay(tmp_path):
    """Files of others in the folder stay as they are; our own are written anew."""
    notebooks = small(tmp_path / "notebooks", nb.new_markdown_cell("# One?"))
    site = tmp_path / "some" / "where"
    export_site(site, notebooks=notebooks)
    (site / "notes.txt").write_text("mine", encoding="utf-8")
    small(tmp_path / "notebooks", nb.new_markdown_cell("# Two?"))
    export_site(site, notebooks=notebooks)
    assert (site / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert "Two?" in (site / "index.html").read_text(encoding="utf-8")


def test_files_that_are_no_pages_any_more_are_still_known(tmp_path):
    """A page whose notebook is gone stays as it is, and is written anew once there is such a notebook again."""
    notebooks, site = tmp_path / "notebooks", tmp_path / "site"
    for title, name in [("One", "one.ipynb"), ("Two", "two.ipynb"), ("Three", "one.ipynb")]:
        shutil.rmtree(notebooks, ignore_errors=True)
        export_site(site, notebooks=small(notebooks, nb.new_markdown_cell(f"# {title}?"), name=name))
        assert f"{title}?" in (site / "index.html").read_text(encoding="utf-8")
    assert "Three?" in (site / "one.html").read_text(encoding="utf-8")
    assert "Two?" in (site / "two.html").read_text(encoding="utf-8")


OURS = ["index.html", "small.html", "starlight.css", "starlight.js"]


@pytest.fixture
def exported(tmp_path):
    """A site of one page, written twice, with what there is to write by now: its folder and that of the notebooks."""
    for title in ("One", "Two", "Three"):
        notebooks = small(tmp_path / "notebooks", nb.new_markdown_cell(f"# {title}?"))
        if title != "Three":
            export_site(tmp_path / "site", notebooks=notebooks)
    return tmp_path / "site", notebooks


def content(folder):
    """What is in a folder, hidden files too: links by where they lead."""
    return {path.name: path.readlink() if path.is_symlink() else path.read_bytes() for path in folder.iterdir()}


def refused(exported, message):
    """Export is refused with this message, and the folder stays as it was."""
    before = content(exported[0])
    with pytest.raises(ReadError, match=message):
        export_site(exported[0], notebooks=exported[1])
    assert content(exported[0]) == before


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("words", ["mine", "<meta name='generator' content='starlight.export'>"])
def test_replaces_no_file_of_others(exported, name, words):
    """A file that is not on the list is not replaced, whatever its name and words, and then nothing is written."""
    listed = json.loads((exported[0] / LIST).read_text())
    assert listed["written by starlight.export"].pop(name)
    (exported[0] / LIST).write_text(json.dumps(listed))
    (exported[0] / name).write_text(words, encoding="utf-8")
    refused(exported, f"{name}' is not on Starlight's list .*Move it, delete it .*, or name another folder")
    (exported[0] / LIST).unlink()  # as 0.1 left it
    refused(exported, "is not on Starlight's list")


@pytest.mark.parametrize("name", OURS)
def test_replaces_no_page_that_was_changed_by_hand(exported, name):
    """What a person wrote into a page is not lost; once the page is deleted, it is written anew."""
    with (exported[0] / name).open("a", encoding="utf-8") as file:
        file.write("mine")
    refused(exported, f"{name}' was changed since Starlight wrote it. Move it, delete it")
    (exported[0] / name).unlink()
    export_site(exported[0], notebooks=exported[1])
    assert "Three?" in (exported[0] / "small.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*OURS, LIST])
def test_follows_no_link(exported, name, tmp_path):
    """A link in the place of a file of ours is refused, wherever it leads, and what it leads to stays as it is."""
    elsewhere = tmp_path / "elsewhere"
    (exported[0] / name).rename(elsewhere)
    (exported[0] / name).symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    refused(exported, f"{name}' is (a link or a folder|not a list that Starlight wrote). Move it")
    assert elsewhere.read_bytes() == before
    elsewhere.unlink()
    refused(exported, f"{name}' is ")


def test_follows_no_link_to_a_folder(exported, tmp_path):
    """Nor is a link taken for the folder of the pages, or a folder for a page."""
    (tmp_path / "link").symlink_to(exported[0])
    with pytest.raises(ReadError, match=r"link' is a link\. Name the folder that it leads to"):
        export_site(tmp_path / "link", notebooks=exported[1])
    (exported[0] / "index.html").unlink()
    (exported[0] / "index.html").mkdir()
    with pytest.raises(ReadError, match=r"index\.html' is a link or a folder"):
        export_site(exported[0], notebooks=exported[1])


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"written by starlight.export": [1]}', "[" * 9999, "\udcff"])
def test_a_damaged_list_is_refused(exported, text):
    """A list that cannot be read is neither believed nor replaced."""
    (exported[0] / LIST).write_text(text, encoding="utf-8", errors="surrogateescape")
    refused(exported, f"{LIST}' is not a list that Starlight wrote. Move it, or name another folder")


@pytest.mark.parametrize("number", range(5))
def test_a_full_disk_leaves_the_site_as_it_was(exported, number, monkeypatch):
    """When there is no room for one of the files or for the list, none is replaced, and no part of one is left."""
    left, write = [number], os.fsync

    def fsync(handle):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(handle)

    monkeypatch.setattr("os.fsync", fsync)
    if number == 0:
        refused(exported, "cannot be written to: No space left on device")
        return
    with pytest.raises(ReadError, match="No space left on device"):
        export_site(exported[0], notebooks=exported[1])
    assert {*content(exported[0])} == {*OURS, LIST}
    monkeypatch.undo()
    export_site(exported[0], notebooks=exported[1])  # what is half new, half old, is still known
    assert "Three?" in (exported[0] / "index.html").read_text(encoding="utf-8")


def test_needs_notebooks(tmp_path):
    """A folder without notebooks (hidden ones do not count), or that is not there, is refused by its name."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ReadError, match=f"no notebooks in '{folder}'.*--notebooks"):
            export_site(tmp_path / "site", notebooks=folder)
    small(tmp_path, name=".hidden.ipynb")
    with pytest.raises(ReadError, match="no notebooks"):
        export_site(tmp_path / "site", notebooks=tmp_path)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            [nb.new_code_cell("1")],
            "small.ipynb was not run to its end: code cell 1 of 1 has no execution number. Run all",
        ),
        ([nb.new_code_cell("1", execution_count=1), nb.new_code_cell("2")], "code cell 2 of 2"),
    ],
    ids=["never", "in part"],
)
def test_needs_notebooks_that_were_run(tmp_path, cells, message):
    """A notebook that was never run, or not to its end, is refused with the first cell that was not."""
    with pytest.raises(ReadError, match=message):
        export_site(tmp_path / "site", notebooks=small(tmp_path / "notebooks", *cells))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("content", ["", "text", "{}", "[]", "null", '{"nbformat": 9}', '{"nbformat": 4}', "\xff"])
def test_needs_notebooks_that_can_be_read(tmp_path, content):
    """A file that is no notebook is refused by its name."""
    (tmp_path / "small.ipynb").write_text(content, encoding="latin-1")
    with pytest.raises(ReadError, match=r"small\.ipynb cannot be read as a notebook: .*Save it again in Jupyter"):
        export_site(tmp_path / "site", notebooks=tmp_path)


def test_needs_a_name_for_the_index(tmp_path):
    """A notebook that would take the index page's place is refused."""
    with pytest.raises(ReadError, match=r"'index\.ipynb' would take the place of the index page. Rename it"):
        export_site(tmp_path / "site", notebooks=small(tmp_path, name="index.ipynb"))


@pytest.mark.parametrize(
    ("place", "message"),
    [("file", "file' is a file, not a folder. Name a folder"), ("file/site", "which is not a path: Not a directory")],
)
def test_needs_a_folder(tmp_path, place, message):
    """A target that is a file, or below one, is refused."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ReadError, match=message):
        export_site(tmp_path / place, notebooks=small(tmp_path / "notebooks", nb.new_markdown_cell("# One?")))
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_the_command_says_what_is_wrong(tmp_path, monkeypatch):
    """On the command line an error is its message, without a traceback."""
    monkeypatch.setattr(sys, "argv", ["export", str(tmp_path / "site"), "--notebooks", str(tmp_path)])
    with pytest.raises(SystemExit, match="There are no notebooks in"):
        runpy.run_module("starlight.export", run_name="__main__")
