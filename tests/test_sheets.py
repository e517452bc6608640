"""A sheet is read as it is shown: percentages, dates, errors, formulas, merged cells, titles, row numbers."""

import base64
import datetime
import zlib
from xml.sax.saxutils import escape

import pytest
from bombs import opendocument, workbook

from starlight import load_report, load_reviews
from starlight.errors import ReadError
from starlight.loading import open_source

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0\\ %"/><numFmt numFmtId="165" formatCode="dd/mm/yy"/>'
    '<numFmt numFmtId="166" formatCode="0 &quot;%&quot;"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>'
    "</cellXfs></styleSheet>"
)


def xlsx(path, *rows, book="", end="", **parts):
    """Write an .xlsx of rows, each of which is a number and the XML of its cells; words stand for texts."""
    lines = []
    for number, *cells in rows:
        inside = (cell if cell.startswith("<") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
        lines.append(f'<row r="{number}">{"".join(inside)}</row>')
    others = {f"xl/{name}.xml": part for name, part in parts.items()}
    return workbook(path / "r.xlsx", ["".join(lines), f"</sheetData>{end}</worksheet>"], book, **others)


FILTERED = 'table:visibility="filter"'


def cells(path):
    """Return the cells of a sheet by the number of their row."""
    frame = open_source(path).whole().frame
    return frame.astype("object").where(frame.notna(), None).T.to_dict("list")


def told(path, **options):
    """Load reviews, and return what was noticed about rows."""
    reviews = load_reviews(path, **options)
    report = load_report(reviews)
    problems = report.loc[report["row"] > 0, ["row", "column", "value", "action"]].astype("object").fillna("")
    return reviews, problems.values.tolist()


def test_a_percentage_is_read_as_shown(tmp_path):
    """85 % is stored as 0.85 with a format that shows it, and 85 with a quoted sign as it is. All three are of 100."""
    rows = [(2, "It glows.", '<c s="1"><v>0.85</v></c>'), (3, "It bores.", '<c s="2"><v>0.125</v></c>')]
    path = xlsx(tmp_path, (1, "text", "score"), *rows, (4, "It sings.", '<c s="4"><v>85</v></c>'), styles=STYLES)
    reviews, _ = told(path, score_scale=100)
    assert reviews["score_raw"].tolist() == ["85%", "12.5%", "85%"]
    assert reviews["score"].tolist() == [85, 12.5, 85]


@pytest.mark.parametrize(
    ("code", "stored", "score"),
    [
        ("0%", 0.85, "85%"),
        ("#,##0.0 %;[Red]-0%", 0.85, "85%"),
        ('0"%"', 85, "85%"),
        (r"0\%", 85, "85%"),
        (r"[Blue]#,##0.0\ \%;@", 85, "85%"),
        ('General" %"', 85, "85%"),
        ('0"%"', 0.5, "0.5%"),
        ("[<=1]0%;General", 7, 7),
        ("[<=1]0%;General", 0.85, 0.85),
        ("0;-0%", 7, 7),
        ('0" of 100; in %"', 7, 7),
        ('"%"0', 7, 7),
        ('0,"%"', 7_000, 7_000),
        ("[<1]h:mm;d/m/yyyy", 45807, datetime.date(2025, 5, 30)),
    ],
)
def test_only_what_a_format_shows_plainly_is_a_percentage(tmp_path, code, stored, score):
    """A sign in quotes or behind a backslash stands behind the number as it is; a format with conditions tells none."""
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{escape(code, {chr(34): "&quot;"})}"/></numFmts>'
    styles = f'<styleSheet>{styles}<cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>'
    row = (2, "It glows.", f'<c s="1"><v>{stored}</v></c>')
    assert cells(xlsx(tmp_path, (1, "text", "score"), row, styles=styles)) == {2: ["It glows.", score]}


@pytest.mark.filterwarnings("ignore:.*refused")
def test_a_formula_without_a_stored_value_is_told(tmp_path):
    """Its row keeps its number and is refused for want of a text; a missing score is told beside it."""
    formulas = ['<c t="str"><f>A2</f></c>', "<c><f>B2</f><v></v></c>"]
    path = xlsx(tmp_path, (1, "text", "score"), (2, "It glows.", "7/10"), (3, *formulas), (4, "It bores.", formulas[1]))
    reviews, problems = told(path)
    assert reviews["review_id"].tolist() == ["2", "4"]
    assert problems == [
        [3, "text", "=A2", "kept"],
        [3, "score", "=B2", "kept"],
        [3, "text", "", "refused"],
        [4, "score", "=B2", "kept"],
    ]


def test_what_a_formula_came_to_is_its_value(tmp_path):
    """A stored text, also an empty one, and a number are; the 0 of a workbook that is yet to be computed is none."""
    rows = [(1, "text", "a"), (2, '<c t="str"><f>B2</f><v>It glows.</v></c>', "<c><f>1+1</f><v>2</v></c>")]
    rows.append((3, "It bores.", '<c t="str"><f>""</f><v></v></c>'))
    assert cells(xlsx(tmp_path, *rows)) == {2: ["It glows.", 2], 3: ["It bores.", None]}
    rows[2] = (3, "It bores.", "<c><f>1+1</f><v>0</v></c>")
    book = '<calcPr fullCalcOnLoad="1"/>'
    assert [one.value for one in open_source(xlsx(tmp_path, *rows, book=book)).whole().problems] == ["=1+1"]


@pytest.mark.filterwarnings("ignore:.*refused")
def test_an_error_is_no_value(tmp_path):
    """In place of a text it refuses the row, as a score it is unreadable, as a critic it is missing; each is told."""
    error = '<c t="e"><v>#DIV/0!</v></c>'
    rows = [(2, "It glows.", error, error), (3, error, "7/10", "Ann")]
    reviews, problems = told(xlsx(tmp_path, (1, "text", "score", "critic"), *rows))
    assert reviews["critic"].isna().all()
    assert reviews["score_status"].tolist() == ["unreadable"]
    assert problems == [
        [2, "critic", "#DIV/0!", "kept"],
        [2, "score", "#DIV/0!", "kept"],
        [3, "text", "#DIV/0!", "refused"],
    ]


@pytest.mark.parametrize(("book", "day"), [("", "2025-05-30"), ('<workbookPr date1904="1"/>', "2029-05-31")])
def test_a_date_is_counted_from_where_its_workbook_begins(tmp_path, book, day):
    """Day 45807 is shown as a date; without a date's format it is a number."""
    path = xlsx(
        tmp_path, (1, "text", "d"), (2, "a", '<c s="3"><v>45807</v></c>'), (3, "b", "<c><v>45807</v></c>"),
        book=book, styles=STYLES,
    )  # fmt: skip
    assert cells(path) == {2: ["a", datetime.date.fromisoformat(day)], 3: ["b", 45807]}


def test_texts_are_read_without_their_look(tmp_path):
    """Rich text is joined, how it is pronounced is left out, and _x000A_ is a line end; a text of digits stays one."""
    strings = (
        '<sst><si><r><rPr><b/></rPr><t xml:space="preserve">It </t></r><r><t>glows._x000A_So.</t></r>'
        "<rPh><t>ITO</t></rPh></si>\n <si>\n <t>007</t>\n </si></sst>"
    )
    row = (2, '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>')
    assert cells(xlsx(tmp_path, (1, "text", "n"), row, sharedStrings=strings)) == {2: ["It glows.\nSo.", "007"]}


def test_merged_cells_count_for_all_their_rows(tmp_path):
    """A film that is merged over two rows is that of both, also where a blank row lies between; a note says so."""
    rows = [(2, "It glows.", "Harbour"), (4, "It bores."), (5, "It sings.")]
    end = '<mergeCells><mergeCell ref="B2:B4"/></mergeCells>'
    path = xlsx(tmp_path, (1, "text", "film"), *rows, end=end)
    assert cells(path) == {2: ["It glows.", "Harbour"], 4: ["It bores.", "Harbour"], 5: ["It sings.", None]}
    assert "merged" in open_source(path).whole().problems[0].reason


def test_titles_above_the_header_are_passed_over_and_told(tmp_path):
    """Lone cells above a row of several are titles; rows keep the numbers that the sheet shows."""
    path = xlsx(tmp_path, (1, "My reviews"), (2, "2025"), (4, "text", "score"), (5, "It glows.", "B"))
    assert cells(path) == {5: ["It glows.", "B"]}
    assert [one.value for one in open_source(path).whole().problems] == ["My reviews", "2025"]
    path = xlsx(tmp_path, (1, "review"), (2, "It glows.", "aside"))
    assert list(open_source(path).whole().frame) == ["review", "column 2"]


def test_rows_that_a_sheet_hides_are_read_and_told(tmp_path):
    """A filter hides rows, and whoever looks at the sheet may not expect them."""
    path = xlsx(
        tmp_path,
        (1, "text"),
        *((row, f"It glows {row}.") for row in range(2, 20)),
        ('20" hidden="1', "It bores."),
        ('21" hidden="true', "It sings."),
    )
    rows = open_source(path).whole()
    assert len(rows.frame) == 20
    assert [(one.value, one.reason) for one in rows.problems] == [
        ("2", "rows that the sheet hides, as a filter does, and that were read")
    ]
    row = "<table:table-row {}>" + cell("string", text="text") * 2 + "</table:table-row>"
    rows = open_source(opendocument(tmp_path / "r.ods", "".join(map(row.format, ["", FILTERED])))).whole()
    assert [one.value for one in rows.problems if "hides" in one.reason] == ["1"]


def test_a_cell_beyond_all_columns_is_told(tmp_path):
    """A column without a name counts if a cell stands in it near the header; a cell far off is left out, and told."""
    rows = [(number, f"Good {number}.") for number in range(2, 12)]
    path = xlsx(tmp_path, (1, "text"), *rows, (12, "Bad.", '<c r="XFD12"><v>1</v></c>'))
    reviews, problems = told(path)
    assert reviews["text"].tolist()[-1] == "Bad."
    assert problems == [[12, "", "1", "kept"]]


def test_a_cell_that_does_not_say_its_column_is_right_of_the_one_before(tmp_path):
    """An empty cell takes a place too."""
    path = xlsx(tmp_path, (1, "text", "score", "film"), (2, "It glows.", "<c/>", "Harbour"))
    assert cells(path) == {2: ["It glows.", None, "Harbour"]}


def test_rows_out_of_order_and_declared_entities_are_refused(tmp_path):
    """No program writes either."""
    with pytest.raises(ReadError, match="row 2 comes after row 3"):
        cells(xlsx(tmp_path, (1, "text"), (3, "a"), (2, "b")))
    with pytest.raises(ReadError, match="it declares a document type"):
        cells(xlsx(tmp_path, (1, "text"), sharedStrings='<!DOCTYPE sst [<!ENTITY a "b">]><sst><si/></sst>'))


def cell(kind, attributes="", text="", more=""):
    """Return the XML of a cell of an .ods."""
    return f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{text}</text:p>{more}</table:table-cell>'


def test_an_ods_is_read_as_shown(tmp_path):
    """Percentages, days, merged cells, errors, repeated cells and rows; a comment is no part of a text."""
    note = "<office:annotation><text:p>No.</text:p></office:annotation>"
    covered, blank = "<table:covered-table-cell/>", '<table:table-cell table:number-columns-repeated="2"/>'
    error, formula = cell("string", 'office:string-value=""', "#DIV/0!"), '<table:table-cell table:formula="of:=A1"/>'
    rows = [
        [cell("string", text=name) for name in ("text", "score", "film")]
        + [cell("date", 'office:date-value="2025-05-30"')],
        [
            cell("string", text='It <text:span>glows</text:span>.<text:s text:c="2"/>So.', more=note),
            cell("percentage", 'office:value="0.85"', "85 %"),
            cell("string", 'table:number-rows-spanned="2"', "Harbour"),
        ],
        [cell("string", text="It bores."), cell("float", 'office:value="85"', "85%"), covered],
        [cell("string", text="It sings."), error, formula],
    ]
    rows = ["".join(row) for row in rows]
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows[:3])
    lines += f'<table:table-row table:number-rows-repeated="3">{blank}</table:table-row>'
    lines += f'<table:table-row table:number-rows-repeated="2">{rows[3]}</table:table-row>'
    assert cells(opendocument(tmp_path / "r.ods", lines)) == {
        2: ["It glows.  So.", "85%", "Harbour", None],
        3: ["It bores.", "85%", "Harbour", None],
        7: ["It sings.", "#DIV/0!", None, None],
        8: ["It sings.", "#DIV/0!", None, None],
    }


