"""When the last update ran, and how old the newest event is: two facts, as an update may succeed and bring nothing.

No refresh that succeeds, and a downloaded source that brings nothing new, are different things too.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bilateral.publish.journal import read_status
from bilateral.sources.source_state import SourceState
from bilateral.today import today

OLD_DAYS = 30
"""Days after which the newest event is so old that a reader gets a notice."""


@dataclass(frozen=True)
class Updates:
    """The last refresh and the newest content as readers should know them. Times are UTC; None where none was."""

    last_success: datetime | None
    last_attempt: datetime | None
    exit_code: int
    message: str
    stale_hours: int
    sources: tuple[SourceState, ...] = ()
    fault: str | None = None
    """Why an older snapshot answers than the one that was published last."""

    @property
    def age_hours(self) -> float | None:
        """Hours since the last successful refresh; 0 where the clock was set back since."""
        return hours_since(self.last_success)

    @property
    def oldest_source(self) -> SourceState | None:
        """The downloaded source whose newest content is oldest: it decides, for a page is as old as its oldest part."""
        return min(self.sources, key=lambda source: source.newest or "", default=None)

    @property
    def content_age_hours(self) -> float | None:
        """Hours since the newest content of the oldest source; None where nothing is downloaded, nothing came yet, or its day is to come."""
        oldest = self.oldest_source
        newest = _time(oldest.newest) if oldest else None
        return None if newest and newest > datetime.now(UTC) + timedelta(days=1) else hours_since(newest)

    @property
    def is_content_stale(self) -> bool:
        age = self.content_age_hours
        return self.oldest_source is not None and (age is None or age > self.stale_hours)

    @property
    def state(self) -> str:
        """done; stale (no success for stale_hours); stale_content (a source brought nothing for as long); degraded (the last attempt failed, or its
        snapshot cannot be read)."""
        if self.age_hours is None or self.age_hours > self.stale_hours:
            return "stale"
        if self.is_content_stale:
            return "stale_content"
        return "degraded" if self.exit_code or self.fault else "done"


def age_days(day: date) -> int:
    """Days from an event to today, UTC; 0 for one that is dated ahead."""
    return max(0, (today() - day).days)


def read(data: Path, stale_hours: int, fault: str | None = None) -> Updates:
    """From the state file that every refresh writes; a missing or torn one counts as never refreshed."""
    status = read_status(data)
    sources = tuple(status.sources[name] for name in sorted(status.sources))
    return Updates(
        _time(status.last_success),
        _time(status.last_attempt),
        status.exit_code,
        fault or status.message,
        stale_hours,
        sources,
        fault,
    )


def hours_since(moment: datetime | None) -> float | None:
    return None if moment is None else max(0.0, (datetime.now(UTC) - moment).total_seconds() / 3600)


def _time(text: str | None) -> datetime | None:
    """A moment; text without a zone is UTC, text that is no moment is none."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
