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
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from bilateral.ask import reader_sql
from bilateral.ask.reader_sql import Asking, Busy, Limits, Unanswered
from bilateral.publish import snapshots
from bilateral.web.app import make_app
from material import PATIENCE, ROOT, clean_environment, wait_until

LIMIT = Limits(rows=1000, seconds=PATIENCE, memory_mb=256)
"""Time enough for an answer on a busy machine."""


@pytest.fixture(scope="module")
def path(published):
    return snapshots.current(published)


@pytest.fixture(scope="module")
def ask(path):
    return lambda statement, format="json", limits=LIMIT, **parameters: reader_sql.ask(
        path, statement, parameters, format, limits
    )


# ------------------------------------------------------------------ what a stranger might try

REFUSED = {
    # what no line of attacks.sql can hold
    "": "the query is empty",
    "select 1 -- \n; attach '/tmp/other.duckdb'": "you sent 2 statements: SELECT, ATTACH",
    "explain -- \n analyze copy (select 1) to '/tmp/out.csv'": "not EXPLAIN of COPY",
    "select 1\u00a0; drop table events": "you sent 2 statements: SELECT, DROP",
    "select '\u202e' as a; drop\u2003table events": "you sent 2 statements: SELECT, DROP",
    "explain\u00a0analyze\u2003copy (select 1) to '/tmp/out.csv'": "not EXPLAIN of COPY",
    "drop\u0000table events": "character NUL",
    "select '\ud800'": "half of a character",
    "\ufeffdrop table events": "not DROP",
    "select " + "(" * 5000 + "1" + ")" * 5000: "Max expression depth",
    "select " + "[" * 150 + "1" + "]" * 150: "nested deeper than 100 levels",
    "select " + "1," * 15_000 + "1": "characters; 20,000 are allowed",
    "select " + "1," * 2_500 + "1": "2,501 columns; 2,000 are allowed",
    "select 1; " * 100: "SELECT, SELECT, SELECT, SELECT, SELECT …",
}


@pytest.mark.parametrize("statement", REFUSED, ids=lambda statement: ascii(statement)[:60])
def test_26_a_statement_that_does_not_only_read_is_refused_and_says_why(ask, statement):
    with pytest.raises(Unanswered) as refused:
        ask(statement)
    assert REFUSED[statement] in str(refused.value)


ENDLESS = "select sum(hash(i) % 7) from range(1000000000000000) as t(i)"


@pytest.mark.parametrize("statement", [ENDLESS, "select length(repeat(repeat('x', 100000), 20000))"])
def test_26_a_statement_that_takes_too_much_is_ended_and_its_process_is_gone(ask, statement):
    """The first would run for hours."""
    before = children()
    started = time.monotonic()
    with pytest.raises(Unanswered, match=r"was stopped after 2 seconds|needs more than 256 MB"):
        ask(statement, limits=Limits(seconds=2, memory_mb=256))
    assert time.monotonic() - started < PATIENCE
    assert children() == before


