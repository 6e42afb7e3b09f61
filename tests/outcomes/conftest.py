"""The tables of outcomes alone, in memory, with the readers and queries that a load has."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from bilateral.compute import macros
from bilateral.compute.runner import Runner
from bilateral.load.curated_files import FileResult
from bilateral.outcomes import files
from bilateral.outcomes.readers import read, reader_of
from bilateral.outcomes.readings import Reading, Value
from conftest import empty_house
from material import ROOT

SAMPLES = Path(__file__).parent / "samples"
SHARED = ROOT.parent / "shared" / "data" / "outcomes"
MACROS = ("outcomes_on", "outcome_first_release", "outcome_revisions")


@dataclass
class Shelf:
    """Tables of outcomes, and files put into them."""

    connection: duckdb.DuckDBPyConnection
    runner: Runner
    n_runs: int = 0

    def load(
        self, content: bytes | str | Path, name: str = "", published: str | None = None, reader: str | None = None
    ) -> FileResult:
        """Load bytes, text or a file, as published on a day."""
        self.n_runs += 1
        if isinstance(content, Path):
            name, content = name or content.name, content.read_bytes()
        raw = content.encode() if isinstance(content, str) else content
        day = date.fromisoformat(published) if published else None
        offer = files.Offer(name, datetime.now(UTC).replace(tzinfo=None), lambda: raw, day, reader)
        (result,) = files.load(self.connection, self.runner, f"run {self.n_runs}", [offer])
        return result

    def rows(self, statement: str) -> list[tuple]:
        return self.connection.execute(statement).fetchall()


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with empty_house() as connection:
        runner = Runner(connection, ROOT / "queries")
        runner.make_kept()
        runner.build(["main.outcomes", "main.outcome_series", "main.outcome_files"])
        for macro, statement in macros.statements(runner.queries, ROOT / "queries" / "macros"):
            if macro.path.stem in MACROS:
                runner.run(macro.name, statement, macro.path)
        yield Shelf(connection, runner)


# ------------------------------------------------------------------ readers alone


def reading_of(content: bytes | str, name: str = "made") -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return read(reader_of(raw, name), raw, name)


def of(reading: Reading, key: str) -> dict[date, Decimal | None]:
    return {value.day: value.number for value in reading.values if value.source_key == key}


def refused(reading: Reading) -> list[Value]:
    return [value for value in reading.values if value.refusal]


def workbook(rows: list[list], sheet: str = "Sheet1") -> bytes:
    """The rows as a workbook, text as text and numbers as numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                (page.write_string if isinstance(cell, str) else page.write_number)(line, place, cell)
    return file.getvalue()
