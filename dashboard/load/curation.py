"""Extends the curated timeline: checks events and measures by the rules of curation, and adds an event or a change of a measure to its file."""

import contextlib
import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import duckdb

from bilateral import package_data, sql_literals
from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from bilateral.load import curated_files, registers, source_links
from bilateral.load.curated_files import SourceFile
from bilateral.sources import curated
from bilateral.sources.unpacking import FileRefused

RULES = ("refused", "acts", "measures", "announced", "twins")
ADVICE = ("acts_without_a_measure", "wording", "twins_to_look_at", "measures_to_look_at")
CHECKS = (
    "every_event_a_measure_names_is_known",
    "every_measure_has_the_day_and_the_pair_of_its_event",
    "every_measure_is_in_force_as_its_states_say",
    "every_date_set_for_a_measure_lies_ahead",
    "every_measure_is_announced_before_it_takes_effect",
    "no_measure_changes_by_a_promise_or_a_threat",
)
"""Checks of queries/checks/ that a publication makes too, and that need no indicators."""
CONSTANT = ("measure_name", "domain", "instrument", "imposing_country", "target_country", "scope")
"""Columns of the register that a measure keeps through its states."""


NAMING_WORDS = ("curation/measures.sql", "checks/every_date_set_for_a_measure_lies_ahead.sql")
"""Rules that name the words of a column."""


@dataclass(frozen=True)
class Finding:
    """Something to mend, or only to look at: where it is (file and line), which act or measure, and what is wrong."""

    place: str
    name: str
    text: str
    is_wrong: bool = True


@cache
def words_of(column: str) -> tuple[str, ...]:
    """The words that a column of the register may have, in the order in which the rule names them; raises LookupError for a column that is free."""
    rules = "".join(read(package_data.folder("queries") / name).sql for name in NAMING_WORDS)
    found = re.search(rf"\b{column} not in \(([^)]*)\)", rules)
    if not found:
        raise LookupError(f"the rules of curation name no words of {column!r}")
    return tuple(re.findall(r"'([^']*)'", found[1]))


# ------------------------------------------------------------------ checking


def examine(data: Path, acts: Sequence[Path] = (), measures: Sequence[Path] = ()) -> list[Finding]:
    """Findings in the shipped history, in the inbox of the data folder and in further files."""
    files = [file for file in curated_files.source_files(data) if file.dataset == "chronology"]
    known = {file.path.resolve() for file in files}
    files += [SourceFile("chronology", path, str(path)) for path in acts if path.resolve() not in known]
    given = {path.name: path for path in measures if path.resolve() != (package_data.folder("seeds") / "measures.csv").resolve()}
    tables = {path.name: path for path in registers.own_measures(data)} | given
    if missing := [str(path) for path in [*acts, *measures] if not path.is_file()]:
        raise Stop(Exit.UNAVAILABLE, f"{', '.join(missing)}: no such file")
    faults = {name: registers.fault_of_table(path, registers.SHAPE_OF_MEASURES) for name, path in tables.items()}
    with duckdb.connect() as connection:
        connection.execute(f"set variable seeds = {sql_literals.text(str(package_data.folder('seeds')))}")
        connection.execute("set variable dyads = ?::varchar[]", [[str(package_data.folder("seeds") / "dyads.csv")]])
        connection.execute(
            "set variable measures = ?::varchar[]", [[str(path) for name, path in tables.items() if not faults[name]]]
        )
        unread = [Finding(name, "", fault, is_wrong=name in given) for name, fault in faults.items() if fault]
        with curated_files.transaction(connection):
            return unread + _findings(connection, files)


def wrong_in_measures(data: Path, paths: Sequence[Path]) -> list[Finding]:
    """What is wrong in register files of the user's own; what is wrong without them too, as an act in the inbox, is not theirs."""
    wrong = [finding for finding in examine(data, measures=paths) if finding.is_wrong]
    return _not_among(examine(data), wrong) if wrong else []


