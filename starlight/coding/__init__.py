"""Code reviews: find the themes that they mention and the opinions in them, and keep the corrections of a coding.

`themes` and `mentions` look for terms, outside `names`, and `motifs` finds themes of its own. `tagger`, `second_look`
and `opinions` find opinions. `corrections`, `corrections_file` and `corrected` keep and apply what a user corrects.
`belonging` checks that tables belong together. `travel/` reads and writes the files of other programs for coding.
`training/` makes the tagger; no other module uses it, and it is not part of the wheel.

In: the reviews or sentences table. Out: the mentions and opinions tables. It may use the folders from `base` to
`loading`.
"""

from . import belonging, regression, second_look, states, tagger
from .codebook import codebook
from .corrected import Coding, Record, opinions_of, standing, warn_of_several
from .corrections import Correction, Mark, Opinion, Place, correction, digest
from .corrections_file import CorrectionsFile
from .keywords import keyword_opinions
from .learn import learn
from .learned import Learned, read_codebook
from .mentions import CONTEXTS, find_mentions, in_context
from .motifs import MOTIFS, find_motifs
from .opinions import check_threshold, code_sentences, find_opinions, read_opinions
from .read_next import by_words, choose, read_next
from .themes import Term, checked_themes, index_terms, read_themes
from .travel.codes import read_codes, save_codes
