"""The types of the package are checked, by mypy as pyproject.toml configures it."""

import re
import secrets
import subprocess
import sys
from pathlib import Path

from project import ROOT, files

WRONG = 'import starlight\n\nstarlight.parse_score("B+").value.lower()\n'


def test_the_only_wrong_type_is_one_put_there(tmp_path):
    """Of all modules, and one that takes a score's value for a text, mypy complains of that one alone."""
    wrong = tmp_path / f"wrong_{secrets.token_hex(8)}.py"  # mypy remembers where a module of a name was
    wrong.write_text(WRONG)
    command = [sys.executable, "-m", "mypy", "starlight", str(wrong)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    complaints = re.findall(r"^(.*)(:\d+): error: (.*)$", done.stdout, re.MULTILINE)
    assert [(Path(path).name, line, what) for path, line, what in complaints] == [
        (wrong.name, ":3", '"float" has no attribute "lower"  [attr-defined]')
    ], done.stdout + done.stderr
    modules = [path for path in files("starlight") if path.suffix == ".py"]
    assert f"checked {len(modules) + 1} source files" in done.stdout
