"""Pages are read as a reader does: title, critic, film, date, score, and which lines are the review."""

from collections import Counter

import pytest
from bench_pages import FIELDS, PAGES, pages, read

from starlight.text import read_lines

PROSE = "The cast is superb. The end drags a little."
NAMED = "When I heard of Harbour, I braced myself. The cast of Harbour is superb."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Harbour ★★★½\n\n{PROSE}", {"title": "Harbour", "film": "Harbour", "score": "ambiguous"}),
        (f"Review: Harbour (Tide Saga #1) by Bo Hall\n\n{NAMED}", {"film": "Harbour"}),
        (f"‘Harbour: A Sea Story’ review: salt\n\n{PROSE}", {"film": "Harbour: A Sea Story"}),
        (
            f"Quay School\n\nQuay School\n\nHarbour review: salt\n\nAnn Lee\n\n{NAMED}",
            {"title": "Harbour review: salt", "critic": "Ann Lee", "film": "Harbour"},
        ),
        (
            f"Film & TV\n\nReview: Is ‘Harbour’ Any Good?\n\nwritten by ANN LEE\nSource: Pier Pictures\n\n{NAMED}",
            {"title": "Review: Is ‘Harbour’ Any Good?", "critic": "Ann Lee", "film": "Harbour"},
        ),
        (
            f"Harbour\n\nDrama\n\n{PROSE}\n\nAnn Lee\n\nWide Release 3rd May 2024\nPier 107 mins\n\nMore like this",
            {"title": "Harbour", "critic": "Ann Lee", "film": "Harbour", "date": "missing"},
        ),
        (
            f"What a mess...\n9 September 2021\n{PROSE}\n\n24 out of 33 found this helpful.\nPermalink",
            {"title": "What a mess...", "date": "2021-09-09", "film": "missing"},
        ),
        (
            f"harbour: a tale\n\nMay 28, 2024\n\n“Harbour: A Tale”(Movie Review)\n\n{PROSE}",
            {"film": "Harbour: A Tale", "date": "2024-05-28"},
        ),
        (
            f"Harbour (2025)\n\nPG 96 Minutes\n\nOverall\n\n6 / 10\nVerdict: Good\n\n• b_tide\n\n6 / 10\n{PROSE}",
            {"film": "Harbour", "critic": "b_tide", "score": "60"},
        ),
        (f"{PROSE}\n\n3.5/5 Swedish Fish", {"score": "70", "title": "missing"}),
        (f"{PROSE}\n\nAnd that is all.", dict.fromkeys(FIELDS[:4], "missing") | {"score": "none"}),
    ],
    ids=["stars", "book", "colon", "site", "question", "below", "user", "small letters", "twice", "fish", "bare"],
)
def test_what_a_reader_finds(text, expected):
    """The values are those that a reader finds, and missing where there is none; no line but the prose is body."""
    found, lines, _ = read(text)
    assert {field: found[field] for field in expected} == expected
    assert {line.words for line in lines if line.kind == "body"} <= {PROSE, NAMED, "And that is all."}


def test_a_text_that_is_no_page_keeps_all_its_lines():
    """Short lines without a sign that ends them are prose where nothing else shows that the text is a page."""
    assert {line.kind for line in read_lines("great cast\nloved the songs\nsaw it twice\nmy kids too")} == {"body"}


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.glob("*.txt")))
def test_nine_of_ten_invented_pages_are_read_right(name):
    """Each field is right, or rightly missing, in nine of ten pages; one line of prose in 200 is lost at most."""
    right, lost, count = Counter(), 0, 0
    found = list(pages(PAGES / name))
    for _, stated, text, marks in found:
        values, lines, text = read(text)
        right.update(field for field in FIELDS if values[field] == stated[field])
        prose = [line for line in lines if marks and marks[text.count("\n", 0, line.start)] == "P"]
        lost, count = lost + sum(line.part == "boilerplate" for line in prose), count + len(prose)
    assert min(right[field] for field in FIELDS) >= 0.9 * len(found)
    assert 200 * lost <= count


def test_a_film_is_looked_for_near_the_review():
    """Of thousands of lines above the review only the last hundred may name its film: each is compared with all."""
    head = "\n".join(f"Harbour Lights {number}" for number in range(4_000))
    assert read(f"{head}\n\n3 May 2020\n\n{PROSE} We saw Harbour Lights 3999 and Harbour Lights 7.")[0]["film"] == (
        "Harbour Lights 3999"
    )
