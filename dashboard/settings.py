"""Settings, read once from the environment (BILATERAL_…) and the command line. Only commands/ reads them."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set. Each name is also an environment variable: BILATERAL_DATA, BILATERAL_PORT …"""

    model_config = SettingsConfigDict(env_prefix="BILATERAL_", frozen=True)

    data: Path = Path(".data")
    """Folder of the work database, the inbox and the snapshots."""
    dyads: Path | None = None
    """A file like seeds/dyads.csv with further pairs."""
    corrections: Path | None = None
    """A file like seeds/corrections.csv: events to exclude, to recode, or of another domain."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8050
    """TCP port; 0: any free one."""
    threads: Annotated[int, Field(ge=1, le=64)] = 4
    """Requests answered at the same time in each worker."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that answer; they share nothing but the snapshot."""
    sql: bool | None = None
    """Whether readers may ask SQL; else only this user's programs on this computer, without a proxy."""
    sql_seconds: Annotated[float, Field(gt=0, le=300)] = 5
    """Seconds after which a reader's statement is stopped."""
    sql_memory_mb: Annotated[int, Field(ge=64)] = 512
    """MB that a reader's statement may take."""
    sql_at_once: Annotated[int, Field(ge=1, le=16)] = 2
    """Statements that run at the same time in each worker; keep it below `threads`, so that pages are answered meanwhile."""
    api_rate: str = "240 per minute"
    """Requests of the API that one address may make, of all workers together."""
    sql_rate: str = "60 per minute"
    """Statements that one address may ask; with the next three, programs on this computer are not held back."""
    callback_rate: str = "240 per minute"
    """Changes of a chart that one address may ask for."""
    page_rate: str = "240 per minute"
    """Pages and feeds that one address may ask for."""
    file_rate: str = "60 per minute"
    """Files of rows (CSV, XLSX …) that one address may ask for."""
    picture_rate: str = "20 per minute"
    """Pictures of charts (PNG, SVG) that one address may ask for; each takes seconds of a browser."""
    public_address: str | None = None
    """The address under which readers know the dashboard, with a path where it is one of several: https://example.org/relations."""
    proxies: Annotated[int, Field(ge=0, le=10)] = 0
    """Proxies before us that name their client in X-Forwarded-For; with `proxy_header` at least one."""
    proxy_addresses: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.0/8", "::1")
    """Addresses or networks from which the nearest proxy asks; nobody else's headers are believed."""
    passwords: Path | None = None
    """A file of lines that `bilateral password NAME` prints; who reads then needs one of them."""
    proxy_header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")] | None = None
    """A header in which a proxy names whom it has let in."""
    public: bool = False
    """Everybody may read, also from other computers."""
    hostnames: Annotated[tuple[str, ...], NoDecode] = ()
    """Names under which browsers ask on this computer, beside localhost, parted by commas."""
    frame_ancestors: Annotated[tuple[str, ...], NoDecode] = ()
    """Sites that may show a chart in a frame, parted by commas: https://example.org …"""
    keep_snapshots: Annotated[int, Field(ge=1)] = 3
    """Snapshots kept after a refresh; older ones are removed."""
    stale_hours: Annotated[int, Field(ge=1)] = 48
    """Age of the last successful refresh, in hours, from which the pages say that data may be out of date."""
    alerts: Path | None = None
    """A file of alert rules, see docs/operations.md; its commands and webhooks are told after each refresh."""
    sources: Annotated[tuple[str, ...], NoDecode] = ()
    """Sources that every refresh downloads, parted by commas: gdelt, gdelt-translated … None: nothing is ever downloaded."""
    gdelt_address: str = "https://storage.googleapis.com/data.gdeltproject.org/gdeltv2/"
    """Folder of the GDELT 2.0 files: the service's bucket, or a mirror of it, also on this machine. No other host is asked."""
    intake_sources: Annotated[tuple[str, ...], NoDecode] = ()
    """Sources of published texts that every refresh asks, parted by commas: federal-register, white-house … None: nothing is ever asked."""
    intake_file: Path | None = None
    """A file like seeds/intake_sources.csv with sources of your own, or other addresses of shipped ones."""
    intake_body_days: Annotated[int, Field(ge=1)] | None = None
    """Days for which the bodies are kept that items were read from; those of open and accepted proposals stay. None: all for ever."""
    outcome_sources: Annotated[tuple[str, ...], NoDecode] = ()
    """Sources of outcomes that refreshes ask once a day, parted by commas: ft900, fredgraph, bts … None: nothing is ever asked."""
    outcome_file: Path | None = None
    """A file like seeds/outcome_sources.csv with other addresses of these sources."""
    census_key: SecretStr | None = None
    """Key of the Census Bureau's API; it goes to that source alone and is told nowhere."""
    banxico_token: SecretStr | None = None
    """Token of Banco de México's service SIE; likewise."""
    coder_model: str | None = None
    """A language model that proposes acts too, by its name in pydantic-ai: openai:…; texts of the intake are sent to its provider. None: to nobody."""
    connections: Annotated[int, Field(ge=1, le=16)] = 4
    """Files downloaded at the same time."""
    engine: Literal["duckdb", "spark"] = "duckdb"
    """What computes a full build: DuckDB in this process, or in the tasks of a Spark cluster. The tables are the same."""
    master: str | None = None
    """Address of the cluster's master: spark://host:7077."""
    cluster_folder: Path | None = None
    """A folder that this machine and the workers see under the same path; rows go there and back. By default `cluster` in the data folder."""
    task_mb: Annotated[int, Field(ge=256)] = 800
    """MB that DuckDB may hold in a task; a task takes about 400 MB besides."""
    slice_rows: Annotated[int, Field(ge=1)] = 250_000
    """Reports of a task; four weeks of a dataset are one task, even if they have more."""
    metrics_file: Path | None = None
    """Where the numbers of the refreshes are written besides, for a node exporter."""
    log: Literal["off", "json"] = "off"
    """json: one JSON line a step on stderr, sentences for people included."""

    @field_validator(
        "sources", "intake_sources", "outcome_sources", "hostnames", "frame_ancestors", "proxy_addresses", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, (name.strip() for name in value.split(",")))) if isinstance(value, str) else value

    @field_validator("api_rate", "sql_rate", "callback_rate", "page_rate", "file_rate", "picture_rate")
    @classmethod
    def _is_rate(cls, value: str) -> str:
        if not re.fullmatch(r"[1-9]\d* (per|/) (\d+ )?(second|minute|hour|day)s?", value):
            raise ValueError("write a rate such as `240 per minute`")
        return value

    @field_validator("gdelt_address")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^/\s]+(/\S*)?", value):
            raise ValueError("write an address that begins with https:// or http://")
        return value
