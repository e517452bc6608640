"""Scores: what is read, what is refused and why, and what a line of text is held to state."""

import math
import re
import time
from decimal import Decimal
from importlib.util import find_spec, module_from_spec

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from starlight import load_reviews
from starlight.errors import ScoreError, TableError
from starlight.text import score_in, scores
from starlight.text.scores import parse_score, read_conventions

GRADES = ["A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F+", "F"]
# The table of the project's design; None where a convention has no such grade.
VALUES = {
    "even steps": [100, 100, 92, 83, 75, 67, 58, 50, 42, 33, 25, 17, 8, 0],
    "school": [98, 95, 91, 88, 85, 81, 78, 75, 71, 68, 65, 61, None, 50],
    "one member": [100, 99, 90, 81, 72, 63, 54, 45, 36, 27, 18, 9, None, 0],
}

READ = [
    ("A+", 100, "letter"),
    ("F", 0, "letter"),
    ("F+", 8, "letter"),
    ("b+", 83, "letter"),
    ("B\u2212", 67, "letter"),
    ("B\u2013", 67, "letter"),
    ("\uff22\uff0b", 83, "letter"),
    ("A-plus", 100, "letter"),
    ("A plus", 100, "letter"),
    ("B Minus", 67, "letter"),
    (" C+\n", 58, "letter"),
    ("7.5/10", 75, "10"),
    ("7.5 on 10", 75, "10"),
    ("7,5/10", 75, "10"),
    ("7.5\u00a0on\t10", 75, "10"),
    ("\uff13\uff0f\uff15", 60, "5"),
    ("3 of 4", 75, "4"),
    ("3 out of 4 stars", 75, "4"),
    ("3 stars (out of 4)", 75, "4"),
    ("3.5/5 stars", 70, "5"),
    ("3 1/2 / 5", 70, "5"),
    ("** 1/2 / 5", 50, "5"),
    ("** out of *****", 40, "5"),
    ("Three and a half stars out of five", 70, "5"),
    ("2\u00bd/4", 62.5, "4"),
    ("2-1/2 out of 4", 62.5, "4"),
    (".5/5", 10, "5"),
    ("3/6", 50, "6"),
    ("3/7.5", 40, "7.5"),
    ("10/20.0", 50, "20"),
    ("1 out of 2", 50, "2"),
    ("0/5", 0, "5"),
    ("1/1000", 0.1, "1000"),
    ("★★★☆☆", 60, "5"),
    ("★★★½☆", 70, "5"),
    ("½☆☆☆☆", 10, "5"),
    ("⭐\ufe0f⭐\ufe0f☆☆", 50, "4"),
    ("★★★½ (out of 5)", 70, "5"),
    ("★★★/4", 75, "4"),
    ("★★☆☆ (out of 4)", 50, "4"),
    ("***1/2 out of 5", 70, "5"),
    ("85%", 85, "percent"),
    ("85 percent", 85, "percent"),
    ("100%", 100, "percent"),
    ("👍", 100, "thumbs"),
    ("👎🏽", 0, "thumbs"),
    ("👍👍", 100, "thumbs"),
    ("thumbs up", 100, "thumbs"),
    ("Two thumbs down", 0, "thumbs"),
]

