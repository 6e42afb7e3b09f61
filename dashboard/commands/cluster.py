"""`bilateral cluster start`, `stop`: a small Spark cluster on this machine, of Spark's own processes."""

from typing import Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.refreshing import cluster_folder
from bilateral.commands.terminal import say

clustering = typer.Typer(help="Start and stop a Spark cluster on this machine.", no_args_is_help=True)


@clustering.command("start")
def start_cluster(
    data: Data = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Number of worker processes.")] = 2,
    cores: Annotated[int, typer.Option(min=1, max=64, help="Tasks that a worker runs at the same time.")] = 1,
) -> None:
    """Start a master and workers on free ports of this machine, and print the master's address.

    Example: bilateral cluster start --workers 2
    """
    from bilateral.cluster import local

    say(local.start(cluster_folder(settings(data=data)), workers, cores))


@clustering.command("stop")
def stop_cluster(data: Data = None) -> None:
    """Stop the processes that `bilateral cluster start` started.

    Example: bilateral cluster stop
    """
    from bilateral.cluster import local

    n_ended = local.stop(cluster_folder(settings(data=data)))
    say(f"{n_ended} processes ended")
