"""Every command as a real process in another folder: what it prints, its exit code, one sentence for a fault and never a traceback."""

import csv
import io
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from bilateral.__main__ import main
from bilateral.commands.refresh import hooked
from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots
from material import PATIENCE, ROOT, Ended, act, clean_environment, write_csv, write_lines

COMMANDS = ("refresh", "load", "serve", "sql", "path", "doctor", "prune", "runs", "feed", "alerts", "schedule")
DAY = (
    "select day, balance, state from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and day = date '2025-03-28'"
)


@pytest.fixture
def inside(monkeypatch, capsys):
    """The same as `command` without a process of its own, for the many ways to be wrong; with a `house`, on its few seeds."""

    def run(*arguments: object, data: Path | None = None, **environment: str) -> Ended:
        given = ["--data", str(data)] if data else []
        monkeypatch.setattr(sys, "argv", ["bilateral", *map(str, arguments), *given])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return Ended(end.value.code or 0, out, err, b"")

    return run


# ------------------------------------------------------------------ help, and what is no command


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_ends_with_an_example(inside, name):
    ended = inside(name, "--help")
    assert ended.code == 0
    assert f"\n  Example: {'duckdb -readonly' if name == 'path' else f'bilateral {name}'}" in ended.out


def test_the_help_lists_every_command(command):
    out = command("--help").out
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["refesh"], "No such command 'refesh'.", id="unknown command"),
        pytest.param(["refresh", "--fulll"], "No such option: --fulll", id="unknown option"),
        pytest.param(["sql", "select 1", "--limit", "0"], "Invalid value for '--limit'", id="limit of nothing"),
        pytest.param(
            ["sql", "select 1", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json', 'parquet'", id="format"
        ),
        pytest.param(["prune", "--keep", "0"], "Invalid value for '--keep'", id="keep nothing"),
    ],
)
def test_a_wrong_command_line_says_what_is_wrong_with_it(inside, arguments, sentence):
    ended = inside(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "x", "BILATERAL_PORT is 'x'; input should be a valid integer, unable to parse string as an integer"),
        ("PORT", "70000", "BILATERAL_PORT is '70000'; input should be less than or equal to 65535"),
        ("GDELT_ADDRESS", "x", "BILATERAL_GDELT_ADDRESS is 'x'; write an address that begins with https:// or http://"),
        ("KEEP_SNAPSHOTS", "0", "BILATERAL_KEEP_SNAPSHOTS is '0'; input should be greater than or equal to 1"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_and_what_was_expected(inside, tmp_path, name, value, sentence):
    ended = inside("path", data=tmp_path, **{f"BILATERAL_{name}": value})
    assert (ended.code, ended.err) == (78, sentence + "\n")


def test_a_wrong_option_is_named_as_it_was_written(inside, tmp_path):
    ended = inside("serve", "--port", "70000", data=tmp_path)
    assert (ended.code, ended.err) == (78, "--port is 70000; input should be less than or equal to 65535\n")


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        pytest.param(["dyad,lead,position", "FRA,FRA,1"], "'FRA'", id="one country"),
        pytest.param(["dyad,lead,position", "USA-USA,USA,1"], "'USA-USA'", id="the same twice"),
        pytest.param(["pair", "DEU-FRA"], "''", id="no column dyad"),
    ],
)
def test_a_wrong_file_of_pairs_is_named_with_what_is_needed(inside, tmp_path, lines, wrong):
    dyads = write_lines(tmp_path / "dyads.csv", lines)
    ended = inside("refresh", data=tmp_path / "data", BILATERAL_DYADS=str(dyads))
    needed = "a header dyad,lead,position and a line such as DEU-FRA,FRA,100 for each pair are needed"
    assert (ended.code, ended.err) == (78, f"BILATERAL_DYADS names {dyads}, where {wrong} is not a pair of countries; {needed}\n")


# ------------------------------------------------------------------ sql


def test_sql_prints_a_table(command, published):
    ended = command("sql", DAY, data=published)
    header, row = ended.out.splitlines()
    assert header.split() == ["day", "balance", "state"]
    assert row.split()[0::2] == ["2025-03-28", "ok"]


def test_sql_as_csv_is_read_again_with_the_same_values(inside, published, snapshot):
    ended = inside("sql", DAY, "--format", "csv", data=published)
    (row,) = csv.DictReader(io.StringIO(ended.out))
    assert [(row["day"], float(row["balance"]), row["state"])] == [
        (str(day), value, state) for day, value, state in ask(snapshot)
    ]


