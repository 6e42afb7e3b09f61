"""One statement of a reader: what is refused, what is killed, what comes back."""

import datetime
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time

import duckdb
import pandas as pd
import pytest
from material import ROOT, clean_environment

from dashboard import asking, snapshots
from dashboard.asking import Asking, Busy, Limits, Unanswered

LIMIT = Limits(rows=1000, seconds=5, memory_mb=256)


@pytest.fixture(scope="module")
def path(published):
    return snapshots.current(published)


@pytest.fixture(scope="module")
def ask(path):
    return lambda statement, format="json", limits=LIMIT, **parameters: asking.ask(path, statement, parameters, format, limits)


# ------------------------------------------------------------------ what a stranger might try

REFUSED = {
    # files of the machine
    "select * from read_csv('/etc/passwd')": "file system operations are disabled",
    "select * from read_csv_auto('/etc/passwd')": "file system operations are disabled",
    "from '/etc/passwd'": "does not exist",
    "from 'secrets.parquet'": "file system operations are disabled",
    "select * from read_text('/etc/passwd')": "file system operations are disabled",
    "select * from read_blob('/proc/self/environ')": "file system operations are disabled",
    "select * from read_json('/etc/hosts')": "file system operations are disabled",
    "select * from read_parquet('/tmp/*.parquet')": "file system operations are disabled",
    "select * from parquet_metadata('/tmp/x.parquet')": "file system operations are disabled",
    "select * from sniff_csv('/etc/passwd')": "file system operations are disabled",
    "select * from glob('/home/*')": "file system operations are disabled",
    "select * from read_duckdb('/tmp/other.duckdb')": "file system operations are disabled",
    "select * from query('from read_text(''/etc/passwd'')')": "file system operations are disabled",
    "select * from query_table('/etc/passwd')": "does not exist",
    "select (select content from read_text('/etc/passwd'))": "file system operations are disabled",
    "with stolen as materialized (from read_text('/etc/passwd')) from stolen": "file system operations are disabled",
    "select * from json_execute_serialized_sql(json_serialize_sql('from read_text(''/etc/passwd'')'))": "file system operations",
    "from duckdb_secrets()": "file system operations are disabled",
    "from duckdb_extensions()": "file system operations are disabled",
    "select * from 'https://example.org/rows.csv'": "file system operations are disabled",
    "select * from read_csv('https://example.org/rows.csv')": "file system operations are disabled",
    # writing
    "copy events to '/tmp/out.csv'": "this is COPY",
    "copy (select 1) to '/tmp/out.parquet' (format parquet)": "this is COPY",
    "copy events from '/etc/passwd'": "this is COPY",
    "explain analyze copy (select 1) to '/tmp/out.csv'": "file system operations are disabled",
    "export database '/tmp/out'": "this is EXPORT",
    "import database '/tmp/out'": "this is ",
    "insert into events from events": "this is INSERT",
    "update events set score = 0": "this is UPDATE",
    "delete from events": "this is DELETE",
    "truncate events": "this is DELETE",
    "merge into events using events as other on false when matched then delete": "this is MERGE_INTO",
    "drop table events": "this is DROP",
    "alter table events add column evil integer": "this is ALTER",
    "comment on table events is 'evil'": "this is ALTER",
    "create table evil as select 1": "this is CREATE",
    "create temp table evil as select 1": "this is CREATE",
    "create or replace view events as select 1": "this is CREATE",
    "create schema evil": "this is CREATE",
    "create sequence evil": "this is CREATE",
    "create type evil as enum ('a')": "this is CREATE",
    "create secret evil (type s3)": "this is ",
    "create macro evil() as 1": "this is CREATE",
    "create or replace temp macro series(a, b, c, d) as table select 1": "this is CREATE",
    "explain analyze insert into core.events from core.events": "read-only",
    # other databases, extensions, settings
    "attach '/tmp/other.duckdb'": "this is ATTACH",
    "attach ':memory:' as other": "this is ATTACH",
    "detach other": "this is DETACH",
    "connect 'quack:localhost'": "one SELECT is needed",
    "use other": "this is SET",
    "install httpfs": "this is LOAD",
    "force install spatial from 'http://example.org'": "this is LOAD",
    "load '/tmp/evil.duckdb_extension'": "this is LOAD",
    "set memory_limit = '100GB'": "this is SET",
    "set enable_external_access = true": "this is SET",
    "set lock_configuration = false": "this is SET",
    "set global threads = 64": "this is SET",
    "set variable seeds = '/etc'": "this is SET",
    "reset memory_limit": "this is SET",
    "pragma database_list": "this is PRAGMA",
    "pragma memory_limit = '100GB'": "this is SET",
    "pragma enable_profiling": "this is PRAGMA",
    "call pragma_version()": "this is CALL",
    "call enable_logging(storage = 'file', storage_config = {'path': '/tmp/log'})": "this is CALL",
    "from enable_logging(storage = 'file', storage_config = {'path': '/tmp/log'})": "configuration has been locked",
    "checkpoint": "this is CALL",
    "vacuum": "this is VACUUM",
    "begin transaction": "this is TRANSACTION",
    "prepare evil as select 1": "this is PREPARE",
    "execute evil": "this is EXECUTE",
    # several statements, comments, signs
    "select 1; drop table events": "this is SELECT, DROP",
    "select 1; select 2": "this is SELECT, SELECT",
    "; ; drop table events ; ;": "this is DROP",
    "/* harmless */ drop table events -- select 1": "this is DROP",
    "select 1 -- \n; attach '/tmp/other.duckdb'": "this is SELECT, ATTACH",
    "select 1 /* ; */ ; pragma database_list": "this is SELECT, PRAGMA",
    "with gone as (delete from events returning *) from gone": "Error",
    "select 1 into outfile '/tmp/out'": "Parser Error",
    "": "this is nothing",
    "-- only a comment": "this is nothing",
    ";": "this is nothing",
    "ｓｅｌｅｃｔ 1": "Parser Error",
    "select 1\u00a0; drop table events": "this is SELECT, DROP",
    "select '\u202e' as a; drop\u2003table events": "this is SELECT, DROP",
    "drop\u0000table events": "character NUL",
    "\ufeffdrop table events": "this is DROP",
    "select " + "(" * 5000 + "1" + ")" * 5000: "Max expression depth",
    "select " + "1," * 15_000 + "1": "characters; 20,000 are allowed",
    # Python and the process
    "select * from os": "does not exist",
    "select * from connection": "does not exist",
    "select getenv('PATH')": "does not exist",
    "select * from python_map_function()": "Error",
    "select current_setting('s3_secret_access_key')": "Error",
    "select error('markup <script>alert(1)</script>')": "Error",
    "select $name": "a value is needed for $name",
    "select ?": "a value is needed for $1",
}


