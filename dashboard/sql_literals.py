"""Values as SQL writes them: where a statement takes no parameters, reads better with constants, or is shown to be copied."""

from collections.abc import Iterable
from datetime import date


def of(value: object) -> str:
    """Any value that a question has as a parameter."""
    if isinstance(value, list):
        return f"[{', '.join(map(of, value))}]"
    if value is None or isinstance(value, (bool, int, float)):
        return "null" if value is None else str(value).lower()
    return text(str(value))


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """The name of a column."""
    return '"' + value.replace('"', '""') + '"'


def is_among(column: str, days: Iterable[date]) -> str:
    """That a column has one of these days. Constants, so that a table in the order of days is read where they lie."""
    return f"{column} in ({', '.join(f'date {text(str(day))}' for day in days) or 'null'})"
