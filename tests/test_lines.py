"""What a line of a review is, told by its form alone, in the five reviews and in pages of other kinds."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from starlight.text import Line, paragraphs, read_lines, read_stated

HEADLINE = "A Small Gem of a Film"
PROSE = "It glows. See it twice."


def kinds(text):
    """Return the kinds of the lines of a text."""
    return [line.kind for line in read_lines(text)]


def kind_of(line):
    """Return the kind of a line that stands between a headline and prose, as on a page."""
    return {found.words: found.kind for found in read_lines(f"{HEADLINE}\n\n{line}\n\n{PROSE}")}[line]


FURNITURE = {
    "000": [],
    "001": [
        ("score", "C+"),
        ("repeat", "Animated K-drama Lost In Starlight shoots its sappy love story into space"),
        ("credit", "Director: Han Ji-won"),
        ("credit", "Writer: Han Ji-won, Kang Hyun-joo"),
        ("credit", "Starring: Kim Tae-ri, Hong Kyung"),
        ("credit", "Release Date: May 30, 2025 (Netflix)"),
        ("site", "Join the discussion..."),
    ],
    "002": [],
    "003": [
        ("score", "A"),
        ("date", "Thu May 22 2025"),
        ("site", "Kim Tae-ri (left) and Hong Kyung (right)"),
    ],
    "004": [
        ("byline", "Sneha Jaiswal (Twitter | Instagram)"),
        ("site", "Scene from Lost in Starlight"),
        ("score", "Rating: 7.5 on 10. Watch ‘Lost in Starlight’ on Netflix"),
        ("site", "Read Next: The Rose of Versailles Anime Movie Review"),
        ("site", "Also Read: Love, Death & Robots Volume 4 Review (Short Audio Version Below)"),
        ("site", "•\xa0 0 comments \xa0•\xa0 flag"),
        ("site", "Share on Twitter"),
        ("date", "Published on May 30, 2025 08:52"),
        ("site", "No comments have been added yet."),
    ],
}
TITLES = {
    "000": [
        ("heading", "Broken devices"),
        ("heading", "Braving the inevitable"),
        ("heading", "Closing the distance"),
    ],
    "001": [
        ("headline", "Animated K-drama Lost In Starlight shoots its sappy love story into space"),
        (
            "standfirst",
            "The first Korean animated film from Netflix plops an uninspired romance into a flashy near-future sci-fi.",
        ),
    ],
    "002": [
        ("heading", "Production Highlights and Emotional Separation Shape the Journey of Nan-young and Jay"),
        ("heading", "Nan-young Faces Peril on Mars Before Miraculous Rescue and Emotional Reunion"),
    ],
    "003": [
        ("headline", "Lost in Starlight (2025)"),
        ("heading", '"Lost in Starlight" – A Distant Love, Grounded in Emotion**'),
        ("heading", "A Tender, Celestial Symphony of Love and Distance"),
    ],
    "004": [("headline", "Lost in Starlight Review: BGs Shinier Than Character Animation")],
}


@pytest.mark.parametrize("number", FURNITURE)
@pytest.mark.parametrize(
    ("part", "expected"), [("boilerplate", FURNITURE), ("title", TITLES)], ids=["boilerplate", "title"]
)
def test_the_five_reviews(reviews, number, part, expected):
    """The boilerplate and the titles of each of the five are those that a reader finds, and no other lines."""
    text = reviews.loc[reviews["review_id"].str.startswith(number), "text"].item()
    found = [(line.kind, text[line.start : line.end]) for line in read_lines(text) if line.part == part]
    assert found == expected[number]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("byline", "By Ann Lee"),
        ("byline", "by Ann B. Lee"),
        ("byline", "BY ANN LEE"),
        ("byline", "Review by Ann Lee"),
        ("byline", "A review by Ann Lee"),
        ("byline", "Reviewed by: Ann Lee"),
        ("byline", "Words by Ludwig van der Berg"),
        ("byline", "By Robert Downey Jr."),
        ("byline", "By Séan Ó Briain"),
        ("byline", "By 봉준호 감독"),
        ("byline", "Ann Lee (@annlee)"),
        ("byline", "Ann Lee (Letterboxd)"),
        ("date", "May 30, 2025"),
        ("date", "30 May 2025"),
        ("date", "2025-05-30"),
        ("date", "Sept. 5th, 2020"),
        ("date", "Thursday, 22 May 2025"),
        ("date", "Published: Fri, May 3rd, 2020 at 8:52 p.m."),
        ("date", "First published on May 3, 2020"),
        ("date", "Updated 3 May 2020, 10:15"),
        ("site", "Scene from Up"),
        ("site", "A still from Up"),
        ("site", "Poster of ‘Up’"),
        ("site", "Photos courtesy of Pixar"),
        ("site", "Photo: Pixar"),
        ("site", "Image credit: Pixar"),
        ("site", "Ann Lee (left), Bo Kim (right)"),
        ("credit", "Director: Ann Lee"),
        ("credit", "Directed by: Ann Lee"),
        ("credit", "STARRING: Ann Lee, Bo Kim"),
        ("credit", "Cast: Ann Lee (voice of the robot) and Bo Kim"),
        ("credit", "Music by: Ann Lee"),
        ("credit", "Release date: 30 May 2025"),
        ("credit", "Running time: 96 minutes"),
        ("credit", "Genre: animation, romance"),
        ("credit", "Rated: PG-13"),
        ("site", "Share this article"),
        ("site", "Share via Email"),
        ("site", "Read more"),
        ("site", "Tags: films, space"),
        ("site", "3 comments"),
        ("site", "Be the first to comment"),
        ("site", "Advertisement"),
        ("site", "© 2025 Some Paper. All rights reserved."),
        ("score", "Grade: B+"),
        ("score", "Rating: 4 out of 5 stars."),
        ("score", "★★★½ (out of 5)"),
        ("score", "B"),
    ],
)
def test_boilerplate_is_told_by_its_form(kind, line):
    """Lines in the forms of bylines, dates, captions, credits, grades and a page's own words are boilerplate."""
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "By the way, it rains.",
        "by Stephen King.",
        "By the end of May everyone knew.",
        "By Jove it works",
        "Ann Lee (the daughter) stays.",
        "On May 30, 2025 she leaves.",
        "Published on May 30, 2025, it was a hit.",
        "Scenes of great beauty are everywhere.",
        "scenes of great beauty are everywhere",
        "Picture of the year, hands down!",
        "A still from life, and a poster of grief.",
        "Music: the songs are lovely.",
        "Cast: superb throughout.",
        "Director: he knows what he does.",
        "Genre: it has none.",
        "Writing: weak.",
        "Share this film with your mother.",
        "Read more into it than there is.",
        "Comments on grief abound.",
        "Score: 8/10. The music soars, and the ending moved me.",
        "My rating: 8/10. Recommended.",
        "Director: " + "Ann Lee, " * 30,
    ],
)
def test_prose_is_no_boilerplate(line):
    """What could be either is prose: it merely begins like a byline, date, caption, credit or grade."""
    assert kind_of(line.strip()) in ("body", "heading")


