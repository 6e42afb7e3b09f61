"""The checks of the register refuse what cannot be: each bad row alone, and good ones stay."""

import pytest

from bilateral.compute.queries import read
from conftest import column_types, empty_house, insert
from material import ROOT

HEAD = "measure_id  step  dyad     state         state_day   is_in_force  until       until_kind  event_id"


def bad_rows(queries, check: str, rows: str, events: str = "event_id  event_day  dyad\nnone  2025-01-01  MEX-USA") -> list[tuple]:
    """What queries/checks/<check>.sql finds in a register of these rows."""
    with empty_house() as connection:
        insert(connection, "staging.measures", column_types(queries, "staging.measures"), f"{HEAD}\n{rows}")
        insert(connection, "core.events", column_types(queries, "core.events"), events)
        return connection.execute(read(ROOT / "queries" / "checks" / f"{check}.sql").sql).fetchall()


def change(step: int, state: str, in_force: str, day: str | None = None, until: str = "null", kind: str = "null") -> str:
    return f"tariff  {step}  MEX-USA  {state}  {day or f'2025-01-{step:02}'}  {in_force}  {until}  {kind}  null"


def test_a_course_that_can_be_passes(queries):
    course = [
        change(1, "threatened", "no", until="2025-02-01", kind="start"),
        change(2, "announced", "no"),
        change(3, "in_force", "yes"),
        change(4, "threatened", "yes"),
        change(5, "exempted", "partly", until="2025-04-02", kind="exemption_ends"),
        change(6, "struck_down", "partly"),
        change(7, "lifted", "no"),
        change(8, "announced", "no"),
        change(9, "struck_down", "no"),
    ]
    for check in ("every_measure_is_in_force_as_its_states_say", "every_date_set_for_a_measure_lies_ahead"):
        assert bad_rows(queries, check, "\n".join(course)) == []


@pytest.mark.parametrize(
    ("before", "bad"),
    [
        (change(1, "in_force", "yes"), change(2, "lifted", "yes")),
        (change(1, "in_force", "yes"), change(2, "expired", "partly")),
        (change(1, "in_force", "yes"), change(2, "threatened", "no")),
        (change(1, "floated", "no"), change(2, "announced", "yes")),
        (change(1, "announced", "no"), change(2, "in_force", "no")),
        (change(1, "announced", "no"), change(2, "raised", "no")),
        (change(1, "in_force", "yes"), change(2, "paused", "yes")),
        (change(1, "in_force", "yes"), change(2, "struck_down", "partly")),
        (change(1, "in_force", "yes"), change(2, "in_force", "perhaps")),
        (change(1, "in_force", "yes"), change(2, "raised", "null")),
        (change(1, "in_force", "yes"), change(2, "begun", "yes")),
        (change(1, "in_force", "yes"), change(2, "raised", "yes", day="2024-12-31")),
    ],
)
def test_a_state_that_cannot_be_is_found(queries, before, bad):
    found = bad_rows(queries, "every_measure_is_in_force_as_its_states_say", f"{before}\n{bad}")
    assert [row[1] for row in found] == [bad.split("  ")[3]]


@pytest.mark.parametrize(
    "bad",
    [
        change(1, "announced", "no", until="2025-01-01", kind="start"),
        change(1, "announced", "no", until="2025-03-01"),
        change(1, "announced", "no", kind="start"),
        change(1, "announced", "no", until="2025-03-01", kind="someday"),
    ],
)
def test_a_date_that_is_not_ahead_or_says_nothing_is_found(queries, bad):
    assert len(bad_rows(queries, "every_date_set_for_a_measure_lies_ahead", bad)) == 1


def test_a_change_on_another_day_or_pair_than_its_event_is_found(queries):
    rows = "\n".join(
        f"{name}  1  {dyad}  in_force  2025-01-01  yes  null  null  usa-mex-{event}"
        for name, dyad, event in (("good", "MEX-USA", "01"), ("late", "MEX-USA", "02"), ("elsewhere", "CAN-USA", "01"))
    )
    events = """
    event_id    event_day   dyad
    usa-mex-01  2025-01-01  MEX-USA
    usa-mex-02  2025-01-02  MEX-USA
    """
    found = bad_rows(queries, "every_measure_has_the_day_and_the_pair_of_its_event", rows, events)
    assert sorted(row[0] for row in found) == ["elsewhere", "late"]
