"""Published databases. A snapshot never changes under its name, nobody may write it, and a checksum lies beside it;
a one-line pointer says which one is current.

A DuckDB file must not be replaced under its path: a process that holds it open keeps seeing the old one. So each refresh gets a new name.
"""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from bilateral.data_folder import make_way, put_away
from bilateral.exits import Exit, Stop
from bilateral.publish import checksums
from bilateral.publish.hardening import HARDENED

POINTER = "current"
PREFIX = "relations_"
NAME = re.compile(r"relations_\w[\w.]*\.duckdb")

FOR_PAGES: Mapping[str, str] = {"threads": "1"}
"""Answers of pages are small: a second thread costs them more time than it saves, and each worker has its own."""


class NoSnapshot(Exception):
    """Nothing has been published yet, or the pointer names no snapshot that is there."""


def folder(data: Path) -> Path:
    return data / "snapshots"


def current(data: Path) -> Path:
    """Path of the snapshot that the pointer names. Raises NoSnapshot with the next thing to do."""
    pointer = folder(data) / POINTER
    if not os.path.lexists(pointer):
        raise NoSnapshot(f"no snapshot in {data}; run `bilateral refresh` first")
    again = "run `bilateral refresh` to publish again"
    try:
        name = _first_line(pointer)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it holds no name of a snapshot"
        raise NoSnapshot(f"the pointer {pointer} cannot be read ({reason}); {again}") from None
    path = folder(data) / name
    if path.is_symlink() or not path.is_file():
        raise NoSnapshot(f"the snapshot {name} is gone from {data}; {again}")
    return path


def _first_line(pointer: Path) -> str:
    """The name of a snapshot in the same folder: no path, whatever somebody wrote there."""
    if not pointer.is_file():  # a folder, or a pipe that nobody writes to
        raise ValueError(pointer)
    with pointer.open("rb") as file:
        name = file.read(300).decode("utf-8").partition("\n")[0].strip()
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return name


def newest_first(data: Path) -> list[Path]:
    """Files that have the name of a snapshot and are no links."""
    found = sorted(folder(data).glob(f"{PREFIX}*.duckdb"), reverse=True)
    return [path for path in found if path.is_file() and not path.is_symlink()]


def last_good(data: Path) -> Path | None:
    """The snapshot of the pointer where it is whole, else the newest other one that is; None without any. Reads them whole."""
    try:
        pointed = [current(data)]
    except NoSnapshot:
        pointed = []
    others = [path for path in newest_first(data) if path not in pointed]
    return next((path for path in pointed + others if damage(path) is None), None)


def foreign(path: Path) -> list[Path]:
    """Write-ahead logs beside a snapshot. No refresh leaves one there, and DuckDB would play it into what readers see."""
    return sorted(path.parent.glob(f"{path.name}.wal*"))


def damage(path: Path) -> str | None:
    """What is wrong with a snapshot, after reading all of it; None where it is as it was published."""
    try:
        return _intruder(path) or checksums.broken(path, _open)
    except OSError as error:
        return error.strerror or str(error)


def _intruder(path: Path) -> str | None:
    logs = foreign(path)
    return f"{logs[0].name} lies beside it, which no refresh wrote" if logs else None


def connect(path: Path, more: Mapping[str, str] = FOR_PAGES) -> duckdb.DuckDBPyConnection:
    """Open a snapshot for reading, with no way to other files. Raises Stop 65 where it is not a whole database or a foreign log lies beside it."""
    look_at(path)
    try:
        connection = _open(path, more)
    except duckdb.Error as error:
        raise refused(path, str(error).splitlines()[0]) from None
    if fault := _intruder(path):  # it came while the file was opened
        connection.close()
        raise refused(path, fault)
    return connection


def look_at(path: Path) -> None:
    """What can be seen before a snapshot is opened. Raises Stop 65 where it has another size than it was published with, or a foreign log."""
    try:
        fault = _intruder(path) or checksums.wrong_size(path)
    except OSError as error:
        fault = str(error)
    if fault:
        raise refused(path, fault)


