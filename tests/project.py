"""The project's own files: what else lies in its folders, such as what JupyterLab leaves there, is not tested."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def files(folder="."):
    """Return the files in a folder of the project that git knows; in a copy without git, those that are not hidden."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True, cwd=ROOT)  # noqa: S607 - as installed
        known = {ROOT / name for name in done.stdout.decode().split("\0") if name}
    except (OSError, subprocess.CalledProcessError):
        there = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        known = {ROOT / path for path in there if not any(part.startswith((".", "__")) for part in path.parts[:-1])}
    return sorted(path for path in known if path.is_relative_to(ROOT / folder) and path.is_file())


def notebooks():
    """Return the project's notebooks."""
    return [path for path in files("notebooks") if path.suffix == ".ipynb"]
