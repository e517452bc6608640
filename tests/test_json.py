"""Reviews are found in JSON of any usual shape, and what holds none is named."""

import json

import pytest

from starlight import load_report, load_reviews
from starlight.errors import ReadError

ANN, BO = {"author": "Ann", "content": "It glows."}, {"author": "Bo", "content": "It bores."}
ROWS = [["Ann", "It glows."], ["Bo", "It bores."]]


def load(path, value, indent):
    """Return the reviews of a value that is written as JSON."""
    path.write_text(json.dumps(value, indent=indent))
    return load_reviews(path)


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "many lines"])
@pytest.mark.parametrize(
    "value",
    [
        [ANN, BO],
        {"page": 1, "results": [ANN, BO]},
        {"data": {"total": 2, "reviews": [ANN, BO]}},
        {"meta": {"text": "Version 2."}, "results": [ANN, BO]},
        [{"page": 1, "results": [ANN]}, {"page": 2, "results": [BO]}],
        {"content": {"0": "It glows.", "1": "It bores."}, "author": {"0": "Ann", "1": "Bo"}},
        {"content": ["It glows.", "It bores."], "author": ["Ann", "Bo"]},
        {"columns": ["author", "content"], "index": [0, 1], "data": ROWS},
        {"schema": {"fields": [{"name": "content", "type": "string"}]}, "data": [ANN, BO]},
        {"reviews": [{"author": {"name": name}, "content": text} for name, text in ROWS]},
    ],
    ids=["list", "results", "deep", "beside", "pages", "columns", "lists", "split", "table", "names within"],
)
def test_reviews_are_found_wherever_they_are(tmp_path, value, indent):
    """The list of reviews may be the file, be held by an object, or be given as columns."""
    assert load(tmp_path / "r.json", value, indent)[["critic", "text"]].to_numpy().tolist() == ROWS


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "many lines"])
@pytest.mark.parametrize(
    "value",
    [
        {"The Post": [ANN], "Ice": [BO]},
        {"The Post": {"year": 2001, "reviews": [ANN]}, "Ice": {"year": 2002, "reviews": [BO]}},
        [{"film": "The Post", "reviews": [ANN]}, {"film": "Ice", "reviews": [BO]}],
    ],
    ids=["lists", "objects", "named"],
)
def test_a_list_for_each_film_tells_the_film(tmp_path, value, indent):
    """The name under which reviews are held is their film, unless a film is named."""
    assert load(tmp_path / "r.json", value, indent)["film"].tolist() == ["The Post", "Ice"]


FILMS = [("The Post", "Good"), ("Ice", "Bad")]


@pytest.mark.parametrize(
    "value",
    [
        [{"title": film, "reviews": [{"text": "It glows.", "title": title}]} for film, title in FILMS],
        [{"movie": {"title": film}, "reviews": [{"text": "It glows.", "title": title}]} for film, title in FILMS],
        {"movies": [{"name": film, "reviews": [{"text": "It glows.", "title": title}]} for film, title in FILMS]},
        [
            {"title": film, "description": "A plot.", "reviews": [{"text": "It glows.", "headline": t}]}
            for film, t in FILMS
        ],
        {film: {"Ann": {"text": "It glows.", "headline": title}} for film, title in FILMS},
    ],
    ids=["title", "object", "name", "with a description", "by critic"],
)
def test_what_stands_beside_a_list_of_reviews_tells_their_film(tmp_path, value):
    """Its title or name is the film's, a title within a review is a headline, and a description there no review."""
    found = load(tmp_path / "r.json", value, None)
    assert found[["film", "title", "text"]].to_numpy().tolist() == [[film, title, "It glows."] for film, title in FILMS]


@pytest.mark.parametrize("name", ["critic", "name", "author"])
def test_the_name_beside_reviews_of_several_films_is_the_critic(tmp_path, name):
    """Each review says which film it is of."""
    value = [{name: "Ann", "reviews": [{"film": "Ice", "text": "It glows."}, {"film": "Dune", "text": "It bores."}]}]
    found = load(tmp_path / "r.json", value, None)
    assert found[["critic", "film"]].to_numpy().tolist() == [["Ann", "Ice"], ["Ann", "Dune"]]


