"""Rebuilds what changed days affect: the same queries run only for those days, and their rows replace the old ones.

A query file whose header says `by  dataset, day` promises that its rows of one dataset and day are made of its inputs' rows of that dataset
and day. Such a table is built for the changed days beside the old one, and only days that came out different are replaced.
A file whose header says `frame` looks at all days of the same four weeks: from it on, the four weeks of the changed days are taken.
Indicators are built anew of the datasets whose days changed, see chains.py.
Every other table is built anew when something that it reads has changed, or, where its header says `when  table`, when that one has.
The result is what a full build makes; tests hold it to that.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from bilateral import sql_literals
from bilateral.compute import chains
from bilateral.compute.queries import Query, reading
from bilateral.compute.runner import Runner

MOST_DAYS = 300
"""Changed days of a dataset, above: all its days are taken."""

SLICE = 250_000
"""Reports that a full build takes at once, or those of one month; bounds its memory."""

FRAME = 28
"""Days that a file with `frame` in its header looks at together, from a Monday on; fixed, see queries/core/happenings.sql."""

FIRST_FRAME = date(1900, 1, 1)

FRAME_START = f"(date '{FIRST_FRAME}' + (date_diff('day', date '{FIRST_FRAME}', event_day) // {FRAME} * {FRAME})::integer)::date"
MONTH_START = "date_trunc('month', event_day)::date"
"""First day of the four weeks, or of the month, in which a report lies."""

Days = dict[str, set[date] | tuple[date, date] | None]
"""Days by dataset: these, from one to another, or None for all."""

FirstDays = dict[str | None, date | None]
"""The first other day by dataset, None for all days; the dataset None where a table has no such column."""


def changed_days(connection) -> Days:
    """What `raw.changes` says."""
    days: Days = {}
    for dataset, day in connection.execute("select distinct dataset, day from raw.changes").fetchall():
        known = days.setdefault(dataset, set())
        days[dataset] = known | {day} if day and isinstance(known, set) and len(known) < MOST_DAYS else None
    return days


Fill = Callable[[Runner, list[Query]], None]  # puts the rows of all slices into tables that are built by day and are empty


def fill_here(runner: Runner, by_day: list[Query]) -> None:
    """One slice after another, on this machine."""
    for days in slices(runner, FRAME_START, SLICE):
        for query, beside in Increment(runner, days).made(by_day):
            if query.built != "passing":
                runner.connection.execute(f"insert into {query.name} select * from {beside}")


def build_all(runner: Runner, fill: Fill = fill_here) -> None:
    """A full build in the memory of a small one: what is built by day, slice by slice."""
    by_day = [query for query in runner.queries if query.by and query.built != "kept"]
    chain = chains.of_datasets(runner.queries)
    others = [query for query in runner.queries if not query.by and query.built != "kept" and query not in chain]
    made_of_chain = {query.name for query in chain}
    first = [query for query in others if runner.upstream([query.name]).isdisjoint(one.name for one in by_day)]
    for query in first:
        runner.make(query)
    for query in by_day:
        runner.make_empty(query)
    fill(runner, by_day)
    last = [query for query in others if not made_of_chain.isdisjoint(query.inputs)]
    for query in others:
        if query not in first and query not in last:
            make(runner, query)
    chains.build(runner, chain)
    for query in last:
        runner.make(query)
    for query in runner.queries:
        if query.built == "passing" and query not in chain:
            runner.make_view(query)


def make(runner: Runner, query: Query) -> None:
    """Build one table or view; one that is `sliced` takes a run of months after another, so that its memory is bounded too."""
    if "sliced" not in query.fields:
        runner.make(query)
        return
    tables = {each.name: each for each in runner.queries}
    runner.make_empty(query)
    for days in slices(runner, MONTH_START, SLICE):
        runner.run(query.name, f"insert into {query.name} {on_days(query, days, tables)}", query.path)
    runner.hold_to_header(query)


def on_days(query: Query, days: Days, tables: dict[str, Query]) -> str:
    """The query as it reads only these days of what is built by day, itself or through views."""
    sql = query.sql
    for name in query.inputs:
        if tables[name].by:
            rows = f"select * from {name} where {condition(tables[name], days)}"
        elif tables[name].built == "view":
            rows = on_days(tables[name], days, tables)
        else:
            continue
        taken = f"({rows}) as {name.split('.')[1]}".replace("\\", r"\\")
        sql = re.sub(rf"\b{re.escape(name)}\b", taken, sql)
    return sql


def slices(runner: Runner, start: str, most: int) -> list[Days]:
    """Curated datasets together, as their ids must differ; of the others runs of whole months or four weeks with at most `most` reports, or of one."""
    counts = runner.connection.execute(f"""
        select dataset, {start}, count(*)
        from raw.reports where dataset in (select dataset from staging.datasets where not is_curated)
        group by all order by all
    """).fetchall()
    curated = runner.connection.execute("select dataset from staging.datasets where is_curated").fetchall()
    found: list[Days] = [{dataset: None for (dataset,) in curated}]
    for dataset in dict.fromkeys(row[0] for row in counts):
        first, n = date.min, 0
        for _, started, n_reports in (row for row in counts if row[0] == dataset):
            if n and n + n_reports > most:
                found.append({dataset: (first, started - timedelta(days=1))})
                first, n = started, 0
            n += n_reports
        found.append({dataset: (first, date.max)})
    return found


class Increment:
    """One build of changed days in the caller's transaction."""

    def __init__(self, runner: Runner, days: Days, changed: Iterable[str] = ()):
        self.runner = runner
        self.connection = runner.connection
        self.days = days
        self.changed = set(changed)
        """Tables that are other than before, so far."""
        self.beside: dict[str, str] = {}
        """Tables built by day, each with the temporary table that holds its rows of the changed days."""
        self.first_days: dict[str, FirstDays] = {}
        """From which day on a changed table has other rows than before."""

    def build(self) -> None:
        """Bring every table to where a full build would bring it."""
        in_frames = self._looking_at_frames()
        chain = chains.of_datasets(self.runner.queries)
        for query in (query for query in self.runner.queries if query.name not in in_frames and query not in chain):
            self._bring(query)
        self._take_whole_frames()
        for query in (query for query in self.runner.queries if query.name in in_frames and query not in chain):
            self._bring(query)
        self._bring_chain(chain)
        for query in self.runner.queries:
            if query.built == "passing" and query.name in self.changed and not query.by and query not in chain:
                self.runner.make_view(query)

    def _bring(self, query: Query) -> None:
        if query.built == "kept":
            self._take_kept(query)
        elif self._is_touched(query):
            if query.built == "view":
                self.changed.add(query.name)
            elif query.by:
                self._replace_days(query)
            else:
                self._build_anew(query)

    def _bring_chain(self, chain: list[Query]) -> None:
        """Series of the datasets of which something that they are made of has changed, from the first other day on."""
        names = {query.name for query in chain}
        reads = {name for query in chain for name in query.inputs} - names
        since: FirstDays = {}
        for first in (self.first_days.get(name, {None: None}) for name in reads & self.changed):
            since |= {dataset: _earlier(day, since.get(dataset, day)) for dataset, day in first.items()}
        if None in since:
            chains.build(self.runner, chain)
        else:
            for dataset, day in since.items():
                chains.build_since(self.runner, chain, str(dataset), day)

    def _looking_at_frames(self) -> set[str]:
        """Tables that look at days of the same four weeks, themselves or through others."""
        found: set[str] = set()
        for query in self.runner.queries:
            if "frame" in query.fields or not found.isdisjoint(query.inputs):
                found.add(query.name)
        return found

    def _take_whole_frames(self) -> None:
        """From now on all days of the four weeks in which a changed day lies; tables that are kept give their rows of these."""
        self.days = {dataset: in_whole_frames(days) for dataset, days in self.days.items()}
        tables = {query.name: query for query in self.runner.queries}
        for name in self.beside:
            if tables[name].built != "passing":
                self._put_beside(tables[name], f"select * from {name} where {condition(tables[name], self.days)}")

    def made(self, by_day: list[Query]) -> Iterator[tuple[Query, str]]:
        """Make the rows of these days beside tables that have none of them yet: each file with its temporary table."""
        for query in self.runner.queries:
            if query.built == "kept" and query.by:
                self._take_kept(query)
        for query in by_day:
            self._put_beside(query, self._on_changed_days(query))
            yield query, self.beside[query.name]

    def check(self) -> None:
        """As Runner.check; a check that holds day by day looks at the changed days alone."""
        for query in self.runner.checks():
            self.runner.hold(query, self._on_changed_days(query) if "by" in query.fields else query.sql)

    def _take_kept(self, query: Query) -> None:
        """The loader's tables may have changed, whatever they are."""
        self.changed.add(query.name)
        if query.by:
            self._put_beside(query, f"select * from {query.name} where {condition(query, self.days)}")

    def _is_touched(self, query: Query) -> bool:
        return query.when in self.changed if query.when else not self.changed.isdisjoint(query.inputs)

    def _replace_days(self, query: Query) -> None:
        self._put_beside(query, self._on_changed_days(query))
        if query.built == "passing":
            self.changed.add(query.name)
        elif days := self._different_days(query):
            self.changed.add(query.name)
            self.first_days[query.name] = {dataset: min(of_dataset) for dataset, of_dataset in days.items()}
            where = condition(query, dict(days))
            self.connection.execute(f"delete from {query.name} where {where}")
            self.connection.execute(f"insert into {query.name} select * from {self.beside[query.name]} where {where}")

    def _build_anew(self, query: Query) -> None:
        is_compared = query.layer in ("staging", "core")  # small, and much hangs on them
        before = self._digests(query) if is_compared else set()
        make(self.runner, query)
        if not is_compared:
            self.changed.add(query.name)
        elif different := before ^ self._digests(query):
            self.changed.add(query.name)
            for dataset, day, *_ in different:
                first = self.first_days.setdefault(query.name, {})
                first[dataset] = _earlier(day, first.get(dataset, day))

    def _put_beside(self, query: Query, sql: str) -> None:
        self.beside[query.name] = self.runner.make_beside(query, sql)

    def _on_changed_days(self, query: Query) -> str:
        """The query as it reads only the changed days of what is built by day."""
        return reading(query, self.beside)

    def _different_days(self, query: Query) -> dict[str, set[date]]:
        """Sums are compared in single precision: added up in another order they differ in their last digits, which is no change."""
        dataset, day = query.by
        cells = ", ".join(f"{column.name}::float" if column.type == "double" else column.name for column in query.columns)
        digest = f"select {dataset}, {day}, count(*), sum(hash({cells})::hugeint) from {{}} where {{}} group by {dataset}, {day}"
        old = self.connection.execute(digest.format(query.name, condition(query, self.days))).fetchall()
        new = self.connection.execute(digest.format(self.beside[query.name], "true")).fetchall()
        found: dict[str, set[date]] = {}
        for row in set(old) ^ set(new):
            found.setdefault(row[0], set()).add(row[1])
        return found

    def _digests(self, query: Query) -> set[tuple]:
        """What the table holds of each dataset and day, as far as it has these columns; by them a change is seen."""
        names = {column.name for column in query.columns}
        dataset, day = (name if name in names else "null" for name in ("dataset", "day"))
        sql = f"select {dataset}, {day}, count(*), sum(hash(rows)::hugeint) from {query.name} as rows group by 1, 2"
        return set(self.connection.execute(sql).fetchall())


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else None


def in_whole_frames(days: set[date] | tuple[date, date] | None) -> set[date] | tuple[date, date] | None:
    """All days of the four weeks in which these days lie; a run of days has whole ones already."""
    if not isinstance(days, set):
        return days
    starts = {day - (day - FIRST_FRAME) % timedelta(days=FRAME) for day in days}
    return {start + timedelta(days=n) for start in starts for n in range(FRAME)}


def condition(query: Query, days: Days) -> str:
    """That a row of the query's table is of one of these days."""
    dataset, day = query.by
    parts = [f"({dataset} = '{name}' and {_is_of(day, of_name)})" for name, of_name in days.items()]
    sets = [of_name for of_name in days.values() if isinstance(of_name, set)]
    everywhere = f"{_is_of(day, set().union(*sets))} and " if sets and len(sets) == len(days) else ""
    return f"{everywhere}({' or '.join(parts)})" if days else "false"


def _is_of(day: str, days: set[date] | tuple[date, date] | None) -> str:
    if days is None:
        return "true"
    if isinstance(days, tuple):
        return f"{day} between date '{days[0]}' and date '{days[1]}'"
    return sql_literals.is_among(day, sorted(days))
