"""Updates downloaded sources: lists available files, plans a span of days, downloads missing files into the inbox.

What is loaded is known from the work database; what was downloaded and not loaded yet lies in the inbox. Both are safe to repeat.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bilateral.compute.runner import Runner
from bilateral.data_folder import fault_of_folder
from bilateral.exits import Exit, Stop
from bilateral.load import gaps, readings
from bilateral.load.curated_files import FileResult
from bilateral.load.readers import readers
from bilateral.logs import log
from bilateral.sources import curated
from bilateral.sources.gdelt_files import FEEDS, Feed, Gap, Had, Plan, due, offered, planned, refused
from bilateral.sources.http_client import Advance, Client
from bilateral.sources.manners import Manners, Redirected, SourceDown
from bilateral.sources.source_state import SourceState
from bilateral.sources.wanted import md5_of
from bilateral.strings import texts
from bilateral.today import today

Bar = Callable[[Plan], AbstractContextManager[Advance]]
"""Shows how a download goes: made for a plan, called with the bytes that arrive."""


def no_bar(plan: Plan) -> AbstractContextManager[Advance]:
    return nullcontext(lambda n: None)


@dataclass(frozen=True)
class Request:
    """Which sources to bring up to date, from where, and for which days (UTC); None is from yesterday of the newest that is loaded, until today."""

    sources: tuple[str, ...] = ()
    address: str = ""
    since: date | None = None
    until: date | None = None
    is_offline: bool = False
    manners: Manners = field(default_factory=Manners)

    def feeds(self) -> list[Feed]:
        """The streams among the sources. Raises Stop 78 for a source that nobody knows and for days that make no span."""
        known = [*FEEDS, *curated.DATASETS]
        if wrong := [name for name in self.sources if name not in known]:
            raise Stop(Exit.CONFIGURATION, f"{wrong[0]!r} is not a source; choose from {', '.join(known)}")
        feeds = [FEEDS[name] for name in self.sources if name in FEEDS]
        if unread := [feed.name for feed in feeds if feed.dataset not in readers()]:
            raise Stop(Exit.CONFIGURATION, f"files of {unread[0]} cannot be loaded by this version; leave it out of the sources")
        if (self.since or self.until) and not feeds:
            raise Stop(Exit.CONFIGURATION, "--since and --until need a source that is downloaded, as in --source gdelt")
        if self.since and self.since > (self.until or today()):
            raise Stop(Exit.CONFIGURATION, f"--since {self.since} is after --until {self.until or today()}; days are UTC")
        return feeds


@dataclass(frozen=True)
class Known:
    """What the work database holds of a feed: its files as they were read last, and its gaps, each with the time of the last look (UTC)."""

    files: dict[str, Had]
    gaps: list[tuple[datetime, datetime]] = field(default_factory=list)

    def loaded(self) -> set[str]:
        """Names of the files that gave their rows; one that was refused did not."""
        return {name for name, had in self.files.items() if had.refusal is None}


@dataclass(frozen=True)
class Brought:
    """What one feed's download left to load, what is lacking, and how the source stands."""

    feed: Feed
    paths: tuple[Path, ...]
    plan: Plan | None
    gaps: tuple[Gap, ...]
    exit_code: int
    message: str
    n_downloaded: int = 0

    def with_results(self, results: Iterable[FileResult]) -> "Brought":
        """As it stands after loading: a file that was refused is lacking too, and is brought once the source offers another."""
        refused_now = {Path(result.file_name).name: result.refusal for result in results if result.refusal}
        found = [
            Gap(slot, refused(refused_now[path.name]))
            for path in self.paths
            if path.name in refused_now and (slot := self.feed.slot(path.name))
        ]
        if not found or self.plan is None:
            return self
        gaps = (*self.gaps, *found)
        said = self.message.removeprefix(_counted(self.feed, self.n_downloaded, len(self.gaps)))
        message = _counted(self.feed, self.n_downloaded, len(gaps), len(found)) + said
        return replace(self, gaps=gaps, message=message, exit_code=int(Exit.UNAVAILABLE))

    def state(self, newest: datetime | None) -> SourceState:
        return SourceState(self.feed.name, f"{newest:%Y-%m-%dT%H:%M:%SZ}" if newest else None, self.exit_code, self.message)


def inbox(data: Path, feed: Feed) -> Path:
    return data / "inbox" / feed.dataset


def plan(data: Path, feed: Feed, known: Known, request: Request) -> Plan:
    """What is needed for the days asked for, and for older gaps that are due. Raises SourceDown or Redirected where the source has to be
    asked and does not answer."""
    waiting = _waiting(data, feed, known)
    slots = [slot for slot in map(feed.slot, known.loaded()) if slot and slot.date() <= today()]
    since = request.since or (max(slots, default=datetime.combine(today(), datetime.min.time())).date() - timedelta(days=1))
    until = request.until or today()
    if request.is_offline:
        return _offline(feed, set(waiting), known.loaded(), request, since, until)
    again = (
        [] if request.since else [slot for slot in due(known.gaps, datetime.now(UTC).replace(tzinfo=None)) if slot.date() < since]
    )
    with Client(request.address, request.manners) as client:
        listed, n_broken = offered(client, feed, min([since, *(slot.date() for slot in again)]), inbox(data, feed))
    log.info("source.listed", source=feed.name, files=len(listed), broken_lines=n_broken)
    return planned(feed, since, until, listed, known.files, waiting, n_broken, again)


