"""Numbers and days as people read them: a true minus sign, always signed points, never a missing value as zero."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pandas as pd

from bilateral.strings import Texts

MINUS = "−"


def is_missing(value: Any) -> bool:
    return value is None or bool(pd.isna(value))


def points(value: float | None, decimals: int = 0) -> str:
    """+12, −5, 0; a dash where there is none."""
    if is_missing(value):
        return "—"
    rounded = round(float(value or 0), decimals)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


def plain(value: float | None, decimals: int = 0) -> str:
    """1,234.5 without a sign; a dash where there is none."""
    return "—" if is_missing(value) else f"{float(value or 0):,.{decimals}f}".replace("-", MINUS)


def percent(value: float | None) -> str:
    """42%, of a share from 0 to 1; a dash where there is none."""
    return "—" if is_missing(value) else f"{100 * (value or 0):.0f}%"


def adds_up(parts: Iterable[float], decimals: int) -> bool:
    """Whether rounded parts sum to their rounded sum, as a reader with a pencil would find."""
    parts = list(parts)
    return round(sum(round(part, decimals) for part in parts), decimals) == round(sum(parts), decimals)


def day(value: date, text: Texts) -> str:
    """28 Mar 2025."""
    return f"{value.day} {text.entry('months')[value.month - 1]} {value.year}"


def moment(value: datetime, text: Texts) -> str:
    """28 Mar 2025, 06:10."""
    return f"{day(value.date(), text)}, {value:%H:%M}"


def period(start: date, by: str, text: Texts) -> str:
    """A day, `week of 24 Mar 2025`, or `Mar 2025`."""
    if by == "month":
        return f"{text.entry('months')[start.month - 1]} {start.year}"
    return text("chart.week_of", day=day(start, text)) if by == "week" else day(start, text)
