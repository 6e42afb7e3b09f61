"""Readers of a user's files of indices: what the header lacks is told by name. All files here are made; their authors' are not ours to copy."""

import gzip
from datetime import date, datetime
from decimal import Decimal

import pytest

from bilateral.outcomes.readers import read, reader_of
from bilateral.sources.unpacking import FileRefused
from outcomes.conftest import SHARED, of, reading_of, workbook

AI = "Date,GPR_AI,USA|Mexico,Mexico|USA,USA|China\n2025-02-28,1.5,0.40,0.30,2.0\n2025-03-31,1.6,,0.35,2.1\n"


def test_ai_gpr_is_directed_and_columns_that_it_lacks_are_named():
    reading = reading_of(AI)
    assert of(reading, "USA|Mexico") == {date(2025, 2, 1): Decimal("0.40"), date(2025, 3, 1): None}
    assert of(reading, "Mexico|USA")[date(2025, 3, 1)] == Decimal("0.35")
    assert "it has no column 'China|USA'" in reading.notes
    assert not [note for note in reading.notes if "USA|Mexico" in note]


def test_ai_gpr_without_any_of_our_pairs_is_refused_by_the_name_of_a_column():
    with pytest.raises(FileRefused, match=r"no column 'USA\|Mexico' or 'Mexico\|USA'; its columns are Date, France\|Spain"):
        reading_of("Date,France|Spain\n2025-02-28,1.5\n")


def gpr(*columns: str) -> bytes:
    """A month, then an empty one, beside explanations that are longer than the data."""
    header = ["month", "GPR", *columns, "var_name", "var_label"]
    return workbook(
        [header, ["2025-02-01", 120.5, *([0.31] * len(columns)), "GPR", "made"], ["", *[""] * len(columns), "", "GPRC", "made"]]
    )


def test_gpr_is_read_by_country_and_columns_that_it_lacks_are_named():
    reading = reading_of(gpr("GPRC_MEX", "GPRC_CAN"))
    assert of(reading, "GPRC_MEX") == {date(2025, 2, 1): Decimal("0.31")}
    assert "it has no column 'GPRC_COL'" in reading.notes
    assert len(reading.values) == 2


def test_daily_gpr_has_no_country_and_is_refused_by_name():
    with pytest.raises(FileRefused, match="no column 'GPRC_MEX': monthly data by country were expected"):
        reading_of(gpr("GPR_ACT"))


def test_tpu_is_read_from_its_own_sheet():
    rows = [["DATE", "N7", "TPU_RAW", "TPU_SHARE", "TPU"], ["2025-02-01", 1, 2, 3, 412.5], ["", "", "", "", ""]]
    assert of(reading_of(workbook(rows, "TPU_MONTHLY")), "TPU") == {date(2025, 2, 1): Decimal("412.5")}
    with pytest.raises(FileRefused, match="no column 'TPU'"):
        reading_of(workbook([row[:4] for row in rows], "TPU_MONTHLY"))
    with pytest.raises(FileRefused, match="'Feb' in the place of a month"):
        reading_of(workbook([rows[0], ["Feb", 1, 2, 3, 4]], "TPU_MONTHLY"))


@pytest.mark.parametrize("form", ["workbook", "csv"])
def test_epu_has_years_as_text_and_notes_at_its_end(form):
    rows = [
        ["Year", "Month", "Mexico", "US"],
        ["2020", 1.0, 250.5, 300.0],
        ["2020", 2.0, "", 310.0],
        ["Source: made", "", "", ""],
    ]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    reading = reading_of(workbook(rows) if form == "workbook" else text)
    assert of(reading, "Mexico") == {date(2020, 1, 1): Decimal("250.5"), date(2020, 2, 1): None}
    assert of(reading, "US")[date(2020, 2, 1)] == 310
    assert reading.notes == ["1 rows without a year are notes and are left out"]


def test_epu_of_other_countries_is_refused_by_the_name_of_the_column():
    with pytest.raises(FileRefused, match="no column 'Mexico'"):
        read("epu", b"Year,Month,France\n2020,1,5\n", "made")


def test_dates_of_workbooks_are_read_as_cells_and_as_text():
    from bilateral.outcomes.workbooks import month_of

    assert {month_of(cell) for cell in (datetime(2025, 2, 28), date(2025, 2, 1), "2025-02-01", "2025-02-28 00:00:00")} == {
        date(2025, 2, 1)
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data; the same is tested on made files above")
@pytest.mark.parametrize(
    ("name", "key", "n", "reader"),
    [("epu_All_Country_Data_2020.csv", "Mexico", 427, "epu"), ("epu_mexico_2020.csv", "Mexico", 285, "epu")],
)
def test_files_of_the_authors_are_read(name, key, n, reader):
    content = (SHARED / name).read_bytes()
    assert reader_of(content, name) == reader
    assert len(of(reading_of(content, name), key)) == n


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data; the same is tested on a made file above")
def test_the_workbook_of_gpr_is_read():
    content = gzip.decompress((SHARED.parent / "index" / "data_gpr_export.xls.gz").read_bytes())
    mexico = of(reading_of(content), "GPRC_MEX")
    assert (min(mexico), max(mexico)) == (date(1900, 1, 1), date(2024, 7, 1))
    assert mexico[date(2024, 7, 1)] is not None
