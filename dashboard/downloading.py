"""Brings the downloaded sources up to date: asks what is offered, plans a span of days, downloads what is lacking into the inbox.

What is loaded is known from the work database; what was downloaded and not loaded yet lies in the inbox. Both are safe to repeat.
"""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dashboard import machine
from dashboard.exits import Exit, Stop
from dashboard.journal import SourceState
from dashboard.logs import log
from dashboard.sources import curated
from dashboard.sources.downloads import Advance, Client, Manners, Redirected, SourceDown
from dashboard.sources.gdelt_files import FEEDS, Feed, Gap, Plan, offered, planned, today

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
            raise Stop(Exit.CONFIGURATION, f"{wrong[0]!r} is no source; choose from {', '.join(known)}")
        feeds = [FEEDS[name] for name in self.sources if name in FEEDS]
        if unread := [feed.name for feed in feeds if feed.dataset not in machine.LAYOUTS]:
            raise Stop(Exit.CONFIGURATION, f"files of {unread[0]} cannot be loaded by this version; leave it out of the sources")
        if (self.since or self.until) and not feeds:
            raise Stop(Exit.CONFIGURATION, "--since and --until need a source that is downloaded, as in --source gdelt")
        if self.since and self.since > (self.until or today()):
            raise Stop(Exit.CONFIGURATION, f"--since {self.since} is after --until {self.until or today()}; days are UTC")
        return feeds


@dataclass(frozen=True)
class Brought:
    """What one feed's download left to load, what is lacking, and how the source stands."""

    feed: Feed
    paths: tuple[Path, ...]
    plan: Plan | None
    gaps: tuple[Gap, ...]
    exit_code: int
    message: str

    def state(self, newest: datetime | None) -> SourceState:
        return SourceState(self.feed.name, f"{newest:%Y-%m-%dT%H:%M:%SZ}" if newest else None, self.exit_code, self.message)


def inbox(data: Path, feed: Feed) -> Path:
    return data / "inbox" / feed.dataset


def plan(data: Path, feed: Feed, loaded: set[str], request: Request) -> Plan:
    """What is needed for the days asked for. Raises SourceDown or Redirected where the source has to be asked and does not answer."""
    folder = inbox(data, feed)
    here = {path.name for path in folder.glob("*") if feed.slot(path.name)}
    slots = [slot for slot in map(feed.slot, loaded) if slot]
    since = request.since or (max(slots, default=datetime.combine(today(), datetime.min.time())).date() - timedelta(days=1))
    until = request.until or today()
    if request.is_offline:
        return _offline(feed, here, loaded, request, since, until)
    with Client(request.address, request.manners) as client:
        listed, n_broken = offered(client, feed, since, folder)
    log.info("source.listed", source=feed.name, files=len(listed), broken_lines=n_broken)
    return planned(feed, since, until, listed, loaded, here, n_broken)


def _offline(feed: Feed, here: set[str], loaded: set[str], request: Request, since: date, until: date) -> Plan:
    """Only what lies in the inbox, whatever its day unless days are asked for. What is lacking cannot be known."""
    days = {name: slot.date() for name in here | loaded if (slot := feed.slot(name))}
    first = request.since or min(days.values(), default=since)
    last = request.until or max(days.values(), default=until)
    inside = {name for name, day in days.items() if first <= day <= last}
    return Plan(feed, first, last, (), tuple(sorted(inside & here - loaded)), len(inside & loaded), ())


def bring(data: Path, feed: Feed, loaded: set[str], request: Request, bar: Bar = no_bar) -> Brought:
    """Download what the plan lacks. Whatever fails is told, and the rest goes on; only a full disk raises (OSError)."""
    try:
        needed = plan(data, feed, loaded, request)
    except (SourceDown, Redirected) as down:
        log.error("source.down", source=feed.name, reason=str(down))
        return Brought(feed, _waiting(data, feed, loaded), None, (), int(Exit.UNAVAILABLE), f"{feed.name}: {down}")
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
    message = f"{feed.name}: {n_downloaded} files downloaded, {len(gaps)} lacking"
    if n_failed:
        example = next(gap.reason for gap in gaps if not gap.reason.startswith(("the source answers", "the source's list")))
        message += f", {n_failed} of them to be tried again ({example})"
    log.info("source.downloaded", source=feed.name, files=n_downloaded, lacking=len(gaps), failed=n_failed)
    code = Exit.UNAVAILABLE if n_failed else Exit.DONE
    return Brought(feed, tuple(folder / name for name in sorted(names)), needed, tuple(gaps), int(code), message)


def _waiting(data: Path, feed: Feed, loaded: set[str]) -> tuple[Path, ...]:
    """Files of an earlier run that lie here: they are loaded even when the source is down."""
    return tuple(path for path in _files(data, feed) if path.name not in loaded)


def old_files(data: Path, feed: Feed, loaded: set[str], days: int) -> list[Path]:
    """Files of a feed in the inbox that were loaded, and downloaded more than so many days ago."""
    last = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    return [path for path in _files(data, feed) if path.name in loaded and path.stat().st_mtime < last]


def _files(data: Path, feed: Feed) -> list[Path]:
    """Files in the inbox of a feed that have a name of its own."""
    return [path for path in sorted(inbox(data, feed).glob("*")) if feed.slot(path.name)]


def _room_for(needed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if needed * 1.1 > free:
        raise OSError(f"{needed / 1e6:.0f} MB are to be downloaded to {folder}, {free / 1e6:.0f} MB are free; ask for fewer days")
