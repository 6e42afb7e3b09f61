"""Which statements of readers are allowed: one SELECT, checked with DuckDB's own parse tree, never by text alone.

SELECT is not enough of a sign: `with gone as (delete …) from gone` is a SELECT to DuckDB, EXPLAIN ANALYZE runs what follows it, and a PIVOT that looks
for its columns hides in any statement. So the kinds of all parts of the tree are looked at, and what is not known to read is refused.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb

READING = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
"""Kinds of queries that change nothing; DuckDB 2.0 has others inside a WITH."""
OPEN = {
    "duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_dependencies", "duckdb_functions", "duckdb_indexes", "duckdb_keywords",
    "duckdb_schemas", "duckdb_sequences", "duckdb_settings", "duckdb_tables", "duckdb_types", "duckdb_views", "generate_series", "histogram",
    "histogram_values", "icu_calendar_names", "json_each", "json_tree", "pg_timezone_names", "pragma_database_size", "pragma_show",
    "pragma_storage_info", "pragma_table_info", "pragma_version", "range", "repeat", "repeat_row", "summary", "test_all_types", "unnest",
}  # fmt: skip
"""DuckDB's own table functions that a reader may call, beside the macros of the snapshot."""
CLOSED = {"getenv", "json_serialize_plan", "nextval", "pg_sleep", "setseed", "setval", "sleep_ms", "write_log"}
"""Its other functions that do more than compute; a plan is made of another statement, which nobody has judged."""
TREE = """
    select tree ->> 'error_message', json_array_length(tree -> 'statements'), tree ->> '$..type', tree ->> '$..function.function_name',
        tree ->> '$..function_name'
    from (select json_serialize_sql($statement::varchar) as tree)
"""
OWN = """
    select distinct function_name from duckdb_functions()
    where internal and function_type in ('table', 'table_macro', 'pragma') and list_contains($names, function_name)
"""
OPTION = re.compile(r"analyze|format\s+[a-z]+", re.IGNORECASE)
"""What may stand in the brackets after EXPLAIN."""


class Refused(Exception):
    """The statement is not run, or its answer not given; the message is for its author."""


@dataclass(frozen=True)
class Judged:
    """A statement that only reads."""

    text: str
    """What is to be run."""
    parameters: set[str]
    """Names of its parameters."""


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    """As it stands there, with the blanks after it."""

    @property
    def word(self) -> str:
        return self.text.strip().strip('"').lower()


def judge(connection: duckdb.DuckDBPyConnection, text: str) -> Judged:
    """The statement as it may be run. Raises Refused for all but one question, and duckdb.Error where it is no SQL."""
    statement = _only(connection, text, {"SELECT", "EXPLAIN", "MULTI"})
    tokens = _tokens(statement.query)
    explained, rest = _explain(tokens) if tokens[0].word == "explain" else ("", tokens)
    bare = "".join(token.text for token in rest)
    asked = bare if explained else statement.query
    if explained:
        _only(connection, asked, {"SELECT", "MULTI"}, "EXPLAIN of ")
    if _is_pivot(connection, asked, bare):
        _refuse_words(connection, rest)
    else:
        _refuse_parts(connection, asked)
    return Judged(explained + asked, set(statement.named_parameters))


def _only(connection: duckdb.DuckDBPyConnection, text: str, allowed: set[str], before: str = "") -> Any:
    found = connection.extract_statements(text)
    kinds = [_kind(statement) for statement in found]
    if len(kinds) != 1 or kinds[0] not in allowed:
        raise Refused(_fault(kinds, before))
    return found[0]


def _fault(kinds: list[str], before: str) -> str:
    """Why these kinds of statements are refused."""
    if not kinds:
        return "the query is empty; write one SELECT"
    if len(kinds) > 1:
        return (
            f"only one SELECT per query; you sent {len(kinds)} statements: {', '.join(kinds[:5])}{' …' if len(kinds) > 5 else ''}"
        )
    return f"only SELECT queries are allowed, not {before}{kinds[0]}; snapshots are read-only"


