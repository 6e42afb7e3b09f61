"""The database of the intake: items are kept once, revisions beside each other, and nothing half, whoever is killed when."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bilateral.exits import Exit, Stop
from bilateral.intake import store
from bilateral.intake.items import Item
from material import ROOT, clean_environment

NOW = datetime(2026, 8, 19, 12, tzinfo=UTC)
ITEM = Item(
    source="made-press", item_id="urn:made:1", url="https://news.example.org/1", title="Made title", text="Made text.", extent="full",
    language="en", published_at=NOW, precision="second", first_seen_at=NOW, authority="press", document_number="2026-01234",
    effective_on=date(2026, 9, 1), effective_basis="field", signed_on=date(2026, 8, 17), raw_sha256="ab",
)  # fmt: skip


def test_an_item_comes_back_as_it_was_kept(tmp_path):
    with store.open(tmp_path) as connection:
        store.add(connection, [ITEM, replace(ITEM, item_id="2", published_at=None, effective_on=None)])
        assert store.uncoded(connection) == [replace(ITEM, item_id="2", published_at=None, effective_on=None), ITEM]


def test_a_database_without_the_day_of_signing_gets_the_column_and_keeps_its_items(tmp_path):
    with store.open(tmp_path) as connection:
        store.add(connection, [ITEM])
        connection.execute("alter table items drop column signed_on")
    with store.open(tmp_path) as connection:
        store.add(connection, [replace(ITEM, item_id="2")])
        assert store.uncoded(connection) == [replace(ITEM, signed_on=None)]
        assert store.item_of(connection.execute("select * from items where item_id = '2'").fetchone()).signed_on == ITEM.signed_on


def test_a_reprint_of_the_same_day_is_coded_once_and_a_title_that_recurs_each_time(tmp_path):
    reprint, later = replace(ITEM, source="other"), replace(ITEM, source="other", published_at=NOW.replace(day=20), item_id="3")
    with store.open(tmp_path) as connection:
        assert store.add(connection, [ITEM, reprint, later]) == store.Added(n_new=3)
        assert store.uncoded(connection) == [ITEM, later]
        titles = [replace(ITEM, item_id=name, text=ITEM.title, extent="title") for name in ("4", "5")]
        store.add(connection, titles)
        assert [item.item_id for item in store.uncoded(connection)] == ["4", "5", ITEM.item_id, "3"]


def test_another_text_under_the_same_id_is_a_revision_beside_the_first(tmp_path):
    with store.open(tmp_path) as connection:
        assert store.add(connection, [ITEM]) == store.Added(n_new=1)
        later = replace(ITEM, text="Made text, corrected.", first_seen_at=NOW.replace(hour=13))
        renamed = replace(later, title="Made title, corrected")
        assert store.add(connection, [ITEM, later, renamed]) == store.Added(n_revised=2, n_known=1)
        assert store.add(connection, [replace(ITEM, first_seen_at=NOW.replace(hour=14))]) == store.Added(n_known=1)
        assert {item.text_sha256 for item in store.uncoded(connection)} == {i.text_sha256 for i in (ITEM, later, renamed)}
        assert min(item.first_seen_at for item in store.uncoded(connection)) == NOW


def test_a_revision_that_was_coded_waits_no_more(tmp_path):
    with store.open(tmp_path) as connection:
        later = replace(ITEM, text="Other")
        store.add(connection, [ITEM, later])
        store.note_coded(connection, ITEM, "rules 1 4f2a")
        assert store.uncoded(connection) == [later]


def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    with store.open(tmp_path) as connection:
        faulty = replace(ITEM, item_id=object())
        with pytest.raises(sqlite3.ProgrammingError), store.transaction(connection):
            store.add(connection, [ITEM, faulty])
        assert store.uncoded(connection) == []


def test_a_time_of_any_year_comes_back_and_what_is_no_time_is_none():
    for year in (1, 1899, 2026):
        assert store.moment(store.stamp(NOW.replace(year=year))) == NOW.replace(year=year)
    assert store.moment("1-01-01T00:00:00Z") is None  # as earlier versions wrote year 1


def test_a_file_in_the_place_of_the_folder_is_told_in_a_sentence(tmp_path):
    (tmp_path / "intake").write_bytes(b"")
    with pytest.raises(Stop, match="must be a folder") as told, store.open(tmp_path):
        os.abort()
    assert told.value.code == Exit.CONFIGURATION


def test_two_writers_wait_for_each_other(tmp_path):
    def write(name: str) -> None:
        with store.open(tmp_path) as connection:
            for number in range(40):
                with store.transaction(connection):
                    store.add(connection, [replace(ITEM, source=name, item_id=str(number))])

    threads = [threading.Thread(target=write, args=[name]) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.open(tmp_path) as connection:
        assert connection.execute("select count(*) from items").fetchone()[0] == 80


def test_a_writer_that_is_killed_in_a_transaction_leaves_nothing_half(tmp_path):
    code = """
import os, pathlib, sys
sys.path.insert(0, "tests")
from bilateral.intake import store
from intake.test_store import ITEM
with store.open(pathlib.Path(sys.argv[1])) as connection:
    connection.execute("begin immediate")
    store.add(connection, [ITEM])
    os.kill(os.getpid(), 9)
"""
    ended = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=ROOT, env=clean_environment(ROOT), check=False)
    assert ended.returncode == -signal.SIGKILL
    with store.open(tmp_path) as connection:
        assert store.add(connection, [ITEM]) == store.Added(n_new=1)


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda path: path.write_bytes(b"no database " * 200), Exit.DATA, "is damaged .*; restore it from your back-up"),
        (lambda path: path.mkdir(), Exit.TRY_AGAIN, "cannot be used"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(tmp_path, make, code, said):
    (tmp_path / "intake").mkdir()
    make(tmp_path / "intake" / "intake.sqlite")
    with pytest.raises(Stop, match=said) as told, store.open(tmp_path):
        os.abort()
    assert told.value.code == code
