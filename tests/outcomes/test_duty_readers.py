"""Readers of duties: the Monthly Treasury Statement, the Census Bureau's API, the rates of The Budget Lab at Yale; and of Banco de México."""

import json
from datetime import date
from decimal import Decimal

import pytest

from bilateral.outcomes.readers import read
from bilateral.sources.unpacking import FileRefused
from outcomes.conftest import SAMPLES, SHARED, of, reading_of, refused

# ------------------------------------------------------------------ Treasury


def statement(**more: object) -> str:
    row = {
        "record_date": "2025-10-31",
        "line_code_nbr": "405",
        "record_fiscal_year": "2026",
        "current_month_gross_rcpt_amt": "31000000000.00",
        "current_month_net_rcpt_amt": "null",
    }
    return json.dumps({"data": [row | more], "meta": {"total-pages": 1}})


def test_duties_are_in_million_and_the_net_may_be_below_0(shelf):
    reading = reading_of((SAMPLES / "mts_2026-07.json").read_bytes())
    assert of(reading, "Customs Duties/gross") == {date(2026, 7, 1): Decimal("24834.85590089")}
    assert of(reading, "Customs Duties/net") == {date(2026, 7, 1): Decimal("-8546.44190697")}
    assert shelf.load(SAMPLES / "mts_2026-07.json").rows_accepted == 2


def test_the_text_null_is_no_value_and_a_month_is_that_of_the_calendar():
    reading = reading_of(statement())
    assert of(reading, "Customs Duties/net") == {date(2025, 10, 1): None}
    assert of(reading, "Customs Duties/gross") == {date(2025, 10, 1): 31000}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (statement(line_code_nbr="102"), "none of its 1 rows has line_code_nbr 405"),
        (statement(record_date="July 2026"), "row 1 has no record_date such as 2026-07-31"),
        (statement().replace('"total-pages": 1', '"total-pages": 3'), "it is one page of 3"),
        ('{"error": "Invalid Query Param"}', "no list `data`; it begins .*Invalid Query Param"),
        ("{", "not JSON"),
    ],
)
def test_what_is_no_statement_is_refused_with_the_reason(content, said):
    with pytest.raises(FileRefused, match=said):
        read("mts", content.encode(), "made")


# ------------------------------------------------------------------ Census


HEADER = ["CTY_CODE", "CTY_NAME", "GEN_VAL_MO", "CON_VAL_MO", "CAL_DUT_MO", "time", "CTY_CODE"]


def answer(*rows: list[str]) -> str:
    return json.dumps([HEADER, *rows])


def test_trade_duties_and_their_rate_are_read_where_columns_are_given_twice(shelf):
    mexico = ["2010", "MEXICO", "41700000000", "41000000000", "1230000000", "2025-03", "2010"]
    reading = reading_of(
        answer(mexico, ["-", "TOTAL", "1", "1", "1", "2025-03", "-"], ["0003", "EU", "1", "1", "1", "2025-03", "0003"])
    )
    assert {value.source_key: value.number for value in reading.values} == {
        "2010/imports": 41700,
        "2010/duties": 1230,
        "2010/duty-rate": 3,
    }
    shelf.load(answer(mexico))
    assert shelf.rows("select series_id, value from outcomes order by all") == [
        ("us-duties-mex", 1230.0),
        ("us-duty-rate-mex", 3.0),
        ("us-imports-mex", 41700.0),
    ]


def test_without_imports_there_is_no_rate():
    reading = reading_of(answer(["2390", "CUBA", "0", "0", "0", "2025-03", "2390"]))
    assert {value.source_key for value in reading.values} == {"2390/imports", "2390/duties"}


def test_a_cell_that_is_no_number_is_refused_and_the_others_are_taken():
    reading = reading_of(answer(["2010", "MEXICO", "41700000000", "x", "1230000000", "2025-03", "2010"]))
    assert [(value.source_key, value.refusal) for value in refused(reading)] == [
        ("2010/duty-rate", "CON_VAL_MO: 'x' is not a number")
    ]
    assert of(reading, "2010/duties") == {date(2025, 3, 1): 1230}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty; .*status 204"),
        (
            b"<html><head><title>Missing Key</title></head></html>",
            "a web page titled 'Missing Key' and no data; the key may be wrong",
        ),
        (b'{"error": 1}', "no list of lists"),
        (b'[["CTY_CODE", "time", "QTY"], ["2010", "2025-03", "1"]]', "none of the columns GEN_VAL_MO, ALL_VAL_MO, CAL_DUT_MO"),
        (b'[["CTY_CODE", "GEN_VAL_MO"], ["2010", "1"]]', "no column 'time'"),
        (b'[["CTY_CODE", "GEN_VAL_MO", "time"], ["2010", "1", "2025"]]', "'2025' in the place of a month"),
        (b'[["CTY_CODE", "GEN_VAL_MO", "time"], ["2010", "1"]]', "row 2 has 2 of 3 cells"),
    ],
)
def test_what_is_no_answer_of_the_census_is_refused_with_the_reason(content, said):
    with pytest.raises(FileRefused, match=said):
        read("census", content, "made")


