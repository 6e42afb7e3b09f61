"""Items that wait are coded into the queue, and say which act of the chronology they repeat."""

from datetime import UTC, datetime

import pytest

from bilateral.exits import Exit, Stop
from bilateral.intake import queue, store
from bilateral.intake.proposing import propose
from intake.coding.made_items import made_item

PAIRS = {frozenset(("MEX", "USA"))}
DAY = datetime(2025, 3, 28, 18, 0, tzinfo=UTC)
TEXT = "Kristi Noem met with Claudia Sheinbaum in Mexico City on migration and security. Canada thanked Mexico."


@pytest.fixture
def waiting(tmp_path):
    """A data folder in which one item waits."""
    with store.open(tmp_path) as connection, store.transaction(connection):
        store.add(connection, [made_item(TEXT, published=DAY)])
    return tmp_path


def test_a_proposal_names_the_act_that_it_repeats(waiting):
    made = propose(waiting, PAIRS)
    assert (made.n_items, made.n_failed) == (1, 0)
    with queue.reading(waiting) as connection:
        found = [entry.proposal for entry in queue.entries(connection)]
    assert {(p.source_country, p.target_country) for p in found} == {("USA", "MEX"), ("MEX", "USA")}
    assert {p.on_record for p in found if p.cameo_code.startswith("04")} == {"usa-mex-20250328-01"}
    assert made.n_proposals == len(found)
    assert propose(waiting, PAIRS).n_items == 0


def test_a_measure_that_names_no_target_waits_for_a_person_to_say_whom_it_counts_towards(tmp_path):
    text = "Trump announces 25% tariffs on all cars made outside of the United States. He also announced a new museum."
    with store.open(tmp_path) as connection, store.transaction(connection):
        store.add(connection, [made_item(text, published=DAY)])
    made = propose(tmp_path, PAIRS)
    with queue.reading(tmp_path) as connection:
        (entry,) = queue.entries(connection)
    found = entry.proposal
    assert (found.source_country, found.target_country, found.instrument, found.rate) == ("USA", "", "tariff", "25")
    assert (entry.pair, made.n_proposals) == ("USA", 1)


def test_a_measure_of_no_country_of_a_pair_is_left_out(tmp_path):
    with store.open(tmp_path) as connection, store.transaction(connection):
        store.add(connection, [made_item("France announced a 10% tariff on imported cars.", published=DAY)])
    made = propose(tmp_path, PAIRS)
    assert (made.n_proposals, made.n_others > 0) == (0, True)


def test_a_model_that_cannot_be_used_codes_nothing_and_the_item_waits(waiting):
    with pytest.raises(Stop) as stopped:
        propose(waiting, PAIRS, "nobody:nothing")
    assert stopped.value.code == Exit.CONFIGURATION
    assert propose(waiting, PAIRS).n_items == 1
