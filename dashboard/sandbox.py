"""The child process that runs one statement of a reader: it may read one snapshot and nothing else, and dies when it takes too much.

`read_only` is no sandbox, and an interrupt does not stop every query. So each statement gets a process of its own: DuckDB without files,
extensions or settings, limits of the operating system on memory, processor and files, an alarm in case nobody is left to kill it.
The order comes as JSON on stdin; the rows leave on stdout as CSV, JSON or Parquet; one line of JSON on stderr says how it ended.
"""

import csv
import json
import math
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from dashboard.exits import Stop
from dashboard.snapshots import connect

LIMITS = {"threads": "1", "max_temp_directory_size": "0KB"}
OWN_MEMORY, MEMORY_OF_A_DATABASE = 200 << 20, 600 << 20
"""Bytes of address space that the interpreter and each open database reserve, used or not, beside what the query may take."""
BATCH = 256
ALLOWED = {"SELECT", "EXPLAIN", "MULTI"}
"""What a reader may run. FROM …, VALUES, DESCRIBE, SUMMARIZE and SHOW are SELECTs to DuckDB; MULTI is a PIVOT over columns found in the data."""


class Refused(Exception):
    """The statement is not run, or its answer not given; the message is for its author."""


def main() -> None:
    order = json.load(sys.stdin)
    _limit_the_process(order["memory_mb"], order["seconds"], n_databases=2 if order["format"] == "parquet" else 1)
    try:
        ended = answer(order)
    except (Refused, Stop) as refused:
        ended = {"error": str(refused)}
    except (duckdb.OutOfMemoryException, MemoryError):
        ended = {"error": f"the query needs more than {order['memory_mb']} MB of memory; ask for less"}
    except (duckdb.Error, RecursionError) as error:
        ended = {"error": str(error)}
    except BrokenPipeError:
        os._exit(0)  # whoever asked has gone
    sys.stderr.write("\n" + json.dumps(_hide(ended, order["path"])) + "\n")
    sys.stderr.flush()
    os._exit(0)  # an interpreter that ends in order would wait for DuckDB to free what the query took


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Run the statement, write at most `rows` rows to stdout, and tell names, types, count, whether there were more, and seconds."""
    with connect(Path(order["path"]), {**LIMITS, "memory_limit": f"{order['memory_mb']}MB"}) as connection:
        parameters = _parameters(_one_statement(connection, order["statement"]), order["parameters"])
        started = time.monotonic()
        connection.execute(order["statement"], parameters)
        described = connection.description or []
        names, types = [column[0] for column in described], [str(column[1]) for column in described]
        counter = Counter(connection, order["rows"], order["path"])
        sink = Sink(order["answer_bytes"])
        FORMATS[order["format"]](sink, names, types, counter)
        return {
            "names": names,
            "types": types,
            "rows": counter.given,
            "is_cut": counter.is_cut,
            "seconds": round(time.monotonic() - started, 4),
        }


def _one_statement(connection: duckdb.DuckDBPyConnection, text: str) -> Any:
    found = connection.extract_statements(text)
    kinds = [_kind(statement) for statement in found]
    if len(kinds) != 1 or kinds[0] not in ALLOWED:
        raise Refused(f"one SELECT is needed, this is {', '.join(kinds) or 'nothing'}; snapshots are read-only")
    return found[0]


def _kind(statement: Any) -> str:
    try:
        return str(statement.type.name)
    except ValueError:  # a kind that this version of the client has no name for, as CONNECT
        return "no question"


def _parameters(statement: Any, given: dict[str, str]) -> dict[str, str]:
    wanted = statement.named_parameters
    if missing := sorted(wanted - given.keys()):
        raise Refused(f"a value is needed for ${missing[0]}")
    if surplus := sorted(given.keys() - wanted):
        raise Refused(f"the statement has no parameter ${surplus[0]}")
    return given


class Counter:
    """The rows of an answer up to a limit; fetching in batches is what stops an endless answer."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, most: int, path: str):
        self.connection, self.most, self.path = connection, most, path
        self.given, self.is_cut = 0, False

    def __iter__(self) -> Iterator[list[Any]]:
        while batch := self.connection.fetchmany(min(BATCH, self.most + 1 - self.given)):
            for row in batch:
                if self.given == self.most:
                    self.is_cut = True
                    return
                self.given += 1
                yield [_hide(value, self.path) for value in row]


class Sink:
    """Standard output up to a number of bytes."""

    def __init__(self, most: int):
        self.left, self.most = most, most

    def write(self, text: str) -> None:
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, content: bytes) -> None:
        self.left -= len(content)
        if self.left < 0:
            raise Refused(f"the answer is larger than {self.most / 1e6:.0f} MB; ask for fewer or shorter columns")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _write_csv(sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([None if value is None else value if isinstance(value, (int, float)) else _text(value) for value in row])


def _write_json(sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
    """A list of lists, one a row."""
    sink.write("[")
    for place, row in enumerate(rows):
        sink.write(("," if place else "") + json.dumps([_plain(value) for value in row], ensure_ascii=False))
    sink.write("]")


def _write_parquet(sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
    """From the rows, and not through pandas, which makes timestamps of days and floats of counts with gaps. No SQL of the reader runs here."""
    columns = ['"' + name.replace('"', '""') + '"' for name in names]
    whole = list(rows)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as free:
        free.execute(f"create table answer ({', '.join(map(' '.join, zip(columns, types, strict=True)))})")
        if whole:
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in types)
            free.execute(f"insert into answer select {lists}", [list(column) for column in zip(*whole, strict=True)])
        file = Path(folder) / "answer.parquet"
        free.execute(f"copy answer to '{file}' (format parquet)")
        sink.write_bytes(file.read_bytes())


FORMATS = {"csv": _write_csv, "json": _write_json, "parquet": _write_parquet}


def _plain(value: Any) -> Any:
    """A value as JSON has it. NaN is no number and null; infinity, which JSON has no number for, is text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {_text(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def _hide(value: Any, path: str) -> Any:
    """Without the folder of the snapshot, which DuckDB names in messages and in duckdb_databases()."""
    folder = f"{Path(path).parent}{os.sep}"
    if isinstance(value, str):
        return value.replace(folder, "")
    if isinstance(value, list):
        return [_hide(part, path) for part in value]
    return {key: _hide(part, path) for key, part in value.items()} if isinstance(value, dict) else value


def _limit_the_process(memory_mb: int, seconds: float, n_databases: int) -> None:
    if sys.platform == "win32":  # no such limits there; the parent still kills at the end of the time
        return
    import resource

    space = (memory_mb << 20) + OWN_MEMORY + n_databases * MEMORY_OF_A_DATABASE
    for kind, most in ((resource.RLIMIT_AS, space), (resource.RLIMIT_CPU, math.ceil(seconds) + 1), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    signal.alarm(math.ceil(seconds) + 2)


if __name__ == "__main__":
    main()
