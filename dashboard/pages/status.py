"""How things stand behind the pages: sources, datasets, runs, snapshots."""

from dash import html
from dash.development.base_component import Component

from dashboard import components, data, journal, numbers, snapshots
from dashboard.address import Choice
from dashboard.freshness import Freshness
from dashboard.pages import chart, frame, head
from dashboard.pages.frame import Page
from dashboard.rowwise import rowwise
from dashboard.site import Site
from dashboard.strings import Texts, texts

RUNS = 30
"""Runs that are listed."""


def make(site: Site, choice: Choice) -> Page:
    text, fresh = texts(choice.lang), site.fresh()
    title = text("status.title")
    parts: list[Component] = [
        frame.heading(title, {}),
        html.P(said(fresh, text), className="lead short"),
        *head.notices(choice, fresh, text),
        *lacking(site, text),
        datasets(site, text),
        *([sources(fresh, text)] if fresh.sources else []),
        runs(site, text),
        published(site, text),
        html.P([text("status.machines"), " ", html.A("/health", href="/health"), " · ", html.A("/metrics", href="/metrics")]),
    ]
    return Page(title, {"all": parts}, frame.plain)


def said(fresh: Freshness, text: Texts) -> str:
    if fresh.last_success is None:
        return text("freshness.never")
    return text("status.said", state=text(f"freshness.{fresh.state}"), time=numbers.moment(fresh.last_success, text))


def lacking(site: Site, text: Texts) -> list[Component]:
    """A sentence for each dataset whose files must be read again for pairs that were configured later."""
    return [
        html.P(
            text(
                "status.to_reload",
                pairs=files.pairs,
                dataset=files.dataset,
                n=numbers.plain(files.n_files),
                first=numbers.day(files.first_day, text),
                last=numbers.day(files.last_day, text),
                command=files.command(site.folder),
            )
        )
        for files in data.to_reload(site.warehouse)
    ]


def datasets(site: Site, text: Texts) -> html.Section:
    rows = data.status(site.warehouse)
    labels = site.lists().labels.loc["dataset"][f"label_{text.lang}"]
    heads = [text(f"status.{name}") for name in ("dataset", "events", "first", "last", "files", "rejected")]
    cells = [
        [
            labels[row["dataset"]],
            numbers.plain(row["n_events"]),
            numbers.day(row["first_day"].date(), text),
            numbers.day(row["last_day"].date(), text),
            numbers.plain(row["n_files"]),
            numbers.plain(row["n_rejected"]),
        ]
        for row in rowwise(rows)
    ]
    title = text("status.datasets")
    content = components.table(title, heads, cells, (1, 4, 5), "table-datasets", told=range(1, 6))
    return html.Section([html.H2(title), content, chart.how(text("status.rejected_how"), rows, text)], className="card")


def sources(fresh: Freshness, text: Texts) -> html.Section:
    """The newest content of what is downloaded: a source that answers and brings nothing new is stale all the same."""
    heads = [text(f"status.{name}") for name in ("source", "newest", "outcome", "message")]
    cells = [
        [source.name, source.newest or text("unknown"), outcome(source.exit_code, text), source.message]
        for source in fresh.sources
    ]
    title = text("status.sources")
    return html.Section(
        [html.H2(title), components.table(title, heads, cells, (), "table-sources", told=(1, 2))], className="card"
    )


def outcome(exit_code: int | None, text: Texts) -> str:
    if exit_code is None:
        return text("status.no_end")
    return text("status.done") if exit_code == 0 else text("status.exit", code=exit_code)


def runs(site: Site, text: Texts) -> html.Section:
    heads = [text(f"status.{name}") for name in ("started", "seconds", "outcome", "added", "changed", "removed", "message")]
    cells = [
        [
            run.started_at.replace("T", " ").removesuffix("Z"),
            numbers.plain(run.seconds, 1),
            outcome(run.exit_code, text),
            numbers.plain(run.added),
            numbers.plain(run.changed),
            numbers.plain(run.removed),
            html.Span(run.message, lang="en"),
        ]
        for run in journal.history(site.folder)[:RUNS]
    ]
    title = text("status.runs")
    return html.Section(
        [html.H2(title), components.table(title, heads, cells, (1, 3, 4, 5), "table-runs", told=(1, 2, 3, 4, 5))],
        className="card",
    )


def published(site: Site, text: Texts) -> html.Section:
    """Snapshots that are kept, the newest first; the one that answers is marked."""
    current = snapshots.current(site.folder)
    found = sorted(snapshots.folder(site.folder).glob("relations_*.duckdb"), reverse=True)
    heads = [text("status.snapshot"), text("status.size"), text("status.answers")]
    cells = [
        [
            path.name,
            text("status.megabytes", n=numbers.plain(path.stat().st_size / 1e6, 1)),
            text("measures.yes") if path == current else "",
        ]
        for path in found
    ]
    title = text("status.snapshots")
    return html.Section(
        [html.H2(title), components.table(title, heads, cells, (1,), "table-snapshots", told=(1, 2))], className="card"
    )
