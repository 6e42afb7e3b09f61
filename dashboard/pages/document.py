"""A page made of text and links alone, so that one content is read on screen, printed, and taken along as Markdown or as one HTML file."""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from bilateral import escaping, package_data
from bilateral.figures import theme
from bilateral.pages import markup, told_events
from bilateral.strings import Texts


@dataclass(frozen=True)
class Piece:
    """Some words of a line. `href` is a path of this site, or the address of a source; empty where the words lead nowhere."""

    words: str
    href: str = ""
    lang: str = ""
    """Where the words are in another language than the page."""


Item = tuple[Piece, ...]


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and lists under headings of their own; a list whose heading is empty has none."""

    title: str
    said: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[Item, ...]], ...] = ()


@dataclass(frozen=True)
class Document:
    title: str
    lead: str
    notes: tuple[str, ...]
    """Small lines under the lead: how old, as coded."""
    sections: tuple[Section, ...]

    def parts(self) -> list[Component]:
        """The sections as elements of a page."""
        return [
            html.Section(
                [
                    html.H2(section.title),
                    *(html.P(sentence) for sentence in section.said),
                    *(part for head, items in section.lists for part in _list(head, items)),
                ],
                className="card brief",
            )
            for section in self.sections
        ]

    def markdown(self, origin: str) -> str:
        """As Markdown (CommonMark). Paths of this site follow `origin`; without one they are left out."""
        lines = [f"# {_plain(self.title)}", _plain(self.lead), *map(_plain, self.notes)]
        for section in self.sections:
            lines += [f"## {_plain(section.title)}", *map(_plain, section.said)]
            for head, items in section.lists:
                lines += [f"### {_plain(head)}"] * bool(head)
                lines.append("\n".join("- " + "".join(_marked(piece, origin) for piece in item) for item in items))
        return "\n\n".join(lines) + "\n"

    def page(self, origin: str, text: Texts) -> str:
        """As one HTML file that needs no other."""
        base = f'<base href="{escape(origin)}">' if origin else ""
        style = theme.css() + (package_data.folder("assets") / "10-page.css").read_text(encoding="utf-8")
        head = f'<meta charset="utf-8"><title>{escaping.on_a_page(self.title)}</title>{base}<style>{style}</style>'
        notes = [html.P(note, className="dates") for note in self.notes]
        body = [html.H1(self.title), html.P(self.lead, className="lead short"), *notes, *self.parts()]
        shown = markup.to_html(html.Main(body))
        if not origin:
            shown = re.sub(r'<a href="/[^>]*>(.*?)</a>', r"\1", shown)
        return f'<!DOCTYPE html>\n<html lang="{text.tag}"><head>{head}</head><body>{shown}</body></html>\n'


def source(event: dict, text: Texts) -> Piece:
    """Title and outlet of the page that tells an event, with its address."""
    made = told_events.source(event, text)
    return Piece(str(made.children), getattr(made, "href", ""), getattr(made, "lang", ""))


def _list(head: str, items: tuple[Item, ...]) -> list[Component]:
    shown = html.Ul([html.Li([_element(piece) for piece in item]) for item in items], className="lines")
    return [html.H3(head), shown] if head else [shown]


def _element(piece: Piece) -> Component | str:
    lang = {"lang": piece.lang} if piece.lang else {}
    if piece.href:
        return html.A(piece.words, href=piece.href, **lang)
    return html.Span(piece.words, **lang) if lang else piece.words


def _plain(words: str) -> str:
    return escaping.markdown(words.strip())


def _marked(piece: Piece, origin: str) -> str:
    words = escaping.markdown(piece.words)
    if not piece.href or (piece.href.startswith("/") and not origin):
        return words
    address = origin + piece.href if piece.href.startswith("/") else piece.href
    return f"[{words}]({quote(address, safe=':/?&=%#~,;@+!$*')})"