# ------------------------------------------------------------------ Yale


RATES = "date,revision,weighted_etr\n2025-03-28,rev_9,0.0681\n2026-06-09,rev_10,0.0901\n2026-06-10,rev_10,0.0901\n2026-12-31,rev_10,0.0864\n"


def test_days_after_publication_are_a_projection_and_are_left_out(shelf):
    result = shelf.load(RATES, "daily_overall_2026-06-09.csv")
    assert result.note == "2 days after its publication on 2026-06-09 are a projection and are left out"
    assert shelf.rows("select period_start, value, known_from, status from outcomes order by 1") == [
        (date(2025, 3, 28), 6.81, date(2026, 6, 9), "observed"),
        (date(2026, 6, 9), 9.01, date(2026, 6, 9), "observed"),
    ]


def test_rates_of_one_day_differ_between_releases(shelf):
    """The design's own case: one day, four estimates. Made numbers here; each release is one vintage."""
    for name, rate in (("2026-03-02", "0.189"), ("2026-03-04", "0.091"), ("2026-03-10", "0.101"), ("2026-06-09", "0.068")):
        shelf.load(f"date,weighted_etr\n2025-03-28,{rate}\n", f"daily_overall_{name}.csv")
    found = shelf.rows("select known_from, value_before, value from outcome_revisions('statutory-rate-all') order by 1")
    assert found == [(date(2026, 3, 4), 18.9, 9.1), (date(2026, 3, 10), 9.1, 10.1), (date(2026, 6, 9), 10.1, 6.8)]


def test_a_release_without_its_day_is_refused_until_it_is_told(shelf):
    assert "a projection; say with --published on which day" in shelf.load(RATES, "rates.csv").refusal
    assert shelf.load(RATES, "rates.csv", published="2026-06-09").rows_accepted == 2


def test_rates_by_partner_are_named_by_the_code_of_the_partner():
    reading = reading_of(
        "date,country,country_name,weighted_etr\n2025-03-28,2010,Mexico,0.05\n", "daily_by_country_2026-06-09.csv"
    )
    assert of(reading, "2010") == {date(2025, 3, 28): 5}


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/outcomes; the same is tested on made releases above")
def test_the_release_of_june_2026_ends_on_its_day(shelf):
    result = shelf.load(SHARED / "yale_daily_overall_2026-06-09.csv")
    assert (result.rows_read, result.rows_accepted) == (525, 525)
    assert shelf.rows("select max(period_start) from outcomes") == [(date(2026, 6, 9),)]
    assert shelf.rows("select round(value, 1) from outcomes where period_start = '2025-03-28'") == [(6.8,)]


# ------------------------------------------------------------------ Banco de México


def series(*entries: tuple[str, str], key: str = "SF43718") -> dict:
    return {"idSerie": key, "titulo": "made", "datos": [{"fecha": day, "dato": cell} for day, cell in entries]}


def sie(*found: dict) -> str:
    return json.dumps({"bmx": {"series": found}})


def test_banxico_writes_days_first_numbers_with_commas_and_none_as_n_e():
    reading = reading_of(
        sie(series(("02/01/2024", "17.0297"), ("06/01/2024", "N/E")), series(("01/03/2024", "5,021.3"), key="SE27803"))
    )
    assert of(reading, "SF43718") == {date(2024, 1, 2): Decimal("17.0297"), date(2024, 1, 6): None}
    assert of(reading, "SE27803") == {date(2024, 3, 1): Decimal("5021.3")}


def test_a_series_without_values_is_told():
    assert reading_of(sie(series(), series(("02/01/2024", "1"), key="SE27803"))).notes == ["it has no values of SF43718"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"error": {"mensaje": "Token"}}', "no bmx.series with idSerie and datos; it begins .*Token"),
        (sie(series(("2024-01-02", "17"))), "fecha as dd/mm/yyyy was expected"),
        ("<!doctype html><title>Token inválido</title>", "a web page titled 'Token inválido'"),
    ],
)
def test_what_is_no_answer_of_sie_is_refused_with_the_reason(content, said):
    with pytest.raises(FileRefused, match=said):
        read("sie", content.encode(), "made")


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/outcomes; the same is tested on made answers above")
def test_a_long_answer_of_sie_is_read(shelf):
    result = shelf.load(SHARED / "banxico_SF43718_rebuilt.json")
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (478, 478, 0)