UP = {"text": "It glows."}, {"text": "It bores."}


@pytest.mark.parametrize(
    "value",
    [
        [{"title": "Up", "critics": [{"name": "Ann", "reviews": [UP[0]]}, {"name": "Bo", "reviews": [UP[1]]}]}],
        {"title": "Up", "critics": {"Ann": [UP[0]], "Bo": [UP[1]]}},
        {"title": "Up", "critics": {"ann": {"reviews": [UP[0]]}, "bo": {"reviews": [UP[1]]}}},
        [{"title": "Up", "reviewers": [{"name": "Ann", **UP[0]}, {"name": "Bo", **UP[1]}]}],
        [{"name": name, "films": [{"title": "Up", **one}]} for name, one in zip(["Ann", "Bo"], UP, strict=True)],
        {"users": [{"name": n, "movies": [{"name": "Up", **one}]} for n, one in zip(["Ann", "Bo"], UP, strict=True)]},
    ],
    ids=["critics", "by name", "small letters", "one each", "films of critics", "films of users"],
)
def test_a_list_of_critics_in_a_film_or_of_films_of_a_critic_says_whose_the_names_are(tmp_path, value):
    """The name of a critic is no film, and the film is not lost."""
    found = load(tmp_path / "r.json", value, None)
    assert [one.title() for one in found["critic"]] == ["Ann", "Bo"]
    assert found["film"].tolist() == ["Up", "Up"]


@pytest.mark.parametrize(("held", "ours"), [("films", "film"), ("critics", "critic")])
def test_one_review_under_each_name_of_films_or_critics(tmp_path, held, ours):
    """The name is no id then."""
    assert load(tmp_path / "r.json", {held: {"Up": UP[0], "Ice": UP[1]}}, None)[ours].tolist() == ["Up", "Ice"]


def test_what_stands_further_above_is_not_lost(tmp_path):
    """A series has seasons, each with a title of its own, and a film may be named at both places."""
    seasons = [{"title": f"Season {number}", "reviews": [one]} for number, one in enumerate(UP, 1)]
    found = load(tmp_path / "r.json", {"title": "Dark", "seasons": seasons}, None)
    assert found[["film", "above.title"]].to_numpy().tolist() == [["Season 1", "Dark"], ["Season 2", "Dark"]]
    found = load(tmp_path / "r.json", {"film": "Dark", "reviews": [{"film": "Season 1", **UP[0]}, UP[1]]}, None)
    assert found["film"].tolist() == ["Season 1", "Dark"]
    assert found["above.film"].tolist()[:1] == ["Dark"]


def test_a_list_of_outlets_names_outlets(tmp_path):
    """The film stands above."""
    value = [{"title": "Up", "sources": [{"name": "The Post", "reviews": [UP[0]]}, {"name": "B", "reviews": [UP[1]]}]}]
    found = load(tmp_path / "r.json", value, None)
    assert found[["film", "outlet"]].to_numpy().tolist() == [["Up", "The Post"], ["Up", "B"]]


def test_what_else_stands_beside_reviews_is_kept_and_is_not_theirs(tmp_path):
    """The score of a film is not that of its reviews."""
    found = load(tmp_path / "r.json", [{"title": "Ice", "rating": 8.1, "reviews": [{"text": "It glows."}]}], None)
    assert found["score"].isna().all()
    assert found["above.rating"].tolist() == [8.1]


@pytest.mark.parametrize("names", [["2025-01-01", "2025-01-02"], ["2023", "2024"], ["en", "de"], ["en", "pt-BR"]])
def test_years_and_languages_are_no_films(tmp_path, names):
    """Several names that are all dates, or all languages, tell parts of the reviews."""
    found = load(tmp_path / "r.json", dict(zip(names, [[ANN], [BO]], strict=True)), None)
    assert found["film"].isna().all()
    assert found["held under"].tolist() == names


