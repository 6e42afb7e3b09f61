"""`bilateral feed`, `alerts`: tell of changes."""

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
    format: Annotated[FeedFormat, typer.Option("--format", help="How it is written.")] = FeedFormat.ATOM,
    dyad: Annotated[str | None, typer.Option(help="One pair, such as MEX-USA.", show_default=False)] = None,
    lang: Annotated[str, typer.Option(help="Language of the titles.")] = "en",
    address: Annotated[str, typer.Option(help="Address of the dashboard, for the links.")] = "http://127.0.0.1:8050",
) -> None:
    """Write the feed of material changes, as the dashboard serves it under /feeds/.

    Example: bilateral feed --dyad MEX-USA --format json
    """
    from bilateral.ask.warehouse import Warehouse
    from bilateral.monitoring import feeds
    from bilateral.strings import LANGS, texts

    if lang not in LANGS:
        raise Stop(Exit.CONFIGURATION, f"{lang!r} is no language of this project; choose {' or '.join(LANGS)}")
    try:
        found = feeds.changes(Warehouse(settings(data=data).data), lang, dyad)
    except LookupError as error:
        raise Stop(Exit.CONFIGURATION, error.args[0]) from None
    write, _ = feeds.WRITERS[format.value]
    own = f"{address.rstrip('/')}/feeds/changes.{format.value}"
    sys.stdout.write(write(found, texts(lang)("feeds.title"), address.rstrip("/"), own).decode() + "\n")


def alerts(
    data: Data = None,
    rules: Annotated[Path | None, typer.Option(help="File of rules; else BILATERAL_ALERTS.", show_default=False)] = None,
) -> None:
    """Tell the commands and webhooks of the rules what changed since the last time. A refresh does this by itself.

    Example: bilateral alerts --rules alerts.toml
    """
    chosen = settings(data=data, alerts=rules)
    if chosen.alerts is None:
        raise Stop(Exit.CONFIGURATION, "no rules are named; say --rules FILE or set BILATERAL_ALERTS")
    tell(chosen)


def tell(chosen: "Settings", quiet: bool = False) -> None:
    """Deliver alerts, one sentence each."""
    if chosen.alerts:
        from bilateral.monitoring.alerts import deliver

        for sentence in deliver(chosen.data, chosen.alerts):
            if not quiet:
                say(sentence)
