"""What a terminal shows while a command works: the step and the time since the start, in one line that goes when it is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bilateral import steps

if TYPE_CHECKING:
    from rich.progress import Progress

    from bilateral.sources.gdelt_files import Plan
    from bilateral.sources.http_client import Advance

START = time.monotonic()
"""When the command began."""
_shown: "list[Progress]" = []
"""The line that is shown now; the bar of a download takes its place."""


@contextmanager
def shown(title: str, is_quiet: bool) -> Iterator[None]:
    """Show the steps of what is inside; nothing where stderr is no terminal."""
    if is_quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
    from rich.text import Text

    class Elapsed(ProgressColumn):
        def render(self, _task: Task) -> Text:
            return Text(str(timedelta(seconds=int(time.monotonic() - START))))

    columns = (SpinnerColumn(), Elapsed(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)
        _shown.append(progress)
        try:
            with steps.watched(lambda said: progress.update(task, description=f"{title}: {said}")):
                yield
        finally:
            _shown.pop()


@contextmanager
def download(plan: "Plan") -> Iterator["Advance"]:
    """A bar with rate and time left, where stderr is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    for line in _shown:
        line.stop()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(f"{plan.feed.name}, {len(plan.to_bring)} files", total=plan.bytes_to_bring)
        yield lambda n: progress.update(task, advance=n)
    for line in _shown:
        line.start()
