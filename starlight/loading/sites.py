"""The tables that sites and well-known data sets hand out, known by their header: which column is what, and its scale.

Names stand here without capitals, blanks and punctuation.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Site(NamedTuple):
    """A layout of a site's tables. A table has it if it has all columns of `header`, and with `only` no others.

    `columns` says which of its columns is which of ours, where their usual names do not: none, one, or two, of which
    the second counts where the first is empty. `scale` is what numbers without a maximum are out of; where a site has
    none, a 1 is a thumb up. With `zero_is_none` a 0 means that no score was given.
    """

    name: str
    header: str
    columns: str = ""
    scale: float | None = None
    zero_is_none: bool = False
    only: bool = False

    def theirs(self) -> dict[str, list[str]]:
        """Return the plain names of its columns by ours."""
        pairs = (part.split(":") for part in self.columns.split())
        return {ours: [name for name in theirs.split(",") if name] for ours, theirs in pairs}


_GOODREADS = "review_id:bookid film:title critic: outlet: published:dateread,dateadded"
_STEAM = "critic:authorsteamid,author published:timestampcreated"
SITES = (
    Site("Letterboxd", "name year letterboxduri rating review", "film:name", 5),
    Site("Letterboxd's diary", "name year letterboxduri rewatch watcheddate"),
    Site("Letterboxd's ratings", "date name year letterboxduri"),
    Site("Goodreads", "bookid title myrating myreview", _GOODREADS, 5, zero_is_none=True),
    Site("IMDb's lists", "position const created description title", "review_id:const film:title", 10),
    Site("IMDb's ratings", "const yourrating daterated title"),
    Site("IMDb's 50,000", "review sentiment", only=True),
    Site("Rotten Tomatoes", "rottentomatoeslink criticname reviewcontent reviewscore", "film:rottentomatoeslink"),
    Site("Rotten Tomatoes", "id reviewid originalscore reviewtext", "film:id outlet:publicationame,publicationname"),
    Site("Rotten Tomatoes", "id review rating fresh critic publisher", "review_id: film:id"),
    Site("Metacritic", "metascore publication quote", "score:metascore", 100),
    Site("Metacritic", "criticscore outlet review", "score:criticscore", 100),
    Site("Metacritic", "userscore username review", "score:userscore", 10),
    Site("MyAnimeList", "uid profile animeuid text score", "review_id:uid critic:profile film:animeuid", 10, True),
    Site("MyAnimeList", "malid review score isspoiler", "review_id:malid", 10),
    Site("Steam", "appid appname reviewtext reviewscore", "film:appname score:reviewscore"),
    Site("Steam", "review recommended authorsteamid timestampcreated", _STEAM),
    Site("Steam", "recommendationid review votedup", f"review_id:recommendationid score:votedup {_STEAM}"),
    Site("Steam", "dateposted recommendation review title", "film:title"),
    Site("Google Play", "reviewid username content score thumbsupcount", "film:appid published:at", 5),
    Site("the App Store", "username title review rating isedited", "title:title film:appname", 5),
    Site("the App Store", "author title content rating version", "title:title film:appname", 5),
    Site("Amazon", "productid profilename score summary text", "film:productid title:summary", 5),
    Site("Amazon", "reviewerid asin overall reviewtext", "film:asin published:unixreviewtime,reviewtime", 5),
    Site("Amazon", "rating title text asin userid", "film:parentasin,asin title:title critic:userid", 5),
    Site("Amazon", "reviewid producttitle starrating reviewheadline reviewbody", "critic:customerid", 5),
    Site("Yelp", "reviewid userid businessid stars text", "film:businessid critic:userid", 5),
    Site("TripAdvisor", "hotelname reviewtitle reviewtext rating", "film:hotelname", 5),
    Site("TripAdvisor", "review rating dateofvisit", "title:title", 5),
    Site("TripAdvisor", "bubblerating", "score:bubblerating", 50),
    Site("Trustpilot", "author body heading rating", "title:heading", 5),
    Site("Trustpilot", "text rating title experienced published", "title:title outlet:source", 5),
    Site("Trustpilot", "consumerdisplayname rating title text", "title:title critic:consumerdisplayname", 5),
    Site("Reddit", "author body selftext", "film: score: text:body,selftext published:createdutc"),
    Site("Douban", "movienameen movienamecn username date star comment", "film:movienameen", 5),
    Site("AlloCiné", "filmurl review polarity", "film:filmurl score:polarity"),
    Site("AlloCiné", "review polarity", "score:polarity", only=True),
)


def site_of(plain: Iterable[str]) -> Site | None:
    """Return the layout of a table with these plain names; None if it is of no site that is known."""
    there = set(plain)
    for site in SITES:
        header = set(site.header.split())
        if header <= there and (header == there or not site.only):
            return site
    return None
