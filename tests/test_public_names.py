"""The names at the front door: those that are listed, each from its folder, and no other."""

from importlib import import_module
from inspect import ismodule

import starlight
from starlight.errors import StarlightError

FOLDERS = ("base", "tables", "text", "loading", "coding", "summaries", "charts", "scale", "widgets", "export")


def test_every_public_name_is_one_of_its_folders():
    """What stands at the top is what one folder offers, the same object; errors stand in a module of their own."""
    offers = {}
    for folder in FOLDERS:
        module = import_module(f"starlight.{folder}")
        offers |= {name: value for name, value in vars(module).items() if not ismodule(value)}
    public = set(starlight.__all__) - {"StarlightError", "__version__"}
    assert {name for name in public if offers.get(name) is not getattr(starlight, name)} == set()
    assert starlight.StarlightError is StarlightError


def test_nothing_else_stands_at_the_top():
    """A name that is not listed, such as one of version 0.1, cannot be taken from the top by mistake."""
    there = {name for name, value in vars(starlight).items() if not name.startswith("_") and not ismodule(value)}
    assert there == set(starlight.__all__) - {"__version__"}
    assert starlight.__all__ == sorted(starlight.__all__)
