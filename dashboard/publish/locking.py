"""Ensures a single writer in a data folder."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from bilateral.data_folder import is_file, make_way
from bilateral.exits import Exit, Stop


@contextlib.contextmanager
def lock(data: Path) -> Iterator[None]:
    """One refresh at a time. Raises Stop 75 naming who holds it, 78 where the folder or the lock cannot be written."""
    holder = FileLock(data / "refresh.lock", timeout=0)
    owner = data / "refresh.owner"
    try:
        data.mkdir(parents=True, exist_ok=True)
        holder.acquire()
    except Timeout:
        raise Stop(Exit.TRY_AGAIN, f"a refresh is running already ({_who(owner)}); try again when it is done") from None
    except OSError as error:
        raise Stop(Exit.CONFIGURATION, _cannot(data, error)) from None
    try:
        with contextlib.suppress(OSError):  # on a full disk, or beside a folder of that name, the lock holds without a name
            make_way(owner)
            owner.write_text(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            owner.unlink()
        holder.release()


def _who(owner: Path) -> str:
    try:
        return (owner.read_text(encoding="utf-8", errors="replace")[:200] if is_file(owner) else "") or "another process"
    except OSError:
        return "another process"


def _cannot(data: Path, error: OSError) -> str:
    lock_file = data / "refresh.lock"
    if lock_file.is_dir() or lock_file.is_symlink():
        return f"{lock_file} is not a file, so that no refresh can hold it; move it away"
    return f"the data folder {data} cannot be written: {error.strerror}; choose another with --data"
