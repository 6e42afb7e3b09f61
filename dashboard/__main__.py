"""The command line: one function a command. Settings are read here and nowhere else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from json import dumps as dump
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

from dashboard import journal, loading, logs, machine, snapshots
from dashboard import refresh as refreshing
from dashboard.downloading import Request, no_bar
from dashboard.exits import Exit, Stop
from dashboard.settings import Settings
from dashboard.sources import curated
from dashboard.sources.downloads import Advance, Manners
from dashboard.sources.gdelt_files import Plan

app = typer.Typer(
    help="Bilateral relations from coded article events: load, indicate, look, ask.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
out = Console(highlight=False, soft_wrap=True)

Data = Annotated[Path | None, typer.Option("--data", help="Folder of data; else BILATERAL_DATA, else .data", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the outcome as one JSON object.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing when all went well.")]


class Format(StrEnum):
    """How the rows of `bilateral sql` are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


class FeedFormat(StrEnum):
    """How the feed of changes is written."""

    ATOM = "atom"
    JSON = "json"


def settings(**given: object) -> Settings:
    """Settings from the environment, overruled by what the command line gave. Raises Stop 78 naming the wrong one."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = error.errors()[0]
        field = str(wrong["loc"][0])
        name = f"--{field.replace('_', '-')}" if given.get(field) is not None else f"BILATERAL_{field.upper()}"
        expected = wrong["msg"].removeprefix("Value error, ").lower()
        raise Stop(Exit.CONFIGURATION, f"{name} is {wrong['input']!r}; {expected}") from None


@app.command()
def refresh(
    data: Data = None,
    full: Annotated[bool, typer.Option("--full", help="Read every file again and rebuild everything.")] = False,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Download from this source, again for another; else BILATERAL_SOURCES.", show_default=False),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day (UTC) to download.", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day (UTC) to download.", show_default=False)
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no source; load what lies in the inbox.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and stop.")] = False,
    accept_change: Annotated[
        bool, typer.Option("--accept-change", help="Publish even where a dataset lost much against the last build.")
    ] = False,
    on_failure: Annotated[
        str | None,
        typer.Option(
            help="Command for the shell when the refresh fails; it finds BILATERAL_EXIT_CODE and BILATERAL_MESSAGE.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Bring every dataset up to date, recalculate what changed, check, publish.

    Example: bilateral refresh --source gdelt --since 2026-11-01 --dry-run
    """
    chosen = settings(data=data, sources=tuple(source) if source else None)
    write_logs(chosen)
    request = Request(
        chosen.sources,
        chosen.gdelt_address,
        since.date() if since else None,
        until.date() if until else None,
        offline,
        Manners(connections=chosen.connections),
    )
    if dry_run:
        for sentence in refreshing.plan(chosen.data, chosen.dyads, request):
            out.print(sentence, markup=False)
        return
    with hooked(on_failure):
        outcome = refreshing.refresh(
            chosen.data,
            chosen.dyads,
            chosen.keep_snapshots,
            full,
            corrections=chosen.corrections,
            request=request,
            bar=no_bar if quiet or json else show_download,
            accept_change=accept_change,
        )
        write_metrics(chosen)
        if outcome.exit_code in (Exit.DONE, Exit.UNAVAILABLE):
            tell(chosen, quiet)
        report(outcome, json, quiet)


def write_metrics(chosen: Settings) -> None:
    """The text file for Prometheus; that it cannot be written is told, and no failure of the refresh."""
    from dashboard.metrics import write_text_file  # only here: `serve` must name the folder of all workers before it is imported

    try:
        write_text_file(chosen.data, chosen.metrics_file)
    except OSError as error:
        logs.log.error("metrics.not_written", reason=str(error))


def write_logs(chosen: Settings) -> None:
    if chosen.log == "json":
        logs.to_stderr()


