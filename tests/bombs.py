"""Small files that ask for everything; as a script this prints the memory, the time and the end of loading each.

Each function writes one into a folder and returns its path. Files and limits are small, so that they are quick to make;
with STARLIGHT_BOMBS=50 they are as large as the usual limit of a gigabyte asks for.
"""

import gzip
import itertools
import json
import os
import resource
import string
import struct
import sys
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import starlight as st
from starlight.errors import StarlightError

TIMES = int(os.environ.get("STARLIGHT_BOMBS", "1"))
MEGA = 20_000 * TIMES
MEMORY = None if TIMES == 50 else 0.02 * TIMES
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{}'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    'Target="sharedStrings.xml"/>'
    '<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>'
)
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
SPREADSHEET = (
    "<office:document-content {}><office:body><office:spreadsheet><table:table table:name='S'>{}"
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table"))
SPACES += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def packed(path, files):
    """Write a zip file; the contents come in parts, so that none of it need be held."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, parts in files.items():
            with book.open(name, "w", force_zip64=True) as file:
                for part in [parts] if isinstance(parts, str) else parts:
                    file.write(part.encode())
    return path


def workbook(path, sheet, book="", **others):
    """Write an .xlsx whose first sheet has these rows."""
    parts = [SHEET, *([sheet] if isinstance(sheet, str) else sheet)]
    if not parts[-1].endswith("</worksheet>"):
        parts.append("</sheetData></worksheet>")
    files = {
        "xl/workbook.xml": BOOK.format(book),
        "_rels/.rels": ROOT,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/sharedStrings.xml": "<sst/>",
        "xl/styles.xml": "<styleSheet/>",
        **others,
    }
    return packed(path, {**files, "xl/worksheets/sheet1.xml": parts})


def opendocument(path, rows):
    """Write an .ods whose only sheet has these rows."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed(
        path,
        {"mimetype": kind, "META-INF/manifest.xml": "<manifest/>", "content.xml": SPREADSHEET.format(SPACES, rows)},
    )


