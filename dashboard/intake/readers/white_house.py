"""The White House: RSS with whole texts. The first category is that of the whole list, the second says what kind of document it is."""

from dataclasses import replace
from typing import Any

from bilateral.intake.items import Item
from bilateral.intake.readers.feeds import read_entries
from bilateral.intake.readings import Form, Page, Reading

FORM: Form = "data"

LISTS = frozenset({"Presidential Actions", "Briefings & Statements", "News"})


def read(page: Page) -> Reading:
    """Items by their guid `?p=N`, which stays when title and address change. The menu at the top of each text is dropped with its `nav`, and the
    headline above it, since both name kinds that the document is not of."""
    return read_entries(page, _completed)


def _completed(entry: Any, item: Item) -> Item:
    kinds = [tag.term for tag in entry.get("tags", []) if tag.get("term")]
    kind = next((name for name in kinds if name not in LISTS), "")
    lines = item.text.split("\n")
    text = "\n".join(lines[1:]) if lines[0] in {*kinds, *LISTS} else item.text
    return replace(item, document_type=kind, text=text)
