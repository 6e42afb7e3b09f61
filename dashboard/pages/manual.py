"""Texts of docs/ as pages, so that readers have the whole method and its validation without a network. They are in English."""

from functools import cache
from typing import Any

from dash import html
from markdown_it import MarkdownIt
from markupsafe import Markup

from bilateral import package_data
from bilateral.pages import frame
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.strings import texts


def make(site: Site, choice: Choice) -> Page:
    """The text that has the name of the page."""
    text, (title, written) = texts(choice.lang), read(choice.page)
    back = html.P(html.A(text("manual.methods"), href=f"/methods{choice.carried()}"), className="ways")
    in_english = [html.P(text("manual.in_english"), className="notice")] if text.lang != "en" else []
    article = html.Article(Markup(written), lang="en", className="card manual")  # noqa: S704 our own file, in which HTML is no markup
    return Page(title, {"all": [frame.heading(title, {}, lang="en"), *in_english, back, article]}, frame.plain)


@cache
def read(name: str) -> tuple[str, str]:
    """Heading of docs/<name>.md, and what stands under it as HTML."""
    written = (package_data.folder("docs") / f"{name}.md").read_text(encoding="utf-8")
    first, rest = written.split("\n", 1)
    return first.removeprefix("# "), _rendered(rest)


@cache
def part(name: str, number: str) -> str:
    """The part of docs/<name>.md whose heading begins with this number, without its heading, as HTML."""
    written = (package_data.folder("docs") / f"{name}.md").read_text(encoding="utf-8")
    found = next(text for text in written.split("\n## ") if text.startswith(number))
    return _rendered(found.split("\n", 1)[1])


def _rendered(text: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("th_open", lambda *_: '<th scope="col">')
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return str(markdown.render(text, {"n": 0}))


def _table_open(_renderer: Any, _tokens: Any, _index: int, _options: Any, env: dict[str, int]) -> str:
    """A table scrolls in a region of its own, which the keyboard reaches."""
    env["n"] += 1
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="Table {env["n"]}"><table><caption>Table {env["n"]}</caption>'
    )