def test_sql_as_json_is_read_again_with_the_same_values(inside, published, snapshot):
    (row,) = json.loads(inside("sql", DAY, "--format", "json", data=published).out)
    assert [(row["day"], row["balance"], row["state"])] == [(str(day), value, state) for day, value, state in ask(snapshot)]


def test_sql_as_parquet_is_read_again_with_the_same_values_and_types(command, published, tmp_path, snapshot):
    statement = "select event_id, event_day, n_reports, joint_id, weight, is_mutual from events order by event_id"
    file = tmp_path / "rows.parquet"
    file.write_bytes(command("sql", statement, "--format", "parquet", "--limit", "5000", data=published).bytes_out)
    again = duckdb.connect().execute(f"from read_parquet('{file}')")
    expected = snapshot.execute(statement)
    assert [column[:2] for column in again.description] == [column[:2] for column in expected.description]
    assert again.fetchall() == expected.fetchall()


def ask(snapshot) -> list[tuple]:
    return snapshot.execute(DAY).fetchall()


def test_sql_announces_that_rows_were_left_out_on_stderr_and_only_then(inside, published):
    cut = inside("sql", "from range(11)", "--limit", "10", "--format", "csv", data=published)
    assert (len(cut.out.splitlines()), cut.err) == (11, "First 10 rows shown; the result has more (--limit)\n")
    whole = inside("sql", "from range(10)", "--limit", "10", "--format", "csv", data=published)
    assert (len(whole.out.splitlines()), whole.err) == (11, "")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("drop table events", "only SELECT queries are allowed, not DROP; snapshots are read-only"),
        ("delete from raw.reports", "only SELECT queries are allowed, not DELETE; snapshots are read-only"),
        ("copy events to 'out.csv'", "only SELECT queries are allowed, not COPY; snapshots are read-only"),
        ("set memory_limit = '1GB'", "only SELECT queries are allowed, not SET; snapshots are read-only"),
        ("attach 'other.duckdb'", "only SELECT queries are allowed, not ATTACH; snapshots are read-only"),
        ("select 1; drop table events", "only one SELECT per query; you sent 2 statements: SELECT, DROP"),
        ("/* nothing */", "the query is empty; write one SELECT"),
        ("selec 1", 'Parser Error: syntax error at or near "selec"'),
        ("select nonsense from events", 'Binder Error: Referenced column "nonsense" not found in FROM clause!'),
        (
            "from read_csv('/etc/passwd')",
            "Permission Error: read_csv(…) is not available to readers; file system operations are disabled",
        ),
        ("from 'rows.csv'", 'Permission Error: Cannot access file "rows.csv"'),
        (
            "explain analyze copy events to 'out.csv'",
            "only SELECT queries are allowed, not EXPLAIN of COPY; snapshots are read-only",
        ),
        ("select 'x'::integer", "Conversion Error: Could not convert string 'x' to INT32"),
    ],
)
def test_sql_refuses_what_is_not_one_reading_statement(inside, published, statement, sentence):
    ended = inside("sql", statement, data=published)
    assert (ended.code, ended.out) == (78, "")
    assert ended.err.startswith(sentence)


def test_sql_without_a_statement_tells_how_to_open_the_snapshot_elsewhere(inside, published):
    out = inside("sql", data=published).out
    assert f"The current snapshot is {snapshots.current(published)}\n" in out
    assert [way for way in ("duckdb -readonly", "harlequin --read-only", "python: duckdb.connect") if way not in out] == []


def test_a_reader_that_hangs_up_early_is_no_fault(published, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "bilateral", "sql", "from events", "--format", "csv", "--limit", "9999", "--data", str(published)],
        cwd=tmp_path, env=clean_environment(ROOT), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


# ------------------------------------------------------------------ path, doctor, prune


def test_path_prints_the_path_of_the_snapshot_and_nothing_else(command, published):
    assert command("path", data=published).out == f"{snapshots.current(published).resolve()}\n"


