"""`bilateral doctor`."""

from collections.abc import Iterator
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import say
from bilateral.escaping import in_a_line
from bilateral.exits import Exit

if TYPE_CHECKING:
    from bilateral.monitoring.doctor import Finding

WIDTH, INDENT = 80, 6


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
    from bilateral.intake import source_list
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
        sources = source_list.chosen(chosen.intake_sources, chosen.intake_file)
        findings = doctoring.examine(chosen.data, chosen.stale_hours, sources)
        for finding in findings:
            say("\n".join(lines(finding)))
    if any(finding.is_wrong for finding in findings):
        raise typer.Exit(Exit.FAULT)


def lines(finding: "Finding") -> Iterator[str]:
    """A finding in lines of 80 columns: whether it holds, what it is of, its state, and what to do. Words and paths stay whole."""
    mark = "WRONG" if finding.is_wrong else "look" if finding.advice else "ok"
    whole = TextWrapper(WIDTH, subsequent_indent=" " * INDENT, break_long_words=False, break_on_hyphens=False)
    yield from whole.wrap(in_a_line(f"{mark:<{INDENT}}{finding.what}: {finding.state}"))
    if finding.advice:
        whole.initial_indent = whole.subsequent_indent
        yield from whole.wrap(in_a_line(f"→ {finding.advice}"))
