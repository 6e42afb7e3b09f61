"""Series of Banco de México as its service SIE gives them: JSON, days as dd/mm/yyyy, numbers as text with commas at thousands, N/E for none."""

from datetime import datetime

from bilateral.outcomes.readings import Reading, Value, json_of, value_of
from bilateral.sources.unpacking import FileRefused


def fits(content: bytes, name: str) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and b'"bmx"' in content[:200]


def read(content: bytes, name: str) -> Reading:
    """Values by the series' own names, as `SF43718`; series come in any order."""
    answer = json_of(content)
    try:
        series = answer["bmx"]["series"]  # type: ignore[index]
        found = [(one["idSerie"], one.get("datos") or []) for one in series]
    except (TypeError, KeyError, AttributeError):
        raise FileRefused(f"it has no bmx.series with idSerie and datos; it begins {str(answer)[:120]}") from None
    values = [_value(key, number, entry) for key, entries in found for number, entry in enumerate(entries, 1)]
    empty = [key for key, entries in found if not entries]
    return Reading(values, notes=[f"it has no values of {', '.join(empty)}"] if empty else [])


def _value(key: str, number: int, entry: dict) -> Value:
    try:
        day = datetime.strptime(entry["fecha"], "%d/%m/%Y").date()
    except (TypeError, KeyError, ValueError):
        raise FileRefused(f"entry {number} of {key} is {entry}; fecha as dd/mm/yyyy was expected") from None
    return value_of(key, day, entry.get("dato"), number, f"{key} {entry}")
