"""Every statement of attacks.sql: refused with a sentence; nothing written, nobody connected to, the snapshot as it was. What would compute for hours is
ended by a limit."""

import base64
import hashlib
import re
import shutil
import socket
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from tests.ask.forked import forking

from bilateral.ask import reader_sql
from bilateral.ask.reader_sql import Limits, Unanswered
from bilateral.publish import hardening, snapshots
from material import PATIENCE, ROOT

LIMIT = Limits(rows=1000, seconds=PATIENCE, memory_mb=256, answer_bytes=5_000_000)
"""Time enough, on a busy machine too, for a statement to be refused for what it is."""
SHORT = replace(LIMIT, seconds=1)
"""For statements that take too much; most would compute for hours, so that they end at all shows the limits."""
TOO_MUCH = "too much of time, memory, rows, columns, words"


def attacks() -> list[tuple[str, str, str]]:
    """(statement, kind, pattern of the refusal) of each line."""
    found, kind, pattern = [], "", ""
    for line in (Path(__file__).parent / "attacks.sql").read_text(encoding="utf-8").splitlines():
        if line.startswith("-- ") and ": " in line:
            kind, _, pattern = line.removeprefix("-- ").partition(": ")
        elif line and pattern:
            found.append((line, kind, pattern))
    return found


ATTACKS = attacks()


