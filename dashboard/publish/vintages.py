"""Indicators as published: one small file per month, from its last publication, kept after the snapshot is deleted."""

from pathlib import Path

import duckdb

from bilateral import package_data, sql_literals
from bilateral.compute.queries import read
from bilateral.data_folder import make_way
from bilateral.publish import snapshots


def folder(data: Path) -> Path:
    return data / "vintages"


def drafts(data: Path) -> list[Path]:
    """What a refresh that was killed while it wrote has left."""
    return list(folder(data).glob("*.draft"))


def keep(snapshot: Path, data: Path) -> Path:
    """Write the month's file out of a published snapshot, in the place of the month's earlier one; returns its path."""
    for left in drafts(data):
        make_way(left)
        left.unlink(missing_ok=True)
    version = snapshots.version(snapshot)
    target = folder(data) / f"indicators_{version[:4]}-{version[4:6]}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    query = read(package_data.folder("queries") / "app" / "vintage.sql")
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        connection.execute("set variable version = ?", [version])
        connection.execute(f"copy ({query.sql}) to {sql_literals.text(str(draft))} (format parquet, compression zstd)")
    return draft.replace(target)
