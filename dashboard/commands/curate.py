"""`bilateral curate check`, `act`, `measure`: extend the curated timeline."""

from pathlib import Path
from typing import Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import say
from bilateral.exits import Exit

curating = typer.Typer(help="Extend the curated timeline: check it, add an event or a change of a measure.", no_args_is_help=True)


@curating.command("check")
def check_curated(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Additional chronology files of your own.", show_default=False)
    ] = None,
    measures: Annotated[list[Path] | None, typer.Option("--measures", help="Additional register file of your own.")] = None,
    data: Data = None,
    advice: Annotated[bool, typer.Option("--advice", help="Also list findings that only need a look.")] = False,
) -> None:
    """Check the names, order, codes, scores, dates, states and addresses of events and measures.

    Example: bilateral curate check my-acts.csv
    """
    from bilateral.load import curation

    found = curation.examine(settings(data=data).data, files or [], measures or [])
    wrong = [finding for finding in found if finding.is_wrong]
    for finding in wrong + [finding for finding in found if advice and not finding.is_wrong]:
        say(f"{finding.place} {finding.name}\n    {finding.text}")
    say(f"{len(wrong)} to correct, {len(found) - len(wrong)} to look at{'' if advice else ' (--advice)'}")
    if wrong:
        raise typer.Exit(Exit.DATA)


@curating.command("act")
def add_act(
    file: Annotated[Path, typer.Argument(help="Chronology file, such as seeds/chronology/usa-mex.csv.")],
    day: Annotated[str, typer.Option("--day", help="Date of the event, YYYY-MM-DD.")],
    source: Annotated[str, typer.Option("--source", help="Country that acts, such as USA.")],
    target: Annotated[str, typer.Option("--target", help="Country that the action is directed at, such as MEX.")],
    code: Annotated[str, typer.Option("--code", help="CAMEO code, such as 042.")],
    domain: Annotated[str, typer.Option("--domain", help="Subject, as in seeds/domains.csv.")],
    summary: Annotated[str, typer.Option("--summary", help="The event in one sentence of your own.")],
    url: Annotated[str, typer.Option("--url", help="Address of a page that reports the event.")] = "",
    title: Annotated[str, typer.Option("--title", help="Title of that page.")] = "",
    source_name: Annotated[str, typer.Option("--source-name", help="Person or body that acts.")] = "",
    target_name: Annotated[str, typer.Option("--target-name", help="Person or body that the action is directed at.")] = "",
    source_role: Annotated[str, typer.Option("--source-role", help="Role of the actor, as in seeds/roles.csv.")] = "GOV",
    target_role: Annotated[str, typer.Option("--target-role", help="Role of the target, as in seeds/roles.csv.")] = "GOV",
    verified: Annotated[str, typer.Option("--verified", help="How the event was verified: search or memory.")] = "search",
    data: Data = None,
) -> None:
    """Add an event to its file, in order of date; id, type and score are filled in. If something is wrong, nothing is written.

    Example: bilateral curate act seeds/chronology/usa-mex.csv --day 2026-09-01 --source USA --target MEX --code 042
    --domain trade --summary "…" --url https://…
    """
    from bilateral.load import curation

    given = {
        "event_date": day, "source_actor": source, "source_role": source_role, "source_name": source_name, "target_actor": target,
        "target_role": target_role, "target_name": target_name, "cameo_code": code, "domain": domain, "summary": summary,
        "source_title": title, "source_url": url, "verified": verified,
    }  # fmt: skip
    say(f"{curation.add_act(file, settings(data=data).data, given)} added to {file}")


@curating.command("measure")
def add_measure(
    file: Annotated[Path, typer.Argument(help="Register file, such as seeds/measures.csv.")],
    measure: Annotated[str, typer.Argument(help="Stable ID of the measure, such as usa-mex-car-tariff-2025.")],
    state: Annotated[str, typer.Option("--state", help="New state, as listed in seeds/README.md.")],
    day: Annotated[str, typer.Option("--day", help="Date of the change, YYYY-MM-DD.")],
    in_force: Annotated[str, typer.Option("--in-force", help="In force after the change: yes, partly or no.")],
    until: Annotated[str, typer.Option("--until", help="Next scheduled date, YYYY-MM-DD.")] = "",
    until_kind: Annotated[str, typer.Option("--until-kind", help="What is scheduled for that date.")] = "",
    rate: Annotated[str, typer.Option("--rate", help="Rate, in per cent.")] = "",
    event: Annotated[str, typer.Option("--event", help="ID of the event that made the change.")] = "",
    law: Annotated[str, typer.Option("--law", help="Law, order or court case.")] = "",
    note: Annotated[str, typer.Option("--note", help="Remark of at most 140 characters.")] = "",
    verified: Annotated[str, typer.Option("--verified", help="How the event was verified: search or memory.")] = "search",
    name: Annotated[str, typer.Option("--name", help="For a new measure: short title.")] = "",
    domain: Annotated[str, typer.Option("--domain", help="For a new measure: subject.")] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="For a new measure: tariff, agreement, …")] = "",
    imposing: Annotated[str, typer.Option("--imposing", help="For a new measure: country that imposes it.")] = "",
    target: Annotated[str, typer.Option("--target", help="For a new measure: country that it affects.")] = "",
    scope: Annotated[str, typer.Option("--scope", help="For a new measure: bilateral or all-partners.")] = "",
    data: Data = None,
) -> None:
    """Add a change of state to a register file, after the earlier changes of the measure. If something is wrong, nothing is written.

    Example: bilateral curate measure seeds/measures.csv usa-mex-car-tariff-2025 --state raised --day 2026-09-01 --in-force yes
    """
    from bilateral.load import curation

    given = {
        "measure_id": measure, "measure_name": name, "domain": domain, "instrument": instrument, "imposing_country": imposing,
        "target_country": target, "scope": scope, "state": state, "state_date": day, "is_in_force": in_force, "until": until,
        "until_kind": until_kind, "rate_percent": rate, "legal_basis": law, "event_id": event, "note": note, "verified": verified,
    }  # fmt: skip
    curation.add_change(file, settings(data=data).data, given)
    say(f"{measure}, {state} {day}, added to {file}")