@pytest.mark.parametrize("label", ["Music", "Story", "Visuals", "Cast", "Cinematography", "Acting", "Editing"])
@pytest.mark.parametrize("verdict", ["superb throughout", "the songs are lovely", "Superb throughout"])
def test_sections_of_a_user_review_are_no_credits(label, verdict):
    """It judges and names nobody ("Music: the songs are lovely"): it is counted, though no full stop ends it."""
    lines = read_lines(f"Plot: thin\n{label}: {verdict}\nOverall: fine")
    assert [line.part for line in lines] == ["body"] * 3


def test_by_the_way_is_no_byline():
    """The words "By the way" name nobody, also on a line of their own."""
    assert "byline" not in kinds(f"{HEADLINE}\n\nBy the way\n\n{PROSE}")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("May 3, 2020", "2020-05-03"),
        ("Published on May 3rd, 2020 at 10:30", "2020-05-03"),
        ("3rd sept. 2020", "2020-09-03"),
        ("Posted: 2020-05-03", "2020-05-03"),
        ("May 3", None),
        ("Summer 2020", None),
        ("Mayor 3, 2020", None),
    ],
)
def test_a_date_has_day_month_and_year(line, date):
    """A page states its date in a line of its own that has day, month and year; less is no date."""
    text = f"{HEADLINE}\n\n{line}\n\n{PROSE}"
    published = read_stated(text, read_lines(text))["published"]
    assert published == (date and pd.Timestamp(date))


