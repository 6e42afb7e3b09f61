"""What each host asks for: pauses between requests, times before which it is left alone, and its robots.txt."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from bilateral.intake.store import moment, stamp

NAME = "bilateral"
"""Our name in robots.txt."""
ROBOTS_KEPT = timedelta(hours=24)
LONGEST_WAIT = timedelta(days=7).total_seconds()
"""A host that asks for more is asked again then: some headers mean no time at all."""


@dataclass(frozen=True)
class Rules:
    """What a robots.txt allows this program."""

    robots: Protego

    def allow(self, url: str) -> bool:
        return self.robots.can_fetch(url, NAME)

    @property
    def pause(self) -> float:
        """Seconds between two requests that it asks for."""
        return float(self.robots.crawl_delay(NAME) or 0)


def rules_of(text: str) -> Rules:
    """The rules of a robots.txt; an empty one allows everything."""
    return Rules(Protego.parse(text))


def kept_rules(connection: sqlite3.Connection, host: str, now: datetime) -> Rules | None:
    """The rules of a host as they were read within the last day; None where they must be read."""
    row = connection.execute("select robots, robots_at from hosts where host = ?", [host]).fetchone()
    read_at = moment(row["robots_at"]) if row else None
    return rules_of(row["robots"]) if read_at and now - read_at < ROBOTS_KEPT else None


def keep_rules(connection: sqlite3.Connection, host: str, text: str, now: datetime) -> None:
    connection.execute(
        "insert into hosts (host, robots, robots_at) values (?, ?, ?) "
        "on conflict (host) do update set robots = excluded.robots, robots_at = excluded.robots_at",
        [host, text, stamp(now)],
    )


@dataclass(frozen=True)
class Waits:
    """Seconds until a host may be asked: by the pace that we keep, and by what it asked for itself."""

    pace: float
    asked: float


def waits(connection: sqlite3.Connection, host: str, now: datetime) -> Waits:
    row = connection.execute("select next_allowed_at, left_alone_until from hosts where host = ?", [host]).fetchone()
    ends = [moment(text) for text in row] if row else []
    pace, asked = ((max(0.0, (end - now).total_seconds()) if end else 0.0) for end in ends or (None, None))
    return Waits(pace, asked)


def keep_pace(connection: sqlite3.Connection, host: str, now: datetime, seconds: float) -> None:
    """Ask a host not before some seconds have passed."""
    _until(connection, host, "next_allowed_at", now, seconds)


def leave_alone(connection: sqlite3.Connection, host: str, now: datetime, seconds: float) -> None:
    """Remember that a host asked to be left alone for some seconds."""
    _until(connection, host, "left_alone_until", now, seconds)


def _until(connection: sqlite3.Connection, host: str, column: str, now: datetime, seconds: float) -> None:
    """Whole seconds, rounded up, a week at most; a later time that is kept stays."""
    end = stamp(now + timedelta(seconds=min(seconds, LONGEST_WAIT), microseconds=999_999 if seconds else 0))
    connection.execute(
        f"insert into hosts (host, {column}) values (?, ?) "
        f"on conflict (host) do update set {column} = max(coalesce({column}, ''), excluded.{column})",
        [host, end],
    )
