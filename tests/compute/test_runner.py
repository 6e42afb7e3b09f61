"""The runner builds what the files say, in the order that they give, and refuses files that do not keep their promise."""

import re
import sys
from pathlib import Path

import duckdb
import pytest

from bilateral import package_data
from bilateral.compute.queries import QueryError, in_order, read, read_layers
from bilateral.compute.runner import CheckFailed, Runner

WRONG = Path(__file__).parent / "wrong"

SENTENCES = {
    "no_header": "core.no_header has no header; start the file with a block comment",
    "bad_column_line": "core.bad_column_line: the header line 'day date' is not `column  type  meaning`",
    "unknown_input": "core.unknown_input reads staging.event, which no file under queries/ makes",
    "reads_to_its_right": "core.reads_to_its_right reads main.answer, which comes later",
    "undeclared_input": "core.undeclared_input: its header promises to read nothing, but it reads raw.numbers",
    "input_never_read": "core.input_never_read: its header promises to read raw.numbers, but it reads nothing",
    "two_statements": "core.two_statements is not one SELECT",
    "missing_column": "core.missing_column: header and table differ in other integer",
    "wrong_type": "core.wrong_type: header and table differ in day date, day integer",
    "wrong_order": "core.wrong_order: header and table differ in their order",
    "repeated_grain": "core.repeated_grain promises one row for each day, but repeats [(1, 2)]",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A small set of good queries; a test adds one that is wrong."""
    good = {
        "raw/numbers": "/* Numbers.\n\n   grain   n\n   inputs\n   columns\n     n  integer  a number\n*/\nselect 1 as n",
        "main/answer": "/* The answer.\n\n   grain   n\n   inputs  raw.numbers\n   columns\n     n  integer  a number\n*/\nselect n from raw.numbers",
    }
    for name, text in good.items():
        path = tmp_path / f"{name}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "core").mkdir()
    (tmp_path / "checks").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", SENTENCES)
def test_a_wrong_file_is_refused_with_a_sentence_that_names_it(folder, name):
    (folder / "core" / f"{name}.sql").write_text((WRONG / f"{name}.sql").read_text(encoding="utf-8"), encoding="utf-8")
    with duckdb.connect() as connection, pytest.raises(QueryError, match=re.escape(SENTENCES[name])):
        Runner(connection, folder).build()


def test_every_wrong_file_has_its_sentence():
    assert {path.stem for path in WRONG.glob("*.sql")} == SENTENCES.keys()


def test_files_that_read_each_other_are_refused(folder):
    for one, other in (("egg", "hen"), ("hen", "egg")):
        text = f"/* A circle.\n\n   grain   n\n   inputs  core.{other}\n   columns\n     n  integer  a number\n*/\nselect n from core.{other}"
        (folder / "core" / f"{one}.sql").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=r"in a circle: core\.egg, core\.hen"):
        in_order(read_layers(folder))


def test_a_fault_inside_a_query_names_its_file(folder):
    text = "/* Text.\n\n   grain   n\n   inputs\n   columns\n     n  integer  a number\n*/\nselect 'x'::integer as n"
    (folder / "core" / "fault.sql").write_text(text, encoding="utf-8")
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as caught:
        Runner(connection, folder).build()
    assert caught.value.__notes__ == [f"in core.fault ({folder / 'core' / 'fault.sql'})"]


# ------------------------------------------------------------------ tables that Python answers


DOUBLED = """/* Twice each number. The SELECT is the question.

   grain     n
   inputs    raw.numbers
   computed  doubling.twice
   columns
     n      integer  a number
     twice  bigint   two of it
*/
select n from raw.numbers"""


@pytest.fixture
def doubling(folder, monkeypatch) -> Path:
    """A computed table main.doubled and the module that answers it, which writes a line for each time it is asked."""
    asked = folder / "asked"
    code = (
        f"def twice(rows):\n    open({str(asked)!r}, 'a').write('asked ')\n    return [(int(n), 2 * int(n)) for n in rows['n']]\n"
    )
    (folder / "doubling.py").write_text(code, encoding="utf-8")
    (folder / "main" / "doubled.sql").write_text(DOUBLED, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "doubling", raising=False)
    return asked


def test_a_computed_table_holds_the_answer_and_is_not_asked_for_again_while_nothing_changed(folder, doubling):
    with duckdb.connect() as connection:
        runner = Runner(connection, folder)
        for _ in range(2):
            runner.build()
            assert connection.execute("from main.doubled").fetchall() == [(1, 2)]
        assert doubling.read_text() == "asked "
        changed = (folder / "raw" / "numbers.sql").read_text(encoding="utf-8").replace("select 1", "select 3")
        (folder / "raw" / "numbers.sql").write_text(changed, encoding="utf-8")
        Runner(connection, folder).build()
        assert connection.execute("from main.doubled").fetchall() == [(3, 6)]
        assert doubling.read_text() == "asked asked "


def test_a_change_of_the_code_that_computes_asks_again(folder, doubling):
    with duckdb.connect() as connection:
        Runner(connection, folder).build()
        module = folder / "doubling.py"
        module.write_text(module.read_text(encoding="utf-8") + "# better\n", encoding="utf-8")
        Runner(connection, folder).build()
    assert doubling.read_text() == "asked asked "


def test_a_question_without_rows_is_not_asked_and_gives_an_empty_table(folder, doubling):
    (folder / "main" / "doubled.sql").write_text(DOUBLED + " where n > 1", encoding="utf-8")
    with duckdb.connect() as connection:
        Runner(connection, folder).build()
        assert connection.execute("from main.doubled").fetchall() == []
    assert not doubling.exists()


def test_a_computed_table_must_keep_its_grain_and_name_its_module(folder, doubling):
    (folder / "main" / "doubled.sql").write_text(DOUBLED + " union all select n from raw.numbers", encoding="utf-8")
    with (
        duckdb.connect() as connection,
        pytest.raises(QueryError, match=r"promises one row for each n, but repeats \[\(1, 2\)\]"),
    ):
        Runner(connection, folder).build()
    (folder / "main" / "doubled.sql").write_text(DOUBLED.replace("doubling", "halving"), encoding="utf-8")
    with (
        duckdb.connect() as connection,
        pytest.raises(QueryError, match=r"main\.doubled is computed by halving, which is not a module"),
    ):
        Runner(connection, folder).build()


def test_a_check_with_bad_rows_says_its_name_as_a_sentence(folder):
    (folder / "checks" / "no_number_is_one.sql").write_text(
        "/* One is bad. */\nselect n from raw.numbers where n = 1", encoding="utf-8"
    )
    with duckdb.connect() as connection:
        runner = Runner(connection, folder)
        runner.build()
        with pytest.raises(CheckFailed, match=r"it does not hold that no number is one: \[\(1,\)\]"):
            runner.check()


def test_each_shipped_file_comes_after_what_it_reads():
    ordered = [query.name for query in in_order(read_layers(package_data.folder("queries")))]
    for place, name in enumerate(ordered):
        query = read(package_data.folder("queries") / f"{name.replace('.', '/')}.sql")
        assert all(ordered.index(table) < place for table in query.inputs), name


def test_every_indicator_says_its_title_unit_reason_and_caveat():
    headers = [read(path) for path in (package_data.folder("queries") / "indicators").glob("*.sql")]
    helpers = {"requested", "days", "decayed", "parts", "series"}
    indicators = [query for query in headers if query.path.stem not in helpers]
    assert len(indicators) >= 13
    assert [
        (query.name, word)
        for query in indicators
        for word in ("title", "unit", "better", "why", "caveat")
        if not query.fields.get(word)
    ] == []


def test_every_public_column_has_a_comment(snapshot):
    bare = snapshot.execute("""
        select table_name, column_name from duckdb_columns()
        where schema_name = 'main' and not internal and database_name = current_database() and coalesce(comment, '') = ''
    """).fetchall()
    assert bare == []
    views = {
        name
        for (name,) in snapshot.execute(
            "select view_name from duckdb_views() where not internal and schema_name = 'main'"
        ).fetchall()
    }
    contract = {"reports", "events", "dyad_day", "indicator_day", "measures", "coverage", "files", "rejects", "runs"}
    assert contract | {"dyads", "event_codes", "score_tables", "domains", "countries"} <= views