def test_there_are_more_attacks_than_sixty():
    assert len(REFUSED) + len(BOMBS) >= 100


@pytest.mark.parametrize("statement", REFUSED, ids=lambda statement: ascii(statement)[:60])
def test_26_a_statement_that_does_not_only_read_is_refused_and_says_why(ask, statement):
    started = time.monotonic()
    with pytest.raises(Unanswered) as refused:
        ask(statement)
    assert REFUSED[statement] in str(refused.value)
    assert time.monotonic() - started < LIMIT.seconds + 1


BOMBS = {
    "select count(*) from range(1000000000) a, range(1000000000) b": 2,
    "with recursive t as (select 1 as n union all select n + 1 from t) select count(*) from t": 2,
    "select max(md5(range::varchar)) from range(1000000000000)": 2,
    "select range from range(10000000000) order by hash(range)": 2,
    "select list(range) from range(10000000000)": 2,
    "select string_agg(repeat('x', 1000), '') from range(10000000000)": 2,
    "select repeat('x', 2000000000)": 2,
    "select length(repeat('x', 2000000000))": 2,
    "select length(repeat(repeat('x', 100000), 20000))": 2,
    "select list_reduce(range(100000000), lambda a, b: a + b)": 2,
    "select count(*) from range(1000000) t(n) where regexp_matches(repeat('a', 100000) || n, '(a|aa)+$')": 2,
    "select count(distinct hash(a.range, b.range)) from range(100000) a, range(100000) b": 2,
    "select sum(levenshtein(repeat('a', 9000) || a.range, repeat('b', 9000) || b.range)) from range(9999) a, range(9999) b": 2,
    "select sum(x) from (select unnest(range(1000000000)) as x)": 2,
    "select repeat('x', 100000) from range(1000)": 2,
    "pivot (select range as a, range % 100000 as b from range(10000000)) on b using count(*)": 2,
    "select count(*) from events a, events b, events c, events d where a.summary || b.summary = c.summary || d.summary": 2,
}


@pytest.mark.parametrize("statement", BOMBS, ids=lambda statement: statement[:60])
def test_26_a_statement_that_takes_too_much_is_gone_a_second_after_its_limit_at_the_latest(ask, statement):
    before = children()
    started = time.monotonic()
    with pytest.raises(Unanswered):
        ask(statement, limits=Limits(seconds=BOMBS[statement], memory_mb=256))
    assert time.monotonic() - started < BOMBS[statement] + 1
    assert children() == before


