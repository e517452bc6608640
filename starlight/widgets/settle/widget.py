"""The function `settle` and its widget: the differences of several codings, one after the other, each settled by a key.

The page (settle.js) only draws, and asks for decisions. Each decision is on disk before the page shows it.
"""

import os
import warnings
from collections.abc import Iterable
from numbers import Integral
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ...base.arguments import check_number, check_path, check_text
from ...base.safe_text import in_xml
from ...coding.belonging import check_sentences, craft_themes, known_themes, with_units
from ...coding.corrections import Opinion
from ...errors import StarlightError, TableError, few, shown
from ...tables.base import OPINIONS
from ..close_reading.changes import check_judgement
from ..close_reading.reader import user_name
from ..front_end import joined
from ..stored import in_place_of
from .settling import UNFINISHED, Settling
from .shown import view

MOST = 9  # codings: each has a key


def settle(
    reviews: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    path: str | os.PathLike[str] = "settled.csv",
    coder: str = "settled",
    themes: pd.DataFrame | None = None,
    who: str | None = None,
) -> "Settler":
    """Settle the differences of several codings of the same reviews, in JupyterLab, and keep the result as a coding.

    A difference is a sentence in which the codings do not have the same themes and polarities, as `agreement` compares
    them. They are shown one after the other, the codings side by side, and a key settles each: 1 to 9 takes what that
    coder has, 0 none of it, and e edits.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table, or a part of it: then only its opinions are compared.
    opinions : DataFrame
        The opinions table of two to nine coders: two tables joined by ``pandas.concat``, or
        ``read_opinions(coder=None)`` without the coder that is called as the result is.
    path : path
        The csv file that keeps the codings and the decisions: ``settled.csv`` in the current folder, which is the
        notebook's, by default. If it is there, the widget goes on where it was left.
    coder : str
        The name of the coding that results.
    themes : DataFrame, optional
        The themes table; `read_themes()` by default.
    who : str, optional
        Who settles; by default the user of this computer.

    Returns
    -------
    Settler
        A widget. Its ``opinions`` is the settled coding, as far as it goes; where the codings agree, it has the first
        coder's opinions. ``read_opinions(path, coder=coder, reviews=reviews)`` returns the same, and who settled what
        and when. Until the last difference is settled, the coder is called ``settled, unfinished``, and the sentences
        that are open have no opinions.

    Warns
    -----
    UserWarning
        If a coder has no opinions in some of the reviews, as if that coder had not read them.

    Raises
    ------
    ReadError
        If the file is of other codings, or cannot be read.
    TableError
        If a table breaks its declaration, a quote is not where its row says, there are not two to nine coders, one of
        them is called as the result is, or they do not differ.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from starlight import load_reviews, read_opinions
    >>> codings = read_opinions(coder=None).query("coder != 'settled'")
    >>> with TemporaryDirectory() as folder:
    ...     settler = settle(load_reviews(), codings, path=f"{folder}/settled.csv")
    ...     before = settler.left
    ...     settler.take(1)
    ...     before - settler.left
    1
    """
    codings, listed = known_themes(opinions, OPINIONS, reviews, themes)
    craft = craft_themes(codings, listed)
    check_text(coder, "coder", "the name of the coding that results")
    _check_coders(codings, coder, reviews)
    sentences = check_sentences(codings, reviews)
    codings = with_units(codings, sentences)
    prose = sentences[sentences["part"] != "boilerplate"].reset_index(drop=True)
    who = user_name() if who is None else who
    check_text(who, "who", "the name of the person who settles")
    settling = Settling(codings, len(prose), craft, coder, check_path(path, "path", "'settled.csv'").resolve())
    if not settling.differences:
        first = settling.coders[0]
        raise TableError(
            f"opinions: {' and '.join(settling.coders)} agree on theme and polarity in every sentence, so there is "
            f"nothing to settle. Take one of them: opinions[opinions['coder'] == {first!r}]."
        )
    return Settler(settling, reviews, prose, craft, who)


def _check_coders(codings: pd.DataFrame, coder: str, reviews: pd.DataFrame) -> None:
    """Refuse codings that cannot be compared, and warn of a coder who has none of some reviews."""
    coders = codings["coder"].unique().tolist()
    if not 2 <= len(coders) <= MOST:
        raise TableError(
            f"opinions must hold two to nine coders of these reviews, and holds {len(coders)}: {few(coders)}. Join "
            "several, such as pandas.concat([mine, others])."
        )
    for taken in {coder, UNFINISHED.format(coder)} & {*coders}:
        raise TableError(
            f"opinions holds a coder {taken!r}, as the coding that results is called. Give another name as coder=, or "
            f"leave it out: opinions[opinions['coder'] != {taken!r}]."
        )
    names = reviews[reviews["review_id"].isin(codings["review_id"])].set_index("review_id")["name"]
    for one, ids in codings.groupby("coder", sort=False)["review_id"]:
        if len(unread := names.drop(ids.unique())):
            warnings.warn(
                f"{one} has no opinions in {len(unread)} of {len(names)} reviews ({few(unread)}), which counts as "
                "having found none. Leave those that this coder did not read out of reviews.",
                stacklevel=3,
            )


