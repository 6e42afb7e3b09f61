"""The order learned from decisions: what is likelier accepted stands first, equal folders give equal numbers, few decisions give none."""

import hashlib
import sys

import pytest

from bilateral.intake import queue, ranking
from made_proposals import item, proposal, put

GOOD, POOR = {"source": "made-gazette", "confidence": 0.8}, {"source": "made-press", "confidence": 0.4}


def decided(data, n: int, n_waiting: int = 4) -> None:
    """Proposals of two sources, of which reviewers accept nine and three in ten; some that wait, of each in turn."""
    reads = []
    for number in range(n + n_waiting):
        given = GOOD if number % 2 else POOR
        read = item(str(number), source=given["source"])
        reads.append((read, proposal(read, confidence=given["confidence"])))
    put(data, *reads)
    with queue.writing(data) as connection:
        for entry in queue.entries(connection)[:n]:
            chance = int(hashlib.sha256(str(entry.number).encode()).hexdigest(), 16) % 10
            is_accepted = chance < (9 if entry.proposal.source == GOOD["source"] else 3)
            queue.note(
                connection, entry, "accept" if is_accepted else "reject", "ana", "", {}, {"event_id": f"made-{entry.number}"}
            )


def order(data) -> ranking.Order:
    with queue.reading(data) as connection:
        return ranking.order_of(connection)


def test_the_likelier_stand_first_and_two_folders_give_the_same(tmp_path):
    for name in ("one", "other"):
        decided(tmp_path / name, 240)
        assert ranking.learn(tmp_path / name) == ""
    found = order(tmp_path / "one")
    assert found == order(tmp_path / "other")
    print(
        f"\nheld out, of {found.n_decisions} made decisions: AUC {found.auc:.3f}, precision at {found.precision_at} {found.precision:.3f}, of all {found.share_accepted:.3f}"
    )
    assert found.auc > 0.7
    assert found.precision > found.share_accepted + 0.2
    with queue.reading(tmp_path / "one") as connection:
        waiting = [entry for entry in queue.entries(connection) if entry.state == "open"]
    assert [entry.proposal.source for entry in ranking.in_order(waiting, found)] == ["made-gazette"] * 2 + ["made-press"] * 2
    assert all(0 < found.probabilities[entry.number] < 1 for entry in waiting)


def test_below_200_decisions_and_where_all_are_of_one_kind_nothing_is_learned(tmp_path):
    decided(tmp_path, 199)
    assert (ranking.learn(tmp_path), order(tmp_path)) == ("", ranking.Order({}))


def test_an_undone_decision_takes_the_order_away(tmp_path):
    decided(tmp_path, 200)
    ranking.learn(tmp_path)
    assert order(tmp_path).n_decisions == 200
    with queue.writing(tmp_path) as connection:
        first = queue.entry(connection, 1)
        queue.note(connection, first, "undo", "ana", "", {}, {}, first.last)
    ranking.learn(tmp_path)
    assert order(tmp_path) == ranking.Order({})


def test_without_the_library_the_rules_order_and_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction", None)
    decided(tmp_path, 200)
    assert (
        ranking.learn(tmp_path)
        == "the queue of proposals could be ordered by your 200 decisions: pip install 'bilateral[ranker]'"
    )
    assert order(tmp_path) == ranking.Order({})


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_says_by_what_the_queue_is_ordered(small_data, tmp_path, lang):
    import shutil

    from bilateral.web.app import make_app

    shutil.copytree(small_data, tmp_path / "data")
    decided(tmp_path / "data", 240)
    client = make_app(tmp_path / "data").server.test_client()
    before = client.get(f"/review?lang={lang}").text
    ranking.learn(tmp_path / "data")
    after = client.get(f"/review?lang={lang}").text
    said = {
        "en": ("From 200 decisions on", "learned from 240 decisions"),
        "es": ("Desde 200 decisiones", "aprendida de 240 decisiones"),
    }[lang]
    assert [(said[0] in page, said[1] in page) for page in (before, after)] == [(True, False), (False, True)]
