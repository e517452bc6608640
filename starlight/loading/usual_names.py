"""The usual names of columns in tables of reviews, in English, German, French and Spanish."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 100  # characters of a name that may be a usual one
# By our name for a column; each bar is followed by names that are less sure to be it. They have no capitals, accents,
# blanks or punctuation.
_USUAL = {
    "review_id": "reviewid | id",
    "film": """film filmtitle filmname movie movietitle moviename
        | filmtitel nomdufilm titredufilm pelicula titulodelapelicula nombredelapelicula
        | book booktitle bookname product producttitle productname game gametitle gamename show showtitle series
        seriestitle anime animetitle animename album albumtitle appname work worktitle buch buchtitel livre libro""",
    "title": """headline reviewtitle | title titel titre titulo
        | reviewheadline reviewheading heading reviewsummary summary subject uberschrift ueberschrift schlagzeile
        titredelavis titreavis titredelacritique titular encabezado titulodelaresena""",
    "outlet": """outlet publisher source publishername publication
        | publicationname outletname sourcename newspaper magazine quelle zeitung zeitschrift journal fuente medio
        periodico media | site website""",
    "critic": """critic author reviewer criticname reviewername
        | authorname user username reviewauthor reviewedby writtenby writer reviewersname nickname profilename
        displayname usernickname kritiker kritikerin autor autorin rezensent rezensentin verfasser verfasserin nutzer
        nutzername benutzer benutzername auteur utilisateur pseudo nomdutilisateur critico usuario nombredeusuario
        autora""",
    "published": """published date reviewdate publisheddate
        | at createdat publishedat dateposted datepublished creationdate publicationdate publishdate posted postedat
        posteddate postdate created createddate datecreated dateofreview submitted submittedat reviewedon pubdate datum
        veroffentlicht veroffentlichtam veroffentlichung dateavis datedepublication publiele fecha fechadepublicacion
        publicado | timestamp datetime time reviewtime unixreviewtime""",
    "text": """text review body content reviewtext reviewcontent reviewbody
        | comment comments quote myreview fulltext reviewdescription reviewcomment commenttext selftext rezension kritik
        bewertungstext kommentar kritiktext rezensionstext avis critique commentaire commentaires texte textedelavis
        resena critica comentario comentarios texto textodelaresena
        | description feedback opinion inhalt contenu contenido""",
    "score": """score rating stars grade reviewscore
        | star rate ratings scores myrating yourrating userrating reviewrating starrating reviewstars originalscore
        userscore overallrating bewertung wertung punkte punktzahl sterne note noten schulnote etoiles puntuacion
        calificacion nota valoracion estrellas
        | overall | sentiment recommended recommendation isrecommended votedup""",
}
_RANKS = {
    ours: {name: rank for rank, names in enumerate(line.split("|")) for name in names.split()}
    for ours, line in _USUAL.items()
}
USUAL_NAMES = frozenset(name for ranks in _RANKS.values() for name in ranks)
_PREFIXES = {
    "reviews": frozenset(_USUAL) - {"film"},
    "review": frozenset(_USUAL) - {"film"},
    "critic": {"text", "score"},
    "user": {"text", "score", "critic"},
    "movie": {"text", "score"},
    "film": {"text", "score"},
}
_PREFIXED = 10  # added to the rank of the name after a prefix, as often as the prefix stands below the first
MARKS = {"note", "noten", "schulnote"}  # of German schools, or scores of any scale in French
REMARKS = {"note", "nota"}  # scores in German, French and Spanish, else remarks
WORKS = {"title", "titel", "titre", "titulo"}  # the work, unless another column is


def plain_name(name: object) -> str:
    """Return a column's name without capitals, accents, blanks and punctuation: `user_name` and `userName` are one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", str(name)[:_LONGEST])).casefold()


def fitting(plain: dict[object, str], ours: str) -> list[object]:
    """Return the columns whose plain names are the surest to be one of ours: none, one or several."""
    ranks = {name: rank for name, one in plain.items() if (rank := _rank(one, ours)) is not None}
    return [name for name, rank in ranks.items() if rank == min(ranks.values())]


def our_name(theirs: str) -> str | None:
    """Return our name for a column by one of its usual names, None for any other name."""
    ranks = {ours: rank for ours in _USUAL if (rank := _rank(plain_name(theirs), ours)) is not None}
    return min(ranks, key=lambda ours: ranks[ours]) if ranks else None


def is_usual(name: object, ours: str) -> bool:
    """Return whether a name is a usual one of one of our columns."""
    return _rank(plain_name(name), ours) is not None


def is_verdict(plain: str) -> bool:
    """Return whether a column of this name says yes or no, and gives no score."""
    return _RANKS["score"].get(plain) == max(_RANKS["score"].values())


def _rank(plain: str, ours: str) -> int | None:
    """Return how sure a name is to be one of ours, 0 the surest; None if it is not."""
    ranks = _RANKS[ours]
    if plain in ranks:
        return ranks[plain]
    for place, (prefix, of) in enumerate(_PREFIXES.items(), 1):
        if ours in of and plain.startswith(prefix) and (rank := ranks.get(plain.removeprefix(prefix))) is not None:
            return place * _PREFIXED + rank
    return None
