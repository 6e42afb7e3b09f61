"""Days in what a reader types: 2025-03-28, 28 march 2025, 28 de marzo, march 28, 2025, 28/03/2025, march 2025."""

import re
from calendar import monthrange
from datetime import date

MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"), ("june", "junio"),
    ("july", "julio"), ("august", "agosto"), ("september", "septiembre"), ("october", "octubre"), ("november", "noviembre"),
    ("december", "diciembre"),
)  # fmt: skip
NAME = r"(?P<name>[^\W\d_]{3,10})\.?"
YEAR = r"(?P<year>(?:19|20|21)\d\d)"
FORMS = [
    re.compile(rf"\b{form}\b", re.IGNORECASE)
    for form in (
        rf"{YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)",
        rf"(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.]{YEAR}",
        rf"(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:(?:de|of)\s+)?{NAME}(?:,?\s+(?:(?:de|del)\s+)?{YEAR})?",
        rf"{NAME}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?(?:,?\s+{YEAR})?",
        rf"(?<!\d\s){NAME}\s+(?:(?:de|del)\s+)?{YEAR}",
        rf"{YEAR}-(?P<month>\d\d?)",
    )
]


def apart(typed: str, today: date) -> tuple[str, tuple[date, date] | None]:
    """What was typed without its day, and the first and last day that it asks for; None where it asks for none.

    A day without a year is the last one of its name that is not after `today`.
    """
    for form in FORMS:
        for match in form.finditer(typed):
            days = _days(match.groupdict(), today)
            if days:
                return f"{typed[: match.start()]} {typed[match.end() :]}".strip(), days
    return typed.strip(), None


def _days(parts: dict[str, str | None], today: date) -> tuple[date, date] | None:
    month = int(parts.get("month") or _month(parts.get("name") or ""))
    try:
        if not parts.get("day"):
            first = date(int(parts["year"] or 0), month, 1)
            return first, first.replace(day=monthrange(first.year, month)[1])
        day = date(int(parts["year"] or today.year), month, int(parts["day"] or 0))
    except ValueError:
        return None
    if not parts.get("year") and day > today:
        day = day.replace(year=today.year - 1)
    return day, day


def _month(name: str) -> int:
    """Number of a month by the beginning of its name in either language; 0 where it is none."""
    return next((number for number, names in enumerate(MONTHS, 1) if any(full.startswith(name.lower()) for full in names)), 0)
