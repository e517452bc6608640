"""The tables that sites and well-known data sets hand out, known by their header: which column is what, and its scale.

Names stand here without capitals, blanks and punctuation. The column for `published` may be two: where the first has
no date, the second has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Site(NamedTuple):
    """A layout of a site's tables. A table has it if it has all columns of `header`, and with `only` no others.

    `columns` says which of its columns is which of ours; a column of ours that is not named there is found by its usual
    names. `scale` is what numbers without a maximum are out of, and with `zero_is_none` a 0 means that no score was
    given. `has_texts` is False if the file holds no reviews. With `verdicts` a 1 in the column of scores is a thumb up.
    """

    name: str
    header: str
    columns: str
    scale: float | None = None
    zero_is_none: bool = False
    only: bool = False
    has_texts: bool = True
    verdicts: bool = False


SITES = (
    Site("Letterboxd", "name year letterboxduri rating review", "film:name published:date", 5),
    Site("Letterboxd's diary", "name year letterboxduri rewatch watcheddate", "film:name", 5, has_texts=False),
    Site("Letterboxd's ratings", "date name year letterboxduri", "film:name", 5, has_texts=False),
    Site(
        "Goodreads",
        "bookid title myrating myreview",
        "review_id:bookid film:title critic: outlet: published:dateread,dateadded score:myrating text:myreview",
        5,
        zero_is_none=True,
    ),
    Site(
        "IMDb's lists",
        "position const created description title",
        "review_id:const film:title title: critic: text:description score:yourrating published:created",
        10,
    ),
    Site("IMDb's ratings", "const yourrating daterated title", "film:title", 10, has_texts=False),
    Site("IMDb's 50,000", "review sentiment", "text:review score:sentiment", only=True),
    Site(
        "Rotten Tomatoes",
        "rottentomatoeslink criticname reviewcontent reviewscore",
        "film:rottentomatoeslink title: outlet:publishername text:reviewcontent score:reviewscore",
    ),
    Site(
        "Rotten Tomatoes",
        "id reviewid originalscore reviewtext",
        "film:id outlet:publicationame,publicationname score:originalscore text:reviewtext published:creationdate",
    ),
    Site("Rotten Tomatoes", "id review rating fresh critic publisher", "review_id: film:id"),
    Site("Metacritic", "metascore publication quote", "score:metascore outlet:publication text:quote", 100),
    Site("Metacritic", "criticscore outlet review", "score:criticscore", 100),
    Site("Metacritic", "userscore username review", "score:userscore", 10),
    Site(
        "MyAnimeList",
        "uid profile animeuid text score",
        "review_id:uid critic:profile film:animeuid text:text score:score",
        10,
        zero_is_none=True,
    ),
    Site("MyAnimeList", "malid review score isspoiler", "review_id:malid text:review score:score", 10),
    Site(
        "Steam", "appid appname reviewtext reviewscore", "film:appname text:reviewtext score:reviewscore", verdicts=True
    ),
    Site(
        "Steam",
        "review recommended authorsteamid timestampcreated",
        "film:appname text:review score:recommended critic:authorsteamid published:timestampcreated",
    ),
    Site(
        "Steam",
        "recommendationid review votedup",
        "review_id:recommendationid critic:authorsteamid,author score:votedup published:timestampcreated",
    ),
    Site("Steam", "dateposted recommendation review title", "film:title score:recommendation published:dateposted"),
    Site("Google Play", "reviewid username content score thumbsupcount", "film:appid published:at", 5),
    Site("the App Store", "username title review rating isedited", "title:title film:appname text:review", 5),
    Site("the App Store", "author title content rating version", "title:title film:appname text:content", 5),
    Site(
        "Amazon",
        "productid profilename score summary text",
        "film:productid title:summary critic:profilename published:time",
        5,
    ),
    Site(
        "Amazon",
        "reviewerid asin overall reviewtext",
        "film:asin title:summary critic:reviewername score:overall published:unixreviewtime,reviewtime",
        5,
    ),
    Site("Amazon", "rating title text asin userid", "film:parentasin,asin title:title critic:userid", 5),
    Site(
        "Amazon",
        "reviewid producttitle starrating reviewheadline reviewbody",
        "film:producttitle title:reviewheadline critic:customerid",
        5,
    ),
    Site("Yelp", "reviewid userid businessid stars text", "film:businessid critic:userid", 5),
    Site("TripAdvisor", "hotelname reviewtitle reviewtext rating", "film:hotelname title:reviewtitle", 5),
    Site("TripAdvisor", "review rating dateofvisit", "title:title", 5),
    Site("TripAdvisor", "bubblerating", "score:bubblerating", 50),
    Site("Trustpilot", "author body heading rating", "title:heading", 5),
    Site("Trustpilot", "text rating title experienced published", "title:title outlet:source", 5),
    Site("Trustpilot", "consumerdisplayname rating title text", "title:title critic:consumerdisplayname", 5),
    Site(
        "Douban",
        "movienameen movienamecn username date star comment",
        "film:movienameen score:star published:date text:comment",
        5,
    ),
    Site("AlloCiné", "filmurl review polarity", "film:filmurl score:polarity", verdicts=True),
    Site("AlloCiné", "review polarity", "score:polarity", only=True, verdicts=True),
)


def site_of(plain: Iterable[str]) -> Site | None:
    """Return the layout of a table with these plain names; None if it is of no site that is known."""
    there = set(plain)
    for site in SITES:
        header = set(site.header.split())
        if header <= there and (header == there or not site.only):
            return site
    return None


def site_columns(site: Site) -> dict[str, list[str]]:
    """Return the plain names of a site's columns by ours: none where it has no such column, one, or two."""
    pairs = (part.split(":") for part in site.columns.split())
    return {ours: [name.casefold() for name in theirs.split(",") if name] for ours, theirs in pairs}