NO_MAXIMUM = "its scale is not printed; if it is out of 10, give scale=10."
STARS = "these stars do not say of how many; if they are out of 5, give scale=5."
NO_FORM = "it is in no notation that is known. Write it like B+, 7.5/10, ★★★☆☆, 85% or thumbs up, or leave it out."
NO_TEXT = "it is neither text nor a number from 0 to 1000. Give what was printed."
REFUSED = [
    ("8", NO_MAXIMUM),
    ("1", NO_MAXIMUM),
    (8, NO_MAXIMUM),
    ("10", NO_MAXIMUM),
    ("10.5", NO_MAXIMUM.replace("10", "100")),
    (100, NO_MAXIMUM.replace("10", "100")),
    ("101", NO_MAXIMUM.replace("10", "1000")),
    ("2000", "2000 is above 1000, the largest maximum. Correct it or leave it out."),
    ("4.5 stars", STARS),
    ("★★★½", STARS),
    ("★★★★★", STARS),
    ("★★★★★½", STARS.replace("5", "10")),
    ("3 1/2", NO_MAXIMUM),
    ("1/2", NO_MAXIMUM),
    ("½", NO_MAXIMUM),
    ("3/2", "3 is above its maximum 2. Correct it or leave it out."),
    ("5.5/5", "5.5 is above its maximum 5. Correct it or leave it out."),
    ("2.1/2", "2.1 is above its maximum 2. Correct it or leave it out."),
    ("120%", "120 is above its maximum 100. Correct it or leave it out."),
    ("0/0", "its maximum 0 is not from 1 to 1000. Correct it or leave it out."),
    ("5/0.5", "its maximum 0.5 is not from 1 to 1000. Correct it or leave it out."),
    ("5/99999", "its maximum 99999 is not from 1 to 1000. Correct it or leave it out."),
    ("-3/5", "it is below 0. Write it like B+, 7.5/10, ★★★☆☆, 85% or thumbs up, or leave it out."),
    ("", "nothing is printed. Write it like B+, 7.5/10, ★★★☆☆, 85% or thumbs up, or leave it out."),
    (" \n", "nothing is printed. Write it like B+, 7.5/10, ★★★☆☆, 85% or thumbs up, or leave it out."),
    ("☆☆☆", "hollow stars alone may mean none or all. Write it as n out of m."),
    ("★★★☆☆★", NO_FORM),
    ("★★★☆☆ (out of 4)", "it shows 5 stars in all, and its words say 4. Write it as n out of m."),
    ("x" * 101, "it has 101 characters, and a score has 100 at most. Give the score alone."),
    *[
        (raw, NO_FORM)
        for raw in ("R", "N", "E", "-", "n/a", "A++", "B+/A-", "3/5 4/5", "nan", "inf", "3²/10", "👍👎", "☆★")
    ],
    *[(raw, NO_TEXT) for raw in (None, math.nan, math.inf, -1, 1001, True, pd.NA, b"B+", ["B+"])],
]


def repr_of_each(value):
    """Name a case so that 8 and "8" are two."""
    return repr(value)


@pytest.mark.parametrize(("raw", "value", "scale"), READ)
def test_reads(raw, value, scale):
    """Each notation is read: its value by hand, its scale, and what was printed, unchanged."""
    assert parse_score(raw) == (value, scale, raw)


@pytest.mark.parametrize(
    ("raw", "reason"), REFUSED, ids=[f"{number}: {case[0]!r:.30}" for number, case in enumerate(REFUSED)]
)
def test_refuses(raw, reason):
    """What cannot be read without guessing is refused: the value, the reason and the remedy."""
    with pytest.raises(ScoreError) as error:
        parse_score(raw)
    shown = repr(raw) if len(repr(raw)) <= 100 else f"{raw!r:.100}…"
    assert str(error.value) == f"Cannot read the score {shown}: {reason}"


def test_refuses_a_number_too_long_to_print():
    """A number of more digits than Python prints is named by its type."""
    with pytest.raises(ScoreError, match="Cannot read the score a value of type int: it is neither text"):
        parse_score(10**5000)


@pytest.mark.parametrize(
    ("raw", "scale", "value", "printed"),
    [
        ("8", 10, 80, "8"),
        ("8.5", 10, 85, "8.5"),
        (8, 10, 80, "8"),
        (8.0, 10, 80, "8"),
        (0, 5, 0, "0"),
        ("3 1/2", 5, 70, "3 1/2"),
        ("1/2", 4, 12.5, "1/2"),
        ("★★★½", 4, 87.5, "★★★½"),
        ("***", 4, 75, "***"),
        ("4.5 stars", 5, 90, "4.5 stars"),
        (0.25, 1, 25, "0.25"),
    ],
    ids=repr_of_each,
)
def test_scale_gives_the_maximum_that_is_not_printed(raw, scale, value, printed):
    """A score without a maximum is read by the scale that the caller gives."""
    assert parse_score(raw, scale=scale) == (value, f"{scale}", printed)


@pytest.mark.parametrize(
    ("raw", "value", "scale"),
    [("3/5", 60, "5"), ("★★★☆☆", 60, "5"), ("85%", 85, "percent"), ("B", 75, "letter")],
)
def test_a_printed_scale_is_believed_over_the_one_given(raw, value, scale):
    """`scale` only fills in what is not printed."""
    assert parse_score(raw, scale=10) == (value, scale, raw)


