"""The stored notebooks: saved from one clean run, with prose that their outputs bear out, and compared in full."""

import ast
import builtins
import copy
import json
import re
import statistics

import nbformat
import pytest
from nbval.plugin import IPyNbFile
from project import ROOT, notebooks

FOLDER = ROOT / "notebooks"
NOTEBOOKS = notebooks()
CHART = "application/vnd.vegalite.v5+json"
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w|\.\d)")


def read(path):
    """Read a notebook."""
    return nbformat.read(path, as_version=4)


def cells(notebook, kind):
    """Return a notebook's cells of one kind, code or markdown."""
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def has_chart(cell):
    """Tell whether a cell's output is a chart."""
    return any(CHART in output.get("data", {}) for output in cell.outputs)


def shown(cell):
    """Return all that a reader sees of a cell's outputs, and the data of its charts, as one string without geometry."""
    parts = []
    for output in cell.outputs:
        data = output.get("data", {"text/plain": output.get("text", "")})
        if CHART in data:
            rows = [row for rows in data[CHART]["datasets"].values() for row in rows]
            parts += [data["text/plain"], *re.findall(r">([^<]+)<", data["image/svg+xml"]), json.dumps(rows)]
        else:
            parts.append(data["text/plain"])
    return " ".join(parts)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """Each stored notebook in turn."""
    return read(request.param)


def test_there_are_notebooks_to_test():
    """The checks below are not empty: the first four notebooks are there."""
    assert [path.name[:2] for path in NOTEBOOKS][:4] == ["1_", "2_", "3_", "4_"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_under_a_megabyte(path):
    """A stored notebook is small enough to open and to review."""
    assert path.stat().st_size < 1_000_000


def test_is_saved_from_one_clean_run(notebook):
    """Execution counts run from 1, nothing is an error or on stderr, and no times are kept."""
    code = cells(notebook, "code")
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert "execution" not in cell.metadata
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"


def test_has_its_outputs(notebook):
    """Every cell but the first shows something: nbval passes a stripped notebook in silence."""
    assert all(cell.outputs for cell in cells(notebook, "code")[1:])


def test_charts_are_stored_for_any_viewer(notebook):
    """A chart is stored as a specification, a picture, and words, in a notebook that has charts."""
    charts = [
        output.data for cell in cells(notebook, "code") for output in cell.outputs if CHART in output.get("data", {})
    ]
    assert charts
    for data in charts:
        assert data["image/svg+xml"].startswith("<svg")
        assert len(data["text/plain"]) > 40
        assert data[CHART]["description"] == data["text/plain"]


def test_cells_are_short(notebook):
    """Code cells have at most 15 lines, and most at most 5 that import nothing; no line runs out of the page."""
    lines = [cell.source.splitlines() for cell in cells(notebook, "code")]
    assert max(map(len, lines)) <= 15
    assert statistics.median(len([line for line in of if not re.match(r"import|from|$", line)]) for of in lines) <= 5
    assert max(len(line) for cell in cells(notebook, "code") for line in cell.source.splitlines()) <= 92


def test_tells_more_than_it_codes(notebook):
    """There is at least as much prose as code, and no chart without prose on either side."""
    assert sum(len(cell.source) for cell in cells(notebook, "markdown")) >= sum(
        len(cell.source) for cell in cells(notebook, "code")
    )
    for before, cell, after in zip(notebook.cells, notebook.cells[1:], notebook.cells[2:], strict=False):
        if cell.cell_type == "code" and has_chart(cell):
            assert "markdown" in (before.cell_type, notebook.cells[notebook.cells.index(before) - 1].cell_type)
            assert after.cell_type == "markdown"


def test_begins_with_a_question_and_ends_with_a_link(notebook):
    """The title is a question, with the data and the run time; the end says what is not shown and where to go."""
    first, last = notebook.cells[0].source, notebook.cells[-1].source
    assert re.match(r"# .+\?\n", first)
    assert "**Data:**" in first
    assert "**Run time:**" in first
    assert "What this does not show" in last
    (target,) = re.findall(r"\]\((\w+\.ipynb)\)", last.splitlines()[-1])
    assert (FOLDER / target).exists()


def test_code_is_fit_to_be_run_by_anyone(notebook):
    """No cell ends with a semicolon, installs, shells out, names an absolute path, or silences anything."""
    for cell in cells(notebook, "code"):
        assert not re.search(r";\s*$|^\s*[!%]|warnings|(?<![\w.])/\w+/|[A-Z]:\\", cell.source, re.MULTILINE)


def made_in(cell):
    """Return the names that a cell makes or imports, and those that are there without it."""
    made = {*dir(builtins), "display"}
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        if isinstance(node, ast.Import | ast.ImportFrom):
            made |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.FunctionDef | ast.arg):
            made.add(node.arg if isinstance(node, ast.arg) else node.name)
    return made


