"""Files of the rows on screen: a chart or table as CSV, JSON, XLSX, Parquet or ZIP, with the information needed to use them."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from bilateral import escaping
from bilateral.ask import warehouse
from bilateral.frames import rowwise


@dataclass(frozen=True)
class Extract:
    """Rows that a chart or a table was made from. `attrs["sql"]` of the rows is the statement that gives them to anybody."""

    name: str
    """As an address and a file's name have it: balance."""
    title: str
    rows: pd.DataFrame
    columns: tuple[str, ...] = ()
    """Those on screen; empty for all."""

    def shown(self, everything: bool) -> pd.DataFrame:
        """What is on screen, or every column."""
        return self.rows if everything or not self.columns else self.rows[list(self.columns)]


@dataclass(frozen=True)
class About:
    """What the rows are. The same words go into the README, the JSON, the second sheet of the XLSX and the Parquet's own metadata."""

    title: str
    subject: str
    """Pair or page, as it begins the name of the file: MEX-USA."""
    chart: str
    by: str
    """day, week, month; empty where rows are not periods."""
    from_day: date | None
    to_day: date | None
    data_version: str
    method_version: str
    address: str
    """Of the page that shows the same rows."""
    sql: str
    licence: str
    caution: str
    meanings: dict[str, str] = field(default_factory=dict)
    """What each column holds, with its unit."""

    @property
    def stem(self) -> str:
        """MEX-USA_balance_week_2024-01-01_2025-04-15_v20250415T061000.123456Z."""
        parts = (self.subject, self.chart, self.by, self.from_day, self.to_day, f"v{self.data_version}")
        return "_".join(str(part) for part in parts if part)

    def said(self, frame: pd.DataFrame) -> dict[str, object]:
        """Everything but the columns as plain JSON, with the number of rows."""
        return {
            "title": self.title,
            "rows": len(frame),
            "from": self.from_day and str(self.from_day),
            "to": self.to_day and str(self.to_day),
            "data_version": self.data_version,
            "method_version": self.method_version,
            "address": self.address,
            "sql": self.sql,
            "licence": self.licence,
            "caution": self.caution,
        }

    def columns(self, frame: pd.DataFrame) -> dict[str, str]:
        """Meaning of each column of these rows."""
        return {name: self.meanings.get(name, "") for name in frame.columns}

    def as_dict(self, frame: pd.DataFrame) -> dict[str, object]:
        return {**self.said(frame), "columns": self.columns(frame)}


def is_day(column: pd.Series) -> bool:
    """Timestamps without a time of day: pandas has no type for days."""
    if not pd.api.types.is_datetime64_any_dtype(column):
        return False
    known = column.dropna()
    return bool((known == known.dt.normalize()).all())


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Days as ISO text where a column has no time of day, so that no reader shifts them into another zone."""
    shown = frame.copy()
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            form = "%Y-%m-%d" if is_day(shown[name]) else "%Y-%m-%dT%H:%M:%SZ"
            shown[name] = shown[name].dt.strftime(form).where(shown[name].notna(), None)
    return shown


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows whose text a spreadsheet shows and does not run."""
    shown = frame.rename(columns=lambda name: escaping.sheet_cell(str(name)))
    for name in shown.columns:
        if not (pd.api.types.is_numeric_dtype(shown[name]) or pd.api.types.is_datetime64_any_dtype(shown[name])):
            shown[name] = [escaping.sheet_cell(cell) if isinstance(cell, str) else cell for cell in shown[name]]
    return shown


def csv(frame: pd.DataFrame, about: About) -> bytes:
    """For people: with a byte order mark, and no cell that is a formula."""
    made = io.StringIO()
    shown = plain(frame).astype(object)
    rows = shown.where(shown.notna(), None).itertuples(index=False, name=None)
    escaping.write_csv(made, [str(name) for name in frame.columns], rows, for_people=True)
    return made.getvalue().encode("utf-8", "replace")


def as_json(frame: pd.DataFrame, about: About) -> bytes:
    shown = plain(frame).astype(object)
    rows = rowwise(shown.where(shown.notna(), None))  # not pandas' to_json, which rounds to 15 digits
    return json.dumps({"about": about.as_dict(frame), "rows": rows}, ensure_ascii=False, allow_nan=False).encode()


def xlsx(frame: pd.DataFrame, about: About) -> bytes:
    """Days as days: a sheet has them without a zone. Times of day stay text, in UTC."""
    shown = plain(frame)
    shown = shown.assign(**{name: frame[name] for name in frame.columns if is_day(frame[name])})
    lines = pd.DataFrame([*about.said(frame).items(), ("", ""), ("column", "meaning"), *about.columns(frame).items()])
    made = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
    with pd.ExcelWriter(made, engine="xlsxwriter", datetime_format="yyyy-mm-dd", engine_kwargs=options) as book:
        harmless(shown).to_excel(book, sheet_name="rows", index=False)
        harmless(lines).to_excel(book, sheet_name="about", index=False, header=False)
        book.sheets["rows"].freeze_panes(1, 0)
        book.sheets["rows"].autofit()
        book.sheets["about"].set_column(0, 0, 20)
        book.sheets["about"].set_column(1, 1, 100)
    return made.getvalue()


def parquet(frame: pd.DataFrame, about: About) -> bytes:
    """Typed as in the database; the key `bilateral` of the file's own metadata holds what `about` says."""
    days = [name for name in frame.columns if is_day(frame[name])]
    return warehouse.parquet(frame, days, json.dumps(about.as_dict(frame), ensure_ascii=False))


def metadata(frame: pd.DataFrame, about: About) -> bytes:
    return json.dumps(about.as_dict(frame), ensure_ascii=False, indent=1).encode()


def readme(frame: pd.DataFrame, about: About) -> bytes:
    """The same in prose, for the folder that a ZIP becomes."""
    head = "\n".join(
        f"{name}: {escaping.markdown(str(value))}" for name, value in about.said(frame).items() if name not in ("title", "sql")
    )
    listed = "\n".join(f"- `{name}`: {escaping.markdown(meaning)}" for name, meaning in about.columns(frame).items())
    fence = "`" * (1 + max([2, *map(len, re.findall("`+", about.sql))]))  # longer than any in the statement
    title = escaping.markdown(about.title)
    return f"# {title}\n\n{head}\n\n## Columns\n\n{listed}\n\n## SQL\n\n{fence}sql\n{about.sql}\n{fence}\n".encode()


def zipped(frame: pd.DataFrame, about: About) -> bytes:
    """CSV, README and metadata in one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(f"{about.stem}.csv", csv(frame, about))
        folder.writestr("README.md", readme(frame, about))
        folder.writestr("metadata.json", metadata(frame, about))
    return made.getvalue()


@dataclass(frozen=True)
class Format:
    """How one ending is written."""

    write: Callable[[pd.DataFrame, About], bytes]
    mimetype: str


FORMATS = {
    "csv": Format(csv, "text/csv; charset=utf-8"),
    "json": Format(as_json, "application/json"),
    "xlsx": Format(xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": Format(parquet, "application/vnd.apache.parquet"),
    "zip": Format(zipped, "application/zip"),
    "metadata.json": Format(metadata, "application/json"),
}
"""By the ending of an address: /pair/MEX-USA.csv."""
