"""Geopolitical risk by country and month (Caldara and Iacoviello): a workbook with a column GPRC_MEX for each country; explanations stand beside."""

from bilateral.outcomes import workbooks
from bilateral.outcomes.readings import Reading, Value, needed, value_of
from bilateral.sources.unpacking import FileRefused

COLUMNS = ("GPRC_MEX", "GPRC_CAN", "GPRC_CHN", "GPRC_COL", "GPRC_VEN", "GPRC_USA")


def fits(content: bytes, name: str) -> bool:
    header = workbooks.header(content)
    return "month" in header and "GPR" in header


def read(content: bytes, name: str) -> Reading:
    """Share of articles by month and country, as `GPRC_MEX`."""
    rows = workbooks.rows(content, workbooks.sheets(content)[0])
    header = [str(cell).strip() for cell in next(rows)[1]]
    places = needed(header, "month")
    absent = [column for column in COLUMNS if column not in places]
    if len(absent) == len(COLUMNS):
        raise FileRefused(f"it has no column {absent[0]!r}: monthly data by country were expected, data_gpr_export.xls")
    values: list[Value] = []
    for line, row in rows:
        if row[places["month"]] in ("", None):
            continue  # explanations of variables are longer than the data
        try:
            day = workbooks.month_of(row[places["month"]])
        except ValueError:
            raise FileRefused(f"row {line} has {row[places['month']]!r} in the place of a month") from None
        values += [value_of(key, day, row[places[key]], line, f"{day} {key}") for key in COLUMNS if key in places]
    return Reading(values, notes=[f"it has no column {column!r}" for column in absent])
