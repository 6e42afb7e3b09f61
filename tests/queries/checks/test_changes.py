"""A build that lost much, or whose columns lost their content, is not published unless that is meant."""

import pytest

from bilateral.compute.queries import read
from conftest import column_types, empty_house, insert
from material import ROOT

HEAD = "dataset  n_reports  n_events  share_without_address  share_without_domain"
BEFORE = "run_id  " + HEAD + "\n1  gdelt  9999  9999  0.9  0.9\n2  gdelt  1000  900  0.1  0.2\n2  articles  40  40  0.1  0.2"


def bad_rows(queries, check: str, now: str, is_accepted: bool | None = None) -> list[tuple]:
    with empty_house() as connection:
        insert(connection, "raw.sizes", column_types(queries, "raw.sizes"), BEFORE)
        insert(connection, "main.sizes", column_types(queries, "main.sizes"), f"{HEAD}\n{now}")
        if is_accepted is not None:
            connection.execute("set variable accept_change = ?::boolean", [is_accepted])
        return connection.execute(read(ROOT / "queries" / "checks" / f"{check}.sql").sql).fetchall()


@pytest.mark.parametrize(
    ("now", "bad"),
    [
        pytest.param("gdelt  1000  900  0.1  0.2\narticles  40  40  0.1  0.2", [], id="as before"),
        pytest.param("gdelt  801  700  0.1  0.2\narticles  40  40  0.1  0.2", [], id="a little less"),
        pytest.param("gdelt  799  700  0.1  0.2\narticles  40  40  0.1  0.2", [("gdelt", 1000, 799)], id="a fifth less"),
        pytest.param("articles  40  40  0.1  0.2", [("gdelt", 1000, 0)], id="gone"),
        pytest.param("gdelt  5000  700  0.1  0.2\narticles  1  1  0.1  0.2", [], id="few reports may come and go"),
    ],
)
def test_a_dataset_that_lost_a_fifth_is_named_with_both_counts(queries, now, bad):
    check = "no_dataset_loses_a_fifth_of_its_reports"
    assert bad_rows(queries, check, now) == bad
    assert bad_rows(queries, check, now, is_accepted=False) == bad
    assert bad_rows(queries, check, now, is_accepted=True) == []


@pytest.mark.parametrize(
    ("now", "bad"),
    [
        pytest.param("gdelt  1000  900  0.29  0.39", [], id="a little more"),
        pytest.param("gdelt  1000  900  0.31  0.2", [("gdelt", 0.1, 0.31, 0.2, 0.2)], id="addresses gone"),
        pytest.param("gdelt  1000  900  0.1  0.41", [("gdelt", 0.1, 0.1, 0.2, 0.41)], id="subjects gone"),
        pytest.param("articles  40  40  1.0  1.0", [], id="few reports"),
    ],
)
def test_a_dataset_whose_columns_lost_their_content_is_named(queries, now, bad):
    check = "no_dataset_forgets_its_addresses_or_subjects"
    assert bad_rows(queries, check, now) == bad
    assert bad_rows(queries, check, now, is_accepted=True) == []


@pytest.mark.parametrize(
    ("day", "is_bad"), [("1899-12-31", True), ("1900-01-01", False), ("2027-01-01", False), ("2027-01-02", True)]
)
def test_a_day_of_a_wrong_century_is_named(queries, day, is_bad):
    with empty_house() as connection:
        connection.execute("set variable today = date '2026-12-31'")
        insert(connection, "core.events", column_types(queries, "core.events"), f"event_id  dataset  event_day\ne1  gdelt  {day}")
        found = connection.execute(read(ROOT / "queries/checks/every_event_has_a_day_that_can_be.sql").sql).fetchall()
    assert bool(found) == is_bad