XLS = """
eNrtWEtIlFEU/u6dGWdGfIymgUbDIGRlKkSbNjoZmLRI7EFGBOU8iEGdiXGgbFGWuQyCVkkbwRZtrDY9qKR2QYFRiyAItGjVKihoofN3zvnv5KORHDBB+b
+fe/57zj333DP3nPuY/+1UxfTYg9oZLEErXMhafhQtkCkq/hwTALVbFldzbx8Vy8G6gt9HgSzy4GnpGy/HkOM9A4377pdEgc9UTuEcOlPJeGgNsV986FHs
Q4tyU+5p3KZShhrxq1JoVOgmofdE95nQfSK5LrSFdKfVSUyFOxv2mjw+oeukrYyowiPp81Eku1GNV5zHl28oW9eDtnSip2+jNATdJRgHxbojnoynmS/HHR
QDg4Sm/v6mWGwaVZQH4/hphYAfuQX/IuTI11auQPJfi+XeZeQ+2pnzyf0U3KXym9oNDME6ozj7R0gn4bZz5Cgzo0U2c2wW7ZwoUkghE7+Q8QAD0VQ6Tmys
JxMnzWg6kUlE6Vg4mAmd7UudH2h2AW3JpC2JkO5AczEfHLLRBBZtNKWy/EqIxlAu9QpZhAH6ObN3v787FOkKnxbJkBwu9hG0jd2HhSvcgzqXSYtLKLc0SI
9dQq+K1S1SrxVaRQuB3vVd1aZyYFh0rklrPY2zR/A+vH1BfQfVR74dfhwc+RLeSfWJjpmLVRMfwmOooxmLUX9+htGoGtXoLcaTcO6tzGb1SWjNXxuXTweM
75Y5Z8sxxyuSUCHU5nh21B9Om7myORdxLmNL5bGlxBbPznPyhn2tRLdiDyZfa7Jj67AVj7Gi81jRYoUjd0kXm3gdVxzLrdDikR0Fy3TzIqgQpPZJmjJtnP
wqQynhXWjVlXjIdmnPnsfqJQyWTZh5rLeEkTlDvjlz4MCBAwcOHDj4N5RcJe3rM9+SPOam5TXfdeaoZJ3PJBsWR5CiJ0P/ENuRpHcagwXlz2Z4VM6WWmGf
3PdCRjeNnkYvIuJHb8H5SzdltfD3rLhjYPWWUKHjZwvx8z+P/xuGZBZG
"""  # two sheets by xlwt: 85 % as a score, 2025-05-30, and a critic who is merged over two rows