def test_a_number_above_the_given_scale_is_refused():
    """A given scale is a maximum as a printed one is."""
    with pytest.raises(ScoreError, match=r"the score '12': 12 is above its maximum 10\. Correct it"):
        parse_score("12", scale=10)


@pytest.mark.parametrize("scale", [0, 0.5, -5, 1001, math.nan, math.inf, "10", True])
def test_refuses_what_is_no_scale(scale):
    """A scale that is no maximum is an error of the caller, even for a score that does not need it."""
    with pytest.raises(ScoreError) as error:
        parse_score("B", scale=scale)
    assert str(error.value) == f"scale is {scale!r}. Give the scale's maximum, a number from 1 to 1000."


@pytest.mark.parametrize("convention", VALUES)
def test_letters_have_the_values_of_the_design(convention):
    """Every grade of every convention has the value of the design's table, in the file and when parsed."""
    table = read_conventions().query("convention == @convention")
    expected = {grade: value for grade, value in zip(GRADES, VALUES[convention], strict=True) if value is not None}
    assert dict(zip(table["grade"], table["value"], strict=True)) == expected
    assert {grade: parse_score(grade, convention=convention).value for grade in expected} == expected


@pytest.mark.parametrize(("convention", "value"), [("even steps", 8), ("school", 50), ("one member", 0)])
def test_a_sign_that_a_convention_lacks_gives_the_plain_letter(convention, value):
    """F+ is a step of its own in even steps only, and F- in none."""
    assert parse_score("F+", convention=convention).value == value
    assert parse_score("F-", convention=convention).value == parse_score("F", convention=convention).value


def test_conventions_name_their_sources():
    """Every value says where it is from."""
    assert read_conventions()["source"].str.len().min() > 20


@pytest.mark.parametrize(
    ("convention", "shown"),
    [("evensteps", "'evensteps'. Did you mean 'even steps'?"), (None, "None."), ([], "[].")],
)
def test_refuses_an_unknown_convention(convention, shown):
    """An unknown convention is refused whatever the score, with those that exist and where."""
    with pytest.raises(ScoreError) as error:
        parse_score("3/5", convention=convention)
    allowed = "Allowed: 'even steps', 'school', 'one member'. They are in data/score_conventions.csv."
    assert str(error.value) == f"No convention {shown} {allowed}"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("convention,grade,source\nmine,A,me\n", "score_conventions has no column 'value'"),
        (
            "convention,grade,value,source\nmine,A,much,me\n",
            "score_conventions, column 'value', row 0: 'much'",
        ),
        (
            "convention,grade,value,source\nmine,A,110,me\n",
            "is not between 0 and 100.",
        ),
        (
            "convention,grade,value,source\nmine,A,90,me\nmine,A,80,me\n",
            "row 1: a second row with convention 'mine'",
        ),
    ],
)
def test_refuses_broken_conventions(rows, message, tmp_path, monkeypatch):
    """An edited file that is no table of conventions is refused, with the place."""
    path = tmp_path / "score_conventions.csv"
    path.write_text(rows, encoding="utf-8")
    monkeypatch.setattr(scores, "resource", lambda *_: path)
    with pytest.raises(TableError) as error:
        read_conventions()
    assert message in str(error.value)


def test_a_convention_of_ones_own(tmp_path, monkeypatch):
    """Whoever adds rows to the file adds a convention; a letter that it lacks is refused."""
    path = tmp_path / "score_conventions.csv"
    path.write_text("convention,grade,value,source\nmine,A,90,me\n", encoding="utf-8")
    again = module_from_spec(find_spec("starlight.text.scores"))  # which has read no conventions yet
    again.__spec__.loader.exec_module(again)
    monkeypatch.setattr(again, "resource", lambda *_: path)
    assert again.parse_score("A-", convention="mine").value == 90
    with pytest.raises(ScoreError) as error:
        again.parse_score("B", convention="mine")
    reason = "the convention has no 'B'. Add it to data/score_conventions.csv."
    assert str(error.value) == f"Cannot read the score 'B': {reason}"


