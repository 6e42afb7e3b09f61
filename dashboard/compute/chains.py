"""Builds the files whose rows of a dataset are made of its inputs' rows of that dataset: the indicators, which are series of their own.

The first file of the chain says `each  dataset` in its header; all of its layer that are made of it belong to the chain. What is only
passing on the way there stands in temporary tables, so that nothing of it is written to the work database.

A day changes no indicator of an earlier one. So the same files are read with narrower inputs, from a day on that the first other day
needs (queries/changes/series_starts.sql), and only rows from the first other day on are replaced. A file that `looks  back to the first
day` has the kept balances of the days before.
"""

from datetime import date

from bilateral import sql_literals
from bilateral.compute.queries import Query, read, reading
from bilateral.compute.runner import Runner

BALANCE = "indicators.balance"


def of_datasets(queries: list[Query]) -> list[Query]:
    """The files of the chain in their order."""
    found: dict[str, Query] = {}
    for query in queries:
        is_made_of_it = any(found[name].layer == query.layer for name in query.inputs if name in found)
        if query.is_by_dataset or is_made_of_it:
            found[query.name] = query
    return list(found.values())


def build(runner: Runner, chain: list[Query]) -> None:
    """Make the series of all datasets; views stand in the place of what passes."""
    beside: dict[str, str] = {}
    for query in chain:
        if query.built == "table":
            runner.make(query, reading(query, beside))
        else:
            beside[query.name] = runner.make_beside(query, reading(query, beside))
    for query in chain:
        if query.name in beside:
            runner.make_view(query)
    _drop(runner, chain)


def build_since(runner: Runner, chain: list[Query], dataset: str, since: date | None) -> None:
    """Put the series of a dataset from a day on, or of all days, in the place of those that were."""
    first = since or date.min
    is_new = f"dataset = {sql_literals.text(dataset)} and day >= date '{first}'"
    beside = _narrowed(runner, dataset, since) if since else {}
    for query in chain:
        instead = beside | _with_kept(runner, query, beside, dataset, first)
        sql = reading(query, instead)
        if query.is_by_dataset:
            sql = f"select * from ({sql}) as rows where dataset = {sql_literals.text(dataset)}"
        if query.built == "table":
            runner.connection.execute(f"delete from {query.name} where {is_new}")
            runner.run(query.name, f"insert into {query.name} select * from ({sql}) as rows where {is_new}", query.path)
            runner.hold_to_header(query)
        else:
            beside[query.name] = runner.make_beside(query, sql)
    _drop(runner, chain)


def _narrowed(runner: Runner, dataset: str, since: date) -> dict[str, str]:
    """What the chain reads of other layers by day, as far back as the first day needs it."""
    starts = read(runner.folder / "changes" / "series_starts.sql")
    runner.connection.execute(f"create or replace temp table series_starts as {starts.sql}", {"dataset": dataset, "since": since})
    of_dataset = f"dataset = {sql_literals.text(dataset)}"
    runner.connection.execute(f"""
        create or replace temp table recent_calendar as
        select calendar.* from core.calendar inner join series_starts on calendar.dyad = series_starts.pair
        where {of_dataset} and calendar.day >= series_starts.day
    """)
    runner.connection.execute(f"""
        create or replace temp table recent_dyad_day as
        select dyad_day.* from core.dyad_day inner join staging.dyad_keys on dyad_day.dyad = dyad_keys.dyad
        inner join series_starts on dyad_keys.pair = series_starts.pair
        where {of_dataset} and domain in (select domain from indicators.requested) and dyad_day.day >= series_starts.day
    """)
    return {"core.calendar": "recent_calendar", "core.dyad_day": "recent_dyad_day"}


def _with_kept(runner: Runner, query: Query, beside: dict[str, str], dataset: str, since: date) -> dict[str, str]:
    """For a file that looks at all days: balances of the days before too."""
    if not query.looks_at_all_days or "core.calendar" not in beside:
        return {}
    kept = read(runner.folder / "changes" / "kept_balances.sql")
    runner.connection.execute(
        f"""
        create or replace temp table all_balances as
        select * from {beside[BALANCE]} where day >= $since::date union all by name ({kept.sql})
        """,
        {"dataset": dataset, "since": since},
    )
    return {BALANCE: "all_balances"}


def _drop(runner: Runner, chain: list[Query]) -> None:
    for query in reversed(chain):
        if query.built != "table":
            runner.drop_beside(query)
