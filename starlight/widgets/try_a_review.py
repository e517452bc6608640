"""Paste any review, and see what the tagger makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .trial import Trial

EXAMPLE = (
    "A gorgeous film with a forgettable plot\n\n"
    "Every frame is beautifully drawn, and the songs stay with you. "
    "But the story is predictable, and the ending comes much too easily."
)


def try_a_review(text: str = EXAMPLE) -> Trial:
    """Paste any English review, and see it coded in place, with the reason for each mark and the sum by theme.

    Parameters
    ----------
    text : str
        What stands there at first; an invented example if not given.

    Returns
    -------
    widget
        Its ``opinions`` are what the tagger finds in the text; ``code(text)`` takes another. Corrections made in it are
        forgotten with it: they belong to no file.

    Raises
    ------
    TableError
        If `text` is not a str.

    Examples
    --------
    >>> trial = try_a_review("The music is wonderful.")
    >>> trial.opinions[["theme", "polarity"]].to_numpy().tolist()
    [['music', 'praise']]
    """
    from .trial import Trial  # loaded here: `import starlight` stays fast

    return Trial(text)
