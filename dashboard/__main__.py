"""The command line: registers the commands; every expected error ends with one sentence and an exit code."""

import os
import signal
import sys
import threading

import typer

from bilateral.commands import ask, audit, cluster, curate, doctor, intake, lake, load, refresh, review, serve, tell
from bilateral.commands.options import renamed
from bilateral.commands.terminal import complain
from bilateral.exits import Exit, Stop

app = typer.Typer(
    help="Load coded events, compute indicators, serve the dashboard, query with SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS = (
    *(
        refresh.refresh,
        load.load,
        intake.intake,
        serve.serve,
        serve.mcp,
        serve.password,
        ask.sql,
        ask.export,
        ask.path,
        doctor.doctor,
    ),
    *(refresh.prune, refresh.restore, refresh.runs, tell.feed, tell.alerts, refresh.schedule),
)
for command in COMMANDS:
    app.command(context_settings=renamed(most="limit"))(command)
app.add_typer(curate.curating, name="curate")
app.add_typer(audit.auditing, name="audit")
app.add_typer(review.reviewing, name="review")
app.add_typer(cluster.clustering, name="cluster")
app.add_typer(lake.in_the_lake, name="lake")

INTERRUPTED = 130
"""128 + SIGINT, as shells have it and as typer ends when Ctrl-C falls outside a query."""


def main() -> None:
    """Run a command; every expected fault ends with one sentence on stderr and its exit code, never a traceback."""
    sys.unraisablehook = _heed_interrupt
    try:
        app()
    except Stop as stop:
        sys.exit(_say(str(stop), stop.code))
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        sys.exit(_say(f"{error.filename or 'the system'}: {error.strerror or error}", Exit.FAULT))
    except Exception as error:
        sys.exit(_say_of_data(error))


def _heed_interrupt(unraisable: "sys.UnraisableHookArgs") -> None:
    """Ctrl-C that fell into a callback of the interpreter, from where it cannot end the command: it is sent again when the callback is over."""
    if unraisable.exc_type is KeyboardInterrupt:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    else:
        sys.__unraisablehook__(unraisable)


def _say_of_data(error: Exception) -> int:
    """Faults of snapshots and of DuckDB. Both are imported here alone: help and short commands start without them."""
    import duckdb

    from bilateral.publish import snapshots

    if isinstance(error, snapshots.NoSnapshot):
        return _say(str(error), Exit.UNAVAILABLE)
    if isinstance(error, duckdb.Error):
        return _say(f"{str(error).splitlines()[0]} {' '.join(getattr(error, '__notes__', []))}", Exit.FAULT)
    if isinstance(error, RuntimeError) and str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C inside a query
        return _say("stopped; nothing was changed", INTERRUPTED)
    raise error


def _say(sentence: str, code: int) -> int:
    from bilateral import logs

    if logs.is_on():
        logs.log.error("command.ended", message=sentence.strip(), exit_code=int(code))
    else:
        complain(sentence.strip())
    return int(code)


if __name__ == "__main__":
    main()
