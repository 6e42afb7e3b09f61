"""Diario Oficial de la Federación by its website: the index of a day, in a Windows encoding that it does not declare, and pages of notes."""

import re
from datetime import date

from lxml import html

from bilateral.intake.items import Item
from bilateral.intake.readers import dates
from bilateral.intake.readers.gazette import RETRIED_DAYS, SATURDAY, days, document_type, effect
from bilateral.intake.readers.markup import text_of, tree
from bilateral.intake.readings import Drift, Page, Reading, Request, at_midnight, completed
from bilateral.intake.source_list import Source

EDITIONS = ("MAT", "VES", "EXT")
SITE = "https://dof.gob.mx/"
NO_GAZETTE = "No hay datos para la fecha seleccionada"
NO_NOTE = "31/12/1969"
"""The day that a page shows for a code that does not exist."""
CODE = re.compile(r"nota_detalle\.php\?codigo=(\d+)")


def requests(source: Source, since: date, until: date) -> tuple[Request, ...]:
    """The index of each edition of each day."""
    base = source.address.rstrip("/") + "/index.php"
    return tuple(
        Request(f"{base}?year={day:%Y}&month={day:%m}&day={day:%d}&edicion={edition}", "html", "index", (day, edition))
        for day in days(since, until)
        for edition in EDITIONS
    )


def read(page: Page) -> Reading:
    """Items of an index or of a note, also of pages that a person saved. Raises Drift for the page of another day."""
    if page.request.part == "note" or b"DivDetalleNota" in page.body:
        return Reading((_note(page),))
    return _index(page)


def _index(page: Page) -> Reading:
    root = tree(page.body, "cp1252")
    asked, edition = page.request.about or (None, "MAT")
    text = root.text_content()
    shown = dates.slashed(text[place:]) if (place := text.find("Fecha:")) >= 0 else None
    if NO_GAZETTE in text:
        is_unsure = (
            asked and edition == "MAT" and asked.weekday() < SATURDAY and (page.fetched_at.date() - asked).days <= RETRIED_DAYS
        )
        return Reading(unsure=f"{asked}: the site has no morning edition; it is asked again" if is_unsure else "")
    if shown is None or (asked and shown != asked):
        raise Drift(f"the index is of {shown or 'no day'}, {asked or 'a day'} was expected")
    root.make_links_absolute(page.address or SITE)
    items, ministry = [], ""
    for node in root.iter("td", "a"):
        if "subtitle_azul" in (node.get("class") or ""):
            ministry = text_of(node).replace("\n", " ")
        elif node.tag == "a" and CODE.search(node.get("href") or ""):
            items.append(_item(page, node, shown, ministry))
    if not items:
        raise Drift("the index names no note; its markup has changed")
    if page.request.about is None:
        return Reading(tuple(items))
    return Reading(follow=tuple(Request(item.url, "html", "note", item=item) for item in items))


def _item(page: Page, link: html.HtmlElement, day: date, ministry: str) -> Item:
    found = CODE.search(link.get("href") or "")
    title = " ".join(text_of(link).split())
    return page.item(
        found[1] if found else "",
        url=link.get("href"),
        title=title,
        text=title,
        extent="title",
        published_at=at_midnight(day),
        precision="day",
        authority="/".join(filter(None, (page.source.authority, ministry))),
        document_number=found[1] if found else "",
        document_type=document_type(title),
    )


def _note(page: Page) -> Item:
    root = tree(page.body, "utf-8")
    if NO_NOTE in root.text_content():
        raise Drift("the page shows 31/12/1969, which stands for a note that does not exist")
    body = root.xpath("//div[@id='DivDetalleNota']")
    text = text_of(body[0]) if body else ""
    if not text:
        raise Drift("the text of the note (DivDetalleNota) is missing or empty")
    item = page.request.item or _of_saved(page, root, text)
    return completed(item, page, text, **effect(text, item))


def _of_saved(page: Page, root: html.HtmlElement, text: str) -> Item:
    """The item of a saved page: code and day stand in its own address, which links of the page repeat."""
    found = re.search(r"codigo=(\d+)(?:&amp;|&)fecha=(\d{2}/\d{2}/\d{4})", page.body.decode("utf-8", "replace"))
    if not found:
        raise Drift("neither code nor day of the note stand in the page; save the whole page, or its address with it")
    day, title = dates.slashed(found[2]), text.split("\n")[0]
    return page.item(
        found[1],
        url=f"{SITE}nota_detalle.php?codigo={found[1]}&fecha={found[2]}",
        title=title,
        text=text,
        extent="full",
        published_at=at_midnight(day) if day else None,
        precision="day" if day else "unknown",
        document_number=found[1],
        document_type=document_type(title),
    )
