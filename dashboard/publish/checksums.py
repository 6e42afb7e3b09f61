"""Checksums beside databases: what a file held when it was closed, in the form of `sha256sum`, so that damage is seen before anybody reads it."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import duckdb

from bilateral.data_folder import is_file, make_way

Connect = Callable[[Path], duckdb.DuckDBPyConnection]

LINE = re.compile(r"([0-9a-f]{64})  \S+\n# (\d+) bytes\n")
"""A line that `sha256sum --check` reads, and a comment with the size, which is looked at first because it costs nothing."""


def beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def write(path: Path) -> str:
    """Note size and checksum of a closed file; returns the checksum."""
    digest = _digest(path)
    note(path, digest)
    return digest


def note(path: Path, digest: str, size: int | None = None) -> None:
    """Note a checksum that is known; the size too where the file is not there yet."""
    draft = beside(path).with_suffix(".draft")
    make_way(draft)
    make_way(beside(path))
    draft.write_text(f"{digest}  {path.name}\n# {path.stat().st_size if size is None else size} bytes\n", encoding="utf-8")
    draft.replace(beside(path))


def remove(path: Path) -> None:
    make_way(beside(path))
    beside(path).unlink(missing_ok=True)


def exists(path: Path) -> bool:
    return _noted(path) is not None


def wrong_size(path: Path) -> str | None:
    """How the size differs from the one noted, in words; None where it is the same or none was noted."""
    noted = _noted(path)
    size = path.stat().st_size
    return f"it has {size:,} bytes and was written with {noted[1]:,}" if noted and noted[1] != size else None


def read_only(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True)


def broken(path: Path, connect: Connect = read_only) -> str | None:
    """How the content differs from what was noted, in words; where nothing was noted, whether the whole database can be read."""
    noted = _noted(path)
    if noted is None:
        return unreadable(path, connect)
    return wrong_size(path) or (None if _digest(path) == noted[0] else "its bytes are not those that were written")


def unreadable(path: Path, connect: Connect = read_only) -> str | None:
    """Read every table of a database whole, which makes DuckDB verify its blocks; returns what it says, or None."""
    try:
        with connect(path) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
            for schema, table in tables:
                connection.execute(f'select bit_xor(hash(rows)) from "{schema}"."{table}" as rows').fetchone()
    except (duckdb.Error, OSError) as error:
        return str(error).splitlines()[0]
    return None


def _noted(path: Path) -> tuple[str, int] | None:
    """Checksum and size; None where the file beside is missing or is none of ours."""
    if not is_file(beside(path)):
        return None
    try:
        with beside(path).open(encoding="utf-8") as file:
            match = LINE.fullmatch(file.read(1000))
    except (OSError, ValueError):
        return None
    return (match[1], int(match[2])) if match else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
