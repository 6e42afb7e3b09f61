"""Asks the sources of outcomes that are switched on: one request at a time, robots.txt obeyed, no other host followed, keys never told.

What fails is an offer too, whose content is the reason: it gets its line in `outcome_files`, and the others go on.
"""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urljoin

import httpx2
from protego import Protego

from bilateral import steps
from bilateral.compute.queries import read as read_query
from bilateral.compute.runner import Runner
from bilateral.outcomes.files import Offer
from bilateral.outcomes.source_list import Source
from bilateral.sources.manners import (
    Damaged,
    Manners,
    NotThere,
    Patience,
    Redirected,
    SourceDown,
    connections,
    refuse_bad,
    refuse_elsewhere,
)
from bilateral.sources.unpacking import FileRefused
from bilateral.today import today

MANNERS = Manners(connections=1, attempts=3, patience=60.0, longest_wait=10.0, silence=30.0, one_attempt=120.0)
LARGEST = 100_000_000
"""Bytes of an answer; the largest known has 27 million."""
FIRST_DAY = date(2016, 1, 1)
"""From when on series are asked for of which nothing is known: that of the chronology."""
TRIED_AGAIN = timedelta(hours=1)
"""After which a source that failed is asked again."""
NAME = "bilateral"
"""Our name in robots.txt."""
FAULTS = (SourceDown, NotThere, Redirected, Damaged, FileRefused, httpx2.InvalidURL)


