"""Files of machine-coded datasets to load, made row by row, and the tables that a load needs."""

import atexit
import csv
import gzip
import io
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
import pytest

from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.load import bulk
from bilateral.load.curated_files import FileResult
from bilateral.sources.gdelt import V2
from material import ROOT, know_seeds

NAMES = {
    "United States": "USA", "Mexico": "MEX", "Canada": "CAN", "China": "CHN", "Colombia": "COL", "El Salvador": "SLV", "Guatemala": "GTM",
    "Honduras": "HND", "Venezuela": "VEN", "Panama": "PAN", "Cuba": "CUB", "Ecuador": "ECU", "Peru": "PER",
}  # fmt: skip

PAIRS = [line.split(",")[0].split("-") for line in (ROOT / "seeds" / "dyads.csv").read_text().splitlines()[1:]]

DIRECTED = {(a, b) for a, b in PAIRS} | {(b, a) for a, b in PAIRS}


@dataclass
class Desk:
    """The tables that a load needs, in memory: what was read, before anything is made of it."""

    connection: duckdb.DuckDBPyConnection
    runner: Runner

    def load(self, dataset: str, paths: list[Path]) -> list[FileResult]:
        return bulk.Loader(self.connection, self.runner.folder, dataset, "run").load(paths)

    def rows(self, statement: str) -> list[tuple]:
        return self.connection.execute(statement).fetchall()


@cache
def _blank_tables() -> Path:
    """A database with the loader's tables, empty, and the reference tables that files are read by; made once a process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    with duckdb.connect(str(folder / "blank.duckdb")) as connection:
        know_seeds(connection)
        runner = Runner(connection, ROOT / "queries")
        runner.make_kept()
        judges = [read(path) for path in (runner.folder / "sources").glob("*.sql")]
        read_by = {name for judge in judges for name in judge.inputs if "." in name}
        runner.build(["staging.dyads", "staging.dyad_keys", *sorted(read_by)])
    return folder / "blank.duckdb"


@contextmanager
def empty_desk() -> Iterator[Desk]:
    """A desk on which nothing lies yet."""
    with duckdb.connect() as connection:
        know_seeds(connection)
        connection.execute(f"attach '{_blank_tables()}' as blank (read_only)")
        connection.execute("copy from database blank to memory")
        connection.execute("detach blank")
        yield Desk(connection, Runner(connection, ROOT / "queries"))


def load(place, dataset: str, *paths: Path) -> dict[str, FileResult]:
    """Load into a desk, or into a house, which rebuilds and publishes."""
    files = bulk.found_files(paths)
    if isinstance(place, Desk):
        results = place.load(dataset, files)
    else:
        outcome = place.refresh(coded=(dataset, files))
        assert outcome.exit_code == 0, outcome.message
        results = [file for file in outcome.files if file.dataset == dataset]
    for file in results:
        assert file.rows_read == file.rows_accepted + file.rows_known + file.rows_rejected
    return {file.file_name: file for file in results}


def packed(path: Path, text: str, encoding: str = "utf-8") -> Path:
    content = text.encode(encoding)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def kind(code: str) -> str:
    """GDELT's quad class of a root."""
    root = int(code[:2])
    return ("verbal" if root <= 5 or 10 <= root <= 14 else "material") + (" cooperation" if root < 10 else " friction")


def by_direction(rows: Iterable[tuple[str, str, str, float]]) -> dict[tuple[str, str, str], tuple[int, float]]:
    """(source, target, kind) → (number, mean score) of configured pairs, by plain Python."""
    scores = defaultdict(list)
    for source, target, its_kind, score in rows:
        if (source, target) in DIRECTED:
            scores[source, target, its_kind].append(score)
    return {key: (len(values), pytest.approx(sum(values) / len(values))) for key, values in scores.items()}


def as_loaded(desk: Desk, dataset: str) -> dict[tuple[str, str, str], tuple[int, float]]:
    desk.runner.build(["staging.codes"])
    rows = desk.rows(f"""
        select reports.source_country, reports.target_country, codes.kind, count(*), avg(reports.score_given)
        from raw.reports inner join staging.codes on reports.code = codes.code
        where reports.dataset = '{dataset}' group by all
    """)
    return {row[:3]: (row[3], row[4]) for row in rows}


ADDED = "20250328120000"


def fitting(code: str) -> dict[str, str]:
    """What stands beside a code in a row of GDELT; nothing beside what is none."""
    if not (code.isascii() and code.isdigit() and 1 <= int(code[:2]) <= 20 and 2 <= len(code) <= 4):
        return {"event_base_code": "", "event_root_code": "", "quad_class": "", "goldstein": ""}
    kinds = ["verbal cooperation", "material cooperation", "verbal friction", "material friction"]
    score = "1.9" if code[:2] < "09" else "-5.0"
    return {
        "event_base_code": code[:3], "event_root_code": code[:2], "quad_class": str(kinds.index(kind(code)) + 1), "goldstein": score,
    }  # fmt: skip


