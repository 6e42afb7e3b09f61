"""What every page shares: skip link, header, main, footer."""

from dash import html
from dash.development.base_component import Component

from dashboard import components
from dashboard.address import Choice
from dashboard.strings import LANGS, Texts, texts


def frame(choice: Choice, main: list[Component], version: str, method: str, text: Texts) -> list[Component]:
    """A whole page around its main part."""
    return [
        html.A(text("skip"), href="#main", className="skip"),
        header(choice, text),
        html.Main(main, id="main", tabIndex=-1),
        footer(version, method, text),
    ]


def header(choice: Choice, text: Texts) -> html.Header:
    carried = Choice(choice.dyad, lang=choice.lang, theme=choice.theme).query()
    here = "overview" if choice.is_overview else "pair"
    links = (("overview", f"/{carried}"), ("pair", f"/pair/{choice.dyad}{carried}"))
    items = [
        html.Li(html.A(text(f"nav.{name}"), href=href, **({"aria-current": "page"} if name == here else {})))
        for name, href in links
    ]
    nav = html.Nav(html.Ul(items), **{"aria-label": text("nav.label")})
    tools = html.Div([language_link(choice, text), components.theme_select(choice, text)], className="tools")
    return html.Header([html.P(text("app"), className="brand"), nav, tools], className="top")


def language_link(choice: Choice, text: Texts) -> html.A:
    """The same page in the other language: a real navigation, as a chart takes its language before it is first drawn."""
    other = next(lang for lang in LANGS if lang != choice.lang)
    tag = texts(other).tag
    return html.A(
        text("nav.language"), href=choice.query(lang=other) or "?", lang=tag, hrefLang=tag, className="lang", id="language"
    )


def footer(version: str, method: str, text: Texts) -> html.Footer:
    versions = f"{text('footer.version', version=version)} · {text('footer.method', version=method)}"
    return html.Footer([html.P(text("footer.caution")), html.P(text("footer.licence")), html.P(versions)], className="foot")


def message(title: str, *content: object) -> list[Component]:
    """The main part of a page that has only something to say."""
    return [html.H1(title), *(part if isinstance(part, Component) else html.P(str(part)) for part in content)]