@settings(deadline=None)  # the first example reads the conventions
@given(
    st.one_of(
        st.text(max_size=120),
        st.text(alphabet="ABCDF+-\u2212\u2013/.,0123456789½¼★☆%👍 outofnstars()", max_size=20),
        st.floats(),
        st.integers(),
        st.none(),
    ),
    st.sampled_from([None, 4, 10, 100]),
)
def test_whatever_is_given_is_read_or_refused(raw, scale):
    """Nothing but a Score from 0 to 100, or a ScoreError, ever comes out."""
    try:
        score = parse_score(raw, scale=scale)
    except ScoreError:
        return
    assert 0 <= score.value <= 100
    assert isinstance(score.scale, str)


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(3, 100), st.integers(1, 10))
def test_equal_shares_are_equal_scores(n, m, k):
    """n/m, kn/km and n on a given scale m are one number, and the exact one."""
    n = min(n, m)
    value = parse_score(f"{n}/{m}").value
    assert value == parse_score(f"{n * k} out of {m * k}").value == parse_score(n, scale=m).value
    assert value == pytest.approx(100 * n / m, rel=1e-15)


@pytest.mark.parametrize("text", ["9" * 1_000_000, "★" * 1_000_000, " " * 1_000_000, "1 " * 500_000])
def test_a_long_text_is_refused_at_once(text):
    """A megabyte in place of a score is refused without being read, and searched for one in good time."""
    start = time.process_time()  # not the clock's: other programs may keep the machine busy
    with pytest.raises(ScoreError, match="it has 1000000 characters, and a score has 100 at most"):
        parse_score(text)
    assert time.process_time() - start < 1
    assert score_in(text) is None
    assert time.process_time() - start < 10


LABELS = [
    ("C+", "C+"),
    ("**C+**", "C+"),
    ("7/10", "7/10"),
    ("(4 out of 5 stars)", "4 out of 5 stars"),
    ("★★★★☆", "★★★★☆"),
    ("Two thumbs up!", "Two thumbs up"),
    ("Rating: 7.5 on 10. Watch \u2018Lost in Starlight\u2019 on Netflix", "7.5 on 10"),
    ("Grade: B+", "B+"),
    ("Grade: B\u2212", "B\u2212"),
    ("Grade: B. Now on Netflix", "B"),
    ("Grade D.", "D"),
    ("Final grade: A-", "A-"),
    ("My rating: ★★★½ (out of 5)", "★★★½ (out of 5)"),
    ("Rating: ★★★½", "★★★½"),
    ("**Rating:** 3½/5", "3½/5"),
    ("Rating \u2013 B+", "B+"),
    ("Verdict: thumbs down", "thumbs down"),
    ("Overall: 8/10", "8/10"),
    ("Rating: 3 of 6", "3 of 6"),
    ("Rated 3 out of 5", "3 out of 5"),
    ("My rating is 85%.", "85%"),
    ("Score: 8", "8"),
    ("Rating: ** 1/2 / 5", "** 1/2 / 5"),
    ("Movie - *** 1/2 out of 5", "*** 1/2 out of 5"),
    ("Rating: **** out of 5", "**** out of 5"),
    ("** out of *****", "** out of *****"),
    ("3.5/5 Swedish Fish", "3.5/5"),
    ("Four out of five stars", "Four out of five stars"),
    ("Overall 5 out of 10", "5 out of 10"),
    ("Overall: (6/10)", "6/10"),
    ("Our review: 4/5", "4/5"),
]
IN_PROSE = [
    ("I give it 3 out of 4 stars", "3 out of 4 stars"),
    ("In the end I\u2019d give this film a solid B+, no more.", "B+"),
    ("I gave it an A.", "A"),
    ("We rate Lost in Starlight 4/5.", "4/5"),
    ("I give the Hills Have Eyes II 4 out of 10 for fun.", "4 out of 10"),
    ("A sweet film. Rating: 7/10", "7/10"),
    ("A sweet film. 3/5", "3/5"),
    ("A sweet film (3.5/5).", "3.5/5"),
    ("4/5 \u2013 a lovely thing", "4/5"),
    ("8/10, would watch again.", "8/10"),
    ("Harbour ★★★½", "★★★½"),
    ("I give it three stars out of four.", "three stars out of four"),
]
LONE = ["A", "**B**", "F", "85%", "👍"]
NO_SCORES = [
    *(
        "A film about loss",
        "Like Apollo 10½",
        "Kid A",
        "B movie",
        "an A-list cast",
        "A- and B-movies",
        "Class 1",
    ),
    *(
        "24/7",
        "9/11",
        "10/10/2025",
        "May 30, 2025",
        "I",
        "8",
        "90",
        "E",
        "2050",
        "3 of 4",
        "★ ★ ★",
        "***",
        "",
    ),
    *(
        "rated R",
        "Rating: R",
        "Rating: PG-13",
        "PG-13",
        "Rating: 12A",
        "Rating: TV-14",
        "Grade A beef",
        "rating ★10",
        "Rating: ★s",
    ),
    *(
        "50% of the film",
        "the first 3 of 5 songs",
        "I gave up after 3 of 5 episodes",
        "I rate it 2 hours too long",
    ),
    *("Verdict: A film for everyone", "Verdict: B movie fun", "Grade B-movie", "And it is short. A plus!"),
    *(
        "Score: C. Smith",
        "The score is 100% electronic",
        "The final score is 3-2",
        "Stars: 3 Idiots",
        "Score: 7.5 million",
    ),
    *(
        "IMDb rating: 7.1/10",
        "Rotten Tomatoes score: 85%",
        "Tomatometer: 85%",
        "Ebert gave it 3 out of 4 stars.",
    ),
    *(
        "Story: 3/5",
        "Story 3/5, songs 5/5. 4/5",
        "I give the songs an A+ but the story a C-",
        "She got a B+ in physics",
        "Plot: (8/10)",
        "+ great acting (9/10)",
        "For the acting I will rate it 7 out of 10",
        "I rated HARBOUR 8,9/10. This is even better.",
        "It is three out of four hours long.",
        "**",
    ),
    *(
        "Volume 4 Review (Short Audio Version Below)",
        "•  0 comments  •  flag",
        "Published on May 30, 2025 08:52",
    ),
]


