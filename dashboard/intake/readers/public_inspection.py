"""The Federal Register before publication: documents that lie open for inspection, by their titles, as a forewarning of what will be published."""

from typing import Any

from bilateral.intake.items import Item
from bilateral.intake.readers import dates
from bilateral.intake.readers.federal_register import body_of, readable
from bilateral.intake.readings import Drift, Form, Page, Reading, needed

FORM: Form = "json"


def read(page: Page) -> Reading:
    """Items by their document number, which the published document has too. A document that was withdrawn has no day and is left out, which is said.

    Raises Drift where the answer is no list of them.
    """
    answer = needed(page.json(), "count")
    listed = answer.get("results", [])
    if not isinstance(listed, list):
        raise Drift(f"results is a {type(listed).__name__}; a list of documents was expected")
    records = [needed(record, "document_number", "filed_at") for record in listed]
    lying_open = [record for record in records if record.get("publication_date") and _title(record)]
    left_out = len(records) - len(lying_open)
    said = (f"{left_out} documents without a title or a day of publication were left out",) if left_out else ()
    return Reading(tuple(_item(page, record) for record in lying_open), said=said)


def _title(record: dict[str, Any]) -> str:
    """The title; before publication some documents have only that of the table of contents."""
    return readable(record.get("title") or " ".join(filter(None, (record.get("toc_subject"), record.get("toc_doc")))))


def _item(page: Page, record: dict[str, Any]) -> Item:
    title, filed_at = _title(record), dates.moment(record["filed_at"])
    return page.item(
        record["document_number"],
        url=record.get("html_url") or "",
        title=title,
        text=title,
        extent="title",
        published_at=filed_at,
        precision="second" if filed_at else "unknown",
        authority="/".join(filter(None, (page.source.authority, body_of(record)))),
        document_number=record["document_number"],
        document_type=record.get("subtype") or record.get("type") or "",
    )