def test_what_reddit_answers_is_read(tmp_path):
    """The post has its text under another name than the answers to it."""
    post = {"kind": "t3", "data": {"title": "Ice", "selftext": "It glows.", "author": "ann", "created_utc": 1748563200}}
    reply = {"kind": "t1", "data": {"body": "It bores.", "author": "bo", "score": 57}}
    listings = [{"kind": "Listing", "data": {"children": [one]}} for one in (post, reply)]
    found = load(tmp_path / "r.json", listings, None)
    assert found[["critic", "text"]].to_numpy().tolist() == [["ann", "It glows."], ["bo", "It bores."]]
    assert found[["film", "score_raw"]].isna().all(axis=None)  # its "score" counts votes


NAMES = ["Reviews", "ENTRY", "DataSet", "_source", "$values", "@graph", "UserReviews", "Items"]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_program_calls_a_list_is_no_film(tmp_path, name):
    """Elasticsearch holds each review under `_source`, JSON-LD under `@graph`, .NET under `Reviews` or `$values`."""
    assert load(tmp_path / "r.json", {name: [ANN, BO]}, None)["film"].isna().all()
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps({"_id": who["author"], name: who}) for who in (ANN, BO)))
    assert load_reviews(tmp_path / "r.jsonl")["film"].isna().all()
    halves = load(tmp_path / "r.json", {"Train": [ANN], "Test": [BO]}, None)
    assert halves["film"].isna().all()
    assert halves["held under"].tolist() == ["Train", "Test"]


@pytest.mark.parametrize("film", ["Dune", "[REC]", "#Alive", "$9.99", "The Post", "1917", "Train to Busan"])
def test_other_names_that_hold_reviews_are_films(tmp_path, film):
    """A film may begin with any sign."""
    assert load(tmp_path / "r.json", {film: [ANN, BO]}, None)["film"].tolist() == [film] * 2


def test_values_that_mongodb_wraps_are_read(tmp_path):
    """Its export writes dates and numbers as objects that tell their type."""
    wrapped = {"_id": {"$oid": "5f"}, "date": {"$date": {"$numberLong": "1748563200000"}}, "score": {"$numberInt": "4"}}
    found = load(tmp_path / "r.json", [ANN | wrapped, BO | wrapped], None)
    assert found["published"].dt.strftime("%Y-%m-%d").tolist() == ["2025-05-30"] * 2
    assert found["score_raw"].tolist() == ["4", "4"]


def test_other_names_of_lists_are_no_films(tmp_path):
    """Critics' and users' reviews are told apart in a column of their own; reviews by id have it."""
    both = load(tmp_path / "r.json", {"critic_reviews": [ANN], "user_reviews": [BO]}, None)
    assert both["film"].isna().all()
    assert both["held under"].tolist() == ["critic_reviews", "user_reviews"]
    assert load(tmp_path / "r.json", {"a7": ANN, "b8": BO}, 1)["review_id"].tolist() == ["a7", "b8"]


def test_objects_that_follow_each_other_are_read(tmp_path):
    """Objects over several lines may stand below each other, and a line may hold a page of reviews."""
    (tmp_path / "r.json").write_text("\n".join(json.dumps(one, indent=1) for one in (ANN, BO)))
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps({"results": [one]}) for one in (ANN, BO)))
    for name in ("r.json", "r.jsonl"):
        assert load_reviews(tmp_path / name)[["critic", "text"]].to_numpy().tolist() == ROWS


@pytest.mark.parametrize("cut", [30, 60, 100])
def test_an_object_that_is_cut_off_is_refused(tmp_path, cut):
    """Nothing is loaded of an object over several lines that is not whole, though a line of it may be."""
    (tmp_path / "r.json").write_text(json.dumps({"page": 1, "results": [ANN, BO]}, indent=1)[:cut])
    with pytest.raises(ReadError, match=r"its JSON is cut off or damaged \(.*line \d+ column"):
        load_reviews(tmp_path / "r.json")