def _open(path: Path, more: Mapping[str, str] = FOR_PAGES) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True, config={**more, **HARDENED})


def refused(path: Path, reason: str) -> Stop:
    return Stop(Exit.DATA, f"the snapshot {path.name} cannot be opened ({reason}); run `bilateral refresh` to publish a new one")


def readable(data: Path) -> tuple[Path, str | None]:
    """The snapshot to read now, and why it is not the one of the pointer where that cannot be opened.

    Raises NoSnapshot or Stop where there is none that opens."""
    first: NoSnapshot | Stop | None = None
    try:
        candidates = [current(data)]
    except NoSnapshot as missing:
        first, candidates = missing, []
    for path in candidates + [path for path in newest_first(data) if path not in candidates]:
        try:
            connect(path).close()
        except Stop as stop:
            first = first or stop
            continue
        return path, stand_in(first, path)
    raise first or NoSnapshot(f"no snapshot in {data}; run `bilateral refresh` first")


def stand_in(reason: Exception | None, path: Path) -> str | None:
    """That an older snapshot is read, and why."""
    return f"{reason}; until then the older snapshot {path.name} is shown" if reason else None


def path_of(data: Path, run_id: str) -> Path:
    return folder(data) / f"{PREFIX}{run_id}.duckdb"


def version(path: Path) -> str:
    """The run that published it, as in the file's name: 20250415T061000.123456Z."""
    return path.stem.removeprefix(PREFIX)


def publish(work: Path, data: Path, run_id: str) -> Path:
    """Copy the closed work database to a new name, bring it safely to disk, then move the pointer by atomic rename."""
    target = path_of(data, run_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        _copy(work, target)
    pointer = target.parent / f"{POINTER}.draft"
    make_way(pointer)
    pointer.write_text(target.name + "\n", encoding="utf-8")
    _sync(pointer)
    make_way(target.parent / POINTER)
    pointer.rename(target.parent / POINTER)
    _sync(target.parent)
    return target


def _copy(work: Path, target: Path) -> None:
    """A file that nobody may write, with its checksum beside it."""
    _free_space_for(work, target.parent)
    draft = target.with_suffix(".draft")
    make_way(draft)
    shutil.copyfile(work, draft)
    draft.chmod(0o444)
    _sync(draft)
    checksums.note(target, checksums.write(work), size=draft.stat().st_size)
    draft.rename(target)


def sweep(data: Path, keep: int) -> list[Path]:
    """Remove what a killed refresh or somebody else left beside the snapshots, and all of these but the newest `keep`.

    The current one always stays, and so does the last good one."""
    left = remove_left(data)
    found = newest_first(data)
    try:
        held = [current(data)]
    except NoSnapshot:  # also a pointer to a file that is gone: the refresh that sweeps publishes again
        held = []
    kept = [*held, *found[:keep]]
    old = [path for path in found if path not in kept]
    if old and all(map(damage, kept)) and (good := last_good(data)):
        old.remove(good)
    for path in old:
        remove(path)
    return left + old


def remove(path: Path) -> None:
    """A snapshot and its checksum. Whoever has it open goes on reading it."""
    path.unlink(missing_ok=True)
    checksums.remove(path)


def remove_left(data: Path) -> list[Path]:
    """Remove drafts, write-ahead logs that no refresh wrote, and checksums of snapshots that are gone; returns them."""
    drafts = list(folder(data).glob("*.draft"))
    logs = list(folder(data).glob(f"{PREFIX}*.duckdb.wal*"))
    orphans = [path for path in folder(data).glob(f"{PREFIX}*.sha256") if not path.with_suffix("").exists()]
    left = drafts + logs + orphans
    for path in left:
        if path.is_dir() and not path.is_symlink():
            put_away(path, "found")
        else:
            path.unlink(missing_ok=True)
    return left


def _free_space_for(work: Path, place: Path) -> None:
    needed, free = work.stat().st_size, shutil.disk_usage(place).free
    if needed * 1.1 > free:
        raise OSError(
            f"{needed / 1e6:.0f} MB are needed for a snapshot in {place}, {free / 1e6:.0f} MB are free; run `bilateral prune`"
        )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
