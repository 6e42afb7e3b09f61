"""Downloads from one configured address: verified, resumed, retried, rate-limited; no other host is contacted."""

import errno
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

import httpx2

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
from bilateral.sources.wanted import Wanted, fault, is_right

FAILURES_IN_A_ROW = 5
"""Files that may fail one after the other before a source counts as down and the rest is left for the next run."""
Advance = Callable[[int], None]
"""Called with the bytes that arrived; negative where bytes were thrown away."""


class Client:
    """Reads files below one address. Safe for threads; use it in a `with`."""

    def __init__(self, address: str, manners: Manners | None = None):
        self.address = httpx2.URL(address if address.endswith("/") else address + "/")
        self.manners = manners or Manners()
        self.patience = Patience(self.address, self.manners)
        self._http = connections(self.manners, self._only_configured)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def content(self, name: str, last_bytes: int | None = None) -> tuple[bytes, bool]:
        """A file's bytes, or its last ones, and whether they begin at its start. Raises SourceDown, NotThere, Redirected."""
        asked = {"Range": f"bytes=-{last_bytes}"} if last_bytes else {}

        def once() -> tuple[bytes, bool]:
            response = self._http.get(self.address.join(name), headers=asked)
            if response.status_code == 416:  # an empty file has no last bytes
                return b"", True
            refuse_bad(response)
            start = response.headers.get("Content-Range", "bytes 0-")
            return response.content, response.status_code != 206 or start.startswith("bytes 0-")

        return self.patience.run(name, once)

    def file(self, wanted: Wanted, folder: Path, advance: Advance = lambda n: None) -> Path:
        """The file in the folder, whole and checked; a part of an earlier attempt or run is continued.

        Raises NotThere, Damaged after the last attempt, SourceDown, Redirected.
        """
        target = folder / wanted.name
        if target.exists() and is_right(target, wanted):
            advance(target.stat().st_size)
            return target
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{wanted.name}.part"
        if part.exists():
            advance(part.stat().st_size)
        self.patience.run(wanted.name, lambda: self._bring(wanted, part, advance))
        return part.replace(target)

    def files(self, wanted: list[Wanted], folder: Path, advance: Advance = lambda n: None) -> Iterator[tuple[Wanted, str | None]]:
        """Bring files, a few at the same time; yields each with None, or with the reason why it is not here, as they end.

        When several fail in a row the source counts as down: the rest is yielded as not tried.
        """
        failed_in_a_row = 0
        with ThreadPoolExecutor(self.manners.connections, thread_name_prefix="download") as pool:
            running = {pool.submit(self.file, item, folder, advance): item for item in wanted}
            try:
                for done in as_completed(running):
                    if done.cancelled():
                        yield running[done], "not tried: the source was down"
                        continue
                    reason = None
                    try:
                        done.result()
                        failed_in_a_row = 0
                    except NotThere as absent:
                        reason, failed_in_a_row = str(absent), 0
                    except (SourceDown, Damaged, Redirected) as failure:
                        reason = str(failure)
                        failed_in_a_row += 1
                    except OSError as error:  # something else stands in the place of the file; a full disk is another matter
                        if error.errno in (errno.ENOSPC, errno.EDQUOT):
                            raise
                        reason = f"{running[done].name} cannot be written here: {error.strerror}"
                    if failed_in_a_row >= FAILURES_IN_A_ROW:
                        for waiting in running:
                            waiting.cancel()
                    yield running[done], reason
            finally:  # also after Ctrl-C: what runs is finished or times out, what waits is dropped
                pool.shutdown(wait=True, cancel_futures=True)

    def _bring(self, wanted: Wanted, part: Path, advance: Advance) -> None:
        """One attempt: from the first missing byte to the last, then size and md5."""
        have = part.stat().st_size if part.exists() else 0
        if wanted.size is not None and have > wanted.size:
            have = _thrown_away(part, advance)
        if have != wanted.size or have == 0:
            with self._opened(wanted.name, have) as response:
                if have and response.status_code == 416:
                    _thrown_away(part, advance)
                    raise Damaged(f"the part of {wanted.name} that is here is longer than the file at the source")
                refuse_bad(response)
                if have and response.status_code != 206:  # a server that cannot continue begins again
                    have = _thrown_away(part, advance)
                deadline = time.monotonic() + self.manners.one_attempt
                with part.open("ab") as sink:
                    for piece in response.iter_raw():
                        sink.write(piece)
                        advance(len(piece))
                        have += len(piece)
                        if wanted.size is not None and have > wanted.size:
                            break
                        if time.monotonic() > deadline:
                            raise httpx2.ReadTimeout(f"{self.manners.one_attempt:.0f} s were not enough")
        if broken := fault(part, wanted):
            _thrown_away(part, advance)
            raise Damaged(broken)

    @contextmanager
    def _opened(self, name: str, have: int) -> Iterator[httpx2.Response]:
        # Bytes as stored: a server that packs them again would break size, md5 and continuing.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
        with self._http.stream("GET", self.address.join(name), headers=headers) as response:
            yield response

    def _only_configured(self, request: httpx2.Request) -> None:
        refuse_elsewhere(request.url, self.address)


def _thrown_away(part: Path, advance: Advance) -> int:
    """Forget a part; returns the bytes that are left: none."""
    if part.exists():
        advance(-part.stat().st_size)
        part.unlink()
    return 0