def test_an_object_without_reviews_is_refused_with_what_it_has(tmp_path):
    """The message names what the object holds."""
    with pytest.raises(ReadError, match=r"no reviews were found \(it has 'total', 'meta'\)\. Give the list"):
        load(tmp_path / "r.json", {"total": 2, "meta": {"b": 1}}, 2)


def test_names_that_meet_are_all_kept(tmp_path):
    """A name within an object may be that of another beside it: both have a column."""
    value = [{"text": "It glows.", "shop.name": "Ann", "shop": {"name": "Bo"}}]
    row = load(tmp_path / "r.json", value, None).loc[0]
    assert row[["shop.name", "shop.name_2"]].tolist() == ["Ann", "Bo"]


def test_what_steam_answers_is_read(tmp_path):
    """The file that Steam's service sends holds the reviews in a list, each with its author as an object."""
    review = {"recommendationid": "9", "author": {"steamid": "76", "num_reviews": 3}, "language": "english"}
    review |= {"review": "It glows.", "timestamp_created": 1611381629, "voted_up": False}
    said = {"success": 1, "query_summary": {"num_reviews": 1, "review_score": 8}, "reviews": [review], "cursor": "Aw"}
    row = load(tmp_path / "r.json", said, None).loc[0]
    assert row[["review_id", "critic", "text", "score"]].tolist() == ["9", "76", "It glows.", 0]
    assert str(row["published"].date()) == "2021-01-23"


TWICE = '{"text": "It glows.", "score": "5/10", "text": "It bores."}'


@pytest.mark.filterwarnings("ignore:.*refused")
@pytest.mark.parametrize(
    ("twice", "name"), [(TWICE, "text"), ('{"text": "It sings.", "author": {"name": "Ann", "name": "Bo"}}', "name")]
)
def test_a_name_twice_in_a_line_refuses_its_row(tmp_path, twice, name):
    """Of two texts of one object none is lost silently, also not of an object in the object."""
    (tmp_path / "r.jsonl").write_text(f'{{"text": "It sings."}}\n{twice}\n')
    reviews = load_reviews(tmp_path / "r.jsonl")
    assert reviews["text"].tolist() == ["It sings."]
    told = load_report(reviews).iloc[-1]
    assert told[["row", "action"]].tolist() == [2, "refused"]
    assert told["reason"] == f"an object in it has the name '{name}' twice: rename one of the two"


@pytest.mark.parametrize(
    "whole",
    [
        TWICE,
        f'[{{"text": "It sings."}}, {TWICE}]',
        f'{{"reviews": [{TWICE}]}}',
        '{"columns": ["text", "text"], "data": []}',
    ],
)
def test_a_name_twice_in_one_object_refuses_its_file(tmp_path, whole):
    """A file that is one array or object is refused with the name, also where columns are listed."""
    (tmp_path / "r.json").write_text(whole)
    with pytest.raises(ReadError, match=r"r\.json cannot be read: an object in it has the name 'text' twice\. Save it"):
        load_reviews(tmp_path / "r.json")


@pytest.mark.parametrize("text", ["content", "text"])
def test_a_record_whose_cells_are_objects_is_one_row(tmp_path, text):
    """In an answer as in a list alone: its author, its film and its text are no rows of their own."""
    records = [
        {"id": 7, "author": {"name": "Ann"}, "movie": {"title": "Up"}, text: {"rendered": "It glows."}, "tags": ["a"]},
        {"id": 9, "author": {"name": "Bo"}, "movie": {"title": "Up"}, text: {"rendered": "It bores."}},
    ]
    for value in (records, {"total": 2, "data": records}, {"data": {"reviews": records}}):
        (tmp_path / "r.json").write_text(json.dumps(value))
        reviews = load_reviews(tmp_path / "r.json", columns={"text": f"{text}.rendered"})
        assert reviews[["review_id", "critic", "film", "text"]].to_numpy().tolist() == [
            ["7", "Ann", "Up", "It glows."],
            ["9", "Bo", "Up", "It bores."],
        ]


