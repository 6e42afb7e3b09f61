"""Ways to reuse a chart: its rows as a file, a picture, a link, code, a citation, an embed."""

import json
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats, public_address
from bilateral.ask import exports, reliability
from bilateral.pages import address, cards, follow, pictures, sentences
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.pages.view import View
from bilateral.strings import Texts, texts
from bilateral.today import today

ENDINGS = ("csv", "json", "xlsx", "parquet", "zip")
FIRST_DAYS = ("period", "event_day", "state_day", "day")
LAST_DAYS = ("day", "event_day", "state_day", "period")


@dataclass(frozen=True)
class Asked:
    """What an address of a file asks for beside its page: which rows, and whether all of them."""

    chart: str
    everything: bool
    search: str
    """The rest of the query: what the page itself understands."""


def asked(search: str) -> Asked:
    pairs = parse_qsl(search.lstrip("?")[: address.LONGEST], keep_blank_values=True, errors="replace")
    own = dict(pairs)
    rest = urlencode([(name, value) for name, value in pairs if name not in ("chart", "full")])
    return Asked(own.get("chart", ""), own.get("full") == "1", rest)


@dataclass(frozen=True)
class File:
    """A file and its name without ending."""

    stem: str
    content: bytes


def file(site: Site, choice: Choice, page: Page, name: str, full: bool, ending: str) -> File:
    """Rows as they are on screen, or all of them, written for an ending of files.FORMATS; or the chart's picture."""
    extract = page.extracts[name]
    told = replace(about(site, choice, page, extract), meanings=site.warehouse.meanings(extract.rows.attrs["question"]))
    if ending in pictures.FORMATS:
        text = texts(choice.lang)
        return File(told.stem, pictures.write(page.figures[name], caption(page, name, told, text), ending, text))
    return File(told.stem, exports.FORMATS[ending].write(extract.shown(full), told))


def caption(page: Page, name: str, told: exports.About, text: Texts) -> pictures.Caption:
    """What a printed picture says: finding, unit and band, evidence, licence, address."""
    title, *under = page.findings.get(name, (told.title,))
    source = text("print.source", app=text("app"), version=told.data_version)
    return pictures.Caption(title, tuple(under), (*filter(None, [page.evidence]), source, told.address))


def everything(choice: Choice) -> Choice:
    """The same page with every day from the first to the last, and every column."""
    return replace(choice, full=True, by="day", from_day=date(1900, 1, 1), to_day=None, at=None, event=None)


def about(site: Site, choice: Choice, page: Page, extract: exports.Extract) -> exports.About:
    """What must be known of the rows outside of the page; a file adds what its columns mean."""
    text, rows = texts(choice.lang), extract.rows
    coded = sentences.coded_by_machine(reliability.gate_rates(site.warehouse, choice.dataset, choice.dyad), text)
    subject = choice.dyad if choice.page in ("overview", "pair", "embed", "briefing") else choice.page
    return exports.About(
        title=f"{page.title}: {extract.title}",
        subject=subject,
        chart=extract.name,
        by=choice.by if "period" in rows.columns else "",
        from_day=_bound(rows, FIRST_DAYS, "min"),
        to_day=_bound(rows, LAST_DAYS, "max"),
        data_version=site.warehouse.version,
        method_version=page.method,
        address=public_address.origin() + path_of(choice) + choice.query(),
        sql=rows.attrs.get("sql", ""),
        licence=text("footer.licence"),
        caution=" ".join(filter(None, [text("footer.caution"), coded])),
    )


def _bound(rows: pd.DataFrame, names: tuple[str, ...], which: str) -> date | None:
    name = next((name for name in names if name in rows.columns), None)
    if name is None or rows[name].dropna().empty:
        return None
    return pd.Timestamp(rows[name].agg(which)).date()


def path_of(choice: Choice) -> str:
    """Path of the page whose rows a file has; those of the overview and of a frame are those of their pair."""
    page = "pair" if choice.page in ("overview", "embed") else choice.page
    return address.path_of(page, choice.dyad if page in ("pair", "briefing") else (choice.event or "") if page == "event" else "")


