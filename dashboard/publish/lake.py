"""The lake: what a snapshot holds of reports, events, credits and dyad-days as Parquet files that other programs read, and the way back.

A version of the lake is a folder of its own, named after its snapshot. It is written beside and renamed when it is whole, manifest last, and never
changes; a partition with the rows that it had in the version before is not written again but shares its bytes. So a reader sees all of a version or nothing.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import duckdb

from bilateral import package_data, sql_literals, steps
from bilateral.compute.queries import Query, read_layers
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots
from bilateral.publish.locking import lock
from bilateral.publish.run import MEMORY, Run

MANIFEST = "manifest.json"
POINTER = "current"
PARTITIONED = {
    "raw.reports": (
        "event_day",
        "least(source_country, target_country), greatest(source_country, target_country), event_day, report_id",
    ),
    "core.events": ("event_day", "dyad, event_day, event_id"),
    "core.credits": ("day", "dyad, day, event_id"),
    "core.dyad_day": ("day", "dyad, day, domain, lag"),
}
"""Tables that are parted by dataset and year, each with its day and the order of its rows."""
ELSEWHERE = {"raw.builds", "raw.changes", "raw.runs", "raw.sizes", "raw.sightings"}
"""Tables of the loader's that tell of this installation's own runs or of its curated files, which every installation reads itself."""
IS_CODED = "dataset not in ('chronology', 'articles', 'measures')"


@dataclass(frozen=True)
class Part:
    """A file of the lake, as the manifest has it."""

    table: str
    path: str
    rows: int
    content: str
    """Checksum of the rows in any order, by DuckDB's hash: with it an equal partition is known before it is written."""
    bytes: int
    sha256: str


def export(data: Path, lake: Path) -> tuple[Path, list[Part], int]:
    """Write the current snapshot as a new version of a lake: its folder, its files, and how many of these are those of the version before.

    Raises Stop 78 where this version is there already or the snapshot is of another version of bilateral, NoSnapshot where nothing is published.
    """
    snapshot = snapshots.current(data)
    snapshots.look_at(snapshot)
    name = snapshots.version(snapshot)
    folder, draft = lake / name, lake / f"{name}.draft"
    if folder.exists():
        raise Stop(Exit.CONFIGURATION, f"{folder} is there already; a version of a lake never changes")
    before = _shareable(lake)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    config: dict[str, str | bool | int | float | list[str]] = {"memory_limit": MEMORY, "temp_directory": str(draft / "spill")}
    with duckdb.connect(str(snapshot), read_only=True, config=config) as connection:
        tables = _tables()
        parts = [part for table in tables for part in _written(connection, table, draft, before)]
    shutil.rmtree(draft / "spill", ignore_errors=True)
    n_shared = sum(part in before for part in parts)
    (draft / "README.md").write_text(_described(tables), encoding="utf-8")
    versions = {"snapshot": name, "bilateral": version("bilateral"), "duckdb": duckdb.__version__}
    _write_synced(
        draft / MANIFEST, json.dumps({"versions": versions, "files": [asdict(part) for part in parts]}, indent=1) + "\n"
    )
    draft.rename(folder)
    _write_synced(lake / f"{POINTER}.draft", f"{name}\n")
    (lake / f"{POINTER}.draft").replace(lake / POINTER)
    return folder, parts, n_shared


def current(lake: Path) -> Path:
    """Folder of the newest version, or the folder itself where it is one. Raises Stop 69 where there is none."""
    if (lake / MANIFEST).is_file():
        return lake
    try:
        return lake / (lake / POINTER).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Stop(Exit.UNAVAILABLE, f"{lake} is no lake: it has neither {POINTER} nor {MANIFEST} ({error.strerror})") from None


