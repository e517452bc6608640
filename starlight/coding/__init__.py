"""Code reviews: find the themes that they mention and the opinions in them, and keep the corrections of a coding.

`themes` and `mentions` look for terms, `tagger` and `opinions` find opinions, `corrections`, `corrections_file` and
`corrected` keep and apply what a user corrects, `belonging` checks that tables belong together. `training/` makes the
tagger; no other module uses it, and it is not part of the wheel.

In: the reviews or sentences table. Out: the mentions and opinions tables. It may use the folders from `base` to
`loading`.
"""

from . import tagger
from .belonging import (
    check_quotes,
    check_sentences,
    check_themes,
    craft_themes,
    known_themes,
    of_reviews,
    one_coder,
    with_units,
)
from .corrected import Coding, Record, opinions_of, standing
from .corrections import Correction, Opinion, correction
from .corrections_file import CorrectionsFile
from .keywords import keyword_opinions
from .mentions import CONTEXTS, find_mentions, in_context
from .opinions import check_threshold, code_sentences, find_opinions, in_english, read_opinions
from .tagger import cores, settings
from .themes import Term, checked_themes, index_terms, read_themes

__all__ = [
    "CONTEXTS",
    "Coding",
    "Correction",
    "CorrectionsFile",
    "Opinion",
    "Record",
    "Term",
    "check_quotes",
    "check_sentences",
    "check_themes",
    "check_threshold",
    "checked_themes",
    "code_sentences",
    "cores",
    "correction",
    "craft_themes",
    "find_mentions",
    "find_opinions",
    "in_context",
    "in_english",
    "index_terms",
    "keyword_opinions",
    "known_themes",
    "of_reviews",
    "one_coder",
    "opinions_of",
    "read_opinions",
    "read_themes",
    "settings",
    "standing",
    "tagger",
    "with_units",
]