def _kind(statement: Any) -> str:
    try:
        return str(statement.type.name)
    except ValueError:  # a kind that this version of the client has no name for, as CONNECT
        return "unknown statements"


def _tokens(text: str) -> list[Token]:
    """The words and signs of a statement without its comments and the semicolon at its end."""
    content = text.encode()
    found = duckdb.tokenize(text)
    ends = [place for place, _ in found[1:]] + [len(content)]
    tokens = [Token(kind.name, content[start:end].decode()) for (start, kind), end in zip(found, ends, strict=True)]
    tokens = [Token(token.kind, "\n") if token.kind == "comment" else token for token in tokens]
    while tokens and tokens[-1].text.strip() in ("", ";"):
        tokens.pop()
    return [token for place, token in enumerate(tokens) if token.text.strip() or place]


def _explain(tokens: list[Token]) -> tuple[str, list[Token]]:
    """EXPLAIN with its options, written anew, and what is explained."""
    rest = [token for token in tokens[1:] if token.text.strip()]
    if rest and rest[0].word == "analyze":
        return "explain analyze ", rest[1:]
    if rest and rest[0].word == "(":
        close = next((place for place, token in enumerate(rest) if token.word == ")"), 0)
        options = "".join(token.text for token in rest[1:close])
        if all(OPTION.fullmatch(option.strip()) for option in options.split(",")):
            return f"explain ({options}) ", rest[close + 1 :]
    return "explain ", rest


def _is_pivot(connection: duckdb.DuckDBPyConnection, asked: str, bare: str) -> bool:
    """Whether it is a PIVOT over columns found in the data, of which DuckDB gives no tree. Raises Refused where something else is made of one."""
    if _kind(connection.extract_statements(asked)[0]) != "MULTI":
        return False
    try:
        _only(connection, f"from (\n{bare}\n)", {"MULTI"})
    except duckdb.ParserException:  # what cannot stand in brackets after FROM is no query
        raise Refused(
            f"only SELECT queries are allowed, not {bare.split()[0].upper()} of a PIVOT; snapshots are read-only"
        ) from None
    return True


def _refuse_words(connection: duckdb.DuckDBPyConnection, tokens: list[Token]) -> None:
    """Of a PIVOT its words are judged, all of them, also where they might be names."""
    if changing := {"insert", "update", "delete", "merge"} & {token.word for token in tokens if token.kind == "keyword"}:
        raise Refused(f"a PIVOT without values must not contain {changing.pop().upper()}; snapshots are read-only")
    words = [token for token in tokens if token.text.strip()]
    called = {name.word for name, sign in pairwise(words) if sign.word.startswith("(")}
    _refuse_functions(connection, called, called)


def _refuse_parts(connection: duckdb.DuckDBPyConnection, asked: str) -> None:
    error, n_statements, kinds, of_tables, functions = connection.execute(TREE, {"statement": asked}).fetchone() or (None,) * 5
    if error or n_statements != 1:
        raise Refused(f"this is not a valid SELECT: {error}")
    if changing := {kind for kind in kinds if kind.endswith("_NODE")} - READING:
        kind = min(changing).split("_")[0]
        raise Refused(f"only SELECT queries are allowed; this one contains {kind}, and snapshots are read-only")
    _refuse_functions(connection, set(of_tables), set(functions))


def _refuse_functions(connection: duckdb.DuckDBPyConnection, of_tables: set[str], functions: set[str]) -> None:
    refused = CLOSED & {name.lower() for name in functions}
    if unknown := {name.lower() for name in of_tables} - OPEN:  # macros of the snapshot, slips of the pen, and what is closed
        refused |= _closed(connection, unknown)
    if refused:
        reason = "file system operations are disabled and the configuration has been locked"
        raise Refused(f"Permission Error: {min(refused)}(…) is not available to readers; {reason}")


def _closed(connection: duckdb.DuckDBPyConnection, names: set[str]) -> set[str]:
    return {name for (name,) in connection.execute(OWN, {"names": sorted(names)}).fetchall()}
