"""What a long command is doing: each step is told to whoever watches, and to nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_watcher: Callable[[str], None] | None = None


def begin(said: str) -> None:
    """Tell that a step begins."""
    if _watcher:
        _watcher(said)


@contextmanager
def watched(watcher: Callable[[str], None]) -> Iterator[None]:
    """Tell every step to `watcher` meanwhile."""
    global _watcher
    before, _watcher = _watcher, watcher
    try:
        yield
    finally:
        _watcher = before