def wrong_with(data: Path, contents: Mapping[str, str]) -> list[Finding]:
    """What is wrong in the inbox with these contents of its files (by their names there, as chronology/mine.csv), and is not without them.

    Nothing is written into the data folder.
    """
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        there = [file.path for file in curated_files.source_files(data) if file.name.startswith("inbox/chronology/")]
        known = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in [*there, *registers.own_measures(data)]}
        for name, content in (known | {name: text.encode() for name, text in contents.items()}).items():
            (inbox / name).parent.mkdir(parents=True, exist_ok=True)
            (inbox / name).write_bytes(content)
        wrong = [finding for finding in examine(Path(folder)) if finding.is_wrong]
    return _not_among(examine(data), wrong) if wrong else []


def _not_among(before: list[Finding], found: list[Finding]) -> list[Finding]:
    """Findings that were not there before, by their name and text: lines move."""
    known = {(finding.name, finding.text) for finding in before}
    return [finding for finding in found if (finding.name, finding.text) not in known]


def _findings(connection: duckdb.DuckDBPyConnection, files: list[SourceFile]) -> list[Finding]:
    runner = Runner(connection, package_data.folder("queries"))
    runner.make_kept()
    judge = read(runner.folder / "sources" / "curated.sql")
    runner.build([*(name for name in judge.inputs if "." in name), "raw.measures", "raw.score_tables", "raw.looked_at"])
    found = [
        Finding(file.file_name, "", file.refusal) for file in curated_files.load(connection, judge.sql, files, "") if file.refusal
    ]
    ruled = {rule: _ruled(connection, runner.folder, rule, is_wrong=True) for rule in RULES}
    found += [*chain.from_iterable(ruled.values()), *_addresses(connection, runner.folder)]
    if not ruled["measures"]:  # the checks need rows of the register with days and numbers; refused acts are not among the events
        runner.build(["staging.measures", "core.events"])
        found += [finding for check in CHECKS for finding in _checked(connection, runner.folder, check)]
    for rule in ADVICE:
        found += _ruled(connection, runner.folder, rule, is_wrong=False)
    return found


def _ruled(connection, folder: Path, rule: str, is_wrong: bool) -> list[Finding]:
    rows = connection.execute(read(folder / "curation" / f"{rule}.sql").sql).fetchall()
    return [Finding(f"{file}, line {number}", name, text, is_wrong) for file, number, name, text in rows]


def _checked(connection, folder: Path, check: str) -> list[Finding]:
    rows = connection.execute(read(folder / "checks" / f"{check}.sql").sql).fetchall()
    sentence = f"it does not hold that {check.replace('_', ' ')}"
    return [Finding("measures", str(name), f"{sentence}: {', '.join(map(str, rest))}") for name, *rest in rows]


def _addresses(connection, folder: Path) -> list[Finding]:
    rows = connection.execute(read(folder / "curation" / "addresses.sql").sql).fetchall()
    return [
        Finding(f"{file}, line {number}", name, f"source_url is {fault.kind}: {fault.reason}{better(fault)}")
        for file, number, name, url in rows
        for fault in source_links.judge(url)
        if fault.kind in source_links.MUST_MEND
    ]


def better(fault: source_links.Fault) -> str:
    return f"; write {fault.better}" if fault.better else ""


# ------------------------------------------------------------------ adding


def add_act(path: Path, data: Path, given: dict[str, str]) -> str:
    """Put an act into a chronology file, in its place, with the id, type and score that follow from it; returns the id.

    `given` are the columns of the file but event_id, plover_type and goldstein. Raises Stop 65 with what is wrong; the file is then as before.
    """
    text, rows, columns = _table(path)
    row = completed_act(given, [*known_ids(data), *(row["event_id"] for row in rows)])
    _write_checked(path, text, columns, with_act(rows, row), lambda: examine(data, acts=[path]), row["event_id"])
    return row["event_id"]


def completed_act(given: dict[str, str], known: Iterable[str], series: str = "") -> dict[str, str]:
    """The act with the type and score of its code, and with the next number of its pair and day that none of the known ids has.

    `series` stands before the number: acts with `r` are numbered for themselves, so that no act of a later release has their id.
    """
    day = f"{pair(given['source_actor'], given['target_actor'])}-{given['event_date'].replace('-', '')}-{series}"
    number = 1 + max((int(name[-2:]) for name in known if re.fullmatch(rf"{re.escape(day)}\d\d", name)), default=0)
    types = {code["code"]: code["plover_type"] for code in _seed("event_codes.csv")}
    code = given["cameo_code"]
    return given | {
        "event_id": f"{day}{number:02}",
        "plover_type": types.get(code, ""),
        "goldstein": scores().get(code, ""),
    }


