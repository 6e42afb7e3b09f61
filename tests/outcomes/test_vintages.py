"""Files of outcomes in the tables: nothing twice, nothing lost, every vintage of every value."""

from datetime import date

import pytest

from outcomes.conftest import SAMPLES, SHARED

PESO = "observation_date,DEXMXUS\n2025-03-27,20.10\n2025-03-28,20.20\n"


def test_a_second_load_of_the_same_file_adds_nothing(shelf):
    first, second = (shelf.load(SAMPLES / "country.xlsx", published="2023-03-08") for _ in range(2))
    assert (first.rows_read, first.rows_accepted, first.rows_known, first.rows_rejected) == (532, 532, 0, 0)
    assert (second.rows_read, second.rows_accepted, second.rows_known, second.rows_rejected) == (532, 0, 532, 0)
    assert shelf.rows("select count(*) from outcomes") == [(532,)]
    assert shelf.rows("select n_read, n_accepted, n_known from outcome_files order by file_id") == [(532, 532, 0), (532, 0, 532)]


def test_one_series_of_two_sources_has_two_vintages_and_its_revisions(shelf):
    """Half of the real case: 2016 moved by up to 1.2 % in US exports to Mexico between March 2017 and March 2023, 2013 by nothing."""
    for name in ("fred_IMPMX_2017.csv", "fred_EXPMX_2017.csv"):
        shelf.load(SAMPLES / name, published="2017-03-07")
    shelf.load(SAMPLES / "country.xlsx", published="2023-03-08")
    found = shelf.rows("""
        select series_id, year(period_start), count(*), round(max(abs(change_percent)), 2)
        from outcome_revisions(null) group by all order by all
    """)
    assert found == [
        ("us-exports-mex", 2014, 12, 0.58),
        ("us-exports-mex", 2015, 12, 0.44),
        ("us-exports-mex", 2016, 12, 1.23),
        ("us-imports-mex", 2014, 9, 0.04),
        ("us-imports-mex", 2015, 12, 0.08),
        ("us-imports-mex", 2016, 12, 0.45),
    ]
    before = "select value, status from outcomes_on(date '{}') where series_id = 'us-exports-mex' and period_start = '2016-12-01'"
    assert shelf.rows(before.format("2017-03-06")) == []
    assert shelf.rows(before.format("2023-03-07")) == [(19110.4, "reconstructed")]
    ((after, _),) = shelf.rows(before.format("2023-03-08"))
    assert after == pytest.approx(
        19110.4
        * (
            1
            + shelf.rows("""
        select change_percent / 100 from outcome_revisions('us-exports-mex') where period_start = '2016-12-01'
    """)[0][0]
        )
    )


def test_the_first_release_is_told_with_its_delay(shelf):
    shelf.load(PESO, published="2025-04-01")
    shelf.load(PESO.replace("20.20", "20.30"), published="2025-04-08")
    found = shelf.rows("select period_start, value, lag_days from outcome_first_release('peso-noon') order by all")
    assert found == [(date(2025, 3, 27), 20.1, 5), (date(2025, 3, 28), 20.2, 4)]


def test_an_older_vintage_that_is_loaded_later_takes_its_place_in_time(shelf):
    shelf.load(PESO.replace("20.20", "20.30"), published="2025-04-08")
    shelf.load(PESO, published="2025-04-01")
    found = shelf.rows("""
        select period_start, value, known_from, known_until from outcomes where series_id = 'peso-noon' order by period_start, known_from
    """)
    assert found == [
        (date(2025, 3, 27), 20.1, date(2025, 4, 1), None),
        (date(2025, 3, 28), 20.2, date(2025, 4, 1), date(2025, 4, 8)),
        (date(2025, 3, 28), 20.3, date(2025, 4, 8), None),
    ]


def test_a_vintage_between_two_others_is_compared_with_the_one_before_it(shelf):
    for value, day in (("20.20", "2025-04-01"), ("20.20", "2025-04-15"), ("20.30", "2025-04-08")):
        shelf.load(PESO.replace("20.20", value), published=day)
    found = shelf.rows("select value, known_from from outcomes where period_start = '2025-03-28' order by known_from")
    assert found == [(20.2, date(2025, 4, 1)), (20.3, date(2025, 4, 8))]


def test_more_decimal_places_are_no_change_and_a_change_in_them_is_one(shelf):
    shelf.load(PESO, published="2025-04-01")
    assert shelf.load(PESO.replace("20.20", "20.2012"), published="2025-04-02").rows_known == 2
    assert shelf.load(PESO.replace("20.20", "20.2099"), published="2025-04-03").rows_accepted == 1


def test_a_value_that_a_source_takes_back_is_known_until_then(shelf):
    shelf.load(PESO, published="2025-04-01")
    result = shelf.load(PESO.replace("20.20", ""), published="2025-04-02")
    assert (result.rows_accepted, result.rows_known) == (1, 1)
    found = shelf.rows("select value, status, known_until from outcomes where period_start = '2025-03-28' order by known_from")
    assert found == [(20.2, "reconstructed", date(2025, 4, 2)), (None, "withdrawn", None)]
    assert shelf.rows("select count(*) from outcomes_on(date '2025-04-02')") == [(1,)]


