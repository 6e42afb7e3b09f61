"""The twenty worked questions: each one runs, says something, stands on the page and in docs/sql.md as it is."""

import re

import pytest

from bilateral.ask import reader_sql
from bilateral.pages import sql
from bilateral.publish import snapshots
from bilateral.strings import texts
from material import PATIENCE, ROOT

EXAMPLES = sql.examples()
NAMES = [example.path.stem for example in EXAMPLES]


def test_there_are_twenty():
    assert len(EXAMPLES) == 20
    assert [name[:3] for name in NAMES] == [f"{number:02d}_" for number in range(1, 21)]


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_a_worked_question_is_answered(published, example):
    values = {name: sql.SHOWN[name] for name in sql.PARAMETER.findall(example.sql)}
    answer = reader_sql.ask(snapshots.current(published), example.sql, values, "json", reader_sql.Limits(seconds=PATIENCE))
    assert answer.n_rows >= 1
    assert len(set(answer.names)) == len(answer.names)
    assert any(value is not None for row in answer.rows for value in row)


def test_the_ledger_of_the_example_adds_up(published):
    example = next(example for example in EXAMPLES if "adds_up" in example.name)
    ((summed, balance),) = reader_sql.ask(
        snapshots.current(published), example.sql, {}, "json", reader_sql.Limits(seconds=PATIENCE)
    ).rows
    assert summed == pytest.approx(balance, abs=1e-9)


def test_the_page_of_the_docs_has_each_question_as_it_is():
    page = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
    told = re.findall(r"### \d+\. ([^\n]+)\n\n([^\n]+)\n\n```sql\n(.+?)\n```", page, re.DOTALL)
    assert told == [(example.sentence, example.fields["reading"], example.sql) for example in EXAMPLES]


def test_the_page_names_each_question_as_its_file_does():
    english = texts("en").entry("examples")
    assert english == {name[3:]: example.sentence for name, example in zip(NAMES, EXAMPLES, strict=True)}
