"""The header of a table is found below titles and groups of columns, and a second one among its rows is no review."""

import pytest
import xlsxwriter

from starlight import load_report, load_reviews
from starlight.errors import TableError

GLOWS = "It glows and glows."
GROUPED = {
    "review first": (["Review,,,Film,", "Text,Score,Date,Title,Year"], [GLOWS, "7/10", "2024-05-01", "Ice", "2023"]),
    "film first": (["Film,,Review,,", "Title,Year,Author,Rating,Text"], ["Ice", "2023", "Ann", "7/10", GLOWS]),
    "own names": (["Movie info,,Of whom,,", "Title,Year,Critic,Rating,Review"], ["Ice", "2023", "Ann", "7/10", GLOWS]),
    "each": (["Movie,Movie,Reviewer,Reviewer", "Title,Year,Name,Review"], ["Ice", "2023", "Ann", GLOWS]),
    "one for both": (["Film,Review,", ",Author,Text"], ["Ice", "Ann", GLOWS]),
    "title": (["My films,,", "Film,,Review", "Title,Date,Text"], ["Ice", "2023-05-01", GLOWS]),
    "usual names": (["Film Title,Review", "film,critic,review"], ["Ice", "Ann", GLOWS]),
    "usual name": (["Film Review", "film,critic,review"], ["Ice", "Ann", GLOWS]),
}


def sheet(path, rows):
    """Write rows as a workbook."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            page.write(number, place, cell or None)
    book.close()
    return path


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
@pytest.mark.parametrize("case", GROUPED)
def test_names_below_groups_of_columns_are_the_header(tmp_path, case, kind):
    """No header is a review, each column is found by its name and its group's, and the report has the row above."""
    header, row = GROUPED[case]
    rows = [*(line.split(",") for line in header), row]
    path = tmp_path / f"r{kind}"
    path.write_text("\n".join(map(",".join, rows))) if kind == ".csv" else sheet(path, rows)
    reviews = load_reviews(path)
    assert reviews[["film", "text"]].to_numpy().tolist() == [["Ice", GLOWS]]
    assert reviews["critic"].notna().all() == ("Ann" in row)
    assert reviews["score"].notna().all() == ("7/10" in row)
    assert reviews["published"].notna().all() == (case == "review first")  # another date is the film's
    notes = load_report(reviews)["reason"]
    assert notes.str.contains("above the header").sum() == len(header) - 1


def test_a_header_that_has_all_names_stays(tmp_path):
    """What reads like a header right below it is a row, unless it has a name where the first has none."""
    (tmp_path / "r.csv").write_text("film,review,,\nIce,It glows.,,\nDune,It bores.,,\n")
    assert load_reviews(tmp_path / "r.csv")["film"].tolist() == ["Ice", "Dune"]


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("above", ["", "My films\n"])
def test_a_line_within_a_cell_is_no_header(tmp_path, above, separator):
    """Neither a review's, though it reads like one, nor the second line of a name."""
    names = separator.join(['"Film\ntitle"', "Review", '"Rating\n(out of 5; or 4,5)"'])
    quoted = f'"{GLOWS}\ntitle{separator}text{separator}rating\nIce, good, 4"'
    (tmp_path / "r.csv").write_text(f"{above}{names}\n{separator.join(['Ice', quoted, '4'])}\n")
    (tmp_path / "texts.csv").write_text(f"text\n{quoted}\n{GLOWS}\n")
    reviews = load_reviews(tmp_path / "r.csv")
    assert reviews[["film", "text", "score"]].to_numpy().tolist() == [["Ice", quoted.strip('"'), 80]]
    assert load_reviews(tmp_path / "texts.csv")["text"].tolist() == [quoted.strip('"'), GLOWS]
    columns = load_report(reviews)["column"].dropna().tolist()
    assert columns[:3] == ["Film\ntitle", "Review", "Rating\n(out of 5; or 4,5)"]


@pytest.mark.parametrize("name", ["column 3", "Unnamed: 2"])
def test_a_table_without_texts_and_some_names_is_refused_with_a_remedy_that_works(tmp_path, name):
    """To name one of those columns would load a row of names as a review."""
    header = "Was,," if name == "column 3" else f"Was,Unnamed: 1,{name}"
    (tmp_path / "r.csv").write_text(f"{header}\nJahr,Wer,Meinung\n2023,Ann,{GLOWS}\n")
    with pytest.raises(TableError, match="above each column, all in one row, and remove the rows above that"):
        load_reviews(tmp_path / "r.csv")
    (tmp_path / "r.csv").write_text(f"Jahr,Wer,Meinung\n2023,Ann,{GLOWS}\n")
    with pytest.raises(TableError, match=r"columns=\{'text': \.\.\.\}; if these are no names, add names above\."):
        load_reviews(tmp_path / "r.csv")


@pytest.mark.filterwarnings("ignore:.*refused")
@pytest.mark.parametrize(
    ("header", "below"),
    [
        ("Respondent ID,What did you think?,Your name", [",Open-Ended Response,Open-Ended Response"]),
        ("EndDate,Q1,ResponseId", ["End Date,What did you think?,Response ID", '"{""ImportId"":""a""}",,']),
    ],
    ids=["SurveyMonkey", "Qualtrics"],
)
def test_what_a_survey_writes_below_its_header_is_no_review(tmp_path, header, below):
    """The rows are refused, each by its number."""
    (tmp_path / "r.csv").write_text("\n".join([header, *below, f"1,{GLOWS},R_1", "2,It bores.,R_2"]))
    reviews = load_reviews(tmp_path / "r.csv", columns={"text": header.split(",")[1]})
    assert reviews["text"].tolist() == [GLOWS, "It bores."]
    report = load_report(reviews)
    assert report.loc[report["action"] == "refused", "row"].tolist() == list(range(1, len(below) + 1))
