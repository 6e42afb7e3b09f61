"""How often each address has asked, counted by all workers together: a storage for flask-limiter, which has none that processes share without a server."""

import sqlite3
import threading
import time
from pathlib import Path

from limits.storage import Storage

FILE = "rates.sqlite"
COUNT = """
insert into counts values (:key, :amount, :now + :expiry)
on conflict (key) do update set n = iif(expires <= :now, 0, n) + :amount, expires = iif(expires <= :now, :now + :expiry, expires)
returning n
"""


def uri(together: Path | None) -> str:
    """What flask-limiter calls the place of its counts; without a folder they are of this process alone."""
    return f"counted-in-a-file://{together / FILE}" if together else "memory://"


class Rates(Storage):
    """Counts by key until they expire. A connection a thread; nothing needs to outlive the machine, so nothing waits for the disk."""

    STORAGE_SCHEME = ["counted-in-a-file"]  # noqa: RUF012  the library's own name and type

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: float | str | bool):
        super().__init__(uri, wrap_exceptions, **options)
        self.path = uri.partition("://")[2]
        self.own = threading.local()

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        given = {"key": key, "amount": amount, "now": time.time(), "expiry": expiry}
        return int(self._connection().execute(COUNT, given).fetchall()[0][0])

    def get(self, key: str) -> int:
        return int(self._found("n", key) or 0)

    def get_expiry(self, key: str) -> float:
        return float(self._found("expires", key) or time.time())

    def check(self) -> bool:
        return self._connection().execute("select 1").fetchone() == (1,)

    def reset(self) -> int:
        return self._connection().execute("delete from counts").rowcount

    def clear(self, key: str) -> None:
        self._connection().execute("delete from counts where key = ?", (key,))

    def _found(self, column: str, key: str) -> float | None:
        statement = f"select {column} from counts where key = ? and expires > ?"
        row = self._connection().execute(statement, (key, time.time())).fetchone()
        return row[0] if row else None

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self.own, "connection"):
            self.own.connection = connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = off")
            connection.execute("create table if not exists counts (key text primary key, n integer, expires real)")
            connection.execute("delete from counts where expires <= ?", (time.time(),))
        return self.own.connection
