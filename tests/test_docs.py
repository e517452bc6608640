"""What the documentation says is so: its code runs, its names and links exist, its commands are CI's."""

import re
import runpy
import subprocess
import sys

import nbformat
import pytest
import vl_convert
from jupyterlab.labapp import LabApp
from project import ROOT, files, notebooks

import starlight
from starlight.dictionary import dictionary

NOTEBOOKS = notebooks()
PAGES = ["README.md", "data/README.md", "data/tagger/README.md"]
PAGES += [".github/API.md", ".github/CHANGELOG.md", ".github/CONTRIBUTING.md"]
README, DATA, _, API, _, CONTRIBUTING = TEXTS = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES]
LINK = re.compile(r"\]\((?!http)([^)]+)\)")
LINKS = sorted({(page, link) for page, text in zip(PAGES, TEXTS, strict=True) for link in LINK.findall(text)})


def blocks(text, language):
    """Return the code blocks of one language in a page."""
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def anchors(page):
    """Return where the headings of a page are linked to, by GitHub's rule: lower case, hyphens, no other marks."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_code_runs():
    """The README's Python runs from top to bottom as written, in a process of its own, with warnings as errors."""
    code = blocks(README, "python")
    assert len(code) == 6
    unread = "import warnings\nwarnings.filterwarnings('ignore', '.* scores of .* were not read')"  # two of the file's
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join([unread, *code])],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr


def test_readme_begins_with_your_own_reviews():
    """The README says what Starlight is and shows it, gives two commands, and turns to the reader's own reviews."""
    assert README.index("![") < README.index("## ")
    assert re.findall(r"^## (.+)", README, re.MULTILINE)[:2] == ["Two commands", "Your own reviews"]
    assert "find_opinions" in blocks(README, "python")[0]


def test_each_command_is_one_line_and_makes_the_environment():
    """The README's two commands, for Windows too, are a line each that makes `.venv` and installs what is pinned."""
    explore, tests, *_ = blocks(README, "sh")
    windows = blocks(README, "bat")[0].splitlines()
    for command in (explore.strip(), tests.strip(), *windows):
        assert "\n" not in command
        assert "-m venv .venv && " in command
        assert "pip install -q -r requirements.txt && " in command
    for command in (explore, windows[0]):
        assert "--LabApp.default_url=/lab/tree/notebooks/1_reviews.ipynb" in command


def test_jupyterlab_is_started_offline():
    """Each command that starts JupyterLab turns off its news, its look for updates, and extensions from the network."""
    commands = [line for line in README.splitlines() if "jupyter lab" in line and "-m venv" in line]
    assert len(commands) == 3
    for command in commands:
        assert " labextension disable --level=sys_prefix @jupyterlab/apputils-extension:announcements && " in command
        lab = LabApp()
        lab.parse_command_line(re.findall(r"--LabApp\S*\w", command))
        assert lab.extension_manager == "readonly"


def test_ci_runs_the_test_command():
    """`.ci/run` runs the very command that the README gives for the tests."""
    (tests,) = [block.strip() for block in blocks(README, "sh") if block.strip().endswith("pytest")]
    assert tests in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_readme_names_no_host():
    """The README says in words where to clone from: no address in it leads to another machine."""
    assert not re.findall(r"(?:https?://|git@)(?!127\.0\.0\.1)\S+", README)


def test_modules_that_commands_run_are_there():
    """Each module of the package that a command in the documentation runs exists."""
    commands = "\n".join(block for text in TEXTS for block in blocks(text, "(?:sh|bat)"))
    modules = set(re.findall(r"-m (starlight[\w.]*)", commands))
    training = {"starlight.coding.training", "starlight.coding.training.general_words"}
    assert modules == {*training, "starlight.dictionary", "starlight.export"}
    files = [ROOT / module.replace(".", "/") for module in modules]
    assert all(path.with_suffix(".py").exists() or (path / "__main__.py").exists() for path in files)