@pytest.mark.parametrize("mark", ["# {}", "## {}", "**{}**", "*{}*", "__{}__", "> {}", "{}**", "• {}"])
def test_marks_around_a_line_are_no_part_of_it(mark):
    """Markdown's headings and emphasis, balanced or not, leave the words of a line and its kind as they are."""
    marked = mark.format(HEADLINE)
    lines = read_lines("\n\n".join([marked, PROSE, mark.format("The plot"), PROSE]))
    assert [line.kind for line in lines] == ["headline", "body", "heading", "body"]
    assert [line.words for line in lines][::2] == [HEADLINE, "The plot"]
    assert (lines[0].start, lines[0].end) == (0, len(marked))


@pytest.mark.parametrize("rule", ["-----", "***", "• • •", "=====", "— — —", "…"])
def test_a_rule_is_no_heading(rule):
    """A line without a letter or digit that sets paragraphs apart is no title."""
    assert kinds(f"{rule}\n\n{PROSE}") == ["body", "body"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEADLINE}\n\n{PROSE}", ["headline", "body"]),
        (f"B+\n\n{HEADLINE}\n\nBy Ann Lee\n\n{PROSE}", ["score", "headline", "byline", "body"]),
        (f"{HEADLINE}\nBy Ann Lee\n\n{PROSE}", ["headline", "byline", "body"]),
        (f"{PROSE}\n\nThe plot\n\n{PROSE}", ["body", "heading", "body"]),
        (f"{PROSE}\nThe plot\n\n{PROSE}", ["body", "heading", "body"]),
        (f"It glows and\nThe plot\n\n{PROSE}", ["body", "body", "body"]),
        (f"B+\n{HEADLINE}\n\n{PROSE}", ["score", "headline", "body"]),
        (f"The plot\n{PROSE * 5}", ["headline", "body"]),
        (f"The plot\n{PROSE * 4}", ["body", "body"]),
        (f"{PROSE}\n\nThe plot", ["body", "body"]),
        ("Great film", ["body"]),
        ("great film\n\nloved it", ["body", "body"]),
        (f"Is it any good?\n\n{PROSE}", ["body", "body"]),
        (f"{'Word ' * 16}\n\n{PROSE}", ["body", "body"]),
        (f"{'Word ' * 15}\n\n{PROSE}", ["headline", "body"]),
        ("", []),
        (" \n\t\n", []),
    ],
    ids=[
        "headline",
        "after a grade",
        "before a byline",
        "first line is prose",
        "under an ended line",
        "under an open line",
        "under a grade",
        "above a long line",
        "above a short line",
        "leads to nothing",
        "one line",
        "small letters",
        "question",
        "16 words",
        "15 words",
        "empty",
        "blank",
    ],
)
def test_a_heading_is_short_stands_apart_and_leads_to_prose(text, expected):
    """A heading begins with no small letter, ends no sentence, has 15 words at most, and prose comes after it."""
    assert kinds(text) == expected


@pytest.mark.parametrize(("again", "last"), [(HEADLINE, "repeat"), (HEADLINE.upper(), "repeat"), ("Harbour", "body")])
def test_a_headline_printed_again_is_boilerplate(again, last):
    """The second printing of the headline counts for nothing, also in capitals."""
    assert kinds("\n\n".join([HEADLINE, *[PROSE] * 3, again]))[4] == last


def test_what_stands_between_both_printings_is_the_standfirst():
    """Prose between a headline and its second printing nearby is a title; further down it is the review."""
    assert kinds(f"{HEADLINE}\n\n{PROSE}\n\n{HEADLINE}\n\n{PROSE}") == ["headline", "standfirst", "repeat", "body"]
    near = "\n\n".join([HEADLINE, PROSE, PROSE, HEADLINE, PROSE])
    assert kinds(near) == ["headline", "standfirst", "standfirst", "repeat", "body"]
    far = "\n\n".join([HEADLINE, PROSE, PROSE, PROSE, HEADLINE, PROSE])
    assert kinds(far) == ["headline", "body", "body", "body", "repeat", "body"]


