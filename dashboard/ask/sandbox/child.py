"""The child process that runs one statement of a reader: it can read one snapshot and nothing else, and is killed at its limits.

`read_only` is no sandbox, and an interrupt does not stop every query. So each statement gets a process of its own: DuckDB without files,
extensions, settings or a path (`hardening`), only what reads by its tree (`statements`), a kernel that refuses all but computing (`confinement`),
limits on memory and processor, an alarm in case nobody is left to kill it. The order comes as JSON on stdin; the rows leave on stdout as CSV, JSON
or Parquet; one line of JSON on stderr says how it ended.
"""

import json
import math
import os
import signal
import sys
import time
import uuid  # noqa: F401  DuckDB makes values with it, and in a process that may open nothing no module can be imported any more
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from bilateral.ask.sandbox.confinement import confine
from bilateral.ask.sandbox.statements import Judged, Refused, judge
from bilateral.escaping import write_csv
from bilateral.publish.hardening import attach

ALONE = {"threads": "1", "async_threads": "0"}
"""One thread does everything: the kernel confines the thread that asks for it."""
LIMITS = {"temp_directory": "", "max_temp_directory_size": "0KB", "secret_directory": "", "home_directory": ""}
ZONES = [ZoneInfo(name) for name in ("UTC", "Etc/UTC")]
"""The zone of all times, by both its names: DuckDB asks for it with each time, and it comes out of a file, so it is held."""
OWN_MEMORY, MEMORY_OF_A_DATABASE = 200 << 20, 600 << 20
"""Bytes of address space that the interpreter and each open database reserve, used or not, beside what the query may take."""
BATCH = 256
COLUMNS, HEADER_BYTES, DEPTH, SENTENCE = 2_000, 1_000_000, 100, 2_000
"""Most columns of an answer, bytes of their names and types, levels of a nested value, characters of an error."""


def main() -> None:
    order = json.load(sys.stdin)
    os.chdir("/")  # DuckDB names it in messages
    is_parquet = order["format"] == "parquet"
    _limit_the_process(order["memory_mb"], order["seconds"], n_databases=2 if is_parquet else 1)
    with ExitStack() as opened:
        try:
            connection = opened.enter_context(_opened(order["path"], order["memory_mb"]))
            write = (
                ParquetWriter(opened.enter_context(duckdb.connect(config={**ALONE}))) if is_parquet else WRITERS[order["format"]]
            )
            confine()
            ended = answer(connection, order, write)
        except Refused as refused:
            ended = {"error": str(refused)}
        except (duckdb.OutOfMemoryException, MemoryError):
            ended = {"error": f"the query needs more than {order['memory_mb']} MB of memory; ask for less"}
        except RecursionError:
            ended = {"error": f"a value is nested deeper than {DEPTH} levels; ask for parts of it"}
        except BrokenPipeError:
            os._exit(0)  # whoever asked has gone
        except Exception as error:  # DuckDB's, and what Python says of values that it cannot hold, as a year after 9999
            ended = {"error": _without_code(str(error)) or type(error).__name__}
        _tell(ended)
        os._exit(0)  # an interpreter that ends in order would wait for DuckDB to free what the query took


def _opened(path: str, memory_mb: int) -> duckdb.DuckDBPyConnection:
    try:
        return attach(path, ALONE, {**LIMITS, "memory_limit": f"{memory_mb}MB"})
    except (duckdb.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]  # an OSError as text names the path
        raise Refused(f"the snapshot cannot be opened ({reason}); run `bilateral refresh` to publish a new one") from None


def _without_code(error: str) -> str:
    """DuckDB puts a whole traceback, with paths of our code, around what Python said while it read the file."""
    return error.strip().splitlines()[-1] if "Traceback (most recent call last)" in error else error


def _tell(ended: dict[str, Any]) -> None:
    if "error" in ended:
        ended["error"] = _short(ended["error"].split("\n\nPossible")[0])
    sys.stderr.write("\n" + json.dumps(ended) + "\n")
    sys.stderr.flush()


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= SENTENCE else f"{sentence[:SENTENCE]} … ({len(sentence):,} characters)"


def answer(connection: duckdb.DuckDBPyConnection, order: dict[str, Any], write: "Writer") -> dict[str, Any]:
    """Run the statement, write at most `rows` rows to stdout, and tell names, types, count, whether there were more, and seconds."""
    judged = judge(connection, order["statement"])
    parameters = _parameters(judged, order["parameters"])
    started = time.monotonic()
    connection.execute(judged.text, parameters)
    described = connection.description or []
    names, types = [column[0] for column in described], [str(column[1]) for column in described]
    _refuse_wide(names, types)
    counter = Counter(connection, order["rows"], most_cells=order["cells"])
    write(Sink(order["answer_bytes"]), names, types, counter)
    return {
        "names": names,
        "types": types,
        "rows": counter.given,
        "is_cut": counter.is_cut,
        "seconds": round(time.monotonic() - started, 4),
    }


