"""The work database between runs: sealed when closed, checked before it is opened, rebuilt from a snapshot if missing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilateral.data_folder import make_way, put_away
from bilateral.exits import Exit, Stop
from bilateral.logs import log
from bilateral.publish import checksums, journal, snapshots
from bilateral.publish.locking import lock

NAME = "work.duckdb"


class Work:
    """The work database of a data folder. Whoever opens it does so between `begin` and `end`; a killed run leaves it without a seal."""

    def __init__(self, data: Path):
        self.data = data
        self.path = data / NAME
        self.wal = self.path.with_name(f"{NAME}.wal")
        self.draft = self.path.with_suffix(".draft")
        self.is_begun = False

    @contextmanager
    def used(self) -> Iterator[None]:
        self.begin()
        try:
            yield
        finally:
            self.end()

    def begin(self) -> str | None:
        """Make sure that it is whole, or is made; returns a sentence where it was made from a snapshot.

        Raises Stop 65 with the way back where it, or every snapshot, is damaged."""
        said = None
        if not os.path.lexists(self.path):
            said = self._made_again()
        elif fault := self.damage():
            if "set lock on file" in fault:
                raise Stop(Exit.TRY_AGAIN, f"another program has {self.path} open ({fault}); close it and try again")
            advice = "run `bilateral restore`: it rebuilds it from the last good snapshot and keeps the damaged file"
            raise Stop(Exit.DATA, f"the work database {self.path} cannot be used ({fault}); {advice}")
        elif checksums.exists(self.path) and os.path.lexists(self.wal):  # it was closed, so this log is not its own
            log.error("work.foreign_log", kept_as=put_away(self.wal, "foreign").name)
        self.draft.unlink(missing_ok=True)  # a restore that was killed
        self.is_begun = True
        return said

    def end(self) -> None:
        """Seal it, unless the run broke off before it was opened."""
        if self.is_begun and self.path.is_file() and not self.wal.exists() and not checksums.exists(self.path):
            checksums.write(self.path)
        self.is_begun = False

    def unseal(self) -> None:
        """Before each opening: a run that is killed leaves it without a seal."""
        checksums.remove(self.path)

    def damage(self) -> str | None:
        """What is wrong with it. One that was changed since it was sealed, or never was, is read whole: DuckDB verifies each block."""
        try:
            if not self.path.is_file():
                return "it is not a file, or a link that leads nowhere"
            return checksums.broken(self.path) and checksums.unreadable(self.path)
        except OSError as error:
            return error.strerror or str(error)

    def _made_again(self) -> str | None:
        """From the last good snapshot, where there are any: it holds rows whose files may be gone."""
        if not snapshots.newest_first(self.data):
            return None
        good = snapshots.last_good(self.data)
        if good is None:
            advice = f"restore {self.data} from a back-up, or move snapshots/ away to start again from the source files"
            raise Stop(Exit.DATA, f"there is no work database in {self.data}, and no snapshot in it is whole; {advice}")
        if os.path.lexists(self.wal):
            put_away(self.wal, "foreign")
        self.copy(good)
        return f"the work database was gone and was made from {good.name}"

    def copy(self, snapshot: Path) -> None:
        """Take a snapshot as the work database: at once, or not at all."""
        make_way(self.draft)
        shutil.copyfile(snapshot, self.draft)
        self.draft.replace(self.path)
        checksums.write(self.path)


def restore(data: Path) -> list[str]:
    """Rebuild a damaged or missing work database from the last good snapshot; returns what was done, in sentences.

    The damaged file is kept beside. Raises Stop 69 where no snapshot is whole; then nothing was changed."""
    with lock(data):
        work = Work(data)
        is_there = os.path.lexists(work.path)
        fault = work.damage() if is_there else "it is gone"
        if fault is None:
            return [f"the work database {work.path} is whole; nothing was changed"]
        good = snapshots.last_good(data)
        if good is None:
            raise Stop(
                Exit.UNAVAILABLE, f"no snapshot in {data} is whole, so that nothing can be restored from one; restore a back-up"
            )
        kept = [put_away(path, "damaged") for path in (work.path, work.wal) if os.path.lexists(path)]
        work.copy(good)
        return [
            f"the work database was made from {good.name} ({fault})",
            *(f"the damaged file is kept as {path}" for path in kept),
            *_lacking(data, snapshots.version(good)),
        ]


def _lacking(data: Path, version: str) -> list[str]:
    """What runs after that snapshot brought is read again where its files still lie in the inbox."""
    runs = [run for run in journal.history(data) if run.run_id > version and (run.added or run.changed or run.removed)]
    said = [f"{len(runs)} later runs brought rows: {run.started_at} {run.message}" for run in runs[-1:]]
    again = "`bilateral refresh` reads the files of the inbox and downloads again; machine-coded files from elsewhere need `bilateral load`"
    return [*said, f"what was loaded after it may be lacking: {again}"]