WRAPPED = """\
This is a long paragraph of a review as it was posted to a newsgroup
in 1993, with each of its lines broken by the program. It is based on
a novel by Ann Lee. Its director, as I said, knows
The Summer and films like it.

Another paragraph follows.
"""


def test_lines_broken_by_a_program_are_one_paragraph():
    """The lines of a hard-wrapped paragraph are joined, whatever they begin with; a blank line parts two."""
    found = list(paragraphs(WRAPPED))
    first, second = WRAPPED.strip().split("\n\n")
    assert [WRAPPED[line.start : line.end] for line in found] == [first, second]
    assert [line.part for line in found] == ["body", "body"]


def test_short_lines_are_not_joined():
    """Lines too short to have been broken by a program are each a paragraph: a list, a poem."""
    assert [line.words for line in paragraphs("Good music.\nBad plot.\nFine.")] == ["Good music.", "Bad plot.", "Fine."]


@pytest.mark.parametrize(("length", "count"), [(39, 2), (40, 1), (100, 1), (101, 2)])
def test_a_broken_line_has_40_to_100_characters(length, count):
    """A shorter line ended where its writer ended it, and a longer one no program has broken."""
    assert len(list(paragraphs(f"{'a' * length}\nand more."))) == count


def test_no_text_has_no_paragraphs():
    """A blank text has none."""
    assert list(paragraphs(" \n\n")) == []


@pytest.mark.parametrize(("length", "kind"), [(200, "credit"), (201, "body")])
def test_a_label_has_200_characters_at_most(length, kind):
    """A longer line is prose, whatever it begins with."""
    assert kinds("Director: ".ljust(length, "A")) == [kind]


def test_boilerplate_is_never_joined_to_prose():
    """A byline right under a broken line stays a line of its own."""
    first, second, *_ = WRAPPED.splitlines()
    found = list(paragraphs(f"{first}\n{second}\nBy Ann Lee\nand more."))
    assert [line.kind for line in found] == ["body", "byline", "body"]


@pytest.mark.parametrize(
    ("kind", "part"),
    [("headline", "title"), ("standfirst", "title"), ("heading", "title"), ("body", "body"), ("date", "boilerplate")],
)
def test_each_kind_has_its_part(kind, part):
    """Headline, standfirst and headings are titles; what is neither they nor body is boilerplate."""
    assert Line(0, 1, "A", kind).part == part


@given(st.text(st.sampled_from("aB .\n!…’”*#-•\t\xa0\u2028😀가5é"), max_size=60) | st.text())
def test_lines_cover_a_text(text):
    """Every character that is not blank lies in exactly one line, and no line begins or ends with a blank."""
    covered = [i for line in read_lines(text) for i in range(line.start, line.end)]
    assert len(set(covered)) == len(covered)
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(covered)
    for line in read_lines(text):
        assert text[line.start : line.end] == text[line.start : line.end].strip() != ""


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "2. "])
def test_items_of_a_list_are_not_run_together(mark):
    """A line that begins an item of a list goes on no paragraph, however long the line before is."""
    text = "It glows in every frame of its ninety minutes\n" + mark + "It bores in every line of its dialogue"
    assert len(list(paragraphs(text))) == 2


@pytest.mark.parametrize(
    "line", ["A film review by Ann Lee", "Movie review by Ann Lee", "Review by Ann Lee", "By Ann Lee"]
)
def test_a_byline_names_its_critic(line):
    """The usual forms of a byline are boilerplate."""
    assert [found.kind for found in read_lines(f"A Small Gem\n\n{line}\n\nIt glows. See it.")][1] == "byline"


def test_many_lines_take_no_longer_than_their_number():
    """Whether prose follows is known from the line below: 50,000 headings, each asking all below it, took minutes."""
    kinds = [line.kind for line in read_lines("A Gem\n\n" * 50_000 + "It glows. See it.")]
    assert kinds[0] == "headline"
    assert kinds[-1] == "body"
