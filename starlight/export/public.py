"""Say in one line what becomes public when reviews that do not come with Starlight are exported."""

import warnings
from typing import Any

import nbformat
import pandas as pd

from ..base.resources import resource
from ..loading.load import load_reviews
from ..widgets.stored import CLOSE_READING
from ..widgets.try_a_review import EXAMPLE
from .page import contents

_INVENTED = ("invented_reviews.csv", "game_reviews.csv")


def warn_of_what_is_public(notebooks: dict[str, nbformat.NotebookNode], *, texts: bool, names: bool) -> None:
    """Warn if widgets in the notebooks show reviews that do not come with Starlight."""
    stored = [one for notebook in notebooks.values() for one in contents(notebook)]
    invented = pd.concat(pd.read_csv(resource("data", name), dtype="str") for name in _INVENTED).fillna("")
    known = "\n".join([*load_reviews()["text"], *invented.to_numpy().ravel(), EXAMPLE])
    others = [(mime, content) for mime, content in stored if not all(words in known for words in _words(content))]
    if not others:
        return
    whole = texts and any(mime == CLOSE_READING or content["texts"] for mime, content in others)
    what = ("whole texts of reviews" if whole else "quotes from reviews") + " and their reviewers' names" * names
    remedies = ["texts=False (--no-texts) leaves the texts out and keeps quotes"] * whole
    remedies += ["names=False (--no-names) replaces the names"] * names
    advice = f" {', and '.join(remedies)}." if remedies else ""
    warnings.warn(f"These pages will make public {what}.{advice}", stacklevel=3)


def _words(content: dict[str, Any]) -> list[str]:
    if "options" in content:
        return [*(row[7] for row in content["opinions"]), *(text.strip() for text in content["texts"])]
    return [review["text"].strip() for review in content["reviews"]]
