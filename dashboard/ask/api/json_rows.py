"""Rows as JSON."""

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: days and times as ISO text, what is missing as null. Columns called …_at are times in UTC, other dates are days."""
    named = {name: _as_json(frame[name]) for name in frame.columns}
    return [dict(zip(named, row, strict=True)) for row in zip(*named.values(), strict=True)]


def _as_json(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        pattern = "%Y-%m-%dT%H:%M:%SZ" if str(column.name).endswith("_at") else "%Y-%m-%d"
        return [None if pd.isna(value) else value.strftime(pattern) for value in column]
    return [_plain(value) for value in column.astype(object)]


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):  # numpy's numbers and lists
        value = value.tolist()
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return None if pd.isna(value) else value
