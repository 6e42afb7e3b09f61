"""`bilateral serve`, `mcp`, `password`: serve readers."""

import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bilateral.commands.ask import readable
from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import complain
from bilateral.exits import Exit, Stop


def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port (0 = any free port).", show_default="8050")] = None,
    workers: Annotated[int | None, typer.Option(help="Number of worker processes.", show_default="1")] = None,
    threads: Annotated[int | None, typer.Option(help="Threads per worker process.", show_default="4")] = None,
    sql: Annotated[
        bool | None, typer.Option("--sql/--no-sql", help="Allow readers to run SQL queries.", show_default="only this user")
    ] = None,
    passwords: Annotated[Path | None, typer.Option(help="Password file; see `bilateral password`.", show_default=False)] = None,
    proxy_header: Annotated[
        str | None, typer.Option(help="Header in which a proxy names the authenticated user.", show_default=False)
    ] = None,
    public: Annotated[
        bool | None, typer.Option("--public", help="Allow everybody to read without a password.", show_default=False)
    ] = None,
    public_address: Annotated[
        str | None,
        typer.Option(help="Public address of the dashboard, such as https://example.org/relations.", show_default=False),
    ] = None,
    proxies: Annotated[
        int | None, typer.Option(help="Number of proxies in front of the server that add X-Forwarded-For.", show_default="0")
    ] = None,
) -> None:
    """Serve the dashboard from the current snapshot. Access from other computers requires --host and one of --passwords, --proxy-header or --public.

    Example: bilateral serve --port 8051 --workers 2
    """
    from bilateral import logs
    from bilateral.ask.reader_sql import Asking, Limits
    from bilateral.public_address import Public
    from bilateral.web.security import Door, Keys
    from bilateral.web.server import serve as serve_app

    chosen = settings(
        data=data, host=host, port=port, workers=workers, threads=threads, sql=sql, passwords=passwords,
        proxy_header=proxy_header, public=public, public_address=public_address, proxies=proxies,
    )  # fmt: skip
    way = Public(chosen.public_address, chosen.proxies, chosen.proxy_addresses)
    door = Door(
        chosen.host,
        chosen.passwords,
        chosen.proxy_header,
        chosen.public,
        chosen.hostnames,
        chosen.frame_ancestors,
        way,
        chosen.sql,
    )
    door.check()
    limits = Limits(rows=10_000, seconds=chosen.sql_seconds, memory_mb=chosen.sql_memory_mb)
    rates = {kind: getattr(chosen, f"{kind}_rate") for kind in ("sql", "callback", "page", "file", "picture")}
    keys = Keys(door.hashes())

    def reread() -> None:
        nonlocal keys
        keys = replace(keys, hashes=door.hashes())

    def application(together: Path):
        from bilateral.web.app import make_app  # in the worker: the master has no use for Dash

        logs.to_stderr(logging.INFO if chosen.log == "json" else logging.WARNING)  # wrong guesses are always told
        asking = Asking(limits, chosen.sql_at_once)
        return make_app(chosen.data, chosen.stale_hours, asking, door, chosen.api_rate, together, rates, keys).server

    bring_up_to_this_version(chosen.data)
    serve_app(application, reread, chosen.data, chosen.host, chosen.port, chosen.workers, chosen.threads)


def bring_up_to_this_version(data: Path) -> None:
    """Where another version made the snapshot, refresh beside the server: readers see what it holds until then."""
    from bilateral.ask import compatibility
    from bilateral.publish.schedule import refresh_command

    if lacking := compatibility.outdated(data):
        complain(f"the snapshot was made by another version ({lacking}); a refresh is making a new one")
        command = refresh_command("--data", str(data), "--offline", "--quiet")
        subprocess.Popen(command, start_new_session=True)  # noqa: S603  our own command


def mcp(
    data: Data = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Serve HTTP on this port of 127.0.0.1 (0 = any free port).", show_default=False),
    ] = None,
) -> None:
    """Serve the API as tools for language models (Model Context Protocol) on standard input and output.

    Example: bilateral mcp --data /var/lib/bilateral
    """
    chosen = settings(data=data)
    try:
        from bilateral.web import mcp as tools
    except ModuleNotFoundError as missing:
        lacking = f"{missing.name} is not installed; `pip install 'bilateral[mcp]'` brings what this command needs"
        raise Stop(Exit.CONFIGURATION, lacking) from None
    readable(chosen.data)  # said here, and not at each question again
    if port is None:
        tools.serve_input(chosen.data)
    else:
        tools.serve_http(chosen.data, port)


def password(name: Annotated[str, typer.Argument(help="User name.")]) -> None:
    """Ask for a password and print a line for the file of `serve --passwords`.

    Example: bilateral password anna >> passwords
    """
    from bilateral.web.security import password_line

    given = typer.prompt("Password", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    sys.stdout.write(password_line(name, given) + "\n")
