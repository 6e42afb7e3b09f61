"""How a source that is downloaded stands, as the state file keeps it and pages show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SourceState:
    """How a source that is downloaded stands after a run: its newest content (UTC) and what became of the last try."""

    name: str
    newest: str | None
    exit_code: int
    message: str
