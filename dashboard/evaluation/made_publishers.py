"""Publishers on loopback, made for the replay: sentences of the register of acts in the form that each real source has. No page ever said so."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bilateral.intake.source_list import Source

MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
MADE = "Made for a replay"
Bodies = dict[str, bytes]
"""Answers by path: one without a question answers every question, one that ends in a slash what lies below it and has no answer of its own."""


@dataclass(frozen=True)
class Document:
    """What one source published on one day: sentences of the register, and the day on which it was signed where the source tells that."""

    source: str
    number: int
    published: date
    sentences: tuple[str, ...]
    signed: date | None = None

    @property
    def title(self) -> str:
        return f"{MADE}: {self.number}"


@dataclass
class Publishers:
    """Sources as they are listed, with addresses on loopback, and what they answer now."""

    address: str
    answers: Bodies = field(default_factory=dict)

    def publish(self, documents: Iterable[Document]) -> None:
        """Replace what every source answers by these documents, each in the form of its source."""
        by_source: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            by_source[document.source].append(document)
        self.answers = {}
        for source, form in FORMS.items():
            self.answers |= form(self.address, by_source[source])

    def at_loopback(self, listed: dict[str, Source]) -> list[Source]:
        """The sources that are asked, in the order of their names; pages that people save are given as files."""
        return [
            Source(
                name,
                source.kind,
                f"{self.address}/{name}/",
                authority=source.authority,
                language=source.language,
                min_interval_s=0,
            )
            for name in FORMS
            if (source := listed[name])
        ]


@contextmanager
def publishers() -> Iterator[Publishers]:
    """A server on a free port of this computer; stops with the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: the second one would wait for the receipt of the first

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body = made.answers.get(path, made.answers.get(f"{path.rpartition('/')[0]}/"))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Publishers(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# ------------------------------------------------------------------ the form of each source


def federal_register(address: str, documents: list[Document]) -> Bodies:
    """A list of presidential documents, whose texts are asked for one by one."""
    base = "/federal-register"
    answers: Bodies = {}
    records: list[dict[str, object]] = []
    for one in documents:
        path = f"{base}/text/{one.number}.txt"
        records.append(
            {
                "document_number": f"made-{one.number}", "title": one.title, "abstract": None, "type": "Presidential Document",
                "publication_date": f"{one.published}", "signing_date": f"{one.signed}" if one.signed else None, "agencies": [],
                "raw_text_url": address + path,
            }
        )  # fmt: skip
        lines = "\n\n".join(f"    {sentence}" for sentence in one.sentences)
        answers[path] = f"<html><body><pre>\n[[Page {one.number}]]\n\n{lines}\n</pre></body></html>".encode()
    listed = {"count": len(records)} | ({"results": records} if records else {})
    return answers | {f"{base}/": _json(listed)}


def dof(address: str, documents: list[Document]) -> Bodies:
    """Notes of each day by SIDOF; a day without one has no edition."""
    answers: Bodies = {}
    days: dict[date, list[dict[str, object]]] = defaultdict(list)
    for one in documents:
        note = {
            "codNota": one.number, "fecha": f"{one.published:%d-%m-%Y}", "titulo": f"ACUERDO {one.title}", "codOrgaUno": "PE",
            "codOrgaDos": "SECRETARIA DE ECONOMIA", "existeHtml": "S",
        }  # fmt: skip
        days[one.published].append(note)
        content = f"<HTML><BODY>{_paragraphs(one)}</BODY></HTML>"
        answers[f"/dof/notas/nota/{one.number}"] = _json({"Nota": note | {"cadenaContenido": content}})
    answers |= {f"/dof/notas/{day:%d-%m-%Y}": _json({"NotasMatutinas": notes}) for day, notes in days.items()}
    none = {"Matutina": None, "Vespertina": None, "Extraordinaria": None}
    return answers | {"/dof/notas/": _json({"NotasMatutinas": []}), "/dof/diarios/porFecha/": _json(none)}


def white_house(address: str, documents: list[Document]) -> Bodies:
    """RSS with whole texts, each below a menu."""
    entries = (
        f"<item><title>{one.title}</title><link>{address}/{one.number}</link><pubDate>{one.published:%a, %d %b %Y} 21:00:00 +0000</pubDate>"
        f"<category>Presidential Actions</category><category>Executive Orders</category><guid isPermaLink='false'>?p={one.number}</guid>"
        f"<content:encoded><![CDATA[<nav><ul><li>Proclamations</li></ul></nav>{_paragraphs(one)}]]></content:encoded></item>"
        for one in documents
    )
    return {"/white-house/": _rss(entries, "en-US")}


def ministry(name: str, language: str) -> Callable[[str, list[Document]], Bodies]:
    """RSS whose texts are HTML within the description."""

    def form(address: str, documents: list[Document]) -> Bodies:
        entries = (
            f"<item><title>{one.title}</title><pubDate>{one.published:%a, %d %b %Y} 12:00:00 +0000</pubDate>"
            f"<guid isPermaLink='false'>{one.number}</guid><description>{escape(_paragraphs(one))}</description></item>"
            for one in documents
        )
        return {f"/{name}/": _rss(entries, language)}

    return form


def press(address: str, documents: list[Document]) -> Bodies:
    """Atom with whole texts."""
    entries = "".join(
        f"<entry><id>urn:made:{one.number}</id><title>{one.title}</title><updated>{one.published}T12:00:00Z</updated>"
        f"<content type='html'>{escape(_paragraphs(one))}</content></entry>"
        for one in documents
    )
    head = (
        f"<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'><title>{MADE}</title><id>urn:made</id>"
    )
    return {"/mexico-news-daily/": f"{head}{entries}</feed>".encode()}


def canada(address: str, documents: list[Document]) -> Bodies:
    """Releases with a teaser; a single one is an object and no list."""
    entries = [
        {
            "title": one.title, "link": f"https://www.canada.ca/en/made/{one.number}.html", "teaser": " ".join(one.sentences),
            "publishedDate": f"{one.published}T12:00:00-05:00",
        }
        for one in documents
    ]  # fmt: skip
    return {"/canada-global-affairs/": _json({"feed": {"entry": entries[0] if len(entries) == 1 else entries}})}


def ofac(address: str, documents: list[Document]) -> Bodies:
    """A list of titles; it is never empty, so that an old action of no country stands in it."""
    rows = "".join(
        f'<div class="search-result views-row"><div><a href="/recent-actions/{number}">{escape(title)}</a></div>'
        f'<div>{day:%B %d, %Y} - <a href="/recent-actions/sanctions-list-updates">Sanctions List Updates</a></div></div>'
        for number, title, day in [
            *((one.number, " ".join(one.sentences), one.published) for one in documents),
            (0, MADE, date(2026, 1, 1)),
        ]
    )
    count = len(documents) + 1
    return {"/ofac/": f"<html><body>Displaying 1 - {count} of {count} results.{rows}</body></html>".encode()}


FORMS: dict[str, Callable[[str, list[Document]], Bodies]] = {
    "federal-register": federal_register,
    "dof": dof,
    "white-house": white_house,
    "ustr": ministry("ustr", "en"),
    "colombia-cancilleria": ministry("colombia-cancilleria", "es"),
    "canada-global-affairs": canada,
    "ofac": ofac,
    "mexico-news-daily": press,
}
"""Sources that are asked, by their names in seeds/intake_sources.csv."""


def save_transcript(folder: Path, document: Document) -> Path:
    """A page of gob.mx as a person saves it in a browser, in which one speaker says all sentences."""
    day = document.published
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in document.sentences)
    page = (
        f'<!DOCTYPE html><html><head><meta charset="UTF-8"></head><body><h1 class="bottom-buffer">{document.title}</h1>'
        f"<section><dl><dt>Fecha de publicación</dt><dd>{day.day} de {MONTHS[day.month - 1]} de {day.year}</dd></dl></section>"
        f'<div class="article-body"><p>VOZ HECHA PARA LA PRUEBA: {MADE}.</p>{said}</div></body></html>'
    )
    path = folder / f"transcript-{document.number}.html"
    path.write_text(page, encoding="utf-8")
    return path


def _paragraphs(document: Document) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in document.sentences)


def _rss(entries: Iterable[str], language: str) -> bytes:
    head = "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    return f"{head}<channel><title>{MADE}</title><language>{language}</language>{''.join(entries)}</channel></rss>".encode()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
