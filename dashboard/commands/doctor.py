"""`bilateral doctor`."""

from typing import Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import say, say_table
from bilateral.exits import Exit


def doctor(
    data: Data = None,
    links: Annotated[bool, typer.Option("--links", help="Check the addresses of sources instead.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="With --links: check the form of addresses without any request.")
    ] = False,
) -> None:
    """Check installation and data; suggest fixes.

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
