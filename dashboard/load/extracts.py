"""Extracts of a machine-coded dataset: files with selected rows of some days, which the user declares."""

from dataclasses import dataclass
from datetime import date

import duckdb

from bilateral.exits import Exit, Stop

FORM = "write two days (UTC), as in --covers 2011-07-01..2011-07-31"
MOST_DAYS = 36_600


@dataclass(frozen=True)
class Extract:
    """What its user says of a file: the days of which it has every row that passes the filter, and the filter in words."""

    first_day: date
    last_day: date
    filter: str | None = None


def extract_of(covers: str | None, filter_said: str | None, today: date) -> Extract | None:
    """The extract that --covers and --filter describe; None without --covers. Raises Stop 78."""
    if covers is None:
        if filter_said is not None:
            raise Stop(
                Exit.CONFIGURATION, "--filter says how an extract was chosen, so it goes with --covers, which says its days"
            )
        return None
    first, dots, last = covers.partition("..")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat(last.strip() if dots else first.strip())
    except ValueError:
        raise Stop(Exit.CONFIGURATION, f"--covers is {covers!r}, which is not a span of days; {FORM}") from None
    if days[0] > days[1]:
        raise Stop(Exit.CONFIGURATION, f"--covers is {covers!r}, whose last day is before its first; {FORM}")
    if days[1] > today:
        raise Stop(
            Exit.CONFIGURATION, f"--covers is {covers!r}, which ends after today ({today}); a file cannot cover days to come"
        )
    if days[0] < date(1900, 1, 1) or (days[1] - days[0]).days > MOST_DAYS:
        raise Stop(Exit.CONFIGURATION, f"--covers is {covers!r}, which is longer than any source goes back; {FORM}")
    return Extract(*days, filter_said or None)


def tell_judge(connection: duckdb.DuckDBPyConnection, extract: Extract | None) -> None:
    """The judge refuses rows of other days."""
    connection.execute("set variable covers_since = cast(? as date)", [extract.first_day if extract else None])
    connection.execute("set variable covers_until = cast(? as date)", [extract.last_day if extract else None])


def said_of(connection: duckdb.DuckDBPyConnection, dataset: str, extract: Extract) -> set[str]:
    """Checksums of the files of which the same was said before."""
    rows = connection.execute(
        """
        select md5 from raw.extract_days where dataset = ?
        group by md5 having (min(day), max(day), any_value(filter)) is not distinct from (cast(? as date), cast(? as date), cast(? as varchar))
        """,
        [dataset, extract.first_day, extract.last_day, extract.filter],
    ).fetchall()
    return {md5 for (md5,) in rows}


def note(connection: duckdb.DuckDBPyConnection, dataset: str, md5s: list[str], extract: Extract | None, run_id: str) -> None:
    """Keep what is said of these files; the days that they cover, or were said to cover before, count as changed."""
    for statement in (
        """
        insert into raw.changes
        select distinct dataset, day from raw.extract_days where dataset = ? and md5 in (select unnest(?::varchar[]))
        """,
        "delete from raw.extract_days where dataset = ? and md5 in (select unnest(?::varchar[]))",
    ):
        connection.execute(statement, [dataset, md5s])
    if extract:
        span = [dataset, extract.first_day, extract.last_day]
        connection.execute(
            """
            insert into raw.extract_days
            select ?1, md5, unnest(generate_series(cast(?2 as date), cast(?3 as date), interval 1 day))::date, ?4, ?5
            from (select distinct unnest(?6::varchar[]) as md5) as files
            """,
            [*span, extract.filter, run_id, md5s],
        )
        connection.execute(
            "insert into raw.changes select ?, unnest(generate_series(cast(? as date), cast(? as date), interval 1 day))::date",
            span,
        )
