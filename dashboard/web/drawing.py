"""Pictures of charts by address: one is drawn at a time, as each takes seconds of a browser, and the last ones are kept."""

import threading
from collections.abc import Callable

from cachetools import LRUCache

from bilateral.exits import Exit, Stop

KEPT = 64
PATIENCE = 20.0
"""Seconds that a request waits for its turn."""


class Drawing:
    """The pictures of one process."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._kept: LRUCache[str, bytes] = LRUCache(KEPT)

    def picture(self, key: str, draw: Callable[[], bytes | None]) -> bytes | None:
        """What was drawn under this key, or is now. Raises Stop 75 where others are drawing for too long."""
        if found := self._kept.get(key):
            return found
        if not self._turn.acquire(timeout=PATIENCE):
            raise Stop(Exit.TRY_AGAIN, "other pictures are being drawn; try again in a minute")
        try:
            made = self._kept.get(key) or draw()
            if made:
                self._kept[key] = made
            return made
        finally:
            self._turn.release()
