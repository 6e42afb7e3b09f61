"""One run of a refresh: plan, load, build and check in one transaction, then a new snapshot."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from bilateral import package_data, steps
from bilateral.cluster import slices
from bilateral.cluster.files import read_in_tasks
from bilateral.cluster.session import Cluster
from bilateral.compute import revisions
from bilateral.compute.increments import Increment, build_all, changed_days, fill_here
from bilateral.compute.queries import QueryError, read
from bilateral.compute.runner import CheckFailed, Runner
from bilateral.data_folder import is_full
from bilateral.exits import Exit, Stop
from bilateral.intake import collection, copies, proposing, ranking, reviewed
from bilateral.intake.source_list import Source
from bilateral.load import bulk, curated_files, downloads, gaps, readings, reloads
from bilateral.load.curated_files import FileResult, SourceFile, transaction
from bilateral.load.downloads import Bar, Brought, Known, Request
from bilateral.load.inputs import Inputs
from bilateral.logs import log
from bilateral.outcomes import asking
from bilateral.outcomes import files as outcome_files
from bilateral.outcomes.files import Offer
from bilateral.publish.checks import Mending
from bilateral.publish.publication import Publication
from bilateral.publish.run_notes import Notes, RefreshResult, count
from bilateral.publish.work_database import Work
from bilateral.strings import texts

SAID = texts("en")
"""What a run says of itself, in the log, to programs and on pages, which translate it (pages/run_messages.py)."""
MEMORY = "2500MB"
"""What DuckDB may hold in memory while tables are built; what is more goes to a folder beside the work database while it is needed."""


class Run:
    """One refresh from start to end. Its id is the UTC time of its start, which also names the snapshot."""

    def __init__(self, data: Path, dyads: Path | None, accept_change: bool = False, corrections: Path | None = None):
        self.data = data
        self.cluster: Cluster | None = None
        self.accept_change = accept_change
        self.notes = Notes(data)
        self.run_id = self.notes.run_id
        self.work = Work(data)
        self.inputs = Inputs(data, dyads, corrections)
        self.said: list[str] = [*self.inputs.left_out]
        """What else a reader of the result should know, in sentences."""
        self.publication = Publication(data, self.notes)
        self.brought: list[Brought] = []
        self.has_asked = False

    def result_of(
        self,
        full: bool,
        coded: bulk.Coded | None,
        request: Request | None,
        bar: Bar,
        intake: Iterable[Source] = (),
        model: str | None = None,
        outcomes: asking.Asked | None = None,
    ) -> RefreshResult:
        """All of the run; what goes wrong becomes its result. A Stop or a fault is noted and passed on."""
        try:
            if self.cluster:
                self.cluster.check()
            if made := self.work.begin():
                self.said.append(made)
            if request:
                self.bring(request, bar)
            self.collect(intake)
            self.propose(model)
            return self.go(full, coded, asking.offers(outcomes, self.looked_at) if outcomes else ())
        except CheckFailed as error:
            return self.failed(Exit.DATA, SAID("runs.unpublished", reason=error))
        except QueryError as error:
            return self.failed(Exit.CONFIGURATION, str(error))
        except (FileExistsError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
            reason = f"{error.filename} cannot be written ({error.strerror}); move it away"
            return self.failed(Exit.CONFIGURATION, SAID("runs.unpublished", reason=reason))
        except OSError as error:
            return self.failed(Exit.TRY_AGAIN, SAID("runs.unpublished", reason=error))
        except Exception as fault:
            if is_full(fault) and not isinstance(fault, Stop):  # a Stop says which disk, as that of a worker
                return self.failed(Exit.TRY_AGAIN, SAID("runs.full"))
            code = fault.code if isinstance(fault, Stop) else Exit.FAULT
            self.note(self.failed(code, str(fault).splitlines()[0] if str(fault) else type(fault).__name__))
            raise

    def bring(self, request: Request, bar: Bar) -> None:
        """Download what the asked sources have and the work database has not. The database is closed meanwhile."""
        feeds = request.feeds()
        self.has_asked = True
        if not feeds:
            return
        with self.looked_at() as runner:
            known = downloads.known_by_feed(runner, feeds)
        for feed in feeds:
            steps.begin(f"asking {feed.name}")
            self.brought.append(downloads.bring(self.data, feed, known[feed.name], request, bar))
            self.notes.know_newest(self.brought[-1], known[feed.name].loaded())

    def collect(self, sources: Iterable[Source]) -> None:
        """Ask sources of the intake for published texts. One that fails is told, and the refresh goes on."""
        with self._sparing_the_refresh():
            outcomes = collection.collect(self.data, sources) if sources else []
            self.said += [one.sentence for one in outcomes if one.exit_code != Exit.DONE or one.n_new or one.n_revised]

    def propose(self, model: str | None) -> None:
        """Code what the intake brought and nobody coded yet, also with a language model where one is named."""
        with self._sparing_the_refresh():
            made = proposing.propose(self.data, proposing.pairs_of(self.inputs.dyad_files), model)
            self.said += filter(None, (made.sentence, ranking.learn(self.data)))

    @contextlib.contextmanager
    def _sparing_the_refresh(self) -> Iterator[None]:
        """What is inside may fail; the tables are made without it, and the reason is told once."""
        try:
            yield
        except (Stop, OSError, sqlite3.Error, duckdb.Error) as reason:
            said = SAID("runs.no_intake", reason=str(reason).splitlines()[0] if str(reason) else type(reason).__name__)
            self.said += [] if said in self.said else [said]

    @contextlib.contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The work database, written so that DuckDB 1.5 opens its copies too."""
        self.work.unseal()
        try:
            connection = duckdb.connect(
                str(self.work.path), config={"storage_compatibility_version": "v1.5.0", "memory_limit": MEMORY}
            )
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            advice = "run `bilateral restore` where it stays so"
            raise Stop(Exit.DATA, f"the work database {self.work.path} cannot be opened ({reason}); {advice}") from None
        try:
            self.inputs.tell(connection)
            connection.execute("set variable accept_change = ?::boolean", [self.accept_change])
            connection.execute("set variable today = ?::date", [self.notes.today])
            yield connection
        finally:
            connection.close()

    @contextlib.contextmanager
    def looked_at(self) -> Iterator[Runner]:
        """The tables as they would be, with what builds them; they are left as they are."""
        with self.open() as connection:
            connection.execute("begin")
            try:
                runner = Runner(connection, package_data.folder("queries"))
                runner.make_kept()
                yield runner
            finally:
                connection.execute("rollback")

    def go(self, full: bool, coded: bulk.Coded | None = None, offers: Sequence[Offer] = ()) -> RefreshResult:
        """Machine-coded files and outcomes are kept as soon as they are read; what changed is then built, checked and kept together, or not at all."""
        batches: list[bulk.Coded] = [coded] if coded else []
        batches += [(one.feed.dataset, list(one.paths), None) for one in self.brought if one.paths]
        with self.open() as connection:
            runner = Runner(connection, package_data.folder("queries"))
            with transaction(connection):
                runner.make_kept()
            before = count(connection, "raw.reports")
            reading = partial(read_in_tasks, self.cluster) if self.cluster else None
            loads = (bulk.load(connection, runner, self.run_id, *batch, reading=reading) for batch in batches)
            results = tuple(result for load in loads for result in load)
            results += (outcomes := outcome_files.load(connection, runner, self.run_id, offers))
            self.said += [f"{one.file_name}: {one.refusal}" for one in outcomes if one.refusal]
            with transaction(connection):
                is_copied = self._copy_intake(connection)
                self.publication.know(connection)
                result = self._build_what_changed(connection, runner, before, results, full, is_copied)
                self.said += self.publication.complete(runner, self.inputs.fingerprint())
            connection.execute("checkpoint")
            newest = connection.execute("select max(run_id) from raw.builds").fetchone()
            for one in self.brought:
                self.notes.know_newest(one, Known(readings.files_had(connection, one.feed.dataset)).loaded())
        steps.begin("publishing the snapshot")
        self.publication.publish_if_needed(self.work.path, newest[0] if newest else self.run_id)
        return replace(result, message="; ".join([result.message, *self.said]))

    def _copy_intake(self, connection) -> bool:
        """Bring what the intake knows, as the first of a transaction, which an error of DuckDB ends. Returns whether readers would see a change."""
        with self._sparing_the_refresh():
            try:
                return any([copies.bring(connection, self.data), reviewed.bring(connection, self.data)])
            except Exception:
                connection.execute("rollback")
                connection.execute("begin")
                raise
        return False

    def _build_what_changed(
        self, connection, runner: Runner, before: int, results: tuple[FileResult, ...], full: bool, is_copied: bool
    ) -> RefreshResult:
        built = self.is_built(connection) and not full
        self.brought = [one.with_results(results) for one in self.brought]
        states = curated_files.states(connection, self.inputs.sources)
        if not built:
            curated_files.forget_all(connection, self.inputs.unread)
        chosen = [file for file in self.inputs.sources if not built or states[file.name] != "known"]
        dropped = curated_files.forget_missing(connection, self.inputs.sources, self.inputs.unread)
        lacking = [gaps.note(connection, one.plan, one.gaps, self.run_id) for one in self.brought if one.plan]
        removed = 0
        if chosen or dropped:
            steps.begin(f"reading {len(chosen)} curated files")
            results += self._load(connection, runner, chosen)
            removed = curated_files.remove_dropped_rows(connection)
            curated_files.note_changes(connection)
        log.info("files.loaded", files=len(results), seconds=self.notes.seconds())
        corrected = built and curated_files.note_corrections(connection, runner)
        is_other = chosen or dropped or corrected or is_copied or any(lacking) or self._is_loaded_since(connection)
        if built and not is_other:
            return self.result(connection, SAID("runs.nothing"), files=results)
        self._build(connection, runner, built)
        after = count(connection, "raw.reports")
        changed = sum(states[file.name] == "changed" for file in chosen)
        added = after - before + removed
        message = SAID("runs.loaded", reports=after, added=added, removed=removed, files=len(results), changed=changed)
        result = self.result(connection, message, added, changed, removed, results)
        self.notes.record(connection, result)
        return result

    def _load(self, connection, runner: Runner, chosen: list[SourceFile]) -> tuple[FileResult, ...]:
        """Read curated files with the query that judges their rows, and the tables that it asks."""
        judge = read(runner.folder / "sources" / "curated.sql")
        runner.build(name for name in judge.inputs if "." in name)
        return tuple(curated_files.load(connection, judge.sql, chosen, self.run_id))

    def _build(self, connection, runner: Runner, built: bool) -> None:
        """The changed days where the tables are of these queries and seeds, else everything; then the checks and what readers see."""
        days = changed_days(connection) if built else None
        is_compared = revisions.remember(runner, days)
        if days is None:
            connection.execute("delete from raw.rejects where dataset = 'measures'")
            build_all(runner, partial(slices.fill, self.cluster) if self.cluster else fill_here)
            runner.make_macros()  # changed days leave them as they are: a macro finds its tables by name
            log.info("tables.built", seconds=self.notes.seconds())
            check = runner.check
        else:
            increment = Increment(runner, days, changed=["raw.corrections"])
            increment.build()
            log.info("tables.built", days=len(days), seconds=self.notes.seconds())
            check = increment.check
        steps.begin("checking the tables")
        mending = Mending(self.run_id, self.inputs, self.accept_change)
        mending.hold(runner, check)
        self.said += mending.said
        log.info("checks.passed", seconds=self.notes.seconds())
        if is_compared:
            revisions.note(runner, self.run_id, days)
        runner.comment()
        connection.execute("delete from raw.changes")
        connection.execute("insert into raw.builds values (?, ?)", [self.run_id, self.inputs.fingerprint()])
        connection.execute(f"insert into raw.sizes select '{self.run_id}', * from main.sizes")
        self.notes.know_rows(connection)

    def _is_loaded_since(self, connection) -> bool:
        """Files were read since the last build, perhaps by a run that was killed before its own."""
        found = connection.execute(
            """
            select count(*) from (
                select run_id from raw.files union all select run_id from raw.outcome_files where n_accepted + n_rejected > 0
            ) where run_id > (select max(run_id) from raw.builds)
            """
        ).fetchone()
        return found[0] > 0

    def failed(self, code: Exit, message: str) -> RefreshResult:
        result = RefreshResult(self.run_id, int(code), 0, 0, 0, message)
        if self.work.is_begun:
            with contextlib.suppress(duckdb.Error, OSError, Stop), self.open() as connection:
                self.notes.record(connection, result)
        return result

    def result(self, connection, message: str, added: int = 0, changed: int = 0, removed: int = 0, files=()) -> RefreshResult:
        lacking = [reload.sentence(self.data) for reload in reloads.needed(connection)]
        said = "; ".join([message, *(one.message for one in self.brought), *lacking])
        code = max([int(Exit.DONE), *(one.exit_code for one in self.brought)])
        return RefreshResult(self.run_id, code, added, changed, removed, said, files)

    def note(self, result: RefreshResult) -> None:
        """Tell readers of the end of this run, and of the sources where any was asked."""
        self.notes.end(result, self.brought if self.has_asked else None)

    def is_built(self, connection) -> bool:
        last = connection.execute("select max_by(fingerprint, run_id) from raw.builds").fetchone()
        return last is not None and last[0] == self.inputs.fingerprint()