def children() -> set[str]:
    """Processes that this one has started and that are still there."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True).stdout
    return {line for line in listed.splitlines() if "dashboard.sandbox" in line}


def test_a_child_whose_parent_was_killed_ends_by_itself(path, tmp_path):
    code = (
        "import sys; from pathlib import Path; from dashboard import asking\n"
        "asking.ask(Path(sys.argv[1]), 'select count(*) from range(1000000000) a, range(1000000) b', {}, 'json', asking.Limits(seconds=1))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(path)], env=clean_environment(ROOT), stderr=subprocess.DEVNULL)
    with parent:
        child = wait_for_child_of(parent.pid)
        parent.kill()
    assert gone_within(child, seconds=6)


def wait_for_child_of(pid: int) -> int:
    for _ in range(200):
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
        if found:
            return int(found[0])
        time.sleep(0.02)
    raise AssertionError("no child was started")


def gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
        if not state or state.startswith("Z"):
            return True
        time.sleep(0.1)
    return False


def test_a_cancelled_query_ends_at_once(path):
    started = time.monotonic()
    with pytest.raises(Unanswered, match="was cancelled"):
        asking.ask(path, next(iter(BOMBS)), {}, "json", Limits(seconds=30), is_cancelled=lambda: time.monotonic() > started + 0.5)
    assert time.monotonic() - started < 2
    assert children() == set()


def test_one_more_query_than_may_run_at_once_is_refused_and_the_place_is_free_again_afterwards(path):
    stop = threading.Event()
    few = Asking(Limits(seconds=20), at_once=1)
    slow = threading.Thread(target=lambda: swallow(lambda: few.ask(path, next(iter(BOMBS)), {}, "json", 10, stop.is_set)))
    slow.start()
    while not children():
        time.sleep(0.01)
    with pytest.raises(Busy, match="other queries are running"):
        few.ask(path, "select 1", {}, "json", 10)
    stop.set()
    slow.join()
    assert few.ask(path, "select 1", {}, "json", 10).rows == [[1]]


def swallow(call) -> None:
    with pytest.raises(Unanswered):
        call()


def test_the_folder_of_the_snapshot_is_in_no_answer_and_no_message(ask, path):
    folder = str(path.parent)
    for statement in ("from duckdb_databases()", "from duckdb_settings()", "select path from duckdb_databases()"):
        assert folder not in ask(statement).body.decode()
    with pytest.raises(Unanswered) as refused:
        ask(f"from '{folder}/other.duckdb'")
    assert folder not in str(refused.value)


def test_the_child_knows_nothing_of_the_environment_of_the_server(path, monkeypatch):
    """A statement cannot read it anyway; this is the second wall."""
    monkeypatch.setenv("BILATERAL_SECRET", "the secret")
    seen: list[dict] = []
    plain = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **named: seen.append(named["env"]) or plain(*given, **named))
    asking.ask(path, "select 1", {}, "json", LIMIT)
    assert [sorted(environment) for environment in seen] == [["PATH", "PYTHONPATH", "TZ"]]


# ------------------------------------------------------------------ what comes back


@pytest.mark.parametrize(
    "statement",
    [
        "from events",
        "table events",
        "values (1)",
        "describe events",
        "summarize dyads",
        "show tables",
        "explain select 1",
        "explain analyze select 1",
        "pivot events on kind using count(*) group by domain",
        "select 1;",
        "select ';' as \"a;b\" -- ; drop table events",
        "with recent as (from events order by event_day desc limit 3) select count(*) from recent",
        "select count(*) from series('chronology', 'MEX-USA', 'trade', 30)",
        "select current_date, now()",
        "select\u200b1",
    ],
)
def test_everything_that_only_reads_is_answered(ask, statement):
    assert ask(statement).n_rows >= 1


def test_rows_are_cut_at_the_limit_and_that_is_said(ask):
    cut = ask("from range(11)", limits=Limits(rows=10))
    assert (cut.n_rows, cut.is_cut, cut.rows[-1]) == (10, True, [9])
    whole = ask("from range(10)", limits=Limits(rows=10))
    assert (whole.n_rows, whole.is_cut) == (10, False)
    assert ask("from range(90000000000)", limits=Limits(rows=10)).is_cut


def test_no_rows_still_have_their_names_and_types(ask):
    empty = ask("select event_day, score from events where false")
    assert (empty.names, empty.types, empty.rows) == (["event_day", "score"], ["DATE", "DOUBLE"], [])
    assert ask("select event_day, score from events where false", "csv").body == b"event_day,score\n"


def test_parameters_are_values_and_never_sql(ask):
    asked = "select count(*) from events where dyad = $pair and event_day >= $from"
    assert ask(asked, **{"pair": "MEX-USA", "from": "2025-03-01"}).rows[0][0] > 0
    assert ask(asked, **{"pair": "' or 1=1 --", "from": "2025-03-01"}).rows == [[0]]
    with pytest.raises(Unanswered, match=r"a value is needed for \$from"):
        ask(asked, pair="MEX-USA")
    with pytest.raises(Unanswered, match=r"the statement has no parameter \$other"):
        ask("select 1", other="1")


def test_values_of_every_kind_come_back_in_json(ask):
    statement = """select 1.5 as a, 'nan'::double as b, date '2025-03-28' as c, interval 36 hours as d, 'x'::blob as e, {'k': [1, null]} as f,
        map {'a': date '2025-01-01'} as g, 170141183460469231731687303715884105727 as h, true as i, null as j, timestamptz '2025-01-01 00:00Z' as k"""
    assert ask(statement).rows == [
        [1.5, None, "2025-03-28", "129600 s", "78", {"k": [1, None]}, {"a": "2025-01-01"}, 2**127 - 1, True, None, "2025-01-01 00:00:00+00:00"]
    ]  # fmt: skip


def test_the_three_formats_hold_the_same_rows(ask, tmp_path):
    statement = "select event_id, event_day, n_reports, joint_id, weight, is_mutual from events order by event_id"
    rows = ask(statement).rows
    file = tmp_path / "rows.parquet"
    file.write_bytes(ask(statement, "parquet").body)
    with duckdb.connect() as connection:
        table = connection.execute(f"from read_parquet('{file}')").fetchall()
    csv = pd.read_csv(io.BytesIO(ask(statement, "csv").body))
    assert [[row[0], str(row[1]), *row[2:]] for row in table] == rows
    assert list(csv["event_id"]) == [row[0] for row in rows]
    assert list(csv["weight"]) == [row[4] for row in rows]


def test_parquet_keeps_days_as_days_and_counts_with_gaps_as_counts(ask, tmp_path):
    statement = "select * from (values (date '2025-03-28', 1, 'a'), (null, null, null)) as rows(day, n, name)"
    file = tmp_path / "rows.parquet"
    file.write_bytes(ask(statement, "parquet").body)
    with duckdb.connect() as connection:
        again = connection.execute(f"from read_parquet('{file}')")
        assert [str(column[1]) for column in again.description] == ["DATE", "INTEGER", "VARCHAR"]
        assert again.fetchall() == [(datetime.date(2025, 3, 28), 1, "a"), (None, None, None)]


def test_an_answer_that_is_too_large_is_refused_and_not_cut_in_the_middle(ask):
    with pytest.raises(Unanswered, match="the answer is larger than 1 MB"):
        ask("select repeat('x', 100000) from range(100)", limits=Limits(answer_bytes=1_000_000))


def test_the_command_ends_with_its_child_when_ctrl_c_is_pressed(published, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "sql", next(iter(BOMBS)), "--data", str(published)],
        cwd=tmp_path, env=clean_environment(ROOT), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        child = wait_for_child_of(process.pid)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        err = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert gone_within(child, seconds=1)


def test_the_command_takes_parameters_and_a_time_limit(published, tmp_path):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "dashboard", "sql", *arguments, "--data", str(published)]
        return subprocess.run(command, cwd=tmp_path, env=clean_environment(ROOT), capture_output=True, text=True)

    given = run("select $pair as pair, $n::integer + 1 as n", "-p", "pair=MEX-USA", "-p", "$n=2", "--format", "json")
    assert json.loads(given.stdout) == [{"pair": "MEX-USA", "n": 3}]
    assert run("select $pair", "-p", "pair").stderr == "-p pair has no value; write it as -p name=value\n"
    slow = run(next(iter(BOMBS)), "--timeout", "1")
    assert (slow.returncode, slow.stderr) == (78, "the query was stopped after 1 seconds; ask for less, or for fewer days\n")


# ------------------------------------------------------------------ a statement in a link


@pytest.mark.parametrize("statement", ["select 1", "select 'ñ → 日本' as word", "select " + "1, " * 6000 + "1"])
def test_a_packed_statement_is_unpacked_as_it_was(statement):
    from dashboard.pages import sql

    assert sql.unpacked(sql.packed(statement)) == statement


def test_what_was_not_packed_here_is_no_statement_and_a_bomb_stays_small():
    import base64
    import zlib

    from dashboard.pages import sql

    whole = sql.packed("select count(*) from events")
    for text in ("", "x", "<zz9>", whole[:-5], "ñ", "AAAA"):
        assert sql.unpacked(text) == ""
    bomb = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    content = bomb.compress(b"a" * 50_000_000) + bomb.flush()
    assert sql.unpacked(base64.urlsafe_b64encode(content).decode()) == ""


def test_a_link_is_plain_then_packed_then_none():
    from dashboard.pages import sql

    assert sql.Asked("select $a", {"a": "1"}).link == "/sql?q=select+%24a&%24a=1"
    assert sql.Asked("select " + "1, " * 2000 + "1", {}).link.startswith("/sql?z=")
    unlike = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(6000))
    assert sql.Asked(f"select '{unlike}'", {}).link == "/sql"