@contextmanager
def hooked(command: str | None) -> Iterator[None]:
    """Run a command of the user's when what is inside fails; a refresh that waits for another one is no failure."""
    try:
        yield
    except Exception as end:
        code = int(end.code if isinstance(end, Stop) else end.exit_code if isinstance(end, typer.Exit) else Exit.FAULT)
        if command and code and not str(end).startswith("a refresh is running already"):
            told = {"BILATERAL_EXIT_CODE": str(code), "BILATERAL_MESSAGE": str(end)}
            subprocess.run(command, shell=True, env=os.environ | told, check=False, timeout=300)  # noqa: S602  the user's own command
        raise


@contextmanager
def show_download(plan: Plan) -> Iterator[Advance]:
    """A bar with rate and time left, where stderr is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(f"{plan.feed.name}, {len(plan.to_bring)} files", total=plan.bytes_to_bring)
        yield lambda n: progress.update(task, advance=n)


@app.command()
def load(
    dataset: Annotated[
        str, typer.Argument(help="chronology, articles, measures, gdelt, gdelt-mentions, icews, phoenix or polecat")
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders, patterns; of machine-coded datasets also .gz and .zip", show_default=False),
    ] = None,
    data: Data = None,
    template: Annotated[bool, typer.Option("--template", help="Print the header of an empty file and stop.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Load your own files of coded acts, recalculate and publish.

    Example: bilateral load articles my-articles.csv
    """
    known = (*curated.DATASETS, "measures", *machine.LAYOUTS)
    if dataset not in known:
        raise Stop(Exit.CONFIGURATION, f"{dataset!r} is no dataset that can be loaded; choose from {', '.join(known)}")
    if template:
        if dataset in machine.LAYOUTS:
            raise Stop(Exit.CONFIGURATION, f"{dataset} has no template: its files are loaded as they are published")
        sys.stdout.write(loading.measures_template() if dataset == "measures" else curated.template())
        return
    if not paths:
        raise Stop(Exit.CONFIGURATION, f"say which files to load, as in `bilateral load {dataset} my-acts.csv`")
    chosen = settings(data=data)
    if dataset in machine.LAYOUTS:
        files = machine.found_files(paths)
        outcome = refreshing.refresh(
            chosen.data, chosen.dyads, chosen.keep_snapshots, coded=(dataset, files), corrections=chosen.corrections
        )
        report(outcome, json, quiet)
        refused = [file for file in outcome.files if file.dataset == dataset and file.gave_nothing]
        if len(refused) == len(files):
            raise typer.Exit(Exit.DATA)
        return
    if dataset == "measures":
        load_measures(chosen, paths, json, quiet)
        return
    received = {f"inbox/{dataset}/{path.name}" for path in loading.receive(chosen.data, dataset, paths)}
    outcome = refreshing.refresh(chosen.data, chosen.dyads, chosen.keep_snapshots, corrections=chosen.corrections)
    report(outcome, json, quiet)
    refused = [file for file in outcome.files if file.file_name in received and file.gave_nothing]
    if refused and len(refused) == len(received):
        raise typer.Exit(Exit.DATA)


def load_measures(chosen: Settings, paths: list[Path], json: bool, quiet: bool) -> None:
    """Take register files of the user's own, unless something is wrong in them: it would stop every later refresh."""
    from dashboard import curation

    if wrong := [finding for finding in curation.examine(chosen.data, measures=paths) if finding.is_wrong]:
        said = "; ".join(f"{finding.place} {finding.name}: {finding.text}" for finding in wrong[:3])
        raise Stop(Exit.DATA, f"{len(wrong)} to mend before the register can be loaded: {said}")
    loading.receive_measures(chosen.data, paths)
    report(refreshing.refresh(chosen.data, chosen.dyads, chosen.keep_snapshots, corrections=chosen.corrections), json, quiet)


