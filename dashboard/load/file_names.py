"""Names of machine-coded files: one place keeps one name, and identical files share one."""

from collections import defaultdict

import duckdb

from bilateral.sources.batches import FileLoad


def name(connection: duckdb.DuckDBPyConnection, dataset: str, files: list[FileLoad]) -> None:
    """A file keeps the name that its place has on record; another gets the shortest end of its path that no other file has."""
    named = dict(
        connection.execute(
            """
            select place, max_by(file_name, loaded_at) from raw.files
            where dataset = ? and place in (select unnest(?::varchar[])) group by place
            """,
            [dataset, [file.place for file in files]],
        ).fetchall()
    )
    for file in files:
        file.name = named.get(file.place, "")
    waiting, n_parts = [file for file in files if not file.name], 0
    while waiting:
        n_parts += 1
        for file in waiting:
            file.name = "/".join(file.path.absolute().parts[-n_parts:])
        owners = _owners(connection, dataset, [file.name for file in waiting])
        for file in waiting:
            owners[file.name].add((file.place, file.md5))
        waiting = [
            file
            for file in waiting
            if n_parts < len(file.path.absolute().parts)
            and any(place != file.place and md5 != file.md5 for place, md5 in owners[file.name])
        ]


def keep_first(connection: duckdb.DuckDBPyConnection, dataset: str, of_rows: str, files: list[FileLoad]) -> None:
    """Equal files are kept under the first of their names in the alphabet, in whatever order they come; also in `of_rows`, the table
    that has their rows."""
    rows = connection.execute(
        "select md5, min(file_name) from raw.universe where dataset = ? and md5 in (select unnest(?::varchar[])) group by md5",
        [dataset, [file.md5 for file in files]],
    ).fetchall()
    on_record = dict(rows)
    first = dict(rows)
    for file in files:
        first[file.md5] = min(file.name, first.get(file.md5, file.name))
    for file in files:
        file.kept_as = first[file.md5]
    for md5, former in on_record.items():
        if first[md5] != former:
            for table in ("raw.universe", of_rows, "raw.rejects"):
                connection.execute(
                    f"update {table} set file_name = ? where dataset = ? and file_name = ?",
                    [first[md5], dataset, former],
                )


def _owners(connection: duckdb.DuckDBPyConnection, dataset: str, names: list[str]) -> defaultdict[str, set[tuple[str, str]]]:
    """Place and checksum of the files on record under these names."""
    rows = connection.execute(
        """
        select file_name, place, md5 from raw.files
        where dataset = ? and file_name in (select unnest(?::varchar[])) and place is not null
        """,
        [dataset, names],
    ).fetchall()
    owners: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, place, md5 in rows:
        owners[name].add((place, md5))
    return owners