@pytest.mark.parametrize(
    "value",
    [
        {"id": 7, "body": {"text": "It glows."}},
        {"id": 7, "data": {"review": {"text": "It glows."}}},
        {"id": 7, "type": "review", "attributes": {"body": "It glows."}},
        {"id": 7, "movie": "Up", "body": {"text": "It glows.", "lang": "en"}},
    ],
)
@pytest.mark.parametrize("lines", [True, False])
def test_what_stands_beside_the_one_review_within_is_its_own(tmp_path, value, lines):
    """Its id too, unless the review has one of its own."""
    values = [value, value | {"id": 8}]
    (tmp_path / "r.json").write_text("\n".join(map(json.dumps, values)) if lines else json.dumps(values))
    assert load_reviews(tmp_path / "r.json")["review_id"].tolist() == ["7", "8"]
    found = load(tmp_path / "r.json", [{"id": 7, "review": {"id": 70, "text": "It glows."}}], None)
    assert found[["review_id", "above.id"]].to_numpy().tolist() == [["70", 7]]


def test_an_id_beside_a_list_of_reviews_is_kept(tmp_path):
    """It may be all that says what they are of."""
    value = [{"hotel_id": number, "page": 1, "reviews": [one]} for number, one in enumerate(UP)]
    found = load(tmp_path / "r.json", value, None)
    assert found["above.hotel_id"].tolist() == [0, 1]
    assert "above.page" not in found


def test_a_name_above_reviews_with_titles_may_be_a_film_or_a_critic(tmp_path):
    """It is taken for the film, with a warning that has the call for the other; beside critics it is the film's."""
    value = [{"name": "Ann", "reviews": [{"title": "Up", "text": "It glows."}]}]
    with pytest.warns(UserWarning, match=r"r\.json: .* columns=\{'critic': 'above\.name', 'film': 'title'\}\.$"):
        found = load(tmp_path / "r.json", value, None)
    assert found[["film", "title"]].to_numpy().tolist() == [["Ann", "Up"]]
    found = load_reviews(tmp_path / "r.json", columns={"critic": "above.name", "film": "title"})
    assert found[["film", "critic"]].to_numpy().tolist() == [["Up", "Ann"]]
    value[0]["reviews"][0]["author"] = "Bo"
    assert load(tmp_path / "r.json", value, None)[["film", "critic"]].to_numpy().tolist() == [["Ann", "Bo"]]
    value = [{"title": "Ice", "name": "Ann", "reviews": [{"title": "A gem", "text": "It glows."}]}]
    assert load(tmp_path / "r.json", value, None)[["film", "critic"]].to_numpy().tolist() == [["Ice", "Ann"]]


TEXTS = [{"Text": "It glows."}, {"Text": "It bores."}]


@pytest.mark.parametrize(
    "value",
    [
        {"Title": "Up", "Reviews": TEXTS},
        {"TITLE": "Up", "REVIEWS": TEXTS},
        {"Films": [{"Title": "Up", "Reviews": [{"Title": "Wow", **one} for one in TEXTS]}]},
        {"Movies": [{"Name": "Up", "Reviews": TEXTS}]},
        {"Film": {"Title": "Up", "Year": 2009, "Reviews": TEXTS}},
        {"Critics": [{"Name": "Ann", "Reviews": [{"Film": "Up", **one} for one in TEXTS]}]},
        {"critic": {"name": "Ann", "reviews": TEXTS}},
        {"filme": [{"titel": "Up", "kritiken": TEXTS}]},
        {"Filme": [{"Titel": "Up", "Kritiken": TEXTS}]},
        {"films": [{"titre": "Up", "critiques": TEXTS}]},
    ],
    ids=["title", "capitals", "films", "movies", "one film", "critics", "one critic", "German", "Filme", "French"],
)
def test_names_above_reviews_are_read_in_capitals_and_in_other_languages(tmp_path, value):
    """The film and the critic are not lost, and no film is called Films."""
    read = load(tmp_path / "r.json", value, None)
    assert read["text"].tolist() == ["It glows.", "It bores."]
    assert set(read["film"].fillna("none")) == {"none" if value.keys() == {"critic"} else "Up"}
    assert set(read["critic"].fillna("none")) == {"Ann" if "Ann" in str(value) else "none"}