def report(outcome: refreshing.Outcome, as_json: bool, quiet: bool) -> None:
    """Print an outcome: a line for each file and a sentence, or JSON; exit with its code."""
    if as_json:
        sys.stdout.write(outcome.as_json() + "\n")
    elif not quiet:
        for file in outcome.files:
            counts = (
                f"{file.rows_read} read, {file.rows_accepted} accepted, {file.rows_known} known, {file.rows_rejected} rejected"
            )
            out.print(f"{file.file_name}: {counts}", markup=False)
        out.print(outcome.message, markup=False)
    for file in outcome.files:
        if file.refusal:
            sys.stderr.write(f"{file.file_name} was refused: {file.refusal}\n")
        elif file.rows_rejected and not as_json:
            rows = "1 row was" if file.rows_rejected == 1 else f"{file.rows_rejected} rows were"
            asked = f"from rejects where file_name = '{file.file_name}'"
            sys.stderr.write(f'{file.file_name}: {rows} refused; the reasons: bilateral sql "{asked}"\n')
    if outcome.exit_code:
        raise Stop(Exit(outcome.exit_code), outcome.message)


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="TCP port; 0 takes a free one.", show_default="8050")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that answer.", show_default="1")] = None,
    threads: Annotated[int | None, typer.Option(help="Requests answered at the same time in each.", show_default="4")] = None,
    sql: Annotated[bool | None, typer.Option("--sql/--no-sql", help="Readers may ask SQL.", show_default="on loopback")] = None,
    passwords: Annotated[
        Path | None, typer.Option(help="File of passwords, see `bilateral password`.", show_default=False)
    ] = None,
    proxy_header: Annotated[
        str | None, typer.Option(help="Header in which a proxy names whom it let in.", show_default=False)
    ] = None,
    public: Annotated[bool | None, typer.Option("--public", help="Everybody may read.", show_default=False)] = None,
) -> None:
    """Serve the dashboard from the current snapshot. Other computers reach it only with --host, and then need one of the last three.

    Example: bilateral serve --port 8051 --workers 2
    """
    chosen = settings(
        data=data, host=host, port=port, workers=workers, threads=threads, sql=sql, passwords=passwords,
        proxy_header=proxy_header, public=public,
    )  # fmt: skip
    from dashboard.asking import Asking, Limits  # only here: Dash takes a second to import
    from dashboard.security import Door
    from dashboard.server import serve as serve_app

    door = Door(chosen.host, chosen.passwords, chosen.proxy_header, chosen.public, chosen.hostnames, chosen.frame_ancestors)
    door.check()
    limits = Limits(rows=10_000, seconds=chosen.sql_seconds, memory_mb=chosen.sql_memory_mb)
    may_ask = door.is_loopback if chosen.sql is None else chosen.sql

    def application(together: Path):
        from dashboard.app import make_app

        asking = Asking(limits, chosen.sql_at_once) if may_ask else None
        return make_app(chosen.data, chosen.stale_hours, asking, door, chosen.api_rate, together).server

    serve_app(application, chosen.data, chosen.host, chosen.port, chosen.workers, chosen.threads)


@app.command()
def mcp(
    data: Data = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Answer HTTP on this port of 127.0.0.1; 0 takes a free one.", show_default=False),
    ] = None,
) -> None:
    """Answer a language model's program: the questions of the API as tools (Model Context Protocol), on standard input and output.

    Example: bilateral mcp --data /var/lib/bilateral
    """
    chosen = settings(data=data)
    try:
        from dashboard import mcp as tools
    except ModuleNotFoundError as missing:
        lacking = f"{missing.name} is not installed; `pip install 'bilateral[mcp]'` brings what this command needs"
        raise Stop(Exit.CONFIGURATION, lacking) from None
    snapshots.current(chosen.data)  # said here, and not at each question again
    if port is None:
        tools.serve_input(chosen.data)
    else:
        tools.serve_http(chosen.data, port)


