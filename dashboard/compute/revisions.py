"""Records what a build changed in existing events, and why: rows of raw.revisions."""

from bilateral.compute.increments import Days, condition
from bilateral.compute.queries import Query, read
from bilateral.compute.runner import Runner


def remember(runner: Runner, days: Days | None) -> bool:
    """Keep events as they are, of these days or all, for the comparison; false where there are none of these columns yet."""
    events = next(query for query in runner.queries if query.name == "core.events")
    if not runner.has(events):
        return False
    runner.connection.execute(f"create or replace temp table events_before as {on_days(events, days)}")
    return True


def on_days(events: Query, days: Days | None) -> str:
    return f"select * from core.events where {'true' if days is None else condition(events, days)}"


def note(runner: Runner, run_id: str, days: Days | None) -> None:
    """Compare the same days with the events that were remembered. A rebuild of everything has its own reason."""
    is_full = days is None
    events = next(query for query in runner.queries if query.name == "core.events")
    changes = read(runner.folder / "changes" / "revisions.sql").sql.replace("core.events", f"({on_days(events, days)}) as events")
    reason = "case when reason = 'more reports' then 'queries or seeds changed' else reason end" if is_full else "reason"
    runner.connection.execute(
        f"insert into raw.revisions select event_id, field, old, new, ?, {reason} from ({changes}) as changes", [run_id]
    )
    runner.connection.execute("drop table temp.events_before")