def test_the_data_folder_comes_from_the_option_else_the_environment_else_the_current_folder(
    inside, published, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert inside("path").err == "no snapshot in .data; run `bilateral refresh` first\n"
    assert inside("path", BILATERAL_DATA=str(published)).out == f"{snapshots.current(published).resolve()}\n"
    assert inside("path", data=tmp_path, BILATERAL_DATA=str(published)).err.startswith(f"no snapshot in {tmp_path};")


@pytest.mark.parametrize("arguments", [["path"], ["sql", "select 1"], ["sql"]])
def test_without_a_snapshot_a_question_says_what_to_do_first(inside, tmp_path, arguments):
    ended = inside(*arguments, data=tmp_path / "empty")
    assert (ended.code, ended.out, ended.err) == (69, "", f"no snapshot in {tmp_path / 'empty'}; run `bilateral refresh` first\n")


def test_a_data_folder_that_is_a_file_is_one_sentence(inside, tmp_path):
    file = write_lines(tmp_path / "file", ["not a folder"])
    assert inside("path", data=file).code == 69
    assert inside("doctor", data=file).code == 1
    refused = inside("refresh", data=file)
    assert (refused.code, refused.err) == (
        78,
        f"the data folder {file} cannot be written: File exists; choose another with --data\n",
    )


def test_doctor_finds_nothing_wrong_with_a_fresh_folder(command, published):
    ended = command("doctor", data=published)
    assert ended.code == 0
    lines = ended.out.splitlines()
    checks = [line for line in lines if "check: " in line]
    assert len(checks) >= 6
    assert [line for line in checks if not (line.startswith("ok    check: ") and line.endswith(": holds"))] == []
    assert [line for line in lines if len(line) > 80] == []
    assert "look  dataset chronology: " in ended.out
    assert "→ no event in the last 30 days: load newer files" in ended.out
    assert not re.search(r"\bfresh\b", ended.out)


def test_doctor_says_what_to_do_about_a_damaged_snapshot(inside, house):
    path = snapshots.current(house.data)
    path.write_bytes(path.read_bytes()[:5000])
    ended = inside("doctor", data=house.data)
    assert ended.code == 1
    assert "cannot be opened" in " ".join(ended.out.split())
    assert "bilateral refresh" in ended.out


def test_prune_keeps_as_many_snapshots_as_it_is_told_and_says_what_that_freed(command, house):
    current = snapshots.current(house.data)
    shutil.copy(current, current.with_name("relations_20010101T000000.000000Z.duckdb"))
    ended = command("prune", "--keep", "1", data=house.data)
    assert ended.out == f"1 file removed, {current.stat().st_size / 1e6:.1f} MB freed\n"
    assert list(snapshots.folder(house.data).glob("*.duckdb")) == [current]


# ------------------------------------------------------------------ refresh and load


def test_refresh_publishes_the_seeds_and_a_second_time_finds_nothing_new(command, small_tree, tmp_path):
    first = command("refresh", "--json", data=tmp_path / "data", tree=small_tree)
    outcome = json.loads(first.out)
    assert (first.code, outcome["added"], len(outcome["files"])) == (0, 75, 4)
    second = command("refresh", data=tmp_path / "data", tree=small_tree)
    assert (second.code, second.out) == (0, "nothing new\n")
    assert command("refresh", "--quiet", data=tmp_path / "data", tree=small_tree).out == ""


def test_a_dry_run_prints_the_plan_and_publishes_nothing(inside, house):
    write_csv(house.data / "inbox/articles/mine.csv", [act("one")])
    before = snapshots.current(house.data)
    ended = inside("refresh", "--dry-run", data=house.data)
    assert [line.split() for line in ended.out.splitlines()] == [
        ["known", "seeds/chronology/mex-gtm.csv"],
        ["known", "seeds/chronology/usa-col.csv"],
        ["known", "seeds/chronology/usa-mex.csv"],
        ["known", "seeds/articles/newsnation-2025-03-28.csv"],
        ["new", "inbox/articles/mine.csv"],
    ]
    assert snapshots.current(house.data) == before


def test_load_publishes_a_file_and_says_what_became_of_its_rows(command, small_tree, house, tmp_path):
    mine = write_csv(tmp_path / "mine.csv", [act("one"), act("two", day="2025-02-30"), act("three")])
    ended = command("load", "articles", mine, data=house.data, tree=small_tree)
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "inbox/articles/mine.csv: 3 read, 2 accepted, 0 known, 1 rejected",
        "77 reports (2 added, 0 removed); files read: 1 (changed: 0)",
    ]
    said, _, hint = ended.err.partition(" the reasons: ")
    assert said == "inbox/articles/mine.csv: 1 row was refused;"
    assert shlex.split(hint) == ["bilateral", "sql", "from rejects where file_name = 'inbox/articles/mine.csv'"]


