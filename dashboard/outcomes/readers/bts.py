"""Entries at US land ports from the Bureau of Transportation Statistics: JSON of its service, already summed, or the CSV of its portal by port.

The service cuts answers at its limit without a word. Days and names of measures were written in other ways before 2020.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bilateral.outcomes.readings import Reading, Value, header_of, json_of, needed, number, rows_of
from bilateral.sources.unpacking import FileRefused

LIMITS = (1_000, 50_000)
"""Rows at which the service cuts: where nothing is asked, and the most that could be."""
DAYS = ("%m/%d/%Y %I:%M:%S %p", "%b %Y")
"""Days of the portal's files of 2019 and of 2024."""


@dataclass
class Sum:
    """A month of a border and measure, over the ports that reported."""

    line: int
    total: Decimal = Decimal(0)
    ports: set[str] = field(default_factory=set)
    fault: str | None = None


def fits(content: bytes, name: str) -> bool:
    is_json = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[") and b'"measure"' in content[:2000]
    return is_json or {"Border", "Date", "Measure", "Value"} <= set(header_of(content))


def read(content: bytes, name: str) -> Reading:
    """Entries by month, border and measure, as `US-Mexico Border/Trucks`; ports are summed, measures are never."""
    is_json = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"[", b"{"))
    rows = [*(_of_json(content) if is_json else _of_portal(content))]
    if not rows:
        raise FileRefused("it has no row; the service has nothing for what was asked")
    if len(rows) in LIMITS:
        raise FileRefused(
            f"it has exactly {len(rows):,} rows, at which the service cuts; ask with a larger $limit or for fewer months"
        )
    sums: dict[tuple[str, date], Sum] = {}
    for line, key, day, port, cell in rows:
        month = sums.setdefault((key, day), Sum(line))
        if port and port in month.ports:
            month.fault = f"port {port} stands twice in this month"
        month.ports.add(port)
        try:
            month.total += number(cell) or 0
        except ValueError as fault:
            month.fault = str(fault)
    return Reading(
        [
            Value(key, day, None if one.fault else one.total, one.line, f"{key} {day}", refusal=one.fault)
            for (key, day), one in sums.items()
        ]
    )


Row = tuple[int, str, date, str, object]
"""Line, border and measure, month, port (empty where ports are summed), entries."""


def _of_json(content: bytes) -> Iterator[Row]:
    answer = json_of(content)
    if not isinstance(answer, list):
        raise FileRefused(f"it is no list of rows; it begins {str(answer)[:120]}")
    for line, row in enumerate(answer, 1):
        cell = row.get("sum_value", row.get("value"))
        if cell is None or not {"border", "measure", "date"} <= row.keys():
            raise FileRefused(f"row {line} is {row}; date, border, measure and sum_value were expected")
        yield line, _key(row["border"], row["measure"]), _day(row["date"], line), _port(row), cell


def _of_portal(content: bytes) -> Iterator[Row]:
    rows = rows_of(content)
    _, header = next(rows, (0, []))
    places = needed(header, "Border", "Date", "Measure", "Value")
    port = places.get("Port Code")
    for line, row in rows:
        if len(row) < len(header):
            raise FileRefused(f"line {line} has {len(row)} of {len(header)} cells, so it is torn; download it again")
        code = row[port].zfill(4) if port is not None else ""
        yield (
            line,
            _key(row[places["Border"]], row[places["Measure"]]),
            _day(row[places["Date"]], line),
            code,
            row[places["Value"]],
        )


def _key(border: str, measure: str) -> str:
    """Loaded containers were called full before 2020."""
    return f"{border}/{measure.replace('Containers Full', 'Containers Loaded')}"


def _day(written: str, line: int) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date().replace(day=1)
        except ValueError:
            pass
    try:
        return date.fromisoformat(written[:10]).replace(day=1)
    except ValueError:
        raise FileRefused(f"line {line} has {written!r} in the place of a month") from None


def _port(row: dict) -> str:
    """The code of a port, which loses its leading zero where a program read it as a number; empty where ports are summed."""
    return str(row["port_code"]).zfill(4) if "port_code" in row else ""