def children() -> set[str]:
    """Processes that this one has started and that are still there."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True).stdout
    return {line for line in listed.splitlines() if "bilateral.ask.sandbox.child" in line}


def test_a_child_whose_parent_was_killed_ends_by_itself(path, tmp_path):
    code = (
        "import sys; from pathlib import Path; from bilateral.ask import reader_sql\n"
        "reader_sql.ask(Path(sys.argv[1]), 'select sum(hash(i) % 7) from range(1000000000000000) as t(i)', {}, 'json', reader_sql.Limits(seconds=8))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(path)], env=clean_environment(ROOT), stderr=subprocess.DEVNULL)
    with parent:
        child = child_of(parent.pid)
        parent.kill()
    assert parent.returncode == -signal.SIGKILL  # it had not ended by itself
    wait_until(lambda: is_gone(child), "the child has ended")


def child_of(pid: int) -> int:
    """The process that runs the statement of another, once it is there."""
    wait_until(lambda: started_by(pid), "a child was started")
    return int(started_by(pid)[0])


def started_by(pid: int) -> list[str]:
    return subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()


def is_gone(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return not state or state.startswith("Z")


def test_a_cancelled_query_ends_long_before_its_limit(path):
    started = time.monotonic()
    with pytest.raises(Unanswered, match="was cancelled"):
        reader_sql.ask(path, ENDLESS, {}, "json", Limits(seconds=3600), is_cancelled=lambda: time.monotonic() > started + 0.5)
    assert time.monotonic() - started < PATIENCE
    assert children() == set()


def test_one_more_query_than_may_run_at_once_is_refused_and_the_place_is_free_again_afterwards(path):
    stop = threading.Event()
    few = Asking(LIMIT, at_once=1)
    slow = threading.Thread(target=lambda: swallow(lambda: few.ask(path, ENDLESS, {}, "json", {"rows": 10}, stop.is_set)))
    slow.start()
    wait_until(children, "the first query runs")
    with pytest.raises(Busy, match="other queries are running"):
        few.ask(path, "select 1", {}, "json", {"rows": 10})
    stop.set()
    slow.join()
    assert few.ask(path, "select 1", {}, "json", {"rows": 10}).rows == [[1]]


def swallow(call) -> None:
    with pytest.raises(Unanswered):
        call()


def test_the_child_knows_nothing_of_the_environment_of_the_server(path, monkeypatch):
    """A statement cannot read it anyway; this is the second wall."""
    monkeypatch.setenv("BILATERAL_SECRET", "the secret")
    seen: list[dict] = []
    plain = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **named: seen.append(named["env"]) or plain(*given, **named))
    reader_sql.ask(path, "select 1", {}, "json", LIMIT)
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
    cut = ask("from range(11)", limits=replace(LIMIT, rows=10))
    assert (cut.n_rows, cut.is_cut, cut.rows[-1]) == (10, True, [9])
    whole = ask("from range(10)", limits=replace(LIMIT, rows=10))
    assert (whole.n_rows, whole.is_cut) == (10, False)
    assert ask("from range(90000000000)", limits=replace(LIMIT, rows=10)).is_cut


def test_no_rows_still_have_their_names_and_types(ask):
    empty = ask("select event_day, score from events where false")
    assert (empty.names, empty.types, empty.rows) == (["event_day", "score"], ["DATE", "DOUBLE"], [])
    assert ask("select event_day, score from events where false", "csv").body == b"event_day,score\n"


@pytest.mark.parametrize(
    "explained",
    ["explain {}", "explain analyze {}", "EXPLAIN (format json) {}", "explain (analyze, format json) {}", "explain ({})"],
)
@pytest.mark.parametrize("asked", ["select 1", "from events -- all of them", "select count(*) from events union all (select 1);"])
def test_a_question_is_explained_in_every_form(ask, explained, asked):
    if explained.endswith(")") and asked[-1] in ";m":
        asked = "select 1"
    answer = ask(explained.format(asked))
    assert answer.names == ["explain_key", "explain_value"]
    assert answer.n_rows >= 1


@pytest.mark.parametrize("before", ["", "explain ", "explain analyze ", "from (", "with p as ("])
def test_a_pivot_that_looks_for_its_columns_is_a_question(ask, before):
    end = {"from (": ")", "with p as (": ") from p"}.get(before, "")
    assert ask(f"{before}pivot events on kind using count(*) group by domain{end}").n_rows >= 1


@pytest.mark.parametrize("format", ["csv", "json", "parquet"])
def test_every_type_can_be_given_by_a_process_that_opens_nothing(ask, format):
    answer = ask("select * exclude (uhugeint, bignum, empty_struct, tuple) from test_all_types() limit 1", format)
    assert (answer.n_rows, len(answer.names)) == (1, len(answer.types))
    assert ask("select timestamptz '2025-03-28 12:00+02', now() is not null, uuid() is not null", format).n_rows == 1


def test_an_error_is_told_in_two_thousand_characters(ask):
    with pytest.raises(Unanswered) as refused:
        ask("select error(repeat('x', 100000))")
    assert str(refused.value).endswith(" characters)")
    assert len(str(refused.value)) < 2_100


def test_parameters_are_values_and_never_sql(ask):
    asked = "select count(*) from events where dyad = $pair and event_day >= $from"
    assert ask(asked, **{"pair": "MEX-USA", "from": "2025-03-01"}).rows[0][0] > 0
    assert ask(asked, **{"pair": "' or 1=1 --", "from": "2025-03-01"}).rows == [[0]]
    with pytest.raises(Unanswered, match=r"the statement needs a value for \$from"):
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
        ask("select repeat('x', 100000) from range(100)", limits=replace(LIMIT, answer_bytes=1_000_000))


def test_an_answer_has_no_more_cells_than_it_may_have(ask):
    wide = f"select {', '.join(f'1 as c{n}' for n in range(100))} from range(50)"
    assert ask(wide, limits=replace(LIMIT, cells=5000)).n_rows == 50
    for form in ("csv", "json", "parquet"):
        with pytest.raises(Unanswered, match="more than 4,999 cells, 100 a row; ask for fewer columns or rows"):
            ask(wide, form, limits=replace(LIMIT, cells=4999))
    with pytest.raises(Unanswered, match="5,000 columns; 2,000 are allowed"):
        ask(f"select {', '.join('1' for _ in range(5000))}")


def test_a_page_shows_fewer_cells_than_a_file_may_have(small_data):
    client = make_app(small_data, asking=Asking(replace(LIMIT, rows=10_000))).server.test_client()
    asked = f"select {', '.join(f'1 as c{n}' for n in range(200))} from range(900)"
    page = client.get("/sql", query_string={"q": asked}, base_url="http://127.0.0.1:8050")
    assert page.status_code == 400
    assert "more than 100,000 cells, 200 a row" in page.get_data(as_text=True)
    file = client.get(
        "/api/v1/sql", query_string={"q": asked, "format": "csv", "limit": 10_000}, base_url="http://127.0.0.1:8050"
    )
    assert (file.status_code, file.headers["X-Rows"]) == (200, "900")


@pytest.mark.parametrize("stream", [1, 2])
def test_no_more_is_read_of_a_child_than_an_answer_may_have(stream):
    """Whatever runs there: its own limits are no reason to believe it."""
    code = f"import os\nwhile True: os.write({stream}, b'x' * 65536)"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with child, pytest.raises(Unanswered, match="was stopped after 3 MB; ask for fewer"):
        reader_sql.talk(child, b"x" * 1_000_000, replace(LIMIT, seconds=PATIENCE, answer_bytes=3_000_000), lambda: False)
    assert child.returncode is not None


@pytest.mark.parametrize("value", ["repeat('x', 100000)", "[repeat('x', 100000)]", "repeat('x', 100000)::blob"])
def test_rows_of_a_parquet_file_are_counted_before_they_shrink(ask, value):
    with pytest.raises(Unanswered, match="the answer is larger than 1 MB"):
        ask(f"select {value} as word from range(100)", "parquet", limits=Limits(answer_bytes=1_000_000))
    assert ask(f"select {value} as word from range(9)", "parquet", limits=Limits(answer_bytes=1_000_000)).n_rows == 9


def test_the_command_ends_with_its_child_when_ctrl_c_is_pressed(published, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "bilateral", "sql", ENDLESS, "--timeout", "3600", "--data", str(published)],
        cwd=tmp_path, env=clean_environment(ROOT), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        child = child_of(process.pid)
        wait_until(lambda: "Seccomp:\t2" in Path(f"/proc/{child}/status").read_text(), "the statement runs")
        process.send_signal(signal.SIGINT)
        err = process.stderr.read()
    assert process.returncode == 130
    assert b"Traceback" not in err
    wait_until(lambda: is_gone(child), "the child has ended")


def test_the_command_takes_parameters_and_a_time_limit(published, tmp_path):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "bilateral", "sql", *arguments, "--data", str(published)]
        return subprocess.run(command, cwd=tmp_path, env=clean_environment(ROOT), capture_output=True, text=True)

    given = run("select $pair as pair, $n::integer + 1 as n", "-p", "pair=MEX-USA", "-p", "$n=2", "--format", "json")
    assert json.loads(given.stdout) == [{"pair": "MEX-USA", "n": 3}]
    assert run("select $pair", "-p", "pair").stderr == "-p pair has no value; write it as -p name=value\n"
    slow = run(ENDLESS, "--timeout", "1")
    assert (slow.returncode, slow.stderr) == (78, "the query was stopped after 1 seconds; ask for fewer rows or fewer days\n")


# ------------------------------------------------------------------ a statement in a link


@pytest.mark.parametrize("statement", ["select 1", "select 'ñ → 日本' as word", "select " + "1, " * 6000 + "1"])
def test_a_packed_statement_is_unpacked_as_it_was(statement):
    from bilateral.pages import sql

    assert sql.unpacked(sql.packed(statement)) == statement


def test_what_was_not_packed_here_is_no_statement_and_a_bomb_stays_small():
    import base64
    import zlib

    from bilateral.pages import sql

    whole = sql.packed("select count(*) from events")
    for text in ("", "x", "<zz9>", whole[:-5], "ñ", "AAAA"):
        assert sql.unpacked(text) == ""
    bomb = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    content = bomb.compress(b"a" * 50_000_000) + bomb.flush()
    assert sql.unpacked(base64.urlsafe_b64encode(content).decode()) == ""


def test_a_link_is_plain_then_packed_then_none():
    from bilateral.pages import sql

    assert sql.Asked("select $a", {"a": "1"}).link == "/sql?q=select+%24a&%24a=1"
    assert sql.Asked("select " + "1, " * 2000 + "1", {}).link.startswith("/sql?z=")
    unlike = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(6000))
    assert sql.Asked(f"select '{unlike}'", {}).link == "/sql"
