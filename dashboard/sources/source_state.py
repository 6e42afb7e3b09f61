"""State of a downloaded source, as stored in the state file and shown on pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceState:
    """How a source that is downloaded stands after a run: its newest content (UTC) and what became of the last try."""

    name: str
    newest: str | None
    exit_code: int
    message: str
