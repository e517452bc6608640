"""What sites hand out loads right without an argument: an invented table of each layout, and what its reviews are."""

import json
import warnings
import zipfile

import pandas as pd
import pytest

from starlight import load_report, load_reviews
from starlight.errors import ReadError, TableError

# By layout: the header, a row, and what is right of its film, title, critic, outlet, day, score and text ("It glows.").
LAYOUTS = {
    "Letterboxd": (
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date",
        "2024-05-01,Harbour,2023,https://box.example/a1,3.5,,It glows.,,2024-04-30",
        ("Harbour", None, None, None, "2024-05-01", 70),
    ),
    "Goodreads": (
        "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,"
        "Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,"
        "Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies",
        '1,Salt Roads,Ann Lee,"Lee, Ann",,"=""0""",,4,4.01,Quay House,Paperback,90,2001,2000,2024/05/03,2024/05/01,,,'
        "read,It glows.,,,1,0",
        ("Salt Roads", None, None, None, "2024-05-03", 80),
    ),
    "IMDb's lists": (
        "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),"
        "Year,Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated",
        "1,tt1,2022-05-04,2022-05-05,It glows.,Harbour,Harbour,https://i.example,Movie,3.3,86,2013,Drama,9,2013-07-11,"
        "Bo Hall,7,2022-05-06",
        ("Harbour", None, None, None, "2022-05-04", 70),
    ),
    "IMDb's 50,000": ("review,sentiment", "It glows.,positive", (None, None, None, None, None, 100)),
    "Rotten Tomatoes, critics": (
        "rotten_tomatoes_link,critic_name,top_critic,publisher_name,review_type,review_score,review_date,review_content",
        "m/harbour,Ann Lee,False,The Post,Fresh,3.5/5,2010-02-08,It glows.",
        ("m/harbour", None, "Ann Lee", "The Post", "2010-02-08", 70),
    ),
    "Rotten Tomatoes, reviews": (
        "id,reviewId,creationDate,criticName,isTopCritic,originalScore,reviewState,publicatioName,reviewText,"
        "scoreSentiment,reviewUrl",
        "harbour,17,2003-05-23,Ann Lee,False,B+,fresh,The Post,It glows.,POSITIVE,http://r.example",
        ("harbour", None, "Ann Lee", "The Post", "2003-05-23", 83),
    ),
    "Rotten Tomatoes, tsv": (
        "id,review,rating,fresh,critic,top_critic,publisher,date",
        '3,It glows.,3/5,fresh,Ann Lee,0,The Post,"November 10, 2018"',
        ("3", None, "Ann Lee", "The Post", "2018-11-10", 60),
    ),
    "Metacritic, critics": (
        "movie,publication,critic,metascore,quote,date",
        'Harbour,The Post,Ann Lee,60,It glows.,"May 3, 2020"',
        ("Harbour", None, "Ann Lee", "The Post", "2020-05-03", 60),
    ),
    "Metacritic, users": (
        "title,username,userscore,review,date",
        'Harbour,b_tide,6,It glows.,"May 3, 2020"',
        ("Harbour", None, "b_tide", None, "2020-05-03", 60),
    ),
    "MyAnimeList": (
        "uid,profile,anime_uid,text,score,scores,link",
        "255,b_tide,34096,It glows.,8,\"{'Overall': '8'}\",https://m.example",
        ("34096", None, "b_tide", None, None, 80),
    ),
    "Steam, data set": (
        "app_id,app_name,review_text,review_score,review_votes",
        "10,Harbour,It glows.,1,0",
        ("Harbour", None, None, None, None, 100),
    ),
    "Steam, csv": (
        "app_id,app_name,review_id,language,review,timestamp_created,timestamp_updated,recommended,votes_helpful,"
        "author.steamid,author.num_reviews",
        "10,Harbour,85185598,english,It glows.,1611381629,1611381630,True,0,7656,4",
        ("Harbour", None, "7656", None, "2021-01-23", 100),
    ),
    "Steam, scrape": (
        "date_posted,funny,helpful,hour_played,is_early_access_review,recommendation,review,title",
        "2019-02-10,2,4,578,False,Not Recommended,It glows.,Harbour",
        ("Harbour", None, None, None, "2019-02-10", 0),
    ),
    "Google Play": (
        "reviewId,userName,userImage,content,score,thumbsUpCount,reviewCreatedVersion,at,replyContent,repliedAt",
        "gp:a,Ann Lee,https://g.example,It glows.,4,0,1.2,2021-03-01 12:00:00,,",
        (None, None, "Ann Lee", None, "2021-03-01", 80),
    ),
    "App Store": (
        "date,developerResponse,review,rating,isEdited,title,userName",
        "2021-03-01 12:00:00,,It glows.,4,False,A Gem,b_tide",
        (None, "A Gem", "b_tide", None, "2021-03-01", 80),
    ),
    "Amazon, 2012": (
        "Id,ProductId,UserId,ProfileName,HelpfulnessNumerator,HelpfulnessDenominator,Score,Time,Summary,Text",
        "1,B001,A3,b_tide,1,1,4,1303862400,A Gem,It glows.",
        ("B001", "A Gem", "b_tide", None, "2011-04-27", 80),
    ),
    "Amazon, 2018": (
        "reviewerID,asin,reviewerName,reviewText,overall,summary,unixReviewTime,reviewTime",
        'A2,B001,b_tide,It glows.,4.0,A Gem,1252800000,"09 13, 2009"',
        ("B001", "A Gem", "b_tide", None, "2009-09-13", 80),
    ),
    "Amazon, 2023": (
        "rating,title,text,images,asin,parent_asin,user_id,timestamp,helpful_vote,verified_purchase",
        "4.0,A Gem,It glows.,[],B002,B001,AG,1588687728923,0,True",
        ("B001", "A Gem", "AG", None, "2020-05-05", 80),
    ),
    "Amazon, tsv": (
        "marketplace,customer_id,review_id,product_id,product_parent,product_title,product_category,star_rating,"
        "helpful_votes,total_votes,vine,verified_purchase,review_headline,review_body,review_date",
        "US,12,R1,B001,3,Harbour,Video,4,0,0,N,Y,A Gem,It glows.,2015-08-31",
        ("Harbour", "A Gem", "12", None, "2015-08-31", 80),
    ),
    "Yelp": (
        "review_id,user_id,business_id,stars,useful,funny,cool,text,date",
        "KU,mh,XQ,3.0,0,0,0,It glows.,2018-07-07 22:09:11",
        ("XQ", None, "mh", None, "2018-07-07", 60),
    ),
    "TripAdvisor": (
        "hotel_name,review_title,review_text,review_date,rating,reviewer_name",
        "Harbour,A Gem,It glows.,2020-05-03,4,b_tide",
        ("Harbour", "A Gem", "b_tide", None, "2020-05-03", 80),
    ),
    "Trustpilot": (
        "Date,Author,Body,Heading,Rating,Location",
        "2022-02-16,b_tide,It glows.,A Gem,4,GB",
        (None, "A Gem", "b_tide", None, "2022-02-16", 80),
    ),
    "Trustpilot, exported": (
        "Review Id,Reference Id,Review Created (UTC),Review Username,Review Title,Review Content,Review Stars,"
        "Source Name",
        "5f1,,2022-02-16 10:02:11,b_tide,A Gem,It glows.,4,Organic",
        (None, "A Gem", "b_tide", None, "2022-02-16", 80),
    ),
    "Douban": (
        "ID,Movie_Name_EN,Movie_Name_CN,Crawl_Date,Number,Username,Date,Star,Comment,Like",
        "0,Harbour,港口,2017-01-22,1,b_tide,2015-05-13,3,It glows.,2404",
        ("Harbour", None, "b_tide", None, "2015-05-13", 60),
    ),
    "AlloCiné": (
        "film-url,review,polarity",
        "http://a.example/film-1,It glows.,1",
        ("http://a.example/film-1", None, None, None, None, 100),
    ),
}
OURS = ["film", "title", "critic", "outlet", "published", "score"]


