"""Whether a place in the data folder can be used and has space, and how to move away what does not belong there."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path


def fault_of_file(path: Path) -> str | None:
    """Why this is not a file that can be read; None where it is one, or nothing is there."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return "is a broken link" if path.is_symlink() else None
    except OSError as error:
        return f"cannot be reached ({error.strerror})"
    if stat.S_ISDIR(kind):
        return "is a folder and no file"
    if not stat.S_ISREG(kind):
        return "is a pipe, a socket or a device and no file"
    return None if os.access(path, os.R_OK) else "may not be read by this user"


def fault_of_folder(path: Path) -> str | None:
    """Why this is not a folder that can be read; None where it is one, or nothing is there."""
    if not os.path.lexists(path) or (path.is_dir() and os.access(path, os.R_OK | os.X_OK)):
        return None
    return "may not be read by this user" if path.is_dir() else "is not a folder"


def is_file(path: Path) -> bool:
    """Whether this is a file that can be read; a pipe would keep its reader waiting for ever."""
    return os.path.lexists(path) and fault_of_file(path) is None


def make_way(path: Path) -> None:
    """What is not a file and stands in the place of one of ours is renamed, so that nothing of it is lost."""
    if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
        put_away(path, "found")


def put_away(path: Path, word: str) -> Path:
    """Rename something so that nothing takes it for ours any more; never over anything else."""
    kept = path.with_name(f"{word}_{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z_{path.name}")
    path.rename(kept)
    return kept


def is_full(fault: BaseException) -> bool:
    """Whether something failed because the disk is full: DuckDB says so by errors of several kinds, as it writes rows, commits or checkpoints."""
    return "No space left on device" in str(fault)