def test_a_file_whose_every_row_is_refused_is_a_file_that_could_not_be_loaded(inside, house, tmp_path):
    mine = write_csv(tmp_path / "mine.csv", [act("one", day="2035-03-28", published_on="2025-03-28")])
    ended = inside("load", "articles", mine, data=house.data)
    assert ended.code == 65
    assert ended.out.startswith("inbox/articles/mine.csv: 1 read, 0 accepted, 0 known, 1 rejected")
    (row,) = house.rows("select reason from rejects where file_name = 'inbox/articles/mine.csv'")
    assert row[0] == "event_date '2035-03-28' is after tomorrow; events are recorded after they happen, so check the year"


def test_load_takes_a_folder(inside, house, tmp_path):
    write_csv(tmp_path / "mine/a.csv", [act("one")])
    write_csv(tmp_path / "mine/b.csv", [act("two")])
    write_lines(tmp_path / "mine/notes.txt", ["no acts"])
    ended = inside("load", "articles", tmp_path / "mine", data=house.data)
    assert ended.out.splitlines()[-1] == "77 reports (2 added, 0 removed); files read: 3 (changed: 0)"


def test_the_template_is_a_file_that_loads_when_rows_are_added(inside, house, tmp_path):
    template = inside("load", "articles", "--template").out
    mine = tmp_path / "mine.csv"
    mine.write_text(
        template + ",".join(act("one").get(column, "") for column in template.strip().split(",")) + "\n", encoding="utf-8"
    )
    assert "1 read, 1 accepted" in inside("load", "articles", mine, data=house.data).out


def test_a_file_that_is_refused_whole_ends_with_65_and_publishes_the_rest_as_it_was(inside, house, tmp_path):
    ended = inside("load", "articles", write_lines(tmp_path / "mine.csv", ["date,who", "2025-03-28,USA"]), data=house.data)
    assert ended.code == 65
    assert ended.err.startswith("inbox/articles/mine.csv was refused: mine.csv has no column event_id, event_date,")
    assert len(house.rows("from events")) == 75


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ["load", "nonsense", "--template"],
            78,
            "'nonsense' is not a dataset that can be loaded; choose from chronology, articles, measures, gdelt, gdelt-mentions, icews, phoenix, polecat",
        ),
        (["load", "gdelt", "--template"], 78, "gdelt has no template: its files are loaded as they are published"),
        (["load", "articles", "/nowhere/x.csv"], 69, "/nowhere/x.csv: no such file"),
        (
            ["load", "articles", __file__],
            65,
            "test_command_line.py is none of .csv, .tsv, .tab, .txt, .jsonl, .ndjson, .parquet",
        ),
        (["load", "articles"], 78, "name the files to load, as in `bilateral load articles my-acts.csv`"),
    ],
)
def test_load_says_what_it_cannot_take(inside, tmp_path, arguments, code, sentence):
    ended = inside(*arguments, data=tmp_path / "data")
    assert (ended.code, ended.err) == (code, sentence + "\n")


