"""Readers of outcomes: every trap of a source's form, on cuts of its own files or on the same form made here."""

from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from bilateral.outcomes.readers import READERS, read
from bilateral.outcomes.readings import number
from bilateral.sources.unpacking import FileRefused
from outcomes.conftest import SAMPLES, of, reading_of, refused, workbook

# ------------------------------------------------------------------ any


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("18.7342", "18.7342"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        (20.5, "20.5"),
        (" 7 ", "7"),
        ("-8546441906.97", "-8546441906.97"),
    ],
)
def test_numbers_as_sources_write_them(written, found):
    assert number(written) == Decimal(found)


@pytest.mark.parametrize("written", ["", ".", "N/E", "null", "NA", None, "(NA)"])
def test_cells_that_hold_no_value(written):
    assert number(written) is None


@pytest.mark.parametrize("written", ["1,23", "12 000", "1.234,5", "inf", "n.d."])
def test_what_is_no_number_is_never_guessed(written):
    with pytest.raises(ValueError, match="is not a number"):
        number(written)


def test_a_page_for_people_is_told_from_data():
    page = "<!DOCTYPE html>\n<html><head><title>Invalid\n Key</title></head><body>A valid <em>key</em> must be included</body></html>"
    with pytest.raises(FileRefused, match="a web page titled 'Invalid Key' and no data; the key may be wrong or missing"):
        reading_of(page)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"PK\x03\x04nothing"])
def test_a_form_that_nobody_knows_is_refused_with_those_that_are_known(content):
    with pytest.raises(FileRefused) as refusal:
        reading_of(content)
    assert all(form in str(refusal.value) for form in READERS.values())


def test_other_bytes_than_text_are_refused():
    with pytest.raises(FileRefused, match="not a text in UTF-8"):
        read("fredgraph", b"\xff\xfeA\x00", "made")


# ------------------------------------------------------------------ FT-900


def table() -> list[list]:
    return CalamineWorkbook.from_path(SAMPLES / "country.xlsx").get_sheet_by_name("country").to_python()


def test_ft900_leaves_out_months_that_are_not_published_and_keeps_months_without_trade():
    reading = reading_of((SAMPLES / "country.xlsx").read_bytes())
    mexico, cuba = of(reading, "2010/imports"), of(reading, "2390/imports")
    assert max(mexico) == max(cuba) == date(2023, 1, 1)
    assert (mexico[date(2016, 1, 1)], mexico[date(2023, 1, 1)]) == (Decimal("22337.723342"), Decimal("36987.563542"))
    assert (cuba[date(2022, 8, 1)], cuba[date(2022, 9, 1)]) == (0, 0)
    assert reading.notes == ["its last month is 2023-01; zeros after it are months not yet published and are left out"]


def test_ft900_leaves_out_aggregates_which_share_its_table():
    assert {row[1] for row in table()[1:]} == {"0015", "2010", "2390"}
    assert {value.source_key for value in reading_of((SAMPLES / "country.xlsx").read_bytes()).values} == {
        "2010/exports",
        "2010/imports",
        "2390/exports",
        "2390/imports",
    }


def test_ft900_takes_no_month_of_a_year_that_is_not_the_sum_of_its_months():
    rows = table()
    (row,) = (row for row in rows if row[:2] == ["2016", "2010"])
    row[rows[0].index("IMAR")] += 100
    reading = reading_of(workbook(rows, "country"))
    assert {(value.source_key, value.day.year) for value in refused(reading)} == {("2010/imports", 2016)}
    assert len(refused(reading)) == 12
    assert "the months of 2016 sum to 29" in refused(reading)[0].refusal
    assert "the column IYR says 29" in refused(reading)[0].refusal


def test_ft900_stops_at_the_first_empty_row():
    rows = [*table(), [""] * 29, ["notes", "no country", *[""] * 27]]
    assert len(reading_of(workbook(rows, "country")).values) == 4 * (11 * 12 + 1)


def test_ft900_refuses_by_name_the_column_that_it_lacks():
    rows = table()
    rows[0][rows[0].index("ESEP")] = "ESEPT"
    with pytest.raises(FileRefused, match="no column 'ESEP'"):
        reading_of(workbook(rows, "country"))


def test_another_workbook_is_not_taken_for_ft900():
    with pytest.raises(FileRefused, match="its form is not known"):
        reading_of(workbook(table()))


# ------------------------------------------------------------------ FRED


def test_fredgraph_gives_the_same_under_both_of_its_headers():
    old, new = (of(reading_of((SAMPLES / f"fred_DEXMXUS_{name}.csv").read_bytes()), "DEXMXUS") for name in ("old", "new"))
    assert old == new
    assert len(old) == 41
    assert [day for day, found in new.items() if found is None] == [date(2022, 1, 17), date(2022, 2, 21)]


def test_fredgraph_may_have_several_series_and_refuses_a_line_of_another_length():
    reading = reading_of("observation_date,DEXMXUS,DEXCAUS\n2022-01-03,20.57,1.27\n2022-01-04,20.5\n")
    assert of(reading, "DEXCAUS")[date(2022, 1, 3)] == Decimal("1.27")
    assert [value.refusal for value in refused(reading)] == ["the line has 2 cells"] * 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("DATE,DEXMXUS\n", "no row below its header"),
        ("DATE,DEXMXUS\n03/01/2022,20.57\n", "line 2 begins '03/01/2022', which is not a day"),
        ("observation_date,\n", "no row below its header"),
    ],
)
def test_fredgraph_is_refused_with_the_reason(content, said):
    with pytest.raises(FileRefused, match=said):
        reading_of(content)