def _offline(feed: Feed, here: set[str], loaded: set[str], request: Request, since: date, until: date) -> Plan:
    """Only what lies in the inbox, whatever its day unless days are asked for. What is lacking cannot be known."""
    days = {name: slot.date() for name in here | loaded if (slot := feed.slot(name))}
    first = request.since or min(days.values(), default=since)
    last = request.until or max(days.values(), default=until)
    inside = {name for name, day in days.items() if first <= day <= last}
    return Plan(feed, first, last, (), tuple(sorted(inside & here)), len(inside & loaded), ())


def bring(data: Path, feed: Feed, known: Known, request: Request, bar: Bar = no_bar) -> Brought:
    """Download what the plan lacks. Whatever fails is told, and the rest goes on; only a full disk raises (OSError)."""
    if fault := fault_of_folder(inbox(data, feed)):
        said = f"{feed.name}: {inbox(data, feed)} {fault}; move it away"
        return Brought(feed, (), None, (), int(Exit.CONFIGURATION), said)
    try:
        needed = plan(data, feed, known, request)
    except (SourceDown, Redirected) as down:
        log.error("source.down", source=feed.name, reason=str(down))
        waiting = tuple(inbox(data, feed) / name for name in _waiting(data, feed, known))
        return Brought(feed, waiting, None, (), int(Exit.UNAVAILABLE), f"{feed.name}: {down}")
    log.info(
        "source.planned",
        source=feed.name,
        since=f"{needed.since}",
        until=f"{needed.until}",
        to_download=len(needed.to_bring),
        to_load=len(needed.to_load),
        loaded=needed.n_loaded,
        lacking=len(needed.gaps),
    )
    return _download(data, needed, request, bar)


def _download(data: Path, needed: Plan, request: Request, bar: Bar) -> Brought:
    folder, feed = inbox(data, needed.feed), needed.feed
    names, gaps, n_failed = list(needed.to_load), list(needed.gaps), 0
    if needed.to_bring:
        _room_for(needed.bytes_to_bring, folder)
        with Client(request.address, request.manners) as client, bar(needed) as advance:
            for wanted, reason in client.files(list(needed.to_bring), folder, advance):
                slot = feed.slot(wanted.name)
                if reason is None:
                    names.append(wanted.name)
                elif slot:
                    gaps.append(Gap(slot, reason))
                    n_failed += not reason.startswith("the source answers")
                    log.warning("source.file_lacking", source=feed.name, file=wanted.name, reason=reason)
    n_downloaded = len(names) - len(needed.to_load)
    message = _counted(feed, n_downloaded, len(gaps))
    if n_failed:
        example = next(gap.reason for gap in gaps if not gap.reason.startswith(("the source answers", "the source's list")))
        message += f", {n_failed} of them to be tried again ({example})"
    log.info("source.downloaded", source=feed.name, files=n_downloaded, lacking=len(gaps), failed=n_failed)
    code = Exit.UNAVAILABLE if n_failed else Exit.DONE
    return Brought(feed, tuple(folder / name for name in sorted(names)), needed, tuple(gaps), int(code), message, n_downloaded)


def _counted(feed: Feed, n_downloaded: int, n_lacking: int, n_refused: int = 0) -> str:
    key = "runs.downloaded_refused" if n_refused else "runs.downloaded"
    return texts("en")(key, source=feed.name, files=n_downloaded, refused=n_refused, lacking=n_lacking)


def _waiting(data: Path, feed: Feed, known: Known) -> dict[str, Had]:
    """Files of an earlier run that lie here and were not read yet: they are loaded even when the source is down."""
    found = {}
    for path in _files(data, feed):
        read = known.files.get(path.name)
        if read is None or read.refusal:
            lies = Had(path.stat().st_size, md5_of(path))
            if read is None or read.md5 != lies.md5:
                found[path.name] = lies
    return found


def old_files(data: Path, feed: Feed, loaded: set[str], days: int) -> list[Path]:
    """Files of a feed in the inbox that were loaded, and downloaded more than so many days ago."""
    last = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    return [path for path in _files(data, feed) if path.name in loaded and path.stat().st_mtime < last]


def _files(data: Path, feed: Feed) -> list[Path]:
    """Files in the inbox of a feed that have a name of its own."""
    return [path for path in sorted(inbox(data, feed).glob("*")) if feed.slot(path.name) and path.is_file()]


def _room_for(needed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if needed * 1.1 > free:
        raise OSError(f"{needed / 1e6:.0f} MB are to be downloaded to {folder}, {free / 1e6:.0f} MB are free; ask for fewer days")


def known_by_feed(runner: Runner, feeds: Iterable[Feed]) -> dict[str, Known]:
    """What is known of each feed; files that were read for fewer pairs than today's do not count."""
    runner.build(["staging.dyads"])
    connection = runner.connection
    return {
        feed.name: Known(readings.files_had(connection, feed.dataset), gaps.looked_for(connection, feed.name)) for feed in feeds
    }
