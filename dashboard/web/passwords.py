"""Checks names and passwords, and makes guessing slow: each wrong one lengthens the wait of its address, and of its name for addresses that guess.

A wait is an answer, never a thread that sleeps. Nobody is locked out by others: an address that has not guessed may try, and who has come in
before comes in."""

import hmac
import sqlite3
import threading
import time
from dataclasses import dataclass

from werkzeug.security import check_password_hash

from bilateral.logs import log
from bilateral.shared_counts import Shared
from bilateral.web.rates import network

FREE = 4
"""Wrong guesses without a wait, as people mistype."""
LONGEST, LONGEST_FOR_NAME = 900.0, 60.0
"""Seconds that an address waits at most, and for a name that others guess at."""
FORGOTTEN_AFTER = 3600.0
WRONG = """
insert into guesses values (:who, 1, :now)
on conflict (who) do update set n = iif(last < :now - :forgotten, 0, n) + 1, last = :now
returning n
"""
SEEN = "select n, last from guesses where who = :who and last >= :now - :forgotten"


@dataclass(frozen=True)
class Verdict:
    """Whether somebody comes in, and after how many seconds another try is looked at."""

    is_right: bool
    wait: int = 0


class Passwords:
    """Of one worker; guesses and those who came in are known to all of them through `shared`."""

    def __init__(self, hashes: dict[str, str], shared: Shared, key: bytes):
        self.hashes = hashes
        self.shared = shared
        self.key = key
        self.known: set[bytes] = set()
        self.hashing = threading.Lock()
        """One hash at a time in a worker: each takes 30 MB and a twentieth of a second."""

    def check(self, name: str, password: str, address: str) -> Verdict:
        """The verdict on a name and a password from an address. A right one is remembered as a keyed digest, since a hash at each request would
        stop the server."""
        # An unknown name takes as long as a wrong password, so that nobody can tell the two apart.
        expected = self.hashes.get(name, next(iter(self.hashes.values())))
        given = "\0".join((expected, name, password)).encode("utf-8", "replace")
        digest = hmac.digest(self.key, given, "sha256")
        if self._is_known(digest):
            return Verdict(True)
        who = network(address)
        if wait := self._wait(name, who):
            return Verdict(False, wait)
        if not self.hashing.acquire(blocking=False):
            return Verdict(False, 1)
        try:
            is_right = check_password_hash(expected, password) and name in self.hashes
        finally:
            self.hashing.release()
        self._admit(digest, who) if is_right else self._count(name, who)
        return Verdict(is_right)

    def _is_known(self, digest: bytes) -> bool:
        if digest not in self.known and self._ask("select 1 from admitted where digest = :digest", digest=digest):
            self.known.add(digest)
        return digest in self.known

    def _admit(self, digest: bytes, who: str) -> None:
        self.known.add(digest)
        self._ask("insert or ignore into admitted values (:digest)", digest=digest)
        self._ask("delete from guesses where who = :who", who=f"address {who}")

    def _count(self, name: str, who: str) -> None:
        n = {kind: self._ask(WRONG, who=f"{kind} {text}") for kind, text in (("address", who), ("name", name[:200]))}
        log.warning("password.wrong", name=name[:200], address=who, guesses=n["address"][0][0] if n["address"] else None)

    def _wait(self, name: str, who: str) -> int:
        """Whole seconds until another guess of this address is looked at."""
        own, of_name = (self._ask(SEEN, who=f"{kind} {text}") for kind, text in (("address", who), ("name", name[:200])))
        if not own:
            return 0
        longest = max(delay(own[0][0], LONGEST), delay(of_name[0][0], LONGEST_FOR_NAME) if of_name else 0)
        left = own[0][1] + longest - time.time()
        return int(left) + 1 if left > 0 else 0

    def _ask(self, statement: str, **given: object) -> list[tuple]:
        try:
            return self.shared.ask(statement, {"now": time.time(), "forgotten": FORGOTTEN_AFTER} | given)
        except sqlite3.Error:  # the file is full or gone: passwords still decide
            return []


def delay(n: int, longest: float) -> float:
    """Seconds to wait after so many wrong guesses: none, then 1, 2, 4 …"""
    return 0 if n < FREE else min(longest, 2.0 ** min(n - FREE, 20))
