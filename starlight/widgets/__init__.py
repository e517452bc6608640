"""The widgets: what a person sees, clicks and changes in JupyterLab.

What they show is worked out by pure functions of tables; a widget holds only what was chosen, and its page draws it.
Text of reviews is set as text, never as HTML, and nothing is asked from another machine.
"""

from .explore import explore

__all__ = ["explore"]
