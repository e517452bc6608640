"""Make a codebook: the themes of one's own that reviews are read for."""

from collections.abc import Iterable, Mapping

import pandas as pd

from ..base.arguments import check_choice, check_text
from ..errors import TableError, shown
from .themes import checked_themes, index_terms


def codebook(
    names: Iterable[str], *, covers: Mapping[str, str] | None = None, terms: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return a codebook of one's own: one row per theme, as `read_themes` returns them.

    Parameters
    ----------
    names : list of str
        The names of the themes.
    covers : dict, optional
        What belongs to a theme, in words, by its name: ``{"humour": "jokes, wit, whether it is funny"}``.
    terms : dict, optional
        The words and phrases that mention a theme, by its name, separated by semicolons and written as in
        `read_themes`. Those of a theme without any are its own name.

    Returns
    -------
    DataFrame
        The themes table. To keep it as a file, write it with ``to_csv(path, index=False)``, and read that with
        ``read_themes(path)``.

    Raises
    ------
    TableError
        If there is no theme, two have one name or share a term, or `covers` or `terms` has a theme that is not named.

    Examples
    --------
    >>> codebook(["humour", "pacing"], terms={"humour": "joke; funny; wit"})[["label", "terms"]].values.tolist()
    [['Humour', 'joke; funny; wit'], ['Pacing', 'pacing']]
    """
    what = "a list of the names of themes, such as ['humour', 'pacing']"
    if isinstance(names, str | Mapping) or not isinstance(names, Iterable):
        raise TableError(f"names is {shown(names)}. Give {what}.")
    listed = list(names)
    for name in listed:
        check_text(name, "names", what)
    listed = [_written(name) for name in listed]
    if not listed or "" in listed:
        raise TableError(f"names is {shown(listed)}, without a name. Give {what}.")
    texts = {"covers": {} if covers is None else covers, "terms": {} if terms is None else terms}
    for argument, of_theme in texts.items():
        if not isinstance(of_theme, Mapping):
            raise TableError(f"{argument} is {shown(of_theme)}. Give a dict of texts by the names of themes.")
        texts[argument] = of_theme = {_written(name): text for name, text in of_theme.items()}
        for name, text in of_theme.items():
            check_choice(name, f"a theme in {argument}", listed)
            check_text(text, f"{argument}[{name!r}]", "words separated by semicolons or commas")
    rows = pd.DataFrame({"theme": listed, "label": [name[:1].upper() + name[1:] for name in listed]})
    rows = rows.assign(
        covers=rows["theme"].map(texts["covers"]), terms=[texts["terms"].get(name, name.lower()) for name in listed]
    )
    themes = checked_themes(rows)
    index_terms(themes)
    return themes


def _written(name: str) -> str:
    """Return the name of a theme with one blank between its words."""
    return " ".join(name.split()) if isinstance(name, str) else name
