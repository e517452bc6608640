"""The types of the package are checked, by mypy as pyproject.toml configures it."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
WRONG = 'import starlight\n\nstarlight.parse_score("B+").value.lower()\n'


def test_the_only_wrong_type_is_one_put_there(tmp_path):
    """Of all modules, and one that takes a score's value for a text, mypy complains of that one alone."""
    (tmp_path / "wrong.py").write_text(WRONG)
    command = [sys.executable, "-m", "mypy", "starlight", str(tmp_path / "wrong.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert re.findall(r"^.*error: .*$", done.stdout, re.MULTILINE) == [
        f'{tmp_path / "wrong.py"}:3: error: "float" has no attribute "lower"  [attr-defined]'
    ], done.stdout + done.stderr
    modules = [path for path in (ROOT / "starlight").rglob("*.py") if "training" not in path.parts]
    assert f"checked {len(modules) + 1} source files" in done.stdout