def without_missing(row):
    """Return the values of a row, None where there is none and days as they are written."""
    values = [None if pd.isna(value) else value for value in row[OURS]]
    return tuple(str(value.date()) if isinstance(value, pd.Timestamp) else value for value in values)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_site_is_known_by_its_header(layout, tmp_path):
    """Film, headline, critic, outlet, day and score are right with one path and no argument, and nothing warns."""
    header, row, right = LAYOUTS[layout]
    (tmp_path / "mine.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reviews = load_reviews(tmp_path / "mine.csv")
    assert reviews["text"].tolist() == ["It glows."]
    assert without_missing(reviews.loc[0]) == right
    report = load_report(reviews)
    site = report.loc[report["reason"].eq("the site whose tables have this header"), "value"]
    assert layout.split(",")[0] in site.item().split(",")[0] or layout.startswith("App")


def test_steam_answers_with_a_person_for_a_critic():
    """The API has an object for the author, true or false for the score, and seconds for the day."""
    said = """[{"recommendationid": "9", "author": {"steamid": "76", "num_reviews": 3}, "review": "It glows.",
        "timestamp_created": 1611381629, "voted_up": false}]"""
    review = load_reviews(pd.DataFrame(json.loads(said))).loc[0]
    assert review["review_id"] == "9"
    assert without_missing(review) == (None, None, "76", None, "2021-01-23", 0)


def test_zero_is_no_score_where_the_site_means_that(tmp_path):
    """Goodreads writes 0 for a book without a rating, and a day on which it was added where it was not read."""
    rows = "Book Id,Title,My Rating,Date Read,Date Added,My Review\n1,Ice,0,,2024/05/01,It glows.\n"
    (tmp_path / "mine.csv").write_text(rows)
    review = load_reviews(tmp_path / "mine.csv").loc[0]
    assert (review["score_status"], pd.isna(review["score_raw"])) == ("none", True)
    assert review["published"] == pd.Timestamp("2024-05-01")  # Date Added, where Date Read is empty


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date", "Letterboxd's diary"),
        ("Date,Name,Year,Letterboxd URI,Rating", "Letterboxd's ratings"),
        ("Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Year", "IMDb's ratings"),
    ],
)
def test_a_table_without_texts_is_refused_by_its_name(header, name):
    """The message says that the site has the texts in another file."""
    with pytest.raises(TableError, match=rf"{name} hold no reviews\. Give the file with the texts"):
        load_reviews(pd.DataFrame(columns=header.split(","), data=[["1"] * (header.count(",") + 1)]))