def _refuse_wide(names: list[str], types: list[str]) -> None:
    if len(names) > COLUMNS:
        raise Refused(f"the answer has {len(names):,} columns; {COLUMNS:,} are allowed")
    if (size := sum(len(text.encode("utf-8", "replace")) for text in names + types)) > HEADER_BYTES:
        raise Refused(f"the names and types of the columns take {size:,} bytes; {HEADER_BYTES:,} are allowed")


def _parameters(judged: Judged, given: dict[str, str]) -> dict[str, str]:
    if missing := sorted(judged.parameters - given.keys()):
        raise Refused(f"the statement needs a value for ${missing[0]}")
    if surplus := sorted(given.keys() - judged.parameters):
        raise Refused(f"the statement has no parameter ${surplus[0]}")
    return given


class Counter:
    """The rows of an answer up to a limit; fetching in batches is what stops an endless answer."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, most: int, most_cells: int):
        self.connection, self.most, self.most_cells = connection, most, most_cells
        self.given, self.is_cut = 0, False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while batch := self.connection.fetchmany(min(BATCH, self.most + 1 - self.given)):
            for row in batch:
                if self.given == self.most:
                    self.is_cut = True
                    return
                self.given += 1
                if self.given * len(row) > self.most_cells:
                    raise Refused(
                        f"the answer has more than {self.most_cells:,} cells, {len(row):,} a row; ask for fewer columns or rows"
                    )
                yield row


class Sink:
    """Standard output up to a number of bytes."""

    def __init__(self, most: int):
        self.left, self.most = most, most

    def write(self, text: str) -> None:
        self.write_bytes(text.encode("utf-8", "replace"))

    def write_bytes(self, content: bytes) -> None:
        self.count(len(content))
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()

    def count(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Refused(f"the answer is larger than {self.most / 1e6:.0f} MB; ask for fewer or shorter columns")


def _write_csv(sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
    write_csv(sink, names, map(_cells, rows), for_people=False)


def _write_sheet(sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
    """CSV that a person opens in a spreadsheet."""
    write_csv(sink, names, map(_cells, rows), for_people=True)


def _cells(row: tuple[Any, ...]) -> list[Any]:
    return [value if value is None or isinstance(value, (int, float)) else _text(value) for value in row]


def _write_json(sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
    """A list of lists, one a row."""
    sink.write("[")
    for place, row in enumerate(rows):
        sink.write(("," if place else "") + json.dumps([_plain(value) for value in row], ensure_ascii=False))
    sink.write("]")


class ParquetWriter:
    """Makes the file in memory, out of the rows: pandas makes timestamps of days and floats of counts with gaps. No SQL of the reader runs here."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        from fsspec.implementations.memory import MemoryFileSystem  # only here: other formats need not wait for it

        self.connection, self.memory = connection, MemoryFileSystem()
        connection.register_filesystem(self.memory)

    def __call__(self, sink: Sink, names: list[str], types: list[str], rows: Counter) -> None:
        columns = ['"' + name.replace('"', '""') + '"' for name in names]
        self.connection.execute(f"create table answer ({', '.join(map(' '.join, zip(columns, types, strict=True)))})")
        if whole := list(_counted(rows, Sink(sink.most))):
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in types)
            self.connection.execute(f"insert into answer select {lists}", [list(column) for column in zip(*whole, strict=True)])
        self.connection.execute("copy answer to 'memory://answer.parquet' (format parquet, use_tmp_file false)")
        sink.write_bytes(self.memory.cat("/answer.parquet"))


def _counted(rows: Counter, sink: Sink) -> Iterator[tuple[Any, ...]]:
    """The rows, until they take more as text than an answer may: they are all in memory before a file is made of them."""
    for row in rows:
        sink.count(sum(len(value) if isinstance(value, (str, bytes)) else len(_text(value)) for value in row))
        yield row


Writer = Callable[[Sink, list[str], list[str], Counter], None]
WRITERS: dict[str, Writer] = {"csv": _write_csv, "sheet": _write_sheet, "json": _write_json}


def _plain(value: Any, depth: int = DEPTH) -> Any:
    """A value as JSON has it. NaN becomes null; infinity, which JSON cannot write as a number, becomes text. Raises RecursionError below `depth`."""
    if depth < 0:
        raise RecursionError
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {_text(key): _plain(part, depth - 1) for key, part in value.items()}
    return [_plain(part, depth - 1) for part in value] if isinstance(value, (list, tuple)) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def _limit_the_process(memory_mb: int, seconds: float, n_databases: int) -> None:
    if sys.platform == "win32":  # no such limits there; the parent still kills at the end of the time
        return
    import resource

    space = (memory_mb << 20) + OWN_MEMORY + n_databases * MEMORY_OF_A_DATABASE
    for kind, most in ((resource.RLIMIT_AS, space), (resource.RLIMIT_CPU, math.ceil(seconds) + 1)):
        resource.setrlimit(kind, (most, most))
    signal.alarm(math.ceil(seconds) + 2)


if __name__ == "__main__":
    main()