@dataclass(frozen=True)
class Asked:
    """Files of outcomes to load, and sources to ask, with their keys; with `is_due_only` only those whose time has come."""

    files: Sequence[Offer] = ()
    sources: tuple[Source, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    is_due_only: bool = True


@dataclass(frozen=True)
class Known:
    """What is known of a source: its series with their newest periods, and when it was asked last (UTC)."""

    newest: dict[str, date | None]
    asked_at: datetime | None = None
    is_failing: bool = False

    def is_due(self, source: Source, now: datetime) -> bool:
        return self.asked_at is None or now - self.asked_at >= (TRIED_AGAIN if self.is_failing else source.every)

    def since(self, source: Source, keys: Iterable[str]) -> date:
        """The first day to ask for: some time before the newest value that is known of each of these series."""
        days = [self.newest[key] for key in keys]
        known = [day for day in days if day is not None]
        return max(FIRST_DAY, min(known) - source.window) if source.window and known and len(known) == len(days) else FIRST_DAY


def known(runner: Runner) -> dict[str, Known]:
    """What the work database knows of each source."""
    runner.build(["staging.outcome_keys"])
    query = read_query(runner.folder / "outcomes" / "known_keys.sql")
    found: dict[str, Known] = {}
    for reader, key, newest, asked_at, is_failing in runner.connection.execute(query.sql).fetchall():
        found.setdefault(reader, Known({}, asked_at, is_failing)).newest[key] = newest
    return found


def offers(asked: Asked, looked_at: Callable[[], AbstractContextManager[Runner]], manners: Manners = MANNERS) -> list[Offer]:
    """The files, and what sources give whose time has come, asked one after the other; the work database is closed again before."""
    with looked_at() as runner:
        states = known(runner)
    now = datetime.now(UTC).replace(tzinfo=None)
    due = [source for source in asked.sources if not asked.is_due_only or states[source.source].is_due(source, now)]
    steps.begin("asking sources of outcomes")
    return [*asked.files] + [
        offer for source in due for offer in Asker(source, asked.keys.get(source.key, ""), manners).offers(states[source.source])
    ]


class Asker:
    """Asks one source."""

    def __init__(self, source: Source, key: str, manners: Manners = MANNERS):
        self.source = source
        self.key = key
        self.manners = manners
        self.robots: dict[str, Protego] = {}
        self.n_asked = 0

    def offers(self, known: Known) -> Iterator[Offer]:
        """An offer for each file of the source; where one cannot be had, with the reason."""
        for address in self._addresses(known):
            now = datetime.now(UTC).replace(tzinfo=None)
            try:
                for shown, content in self._files(address):
                    yield Offer(shown, now, partial(bytes, content), reader=self.source.source)
            except FAULTS as fault:
                reason = str(fault).replace(self.key, "…") if self.key else str(fault)
                yield Offer(address, now, partial(_refuse, reason), reader=self.source.source)

    def _addresses(self, known: Known) -> Iterator[str]:
        for address in self.source.addresses:
            for keys in [[key] for key in known.newest] if "{key}" in address else [[*known.newest]]:
                since = known.since(self.source, keys)
                named = {
                    "key": keys[0],
                    "keys": ",".join(keys),
                    "since": since,
                    "since_month": f"{since:%Y-%m}",
                    "until": today(),
                }
                yield _filled(address, named)

    def _files(self, address: str) -> Iterator[tuple[str, bytes]]:
        """Addresses as they may be shown, each with its content."""
        content = self.get(address)
        if self.source.through == "page":
            link = newest_link(address, content, self.source.wanted)
            yield link, self.get(link)
        elif self.source.through == "manifest":
            for name, sha256 in files_of_manifest(content, self.source.wanted.split()):
                place = urljoin(address, name)
                found = self.get(place)
                if hashlib.sha256(found).hexdigest() != sha256:
                    raise Damaged(f"{PurePosixPath(name).name} is not the file that its manifest lists (sha256 differs)")
                yield place, found
        else:
            yield address, content

    def get(self, address: str) -> bytes:
        """The bytes at an address. Raises what tells why there are none; no sentence holds the key."""
        url = httpx2.URL(address)
        if not self._rules(url).can_fetch(address, NAME):
            raise Redirected(f"robots.txt of {url.host} does not allow programs to ask for this address")
        if self.n_asked:
            time.sleep(self.source.pause_s)
        self.n_asked += 1
        return self._content(url, with_key=True)

    def _rules(self, url: httpx2.URL) -> Protego:
        """The rules of a host, read once a run. One without rules allows everything; one that cannot tell them is left alone."""
        place = url.netloc.decode()
        if place not in self.robots:
            try:
                text = self._content(url.copy_with(raw_path=b"/robots.txt")).decode("utf-8", "replace")
            except NotThere:
                text = ""
            except SourceDown as down:
                if down.status is None or down.status == 429 or down.status >= 500:
                    raise
                text = ""
            self.robots[place] = Protego.parse(text)
        return self.robots[place]

    def _content(self, url: httpx2.URL, with_key: bool = False) -> bytes:
        headers, asked = {}, url
        if with_key and self.key and self.source.key == "banxico_token":
            headers = {self.source.key_name: self.key}
        elif with_key and self.key:
            asked = url.copy_merge_params({self.source.key_name: self.key})

        def once() -> bytes:
            with (
                connections(self.manners, lambda request: refuse_elsewhere(request.url, url)) as http,
                http.stream("GET", asked, headers=headers) as response,
            ):
                if response.status_code == 204:
                    return b""
                refuse_bad(response)
                return b"".join(_pieces(response, time.monotonic() + self.manners.one_attempt))

        return Patience(url, self.manners).run(str(url), once)


def _filled(address: str, named: Mapping[str, object]) -> str:
    """An address with its names in braces filled in."""
    return re.sub(r"\{(\w+)\}", lambda found: str(named[found[1]]), address)


def _pieces(response: httpx2.Response, deadline: float) -> Iterator[bytes]:
    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > LARGEST or time.monotonic() > deadline:
            raise SourceDown(f"{response.url.host} sends more than {LARGEST / 1e6:.0f} MB, or does not end; it is not read")
        yield piece


def newest_link(address: str, page: bytes, form: str) -> str:
    """The newest link of a page whose file has this form; its folder or name tells the month. Raises FileRefused."""
    links = re.findall(r"""href=["']([^"']+)["']""", page.decode("utf-8", "replace"))
    found = [link for link in dict.fromkeys(links) if re.fullmatch(form, PurePosixPath(link.partition("?")[0]).name)]
    if not found:
        raise FileRefused(f"{httpx2.URL(address).host} links to no file such as {form}; save the file and load it by its name")
    return urljoin(address, max(found, key=lambda link: (re.findall(r"20\d\d-[A-Za-z0-9]+", link), link)))


def files_of_manifest(content: bytes, names: Iterable[str]) -> list[tuple[str, str]]:
    """Paths and checksums of the named files of a manifest. Raises FileRefused."""
    try:
        listed = {file["name"]: (file["path"], file["sha256"]) for file in json.loads(content)["files"]}
        return [listed[name] for name in names]
    except (ValueError, TypeError, KeyError) as fault:
        raise FileRefused(
            f"the manifest has no files with name, path and sha256 as expected ({type(fault).__name__}: {fault})"
        ) from None


def _refuse(reason: str) -> bytes:
    raise FileRefused(reason)