class Settler(anywidget.AnyWidget):
    """The widget that `settle` returns.

    `opinions` is the settled coding as far as it goes, `left` how many differences are not settled, and `number` the
    difference that is shown, from 0 in the order of the text.
    """

    _esm = joined("helpers.js", "close_reading/marked_text.js", "settle/settle.js")
    _css = joined("palette.css", "close_reading/reader.css", "settle/settle.css")
    themes: traitlets.List[list[str]] = traitlets.List().tag(sync=True)  # each theme and its label
    view = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self, settling: Settling, reviews: pd.DataFrame, prose: pd.DataFrame, craft: pd.DataFrame, who: str
    ) -> None:
        self._settling, self._who = settling, who
        self._texts, self._names = (
            dict(zip(reviews["review_id"].tolist(), map(in_xml, reviews[name].tolist()), strict=True))
            for name in ("text", "name")
        )
        self._places = list(zip(*(prose[name].tolist() for name in ("review_id", "start", "end", "part")), strict=True))
        super().__init__(themes=[[theme, in_xml(label)] for theme, label in craft[["theme", "label"]].to_numpy()])
        self.number = self._next(-1)
        self._show()
        self.on_msg(lambda _, asked, __: self._hear(asked))

    def __repr__(self) -> str:
        """Return what a viewer without widgets shows, the same in every run: notebooks store it."""
        return in_place_of(f"{len(self._settling.differences):,} differences of codings, to be settled")

    @property
    def opinions(self) -> pd.DataFrame:
        """The settled coding, as far as it goes."""
        return self._settling.opinions()

    @property
    def left(self) -> int:
        """How many differences are not settled."""
        return len(self._settling.left())

    def take(self, version: int) -> None:
        """Settle the difference that is shown as coder number 1, 2, ... has it, or as having no opinion for 0."""
        coders = self._settling.coders
        check_number(
            version, "version", f"0, or the number of a coder, 1 to {len(coders)}", most=len(coders), whole=True
        )
        taken = self._settling.rows[self._unit][coders[version - 1]] if version else []
        self._decide(taken, f"as {coders[version - 1]} has it" if version else "as having no opinion")

    def edit(self, opinions: Iterable[Any]) -> None:
        """Settle the difference that is shown with other opinions.

        Each is the start and end of words that a coder marked in this sentence, a theme and a polarity.
        """
        known = {(one.start, one.end): one._replace(coder="") for one in self._settling.of_all(self._unit)}
        made: dict[object, Opinion] = {}
        for given in opinions if isinstance(opinions, Iterable) else [opinions]:
            match given:
                case [Integral() as start, Integral() as end, theme, polarity] if (start, end) in known:
                    check_judgement(theme, polarity, dict(self.themes))
                    one = known[int(start), int(end)]._replace(theme=theme, polarity=polarity)
                    made[one.key] = one
                case _:
                    raise TableError(
                        f"opinions holds {shown(given)}. Give the start and end of words that a coder marked in this "
                        "sentence, a theme and a polarity."
                    )
        self._decide(sorted(made.values(), key=lambda one: (one.start, one.end)), "as you edited it")

    def undo(self) -> None:
        """Open the difference again that this person settled last, and show it."""
        unit = self._settling.last(self._who)
        if unit is None:
            raise TableError(f"{self._who} has settled nothing that could be undone.")
        self._settling.decide(unit, None, self._who)
        self.number = self._settling.differences.index(unit)
        self._show("Undone: this is open again.")

    def go(self, by: int) -> None:
        """Show a difference so many further on, or back for a negative number."""
        far, what = len(self._settling.differences), "how many differences to go on, or back if it is negative"
        check_number(by, "by", what, least=-far, most=far, whole=True)
        self.number = (self.number + by) % len(self._settling.differences)
        self._show()

    def look(self) -> None:
        """Show what others have settled in the file; the page asks for this whenever it gets the focus."""
        if self._settling.look():
            self._show(f"{self._settling.path.name} was changed elsewhere. What it holds is shown now.")

    @property
    def _unit(self) -> int:
        return self._settling.differences[self.number]

    def _decide(self, opinions: list[Opinion], how: str) -> None:
        self._settling.decide(self._unit, opinions, self._who)
        name, coder = self._settling.path.name, self._settling.coder
        said = f"Saved in {name}: difference {self.number + 1:,} {how}."
        if not self.left:
            said += f" All are settled. st.read_opinions({name!r}, coder={coder!r}, reviews=reviews) reads the result."
        self.number = self._next(self.number)
        self._show(said)

    def _next(self, number: int) -> int:
        """Return the first open difference after this one; if there is none, the first before it, or itself."""
        settling = self._settling
        numbers = [*range(number + 1, len(settling.differences)), *range(number)]
        return next((one for one in numbers if settling.differences[one] not in settling.decided), max(number, 0))

    def _show(self, said: str = "", wrong: bool = False) -> None:
        """Send the difference to the page as it is now, and what is said of the last act."""
        drawn = view(self._settling, self._unit, self._places, self._texts, dict(self.themes))
        told: dict[str, object] = {"number": self.number, "undo": self._settling.last(self._who) is not None}
        told |= {"review": self._names[self._places[self._unit][0]], "status": {"text": in_xml(said), "wrong": wrong}}
        self.set_trait("view", drawn | told)

    def _hear(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, tell it what goes wrong, and answer it."""
        try:
            match asked:
                case {"do": "take", "version": int(version)}:
                    self.take(version)
                case {"do": "edit", "opinions": list(opinions)}:
                    self.edit(opinions)
                case {"do": "go", "by": int(by)}:
                    self.go(by)
                case {"do": "undo" | "look" as name}:
                    getattr(self, name)()
        except StarlightError as error:
            self._show(str(error), wrong=True)
        self.send({"answered": asked.get("number")})
