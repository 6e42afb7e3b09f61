"""Readers of what crosses borders: entries of the Bureau of Transportation Statistics, encounters of Customs and Border Protection."""

import json
from datetime import date
from decimal import Decimal

import pytest

from bilateral.outcomes.readers import read
from bilateral.sources.unpacking import FileRefused
from outcomes.conftest import SAMPLES, SHARED, of, reading_of, refused

# ------------------------------------------------------------------ entries


def crossings(n: int, **more: object) -> str:
    """An answer of the service with one row a month."""
    rows = [
        {
            "date": f"{1990 + n // 12}-{n % 12 + 1:02}-01T00:00:00.000",
            "border": "US-Mexico Border",
            "measure": "Trucks",
            "sum_value": f"{n}",
        }
        | more
        for n in range(n)
    ]
    return json.dumps(rows)


def test_entries_are_read_from_files_of_2019_and_of_2024_and_from_the_service():
    old, new = (reading_of((SAMPLES / f"bts_{year}.csv").read_bytes()) for year in (2019, 2024))
    assert of(old, "US-Mexico Border/Pedestrians") == {
        date(2019, 3, 1): 346158,
        date(2019, 2, 1): 156891 + 15272,
        date(2019, 1, 1): 56810,
    }
    assert of(new, "US-Mexico Border/Personal Vehicle Passengers") == {date(2024, 1, 1): 521714}
    assert of(reading_of(crossings(3)), "US-Mexico Border/Trucks")[date(1990, 3, 1)] == 2


def test_containers_that_were_called_full_are_those_called_loaded_and_empty_ones_are_apart():
    keys = {value.source_key for value in reading_of((SAMPLES / "bts_2019.csv").read_bytes()).values}
    assert {"US-Canada Border/Truck Containers Loaded", "US-Canada Border/Truck Containers Empty"} <= keys
    assert not [key for key in keys if "Full" in key]


@pytest.mark.parametrize("n", [1_000, 50_000])
def test_as_many_rows_as_the_service_gives_at_most_are_a_cut_answer(n):
    with pytest.raises(FileRefused, match=rf"exactly {n:,} rows, at which the service cuts; ask with a larger \$limit"):
        reading_of(crossings(n))
    assert len(reading_of(crossings(n - 1)).values) == n - 1


def test_a_port_counts_once_whether_its_code_kept_its_leading_zero_or_not():
    header, row, *_ = (SAMPLES / "bts_2019.csv").read_text(encoding="utf-8").splitlines()
    assert ",209," in row
    reading = reading_of("\n".join([header, row, row.replace(",209,", ",0209,"), row.replace(",209,", ",2090,")]))
    assert [value.refusal for value in reading.values] == ["port 0209 stands twice in this month"]


def test_a_month_in_which_one_port_is_no_number_is_refused_whole():
    text = (SAMPLES / "bts_2019.csv").read_text(encoding="utf-8").replace(",15272,", ",many,")
    assert [(value.day, value.refusal) for value in refused(reading_of(text))] == [(date(2019, 2, 1), "'many' is not a number")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "has no row"),
        ('{"error": true, "message": "no such column"}', "no list of rows; it begins .*no such column"),
        (
            '[{"border": "US-Mexico Border", "measure": "Trucks", "date": "2019-03-01"}]',
            "date, border, measure and sum_value were expected",
        ),
        ('[{"border": "b", "measure": "m", "date": "March 2019", "sum_value": "1"}]', "'March 2019' in the place of a month"),
        ("Border,Date,Measure,Value\nUS-Mexico Border,Jan 2024,Tru", "line 2 has 3 of 4 cells, so it is torn"),
    ],
)
def test_what_is_no_answer_of_the_service_is_refused_with_the_reason(content, said):
    with pytest.raises(FileRefused, match=said):
        read("bts", content.encode(), "made")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/outcomes; the same is tested on cuts of such files above")
def test_a_whole_file_of_months_is_read():
    trucks = of(reading_of((SHARED / "bts_us_mexico_monthly_1996_2019.csv").read_bytes()), "US-Mexico Border/Trucks")
    assert (len(trucks), min(trucks), max(trucks)) == (279, date(1996, 1, 1), date(2019, 3, 1))
    assert trucks[date(2018, 12, 1)] == 469397


# ------------------------------------------------------------------ encounters


ENCOUNTERS = "Fiscal Year,Month Grouping,Month (abbv),Land Border Region,Citizenship,Title of Authority,Encounter Count\n"


def test_a_fiscal_year_begins_in_october_of_the_year_before():
    colombia = of(reading_of((SAMPLES / "cbp_colombia_arizona.csv").read_bytes()), "COLOMBIA")
    assert (min(colombia), max(colombia), len(colombia)) == (date(2021, 10, 1), date(2023, 9, 1), 24)
    assert colombia[date(2022, 4, 1)] == sum_of("2022,FYTD,APR") > 4143


def sum_of(start: str) -> Decimal:
    lines = (SAMPLES / "cbp_colombia_arizona.csv").read_text(encoding="utf-8").splitlines()
    return sum((Decimal(line.rsplit(",", 1)[1]) for line in lines if line.startswith(start)), Decimal(0))


def test_months_of_a_running_year_are_preliminary_and_remaining_months_of_others_are_taken():
    reading = reading_of(
        ENCOUNTERS
        + "2025,FYTD,OCT,Southwest Land Border,MEXICO,Title 8,10\n"
        + "2025,Remaining,SEP,Southwest Land Border,MEXICO,Title 8,20\n"
        + '2026 (FYTD),FYTD,OCT,Southwest Land Border,MEXICO,Title 8,"1,030"\n'
        + "2026 (FYTD),FYTD,OCT,Northern Land Border,MEXICO,Title 8,7\n"
    )
    assert [(value.day, value.number, value.status) for value in reading.values] == [
        (date(2024, 10, 1), 10, "observed"),
        (date(2025, 9, 1), 20, "observed"),
        (date(2025, 10, 1), 1030, "preliminary"),
    ]


def test_the_preliminary_status_reaches_the_table(shelf):
    shelf.load(ENCOUNTERS + "2026 (FYTD),FYTD,OCT,Southwest Land Border,MEXICO,Title 8,10\n", "sbo.csv")
    assert shelf.rows("select series_id, status from outcomes") == [("encounters-mex", "preliminary")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "2026,FYTD,SMARCH,Southwest Land Border,MEXICO,Title 8,1",
            "'2026' and 'SMARCH' in the place of a fiscal year and a month",
        ),
        ("FY26,FYTD,OCT,Southwest Land Border,MEXICO,Title 8,1", "'FY26' and 'OCT'"),
        ("2026,FYTD,OCT,Northern Land Border,MEXICO,Title 8,1", "no row of the Southwest Land Border"),
        ("2026,FYTD,OCT,Southwest", "line 2 has 4 of 7 cells, so it is torn"),
    ],
)
def test_encounters_that_cannot_be_placed_refuse_the_file(row, said):
    with pytest.raises(FileRefused, match=said):
        reading_of(ENCOUNTERS + row)


def test_a_count_that_is_no_number_refuses_its_month():
    reading = reading_of(ENCOUNTERS + "2026,FYTD,OCT,Southwest Land Border,MEXICO,Title 8,few\n")
    assert [value.refusal for value in reading.values] == ["'few' is not a number"]
