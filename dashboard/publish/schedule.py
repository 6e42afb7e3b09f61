"""`bilateral schedule`: runs refreshes repeatedly, each in a separate process, so that a failure does not stop the schedule."""

import logging
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.background import BackgroundScheduler

from bilateral.exits import Exit, Stop
from bilateral.logs import log

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
SHORTEST = timedelta(seconds=1)
STOP_PATIENCE = 120
"""Seconds that a running refresh has to end when the schedule is stopped; then it is killed, which loses nothing."""


def interval(text: str) -> timedelta:
    """15m, 6h, 1d, 90s. Raises Stop 78."""
    match = re.fullmatch(r"(\d{1,6})([smhd])", text.strip())
    found = timedelta(**{UNITS[match[2]]: int(match[1])}) if match else timedelta()
    if found < SHORTEST:
        raise Stop(Exit.CONFIGURATION, f"{text!r} is not a time between refreshes; write a number and s, m, h or d, as in 15m")
    return found


class Schedule:
    """The clock. `command` is what each refresh runs; its output goes where ours goes."""

    def __init__(self, command: list[str], every: timedelta, retries: int = 2, first_wait: float = 30.0):
        self.command = command
        self.every = every
        self.retries = retries
        self.first_wait = first_wait
        self._stopping = threading.Event()
        self._running: subprocess.Popen | None = None

    def run(self) -> None:
        """Refresh now and then every so often, until SIGTERM or Ctrl-C; one that is late is run once, never twice at a time."""
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self.refresh,
            "interval",
            seconds=self.every.total_seconds(),
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        scheduler.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # _tell says the same as JSON
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())
        scheduler.start()
        log.info("schedule.started", every_seconds=self.every.total_seconds())
        while not self._stopping.wait(0.5):
            pass
        self._end_running()
        scheduler.shutdown(wait=True)  # no thread may be left: a query that still runs at exit would abort the process
        log.info("schedule.stopped")

    def refresh(self) -> int:
        """One refresh; one that may succeed a little later (75, 69) is tried again, waiting twice as long each time."""
        code = 0
        for attempt in range(self.retries + 1):
            self._running = subprocess.Popen(self.command)  # noqa: S603  our own command
            code = self._running.wait()
            self._running = None
            if code not in (Exit.TRY_AGAIN, Exit.UNAVAILABLE) or attempt == self.retries:
                break
            wait = self.first_wait * 2**attempt
            log.warning("schedule.retry", exit_code=code, wait_seconds=wait)
            if self._stopping.wait(min(wait, self.every.total_seconds())):
                break
        return code

    def _end_running(self) -> None:
        running = self._running
        if running:
            running.send_signal(signal.SIGINT)
            try:
                running.wait(STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                running.kill()


def refresh_command(*options: str) -> list[str]:
    """`bilateral refresh` as this interpreter runs it."""
    return [sys.executable, "-m", "bilateral", "refresh", *options]


def _tell(event: JobEvent) -> None:
    if event.code == EVENT_JOB_MAX_INSTANCES:
        log.info("schedule.skipped", reason="the refresh before still runs")
    else:
        log.error("schedule.fault", reason=str(getattr(event, "exception", "a run was missed")))
