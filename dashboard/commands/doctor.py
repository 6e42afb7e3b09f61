"""`bilateral doctor`."""

from typing import Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import say, say_table
from bilateral.exits import Exit


def doctor(
    data: Data = None,
    links: Annotated[bool, typer.Option("--links", help="Look at the addresses of sources instead.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="With --links: judge addresses by their look, ask none.")] = False,
) -> None:
    """Tell what is where, how old it is, what is wrong and what to do next.

    Example: bilateral doctor --links --offline
    """
    from bilateral.monitoring import doctor as doctoring

    chosen = settings(data=data)
    if links:
        findings, summary = doctoring.examine_links(chosen.data, offline)
        for finding in findings:
            say(f"{finding.what}\n    {finding.state}")
            if finding.advice:
                say(f"    better: {finding.advice}")
        say(summary)
    else:
        findings = doctoring.examine(chosen.data, chosen.stale_hours)
        say_table(("what", "state", "next"), [(finding.what, finding.state, finding.advice) for finding in findings])
    if any(finding.is_wrong for finding in findings):
        raise typer.Exit(Exit.FAULT)
