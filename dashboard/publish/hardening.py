"""Settings without a way from SQL to files, extensions or other settings, and a snapshot that DuckDB reads without knowing where it lies."""

import io
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb
from fsspec import AbstractFileSystem

HARDENED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
"""No way from SQL to other files, to extensions or to settings; `read_only` alone leaves all three open."""
NAME = "relations"
"""What a statement may call the database."""
ADDRESS = f"snapshot://{NAME}"
"""What DuckDB takes for its path and puts into columns, settings and messages."""


class OneFile(AbstractFileSystem):
    """The files that DuckDB finds here: the one that was opened before, and no log beside it."""

    protocol = "snapshot"
    cachable = False

    def __init__(self, path: str):
        super().__init__()
        self.held = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self.is_closed = False

    def exists(self, path: str, **_: Any) -> bool:
        return path in (NAME, ADDRESS)

    isfile = exists

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        return {"name": path, "size": os.fstat(self.held).st_size, "type": "file"}

    def modified(self, path: str) -> datetime:
        return datetime.fromtimestamp(os.fstat(self.held).st_mtime, UTC)

    def _open(self, path: str, mode: str = "rb", *_: Any, **__: Any) -> io.FileIO:
        if self.is_closed or mode != "rb" or not self.exists(path):
            raise PermissionError("nothing else can be opened")
        return io.FileIO(os.dup(self.held), "rb")


def attach(path: str, config: Mapping[str, str], settings: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """A connection to one file that knows neither its path nor, any more, how to open another. Raises OSError or duckdb.Error."""
    files = OneFile(path)
    connection = duckdb.connect(config={**config})
    connection.register_filesystem(files)
    connection.execute(f"attach '{ADDRESS}' as {NAME} (read_only)")
    connection.execute(f"use {NAME}")
    connection.execute("detach memory")
    files.is_closed = True
    for name, value in {**settings, **HARDENED}.items():  # in their order: without external access others cannot be set any more
        connection.execute(f"set {name} = '{value}'")
    os.close(files.held)
    return connection
