"""Readers of machine-coded datasets: those of this project, and those of other distributions with an entry point.

A distribution names one object for each dataset, whose name is that of the dataset:

    [project.entry-points."bilateral.sources"]
    embassies = "bilateral_embassies:READER"

An entry point that cannot be used is left out and told: by `bilateral doctor`, and by `bilateral load` of its dataset.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from bilateral.sources import gdelt, gdelt_mentions, icews, phoenix, polecat
from bilateral.sources.layouts import Layout

GROUP = "bilateral.sources"


@dataclass(frozen=True)
class Reader:
    """How files of one dataset are read, and what is said of the dataset."""

    layout: Layout
    judge: Path | None = None
    """A SELECT on `incoming_events`, the layout's columns as text and `line`. It gives `line`, `refusal` (NULL for a good row), report_id,
    dataset, source_event_id, event_day, added_at, source_country, target_country, code, and whichever it has of the other columns of raw.reports. None is queries/sources/<dataset>.sql, `-` written as `_`."""
    about: Path | None = None
    """A table with the columns of seeds/datasets.csv and one line; None for a dataset that has its line there."""


@dataclass(frozen=True)
class Found:
    """Readers by dataset, and why a reader of another distribution is left out, by its name."""

    readers: dict[str, Reader]
    faults: dict[str, str]


def readers() -> dict[str, Reader]:
    """Readers by dataset."""
    return found().readers


@cache
def found() -> Found:
    """Every reader there is. Looked for once a process: what is installed meanwhile is known to the next one."""
    readers, faults = _own(), {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        brought_by = f"the reader {entry.name} of {entry.dist.name if entry.dist else entry.value}"
        try:
            if entry.name in readers:
                raise ValueError("there is a reader of this name already")
            readers[entry.name] = _read(entry)
        except Exception as fault:  # code of others: whatever is wrong with it must not stop a refresh
            faults[entry.name] = f"{brought_by} cannot be used: {fault}"
    return Found(readers, faults)


def _own() -> dict[str, Reader]:
    return {module.LAYOUT.dataset: Reader(module.LAYOUT) for module in (gdelt, gdelt_mentions, icews, phoenix, polecat)}


def _read(entry: EntryPoint) -> Reader:
    """The object that an entry point names. Raises whatever its code raises, and ValueError for one that does not say what is needed."""
    reader = entry.load()
    if not isinstance(reader, Reader):
        raise ValueError(f"{entry.value} is not a bilateral.load.readers.Reader")
    if reader.layout.dataset != entry.name:
        raise ValueError(f"its layout is of the dataset {reader.layout.dataset}; the entry point must have that name")
    _file(reader.judge, "judge")
    with _file(reader.about, "about").open(encoding="utf-8", newline="") as file:
        named = [row.get("dataset") for row in csv.DictReader(file)]
    if named != [entry.name]:
        raise ValueError(
            f"its `about` must have one line, of the dataset {entry.name}; it has {', '.join(map(str, named)) or 'none'}"
        )
    return reader


def _file(path: Path | None, what: str) -> Path:
    if not (path and path.is_file()):
        raise ValueError(f"its `{what}` is {path.name if path else 'not given'}; a file is needed")
    return path


def tables_about() -> list[Path]:
    """Tables with the lines of seeds/datasets.csv that readers of other distributions bring."""
    return [reader.about for reader in readers().values() if reader.about]
