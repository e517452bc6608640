"""Print the data dictionary from the declarations of all tables: ``python -m starlight.dictionary``."""

from . import charts, scale, summaries  # noqa: F401 - importing them declares their tables
from .tables.columns import DECLARED
from .tables.schema import Table


def dictionary() -> str:
    """Return the data dictionary as Markdown, with which `data/README.md` ends: all tables, their keys and columns."""
    return "\n\n".join(describe(table) for table in DECLARED) + "\n"


def describe(table: Table) -> str:
    """Return one table's entry in the dictionary."""
    lines = [f"### {table.name}", "", f"{table.grain.capitalize()}; key: {', '.join(table.key) or 'none'}.", ""]
    lines += ["| column | dtype | meaning |", "| --- | --- | --- |"]
    for column in table.columns:
        allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
        missing = " May be missing." if column.missing else ""
        lines.append(f"| {column.name} | {column.dtype} | {column.meaning}{allowed}{missing} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(dictionary(), end="")
