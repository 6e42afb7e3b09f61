"""How fresh the data are. A stale run (no refresh succeeded) and stale content (refreshes run, but a source brings nothing new) are different things."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.journal import SourceState, read_status


@dataclass(frozen=True)
class Freshness:
    """The last refresh and the newest content as readers should know them. Times are UTC; None where none was."""

    last_success: datetime | None
    last_attempt: datetime | None
    exit_code: int
    message: str
    stale_hours: int
    sources: tuple[SourceState, ...] = ()

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
        """Hours since the newest content of the oldest source; None where nothing is downloaded or nothing came yet."""
        oldest = self.oldest_source
        return hours_since(_time(oldest.newest)) if oldest else None

    @property
    def is_content_stale(self) -> bool:
        age = self.content_age_hours
        return self.oldest_source is not None and (age is None or age > self.stale_hours)

    @property
    def state(self) -> str:
        """fresh; stale (no success for stale_hours); stale_content (a source brought nothing for as long); degraded (the last attempt failed)."""
        if self.age_hours is None or self.age_hours > self.stale_hours:
            return "stale"
        if self.is_content_stale:
            return "stale_content"
        return "degraded" if self.exit_code else "fresh"


def read(data: Path, stale_hours: int) -> Freshness:
    """From the state file that every refresh writes; a missing or torn one counts as never refreshed."""
    status = read_status(data)
    sources = tuple(status.sources[name] for name in sorted(status.sources))
    return Freshness(
        _time(status.last_success), _time(status.last_attempt), status.exit_code, status.message, stale_hours, sources
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
