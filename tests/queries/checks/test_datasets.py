"""A dataset that nothing can be computed of is found before it is published."""

import pytest

from bilateral.compute.queries import read
from conftest import empty_house, insert
from material import ROOT


@pytest.mark.parametrize(
    ("row", "is_found"),
    [
        ("mine  exact  30  goldstein-gdelt  equal", False),
        ("mine  exact  30  sign  log", False),
        ("mine  jont  30  goldstein-gdelt  equal", True),
        ("mine  exact  30  goldstien  equal", True),
        ("mine  exact  30  goldstein-gdelt  equall", True),
        ("mine  exact  31  goldstein-gdelt  equal", True),
    ],
)
def test_a_mistyped_choice_is_found(queries, row, is_found):
    types = {column.name: column.type for column in queries["staging.datasets"].columns}
    with empty_house() as connection:
        connection.execute(f"create table raw.score_tables as {queries['raw.score_tables'].sql}")
        insert(connection, "staging.datasets", types, f"dataset  level  half_life_days  score_table  weighting\n{row}")
        check = read(ROOT / "queries" / "checks" / "every_dataset_has_choices_that_exist.sql")
        assert bool(connection.execute(check.sql).fetchall()) == is_found
