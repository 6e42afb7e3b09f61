"""Terms of the pages: a sentence each, behind an (i) where a term stands, and all of them on /methods. It works without scripts."""

from dash import html
from markupsafe import Markup

from bilateral import public_address
from bilateral.escaping import on_a_page
from bilateral.pages import tables
from bilateral.strings import Texts

TERMS = (
    *("event", "statement", "action", "code", "score", "subject", "balance", "interval", "sample", "smoothing"),
    *("state", "coverage", "mutual", "story", "momentum", "tension", "asymmetry", "reciprocity", "measure", "vintage"),
)


def info(term: str, text: Texts, place: str = "") -> Markup:
    """A button that opens what a term means; `place` tells apart two of one term on a page. Escape closes it, the keyboard reaches it."""
    name, said = (on_a_page(text(f"glossary.{term}.{part}")) for part in ("name", "said"))
    id = f"term-{term}{place and '-' + place}"
    label, more = on_a_page(text("glossary.what", term=text(f"glossary.{term}.name"))), on_a_page(text("glossary.all"))
    query = "" if text.lang == "en" else f"?lang={text.lang}"
    all_terms = f'<a href="{public_address.prefix()}/methods{query}#glossary">{more}</a>'
    made = (
        f'<button type="button" class="info" popovertarget="{id}" aria-label="{label}">i</button>'
        f'<span id="{id}" class="term" popover role="note"><b>{name}.</b> {said} {all_terms}</span>'
    )
    return Markup(made)  # noqa: S704 every part is escaped


def section(text: Texts) -> html.Section:
    """All terms with what they mean."""
    items = [(html.Span(text(f"glossary.{term}.name"), id=f"glossary-{term}"), text(f"glossary.{term}.said")) for term in TERMS]
    return html.Section([html.H2(text("glossary.title")), tables.definitions(items)], className="card", id="glossary")
