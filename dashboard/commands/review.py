"""`bilateral review`: the queue of proposals, and what a person decides about them."""

import sys
from dataclasses import asdict
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import say, say_table
from bilateral.escaping import in_a_line
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from bilateral.intake.decisions import Reviewer
    from bilateral.intake.queue import Entry

reviewing = typer.Typer(
    help="Review proposals of the intake: list, show, accept, edit, reject, merge, undo. Accepted acts enter at the next refresh.",
    no_args_is_help=True,
)
Number = Annotated[int, typer.Argument(max=999_999_999, help="Number of the proposal, as `bilateral review list` prints it.")]
Who = Annotated[str | None, typer.Option("--who", help="Who decides; by default the user of this computer.", show_default=False)]
Why = Annotated[str, typer.Option("--reason", help="Reason, kept with the decision.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@reviewing.command("list")
def list_proposals(
    data: Data = None,
    pair: Annotated[str | None, typer.Option("--pair", help="Only this pair, such as MEX-USA.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was decided.")] = False,
    json: AsJson = False,
) -> None:
    """List proposals that await review, by pair, and within it by importance or by the order learned from your decisions.

    Example: bilateral review list --pair MEX-USA
    """
    from bilateral.intake import queue, ranking

    wanted = "-".join(sorted(pair.upper().split("-"))) if pair else None
    with queue.reading(settings(data=data).data) as connection:
        found = [entry for entry in queue.entries(connection) if wanted in (None, entry.pair)]
        order = ranking.order_of(connection)
    shown = ranking.in_order((entry for entry in found if everything or entry.state == "open"), order)
    if json:
        _print_json([_told(entry) for entry in shown])
    else:
        rows = [[in_a_line(cell) for cell in _cells(entry)] for entry in shown]
        say_table(("no.", "pair", "day", "code", "state", "sentence"), rows)
        n = sum(entry.state == "open" for entry in found)
        say(f"{n} {'proposal awaits' if n == 1 else 'proposals await'} review")


@reviewing.command("show")
def show(number: Number, data: Data = None, json: AsJson = False) -> None:
    """Show a proposal: its sentence and source, its fields, and what was decided.

    Example: bilateral review show 12
    """
    from bilateral.intake import decisions, drafts, queue

    with queue.reading(settings(data=data).data) as connection:
        entry = queue.entry(connection, number)
        others = decisions.alike(entry, queue.entries(connection))
    if json:
        _print_json(_told(entry))
        return
    found = entry.proposal
    say(f"{entry.number}  {entry.pair}  {entry.state}  ({found.backend}, confidence {found.confidence:.2f}, {found.modality})")
    say(f"“{in_a_line(found.evidence)}”\n{in_a_line(entry.title)}\n{in_a_line(entry.url)}")
    if doubt := drafts.doubt(entry, drafts.current(entry)):
        say(f"read as {found.modality}: {decisions.WANTED[doubt]}")
    if found.on_record:
        say(f"already on record: {found.on_record}")
    for other in others:
        say(f"may tell the same act: proposal {other.number} ({other.state}): {in_a_line(other.proposal.evidence)}")
    for name, value in drafts.current(entry).items():
        say(f"  {name:<14} {in_a_line(value)}".rstrip())
    for decision in entry.decisions:
        say(f"{decision.at:%Y-%m-%d %H:%M} {in_a_line(decision.who)}: {decision.kind} {in_a_line(decision.why)}".rstrip())


@reviewing.command("accept")
def accept(
    number: Number,
    summary: Annotated[str | None, typer.Option("--summary", help="The act in one English sentence of your own.")] = None,
    summary_es: Annotated[str | None, typer.Option("--summary-es", help="The same in Spanish.")] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--set", help="Another value of a field, as FIELD=VALUE.", show_default=False)
    ] = None,
    why: Why = "",
    who: Who = None,
    data: Data = None,
) -> None:
    """Accept a proposal: its act is written into your own chronology, and counts from the next refresh on. If something is wrong, nothing is written.

    Example: bilateral review accept 12 --summary "The trade ministers meet." --summary-es "Los ministros de comercio se reúnen."
    """
    given = _values(fields or [])
    given |= {name: value for name, value in (("summary", summary), ("summary_es", summary_es)) if value is not None}
    event_id = _reviewer(data, who).accept(number, given, why)
    say(
        f"proposal {number} accepted as {event_id}; `bilateral refresh` publishes it, `bilateral review undo {number}` takes it back"
    )


@reviewing.command("edit")
def edit(
    number: Number,
    fields: Annotated[list[str], typer.Argument(help="FIELD=VALUE …; `bilateral review show` lists the fields.")],
    why: Why = "",
    who: Who = None,
    data: Data = None,
) -> None:
    """Change fields of a proposal before it is accepted.

    Example: bilateral review edit 12 cameo_code=057 domain=trade
    """
    given = _values(fields)
    _reviewer(data, who).edit(number, given, why)
    say(f"proposal {number}: {', '.join(given)} changed")


@reviewing.command("reject")
def reject(
    number: Number,
    why: Annotated[str, typer.Option("--reason", help="Reason, such as `no act` or `wrong country`.")],
    who: Who = None,
    data: Data = None,
) -> None:
    """Reject a proposal, with the reason.

    Example: bilateral review reject 12 --reason "a plan, not an act"
    """
    _reviewer(data, who).reject(number, why)
    say(f"proposal {number} rejected")


@reviewing.command("merge")
def merge(
    number: Number,
    into: Annotated[str, typer.Argument(help="The proposal (number) or act on record (event_id) that tells the same.")],
    why: Why = "",
    who: Who = None,
    data: Data = None,
) -> None:
    """Note that a proposal tells an act that another proposal or an act on record tells already.

    Example: bilateral review merge 13 12
    """
    _reviewer(data, who).merge(number, into, why)
    say(f"proposal {number} merged into {in_a_line(into)}")


@reviewing.command("undo")
def undo(number: Number, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Take back the last decision about a proposal. An accepted act leaves your chronology; if it was published, the next refresh withdraws it.

    Example: bilateral review undo 12
    """
    undone = _reviewer(data, who).undo(number, why)
    leaves = f"; {undone.after['event_id']} leaves the chronology at the next refresh" if undone.kind == "accept" else ""
    say(f"proposal {number}: {undone.kind} undone{leaves}")


def _reviewer(data: Path | None, who: str | None) -> "Reviewer":
    from bilateral.intake.decisions import Reviewer, user

    return Reviewer(settings(data=data).data, who or user())


def _cells(entry: "Entry") -> list[str]:
    from bilateral.intake import drafts

    fields = drafts.current(entry)
    return [str(entry.number), entry.pair, fields["event_date"], fields["cameo_code"], entry.state, entry.proposal.evidence[:100]]


def _told(entry: "Entry") -> dict[str, Any]:
    from bilateral.intake import drafts

    told = {"number": entry.number, "state": entry.state, "pair": entry.pair, "title": entry.title, "url": entry.url}
    decided = [asdict(decision) for decision in entry.decisions]
    return told | {"proposal": asdict(entry.proposal), "fields": drafts.current(entry), "decisions": decided}


def _values(given: list[str]) -> dict[str, str]:
    """Raises Stop 78 where one is not FIELD=VALUE."""
    pairs = [text.partition("=") for text in given]
    if wrong := [name for name, sign, _ in pairs if not sign]:
        raise Stop(Exit.CONFIGURATION, f"{wrong[0]!r} is not FIELD=VALUE, such as cameo_code=042")
    return {name: value for name, _, value in pairs}


def _print_json(found: object) -> None:
    sys.stdout.write(dumps(found, default=str, ensure_ascii=False) + "\n")