def standing(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Name, size, time of change and checksum of every file of a folder."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_size,
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def target(published, tmp_path_factory):
    """What the attacks are aimed at, looked at again when all of them have run."""
    path = snapshots.current(published)
    before = standing(published)
    away = tmp_path_factory.mktemp("away")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield {"snapshot": str(path), "away": str(away), "port": str(listener.getsockname()[1])}
        with pytest.raises(BlockingIOError):  # nobody has come
            listener.accept()
    assert list(away.iterdir()) == []
    assert standing(published) == before
    assert not list(published.rglob("*.wal"))


@pytest.fixture(scope="module")
def forks():
    with forking() as processes:
        yield processes


@pytest.fixture
def forked(forks, monkeypatch):
    """Statements are run in processes that begin with everything imported."""
    monkeypatch.setattr(reader_sql, "subprocess", forks)


def test_there_are_more_than_150_of_every_kind():
    assert len(ATTACKS) > 250
    kinds = {kind for _, kind, _ in ATTACKS}
    assert len(kinds) == 6
    assert TOO_MUCH in kinds


@pytest.mark.parametrize(("statement", "kind", "refusal"), ATTACKS, ids=[ascii(statement)[:70] for statement, _, _ in ATTACKS])
def test_26_a_statement_that_does_more_than_read_is_refused_and_one_that_takes_too_much_is_ended(
    target, forked, statement, kind, refusal
):
    for name, value in target.items():
        statement = statement.replace(f"{{{name}}}", value)
    with pytest.raises(Unanswered) as refused:
        reader_sql.ask(Path(target["snapshot"]), statement, {}, "json", SHORT if kind == TOO_MUCH else LIMIT)
    assert re.search(refusal, str(refused.value)), str(refused.value)
    assert len(str(refused.value)) < 3000


@pytest.mark.parametrize("format", ["csv", "json", "parquet"])
@pytest.mark.parametrize(
    "statement",
    [
        "explain analyze copy (select unhex('57414c')) to (current_setting('temp_directory')[:-5] || '.wal') (format blob)",
        "with gone as (delete from events returning *) from gone",
    ],
)
def test_no_format_lets_a_write_through(target, statement, format):
    with pytest.raises(Unanswered, match="snapshots are read-only"):
        reader_sql.ask(Path(target["snapshot"]), statement, {}, format, LIMIT)


def test_the_folder_of_the_snapshot_is_no_temporary_folder(target):
    asked = "select current_setting('temp_directory') || current_setting('home_directory')"
    assert reader_sql.ask(Path(target["snapshot"]), asked, {}, "json", LIMIT).rows == [[""]]


PLACES = [
    "select path from duckdb_databases()", "from duckdb_databases", "from pragma_database_list", "from pragma_database_size()",
    "select value from duckdb_settings()", "select current_setting('allowed_paths')::varchar", "select current_setting('allowed_directories')::varchar",
    "select current_setting('secret_directory')", "select current_setting('temp_directory')", "select setting from pg_catalog.pg_settings",
    "select comment from duckdb_views()", "select macro_definition from duckdb_functions()", "from pragma_version()",
    "explain (format json) from events", "explain analyze from events", "select value from duckdb_settings() where name ilike '%extension%'",
]  # fmt: skip


def spelled(text: str) -> set[str]:
    """A text, and the same in hexadecimal digits, backwards, in capitals and in Base64, wherever in a longer one it begins."""
    coded = {base64.b64encode(b"x" * skipped + text.encode()).decode()[4:-4] for skipped in range(3)}
    return {text, text.encode().hex().upper(), text[::-1], text.upper()} | coded


@pytest.mark.parametrize("asked", PLACES)
def test_no_answer_says_where_the_snapshot_lies(target, forked, asked):
    """DuckDB does not know it, so that there is nothing to be hidden."""
    path = Path(target["snapshot"])
    hidden = {way for name in (path.stem, str(path.parent), sys.prefix, f"{Path.home()}/.duckdb") for way in spelled(name)}
    coded = f"select t::varchar, hex(t::varchar), reverse(t::varchar), to_base64(encode(t::varchar)) from ({asked}) as t"
    statement = asked if asked.startswith("explain") else coded
    said = str(reader_sql.ask(path, statement, {}, "json", replace(LIMIT, rows=10_000)).rows)
    assert [word for word in hidden if word in said] == []


@pytest.mark.parametrize(
    "asked",
    [
        "select error(path) from duckdb_databases()", "from 'nothing.csv'", "from 'snapshot://relations'", "from 'snapshot://relations.csv'",
        "from 'snapshot://relations.parquet'", "from \"snapshot://relations.duckdb\"", "select 1 from relations.nothing.x", "select cast(path as int) from duckdb_databases()",
        "select uuid()::int", "select 'x'::date", "select repeat('[', 300)::json", "select parse_path(path)[1]::int from duckdb_databases()",
    ],
)  # fmt: skip
def test_no_message_says_where_the_snapshot_or_our_code_lies(target, forked, asked):
    with pytest.raises(Unanswered) as refused:
        reader_sql.ask(Path(target["snapshot"]), asked, {}, "json", LIMIT)
    for word in (Path(target["snapshot"]).stem, str(ROOT), sys.prefix, "Traceback", ".py"):
        assert word not in str(refused.value), str(refused.value)


def test_a_snapshot_that_is_none_is_told_without_its_path(tmp_path):
    for content in (b"x" * 5000, b""):
        path = tmp_path / "relations_20250101T000000.000000Z.duckdb"
        path.write_bytes(content)
        with pytest.raises(Unanswered, match=r"cannot be opened .*bilateral refresh") as refused:
            reader_sql.ask(path, "select 1", {}, "json", LIMIT)
        assert str(tmp_path) not in str(refused.value)


def test_a_log_beside_the_snapshot_is_never_played_into_an_answer(published, tmp_path):
    """The child finds one file. That others are refused before is tested in test_damaged_folder."""
    copy = tmp_path / "relations_copy.duckdb"
    shutil.copyfile(snapshots.current(published), copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("set wal_autocheckpoint = '1GB'")
        before = connection.execute("select count(*) from events").fetchone()
        connection.execute("create table forged as select 1 as n")
        log = copy.with_name(f"{copy.name}.wal").read_bytes()
    shutil.copyfile(snapshots.current(published), copy)
    copy.with_name(f"{copy.name}.wal").write_bytes(log)
    with hardening.attach(str(copy), {}, {}) as connection:
        assert connection.execute("select count(*) from events").fetchone() == before
        with pytest.raises(duckdb.CatalogException, match="forged"):
            connection.execute("from forged")


@pytest.mark.parametrize(
    "asked", ["from stolen()", "select content('/etc/passwd')", "from shown", "from listed", "from own", "from sent"]
)
def test_a_snapshot_that_somebody_else_made_opens_no_way(published, tmp_path_factory, asked):
    """Its views and macros are not judged, for the statement does not name what they call; the other walls hold."""
    made = tmp_path_factory.getbasetemp() / "foreign_snapshot" / "relations_20990101T000000.000000Z.duckdb"
    if not made.exists():
        made.parent.mkdir()
        shutil.copyfile(snapshots.current(published), made)
        with duckdb.connect(str(made)) as connection:
            connection.execute("create macro stolen() as table select content from read_text('/etc/passwd')")
            connection.execute("create macro content(x) as (select content from read_text(x))")
            connection.execute("create view shown as from read_csv('/etc/passwd', header = false, names = ['a'])")
            connection.execute("create view listed as from glob('/*')")
            connection.execute("create view own as from read_blob('/etc/passwd')")
            connection.execute("create macro sent() as table select * from read_text('/proc/self/environ')")
            connection.execute("create view sent as from sent()")
    with pytest.raises(Unanswered, match="file system operations are disabled by configuration"):
        reader_sql.ask(made, asked, {}, "json", LIMIT)
