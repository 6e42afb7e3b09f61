"""Missing files of a source, as found when the source was contacted."""

from collections.abc import Iterable
from datetime import datetime

import duckdb

from bilateral.sources.gdelt_files import Gap, Plan


def looked_for(connection: duckdb.DuckDBPyConnection, feed: str) -> list[tuple[datetime, datetime]]:
    """Quarter hours that a feed lacks, each with the time of the run that looked for it last (UTC)."""
    rows = connection.execute("select slot, run_id from raw.gaps where feed = ? order by slot", [feed]).fetchall()
    return [(slot, datetime.strptime(run_id[:15], "%Y%m%dT%H%M%S")) for slot, run_id in rows]


def note(connection: duckdb.DuckDBPyConnection, plan: Plan, gaps: Iterable[Gap], run_id: str) -> bool:
    """Keep what is lacking in the days of a plan in the place of what was lacking before; returns whether that changed anything."""
    where = "feed = ? and (day between ? and ? or slot in (select unnest(?::timestamp[])))"
    span = [plan.feed.name, plan.since, plan.until, list(plan.again)]
    before = set(connection.execute(f"select slot, reason from raw.gaps where {where}", span).fetchall())
    found = {(gap.slot, gap.reason) for gap in gaps}
    if found == before:
        connection.execute(f"update raw.gaps set run_id = ? where {where}", [run_id, *span])
        return False
    connection.execute(f"delete from raw.gaps where {where}", span)
    rows = [[slot for slot, _ in found], [reason for _, reason in found]]
    connection.execute(
        """
        insert into raw.gaps
        select ?, ?, slot, slot::date, reason, ?
        from (select unnest(?::timestamp[]) as slot, unnest(?::varchar[]) as reason) as found
        """,
        [plan.feed.dataset, plan.feed.name, run_id, *rows],
    )
    return True
