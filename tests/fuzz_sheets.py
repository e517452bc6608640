"""Sheets for `tests/fuzz.py`: formulas without values, errors, percent cells, far cells, sizes only claimed."""

import io
import zipfile

import pandas as pd

import starlight as st

WORKBOOK = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXT, SCORE = "Row {} glows.", ("", "8", "85", "B+", "8/10")
PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/worksheet" '
    f'Target="sheet.xml"/><Relationship Id="b" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{WORKBOOK}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet xmlns="{WORKBOOK}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.0%"/>'
    '</numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>",
}
# How a cell may be written, and what a person sees in it; None is a formula of which nobody knows the value.
CELLS = [
    ('<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>', "{text}"),
    ('<c r="{at}" t="str"><f>A1</f><v>{text}</v></c>', "{text}"),
    ('<c r="{at}" t="str"><f>CONCAT(A1)</f></c>', None),
    ('<c r="{at}"><f>A1</f><v></v></c>', None),
    ('<c r="{at}" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
    ("", ""),
]
NUMBERS = [
    ('<c r="{at}" s="1"><v>0.85</v></c>', "85%"),
    ('<c r="{at}" s="2"><v>0.85</v></c>', "85.0%"),
    ('<c r="{at}" s="3"><v>45000</v></c>', "2023-03-15"),
    ('<c r="{at}"><v>1e400</v></c>', "1e400"),
    ('<c r="{at}" t="b"><v>1</v></c>', "TRUE"),
]


def sheet(chance):
    """Return the name and bytes of a sheet, and what each row shows in its two columns."""
    number, lines, shown = chance.randint(1, 6), [], []
    for row in range(1, number + 1):
        cells = [chance.choice(CELLS[:1] * 6 + CELLS), chance.choice(CELLS + NUMBERS * 2)]
        words = [TEXT.format(row), chance.choice(SCORE)]
        places = [f"{column}{row + 1}" for column in "AB"]
        written = [cell.format(at=at, text=text) for (cell, _), at, text in zip(cells, places, words, strict=True)]
        lines.append(f'<row r="{row + 1}">{"".join(written)}</row>')
        shown.append([seen and seen.format(text=text) for (_, seen), text in zip(cells, words, strict=True)])
    if chance.random() < 0.2:
        far = f"{chance.choice(['B', 'ZZ', 'XFD'])}{10 ** chance.randint(3, 6)}"
        lines.append(f'<row r="{far.lstrip("BZXFD")}"><c r="{far}"><v>1</v></c></row>')
    head = "".join(CELLS[0][0].format(at=at, text=text) for at, text in (("A1", "text"), ("B1", "score")))
    claimed = chance.choice(["A1", "A1:B9", "A1:XFD1048576", "B2:A1", "x"])
    made = f'<worksheet xmlns="{WORKBOOK}"><dimension ref="{claimed}"/><sheetData><row r="1">{head}</row>'
    made += "".join(lines) + "</sheetData></worksheet>"
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in (PARTS | {"xl/sheet.xml": made}).items():
            book.writestr(name, part)
    return "r.xlsx", raw.getvalue(), shown


def try_sheet(made, folder):
    """Load a sheet: what was loaded has its own number and score, and no row is lost without a word."""
    name, raw, shown = made.value
    (folder / name).write_bytes(raw)
    reviews = st.load_reviews(folder / name, score_scale=made.options["score_scale"])
    told = {*reviews["review_id"].astype("int64"), *st.load_report(reviews).query("action == 'refused'")["row"]}
    there = {number for number, cells in enumerate(shown, 2) if cells != ["", ""]}
    assert told >= there, "every row is loaded or refused, by its number in the sheet"
    for review in reviews.itertuples():
        text, score = shown[int(review.review_id) - 2]
        assert review.text == text, "a review has the number of its row"
        if not score or score.endswith("%"):
            assert pd.isna(review.score) or (score and review.score == 85), "a score is what its cell shows"
    return "loaded"