def test_what_the_user_says_stands_above_the_site():
    """A column that the user names is taken, and so is the scale."""
    frame = pd.DataFrame([["2024-05-01", "Ice", 2020, "u", 4, "It glows.", "A"]])
    frame.columns = ["Date", "Name", "Year", "Letterboxd URI", "Rating", "Review", "Tags"]
    review = load_reviews(frame, columns={"film": "Tags"}, score_scale=10).loc[0]
    assert (review["film"], review["score"]) == ("A", 40)


def test_the_packed_folder_of_letterboxd_is_read_as_it_is_downloaded(tmp_path):
    """Of its tables `reviews.csv` is read, and the report names it."""
    header, row, right = LAYOUTS["Letterboxd"]
    with zipfile.ZipFile(tmp_path / "letterboxd.zip", "w") as packed:
        packed.writestr("reviews.csv", f"{header}\n{row}\n")
        packed.writestr("diary.csv", "Date,Name\n2024-05-01,Ice\n")
        packed.writestr("deleted/reviews.csv", f"{header}\n")
        packed.writestr("__MACOSX/._reviews.csv", b"\0\5\26\7")
    reviews = load_reviews(tmp_path / "letterboxd.zip")
    assert without_missing(reviews.loc[0]) == right
    assert load_report(reviews).loc[0, ["source", "value"]].tolist() == ["letterboxd.zip", "reviews.csv"]


def test_what_a_mac_adds_to_a_packed_folder_is_no_table(tmp_path):
    """It packs a hidden file beside each one, of the same name."""
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as packed:
        packed.writestr("mine/a.csv", "text\nIt glows.\n")
        packed.writestr("__MACOSX/mine/._a.csv", b"\0\5\26\7")
    assert load_reviews(tmp_path / "mine.zip")["text"].tolist() == ["It glows."]


@pytest.mark.parametrize("names", [[], ["a.csv", "b.csv"], ["a.txt"]], ids=str)
def test_a_packed_folder_with_no_table_or_several_is_refused(names, tmp_path):
    """The message says which there are, and what to do."""
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as packed:
        for name in names:
            packed.writestr(name, "text\nIt glows.\n")
    with pytest.raises(ReadError, match=r"mine\.zip must hold one table, or reviews\.csv, and holds .*Unpack it"):
        load_reviews(tmp_path / "mine.zip")


def test_a_packed_folder_that_is_a_bomb_is_refused(tmp_path):
    """What is unpacked is counted while it is unpacked."""
    with zipfile.ZipFile(tmp_path / "mine.zip", "w", zipfile.ZIP_DEFLATED) as packed, packed.open("a.csv", "w") as file:
        file.write(b"text\n" + b"a" * 10_000_000)
    with pytest.raises(ReadError, match="of memory for"):
        load_reviews(tmp_path / "mine.zip", memory=0.04)
