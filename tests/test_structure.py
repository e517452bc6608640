"""The layout of `starlight/`: folders use only those above them, take only what is offered, and stay small."""

import ast
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from project import files

import starlight as st
import starlight.dictionary
import starlight.export

PACKAGE = Path(st.__file__).parent
ORDER = ["base", "tables", "text", "loading", "coding", "summaries", "charts", "scale", "widgets", "export"]
TOP = ["errors", "dictionary", "five"]  # modules beside the folders: errors is used by all, the others use all
MODULES = {
    ".".join(("starlight", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in files("starlight")
    if path.suffix == ".py"
}
PUBLIC_MODULES = [
    "starlight",
    "starlight.errors",
    "starlight.dictionary",
    "starlight.coding.keywords",
    "starlight.five",
]
PUBLIC_MODULES += ["starlight.export", "starlight.text.scores", *[f"starlight.{folder}" for folder in ORDER]]
TESTS = sorted(Path(__file__).parent.rglob("*.py"))


def imports(path, package):
    """Return what a file imports from starlight: the module, the name taken from it (or None), and the name here."""
    taken = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            taken += [(one.name, None, one.asname or one.name) for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = resolve(node, package)
            for one in node.names:
                inner = f"{module}.{one.name}"
                here = one.asname or one.name
                taken.append((inner, None, here) if inner in MODULES else (module, one.name, here))
    return [one for one in taken if one[0].split(".")[0] == "starlight"]


def resolve(node, package):
    """Return the full name of the module that a `from` names, in a file of this package."""
    above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
    return ".".join([*above, *(node.module or "").split(".")]).strip(".")


def package_of(module):
    """Return the package that a module's relative imports start from."""
    return module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]


def folder_of(module):
    """Return the folder of a module: a name of ORDER, a module of TOP, or the empty string for the package."""
    return [*module.split("."), ""][1]


def uses(path, here):
    """Return the attributes that a file takes from a module that it knows by this name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    reads = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {node.attr for node in reads if ast.unparse(node.value) == here}


TAKEN = {module: imports(path, package_of(module)) for module, path in MODULES.items()}
ACROSS = sorted(
    {
        (module, source, name)
        for module, taken in TAKEN.items()
        for source, given, here in taken
        for name in ([given] if given else uses(MODULES[module], here) or [None])
        if folder_of(source) != folder_of(module)
    },
    key=str,
)


def offered(folder):
    """Return what a folder offers: what its `__init__.py` imports."""
    return {here for *_, here in TAKEN[f"starlight.{folder}"]} if folder in ORDER else set()


def documented(folder):
    """Return the folders that a folder's docstring says it may use."""
    said = re.search(r"It may use ([^.]*(?:`[^`]*`[^.]*)*)\.", " ".join(docstring(folder).split()))
    assert said, f"starlight/{folder}/__init__.py does not say what it may use"
    names = re.findall(r"`([^`]+)`", said[1])
    if from_to := re.search(r"from `(\w+)` to `(\w+)`", said[1]):
        first, last = map(ORDER.index, from_to.groups())
        names += ORDER[first : last + 1]
    return set(names) & set(ORDER)


def docstring(folder):
    """Return the docstring of a folder."""
    return ast.get_docstring(ast.parse((PACKAGE / folder / "__init__.py").read_text(encoding="utf-8"))) or ""


def test_the_folders_are_those_of_the_layout():
    """Beside the ten folders there are three modules, and the checks below see them all."""
    there = {Path(path.relative_to(PACKAGE).parts[0]).stem for path in files("starlight")}
    assert there - {"__init__", "py"} == {*ORDER, *TOP}
    assert len(ACROSS) > 100


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_uses_only_those_that_it_says(folder):
    """A folder says that it may use some of those above it in the layout, and imports from no other."""
    above = ORDER[: ORDER.index(folder)]
    may = documented(folder)
    assert may <= set(above)
    if folder == "scale":
        assert not may & {"summaries", "charts"}
    used = {folder_of(source) for module, source, _ in ACROSS if folder_of(module) == folder}
    assert used <= {*may, "errors"}


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_says_what_comes_in_and_what_goes_out(folder):
    """The docstring of a folder has a sentence on what comes in, and one on what goes out."""
    assert re.search(r"\bIn: \w", docstring(folder))
    assert re.search(r"\bOut: \w", docstring(folder))


def test_what_lies_beside_the_folders_is_used_one_way():
    """Errors use nothing; no folder uses the dictionary, the five loaded reviews or the package's own front."""
    assert TAKEN["starlight.errors"] == []
    used = {source for module, source, _ in ACROSS if module != "starlight.five"}
    assert used & {"starlight", "starlight.dictionary", "starlight.five"} == set()


def test_no_private_name_is_taken_from_another_folder():
    """A name that begins with an underscore stays in its folder, imported or reached through its module."""
    assert [one for one in ACROSS if one[2] and re.match(r"_(?!_)", one[2])] == []


def test_folders_offer_what_others_take():
    """What a folder or the package takes from another folder is what that folder offers, or its module is."""
    missing = {
        f"{source}.{name}"
        for module, source, name in ACROSS
        if folder_of(source) in ORDER
        and module != "starlight.dictionary"
        and not {name, source.rpartition(".")[2]} & offered(folder_of(source))
    }
    assert missing == set()


def test_no_modules_import_each_other():
    """Following imports from module to module never leads back to where one came from."""
    edges = {module: {source for source, *_ in taken} - {module} for module, taken in TAKEN.items()}
    done = set()

    def walk(module, path):
        assert module not in path, " > ".join([*path, module])
        if module not in done:
            for source in sorted(edges[module]):
                walk(source, [*path, module])
            done.add(module)

    for module in edges:
        walk(module, [])


def test_modules_are_short():
    """No module has more than 300 lines."""
    lengths = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES.values()
    }
    assert {name for name, lines in lengths.items() if lines > 300} == set()


def test_folders_are_small():
    """No folder has more than 25 files."""
    counted = Counter(path.parent.name for path in files("starlight"))
    assert {name for name, number in counted.items() if number > 25} == set()


@pytest.fixture(scope="module")
def visits():
    """What runs from a file of reviews to a chart: each module with the modules that wait for it."""
    seen, stack = [], []

    def follow(frame, event, _):
        module = frame.f_globals.get("__name__", "")
        if module not in MODULES or frame.f_code.co_name == "<module>":
            return
        if event == "call":
            seen.append((module, tuple(stack)))
            stack.append(module)
        elif event == "return":
            stack.pop()

    sys.setprofile(follow)
    try:
        reviews = st.load_reviews(PACKAGE.parent / "data" / "invented_reviews.csv")
        st.chart_praise_and_criticism(st.praise_and_criticism(st.find_opinions(reviews), reviews))
    finally:
        sys.setprofile(None)
    assert len(seen) > 1000
    return seen


def test_reviews_go_through_the_folders_once_and_in_order(visits):
    """From a file to a chart: loading, coding, summaries, charts, each entered once by who follows the reviews."""
    entered = [folder_of(module) for module, waiting in visits if not waiting]
    assert entered == ["loading", "coding", "summaries", "charts"]


def test_no_folder_calls_one_below_it(visits):
    """While a folder's function runs, only its own folder and those above it in the layout run."""
    rank = {name: place for place, name in enumerate(["errors", *ORDER])}
    upward = {
        (folder_of(waiting[-1]), folder_of(module))
        for module, waiting in visits
        if waiting and rank[folder_of(module)] > rank[folder_of(waiting[-1])]
    }
    assert upward == set()


def test_no_module_is_entered_again_while_it_waits(visits):
    """A module that has handed the reviews on to another is not called by it, nor by any that it calls."""
    again = set()
    for module, waiting in visits:
        if module in waiting:
            between = set(waiting[waiting.index(module) :]) - {module}
            again |= {module} if between else set()
    assert again == set()


# Tests that still reach past the folders' front doors: a list that may only shrink.
def test_tests_speak_to_public_names():
    """Tests take from starlight what its folders offer, or what is public, and nothing else."""
    found = set()
    for path in TESTS:
        for module, name, here in imports(path, "tests"):
            public = module in PUBLIC_MODULES or module.startswith("starlight.coding.training")
            public = public or module.rpartition(".")[2] in offered(folder_of(module))
            names = [name] if name else uses(path, here)
            if not public or any(re.match(r"_(?!_)", one) for one in names):
                found.add(path.name)
    assert found == set()
