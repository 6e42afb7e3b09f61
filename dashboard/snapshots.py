"""Published databases. A snapshot never changes under its name; a one-line pointer says which one is current.

A DuckDB file must not be replaced under its path: a process that holds it open keeps seeing the old one. So each refresh gets a new name.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from dashboard.exits import Exit, Stop

POINTER = "current"
PREFIX = "relations_"

HARDENED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "lock_configuration": "true",
}
"""No way from SQL to other files, to extensions or to settings; `read_only` alone leaves all three open."""

FOR_PAGES: Mapping[str, str] = {"threads": "1"}
"""Answers of pages are small: a second thread costs them more time than it saves, and each worker has its own."""


class NoSnapshot(Exception):
    """Nothing has been published yet, or the pointer names a file that is gone."""


def folder(data: Path) -> Path:
    return data / "snapshots"


def current(data: Path) -> Path:
    """Path of the current snapshot. Raises NoSnapshot with the next thing to do."""
    try:
        name = (folder(data) / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise NoSnapshot(f"no snapshot in {data}; run `bilateral refresh` first") from None
    path = folder(data) / name
    if not name or not path.is_file():
        raise NoSnapshot(
            f"the snapshot {name or '(empty pointer)'} is gone from {data}; run `bilateral refresh` to publish again"
        )
    return path


def connect(path: Path, more: Mapping[str, str] = FOR_PAGES) -> duckdb.DuckDBPyConnection:
    """Open a snapshot for reading, with no way to other files. Raises Stop 65 where it is no whole database."""
    try:
        return duckdb.connect(str(path), read_only=True, config={**more, **HARDENED})
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        advice = "run `bilateral refresh --full` to publish a new one"
        raise Stop(Exit.DATA, f"the snapshot {path.name} cannot be opened ({reason}); {advice}") from None


def version(path: Path) -> str:
    """The run that published it, as in the file's name: 20250415T061000.123456Z."""
    return path.stem.removeprefix(PREFIX)


def publish(work: Path, data: Path, run_id: str) -> Path:
    """Copy the closed work database to a new name, bring it safely to disk, then move the pointer by atomic rename."""
    target = folder(data) / f"{PREFIX}{run_id}.duckdb"
    target.parent.mkdir(parents=True, exist_ok=True)
    _free_space_for(work, target.parent)
    draft = target.with_suffix(".draft")
    shutil.copyfile(work, draft)
    _sync(draft)
    draft.rename(target)
    pointer = target.parent / f"{POINTER}.draft"
    pointer.write_text(target.name + "\n", encoding="utf-8")
    _sync(pointer)
    pointer.rename(target.parent / POINTER)
    _sync(target.parent)
    return target


def sweep(data: Path, keep: int) -> list[Path]:
    """Remove drafts that a killed refresh left, and all snapshots but the newest `keep`; the current one always stays."""
    drafts = list(folder(data).glob("*.draft"))
    newest_first = sorted(folder(data).glob(f"{PREFIX}*.duckdb"), reverse=True)
    try:
        held = current(data)
    except NoSnapshot:  # also a pointer to a file that is gone: the refresh that sweeps publishes again
        held = None
    old = [path for path in newest_first[keep:] if path != held]
    for path in drafts + old:
        path.unlink(missing_ok=True)
    return drafts + old


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
