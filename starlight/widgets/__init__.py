"""Read, explore and correct in JupyterLab.

In: the reviews and opinions tables, or a pasted review. Out: widgets. It may use the folders from `base` to `charts`.
Pure functions of tables work out what a widget shows. The text of a review is always set as text, never as HTML, and
nothing is loaded from another machine.
"""

from . import front_end, stored
from .close_reading import close_reading, concordance, marked_text
from .explore import explore
from .settle import settle
from .try_a_review import try_a_review
from .walk import walk