def export_row(number: int = 1, columns: tuple[str, ...] = V2, **cells: str) -> str:
    """One row of a GDELT event file; USA acts on Mexico unless the cells say otherwise. Base, root, class and score are those of the code."""
    code = cells.get("event_code", "042")
    given = fitting(code) | {
        "global_event_id": str(number), "sql_date": "20250328", "actor1_code": "USA", "actor1_name": "UNITED STATES", "actor1_country": "USA",
        "actor2_code": "MEX", "actor2_name": "MEXICO", "actor2_country": "MEX", "is_root_event": "1", "event_code": code,
        "num_mentions": "3", "num_sources": "1", "num_articles": "3", "avg_tone": "-1.5", "date_added": ADDED,
        "source_url": f"https://reforma.com/{number}",
    } | cells  # fmt: skip
    return "\t".join(given.get(name, "") for name in columns)


ICEWS_HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
    "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)


def icews_row(
    number: int = 1, day: str = "2018-06-01", source: str = "United States", target: str = "Mexico", **more: str
) -> str:
    cells = {
        "id": str(number), "day": day, "source_name": "Foreign Affairs", "source_sectors": "Executive,Foreign Ministry,Government",
        "source": source, "text": "Consult", "code": "040", "intensity": "1", "target_name": 'Citizen "El Güero" (Mexico), elder',
        "target_sectors": "General Population / Civilian / Social", "target": target, "story": "77", "sentence": "2",
        "publisher": "Xinhua News Agency", "city": "Washington", "district": "NA", "province": "NA", "country": "United States",
        "lat": "38.9", "long": "-77.0",
    } | more  # fmt: skip
    return "\t".join(cells.values())


def icews_rows(path: Path) -> tuple[int, list[tuple]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".gz" else path.read_text("utf-8")
    header, *lines = [line.split("\t") for line in text.splitlines()]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    told = [
        (NAMES.get(row["Source Country"]), NAMES.get(row["Target Country"]), kind(row["CAMEO Code"]), float(row["Intensity"]))
        for row in rows
    ]
    return len(rows), told


PHOENIX_HEADER = (
    '"","X","GID","Date","Year","Month","Day","Source","SrcActor","SrcAgent","SOthAgent","Target","TgtActor","TgtAgent","TOthAgent","CAMEO",'
    '"RootCode","QuadClass","Goldstein","None","Lat","Lon","Geoname","CountryCode","AdminInfo","ID","URL","sourcetxt"'
)


def phoenix_line(number: int, source: str, target: str, code: str, score: float, url: str = "http://a.mx/x") -> str:
    actors = f'"{source}GOV","{source}","GOV","","{target}","{target}","",""'
    return (
        f'"{number}",{number},"{number}_v0.2.0",20150730,2015,7,30,{actors},"{code}",{int(code[:2])},1,{score},"",NA,NA,"","","",'
        f'"story_{number}","{url}","a_feed"'
    )


def phoenix_rows(path: Path) -> tuple[int, list[tuple]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    good = [row for row in rows if row["CAMEO"].strip()]
    told = [(row["SrcActor"], row["TgtActor"], kind(row["CAMEO"]), float(row["Goldstein"])) for row in good]
    return len(rows), told


POLECAT_COLUMNS = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
]  # fmt: skip


def polecat_cells(
    number: int, kind_of_act: str = "CONSULT", mode: str = "visit", intensity: str = "4.0", **more: str
) -> dict[str, str]:
    quads = {
        "CONSULT": "VERBAL COOPERATION",
        "SANCTION": "MATERIAL CONFLICT",
        "ACCUSE": "VERBAL CONFLICT",
        "AGREE": "VERBAL COOPERATION",
    }
    cells = dict.fromkeys(POLECAT_COLUMNS, "None") | {
        "Event ID": f"20230105-{number}", "Event Date": "2023-01-05", "Event Type": kind_of_act, "Event Mode": mode, "Intensity": intensity,
        "Quad Code": quads[kind_of_act], "Contexts": "diplomatic", "Actor Name": "Government", "Actor Country": "USA",
        "Primary Actor Sector": "GOV", "Recipient Name": "Canciller Peña", "Recipient Country": "MEX", "Primary Recipient Sector": "GOV",
        "Source": "Reforma", "Publication Date": "2023-01-05", "Story People": "Peña", "Language": "Spanish", "Version": "NGEC_coder-2022",
    }  # fmt: skip
    return cells | {name.replace("_", " "): value for name, value in more.items()}


def polecat_text(rows: list[dict[str, str]], header: list[str] = POLECAT_COLUMNS, end: str = "", header_end: str = "") -> str:
    lines = ["\t".join(header) + header_end, *("\t".join(row[name] for name in row) + end for row in rows)]
    return "\n".join(lines) + "\n"


def mention(
    event: str,
    url: str,
    outlet: str = "reforma.com",
    sentence: int = 1,
    confidence: int = 100,
    translated: str = "",
    time: str = "",
) -> str:
    cells = [
        event,
        f"{ADDED}",
        time or f"{ADDED}",
        "1",
        outlet,
        url,
        str(sentence),
        "-1",
        "5",
        "9",
        "1",
    ]
    return "\t".join([*cells, str(confidence), "900", "-2.5", translated, ""])


SPANISH = "srclc:spa;eng:Moses 2.1.1 / MosesCore Europarl es-en / GT-SPA 1.0"
