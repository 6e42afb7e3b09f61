"""The bodies that items were read from, each under its SHA-256, and which of them are kept for how long."""

import gzip
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bilateral.intake import queue, store
from bilateral.intake.store import FOLDER

RAW = "raw"
ENDING = ".gz"


def keep(data: Path, body: bytes) -> str:
    """Keep what came, under its SHA-256; the same bytes once. Returns the SHA-256 in hex."""
    name = hashlib.sha256(body).hexdigest()
    path = data / FOLDER / RAW / f"{name}{ENDING}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{name}.{os.getpid()}.part")
        part.write_bytes(gzip.compress(body, mtime=0))
        part.replace(path)
    return name


def prune(data: Path, days: int | None) -> int:
    """Remove bodies that came more than so many days ago, but none of an item with an open, accepted or merged proposal; returns how many went, none
    where no number of days is set. Raises Stop 65 or 75, see `store.open`."""
    if days is None or not store.exists(data):
        return 0
    before = datetime.now(UTC) - timedelta(days=days)
    with queue.reading(data) as connection:
        needed = queue.bodies_needed(connection, before)
    paths = [path for path in (data / FOLDER / RAW).glob(f"*{ENDING}") if path.name.removesuffix(ENDING) not in needed]
    gone = [path for path in paths if path.stat().st_mtime < before.timestamp()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
