"""The sources that the intake knows: seeds/intake_sources.csv and a file of the user's with the same columns. None is asked until it is switched on."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from bilateral import package_data
from bilateral.exits import Exit, Stop
from bilateral.intake.readers import KINDS

Access = Literal["fetch", "saved"]
"""Whether a program may ask the source, or a person saves its pages in a browser."""
NEEDED = ("id", "kind", "address")


@dataclass(frozen=True)
class Source:
    """One line of the list. Intervals are seconds between two requests to the host, silences days without a new item."""

    id: str
    kind: str
    address: str
    """Where it is asked; of kind `files` a folder, or a file of addresses. Base of all other addresses of the source."""
    access: Access = "fetch"
    hosts: frozenset[str] = frozenset()
    """Further hosts that it may redirect or link to."""
    authority: str = "press"
    name_en: str = ""
    name_es: str = ""
    language: str = ""
    terms: str = ""
    min_interval_s: float = 10.0
    max_silence_days: int = 30
    note: str = ""


def listed(own: Path | None = None) -> dict[str, Source]:
    """All sources by id; a line of the user's file takes the place of the shipped line with its id, which is how an address is changed.

    Raises Stop 78 with file and line where a line cannot be used.
    """
    found = {source.id: source for source in _read(package_data.folder("seeds") / "intake_sources.csv")}
    return found | ({source.id: source for source in _read(own)} if own else {})


def chosen(names: Iterable[str], own: Path | None = None) -> list[Source]:
    """The named sources in the order of their names' list. Raises Stop 78 for a name that nobody knows."""
    known = listed(own)
    if wrong := [name for name in names if name not in known]:
        advice = "choose from the list of `bilateral intake --list`, or add it to the file of BILATERAL_INTAKE_FILE"
        raise Stop(Exit.CONFIGURATION, f"{wrong[0]!r} is no source of the intake; {advice}")
    return [known[name] for name in dict.fromkeys(names)]


def _read(path: Path) -> list[Source]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [*csv.DictReader(file)]
    except (OSError, ValueError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise Stop(Exit.CONFIGURATION, f"{path} cannot be read as a list of sources: {reason}") from None
    if not rows or set(NEEDED) - rows[0].keys():
        raise Stop(
            Exit.CONFIGURATION, f"{path} is no list of sources; a header with {', '.join(NEEDED)} and a line for each are needed"
        )
    return [_source(path, number, row) for number, row in enumerate(rows, 2)]


def _source(path: Path, number: int, row: dict[str, str]) -> Source:
    """A source from its line; empty cells take what a source of the press has."""
    cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str) and value.strip()}

    def refuse(said: str) -> Stop:
        return Stop(Exit.CONFIGURATION, f"{path}, line {number}: {said}")

    if lacking := [name for name in NEEDED if name not in cells]:
        raise refuse(f"{lacking[0]} is empty")
    if cells["kind"] not in KINDS:
        raise refuse(f"kind {cells['kind']!r} is not one of {', '.join(KINDS)}")
    if cells["kind"] != "files" and not cells["address"].startswith(("https://", "http://")):
        raise refuse(f"address {cells['address']!r} does not begin with https:// or http://")
    if cells.get("access", "fetch") not in get_args(Access):
        raise refuse(f"access {cells['access']!r} is not one of {', '.join(get_args(Access))}")
    try:
        interval, silence = float(cells.get("min_interval_s", 10)), int(cells.get("max_silence_days", 30))
    except ValueError as error:
        raise refuse(f"min_interval_s and max_silence_days are numbers ({error})") from None
    if not (interval >= 0 and silence > 0):
        raise refuse("min_interval_s is at least 0 (a mirror of your own) and max_silence_days at least 1")
    texts = {name: cells[name] for name in ("authority", "name_en", "name_es", "language", "terms", "note") if name in cells}
    return Source(
        **{name: cells[name] for name in NEEDED},
        access=cast(Access, cells.get("access", "fetch")),
        hosts=frozenset(cells.get("hosts", "").split()),
        min_interval_s=interval,
        max_silence_days=silence,
        **texts,
    )
