"""What can be read from text alone.

`lines` tells prose from titles and boilerplate (bylines, share buttons), `metadata` reads the headline, critic
and date, `films` the film. `printed_scores` finds a score in a line and `scores` reads its notation, `dates` reads a
date, `languages` tells the language, and `sentences` and `words` split.

In: a text, or a table of texts. Out: places in it, and the values that stand there. It may use `base` and `tables`.
"""

from .dates import first_in_dates, read_day
from .films import films
from .forms import REVIEW, critic_in, is_a_name, spelt, words_of
from .languages import ENGLISH, is_english, languages
from .lines import Line, normalise, paragraphs, read_lines
from .metadata import read_stated
from .printed_scores import score_in
from .scores import Score, in_stars, parse_score, read_conventions, short
from .sentences import spans, split_sentences
from .words import Word, find_words
