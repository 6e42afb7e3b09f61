"""Writes docs/tables.md, the data dictionary, from the headers of queries/. `--check` fails if the page is stale."""

import sys
from pathlib import Path

from bilateral import package_data
from bilateral.compute.queries import Query, read_layers

PAGE = Path("docs/tables.md")
INTRO = """# Tables of a snapshot

Made by `make docs` from the headers of `queries/main/`; do not edit. In SQL: `select column_name, comment from duckdb_columns()`.
Any series, not only the kept ones: `from series(dataset, dyad, domain, half_life_days)`, with the columns of `indicator_day`.
"""


def page(queries: dict[str, Query]) -> str:
    """The whole page as Markdown."""
    return INTRO + "".join(section(query) for query in queries.values() if query.layer == "main")


def section(query: Query) -> str:
    """One table: its sentence, its grain, its columns."""
    rows = "".join(f"| {column.name} | {column.type} | {column.meaning} |\n" for column in query.columns)
    grain = ", ".join(query.grain) or "one row"
    return f"\n## {query.name.split('.')[1]}\n\n{query.sentence}\nOne row: {grain}.\n\n| column | type | meaning |\n|---|---|---|\n{rows}"


def main() -> int:
    made = page(read_layers(package_data.folder("queries")))
    if "--check" in sys.argv:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        if not fresh:
            sys.stderr.write(f"{PAGE} is not what the headers say; run `make docs`\n")
        return 0 if fresh else 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
