"""Which machine-coded files were read when all current pairs were already configured; the others must be read again."""

from pathlib import PurePosixPath

import duckdb

from bilateral.sources.batches import FileLoad
from bilateral.sources.gdelt_files import Had


def known(connection: duckdb.DuckDBPyConnection, dataset: str, files: list[FileLoad]) -> dict[str, tuple]:
    """Counts of files that were read, by checksum, when every pair of today was configured already. One that was refused is read again."""
    rows = connection.execute(
        """
        select md5, run_id, rows_read, rows_rejected from raw.files
        where dataset = ? and md5 in (select unnest(?::varchar[])) and refusal is null
        """,
        [dataset, [file.md5 for file in files]],
    ).fetchall()
    whole = runs_for_all_pairs(connection, {run_id for _, run_id, *_ in rows})
    return {md5: tuple(counts) for md5, run_id, *counts in rows if run_id in whole}


def files_had(connection: duckdb.DuckDBPyConnection, dataset: str) -> dict[str, Had]:
    """The last reading of each file that was read when every pair of today was configured already; others are needed again."""
    rows = connection.execute(
        "select file_name, run_id, bytes, md5, refusal from raw.files where dataset = ? order by loaded_at, run_id", [dataset]
    ).fetchall()
    whole = runs_for_all_pairs(connection, {run_id for _, run_id, *_ in rows})
    return {PurePosixPath(name).name: Had(*content) for name, run_id, *content in rows if run_id in whole}


def runs_for_all_pairs(connection: duckdb.DuckDBPyConnection, run_ids: set[str]) -> set[str]:
    """Those of the runs that read files when every pair of today was configured already."""
    if not run_ids:
        return set()
    rows = connection.execute(
        """
        select scopes.run_id
        from raw.scopes inner join staging.dyads on scopes.dyad = dyads.dyad
        where scopes.run_id in (select unnest(?::varchar[]))
        group by scopes.run_id having count(distinct scopes.dyad) = (select count(*) from staging.dyads)
        """,
        [list(run_ids)],
    ).fetchall()
    return {run_id for (run_id,) in rows}
