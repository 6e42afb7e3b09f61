"""What day it is: that of UTC, for files, pages, links and programs alike. No row is of a later one but tomorrow, which some time zones have already."""

from datetime import UTC, date, datetime

import duckdb


def today() -> date:
    """The day (UTC) of the clock."""
    return datetime.now(UTC).date()


def know_today(connection: duckdb.DuckDBPyConnection) -> None:
    """Tell a database the day (UTC), as the variable `today`, unless it has been told: a refresh tells it that of its run, which never goes back."""
    connection.execute("set variable today = coalesce(getvariable('today'), ?::date)", [today()])


def today_of(connection: duckdb.DuckDBPyConnection) -> date:
    """The day that a database was told."""
    ((day,),) = connection.execute("select getvariable('today')").fetchall()
    return day