@pytest.mark.parametrize("seconds", [0, 0.2, 0.4])
def test_a_refresh_stopped_by_the_keyboard_leaves_the_old_snapshot_and_no_traceback(house, small_tree, seconds):
    """At once, in the middle of Python; later, most likely inside a query."""
    before = snapshots.current(house.data)
    process = subprocess.Popen(
        [sys.executable, "-m", "bilateral", "refresh", "--full", "--data", str(house.data)],
        cwd=house.data, env=clean_environment(small_tree), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        while not (house.data / "refresh.owner").exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        err = process.stderr.read()
    assert (process.returncode, err) in ((130, b""), (130, b"stopped; nothing was changed\n"))
    assert snapshots.current(house.data) == before


# ------------------------------------------------------------------ history, feed, alerts


def test_runs_shows_the_history_as_a_table_and_as_json(inside, published):
    assert "1273 reports (1273 added, 0 removed)" in inside("runs", data=published).out
    (newest, *_) = json.loads(inside("runs", "--json", "--limit", 1, data=published).out)
    assert inside("runs", "--json", "--most", 1, data=published).out == inside("runs", "--json", "--limit", 1, data=published).out
    assert "--most" not in inside("runs", "--help").out
    assert (newest["outcome"], newest["exit_code"], newest["added"]) == ("done", 0, 1273)


def test_feed_writes_what_the_dashboard_serves(inside, published):
    out = inside(
        "feed", "--format", "json", "--dyad", "MEX-USA", "--lang", "es", "--address", "https://example.org", data=published
    ).out
    first = json.loads(out)["items"][0]
    assert first["title"].startswith("Estados Unidos – México: ")
    assert first["url"].startswith("https://example.org/pair/MEX-USA?at=")
    assert inside("feed", "--lang", "xx", data=published).code == 78


def test_alerts_needs_rules_and_names_what_it_did(inside, published, tmp_path):
    none = inside("alerts", data=published)
    assert (none.code, none.err) == (78, "no alert rules given; use --rules FILE or set BILATERAL_ALERTS\n")
    rules = write_lines(tmp_path / "alerts.toml", ["[[rule]]", 'name = "all"', 'command = ["true"]'])
    data = shutil.copytree(published, tmp_path / "data")
    assert inside("alerts", "--rules", rules, data=data).out.startswith("all: begins; ")


def test_export_writes_the_file_of_a_page_and_prints_its_path(inside, published, tmp_path):
    ended = inside(
        "export",
        "/pair/USA-MEX?by=month&from=2025-01-01&to=2025-06-30",
        "--chart",
        "words",
        "--to",
        str(tmp_path),
        data=published,
    )
    (written,) = tmp_path.iterdir()
    assert (ended.code, ended.out) == (0, f"{written}\n")
    assert written.name.startswith("MEX-USA_words_month_2025-01-01_2025-06-01_v")
    assert len(written.read_text(encoding="utf-8").splitlines()) == 7


def test_export_draws_a_picture(inside, published, tmp_path):
    ended = inside("export", "/pair/MEX-USA", "--format", "svg", "--to", str(tmp_path), data=published)
    assert ended.code == 0, ended.err
    drawing = next(tmp_path.iterdir()).read_text(encoding="utf-8")
    assert "Balance of cooperation and friction, points from −100 to +100" in drawing
    assert "data version" in drawing


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["/nowhere"], "'/nowhere' is not a page with charts; one is /pair/MEX-USA"),
        (["http://[x"], "'http://[x' is not a page with charts; one is /pair/MEX-USA"),
        (["/pair/MEX-USA.csv?by=day"], "'/pair/MEX-USA.csv' is a file; name its page, /pair/MEX-USA, and --format csv"),
        (
            ["/pair/MEX-USA", "--chart", "pie"],
            "/pair/MEX-USA has no pie to export; its charts and tables are balance, words, directions, moved",
        ),
        (
            ["/pair/MEX-USA", "--format", "docx"],
            "'docx' is not a format; choose from csv, json, xlsx, parquet, zip, metadata.json, png, svg, md, html",
        ),
    ],
)
def test_export_says_what_is_not_there(inside, published, asked, said):
    ended = inside("export", *asked, data=published)
    assert (ended.code, ended.err) == (78, said + "\n")


@pytest.mark.parametrize("message", ["file \x1b[2J\n0 all well.csv was refused", "x" * 300_000])
def test_a_command_that_is_told_of_a_fault_gets_a_line_and_hides_no_fault(message, tmp_path):
    with pytest.raises(Stop) as ended, hooked(f"printenv BILATERAL_MESSAGE > {tmp_path / 'told'}"):
        raise Stop(Exit.DATA, message)
    assert str(ended.value) == message
    told = (tmp_path / "told").read_text(encoding="utf-8")
    assert told.count("\n") == 1
    assert "\x1b" not in told


def test_a_command_that_cannot_be_run_hides_no_fault(capsys):
    with pytest.raises(Stop, match="the fault itself"), hooked("x" * 3_000_000):
        raise Stop(Exit.DATA, "the fault itself")
    assert "--on-failure" in capsys.readouterr().err


def test_an_interrupt_inside_a_callback_of_the_interpreter_is_not_lost():
    code = """if True:
        import signal, sys, time, weakref
        from bilateral import __main__

        class Gone: ...

        def command():
            gone = Gone()
            kept = weakref.ref(gone, lambda _: signal.raise_signal(signal.SIGINT))
            del gone  # the callback runs here, and an exception in it goes no further
            time.sleep(60)

        __main__.app = command
        __main__.main()
    """
    ended = subprocess.run(
        [sys.executable, "-c", code], env=clean_environment(ROOT), capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode in (130, -signal.SIGINT)
    assert "Exception ignored" not in ended.stderr
