"""Refreshes started by commands, and what they print."""

import shlex
import sys
from typing import TYPE_CHECKING, Any

from bilateral import sql_literals
from bilateral.commands import progress
from bilateral.commands.terminal import complain, say
from bilateral.escaping import in_a_line
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from pathlib import Path

    from bilateral.cluster.session import Cluster
    from bilateral.outcomes.asking import Asked
    from bilateral.publish.run_notes import RefreshResult
    from bilateral.settings import Settings


def refreshed(chosen: "Settings", is_quiet: bool = True, **asked: Any) -> "RefreshResult":
    """A refresh of the data folder with the pairs, corrections and number of snapshots that the settings say; what else is asked is of
    publish.refresh. A terminal shows its steps unless it is quiet. Raises Stop."""
    with progress.shown("Refreshing", is_quiet):
        from bilateral.publish.refresh import refresh

        result = refresh(
            chosen.data,
            chosen.dyads,
            chosen.keep_snapshots,
            corrections=chosen.corrections,
            coder_model=chosen.coder_model,
            cluster=cluster_of(chosen),
            **asked,
        )
    pruned(chosen)
    return result


def pruned(chosen: "Settings") -> None:
    """Remove bodies of the intake that are older than the settings keep them; what is in the way is told and fails nothing."""
    from bilateral.intake import bodies

    try:
        bodies.prune(chosen.data, chosen.intake_body_days)
    except (Stop, OSError) as reason:
        complain(f"bodies of the intake were not removed: {reason}")


def cluster_of(chosen: "Settings") -> "Cluster | None":
    """The cluster that the settings name; None where this machine computes. Raises Stop 78 for the engine spark without a master."""
    if chosen.engine == "duckdb":
        return None
    from bilateral.cluster.session import Cluster

    if not chosen.master:
        advice = "say --master spark://host:7077 (BILATERAL_MASTER); `bilateral cluster start` prints that of a cluster on this machine"
        raise Stop(Exit.CONFIGURATION, f"the engine spark needs the address of a master; {advice}")
    return Cluster(chosen.master, cluster_folder(chosen), chosen.task_mb, chosen.slice_rows)


def cluster_folder(chosen: "Settings") -> "Path":
    """The folder that driver and workers share."""
    return (chosen.cluster_folder or chosen.data / "cluster").resolve()


def asked_for_outcomes(chosen: "Settings", is_due_only: bool) -> "Asked":
    """The sources of outcomes that the settings switch on, with their keys. Raises Stop 78."""
    from bilateral.outcomes import asking, source_list

    held = {"census_key": chosen.census_key, "banxico_token": chosen.banxico_token}
    keys = {name: key.get_secret_value() for name, key in held.items() if key}
    return asking.Asked((), source_list.chosen(chosen.outcome_sources, chosen.outcome_file), keys, is_due_only)


def report(result: "RefreshResult", as_json: bool, quiet: bool) -> None:
    """Print a result: a line for each file and a sentence, or JSON; exit with its code."""
    if as_json:
        sys.stdout.write(result.as_json() + "\n")
    elif not quiet:
        for file in result.files:
            counts = (
                f"{file.rows_read} read, {file.rows_accepted} accepted, {file.rows_known} known, {file.rows_rejected} rejected"
            )
            say(f"{in_a_line(file.file_name)}: {counts}")
            if file.note:
                mended = "" if file.dataset == "outcomes" else "mended: "
                say(f"{in_a_line(file.file_name)}: {mended}{in_a_line(file.note)}")
        say(result.message)
    for file in result.files:
        if file.refusal:
            complain(f"{in_a_line(file.file_name)} was refused: {file.refusal}")
        elif file.rows_rejected and not as_json:
            rows = "1 row was" if file.rows_rejected == 1 else f"{file.rows_rejected} rows were"
            asked = shlex.quote(f"from rejects where file_name = {sql_literals.text(file.file_name)}")
            complain(in_a_line(f"{file.file_name}: {rows} refused; the reasons: bilateral sql {asked}"))
    if result.exit_code:
        raise Stop(Exit(result.exit_code), result.message)