@app.command()
def password(name: Annotated[str, typer.Argument(help="Who comes in.")]) -> None:
    """Ask for a password and print a line for the file that `serve --passwords` reads.

    Example: bilateral password anna >> passwords
    """
    from dashboard.security import password_line

    given = typer.prompt("Password", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    sys.stdout.write(password_line(name, given) + "\n")


@app.command()
def sql(
    statement: Annotated[str | None, typer.Argument(help="One SELECT on the current snapshot.", show_default=False)] = None,
    data: Data = None,
    format: Annotated[Format, typer.Option("--format", help="How rows are written.")] = Format.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="Most rows to give; more are announced on stderr.")] = 1000,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="A value for a $name of the statement: -p pair=MEX-USA", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which the query is stopped.")] = 60,
    memory: Annotated[int, typer.Option(min=64, help="MB that the query may take.")] = 1024,
) -> None:
    """Ask the current snapshot one read-only question; without a statement, tell how to open it elsewhere.

    Example: bilateral sql "select dataset, count(*) from reports group by 1"
    """
    from dashboard import asking, terminal

    path = snapshots.current(settings(data=data).data)
    if statement is None:
        out.print(terminal.how_to_open(path), markup=False)
        return
    terminal.refuse_binary(format.value)
    limits = asking.Limits(rows=limit, seconds=timeout, memory_mb=memory, answer_bytes=memory * 1_000_000)
    sent = "json" if format is Format.TABLE else format.value
    terminal.show(asking.ask(path, statement, terminal.parameters(parameter or []), sent, limits), format.value, limit)


@app.command()
def export(
    address: Annotated[str, typer.Argument(help="Of a page, as the browser shows it: /pair/MEX-USA?from=2025-01-01")],
    data: Data = None,
    form: Annotated[
        str, typer.Option("--format", help="csv, json, xlsx, parquet, zip, png or svg; md or html of a briefing")
    ] = "csv",
    chart: Annotated[str, typer.Option(help="Which chart or table of the page; the first one unless named.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Every day and every column.")] = False,
    to: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
) -> None:
    """Write the file that a page offers, without a browser; prints its path.

    Example: bilateral export "/pair/MEX-USA?by=month" --format xlsx --chart words
    Example: bilateral export "/briefing/MEX-USA?week=2025-03-24" --format md
    """
    chosen = settings(data=data)
    from dashboard.app import export as export_file  # only here: Dash takes a second to import

    sys.stdout.write(f"{export_file(chosen.data, address, form, chart, full, to)}\n")


@app.command()
def path(data: Data = None) -> None:
    """Print the path of the current snapshot, nothing else.

    Example: duckdb -readonly "$(bilateral path)"
    """
    sys.stdout.write(f"{snapshots.current(settings(data=data).data).resolve()}\n")


@app.command()
def doctor(
    data: Data = None,
    links: Annotated[bool, typer.Option("--links", help="Look at the addresses of sources instead.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="With --links: judge addresses by their look, ask none.")] = False,
) -> None:
    """Tell what is where, how old it is, what is wrong and what to do next.

    Example: bilateral doctor --links --offline
    """
    from dashboard import doctor as doctoring

    chosen = settings(data=data)
    if links:
        findings, summary = doctoring.examine_links(chosen.data, offline)
        for finding in findings:
            out.print(f"{finding.what}\n    {finding.state}", markup=False)
            if finding.advice:
                out.print(f"    better: {finding.advice}", markup=False)
        out.print(summary, markup=False)
    else:
        findings = doctoring.examine(chosen.data, chosen.stale_hours)
        table = Table("what", "state", "next", box=None, pad_edge=False)
        for finding in findings:
            table.add_row(finding.what, finding.state, finding.advice)
        out.print(table)
    if any(finding.is_wrong for finding in findings):
        raise typer.Exit(Exit.FAULT)


curating = typer.Typer(help="Extend the curated history: check it, add an act or a change of a measure.", no_args_is_help=True)
app.add_typer(curating, name="curate")


@curating.command("check")
def check_curated(
    files: Annotated[list[Path] | None, typer.Argument(help="Chronology files of yours besides.", show_default=False)] = None,
    measures: Annotated[list[Path] | None, typer.Option("--measures", help="A register file of yours besides.")] = None,
    data: Data = None,
    advice: Annotated[bool, typer.Option("--advice", help="Also name what is only to be looked at.")] = False,
) -> None:
    """Check acts and measures as their curator would: names, order, codes, scores, days, states, addresses.

    Example: bilateral curate check my-acts.csv
    """
    from dashboard import curation

    found = curation.examine(settings(data=data).data, files or [], measures or [])
    wrong = [finding for finding in found if finding.is_wrong]
    for finding in wrong + [finding for finding in found if advice and not finding.is_wrong]:
        out.print(f"{finding.place} {finding.name}\n    {finding.text}", markup=False)
    out.print(f"{len(wrong)} to mend, {len(found) - len(wrong)} to look at{'' if advice else ' (--advice)'}", markup=False)
    if wrong:
        raise typer.Exit(Exit.DATA)


@curating.command("act")
def add_act(
    file: Annotated[Path, typer.Argument(help="Chronology file, such as seeds/chronology/usa-mex.csv.")],
    day: Annotated[str, typer.Option("--day", help="Day of the act, YYYY-MM-DD.")],
    source: Annotated[str, typer.Option("--source", help="Who acts, such as USA.")],
    target: Annotated[str, typer.Option("--target", help="On whom, such as MEX.")],
    code: Annotated[str, typer.Option("--code", help="CAMEO code, such as 042.")],
    domain: Annotated[str, typer.Option("--domain", help="Subject, as in seeds/domains.csv.")],
    summary: Annotated[str, typer.Option("--summary", help="One sentence of your own.")],
    url: Annotated[str, typer.Option("--url", help="Page that shows it.")] = "",
    title: Annotated[str, typer.Option("--title", help="Its title.")] = "",
    source_name: Annotated[str, typer.Option("--source-name", help="Person or body that acts.")] = "",
    target_name: Annotated[str, typer.Option("--target-name", help="Person or body it acts towards.")] = "",
    source_role: Annotated[str, typer.Option("--source-role", help="Kind of body that acts.")] = "GOV",
    target_role: Annotated[str, typer.Option("--target-role", help="Kind of body it acts towards.")] = "GOV",
    verified: Annotated[str, typer.Option("--verified", help="search or memory")] = "search",
    data: Data = None,
) -> None:
    """Add an act to its file, in its place; id, type and score are filled in. Nothing is written where something is wrong.

    Example: bilateral curate act seeds/chronology/usa-mex.csv --day 2026-09-01 --source USA --target MEX --code 042
    --domain trade --summary "…" --url https://…
    """
    from dashboard import curation

    given = {
        "event_date": day, "source_actor": source, "source_role": source_role, "source_name": source_name, "target_actor": target,
        "target_role": target_role, "target_name": target_name, "cameo_code": code, "domain": domain, "summary": summary,
        "source_title": title, "source_url": url, "verified": verified,
    }  # fmt: skip
    out.print(f"{curation.add_act(file, settings(data=data).data, given)} added to {file}", markup=False)


@curating.command("measure")
def add_measure(
    file: Annotated[Path, typer.Argument(help="Register file, such as seeds/measures.csv.")],
    measure: Annotated[str, typer.Argument(help="Its stable name, such as usa-mex-car-tariff-2025.")],
    state: Annotated[str, typer.Option("--state", help="State from this day on, as in seeds/README.md.")],
    day: Annotated[str, typer.Option("--day", help="Day of the change, YYYY-MM-DD.")],
    in_force: Annotated[str, typer.Option("--in-force", help="In force after it: yes, partly or no.")],
    until: Annotated[str, typer.Option("--until", help="Next date that is known, YYYY-MM-DD.")] = "",
    until_kind: Annotated[str, typer.Option("--until-kind", help="What is set for it.")] = "",
    rate: Annotated[str, typer.Option("--rate", help="Rate, per cent.")] = "",
    event: Annotated[str, typer.Option("--event", help="The chronology row that carries the change.")] = "",
    law: Annotated[str, typer.Option("--law", help="Act, order or case.")] = "",
    note: Annotated[str, typer.Option("--note", help="Remark, at most 140 characters.")] = "",
    verified: Annotated[str, typer.Option("--verified", help="search or memory")] = "search",
    name: Annotated[str, typer.Option("--name", help="Of a new measure: short title.")] = "",
    domain: Annotated[str, typer.Option("--domain", help="Of a new measure: subject.")] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="Of a new measure: tariff, agreement, …")] = "",
    imposing: Annotated[str, typer.Option("--imposing", help="Of a new measure: who imposes it.")] = "",
    target: Annotated[str, typer.Option("--target", help="Of a new measure: whom it meets.")] = "",
    scope: Annotated[str, typer.Option("--scope", help="Of a new measure: bilateral or all-partners.")] = "",
    data: Data = None,
) -> None:
    """Add a change of state to a register file, after the earlier ones of its measure. Nothing is written where something is wrong.

    Example: bilateral curate measure seeds/measures.csv usa-mex-car-tariff-2025 --state raised --day 2026-09-01 --in-force yes
    """
    from dashboard import curation

    given = {
        "measure_id": measure, "measure_name": name, "domain": domain, "instrument": instrument, "imposing_country": imposing,
        "target_country": target, "scope": scope, "state": state, "state_date": day, "is_in_force": in_force, "until": until,
        "until_kind": until_kind, "rate_percent": rate, "legal_basis": law, "event_id": event, "note": note, "verified": verified,
    }  # fmt: skip
    curation.add_change(file, settings(data=data).data, given)
    out.print(f"{measure}, {state} {day}, added to {file}", markup=False)


auditing = typer.Typer(
    help="Measure how often machine coding is right: draw events, mark them, read the marks.", no_args_is_help=True
)
app.add_typer(auditing, name="audit")


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
    from dashboard import audit  # only here: pandas takes a second to import
    from dashboard.warehouse import Warehouse

    population = audit.draw(Warehouse(settings(data=data).data), dataset, pair, events, word, file)
    out.print(f"{file}: {min(events, population)} of {population} events; fill in {', '.join(audit.QUESTIONS)}", markup=False)


@auditing.command("read")
def read_audit(file: Annotated[Path, typer.Argument(help="CSV file with marks.")], data: Data = None) -> None:
    """Take the marks of a file and publish the rates; a file of the same draw is replaced.

    Example: bilateral audit read audit.csv
    """
    from dashboard import audit

    chosen = settings(data=data)
    name, marked, drawn = audit.receive(chosen.data, file)
    report(
        refreshing.refresh(chosen.data, chosen.dyads, chosen.keep_snapshots, corrections=chosen.corrections),
        as_json=False,
        quiet=True,
    )
    out.print(f'{name}: {marked} of {drawn} events marked; see `bilateral sql "from audits"`', markup=False)


@app.command()
def prune(
    data: Data = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Snapshots to keep.", show_default="3")] = None,
    days: Annotated[int, typer.Option(min=0, help="Days that a downloaded file stays after it came; one not loaded stays.")] = 30,
) -> None:
    """Keep the newest snapshots, remove downloaded files that were loaded long ago, and say what that frees.

    Example: bilateral prune --keep 1 --days 7
    """
    chosen = settings(data=data, keep_snapshots=keep)
    n_files, n_bytes = refreshing.prune(chosen.data, chosen.dyads, chosen.keep_snapshots, days)
    out.print(f"{n_files} {'file' if n_files == 1 else 'files'} removed, {n_bytes / 1e6:.1f} MB freed", markup=False)


@app.command()
def runs(
    data: Data = None,
    most: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 20,
    json: Json = False,
) -> None:
    """Show the history of refreshes, also those that published nothing, failed or were killed.

    Example: bilateral runs --most 5
    """
    records = journal.history(settings(data=data).data)[:most]
    if json:
        sys.stdout.write(dump([asdict(record) | {"outcome": record.outcome} for record in records]) + "\n")
        return
    table = Table("started (UTC)", "seconds", "outcome", "message", box=None, pad_edge=False)
    for record in records:
        table.add_row(record.started_at, f"{record.seconds:.0f}", record.outcome, record.message)
    out.print(table)


@app.command()
def feed(
    data: Data = None,
    format: Annotated[FeedFormat, typer.Option("--format", help="How it is written.")] = FeedFormat.ATOM,
    dyad: Annotated[str | None, typer.Option(help="One pair, such as MEX-USA.", show_default=False)] = None,
    lang: Annotated[str, typer.Option(help="Language of the titles.")] = "en",
    address: Annotated[str, typer.Option(help="Address of the dashboard, for the links.")] = "http://127.0.0.1:8050",
) -> None:
    """Write the feed of material changes, as the dashboard serves it under /feeds/.

    Example: bilateral feed --dyad MEX-USA --format json
    """
    from dashboard import feeds
    from dashboard.strings import LANGS, texts
    from dashboard.warehouse import Warehouse

    if lang not in LANGS:
        raise Stop(Exit.CONFIGURATION, f"{lang!r} is no language of this project; choose {' or '.join(LANGS)}")
    try:
        found = feeds.changes(Warehouse(settings(data=data).data), lang, dyad)
    except LookupError as error:
        raise Stop(Exit.CONFIGURATION, error.args[0]) from None
    write, _ = feeds.WRITERS[format.value]
    own = f"{address.rstrip('/')}/feeds/changes.{format.value}"
    sys.stdout.write(write(found, texts(lang)("feeds.title"), address.rstrip("/"), own).decode() + "\n")


@app.command()
def alerts(
    data: Data = None,
    rules: Annotated[Path | None, typer.Option(help="File of rules; else BILATERAL_ALERTS.", show_default=False)] = None,
) -> None:
    """Tell the commands and webhooks of the rules what changed since the last time. A refresh does this by itself.

    Example: bilateral alerts --rules alerts.toml
    """
    chosen = settings(data=data, alerts=rules)
    if chosen.alerts is None:
        raise Stop(Exit.CONFIGURATION, "no rules are named; say --rules FILE or set BILATERAL_ALERTS")
    tell(chosen)


def tell(chosen: Settings, quiet: bool = False) -> None:
    """Deliver alerts, one sentence each."""
    if chosen.alerts:
        from dashboard.alerts import deliver  # only here: it brings pandas

        for sentence in deliver(chosen.data, chosen.alerts):
            if not quiet:
                out.print(sentence, markup=False)


@app.command()
def schedule(
    data: Data = None,
    every: Annotated[str, typer.Option(help="Time between refreshes: 90s, 15m, 6h, 1d.")] = "15m",
    on_failure: Annotated[str | None, typer.Option(help="As of refresh.", show_default=False)] = None,
    retries: Annotated[int, typer.Option(min=0, max=10, help="Tries after one that may succeed a little later.")] = 2,
) -> None:
    """Refresh on a schedule, each time in a process of its own, until stopped. Cron or a systemd timer does as well, see docs/operations.md.

    Example: bilateral schedule --every 15m
    """
    from dashboard.schedule import Schedule, interval, refresh_command

    chosen = settings(data=data)
    write_logs(chosen)
    options = ["--data", str(chosen.data), "--quiet", *(["--on-failure", on_failure] if on_failure else [])]
    Schedule(refresh_command(*options), interval(every), retries).run()


INTERRUPTED = 130
"""128 + SIGINT, as shells have it and as typer ends when Ctrl-C falls outside a query."""


def main() -> None:
    """Run a command; every expected fault ends with one sentence on stderr and its exit code, never a traceback."""
    try:
        app()
    except Stop as stop:
        sys.exit(_say(str(stop), stop.code))
    except snapshots.NoSnapshot as missing:
        sys.exit(_say(str(missing), Exit.UNAVAILABLE))
    except duckdb.Error as error:
        sys.exit(_say(f"{str(error).splitlines()[0]} {' '.join(getattr(error, '__notes__', []))}", Exit.FAULT))
    except RuntimeError as error:
        if str(error) != "Query interrupted":  # what DuckDB makes of Ctrl-C inside a query
            raise
        sys.exit(_say("stopped; nothing was changed", INTERRUPTED))
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        sys.exit(_say(f"{error.filename or 'the system'}: {error.strerror or error}", Exit.FAULT))


def _say(sentence: str, code: int) -> int:
    if logs.is_on():
        logs.log.error("command.ended", message=sentence.strip(), exit_code=int(code))
    else:
        sys.stderr.write(sentence.strip() + "\n")
    return int(code)


if __name__ == "__main__":
    main()
