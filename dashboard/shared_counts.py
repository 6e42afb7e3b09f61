"""Numbers shared by the workers of a server: one SQLite file in their common folder, recreated if removed."""

import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FILE = "counts.sqlite"


class Shared:
    """Tables of a few numbers that all workers see; without a folder those of this process alone. Nothing needs to outlive the machine, so nothing
    waits for the disk. Where somebody removed the file, it begins anew."""

    def __init__(self, together: Path | None):
        self.path = together / FILE if together else None
        self.lock = threading.Lock()
        self.connection: sqlite3.Connection | None = None
        self.number = 0

    def ask(self, statement: str, given: Mapping[str, Any]) -> list[tuple]:
        """Rows of one statement. Raises sqlite3.Error where the file cannot be used."""
        with self.lock:
            if self.connection is None or self.number != self._number():
                self.connection = self._open()
            return self.connection.execute(statement, given).fetchall()

    def _number(self) -> int:
        """Which file has the name now: 0 where none has."""
        try:
            return self.path.stat().st_ino if self.path else 0
        except OSError:
            return 0

    def _open(self) -> sqlite3.Connection:
        if self.path:
            make(self.path.parent)
        connection = sqlite3.connect(self.path or ":memory:", timeout=10, isolation_level=None, check_same_thread=False)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = off")
        connection.execute("create table if not exists counts (key text primary key, n integer, expires real)")
        connection.execute("create table if not exists guesses (who text primary key, n integer, last real)")
        connection.execute("create table if not exists admitted (digest blob primary key)")
        connection.execute("delete from counts where expires <= ?", (time.time(),))
        self.number = self._number()
        return connection


def make(folder: Path) -> None:
    """Make a folder for this user alone, where it is not there. Raises sqlite3.OperationalError where it is another user's, or cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            raise sqlite3.OperationalError(f"{folder} is another user's")
    except OSError as error:
        raise sqlite3.OperationalError(str(error)) from None
