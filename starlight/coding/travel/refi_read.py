"""Read REFI-QDA, whoever wrote it: element names without their namespace, which differs from version to version."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from lxml import etree

from ...errors import ReadError
from ...loading.encodings import encoding_of
from .found import Code, Coding, Found, Text, check_size, confidence_of, read_bytes
from .meanings import Names
from .refi_write import apart

_BLOCK = 1 << 20  # bytes at once
_VALUES: dict[str, Callable[[str], object]] = {
    "IntegerValue": int,
    "FloatValue": float,
    "BooleanValue": lambda text: text.strip() in ("true", "1"),
}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
# What a project may hold that is no code on a text.
_OTHERS = [f"{{*}}{one}Source" for one in ("Picture", "Audio", "Video")]
_OTHERS += [f"{{*}}{one}" for one in ("PDFSelection", "Case", "Set", "Note", "Link", "Graph")]


def read_codebook(path: Path) -> Found:
    """Return the codes of a codebook."""
    return _found(_tree(read_bytes(path), path.name, "CodeBook"))


def read_project(path: Path) -> Found:
    """Return the texts and codings of a project. What lies outside its file is not opened."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = _Parts(packed, path.name)
            names = [name for name in parts.names if name.endswith(".qde")]
            if len(names) != 1:
                raise ReadError(f"{path.name} holds {len(names)} files that end in .qde, not one. Export it again.")
            return _found(_tree(parts.read(names[0]), path.name, "Project"), parts)
    except ReadError:
        raise
    except _DAMAGED as error:
        raise ReadError(f"{path.name} is no whole project of REFI-QDA: {error}. Export it again.") from error


class _Parts:
    """The files in a zip by their names without folders, unpacked one by one, and no more than is allowed."""

    def __init__(self, packed: zipfile.ZipFile, name: str) -> None:
        named = ((_base_name(one.filename), one) for one in packed.infolist())
        self.names = {name: one for name, one in named if not name.startswith(".")}  # what a Mac adds begins so
        self._packed, self._name, self._size = packed, name, 0

    def read(self, name: str) -> bytes:
        """Return a file's content; what the zip says of its size is not trusted."""
        raw = bytearray()
        if self.names[name].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ReadError(
                f"{name} in {self._name} is packed in a way that programs for coding do not use. Export it again."
            )
        with self._packed.open(self.names[name]) as file:
            while block := file.read(_BLOCK):
                raw += block
                check_size(self._size + len(raw), self._name)
        self._size += len(raw)
        return bytes(raw)


def _base_name(path: str) -> str:
    """Return the name of a file in a zip without its folders, in small letters, since programs differ in them."""
    return re.split(r"[/\\]", path)[-1].lower()


def _tree(raw: bytes, name: str, tag: str) -> etree._Element:
    """Return the root of XML; refuse any other than this one, and what declares entities."""
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.LxmlError as error:
        raise ReadError(f"{name} is not XML: {error}. Export it again.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(
            f"{name} declares a document type, as no program for coding does; it may be a trap. Export it again."
        )
    if _tag(root) != tag:
        raise ReadError(f"{name} holds a {_tag(root)}, not a {tag} of REFI-QDA. Export it again.")
    return root


def _found(root: etree._Element, parts: _Parts | None = None) -> Found:
    """Return what a codebook holds, or a project with these parts."""
    codes = root.findall("{*}Codes/{*}Code") or root.findall("{*}CodeBook/{*}Codes/{*}Code")
    book, left_out = dict(_codes(codes, ())), Counter(_tag(one) for one in root.iter(*_OTHERS))
    found = Found([], [], left_out, [*book.values()], quoted=False, joined="ATLAS" in root.get("origin", ""))
    names = {_guid(one): one.get("name") or one.get("id") or "" for one in root.iter("{*}User", "{*}Variable")}
    sources = [*root.findall("{*}Sources/{*}TextSource"), *root.findall("{*}Sources/{*}PDFSource/{*}Representation")]
    called = [one.get("name") or one.getparent().get("name") or "" for one in sources]
    times = Counter(called)
    for source, name in zip(sources, called, strict=True):
        if not (text := _text(source, parts)).strip():
            left_out["source without a text in the file"] += 1
            continue
        one = name if name and times[name] == 1 else _guid(source)
        found.texts.append(Text(one, text, {"name": name} | _cells(source, names)))
        left_out["code on a whole text"] += len(source.findall("{*}Coding"))
        for selection in source.findall("{*}PlainTextSelection"):
            _add_codings(found, one, selection, book, names)
    return found


def _codes(codes: list[etree._Element], above: Names) -> Iterator[tuple[str, Code]]:
    """Yield each code with its id, those below it after it."""
    for code in codes:
        path, within = (*above, code.get("name") or ""), code.findall("{*}Code")
        covers, data = apart(code.findtext("{*}Description"))
        data = data if isinstance(data.get("theme"), str) else {}
        is_codable = code.get("isCodable") not in ("false", "0")
        yield _guid(code), Code(path, covers, code.get("color"), is_codable, bool(data or within), data)
        yield from _codes(within, path)


def _add_codings(
    found: Found, text: str, selection: etree._Element, book: Mapping[str, Code], users: Mapping[str, str]
) -> None:
    note, data = apart(selection.findtext("{*}Description"))
    codings, sure = selection.findall("{*}Coding"), confidence_of(data.get("confidence"))
    try:
        start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
    except ValueError as error:
        raise ReadError(
            f"The place of selection {selection.get('guid')} in {text!r} is no number: {error}. Export it again."
        ) from error
    found.left_out["selection without a code"] += not codings
    for coding in codings:
        code = book.get(_guid(coding.find("{*}CodeRef"), "targetGUID"))
        if code is None:
            found.left_out["code that is not in the codebook"] += 1
            continue
        user = users.get(_guid(coding, "creatingUser") or _guid(selection, "creatingUser")) or "unknown"
        found.codings.append(Coding(text, start, end, selection.get("name", ""), code.path, user, note, sure))


def _text(source: etree._Element, parts: _Parts | None) -> str:
    """Return the text of a source; nothing if it is not in the file."""
    scheme, _, path = (source.get("plainTextPath") or "").rpartition("://")
    name = _base_name(path)
    if parts is None or scheme not in ("", "internal") or name not in parts.names:
        return source.findtext("{*}PlainTextContent") or ""
    raw = parts.read(name)
    try:
        if b"\0" not in raw:  # as UTF-16 has it
            return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    return raw.decode(encoding_of([raw], name), "replace")


def _cells(source: etree._Element, names: Mapping[str, str]) -> dict[str, object]:
    """Return the values of a source's variables by their names."""
    cells = dict[str, object]()
    for reference, value in (value for value in source.findall("{*}VariableValue") if len(value) == 2):
        name, text = names.get(_guid(reference, "targetGUID"), ""), value.text or ""
        with suppress(ValueError):  # QualCoder writes numbers that are empty
            cells[name] = _VALUES.get(_tag(value), str)(text)
    return {name: cell for name, cell in cells.items() if name}


def _guid(element: etree._Element | None, name: str = "guid") -> str:
    """Return an id in one spelling: programs write it in braces, or in capitals."""
    return "" if element is None else element.get(name, "").strip("{} ").lower()


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname
