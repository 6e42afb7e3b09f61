"""Which files GDELT 2.0 offers: one a quarter hour, listed as `size md5 address`; what a span of days needs, has and lacks.

The newest files stand in a short list, all of them since 2015 in a long one that only grows at its end, so its end is enough for recent days.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bilateral.sources.http_client import Client
from bilateral.sources.manners import NotThere, SourceDown
from bilateral.sources.wanted import Wanted

SLOT = timedelta(minutes=15)
FIRST_SLOT = datetime(2015, 2, 18, 23, 0)
"""The first quarter hour of GDELT 2.0; earlier days are in GDELT 1.0."""
LARGEST_FILE = 200 << 20
"""An export has 0.1 MB, mentions 0.4 MB; a list that promises more than this promises something else."""
BYTES_A_SLOT = 300
LARGEST_END = 8 << 20
"""A longer end of the long list is downloaded as a file, so that it does not fill the memory."""
AGAIN_WITHIN = timedelta(days=250)
"""So far back the end of the long list reaches that is read in memory."""
LINE = re.compile(r"(\d+)\s+([0-9a-fA-F]{32})\s+\S*/([^/\s]+)")


@dataclass(frozen=True)
class Feed:
    """A stream of files: its name, the dataset that reads it, its two lists, and how its files end."""

    name: str
    dataset: str
    newest_list: str
    whole_list: str
    ending: str

    def slot(self, name: str) -> datetime | None:
        """The quarter hour (UTC) that a file of this feed is named after; None for every other name."""
        stamp, ending = name[:14], name[14:]
        if ending.lower() != self.ending.lower() or not re.fullmatch(r"\d{14}", stamp):
            return None
        try:
            return datetime.strptime(stamp, "%Y%m%d%H%M%S")
        except ValueError:
            return None

    def file_name(self, slot: datetime) -> str:
        return f"{slot:%Y%m%d%H%M%S}{self.ending}"


ENGLISH, TRANSLATED = ("lastupdate.txt", "masterfilelist.txt"), ("lastupdate-translation.txt", "masterfilelist-translation.txt")
FEEDS = {
    feed.name: feed
    for feed in (
        Feed("gdelt", "gdelt", *ENGLISH, ".export.CSV.zip"),
        Feed("gdelt-translated", "gdelt", *TRANSLATED, ".translation.export.CSV.zip"),
        Feed("gdelt-mentions", "gdelt-mentions", *ENGLISH, ".mentions.CSV.zip"),
        Feed("gdelt-translated-mentions", "gdelt-mentions", *TRANSLATED, ".translation.mentions.CSV.zip"),
    )
}


@dataclass(frozen=True)
class Had:
    """A file that was read, or lies here to be read: its size and md5, and why it was refused whole."""

    size: int
    md5: str
    refusal: str | None = None

    def is_as_listed(self, wanted: Wanted | None) -> bool:
        """Whether the source still offers these bytes, as far as its list says."""
        return wanted is None or (wanted.size in (None, self.size) and wanted.md5 in (None, self.md5))


@dataclass(frozen=True)
class Gap:
    """A quarter hour (UTC) whose file cannot be read, and why."""

    slot: datetime
    reason: str


@dataclass(frozen=True)
class Plan:
    """What a span of days needs: files to bring, files that lie here but are not loaded, how many are loaded, and what is lacking."""

    feed: Feed
    since: date
    until: date
    to_bring: tuple[Wanted, ...]
    to_load: tuple[str, ...]
    n_loaded: int
    gaps: tuple[Gap, ...]
    n_broken_lines: int = 0
    again: tuple[datetime, ...] = ()
    """Older quarter hours that were lacking and are looked for once more."""

    @property
    def bytes_to_bring(self) -> int:
        return sum(wanted.size or 0 for wanted in self.to_bring)

    def sentences(self) -> list[str]:
        """The plan as a person reads it."""
        count = len(self.to_bring) + len(self.to_load) + self.n_loaded + len(self.gaps)
        lines = [
            f"{self.feed.name}: {self.since} to {self.until} are {count} quarter hours: {self.n_loaded} loaded, "
            f"{len(self.to_load)} here to load, {len(self.to_bring)} to download ({self.bytes_to_bring / 1e6:.1f} MB), "
            f"{len(self.gaps)} lacking"
        ]
        lines += [f"{self.feed.name}: lacking {span}" for span in spans(self.gaps)]
        if self.n_broken_lines:
            lines.append(
                f"{self.feed.name}: {self.n_broken_lines} lines of the list are not `size md5 address` and were left out"
            )
        return lines


def spans(gaps: Iterable[Gap]) -> list[str]:
    """Neighbouring gaps of one reason as one span: '2025-06-15 00:00 to 23:45, 96 files: the list does not have it'."""
    runs: list[list[Gap]] = []
    for gap in sorted(gaps, key=lambda gap: gap.slot):
        if runs and gap.slot - runs[-1][-1].slot == SLOT and gap.reason == runs[-1][-1].reason:
            runs[-1].append(gap)
        else:
            runs.append([gap])
    return [f"{_span(run[0].slot, run[-1].slot)}, {len(run)} files: {run[0].reason}" for run in runs]


def _span(first: datetime, last: datetime) -> str:
    if first == last:
        return f"{first:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M} to {last:{'%H:%M' if first.date() == last.date() else '%Y-%m-%d %H:%M'}}"


def read_list(text: Iterable[str], feed: Feed, starts_whole: bool = True) -> tuple[dict[datetime, Wanted], int]:
    """Files of the feed by quarter hour, and how many lines are broken. The first line of a list's end may be cut and is then no fault.

    Only the file's name is taken from a line, never the host. Raises SourceDown where most lines are no list.
    """
    found: dict[datetime, Wanted] = {}
    n_lines = n_broken = 0
    for number, line in enumerate(text):
        if not line.strip() or (number == 0 and not starts_whole):
            continue
        n_lines += 1
        match = LINE.fullmatch(line.strip())
        if match is None or int(match[1]) > LARGEST_FILE:
            n_broken += 1
            continue
        slot = feed.slot(match[3])
        if slot is not None:
            found[slot] = Wanted(match[3], int(match[1]), match[2].lower())
    if n_lines == 0 or n_broken > n_lines / 2:
        raise SourceDown(
            f"what the source gives as its list of files is none: {n_broken} of {n_lines} lines are not `size md5 address`"
        )
    return found, n_broken


def offered(client: Client, feed: Feed, since: date, folder: Path) -> tuple[dict[datetime, Wanted], int]:
    """Everything that the source lists from a day on, out of its short list and as much of the end of its long one as is needed.

    Raises SourceDown where the lists cannot be read.
    """
    newest, broken = read_list(_text(client, feed.newest_list).splitlines(), feed)
    last = max(newest, default=None)
    if last is None:
        raise SourceDown(f"{feed.newest_list} of {client.address} names no file that ends in {feed.ending}")
    from_slot = datetime.combine(since, datetime.min.time())
    n_slots = max(1, int((last - from_slot) / SLOT) + 1)
    if n_slots == 1 and last >= from_slot:
        return newest, broken
    end = (n_slots + 96) * BYTES_A_SLOT
    while end <= LARGEST_END:
        content, is_whole = _read(client, feed.whole_list, end)
        found, broken = read_list(content.decode("utf-8", "replace").splitlines(), feed, is_whole)
        if is_whole or (found and min(found) < from_slot):
            return _from(found | newest, from_slot), broken
        end *= 2
    return _whole_list(client, feed, from_slot, newest, folder)


def _whole_list(
    client: Client, feed: Feed, from_slot: datetime, newest: dict, folder: Path
) -> tuple[dict[datetime, Wanted], int]:
    path = folder / feed.whole_list
    path.unlink(missing_ok=True)
    try:
        client.file(Wanted(feed.whole_list), folder)
        with path.open(encoding="utf-8", errors="replace") as lines:
            found, broken = read_list(lines, feed)
    except NotThere as absent:
        raise SourceDown(str(absent)) from None
    finally:
        path.unlink(missing_ok=True)
    return _from(found | newest, from_slot), broken


def _text(client: Client, name: str) -> str:
    return _read(client, name)[0].decode("utf-8", "replace")


def _read(client: Client, name: str, last_bytes: int | None = None) -> tuple[bytes, bool]:
    try:
        return client.content(name, last_bytes)
    except NotThere as absent:
        raise SourceDown(f"{absent}; is {client.address} the folder of GDELT 2.0?") from None


def _from(found: dict[datetime, Wanted], from_slot: datetime) -> dict[datetime, Wanted]:
    return {slot: wanted for slot, wanted in found.items() if slot >= from_slot}


def planned(
    feed: Feed,
    since: date,
    until: date,
    listed: dict[datetime, Wanted],
    had: dict[str, Had],
    here: dict[str, Had],
    n_broken: int = 0,
    again: Iterable[datetime] = (),
) -> Plan:
    """What to bring and what to load for whole days (UTC) and older gaps, given what is listed, was read, and lies in the inbox.

    Files are compared by size and md5: another content under a known name is brought, and one that was refused is a gap until the
    source offers another. Quarter hours after the newest listed one are not lacking: their time has not come.
    """
    older = {slot for slot in again if slot.date() < since}
    wanted = {slot: file for slot, file in listed.items() if since <= slot.date() <= until or slot in older}
    last = max(listed, default=None)
    bring, load, n_loaded, gaps = [], [], 0, []
    for slot in sorted({*_slots(since, until, last), *wanted, *older}):
        offer = wanted.get(slot)
        name = offer.name if offer else feed.file_name(slot)
        read, lies = had.get(name), here.get(name)
        is_read = read is not None and read.is_as_listed(offer)
        if read and is_read and read.refusal is None:
            n_loaded += 1
        elif lies and lies.is_as_listed(offer) and not (read and read.md5 == lies.md5):
            load.append(name)
        elif read and is_read:
            gaps.append(Gap(slot, refused(read.refusal)))
        elif offer:
            bring.append(offer)
        else:
            gaps.append(Gap(slot, "the source's list does not have it"))
    return Plan(feed, since, until, tuple(bring), tuple(load), n_loaded, tuple(gaps), n_broken, tuple(sorted(older)))


def refused(reason: str | None) -> str:
    """The reason of a gap that is there because the file of the source cannot be read."""
    return f"refused: {reason}"


def due(gaps: Iterable[tuple[datetime, datetime]], now: datetime) -> list[datetime]:
    """Older gaps that are looked for again: at half as much age again as when they were last looked for, each, so ever more seldom.

    Each is a quarter hour and when it was looked for last (UTC). Those older than the end of the long list reaches wait for `--since`."""
    oldest = now - AGAIN_WITHIN
    return [slot for slot, looked in gaps if slot > oldest and now - slot >= 1.5 * max(min(looked, now) - slot, SLOT)]


def _slots(since: date, until: date, last: datetime | None) -> Iterator[datetime]:
    slot = max(FIRST_SLOT, datetime.combine(since, datetime.min.time()))
    end = datetime.combine(until + timedelta(days=1), datetime.min.time())
    while last is not None and slot < end and slot <= last:
        yield slot
        slot += SLOT