def used_in(cell):
    """Return the names that a cell uses."""
    return {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}


def shared(notebook):
    """Return the cells that others may build on: those whose metadata say `{"starlight": {"shared": true}}`."""
    return [cell for cell in cells(notebook, "code") if cell.metadata.get("starlight", {}).get("shared")]


def test_each_cell_runs_alone(notebook):
    """A cell makes or imports every name that it uses, or takes it from one of the few that all may build on."""
    assert len(shared(notebook)) <= 3
    given = {name for cell in shared(notebook) for name in made_in(cell)}
    code = cells(notebook, "code")
    assert {cell.id: missing for cell in code if (missing := used_in(cell) - made_in(cell) - given)} == {}


def test_ends_with_an_exercise(notebook, monkeypatch):
    """The last section but one names a cell and a line to change; the changed cell runs, and shows what is promised."""
    cell = notebook.cells[-2]
    exercise = cell.metadata["starlight"]["exercise"]
    old, new = exercise["old"], exercise["new"]
    assert cell.source.startswith("## Try it yourself\n")
    assert f"`{old}`" in cell.source
    assert f"`{new}`" in cell.source
    assert "You should see" in cell.source
    (changed,) = [each.source for each in cells(notebook, "code") if each.id == exercise["cell"]]
    assert changed.count(old) == 1
    monkeypatch.chdir(FOLDER)
    scope = {"display": str}
    for each in shared(notebook):
        exec(each.source, scope)  # noqa: S102 - the project's own notebooks
    exec(changed.replace(old, new), scope)  # noqa: S102 - the same
    assert eval(exercise["holds"], scope)  # noqa: S307 - the same


def test_every_number_in_prose_stands_in_the_output_above(notebook):
    """A number in prose stands in the output just above, unless it is a review's id or quoted as code."""
    above = None
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.outputs:
            above = {float(number) for number in NUMBER.findall(shown(cell))}
        if cell.cell_type == "markdown" and above is not None:
            prose = re.sub(r"`[^`]*`|\]\([^)]*\)|\[[^]]*\]|notebook \d", "", cell.source)
            told = {float(number) for number in NUMBER.findall(prose) if not re.fullmatch(r"00\d", number)}
            assert told <= above, f"{told - above} is not in the output above: {cell.source[:80]}"


def test_every_output_is_compared(notebook):
    """No cell asks nbval to skip it or to ignore what it shows, by a tag or by a comment."""
    for cell in notebook.cells:
        assert set(cell.metadata.get("tags", [])) <= {"parameters"}
        assert "nbval" not in cell.source.lower()


def changes(output):
    """Yield this output with another number, with another datum in its chart, and not at all."""
    yield []
    for form in ("text/html", "text/plain"):
        changed = copy.deepcopy(output)
        if re.search(r"\d", text := changed.get("data", {}).get(form, "")):
            changed.data[form] = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1)
            yield [changed]
    if CHART in output.get("data", {}):
        changed = copy.deepcopy(output)
        rows = [row for rows in changed.data[CHART]["datasets"].values() for row in rows]
        numbers = [(row, name) for row in rows for name, value in row.items() if isinstance(value, int | float)]
        for drawn, name in numbers[:1]:
            drawn[name] += 1
            yield [changed]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_change_in_any_stored_output_is_seen(path, request):
    """To nbval, an output is the stored one, and no longer if a number or datum of it is changed, or if it is gone.

    That what a cell shows is what is stored, nbval tests where it runs the notebooks.
    """
    seen = 0
    for cell in IPyNbFile.from_parent(request.session, path=path).collect():
        assert cell.options["check"]
        stored = cell.cell.outputs
        assert cell.compare_outputs(copy.deepcopy(stored), stored)
        for place, output in enumerate(stored):
            for changed in changes(output):
                assert not cell.compare_outputs([*stored[:place], *changed, *stored[place + 1 :]], stored)
                seen += 1
    assert seen > 10
