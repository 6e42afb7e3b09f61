"""`bilateral audit draw`, `read`: measure how often machine coding is right."""

from pathlib import Path
from typing import Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.outcomes import refreshed, report
from bilateral.commands.terminal import say

auditing = typer.Typer(
    help="Measure how often machine coding is right: draw events, mark them, read the marks.", no_args_is_help=True
)


@auditing.command("draw")
def draw_audit(
    dataset: Annotated[str, typer.Argument(help="Dataset to draw from, such as gdelt.")],
    file: Annotated[Path, typer.Argument(help="CSV file to write.")],
    data: Data = None,
    pair: Annotated[str, typer.Option("--pair", help="Pair to draw from, such as MEX-USA.")] = "all",
    events: Annotated[int, typer.Option("--events", min=1, help="How many.")] = 50,
    word: Annotated[str, typer.Option("--word", help="Another word draws other events; letters and digits.")] = "a",
) -> None:
    """Draw events at random into a file with empty marks: compare each with its article, write yes, no or unclear.

    Example: bilateral audit draw gdelt audit.csv --pair MEX-USA
    """
    from bilateral.ask.warehouse import Warehouse
    from bilateral.evaluation import audit

    population = audit.draw(Warehouse(settings(data=data).data), dataset, pair, events, word, file)
    say(f"{file}: {min(events, population)} of {population} events; fill in {', '.join(audit.QUESTIONS)}")


@auditing.command("read")
def read_audit(file: Annotated[Path, typer.Argument(help="CSV file with marks.")], data: Data = None) -> None:
    """Take the marks of a file and publish the rates; a file of the same draw is replaced.

    Example: bilateral audit read audit.csv
    """
    from bilateral.evaluation import audit

    chosen = settings(data=data)
    name, marked, drawn = audit.receive(chosen.data, file)
    report(refreshed(chosen), as_json=False, quiet=True)
    say(f'{name}: {marked} of {drawn} events marked; see `bilateral sql "from audits"`')
