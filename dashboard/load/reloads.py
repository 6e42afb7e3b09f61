"""Files that must be read again for a pair configured later, as a sentence with the command."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from bilateral import package_data
from bilateral.compute.queries import read
from bilateral.sources.gdelt_files import FEEDS


@dataclass(frozen=True)
class Reload:
    """Files of one dataset that lack rows of some pairs (as 'DEU-FRA, FRA-GBR'), and the days (UTC) of their rows."""

    dataset: str
    pairs: str
    n_files: int
    first_file: str
    last_file: str
    first_day: date
    last_day: date

    def command(self, data: Path) -> str:
        """Files in the inbox are found by their days; where others lie only their owner knows. It names no path, as pages show it too."""
        inbox = data / "inbox" / self.dataset
        feeds = [feed for feed in FEEDS.values() if feed.dataset == self.dataset and any(map(feed.slot, _names(inbox)))]
        if feeds and (inbox / self.first_file).is_file():
            sources = " ".join(f"--source {feed.name}" for feed in feeds)
            return f"bilateral refresh {sources} --offline --since {self.first_day} --until {self.last_day}"
        return f"bilateral load {self.dataset} FOLDER"

    def sentence(self, data: Path) -> str:
        files = self.first_file if self.n_files == 1 else f"{self.n_files} files, {self.first_file} to {self.last_file}"
        return (
            f"{self.pairs}: {self.dataset} lacks rows of {self.first_day} to {self.last_day}, as the pair was configured after "
            f"they were read ({files}); read them again: {self.command(data)}"
        )


def needed(connection: duckdb.DuckDBPyConnection) -> list[Reload]:
    """Everything that must be read again, of the work database or a snapshot; nothing where the tables are of an older version."""
    query = read(package_data.folder("queries") / "app" / "to_reload.sql")
    try:
        return [Reload(*row) for row in connection.execute(query.sql).fetchall()]
    except duckdb.CatalogException:
        return []


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*")]