def scores() -> dict[str, str]:
    """Score of each code in `goldstein-gdelt`, -10 to 10, as published."""
    return {score["code"]: score["score"] for score in _seed("score_tables.csv") if score["score_table"] == "goldstein-gdelt"}


def with_act(rows: list[dict[str, str]], row: dict[str, str]) -> list[dict[str, str]]:
    """Rows of a chronology file with one more, in order of event_id."""
    place = sum(other["event_id"] < row["event_id"] for other in rows)
    return [*rows[:place], row, *rows[place:]]


def known_ids(data: Path) -> list[str]:
    """Ids of the shipped acts and of those in the inbox."""
    return [row.get("event_id", "") for row in known_acts(data)]


def known_acts(data: Path) -> list[dict[str, str]]:
    """Rows of the shipped acts and of those in the inbox, as they are written."""
    found = []
    for file in curated_files.source_files(data):
        if file.dataset == "chronology":
            with contextlib.suppress(FileRefused):  # a refresh says so
                found += [line.values for line in curated.read(file.path).rows]
    return found


def add_change(path: Path, data: Path, given: dict[str, str]) -> None:
    """Put a change of state into a register file, after the earlier ones of its measure; a known measure lends name, subject and countries.

    Raises Stop 65 with what is wrong; the file is then as before.
    """
    text, rows, columns = _table(path)
    more = with_change(rows, completed_change(given, rows))
    _write_checked(path, text, columns, more, lambda: examine(data, measures=[path]), given["measure_id"])


def completed_change(given: dict[str, str], rows: list[dict[str, str]]) -> dict[str, str]:
    """The change with what its measure keeps. Raises Stop 65 where it lacks, as for a new measure."""
    measure = given["measure_id"]
    before = [row for row in _seed("measures.csv") + rows if row["measure_id"] == measure]
    kept = {column: before[0][column] for column in CONSTANT} if before else {}
    if not kept and (missing := [column for column in CONSTANT if not given.get(column)]):
        raise Stop(Exit.DATA, f"{measure} is a new measure; give its {', '.join(missing)} too")
    return given | kept


def with_change(rows: list[dict[str, str]], row: dict[str, str]) -> list[dict[str, str]]:
    """Rows of a register file with one more, after the earlier ones of its measure."""
    own = [place for place, other in enumerate(rows) if other["measure_id"] == row["measure_id"]]
    earlier = [place for place in own if rows[place]["state_date"] <= row["state_date"]]
    place = earlier[-1] + 1 if earlier else own[0] if own else len(rows)
    return [*rows[:place], row, *rows[place:]]


def pair(one: str, other: str) -> str:
    """How ids name a pair: as its shipped file does, else in alphabetical order."""
    names = {path.stem for path in (package_data.folder("seeds") / "chronology").glob("*.csv")}
    first, second = sorted((one.lower(), other.lower()))
    return f"{second}-{first}" if f"{second}-{first}" in names else f"{first}-{second}"


def _table(path: Path) -> tuple[str, list[dict[str, str]], list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Stop(Exit.UNAVAILABLE, f"{path}: {error.strerror}; copy the header of a file of seeds/ to begin one") from None
    reader = csv.DictReader(io.StringIO(text))
    return text, list(reader), list(reader.fieldnames or [])


def as_text(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """Rows as the CSV file that holds them; a column that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _seed(name: str) -> list[dict[str, str]]:
    with (package_data.folder("seeds") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write_checked(
    path: Path, before: str, columns: list[str], rows: list[dict[str, str]], examine_file: Callable[[], list[Finding]], name: str
) -> None:
    """Write the rows; take them back where the new one brings a finding that the file had not before it."""
    after = as_text(columns, rows)
    try:
        path.write_text(after, encoding="utf-8")
        if wrong := [finding for finding in examine_file() if finding.is_wrong]:
            path.write_text(before, encoding="utf-8")
            if wrong := _not_among(examine_file(), wrong):
                raise Stop(Exit.DATA, f"{name} was not added to {path}: {'; '.join(finding.text for finding in wrong)}")
            path.write_text(after, encoding="utf-8")
    except BaseException:
        path.write_text(before, encoding="utf-8")
        raise
