"""The package as others install it: a wheel with its data inside, which needs what it says it needs and loads."""

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from project import ROOT, files

import starlight

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PLACES = (".", "starlight", "data", "seeds", "notebooks", "data/tagger")
PLACES += ("starlight/widgets", "starlight/export/templates")
PLANTED = ("key.pem", "id_rsa", ".env", ".hidden.py", "notes.txt", "reviews.csv", "corrections.csv", "spare.json")
PLANTED += tuple(f".ipynb_checkpoints/{name}" for name in ("x-checkpoint.py", "x-checkpoint.js", "x-checkpoint.csv"))
IMPORTED_AS = {"ipython": "IPython", "vl-convert-python": "vl_convert"}


def run(*command, cwd=None):
    """Run a command and return what it prints; a failure shows what it said."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel and the source archive, built as for a release from a copy in which other files lie about."""
    folder = tmp_path_factory.mktemp("project")
    for path in files():
        (folder / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder / path.relative_to(ROOT))
    for place in PLACES:
        for name in PLANTED:
            (folder / place / name).parent.mkdir(exist_ok=True)
            (folder / place / name).write_text("secret", encoding="utf-8")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", folder / "dist", cwd=folder)
    return folder / "dist"


@pytest.fixture(scope="module")
def wheel(built):
    """The wheel."""
    return next(built.glob("*.whl"))


def names(*folders):
    """Return the names of the project's files in these folders."""
    return {path.relative_to(ROOT).as_posix() for folder in folders for path in files(folder)}


def imported(path):
    """The packages that a module imports, at its top or in a function, itself and Python's own left out."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"starlight"}


def test_the_package_needs_what_it_imports_and_nothing_else():
    """Each run-time dependency is imported by the package, and each import is of one; only a cluster is an extra."""
    needed = {re.match(r"[\w-]+", line)[0] for line in PROJECT["dependencies"]}
    modules = [path for path in files("starlight") if path.suffix == ".py" and "training" not in path.parts]
    used = set().union(*map(imported, modules)) - {"distributed"}
    assert used == {IMPORTED_AS.get(name, name) for name in needed}


def test_the_wheel_carries_the_package_and_its_data(wheel):
    """The wheel holds every file of the package, of `data` and of `seeds`, but for what trains the tagger; no other."""
    kept = {name for name in names("starlight") if "/training/" not in name}
    assert {"starlight/py.typed", "starlight/export/templates/page.html"} <= kept
    carried = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert carried == kept | {f"starlight/{name}" for name in names("data", "seeds")}


def test_the_source_archive_carries_what_the_wheel_is_made_of(built):
    """The source archive holds the package, its data, the README and the licence, and nothing that lay beside them."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        carried = {name.partition("/")[2] for name in opened.getnames()}
    assert carried - {"PKG-INFO", ".gitignore"} == {
        *names("starlight", "data", "seeds"),
        *("pyproject.toml", "README.md", "LICENSE"),
    }


def test_a_wheel_loads_the_five_reviews_in_a_clean_environment(wheel, tmp_path):
    """A wheel, installed away from this checkout, loads the reviews, themes, conventions and opinions it carries."""
    venv.create(tmp_path / "clean", with_pip=False)
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = tmp_path / "clean" / scripts / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    # The libraries are borrowed from here; a .pth borrowed this way is not read, so the editable install is not.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    code = (
        "import starlight as st; reviews = st.load_reviews(); opinions = st.read_opinions(); "
        "print(st.__file__, st.__version__, len(reviews), len(opinions) > 0, "
        "len(st.read_themes()), st.parse_score('C+').value, sep='|')"
    )
    where, *loaded = run(python, "-I", "-c", code, cwd=tmp_path).split("|")
    assert Path(where).is_relative_to(tmp_path)
    assert loaded == [starlight.__version__, "5", "True", "19", "58.0"]