def test_a_cell_without_a_value_is_none_and_is_told(shelf):
    result = shelf.load(PESO + "2025-03-31,\n", published="2025-04-01")
    assert (result.rows_read, result.rows_accepted) == (2, 2)
    assert result.note == "1 cell has no value"


def test_a_refused_value_is_kept_with_its_reason_and_the_file_adds_up(shelf):
    result = shelf.load(PESO + "2025-03-31,about 20\n2025-04-01,-3\n", "mine.csv")
    assert (result.rows_read, result.rows_accepted, result.rows_known, result.rows_rejected) == (4, 2, 0, 2)
    assert shelf.rows("select file_name, row_number, reason, raw from raw.rejects order by 2") == [
        ("mine.csv", 4, "peso-noon: 'about 20' is not a number", "2025-03-31,about 20"),
        ("mine.csv", 5, "peso-noon: the value is below 0, which this series cannot be", "2025-04-01,-3"),
    ]
    shelf.load(PESO, "mine.csv")
    assert shelf.rows("select count(*) from raw.rejects") == [(0,)]


def test_a_period_that_stands_twice_with_two_values_is_refused_and_with_one_is_known(shelf):
    result = shelf.load(PESO + "2025-03-28,20.20\n2025-03-27,20.11\n")
    assert (result.rows_accepted, result.rows_known, result.rows_rejected) == (1, 1, 2)


def test_a_month_that_begins_within_a_month_is_refused(shelf):
    result = shelf.load("DATE,IMPMX\n2016-01-15,22400.7\n2016-02-01,23191.8\n")
    assert (result.rows_accepted, result.rows_rejected) == (1, 1)
    assert shelf.rows("select period_end from outcomes") == [(date(2016, 2, 29),)]


def test_a_value_more_than_half_other_than_before_is_told(shelf):
    shelf.load(PESO, published="2025-04-01")
    result = shelf.load(PESO.replace("20.20", "40.20"), published="2025-04-02")
    assert result.rows_accepted == 1
    assert result.note == "1 value differs by more than 50 % from those known of peso-noon: look at the source"


@pytest.mark.parametrize(("factor", "said"), [(1000, "1,000 of those known"), (0.001, "1/1,000 of those known")])
def test_values_in_another_unit_refuse_the_file(shelf, factor, said):
    shelf.load(PESO, published="2025-04-01")
    other = f"observation_date,DEXMXUS\n2025-03-27,{20.1 * factor:.6f}\n2025-03-28,{20.2 * factor:.6f}\n"
    result = shelf.load(other, published="2025-04-02")
    assert said in result.refusal
    assert (result.rows_read, shelf.rows("select count(*) from outcomes")) == (0, [(2,)])
    found = shelf.rows("select reader, refusal is not null, length(sha256) from outcome_files order by file_id")
    assert found == [("fredgraph", False, 64), ("fredgraph", True, 64)]


def test_an_older_file_without_its_day_is_refused_where_it_would_change_what_is_known(shelf):
    shelf.load(SAMPLES / "country.xlsx")
    result = shelf.load(SAMPLES / "fred_IMPMX_2017.csv")
    assert "it ends on 2016-12-01, before the values known, and differs from them, so it is an older vintage" in result.refusal
    assert "--published" in result.refusal
    assert shelf.load(PESO).refusal is None
    assert shelf.load(PESO.replace("2025-03-28,20.20\n", "")).rows_known == 1  # older, and says nothing else


def test_a_day_of_publication_that_lies_ahead_is_refused(shelf):
    assert "which lies ahead" in shelf.load(PESO, published="2099-01-01").refusal


def test_a_file_without_a_known_series_is_refused(shelf):
    assert "none of its series is in seeds/outcome_series.csv" in shelf.load("DATE,UNRATE\n2016-01-01,4.9\n").refusal


def test_what_a_file_says_now_is_observed_and_what_it_said_before_reconstructed(shelf):
    shelf.load(PESO)
    shelf.load("observation_date,DEXCAUS\n2025-03-27,1.43\n", published="2025-04-01")
    assert shelf.rows("select distinct series_id, status from outcomes order by all") == [
        ("canadian-dollar-noon", "reconstructed"),
        ("peso-noon", "observed"),
    ]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/outcomes; the same is tested on cuts of these files above")
def test_the_whole_files_of_four_series_move_as_was_measured_by_hand(shelf):
    for name in ("IMPMX", "EXPMX", "IMPCH", "EXPCH"):
        assert shelf.load(SHARED / f"fred_{name}_2017.csv", published="2017-03-07").rows_accepted == 121
    result = shelf.load(SHARED / "census_ft900_country.xlsx", published="2023-03-08")
    assert (result.rows_read, result.rows_rejected) == (8972, 0)
    largest = dict(
        shelf.rows("select year(period_start), round(max(abs(change_percent)), 2) from outcome_revisions(null) group by 1")
    )
    assert largest == {2014: 0.58, 2015: 0.75, 2016: 1.23}
