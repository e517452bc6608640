"""The package as others install it: a wheel with its data inside, from which everything loads."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*command, cwd=None):
    """Run a command and give what it prints; a failure shows what it said."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_wheel_loads_the_five_reviews_in_a_clean_environment(tmp_path):
    """A wheel, installed away from this checkout, loads the reviews, themes, conventions and opinions it carries."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    assert {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "starlight" / "export" / "templates").iterdir()
    } <= carried
    venv.create(tmp_path / "clean", with_pip=False)
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = tmp_path / "clean" / scripts / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    # The libraries are borrowed from here; a .pth borrowed this way is not read, so the editable install is not.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    code = (
        "import starlight as st; reviews = st.load_reviews(); opinions = st.read_opinions(); "
        "print(st.__file__, len(reviews), len(opinions) > 0, "
        "len(st.read_themes()), st.parse_score('C+').value, sep='|')"
    )
    where, *loaded = run(python, "-I", "-c", code, cwd=tmp_path).split("|")
    assert Path(where).is_relative_to(tmp_path)
    assert loaded == ["5", "True", "19", "58.0"]