def far_cells(folder):
    """Two cells at the ends of a sheet."""
    return workbook(folder / "r.xlsx", HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def far_columns(folder):
    """Many rows with one cell at each end."""
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="XFD{0}"><v>1</v></c></row>'
    return workbook(folder / "r.xlsx", [HEAD, *(row.format(number) for number in range(2, MEGA // 10))])


def one_string(folder):
    """A million cells that all hold one long shared text."""
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'
    texts = f"<sst><si><t>{'It glows. ' * 3_000}</t></si></sst>"
    rows = [HEAD, *(row.format(number) for number in range(2, MEGA))]
    return workbook(folder / "r.xlsx", rows, **{"xl/sharedStrings.xml": texts})


def blank_sheet(folder):
    """A sheet of two gigabytes of blanks."""
    return workbook(folder / "r.xlsx", [HEAD, *([" " * MEGA] * 2_000)])


def empty_strings(folder):
    """A gigabyte of shared texts that no cell shows."""
    texts = ["<sst>", *(["<si><t>ab</t></si>" * (MEGA // 20)] * 1_000), "</sst>"]
    return workbook(folder / "r.xlsx", HEAD, **{"xl/sharedStrings.xml": texts})


def long_string(folder):
    """One shared text of a gigabyte."""
    texts = ["<sst><si><t>", *(["a" * MEGA] * 1_000), "</t></si></sst>"]
    return workbook(folder / "r.xlsx", HEAD, **{"xl/sharedStrings.xml": texts})


def repeated_cells(folder):
    """One cell that is repeated in all columns and rows."""
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="string"><text:p>text</text:p>'
    cell += "</table:table-cell>"
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    return opendocument(folder / "r.ods", row.format(1, cell.format(1)) + row.format(1_048_575, cell.format(16_384)))


def repeated_rows(folder):
    """One long text that is repeated in all rows."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    text = cell.format("It glows. " * 10_000)
    return opendocument(folder / "r.ods", row.format(1, cell.format("text")) + row.format(1_048_575, text))


def repeated_blanks(folder):
    """A text with a thousand million blanks that are only counted."""
    cell = '<table:table-cell office:value-type="string"><text:p>text{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    return opendocument(folder / "r.ods", row.format("") + row.format('<text:s text:c="1000000000"/>!'))


def many_blanks(folder):
    """A text with a thousand counted blanks at a time."""
    cell = '<table:table-cell office:value-type="string"><text:p>text{}</text:p></table:table-cell>'
    row = f"<table:table-row>{cell}</table:table-row>"
    return opendocument(
        folder / "r.ods", row.format("") + row.format('<text:s text:c="1000"/>' * (MEGA * 3 // 4) + "!")
    )


def merged_columns(folder):
    """Very many merged columns, each over all rows."""
    rows = (f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(2, MEGA // 50))
    columns = ("".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3))
    merged = (f'<mergeCell ref="{column}1:{column}1048576"/>' for column in columns)
    return workbook(folder / "r.xlsx", [HEAD, *rows, "</sheetData>", *merged, "</worksheet>"])


def packed_sheet(folder):
    """A sheet of blanks, packed in the way that unpacks all at once."""
    with zipfile.ZipFile(workbook(folder / "r.xlsx", HEAD)) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    with zipfile.ZipFile(folder / "r.xlsx", "w", zipfile.ZIP_BZIP2) as book:
        for name, part in parts.items():
            with book.open(name, "w") as file:
                file.write(part)
                for _ in range(0 if "sheet1" not in name else min(TIMES, 10)):
                    file.write(b" " * 100_000_000)
    return folder / "r.xlsx"


def doubled_names(folder):
    """An .xls with forty names, each of which stands for the one before twice over."""

    def record(code, data):
        return struct.pack("<HH", code, len(data)) + data

    records = [record(0x809, struct.pack("<HHHHII", 0x600, 5, 0xDBB, 1996, 0, 0))]
    for number in range(40):
        twice = (b"#" + struct.pack("<HH", number, 0)) * 2 + b"\x08"
        formula = twice if number else b"\x17\xc8\0" + b"x" * 200
        header = struct.pack("<HBBHHHBBBB", 0, 0, 4, len(formula), 0, 0, 0, 0, 0, 0)
        records.append(record(0x18, header + b"\0N%03d" % number + formula))
    (folder / "r.xls").write_bytes(b"".join([*records, record(10, b"")]))
    return folder / "r.xls"


def equal_bytes(folder):
    """A Parquet file of equal values of one length, which are stored once."""
    size, schema = MEGA // 2, pa.schema({"text": pa.string(), "own": pa.binary(MEGA // 2)})
    texts = pa.table({"text": [f"Good {number}." for number in range(10_000)]})
    own = pa.chunked_array([pa.array([b"x" * size] * 1_000, pa.binary(size))] * 10)
    options = {"use_dictionary": ["own"], "compression": "zstd", "data_page_size": 1 << 30}
    pq.write_table(texts.append_column("own", own).cast(schema), folder / "r.parquet", **options)
    return folder / "r.parquet"


def equal_texts(folder):
    """A Parquet file of equal texts, which are stored once."""
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * (MEGA // 20), "int32"), ["It glows. " * 3_000])
    pq.write_table(pa.table({"text": texts}), folder / "r.parquet")
    return folder / "r.parquet"


def begun_texts(folder):
    """A Parquet file of equal texts, of each of which only is stored that it is like the one before."""
    size, begun = MEGA, {"text": "DELTA_BYTE_ARRAY"}
    with pq.ParquetWriter(
        folder / "r.parquet",
        pa.schema({"text": pa.string()}),
        use_dictionary=False,
        column_encoding=begun,
        compression="zstd",
        write_statistics=False,
    ) as file:
        file.write_table(pa.table({"text": ["x" * size] * 1_000}))
    return folder / "r.parquet"


def lists_of_texts(folder):
    """A Parquet file whose cells are long lists of one text."""
    one = pa.array([["It glows. " * 3_000] * 1_000] * (MEGA // 2_000), pa.list_(pa.string()))
    pq.write_table(pa.table({"text": ["Good."] * (MEGA // 2_000), "own": one}), folder / "r.parquet")
    return folder / "r.parquet"


def many_nulls(folder):
    """A Parquet file of fifty million empty cells."""
    pq.write_table(pa.table({"text": pa.nulls(50 * MEGA, pa.string())}), folder / "r.parquet")
    return folder / "r.parquet"


def long_list(folder):
    """A Parquet file with one list of a hundred million."""
    array = pa.ListArray.from_arrays(pa.array([0, 100 * MEGA], "int32"), pa.nulls(100 * MEGA, pa.int8()))
    pq.write_table(pa.table({"text": ["Good."], "own": array}), folder / "r.parquet")
    return folder / "r.parquet"


def _gzip(path, parts):
    with gzip.open(path, "wb", compresslevel=1) as file:
        for part in parts:
            file.write(part)
    return path


def short_rows(folder):
    """24 million rows of one letter."""
    return _gzip(folder / "r.csv.gz", [b"text\n", *([b"a\n" * MEGA] * 24)])


def short_lines(folder):
    """Ten million lines of JSON."""
    return _gzip(folder / "r.jsonl.gz", [b'{"text": "a"}\n' * MEGA] * 10)


def one_row(folder):
    """A row of a gigabyte."""
    return _gzip(folder / "r.csv.gz", [b"text,a\n", *([b"It glows. " * (MEGA // 10)] * 1_000)])


def quoted_row(folder):
    """A row of very many cells, each on two lines."""
    return _gzip(folder / "r.csv.gz", [b"text,a\n", *([b'"\n",' * (MEGA // 10)] * 1_000)])


def wide_rows(folder):
    """A thousand columns of short cells."""
    line = b",".join([b"a"] * 1_000) + b"\n"
    return _gzip(
        folder / "r.csv.gz", [b"text," + b",".join(b"%d" % n for n in range(999)) + b"\n", *([line] * (MEGA // 25))]
    )


def gzip_of_gzip(folder):
    """A packed file that holds a packed file."""
    _gzip(folder / "inner.gz", [b"\0" * MEGA] * 1_000)
    return _gzip(folder / "r.csv.gz", [(folder / "inner.gz").read_bytes()])


def sparse(name):
    """Return what writes a file of three gigabytes that takes no room on the disk."""

    def write(folder):
        with (folder / name).open("wb") as file:
            file.write(b"text\n")
            file.truncate(3_000 * MEGA)
        return folder / name

    write.__name__ = f"sparse_{name.rpartition('.')[2]}"
    return write


def big_text(folder):
    """A folder with a text of a hundred megabytes."""
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text("It glows. The music soars, and the ending is a gem.\n" * (2 * MEGA))
    (folder / "texts" / "b.txt").write_text("It bores.")
    return folder / "texts"


def empty_objects(folder):
    """Sixteen million empty objects in a JSON array."""
    return _gzip(folder / "r.json.gz", [b"[", *([b"{}," * MEGA] * 16), b"{}]"])


def nested_objects(folder):
    """One JSON object that holds sixteen million."""
    return _gzip(folder / "r.json.gz", [b'[{"text": [', *([b"{}," * MEGA] * 16), b"{}]}]"])


def deep_json(folder):
    """A JSON array in an array, and so on."""
    (folder / "r.json").write_text("[" * MEGA)
    return folder / "r.json"


def many_columns(folder):
    """A million columns."""
    (folder / "r.csv").write_text(",".join(map(str, range(MEGA))) + "\n")
    return folder / "r.csv"


def device(folder):
    """A link to a device that never ends."""
    (folder / "r.csv").symlink_to("/dev/zero")
    return folder / "r.csv"


def pipe(folder):
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "r.csv")
    return folder / "r.csv"


def many_files(folder):
    """A folder of very many files."""
    for number in range(MEGA // 5):
        (folder / f"{number}.txt").write_bytes(b"a")
    return folder


SPARSE = [sparse(f"r.{kind}") for kind in ("csv", "txt", "jsonl", "json", "xlsx", "ods", "xls", "parquet", "html")]
BOMBS = [
    *(far_cells, far_columns, one_string, blank_sheet, empty_strings, long_string),
    *(repeated_cells, repeated_rows, repeated_blanks, many_blanks, merged_columns, packed_sheet),
    *(doubled_names, equal_bytes, equal_texts, begun_texts, lists_of_texts, many_nulls, long_list),
    *(short_rows, short_lines, one_row, quoted_row, wide_rows, gzip_of_gzip, *SPARSE, big_text),
    *(empty_objects, nested_objects, deep_json, many_columns, device, pipe, many_files),
]


def load(path):
    """Return how loading a path ends."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return f"{len(st.load_reviews(path, memory=MEMORY)):,} reviews"
    except StarlightError as error:
        return str(error)


def tried(bomb):
    """Return what loading a bomb takes, in megabytes and seconds, and how it ends."""
    with tempfile.TemporaryDirectory() as name:
        path = bomb(Path(name))
        Path("/proc/self/clear_refs").write_text("5")  # forgets the highest memory until now
        before, begins = _highest(), time.perf_counter()
        try:
            end = load(path)
        except Exception as error:
            end = f"not refused: {type(error).__name__}: {str(error)[:100]}"
        return {
            "bomb": bomb.__name__,
            "megabytes": _highest() - before,
            "seconds": round(time.perf_counter() - begins, 1),
            "end": end,
        }


def _highest():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (7 * 10**9,) * 2)
    asked = sys.argv[1:]
    st.load_reviews()
    for one in BOMBS:
        if not asked or one.__name__ in asked:
            print(json.dumps(tried(one)), flush=True)
