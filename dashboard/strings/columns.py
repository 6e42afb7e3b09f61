"""What the headers of the public tables say of a table or a column, in another language: found by the English text, so none is older than it."""

import csv
from functools import cache
from pathlib import Path


@cache
def translated(lang: str) -> dict[str, str]:
    """English text and its translation, of strings/headers/columns_<lang>.csv; empty for a language without that file."""
    path = Path(__file__).parent / "headers" / f"columns_{lang}.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["english"]: row["translated"] for row in csv.DictReader(file)}
