"""Find the files that come with Starlight, and read those that nobody changes only if they are as they came."""

import csv
import hashlib
from pathlib import Path

from ..errors import ReadError

_PACKAGE = Path(__file__).resolve().parent.parent
_DIGESTS = "data/SHA256SUMS"  # as sha256sum writes it; data/themes.csv and others that people may edit are not listed


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that comes with Starlight: ``resource("data", "themes.csv")``.

    An installed wheel has a copy inside the package, a checkout the file itself beside it.
    """
    inside = _PACKAGE.joinpath(parts[0])
    return (inside if inside.exists() else _PACKAGE.parent / parts[0]).joinpath(*parts[1:])


def verified(*parts: str) -> Path:
    """Return the path of a file that comes with Starlight; one that is missing or changed is refused."""
    name = "/".join(parts)
    if _digest(name) != digests(name).get(name):
        raise ReadError(f"{name} has been changed: its SHA-256 is not the one in {_DIGESTS}. {_remedy(name)}")
    return resource(*parts)


def stored_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a csv file in `data/` that nobody changes."""
    with verified("data", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def digests(beginning: str) -> dict[str, str]:
    """Return the stored SHA-256 of each file whose name begins so: ``digests("seeds/")``."""
    lines = (line.split() for line in _content(_DIGESTS).decode("utf-8", "replace").splitlines())
    return {line[1]: line[0] for line in lines if len(line) == 2 and line[1].startswith(beginning)}


def write_digests(beginning: str) -> None:
    """Store the SHA-256 that the listed files of this beginning have now."""
    stored = digests("") | {name: _digest(name) for name in digests(beginning)}
    lines = "".join(f"{digest}  {name}\n" for name, digest in stored.items())
    resource(*_DIGESTS.split("/")).write_bytes(lines.encode())


def _content(name: str) -> bytes:
    try:
        return resource(*name.split("/")).read_bytes()
    except OSError as error:
        raise ReadError(f"{name} cannot be read: {error.strerror or error}. {_remedy(name)}") from error


def _digest(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()


def _remedy(name: str) -> str:
    """Return what to do about a file, or about the list that it is compared with."""
    both = " ".join(dict.fromkeys((name, _DIGESTS)))
    return (
        f"Restore it (git checkout {both}), or install Starlight anew. Keep changes of your own in a file of your own."
    )
