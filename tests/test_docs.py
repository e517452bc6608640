"""The README and the data dictionary say what is so: their code runs, their names exist, their commands are CI's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import starlight
from starlight.dictionary import dictionary

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    """Give the README's code blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_readme_code_runs():
    """The README's Python runs from top to bottom as it stands, in a process of its own, with warnings as errors."""
    code = blocks("python")
    assert len(code) == 2
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(code)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_example_has_ten_lines():
    """The example that is called ten lines has at most ten."""
    assert "## Ten lines" in README
    assert len(blocks("python")[0].strip().splitlines()) <= 10


def test_readme_names_all_that_is_public():
    """Every public name stands in the README, and every name that the README calls public exists."""
    table = README.partition("## What there is")[2].partition("## Layout")[0]
    named = set(re.findall(r"`([A-Za-z_]+)`", table))
    assert named == set(starlight.__all__)


def test_all_public_names_are_documented_in_numpydoc():
    """Every public function documents what it takes, gives and shows: Parameters, Returns, Raises and an example."""
    for name in starlight.__all__:
        thing = getattr(starlight, name)
        assert thing.__doc__, name
        if callable(thing) and not isinstance(thing, type):
            assert "Examples\n" in thing.__doc__, name
            if thing.__code__.co_argcount + thing.__code__.co_kwonlyargcount:
                assert "Parameters\n" in thing.__doc__, name
            if name not in ("setup_notebook", "read_conventions"):
                assert "Raises\n" in thing.__doc__, name


def test_ci_runs_the_test_command():
    """`.ci/run` runs the very command that the README gives for the tests."""
    commands = [command.strip() for command in blocks("sh")]
    (tests,) = [command for command in commands if command.endswith("pytest")]
    assert tests in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)]+)\)", README))))
def test_links_lead_somewhere(link):
    """A link in the README leads to a file that is there."""
    assert (ROOT / link).exists()


def test_notebooks_are_listed_by_their_questions():
    """The README lists each notebook with the question that is its title."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        title = re.search(r'"# (.+?\?)', path.read_text(encoding="utf-8"))[1]
        assert f"[{path.stem}](notebooks/{path.name}) | {title} |" in README


def test_layout_names_every_module():
    """The README's layout names every module of the package, and no other."""
    layout = README.partition("starlight/         ")[2].partition("seeds/  ")[0].partition("\n")[2]
    named = {name for line in layout.splitlines() for name in re.split(r"/ {3,}", line)[0].replace("/", "").split()}
    there = {path.stem for path in (ROOT / "starlight").glob("*") if not path.name.startswith("_")}
    assert named == there


def test_data_dictionary_is_printed_from_the_declarations():
    """The tables in `data/README.md` are those of `starlight/tables.py`, to the letter."""
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8").endswith(dictionary())


def test_data_files_are_described():
    """Every file in `data/` has its row in `data/README.md`."""
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "data").iterdir():
        if path.name != "README.md":
            assert f"| `{path.name}` |" in text


def test_picture_is_of_today():
    """The README's picture of a chart is what the code draws now."""
    starlight.setup_notebook()
    counted = starlight.praise_and_criticism(starlight.read_opinions(), starlight.load_reviews())
    import vl_convert

    fresh = vl_convert.vegalite_to_svg(starlight.chart_praise_and_criticism(counted).to_dict())
    assert (ROOT / "notebooks" / "praise_and_criticism.svg").read_text(encoding="utf-8") == fresh


@pytest.mark.parametrize(
    "path", sorted((ROOT / "starlight").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_modules_are_short(path):
    """A module is one concept, in at most 250 lines; the declarations of all tables are the exception."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (520 if path.name == "tables.py" else 250)


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
