"""Items that wait are coded into the queue, and say which act of the chronology they repeat."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bilateral.exits import Exit, Stop
from bilateral.intake import proposing, queue, store
from bilateral.intake.coding.backends import Outage
from bilateral.intake.coding.rules import Rules
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


def test_an_item_that_a_model_could_not_read_for_an_outage_is_read_later(tmp_path, monkeypatch):
    class Model:
        name, is_down, n_asked = "made-model 1", True, 0

        def proposals(self, item):
            Model.n_asked += 1
            if Model.is_down:
                raise Outage("made-model 1 cannot be asked: made")
            return [replace(one, backend=self.name, cameo_code="057") for one in Rules().proposals(item)[:1]]

    monkeypatch.setattr(proposing, "backends", lambda model, report: [Rules(), Model()])
    with store.open(tmp_path) as connection, store.transaction(connection):
        store.add(connection, [made_item(TEXT, published=DAY), made_item("Mexico thanked the United States.", published=DAY)])
    made = propose(tmp_path, PAIRS, "made:model")
    assert (made.n_items, made.n_waiting, made.n_failed, Model.n_asked) == (2, 2, 0, 1)
    assert made.n_proposals > 0  # the rules have read them
    assert made.sentence.endswith("; 2 wait for the model (made-model 1 cannot be asked: made)")
    Model.is_down = False
    again = propose(tmp_path, PAIRS, "made:model")
    assert (again.n_items, again.n_waiting, again.n_proposals) == (2, 0, 2)  # those of the model alone are new
    assert propose(tmp_path, PAIRS, "made:model").n_items == 0


def test_an_open_proposal_learns_of_an_act_that_came_on_record_later(waiting, monkeypatch):
    known = proposing.recorded(waiting)
    monkeypatch.setattr(proposing, "recorded", lambda data: [])
    propose(waiting, PAIRS)
    monkeypatch.setattr(proposing, "recorded", lambda data: known)
    assert propose(waiting, PAIRS).n_items == 0
    with queue.reading(waiting) as connection:
        found = {entry.proposal.on_record for entry in queue.entries(connection) if entry.proposal.cameo_code.startswith("04")}
    assert found == {"usa-mex-20250328-01"}
