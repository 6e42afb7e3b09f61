"""Which snapshot readers get: the one that the pointer names, or the last good one if that cannot be read."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from bilateral.exits import Exit, Stop
from bilateral.logs import log
from bilateral.publish import checksums, snapshots
from bilateral.publish.snapshots import NoSnapshot, connect

AGAIN = 5.0
"""Seconds after which a snapshot that could not be read is tried again under the same name."""

Held = tuple[Path, duckdb.DuckDBPyConnection]
"""A snapshot that is open."""

Judge = Callable[[duckdb.DuckDBPyConnection], str | None]
"""Says what a snapshot lacks that this version of the project asks for."""


class Opened:
    """One open snapshot of a data folder, swapped when the pointer moves. Its caller holds a lock while it calls."""

    def __init__(self, data: Path, judge: Judge):
        self.data = data
        self.judge = judge
        self.fault: str | None = None
        """Why the snapshot of the pointer is not the one that answers, or answers only in part."""
        self._held: Held | None = None
        self._pointed: Path | None = None
        self._again_at = 0.0
        self._damaged: dict[Path, str] = {}

    def follow(self) -> Held:
        """What the pointer names, opened unless it is open already. Raises NoSnapshot or Stop where nothing can be read."""
        try:
            pointed, refusal = snapshots.current(self.data), None
        except NoSnapshot as missing:
            pointed, refusal = None, missing
        if self._held and self._held[0] in self._damaged:
            self._held = None
        is_waiting = time.monotonic() < self._again_at
        if self._held and pointed == self._pointed and (self.fault is None or is_waiting):
            return self._held
        self._pointed, self._again_at = pointed, time.monotonic() + AGAIN
        return self._choose(pointed, refusal)

    def lose(self, path: Path, reason: str) -> None:
        """This snapshot turned out to be damaged; the next question is answered from another one. May be called without the lock."""
        self._damaged[path] = reason
        log.error("snapshot.damaged", snapshot=path.name, reason=reason)

    def _choose(self, pointed: Path | None, refusal: Exception | None) -> Held:
        """The first that this version can read whole, else the first that opens: the pointer's, the one held, the newest of the others."""
        partly: tuple[Held, str] | None = None
        for path in self._candidates(pointed):
            try:
                held = self._held if self._held and path == self._held[0] else (path, self._connect(path))
            except Stop as stop:
                refusal = refusal or stop
                continue
            lacks = self.judge(held[1])
            if lacks is None:
                return self._take(held, snapshots.stand_in(refusal, path) if path != pointed else None)
            lacking = f"the snapshot {path.name} was made by another version of bilateral ({lacks}); run `bilateral refresh`"
            refusal, partly = refusal or Stop(Exit.DATA, lacking), partly or (held, lacking)
        if partly:
            return self._take(*partly)
        raise refusal or NoSnapshot(f"no snapshot in {self.data}; run `bilateral refresh` first")

    def _candidates(self, pointed: Path | None) -> list[Path]:
        known = [pointed, self._held[0] if self._held else None, *snapshots.newest_first(self.data)]
        return [path for path in dict.fromkeys(known) if path]

    def _connect(self, path: Path) -> duckdb.DuckDBPyConnection:
        if path in self._damaged:
            raise snapshots.refused(path, self._damaged[path])
        return connect(path)

    def _take(self, held: Held, fault: str | None) -> Held:
        if fault and fault != self.fault:
            log.error("snapshot.not_read", reason=fault)
        if held is not self._held and checksums.exists(held[0]):
            threading.Thread(target=self._verify, args=(held[0],), daemon=True, name="verify snapshot").start()
        self._held, self.fault = held, fault
        return held

    def _verify(self, path: Path) -> None:
        """Read the file whole beside the answers: a second for each gigabyte, and no reader waits for it."""
        reason = snapshots.damage(path)
        if reason and path.exists():  # one that was swept away meanwhile is open and whole
            self.lose(path, reason)
