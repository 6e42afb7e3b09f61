"""Settings, read once from the environment (BILATERAL_…) and the command line. Only __main__ reads them."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set. Each name is also an environment variable: BILATERAL_DATA, BILATERAL_PORT …"""

    model_config = SettingsConfigDict(env_prefix="BILATERAL_", frozen=True)

    data: Path = Path(".data")
    """Folder of the work database, the inbox and the snapshots."""
    dyads: Path | None = None
    """A file like seeds/dyads.csv with further pairs."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8050
    """TCP port; 0 takes a free one."""
    threads: Annotated[int, Field(ge=1, le=64)] = 4
    """Requests answered at the same time."""
    keep_snapshots: Annotated[int, Field(ge=1)] = 3
    """Snapshots kept after a refresh; older ones are removed."""
    stale_hours: Annotated[int, Field(ge=1)] = 48
    """Age of the last successful refresh, in hours, from which the pages say that data may be out of date."""
    alerts: Path | None = None
    """A file of alert rules, see docs/operations.md; its commands and webhooks are told after each refresh."""