def test_paths_that_the_pages_name_are_there():
    """Each path below one of the project's folders that a page names exists."""
    named = re.findall(r"\b(?:tests|starlight|data|notebooks|seeds)/[\w./]*\w", "\n".join(TEXTS))
    paths = set(named) - {"tests/test_x.py"}  # which stands for any of them
    assert len(paths) > 20
    assert not [path for path in paths if not (ROOT / path).exists()]


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_links_lead_somewhere(page, link):
    """A link leads to a file that is there, and to a heading in it if it names one."""
    path, _, heading = link.partition("#")
    target = (ROOT / page).parent / path if path else ROOT / page
    assert target.exists()
    assert not heading or heading in anchors(target)


def test_notebooks_are_listed_by_their_questions():
    """The README lists each notebook with the question that is its title, in order."""
    titles = [re.match(r"# (.+\?)", nbformat.read(path, as_version=4).cells[0].source)[1] for path in NOTEBOOKS]
    listed = re.findall(r"^\| \[(\w+)\]\(notebooks/\w+\.ipynb\) \| (.+) \|$", README, re.MULTILINE)
    assert listed == [(path.stem, title) for path, title in zip(NOTEBOOKS, titles, strict=True)]


def test_layout_is_that_of_the_package():
    """The layout in CONTRIBUTING names every folder of the package, and no other."""
    layout = CONTRIBUTING.partition("## The layout")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)/` \|", layout, re.MULTILINE)
    there = {path.relative_to(ROOT).parts[1] for path in files("starlight") if path.parent != ROOT / "starlight"}
    assert len(named) == len(set(named))
    assert set(named) == there


def test_api_page_is_printed_from_the_docstrings():
    """The API page is what `python .github/api.py` prints, to the letter."""
    assert runpy.run_path(ROOT / ".github" / "api.py")["page"]() == API


def test_api_page_has_every_public_name():
    """Every public name has its entry, but for the version; every other entry is written with its module."""
    entries = re.findall(r"^### (\S+)$", API, re.MULTILINE)
    assert len(entries) == len(set(entries))
    assert {entry for entry in entries if "." not in entry} == set(starlight.__all__) - {"__version__"}


def test_every_public_function_is_documented_in_numpydoc():
    """A public function documents what it takes, returns and raises, and shows an example."""
    for name in set(starlight.__all__) - {"__version__"}:
        thing = getattr(starlight, name)
        assert thing.__doc__, name
        if not isinstance(thing, type):
            assert "Examples\n" in thing.__doc__, name
            if thing.__code__.co_argcount + thing.__code__.co_kwonlyargcount:
                assert "Parameters\n" in thing.__doc__, name
            if name not in ("setup_notebook", "read_conventions"):
                assert "Raises\n" in thing.__doc__, name


def test_changelog_begins_with_this_version():
    """The first version that the changelog describes is the package's."""
    assert re.findall(r"^## (\S+)", TEXTS[4], re.MULTILINE)[0] == starlight.__version__
    assert f"version {starlight.__version__}" in README


def test_data_dictionary_is_printed_from_the_declarations():
    """The tables in `data/README.md` are what `python -m starlight.dictionary` prints, to the letter."""
    assert DATA.endswith(f"\n\n{dictionary()}")


def test_data_files_are_described():
    """Every file in `data/` has its row in `data/README.md`."""
    for path in files("data"):
        name = path.relative_to(ROOT / "data").parts[0]
        assert name == "README.md" or f"| `{name}` |" in DATA, name


def test_picture_is_of_today():
    """The README's picture of a chart is what the code draws now."""
    starlight.setup_notebook()
    counted = starlight.praise_and_criticism(starlight.read_opinions(), starlight.load_reviews())
    fresh = vl_convert.vegalite_to_svg(starlight.chart_praise_and_criticism(counted).to_dict())
    assert (ROOT / "notebooks" / "praise_and_criticism.svg").read_text(encoding="utf-8") == fresh


def test_requirements_are_exact():
    """Every requirement is pinned to one version; the project itself is the last line."""
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[-1] == "-e ."
    assert all(re.match(r"[\w.\[\]-]+==[\w.]+( ; .+)?$", line) for line in lines[:-1])


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["check", "format"])
def test_ruff_is_clean(command):
    """The linter and the formatter have nothing to say."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "-q", str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
