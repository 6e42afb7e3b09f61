"""Trade policy uncertainty by month (Caldara, Iacoviello and others): the sheet TPU_MONTHLY of tpu_web_latest.xlsx."""

from bilateral.outcomes import workbooks
from bilateral.outcomes.readings import Reading, Value, needed, value_of
from bilateral.sources.unpacking import FileRefused

SHEET = "TPU_MONTHLY"


def fits(content: bytes, name: str) -> bool:
    return SHEET in workbooks.sheets(content)


def read(content: bytes, name: str) -> Reading:
    """The index by month, as `TPU`."""
    rows = workbooks.rows(content, SHEET)
    header = [str(cell).strip() for cell in next(rows, (0, []))[1]]
    places = needed(header, "DATE", "TPU")
    values: list[Value] = []
    for line, row in rows:
        if row[places["DATE"]] in ("", None):
            continue
        try:
            day = workbooks.month_of(row[places["DATE"]])
        except ValueError:
            raise FileRefused(f"row {line} has {row[places['DATE']]!r} in the place of a month such as 2025-03-01") from None
        values.append(value_of("TPU", day, row[places["TPU"]], line, f"{day} TPU"))
    return Reading(values)
