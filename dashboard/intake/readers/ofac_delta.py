"""The newest changes of the sanctions lists of OFAC, as counts by programme: entries are people too, and no name of one is kept."""

from collections import Counter
from typing import Any

from bilateral.intake.readers import dates
from bilateral.intake.readers.markup import xml
from bilateral.intake.readings import Drift, Form, Page, Reading

FORM: Form = "data"

WORDS = {"add": "added", "remove": "removed"}
"""Changes that count; `modify` and entries without an action are upkeep of the list."""
NO_PROGRAM = "no programme"


def read(page: Page) -> Reading:
    """One item for a publication, its text one sentence a programme. Raises Drift where the day of publication is missing."""
    root = xml(page.body)
    published = dates.moment(root.findtext(".//{*}datePublished"))
    if published is None:
        raise Drift("datePublished is missing; a file of changes was expected")
    counts = Counter(
        (action, program)
        for entity in root.iter("{*}entity")
        if (action := entity.get("action")) in WORDS
        for program in _programs(entity)
    )
    lines = [
        f"{n} {'entry' if n == 1 else 'entries'} {WORDS[action]}: {program}." for (action, program), n in sorted(counts.items())
    ]
    if not lines:
        return Reading(said=("no entry was added or removed",))
    day = published.date()
    return Reading(
        (
            page.item(
                f"{published:%Y-%m-%dT%H:%M:%SZ}", url=page.source.address, title=f"Changes of the sanctions lists, {day}",
                text="\n".join(lines), extent="abstract", published_at=published, precision="day", document_type="list changes",
            ),
        )
    )  # fmt: skip


def _programs(entity: Any) -> list[str]:
    return sorted({(node.text or "").strip() for node in entity.iter("{*}sanctionsProgram")} - {""}) or [NO_PROGRAM]
