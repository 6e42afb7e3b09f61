"""Which bodies are removed after some days, and which never."""

import gzip
import os
import time

from bilateral.intake import bodies, queue, store
from bilateral.intake.decisions import Reviewer
from made_proposals import BOTH, item, proposal, put

DAY = 86_400


def test_a_body_is_kept_once_and_comes_back(tmp_path):
    names = {bodies.keep(tmp_path, b"<rss/>"), bodies.keep(tmp_path, b"<rss/>")}
    assert [path.name for path in (tmp_path / "intake" / "raw").iterdir()] == [f"{name}.gz" for name in names]
    assert gzip.decompress((tmp_path / "intake" / "raw" / f"{names.pop()}.gz").read_bytes()) == b"<rss/>"


def test_bodies_of_accepted_and_open_proposals_stay_and_others_go(tmp_path, reviewer):
    names = {
        state: bodies.keep(tmp_path, state.encode()) for state in ("accepted", "open", "rejected", "undone", "of no item", "new")
    }
    reads = [item(state, raw_sha256=names[state]) for state in ("accepted", "open", "rejected", "undone")]
    put(tmp_path, *((read, proposal(read)) for read in reads))
    folder = tmp_path / "intake" / "raw"
    old = time.time() - 10 * DAY
    for state, name in names.items():
        if state != "new":
            os.utime(folder / f"{name}.gz", (old, old))
    assert reviewer.accept(1, BOTH)
    reviewer.reject(3, "no act")
    reviewer.reject(4, "no act")
    reviewer.undo(4)
    assert bodies.prune(tmp_path, None) == 0
    assert bodies.prune(tmp_path, 30) == 0
    assert bodies.prune(tmp_path, 5) == 2
    left = {path.name.removesuffix(".gz") for path in folder.iterdir()}
    assert left == {names[state] for state in ("accepted", "open", "undone", "new")}


def test_a_revision_without_a_proposal_stays_with_its_item_and_what_no_coder_has_read_stays(tmp_path):
    first, second, unread = (bodies.keep(tmp_path, body) for body in (b"first", b"second", b"unread"))
    read = item("1", raw_sha256=first)
    put(tmp_path, (read, proposal(read)))
    with queue.writing(tmp_path) as connection:
        store.add(
            connection, [item("1", "Corrected, and without an act.", raw_sha256=second), item("2", "Unread.", raw_sha256=unread)]
        )
    for path in (tmp_path / "intake" / "raw").iterdir():
        os.utime(path, (0, 0))
    assert bodies.prune(tmp_path, 1) == 0
    Reviewer(tmp_path, "ana").reject(1, "no act")
    with queue.writing(tmp_path) as connection:
        connection.execute("update items set coded_by = 'made 1'")
    assert bodies.prune(tmp_path, 1) == 3