def manifest(folder: Path) -> list[Part]:
    """The files of a version. Raises Stop 65 where its manifest cannot be read."""
    try:
        return [Part(**part) for part in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Stop(
            Exit.DATA, f"{folder / MANIFEST} cannot be read ({error}); a version of a lake has it when it is whole"
        ) from None


def take(data: Path, lake: Path, dyads: Path | None = None) -> int:
    """Put the loader's rows of a lake into the work database of an empty data folder; returns the number of reports.

    Every file is compared with the manifest first. Raises Stop 65 where one is damaged, 78 where the folder is not empty.
    """
    folder = current(lake)
    parts = manifest(folder)
    for part in parts:
        steps.begin(f"comparing {part.path}")
        if fault := _fault(folder / part.path, part):
            raise Stop(Exit.DATA, f"{folder / part.path} {fault}; nothing was imported")
    with lock(data):
        run = Run(data, dyads)
        if run.work.path.exists() or snapshots.newest_first(data):
            raise Stop(Exit.CONFIGURATION, f"{data} has data already; a lake is imported into an empty data folder (--data)")
        with run.work.used():
            try:
                with run.open() as connection:
                    return _taken(connection, folder, parts)
            except BaseException:
                run.work.path.unlink(missing_ok=True)
                raise


def _taken(connection: duckdb.DuckDBPyConnection, folder: Path, parts: list[Part]) -> int:
    connection.execute("begin")
    runner = Runner(connection, package_data.folder("queries"))
    runner.make_kept()
    for query in runner.queries:
        paths = ", ".join(sql_literals.text(str(folder / part.path)) for part in parts if part.table == query.name)
        if query.built == "kept" and paths:
            steps.begin(f"importing {query.name}")
            columns = ", ".join(f'"{column.name}"' for column in query.columns)
            where = f"where {IS_CODED}" if any(column.name == "dataset" for column in query.columns) else ""
            rows = f"read_parquet([{paths}], hive_partitioning = true, hive_types = {{'dataset': varchar, 'year': bigint}})"
            if query.name not in PARTITIONED:
                rows = f"read_parquet([{paths}])"
            connection.execute(f"insert into {query.name} ({columns}) select {columns} from {rows} {where}")
    connection.execute("commit")
    found = connection.execute("select count(*) from raw.reports").fetchone()
    return found[0] if found else 0


def _tables() -> list[Query]:
    """What the lake holds: the parted tables, and what else the loader keeps for good."""
    queries = read_layers(package_data.folder("queries")).values()
    kept = [query for query in queries if query.built == "kept" and query.name not in ELSEWHERE]
    own = [query for query in kept if "intake.sqlite" not in query.fields["kept"]]
    return sorted(
        {query.name: query for query in [*own, *(query for query in queries if query.name in PARTITIONED)]}.values(),
        key=lambda query: query.name,
    )


def _shareable(lake: Path) -> dict[Part, Path]:
    """Files of the version before, where there is one."""
    if not (lake / POINTER).is_file():
        return {}
    folder = current(lake)
    return {part: folder / part.path for part in manifest(folder)}


def _written(connection: duckdb.DuckDBPyConnection, table: Query, draft: Path, before: dict[Part, Path]) -> Iterator[Part]:
    try:
        described = [(row[0], row[1].lower()) for row in connection.execute(f"describe {table.name}").fetchall()]
    except duckdb.CatalogException:
        described = []
    if described != [(column.name, column.type) for column in table.columns]:
        raise Stop(
            Exit.CONFIGURATION, f"the snapshot has other columns of {table.name} than this version; run `bilateral refresh` first"
        )
    short = table.name.split(".")[1]
    if table.name not in PARTITIONED:
        yield _copied(connection, table.name, f"from {table.name} order by all", draft, before, f"loader/{short}.parquet")
        return
    day, order = PARTITIONED[table.name]
    parted = connection.execute(f"select distinct dataset, year({day}) from {table.name} order by all").fetchall()
    for dataset, year in parted:
        of_part = f"dataset = {sql_literals.text(dataset)} and {day} between date '{year}-01-01' and date '{year}-12-31'"
        sql = f"select * exclude (dataset) from {table.name} where {of_part} order by {order}"
        yield _copied(connection, table.name, sql, draft, before, f"{short}/dataset={dataset}/year={year}/part.parquet")


def _copied(
    connection: duckdb.DuckDBPyConnection, table: str, sql: str, draft: Path, before: dict[Part, Path], name: str
) -> Part:
    steps.begin(f"writing {name}")
    path = draft / name
    path.parent.mkdir(parents=True, exist_ok=True)
    found = connection.execute(f"select count(*), coalesce(sum(hash(part)::hugeint), 0)::varchar from ({sql}) as part").fetchone()
    n_rows, content = found or (0, "")
    for part, earlier in before.items():
        if (part.path, part.rows, part.content) == (name, n_rows, content) and _is_linked(earlier, path):
            return part
    connection.execute(f"copy ({sql}) to {sql_literals.text(str(path))} (format parquet, compression zstd)")
    return Part(table, name, n_rows, content, path.stat().st_size, _digest(path))


def _is_linked(earlier: Path, path: Path) -> bool:
    """Whether the file of the version before stands for this one; some file systems cannot."""
    try:
        os.link(earlier, path)
    except OSError:
        return False
    return True


def _fault(path: Path, part: Part) -> str | None:
    if not path.is_file():
        return "is in the manifest and is not there"
    if path.stat().st_size != part.bytes or _digest(path) != part.sha256:
        return "is not the file of the manifest: it was changed or damaged"
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _described(tables: list[Query]) -> str:
    """The columns of each table, with type and meaning, for whoever has the lake alone."""
    said = [
        "# Columns of the lake",
        "",
        "`reports`, `events`, `credits` and `dyad_day` are parted by dataset and year; `loader/` has what else an import needs.",
        "",
    ]
    for table in tables:
        short = table.name.split(".")[1]
        said += [
            f"## {short if table.name in PARTITIONED else f'loader/{short}'}",
            "",
            table.sentence,
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        said += [f"| {column.name} | {column.type} | {column.meaning} |" for column in table.columns] + [""]
    return "\n".join(said)