@pytest.mark.parametrize(
    ("line", "raw", "is_label"), [(*case, True) for case in LABELS] + [(*case, False) for case in IN_PROSE]
)
def test_finds_the_score_that_a_line_states(line, raw, is_label):
    """A line that surely prints a score gives it word for word, and tells a line made for it from prose."""
    found = score_in(line)
    assert found[:5] == (raw, found.start, found.end, "stated", is_label)
    assert line[found.start : found.end] == raw


@pytest.mark.parametrize("line", LONE)
def test_a_lone_bare_letter_is_ambiguous(line):
    """A bare letter, percentage or thumb on a line of its own may be something else."""
    assert (score_in(line).raw, score_in(line).status) == (line.strip("*"), "ambiguous")


@pytest.mark.parametrize("line", NO_SCORES)
def test_finds_no_score_in_prose(line):
    """What only looks like a score, or is someone else's, is passed over."""
    assert score_in(line) is None


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"ABC+-/.:()*½★☆ \n", "4/5", "Rating", "I give it", " a ", "8", " of ", "10"]),
        max_size=12,
    )
)
def test_what_is_found_is_in_the_line_and_has_the_form_of_a_score(pieces):
    """What is found stands at its place in the line, and if it is refused, then for its numbers."""
    line = "".join(pieces)
    if found := score_in(line):
        assert line[found.start : found.end] == found.raw
        assert not re.search("it is in no notation that is known|nothing is printed", _refusal(found.raw))


def _refusal(raw):
    try:
        return parse_score(raw, scale=1000).scale
    except ScoreError as error:
        return str(error)


def test_decimals_of_databases_are_numbers():
    """Parquet, DuckDB and SQL have them: they are read as the same number is; none is a score that is not finite."""
    assert parse_score(Decimal("7.50"), scale=10) == (75, "10", "7.5")
    for bad in ("NaN", "sNaN", "Infinity", "-1", "1001"):
        with pytest.raises(ScoreError, match="neither text nor a number from 0 to 1000"):
            parse_score(Decimal(bad), scale=10)
    table = pd.DataFrame({"text": ["It glows.", "It bores."], "score": [Decimal("7.50"), None]})
    assert load_reviews(table, score_scale=10)["score"].tolist()[0] == 75
