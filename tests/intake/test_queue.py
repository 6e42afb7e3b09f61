"""The queue holds each proposal once, in the order in which a person reads it; `bilateral review` lists, shows and decides."""

import json
from dataclasses import replace

import pytest

from bilateral.exits import Exit, Stop
from bilateral.intake import queue
from made_proposals import BOTH, SENTENCE, item, proposal, put, put_made


def test_the_same_proposal_is_stored_once_and_another_code_beside_it(tmp_path):
    read = item("1")
    found = proposal(read)
    with queue.writing(tmp_path) as connection:
        assert queue.add(connection, [found, replace(found, cameo_code="042")]) == 2
        assert queue.add(connection, [found, replace(found, backend="made 2", confidence=0.1)]) == 0
        assert [entry.proposal for entry in queue.entries(connection)] == [found, replace(found, cameo_code="042")]


def test_a_revision_brings_only_what_is_new_in_it(tmp_path):
    first, moved = item("1"), item("1", text=f"Made correction. {SENTENCE}")
    put(tmp_path, (first, proposal(first)))
    with queue.writing(tmp_path) as connection:
        again, other, elsewhere = proposal(moved), proposal(moved, cameo_code="042"), proposal(item("2"))
        assert queue.add(connection, [again, other, replace(other, target_country="CAN"), elsewhere]) == 3
        stored = [(entry.proposal.item_id, entry.proposal.cameo_code) for entry in queue.entries(connection)]
        assert stored == [("1", "071"), ("1", "042"), ("1", "042"), ("2", "071")]


def test_a_sentence_that_stands_twice_in_one_revision_is_proposed_twice(tmp_path):
    twice = item("1", text=f"{SENTENCE} {SENTENCE}")
    found = proposal(twice)
    with queue.writing(tmp_path) as connection:
        assert queue.add(connection, [found, replace(found, start=found.end + 1, end=2 * found.end + 1)]) == 2


def test_a_proposal_without_a_day_comes_back_as_it_was_stored(tmp_path):
    read = item("1", published_at=None)
    found = proposal(read, event_date=None, day_basis="none")
    put(tmp_path, (read, found))
    with queue.reading(tmp_path) as connection:
        entry = queue.entry(connection, 1)
        assert (entry.proposal, entry.state, entry.pair, entry.title) == (found, "open", "MEX-USA", "Made: item 1")
        assert queue.text_of(connection, entry) == SENTENCE
        with pytest.raises(Stop, match="there is no proposal 2"):
            queue.entry(connection, 2)


def test_it_is_read_by_pair_then_what_is_new_and_done_then_by_importance(tmp_path):
    reads = [item(str(number)) for number in range(1, 7)]
    given = [
        {"confidence": 0.2},
        {"confidence": 0.9},
        {"modality": "planned", "confidence": 0.9},
        {"on_record": "usa-mex-20250328-01"},
        {"measure_state": "announced", "cameo_code": "1312", "confidence": 0.8},
        {"target_country": "CAN"},
    ]
    put(tmp_path, *((read, proposal(read, **more)) for read, more in zip(reads, given, strict=True)))
    with queue.reading(tmp_path) as connection:
        ordered = queue.in_order(queue.entries(connection))
    assert [entry.number for entry in ordered] == [6, 5, 2, 1, 3, 4]


def test_what_goes_wrong_in_between_stores_nothing(tmp_path):
    def some():
        yield proposal(item("1"))
        raise InterruptedError

    with queue.writing(tmp_path) as connection:
        queue.add(connection, [proposal(item("0"))])
    with pytest.raises(InterruptedError), queue.writing(tmp_path) as connection:
        queue.add(connection, some())
    with queue.reading(tmp_path) as connection:
        assert [entry.proposal.item_id for entry in queue.entries(connection)] == ["0"]


def test_a_whole_review_on_the_command_line(command, tmp_path, small_tree):
    put_made(tmp_path, "1", "2", "3", "4", source_name="\x1b[2Jmade")

    def review(*arguments):
        return command("review", *arguments, data=tmp_path, tree=small_tree)

    assert "4 proposals await review" in review("list", "--pair", "usa-mex").out
    assert "0 proposals await review" in review("list", "--pair", "USA-CAN").out
    shown = review("show", 1).out
    assert SENTENCE in shown
    assert "[2Jmade" in shown
    assert "\x1b" not in shown
    assert "may tell the same act: proposal 2 (open)" in shown
    both = ("--summary", BOTH["summary"], "--summary-es", BOTH["summary_es"], "--set", "source_name=Made body")
    assert "proposal 1 accepted as usa-mex-20250330-r01" in review("accept", 1, *both).out
    assert "proposal 2: cameo_code, domain changed" in review("edit", 2, "cameo_code=042", "domain=security").out
    assert review("reject", 2, "--reason", "no act", "--who", "ana").out == "proposal 2 rejected\n"
    assert review("merge", 3, 1).out == "proposal 3 merged into 1\n"
    undone = review("undo", 1)
    assert undone.out == "proposal 1: accept undone; usa-mex-20250330-r01 leaves the chronology at the next refresh\n"
    refused = review("accept", 4, "--set", "cameo_code=999", *both)
    assert refused.code == Exit.DATA
    assert refused.err.startswith("nothing was written: ")
    assert review("edit", 4, "domain").code == Exit.CONFIGURATION
    assert review("show", 9).code == Exit.DATA
    told = json.loads(review("list", "--all", "--json").out)
    assert {one["number"]: one["state"] for one in told} == {1: "open", 2: "rejected", 3: "merged", 4: "open"}
    kinds = {one["number"]: [(decision["kind"], decision["who"]) for decision in one["decisions"]] for one in told}
    assert [kind for kind, _ in kinds[1]] == ["accept", "undo"]
    assert kinds[2][1] == ("reject", "ana")
