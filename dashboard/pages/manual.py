"""Texts of docs/ as pages, so that readers have the whole method and its validation without a network; in English where docs/ has no translation."""

from functools import cache
from pathlib import Path
from typing import Any

from dash import html
from dash.development.base_component import Component
from markdown_it import MarkdownIt
from markupsafe import Markup

from bilateral import package_data
from bilateral.pages import frame
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts


def make(site: Site, choice: Choice) -> Page:
    """The text that has the name of the page."""
    text, lang = texts(choice.lang), lang_of(choice.page, choice.lang)
    title, written = read(choice.page, lang)
    back = html.P(html.A(text("manual.methods"), href=f"/methods{choice.carried()}"), className="ways")
    article = html.Article(Markup(written), lang=lang, className="card manual")  # noqa: S704 our own file, in which HTML is no markup
    heading = frame.heading(title, {}, lang=lang)
    return Page(title, {"all": [heading, *in_english(choice.page, text), back, article]}, frame.plain)


def in_english(name: str, text: Texts) -> list[Component]:
    """That a text is in English, for readers of another language that it has no translation to."""
    return [] if lang_of(name, text.lang) == text.lang else [html.P(text("manual.in_english"), className="notice")]


def lang_of(name: str, asked: str) -> str:
    """The language in which docs/ has a text: that one, else English."""
    return asked if _path(name, asked).exists() else "en"


def _path(name: str, lang: str) -> Path:
    docs = package_data.folder("docs")
    return (docs if lang == "en" else docs / lang) / f"{name}.md"


@cache
def read(name: str, lang: str) -> tuple[str, str]:
    """Heading of a text of docs/ in a language that it has, and what stands under it as HTML."""
    first, rest = _path(name, lang).read_text(encoding="utf-8").split("\n", 1)
    return first.removeprefix("# "), _rendered(rest, texts(lang))


@cache
def part(name: str, number: str, lang: str) -> str:
    """The part of a text of docs/ whose heading begins with this number, without its heading, as HTML."""
    found = next(text for text in _path(name, lang).read_text(encoding="utf-8").split("\n## ") if text.startswith(number))
    return _rendered(found.split("\n", 1)[1], texts(lang))


def _rendered(text: str, names: Texts) -> str:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("th_open", lambda *_: '<th scope="col">')
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return str(markdown.render(text, {"n": 0, "names": names}))


def _table_open(_renderer: Any, _tokens: Any, _index: int, _options: Any, env: dict[str, Any]) -> str:
    """A table scrolls in a region of its own, which the keyboard reaches."""
    env["n"] += 1
    name = env["names"]("manual.table", n=env["n"])
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table><caption>{name}</caption>'
