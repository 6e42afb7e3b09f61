"""Diario Oficial de la Federación by SIDOF: the notes of each day, and the text of each note that is a legal act.

SIDOF answers empty lists both for a day without a gazette and for a day that it has lost, so an empty weekday is asked again; editions of the
afternoon are added later, so that no list of today is final.
"""

from datetime import date
from typing import Any

from bilateral.intake.items import Item
from bilateral.intake.readers import dof_website
from bilateral.intake.readers.gazette import RETRIED_DAYS, SATURDAY, days, document_type, effect
from bilateral.intake.readers.markup import plain
from bilateral.intake.readings import Drift, Page, Reading, Request, at_midnight, completed, needed
from bilateral.intake.source_list import Source

EDITIONS = ("NotasMatutinas", "NotasVespertinas", "NotasExtraordinarias")
BULK = frozenset({"CV", "VG", "AV"})
"""Groups of tenders and notices, hundreds a day."""


def requests(source: Source, since: date, until: date) -> tuple[Request, ...]:
    """The notes of each day."""
    return tuple(Request(f"{_base(source)}notas/{day:%d-%m-%Y}", "json", "notes", day) for day in days(since, until))


def _base(source: Source) -> str:
    return source.address.rstrip("/") + "/"


def read(page: Page) -> Reading:
    """Items by codNota. A page that a person saved on dof.gob.mx is read as that."""
    if page.request.part == "notes":
        return _notes(page)
    if page.request.part == "editions":
        return _editions(page)
    if page.request.part == "note" and page.request.item:
        return _note(page, page.request.item)
    return dof_website.read(page)


def _notes(page: Page) -> Reading:
    answer, day = page.json(), page.request.about
    if not isinstance(answer, dict) or not any(name in answer for name in EDITIONS):
        raise Drift(f"lists of notes named {', '.join(EDITIONS)} were expected")
    notes = [needed(note, "codNota", "fecha") for name in EDITIONS for note in answer.get(name) or []]
    if not notes:
        return Reading(follow=(Request(f"{_base(page.source)}diarios/porFecha/{day:%d-%m-%Y}", "json", "editions", day),))
    if others := {note["fecha"] for note in notes} - {f"{day:%d-%m-%Y}"}:
        raise Drift(f"notes of {sorted(others)[0]} came where {day:%d-%m-%Y} was asked for")
    legal = [note for note in notes if note.get("codOrgaUno") not in BULK]
    titled = [note for note in legal if (note.get("titulo") or "").strip()]
    left_out = ((len(notes) - len(legal), "tenders and notices"), (len(legal) - len(titled), "notes without a title"))
    said = [f"{day}: {n} {what} were left out" for n, what in left_out if n]
    items = [(_item(page, note, day), note.get("existeHtml") == "S") for note in titled]
    follow = [
        Request(f"{_base(page.source)}notas/nota/{item.item_id}", "json", "note", item=item)
        for item, has_text in items
        if has_text
    ]
    return Reading(tuple(item for item, has_text in items if not has_text), tuple(follow), tuple(said))


def _item(page: Page, note: dict[str, Any], day: date) -> Item:
    title = " ".join(note["titulo"].split())
    return page.item(
        str(note["codNota"]),
        url=f"https://dof.gob.mx/nota_detalle.php?codigo={note['codNota']}&fecha={day:%d/%m/%Y}",
        title=title,
        text=title,
        extent="title",
        published_at=at_midnight(day),
        precision="day",
        authority="/".join(filter(None, (page.source.authority, (note.get("codOrgaDos") or "").strip()))),
        document_number=str(note["codNota"]),
        document_type=document_type(title),
    )


def _editions(page: Page) -> Reading:
    """What an empty list of notes means: the editions of the day say whether there was a gazette."""
    answer, day = needed(page.json(), "Matutina", "Vespertina", "Extraordinaria"), page.request.about
    is_late = (page.fetched_at.date() - day).days > RETRIED_DAYS
    if any(answer[name] for name in ("Matutina", "Vespertina", "Extraordinaria")):
        reason = f"{day}: SIDOF has an edition and does not give its notes"
    elif day.weekday() >= SATURDAY:
        return Reading(said=(f"{day}: no gazette",))
    else:
        reason = f"{day}: no gazette, or one that SIDOF has lost"
    return Reading(said=(f"{reason}; not asked again",)) if is_late else Reading(unsure=f"{reason}; it is asked again")


def _note(page: Page, item: Item) -> Reading:
    """The text of a note; an unknown one is an empty list in the place of an object."""
    note = needed(page.json(), "Nota")["Nota"]
    content = note.get("cadenaContenido") if isinstance(note, dict) else None
    text = plain(content) if content else ""
    if not text:
        return Reading((item,), said=(f"note {item.item_id} has no text; its title is kept",))
    return Reading((completed(item, page, text, **effect(text, item)),))
