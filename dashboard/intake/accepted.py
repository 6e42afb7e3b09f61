"""Accepted acts and changes of measures in the user's own files in the inbox, where every refresh reads them.

What stands there follows from the decisions: an accepted row that is missing is put in, one that was undone is taken out, and every other row
stays as it is. So whoever is killed between a decision and its row has lost nothing: the next command or refresh writes it.
"""

import csv
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bilateral.data_folder import fault_of_file
from bilateral.exits import Exit, Stop
from bilateral.intake import queue, store
from bilateral.intake.drafts import ACT, MEASURE
from bilateral.load import curated_files, curation, registers
from bilateral.sources import curated

ACTS, CHANGES = "chronology/reviewed.csv", "measures/reviewed.csv"
"""Places in the inbox."""
SERIES = "r"
"""Marks the numbers of accepted acts, as in usa-mex-20260819-r01: the next release numbers its own."""
Row = dict[str, str]


def write(data: Path) -> None:
    """Bring the files in line with the decisions; where no proposal was ever stored nothing is touched. Raises Stop 65 or 75 for a file that is in the way."""
    if not store.exists(data):
        return
    with queue.writing(data) as connection:  # two that write at once would each lack the other's row
        for name, text in composed(data, connection).items():
            path = data / "inbox" / name
            with _told(path, "what was decided is kept, and the next refresh writes it when it can"):
                _draft(path, text).replace(path)


def check(data: Path, connection: sqlite3.Connection) -> None:
    """Raises Stop 65 with what curation finds wrong in the files as the decisions want them, and not as they are; 75 where they cannot be written."""
    wanted = composed(data, connection)
    if wrong := curation.wrong_with(data, wanted):
        told = "; ".join(": ".join(filter(None, (finding.name, finding.text))) for finding in wrong[:3])
        raise Stop(Exit.DATA, f"nothing was written: {told}")
    for name, text in wanted.items():
        path = data / "inbox" / name
        with _told(path, "nothing was recorded; make it writable and decide again"):
            _draft(path, text).unlink()


def composed(data: Path, connection: sqlite3.Connection) -> dict[str, str]:
    """The content of each file that must change, by its place in the inbox."""
    ever = {decision.after["event_id"] for decision in queue.acceptances(connection)}
    standing = [decision.after for decision in queue.acceptances(connection, are_standing=True)]
    changes = [_change(after) for after in standing if after["measure_id"]]
    return _composed(data, ACTS, curated.template(), ever, [_act(after) for after in standing], curation.with_act) | _composed(
        data, CHANGES, curated_files.measures_template(), ever, changes, _with_change
    )


def completed(data: Path, connection: sqlite3.Connection, fields: Row) -> Row:
    """The fields of an act with the id, type and score that follow; an id that was given to an accepted act is never given again."""
    ever = [decision.after["event_id"] for decision in queue.acceptances(connection)]
    return curation.completed_act(fields, [*curation.known_ids(data), *ever], SERIES)


def _act(after: Row) -> Row:
    return {name: after[name] for name in (*ACT, "event_id", "plover_type", "goldstein", "added_at")}


def _change(after: Row) -> Row:
    """A row of the register. What a known measure keeps is lent by it, see `curation.completed_change`."""
    own = {name: after[name] for name in (*MEASURE, "domain", "event_id", "verified")}
    countries = {"imposing_country": after["source_actor"], "target_country": after["target_actor"]}
    return own | countries | {"state_date": after["event_date"]}


def _with_change(rows: list[Row], row: Row) -> list[Row]:
    return curation.with_change(rows, curation.completed_change(row, rows))


def _composed(
    data: Path, name: str, header: str, ever: set[str], wanted: list[Row], put: Callable[[list[Row], Row], list[Row]]
) -> dict[str, str]:
    """The content of one file under its name; nothing where it is as it should be. Rows are known by their event_id."""
    path = data / "inbox" / name
    if os.path.lexists(path) and (fault := fault_of_file(path)):
        raise Stop(Exit.DATA, f"{path} {fault}; move it away, and it is written anew")
    before = _read(path) if path.exists() else ""
    reader = csv.DictReader(io.StringIO(before or header, newline=""))
    columns = list(reader.fieldnames or [])
    columns += [column for column in header.strip().split(",") if column not in columns]
    names = {row["event_id"] for row in wanted}
    rows = [row for row in reader if row.get("event_id") not in ever - names]
    there = {row.get("event_id") for row in rows}
    for row in wanted:
        if row["event_id"] not in there:
            rows = put(rows, row)
    after = curation.as_text(columns, rows)
    is_empty = not before and not rows
    return {} if is_empty or _rows(before) == _rows(after) else {name: after}


def _read(path: Path) -> str:
    if fault := registers.fault_of_table(path, {"event_id"}):
        raise Stop(Exit.DATA, f"{path} cannot be continued: {fault}; mend it, or move it away, and it is written anew")
    return path.read_text(encoding="utf-8-sig")


def _rows(text: str) -> list[list[str]]:
    """Cells of a file, whatever quotes and line ends it has."""
    return list(csv.reader(io.StringIO(text, newline="")))


def _draft(path: Path, text: str) -> Path:
    """The new file beside the old one, and so on the same disk: readers then find the old or the new one and never a part, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


@contextmanager
def _told(path: Path, what_then: str) -> Iterator[None]:
    """What the machine refuses becomes Stop 75 with a sentence."""
    try:
        yield
    except OSError as error:
        raise Stop(Exit.TRY_AGAIN, f"{path} cannot be written ({error.strerror}); {what_then}") from None
