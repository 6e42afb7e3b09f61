"""Entries of the data folder that are not what their place requires: broken links, folders instead of files, pipes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bilateral.data_folder import fault_of_file, fault_of_folder
from bilateral.sources import curated
from bilateral.sources.gdelt_files import FEEDS

FILES = ("work.duckdb", "status.json", "runs.jsonl", "alerts.json", "refresh.lock", "metrics.prom", "snapshots/current")
FOLDERS = ("inbox", "snapshots", "vintages", "inbox/measures", "inbox/audits", *(f"inbox/{name}" for name in curated.DATASETS))
FEED_FOLDERS = tuple(dict.fromkeys(f"inbox/{feed.dataset}" for feed in FEEDS.values()))


@dataclass(frozen=True)
class Oddity:
    """A path below the data folder and what is wrong with it."""

    name: str
    fault: str

    def sentence(self) -> str:
        return f"{self.name} {self.fault}"


def in_the_inbox(data: Path) -> list[Oddity]:
    """What refreshes leave out; rows that were read from there before stay."""
    return list(_in_the_inbox(data))


def _in_the_inbox(data: Path) -> Iterator[Oddity]:
    for folder in ("inbox", *FOLDERS[3:], *FEED_FOLDERS):
        if fault := fault_of_folder(data / folder):
            yield Oddity(folder, fault)
            if folder == "inbox":
                return
        for path in sorted((data / folder).glob("*")) if folder != "inbox" and not fault else ():
            if _is_wanted(folder, path.name) and (fault_of := fault_of_file(path)):
                yield Oddity(f"{folder}/{path.name}", fault_of)


def _is_wanted(folder: str, name: str) -> bool:
    if folder in FEED_FOLDERS:
        return any(feed.slot(name) for feed in FEEDS.values())
    suffixes = curated.SUFFIXES if folder.rpartition("/")[2] in curated.DATASETS else (".csv",)
    return name.endswith(suffixes)


def of_folder(data: Path) -> list[Oddity]:
    """Everything in the data folder that is not what its place needs."""
    own = [Oddity(name, fault) for name in FILES if (fault := fault_of_file(data / name))]
    folders = [Oddity(name, fault) for name in ("snapshots", "vintages") if (fault := fault_of_folder(data / name))]
    return own + folders + in_the_inbox(data)
