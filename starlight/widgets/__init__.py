"""The widgets: what a person sees, clicks and changes in JupyterLab.

What they show is worked out by pure functions of tables; a widget holds only what was chosen, and its page draws it.
Text of reviews is set as text, never as HTML, and nothing is asked from another machine.
"""

from .close_reading import close_reading
from .explore import explore
from .try_a_review import try_a_review

__all__ = ["close_reading", "explore", "try_a_review"]
