"""`bilateral audit draw`, `read`: measure the accuracy of machine coding."""

from pathlib import Path
from typing import Annotated

import typer

from bilateral.commands.options import Data, renamed, settings
from bilateral.commands.refreshing import refreshed, report
from bilateral.commands.terminal import say

auditing = typer.Typer(help="Audit the accuracy of machine coding: draw events, mark them, read the marks.", no_args_is_help=True)


@auditing.command("draw", context_settings=renamed(word="seed"))
def draw_audit(
    dataset: Annotated[str, typer.Argument(help="Dataset to draw from, such as gdelt.")],
    file: Annotated[Path, typer.Argument(help="CSV file to write.")],
    data: Data = None,
    pair: Annotated[str, typer.Option("--pair", help="Pair to draw from, such as MEX-USA.")] = "all",
    events: Annotated[int, typer.Option("--events", min=1, help="Number of events to draw.")] = 50,
    seed: Annotated[str, typer.Option("--seed", help="Random seed: letters and digits.")] = "a",
) -> None:
    """Draw random events into a CSV file with empty marks. Compare each event with its article and write yes, no or unclear.

    Example: bilateral audit draw gdelt audit.csv --pair MEX-USA
    """
    from bilateral.ask.warehouse import Warehouse
    from bilateral.evaluation import audit

    population = audit.draw(Warehouse(settings(data=data).data), dataset, pair, events, seed, file)
    say(f"{file}: {min(events, population)} of {population} events; fill in {', '.join(audit.QUESTIONS)}")


@auditing.command("read")
def read_audit(file: Annotated[Path, typer.Argument(help="CSV file with marks.")], data: Data = None) -> None:
    """Read the marks of a file and publish the accuracy. An earlier file of the same draw is replaced.

    Example: bilateral audit read audit.csv
    """
    from bilateral.evaluation import audit

    chosen = settings(data=data)
    name, marked, drawn = audit.receive(chosen.data, file)
    report(refreshed(chosen), as_json=False, quiet=True)
    say(f'{name}: {marked} of {drawn} events marked; see `bilateral sql "from audits"`')
