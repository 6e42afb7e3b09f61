"""How fresh the data are: the last successful refresh against the clock, and the newest event. A stale run and stale content are different things."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dashboard.refresh import STATUS


@dataclass(frozen=True)
class Freshness:
    """The last refresh as readers should know it. Times are UTC; None where none was."""

    last_success: datetime | None
    last_attempt: datetime | None
    exit_code: int
    message: str
    stale_hours: int

    @property
    def age_hours(self) -> float | None:
        return None if self.last_success is None else (datetime.now(UTC) - self.last_success).total_seconds() / 3600

    @property
    def state(self) -> str:
        """fresh; stale (no success for stale_hours); degraded (the last attempt failed)."""
        if self.age_hours is None or self.age_hours > self.stale_hours:
            return "stale"
        return "degraded" if self.exit_code else "fresh"


def read(data: Path, stale_hours: int) -> Freshness:
    """From the status file that every refresh writes; a missing or torn one counts as never refreshed."""
    try:
        known = json.loads((data / STATUS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    return Freshness(
        _time(known.get("last_success")),
        _time(known.get("last_attempt")),
        int(known.get("exit_code", 0)),
        str(known.get("message", "")),
        stale_hours,
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