def downloads(name: str, choice: Choice, text: Texts, with_picture: bool = True) -> html.Details:
    """Links to files of one chart, on screen or everything, and buttons for its picture."""
    carried = choice.query().lstrip("?")

    def links(full: str) -> list[Component]:
        query = "&".join(filter(None, [carried, f"chart={name}", full]))
        return [html.A(ending.upper(), href=f"{path_of(choice)}.{ending}?{query}", download="") for ending in ENDINGS]

    rows = [html.P([text("share.this_view"), *spaced(links(""))]), html.P([text("share.everything"), *spaced(links("full=1"))])]
    if with_picture:
        buttons = [
            html.Button(form.upper(), type="button", className="btn", **{"data-picture": name, "data-format": form})
            for form in pictures.FORMATS
        ]
        rows.append(html.P([text("share.picture"), *spaced(buttons)]))
    made = cards.details(text("tools.download"), *rows)
    made.className = "tool download"
    return made


def tools(name: str, title: str, choice: Choice, text: Texts) -> list[html.Details]:
    """What can be taken along of one chart of a pair: files and pictures; its link, and a frame for another page."""
    frame = html.Pre(frame_of(title, choice, name), id=f"copy-frame-{name}", tabIndex=0)
    note = html.P(cards.marked(text("share.embed_note")), className="sub")
    shared = cards.details(text("tools.share"), html.P(link_button(text)), html.P(text("share.embed")), frame, note)
    shared.className = "tool share"
    return [downloads(name, choice, text), shared]


def link_button(text: Texts) -> html.Button:
    copied = {"data-copy": "address", "data-done": text("share.copied")}
    return html.Button(text("share.link"), type="button", className="btn", **copied)


def since(site: Site, view: View) -> html.P:
    """A place for what is new since the reader's last visit: the browser remembers, the server knows nobody."""
    plain = replace(view.asked, lang="en", theme="auto").query() == ""
    seen = {
        "dyad": view.choice.dyad,
        "version": site.warehouse.version,
        "day": formats.day(view.span[1], view.text),
        "balance": None if formats.is_missing(view.standing["balance"]) else round(float(view.standing["balance"])),
        "events": view.newest["event_id"].tolist(),
    }
    return html.P("", id="since", className="sub", **({"data-seen": json.dumps(seen)} if plain else {}))


def spaced(parts: list[Component]) -> list[Component | str]:
    return [piece for part in parts for piece in (" ", part)]


def card(site: Site, choice: Choice, page: Page, text: Texts) -> html.Section:
    """Link, citation and code for the whole page."""
    link = html.P(link_button(text))
    if not page.extracts:
        return html.Section([html.H2(text("share.title")), link], className="card", id="share")
    told = about(site, choice, page, next(iter(page.extracts.values())))
    file = f"{public_address.origin()}{path_of(choice)}.csv{choice.query()}"
    named = {"title": told.title, "version": told.data_version, "address": told.address}
    blocks = {
        "cite": text("share.citation", day=formats.day(today(), text), **named),
        "bibtex": bibtex(told, today()),
        "pandas": f'import pandas as pd\n\nrows = pd.read_csv("{file}", parse_dates=["day"])',
        "duckdb": f'-- duckdb -readonly "$(bilateral path)"\n{told.sql};',
        "r": f'rows <- read.csv("{file}", fileEncoding = "UTF-8-BOM")',
    }
    parts = html.Div([block(name, said, text) for name, said in blocks.items()], className="row wide")
    content = [html.H2(text("share.title")), link, follow.links(choice, text), parts]
    return html.Section(content, className="card", id="share")


def block(name: str, said: str, text: Texts) -> html.Details:
    button = html.Button(
        text("share.copy"), type="button", className="btn", **{"data-copy": f"copy-{name}", "data-done": text("share.copied")}
    )
    return cards.details(text(f"share.{name}"), html.Pre(said, id=f"copy-{name}", tabIndex=0), button)


def bibtex(told: exports.About, day: date) -> str:
    return (
        f"@misc{{bilateral_{told.subject.replace('-', '_')}_{told.data_version[:8]},\n  title = {{{told.title}}},\n"
        f"  howpublished = {{Bilateral Relations Monitor, data version {told.data_version}, method {told.method_version}}},\n"
        f"  url = {{{told.address}}},\n  note = {{Accessed {day.isoformat()}}}\n}}"
    )


def frame_of(title: str, choice: Choice, chart: str) -> str:
    """An <iframe> of one chart, to be pasted into another page."""
    address_of = f"{public_address.origin()}/embed/{chart}{replace(choice, page='embed', chart=chart).query()}"
    return f'<iframe src="{address_of}" title="{title}" width="100%" height="620"></iframe>'
