"""`bilateral feed`, `alerts`: report changes."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import say
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from bilateral.settings import Settings


class FeedFormat(StrEnum):
    """How the feed of changes is written."""

    ATOM = "atom"
    JSON = "json"


def feed(
    data: Data = None,
    format: Annotated[FeedFormat, typer.Option("--format", help="Output format.")] = FeedFormat.ATOM,
    dyad: Annotated[str | None, typer.Option(help="Pair, such as MEX-USA; by default all pairs.", show_default=False)] = None,
    lang: Annotated[str, typer.Option(help="Language of the titles.")] = "en",
    address: Annotated[str, typer.Option(help="Address of the dashboard, used in links.")] = "http://127.0.0.1:8050",
) -> None:
    """Print the feed of notable changes that the dashboard serves under /feeds/.

    Example: bilateral feed --dyad MEX-USA --format json
    """
    from bilateral.ask.warehouse import Warehouse
    from bilateral.monitoring import feeds
    from bilateral.monitoring.changes import changes
    from bilateral.strings import LANGS, texts

    if lang not in LANGS:
        raise Stop(Exit.CONFIGURATION, f"{lang!r} is not an available language; choose {' or '.join(LANGS)}")
    try:
        found = changes(Warehouse(settings(data=data).data), lang, dyad)
    except LookupError as error:
        raise Stop(Exit.CONFIGURATION, error.args[0]) from None
    write, _ = feeds.WRITERS[format.value]
    own = f"{address.rstrip('/')}/feeds/changes.{format.value}"
    sys.stdout.write(write(found, texts(lang)("feeds.title"), address.rstrip("/"), own).decode() + "\n")


def alerts(
    data: Data = None,
    rules: Annotated[
        Path | None, typer.Option(help="File of alert rules; by default BILATERAL_ALERTS.", show_default=False)
    ] = None,
) -> None:
    """Send alerts on changes since the last run, by the commands and webhooks of the rules. A refresh does this automatically.

    Example: bilateral alerts --rules alerts.toml
    """
    chosen = settings(data=data, alerts=rules)
    if chosen.alerts is None:
        raise Stop(Exit.CONFIGURATION, "no alert rules given; use --rules FILE or set BILATERAL_ALERTS")
    tell(chosen)


def tell(chosen: "Settings", quiet: bool = False) -> None:
    """Deliver alerts, one sentence each."""
    if chosen.alerts:
        from bilateral.monitoring.alerts import deliver

        for sentence in deliver(chosen.data, chosen.alerts):
            if not quiet:
                say(sentence)
