"""The sources of outcomes: seeds/outcome_sources.csv and a file of the user's with the same columns. None is asked until it is switched on."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bilateral import package_data
from bilateral.exits import Exit, Stop
from bilateral.outcomes.readers import READERS

NEEDED = ("source", "addresses")
THROUGH = ("", "page", "manifest")


@dataclass(frozen=True)
class Source:
    """One line of the list. Its name is that of its reader."""

    source: str
    addresses: tuple[str, ...]
    """Where it is asked; {key}, {keys}, {since}, {since_month} and {until} are filled in."""
    through: str = ""
    """Empty: the addresses give data; `page`: a page with a link to them; `manifest`: a list of files with their checksums."""
    wanted: str = ""
    """Form of the link's name, or names in the manifest."""
    key: str = ""
    """Name of the setting that holds the key: census_key or banxico_token."""
    key_name: str = ""
    """Name of the header, for banxico_token, or of the parameter that carries the key."""
    window: timedelta = timedelta(0)
    """How far before the newest known value it is asked for again; 0: always for all."""
    every: timedelta = timedelta(hours=20)
    """Time between two requests by refreshes."""
    pause_s: float = 2.0
    """Seconds between two requests of one run."""


def chosen(names: Iterable[str], own: Path | None = None) -> tuple[Source, ...]:
    """The named sources; a line of the user's file takes the place of the shipped one. Raises Stop 78 for what cannot be used."""
    known = _read(package_data.folder("seeds") / "outcome_sources.csv") | (_read(own) if own else {})
    if wrong := [name for name in names if name not in known]:
        raise Stop(Exit.CONFIGURATION, f"{wrong[0]!r} is no source of outcomes; choose from {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(names))


def _read(path: Path) -> dict[str, Source]:
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
    return {source.source: source for source in (_source(path, line, row) for line, row in enumerate(rows, 2))}


def _source(path: Path, line: int, row: dict[str, str]) -> Source:
    cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str) and value.strip()}

    def refuse(said: str) -> Stop:
        return Stop(Exit.CONFIGURATION, f"{path}, line {line}: {said}")

    if cells.get("source") not in READERS:
        raise refuse(f"source {cells.get('source')!r} is not one of {', '.join(READERS)}")
    addresses = tuple(cells.get("addresses", "").split())
    if not addresses or not all(address.startswith(("https://", "http://")) for address in addresses):
        raise refuse("addresses begin with https:// or http:// and are parted by blanks")
    if cells.get("through", "") not in THROUGH:
        raise refuse(f"through {cells['through']!r} is none of page, manifest or empty")
    try:
        window, every, pause = (float(cells.get(name, default)) for name, default in NUMBERS)
    except ValueError as error:
        raise refuse(f"{', '.join(name for name, _ in NUMBERS)} are numbers ({error})") from None
    texts = {name: cells[name] for name in ("through", "wanted", "key", "key_name") if name in cells}
    return Source(cells["source"], addresses, **texts, window=timedelta(days=window), every=timedelta(hours=every), pause_s=pause)


NUMBERS = (("window_days", "0"), ("every_hours", "20"), ("pause_s", "2"))
