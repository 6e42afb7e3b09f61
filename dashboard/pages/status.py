"""Status of the data: sources, datasets, runs, snapshots."""

from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import coverage
from bilateral.frames import rowwise
from bilateral.monitoring.updates import Updates
from bilateral.pages import chart, frame, head, run_messages, tables
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.publish import journal, snapshots
from bilateral.strings import Texts, texts

RUNS = 30
"""Runs that are listed."""


def make(site: Site, choice: Choice) -> Page:
    text, updated = texts(choice.lang), site.updates()
    title = text("status.title")
    parts: list[Component] = [
        frame.heading(title, {}),
        html.P(said(updated, text), className="lead short"),
        *head.notices(choice, updated, text),
        *lacking(site, text),
        datasets(site, text),
        *([sources(updated, text)] if updated.sources else []),
        runs(site, text),
        published(site, text),
        html.P([text("status.machines"), " ", html.A("/health", href="/health"), " · ", html.A("/metrics", href="/metrics")]),
    ]
    return Page(title, {"all": parts}, frame.plain)


def said(updated: Updates, text: Texts) -> str:
    if updated.last_success is None:
        return text("updates.never")
    return text("status.said", state=text(f"updates.{updated.state}"), time=formats.moment(updated.last_success, text))


def lacking(site: Site, text: Texts) -> list[Component]:
    """A sentence for each dataset whose files must be read again for pairs that were configured later."""
    return [
        html.P(
            text(
                "status.to_reload",
                pairs=files.pairs,
                dataset=files.dataset,
                n=formats.plain(files.n_files),
                first=formats.day(files.first_day, text),
                last=formats.day(files.last_day, text),
                command=files.command(site.folder),
            )
        )
        for files in coverage.to_reload(site.warehouse)
    ]


def datasets(site: Site, text: Texts) -> html.Section:
    rows = coverage.status(site.warehouse)
    labels = site.lists().labels.loc["dataset"][f"label_{text.lang}"]
    heads = [text(f"status.{name}") for name in ("dataset", "events", "first", "last", "files", "rejected")]
    cells = [
        [
            labels[row["dataset"]],
            formats.plain(row["n_events"]),
            formats.day(row["first_day"].date(), text),
            f"{formats.day(row['last_day'].date(), text)} ({text('updates.age', n=int(row['age_days']))})",
            formats.plain(row["n_files"]),
            formats.plain(row["n_rejected"]),
        ]
        for row in rowwise(rows)
    ]
    title = text("status.datasets")
    content = tables.table(title, heads, cells, (1, 4, 5), "table-datasets", told=range(1, 6))
    return html.Section([html.H2(title), content, chart.how(text("status.rejected_how"), rows, text)], className="card")


def sources(updated: Updates, text: Texts) -> html.Section:
    """The newest content of what is downloaded: a source that answers and brings nothing new is stale all the same."""
    heads = [text(f"status.{name}") for name in ("source", "newest", "outcome", "message")]
    cells = [
        [source.name, source.newest or text("unknown"), outcome(source.exit_code, text), run_messages.told(source.message, text)]
        for source in updated.sources
    ]
    title = text("status.sources")
    return html.Section([html.H2(title), tables.table(title, heads, cells, (), "table-sources", told=(1, 2))], className="card")


def outcome(exit_code: int | None, text: Texts) -> str:
    if exit_code is None:
        return text("status.no_end")
    return text("status.done") if exit_code == 0 else text("status.exit", code=exit_code)


def runs(site: Site, text: Texts) -> html.Section:
    heads = [text(f"status.{name}") for name in ("started", "seconds", "outcome", "added", "changed", "removed", "message")]
    cells = [
        [
            run.started_at.replace("T", " ").removesuffix("Z"),
            formats.plain(run.seconds, 1),
            outcome(run.exit_code, text),
            formats.plain(run.added),
            formats.plain(run.changed),
            formats.plain(run.removed),
            run_messages.told(run.message, text),
        ]
        for run in journal.history(site.folder)[:RUNS]
    ]
    title = text("status.runs")
    return html.Section(
        [html.H2(title), tables.table(title, heads, cells, (1, 3, 4, 5), "table-runs", told=(1, 2, 3, 4, 5))],
        className="card",
    )


def published(site: Site, text: Texts) -> html.Section:
    """Snapshots that are kept, the newest first; the one that answers is marked."""
    current = site.warehouse.path
    found = sorted(snapshots.folder(site.folder).glob("relations_*.duckdb"), reverse=True)
    heads = [text("status.snapshot"), text("status.size"), text("status.answers")]
    cells = [
        [
            path.name,
            text("status.megabytes", n=formats.plain(path.stat().st_size / 1e6, 1)),
            text("measures.yes") if path == current else "",
        ]
        for path in found
    ]
    title = text("status.snapshots")
    return html.Section(
        [html.H2(title), tables.table(title, heads, cells, (1,), "table-snapshots", told=(1, 2))], className="card"
    )
