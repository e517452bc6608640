"""Code reviews: which themes they mention, and which they praise or criticise; and the corrections of a coding.

In: the reviews or sentences table. Out: the mentions and opinions tables. It may use the folders from `base` to
`loading`. `training/`, which makes the tagger, is used by nothing here and is not part of the wheel.
"""

from .belonging import check_quotes, craft_themes, known_reviews, known_themes, one_coder, sentence_numbers
from .corrected import opinions_of, standing
from .corrections import Correction, Opinion, correction
from .keywords import keyword_opinions
from .mentions import find_mentions, in_context
from .opinions import check_threshold, code_sentences, find_opinions, in_english, read_opinions
from .record import Record
from .tagger import cores, settings
from .themes import checked_themes, index_terms, read_themes

__all__ = [
    "Correction",
    "Opinion",
    "Record",
    "check_quotes",
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
    "known_reviews",
    "known_themes",
    "one_coder",
    "opinions_of",
    "read_opinions",
    "read_themes",
    "sentence_numbers",
    "settings",
    "standing",
]
