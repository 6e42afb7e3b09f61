"""The macros of queries/macros/, as statements that make them. What they compute is in SQL; here they are put in order and joined up.

They give a table, or where the header says `gives  value` the one value of their SELECT.

A macro whose header says `replaces` asks a whole chain of query files anew: its own SELECT takes the place of the first table named there,
`by` gives the macro that takes the place of a further one, and every file from there to `result` follows as it stands. What is the same
anyway and need not be made anew it `keeps`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from bilateral.compute.queries import Query, QueryError, read

CALL = re.compile(r"\bmain\.(\w+)\(")


def statements(queries: list[Query], folder: Path) -> Iterator[tuple[Query, str]]:
    """Each macro with its CREATE statement, after those that it calls. `queries` are all files of the layers in their order."""
    found = {path.stem: read(path) for path in sorted(folder.glob("*.sql"))}
    bodies = {name: _chain(macro, queries) if "replaces" in macro.fields else macro.sql for name, macro in found.items()}
    yield from _in_order(found, bodies)


def of_values(folder: Path) -> Iterator[tuple[Query, str]]:
    """Those that give a value, which need no table: tables are made with them."""
    macros = (read(path) for path in sorted(folder.glob("*.sql")))
    found = {macro.path.stem: macro for macro in macros if is_of_a_value(macro)}
    yield from _in_order(found, {name: macro.sql for name, macro in found.items()})


def _in_order(found: Mapping[str, Query], bodies: Mapping[str, str]) -> Iterator[tuple[Query, str]]:
    calls = {name: set(CALL.findall(body)) & found.keys() for name, body in bodies.items()}
    for name in TopologicalSorter(calls).static_order():
        made = f"({bodies[name]})" if is_of_a_value(found[name]) else f"table {bodies[name]}"
        yield found[name], f"create or replace macro main.{name}({found[name].fields['parameters']}) as {made}"


def is_of_a_value(macro: Query) -> bool:
    return macro.fields.get("gives") == "value"


def _chain(macro: Query, queries: list[Query]) -> str:
    """One SELECT of every file between the tables that the macro replaces and its result; all others are read as they stand."""
    replaced, result = _replaced(macro), macro.fields["result"]
    by_name = {query.name: query for query in queries}
    if unknown := sorted({result, *replaced} - by_name.keys()):
        raise QueryError(f"{macro.name} names {', '.join(unknown)}, which no file under queries/ makes ({macro.path})")
    as_they_are = {*replaced, *re.split(r",\s*", macro.fields.get("keeps", ""))}
    touched = set(replaced)
    steps = []
    for query in queries:  # in their order, so that what a file reads has been judged before it
        if query.name not in as_they_are and not touched.isdisjoint(query.inputs):
            touched.add(query.name)
            steps.append(query)
    needed = _needed(result, replaced, by_name)
    steps = [query for query in steps if query.name in needed]
    readers = Counter(name for query in steps for name in query.inputs)
    between = re.compile(rf"\b({'|'.join(map(re.escape, [*replaced, *(query.name for query in steps)]))})\b(\s+as\b)?")
    bodies = replaced | {query.name: between.sub(_read_locally, query.sql) for query in steps}
    parts = [f"{_local(name)} as {'materialized ' if readers[name] > 1 else ''}({sql})" for name, sql in bodies.items()]
    return f"with {', '.join(parts)} select * from {_local(result)}"


def _replaced(macro: Query) -> dict[str, str]:
    """Tables that the macro replaces, each with the SELECT in its place."""
    own, *others = (part.strip() for part in macro.fields["replaces"].split(";"))
    by_call = (part.split(" by ") for part in others)
    return {own: macro.sql} | {name: f"select * from main.{call}" for name, call in by_call}


def _needed(result: str, replaced: Collection[str], by_name: dict[str, Query]) -> set[str]:
    """The result and all that it is made of, as far as the replaced tables."""
    found: set[str] = set()
    todo = [result]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [] if name in replaced else by_name[name].inputs
    return found


def _local(name: str) -> str:
    return name.replace(".", "_")


def _read_locally(found: re.Match[str]) -> str:
    """`core.events` becomes `core_events as events`, so that its columns keep their names."""
    return _local(found[1]) + (found[2] or f" as {found[1].split('.')[1]}")