def test_an_xls_is_read_as_shown(tmp_path):
    """Percentages, days and merged cells."""
    pytest.importorskip("xlrd")
    (tmp_path / "r.xls").write_bytes(zlib.decompress(base64.b64decode(XLS)))
    day = datetime.date(2025, 5, 30)
    assert cells(tmp_path / "r.xls") == {2: ["It glows.", "85%", day, "Ann"], 3: ["It bores.", 85, None, "Ann"]}


@pytest.mark.filterwarnings("ignore:.*refused")
@pytest.mark.parametrize("again", ["text,score", "\ufeffText, score"])
def test_a_header_in_the_middle_is_no_review(tmp_path, again):
    """Two files that were joined leave one: it is refused."""
    (tmp_path / "r.csv").write_text(f"text,score\nGood.,B\n{again}\nBad.,C\n", encoding="utf-8")
    reviews, problems = told(tmp_path / "r.csv")
    assert reviews["text"].tolist() == ["Good.", "Bad."]
    assert [(row, action) for row, _, _, action in problems] == [(2, "refused")]


@pytest.mark.parametrize("again", ["score,text", "review,rating", "text,score,critic"])
def test_a_header_with_other_columns_refuses_the_file(tmp_path, again):
    """What is below it would be misread."""
    header = "text,score" if again.count(",") == 1 else "text,score,film"
    (tmp_path / "r.csv").write_text(f"{header}\nGood.,B\n{again}\nBad.,C\n")
    with pytest.raises(
        ReadError, match=r"r\.csv, row 2: a second header, with other columns.* is a title, remove that"
    ):
        load_reviews(tmp_path / "r.csv")
