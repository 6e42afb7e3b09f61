"""What the pages are made from: the current snapshot, what can be asked of it, and when it was updated. No state of a reader is kept here."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bilateral.ask import catalogue
from bilateral.ask.catalogue import Lists
from bilateral.ask.warehouse import Warehouse
from bilateral.exits import Stop
from bilateral.monitoring import updates
from bilateral.pages import address
from bilateral.publish import snapshots
from bilateral.strings import LANGS

Made = TypeVar("Made")


class Site:
    """One data folder as the pages see it."""

    def __init__(self, folder: Path, stale_hours: int):
        self.folder = folder
        self.stale_hours = stale_hours
        self.warehouse = Warehouse(folder)
        self._lists: tuple[str, Lists] | None = None

    def lists(self) -> Lists:
        """What can be asked for, read once for each snapshot. Raises snapshots.NoSnapshot or Stop where there is none that opens."""
        version = self.warehouse.version
        if self._lists is None or self._lists[0] != version:
            self._lists = (version, catalogue.lists(self.warehouse))
        return self._lists[1]

    def known(self) -> address.Known:
        lists = self.lists()
        return address.Known(lists.dyads, lists.datasets, lists.domains, LANGS, lists.ways, lists.scores)

    def updates(self) -> updates.Updates:
        try:
            fault = self.warehouse.fault
        except (snapshots.NoSnapshot, Stop):
            fault = None  # nothing answers at all, which version() tells
        return updates.read(self.folder, self.stale_hours, fault)

    def of_one_snapshot(self, make: Callable[[], Made]) -> tuple[Made, str]:
        """What `make` gives and the snapshot that all of it is from; made again where a new one was published meanwhile."""
        while True:
            version = self.warehouse.version
            made = make()
            if version == self.warehouse.version:
                return made, version

    def version(self) -> str | None:
        """Which snapshot answers now; None where there is none that opens, or where another version of the project made it."""
        try:
            self.warehouse.cursor().close()
            self.lists()
            return self.warehouse.version
        except (snapshots.NoSnapshot, Stop):
            return None
