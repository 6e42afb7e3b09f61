"""A database in memory that makes everything of generated reports of GDELT, again and again: for properties of what is asked of machine-coded data."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import duckdb
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bilateral import package_data
from bilateral.compute.runner import Runner
from bilateral.load.curated_files import transaction
from material import know_seeds

FIRST = date(2024, 1, 1)
LAST = 80
"""Number of the last day that was read."""
CODES = ["010", "042", "0331", "057", "112", "163"]
BACK = [0, 0, 0, 1, 2, 6, 7, 30]
SLUGS = ["tariff-talks", "border-wall", "visit", "drug-cartel"]

REPORT = st.tuples(
    st.integers(0, 12),  # the source's id: twelve ids for up to forty rows, so rows are coded again, also for another pair
    st.integers(0, 3) | st.integers(0, LAST),  # day of the act; many on few days, so that reports join
    st.sampled_from(BACK),  # days until it was published
    st.sampled_from(CODES),
    st.sampled_from([("USA", "MEX"), ("MEX", "USA"), ("USA", "CAN"), ("USA", "COL"), ("USA", "CHN")]),
    st.sampled_from(SLUGS),
    st.integers(1, 9),  # articles
)
READ = [
    "indicators.series",
    "core.known_since",
    "main.measures",
    "main.events",
    "main.event_codes",
    "main.gate_audit",
    "main.domains",
    "main.countries",
    "main.synonyms",
    "main.outcomes",
    "main.outcome_series",
    "main.backcasts",
]
"""What the macros read."""
TRIES = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def mill() -> Iterator[Runner]:
    """A fixture: the seeds' reference tables and the macros, and a runner to build the rest."""
    connection = duckdb.connect()
    know_seeds(connection)
    runner = Runner(connection, package_data.folder("queries"))
    runner.make_kept()
    runner.build(READ)
    runner.make_macros()
    yield runner
    connection.close()


def rebuild(runner: Runner, names: list[str]) -> None:
    """Build these tables anew, with what they are made of as far as it hangs on the loader's tables; reference tables stay as they are."""
    kept = {query.name for query in runner.queries if query.built == "kept"}
    wanted = runner.upstream(names) - kept
    chosen = [query for query in runner.queries if query.name in wanted and not kept.isdisjoint(runner.upstream([query.name]))]
    with transaction(runner.connection):
        for query in chosen:
            runner.make(query)
        for query in chosen:
            if query.built == "passing":
                runner.make_view(query)


def fill(connection: duckdb.DuckDBPyConnection, reports: list[tuple], mentions: list[tuple]) -> None:
    """Reports of GDELT, and the days that were read: each but every tenth."""
    for table in ("reports", "universe", "mentions"):
        connection.execute(f"delete from raw.{table}")
    for number, (source_id, day, back, code, (source, target), slug, n_articles) in enumerate(reports):
        act, added = FIRST + timedelta(day), datetime(2024, 1, 1, 9) + timedelta(day + back)
        connection.execute(
            "insert into raw.reports (report_id, dataset, source_event_id, event_day, added_at, source_country, target_country, code, url, n_articles)"
            " values (?, 'gdelt', ?, ?, ?, ?, ?, ?, ?, ?)",
            [f"r{number}", f"{source_id}", act, added, source, target, code, f"https://a.example/{slug}-{day % 3}", n_articles],
        )
    for number, (source_id, day) in enumerate(mentions):
        at = datetime(2024, 1, 1, 12) + timedelta(day)
        connection.execute(
            "insert into raw.mentions (report_id, dataset, source_event_id, mentioned_at, outlet, url) values (?, 'gdelt-mentions', ?, ?, 'b', ?)",
            [f"m{number}", f"{source_id}", at, f"https://b.example/{number}"],
        )
    connection.execute(
        "insert into raw.universe (dataset, file_name, md5, day, added_day, n_rows, n_articles)"
        " select 'gdelt', strftime(day, '%Y%m%d') || '.export.CSV.zip', day::varchar, day, day, 20, 40"
        " from (select (date '2024-01-01' + number::integer)::date as day from range(?) as numbers(number) where number % 10 <> 9)",
        [LAST + 1],
    )
